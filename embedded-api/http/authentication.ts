import type { IncomingHttpHeaders } from 'node:http'
import { type ApiCredential, isUsable, mayDo } from '../organization/api-credential.ts'
import { badRequest, Rejection } from './answer.ts'
import type { Organization } from '../organization/organization.ts'
import type { Route } from './route.ts'

const PERMISSIONS_PAGE = 'https://developers.cloudflare.com/fundamentals/api/reference/permissions/'

/** The secret in a request, valid or not, by which the rate limit counts. */
export function secretOf(headers: IncomingHttpHeaders): string {
  const key = headers['x-auth-key']
  return headers.authorization?.replace(/^Bearer /, '') ?? (typeof key === 'string' ? key : '')
}

/** Refuses headers that are missing, malformed, or contradictory. */
export function checkHeaders(headers: IncomingHttpHeaders): void {
  if (headers['user-agent'] === undefined || headers['user-agent'] === '') {
    throw badRequest('header User-Agent: is missing')
  }
  const { authorization, 'x-auth-key': key, 'x-auth-email': email } = headers
  if (authorization === undefined) {
    if (key !== undefined && email !== undefined) return
    throw new Rejection(400, { code: 9106, message: 'Authentication failed' })
  }
  if (key !== undefined || email !== undefined) {
    throw new Rejection(400, { code: 6003, message: 'Invalid request headers' })
  }
  if (!/^Bearer [\w-]+$/.test(authorization)) {
    const malformed = { code: 6111, message: 'Invalid format for Authorization header' }
    throw new Rejection(400, { code: 6003, message: 'Invalid request headers', error_chain: [malformed] })
  }
}

/** Finds the credential of a request; the headers were checked before. */
export function authenticate(
  organizations: readonly Organization[],
  headers: IncomingHttpHeaders,
  route: Route,
  at: number,
): ApiCredential {
  const secret = secretOf(headers)
  const email = headers['x-auth-email']
  const scheme = headers.authorization === undefined ? 'global-api-key' : 'api-token'
  const found = organizations
    .flatMap(({ credentials }) => credentials)
    .find((credential) =>
      credential.kind === 'api-token'
        ? scheme === 'api-token' && credential.token === secret
        : scheme === 'global-api-key' && credential.key === secret && sameEmail(credential.email, email),
    )
  const ownerToVerify = verifiedOwner(route)
  if (ownerToVerify !== undefined) {
    // The verification returns the status of a token, so it also accepts a disabled or expired one.
    if (found?.kind === 'api-token' && found.owner === ownerToVerify) return found
    throw new Rejection(401, { code: 1000, message: 'Invalid API Token' })
  }
  if (found !== undefined && isUsable(found, at)) return found
  throw scheme === 'api-token'
    ? new Rejection(403, { code: 9109, message: 'Invalid access token' })
    : new Rejection(403, { code: 9103, message: 'Unknown X-Auth-Key or X-Auth-Email' })
}

/** Refuses a valid credential without access to this account or operation. */
export function authorize(credential: ApiCredential, organization: Organization, route: Route): void {
  // Cloudflare's description allows only API tokens for registrations.
  const fits = credential.kind === 'api-token' || route.operation !== 'list_registrations'
  const belongs = organization.credentials.includes(credential)
  if (!fits || !belongs) throw new Rejection(403, { code: 10000, message: 'Authentication error' })
  if (route.permissions.length === 0 || mayDo(credential, route.permissions)) return
  throw new Rejection(403, { code: 10000, message: 'Forbidden', documentation_url: PERMISSIONS_PAGE })
}

function sameEmail(email: string, given: string | string[] | undefined): boolean {
  return typeof given === 'string' && given.toLowerCase() === email.toLowerCase()
}

function verifiedOwner(route: Route): 'user' | 'account' | undefined {
  if (route.operation === 'verify_user_token') return 'user'
  return route.operation === 'verify_account_token' ? 'account' : undefined
}
