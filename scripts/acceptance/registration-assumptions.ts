import { DEVICES_TIMEOUT_MS } from '../../src/verify/devices.ts'
import { type Assumption, confirmed, contradicted, judgeEach, notSeen } from './assumption.ts'
import type { Registration } from '../../src/cloudflare/records.ts'
import { addressKey } from '../../src/text/email-address.ts'
import type { Evidence } from './acceptance-run.ts'
import { latestTime } from './recorded-answer.ts'
import { isActive, isRead, ownOf, type Registrations, stillActive } from './registrations.ts'
import { decisiveAttempt, isConfirmed, UNCONFIRMED } from './revocation-assumptions.ts'

const NO_REGISTRATIONS: Registrations = { byId: [], byUid: [] }

/** Nothing is known about the registrations. */
export const NOT_READ = 'the device registrations could not be read'
const NONE = 'the test user had no active device registration'

/** Assumptions about device registrations. */
export const REGISTRATION_ASSUMPTIONS: readonly Assumption[] = [
  {
    id: 'registration_user_id',
    text: '`user.id` of a device registration is the `id` or the `uid` of the Access user.',
    judge: (evidence) => {
      const own = ownBefore(evidence)
      if (own.length === 0) {
        const isCounted = evidence.user.records.some(({ active_device_count: count = 0 }) => count > 0)
        return isCounted && isRead(evidence.registrationsBefore)
          ? contradicted('neither lists the counted devices')
          : notSeen(whyNone(evidence))
      }
      const kinds = new Set(own.map((registration) => idKind(registration, evidence)))
      return kinds.has('neither') ? contradicted('neither') : confirmed([...kinds].sort().join(', '))
    },
  },
  {
    id: 'registration_owner',
    text: 'A device registration has the address of its user in `user.email`.',
    judge: (evidence) =>
      judgeEach(
        ownBefore(evidence),
        ({ owner: { email } }) =>
          email !== undefined && addressKey(email) === addressKey(evidence.user.email),
        'registrations',
      ),
  },
  {
    id: 'registration_filter',
    text: 'The filter `user.id` of the list of device registrations returns no other users.',
    judge: ({ registrationsBefore, user }) => {
      const { byId, byUid } = registrationsBefore
      const own = new Set(ownOf(registrationsBefore, user).map(({ id }) => id))
      return judgeEach([...(byId ?? []), ...(byUid ?? [])], ({ id }) => own.has(id), 'registrations')
    },
  },
  {
    id: 'registration_times',
    text: 'Times of a device registration are in RFC 3339 and can be true; otherwise, they are null or absent.',
    judge: ({ answers, user, registrationsBefore, registrationsKept, registrationsRevoked }) => {
      const latest = latestTime(answers)
      const all = [registrationsBefore, registrationsKept, registrationsRevoked ?? NO_REGISTRATIONS]
      return judgeEach(
        all.flatMap((registrations) => ownOf(registrations, user)),
        ({ createdAt, revokedAt, deletedAt }) =>
          typeof createdAt === 'object' &&
          [createdAt, revokedAt, deletedAt].every(
            (time) =>
              time === 'absent' || (typeof time === 'object' && time.at >= createdAt.at && time.at <= latest),
          ),
        'listed registrations',
      )
    },
  },
  {
    id: 'device_count',
    text: 'A user has at least as many active device registrations as `active_device_count` says, and none if it is 0.',
    judge: (evidence) => {
      const counts = evidence.user.records.map(({ active_device_count: count }) => count)
      if (counts.includes(undefined)) return notSeen('no `active_device_count`')
      if (!isRead(evidence.registrationsBefore)) return notSeen(NOT_READ)
      const count = counts.reduce<number>((sum, each) => sum + (each ?? 0), 0)
      const active = ownBefore(evidence).filter(isActive).length
      if (count === 0 && active === 0) return notSeen(NONE)
      const seen = `counted ${count}, listed ${active}`
      return active >= count && (count > 0 || active === 0) ? confirmed(seen) : contradicted(seen)
    },
  },
  {
    id: 'devices_left',
    text: 'A revocation without `devices` leaves the device registrations active.',
    judge: (evidence) => {
      const active = ownBefore(evidence).filter(isActive)
      if (active.length === 0) return notSeen(whyNone(evidence))
      if (!isRead(evidence.registrationsKept)) return notSeen(NOT_READ)
      if (!isConfirmed(decisiveAttempt(evidence).answer)) return notSeen(UNCONFIRMED)
      const left = stillActive(active, ownOf(evidence.registrationsKept, evidence.user)).length
      const seen = `${left} of ${active.length} registrations left`
      return left === active.length ? confirmed(seen) : contradicted(seen)
    },
  },
  {
    id: 'devices_revoked',
    text: `With \`devices\`, each device registration has a \`revoked_at\` or is gone within ${DEVICES_TIMEOUT_MS / 1_000} seconds.`,
    judge: (evidence) => {
      const { registrationsKept, registrationsRevoked, user } = evidence
      if (registrationsRevoked === undefined) return notSeen('not requested (--devices)')
      const active = ownOf(registrationsKept, user).filter(isActive)
      if (active.length === 0) return notSeen(whyNone(evidence))
      if (!isRead(registrationsRevoked)) return notSeen(NOT_READ)
      if (!isConfirmed(evidence.again.answer)) return notSeen(UNCONFIRMED)
      const now = ownOf(registrationsRevoked, user)
      const left = stillActive(active, now).length
      const revoked = active.filter(({ id }) =>
        now.some((registration) => registration.id === id && !isActive(registration)),
      ).length
      const seen = `of ${active.length} registrations ${revoked} revoked, ${active.length - left - revoked} gone, ${left} active`
      return left === 0 ? confirmed(seen) : contradicted(seen)
    },
  },
]

function ownBefore({ registrationsBefore, user }: Evidence): Registration[] {
  return ownOf(registrationsBefore, user)
}

function whyNone({ registrationsBefore }: Evidence): string {
  return isRead(registrationsBefore) ? NONE : NOT_READ
}

/** The ID in the registration; if it has none, the ID by which it was found. */
function idKind(
  { id, owner }: Registration,
  { user: { records }, registrationsBefore }: Evidence,
): 'id' | 'uid' | 'id and uid' | 'neither' {
  const listed = (list: Registrations['byId']): boolean => list?.some((found) => found.id === id) === true
  const isId =
    owner.id === undefined ? listed(registrationsBefore.byId) : records.some((r) => r.id === owner.id)
  const isUid =
    owner.id === undefined ? listed(registrationsBefore.byUid) : records.some((r) => r.uid === owner.id)
  if (isId && isUid) return 'id and uid'
  if (isId) return 'id'
  return isUid ? 'uid' : 'neither'
}
