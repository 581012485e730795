import type { AccessUser } from './access-user.ts'
import { activeDevices, activeSessions, revokeUser } from './access-user.ts'
import type { ApiCredential } from './api-credential.ts'
import { credentialId, statusAt } from './api-credential.ts'
import { authorize } from './authentication.ts'
import type { Call } from './call-parameters.ts'
import { pageRequestOf, parametersOf, refuseBody, revocationOf } from './call-parameters.ts'
import { badRequest, Rejection, success } from './envelope.ts'
import type { Organization } from './organization.ts'
import type { Route, Target } from './route.ts'
import { unknownTarget } from './route.ts'
import { sessionListing, userListing } from './user-listing.ts'

/** What the operations work on. */
export interface AccessState {
  organizations: readonly Organization[]
  /** Clock time from a revocation until sessions and devices are no longer listed, milliseconds. */
  propagationMs: number
  /** What a revocation answers for an address that nobody has. */
  unknownUsers: 'revoked' | 'refused'
}

/** Carries an operation out at `at` (clock, milliseconds), and gives the body of the answer; throws a Rejection. */
export function carryOut(
  state: AccessState,
  route: Route,
  call: Call,
  credential: ApiCredential,
  at: number,
): object {
  if (route.method === 'GET') refuseBody(call)
  if (route.operation !== 'list_users' && route.operation !== 'revoke_user') parametersOf(call.search, [])
  switch (route.operation) {
    case 'revoke_user':
      return revoke(state, organizationOf(state, route, credential, call), call, at)
    case 'verify_user_token':
      return tokenStatus(credential, at)
    case 'verify_account_token':
      organizationOf(state, route, credential, call)
      return tokenStatus(credential, at)
    case 'user_details':
      return userDetails(credential)
    case 'list_users':
      return listUsers(state, organizationOf(state, route, credential, call), call, at)
    case 'active_sessions':
      return listSessions(state, organizationOf(state, route, credential, call), route.userId, at)
  }
}

/** The organization that a path names, if the credential may do there what it asks for. */
function organizationOf(
  state: AccessState,
  route: Route & { target: Target },
  credential: ApiCredential,
  call: Call,
): Organization {
  const { kind, id } = route.target
  const organization = state.organizations.find(({ accountId, zoneIds }) =>
    kind === 'accounts' ? accountId === id : zoneIds.includes(id),
  )
  if (organization === undefined) throw unknownTarget(call.path)
  authorize(credential, organization, route)
  if (!organization.zeroTrust && route.operation !== 'verify_account_token') {
    const message =
      'access.api.error.not_enabled: Access is not enabled. Visit the Access dashboard at ' +
      "https://one.dash.cloudflare.com/ and click the 'Enable Access' button."
    throw new Rejection(400, { code: 9999, message })
  }
  return organization
}

function revoke(state: AccessState, organization: Organization, call: Call, at: number): object {
  const { email, devices, user_uid: uid, warp_session_reauth: warpSession = false } = revocationOf(call)
  const users = organization.usersByEmail(email)
  if (uid !== undefined && !users.some((user) => isUid(user, uid))) {
    throw badRequest('user_uid does not belong to email')
  }
  if (users.length === 0 && state.unknownUsers === 'refused') throw notFound('user')
  for (const user of users) revokeUser(user, { devices, warpSession }, at)
  return success(true)
}

function isUid(user: AccessUser, uid: string): boolean {
  return user.uid.replaceAll('-', '').toLowerCase() === uid.replaceAll('-', '').toLowerCase()
}

function tokenStatus(credential: ApiCredential, at: number): object {
  if (credential.kind !== 'api-token') throw new Rejection(401, { code: 1000, message: 'Invalid API Token' })
  const { token, expires_on, not_before } = credential
  return success({
    id: credentialId(token),
    status: statusAt(credential, at),
    ...(expires_on === undefined ? {} : { expires_on }),
    ...(not_before === undefined ? {} : { not_before }),
  })
}

function userDetails(credential: ApiCredential): object {
  if (credential.kind === 'global-api-key') {
    return success({ id: credentialId(credential.key), email: credential.email })
  }
  // Reading the user takes a permission of its own, which no token for this action has.
  throw new Rejection(403, { code: 9109, message: 'Unauthorized to access requested resource' })
}

function listUsers(state: AccessState, organization: Organization, call: Call, at: number): object {
  const { email, page, perPage } = pageRequestOf(call)
  const found = organization.usersMatching(email)
  const shown = found.slice((page - 1) * perPage, page * perPage)
  return success(
    shown.map((user) => userListing(user, activeDevices(user, at, state.propagationMs), at)),
    {
      result_info: {
        page,
        per_page: perPage,
        count: shown.length,
        total_count: found.length,
        total_pages: Math.ceil(found.length / perPage),
      },
    },
  )
}

function listSessions(state: AccessState, organization: Organization, userId: string, at: number): object {
  const user = organization.userById(userId)
  if (user === undefined) throw notFound('user')
  return success(
    activeSessions(user, at, state.propagationMs).map((session) => sessionListing(user, session)),
  )
}

function notFound(what: string): Rejection {
  return new Rejection(404, { code: 12130, message: `access.api.error.not_found: ${what} not found` })
}
