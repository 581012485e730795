import * as v from 'valibot'
import { activeSessions } from '../../embedded-api/organization/access-user.ts'
import type { AccessUser, Session } from '../../embedded-api/organization/organization.ts'
import type { RecordedRequest } from '../../embedded-api/server.ts'
import type { ReportedUser, Run } from './run.ts'
import { DAY, START } from './trial.ts'
import {
  type Claim,
  heldSeat,
  isTrueAnswer,
  type Listed,
  recordReadsOf,
  recordsInAnyCase,
  recordsOf,
  revocationsOf,
  seatCallsOf,
  sessionReadsOf,
} from './truth.ts'

const FLAGS = ['seat_uid', 'access_seat', 'gateway_seat'] as const
const Seat = v.looseObject({ seat_uid: v.string(), access_seat: v.boolean(), gateway_seat: v.boolean() })
const Seats = v.object({ result: v.array(Seat) })

/** What the report says of the seat of a user, and when it was touched. */
export function claimsOfSeat(run: Run, user: ReportedUser): Claim[] {
  const { email, status, seat, seat_flags_after: flags = [] } = user
  const { options } = run.trial
  const all = recordsInAnyCase(run, email)
  const calls = seatCallsOf(run, all)
  const shown = calls.filter(isTrueAnswer).flatMap(({ answer }) => (v.is(Seats, answer) ? answer.result : []))
  const held = recordsOf(run, email).filter((record) => heldSeat(run, record))
  return [
    ['has a seat if it was to be freed', seat === undefined || options.removeSeat],
    [
      'has none left if revoked',
      status !== 'revoked' || !options.removeSeat || seat === 'removed' || seat === 'none',
    ],
    ['had no seat', seat !== 'none' || held.length === 0],
    [
      'had no seat within the last minute',
      seat !== 'none' || recordsOf(run, email).every((record) => isRecordFresh(run, record)),
    ],
    ['has a seat that was not touched', seat === 'removed' || seat === 'failed' || calls.length === 0],
    [
      'has the flags that were shown',
      flags.every((user) => shown.some((one) => FLAGS.every((flag) => one[flag] === user[flag]))),
    ],
    [
      'has all flags false',
      seat !== 'removed' ||
        held.every(({ seat: { uid } }) =>
          flags.some(
            (one) => one.seat_uid === uid && one.access_seat === false && one.gateway_seat === false,
          ),
        ),
    ],
    ...calls.flatMap((call) => claimsOfSeatCall(run, user, call)),
  ]
}

/** Whether a record was read not more than a minute before its sessions were, which precedes the look at its seat. */
function isRecordFresh(run: Run, record: AccessUser): boolean {
  const readAt = recordReadsOf(run, record).at(-1)?.answeredAt ?? START
  const sessionsReadAt = sessionReadsOf(run, record.id).at(-1)?.receivedAt ?? readAt
  return sessionsReadAt - readAt <= 61_000
}

/** A seat is freed after the revocation and the proof, and not for a user who came back. */
function claimsOfSeatCall(
  run: Run,
  { email, status, revocation, verification }: ReportedUser,
  call: RecordedRequest,
): Claim[] {
  const { options } = run.trial
  const confirmed = revocationsOf(run, email).findLast(
    (request) => isTrueAnswer(request) && (request.answeredAt ?? Infinity) <= call.receivedAt,
  )
  const sessions = recordsOf(run, email).flatMap(
    (record) => sessionsBefore(run, record, call, confirmed) ?? [],
  )
  const looked = recordsOf(run, email).every(
    (record) => sessionsBefore(run, record, call, confirmed) !== undefined,
  )
  const { dateSkewMs = 0 } = run.trial.world
  // What is new is judged by the `Date` of the answer; one that is ahead makes new sessions look old.
  const isNew = (session: Session): boolean =>
    session.issuedAt * 1_000 > (confirmed?.answeredAt ?? 0) + Math.max(0, dateSkewMs)
  return [
    ['lost the seat in no dry run', !options.dryRun],
    ['lost the seat after the revocation', confirmed !== undefined && revocation === 'confirmed'],
    ['lost the seat being known and due', status === 'revoked' || status === 'failed'],
    ['lost the seat after a look at the sessions', looked],
    ['lost the seat with the sessions gone', options.verify === false || sessions.length === 0],
    ['lost the seat without having come back', !sessions.some(isNew)],
    ['lost the seat being proven', options.verify !== 'sessions' || verification === 'passed'],
  ]
}

/** The sessions that the last look between a revocation and another call showed; undefined: there was no look. */
function sessionsBefore(
  run: Run,
  record: AccessUser,
  call: RecordedRequest,
  revocation: RecordedRequest | undefined,
): Session[] | undefined {
  const { propagationMs, world } = run.trial
  const look = sessionReadsOf(run, record.id).findLast(
    ({ receivedAt, answeredAt = Infinity }) =>
      receivedAt >= (revocation?.answeredAt ?? 0) && answeredAt <= call.receivedAt,
  )
  if (look?.answeredAt === undefined) return undefined
  return activeSessions(record, look.answeredAt, propagationMs, world.apartMs).filter(
    ({ issuedAt }) => issuedAt * 1_000 <= look.receivedAt,
  )
}

/** Claims about logins after the date and devices that the step leaves. */
export function claimsAboutLeftovers(run: Run, { timing, revokeAfter }: Listed, user: ReportedUser): Claim[] {
  const { options, world } = run.trial
  const { email, status, warnings = [] } = user
  const absent = world.absentUserFields ?? []
  const records = recordsOf(run, email)
  const logins = records.flatMap(({ id }) => run.before.get(id)?.lastLogin ?? [])
  const login = absent.includes('last_successful_login') ? 0 : Math.max(0, ...logins)
  const devices = records.reduce((sum, { id }) => sum + (run.before.get(id)?.devices ?? 0), 0)
  const count = absent.includes('active_device_count') ? 0 : devices
  const isProven = status === 'revoked' && options.verify !== false
  const signedInSince = isProven && revokeAfter !== undefined && login > revokeAfter
  const isRecent = login >= START + (world.dateSkewMs ?? 0) - DAY
  const isReadable = world.lastLoginText === undefined
  const keepsComing = signedInSince && isReadable && login > revokeAfter + DAY && isRecent
  return [
    ['has a warning about the login after the date', !signedInSince || warnings.length > 0],
    ['signed in a day later, which is allowed', !keepsComing || options.signedInAgain === 'warn'],
    [
      'has a warning about devices that are left',
      !isProven || options.devices || count === 0 || warnings.length > 0,
    ],
    ['was left alone without a warning', timing !== 'past' || warnings.length === 0],
  ]
}
