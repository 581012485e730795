import { test } from '@jest/globals'
import { answered, TEST_USER } from './acceptance-scene.ts'
import { expectContradicted, type FalseAssumption, TIMEOUT } from './false-assumption.ts'

const NOT_REVOKED = { ...answered(false), applied: true } as const

const WORLDS: Readonly<Record<string, FalseAssumption>> = {
  'a revocation that is answered false': {
    rows: ['revocation_true'],
    hidden: ['devices_left'],
    faults: () => [{ operation: 'revoke_user', email: TEST_USER, times: 1, fault: NOT_REVOKED }],
  },
  'sessions that stay': {
    rows: ['sessions_end'],
    hidden: ['revocation_letter_case', 'revocation_again'],
    user: { stickySessions: 1 },
    withoutWaits: true,
  },
  'addresses whose letter case matters': {
    rows: ['revocation_letter_case', 'email_filter_letter_case'],
    world: { caseSensitive: true },
    withoutWaits: true,
  },
  'a second revocation that is answered false': {
    rows: ['revocation_again'],
    faults: () => [{ operation: 'revoke_user', email: TEST_USER, after: 1, fault: NOT_REVOKED }],
  },
  'an unknown address that is refused': { rows: ['unknown_address'], world: { unknownUsers: 'refused' } },
  'an unknown address that is answered false': {
    rows: ['unknown_address'],
    world: { unknownUsers: 'result_false' },
  },
  'devices that are revoked without `devices`': {
    rows: ['devices_left'],
    hidden: ['devices_revoked'],
    flags: ['--devices'],
    // They are read by both IDs, before and after the revocation.
    faults: () => [{ operation: 'list_registrations', after: 2, times: 2, fault: answered([]) }],
  },
  'devices that are ignored': {
    rows: ['devices_revoked'],
    flags: ['--devices'],
    world: { devicesIgnored: true },
    withoutWaits: true,
  },
  'a seat that stays': {
    rows: ['seat_freed'],
    hidden: ['seat_registrations'],
    flags: ['--seat'],
    world: { seatsStay: true },
    withoutWaits: true,
  },
  'registrations that outlive the seat': {
    rows: ['seat_registrations'],
    flags: ['--seat'],
    world: { registrationsStay: true },
    withoutWaits: true,
  },
}

test.concurrent.each(Object.entries(WORLDS))(
  '%s',
  async (_name, world) => {
    await expectContradicted(world)
  },
  TIMEOUT,
)
