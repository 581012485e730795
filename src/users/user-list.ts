import { addressKey } from '../text/email-address.ts'
import { uuidKey } from '../text/uuid.ts'
import { entriesFromJson } from './json-entries.ts'
import type { User } from './user.ts'
import { checkEntry, type ListedUser, type Show, type UserEntry } from './user-entry.ts'
import { readUsersFile } from './users-file.ts'

/** What the step said about who is to be revoked; texts are trimmed, an empty one was not given. */
export interface GivenUsers {
  readonly email: string
  readonly usersFile: string
  readonly userUid: string
  /** An IANA time zone, for a `revoke_after` that is only a date. */
  readonly timezone: string
}

/** The users of a run, each once, in the order given. */
export interface UserList {
  readonly users: readonly User[]
  /** How many entries named a user that an earlier entry had named. */
  readonly repeated: number
}

/**
 * Reads and checks everybody the step names.
 *
 * @param show - how a value from a list may appear in a message
 * @param problem - takes each problem as a full sentence; if there was one, the list is not to be used
 */
export async function readUsers(
  given: GivenUsers,
  show: Show,
  problem: (sentence: string) => void,
): Promise<UserList> {
  if (given.email === '' && given.usersFile === '') {
    problem('No user to revoke: set `email` or `users-file`.')
    return { users: [], repeated: 0 }
  }
  const inline = await entriesFromInput(given, problem)
  const filed = given.usersFile === '' ? [] : await readUsersFile(given.usersFile, problem)
  const listed: ListedUser[] = []
  for (const entry of [...inline, ...filed]) {
    const user = await checkEntry(entry, given.timezone, show, problem)
    if (user !== undefined) listed.push(user)
  }
  return merged(listed, show, problem)
}

async function entriesFromInput(
  { email, userUid, usersFile }: GivenUsers,
  problem: (sentence: string) => void,
): Promise<readonly UserEntry[]> {
  const entries = email.startsWith('[')
    ? await entriesFromJson(email, { name: '`email`', origin: 'email' }, problem)
    : email
        .split(/[,\n\r]/)
        .map((text) => text.trim())
        .filter((text) => text !== '')
        .map((text, index, all): UserEntry => {
          const where = all.length === 1 ? '`email`' : `\`email\`, entry ${index + 1}`
          return { where, origin: 'email', email: text }
        })
  if (userUid === '') return entries
  const [only, ...others] = entries
  if (only === undefined || others.length > 0 || usersFile !== '' || only.userUid !== undefined) {
    problem(
      '`user-uid` goes with exactly one address in `email` and no `users-file`: in a list, give each user its own `user_uid`.',
    )
    return entries
  }
  return [{ ...only, where: '`email` with `user-uid`', userUid }]
}

/** Makes one user of all entries with the same address, whatever its letter case. */
function merged(listed: readonly ListedUser[], show: Show, problem: (sentence: string) => void): UserList {
  const users = new Map<string, ListedUser>()
  for (const user of listed) {
    const key = addressKey(user.email)
    const earlier = users.get(key)
    if (earlier === undefined) {
      users.set(key, user)
      continue
    }
    for (const what of contradictions(earlier, user)) {
      problem(
        `${user.where}: ${show(user.email)} is also listed at ${earlier.where}, with another ${what}; keep one.`,
      )
    }
    // Whatever the order, a UUID that is known is kept.
    const userUid = earlier.userUid ?? user.userUid
    users.set(key, { ...earlier, ...(userUid !== undefined && { userUid }) })
  }
  return { users: [...users.values()], repeated: listed.length - users.size }
}

function contradictions(earlier: ListedUser, later: ListedUser): string[] {
  const uuids = earlier.userUid !== undefined && later.userUid !== undefined
  const otherUuid = uuids && uuidKey(earlier.userUid) !== uuidKey(later.userUid)
  // Entries of `email` come first. One without a date is due now, and wins over the file.
  const wins = earlier.origin === 'email' && later.origin === 'file' && earlier.revokeAfter === undefined
  const otherTime = !wins && earlier.revokeAfter?.at !== later.revokeAfter?.at
  return [...(otherUuid ? ['UUID'] : []), ...(otherTime ? ['`revoke_after`'] : [])]
}
