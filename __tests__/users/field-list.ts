import { readFileSync } from 'node:fs'
import { type Reading, readingOf } from '../support/reading.ts'
import type { With } from '../support/scene.ts'

/** What a step makes of a file of the folder `field`, which holds small lists as systems export them. */
export async function fieldOf(name: string, inputs: With): Promise<Reading> {
  return readingOf(inputs, { [name]: readFileSync(new URL(`field/${name}`, import.meta.url)) })
}
