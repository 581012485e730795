import { setTimeout as wait } from 'node:timers/promises'
import * as v from 'valibot'
import { addressKey } from '../../src/text/email-address.ts'
import type { OwnCalls, Parameter } from './own-calls.ts'
import { resultOf } from './seen-answer.ts'
import { PATIENCE } from './sessions.ts'
import type { TestUser } from './test-user.ts'

const Text = v.fallback(v.optional(v.string()), undefined)
const Registration = v.object({
  id: v.string(),
  user: v.fallback(v.object({ id: Text, email: Text }), {}),
  revoked_at: v.nullish(v.string()),
  deleted_at: v.nullish(v.string()),
})
const Registrations = v.array(Registration)
const Cursor = v.object({ result_info: v.object({ cursor: v.pipe(v.string(), v.nonEmpty()) }) })

/** A device registration; what of it matters here. */
export type Registration = v.InferOutput<typeof Registration>

/** The registrations that were listed for the test user, asked for in three ways. Each is undefined if not read. */
export interface Registrations {
  /** With the `id` of the user's records as `user.id`. */
  readonly byId: readonly Registration[] | undefined
  /** With the `uid`. */
  readonly byUid: readonly Registration[] | undefined
  /** By a search for the address; only if the others found nothing. */
  readonly bySearch: readonly Registration[] | undefined
}

/** Milliseconds between two reads, of two or three calls each. */
const INTERVAL = 10_000

/** More pages than a test user has. */
const MOST_PAGES = 5

/** Reads the user's registrations, the revoked ones too. */
export async function readRegistrations(calls: OwnCalls, user: TestUser): Promise<Registrations> {
  const byId = await ofUsers(
    calls,
    user.records.map(({ id }) => id),
  )
  const byUid = await ofUsers(
    calls,
    user.records.flatMap(({ uid }) => uid ?? []),
  )
  const found = { byId, byUid, bySearch: undefined }
  return ownOf(found, user).length > 0
    ? found
    : { ...found, bySearch: await listed(calls, [['search', user.email]]) }
}

/** The registrations that are the test user's, each once; lists may contain others. */
export function ownOf(
  { byId, byUid, bySearch }: Registrations,
  { email, records }: TestUser,
): Registration[] {
  const ids = records.flatMap(({ id, uid }) => [id, uid])
  const own = [...(byId ?? []), ...(byUid ?? []), ...(bySearch ?? [])].filter(({ user }) =>
    user.email === undefined ? user.id !== undefined && ids.includes(user.id) : isAddress(user.email, email),
  )
  return [...new Map(own.map((registration) => [registration.id, registration])).values()]
}

/** Whether the registration is neither revoked nor deleted. */
export function isActive({ revoked_at: revokedAt, deleted_at: deletedAt }: Registration): boolean {
  return (revokedAt ?? deletedAt) == null
}

/** Reads until what is the user's is as wanted, for as long as the action would wait. */
export async function watchRegistrations(
  calls: OwnCalls,
  user: TestUser,
  isWanted: (own: readonly Registration[]) => boolean,
): Promise<Registrations> {
  const deadline = performance.now() + PATIENCE
  for (;;) {
    const now = await readRegistrations(calls, user)
    if (isWanted(ownOf(now, user)) || performance.now() >= deadline) return now
    await wait(INTERVAL)
  }
}

/** Those of `before` that were active and are active now. */
export function stillActive(before: readonly Registration[], now: readonly Registration[]): Registration[] {
  const active = new Set(now.filter(isActive).map(({ id }) => id))
  return before.filter((registration) => isActive(registration) && active.has(registration.id))
}

/** Whether two addresses differ in letter case at most. */
export function isAddress(one: string, other: string): boolean {
  return addressKey(one) === addressKey(other)
}

async function ofUsers(calls: OwnCalls, ids: readonly string[]): Promise<Registration[] | undefined> {
  if (ids.length === 0) return []
  return listed(
    calls,
    ids.map((id) => ['user.id', id]),
  )
}

async function listed(calls: OwnCalls, filter: readonly Parameter[]): Promise<Registration[] | undefined> {
  const found: Registration[] = []
  let cursor: string | undefined
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const more: Parameter[] = cursor === undefined ? [] : [['cursor', cursor]]
    const answer = await calls.get('/devices/registrations', [...filter, ['status', 'all'], ...more])
    const result = resultOf(answer, Registrations)
    if (result === undefined) return undefined
    found.push(...result)
    const next = v.safeParse(Cursor, answer?.body)
    if (!next.success) return found
    cursor = next.output.result_info.cursor
  }
  return found
}
