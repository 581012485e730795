import { expect, test } from '@jest/globals'
import type { NewUser } from '../../embedded-api/organization/access-user.ts'
import type { FaultRule } from '../../embedded-api/server.ts'
import type { World } from '../../embedded-api/world.ts'
import { reportOf } from '../support/report.ts'
import { addresses, NO_PERMISSION, REFUSED, Scene, type With } from '../support/scene.ts'

/** All users of the embedded organization. */
const DEMO = ['leaver', 'contractor', 'intern', 'colleague'].map((name) => `${name}@example.com`)

/** A review by an of the whole staff, with dates. */
const REVIEW: With = {
  email: null,
  'users-file': 'staff.csv',
  'blank-date': 'not-due',
  verify: 'true',
  'dry-run': 'true',
  'not-listed': 'fail',
  'request-timeout': '300',
}

/** The warning of every run: the API is not Cloudflare's. */
const ELSEWHERE: unknown = expect.stringContaining("which is not Cloudflare's")

/** The files of a step whose list has these rows, each an address and perhaps a date after a comma. */
function staff(...rows: readonly string[]): { files: Record<string, string> } {
  const cells = rows.map((row) => (row.includes(',') ? row : `${row},`))
  return { files: { 'staff.csv': ['email,revoke_after', ...cells, ''].join('\n') } }
}

/** The addresses that the report names. */
function namedIn(result: Parameters<typeof reportOf>[0]): string[] | undefined {
  return reportOf(result).not_listed?.map(({ email }) => email)
}

const DAY = 24 * 3_600_000
/** The rate limit leaves no room for longer than a run waits. */
const HELD = { kind: 'rate_limited', retryAfter: '9999' } as const
const HAS_NOTHING = { seat: { access: false }, sessions: 0, lastLoginAt: null } as const

test.concurrent('every kind of row counts, and so do `email` and `protected-users`', async () => {
  await using scene = await Scene.openWithoutWaits()
  const listed = {
    'Due@example.com': 'Due@example.com,Left,now,',
    'later@example.com': 'LATER@example.com,Left,2060-01-01,',
    'past@example.com': 'past@example.com,Left,2020-01-01,',
    'stays@example.com': 'stays@example.com,Left,,',
    'other.rows@example.com': 'Other.Rows@Example.com,Active,now,',
    'bad.date@example.com': 'bad.date@example.com,Left,someday,',
    'two@example.com': 'one@example.com two@example.com,Left,now,',
    'long@example.com': 'long@example.com,Left,now,,x',
  }
  const others = ['in.email@example.com', 'Protected@Example.com', '\u212Aate@example.com']
  for (const email of [...Object.keys(listed), ...others]) scene.organization.addUser({ email })
  const rows = [...DEMO.map((email) => `${email},Active,,`), ...Object.values(listed)]
  const result = await scene.runSource(
    {
      ...REVIEW,
      email: 'IN.EMAIL@example.com',
      'only-rows': 'Status = Left',
      'bad-rows': 'skip',
      'protected-users': 'protected@example.com, kate@example.com',
    },
    { files: { 'staff.csv': ['email,Status,revoke_after,', ...rows, ''].join('\n') } },
  )
  expect(result.outputs).toMatchObject({ 'not-listed-count': '0', 'failed-count': '3' })
  expect(namedIn(result)).toEqual([])
  expect(result.log.join('\n')).toContain('Every active user of the organization is on a list')
  expect(result.summary).toContain('Every active user of the organization is on a list')
})

