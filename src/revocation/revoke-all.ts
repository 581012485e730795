import pMap from 'p-map'
import { checkCredential, type Credential } from '../cloudflare/credential.ts'
import { type ApiProblem, unexpectedProblem, userProblem } from '../cloudflare/problem.ts'
import { needsLookUp, type Options } from '../inputs/options.ts'
import type { User } from '../users/user.ts'
import {
  CHECK_SPELLING,
  CHECK_UUID,
  checksBefore,
  type Known,
  knownOf,
  lookUp,
  UNKNOWN_USER,
  unknownProblem,
} from '../verify/look-up.ts'
import type { RunContext } from '../verify/run-context.ts'
import type { DueOutcome, WouldRevoke } from './outcome.ts'
import { revokeUser, type Unverified, verifyRevocation } from './revoke-user.ts'

/** Users who are verified at the same time: more take memory, and get no answers sooner at the pace of Cloudflare. */
const MAX_VERIFICATIONS = 200

/**
 * Revokes all due users, or checks them in a dry run: the first alone, then several at once. A failure that would hit all
 * users stops the run; any other concerns its user alone.
 *
 * @param onOutcome - called for each user, as it happens
 */
export async function revokeAll(
  due: readonly User[],
  run: RunContext,
  onOutcome: (outcome: DueOutcome) => void,
): Promise<ReadonlyMap<User, DueOutcome>> {
  const { options, stop } = run
  const outcomes = new Map<User, DueOutcome>()
  // Not by p-limit, which takes as much memory for each user who waits as the user does.
  const waiting: Unverified[] = []
  const verifications = new Set<Promise<void>>()
  const conclude = (outcome: DueOutcome): void => {
    if (due.length > 1 && outcome.status === 'failed' && outcome.problem.scope === 'all_users') {
      const { what, remedy = '' } = outcome.problem
      stop.stop({ what: `${what}: all other users would fail too`, remedy })
    }
    outcomes.set(outcome.user, outcome)
    onOutcome(outcome)
  }
  const verify = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      conclude(await verifyRevocation(next, run))
    }
  }
  const start = async (user: User): Promise<void> => {
    const started = await startUser(user, run)
    if (!('found' in started)) {
      conclude(started)
      return
    }
    waiting.push(started)
    if (verifications.size >= MAX_VERIFICATIONS) return
    const verification = verify().finally(() => verifications.delete(verification))
    verifications.add(verification)
  }
  const [first, ...others] = due
  if (first !== undefined) await start(first)
  await pMap(others, start, { concurrency: options.concurrency })
  await Promise.all(verifications)
  return outcomes
}

/** After an unexpected error, the user counts as not revoked, and the run goes on. */
async function startUser(user: User, run: RunContext): Promise<DueOutcome | Unverified> {
  const { options, stop, log } = run
  if (stop.reason !== undefined) {
    const checks = checksBefore(options, options.dryRun ? 'not_requested' : 'failed')
    return { status: 'skipped', revocation: 'not_sent', user, reason: stop.reason, checks }
  }
  const startedAt = Date.now()
  try {
    return await (options.dryRun ? dryRunUser(user, run) : revokeUser(user, run))
  } catch (error) {
    log.unexpected(error)
    const [problem, checks] = [unexpectedProblem(error), checksBefore(options, 'not_known')]
    const sending = { user, attempts: 0, startedAt, finishedAt: Date.now() }
    return { ...sending, status: 'failed', revocation: 'unconfirmed', problem, checks }
  }
}

/** Checks the credential of a dry run, which stops the run if Cloudflare does not accept it. */
export async function checkCredentialOf(credential: Credential, run: RunContext): Promise<void> {
  const { endpoints, options, stop, log } = run
  const check = await checkCredential(endpoints, credential, options.target)
  if (check.verdict === 'failed') stop.stop(check)
  else if (check.verdict === 'unchecked') log.warning(`${check.what}. ${check.remedy}`)
  else log.info(`${check.what}.`)
}

/** What a dry run cannot check, in full sentences. */
export function notCheckedText(options: Pick<Options, 'verify' | 'removeSeat'>): string {
  const seats = options.removeSeat ? ', or free seats' : ''
  const users = needsLookUp(options) ? '' : ' With `verify: false`, users were not looked up, either.'
  return `A dry run cannot check whether the credential may revoke users${seats}.${users}`
}

/** Reads what a revocation would take away, and what would make the run red. */
async function dryRunUser(user: User, run: RunContext): Promise<WouldRevoke> {
  const { options } = run
  const found = needsLookUp(options) ? await lookUp(user, run) : undefined
  const would = wouldRevoke(user, options, knownOf(found))
  if (found === undefined) return would
  if (found !== 'unknown') return { ...would, problem: 'what' in found ? found : problemOf(found) }
  if (unknownProblem(user, options) !== undefined) return { ...would, problem: WOULD_BE_UNKNOWN }
  const warnings = [{ what: WOULD_BE_UNKNOWN.what, remedy: CHECK_SPELLING }]
  return { ...would, checks: { ...would.checks, warnings } }
}

/** The outcomes of a check that sends nothing: all due users would be revoked. */
export function offlineOutcomes(
  due: readonly User[],
  options: Options,
  onOutcome: (outcome: WouldRevoke) => void,
): ReadonlyMap<User, WouldRevoke> {
  const outcomes = due.map((user) => wouldRevoke(user, options))
  for (const outcome of outcomes) onOutcome(outcome)
  return new Map(outcomes.map((outcome) => [outcome.user, outcome]))
}

function wouldRevoke(user: User, options: Options, known?: Known): WouldRevoke {
  const checks = checksBefore(options, 'not_requested', known)
  return { status: 'would_revoke', revocation: 'not_sent', user, checks }
}

function problemOf({ hasOtherUuid, sessions, devices }: Known): ApiProblem | undefined {
  if (hasOtherUuid) return userProblem('The UUID belongs to another user than the address', CHECK_UUID)
  return sessions !== undefined && 'what' in sessions ? sessions : devices.problem
}

const WOULD_BE_UNKNOWN = { ...UNKNOWN_USER, what: 'The organization knows no such user' }
