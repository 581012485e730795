import type { Options } from '../inputs/options.ts'
import { checksOf, type Outcome } from '../revocation/outcome.ts'
import { isoTime, quantity } from '../text/measures.ts'
import { plainText, shortened } from '../text/plain-text.ts'
import { problemText } from '../text/problem.ts'
import {
  type ControlName,
  CONTROLS,
  type ControlState,
  type Counts,
  type DeviceRecord,
  sameStates,
  type UserChecks,
} from '../verify/controls.ts'

export const LABELS: Readonly<Record<ControlName, string>> = {
  access_tokens: 'Access tokens',
  sessions: 'Sessions',
  seat: 'Seat',
  devices: 'Devices',
  warp_session: 'WARP session',
}

export interface ToldControl {
  readonly name: ControlName
  readonly label: string
  readonly state: ControlState
  readonly counts: Counts
  readonly phrase: string
  readonly detail: string
}

export function warningsOf(outcome: Outcome): string[] {
  return checksOf(outcome)?.warnings.map(problemText) ?? []
}

export function toldControls(outcome: Outcome, options: Options): ToldControl[] {
  const checks = checksOf(outcome) ?? { controls: sameStates(options, 'not_requested'), warnings: [] }
  return CONTROLS.map((name) => ({
    name,
    label: LABELS[name],
    state: checks.controls[name],
    ...textsOf(name, checks, outcome.status === 'would_revoke', options.maskEmails),
  }))
}

const NONE = { counts: {}, phrase: '', detail: '' }
const SEATS = {
  removed: 'seat freed',
  none: 'no seat to free',
  failed: 'seat not freed',
  not_done: 'seat left untouched',
}

function textsOf(
  name: ControlName,
  { sessions, devices, seat, controls }: UserChecks,
  isDry: boolean,
  masked: boolean,
): Pick<ToldControl, 'counts' | 'phrase' | 'detail'> {
  switch (name) {
    case 'sessions': {
      if (sessions === undefined) return NONE
      const { before, after } = sessions
      if (after === undefined)
        return {
          ...NONE,
          counts: sessions,
          phrase: isDry && before !== undefined ? quantity(before, 'active session') : '',
        }
      const start = before === undefined ? '' : `${quantity(before, 'session')} before, `
      const end = after === 0 ? 'no sessions left' : `${quantity(after, 'session')} after`
      return { counts: sessions, phrase: `${start}${end}`, detail: '' }
    }
    case 'seat': {
      if (seat === undefined) return NONE
      const phrase = seat.wouldFree === true ? 'would free the seat' : SEATS[seat.state]
      return { counts: {}, phrase, detail: phrase }
    }
    case 'devices': {
      if (devices === undefined) return NONE
      const { before, registrations } = devices
      const counts = ['verified', 'failed', 'not_known'].includes(controls.devices) ? devices : {}
      if (registrations === undefined)
        return {
          counts,
          detail: '',
          phrase: isDry && before !== undefined ? quantity(before, 'active device') : '',
        }
      const phrases = (['active', 'revoked', 'deleted'] as const).flatMap((status) => {
        const own = registrations.filter((each) => each.status === status)
        return own.length === 0
          ? []
          : [`${quantity(own.length, 'device')} ${status}: ${namesOf(own, masked).join(', ')}`]
      })
      return {
        counts: devices,
        phrase: phrases.length === 0 ? 'no devices' : phrases.join('; '),
        detail: phrases.join('; '),
      }
    }
    case 'access_tokens':
    case 'warp_session':
      return NONE
  }
}

function namesOf(devices: readonly DeviceRecord[], masked: boolean): string[] {
  return devices.map(({ id, name = id }, index) =>
    masked
      ? `device ${index + 1} of ${devices.length}`
      : `"${shortened(plainText(name), 80).replaceAll('"', "'")}"`,
  )
}

export function factsOf(outcome: Outcome): object {
  const checks = checksOf(outcome)
  if (checks === undefined) return {}
  const { accountUserIds, verification, verifiedAt, sessions, devices, seat } = checks
  return {
    ...(accountUserIds && { account_user_ids: [...accountUserIds] }),
    ...(verification && outcome.status !== 'skipped' && { verification }),
    ...(verifiedAt !== undefined && { verified_at: isoTime(verifiedAt) }),
    ...(sessions?.before !== undefined && { sessions_before: sessions.before }),
    ...(sessions?.after !== undefined && { sessions_after: sessions.after }),
    ...(devices?.before !== undefined && { devices_before: devices.before }),
    ...(devices?.after !== undefined && { devices_after: devices.after }),
    ...(devices?.registrations && {
      devices: devices.registrations.map(({ id, name, registrationType, status, revokedAt }) => ({
        id,
        name,
        registration_type: registrationType,
        status,
        revoked_at: revokedAt === undefined ? null : isoTime(revokedAt),
      })),
    }),
    ...(seat && {
      seat: seat.state,
      seat_flags_after: seat.seats.map(({ seat_uid, access_seat, gateway_seat }) => ({
        seat_uid,
        access_seat,
        gateway_seat,
      })),
    }),
  }
}
