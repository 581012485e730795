import { problemText } from '../cloudflare/problem.ts'
import type { DueOutcome, Verification } from '../revocation/outcome.ts'
import type { Log } from '../runner/log.ts'
import { duration, grouped, quantity } from '../text/quantity.ts'
import type { User } from '../users/user.ts'
import type { UserNames } from './user-names.ts'
import { confirmation, cut } from './sentences.ts'

/** Lists longer than this get progress lines. */
const SHORT_LIST = 20

/** A progress line comes at every tenth of the list, and at the latest after this many milliseconds. */
const SILENCE = 30_000

/** Tells in the log what happens, as it happens: a line a user, and on long lists how far it has come. */
export class ProgressLog {
  readonly #log: Log
  readonly #due: number
  readonly #names: UserNames
  readonly #start = performance.now()
  #done = 0
  #missed = 0
  #lastProgress = performance.now()

  /** @param due - how many users are due */
  constructor(log: Log, due: number, names: UserNames) {
    this.#log = log
    this.#due = due
    this.#names = names
  }

  /** Tells what became of a user. */
  outcome(outcome: DueOutcome): void {
    const name = this.#names.inLog(outcome.user)
    switch (outcome.status) {
      case 'revoked': {
        const { rayId } = outcome
        const ray = rayId === undefined ? '' : ` (ray ID ${rayId})`
        this.#log.info(`${name}: ${confirmation(outcome)}${ray}.`)
        this.#warn(outcome)
        break
      }
      case 'unknown':
        this.#log.info(`${name}: revoked, confirmed by Cloudflare, but unknown to the organization.`)
        this.#warn(outcome)
        break
      case 'failed': {
        this.#missed += 1
        const doubt = outcome.revocation === 'confirmed' ? ':' : ' may not be revoked.'
        this.#log.error(`${name}${doubt} ${problemText(outcome.problem)}`)
        this.#warn(outcome)
        break
      }
      case 'skipped':
        this.#missed += 1
        this.#log.info(`${name}: skipped.`)
        break
      case 'would_revoke':
        this.#log.info(`${name} would be revoked${cut(outcome)}.`)
        if (outcome.problem !== undefined) {
          this.#log.error(`${name}: ${problemText(outcome.problem)}`)
        }
        this.#warn(outcome)
        break
    }
    this.#progress()
  }

  /** Tells what the reader should know of a user. */
  warn(user: User, warnings: readonly string[] = []): void {
    for (const warning of warnings) this.#log.warning(`${this.#names.inLog(user)}: ${warning}`)
  }

  #warn({ user, verification }: { user: User; verification?: Verification }): void {
    this.warn(user, verification?.warnings)
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
