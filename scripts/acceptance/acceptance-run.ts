import { randomBytes } from 'node:crypto'
import type { Session } from '../../src/cloudflare/records.ts'
import { monotonicMs } from '../../src/text/measures.ts'
import { SESSIONS_TIMEOUT_MS } from '../../src/verify/sessions.ts'
import { Account, TEST_USER } from './account.ts'
import { readLogins, waitForLogin } from './logins.ts'
import { runObserved, type StepFacts } from './observed-step.ts'
import { answersTo, type RecordedAnswer } from './recorded-answer.ts'
import {
  ownOf,
  readRegistrations,
  type Registrations,
  stillActive,
  waitForRegistrations,
} from './registrations.ts'
import { readSessions, type SessionsAfter, waitForSessions } from './sessions.ts'
import type { Settings } from './settings.ts'
import { findTestUser, type TestUser } from './test-user.ts'

/** What a run observed. It contains personal data, and is never shown. */
export interface Evidence {
  readonly settings: Settings
  readonly user: TestUser
  /** All answers in order, to the bundle and to this program. */
  readonly answers: readonly RecordedAnswer[]
  /** Undefined if they could not be read. */
  readonly sessionsBefore: readonly Session[] | undefined
  readonly registrationsBefore: Registrations
  /** After the revocations without `devices`. */
  readonly registrationsKept: Registrations
  /** After the revocation with `devices`; undefined without `--devices`. */
  readonly registrationsRevoked: Registrations | undefined
  /** The answer to the revocation of an unknown address. */
  readonly unknownAddress: RecordedAnswer | undefined
  /** The first revocation, by the address in the other letter case. */
  readonly otherCase: Attempt
  /** The revocation by the address in the account's letter case, if the first one left sessions. */
  readonly sameCase: Attempt | undefined
  /** The last revocation, of a user whose sessions have ended; with `devices` if requested. */
  readonly again: Attempt
  /** Undefined without `--seat`, or if the user has no seat. */
  readonly seat: SeatEvidence | undefined
  /** The outcome of each step, by its purpose. */
  readonly steps: Readonly<Record<string, StepFacts>>
}

/** A revocation by the bundle. */
export interface Attempt {
  readonly answer: RecordedAnswer | undefined
  /** The outcome for the sessions from before. */
  readonly sessions: SessionsAfter
}

/** The removal of the test user's seats. */
export interface SeatEvidence {
  readonly seatUids: readonly string[]
  readonly answer: RecordedAnswer | undefined
  /** Listed before and after, in any state. */
  readonly registrationsBefore: Registrations
  readonly registrationsAfter: Registrations
}

/** A run against the account. */
export class AcceptanceRun {
  readonly #settings: Settings
  readonly #show: (line: string) => void
  readonly #account: Account
  readonly #steps: Record<string, StepFacts> = {}

  /** @param show - shows a line at the start of each step; it contains no personal data */
  constructor(settings: Settings, show: (line: string) => void) {
    this.#settings = settings
    this.#show = show
    this.#account = new Account(settings)
  }

  /**
   * Reads, revokes, and reads again.
   *
   * @throws NotStarted if nothing was changed and nothing is known
   */
  async run(): Promise<Evidence> {
    const settings = this.#settings
    const account = this.#account
    this.#show('Reading the test user …')
    const user = await findTestUser(account, settings.user)
    await readLogins(account, user)
    const sessionsBefore = await readSessions(account, user.records)
    const registrationsBefore = await readRegistrations(account, user)
    this.#show('Running the action as a dry run …')
    await this.#step('dry_run', { email: user.email, verify: 'true', 'dry-run': 'true' })
    this.#show('Revoking an unknown address …')
    const unknownAddress = await this.#step('unknown_address', {
      email: `unknown-${randomBytes(8).toString('hex')}@acceptance.invalid`,
    })
    this.#show('Revoking the test user, by the address in another letter case …')
    const otherCase = await this.#revoke('other_case', user, user.otherCase, sessionsBefore)
    let sameCase: Attempt | undefined
    if (otherCase.sessions.kind === 'left') {
      this.#show("Sessions are left. Revoking the test user, by the address in the account's letter case …")
      sameCase = await this.#revoke('same_case', user, user.email, sessionsBefore)
    }
    const registrationsKept = await readRegistrations(account, user)
    this.#show(`Revoking the test user once more${settings.devices ? ', with their devices' : ''} …`)
    const again = await this.#revoke('again', user, user.email, sessionsBefore, settings.devices)
    const kept = ownOf(registrationsKept, user)
    const registrationsRevoked = settings.devices
      ? await waitForRegistrations(account, user, (own) => stillActive(kept, own).length === 0)
      : undefined
    const seat = settings.seat ? await this.#freeSeat(user) : undefined
    this.#show('Reading the login log …')
    await waitForLogin(account, user)
    return {
      ...{ settings, user, sessionsBefore, registrationsBefore, registrationsKept, registrationsRevoked },
      ...{ unknownAddress, otherCase, sameCase, again, seat },
      steps: this.#steps,
      answers: account.answers,
    }
  }

  /** Runs the bundle, and returns the last answer to a revocation. */
  async #step(name: string, inputs: Readonly<Record<string, string>>): Promise<RecordedAnswer | undefined> {
    const { facts, answers } = await runObserved(this.#settings, inputs)
    this.#steps[name] = facts
    this.#account.add(answers)
    return answersTo(answers, 'revoke_user').at(-1)
  }

  async #revoke(
    name: string,
    user: TestUser,
    email: string,
    before: readonly Session[] | undefined,
    devices = false,
  ): Promise<Attempt> {
    const since = this.#account.answers.length
    const deadline = monotonicMs() + SESSIONS_TIMEOUT_MS
    const answer = await this.#step(name, { email, verify: 'true', devices: `${devices}` })
    const sessions = await waitForSessions(this.#account, user.records, before, { since, deadline })
    return { answer, sessions }
  }

  /** Frees the seats last, because that deletes the registrations. */
  async #freeSeat(user: TestUser): Promise<SeatEvidence | undefined> {
    const seatUids = user.records
      .filter(({ access_seat: access, gateway_seat: gateway }) => access !== false || gateway !== false)
      .flatMap(({ seat_uid: uid }) => uid ?? [])
    if (seatUids.length === 0) return undefined
    this.#show("Freeing the test user's seat …")
    const registrationsBefore = await readRegistrations(this.#account, user)
    const calls = this.#account.answers.length
    await this.#account.endpoints.freeSeats(seatUids, TEST_USER)
    const [answer] = this.#account.answers.slice(calls)
    const registrationsAfter = await waitForRegistrations(this.#account, user, (own) => own.length === 0)
    return { seatUids, answer, registrationsBefore, registrationsAfter }
  }
}
