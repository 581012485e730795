import * as v from 'valibot'
import { Seat } from '../../src/cloudflare/records.ts'
import type { SeatEvidence } from './acceptance-run.ts'
import { type Assumption, confirmed, contradicted, notSeen } from './assumption.ts'
import { answerText, isConclusive, resultOf } from './recorded-answer.ts'
import { NOT_READ } from './registration-assumptions.ts'
import { isRead, ownOf } from './registrations.ts'

/** Assumptions about seats. */
export const SEAT_ASSUMPTIONS: readonly Assumption[] = [
  {
    id: 'seat_freed',
    text: 'A seat with `access_seat` and `gateway_seat` false is answered with both false.',
    judge: ({ settings, seat }) => {
      if (!settings.seat) return notSeen('not requested (--seat)')
      if (seat === undefined) return notSeen('the test user had no seat')
      if (!isConclusive(seat.answer)) return notSeen(answerText(seat.answer))
      const freed = freedSeats(seat)
      const seen = `${answerText(seat.answer)}, ${freed} of ${seat.seatUids.length} seats`
      return freed === seat.seatUids.length ? confirmed(seen) : contradicted(seen)
    },
  },
  {
    id: 'seat_registrations',
    text: "Freeing a seat deletes the user's device registrations.",
    judge: ({ settings, seat, user }) => {
      if (!settings.seat) return notSeen('not requested (--seat)')
      if (seat === undefined) return notSeen('the test user had no seat')
      const before = ownOf(seat.registrationsBefore, user).length
      if (before === 0) return notSeen('no device registration was listed before')
      if (!isRead(seat.registrationsAfter)) return notSeen(NOT_READ)
      if (freedSeats(seat) === 0) return notSeen('the seat was not freed')
      const after = ownOf(seat.registrationsAfter, user).length
      return after === 0 ? confirmed(`${before} deleted`) : contradicted(`${after} of ${before} still listed`)
    },
  },
]

/** The number of seats that the answer shows as free. */
function freedSeats({ answer, seatUids }: SeatEvidence): number {
  return (resultOf(answer, v.array(Seat)) ?? []).filter(
    ({ seat_uid: uid, access_seat: access, gateway_seat: gateway }) =>
      seatUids.includes(uid ?? '') && access === false && gateway === false,
  ).length
}
