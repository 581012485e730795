import * as v from 'valibot'
import type { AccessUser } from '../../embedded-api/organization/organization.ts'
import type { RecordedRequest } from '../../embedded-api/server.ts'
import { folded, sameAddress } from './address.ts'
import type { Asked } from './step-arbitrary.ts'
import { timeOf } from './due.ts'
import type { Counts, Run } from './run.ts'

/** Somebody who is to be in the report, by what was drawn. */
export interface Listed {
  /** As the first entry spells it. */
  readonly email: string
  readonly timing: 'due' | 'not_due' | 'past'
  /** From when on the user is to be revoked, by the date in the list; clock, milliseconds. */
  readonly revokeAfter: number | undefined
}

/** Whether each user is looked up. */
export function looksUp({ verify, removeSeat }: Asked): boolean {
  return verify !== false || removeSeat
}

/** Everybody the step names, each once, in the order given. */
export function listedOf({ trial, startedAt }: Run): Listed[] {
  const first = new Map(trial.list.entries.toReversed().map((entry) => [folded(entry.email), entry]))
  const keys = new Set(trial.list.entries.map(({ email }) => folded(email)))
  return [...keys].flatMap((key) => {
    const entry = first.get(key)
    if (entry === undefined) return []
    const timing = entry.due === 'next_year' ? 'not_due' : entry.due === 'long_ago' ? 'past' : 'due'
    const revokeAfter = entry.due === undefined ? undefined : timeOf(entry.due, startedAt)
    return [{ email: entry.email, timing, revokeAfter }]
  })
}

/**
 * The records of a user that the API shows to whoever asks for the address. Where letter case matters to the API, that
 * takes the spelling of the record, or of the record in lower case.
 */
export function recordsOf({ trial, organization }: Run, email: string): AccessUser[] {
  const spellings = [email, folded(email)]
  return organization.users.filter((user) =>
    trial.world.caseSensitive === true ? spellings.includes(user.email) : sameAddress(user.email, email),
  )
}

/** All records whose address differs from this one in letter case at the most. */
export function recordsInAnyCase({ organization }: Run, email: string): AccessUser[] {
  return organization.users.filter((user) => sameAddress(user.email, email))
}

/** The revocations of exactly this address that arrived, whatever was made of them. */
export function revocationsOf({ requests }: Run, email: string): RecordedRequest[] {
  return requests.filter(
    ({ operation, body }) =>
      operation === 'revoke_user' && v.is(v.looseObject({ email: v.literal(email) }), body),
  )
}

/** Whether the API carried a revocation of the address out, and said so. */
export function saidTrue(run: Run, email: string): boolean {
  return revocationsOf(run, email).some(
    (request) => isTrueAnswer(request) && v.is(v.object({ result: v.literal(true) }), request.answer),
  )
}

/** Whether a revocation of the address took effect on every record that it reaches. */
export function wasRevoked(run: Run, email: string): boolean {
  const reached = recordsInAnyCase(run, email).filter(
    (user) => run.trial.world.caseSensitive !== true || user.email === email,
  )
  return reached.every(({ revokedAt }) => revokedAt !== undefined)
}

/** How many sessions or devices some records had together before the action ran. */
export function countBefore({ before }: Run, records: readonly AccessUser[], what: keyof Counts): number {
  return records.reduce((sum, { id }) => sum + (before.get(id)?.[what] ?? 0), 0)
}

const Lists = v.object({ result: v.nullable(v.array(v.unknown())) })

/** How many sessions of a record the answers to reads showed, from a moment of the clock (milliseconds) on. */
export function sessionCountsSince(run: Run, { id }: AccessUser, since: number): number[] {
  return sessionReadsOf(run, id)
    .filter(({ receivedAt }) => receivedAt >= since)
    .flatMap(({ answer }) => (v.is(Lists, answer) ? [answer.result?.length ?? 0] : []))
}

/** The reads of a record's sessions that were answered with the truth. */
export function sessionReadsOf({ requests }: Run, id: string): RecordedRequest[] {
  return requests.filter(
    (request) =>
      request.operation === 'active_sessions' && request.path.includes(`/${id}/`) && isTrueAnswer(request),
  )
}

/** The revocations of exactly this address that took effect, whatever the client was told. */
export function effectsOf(run: Run, email: string): RecordedRequest[] {
  return revocationsOf(run, email).filter(({ accepted }) => accepted)
}

/** Whether the client was sent the answer that the API gives without a fault, and it was a yes. */
export function isTrueAnswer({ accepted, faulted, status }: RecordedRequest): boolean {
  return accepted && !faulted && status === 200
}
