import type { Scope } from '../text/problem.ts'
import {
  type ApiError,
  type FailedAttempt,
  type Failure,
  PROXY_CREDENTIAL,
  PROXY_REMEDY,
  statusText,
} from './problem.ts'

/** The remedy for a credential that may lack a permission. */
type Lacking = (permission: string, isAccepted: boolean) => string

interface Meaning {
  readonly failure?: Failure
  readonly scope: Scope
  /** Undefined where Cloudflare's words have to do. */
  readonly remedy?: string | Lacking
}

/** A remedy alone concerns all users. */
type KnownMeaning = Meaning | string | Lacking

const CHECK_TOKEN =
  'Check that the secret holds the whole token and that the token is neither expired nor disabled.'
const UNKNOWN_TOKEN = `Cloudflare does not know this token. ${CHECK_TOKEN}`
const ROUTE =
  'The account or zone ID is wrong, or the credential may not see it: compare `account-id` or `zone-id` with the dashboard.'
const LOCKED_OUT: Meaning = {
  failure: 'locked_out',
  scope: 'all_users',
  remedy:
    'Too many calls with a wrong credential: Cloudflare has locked it out for a while. Fix the secret first, then run the step again.',
}
/** It has no remedy, because the run waits. */
const RATE_LIMIT: Meaning = { failure: 'rate_limited', scope: 'user' }
const TRANSIENT: Meaning = { failure: 'transient', scope: 'transient' }
const NOT_FOUND: Meaning = {
  scope: 'user',
  remedy: 'Cloudflare found no such object: check `account-id` or `zone-id`, the address, and `user-uid`.',
}
const NOT_ENABLED =
  'Zero Trust is not set up on this account: check `account-id` or `zone-id`; it may be that of another account.'
const OTHER_LOCATION =
  "The token is restricted to IP addresses, and the runner's is not among them: add it to the token, or use a runner with an allowed address."

const lacking: Lacking = (permission) =>
  `The token is valid, but lacks a permission. Give it the account permission ${permission}.`
const notCovered: Lacking = (permission) =>
  `Check that the token covers this account and has the account permission ${permission}.`
const notAuthenticated: Lacking = (permission, isAccepted) =>
  isAccepted
    ? `Cloudflare accepted the token for another call, so check first that it has the account permission ${permission}, then that it covers this account and is not restricted to other IP addresses.`
    : `Check that the token is not wrong, expired, or disabled, that it covers this account and has the account permission ${permission}, and that it is not restricted to other IP addresses.`

/**
 * The errors whose cause is certain, or one of a few: by code and a part of the message in lower case, then by code
 * alone; 0 is any code. There is no complete official list. Sources: Cloudflare API reference, product documentation, and
 * public reports, as of 2026-11-28.
 */
const BY_MESSAGE: readonly (readonly [code: number, text: string, meaning: KnownMeaning])[] = [
  [9109, 'max auth failures', LOCKED_OUT],
  [10001, 'unable to authenticate request', TRANSIENT],
  [0, 'access.api.error.internal_server_error', TRANSIENT],
  [0, 'access.api.error.not_enabled', NOT_ENABLED],
  [0, 'access.api.error.not_found', NOT_FOUND],
  [
    0,
    'not allowed for the api_token authentication scheme',
    'This call takes no API token: use `api-email` and `api-key`.',
  ],
  [9109, 'cannot use the access token from location', OTHER_LOCATION],
  [9109, 'invalid access token', UNKNOWN_TOKEN],
  [9109, 'unauthorized to access requested resource', notCovered],
  [10000, 'forbidden', lacking],
  [10000, 'authentication error', notAuthenticated],
]
const BY_CODE: Readonly<Record<number, KnownMeaning>> = {
  429: RATE_LIMIT,
  971: RATE_LIMIT,
  1000: UNKNOWN_TOKEN,
  1001: `Cloudflare saw no credential that it takes for this call: it may not take a token that belongs to an account. ${CHECK_TOKEN}`,
  6003: `Cloudflare could not read the credential's header. ${CHECK_TOKEN}`,
  6103: 'Cloudflare could not read the `X-Auth-Key` header: check that `api-key` holds the whole Global API key, or better, use `api-token`.',
  6111: 'Cloudflare could not read the `Authorization` header: give the token alone, as the dashboard showed it.',
  7000: ROUTE,
  7003: ROUTE,
  9103: 'Cloudflare does not know this Global API key or address: check `api-email` and `api-key`, or better, use `api-token`.',
  10013: RATE_LIMIT,
  10405: 'This call does not take this kind of credential: use the other kind, `api-token` or `api-key`.',
  10502: LOCKED_OUT,
}

