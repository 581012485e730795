import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { activeSessions } from '../../embedded-api/organization/access-user.ts'
import { DEMO_ACCOUNT_ID, DEMO_TOKEN, demoOrganization } from '../../embedded-api/demo-organization.ts'
import type { Fault } from '../../embedded-api/faults/faults.ts'
import { EmbeddedApi, type EmbeddedApiOptions } from '../../embedded-api/server.ts'
import { BUNDLE, runStep, type Step, type StepResult } from '../step.ts'

/** A rate limit that no list reaches. */
const UNLIMITED = { quota: 1_000_000, windowMs: 300_000 }

const GAUGE = new URL('programs/gauge.mjs', import.meta.url).href

/** The version that docs/benchmarks.md names. */
const SDK = 'cloudflare@7.3.0'
const SDK_PROGRAM = fileURLToPath(new URL('programs/sdk.mjs', import.meta.url))

/** A list of users to revoke. */
export interface Trial {
  /** The program; by default, the bundle. */
  readonly entry?: string
  readonly users: number
  /** Requests in flight at once. */
  readonly concurrency: number
  /** Further inputs. By default, nothing is verified, as in a loop of the SDK. */
  readonly inputs?: Readonly<Record<string, string>>
  /** By default, the server answers at once and without a limit. */
  readonly server?: Pick<EmbeddedApiOptions, 'latencyMs' | 'rateLimit'>
  /** The answer to every revocation. */
  readonly fault?: Fault
  /** Users of the organization who stay. */
  readonly staying?: number
}

export type TrialResult = Awaited<ReturnType<typeof runTrial>>

/**
 * Installs Cloudflare's TypeScript SDK from npm, once.
 *
 * @returns the program that revokes a list with it
 * @throws if npm cannot install it
 */
export function installSdk(folder: string): string {
  // The program is copied because it finds the SDK in node_modules beside it.
  const entry = join(folder, 'sdk.mjs')
  if (existsSync(entry)) return entry
  const quiet = ['--no-audit', '--no-fund', '--no-save', '--ignore-scripts', '--loglevel=error']
  execFileSync('npm', ['install', '--prefix', folder, ...quiet, SDK], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  copyFileSync(SDK_PROGRAM, entry)
  return entry
}

/**
 * Revokes a list.
 *
 * @throws if the program does not confirm exactly the users that lost their access
 */
export async function runTrial(trial: Trial) {
  const { entry = BUNDLE, users, concurrency, inputs, server = {}, fault, staying = 0 } = trial
  const organization = demoOrganization()
  const leavers = addresses('user', users)
  for (const email of [...leavers, ...addresses('colleague', staying)])
    organization.addUser({ email, devices: 1 })
  let calls = 0
  const api = await EmbeddedApi.start({
    rateLimit: UNLIMITED,
    ...server,
    organizations: [organization],
    record: false,
    onClosed: () => (calls += 1),
  })
  try {
    if (fault !== undefined) api.inject({ operation: 'revoke_user', fault })
    const lists = { 'users-file': 'users.txt', concurrency: `${concurrency}`, 'max-users': `${users}` }
    const result = await runOn(api.baseUrl, {
      entry,
      inputs: { ...lists, verify: 'false', ...inputs },
      files: { 'users.txt': leavers.join('\n') },
      env: { NODE_OPTIONS: `--import=${GAUGE}` },
    })
    const { exitCode, outputs, wallMs } = result
    const now = Date.now()
    const isOut = (email: string): boolean =>
      organization.usersByEmail(email).every((user) => activeSessions(user, now, 0).length === 0)
    const revoked = leavers.filter(isOut).length
    const expected = fault === undefined ? users : 0
    if (Number(outputs['revoked-count']) !== expected || revoked !== expected) {
      throw failure(result, `exit code ${exitCode ?? 'none'}, ${revoked} users revoked, not ${expected}`)
    }
    // Calls answered with 429 are calls, too.
    return { wallMs, peakBytes: Number(outputs['peak-bytes']), calls, rateLimited: api.rateLimitHits }
  } finally {
    await api.stop()
  }
}

/** Runs a step with the credential, and with the event file that every runner gives. */
export async function runOn(baseUrl: string, { inputs, files, env, ...step }: Step): Promise<StepResult> {
  const credential = { 'account-id': DEMO_ACCOUNT_ID, 'api-token': DEMO_TOKEN }
  return runStep({
    ...step,
    inputs: { ...credential, 'api-base-url': baseUrl, ...inputs },
    files: { 'event.json': '{}', ...files },
    // Without the event file, the action does not load the package that reads the facts of the run.
    env: { GITHUB_EVENT_PATH: 'event.json', ...env },
  })
}

/** An error with the end of what a program printed. */
export function failure({ stdout, stderr }: StepResult, what: string): Error {
  const end = `${stdout}\n${stderr}`.trim().split('\n').slice(-10)
  return new Error([`${what}. The output ends:`, ...end].join('\n'))
}

function addresses(name: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${name}-${`${index + 1}`.padStart(5, '0')}@example.com`)
}
