import { randomBytes } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import * as v from 'valibot'
import type { Session } from '../../src/cloudflare/records.ts'
import { Report } from '../../src/result/report-schema.ts'
import { mayHoldSeat } from '../../src/verify/user-directory.ts'
import { runStep } from '../step.ts'
import { type Access, Account } from './account.ts'
import { findTestUser, inOtherCase, isActive, registrationsOf, sessionsOf } from './test-user.ts'

/** The action waits this long for sessions and devices to end. */
export const TIMEOUT_S = 90
const PAUSE_MS = 8_000

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
 * Reads, revokes, and reads again.
 *
 * @param show - shows a line at the start of each step; it contains no personal data
 * @throws Stop if a list cannot be read, if the test user is not among the users, or if the rate limit is near
 */
export async function collectEvidence(
  access: Access,
  address: string,
  options: Options,
  show: (line: string) => void,
) {
  const account = new Account(access)
  show('Reading the test user …')
  const user = await findTestUser(account, address)
  const { email, records } = user
  await account.call('GET', '/user/tokens/verify')
  await account.call('GET', '/tokens/verify')
  const readSessions = async () => sessionsOf(account, user)
  const readRegistrations = async () => registrationsOf(account, user)
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
  show('Revoking an unknown address …')
  const unknownAddress = await revoke(`unknown-${randomBytes(8).toString('hex')}@acceptance.invalid`)
  show('Revoking the test user, by the address in another letter case …')
  const otherCase = await attempt(inOtherCase(email))
  show('Revoking the test user, by the address as it is listed …')
  const sameCase = await attempt(email)
  /** The one that should have ended the sessions. */
  const decisive = otherCase.isOver ? otherCase : sameCase
  const kept = await readRegistrations()
  show('Revoking the test user once more …')
  const again = await revoke(email)
  show(`Running the action for the test user${options.devices ? ', with their devices' : ''} …`)
  const action = await runAction(access, email, options)
  const after = await until(readRegistrations, (now) => !options.devices || !now.some(isActive))

  // The seat last, because freeing it deletes the registrations.
  const seats = records.filter(mayHoldSeat).flatMap(({ seat_uid: uid }) => uid ?? [])
  const freeSeats = async () => {
    show("Freeing the test user's seat …")
    const body = seats.map((uid) => ({ seat_uid: uid, access_seat: false, gateway_seat: false }))
    const answer = await account.call('PATCH', '/access/seats', { body })
    const registrations = await until(readRegistrations, (now) => now.length === 0)
    return { answer, registrations: new Set(registrations.map(({ id }) => id)) }
  }
  const seat = options.seat && seats.length > 0 ? await freeSeats() : undefined
  const { answers, lists } = account
  return {
    ...{ ...user, options, answers, lists, sessionsBefore, unknownAddress, otherCase, decisive },
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
