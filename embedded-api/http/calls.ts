import { type Answer, failure, type HeaderValues, jsonAnswer, Rejection, success } from './answer.ts'
import { authenticate, authorize, checkHeaders } from './authentication.ts'
import type { RecordedRequest } from './journal.ts'
import { listLogins, listRegistrations, listUsers } from '../organization/lists.ts'
import { type AccessState, listSessions, revoke, updateSeats } from '../organization/operations.ts'
import { noRoute, type Operation, type Route, type Target, unknownTarget } from './route.ts'
import { type ApiCredential, credentialId, statusAt } from '../organization/api-credential.ts'
import { type Call, parametersOf, refuseBody } from './call-parameters.ts'
import type { Organization } from '../organization/organization.ts'

/** Carries a call out at `at` (clock, milliseconds), or refuses it; the record says which. */
export function answerCall(
  state: AccessState,
  record: RecordedRequest,
  route: Route | undefined,
  at: number,
  headers: HeaderValues,
): Answer {
  const { method, path, bodyText, body } = record
  const search = new URLSearchParams(record.search)
  const call = { method, path, search, contentType: record.headers['content-type'], bodyText, body }
  try {
    checkHeaders(record.headers)
    if (route === undefined) throw noRoute()
    if (route.method !== method) throw new Rejection(405, { code: 10405, message: 'Method not allowed' })
    const credential = authenticate(state.organizations, record.headers, route, at)
    const result = dispatch(state, route, call, credential, at)
    record.accepted = true
    return jsonAnswer(200, result, headers)
  } catch (error) {
    if (!(error instanceof Rejection)) throw error
    return jsonAnswer(error.status, failure(error.errors), headers)
  }
}

const WITHOUT_QUERY: readonly Operation[] = [
  'verify_user_token',
  'verify_account_token',
  'user_details',
  'active_sessions',
]

/** Carries an operation out at `at` (clock, milliseconds), and returns the body of the answer. Throws a Rejection. */
export function dispatch(
  state: AccessState,
  route: Route,
  call: Call,
  credential: ApiCredential,
  at: number,
): object {
  if (route.method === 'GET') refuseBody(call)
  if (WITHOUT_QUERY.includes(route.operation)) parametersOf(call.search, [])
  const { target } = route
  if (target === undefined) {
    return route.operation === 'user_details' ? userDetails(credential) : tokenStatus(credential, at)
  }
  const organization = organizationOf(state, route, target, credential, call)
  const parts = { state, organization, call, at }
  switch (route.operation) {
    case 'user_details':
    case 'verify_user_token':
    case 'verify_account_token':
      return tokenStatus(credential, at)
    case 'revoke_user':
      return revoke(parts)
    case 'list_users':
      return listUsers(parts)
    case 'active_sessions':
      return listSessions(parts, route.userId)
    case 'list_registrations':
      return listRegistrations(parts)
    case 'update_seats':
      return updateSeats(parts)
    case 'list_logins':
      return listLogins(parts)
  }
}

/** The organization in a path, if the credential has the permission for the operation. */
function organizationOf(
  state: AccessState,
  route: Route,
  { kind, id }: Target,
  credential: ApiCredential,
  call: Call,
): Organization {
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
  // Reading the user requires another permission, which no token for this action has.
  throw new Rejection(403, { code: 9109, message: 'Unauthorized to access requested resource' })
}
