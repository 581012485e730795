import { readdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { describe, expect, test } from '@jest/globals'

const ROOT = new URL('../', import.meta.url)
const SRC = new URL('src/', ROOT)
const FILES = filesIn('src')

test('every module loads by itself, so that coverage includes modules that no other test loads', async () => {
  // The entry runs the action.
  const modules = FILES.filter((file) => file !== 'index.ts')
  const loaded = await Promise.all(
    modules.map(async (file): Promise<unknown> => import(new URL(file, SRC).href)),
  )
  expect(loaded.length).toBeGreaterThan(40)
})

describe('src/ stays easy to find one’s way in', () => {
  const lines = FILES.map((file) => ({ file, count: linesOf(`src/${file}`) }))

  test('it has at most 60 files, and a room at most 14', () => {
    expect(FILES.length).toBeLessThanOrEqual(60)
    const rooms = Map.groupBy(FILES, (file) => dirname(file))
    const full = [...rooms].filter(([, files]) => files.length > 14).map(([room]) => room)
    expect(full).toEqual([])
  })

  test('no file is longer than 280 lines, and at most five are shorter than 30', () => {
    expect(lines.filter(({ count }) => count > 280)).toEqual([])
    expect(lines.filter(({ count }) => count < 30).length).toBeLessThanOrEqual(5)
  })
})

test.each([
  ['src', 7_600],
  ['embedded-api', 2_600],
  ['scripts', 2_200],
  ['scripts/acceptance', 700],
  ['__tests__', 16_500],
])('%s has at most %i lines of TypeScript', (folder, most) => {
  const lines = filesIn(folder).map((file) => linesOf(`${folder}/${file}`))
  expect(lines.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(most)
})

function filesIn(folder: string): string[] {
  return readdirSync(new URL(folder, ROOT), { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  )
}

function linesOf(file: string): number {
  return readFileSync(new URL(file, ROOT), 'utf8').split('\n').length - 1
}
