import type { RecordTime, Registration } from '../cloudflare/records.ts'
import { plainText, shortened } from '../text/plain-text.ts'
import { type AgreedTimes, type Evidence, isCertainlyAfter, isPlausibleEnd } from './clocks.ts'

/** Registrations by their status, each exactly once. */
export interface SortedRegistrations {
  /** Whether there was no registration at all, not even a revoked one. */
  readonly isEmpty: boolean
  /** Active, and made before the revocation, or possibly so. */
  readonly left: readonly Registration[]
  /** Active, and made after the revocation. */
  readonly newDevices: readonly Registration[]
  /** Active before, and now revoked. */
  readonly revoked: readonly Registration[]
  /** Active before, and now deleted: a list no longer shows them. */
  readonly deleted: readonly Registration[]
}

/** Sorts the registrations in an answer. Ambiguous cases count as active, and as made before the revocation. */
export function sortRegistrations(
  shown: readonly Registration[],
  times: AgreedTimes,
  { before, isNewAllowed }: Evidence<Registration>,
): SortedRegistrations {
  const idsBefore = new Set(before?.map(({ id }) => id))
  const now = new Map(shown.map((registration) => [registration.id, registration]))
  const hasEnded = ({ id, createdAt }: Registration, endedAt: RecordTime): boolean =>
    typeof endedAt === 'object' &&
    typeof createdAt === 'object' &&
    endedAt.at >= createdAt.at &&
    isPlausibleEnd(endedAt.at, times, idsBefore.has(id))
  const isDeleted = (each: Registration): boolean => hasEnded(each, each.deletedAt)
  const isRevoked = (each: Registration): boolean => !isDeleted(each) && hasEnded(each, each.revokedAt)
  const isNew = ({ id, createdAt }: Registration): boolean =>
    typeof createdAt === 'object' &&
    isCertainlyAfter(createdAt.at, times) &&
    (before === undefined ? !isNewAllowed : !idsBefore.has(id))
  const active = shown.filter((each) => !isRevoked(each) && !isDeleted(each))
  return {
    isEmpty: shown.length === 0,
    left: active.filter((each) => !isNew(each)),
    newDevices: active.filter(isNew),
    revoked: [...idsBefore].flatMap((id) => now.get(id) ?? []).filter(isRevoked),
    deleted: (before ?? []).filter(({ id }) => {
      const found = now.get(id)
      return found === undefined || isDeleted(found)
    }),
  }
}

/** A message names this many devices; the report has all of them. */
const MAX_NAMED = 5

/**
 * A few devices, each by the name in quotation marks, and by the ID of its registration, which the dashboard and the API
 * find it by.
 *
 * @param masked - whether to number the devices instead, since their names often contain people's names
 */
export function namesAndIds(devices: readonly Registration[], masked: boolean): string {
  const shown = devices.slice(0, MAX_NAMED).map(({ id, name }, index) => {
    if (masked) return `device ${index + 1} of ${devices.length} (${quoted(id)})`
    return name === undefined ? quoted(id) : `${quoted(name)} (${quoted(id)})`
  })
  const more = devices.length - MAX_NAMED
  return [...shown, ...(more > 0 ? [`${more} more`] : [])].join(', ')
}

function quoted(text: string): string {
  return `"${shortened(plainText(text), 80).replaceAll('"', "'")}"`
}
