import { expect, test } from '@jest/globals'
import { Clock } from '../support/clock.ts'
import { reportOf } from '../support/report.ts'
import { NO_PERMISSION, Scene, type With } from '../support/scene.ts'

const DEVICES: With = { verify: 'true', devices: 'true', 'request-timeout': '300', email: 'ann@example.com' }

test.concurrent(
  'an empty list is not believed where only some records of the user have the kind of ID that was found',
  async () => {
    await using scene = await Scene.openWithoutWaits({ world: { registrationUserId: 'uid' } })
    const ann = scene.organization.addUser({ email: 'ann@example.com', devices: 1 })
    const [bob, other] = [1, 2].map(() => scene.organization.addUser({ email: 'bob@example.com' }))
    const listed = [ann, bob].map((user) => ({ id: user?.id, uid: user?.uid, email: user?.email }))
    const result = [...listed, { id: other?.id, email: 'bob@example.com' }]
    const body = { success: true, result, result_info: { total_count: 3 } }
    scene.inject({ operation: 'list_users', fault: { kind: 'answer', status: 200, body } })
    const run = await scene.runSource({ ...DEVICES, email: 'ann@example.com,bob@example.com' })
    expect(reportOf(run).users).toMatchObject([
      { status: 'revoked' },
      { status: 'failed', verification: 'not_done' },
    ])
  },
)

test.concurrent('a dry run names devices and seats, and is red where devices may not be read', async () => {
  await using scene = await Scene.open()
  scene.organization.addUser({ email: 'ann@example.com', seat: { access: false } })
  const email = 'leaver@example.com,ann@example.com'
  const dry = { ...DEVICES, 'dry-run': 'true', 'remove-seat': 'true', email }
  const result = await scene.runSource(dry)
  expect(result.log.join('\n')).toContain(
    `leaver@example.com: would be revoked (3 active sessions; a seat to free; 2 devices active: "leaver's laptop", "leaver's phone").`,
  )
  expect(result.log.at(-1)).toBe('Dry run: 2 users would be revoked; 1 has a seat to free.')
  expect(reportOf(result).users).toMatchObject([{ seat: 'not_done' }, { seat: 'none' }])
  expect(result.summary).toMatch(/seat to free/)
  scene.inject({ operation: 'list_registrations', fault: NO_PERMISSION })
  const refused = await scene.runSource(dry)
  expect(refused.exitCode).toBe(1)
  expect(refused.errors.join('\n')).toMatch(
    /"Zero Trust Read".* To verify only the sessions, set `verify: sessions`\./,
  )
})

test.concurrent(
  'with masked addresses, devices are numbered in log and summary, and named in the report',
  async () => {
    await using scene = await Scene.openWithoutWaits()
    const devices = [{ name: "ann's laptop" }, { name: "ann's phone", sticky: true }]
    scene.organization.addUser({ email: 'ann@example.com', devices })
    const result = await scene.runSource({ ...DEVICES, 'mask-emails': 'true' })
    expect(result.errors[0]).toMatch(/active devices are left after 90 s: device 1 of 1 \("[0-9a-f-]{36}"\)/)
    expect(result.summary).toMatch(/1 device active; 1 device revoked</)
    expect(`${result.stdout}${result.summary}`).not.toMatch(/laptop|phone/)
    expect(reportOf(result).users[0]?.devices?.map(({ name }) => name)).toEqual([
      "ann's phone",
      "ann's laptop",
    ])
  },
)

test.concurrent.each<[string, object, string]>([
  ['that was wrong', { world: { deviceCountOff: 1 } }, 'failed'],
  ['that has become lower since', {}, 'revoked'],
])('a count of devices %s is read again if it is older than the list', async (_name, options, status) => {
  const clock = new Clock()
  await using scene = await Scene.open(options, clock)
  const devices = status === 'revoked' ? [{ revokedAt: clock.now() + 30_000 }] : []
  scene.organization.addUser({ email: 'ann@example.com', devices })
  scene.inject({
    operation: 'list_registrations',
    times: 1,
    fault: { kind: 'rate_limited', retryAfter: '70' },
  })
  const result = await scene.runSource(DEVICES)
  expect(reportOf(result).users).toMatchObject([{ status }])
  expect(scene.api.requests.filter(({ operation }) => operation === 'list_users')).toHaveLength(4)
})
