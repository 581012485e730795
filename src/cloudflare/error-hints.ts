import type { ApiError } from './problem.ts'

/** What an error code of Cloudflare's means for whoever reads the log. */
export interface Hint {
  readonly remedy: string
  /** Whether the credential may lack the permission that the call takes. */
  readonly permission?: true
  /** Whether every other call of the run would fail in the same way. */
  readonly affectsAllUsers: boolean
}

const TOKEN =
  'Check that the secret holds the whole token and that the token is neither expired nor disabled.'
const ROUTE =
  'The account or zone ID is wrong, or the credential may not see it: compare `account-id` or `zone-id` with the dashboard.'
const RATE_LIMIT =
  'Cloudflare allows 1,200 calls in 5 minutes per user or account token, the dashboard included: run the step again in five minutes.'

const NOT_ACCEPTED: Hint = {
  remedy: `Cloudflare does not accept this token. ${TOKEN}`,
  affectsAllUsers: true,
}

/**
 * The codes seen in the field (there is no complete official list), each with its remedy.
 * Source: Cloudflare API reference and product documentation, gathered on 2026-11-23.
 */
const HINTS: ReadonlyMap<string, Hint> = new Map(
  Object.entries({
    10000: {
      remedy: `The token is wrong, or lacks the permission or the account. ${TOKEN}`,
      permission: true,
      affectsAllUsers: true,
    },
    1000: { remedy: `Cloudflare does not know this token. ${TOKEN}`, affectsAllUsers: true },
    9109: { ...NOT_ACCEPTED, permission: true },
    9106: { remedy: `Cloudflare saw no usable credential. ${TOKEN}`, affectsAllUsers: true },
    9103: {
      remedy:
        'Cloudflare does not know this Global API key or address: check `api-email` and `api-key`, or better, use `api-token`.',
      affectsAllUsers: true,
    },
    6003: { remedy: `Cloudflare could not read the credential's header. ${TOKEN}`, affectsAllUsers: true },
    6111: {
      remedy:
        'Cloudflare could not read the `Authorization` header: give the token alone, as the dashboard showed it.',
      affectsAllUsers: true,
    },
    7003: { remedy: ROUTE, affectsAllUsers: true },
    7000: { remedy: ROUTE, affectsAllUsers: true },
    10502: {
      remedy:
        'Too many calls with a wrong credential: Cloudflare has locked it out for a while. Fix the secret first, then run the step again.',
      affectsAllUsers: true,
    },
    971: { remedy: RATE_LIMIT, affectsAllUsers: false },
    10013: { remedy: RATE_LIMIT, affectsAllUsers: false },
    429: { remedy: RATE_LIMIT, affectsAllUsers: false },
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

const BY_STATUS: Readonly<Record<number, Hint>> = {
  401: { remedy: TOKEN, affectsAllUsers: true },
  403: {
    remedy: `The credential may not do this, or a firewall refused the runner. ${TOKEN}`,
    permission: true,
    affectsAllUsers: true,
  },
}

/**
 * The hint for a refusal: that of the most telling error code, else that of the HTTP status.
 *
 * @param errors - all errors of the envelope, those of `error_chain` included; a code can also stand in a message
 */
export function hintFor(status: number, errors: readonly ApiError[]): Hint | undefined {
  // The last one counts: Cloudflare puts the cause at the end of the chain (6003, then 6111).
  const found = errors.flatMap(hintsOf).at(-1)
  const general = BY_STATUS[status]
  if (found === undefined) return general
  return { ...found, affectsAllUsers: found.affectsAllUsers || general?.affectsAllUsers === true }
}

function hintsOf({ code, message }: ApiError): Hint[] {
  // "Invalid access token": the message alone says that the token is wrong or expired, and lacks no permission.
  if (code === 9109 && /invalid/i.test(message)) return [NOT_ACCEPTED]
  const codes = [`${code ?? ''}`, ...(/access\.api\.error\.[a-z_]+/.exec(message) ?? [])]
  return codes.flatMap((name) => HINTS.get(name) ?? [])
}
