import { randomUUID } from 'node:crypto'
import type { Propagation } from './propagation.ts'

/** A device registration: it ties a user to a device, and stays until it is revoked or deleted. */
export interface Registration {
  /** UUID. */
  id: string
  device: Device
  kind: 'warp' | 'browser_extension'
  key: string
  /** Milliseconds of the clock, as all times here. A registration whose time has not come yet is not listed. */
  createdAt: number
  lastSeenAt: number
  revokedAt?: number
  deletedAt?: number
  /** Survives every revocation. */
  sticky?: boolean
}

export interface Device {
  /** UUID. */
  id: string
  name: string
  clientVersion: string
}

/** What a test says about a registration; the rest is made up. */
export interface NewRegistration {
  id?: string
  deviceId?: string
  deviceName?: string
  /** Default `warp`. */
  kind?: 'warp' | 'browser_extension'
  /** Milliseconds of the clock, default a day ago. */
  createdAt?: number
  /** Milliseconds of the clock. */
  revokedAt?: number
  /** Default false. */
  sticky?: boolean
}

/** What a list shows of a registration at some moment. */
export interface ShownRegistration {
  readonly registration: Registration
  /** False once the revocation shows. */
  readonly active: boolean
}

const DAY_MS = 86_400_000
const KINDS_OF_DEVICE = ['laptop', 'phone', 'tablet']

/** Makes up the registrations that a test left open, named after their owner. `at` is the clock in milliseconds. */
export function newRegistrations(
  said: number | readonly NewRegistration[],
  owner: string,
  at: number,
): Registration[] {
  const each: readonly NewRegistration[] =
    typeof said === 'number' ? Array.from({ length: said }, () => ({})) : said
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

/** The same device registered once more, at `at` (clock, milliseconds). */
export function registeredAgain({ device, kind }: Registration, at: number): Registration {
  return { id: randomUUID(), device, kind, key: randomUUID(), createdAt: at, lastSeenAt: at }
}

/** What lists show at `at` (clock, milliseconds). Deleted registrations no longer appear. */
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
