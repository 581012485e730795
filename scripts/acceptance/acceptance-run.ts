import { randomBytes } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { Account, type Session, type User } from './account.ts'
import { type Answer, answersTo, CLOCK_TOLERANCE_MS, dateOf } from './answer.ts'
import { runObserved, type StepFacts } from './observed-step.ts'
import type { Settings } from './settings.ts'
import {
  findTestUser,
  inOtherCase,
  loggedLogin,
  type Registrations,
  registrationsOf,
  type TestUser,
} from './test-user.ts'

/** The action waits this long for sessions and devices to end. */
export const TIMEOUT_S = 90
const PAUSE_MS = 8_000

/** A revocation by the bundle, and the outcome for the sessions from before. */
export interface Attempt {
  readonly answer: Answer | undefined
  readonly sessions: 'none before' | 'left' | 'not read' | 'ended'
  /** From the revocation to the first list without them, at most, by the `Date` headers. */
  readonly seconds: number
}

/** What a run observed. It contains personal data, and is never shown. */
export interface Evidence {
  readonly settings: Settings
  readonly user: TestUser
  /** All answers in order, to the bundle and to this program. */
  readonly answers: readonly Answer[]
  readonly sessionsBefore: readonly Session[] | undefined
  readonly before: Registrations
  /** The answer to the revocation of an unknown address. */
  readonly unknownAddress: Answer | undefined
  /** The revocation by the address in the other letter case, and in the account's if that one left sessions. */
  readonly otherCase: Attempt
  readonly sameCase: Attempt | undefined
  /** After the revocations without `devices`. */
  readonly kept: Registrations
  /** The last revocation, of a user whose sessions have ended; with `devices` if requested. */
  readonly again: Attempt
  readonly revoked: Registrations | undefined
  readonly seat: { readonly answer: Answer | undefined; readonly registrations: Registrations } | undefined
  /** The outcome of each step, by its purpose. */
  readonly steps: Readonly<Record<string, StepFacts>>
}

/**
 * Reads, revokes, and reads again.
 *
 * @param show - shows a line at the start of each step; it contains no personal data
 * @throws NotStarted if nothing was changed and nothing is known
 */
export async function runAcceptance(settings: Settings, show: (line: string) => void): Promise<Evidence> {
  const account = new Account(settings)
  const steps: Record<string, StepFacts> = {}
  /** @returns the last answer to a revocation */
  const step = async (
    name: string,
    inputs: Readonly<Record<string, string>>,
  ): Promise<Answer | undefined> => {
    const { facts, answers } = await runObserved(settings, account, inputs)
    steps[name] = facts
    return answersTo(answers, 'revoke_user').at(-1)
  }
  show('Reading the test user …')
  const user = await findTestUser(account, settings.user)
  const { email, records, lastLogin } = user
  const readLogins = async (): Promise<void> => {
    if (lastLogin !== undefined) await account.readLogins(email, lastLogin - CLOCK_TOLERANCE_MS)
  }
  const readRegistrations = async (): Promise<Registrations> => registrationsOf(account, user)
  await readLogins()
  const sessionsBefore = await account.sessions(records)
  const before = await readRegistrations()
  const revoke = async (name: string, address: string, devices = false): Promise<Attempt> => {
    const answer = await step(name, { email: address, verify: 'true', devices: `${devices}` })
    return { answer, ...(await sessionsAfter(account, records, sessionsBefore, answer)) }
  }
  show('Running the action as a dry run …')
  await step('dry_run', { email, verify: 'true', 'dry-run': 'true' })
  show('Revoking an unknown address …')
  const unknown = `unknown-${randomBytes(8).toString('hex')}@acceptance.invalid`
  const unknownAddress = await step('unknown_address', { email: unknown, verify: 'false' })
  show('Revoking the test user, by the address in another letter case …')
  const otherCase = await revoke('other_case', inOtherCase(email))
  if (otherCase.sessions === 'left') show('Sessions are left. Revoking the address as it is listed …')
  const sameCase = otherCase.sessions === 'left' ? await revoke('same_case', email) : undefined
  const kept = await readRegistrations()
  show(`Revoking the test user once more${settings.devices ? ', with their devices' : ''} …`)
  const again = await revoke('again', email, settings.devices)
  const revoked = settings.devices
    ? await until(readRegistrations, ({ active }) => active.length === 0)
    : undefined
  // The seat last, because freeing it deletes the registrations.
  const seats = records
    .filter(({ access_seat: access, gateway_seat: gateway }) => access !== false || gateway !== false)
    .flatMap(({ seat_uid: uid }) => uid ?? [])
  let seat: Evidence['seat']
  if (settings.seat && seats.length > 0) {
    show("Freeing the test user's seat …")
    const answer = await account.freeSeats(seats)
    seat = { answer, registrations: await until(readRegistrations, ({ own }) => own.length === 0) }
  }
  show('Reading the login log …')
  const login = (): ReturnType<typeof loggedLogin> => loggedLogin(account.answers, user)
  const isSettled = (): boolean => {
    const logged = login()
    return typeof logged === 'string' || logged.isListed
  }
  if (!isSettled()) await until(readLogins, isSettled)
  const { answers } = account
  return {
    ...{ settings, user, answers, sessionsBefore, before, unknownAddress },
    ...{ otherCase, sameCase, kept, again, revoked, seat, steps },
  }
}

/** The revocation that should have ended the sessions. */
export function decisive({ otherCase, sameCase }: Evidence): Attempt {
  return sameCase ?? otherCase
}

/** Waits until none of the sessions from before is listed. */
async function sessionsAfter(
  account: Account,
  records: readonly User[],
  before: readonly Session[] | undefined,
  revocation: Answer | undefined,
): Promise<Omit<Attempt, 'answer'>> {
  if (before?.length === 0) return { sessions: 'none before', seconds: 0 }
  const isOld = (session: Session): boolean => before?.some((other) => isSame(session, other)) === true
  const listed = await until(
    async () => account.sessions(records),
    (now) => before === undefined || now?.some(isOld) !== true,
  )
  if (before === undefined || listed === undefined) return { sessions: 'not read', seconds: 0 }
  const [start = Number.NaN, end = Number.NaN] = [revocation, account.answers.at(-1)].map(
    (answer) => answer && dateOf(answer),
  )
  return { sessions: listed.some(isOld) ? 'left' : 'ended', seconds: (end - start) / 1_000 }
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

/** Whether two records show the same session: they share a name or a nonce. */
export function isSame(one: Session, other: Session): boolean {
  const [ours, theirs] = [keysOf(one), keysOf(other)]
  return ours.length === 0 ? theirs.length === 0 : ours.some((key) => theirs.includes(key))
}

/** What identifies a session. */
export function keysOf({ name, metadata: { nonce } }: Session): string[] {
  return [nonce, name].flatMap((key) => key ?? [])
}
