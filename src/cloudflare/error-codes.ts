import type { Scope } from '../text/problem.ts'
import {
  type ApiError,
  type FailedAttempt,
  type Failure,
  PROXY_CREDENTIAL,
  PROXY_REMEDY,
  statusText,
} from './problem.ts'

/** What an error or a status means, and what to do about it; undefined where Cloudflare's words have to do. */
interface Meaning {
  readonly failure?: Failure
  readonly scope: Scope
  readonly remedy?: string
}

/** An error of Cloudflare's, by its code, a part of its message, or both. */
interface KnownError extends Partial<Meaning> {
  readonly code?: number
  readonly text?: string
  /** The remedy for a credential that may lack a permission. */
  readonly lacking?: (permission: string, isAccepted: boolean) => string
}

const CHECK_TOKEN =
  'Check that the secret holds the whole token and that the token is neither expired nor disabled.'
const ROUTE =
  'The account or zone ID is wrong, or the credential may not see it: compare `account-id` or `zone-id` with the dashboard.'
const LOCKED_OUT: Meaning = {
  failure: 'locked_out',
  scope: 'all_users',
  remedy:
    'Too many calls with a wrong credential: Cloudflare has locked it out for a while. Fix the secret first, then run the step again.',
}
const RATE_LIMIT: Meaning = {
  failure: 'rate_limited',
  scope: 'user',
  remedy:
    'Cloudflare allows 1,200 calls in 5 minutes per user or account token, the dashboard included: run the step again in five minutes.',
}
const TRANSIENT: Meaning = { failure: 'transient', scope: 'transient' }

/**
 * The errors whose cause is certain, or one of a few, in the order in which they are looked for. There is no complete
 * official list. Sources: Cloudflare API reference, product documentation, and public reports, as of 2026-11-28.
 */
const ERRORS: readonly KnownError[] = [
  { code: 10502, ...LOCKED_OUT },
  { code: 9109, text: 'max auth failures', ...LOCKED_OUT },
  { code: 971, ...RATE_LIMIT },
  { code: 10013, ...RATE_LIMIT },
  { code: 429, ...RATE_LIMIT },
  { code: 10001, text: 'unable to authenticate request', ...TRANSIENT },
  { text: 'access.api.error.internal_server_error', ...TRANSIENT },
  {
    code: 9109,
    text: 'cannot use the access token from location',
    remedy:
      "The token is restricted to IP addresses, and the runner's is not among them: add it to the token, or use a runner with an allowed address.",
  },
  {
    text: 'not allowed for the api_token authentication scheme',
    remedy: 'This call takes no API token: use `api-email` and `api-key`.',
  },
  {
    code: 10405,
    remedy: 'This call does not take this kind of credential: use the other kind, `api-token` or `api-key`.',
  },
  {
    code: 10000,
    text: 'forbidden',
    lacking: (permission) =>
      `The token is valid, but lacks a permission. Give it the account permission ${permission}.`,
  },
  {
    code: 10000,
    text: 'authentication error',
    lacking: (permission, isAccepted) =>
      isAccepted
        ? `Cloudflare accepted the token for another call, so check first that it has the account permission ${permission}, then that it covers this account and is not restricted to other IP addresses.`
        : `Check that the token is not wrong, expired, or disabled, that it covers this account and has the account permission ${permission}, and that it is not restricted to other IP addresses.`,
  },
  {
    code: 9109,
    text: 'invalid access token',
    remedy: `Cloudflare does not accept this token. ${CHECK_TOKEN}`,
  },
  {
    code: 9109,
    text: 'unauthorized to access requested resource',
    lacking: (permission) =>
      `Check that the token covers this account and has the account permission ${permission}.`,
  },
  { code: 1000, remedy: `Cloudflare does not know this token. ${CHECK_TOKEN}` },
  {
    code: 1001,
    remedy: `Cloudflare saw no credential that it takes for this call: it may not take a token that belongs to an account. ${CHECK_TOKEN}`,
  },
  { code: 6003, remedy: `Cloudflare could not read the credential's header. ${CHECK_TOKEN}` },
  {
    code: 6111,
    remedy:
      'Cloudflare could not read the `Authorization` header: give the token alone, as the dashboard showed it.',
  },
  {
    code: 6103,
    remedy:
      'Cloudflare could not read the `X-Auth-Key` header: check that `api-key` holds the whole Global API key, or better, use `api-token`.',
  },
  {
    code: 9103,
    remedy:
      'Cloudflare does not know this Global API key or address: check `api-email` and `api-key`, or better, use `api-token`.',
  },
  { code: 7003, remedy: ROUTE },
  { code: 7000, remedy: ROUTE },
  {
    text: 'access.api.error.not_enabled',
    remedy:
      'Zero Trust is not set up on this account: check `account-id` or `zone-id`; it may be that of another account.',
  },
  {
    text: 'access.api.error.not_found',
    scope: 'user',
    remedy: 'Cloudflare found no such object: check `account-id` or `zone-id`, the address, and `user-uid`.',
  },
]

