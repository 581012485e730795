import { beforeAll, expect, test } from '@jest/globals'
import pMap from 'p-map'
import { DEMO_ZONE_ID } from '../../embedded-api/demo-organization.ts'
import type { StepResult } from '../../scripts/step.ts'
import { Scene, type With } from '../support/scene.ts'

/** A common mistake, or something odd that is none, and its result. */
interface Mistake {
  readonly what: string
  readonly inputs: With
  readonly files?: Readonly<Record<string, string | Uint8Array>>
  readonly env?: Readonly<Record<string, string>>
  readonly colour: 'red' | 'green'
  /** How many calls are sent. */
  readonly calls: number
  /** The first sentence of what is to be fixed; of a green step, the last line of the log. */
  readonly says: RegExp
}

type Files = Pick<Mistake, 'files' | 'env'>

/** Nothing is sent, and the step is red. */
function stops(what: string, inputs: With, says: RegExp, rest: Files = {}): Mistake {
  return { what, inputs, says, colour: 'red', calls: 0, ...rest }
}

/** It does what was meant. */
function works(what: string, inputs: With, calls: number, says: RegExp, rest: Files = {}): Mistake {
  return { what, inputs, says, colour: 'green', calls, ...rest }
}

/** The input and the file of a list. */
const inFile = (name: string): With => ({ email: null, 'users-file': name })
const CSV = inFile('l.csv')
const table = (text: string): Files => ({ files: { 'l.csv': text } })

const A = 'a@example.com'
const ONE = /^1 user revoked, not verified\.$/
const ZONE: With = { 'account-id': null, 'zone-id': DEMO_ZONE_ID }

/** One of each kind, where the bundle alone shows that everything that it takes is in it, and connected. */
const MISTAKES: readonly Mistake[] = [
  stops('no user', { email: null }, /^No user to revoke\. Set `email` or `users-file`\.$/),
  stops('a name', { email: 'Leaver' }, /^email: "Leaver" is not an email address/),
  stops('pasted from a chat', { email: `${A}\u200B` }, /contains U\+200B, which no address has/),
  stops('the text of an issue form', { email: `### Email\n\n${A}` }, /is the body of an issue form/),
  stops('a JSON comma too many', { email: `["${A}",]` }, /^email: not valid JSON at line 1, column 18/),
  works('two people who only look alike', { email: 'kate@example.com,\u212Aate@example.com' }, 2, /^2 users/),
  stops('a file name misspelt', inFile('leaver.csv'), /^`users-file` cannot be read/, {
    files: { 'leavers.csv': '' },
  }),
  stops('a spreadsheet', inFile('l.xlsx'), /is a spreadsheet .*Save the list/, {
    files: { 'l.xlsx': new Uint8Array([80, 75, 3, 4, 255]) },
  }),
  stops('CSV called .txt', inFile('l.txt'), /^l\.txt: the file looks like a table/, {
    files: { 'l.txt': `email,revoke_after\n${A},now\n` },
  }),
  stops('an empty file', CSV, /^l\.csv: the list has no users/, table('')),
  works("Excel's line", CSV, 1, ONE, table(`sep=;\nemail;revoke_after\n${A};now\n`)),
  works(
    'a German date, said to be one',
    { ...CSV, 'date-format': 'DD.MM.YYYY', timezone: 'Europe/Berlin' },
    0,
    /^No one is due \(1 not due yet\)\.$/,
    table(`email,revoke_after\n${A},30.11.2060\n`),
  ),
  works('comments', inFile('l.txt'), 1, ONE, { files: { 'l.txt': `# leavers\n${A} # today\n` } }),
  {
    ...stops(
      'a bad row skipped',
      { ...CSV, 'bad-rows': 'skip' },
      /^1 user revoked, .*1 row could not be used/,
    ),
    ...table(`email\n${A}\nb\n`),
    calls: 1,
  },
  stops('dry_run', { dry_run: 'true' }, /^There is no input `dry_run`\. The closest name is `dry-run`\./),
  stops('a variable of the job', {}, /rename the variable `INPUT_REASON`/, { env: { INPUT_REASON: 'x' } }),
  works('a variable of the desktop', {}, 1, ONE, { env: { INPUT_METHOD: 'ibus' } }),
  stops('a city as time zone', { timezone: 'Berlin' }, /^`timezone` is "Berlin"\. Use an IANA time zone/),
  stops('more users than expected', { email: `${A},b@example.com`, 'max-users': '1' }, /^2 users are due, /),
  stops('verify with a zone', { ...ZONE, verify: 'true' }, /^`zone-id` cannot be combined with `verify`/),
  {
    ...stops('an account of someone else', { 'account-id': 'f'.repeat(32) }, /^1 user not revoked\./),
    calls: 1,
  },
  stops('no token', { 'api-token': '' }, /^There is no credential\. Set `api-token:.*`environment:`/),
  works(
    'an offline check with empty secrets',
    { 'dry-run': 'offline', 'account-id': '', 'api-token': '' },
    0,
    /^Offline check: 1 user would be revoked\.$/,
  ),
  {
    ...stops('a token that was deleted', { 'api-token': 'cfut_unknown' }, /^1 user not revoked\./),
    calls: 1,
  },
]

const came = new Map<Mistake, Pick<Mistake, 'colour' | 'calls'> & { says: string }>()

/** What is to be fixed first; or else how it came out. */
function firstSentence({ errors, log }: StepResult): string {
  const verdict = errors.at(-1) ?? log.at(-1) ?? ''
  return verdict.startsWith('Nothing was sent.') ? (errors[0] ?? '') : verdict
}

beforeAll(async () => {
  const run = async (mistake: Mistake): Promise<void> => {
    await using scene = await Scene.open()
    const { inputs, files = {}, env = {} } = mistake
    // Without look-ups, so that every call is a revocation.
    const result = await scene.run({ verify: 'false', ...inputs }, { files, env })
    came.set(mistake, {
      colour: result.exitCode === 0 ? 'green' : 'red',
      calls: scene.api.requests.length,
      says: firstSentence(result),
    })
  }
  await pMap(MISTAKES, run, { concurrency: 4 })
}, 120_000)

test.each(MISTAKES.map((mistake) => ({ ...mistake, mistake })))(
  '$what',
  ({ mistake, colour, calls, says }) => {
    expect(came.get(mistake)).toEqual({ colour, calls, says: expect.stringMatching(says) })
  },
)
