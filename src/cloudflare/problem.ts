import { STATUS_CODES } from 'node:http'
import { inspect } from 'node:util'
import { shortened } from '../text/plain-text.ts'
import { problem, type Problem, problemText as plainProblemText, type Scope } from '../text/problem.ts'
import type { NoAnswer } from './http-exchange.ts'

/** An entry of the envelope's `errors` (Cloudflare API reference). */
export interface ApiError {
  readonly code?: number | string | undefined
  readonly message: string
  /** Unchecked. */
  readonly documentationUrl?: string | undefined
}

export interface ApiProblem extends Problem {
  readonly scope: Scope
  readonly errors: readonly ApiError[]
  /** The account permission that the credential may lack, in quotation marks; two where either is enough. */
  readonly permission?: string | undefined
  readonly httpStatus?: number
  /** The `cf-ray` header, which identifies the request to Cloudflare support. */
  readonly rayId?: string
}

/**
 * What a failed attempt means. `refused`: the credential may not do this. `blocked`: something in front of the API does
 * not let the call through. `locked_out`: Cloudflare accepts none of the credential's calls for a while.
 */
export type Failure = 'rate_limited' | 'transient' | 'refused' | 'blocked' | 'locked_out' | 'other'

export interface FailedAttempt {
  readonly failure: Failure
  readonly problem: ApiProblem
}

type AnyProblem = Problem & Partial<Pick<ApiProblem, 'errors' | 'rayId'>>

/** What happened, Cloudflare's own words and the ray ID, without a full stop. */
export function describe({ what, errors = [], rayId }: AnyProblem): string {
  const words = errors.map(apiErrorText).join('; ')
  return `${what}${words === '' ? '' : `: ${words}`}${rayId === undefined ? '' : ` (ray ID ${rayId})`}`
}

export function problemText(given: AnyProblem): string {
  return plainProblemText({ ...given, what: describe(given) })
}

/** The error in Cloudflare's words: its code, where it has one, and its message in quotation marks. */
export function apiErrorText({ code, message }: ApiError): string {
  return code === undefined ? `"${message}"` : `${code} "${message}"`
}

/** An error of the API, with texts short enough for the log. */
export function apiError(code: number | string | undefined, message: string): ApiError {
  return { code: typeof code === 'string' ? shortened(code, 100) : code, message: shortened(message, 300) }
}

/** A problem that concerns one user, found by the action itself. */
export function userProblem(what: string, remedy: string): ApiProblem {
  return { what, remedy, scope: 'user', errors: [] }
}

export function unexpectedProblem(error: unknown): ApiProblem {
  const message = error instanceof Error ? error.message : inspect(error)
  return {
    ...userProblem('The action failed unexpectedly', 'Run the step again.'),
    errors: [apiError(undefined, message)],
  }
}

/** `404 Not Found`. */
export function statusText(status: number): string {
  return [status, STATUS_CODES[status]].filter(Boolean).join(' ')
}

/** The remedy for an answer that probably did not come from Cloudflare. */
export const PROXY_REMEDY =
  'If this keeps happening, look for a proxy or firewall between the runner and Cloudflare.'
export const PROXY_CREDENTIAL = 'Put the user name and the password for the proxy into `HTTPS_PROXY`.'

/** What it means that no answer arrived. Sending a call twice does no harm. */
export function noAnswer({ cause, code = '' }: NoAnswer): FailedAttempt {
  const asksForLogin = cause === 'proxy' && code === '407'
  const whyNoAnswer: Problem = {
    timeout: problem(
      'No complete answer arrived in time',
      'Check the network path from the runner to Cloudflare, or raise `request-timeout`.',
    ),
    too_large: problem('The answer was larger than any that Cloudflare gives', PROXY_REMEDY),
    cancelled: problem('The run was cancelled before the answer arrived'),
    proxy: problem(
      `The proxy answered ${statusText(Number(code))} to CONNECT`,
      asksForLogin
        ? PROXY_CREDENTIAL
        : 'Check `HTTPS_PROXY`, and whether the proxy lets the runner reach the API.',
    ),
    network: problem(`The connection failed${code === '' ? '' : ` (${code})`}`, networkRemedy(code)),
  }[cause]
  const scope = asksForLogin ? 'all_users' : 'transient'
  return { failure: asksForLogin ? 'other' : 'transient', problem: { ...whyNoAnswer, scope, errors: [] } }
}

function networkRemedy(code: string): string {
  if (/CERT|SELF_SIGNED|SSL|TLS|ISSUER|ALTNAME/.test(code)) {
    return 'TLS failed: if the runner is behind an inspecting proxy, set `NODE_EXTRA_CA_CERTS` to the CA certificate of that proxy.'
  }
  return code === 'ENOTFOUND' || code === 'EAI_AGAIN'
    ? 'The host name could not be resolved: check the DNS of the runner, and `api-base-url`.'
    : 'Check the network path from the runner to Cloudflare (firewall, `HTTPS_PROXY`).'
}
