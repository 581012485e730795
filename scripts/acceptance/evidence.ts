import type { StepFacts } from './observed-step.ts'
import type { Registrations } from './registrations.ts'
import type { SeenAnswer } from './seen-answer.ts'
import type { Session, SessionsAfter } from './sessions.ts'
import type { TestUser } from './test-user.ts'

/** What a run saw. It contains personal data; only what is concluded from it is told. */
export interface Evidence {
  readonly asked: { readonly devices: boolean; readonly seat: boolean }
  readonly user: TestUser
  /** All answers, in order: those to the bundle, and those to this program. */
  readonly answers: readonly SeenAnswer[]
  /** Undefined if they could not be read. */
  readonly sessionsBefore: readonly Session[] | undefined
  readonly registrationsBefore: Registrations
  /** After the revocations without `devices`. */
  readonly registrationsKept: Registrations
  /** After the revocation with `devices`, with `--devices`. */
  readonly registrationsRevoked: Registrations | undefined
  /** The answer to the revocation of an address that nobody has. */
  readonly nobody: SeenAnswer | undefined
  /** The revocation by the address in the other letter case, the first of all. */
  readonly otherCase: Attempt
  /** The revocation by the address as the account has it, if the first one left sessions. */
  readonly sameCase: Attempt | undefined
  /** The last revocation, when the sessions have ended already; with `devices` where asked for. */
  readonly again: Attempt
  /** With `--seat`, if the user has one. */
  readonly seat: SeatEvidence | undefined
  /** What the steps said, by what they were for. */
  readonly steps: Readonly<Record<string, StepFacts>>
}

/** One revocation by the bundle. */
export interface Attempt {
  readonly answer: SeenAnswer | undefined
  /** What became of the sessions from before. */
  readonly sessions: SessionsAfter
}

/** The freeing of the test user's seats. */
export interface SeatEvidence {
  readonly seatUids: readonly string[]
  readonly answer: SeenAnswer | undefined
  /** Listed before and after, in whatever state. */
  readonly registrationsBefore: Registrations
  readonly registrationsAfter: Registrations
}
