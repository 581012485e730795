import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'

const ROOT = new URL('../../', import.meta.url)
const read = (path: string): string => readFileSync(new URL(path, ROOT), 'utf8')

const CONTRIBUTING = read('CONTRIBUTING.md')

/** The rooms of src/, in the order in which they rest on each other, as the lint rules have them. */
const [, list = ''] = /^const ROOMS = \[([^\]]*)\]$/m.exec(read('.dependency-cruiser.cjs')) ?? []
const rooms = Array.from(list.matchAll(/'(\w+)'/g), ([, room]) => room)

test('the rooms that are linted are the folders of src/', () => {
  const folders = readdirSync(new URL('src/', ROOT), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
  expect(rooms.toSorted()).toEqual(folders.toSorted())
})

test('the map in CONTRIBUTING.md has the rooms, in their order', () => {
  const mapped = Array.from(CONTRIBUTING.matchAll(/^\| `src\/(\w+)\/` +\| \S/gm), ([, room]) => room)
  expect(mapped).toEqual(rooms)
})

test('every path that CONTRIBUTING.md names exists', () => {
  const paths = Array.from(CONTRIBUTING.matchAll(/`((?:[\w.-]+\/)+[\w.-]*)`/g), ([, path = '']) => path)
  // Created when they are needed.
  const created = ['.tools/', 'node_modules/.cache/']
  const missing = paths.filter((path) => !created.includes(path) && !existsSync(new URL(path, ROOT)))
  expect(paths.length).toBeGreaterThan(10)
  expect(missing.filter((path) => !existsSync(new URL(`__tests__/${path}`, ROOT)))).toEqual([])
})
