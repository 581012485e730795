import { expect, test } from '@jest/globals'
import { reportOf } from '../support/report.ts'
import { NO_PERMISSION, Scene, type With } from '../support/scene.ts'

const SEAT: With = { 'remove-seat': 'true', email: 'leaver@example.com' }

test.concurrent('a token that may not free seats: tried once', async () => {
  await using scene = await Scene.open()
  scene.inject({
    operation: 'update_seats',
    fault: NO_PERMISSION,
  })
  const result = await scene.runSource({
    ...SEAT,
    email: 'leaver@example.com,intern@example.com',
    concurrency: '1',
  })
  expect(result.exitCode).toBe(1)
  expect(reportOf(result).users).toMatchObject([{ seat: 'failed' }, { seat: 'failed' }])
  expect(
    scene.api.requests.filter(({ operation }) => operation === 'update_seats').length,
  ).toBeLessThanOrEqual(2)
})

test.concurrent('a token that may not read users frees no seat', async () => {
  await using scene = await Scene.open()
  scene.inject({
    operation: 'list_users',
    fault: NO_PERMISSION,
  })
  const result = await scene.runSource(SEAT)
  expect(result.errors[0]).toMatch(
    /Revoked, but the seat was not freed: .*"Access: Audit Logs Read".* To leave seats as they are, remove `remove-seat`\./,
  )
})

test.concurrent('a token that may not read devices: the sessions are verified', async () => {
  await using scene = await Scene.openWithoutWaits()
  scene.inject({
    operation: 'list_registrations',
    fault: NO_PERMISSION,
  })
  const email = 'leaver@example.com,intern@example.com'
  const result = await scene.runSource({ email, verify: 'true', devices: 'true' })
  expect(result.errors[0]).toMatch(/"Zero Trust Read".* set `verify: sessions`\./)
  expect(reportOf(result).users).toMatchObject([{ sessions_after: 0 }, { sessions_after: 0 }])
})
