import { randomUUID } from 'node:crypto'
import type { Propagation } from './propagation.ts'

/** A device registration: it ties a user to a device, and stays until it is revoked or deleted. */
export interface Registration {
  /** UUID. */
  readonly id: string
  readonly device: Device
  readonly kind: 'warp' | 'browser_extension'
  readonly key: string
  /** Milliseconds of the clock, as all times here. A registration in the future is not listed. */
  readonly createdAt: number
  readonly lastSeenAt: number
  revokedAt?: number
  deletedAt?: number
  /** Survives every revocation. */
  readonly sticky?: boolean
}

interface Device {
  /** UUID. */
  readonly id: string
  readonly name: string
  readonly clientVersion: string
}

/** What a test sets of a registration; the rest has defaults. */
export interface NewRegistration {
  readonly id?: string
  readonly deviceId?: string
  readonly deviceName?: string
  /** Default `warp`. */
  readonly kind?: 'warp' | 'browser_extension'
  /** Milliseconds of the clock, default a day ago. */
  readonly createdAt?: number
  /** Milliseconds of the clock. */
  readonly revokedAt?: number
  /** Default false. */
  readonly sticky?: boolean
}

/** A registration as the API sees it at some moment. */
export interface ShownRegistration {
  readonly registration: Registration
  /** False once the revocation shows. */
  readonly active: boolean
}

const DAY_MS = 86_400_000
const KINDS_OF_DEVICE = ['laptop', 'phone', 'tablet']

/** Registrations with defaults for the rest, named after their owner. `at` is the clock in milliseconds. */
export function newRegistrations(
  given: number | readonly NewRegistration[],
  owner: string,
  at: number,
): Registration[] {
  const each: readonly NewRegistration[] =
    typeof given === 'number' ? Array.from({ length: given }, () => ({})) : given
  return each.map(({ deviceId, deviceName, kind, createdAt = at - DAY_MS, ...more }, index) => ({
    id: randomUUID(),
    device: {
      id: deviceId ?? randomUUID(),
      name: deviceName ?? `${owner}'s ${KINDS_OF_DEVICE[index] ?? `device ${index + 1}`}`,
      clientVersion: '2026.9.558.0',
    },
    kind: kind ?? 'warp',
    key: randomUUID(),
    createdAt,
    lastSeenAt: Math.max(createdAt, at - 60_000),
    ...more,
  }))
}

/** Another registration of the same device, created at `at` (clock, milliseconds). */
export function registeredAgain({ device, kind }: Registration, at: number): Registration {
  return { id: randomUUID(), device, kind, key: randomUUID(), createdAt: at, lastSeenAt: at }
}

/** The registrations that lists show at `at` (clock, milliseconds). Deleted ones no longer appear. */
export function shownRegistrations(
  registrations: readonly Registration[],
  at: number,
  { afterMs, apartMs }: Propagation,
): ShownRegistration[] {
  return registrations.flatMap((registration, index) => {
    const delay = afterMs + index * apartMs
    const shows = (since: number | undefined): boolean => since !== undefined && at >= since + delay
    const { createdAt, revokedAt, deletedAt } = registration
    return createdAt > at || shows(deletedAt) ? [] : [{ registration, active: !shows(revokedAt) }]
  })
}
