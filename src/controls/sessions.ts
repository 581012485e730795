import type { Answered } from '../cloudflare/answer.ts'
import type { Priority } from '../cloudflare/throttle.ts'
import type { FailedCall } from '../cloudflare/client.ts'
import type { Session } from '../cloudflare/records.ts'
import { type Options, verifiesSessions } from '../inputs/options.ts'
import { loginAfterLeaving, type Owner } from '../organization/owner.ts'
import type { RunContext } from '../organization/run-context.ts'
import { quantity } from '../text/measures.ts'
import { FIRST_READ_MS, FIRST_READ_OF_LONG_LIST_MS, SESSIONS_TIMEOUT_MS } from '../timings.ts'
import {
  type Confirmation,
  type Control,
  type Finding,
  finding,
  type LookedUp,
  NOTHING_SEEN,
  notVerified,
  readProblem,
  unverifiable,
} from './control.ts'
import {
  CLOCKS_DISAGREE,
  clocksDisagree,
  NO_DATE,
  pollUntil,
  type ReadFailure,
  readFailure,
} from './poll-until.ts'
import {
  judgeLogin,
  judgeSessions,
  mayBeNew,
  type SeenSessions,
  type SessionEvidence,
  sortSessions,
} from './session-evidence.ts'

/**
 * The sessions of a user. With `verify` they are read until none from before the revocation is left. Sessions begun after
 * it, and a recent login, follow `signed-in-again`.
 */
export const SESSIONS: Control = {
  name: 'sessions',
  label: 'Sessions',
  isProof: true,
  lookUpInput: '`verify`',
  withoutLookUp: 'Nothing can be verified, so the step will be red.',
  isRequested: () => true,
  needsLookUp: verifiesSessions,
  calls: (options) => (verifiesSessions(options) ? (isEvidenceNeeded(options) ? 2 : 1) : 0),
  seenWithoutLookUp: () => NOTHING_SEEN,
  lookUp: async (owner, run) => (verifiesSessions(run.options) ? readBefore(owner, run) : NOT_PROVEN),
  unchecked: unverifiable,
}

const NOT_PROVEN: LookedUp = {
  seen: NOTHING_SEEN,
  answers: [],
  check: () => Promise.resolve(finding('confirmed')),
}

/** Whether sessions are read before the revocation on long lists, too: nothing else distinguishes new ones that are allowed. */
function isEvidenceNeeded({ dryRun, signedInAgain }: Options): boolean {
  return dryRun !== false || signedInAgain === 'warn'
}

async function readBefore(owner: Owner, run: RunContext): Promise<LookedUp> {
  const { endpoints, options, plan } = run
  const lists =
    isEvidenceNeeded(options) || !plan.isLong ? await readSessions(endpoints, owner, 'look_up') : undefined
  if (lists?.kind === 'failed') {
    const problem = readProblem(lists.call, WITHOUT_VERIFY)
    return {
      seen: NOTHING_SEEN,
      answers: [],
      problem,
      check: () => Promise.resolve(notVerified(problem)),
    }
  }
  const sessions = lists?.lists.flatMap((list) => list.result)
  return {
    seen:
      sessions === undefined
        ? NOTHING_SEEN
        : {
            facts: { sessions_before: sessions.length },
            counts: { before: sessions.length },
            phrase: quantity(sessions.length, 'active session'),
            detail: '',
          },
    answers: lists?.lists ?? [],
    check: async (confirmation) => check(owner, sessions, confirmation, run),
  }
}

async function check(
  owner: Owner,
  sessions: readonly Session[] | undefined,
  confirmation: Confirmation,
  run: RunContext,
): Promise<Finding> {
  const { user, time, rayId, login, isLookUpLate } = confirmation
  const before = isLookUpLate ? undefined : sessions
  const read = await waitUntilGone(owner, before, confirmation, run)
  const isBack = read.kind === 'seen' && read.newSessions.length > 0
  const seen = judgeSessions(read, before, { rayId, login: isBack ? await login() : undefined }, run.options)
  const last = loginAfterLeaving(user, owner.records)
  if (last === undefined) return seen
  return judgeLogin(seen, { ...last, login: await login(last.at - last.since) }, time, run.options)
}

async function waitUntilGone(
  owner: Owner,
  before: readonly Session[] | undefined,
  { time, runningTime, answers }: Confirmation,
  run: RunContext,
): Promise<SeenSessions | ReadFailure> {
  if (time.date === undefined) return readFailure(NO_DATE)
  if (answers.some((answer) => clocksDisagree(answer, time))) return readFailure(CLOCKS_DISAGREE)
  const newSessionsAllowed = run.options.signedInAgain === 'warn'
  const evidence: SessionEvidence = { before, confirmation: time, newSessionsAllowed }
  return pollUntil(run, {
    read: async () => readAfter(run.endpoints, owner, evidence),
    isDone: ({ old }) => old === 0,
    timeoutMs: SESSIONS_TIMEOUT_MS,
    since: runningTime,
    firstPauseMs: run.plan.isLong ? FIRST_READ_OF_LONG_LIST_MS : FIRST_READ_MS,
  })
}

async function readAfter(
  endpoints: RunContext['endpoints'],
  owner: Owner,
  evidence: SessionEvidence,
): Promise<SeenSessions | ReadFailure> {
  const sessions = await readSessions(endpoints, owner, 'read')
  if (sessions.kind === 'failed') return readFailure(readProblem(sessions.call, WITHOUT_VERIFY))
  const { lists } = sessions
  if (lists.some((list) => clocksDisagree(list, evidence.confirmation))) return readFailure(CLOCKS_DISAGREE)
  const sorted = lists.map((list) => sortSessions(list.result, list, evidence))
  return {
    kind: 'seen',
    old: sorted.reduce((sum, { old }) => sum + old, 0),
    newSessions: sorted.flatMap(({ newSessions }) => newSessions),
  }
}

/** Reads the active sessions of all records of a user. */
async function readSessions(
  endpoints: RunContext['endpoints'],
  { email, records }: Owner,
  priority: Priority,
): Promise<
  | { readonly kind: 'read'; readonly lists: readonly Answered<readonly Session[]>[] }
  | { readonly kind: 'failed'; readonly call: FailedCall }
> {
  const lists: Answered<readonly Session[]>[] = []
  // A list that contradicts itself has two records with one ID.
  for (const id of new Set(records.map((record) => record.id))) {
    const call = await endpoints.activeSessions(id, email, priority)
    if (call.kind !== 'result') return { kind: 'failed', call }
    lists.push(call)
  }
  return { kind: 'read', lists }
}

/** Whether the user may have a session begun after the revocation, by one read. If it fails, the user may. */
export async function mayBeSignedInAgain(
  owner: Owner,
  { time }: Confirmation,
  { endpoints }: RunContext,
): Promise<boolean> {
  const sessions = await readSessions(endpoints, owner, 'read')
  if (sessions.kind === 'failed') return true
  return sessions.lists.some(
    (list) => clocksDisagree(list, time) || list.result.some((session) => mayBeNew(session, time)),
  )
}

const WITHOUT_VERIFY = 'Or remove `verify`.'
