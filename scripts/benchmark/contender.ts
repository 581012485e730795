import type { Memory } from './process.ts'
import type { StandIn } from './stand-in.ts'

/** What is to be proven of each user: that the sessions are gone; the devices, too; or all that and a free seat. */
export type Proof = 'sessions' | 'devices' | 'seat'

/** A list to revoke. */
export interface ListJob {
  readonly standIn: StandIn
  /** Requests in flight at once. */
  readonly concurrency: number
  /** Whether to measure the heap; the peak and the time of such a run mean nothing. */
  readonly heap: boolean
  /** By default nothing is proven. */
  readonly proof?: Proof
}

/** How a contender did a list. */
export interface ListRun extends Memory {
  /** Milliseconds of real time, the whole process. */
  readonly wallMs: number
  /** How many users it says Cloudflare confirmed. */
  readonly confirmed: number
}

/** Something that revokes lists of users. */
export interface Contender {
  readonly name: string
  /**
   * Revokes every user of the stand-in, in a process of its own.
   *
   * @throws Error when the process did not do its work at all
   */
  run(job: ListJob): Promise<ListRun>
}
