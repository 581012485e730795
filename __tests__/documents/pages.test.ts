import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { DATE_FORMATS } from '../../src/text/measures.ts'
import { ACTION } from '../support/action-yml.ts'

const ROOT = new URL('../../', import.meta.url)
const read = (path: string): string => readFileSync(new URL(path, ROOT), 'utf8')
const paths = (...patterns: readonly string[]): string[] =>
  globSync(patterns, { cwd: ROOT }).map((path) => path.replaceAll('\\', '/'))

const README = read('README.md')
const CONTRIBUTING = read('CONTRIBUTING.md')

/** Every document that people read. */
const DOCUMENTS = paths('*.md', 'docs/*.md')

/** The rows of all tables of a text, cell by cell. */
function rowsOf(text: string): string[][] {
  return Array.from(text.matchAll(/^\|(?:.*\|\n)+/gm)).flatMap(([table]) => {
    const [, , ...rows] = table.trim().split('\n')
    return rows.map((row) =>
      row
        .slice(1, -1)
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim().replaceAll('\\|', '|')),
    )
  })
}

/** The chapter of a document below a heading of the second level. */
function chapter(document: string, heading: string): string {
  const [, text = ''] = document.split(`\n## ${heading}\n`)
  const [own = ''] = text.split('\n## ')
  return own
}

const code = (text: string): string => (text === '' ? '' : `\`${text}\``)

test('the tables of docs/inputs.md are the inputs of action.yml', () => {
  const rows = rowsOf(read('docs/inputs.md'))
  const wanted = Object.entries(ACTION.inputs).map(([name, input]) => [
    code(name),
    code(input.default),
    input.description,
  ])
  expect(rows.toSorted()).toEqual(wanted.toSorted())
})

/** The marks of README.md for inputs without a default that a step has to set. */
const REQUIRED: Readonly<Record<string, string>> = {
  'account-id': '**required**',
  'api-token': '**required**',
  email: '**one of the two**',
  'users-file': '**one of the two**',
}

test('the inputs of README.md are inputs of action.yml, with the same defaults, and the required ones marked', () => {
  const rows = rowsOf(chapter(README, 'Inputs')).map(([, name, value]) => [name, value])
  const inputs = Object.entries(ACTION.inputs).map(([name, input]) => [
    code(name),
    REQUIRED[name] ?? code(input.default),
  ])
  expect(inputs).toEqual(expect.arrayContaining(rows))
  expect(rows.map(([name]) => name)).toEqual(expect.arrayContaining(Object.keys(REQUIRED).map(code)))
  expect(rows.length).toBeGreaterThan(10)
})

test('the table of outputs is action.yml', () => {
  const wanted = Object.entries(ACTION.outputs).map(([name, output]) => [code(name), output.description])
  expect(rowsOf(chapter(README, 'Outputs'))).toEqual(wanted)
})

test('README.md begins with a step of five lines, which verifies by default', () => {
  const [, step = ''] = /^```yaml\n(.*?)^```$/ms.exec(README) ?? []
  expect(step.trim().split('\n')).toHaveLength(5)
  expect(step).not.toContain('verify')
  expect(ACTION.inputs['verify']?.default).toBe('true')
})

test.each(['npm ci && npm start', 'npm ci && npm test'])('README.md shows `%s` alone', (command) => {
  expect(README).toContain(`\n\`\`\`sh\n${command}\n\`\`\`\n`)
})

test('README.md links to every example and every page of docs/', () => {
  const missing = paths('docs/*.md', 'examples/*.yml').filter((path) => !README.includes(`](${path})`))
  expect(missing).toEqual([])
})

test.each(DOCUMENTS)('every relative link of %s leads somewhere', (document) => {
  const links = Array.from(read(document).matchAll(/\]\(([^)\s]+)\)/g), ([, link = '']) => link)
  const dead = links.filter((link) => {
    if (/^https?:/.test(link)) return false
    const [path = '', anchor] = link.split('#', 2)
    const target = path === '' ? new URL(document, ROOT) : new URL(path, new URL(document, ROOT))
    if (!existsSync(target)) return true
    return anchor !== undefined && !anchorsOf(readFileSync(target, 'utf8')).includes(anchor)
  })
  expect(dead).toEqual([])
})

