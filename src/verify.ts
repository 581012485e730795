import { setTimeout as wait } from 'node:timers/promises'
import type { Cloudflare } from './cloudflare.ts'
import type { EmailAddress } from './email-address.ts'
import { devicesOf, type Known, readProblem, stoppedProblem } from './look-up.ts'
import type { Pace } from './pace.ts'
import type { Problem } from './problem.ts'
import type { RunStop } from './run-stop.ts'

/** How long sessions may take to go; Cloudflare says 20 to 30 seconds. In milliseconds, holds not counted. */
const PATIENCE = 90_000

/** How long the count of devices may take to reach 0. It is not documented precisely enough to judge by. */
const DEVICE_PATIENCE = 30_000

/** The first pause between reads; each further one is half as long again, up to the longest. In milliseconds. */
const FIRST_PAUSE = 1_000
const LONGEST_PAUSE = 15_000

/** What the last read showed, or why there was none. */
export interface Sighting {
  /** Sessions issued in the second of the revocation or before. */
  readonly old: number
  /** When sessions were issued after that, in Unix seconds. */
  readonly anew: readonly number[]
  /** Undefined where they were not counted. */
  readonly devices?: number
  readonly problem?: Problem
}

/** What to watch for. */
export interface Watch {
  readonly email: EmailAddress
  readonly before: Known
  /** The second in which the revocation was confirmed, by Cloudflare's clock, in Unix seconds. */
  readonly cutoff: number
  /** Whether the devices were revoked too. */
  readonly devices: boolean
}

/** Reads a user's sessions again and again. */
export class Verifier {
  readonly #cloudflare: Cloudflare
  readonly #pace: Pace
  readonly #stop: RunStop

  constructor(cloudflare: Cloudflare, pace: Pace, stop: RunStop) {
    this.#cloudflare = cloudflare
    this.#pace = pace
    this.#stop = stop
  }

  /** Watches until no session from before the revocation is left, with growing pauses, for up to 90 seconds. */
  async watch(watch: Watch): Promise<Sighting> {
    const start = this.#pace.runningTime
    let pause = FIRST_PAUSE
    for (;;) {
      const left = PATIENCE - (this.#pace.runningTime - start)
      try {
        await wait(Math.max(0, Math.min(pause, left)), undefined, { signal: this.#stop.starting })
      } catch {
        return { old: watch.before.sessions, anew: [], problem: stoppedProblem(String(this.#stop.why)) }
      }
      // The read after the time is up is the last one, however long the rate limit kept it waiting.
      const passed = this.#pace.runningTime - start
      const seen = await this.#read(watch)
      const devicesLeft = (seen.devices ?? 0) > 0 && passed < DEVICE_PATIENCE
      if (seen.problem !== undefined || passed >= PATIENCE || (seen.old === 0 && !devicesLeft)) return seen
      pause = Math.min(LONGEST_PAUSE, pause * 1.5)
    }
  }

  async #read({ email, before, cutoff, devices }: Watch): Promise<Sighting> {
    const issued: number[] = []
    for (const { id } of before.records) {
      const call = await this.#cloudflare.activeSessions(id, email)
      if (!call.ok) return { old: before.sessions, anew: [], problem: readProblem(call) }
      issued.push(...call.result.map(({ metadata }) => metadata.iat))
    }
    const anew = issued.filter((iat) => iat > cutoff)
    const seen = { old: issued.length - anew.length, anew }
    if (!devices || seen.old > 0) return seen
    const users = await this.#cloudflare.usersWithEmail(email)
    return users.ok ? { ...seen, devices: devicesOf(users.result) } : seen
  }
}
