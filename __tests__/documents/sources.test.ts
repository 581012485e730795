import { readdirSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { StepHere } from '../support/environment.ts'

const SRC = new URL('../../src/', import.meta.url)

/** Every file of src/ but the entry, which runs the step. */
const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && name !== 'index.ts')
  .sort()

test.each(files)('%s can be loaded by itself, and does nothing then', async (name) => {
  using step = new StepHere()
  const before = process.listenerCount('exit')
  await import(new URL(name, SRC).href)
  expect(step.printed).toBe('')
  expect(process.listenerCount('exit')).toBe(before)
})
