import { expect, test } from '@jest/globals'
import {
  type Confirmation,
  type Control,
  type Finding,
  finding,
  lastReadOf,
  type LookedUp,
  NOTHING_SEEN,
} from '../../src/controls/control.ts'
import { checkControls } from '../../src/controls/controls.ts'
import { DEVICES } from '../../src/controls/devices.ts'
import { SEAT } from '../../src/controls/seat.ts'
import { user } from '../support/address.ts'
import { runContext } from '../support/run-context.ts'

const CONFIRMATION: Confirmation = {
  user: user('ann@example.com'),
  time: { date: 0, receivedAt: 0 },
  runningTime: 0,
  isLookUpLate: false,
  answers: [],
  login: () => Promise.resolve(undefined),
}
const lookedUp = (check: () => Promise<Finding>): LookedUp => ({ seen: NOTHING_SEEN, answers: [], check })

test('after an unexpected error with the seat, it counts as not freed', async () => {
  const controls = new Map<Control, LookedUp>([[SEAT, lookedUp(() => Promise.reject(new Error('a bug')))]])
  const results = await checkControls(controls, CONFIRMATION, true, runContext({ removeSeat: true }))
  expect(results.find(({ control }) => control === SEAT)).toMatchObject({
    state: 'not_known',
    problems: [{ what: 'Revoked, but the seat was not freed: The action failed unexpectedly' }],
  })
})

test('after an unexpected error with the devices, the result of the seat stays', async () => {
  const removed = { ...NOTHING_SEEN, facts: { seat: 'removed' } }
  const controls = new Map<Control, LookedUp>([
    [SEAT, lookedUp(() => Promise.resolve(finding('confirmed', removed)))],
    [DEVICES, lookedUp(() => Promise.reject(new Error('a bug')))],
  ])
  const run = runContext({ devices: true, removeSeat: true, verify: true })
  const results = await checkControls(controls, CONFIRMATION, true, run)
  expect(results.find(({ control }) => control === SEAT)).toMatchObject({
    state: 'confirmed',
    facts: { seat: 'removed' },
  })
  expect(results.find(({ control }) => control === DEVICES)).toMatchObject({
    state: 'not_known',
    problems: [{ what: 'Revoked, but not verified: The action failed unexpectedly' }],
  })
})

test('controls are verified as of the last read of any of them', () => {
  const readAt = (...times: readonly number[]): number | undefined =>
    lastReadOf([NOTHING_SEEN, ...times.map((time) => ({ ...NOTHING_SEEN, readAt: time }))])
  expect(readAt(2, 3, 1)).toBe(3)
  expect(readAt()).toBeUndefined()
})
