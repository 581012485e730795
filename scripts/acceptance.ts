/**
 * Checks on a real account what this project assumes about Cloudflare: `npm run acceptance`, see CONTRIBUTING.md.
 *
 * Exit codes: 0 if no assumption is contradicted, 1 if one is, 2 if there was no complete run.
 */
import { parseArgs } from 'node:util'
import { ANSWER_QUESTIONS } from './acceptance/answer-questions.ts'
import { DEVICE_QUESTIONS } from './acceptance/device-questions.ts'
import { collectEvidence, type Evidence, type Options } from './acceptance/evidence.ts'
import { findingOf } from './acceptance/question.ts'
import { NotStarted } from './acceptance/test-user.ts'
import { USER_QUESTIONS } from './acceptance/user-questions.ts'

const CLOUDFLARE_API = 'https://api.cloudflare.com/client/v4'
const NOT_RUN = 2

process.exitCode = NOT_RUN
process.exitCode = await acceptance()

async function acceptance(): Promise<number> {
  const values = commandLine()
  if (values === undefined)
    return refuse('Options are --yes <address>, --devices, --seat, and --api-base-url <url>.')
  const variable = (name: string): string => process.env[`ACCEPTANCE_${name}`]?.trim() ?? ''
  const [accountId, token, user] = [variable('ACCOUNT_ID'), variable('API_TOKEN'), variable('USER')]
  const baseUrl = values['api-base-url']
  const { yes } = values
  const [, localPart] = /^([^\s@]+)@[^\s@]+\.[^\s@]+$/.exec(user) ?? []
  // None repeats a value.
  const rules: readonly (readonly [isKept: boolean, sentence: string])[] = [
    [
      /^[\da-f]{32}$/i.test(accountId),
      'Set ACCEPTANCE_ACCOUNT_ID to the ID of the account, 32 hex characters.',
    ],
    [
      /^[\w.-]{20,}$/.test(token) && !token.startsWith('cfk_'),
      'Set ACCEPTANCE_API_TOKEN to an API token. A Global API key cannot read device registrations.',
    ],
    [localPart !== undefined, 'Set ACCEPTANCE_USER to the email address of a test user.'],
    // A mistake must not sign out a colleague, so the address itself must be made for this purpose.
    [
      localPart === undefined || localPart.toLowerCase().includes('acceptance'),
      'The part of ACCEPTANCE_USER before the @ must contain "acceptance": the user is signed out.',
    ],
    // The token is sent there.
    [
      baseUrl === CLOUDFLARE_API || /^http:\/\/127\.0\.0\.1:\d+\//.test(baseUrl),
      `--api-base-url must be ${CLOUDFLARE_API}, or begin with http://127.0.0.1:<port>/.`,
    ],
    [yes === undefined || yes === user, 'The address after --yes is not the one in ACCEPTANCE_USER.'],
  ]
  const problems = rules.flatMap(([isKept, sentence]) => (isKept ? [] : [sentence]))
  if (problems.length > 0) return refuse(...problems)
  console.log(intention(values))
  if (yes === undefined)
    return refuse('Nothing was done. To go ahead, add --yes and the address of the test user.')
  console.log('')
  try {
    return report(await collectEvidence({ accountId, token, baseUrl }, user, values, console.log))
  } catch (error) {
    if (error instanceof NotStarted) return refuse(error.message)
    // Its message may contain personal data.
    const places = error instanceof Error ? (error.stack?.match(/^ {4}at .*$/gm) ?? []) : []
    return refuse('The run ended early because of an error in this program:', places.join('\n'))
  }
}

interface CommandLine extends Options {
  /** The test user's address, repeated to agree. */
  readonly yes?: string | undefined
  readonly 'api-base-url': string
}

/** Undefined if an option does not exist. */
function commandLine(): CommandLine | undefined {
  try {
    return parseArgs({
      options: {
        yes: { type: 'string' },
        devices: { type: 'boolean', default: false },
        seat: { type: 'boolean', default: false },
        'api-base-url': { type: 'string', default: CLOUDFLARE_API },
      },
    }).values
  } catch {
    return undefined
  }
}

/** The announcement of a run. It names no user. */
function intention({ devices, seat }: Options): string {
  return [
    'This checks on a real Cloudflare account what the action assumes about Cloudflare, and runs the action.',
    '',
    'It reads the test user in ACCEPTANCE_USER, their active sessions, logins, and device registrations.',
    'It revokes an unknown address under .invalid.',
    'It revokes the test user three or four times: all their Access sessions end.',
    devices
      ? "--devices: it revokes all of the test user's devices."
      : "It leaves the test user's devices alone (--devices revokes them).",
    seat
      ? "--seat: it frees the test user's seat, which deletes their device registrations."
      : "It leaves the test user's seat alone (--seat frees it).",
    'No other user is affected. It makes fewer than 200 calls and takes up to eight minutes.',
  ].join('\n')
}

/** Judges the evidence, and shows the findings. */
function report(evidence: Evidence): number {
  const questions = [...USER_QUESTIONS, ...DEVICE_QUESTIONS, ...ANSWER_QUESTIONS]
  const width = Math.max(...questions.map(({ id }) => id.length))
  const totals = { confirmed: 0, contradicted: 0, 'not seen': 0 }
  for (const question of questions) {
    const finding = findingOf(question, evidence)
    const [holds, seen] = typeof finding === 'string' ? [undefined, finding] : finding
    const verdict = holds === undefined ? 'not seen' : holds ? 'confirmed' : 'contradicted'
    totals[verdict] += 1
    const start = `${verdict.padEnd('contradicted'.length)}  ${question.id.padEnd(width)}  `
    const details = [seen, holds === false ? question.otherwise : ''].filter((text) => text !== '')
    const more = details.length === 0 ? '' : `\n${' '.repeat(start.length)}→ ${details.join('. ')}`
    console.log(`${start}${question.text}${more}`)
  }
  const total = Object.entries(totals).map(([verdict, number]) => `${number} ${verdict}`)
  console.log(`\n${total.join(', ')}.`)
  return totals.contradicted > 0 ? 1 : 0
}

function refuse(...sentences: readonly string[]): number {
  for (const sentence of sentences) console.error(`\n${sentence}`)
  return NOT_RUN
}
