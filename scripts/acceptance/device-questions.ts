import * as v from 'valibot'
import { answerText, isConclusive, resultOf } from './account.ts'
import { CLOCK_TOLERANCE_MS, TIMEOUT_S } from './evidence.ts'
import { each, type Question } from './question.ts'
import { isSameAddress } from './test-user.ts'

const FreeSeat = v.looseObject({ access_seat: v.literal(false), gateway_seat: v.literal(false) })

/** About the test user's device registrations and seat. */
export const DEVICE_QUESTIONS: readonly Question[] = [
  {
    id: 'registration_user_id',
    text: '`user.id` of a device registration is the `id` or the `uid` of the Access user.',
    otherwise: 'The action finds no registrations, and verification of devices fails.',
    needs: ['registrations'],
    judge: ({ before, deviceCount }) => {
      if (before.own.length > 0) return [!before.kinds.includes('neither'), before.kinds.join(', ')]
      return deviceCount === 0 ? 'no device registration' : [false, 'neither lists the counted devices']
    },
  },
  {
    id: 'registration_owner',
    text: 'A device registration has the address of its user in `user.email`.',
    otherwise: 'The action tells owners apart by ID alone.',
    judge: ({ before: { own }, email }) =>
      each(own, (one) => isSameAddress(one.user.email ?? '', email), 'registrations'),
  },
  {
    id: 'registration_filter',
    text: 'The filter `user.id` of the list of device registrations returns no other users.',
    otherwise: 'Reading registrations takes longer.',
    judge: ({ before: { all, own } }) =>
      each(all, ({ id }) => own.some((one) => one.id === id), 'registrations'),
  },
  {
    id: 'registration_times',
    text: 'Times of a device registration are in RFC 3339 and can be true; otherwise, they are null or absent.',
    otherwise: 'The action does not accept that a registration is revoked, and verification fails.',
    judge: ({ before, kept, revoked }) =>
      each(
        [before, kept, revoked ?? kept].flatMap(({ own }) => own),
        ({ created_at: created, revoked_at, deleted_at }) =>
          [created, revoked_at, deleted_at]
            .flatMap((time) => (typeof time === 'string' ? Date.parse(time) : []))
            .every((time) => time >= Date.parse(created ?? '') && time <= Date.now() + CLOCK_TOLERANCE_MS),
        'registrations',
      ),
  },
  {
    id: 'device_count',
    text: 'A user has at least as many active device registrations as `active_device_count` says, and none if it is 0.',
    otherwise: 'Verification of devices fails, or an empty list is taken for none.',
    needs: ['registrations'],
    judge: ({ before: { active }, deviceCount: count }) => {
      if (count === undefined) return 'no `active_device_count`'
      if (count === 0 && active.length === 0) return 'no device registration'
      return [count > 0 && active.length >= count, `counted ${count}, listed ${active.length}`]
    },
  },
  {
    id: 'devices_left',
    text: 'A revocation without `devices` leaves the device registrations active.',
    otherwise: 'A step without `devices` revokes devices.',
    needs: ['registrations', 'device', 'confirmed'],
    judge: ({ before, kept }) => {
      const left = before.active.filter(({ id }) => kept.active.some((one) => one.id === id)).length
      return [left === before.active.length, `${left} of ${before.active.length} registrations left`]
    },
  },
  {
    id: 'devices_revoked',
    text: `With \`devices\`, each device registration has a \`revoked_at\` or is gone within ${TIMEOUT_S} seconds.`,
    otherwise: 'Verification of devices fails, or devices stay connected.',
    needs: ['devices', 'registrations', 'kept'],
    judge: ({ kept, revoked }) => {
      const left = kept.active.filter(({ id }) => revoked?.active.some((one) => one.id === id)).length
      const listed = kept.active.filter(({ id }) => revoked?.own.some((one) => one.id === id)).length
      return [left === 0, `${left} active, ${listed - left} revoked, ${kept.active.length - listed} gone`]
    },
  },
  {
    id: 'seat_freed',
    text: 'A seat with `access_seat` and `gateway_seat` false is answered with both false.',
    otherwise: 'The action reports seats as not removed that are.',
    needs: ['seat'],
    judge: ({ seat }) => {
      const isFree = resultOf(seat?.answer, v.pipe(v.array(FreeSeat), v.nonEmpty())) !== undefined
      return isConclusive(seat?.answer) ? [isFree, answerText(seat?.answer)] : answerText(seat?.answer)
    },
  },
  {
    id: 'seat_registrations',
    text: "Freeing a seat deletes the user's device registrations.",
    otherwise: 'With `remove-seat`, devices stay connected.',
    needs: ['seat', 'registrations'],
    judge: ({ kept, revoked = kept, seat }) => {
      const left = seat?.registrations.own.length ?? 0
      if (revoked.own.length === 0) return 'no device registration was listed before'
      if (resultOf(seat?.answer, v.array(FreeSeat)) === undefined) return 'the seat was not freed'
      return [left === 0, `${left} still listed`]
    },
  },
]
