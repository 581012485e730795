import { createHash } from 'node:crypto'
import type { Operation } from '../http/route.ts'

type HeaderValues = Readonly<Record<string, string | string[] | null>>

/** What goes wrong with a call. */
export type Fault = FaultKind & {
  /** The call takes its real effect first. Without it, only `lost_answer`, `drip`, `surplus`, and `delay` have one. */
  readonly applied?: boolean
}

type FaultKind =
  /**
   * A made-up answer. A body that is no string goes out as JSON, a string as text/html unless the headers say
   * otherwise. `Date` and `cf-ray` are there unless the headers change them or leave them out (`null`); the rate-limit
   * headers are not.
   */
  | {
      readonly kind: 'answer'
      readonly status: number
      readonly headers?: HeaderValues
      readonly body?: unknown
    }
  /** A failure in the v4 envelope; `extra` is laid over the error, beside `code` and `message`. */
  | {
      readonly kind: 'error'
      readonly status: number
      readonly code: number
      readonly message: string
      readonly extra?: Readonly<Record<string, unknown>>
    }
  | { readonly kind: 'redirect'; readonly status: number; readonly location: string }
  /** 429 with exactly the rate-limit headers given, be they missing or malformed. */
  | { readonly kind: 'rate_limited'; readonly retryAfter?: string; readonly headers?: HeaderValues }
  /** The connection ends without an answer, or is reset (RST); never an answer; bytes that are not HTTP. */
  | { readonly kind: 'lost_answer' | 'reset' | 'silence' | 'garbage' }
  /** A full content-length, half of a successful body, then the connection ends; the same in chunks, the last missing. */
  | { readonly kind: 'drop_mid_body' | 'truncated_chunked' }
  /** A body that looks like a success and continues until the client hangs up. */
  | { readonly kind: 'gigantic' }
  /** A byte of the header block at a time, without end; the true body, byte by byte; 100 Continue, again and again. */
  | { readonly kind: 'slow_headers' | 'drip' | 'endless_continue'; readonly intervalMs: number }
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
  /** Which calls meet the fault is drawn, the same for the same seed, instead of every `every`-th in turn. */
  readonly seed?: number
  readonly fault: Fault
}

/** Whether the client gets the same answer as without the fault. */
export function sendsTrueAnswer({ kind }: Fault): boolean {
  return kind === 'drip' || kind === 'surplus' || kind === 'delay'
}

/** Whether the call takes its real effect, whatever the answer. */
export function takesEffect(fault: Fault): boolean {
  return fault.applied === true || fault.kind === 'lost_answer' || sendsTrueAnswer(fault)
}

interface PlannedRule {
  readonly rule: FaultRule
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

  /** The fault for the next call of `operation`, which is about certain addresses. */
  next(operation: Operation | undefined, isAbout: (email: string) => boolean): Fault | undefined {
    let chosen: PlannedRule | undefined
    for (const planned of this.#rules) {
      const { rule } = planned
      if (rule.operation !== undefined && rule.operation !== operation) continue
      if (rule.email !== undefined && !isAbout(rule.email)) continue
      planned.seen++
      if (isDue(planned)) chosen ??= planned
    }
    if (chosen !== undefined) chosen.used++
    return chosen?.rule.fault
  }
}

function isDue({ rule, seen, used }: PlannedRule): boolean {
  const { after = 0, every = 1, times = Infinity, seed } = rule
  const turn = seen - after
  const lot =
    seed === undefined ? turn : createHash('sha256').update(`${seed} ${turn}`).digest().readUInt32BE()
  return turn > 0 && used < times && lot % every === 0
}

const CHALLENGE_PAGE =
  '<!DOCTYPE html><html lang="en-US"><head><title>Just a moment...</title></head><body></body></html>'

/**
 * Refusals that Cloudflare, or a firewall in front of its API, gives now and then to calls that are otherwise accepted.
 * Combined with `every` or `times` of a rule, they say nothing about the credential.
 */
export const STRAY_REFUSALS = {
  /** A bot challenge in front of the API. */
  challengePage: {
    kind: 'answer',
    status: 403,
    headers: { 'cf-mitigated': 'challenge' },
    body: CHALLENGE_PAGE,
  },
  /** A firewall rule in front of the API. */
  firewall: {
    kind: 'answer',
    status: 403,
    headers: { 'content-type': 'text/plain; charset=UTF-8' },
    body: 'error code: 1020',
  },
  /** The refusal of a token that passed the same call before. */
  authenticationError: { kind: 'error', status: 403, code: 10000, message: 'Authentication error' },
  /** The rate limit with a status other than 429. */
  throttled400: throttled(400),
  throttled403: throttled(403),
  throttled200: throttled(200),
} as const satisfies Record<string, Fault>

function throttled(status: number): Fault {
  const message = 'Please wait and consider throttling your request speed'
  return { kind: 'error', status, code: 971, message }
}
