import { randomBytes } from 'node:crypto'
import type { Attempt, Evidence, SeatEvidence } from './evidence.ts'
import { runObserved, type StepFacts } from './observed-step.ts'
import { OwnCalls } from './own-calls.ts'
import { ownOf, readRegistrations, stillActive, watchRegistrations } from './registrations.ts'
import type { SeenAnswer } from './seen-answer.ts'
import { PATIENCE, readSessions, type Session, watchSessions } from './sessions.ts'
import type { Settings } from './settings.ts'
import { findTestUser, type TestUser } from './test-user.ts'

type Inputs = Readonly<Record<string, string>>

/** One run against the account, step by step. */
export class Trial {
  readonly #settings: Settings
  readonly #show: (line: string) => void
  readonly #calls: OwnCalls
  readonly #steps: Record<string, StepFacts> = {}

  /** @param show - takes a line about each step as it begins; it names nobody */
  constructor(settings: Settings, show: (line: string) => void) {
    this.#settings = settings
    this.#show = show
    this.#calls = new OwnCalls(settings)
  }

  /**
   * Runs it: reads, revokes, and reads again.
   *
   * @throws NotStarted if nothing was changed and nothing can be said
   */
  async run(): Promise<Evidence> {
    const { devices, seat } = this.#settings
    const calls = this.#calls
    this.#show('Reading the test user …')
    const user = await findTestUser(calls, this.#settings.user)
    const sessionsBefore = await readSessions(calls, user.records)
    const registrationsBefore = await readRegistrations(calls, user)
    this.#show('Running the action as a dry run …')
    await this.#step('dry_run', { email: user.email, verify: 'true', 'dry-run': 'true' })
    this.#show('Revoking an address that nobody has …')
    const nobody = await this.#step('nobody', {
      email: `nobody-${randomBytes(8).toString('hex')}@acceptance.invalid`,
    })
    this.#show('Revoking the test user, by the address in another letter case …')
    const otherCase = await this.#revoke('other_case', user, user.otherCase, sessionsBefore)
    let sameCase: Attempt | undefined
    if (otherCase.sessions.kind === 'left') {
      this.#show('Sessions are left. Revoking the test user, by the address in its own letter case …')
      sameCase = await this.#revoke('same_case', user, user.email, sessionsBefore)
    }
    const registrationsKept = await readRegistrations(calls, user)
    this.#show(`Revoking the test user once more${devices ? ', with their devices' : ''} …`)
    const again = await this.#revoke('again', user, user.email, sessionsBefore, devices)
    const kept = ownOf(registrationsKept, user)
    const registrationsRevoked = devices
      ? await watchRegistrations(calls, user, (own) => stillActive(kept, own).length === 0)
      : undefined
    return {
      asked: { devices, seat },
      user,
      sessionsBefore,
      registrationsBefore,
      registrationsKept,
      registrationsRevoked,
      nobody,
      otherCase,
      sameCase,
      again,
      seat: seat ? await this.#freeSeat(user) : undefined,
      steps: this.#steps,
      answers: calls.answers,
    }
  }

  /** Runs the bundle, and returns the last answer to its revocation. */
  async #step(name: string, inputs: Inputs): Promise<SeenAnswer | undefined> {
    const { facts, answers, revocation } = await runObserved(this.#settings, inputs)
    this.#steps[name] = facts
    this.#calls.add(answers)
    return revocation
  }

  async #revoke(
    name: string,
    user: TestUser,
    email: string,
    before: readonly Session[] | undefined,
    devices = false,
  ): Promise<Attempt> {
    const since = this.#calls.answers.length
    const deadline = performance.now() + PATIENCE
    const answer = await this.#step(name, { email, verify: 'true', devices: String(devices) })
    if (before === undefined) return { answer, sessions: { kind: 'not read' } }
    const sessions = await watchSessions(this.#calls, user.records, before, { since, deadline })
    return { answer, sessions }
  }

  /** Frees the seats last: that deletes the registrations. */
  async #freeSeat(user: TestUser): Promise<SeatEvidence | undefined> {
    const seatUids = user.records
      .filter(({ access_seat: access, gateway_seat: gateway }) => access !== false || gateway !== false)
      .flatMap(({ seat_uid: uid }) => uid ?? [])
    if (seatUids.length === 0) return undefined
    this.#show("Freeing the test user's seat …")
    const registrationsBefore = await readRegistrations(this.#calls, user)
    const answer = await this.#calls.patch(
      '/access/seats',
      seatUids.map((uid) => ({ seat_uid: uid, access_seat: false, gateway_seat: false })),
    )
    const registrationsAfter = await watchRegistrations(this.#calls, user, (own) => own.length === 0)
    return { seatUids, answer, registrationsBefore, registrationsAfter }
  }
}
