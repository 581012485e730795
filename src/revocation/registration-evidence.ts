import type { ServerTime } from '../cloudflare/answer.ts'
import type { Registration } from '../cloudflare/records.ts'
import { TOLERANCE } from './session-evidence.ts'

/** What tells registrations from before the revocation from those made after it. */
export interface RegistrationEvidence {
  /** Those that were active before the revocation; undefined if nobody looked. */
  readonly before: readonly Registration[] | undefined
  /** The answer that confirmed the revocation. */
  readonly confirmation: ServerTime
  /** Whether a device that comes back is no failure, so that one is not to be taken for it lightly. */
  readonly newIsFine: boolean
}

/** Registrations, sorted; each exactly once. */
export interface SortedRegistrations {
  /** Active, and there before, or maybe there before. */
  readonly left: readonly Registration[]
  /** Active, and made after the revocation. */
  readonly anew: readonly Registration[]
  /** Active before, and now revoked. */
  readonly revoked: readonly Registration[]
  /** Active before, and now deleted: a list no longer shows them. */
  readonly deleted: readonly Registration[]
}

/**
 * Sorts the registrations that an answer shows. Whatever is not clearly revoked counts as active, and whatever was not
 * clearly made after the revocation counts as left.
 */
export function sortRegistrations(
  shown: readonly Registration[],
  answer: ServerTime,
  evidence: RegistrationEvidence,
): SortedRegistrations {
  const { before = [] } = evidence
  const now = new Map(shown.map((registration) => [registration.id, registration]))
  const active = shown.filter(
    ({ revokedAt, deletedAt }) => typeof revokedAt !== 'object' && typeof deletedAt !== 'object',
  )
  const anew = active.filter((registration) => isNew(registration, answer, evidence))
  return {
    left: active.filter((registration) => !anew.includes(registration)),
    anew,
    revoked: before.flatMap(({ id }) => {
      const found = now.get(id)
      return typeof found?.revokedAt !== 'object' || typeof found.deletedAt === 'object' ? [] : [found]
    }),
    deleted: before.filter(({ id }) => {
      const found = now.get(id)
      return found === undefined || typeof found.deletedAt === 'object'
    }),
  }
}

function isNew({ id, createdAt }: Registration, answer: ServerTime, evidence: RegistrationEvidence): boolean {
  const { before, confirmation, newIsFine } = evidence
  if (typeof createdAt !== 'object' || confirmation.date === undefined || answer.date === undefined)
    return false
  if (before === undefined ? newIsFine : before.some((registration) => registration.id === id)) return false
  // The `Date` header has whole seconds.
  return createdAt.at >= confirmation.date + 1_000 && createdAt.at <= answer.date + TOLERANCE
}
