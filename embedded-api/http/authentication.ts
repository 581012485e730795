import type { IncomingHttpHeaders } from 'node:http'
import {
  type ApiCredential,
  credentialId,
  isUsable,
  mayDo,
  statusAt,
} from '../organization/api-credential.ts'
import type { Organization } from '../organization/organization.ts'
import { Rejection, success } from './answer.ts'
import type { Route } from './route.ts'

const PERMISSIONS_PAGE = 'https://developers.cloudflare.com/fundamentals/api/reference/permissions/'
const INVALID_HEADERS = { code: 6003, message: 'Invalid request headers' }
const MALFORMED = { code: 6111, message: 'Invalid format for Authorization header' }

/** The secret in a request, valid or not, by which the rate limit counts. */
export function secretOf({ authorization, 'x-auth-key': key }: IncomingHttpHeaders): string {
  return authorization?.replace(/^Bearer /, '') ?? String(key ?? '')
}

/** Refuses credentials that are missing, malformed, or contradictory. */
export function checkHeaders({ authorization, ...headers }: IncomingHttpHeaders): void {
  const { 'x-auth-key': key, 'x-auth-email': email } = headers
  if (authorization === undefined) {
    if (key !== undefined && email !== undefined) return
    throw new Rejection(400, { code: 9106, message: 'Authentication failed' })
  }
  if (key !== undefined || email !== undefined) throw new Rejection(400, INVALID_HEADERS)
  if (!/^Bearer [\w-]+$/.test(authorization)) {
    throw new Rejection(400, { ...INVALID_HEADERS, error_chain: [MALFORMED] })
  }
}

/** Finds the credential of a request at `at` (clock, milliseconds); the headers were checked before. */
export function authenticate(
  organizations: readonly Organization[],
  headers: IncomingHttpHeaders,
  { operation }: Route,
  at: number,
): ApiCredential {
  const secret = secretOf(headers)
  const email = String(headers['x-auth-email']).toLowerCase()
  const isToken = headers.authorization !== undefined
  const found = organizations
    .flatMap(({ credentials }) => credentials)
    .find((credential) =>
      credential.kind === 'api-token'
        ? isToken && credential.token === secret
        : !isToken && credential.key === secret && credential.email.toLowerCase() === email,
    )
  if (operation === 'verify_user_token' || operation === 'verify_account_token') {
    const owner = operation === 'verify_user_token' ? 'user' : 'account'
    // The verification returns the status of a token, so it also accepts a disabled or expired one.
    if (found?.kind === 'api-token' && found.owner === owner) return found
    throw new Rejection(401, { code: 1000, message: 'Invalid API Token' })
  }
  if (found !== undefined && isUsable(found, at)) return found
  throw isToken
    ? new Rejection(403, { code: 9109, message: 'Invalid access token' })
    : new Rejection(403, { code: 9103, message: 'Unknown X-Auth-Key or X-Auth-Email' })
}

/** Refuses a valid credential without access to this account or operation. */
export function authorize(
  credential: ApiCredential,
  organization: Organization,
  { operation, permissions }: Route,
): void {
  // Cloudflare's description allows only API tokens for registrations.
  const fits = credential.kind === 'api-token' || operation !== 'list_registrations'
  const belongs = organization.credentials.includes(credential)
  if (!fits || !belongs) throw new Rejection(403, { code: 10000, message: 'Authentication error' })
  if (permissions.length === 0 || mayDo(credential, permissions)) return
  throw new Rejection(403, { code: 10000, message: 'Forbidden', documentation_url: PERMISSIONS_PAGE })
}

/** The status of a token at `at` (clock, milliseconds). */
export function tokenStatus(credential: ApiCredential, at: number): object {
  if (credential.kind !== 'api-token') throw new Rejection(401, { code: 1000, message: 'Invalid API Token' })
  const { token, expires_on, not_before } = credential
  return success({ id: credentialId(token), status: statusAt(credential, at), expires_on, not_before })
}

/** The user that a credential belongs to. */
export function userDetails(credential: ApiCredential): object {
  if (credential.kind === 'global-api-key') {
    return success({ id: credentialId(credential.key), email: credential.email })
  }
  // Reading the user requires another permission, which no token for this action has.
  throw new Rejection(403, { code: 9109, message: 'Unauthorized to access requested resource' })
}
