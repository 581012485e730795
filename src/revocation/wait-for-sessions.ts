import type { CallQueue } from '../cloudflare/call-queue.ts'
import type { AccessUser, Endpoints } from '../cloudflare/endpoints.ts'
import { ownProblem, type Problem } from '../cloudflare/problem.ts'
import type { RunStop } from '../runner/run-stop.ts'
import type { EmailAddress } from '../text/email-address.ts'
import { clocksDisagree, type Evidence, sortSessions, type SortedSessions } from './session-evidence.ts'
import { devicesOf, readProblem } from './user-records.ts'

/** How long sessions may take to go; Cloudflare says 20 to 30 seconds. In milliseconds, holds not counted. */
export const SESSION_PATIENCE = 90_000

/** How long the count of devices may take to reach 0. It is not documented precisely enough to judge by. */
const DEVICE_PATIENCE = 30_000

/** The first pause between reads; each further one is half as long again, up to the longest. In milliseconds. */
const FIRST_PAUSE = 1_000
const LONGEST_PAUSE = 15_000

/** What the last read showed, or why there was none. */
export type Sighting = Seen | NotSeen

/** A read that told something. */
export interface Seen extends SortedSessions {
  readonly kind: 'seen'
  /** Undefined where they were not counted. */
  readonly devices?: number | undefined
}

/** The reads failed, or prove nothing. */
export interface NotSeen {
  readonly kind: 'not_seen'
  readonly problem: Problem
}

/** What to watch for. */
export interface Watched {
  readonly email: EmailAddress
  readonly records: readonly AccessUser[]
  readonly evidence: Evidence
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
      await this.#queue.wait(Math.max(0, Math.min(pause, left)), this.#stop.starting).catch(() => undefined)
      const { why } = this.#stop
      if (why !== undefined) return { kind: 'not_seen', problem: ownProblem(why.what, why.remedy) }
      // The read after the time is up is the last one, however long the rate limit kept it waiting.
      const passed = this.#queue.runningTime - start
      const seen = await this.#read(watched)
      if (seen.kind === 'not_seen' || passed >= SESSION_PATIENCE) return seen
      const devicesLeft = (seen.devices ?? 0) > 0 && passed < DEVICE_PATIENCE
      if (seen.old === 0 && !devicesLeft) return seen
      pause = Math.min(LONGEST_PAUSE, pause * 1.5)
    }
  }

  async #read({ email, records, evidence, devices }: Watched): Promise<Sighting> {
    let old = 0
    let anew: readonly number[] = []
    for (const { id } of records) {
      const call = await this.#endpoints.activeSessions(id, email)
      if (call.kind !== 'result') return { kind: 'not_seen', problem: readProblem(call) }
      if (clocksDisagree(call, evidence.confirmation)) return { kind: 'not_seen', problem: CLOCKS_DISAGREE }
      const sorted = sortSessions(call.result, call, evidence)
      old += sorted.old
      anew = anew.concat(sorted.anew)
    }
    const seen: Seen = { kind: 'seen', old, anew }
    if (!devices || old > 0) return seen
    const users = await this.#endpoints.users({ email }, email)
    if (users.kind !== 'result') return seen
    const own = users.result.filter((user) => records.some(({ id }) => id === user.id))
    // Whoever was found by other means than this filter is not among them, and has no known count.
    return { ...seen, devices: own.length < records.length ? undefined : devicesOf(own) }
  }
}

/** That nothing can be told by clocks that contradict each other. */
export const CLOCKS_DISAGREE = ownProblem(
  'the `Date` headers of the answers contradict each other by more than a minute',
  'Look for a proxy between the runner and Cloudflare that keeps or changes answers.',
)