const CHECK_LOGIN = 'Check `api-base-url`, and whether a proxy asks for a login.'
const REFUSED: Meaning = { failure: 'refused', scope: 'all_users' }

/** The statuses that mean more than that this one call failed. 429 is the rate limit's. */
const STATUSES: Readonly<Record<number, Meaning>> = {
  401: REFUSED,
  403: REFUSED,
  408: TRANSIENT,
  425: TRANSIENT,
}

/** The same where the answer is not in the form of Cloudflare's API: it says nothing about the credential. */
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
  408: TRANSIENT,
  425: TRANSIENT,
}

const SERVER_ERROR: Meaning = {
  ...TRANSIENT,
  remedy: 'Check https://www.cloudflarestatus.com, and run the step again later.',
}

/** An answer that refuses a call. */
export interface RefusingAnswer {
  readonly status: number
  /** Whether it is in the form of Cloudflare's API. */
  readonly isCloudflares: boolean
  /** All errors of the envelope, those of `error_chain` included. */
  readonly errors: readonly ApiError[]
  /** The account permission that the call takes, in quotation marks. */
  readonly permission?: string | undefined
  /** Whether Cloudflare accepted the credential for another call. */
  readonly isAccepted?: boolean | undefined
}

/** What an answer that refuses the call means: whom it concerns, whether it may pass, and what to do about it. */
export function refusal(answer: RefusingAnswer): FailedAttempt {
  const { status, isCloudflares, errors, permission, isAccepted = false } = answer
  // The last one counts: Cloudflare puts the cause at the end of the chain (6003, then 6111).
  const known = isCloudflares ? errors.flatMap((error) => knownError(error) ?? []).at(-1) : undefined
  const byStatus = meaningOf(status, isCloudflares)
  const lacking = known?.lacking?.(permission ?? 'that the call takes', isAccepted)
  const remedy = lacking ?? known?.remedy ?? byStatus.remedy ?? (isCloudflares ? undefined : PROXY_REMEDY)
  // The remedy is last, because callers add an alternative to it.
  const remedies = [...documentation(errors), ...(remedy === undefined ? [] : [remedy])]
  return {
    failure:
      known?.failure ??
      (status === 429 && known === undefined ? 'rate_limited' : (byStatus.failure ?? 'other')),
    problem: {
      what: whatHappened(status, isCloudflares),
      ...(remedies.length > 0 && { remedy: remedies.join(' ') }),
      ...(lacking !== undefined && permission !== undefined && { permission }),
      scope: known === undefined ? byStatus.scope : (known.scope ?? 'all_users'),
      errors,
    },
  }
}

function knownError({ code, message }: ApiError): KnownError | undefined {
  const text = `${code ?? ''} ${message}`.toLowerCase()
  return ERRORS.find(
    (known) => (known.code === undefined || known.code === Number(code)) && text.includes(known.text ?? ''),
  )
}

function meaningOf(status: number, isCloudflares: boolean): Meaning {
  if (status >= 500) return SERVER_ERROR
  if (isRedirect(status)) return { scope: 'user', remedy: CHECK_LOGIN }
  return (isCloudflares ? STATUSES : FOREIGN_STATUSES)[status] ?? { scope: 'user' }
}

function whatHappened(status: number, isCloudflares: boolean): string {
  if (isRedirect(status))
    return `Something answered with a redirect (${statusText(status)}), which is not followed`
  if (!isCloudflares && FOREIGN_STATUSES[status]?.failure === 'blocked')
    return `Something in front of Cloudflare's API answered ${statusText(status)}`
  return `Cloudflare answered ${statusText(status)}${status <= 299 ? ' with "success": false' : ''}`
}

function isRedirect(status: number): boolean {
  return status >= 300 && status <= 399
}

/** The first link to Cloudflare's documentation in the errors, as a full sentence; none if it leads elsewhere. */
function documentation(errors: readonly ApiError[]): string[] {
  const links = errors.flatMap(({ documentationUrl }) => cloudflareUrl(documentationUrl ?? '') ?? [])
  return links.slice(0, 1).map((link) => `Cloudflare refers to ${link} for details.`)
}

/** A link that is longer than 300 characters is of no help in a log. */
function cloudflareUrl(text: string): string | undefined {
  const url = URL.parse(text)
  const isCloudflares = url?.protocol === 'https:' && /(?:^|\.)cloudflare\.com$/.test(url.host)
  return isCloudflares && url.username + url.password === '' && url.href.length <= 300 ? url.href : undefined
}
