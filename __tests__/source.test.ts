import { readdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { describe, expect, test } from '@jest/globals'

const SRC = new URL('../src/', import.meta.url)
const FILES = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))

test('every module loads by itself, so that coverage includes modules that no other test loads', async () => {
  // The entry runs the action.
  const modules = FILES.filter((file) => file !== 'index.ts')
  const loaded = await Promise.all(
    modules.map(async (file): Promise<unknown> => import(new URL(file, SRC).href)),
  )
  expect(loaded.length).toBeGreaterThan(40)
})

describe('src/ stays easy to find one’s way in', () => {
  const lines = FILES.map((file) => ({
    file,
    count: readFileSync(new URL(file, SRC), 'utf8').split('\n').length - 1,
  }))

  test('it has at most 60 files and 7,600 lines, and a room at most 14 files', () => {
    expect(FILES.length).toBeLessThanOrEqual(60)
    expect(lines.reduce((sum, { count }) => sum + count, 0)).toBeLessThanOrEqual(7_600)
    const rooms = Map.groupBy(FILES, (file) => dirname(file))
    const full = [...rooms].filter(([, files]) => files.length > 14).map(([room]) => room)
    expect(full).toEqual([])
  })

  test('no file is longer than 280 lines, and at most five are shorter than 30', () => {
    expect(lines.filter(({ count }) => count > 280)).toEqual([])
    expect(lines.filter(({ count }) => count < 30).length).toBeLessThanOrEqual(5)
  })
})
