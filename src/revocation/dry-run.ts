import { checkCredential, type Credential } from '../cloudflare/credential.ts'
import { type ApiProblem, userProblem } from '../cloudflare/problem.ts'
import { needsLookUp, type Options } from '../inputs/options.ts'
import type { User } from '../users/user.ts'
import {
  CHECK_SPELLING,
  CHECK_UUID,
  checksBefore,
  type Known,
  lookUp,
  UNKNOWN_USER,
  unknownProblem,
} from '../verify/look-up.ts'
import type { RunContext } from '../verify/run-context.ts'
import type { WouldRevoke } from './outcome.ts'

/** Checks the credential of a dry run, which stops the run if Cloudflare does not accept it. */
export async function checkCredentialOf(credential: Credential, run: RunContext): Promise<void> {
  const { endpoints, options, stop, log } = run
  const check = await checkCredential(endpoints, credential, options.target)
  if (check.verdict === 'failed') stop.stop(check)
  else if (check.verdict === 'unchecked') log.warning(`${check.what}. ${check.remedy}`)
  else log.info(`${check.what}.`)
  log.info(notCheckedText(options))
}

/** What a dry run cannot check, in full sentences. */
export function notCheckedText(options: Pick<Options, 'verify' | 'removeSeat'>): string {
  const seats = options.removeSeat ? ', or free seats' : ''
  const users = needsLookUp(options) ? '' : ' With `verify: false`, users were not looked up, either.'
  return `A dry run cannot check whether the credential may revoke users${seats}.${users}`
}

/** Reads what a revocation would take away, and what would make the run red. */
export async function dryRunUser(user: User, run: RunContext): Promise<WouldRevoke> {
  const { options } = run
  if (!needsLookUp(options)) return wouldRevoke(user, options)
  const found = await lookUp(user, run)
  if (found.kind === 'unread') return wouldRevoke(user, options, found.problem)
  if (found.kind === 'known') return wouldRevoke(user, options, problemOf(found), found)
  if (unknownProblem(user, options) !== undefined) return wouldRevoke(user, options, WOULD_BE_UNKNOWN)
  const would = wouldRevoke(user, options)
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

function wouldRevoke(user: User, options: Options, problem?: ApiProblem, known?: Known): WouldRevoke {
  const checks = checksBefore(options, 'not_requested', known)
  const would = { status: 'would_revoke', revocation: 'not_sent', user, checks } as const
  return problem === undefined ? would : { ...would, problem }
}

function problemOf({ hasOtherUuid, sessions, devices }: Known): ApiProblem | undefined {
  if (hasOtherUuid) return userProblem('The UUID belongs to another user than the address', CHECK_UUID)
  return sessions !== undefined && 'what' in sessions ? sessions : devices.problem
}

const WOULD_BE_UNKNOWN = { ...UNKNOWN_USER, what: 'The organization knows no such user' }
