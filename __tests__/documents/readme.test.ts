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

/** The rows of the first table below a heading, cell by cell. */
function tableBelow(heading: string): string[][] {
  const [, chapter = ''] = README.split(`\n## ${heading}\n`)
  const [table = ''] = /^\|(?:.*\|\n)+/m.exec(chapter) ?? []
  const [, , ...rows] = table.trim().split('\n')
  return rows.map((row) =>
    row
      .slice(1, -1)
      .split(/(?<!\\)\|/)
      .map((cell) => cell.trim().replaceAll('\\|', '|')),
  )
}

test('the table of inputs is action.yml', () => {
  const wanted = Object.entries(ACTION.inputs).map(([name, input]) => [
    `\`${name}\``,
    input.default === '' ? '' : `\`${input.default}\``,
    input.description,
  ])
  expect(tableBelow('Inputs')).toEqual(wanted)
})

test('the table of outputs is action.yml', () => {
  const wanted = Object.entries(ACTION.outputs).map(([name, output]) => [`\`${name}\``, output.description])
  expect(tableBelow('Outputs')).toEqual(wanted)
})

test.each(['npm ci && npm start', 'npm ci && npm test'])('README.md shows `%s` alone', (command) => {
  expect(README).toContain(`\n\`\`\`sh\n${command}\n\`\`\`\n`)
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

/** The anchors that GitHub gives to headings. */
function anchorsOf(text: string): string[] {
  return Array.from(text.matchAll(/^#+ (.+)$/gm), ([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  )
}