const CHECK_LOGIN = 'Check `api-base-url`, and whether a proxy asks for a login.'
const STATUS_PAGE = 'Check https://www.cloudflarestatus.com, and run the step again later.'

/** What a status means where the answer is not in the form of Cloudflare's API: nothing about the credential. */
const FOREIGN_STATUSES: Readonly<Record<number, Meaning>> = {
  401: { scope: 'all_users', remedy: CHECK_LOGIN },
  403: {
    failure: 'blocked',
    scope: 'transient',
    remedy:
      "A firewall or bot protection between the runner and the API blocks the runner's IP address: check the network path, or use a runner with another address.",
  },
  404: { scope: 'all_users', remedy: 'This is not the API: check `api-base-url`.' },
  407: { scope: 'all_users', remedy: PROXY_CREDENTIAL },
}

export interface Authorization {
  /** The account permission that the call takes, in quotation marks. */
  readonly permission?: string | undefined
  /** Whether Cloudflare accepted the credential for another call. */
  readonly isAccepted?: boolean | undefined
}

export interface RefusingAnswer extends Authorization {
  readonly status: number
  /** Whether it is in the form of Cloudflare's API. */
  readonly isCloudflares: boolean
  /** All errors of the envelope, those of `error_chain` included. */
  readonly errors: readonly ApiError[]
}

/** What an answer that refuses the call means: whom it concerns, whether it may pass, and what to do about it. */
export function refusal(answer: RefusingAnswer): FailedAttempt {
  const { status, isCloudflares, errors, permission, isAccepted = false } = answer
  // The last one counts: Cloudflare puts the cause at the end of the chain (6003, then 6111).
  const byError = isCloudflares ? errors.flatMap((error) => knownMeaning(error) ?? []).at(-1) : undefined
  const byStatus = meaningOf(status, isCloudflares, byError !== undefined)
  const { failure = byStatus.failure, remedy = byStatus.remedy, scope } = byError ?? byStatus
  const mayLack = typeof remedy === 'function'
  const hint = mayLack ? remedy(permission ?? 'that the call takes', isAccepted) : remedy
  // The remedy is last, because callers add an alternative to it.
  const remedies = [...documentation(errors), ...(hint === undefined ? [] : [hint])]
  return {
    failure: failure ?? 'other',
    problem: {
      what: whatHappened(status, isCloudflares),
      ...(remedies.length > 0 && { remedy: remedies.join(' ') }),
      permission: mayLack ? permission : undefined,
      scope,
      errors,
    },
  }
}

function knownMeaning({ code, message }: ApiError): Meaning | undefined {
  const words = `${code ?? ''} ${message}`.toLowerCase()
  const found = BY_MESSAGE.find(
    ([known, text]) => (known === 0 || known === Number(code)) && words.includes(text),
  )
  const meaning = found?.[2] ?? BY_CODE[Number(code)]
  return meaning === undefined || typeof meaning === 'object'
    ? meaning
    : { scope: 'all_users', remedy: meaning }
}

function meaningOf(status: number, isCloudflares: boolean, isKnown: boolean): Meaning {
  if (status === 429 && !isKnown) return RATE_LIMIT
  if (status >= 500) return { ...TRANSIENT, remedy: STATUS_PAGE }
  if (isRedirect(status)) return { scope: 'user', remedy: CHECK_LOGIN }
  const meaning: Meaning = status === 408 || status === 425 ? TRANSIENT : { scope: 'user' }
  if (!isCloudflares) return FOREIGN_STATUSES[status] ?? { ...meaning, remedy: PROXY_REMEDY }
  return status === 401 || status === 403 ? { failure: 'refused', scope: 'all_users' } : meaning
}

function whatHappened(status: number, isCloudflares: boolean): string {
  if (isRedirect(status))
    return `Something answered with a redirect (${statusText(status)}), which is not followed`
  if (!isCloudflares && status === 403)
    return `Something in front of Cloudflare's API answered ${statusText(status)}`
  return `Cloudflare answered ${statusText(status)}${status >= 200 && status <= 299 ? ' with "success": false' : ''}`
}

function isRedirect(status: number): boolean {
  return status >= 300 && status <= 399
}

/** The first link to Cloudflare's documentation in the errors, as a full sentence; none if it leads elsewhere. */
function documentation(errors: readonly ApiError[]): string[] {
  const link = errors
    .flatMap(({ documentationUrl = '' }) => URL.parse(documentationUrl) ?? [])
    .find(({ origin, username, password, href }) => {
      const isCloudflares = /^https:\/\/(?:[^/]+\.)?cloudflare\.com$/.test(origin)
      // A longer one is of no help in a log.
      return isCloudflares && username + password === '' && href.length <= 300
    })
  return link === undefined ? [] : [`Cloudflare refers to ${link.href} for details.`]
}
