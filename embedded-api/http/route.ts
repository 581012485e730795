import type { Permission } from '../organization/api-credential.ts'

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

/** What a method and a path stand for. */
export interface Route {
  readonly operation: Operation
  /** Any one of these is sufficient; empty: the operation requires none. */
  readonly permissions: readonly Permission[]
  /** Whether the path names an account or a zone; absent for calls about the credential's own user. */
  readonly scope?: 'accounts' | 'zones'
  /** The ID of the account or zone; empty without one. */
  readonly id: string
  /** The ID of a user in the path; empty without one. */
  readonly userId: string
}

/** Path prefix of the API. */
export const API_PREFIX = '/client/v4'

/** Finds the operation of a path (with the prefix, without the query). */
export function routeOf(method: string, path: string): Route | undefined {
  if (!path.startsWith(`${API_PREFIX}/`)) return undefined
  for (const [operation, its, pattern, ...permissions] of OPERATIONS) {
    const match = method === its ? pattern.exec(path.slice(API_PREFIX.length)) : null
    if (match === null) continue
    const [, scope, id = '', userId = ''] = match
    const isScope = scope === 'accounts' || scope === 'zones'
    return { operation, permissions, ...(isScope && { scope }), id, userId }
  }
  return undefined
}
