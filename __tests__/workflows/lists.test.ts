import { expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { codeBlocks } from './documents.ts'

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
