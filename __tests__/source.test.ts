import { readdirSync } from 'node:fs'
import { expect, test } from '@jest/globals'

const SRC = new URL('../src/', import.meta.url)
/** Every file of `src/` but the entry, which runs the action. */
const FILES = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.ts') && file !== 'index.ts',
)

test('every module loads by itself, so that coverage is measured of all, also of those that no other test loads', async () => {
  const modules = await Promise.all(
    FILES.map(async (file): Promise<unknown> => import(new URL(file, SRC).href)),
  )
  expect(modules.length).toBeGreaterThan(40)
})
