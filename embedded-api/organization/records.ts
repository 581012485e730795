import { randomBytes, randomUUID } from 'node:crypto'

/** One application session of a user, as `active_sessions` lists it. */
export interface Session {
  readonly nonce: string
  /** Unix seconds. A session in the future is not listed, and none for longer than a day. */
  readonly issuedAt: number
  /** Milliseconds of the clock. */
  revokedAt?: number
  /** Survives every revocation. */
  readonly sticky?: boolean
}

/** A device registration: it ties a user to a device, and stays until it is revoked or deleted. */
export interface Registration {
  /** UUID. */
  readonly id: string
  /** The ID is a UUID. */
  readonly device: { readonly id: string; readonly name: string }
  readonly kind: 'warp' | 'browser_extension'
  /** Milliseconds of the clock, as all times here. A registration in the future is not listed. */
  readonly createdAt: number
  revokedAt?: number
  deletedAt?: number
  /** Survives every revocation. */
  readonly sticky?: boolean
}

/** What a test sets of a registration; the rest has defaults. */
export interface NewRegistration extends Pick<Registration, 'revokedAt' | 'sticky'> {
  readonly deviceName?: string
  /** Default `warp`. */
  readonly kind?: Registration['kind']
  /** Milliseconds of the clock, default a day ago. */
  readonly createdAt?: number
}

/** One entry of the login log: an attempt to sign in to an application. */
export interface Login {
  /** Milliseconds of the clock. */
  readonly at: number
  /** Domain of the application. */
  readonly app: string
  /** Login method, such as `saml` or `onetimepin`. */
  readonly connection: string
  readonly ipAddress: string
  readonly allowed: boolean
  /** 16 hex characters. */
  readonly rayId: string
}

/** What a test sets of a login; the rest has defaults. */
export type NewLogin = Partial<Omit<Login, 'rayId'>>

const HOUR_MS = 3_600_000
export const DAY_MS = 24 * HOUR_MS
const KINDS_OF_DEVICE = ['laptop', 'phone', 'tablet']

/** A session issued at `issuedAt` (Unix seconds), valid for a day. */
export function newSession(issuedAt: number, sticky = false): Session {
  return { nonce: randomBytes(8).toString('hex'), issuedAt, sticky }
}

/** `count` sessions and `sticky` more, issued at least an hour before `at` (clock, milliseconds). */
export function newSessions(count: number, sticky: number, at: number): Session[] {
  const anHourAgo = Math.floor((at - HOUR_MS) / 1000)
  return [
    ...Array.from({ length: count }, (_, index) => newSession(anHourAgo - index * 60)),
    ...Array.from({ length: sticky }, () => newSession(anHourAgo, true)),
  ]
}

/** Registrations with defaults for the rest, named after their owner. `at` is the clock in milliseconds. */
export function newRegistrations(
  given: number | readonly NewRegistration[],
  owner: string,
  at: number,
): Registration[] {
  const all = typeof given === 'number' ? Array<NewRegistration>(given).fill({}) : given
  return all.map(({ deviceName, ...more }, index) => ({
    id: randomUUID(),
    device: {
      id: randomUUID(),
      name: deviceName ?? `${owner}'s ${KINDS_OF_DEVICE[index] ?? `device ${index + 1}`}`,
    },
    kind: 'warp',
    createdAt: at - DAY_MS,
    ...more,
  }))
}

/** A login with defaults for the rest; `at` is the default of its time, milliseconds of the clock. */
export function newLogin(login: NewLogin, at: number): Login {
  return {
    at,
    app: 'intranet.example.com',
    connection: 'saml',
    ipAddress: '203.0.113.7',
    allowed: true,
    rayId: randomBytes(8).toString('hex'),
    ...login,
  }
}

/**
 * The sessions that the API lists at `at` (clock, milliseconds).
 *
 * @param afterMs how long after its revocation a session is gone; 0 gives the true state
 * @param apartMs how much later each further session follows
 */
export function shownSessions(
  sessions: readonly Session[],
  at: number,
  afterMs: number,
  apartMs: number,
): Session[] {
  return sessions.filter(
    ({ issuedAt, revokedAt = Infinity }, index) =>
      issuedAt * 1000 <= at && at < issuedAt * 1000 + DAY_MS && at < revokedAt + afterMs + index * apartMs,
  )
}

/** A registration as the API sees it at some moment. */
export interface ShownRegistration {
  readonly registration: Registration
  /** False once the revocation shows. */
  readonly active: boolean
}

/** The same for registrations. Deleted ones no longer appear. */
export function shownRegistrations(
  registrations: readonly Registration[],
  at: number,
  afterMs: number,
  apartMs: number,
): ShownRegistration[] {
  return registrations.flatMap((registration, index) => {
    const delay = afterMs + index * apartMs
    const { createdAt, revokedAt = Infinity, deletedAt = Infinity } = registration
    return createdAt > at || at >= deletedAt + delay ? [] : [{ registration, active: at < revokedAt + delay }]
  })
}
