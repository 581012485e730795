import type { Log } from './log.ts'
import type { DueOutcome, Verification } from './outcome.ts'
import type { Privacy } from './privacy.ts'
import { problemText } from './problem.ts'
import { grouped, quantity } from './quantity.ts'
import type { User } from './user.ts'
import { confirmation, cut } from './wording.ts'

/** Lists longer than this get progress lines. */
const SHORT_LIST = 20

/** A progress line comes at every tenth of the list, and at the latest after this many milliseconds. */
const SILENCE = 30_000

/** Tells in the log what happens, as it happens: a line a user, and on long lists how far it has come. */
export class Narrator {
  readonly #log: Log
  readonly #privacy: Privacy
  readonly #due: number
  readonly #start = performance.now()
  #done = 0
  #missed = 0
  #lastProgress = performance.now()

  /** @param due - how many users are due */
  constructor(log: Log, privacy: Privacy, due: number) {
    this.#log = log
    this.#privacy = privacy
    this.#due = due
  }

  /** Tells what became of a user. */
  outcome(outcome: DueOutcome): void {
    const { email } = outcome.user
    const address = this.#privacy.address(email)
    switch (outcome.status) {
      case 'revoked': {
        const { rayId, verification } = outcome
        const ray = rayId === undefined ? '' : ` (ray ID ${rayId})`
        this.#log.info(`${address}: ${confirmation(verification)}${ray}.`)
        this.#warn(outcome)
        break
      }
      case 'failed': {
        this.#missed += 1
        const text = this.#privacy.text(problemText(outcome.problem), email)
        const doubt = outcome.revocation === 'confirmed' ? ':' : ' is not revoked, or not for sure.'
        this.#log.error(`${address}${doubt} ${text}`)
        this.#warn(outcome)
        break
      }
      case 'skipped':
        this.#missed += 1
        this.#log.info(`${address}: skipped.`)
        break
      case 'would_revoke':
        this.#log.info(`${address} would be revoked${cut(outcome.verification)}.`)
        if (outcome.problem !== undefined) {
          this.#log.error(`${address}: ${this.#privacy.text(problemText(outcome.problem), email)}`)
        }
        this.#warn(outcome)
        break
    }
    this.#progress()
  }

  #warn({ user, verification }: { user: User; verification?: Verification }): void {
    for (const warning of verification?.warnings ?? []) {
      this.#log.warning(`${this.#privacy.address(user.email)}: ${warning}`)
    }
  }

  #progress(): void {
    this.#done += 1
    if (this.#due <= SHORT_LIST || this.#done === this.#due) return
    const now = performance.now()
    const tenth = Math.floor((this.#done * 10) / this.#due) > Math.floor(((this.#done - 1) * 10) / this.#due)
    if (!tenth && now - this.#lastProgress < SILENCE) return
    this.#lastProgress = now
    const left = ((now - this.#start) / this.#done) * (this.#due - this.#done)
    const missed = this.#missed === 0 ? '' : `, ${grouped(this.#missed)} of them not revoked`
    this.#log.info(
      `Progress: ${grouped(this.#done)} of ${quantity(this.#due, 'user')}${missed}; about ${duration(left)} left.`,
    )
  }
}

/** `40 s`, `12 min`, from milliseconds. */
function duration(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1_000)
  return seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`
}
