import { expect, test } from '@jest/globals'
import { reportOf } from '../support/report.ts'
import { LEAVER, REFUSED, Scene, type With } from '../support/scene.ts'

/** Devices that cannot be listed by the only ID that the users show. */
const HIDDEN = { registrationUserId: 'uid', absentUserFields: ['uid'] } as const
const NOT_EVEN_COUNTED = { ...HIDDEN, absentUserFields: ['uid', 'active_device_count'] } as const
const DEVICES: With = { verify: 'true', devices: 'true', 'request-timeout': '300' }

test.concurrent('hidden devices: an empty list beside a count proves nothing', async () => {
  await using scene = await Scene.openWithoutWaits({ world: HIDDEN })
  const result = await scene.run(DEVICES)
  expect(result.exitCode).toBe(1)
  expect(result.errors[0]).toMatch(/counted 2 active devices of the user, but listed none/)
  const [user] = reportOf(result).users
  expect(user).toMatchObject({ status: 'failed', verification: 'not_done', devices_before: 2 })
  expect(user).not.toHaveProperty('devices_after')
  expect(user).not.toHaveProperty('devices')
})

test.concurrent('hidden devices: an empty list without a count proves nothing', async () => {
  await using scene = await Scene.openWithoutWaits({ world: NOT_EVEN_COUNTED })
  const result = await scene.run(DEVICES)
  expect(result.exitCode).toBe(1)
  expect(result.errors[0]).toMatch(/listed no devices and gave no count of them/)
  const [user] = reportOf(result).users
  expect(user).toMatchObject({ status: 'failed', verification: 'not_done' })
  for (const fact of ['devices_before', 'devices_after', 'devices']) expect(user).not.toHaveProperty(fact)
})

test.concurrent('hidden devices: a dry run does not say that there are none', async () => {
  await using scene = await Scene.openWithoutWaits({ world: HIDDEN })
  const result = await scene.run({ ...DEVICES, 'dry-run': 'true' })
  expect(result.log).toContain(`${LEAVER}: would be revoked (3 active sessions; 2 active devices).`)
  expect(result.summary).not.toContain('no devices')
})

test.concurrent('devices that were not read after the revocation are not called active', async () => {
  await using scene = await Scene.openWithoutWaits()
  scene.inject({ operation: 'list_registrations', after: 1, fault: REFUSED })
  const result = await scene.run(DEVICES)
  expect(result.exitCode).toBe(1)
  const [user] = reportOf(result).users
  expect(user).toMatchObject({ status: 'failed', verification: 'not_done', devices_before: 2 })
  expect(user).not.toHaveProperty('devices')
  expect(result.summary).not.toContain('2 devices active')
})

test.concurrent('the bundle finds a device that was active before with its next owner', async () => {
  await using scene = await Scene.openWithoutWaits({ world: { registrationsChangeOwner: true } })
  scene.organization.addUser({ email: 'ann@example.com', devices: [{ sticky: true }] })
  const result = await scene.run({ ...DEVICES, email: 'ann@example.com' })
  expect(reportOf(result).users).toMatchObject([{ status: 'failed', verification: 'failed' }])
})
