import * as v from 'valibot'
import { decisive, TIMEOUT_S } from './acceptance-run.ts'
import { answerText, isConclusive, isConfirmed, latestTime, resultOf } from './answer.ts'
import { DEVICE, each, type Question, REGISTRATIONS } from './question.ts'
import { isSameAddress } from './test-user.ts'

const FreeSeat = v.looseObject({ access_seat: v.literal(false), gateway_seat: v.literal(false) })

/** About the test user's device registrations and seat. */
export const DEVICE_QUESTIONS: readonly Question[] = [
  {
    id: 'registration_user_id',
    text: '`user.id` of a device registration is the `id` or the `uid` of the Access user.',
    otherwise: 'The action finds no registrations, and verification of devices fails.',
    needs: [REGISTRATIONS],
    judge: ({ before, user }) => {
      if (before.own.length > 0) return [!before.kinds.includes('neither'), before.kinds.join(', ')]
      return user.deviceCount === 0 ? 'no device registration' : [false, 'neither lists the counted devices']
    },
  },
  {
    id: 'registration_owner',
    text: 'A device registration has the address of its user in `user.email`.',
    otherwise: 'The action tells owners apart by ID alone.',
    judge: ({ before: { own }, user }) =>
      each(own, (one) => isSameAddress(one.user.email ?? '', user.email), 'registrations'),
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
    judge: ({ answers, before, kept, revoked }) =>
      each(
        [before, kept, ...(revoked ? [revoked] : [])].flatMap(({ own }) => own),
        ({ created_at: created, revoked_at, deleted_at }) =>
          [created, revoked_at, deleted_at]
            .flatMap((time) => (typeof time === 'string' ? Date.parse(time) : []))
            .every((time) => time >= Date.parse(created ?? '') && time <= latestTime(answers)),
        'registrations',
      ),
  },
  {
    id: 'device_count',
    text: 'A user has at least as many active device registrations as `active_device_count` says, and none if it is 0.',
    otherwise: 'Verification of devices fails, or an empty list is taken for none.',
    needs: [
      REGISTRATIONS,
      ({ user }) => user.deviceCount === undefined && 'no `active_device_count`',
      ({ user, before }) => user.deviceCount === 0 && before.active.length === 0 && 'no device registration',
    ],
    judge: ({ before: { active }, user: { deviceCount: count = 0 } }) => [
      count > 0 && active.length >= count,
      `counted ${count}, listed ${active.length}`,
    ],
  },
  {
    id: 'devices_left',
    text: 'A revocation without `devices` leaves the device registrations active.',
    otherwise: 'A step without `devices` revokes devices.',
    needs: [
      REGISTRATIONS,
      DEVICE,
      (e) => !isConfirmed(decisive(e).answer) && 'the revocation was not confirmed',
    ],
    judge: ({ before, kept }) => {
      const left = before.active.filter(({ id }) => kept.active.some((one) => one.id === id)).length
      return [left === before.active.length, `${left} of ${before.active.length} registrations left`]
    },
  },
  {
    id: 'devices_revoked',
    text: `With \`devices\`, each device registration has a \`revoked_at\` or is gone within ${TIMEOUT_S} seconds.`,
    otherwise: 'Verification of devices fails, or devices stay connected.',
    needs: [
      ({ revoked }) => revoked === undefined && 'not requested (--devices)',
      ({ revoked }) => revoked?.isRead === false && 'the device registrations could not be read',
      ({ kept }) => kept.active.length === 0 && 'the test user had no active device registration',
      ({ again }) => !isConfirmed(again.answer) && 'the revocation was not confirmed',
    ],
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
    needs: [
      ({ settings, seat }) => seat === undefined && (settings.seat ? 'no seat' : 'not requested (--seat)'),
      ({ seat }) => !isConclusive(seat?.answer) && answerText(seat?.answer),
    ],
    judge: ({ seat }) => [
      resultOf(seat?.answer, v.pipe(v.array(FreeSeat), v.nonEmpty())) !== undefined,
      answerText(seat?.answer),
    ],
  },
  {
    id: 'seat_registrations',
    text: "Freeing a seat deletes the user's device registrations.",
    otherwise: 'With `remove-seat`, devices stay connected.',
    needs: [
      ({ settings, seat }) => seat === undefined && (settings.seat ? 'no seat' : 'not requested (--seat)'),
      ({ kept, revoked }) => (revoked ?? kept).own.length === 0 && 'no device registration was listed before',
      ({ seat }) => resultOf(seat?.answer, v.array(FreeSeat)) === undefined && 'the seat was not freed',
      ({ seat }) => seat?.registrations.isRead === false && 'the device registrations could not be read',
    ],
    judge: ({ seat }) => [
      seat?.registrations.own.length === 0,
      `${seat?.registrations.own.length ?? 0} still listed`,
    ],
  },
]
