import { problemText } from '../cloudflare/problem.ts'
import type { Options } from '../inputs/options.ts'
import { quantity, timeInZone } from '../text/measures.ts'
import { shortened } from '../text/plain-text.ts'
import { isProblem } from '../text/problem.ts'
import type { NotListed, UnlistedUser } from '../verify/not-listed.ts'

/** The log and the summary name this many; the report has all of them. */
export const MAX_UNLISTED = 100

/** What there is to say if the lists forgot no one. */
export const EVERYONE_LISTED = 'Every active user of the organization is on a list, or in `protected-users`.'

/** What the verdict says of users on no list: nothing, or a paragraph. */
export function notListedRemark(notListed: NotListed | undefined): string[] {
  if (notListed === undefined) return []
  if (isProblem(notListed)) return [`It is not known who is on no list: ${problemText(notListed)}`]
  if (notListed.length === 0) return []
  const users = quantity(notListed.length, 'user is', 'users are')
  return [
    `${users} on no list: add those who left to the list (\`now\` revokes), and the others to \`protected-users\` or to the export.`,
  ]
}

/** The lines of the log, one for each user. */
export function notListedLines(
  notListed: NotListed | undefined,
  options: Pick<Options, 'timezone'>,
): string[] {
  if (notListed === undefined || isProblem(notListed)) return []
  if (notListed.length === 0) return [EVERYONE_LISTED]
  const more = notListed.length - MAX_UNLISTED
  return [
    ...notListed
      .slice(0, MAX_UNLISTED)
      .map((user) => `${shortened(nameOfUnlisted(user), 300)} is on no list: ${stillHas(user, options)}.`),
    ...(more > 0 ? [`${quantity(more, 'more user')} on no list: see the report.`] : []),
  ]
}

/** The address as Cloudflare has it, which may be any text; the ID if that is no address. */
export function nameOfUnlisted({ email, id }: UnlistedUser): string {
  return email.includes('@') ? email : id
}

/** `2 active devices, seat, last login 2030-01-31 23:00 UTC`. */
export function stillHas(
  { devices = 0, hasSeat, lastLogin: { at, isKnown } }: UnlistedUser,
  { timezone }: Pick<Options, 'timezone'>,
): string {
  const login = at === undefined ? [] : [`last login ${timeInZone(at, timezone)}`]
  return [
    ...(devices > 0 ? [quantity(devices, 'active device')] : []),
    ...(hasSeat ? ['seat'] : []),
    ...(isKnown ? login : ['last login not known']),
  ].join(', ')
}
