import { setTimeout as wait } from 'node:timers/promises'
import { elapsed } from '../text/measures.ts'
import { RECHECKS_AFTER_MS } from '../timings.ts'
import type { Answer, ErrorAnswer } from './answer.ts'
import type { CallQueue } from './call-queue.ts'
import type { Problem } from './problem.ts'

/** The code for a credential that is locked out. */
const LOCKED_OUT = 10502

/** What a run has learnt of the permissions of its credential. */
export class Permissions {
  readonly #queue: CallQueue
  readonly #accepted = new Set<string>()
  readonly #refusals = new Map<string, Problem>()

  constructor(queue: CallQueue) {
    this.#queue = queue
  }

  /** Why Cloudflare refuses all calls that take this permission; undefined if it does not. */
  refusal(permission: string): Problem | undefined {
    return this.#refusals.get(permission)
  }

  /**
   * The answer to a call, unless it refuses a permission that Cloudflare has granted in this run: as that may be a
   * mistake, the call is sent again, alone, before it is believed.
   */
  async confirmed<T>(
    answer: Answer<T>,
    permission: string,
    resend: () => Promise<Answer<T>>,
  ): Promise<Answer<T>> {
    const isContradiction = this.#accepted.has(permission) && isRefusal(answer) && !isLockedOut(answer)
    const latest = isContradiction ? await this.#recheck(answer, permission, resend) : answer
    if (latest.kind === 'result') this.#accepted.add(permission)
    else if (latest.problem.scope === 'all_users') {
      this.#accepted.delete(permission)
      this.#refusals.set(permission, latest.problem)
    }
    return latest
  }

  async #recheck<T>(
    answer: Answer<T>,
    permission: string,
    resend: () => Promise<Answer<T>>,
  ): Promise<Answer<T>> {
    const refusedAt = elapsed()
    const { stop } = this.#queue
    return this.#queue.recheck(async () => {
      let latest = answer
      for (const after of RECHECKS_AFTER_MS) {
        const delay = Math.max(0, refusedAt + after - elapsed())
        await wait(delay, undefined, { signal: stop.startSignal }).catch(() => undefined)
        // Another call may have found out meanwhile that the permission is gone.
        if (stop.reason !== undefined || !this.#accepted.has(permission)) return latest
        latest = await resend()
        if (!isRefusal(latest)) return latest
      }
      return latest
    })
  }
}

/** Whether Cloudflare refuses the credential; a 403 of something else is transient. */
function isRefusal(answer: Answer<unknown>): answer is ErrorAnswer {
  if (answer.kind === 'result') return false
  const { httpStatus, scope } = answer.problem
  return httpStatus === 401 || (httpStatus === 403 && scope === 'all_users')
}

function isLockedOut({ problem }: ErrorAnswer): boolean {
  return problem.errors.some(({ code }) => Number(code) === LOCKED_OUT)
}
