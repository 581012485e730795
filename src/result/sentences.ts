import { targetName } from '../cloudflare/target.ts'
import type { Options } from '../inputs/options.ts'
import {
  isFlawed,
  type Outcome,
  type Revoked,
  type Totals,
  totalsOf,
  type Verification,
  type WouldRevoke,
} from '../revocation/outcome.ts'
import { grouped, quantity } from '../text/quantity.ts'
import type { UserList } from '../users/user-list.ts'
import type { User } from '../users/user.ts'
import { devicesText, seatText } from './device-sentences.ts'

/** How the run came out, in one line without a full stop. */
export function headline(outcomes: readonly Outcome[], { dryRun, verify }: Options): string {
  const totals = totalsOf(outcomes)
  const missed = totals.failed + totals.skipped
  const due = totals.revoked + missed + totals.unknown + totals.would_revoke
  const misses = [
    ...(totals.failed > 0 ? [`${grouped(totals.failed)} failed`] : []),
    ...(totals.skipped > 0 ? [`${grouped(totals.skipped)} skipped`] : []),
    ...(totals.unknown > 0 ? [`${grouped(totals.unknown)} unknown to the organization`] : []),
  ].join(', ')
  if (dryRun === 'offline') return offlineHeadline(outcomes.length, totals)
  if (outcomes.length === 0) return 'The list has no users: nothing was revoked'
  if (due === 0) return `Nobody is due, nothing was revoked${besides(totals)}`
  if (dryRun && missed > 0) return `Dry run, not finished: ${misses}${besides(totals)}`
  if (dryRun) {
    const flawed = outcomes.filter(isFlawed).length
    const fail = flawed === 0 ? '' : `, but ${grouped(flawed)} of them would fail`
    return `Dry run: ${quantity(due, 'user')} would be revoked${fail}${besides(totals)}`
  }
  if (missed + totals.unknown > 0) {
    return `${grouped(totals.revoked)} of ${quantity(due, 'user')} ${verify ? 'revoked and verified' : 'revoked'}: ${misses}${besides(totals)}`
  }
  return `${quantity(due, 'user')} ${verify ? 'revoked and verified' : 'revoked, confirmed by Cloudflare'}${besides(totals)}`
}

function offlineHeadline(users: number, totals: Totals): string {
  if (users === 0) return 'Offline check: the list has no users'
  const due = totals.would_revoke === 0 ? 'nobody is' : quantity(totals.would_revoke, 'user is', 'users are')
  return `Offline check: ${due} due now${besides(totals)}`
}

function besides(totals: Totals): string {
  const parts = [
    ...(totals.not_due > 0 ? [`${grouped(totals.not_due)} not due yet`] : []),
    ...(totals.past > 0 ? [`${grouped(totals.past)} past`] : []),
  ]
  return parts.length === 0 ? '' : ` (${parts.join(', ')}, left alone)`
}

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
export function planOf({ users, repeated }: UserList, due: readonly User[], options: Options): string[] {
  const [first, ...others] = due
  const whom = others.length === 0 ? first?.email : quantity(due.length, 'user')
  const waiting = users.length - due.length
  return [
    ...(repeated > 0
      ? [
          `${quantity(repeated, 'entry names', 'entries name')} a user that an earlier entry named; each user counts once.`,
        ]
      : []),
    ...(waiting > 0 ? [`${quantity(waiting, 'user')} not due, left alone.`] : []),
    ...(whom === undefined
      ? []
      : [
          `${INTENTIONS[`${options.dryRun}`]} the ${extentOf(options)} of ${whom}${targetOf(options, ' in ')}.`,
        ]),
  ]
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
