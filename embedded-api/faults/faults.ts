import * as v from 'valibot'
import { type Operation, OPERATIONS } from '../http/route.ts'

const headerValues = v.record(v.string(), v.nullable(v.union([v.string(), v.array(v.string())])))
const milliseconds = v.pipe(v.number(), v.minValue(0))
/** With `applied: true` the call takes its real effect first; without it, none. */
const applied = v.exactOptional(v.boolean())

const faultSchema = v.variant('kind', [
  /**
   * A made-up answer. A body that is no string goes out as JSON, a string as text/html unless the headers say
   * otherwise. `Date` and `cf-ray` are there unless the headers change them or leave them out (`null`); the rate-limit
   * headers are not.
   */
  v.strictObject({
    kind: v.literal('answer'),
    status: v.number(),
    headers: v.exactOptional(headerValues),
    body: v.exactOptional(v.unknown()),
    applied,
  }),
  /** A failure in the v4 envelope; `extra` is laid over the error, beside `code` and `message`. */
  v.strictObject({
    kind: v.literal('error'),
    status: v.number(),
    code: v.number(),
    message: v.string(),
    extra: v.exactOptional(v.record(v.string(), v.unknown())),
    applied,
  }),
  /** The call takes effect, then the connection ends without an answer. */
  v.strictObject({ kind: v.literal('lost_answer') }),
  /** The connection is reset (RST) before anything takes effect. */
  v.strictObject({ kind: v.literal('reset') }),
  /** Never an answer. */
  v.strictObject({ kind: v.literal('silence'), applied }),
  /** One byte of the header block at a time, without end. */
  v.strictObject({ kind: v.literal('slow_headers'), intervalMs: milliseconds, applied }),
  /** The call takes effect; its true answer comes a byte of the body at a time. */
  v.strictObject({ kind: v.literal('drip'), intervalMs: milliseconds }),
  /** A full content-length, half of a successful body, then the connection ends. */
  v.strictObject({ kind: v.literal('drop_mid_body'), applied }),
  /** The same in chunks, the last of them missing. */
  v.strictObject({ kind: v.literal('truncated_chunked'), applied }),
  /** A body that looks like a success and continues until the client hangs up, or for `bytes` bytes. */
  v.strictObject({ kind: v.literal('gigantic'), bytes: v.exactOptional(v.number()), applied }),
  v.strictObject({ kind: v.literal('redirect'), status: v.number(), location: v.string() }),
  /** Bytes that are not HTTP. */
  v.strictObject({ kind: v.literal('garbage'), applied }),
  /** 100 Continue, again and again. */
  v.strictObject({ kind: v.literal('endless_continue'), intervalMs: milliseconds }),
  /** 429 with exactly the rate-limit headers given, be they missing or malformed. */
  v.strictObject({
    kind: v.literal('rate_limited'),
    retryAfter: v.exactOptional(v.string()),
    headers: v.exactOptional(headerValues),
  }),
  /**
   * The normal answer; a moment later, on the same connection, a second one of status 200 without a request, by
   * default a successful revocation. The connection is kept alive, whatever the client requested.
   */
  v.strictObject({
    kind: v.literal('surplus'),
    body: v.exactOptional(v.unknown()),
    /** Real time between the two, default 5. */
    afterMs: v.exactOptional(milliseconds),
  }),
  /** Waits (real time), then handles the call normally. */
  v.strictObject({ kind: v.literal('delay'), ms: milliseconds }),
])

/** A rule in a seed file. */
export const faultRuleSchema = v.strictObject({
  operation: v.exactOptional(v.picklist(OPERATIONS)),
  email: v.exactOptional(v.string()),
  times: v.exactOptional(v.number()),
  after: v.exactOptional(v.number()),
  every: v.exactOptional(v.number()),
  fault: faultSchema,
})

/** A fault, by `kind`. */
export type Fault = v.InferOutput<typeof faultSchema>

/** A fault of one kind. */
export type FaultOf<Kind extends Fault['kind']> = Extract<Fault, { kind: Kind }>

/**
 * When a fault happens: to calls of an operation (default any) about an address (default any, in any letter case). Of
 * these calls, the first `after` are left alone (default 0), and one in `every` of the others meets the fault (default
 * 1), at most `times` times (default always).
 */
export type FaultRule = v.InferOutput<typeof faultRuleSchema>

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