test('every document that src/ links to has that chapter', () => {
  const sources = paths('src/**/*.ts').map(read).join('\n')
  const links = Array.from(sources.matchAll(/docs\/([\w-]+\.md)#([\w-]+)/g))
  const dead = links.filter(([, page = '', anchor = '']) => !anchorsOf(read(`docs/${page}`)).includes(anchor))
  expect(dead.map(([link]) => link)).toEqual([])
  expect(links.length).toBeGreaterThan(0)
})

/** The anchors that GitHub gives to headings. */
function anchorsOf(text: string): string[] {
  return Array.from(text.matchAll(/^#+ (.+)$/gm), ([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  )
}

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
  const named = Array.from(CONTRIBUTING.matchAll(/`((?:[\w.-]+\/)+[\w.-]*)`/g), ([, path = '']) => path)
  // Created when they are needed.
  const created = ['.tools/', 'node_modules/.cache/']
  const missing = named.filter((path) => !created.includes(path) && !existsSync(new URL(path, ROOT)))
  expect(named.length).toBeGreaterThan(10)
  expect(missing.filter((path) => !existsSync(new URL(`__tests__/${path}`, ROOT)))).toEqual([])
})

/** The formats of dates in a text, or something written like one; no part of a longer word, such as a form with a time. */
const formatsIn = (text: string): string[] =>
  text.match(/\b(?:YYYY|DD|MM)[A-Z./-]*(?:YYYY|DD|MM)\b(?!-)/g) ?? []

test('action.yml lists the formats of src/text/measures.ts, the default first', () => {
  const { description = '', default: value } = ACTION.inputs['date-format'] ?? {}
  const [first = ''] = description.split('. ')
  expect(formatsIn(first)).toEqual([...DATE_FORMATS])
  expect(value).toBe(DATE_FORMATS[0])
})

test('documents and examples name only formats that exist', () => {
  const named = new Set([...DOCUMENTS, ...paths('examples/*.yml')].map(read).flatMap(formatsIn))
  expect([...named].filter((format) => !DATE_FORMATS.some((known) => known === format))).toEqual([])
  expect(named.size).toBeGreaterThan(1)
})

test('messages take the formats from src/text/measures.ts, and name none themselves', () => {
  const others = paths('src/**/*.ts').filter((path) => path !== 'src/text/measures.ts')
  const named = others.flatMap((path) => formatsIn(read(path)).map((format) => ({ path, format })))
  // The default of the input stands in the table of inputs.
  const unknown = named.filter(
    ({ path, format }) => !path.startsWith('src/inputs/') || format !== DATE_FORMATS[0],
  )
  expect(unknown).toEqual([])
})

/**
 * How much of a document is read as text, outside of its tables, and inside: words that contain a letter or a digit,
 * without code blocks, comments, and link targets.
 */
function wordsOf(path: string): { readonly prose: number; readonly tables: number } {
  const text = read(path)
    .replaceAll(/^ *```.*?^ *```/gms, '')
    .replaceAll(/<!--.*?-->/gs, '')
    .replaceAll(/\]\([^)]*\)/g, ']')
  const count = (lines = ''): number => lines.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length
  const lines = Object.groupBy(text.split('\n'), (line) => (line.startsWith('|') ? 'tables' : 'prose'))
  return { prose: count(lines.prose?.join('\n')), tables: count(lines.tables?.join('\n')) }
}

test('README.md has at most 1,000 words of prose, and 2,200 with its tables', () => {
  const { prose, tables } = wordsOf('README.md')
  expect(prose).toBeLessThanOrEqual(1_000)
  expect(prose + tables).toBeLessThanOrEqual(2_200)
})

test('docs/ has at most 10,500 words', () => {
  const sizes = paths('docs/*.md').map((page) => {
    const { prose, tables } = wordsOf(page)
    return { page, words: prose + tables }
  })
  const total = sizes.reduce((sum, { words }) => sum + words, 0)
  // A failure shows the size of each page.
  expect(total > 10_500 ? sizes : []).toEqual([])
  expect(total).toBeGreaterThan(5_000)
})