test.concurrent('only users with a device, a seat, or a recent login are named, devices first', async () => {
  await using scene = await Scene.openWithoutWaits()
  const { organization } = scene
  const add = (name: string, more: Partial<NewUser>): unknown =>
    organization.addUser({ email: `${name}@example.com`, ...HAS_NOTHING, ...more })
  const now = Date.now()
  add('login', { lastLoginAt: now - 29 * DAY })
  add('latest', { lastLoginAt: now - DAY })
  add('gateway', { seat: { access: false, gateway: true } })
  add('device', { devices: 2 })
  add('old', { lastLoginAt: now - 31 * DAY })
  add('nothing', {})
  // Several records with one address are one user.
  add('Device', { lastLoginAt: now - DAY })
  for (const email of addresses(5)) organization.addUser({ email })
  const result = await scene.runSource({ ...REVIEW, 'not-listed': 'warn' }, staff(...DEMO, ...addresses(5)))
  expect(result.exitCode).toBe(0)
  expect(reportOf(result).not_listed).toMatchObject([
    { email: 'device@example.com', active_devices: 2, seat: false },
    { email: 'gateway@example.com', active_devices: 0, seat: true },
    { email: 'latest@example.com' },
    { email: 'login@example.com', last_login: new Date(now - 29 * DAY).toISOString() },
  ])
  expect(result.warnings).toEqual([
    ELSEWHERE,
    expect.stringContaining(
      'No one is due (9 stay). 4 users are on no list: add those who left to the list (`now` revokes), and the others to `protected-users` or to the export.',
    ),
  ])
  expect(result.log).toContainEqual(
    expect.stringMatching(
      /^device@example\.com is on no list: 2 active devices, last login 20\S+ \S+ UTC\.$/,
    ),
  )
  expect(result.summary).toContain('<td><code>gateway@example.com</code></td><td>seat</td>')
})

test.concurrent('a last login that cannot be read counts as recent', async () => {
  await using scene = await Scene.openWithoutWaits({ world: { lastLoginText: 'yesterday' } })
  const lastLoginAt = Date.now() - 100 * DAY
  scene.organization.addUser({ email: 'odd@example.com', ...HAS_NOTHING, lastLoginAt })
  const result = await scene.runSource(REVIEW, staff(...DEMO))
  expect(namedIn(result)).toEqual(['odd@example.com'])
  expect(result.log).toContain('odd@example.com is on no list: last login not known.')
})

test.concurrent('look-alikes of listed users are others', async () => {
  await using scene = await Scene.openWithoutWaits()
  scene.organization.addUser({ email: 'lea\u212Aver@example.com' })
  const result = await scene.runSource(REVIEW, staff(...DEMO, 'leakver@example.com'))
  expect(namedIn(result)).toEqual(['lea\u212Aver@example.com'])
})

test.concurrent('only that someone is on no list makes a run red: `revoked` stays true', async () => {
  await using scene = await Scene.openWithoutWaits()
  scene.organization.addUser({ email: 'forgotten@example.com' })
  const rows = ['leaver@example.com,now', ...DEMO.slice(1)]
  const result = await scene.runSource({ ...REVIEW, 'dry-run': 'false' }, staff(...rows))
  expect(result.exitCode).toBe(1)
  expect(result.outputs).toMatchObject({ revoked: 'true', 'failed-count': '0', 'not-listed-count': '1' })
  expect(result.errors).toEqual([
    expect.stringMatching(/^1 user revoked and verified.* 1 user is on no list: add those who left/),
  ])
  expect(result.summary).toMatch(/^<h3>❌ /)
  const revoked = scene.api.requests.filter(({ operation }) => operation === 'revoke_user')
  expect(revoked.map(({ body }) => body)).toEqual([{ email: 'leaver@example.com' }])
})

test.concurrent('with `mask-emails`, these addresses are registered and masked, too', async () => {
  await using scene = await Scene.openWithoutWaits()
  scene.organization.addUser({ email: 'forgotten@example.com', devices: 1 })
  const result = await scene.runSource({ ...REVIEW, 'mask-emails': 'true' }, staff(...DEMO))
  const shown = result.stdout.replace('::add-mask::forgotten@example.com\n', '')
  expect(shown).not.toBe(result.stdout)
  expect(`${shown}${result.summary}`).not.toContain('forgotten@')
  expect(result.log).toContainEqual(expect.stringMatching(/^f\*\*\*@example\.com is on no list: 1 active/))
  expect(result.summary).toContain('f***@')
  expect(namedIn(result)).toEqual(['forgotten@example.com'])
})

