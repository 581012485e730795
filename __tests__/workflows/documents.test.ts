import { expect, test } from '@jest/globals'
import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { exampleText } from './act.ts'
import { codeBlocks, documents, hrExport, workflowAround } from './documents.ts'
import { dispatch, leavers, LEAVER, sceneOf } from './scene.ts'

/** Blocks in a language that is neither run nor linted, each with its reason. */
const NOT_RUN: Readonly<Record<string, string>> = {
  diff: 'changes an example, and hr-export.test.ts runs that',
  mermaid: 'is a drawing, which GitHub renders',
  powershell: 'exports from a directory that is not here; __tests__/documents/lists has what it writes',
  text: 'shows what the action prints',
}

const blocks = documents().flatMap(codeBlocks)
/** The lines of docs/lists.md are inputs of a step, and __tests__/documents/lists.test.ts runs them. */
const yaml = blocks.filter(({ language, place }) => language === 'yaml' && !place.startsWith('docs/lists.md'))
const shell = blocks.filter(({ language }) => language === 'sh')
const { list: exported } = hrExport()
const csv = blocks.filter(({ language, place }) => language === 'csv' && place !== exported.place)
const json = blocks.filter(({ language }) => language === 'json')

const scene = sceneOf('document.yml')

test.each(yaml)('$place runs and revokes', async ({ code }) => {
  const text = /^jobs:/m.test(code) ? code : workflowAround(code)
  const event = text.includes('workflow_dispatch:') ? 'workflow_dispatch' : 'schedule'
  const payload = dispatch({ email: LEAVER.email })
  const result = await scene.run({ event, text, payload, files: { 'leavers.csv': leavers() } })
  expect(result.exitCode).toBe(0)
  expect(scene.revoked()).toEqual([code.includes('devices: true') ? LEAVER : { email: LEAVER.email }])
})

test.each(csv)('$place is a list that the nightly example takes', async ({ code }) => {
  const nightly = { event: 'schedule', text: exampleText('nightly.yml'), files: { 'leavers.csv': code } }
  const result = await scene.run(nightly)
  expect(result.exitCode).toBe(0)
})

test.each(shell)('$place is sound to shellcheck', ({ code }) => {
  // Variables that the reader sets are no finding.
  const options = { input: code, encoding: 'utf8' } as const
  const { stdout, error } = spawnSync('shellcheck', ['--shell=bash', '--exclude=SC2154', '-'], options)
  expect(error).toBeUndefined()
  expect(stdout).toBe('')
})

test('JSON blocks are JSON', () => {
  for (const { code } of json) {
    expect(() => {
      JSON.parse(code)
    }).not.toThrow()
  }
})

test('every other block is named with its reason', () => {
  const known = ['yaml', 'sh', 'json', 'csv', ...Object.keys(NOT_RUN)]
  expect(blocks.filter(({ language }) => !known.includes(language))).toEqual([])
})

const LISTS = new URL('../documents/lists/', import.meta.url)

/** The answers of systems, each with the list that its jq program makes of it, in the order of docs/lists.md. */
const ANSWERS = [
  { answer: 'okta-users.json', list: 'okta.json' },
  { answer: 'jira-search.json', list: 'jira.json' },
  { answer: 'github-issues.json', list: 'github.json' },
]

const programs = codeBlocks('docs/lists.md').flatMap(({ code }) => {
  const [, program] = /(?:^|--)jq '(.*?)'/s.exec(code) ?? []
  return program === undefined ? [] : [program]
})

test('every jq program of docs/lists.md is tested', () => {
  expect(programs).toHaveLength(ANSWERS.length)
})

// __tests__/documents/lists.test.ts tests what the action makes of the list.
test.each(ANSWERS.map((files, index) => ({ ...files, program: programs[index] ?? '' })))(
  'the jq program of docs/lists.md for $answer makes $list',
  ({ answer, list, program }) => {
    const made = execFileSync('jq', [program, fileURLToPath(new URL(answer, LISTS))], { encoding: 'utf8' })
    expect(JSON.parse(made)).toEqual(JSON.parse(readFileSync(new URL(list, LISTS), 'utf8')))
  },
)
