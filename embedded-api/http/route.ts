import type { Permission } from '../organization/api-credential.ts'
import { Rejection } from './answer.ts'

const AUDIT = 'Access: Audit Logs Read'
const REVOKE = 'Access: Organizations Revoke'
const WRITE = 'Access: Organizations, Identity Providers, and Groups Write'

/** Every operation: method, path, and permissions, any one of which is sufficient. The groups are as in {@link Route}. */
const OPERATIONS = [
  ['user_details', 'GET', /^\/user$/],
  ['verify_user_token', 'GET', /^\/user\/tokens\/verify$/],
  ['verify_account_token', 'GET', /^\/(accounts)\/([^/]+)\/tokens\/verify$/],
  ['revoke_user', 'POST', /^\/(accounts|zones)\/([^/]+)\/access\/organizations\/revoke_user$/, REVOKE, WRITE],
  ['list_users', 'GET', /^\/(accounts)\/([^/]+)\/access\/users$/, AUDIT],
  ['active_sessions', 'GET', /^\/(accounts)\/([^/]+)\/access\/users\/([^/]+)\/active_sessions$/, AUDIT],
  ['list_logins', 'GET', /^\/(accounts)\/([^/]+)\/access\/logs\/access_requests$/, AUDIT],
  ['list_registrations', 'GET', /^\/(accounts)\/([^/]+)\/devices\/registrations$/, 'Zero Trust Read'],
  ['update_seats', 'PATCH', /^\/(accounts)\/([^/]+)\/access\/seats$/, 'Zero Trust: Seats Write'],
] as const satisfies readonly (readonly [string, string, RegExp, ...Permission[]])[]

export type Operation = (typeof OPERATIONS)[number][0]

/** The account or zone in a path. */
export interface Target {
  readonly kind: string
  readonly id: string
}

/** What a path stands for. */
export interface Route {
  readonly operation: Operation
  readonly method: string
  /** Any one of these is sufficient; empty: the operation requires none. */
  readonly permissions: readonly Permission[]
  /** Absent for calls about the credential's own user. */
  readonly target?: Target
  /** The ID of a user in the path; empty without one. */
  readonly userId: string
}

/** Path prefix of the API. */
export const API_PREFIX = '/client/v4'

/** Finds the operation of a path (with the prefix, without the query). */
export function routeOf(path: string): Route | undefined {
  if (!path.startsWith(`${API_PREFIX}/`)) return undefined
  for (const [operation, method, pattern, ...permissions] of OPERATIONS) {
    const match = pattern.exec(path.slice(API_PREFIX.length))
    if (match === null) continue
    const [, kind, id = '', userId = ''] = match
    return { operation, method, permissions, ...(kind !== undefined && { target: { kind, id } }), userId }
  }
  return undefined
}

/** The answer to an unknown path. */
export function noRoute(): Rejection {
  return new Rejection(404, { code: 7000, message: 'No route for that URI' })
}

/** The answer to a path whose account or zone does not exist. */
export function unknownTarget(path: string): Rejection {
  const route = path.slice(API_PREFIX.length)
  return new Rejection(
    404,
    { code: 7003, message: `Could not route to ${route}, perhaps your object identifier is invalid?` },
    { code: 7000, message: 'No route for that URI' },
  )
}