test.concurrent('addresses are no HTML and no workflow commands', async () => {
  // Cloudflare describes them as addresses.
  await using scene = await Scene.openWithoutWaits({ record: false })
  const hostile = ['<b>x</b>@example.com', '::error::x@example.com', 'a\n##[group]@example.com', 'no address']
  const users = hostile.map((email) => scene.organization.addUser({ email, name: '<i>x</i>\n::error::y' }))
  const result = await scene.runSource({ ...REVIEW, 'not-listed': 'warn' }, staff(...DEMO))
  expect(result).toMatchObject({ exitCode: 0, errors: [] })
  expect(namedIn(result)?.toSorted()).toEqual(hostile.toSorted())
  expect(result.stdout).not.toMatch(/##\[|^::error/m)
  expect(result.summary).not.toMatch(/<b>x|<i>/)
  expect(result.log).toContainEqual(expect.stringContaining(`${users[3]?.id ?? ''} is on no list: `))
})

test.concurrent('log and summary name a hundred, the report everyone', async () => {
  await using scene = await Scene.openWithoutWaits()
  const [known, forgotten] = [addresses(150), addresses(101).map((email) => `un${email}`)]
  for (const email of [...known, ...forgotten]) scene.organization.addUser({ email })
  const result = await scene.runSource(REVIEW, staff(...DEMO, ...known))
  expect(namedIn(result)).toHaveLength(101)
  expect(result.log.filter((line) => line.includes(' is on no list: '))).toHaveLength(100)
  expect(result.log).toContain('1 more user on no list: see the report.')
  expect(result.summary.match(/<code>unuser/g)).toHaveLength(100)
  expect(result.summary).toContain('1 more user: see the report.')
})

// What makes it unknown who is on no list names no one, and says why.

test.concurrent.each<[string, World, Omit<FaultRule, 'operation'>[], string]>([
  ['a user who vanishes', { vanishingUser: true, pageCap: 2 }, [], "One of Cloudflare's lists could not be"],
  [
    'counts that the records contradict',
    { counts: 'too_small', pageCap: 3 },
    [],
    "One of Cloudflare's lists",
  ],
  ['a page that is refused', { pageCap: 3 }, [{ after: 1, fault: REFUSED }], 'Cloudflare answered 400'],
  ['a permission that is missing', {}, [{ fault: NO_PERMISSION }], 'To do without, remove `not-listed`.'],
  ['a rate limit without end', {}, [{ fault: HELD }], 'The run was stopped first. Run the step again.'],
])('%s', async (_name, world, rules, why) => {
  await using scene = await Scene.openWithoutWaits({ world })
  scene.organization.addUser({ email: 'forgotten@example.com', devices: 1 })
  scene.inject(...rules.map((rule) => ({ operation: 'list_users', ...rule }) as const))
  const result = await scene.runSource(REVIEW, staff(...DEMO))
  expect(result.exitCode).toBe(1)
  expect(result.outputs['not-listed-count']).toBe('')
  expect(namedIn(result)).toBeUndefined()
  expect(result.errors.at(-1)).toContain('It is not known who is on no list: ')
  expect(result.errors.at(-1)).toContain(why)
  expect(`${result.stdout}${result.summary}`).not.toContain('forgotten@')
})

test.concurrent('a list of leavers alone', async () => {
  await using scene = await Scene.openWithoutWaits()
  const result = await scene.runSource(
    { ...REVIEW, 'protected-users': 'Intern@example.com' },
    staff('leaver@example.com,now'),
  )
  expect(result.outputs['not-listed-count']).toBe('2')
  scene.organization.addUser({ email: 'another@example.com' })
  const refused = await scene.runSource(
    { ...REVIEW, 'protected-users': 'Intern@example.com' },
    staff('leaver@example.com,now'),
  )
  expect(refused.exitCode).toBe(1)
  expect(namedIn(refused)).toBeUndefined()
  expect(refused.errors.at(-1)).toContain(
    'More than half of the active users of the organization are on none, so the lists are not of the whole staff. Set `users-file` to an export of everyone who may have access, or remove `not-listed`.',
  )
  expect(refused.stdout).not.toContain('colleague@')
})
