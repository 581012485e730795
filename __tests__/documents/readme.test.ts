import { expect, test } from '@jest/globals'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { ACTION } from '../support/action-yml.ts'

const ROOT = new URL('../../', import.meta.url)
const README = read('README.md')

/** Every document that people read. */
const DOCUMENTS = [...markdownIn(''), ...markdownIn('docs/')]

function read(path: string): string {
  return readFileSync(new URL(path, ROOT), 'utf8')
}

function markdownIn(folder: string): string[] {
  return readdirSync(new URL(`./${folder}`, ROOT))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `${folder}${name}`)
}

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
  const pages = markdownIn('docs/')
  const examples = readdirSync(new URL('examples/', ROOT))
    .filter((name) => name.endsWith('.yml'))
    .map((name) => `examples/${name}`)
  const missing = [...pages, ...examples].filter((path) => !README.includes(`](${path})`))
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
  const sources = readdirSync(new URL('src/', ROOT), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => read(`src/${name}`))
    .join('\n')
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
