import type { ReportProblem } from '../runner/input-reader.ts'
import { addressKey } from '../text/email-address.ts'
import { uuidKey } from '../text/uuid.ts'
import { filePlaceOf, whereOf } from './place.ts'
import type { ListedUser, MessageQuotes } from './user-entry.ts'
import type { User } from './user.ts'

/** Makes one user of all entries with the same address, whatever the case of its ASCII letters. */
export function mergedUsers(
  listed: readonly ListedUser[],
  quotes: MessageQuotes,
  report: ReportProblem,
): User[] {
  const first = new Map<string, ListedUser>()
  for (const later of listed) {
    const key = addressKey(later.user.email)
    const earlier = first.get(key)
    if (earlier === undefined) {
      first.set(key, later)
      continue
    }
    for (const what of contradictions(earlier, later)) {
      report(
        `${whereOf(later.place)}: ${quotes.value(later.user.email)} is also listed at ${whereOf(earlier.place)}, with another ${what}; keep one.`,
        filePlaceOf(later.place),
      )
    }
    // Whatever the order, a UUID or a reference that is known is kept.
    const userUid = earlier.user.userUid ?? later.user.userUid
    const reference = earlier.user.reference ?? later.user.reference
    const user = {
      ...earlier.user,
      ...(userUid !== undefined && { userUid }),
      ...(reference !== undefined && { reference }),
    }
    first.set(key, { ...earlier, user })
  }
  return Array.from(first.values(), ({ user }) => user)
}

function contradictions(earlier: ListedUser, later: ListedUser): string[] {
  const [one, other] = [earlier.user, later.user]
  const uuids = one.userUid !== undefined && other.userUid !== undefined
  const otherUuid = uuids && uuidKey(one.userUid) !== uuidKey(other.userUid)
  // Entries of `email` come first. One without a date is due now, and wins over the file.
  const acrossLists = earlier.place.list.origin === 'email' && later.place.list.origin === 'file'
  const wins = acrossLists && one.revokeAfter === undefined
  const otherTime = one.revokeAfter?.at !== other.revokeAfter?.at || one.timing !== other.timing
  return [...(otherUuid ? ['UUID'] : []), ...(otherTime && !wins ? ['`revoke_after`'] : [])]
}
