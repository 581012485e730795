import * as v from 'valibot'
import { isEmailAddress, emailAddressProblem } from './email-address.ts'
import { readMoment } from './moment.ts'
import type { Moment, User } from './user.ts'

/** A user as a list names it, not checked yet; texts are trimmed. */
export interface UserEntry {
  /** Where it stands, as the beginning of a sentence: "leavers.csv, line 3". */
  readonly where: string
  readonly origin: 'email' | 'file'
  readonly email: string
  readonly userUid?: string
  /** Empty where the list has a place for it that was left blank. */
  readonly revokeAfter?: string
}

/** A checked user, and where it stood. */
export interface ListedUser extends User {
  readonly where: string
  readonly origin: 'email' | 'file'
}

const UUID = /^(?:[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i

/** Whether the text is a UUID as Cloudflare takes it: 32 hex characters, or 36 with hyphens. */
export function isUuid(text: string): boolean {
  return UUID.test(text)
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
  const { where, origin, email, userUid = '', revokeAfter } = entry
  const wrong: string[] = []
  if (email === '') wrong.push('has no address.')
  else if (!isEmailAddress(email)) wrong.push(`${show(email)} ${String(emailAddressProblem(email))}.`)
  if (userUid !== '' && !isUuid(userUid)) {
    wrong.push(`the UUID ${show(userUid)} is not 32 hex characters, or 36 with hyphens.`)
  }
  const moment = await momentOf(revokeAfter, timezone)
  if (moment === 'blank') wrong.push('`revoke_after` is blank: write the date, or `now`.')
  if (moment === 'wrong') {
    wrong.push(
      `\`revoke_after\` ${show(String(revokeAfter))} is no date like 2026-11-30, no timestamp with offset like 2026-11-30T18:00:00+01:00, and not \`now\`.`,
    )
  }
  for (const sentence of wrong) problem(`${where}: ${sentence}`)
  if (wrong.length > 0 || !isEmailAddress(email) || typeof moment === 'string') return undefined
  return {
    where,
    origin,
    email,
    ...(userUid !== '' && { userUid }),
    ...(moment !== undefined && { revokeAfter: moment }),
  }
}

async function momentOf(
  text: string | undefined,
  timezone: string,
): Promise<Moment | undefined | 'blank' | 'wrong'> {
  if (text === undefined || /^now$/i.test(text)) return undefined
  if (text === '') return 'blank'
  return (await readMoment(text, timezone)) ?? 'wrong'
}

const JsonUser = v.strictObject({
  email: v.string(),
  user_uid: v.optional(v.string()),
  revoke_after: v.optional(v.string()),
})

/**
 * Reads one element of a JSON list: an address, or an object with `email` and perhaps `user_uid` and `revoke_after`.
 *
 * @param problem - takes each problem as a full sentence
 */
export function entryFromJson(
  element: unknown,
  place: Pick<UserEntry, 'where' | 'origin'>,
  problem: (sentence: string) => void,
): UserEntry | undefined {
  if (typeof element === 'string') return { ...place, email: element.trim() }
  const parsed = v.safeParse(JsonUser, element)
  if (!parsed.success) {
    problem(
      `${place.where}: write an address, or an object with "email" and nothing but "user_uid" and "revoke_after", all of them texts.`,
    )
    return undefined
  }
  const { email, user_uid: userUid, revoke_after: revokeAfter } = parsed.output
  return {
    ...place,
    email: email.trim(),
    ...(userUid !== undefined && { userUid: userUid.trim() }),
    ...(revokeAfter !== undefined && { revokeAfter: revokeAfter.trim() }),
  }
}
