import type { ApiError } from './problem.ts'

/** What an error code of Cloudflare's means. */
export interface Hint {
  readonly remedy: string
  /** Whether the credential may lack the permission that the call takes. */
  readonly permission?: true
  /** Whether every other call of the run would fail in the same way. */
  readonly affectsAllUsers: boolean
  /** Whether it is the rate limit, whatever the HTTP status. */
  readonly rateLimit?: true
}

/** A link that is longer is of no help in a log. */
const MAX_LINK_LENGTH = 300

/** The remedy for a credential that may not be accepted. */
export const CHECK_TOKEN =
  'Check that the secret holds the whole token and that the token is neither expired nor disabled.'
const ROUTE =
  'The account or zone ID is wrong, or the credential may not see it: compare `account-id` or `zone-id` with the dashboard.'
const RATE_LIMIT =
  'Cloudflare allows 1,200 calls in 5 minutes per user or account token, the dashboard included: run the step again in five minutes.'

const NOT_ACCEPTED: Hint = {
  remedy: `Cloudflare does not accept this token. ${CHECK_TOKEN}`,
  affectsAllUsers: true,
}

/**
 * The codes seen in the field (there is no complete official list), each with its remedy.
 * Source: Cloudflare API reference and product documentation, gathered on 2026-11-23.
 */
const HINTS: ReadonlyMap<string, Hint> = new Map(
  Object.entries({
    10000: {
      remedy: `The token is wrong, or lacks the permission or the account. ${CHECK_TOKEN}`,
      permission: true,
      affectsAllUsers: true,
    },
    1000: { remedy: `Cloudflare does not know this token. ${CHECK_TOKEN}`, affectsAllUsers: true },
    9109: { ...NOT_ACCEPTED, permission: true },
    9106: { remedy: `Cloudflare saw no usable credential. ${CHECK_TOKEN}`, affectsAllUsers: true },
    9103: {
      remedy:
        'Cloudflare does not know this Global API key or address: check `api-email` and `api-key`, or better, use `api-token`.',
      affectsAllUsers: true,
    },
    6003: {
      remedy: `Cloudflare could not read the credential's header. ${CHECK_TOKEN}`,
      affectsAllUsers: true,
    },
    6111: {
      remedy:
        'Cloudflare could not read the `Authorization` header: give the token alone, as the dashboard showed it.',
      affectsAllUsers: true,
    },
    6103: {
      remedy:
        'Cloudflare could not read the `X-Auth-Key` header: check that `api-key` holds the whole Global API key, or better, use `api-token`.',
      affectsAllUsers: true,
    },
    1001: {
      remedy: `Cloudflare saw no credential that it takes for this call: it may not take a token that belongs to an account. ${CHECK_TOKEN}`,
      affectsAllUsers: true,
    },
    7003: { remedy: ROUTE, affectsAllUsers: true },
    7000: { remedy: ROUTE, affectsAllUsers: true },
    10502: {
      remedy:
        'Too many calls with a wrong credential: Cloudflare has locked it out for a while. Fix the secret first, then run the step again.',
      affectsAllUsers: true,
    },
    971: { remedy: RATE_LIMIT, affectsAllUsers: false, rateLimit: true },
    10013: { remedy: RATE_LIMIT, affectsAllUsers: false, rateLimit: true },
    429: { remedy: RATE_LIMIT, affectsAllUsers: false, rateLimit: true },
    'access.api.error.not_enabled': {
      remedy:
        'Zero Trust is not set up on this account: check `account-id` or `zone-id`; it may be that of another account.',
      affectsAllUsers: true,
    },
    'access.api.error.not_found': {
      remedy: 'Cloudflare found no such object: check `account-id` or `zone-id`, the address and `user-uid`.',
      affectsAllUsers: false,
    },
  }),
)

/** Code 10000 with this message: the token is valid (Cloudflare changelog, 2026-08-21). */
const FORBIDDEN: Hint = {
  remedy: 'The token is valid, but it lacks the permission, or the account is not one of its accounts.',
  permission: true,
  affectsAllUsers: true,
}

/** The permissions that the dashboard calls by another name than the API. */
const DASHBOARD_NAMES: ReadonlyMap<string, string> = new Map([
  ['Access: Organizations Revoke', 'Access: Organizations, Identity Providers, and Groups Revoke'],
])

/**
 * The hint for a refusal: that of the most telling error code.
 *
 * @param errors - all errors of the envelope, those of `error_chain` included; a code can also be part of a message
 */
export function hintFor(errors: readonly ApiError[]): Hint | undefined {
  // The last one counts: Cloudflare puts the cause at the end of the chain (6003, then 6111).
  return errors.flatMap(hintsOf).at(-1)
}

/** Which permission to give the token, as a full sentence. */
export function permissionAdvice(permission: string): string {
  const other = DASHBOARD_NAMES.get(permission)
  const inDashboard = other === undefined ? '' : ` (the dashboard may call it "${other}")`
  return `Give the token the account permission "${permission}"${inDashboard}.`
}

/** The first link to Cloudflare's documentation in the errors, as a full sentence; none if it leads elsewhere. */
export function documentationAdvice(errors: readonly ApiError[]): string[] {
  const links = errors.flatMap(({ documentationUrl }) => cloudflareUrl(documentationUrl ?? '') ?? [])
  return links.slice(0, 1).map((link) => `Cloudflare refers to ${link} for details.`)
}

function cloudflareUrl(text: string): string | undefined {
  const url = URL.parse(text)
  const isCloudflares = url?.protocol === 'https:' && /(?:^|\.)cloudflare\.com$/.test(url.host)
  return isCloudflares && url.username + url.password === '' && url.href.length <= MAX_LINK_LENGTH
    ? url.href
    : undefined
}

function hintsOf({ code, message }: ApiError): Hint[] {
  // "Invalid access token": the message alone says that the token is wrong or expired, and lacks no permission.
  if (code === 9109 && /invalid/i.test(message)) return [NOT_ACCEPTED]
  if (code === 10000 && /^forbidden\b/i.test(message)) return [FORBIDDEN]
  const codes = [`${code ?? ''}`, ...(/access\.api\.error\.[a-z_]+/.exec(message) ?? [])]
  return codes.flatMap((name) => HINTS.get(name) ?? [])
}
