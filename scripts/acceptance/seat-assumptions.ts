import * as v from 'valibot'
import { type Assumption, confirmed, contradicted, notSeen } from './assumption.ts'
import type { SeatEvidence } from './evidence.ts'
import { isRead, NOT_READ } from './registration-assumptions.ts'
import { ownOf } from './registrations.ts'
import { answerText, isTelling, resultOf } from './seen-answer.ts'

const Seats = v.array(v.object({ seat_uid: v.string(), access_seat: v.boolean(), gateway_seat: v.boolean() }))

/** What is assumed of seats. */
export const SEAT_ASSUMPTIONS: readonly Assumption[] = [
  {
    id: 'seat_freed',
    text: 'A seat with `access_seat` and `gateway_seat` false is answered with both false.',
    judge: ({ asked, seat }) => {
      if (!asked.seat) return notSeen('not asked for (--seat)')
      if (seat === undefined) return notSeen('the test user had no seat')
      if (!isTelling(seat.answer)) return notSeen(answerText(seat.answer))
      const freed = freedSeats(seat)
      const seen = `${answerText(seat.answer)}, ${freed} of ${seat.seatUids.length} seats`
      return freed === seat.seatUids.length ? confirmed(seen) : contradicted(seen)
    },
  },
  {
    id: 'seat_registrations',
    text: "Freeing a seat deletes the user's device registrations.",
    judge: ({ asked, seat, user }) => {
      if (!asked.seat) return notSeen('not asked for (--seat)')
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

/** How many of the seats the answer shows as free. */
function freedSeats({ answer, seatUids }: SeatEvidence): number {
  return (resultOf(answer, Seats) ?? []).filter(
    ({ seat_uid: uid, access_seat: access, gateway_seat: gateway }) =>
      seatUids.includes(uid) && !access && !gateway,
  ).length
}
