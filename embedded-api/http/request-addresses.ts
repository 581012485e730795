import type { RecordedRequest } from './journal.ts'
import type { AccessUser, Organization } from '../organization/organization.ts'
import type { Route } from './route.ts'

/** The addresses that a request is about, valid or not. They select faults for one address. */
export function addressesOf(
  organizations: readonly Organization[],
  { body, search }: RecordedRequest,
  route: Route | undefined,
): string[] {
  const parameters = new URLSearchParams(search)
  const named = [...parameters.getAll('email'), ...parameters.getAll('search')]
  const users = organizations.flatMap((organization) => usersOf(organization, body, parameters, route))
  return [...textsOf(body, 'email'), ...named, ...users.map(({ email }) => email)]
}

/** The users that a request names by an ID. */
function usersOf(
  organization: Organization,
  body: unknown,
  parameters: URLSearchParams,
  route: Route | undefined,
): readonly AccessUser[] {
  const ids = parameters.getAll('user.id')
  if (route?.operation === 'active_sessions') return organization.usersWith('id', [route.userId])
  if (route?.operation === 'update_seats') return organization.usersWith('seat', textsOf(body, 'seat_uid'))
  if (route?.operation !== 'list_registrations') return []
  return [...organization.usersWith('id', ids), ...organization.usersWith('uid', ids)]
}

/** The texts under a name in an object, or in each object of a list. */
function textsOf(body: unknown, name: string): string[] {
  if (Array.isArray(body)) return body.flatMap((item: unknown) => textsOf(item, name))
  if (typeof body !== 'object' || body === null) return []
  return Object.entries(body).flatMap(([key, value]: [string, unknown]) =>
    key === name && typeof value === 'string' ? [value] : [],
  )
}
