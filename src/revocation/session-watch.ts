import { setTimeout as wait } from 'node:timers/promises'
import type { CallQueue } from '../cloudflare/call-queue.ts'
import type { Endpoints } from '../cloudflare/endpoints.ts'
import { ownProblem, type Problem } from '../cloudflare/problem.ts'
import type { RunStop } from '../runner/run-stop.ts'
import type { EmailAddress } from '../text/email-address.ts'
import { devicesOf, type Known, readProblem } from './user-records.ts'

/** How long sessions may take to go; Cloudflare says 20 to 30 seconds. In milliseconds, holds not counted. */
export const SESSION_PATIENCE = 90_000

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
export interface Watched {
  readonly email: EmailAddress
  readonly before: Known
  /** The second in which the revocation was confirmed, by Cloudflare's clock, in Unix seconds. */
  readonly cutoff: number
  /** Whether the devices were revoked too. */
  readonly devices: boolean
}

/** Watches users' sessions go. */
export class SessionWatch {
  readonly #endpoints: Endpoints
  readonly #queue: CallQueue
  readonly #stop: RunStop

  constructor(endpoints: Endpoints, queue: CallQueue, stop: RunStop) {
    this.#endpoints = endpoints
    this.#queue = queue
    this.#stop = stop
  }

  /** Reads until no session from before the revocation is left, with growing pauses, for up to 90 seconds. */
  async watch(watched: Watched): Promise<Sighting> {
    const start = this.#queue.runningTime
    let pause = FIRST_PAUSE
    for (;;) {
      const left = SESSION_PATIENCE - (this.#queue.runningTime - start)
      const why = await this.#pause(Math.max(0, Math.min(pause, left)))
      if (why !== undefined) return { old: watched.before.sessions, anew: [], problem: why }
      // The read after the time is up is the last one, however long the rate limit kept it waiting.
      const passed = this.#queue.runningTime - start
      const seen = await this.#read(watched)
      const devicesLeft = (seen.devices ?? 0) > 0 && passed < DEVICE_PATIENCE
      if (seen.problem !== undefined || passed >= SESSION_PATIENCE || (seen.old === 0 && !devicesLeft))
        return seen
      pause = Math.min(LONGEST_PAUSE, pause * 1.5)
    }
  }

  /** Why the run was stopped meanwhile; undefined if it was not. */
  async #pause(milliseconds: number): Promise<Problem | undefined> {
    await wait(milliseconds, undefined, { signal: this.#stop.starting }).catch(() => undefined)
    const { why } = this.#stop
    return why === undefined ? undefined : ownProblem(why.what, why.remedy)
  }

  async #read({ email, before, cutoff, devices }: Watched): Promise<Sighting> {
    const issued: number[] = []
    for (const { id } of before.records) {
      const call = await this.#endpoints.activeSessions(id, email)
      if (call.kind !== 'result') return { old: before.sessions, anew: [], problem: readProblem(call) }
      issued.push(...call.result.map(({ metadata }) => metadata.iat))
    }
    const anew = issued.filter((iat) => iat > cutoff)
    const seen = { old: issued.length - anew.length, anew }
    if (!devices || seen.old > 0) return seen
    const users = await this.#endpoints.usersWithEmail(email)
    return users.kind === 'result' ? { ...seen, devices: devicesOf(users.result) } : seen
  }
}
