import { Rejection } from './answer.ts'

export const OPERATIONS = [
  'revoke_user',
  'verify_user_token',
  'verify_account_token',
  'user_details',
  'list_users',
  'active_sessions',
  'list_registrations',
  'update_seats',
  'list_logins',
] as const

export type Operation = (typeof OPERATIONS)[number]

/** The account or zone in a path. */
export interface Target {
  kind: 'accounts' | 'zones'
  id: string
}

export type Route =
  | { operation: 'verify_user_token' | 'user_details'; method: 'GET' }
  | { operation: 'revoke_user'; method: 'POST'; target: Target }
  | {
      operation: 'verify_account_token' | 'list_users' | 'list_registrations' | 'list_logins'
      method: 'GET'
      target: Target
    }
  | { operation: 'update_seats'; method: 'PATCH'; target: Target }
  | { operation: 'active_sessions'; method: 'GET'; target: Target; userId: string }

/** Path prefix of the API. */
export const API_PREFIX = '/client/v4'

/** Finds the operation of a path (with the prefix, without the query). */
export function routeOf(path: string): Route | undefined {
  if (!path.startsWith(`${API_PREFIX}/`)) return undefined
  const route = path.slice(API_PREFIX.length)
  if (route === '/user') return { operation: 'user_details', method: 'GET' }
  if (route === '/user/tokens/verify') return { operation: 'verify_user_token', method: 'GET' }
  const [, kind, id, tail] = /^\/(accounts|zones)\/([^/]+)\/(.+)$/.exec(route) ?? []
  if ((kind !== 'accounts' && kind !== 'zones') || id === undefined || tail === undefined) return undefined
  const target: Target = { kind, id }
  if (tail === 'access/organizations/revoke_user') return { operation: 'revoke_user', method: 'POST', target }
  return kind === 'accounts' ? accountRoute(target, tail) : undefined
}

function accountRoute(target: Target, tail: string): Route | undefined {
  if (tail === 'tokens/verify') return { operation: 'verify_account_token', method: 'GET', target }
  if (tail === 'access/users') return { operation: 'list_users', method: 'GET', target }
  if (tail === 'access/seats') return { operation: 'update_seats', method: 'PATCH', target }
  if (tail === 'access/logs/access_requests') return { operation: 'list_logins', method: 'GET', target }
  if (tail === 'devices/registrations') return { operation: 'list_registrations', method: 'GET', target }
  const userId = /^access\/users\/([^/]+)\/active_sessions$/.exec(tail)?.[1]
  return userId === undefined ? undefined : { operation: 'active_sessions', method: 'GET', target, userId }
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
