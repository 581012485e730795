import { parseEmailAddress } from '../text/email-address.ts'
import { parseUuid } from '../text/uuid.ts'
import { type Moment, readMoment } from './dates.ts'
import type { User } from './user.ts'

/** A user as a list names it, not checked yet; texts are trimmed. */
export interface UserEntry {
  /** Where it is, as the beginning of a sentence: "leavers.csv, line 3". */
  readonly where: string
  readonly origin: 'email' | 'file'
  readonly email: string
  readonly userUid?: string
  /** Empty where the list has a place for it that was left blank. */
  readonly revokeAfter?: string
}

/** A checked user, and where it was listed. */
export interface ListedUser extends User {
  readonly where: string
  readonly origin: 'email' | 'file'
}

/** How values from a list may appear in a message. */
export type Show = (value: string) => string

/**
 * Checks one entry.
 *
 * @param timezone - the IANA time zone of dates
 * @param problem - takes each problem as a full sentence
 */
export async function checkEntry(
  entry: UserEntry,
  timezone: string,
  show: Show,
  problem: (sentence: string) => void,
): Promise<ListedUser | undefined> {
  const { where, origin } = entry
  const wrong: string[] = []
  const email = parseEmailAddress(entry.email)
  if (entry.email === '') wrong.push('has no address.')
  else if (typeof email === 'object') wrong.push(`${show(entry.email)} ${email.problem}.`)
  const userUid = parseUuid(entry.userUid ?? '')
  if (userUid === undefined && (entry.userUid ?? '') !== '') {
    wrong.push(`the UUID ${show(entry.userUid ?? '')} is not 32 hex characters, or 36 with hyphens.`)
  }
  const revokeAfter = await momentOf(entry.revokeAfter, timezone, show)
  if (typeof revokeAfter === 'string') wrong.push(revokeAfter)
  for (const sentence of wrong) problem(`${where}: ${sentence}`)
  if (typeof email === 'object' || typeof revokeAfter === 'string' || wrong.length > 0) return undefined
  return {
    where,
    origin,
    email,
    ...(userUid !== undefined && { userUid }),
    ...(revokeAfter !== undefined && { revokeAfter }),
  }
}

/** The moment that is meant, undefined for now; or what is wrong with it, as a sentence. */
async function momentOf(
  text: string | undefined,
  timezone: string,
  show: Show,
): Promise<Moment | string | undefined> {
  if (text === undefined || /^now$/i.test(text)) return undefined
  if (text === '') return '`revoke_after` is blank: write the date, or `now`.'
  return (
    (await readMoment(text, timezone)) ??
    `\`revoke_after\` ${show(text)} is not a date like 2026-11-30, a timestamp with an offset like 2026-11-30T18:00:00+01:00, or \`now\`.`
  )
}
