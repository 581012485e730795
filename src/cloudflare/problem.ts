import { inspect } from 'node:util'
import { shortened } from '../text/plain-text.ts'
import type { ConnectionFailure } from './http-exchange.ts'

/** An entry of the envelope's `errors` (Cloudflare API reference). */
export interface ApiError {
  readonly code?: number | string
  readonly message: string
  /** Unchecked. */
  readonly documentationUrl?: string
}

/**
 * Why a call to Cloudflare failed. Texts contain no secret, but they quote what came from outside: what shows them has
 * to mask addresses and then to escape, in this order.
 */
export interface Problem {
  /** What happened, as a sentence without its full stop. */
  readonly what: string
  /** What to do about it, in full sentences; undefined where there is nothing to say. */
  readonly remedy?: string
  /** `transient`: may pass if tried again. `all_users`: would happen to every other user as well. */
  readonly scope: 'transient' | 'user' | 'all_users'
  readonly errors: readonly ApiError[]
  /** The account permission that the credential may lack. */
  readonly permission?: string
  readonly httpStatus?: number
  /** The `cf-ray` header, which identifies the request to Cloudflare support. */
  readonly rayId?: string
}

/** What happened, Cloudflare's own words and the ray ID, without a full stop. */
export function describe({ what, errors, rayId }: Problem): string {
  const words = errors.map(apiErrorText).join('; ')
  return `${what}${words === '' ? '' : `: ${words}`}${rayId === undefined ? '' : ` (ray ID ${rayId})`}`
}

/** The problem as one paragraph: what happened, and what to do about it. */
export function problemText(problem: Problem): string {
  return `${describe(problem)}.${problem.remedy === undefined ? '' : ` ${problem.remedy}`}`
}

/** The error in Cloudflare's words: its code, where it has one, and its message in quotation marks. */
export function apiErrorText({ code, message }: ApiError): string {
  return code === undefined ? `"${message}"` : `${code} "${message}"`
}

/** An error of the API, with texts short enough for the log. */
export function apiError(code: number | string | undefined, message: string): ApiError {
  const text = shortened(message, 300)
  if (code === undefined) return { message: text }
  return { code: typeof code === 'string' ? shortened(code, 100) : code, message: text }
}

/** A problem that concerns one user, found by the action itself. */
export function userProblem(what: string, remedy: string): Problem {
  return { what, remedy, scope: 'user', errors: [] }
}

/** Converts an unexpected exception to a problem. */
export function unexpectedProblem(error: unknown): Problem {
  const message = error instanceof Error ? error.message : inspect(error)
  return {
    ...userProblem('The action failed unexpectedly', 'Run the step again.'),
    errors: [apiError(undefined, message)],
  }
}

/** The problem of an attempt without a complete answer. It is transient: sending a call twice does no harm. */
export function connectionFailure({ cause, code }: ConnectionFailure): Problem {
  const problem = { scope: 'transient', errors: [] } as const
  switch (cause) {
    case 'timeout':
      return {
        ...problem,
        what: 'No complete answer arrived in time',
        remedy: 'Check the network path from the runner to Cloudflare, or raise `request-timeout`.',
      }
    case 'too_large':
      return {
        ...problem,
        what: 'The answer was larger than any that Cloudflare gives',
        remedy: PROXY_REMEDY,
      }
    case 'cancelled':
      return { ...problem, what: 'The run was cancelled before the answer arrived' }
    case 'network': {
      const detail = code === undefined ? '' : ` (${code})`
      return { ...problem, what: `The connection failed${detail}`, remedy: networkRemedy(code ?? '') }
    }
  }
}

/** The remedy for an answer that probably did not come from Cloudflare. */
export const PROXY_REMEDY =
  'If this keeps happening, look for a proxy or firewall between the runner and Cloudflare.'

function networkRemedy(code: string): string {
  if (/CERT|SELF_SIGNED|SSL|TLS|ISSUER|ALTNAME/.test(code)) {
    return 'TLS failed: if the runner is behind an inspecting proxy, set `NODE_EXTRA_CA_CERTS` to the CA certificate of that proxy.'
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return 'The host name could not be resolved: check the DNS of the runner, and `api-base-url`.'
  }
  return 'Check the network path from the runner to Cloudflare (firewall, `HTTPS_PROXY`).'
}

/** The same by the name that tells it from other kinds of problem. */
export type ApiProblem = Problem
