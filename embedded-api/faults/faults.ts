import type { Operation } from '../http/route.ts'

type HeaderValues = Readonly<Record<string, string | string[] | null>>

/** With `applied: true` the call takes its real effect first; without it, none. */
interface Applied {
  readonly applied?: boolean
}

/** A repetition in milliseconds. */
interface Repeated {
  readonly intervalMs: number
}

/** What goes wrong with a call. */
export type Fault =
  /**
   * A made-up answer. A body that is no string goes out as JSON, a string as text/html unless the headers say
   * otherwise. `Date` and `cf-ray` are there unless the headers change them or leave them out (`null`); the rate-limit
   * headers are not.
   */
  | ({
      readonly kind: 'answer'
      readonly status: number
      readonly headers?: HeaderValues
      readonly body?: unknown
    } & Applied)
  /** A failure in the v4 envelope; `extra` is laid over the error, beside `code` and `message`. */
  | ({
      readonly kind: 'error'
      readonly status: number
      readonly code: number
      readonly message: string
      readonly extra?: Readonly<Record<string, unknown>>
    } & Applied)
  /** The call takes effect, then the connection ends without an answer. */
  | { readonly kind: 'lost_answer' }
  /** The connection is reset (RST) before anything takes effect. */
  | { readonly kind: 'reset' }
  /** Never an answer; bytes that are not HTTP. */
  | ({ readonly kind: 'silence' | 'garbage' } & Applied)
  /** A full content-length, half of a successful body, then the connection ends; the same in chunks, the last missing. */
  | ({ readonly kind: 'drop_mid_body' | 'truncated_chunked' } & Applied)
  /** A body that looks like a success and continues until the client hangs up, or for `bytes` bytes. */
  | ({ readonly kind: 'gigantic'; readonly bytes?: number } & Applied)
  /** One byte of the header block at a time, without end. */
  | ({ readonly kind: 'slow_headers' } & Repeated & Applied)
  /** The call takes effect; its true answer comes a byte of the body at a time. */
  | ({ readonly kind: 'drip' } & Repeated)
  /** 100 Continue, again and again. */
  | ({ readonly kind: 'endless_continue' } & Repeated)
  | { readonly kind: 'redirect'; readonly status: number; readonly location: string }
  /** 429 with exactly the rate-limit headers given, be they missing or malformed. */
  | { readonly kind: 'rate_limited'; readonly retryAfter?: string; readonly headers?: HeaderValues }
  /**
   * The normal answer; a moment later (real time, default 5 ms), on the same connection, a second one of status 200
   * without a request, by default a successful revocation. The connection is kept alive, whatever the client requested.
   */
  | { readonly kind: 'surplus'; readonly body?: unknown; readonly afterMs?: number }
  /** Waits (real time), then handles the call normally. */
  | { readonly kind: 'delay'; readonly ms: number }

/** A fault of one kind. */
export type FaultOf<Kind extends Fault['kind']> = Extract<Fault, { kind: Kind }>

/**
 * When a fault happens: to calls of an operation (default any) about an address (default any, in any letter case). Of
 * these calls, the first `after` are left alone (default 0), and one in `every` of the others meets the fault (default
 * 1), at most `times` times (default always).
 */
export interface FaultRule {
  readonly operation?: Operation
  readonly email?: string
  readonly times?: number
  readonly after?: number
  readonly every?: number
  readonly fault: Fault
}

/** Whether the call takes its real effect, whatever the answer. */
export function takesEffect(fault: Fault): boolean {
  return fault.kind === 'lost_answer' || sendsTrueAnswer(fault) || ('applied' in fault && fault.applied)
}

/** Whether the client gets the same answer as without the fault. */
export function sendsTrueAnswer({ kind }: Fault): boolean {
  return kind === 'drip' || kind === 'surplus' || kind === 'delay'
}

interface PlannedRule {
  rule: FaultRule
  /** Calls that the rule matched, whichever fault was applied to them. */
  seen: number
  used: number
}

/** The planned faults, in the order given: the first one that is due is applied to a call. */
export class FaultPlan {
  readonly #rules: PlannedRule[] = []

  add(rule: FaultRule): void {
    this.#rules.push({ rule, seen: 0, used: 0 })
  }

  get isEmpty(): boolean {
    return this.#rules.length === 0
  }

  /** The fault for the next call of `operation` about `emails`. */
  next(operation: Operation | undefined, emails: readonly string[]): Fault | undefined {
    let chosen: PlannedRule | undefined
    for (const planned of this.#rules) {
      const { rule } = planned
      if (rule.operation !== undefined && rule.operation !== operation) continue
      const email = rule.email?.toLowerCase()
      if (email !== undefined && !emails.some((about) => about.toLowerCase() === email)) continue
      planned.seen++
      const { after = 0, every = 1, times = Infinity } = rule
      const isDue = planned.seen > after && (planned.seen - after) % every === 0 && planned.used < times
      if (isDue) chosen ??= planned
    }
    if (chosen !== undefined) chosen.used++
    return chosen?.rule.fault
  }
}
