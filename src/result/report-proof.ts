import type { Device, SeatRemoval, Verification } from '../revocation/outcome.ts'
import { isoTime } from '../text/time.ts'

/** What was seen of a user's sessions and devices, as the report has it. */
export function verificationOf(verification: Verification | undefined): object {
  if (verification === undefined) return {}
  const { state, sessionsBefore, sessionsAfter, devicesBefore, devicesAfter, devices, verifiedAt, warnings } =
    verification
  return {
    verification: state,
    sessions_before: sessionsBefore,
    sessions_after: sessionsAfter,
    devices_before: devicesBefore,
    devices_after: devicesAfter,
    devices: devices?.map(deviceOf),
    verified_at: verifiedAt === undefined ? undefined : isoTime(verifiedAt),
    ...(warnings.length > 0 && { warnings }),
  }
}

function deviceOf({ id, name, type, state, revokedAt }: Device): object {
  return {
    id,
    name,
    registration_type: type,
    status: state,
    revoked_at: revokedAt === undefined ? null : isoTime(revokedAt),
  }
}

/** What became of a user's seat, as the report has it. */
export function seatOf(seat: SeatRemoval | undefined): object {
  return seat === undefined ? {} : { seat: seat.state, seat_flags_after: seat.flagsAfter }
}
