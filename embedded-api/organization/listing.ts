import { type AccessUser, hasAccessSeat, lastLogin } from './access-user.ts'
import type { ShownRegistration } from './registration.ts'
import type { Session } from './session.ts'
import type { World } from '../world.ts'

const CREATED_AT = '2025-01-01T00:00:00Z'
const APP_UID = '5f1d3a7c-0000-4000-8000-000000000001'

/** A user as `list_users` shows one at `at` (clock, milliseconds). Fields that are undefined are left out. */
export function userListing(user: AccessUser, activeDeviceCount: number, at: number, world: World): object {
  const login = lastLogin(user, at)
  const loginTime = login === undefined ? undefined : timeOf(login)
  const listing = {
    id: user.id,
    uid: user.uid,
    email: user.email,
    name: user.name,
    seat_uid: user.seat.uid,
    access_seat: hasAccessSeat(user.seat, login),
    gateway_seat: user.seat.gateway,
    active_device_count: activeDeviceCount,
    last_successful_login: loginTime,
    created_at: CREATED_AT,
    updated_at: loginTime ?? CREATED_AT,
  }
  return without(listing, world.absentUserFields)
}

/** A session as `active_sessions` shows one. Times are Unix seconds. */
export function sessionListing(user: AccessUser, session: Session, world: World): object {
  const { nonce, issuedAt, expiresAt } = session
  const listing = {
    name: `${user.id}-${nonce}`,
    expiration: expiresAt,
    metadata: {
      iat: world.iatInMilliseconds === true ? issuedAt * 1000 : issuedAt,
      expires: expiresAt,
      ttl: expiresAt - issuedAt,
      nonce,
      apps: {
        [APP_UID]: { hostname: 'intranet.example.com', name: 'Intranet', type: 'self_hosted', uid: APP_UID },
      },
    },
  }
  return without(listing, world.absentSessionFields)
}

/** A registration as `list_registrations` shows one. */
export function registrationListing(
  user: AccessUser,
  { registration, active }: ShownRegistration,
  world: World,
): object {
  const { id, device, kind, key, createdAt, lastSeenAt, revokedAt } = registration
  const revoked = active || revokedAt === undefined ? null : timeOf(revokedAt)
  const listing = {
    id,
    device: { id: device.id, name: device.name, client_version: device.clientVersion },
    user: { id: user[world.registrationUserId ?? 'id'], email: user.email, name: user.name },
    key,
    key_type: 'curve25519',
    tunnel_type: 'masque',
    registration_type: kind,
    created_at: timeOf(createdAt),
    updated_at: revoked ?? timeOf(lastSeenAt),
    last_seen_at: timeOf(lastSeenAt),
    revoked_at: revoked,
    deleted_at: null,
  }
  return without(listing, world.absentRegistrationFields)
}

/** The seat of a user as `update_seats` answers it at `at` (clock, milliseconds). */
export function seatListing(user: AccessUser, at: number): object {
  const { seat } = user
  return {
    seat_uid: seat.uid,
    access_seat: hasAccessSeat(seat, lastLogin(user, at)),
    gateway_seat: seat.gateway,
    created_at: CREATED_AT,
    updated_at: seat.freedAt === undefined ? CREATED_AT : timeOf(seat.freedAt),
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
