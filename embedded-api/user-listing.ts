import type { AccessUser, Session } from './access-user.ts'

/** A user as `list_users` shows one at `at` (clock, milliseconds). */
export function userListing(user: AccessUser, activeDeviceCount: number, at: number): object {
  const begun = user.sessions.map(({ issuedAt }) => issuedAt).filter((issuedAt) => issuedAt * 1000 <= at)
  const lastLogin = begun.length === 0 ? null : new Date(Math.max(...begun) * 1000).toISOString()
  return {
    id: user.id,
    uid: user.uid,
    email: user.email,
    name: user.name,
    // Not compared with anything: any UUID that stays the same will do.
    seat_uid: user.uid,
    access_seat: true,
    gateway_seat: user.warpSession,
    active_device_count: activeDeviceCount,
    last_successful_login: lastLogin,
    created_at: '2025-01-01T00:00:00Z',
    updated_at: lastLogin ?? '2025-01-01T00:00:00Z',
  }
}

/** A session as `active_sessions` shows one. Times are Unix seconds. */
export function sessionListing(user: AccessUser, session: Session): object {
  const { nonce, issuedAt, expiresAt } = session
  return {
    name: `${user.id}-${nonce}`,
    expiration: expiresAt,
    metadata: {
      iat: issuedAt,
      expires: expiresAt,
      ttl: expiresAt - issuedAt,
      nonce,
      apps: {
        '5f1d3a7c-0000-4000-8000-000000000001': {
          hostname: 'intranet.example.com',
          name: 'Intranet',
          type: 'self_hosted',
          uid: '5f1d3a7c-0000-4000-8000-000000000001',
        },
      },
    },
  }
}
