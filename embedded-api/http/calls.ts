import { listLogins, listRegistrations, listUsers } from '../organization/lists.ts'
import { type AccessState, listSessions, revoke, updateSeats } from '../organization/operations.ts'
import type { ApiCredential } from '../organization/api-credential.ts'
import type { Organization } from '../organization/organization.ts'
import { type Answer, failure, type HeaderValues, jsonAnswer, Rejection } from './answer.ts'
import { authenticate, authorize, checkHeaders, tokenStatus, userDetails } from './authentication.ts'
import type { RecordedRequest } from './journal.ts'
import { API_PREFIX, type Route } from './route.ts'

const NO_ROUTE = { code: 7000, message: 'No route for that URI' }

/** Carries a call out at `at` (clock, milliseconds), or refuses it; the record says which. */
export function answerCall(
  state: AccessState,
  record: RecordedRequest,
  route: Route | undefined,
  at: number,
  headers: HeaderValues,
): Answer {
  try {
    checkHeaders(record.headers)
    if (route === undefined) throw new Rejection(404, NO_ROUTE)
    const result = resultOf(state, record, route, at)
    record.accepted = true
    return jsonAnswer(200, result, headers)
  } catch (error) {
    if (!(error instanceof Rejection)) throw error
    return jsonAnswer(error.status, failure(error.errors), headers)
  }
}

/** The body of the answer to a call. Throws a Rejection. */
function resultOf(state: AccessState, record: RecordedRequest, route: Route, at: number): object {
  const credential = authenticate(state.organizations, record.headers, route, at)
  if (route.operation === 'user_details') return userDetails(credential)
  if (route.operation === 'verify_user_token') return tokenStatus(credential, at)
  const organization = organizationOf(state, record, route, credential)
  const call = { state, organization, record, at }
  switch (route.operation) {
    case 'verify_account_token':
      return tokenStatus(credential, at)
    case 'revoke_user':
      return revoke(call)
    case 'list_users':
      return listUsers(call)
    case 'active_sessions':
      return listSessions(call, route.userId)
    case 'list_registrations':
      return listRegistrations(call)
    case 'update_seats':
      return updateSeats(call)
    case 'list_logins':
      return listLogins(call)
  }
}

/** The organization in a path, if the credential has the permission for the operation. */
function organizationOf(
  { organizations }: AccessState,
  { path }: RecordedRequest,
  route: Route,
  credential: ApiCredential,
): Organization {
  const organization = organizations.find(({ accountId, zoneIds }) =>
    route.scope === 'accounts' ? accountId === route.id : zoneIds.includes(route.id),
  )
  if (organization === undefined) {
    const message = `Could not route to ${path.slice(API_PREFIX.length)}, perhaps your object identifier is invalid?`
    throw new Rejection(404, { code: 7003, message }, NO_ROUTE)
  }
  authorize(credential, organization, route)
  if (!organization.zeroTrust && route.operation !== 'verify_account_token') {
    const message =
      'access.api.error.not_enabled: Access is not enabled. Visit the Access dashboard at ' +
      "https://one.dash.cloudflare.com/ and click the 'Enable Access' button."
    throw new Rejection(400, { code: 9999, message })
  }
  return organization
}
