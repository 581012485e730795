import { expect, test } from '@jest/globals'
import type { World } from '../../embedded-api/world.ts'
import { reportOf } from '../support/report.ts'
import { Scene } from '../support/scene.ts'

/** Real milliseconds; long enough for the user to have signed in again by the API's clock when the sessions are read. */
const A_WHILE = 100

test.concurrent.each<[string, World]>([
  ['in milliseconds', { iatInMilliseconds: true }],
  ['not given', { absentSessionFields: ['metadata.iat'] }],
  ["later than the answer's own clock", { dateSkewMs: -7_200_000 }],
])('a session whose time is %s may be new: the seat is left alone', async (_name, world) => {
  await using scene = await Scene.openWithoutWaits({ world }, 30)
  scene.organization.addUser({ email: 'back@example.com', sessions: 0, signsInAgain: true })
  scene.inject({ operation: 'active_sessions', fault: { kind: 'delay', ms: A_WHILE } })
  const result = await scene.run({
    email: 'back@example.com',
    'remove-seat': 'true',
    'request-timeout': '300',
  })
  expect(result.exitCode).toBe(1)
  expect(result.errors[0]).toMatch(/the seat was not freed: the user may have signed in again/)
  expect(reportOf(result).users).toMatchObject([{ status: 'failed', seat: 'not_done' }])
  expect(scene.api.requests.some(({ operation }) => operation === 'update_seats')).toBe(false)
})
