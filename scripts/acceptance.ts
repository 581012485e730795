/**
 * Checks on a real account what this project assumes about Cloudflare: `npm run acceptance`, see CONTRIBUTING.md.
 *
 * Exit codes: 0 if no assumption is contradicted, 1 if one is, 2 if there was no complete run.
 */
import { parseArgs } from 'node:util'
import { Stop } from './acceptance/account.ts'
import { collectEvidence, type Evidence, type Options } from './acceptance/evidence.ts'
import { findingOf, QUESTIONS } from './acceptance/questions.ts'

const CLOUDFLARE_API = 'https://api.cloudflare.com/client/v4'

/**
 * Runs the program.
 *
 * @returns the exit code
 * @throws Stop if nothing was done, or not everything
 */
export async function acceptance(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const { yes, 'api-base-url': baseUrl, ...options } = commandLine(args)
  const variable = (name: string): string => env[`ACCEPTANCE_${name}`]?.trim() ?? ''
  const [accountId, token, user] = [variable('ACCOUNT_ID'), variable('API_TOKEN'), variable('USER')]
  const [, localPart] = /^([^\s@]+)@[^\s@]+\.[^\s@]+$/.exec(user) ?? []
  // By what to do if it is broken. None repeats a value.
  const rules: Readonly<Record<string, boolean>> = {
    'Set ACCEPTANCE_ACCOUNT_ID to the ID of the account, 32 hex characters.': /^[\da-f]{32}$/i.test(
      accountId,
    ),
    'Set ACCEPTANCE_API_TOKEN to an API token. A Global API key cannot read device registrations.':
      /^[\w.-]{20,}$/.test(token) && !token.startsWith('cfk_'),
    // A mistake must not sign out a colleague, so the address itself must be made for this purpose.
    'Set ACCEPTANCE_USER to the email address of a test user. The part before the @ must contain "acceptance": the user is signed out.':
      localPart?.toLowerCase().includes('acceptance') === true,
    // The token is sent there.
    [`--api-base-url must be ${CLOUDFLARE_API}, or begin with http://127.0.0.1:<port>/.`]:
      baseUrl === CLOUDFLARE_API || /^http:\/\/127\.0\.0\.1:\d+\//.test(baseUrl),
    'The address after --yes is not the one in ACCEPTANCE_USER.': yes === undefined || yes === user,
  }
  const problems = Object.entries(rules).flatMap(([sentence, isKept]) => (isKept ? [] : [sentence]))
  if (problems.length > 0) throw new Stop(problems.join('\n\n'))
  console.log(intention(options))
  if (yes === undefined) {
    throw new Stop('Nothing was done. To go ahead, add --yes and the address of the test user.')
  }
  console.log('')
  return report(await collectEvidence({ accountId, token, baseUrl }, user, options))
}

function commandLine(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        yes: { type: 'string' },
        devices: { type: 'boolean', default: false },
        seat: { type: 'boolean', default: false },
        'api-base-url': { type: 'string', default: CLOUDFLARE_API },
      },
    }).values
  } catch {
    throw new Stop('Options are --yes <address>, --devices, --seat, and --api-base-url <url>.')
  }
}

/** The announcement of a run. It names no user. */
function intention({ devices, seat }: Options): string {
  return `This checks on a real Cloudflare account what the action assumes about Cloudflare, and runs the action.

It reads the test user in ACCEPTANCE_USER, their last login, active sessions, and device registrations.
It revokes an unknown address under .invalid.
It revokes the test user four times: all their Access sessions end.
${devices ? "--devices: it revokes all of the test user's devices." : "It leaves the test user's devices alone (--devices revokes them)."}
${seat ? "--seat: it frees the test user's seat, which deletes their device registrations." : "It leaves the test user's seat alone (--seat frees it)."}
No other user is affected. It makes fewer than 200 calls and takes up to ten minutes.`
}

/** Judges the evidence, and shows the findings. */
function report(evidence: Evidence): number {
  const width = Math.max(...Object.keys(QUESTIONS).map((id) => id.length))
  const totals = { confirmed: 0, contradicted: 0, 'not seen': 0 }
  for (const [id, question] of Object.entries(QUESTIONS)) {
    const finding = findingOf(question, evidence)
    const [holds, seen] = typeof finding === 'string' ? [undefined, finding] : finding
    const verdict = holds === undefined ? 'not seen' : holds ? 'confirmed' : 'contradicted'
    totals[verdict] += 1
    const start = `${verdict.padEnd('contradicted'.length)}  ${id.padEnd(width)}  `
    const otherwise = holds === false ? `. ${question.otherwise}` : ''
    console.log(`${start}${question.text}\n${' '.repeat(start.length)}→ ${seen}${otherwise}`)
  }
  const total = Object.entries(totals).map(([verdict, number]) => `${number} ${verdict}`)
  console.log(`\n${total.join(', ')}.`)
  return totals.contradicted > 0 ? 1 : 0
}

if (import.meta.main) {
  process.exitCode = 2
  try {
    process.exitCode = await acceptance(process.argv.slice(2), process.env)
  } catch (error) {
    // Any other message may contain personal data.
    const places = error instanceof Error ? (error.stack?.match(/^ {4}at .*$/gm) ?? []) : []
    const early = `The run ended early because of an error in this program:\n\n${places.join('\n')}`
    console.error(`\n${error instanceof Stop ? error.message : early}`)
  }
}
