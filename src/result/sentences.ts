import { targetName } from '../cloudflare/target.ts'
import type { Options } from '../inputs/options.ts'
import type { Revoked, Verification, WouldRevoke } from '../revocation/outcome.ts'
import { quantity } from '../text/quantity.ts'
import type { UserList } from '../users/user-list.ts'
import { devicesText, seatText } from './device-sentences.ts'
import type { UserNames } from './user-names.ts'

/** What a run with these options leaves untouched, in full sentences; empty if that is nothing. */
export function leftUntouched({ devices, warpSessionReauth }: Options): string {
  const sentences = [
    ...(devices
      ? []
      : [
          'Devices were left untouched, and may keep reaching private networks; `devices: true` revokes them too.',
        ]),
    ...(warpSessionReauth
      ? []
      : ['The WARP session was left untouched; `warp-session-reauth: true` ends it.']),
  ]
  return sentences.join(' ')
}

/** What the run is about to do, a line for each thing. */
export function planOf({ users, repeated }: UserList, options: Options, names: UserNames): string[] {
  const due = users.filter(({ timing }) => timing === 'due')
  const past = users.filter(({ timing }) => timing === 'past').length
  const [first, ...others] = due
  const whom = first !== undefined && others.length === 0 ? names.inLog(first) : quantity(due.length, 'user')
  const waiting = users.length - due.length - past
  return [
    ...(repeated > 0
      ? [
          `${quantity(repeated, 'entry names', 'entries name')} a user that an earlier entry named; each user counts once.`,
        ]
      : []),
    ...(waiting > 0 ? [`${quantity(waiting, 'user')} not due yet, left alone.`] : []),
    ...(past > 0 ? [pastText(past, options)] : []),
    ...(first === undefined
      ? []
      : [
          `${INTENTIONS[`${options.dryRun}`]} the ${extentOf(options)} of ${whom}${targetOf(options, ' in ')}.`,
        ]),
  ]
}

/** That users were left alone because their time is long past, and what to do if they should not be. */
export function pastText(past: number, { dueWithinDays }: Options): string {
  return `${quantity(past, 'user')} left more than ${quantity(dueWithinDays, 'day')} ago and ${past === 1 ? 'was' : 'were'} left alone; raise \`due-within-days\` to include them.`
}

const INTENTIONS: Readonly<Record<`${Options['dryRun']}`, string>> = {
  false: 'Revoking',
  true: 'Dry run, nothing is revoked. It would revoke',
  offline: 'Offline check, nothing is sent. A run would revoke',
}

/** The target with a word before it; empty if none was given. */
export function targetOf({ target }: Options, before: string): string {
  return target === undefined ? '' : `${before}${targetName(target)}`
}

/** What is revoked: `Access tokens, devices and WARP session`. */
export function extentOf({ devices, warpSessionReauth }: Options): string {
  if (devices && warpSessionReauth) return 'Access tokens, devices and WARP session'
  if (devices) return 'Access tokens and devices'
  return warpSessionReauth ? 'Access tokens and WARP session' : 'Access tokens'
}

/** What is known of a revocation that Cloudflare confirmed. */
export function confirmation({ verification, seat }: Pick<Revoked, 'verification' | 'seat'>): string {
  const words =
    verification?.state === 'passed'
      ? ['revoked and verified', sessionsText(verification), devicesText(verification.devices)]
      : ['revoked, confirmed by Cloudflare']
  return [...words, seatText(seat)].filter((part) => part !== '').join(', ')
}

/** `3 sessions before, none after`, as far as it is known. */
export function sessionsText({ sessionsBefore, sessionsAfter = 0 }: Verification): string {
  const before = sessionsBefore === undefined ? '' : `${quantity(sessionsBefore, 'session')} before, `
  return `${before}${sessionsAfter === 0 ? 'none' : sessionsAfter} after`
}

/** What a revocation would cut, as the end of a sentence; empty where that is not known. */
export function cut({ verification, seat }: Pick<WouldRevoke, 'verification' | 'seat'>): string {
  const { sessionsBefore, devicesBefore, devices } = { ...verification }
  const parts = [
    ...(sessionsBefore === undefined ? [] : [quantity(sessionsBefore, 'active session')]),
    ...(devices === undefined
      ? devicesBefore === undefined
        ? []
        : [quantity(devicesBefore, 'active device')]
      : [devicesText(devices)]),
    ...(seat?.state === 'not_done' ? ['would free the seat'] : []),
  ]
  return parts.length === 0 ? '' : `: ${parts.join(', ')}`
}
