import { randomBytes } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import * as v from 'valibot'
import { AccessUser, Login, Registration, Session } from '../../src/cloudflare/records.ts'
import { Report } from '../../src/result/report-schema.ts'
import { addressKey } from '../../src/text/email-address.ts'
import { idsOfUser, mayHoldSeat } from '../../src/verify/user-directory.ts'
import { runStep } from '../step.ts'
import { type Access, Account, limitsIn, Stop } from './account.ts'

/** The action waits this long for sessions and devices to end. */
export const TIMEOUT_S = 90
const PAUSE_MS = 8_000
/** A run makes fewer calls than this, so that it never meets the rate limit. */
const MAX_CALLS = 200
const MAX_PAGES = 10
/** A login is the one of a user's record if their times differ by less. */
const SAME_LOGIN_MS = 60_000

/** The environment variables that concern the network path to Cloudflare. */
const NETWORK = /^(?:https?_proxy|no_proxy|node_extra_ca_certs|ssl_cert_(?:file|dir)|node_options)$/i

/** What may be changed besides the test user's sessions: the devices, which are revoked, and the seat, which is freed. */
export interface Options {
  readonly devices: boolean
  readonly seat: boolean
}

/** What a run observed. It contains personal data, and is never shown. */
export type Evidence = Awaited<ReturnType<typeof collectEvidence>>

/**
 * Reads, revokes, and reads again. Prints a line at the start of each step.
 *
 * @throws Stop if a list cannot be read, if the test user is not among the users, or if the rate limit is near
 */
export async function collectEvidence(access: Access, address: string, options: Options) {
  const account = new Account(access)
  console.log('Reading the test user and their last login …')
  const user = await findTestUser(account, address)
  const { email, otherSpelling, records } = user
  await account.call('GET', '/user/tokens/verify')
  await account.call('GET', '/tokens/verify')
  const readSessions = async () => sessionsOf(account, user)
  const readRegistrations = async () => registrationsOf(account, user)
  const logins = await until(
    async () => lastLoginsOf(account, user),
    (now) => !now.includes(false),
  )
  const sessionsBefore = await readSessions()
  const before = await readRegistrations()

  const revoke = async (spelling: string) =>
    account.call('POST', '/access/organizations/revoke_user', { body: { email: spelling } })
  const isOld = (session: Session) => sessionsBefore.some((old) => isSame(session, old))
  /** Revokes, and reads the sessions until none from before is left. */
  const attempt = async (spelling: string) => {
    const start = Date.now()
    const answer = await revoke(spelling)
    const sessions = await until(readSessions, (now) => !now.some(isOld))
    return { answer, isOver: !sessions.some(isOld), seconds: Math.ceil((Date.now() - start) / 1_000) }
  }
  console.log('Revoking an unknown address …')
  const unknownAddress = await revoke(`unknown-${randomBytes(8).toString('hex')}@acceptance.invalid`)
  console.log('Revoking the test user, by the address in another letter case …')
  const otherCase = await attempt(otherSpelling)
  console.log('Revoking the test user, by the address as it is listed …')
  const sameCase = await attempt(email)
  /** The one that should have ended the sessions. */
  const decisive = otherCase.isOver ? otherCase : sameCase
  const kept = await readRegistrations()
  console.log('Revoking the test user once more …')
  const again = await revoke(email)
  console.log(`Running the action for the test user${options.devices ? ', with their devices' : ''} …`)
  const action = await runAction(access, email, options)
  const after = await until(readRegistrations, (now) => !options.devices || !now.some(isActive))

  // The seat last, because freeing it deletes the registrations.
  const seats = records.filter(mayHoldSeat).flatMap(({ seat_uid: uid }) => uid ?? [])
  const freeSeats = async () => {
    console.log("Freeing the test user's seat …")
    const body = seats.map((uid) => ({ seat_uid: uid, access_seat: false, gateway_seat: false }))
    const answer = await account.call('PATCH', '/access/seats', { body })
    const registrations = await until(readRegistrations, (now) => now.length === 0)
    return { answer, registrations: new Set(registrations.map(({ id }) => id)) }
  }
  const seat = options.seat && seats.length > 0 ? await freeSeats() : undefined
  const { answers, lists } = account
  return {
    ...{ ...user, options, answers, lists, logins, sessionsBefore, unknownAddress, otherCase, decisive },
    ...{ again, action, before, kept, after, seat },
  }
}

/** Whether two records show the same session, or neither says which it is. */
export function isSame({ keys }: Session, { keys: others }: Session): boolean {
  return keys.length === 0 ? others.length === 0 : keys.some((key) => others.includes(key))
}

