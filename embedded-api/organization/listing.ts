import type { World } from '../world.ts'
import { type AccessUser, hasAccessSeat, lastLogin } from './access-user.ts'
import { DAY_MS, type Login, type Session, type ShownRegistration } from './records.ts'

const CREATED_AT = '2025-01-01T00:00:00Z'
const APP_UID = '5f1d3a7c-0000-4000-8000-000000000001'

/** A user as `list_users` shows it at `at` (clock, milliseconds). Undefined fields are left out. */
export function userListing(user: AccessUser, activeDevices: number, at: number, world: World): object {
  const { id, uid, email, name, seat } = user
  const login = lastLogin(user, at)
  const loginTime = login === undefined ? undefined : timeOf(login)
  const listing = {
    ...{ id, uid, email, name },
    seat_uid: (seat.takenAt ?? at) > at ? undefined : seat.uid,
    access_seat: hasAccessSeat(user, at),
    gateway_seat: seat.gateway,
    active_device_count: Math.max(0, activeDevices + (world.deviceCountOff ?? 0)),
    last_successful_login: loginTime && (world.lastLoginText ?? loginTime),
    created_at: CREATED_AT,
    updated_at: loginTime ?? CREATED_AT,
  }
  return without(listing, world.absentUserFields)
}

/** An outdated copy of a user as `list_users` may show it: without seat, devices, and login. */
export function outdatedListing({ id, uid, email, name }: AccessUser, world: World): object {
  const listing = {
    ...{ id, uid, email, name, access_seat: false, gateway_seat: false, active_device_count: 0 },
    created_at: CREATED_AT,
    updated_at: CREATED_AT,
  }
  return without(listing, world.absentUserFields)
}

/** A session as `active_sessions` shows it at `at` (clock, milliseconds). Times are Unix seconds. */
export function sessionListing(user: AccessUser, session: Session, at: number, world: World): object {
  const keys = { nonce: session.nonce, name: `${user.id}-${session.nonce}` }
  const renewedAt = Math.floor((user.revokedAt ?? Infinity) / 1000) + 1
  const isRenewed =
    world.renewedSessions !== undefined && session.issuedAt < renewedAt && renewedAt * 1000 <= at
  const issuedAt = isRenewed ? renewedAt : session.issuedAt
  if (isRenewed) {
    const changed = world.renewedSessions === 'nonce' ? 'name' : 'nonce'
    keys[changed] = `${keys[changed]}-renewed`
  }
  if (world.sharedSessionKey !== undefined) keys[world.sharedSessionKey] = 'shared'
  const expires = session.issuedAt + DAY_MS / 1000
  const listing = {
    name: keys.name,
    expiration: expires,
    metadata: {
      iat: world.iatInMilliseconds === true ? issuedAt * 1000 : issuedAt,
      expires,
      ttl: expires - issuedAt,
      nonce: keys.nonce,
      apps: {
        [APP_UID]: { hostname: 'intranet.example.com', name: 'Intranet', type: 'self_hosted', uid: APP_UID },
      },
    },
  }
  return without(listing, world.absentSessionFields)
}

/** A registration as `list_registrations` shows it. */
export function registrationListing(
  user: AccessUser,
  { registration, active }: ShownRegistration,
  world: World,
): object {
  const { id, device, kind, createdAt, revokedAt } = registration
  const revoked = active || revokedAt === undefined ? null : timeOf(revokedAt)
  const listing = {
    id,
    device: { ...device, client_version: '2026.9.558.0' },
    user: { id: user[world.registrationUserId ?? 'id'], email: user.email, name: user.name },
    key: id,
    key_type: 'curve25519',
    tunnel_type: 'masque',
    registration_type: kind,
    created_at: timeOf(createdAt),
    updated_at: revoked ?? timeOf(createdAt),
    last_seen_at: timeOf(createdAt),
    revoked_at: revoked ?? world.unsetRevokedAt ?? null,
    deleted_at: world.unsetDeletedAt ?? null,
  }
  return without(listing, world.absentRegistrationFields)
}

/** The seat of a user as `update_seats` answers it at `at` (clock, milliseconds). */
export function seatListing(user: AccessUser, at: number): object {
  const { uid, gateway, freedAt } = user.seat
  return {
    seat_uid: uid,
    access_seat: hasAccessSeat(user, at),
    gateway_seat: gateway,
    created_at: CREATED_AT,
    updated_at: freedAt === undefined ? CREATED_AT : timeOf(freedAt),
  }
}

/** An entry of the login log as `list_logins` shows it. */
export function loginListing({ email }: AccessUser, login: Login): object {
  return {
    action: 'login',
    allowed: login.allowed,
    app_domain: login.app,
    app_uid: APP_UID,
    connection: login.connection,
    created_at: timeOf(login.at),
    ip_address: login.ipAddress,
    ray_id: login.rayId,
    user_email: email,
  }
}

function timeOf(ms: number): string {
  return new Date(ms).toISOString()
}

/** The record without some of its fields; `a.b` is the field `b` of the record `a`. */
function without(record: object, names: readonly string[] = []): object {
  if (names.length === 0) return record
  return Object.fromEntries(
    Object.entries(record)
      .filter(([key]) => !names.includes(key))
      .map(([key, value]: [string, unknown]) => {
        const inner = names
          .filter((name) => name.startsWith(`${key}.`))
          .map((name) => name.slice(key.length + 1))
        return [key, typeof value === 'object' && value !== null ? without(value, inner) : value]
      }),
  )
}
