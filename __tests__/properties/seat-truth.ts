import * as v from 'valibot'
import type { AccessUser } from '../../embedded-api/organization/organization.ts'
import type { RecordedRequest } from '../../embedded-api/server.ts'
import type { Run } from './run.ts'

const Changes = v.array(v.looseObject({ seat_uid: v.string() }))

/** The changes of the seats of some records that arrived, whatever was made of them. */
export function seatCallsOf({ requests }: Run, records: readonly AccessUser[]): RecordedRequest[] {
  const uids = records.flatMap(({ seat }) => seat.uid ?? [])
  return requests.filter(
    ({ operation, body }) =>
      operation === 'update_seats' &&
      v.is(Changes, body) &&
      body.some(({ seat_uid: uid }) => uids.includes(uid)),
  )
}

/**
 * Whether a record held a seat before the action ran, as far as the API shows it: a flag without the ID of the seat
 * shows it as well as an ID without flags.
 */
export function heldSeat({ before, trial: { world } }: Run, { id }: AccessUser): boolean {
  const absent = world.absentUserFields ?? []
  const { uid, access, gateway } = before.get(id)?.seat ?? { uid: undefined, access: false, gateway: false }
  const isShown =
    (uid !== undefined && !absent.includes('seat_uid')) ||
    (access && !absent.includes('access_seat')) ||
    (gateway && !absent.includes('gateway_seat'))
  return (access || gateway) && isShown
}