/** Runs the action as a step, and returns the status and the verification of the test user in its report. */
async function runAction(access: Access, email: string, { devices }: Options): Promise<string> {
  const { exitCode, report } = await runStep({
    inputs: {
      ...{ 'account-id': access.accountId, 'api-token': access.token, 'api-base-url': access.baseUrl },
      ...{ email, devices: `${devices}`, verify: 'true', 'request-timeout': '120' },
    },
    env: Object.fromEntries(Object.entries(process.env).filter(([name]) => NETWORK.test(name))),
  })
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), Report), report)
  const [user] = parsed.success ? parsed.output.users : []
  if (user === undefined) return `no report, exit code ${exitCode}`
  return `${user.status}, ${user.verification ?? 'no verification'}`
}

/** Reads until the result is as expected or the action would have given up; at least once. */
async function until<T>(read: () => Promise<T>, isDone: (result: T) => boolean): Promise<T> {
  const deadline = Date.now() + TIMEOUT_S * 1_000
  for (;;) {
    const result = await read()
    if (isDone(result) || Date.now() >= deadline) return result
    await wait(PAUSE_MS)
  }
}

/** The address in the account's letter case, all records with it, and those that the filter `email` finds by it in either case. */
type TestUser = Awaited<ReturnType<typeof findTestUser>>

/**
 * Finds the test user.
 *
 * @throws Stop if the list cannot be read, if the user is not on it, or if the rate limit is near
 */
async function findTestUser(account: Account, address: string) {
  const find = async (filter: Readonly<Record<string, string>>): Promise<AccessUser[]> => {
    const query = new URLSearchParams({ ...filter, page: '1', per_page: '1000' })
    const listed = await account.list(AccessUser, '/access/users', { query })
    return listed.filter(({ email }) => addressKey(email) === addressKey(address))
  }
  const found = await find({ search: address })
  const limits = limitsIn(account.answers[0]?.headers['ratelimit'], 'r')
  if (limits.some(([left = 0]) => left < MAX_CALLS)) {
    throw new Stop(
      `Fewer than ${MAX_CALLS} calls are left before Cloudflare's rate limit. Try again in five minutes.`,
    )
  }
  const records = found.length > 0 ? found : await find({ email: address })
  const email = records[0]?.email
  if (email === undefined) {
    throw new Stop(
      'The organization does not know the user in ACCEPTANCE_USER. Sign in to an Access application as the test user first.',
    )
  }
  const otherSpelling = email === email.toUpperCase() ? email.toLowerCase() : email.toUpperCase()
  const filtered = [await find({ email }), await find({ email: otherSpelling })]
  return { email, otherSpelling, records, filtered }
}

/** Reads whether the login log has the last login of each record, with what messages quote of it. */
async function lastLoginsOf(account: Account, { email, records }: TestUser): Promise<boolean[]> {
  const query = new URLSearchParams({ direction: 'desc', email, email_exact: 'true' })
  const logged = await account.list(Login, '/access/logs/access_requests', { query })
  const quoted = logged.filter(({ app, connection }) => app !== undefined && connection !== undefined)
  const isQuoted = (time: number): boolean =>
    quoted.some(({ at = -Infinity }) => Math.abs(at - time) < SAME_LOGIN_MS)
  return records.flatMap(({ last_successful_login: login }) =>
    typeof login === 'object' ? [isQuoted(login.at)] : [],
  )
}

/** Reads the active sessions of all records of a user. */
async function sessionsOf(account: Account, user: TestUser): Promise<readonly Session[]> {
  const place = '/access/users/{id}/active_sessions'
  const lists = idsOfUser(user).map(async (id) => account.list(Session, place, { id }))
  return (await Promise.all(lists)).flat()
}

/** Reads the device registrations that are listed for the IDs of a user's records, including revoked ones. */
async function registrationsOf(account: Account, { records }: TestUser): Promise<readonly Registration[]> {
  const ids = new Set(records.flatMap(({ id, uid = id }) => [id, uid]))
  const query = new URLSearchParams([...ids].map((id): [string, string] => ['user.id', id]))
  query.set('status', 'all')
  const byId = new Map<string, Registration>()
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const listed = await account.list(Registration, '/devices/registrations', { query })
    for (const registration of listed) byId.set(registration.id, registration)
    const cursor = account.lists.at(-1)?.info['cursor']
    if (typeof cursor !== 'string') break
    query.set('cursor', cursor)
  }
  return [...byId.values()]
}

/** Whether the registration is neither revoked nor deleted. Times before its creation mean "not set". */
export function isActive({ createdAt, revokedAt, deletedAt }: Registration): boolean {
  const created = typeof createdAt === 'object' ? createdAt.at : Infinity
  return [revokedAt, deletedAt].every((time) => typeof time !== 'object' || time.at < created)
}
