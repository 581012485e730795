import { STATUS_CODES } from 'node:http'
import { CHECK_TOKEN, documentationAdvice, hintFor, permissionAdvice } from './error-hints.ts'
import { type ApiError, type Problem, PROXY_REMEDY } from './problem.ts'

/** What an HTTP status means for a call that it refuses. */
interface StatusMeaning {
  readonly scope: Problem['scope']
  readonly remedy?: string
  /** Whether the credential may lack the permission that the call takes. */
  readonly permission?: true
}

const PROXY_CREDENTIAL = 'Put the user name and the password for the proxy into `HTTPS_PROXY`.'

/** The statuses that mean more than that this one call failed. 429 is the rate limit's. */
const MEANINGS: Readonly<Record<number, StatusMeaning>> = {
  401: { scope: 'all_users', remedy: CHECK_TOKEN },
  403: { scope: 'all_users', remedy: `The credential may not do this. ${CHECK_TOKEN}`, permission: true },
  407: { scope: 'all_users', remedy: PROXY_CREDENTIAL },
  408: { scope: 'transient' },
  425: { scope: 'transient' },
}

const REDIRECT: StatusMeaning = {
  scope: 'user',
  remedy: 'Check `api-base-url`, and whether a proxy asks for a login.',
}
const SERVER_ERROR: StatusMeaning = {
  scope: 'transient',
  remedy: 'Check https://www.cloudflarestatus.com, and run the step again later.',
}
const OTHER: StatusMeaning = { scope: 'user' }

/** Statuses whose meaning is another one if the answer is not in the form of Cloudflare's API. */
const FOREIGN_MEANINGS: Readonly<Record<number, StatusMeaning>> = {
  403: {
    scope: 'transient',
    remedy:
      "A firewall or bot protection between the runner and the API blocks the runner's IP address: check the network path, or use a runner with another address.",
  },
  404: { scope: 'all_users', remedy: 'This is not the API: check `api-base-url`.' },
}

/**
 * What an answer that refuses the call means: whom it concerns, whether it may pass, and what to do about it.
 *
 * @param isCloudflares - whether it is in the form of Cloudflare's API
 * @param errors - all errors of the envelope
 * @param permission - the account permission that the call takes
 */
export function refusal(
  status: number,
  isCloudflares: boolean,
  errors: readonly ApiError[],
  permission?: string,
): Pick<Problem, 'what' | 'remedy' | 'scope' | 'errors' | 'permission'> {
  const general = meaningOf(status, isCloudflares)
  const hint = hintFor(errors)
  // A 401 is about identity: a token that Cloudflare does not accept needs no further permission.
  const mayLackPermission = status !== 401 && (hint ?? general).permission === true
  const missing = mayLackPermission ? permission : undefined
  const remedies = [
    hint?.remedy ?? general.remedy ?? (isCloudflares ? [] : PROXY_REMEDY),
    documentationAdvice(errors),
    // Last, because callers add an alternative to it.
    missing === undefined ? [] : permissionAdvice(missing),
  ].flat()
  return {
    what: whatHappened(status, isCloudflares),
    ...(remedies.length > 0 && { remedy: remedies.join(' ') }),
    ...(missing !== undefined && { permission: missing }),
    scope: general.scope === 'user' && hint?.affectsAllUsers === true ? 'all_users' : general.scope,
    errors,
  }
}

/** The problem of a proxy that refused the connection. */
export function proxyRefusal(status: number): Problem {
  return {
    what: `The proxy answered ${statusText(status)} to CONNECT`,
    remedy:
      status === 407
        ? PROXY_CREDENTIAL
        : 'Check `HTTPS_PROXY`, and whether the proxy lets the runner reach the API.',
    scope: status === 407 ? 'all_users' : 'transient',
    errors: [],
  }
}

/** `404 Not Found`. */
export function statusText(status: number): string {
  return [status, STATUS_CODES[status]].filter(Boolean).join(' ')
}

function meaningOf(status: number, isCloudflares: boolean): StatusMeaning {
  const foreign = isCloudflares ? undefined : FOREIGN_MEANINGS[status]
  if (status >= 500) return SERVER_ERROR
  return foreign ?? MEANINGS[status] ?? (isRedirect(status) ? REDIRECT : OTHER)
}

function whatHappened(status: number, isCloudflares: boolean): string {
  if (isRedirect(status))
    return `Something answered with a redirect (${statusText(status)}), which is not followed`
  if (status === 403 && !isCloudflares)
    return `Something in front of Cloudflare's API answered ${statusText(status)}`
  return `Cloudflare answered ${statusText(status)}${status <= 299 ? ' with "success": false' : ''}`
}

function isRedirect(status: number): boolean {
  return status >= 300 && status <= 399
}
