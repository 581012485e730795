import { expect, test } from '@jest/globals'
import { exampleText, type WorkflowResult } from './act.ts'
import { LEAVER, REFUSED, sceneOf } from './scene.ts'

const CONTRACTOR = { ...LEAVER, email: 'contractor@example.com' }

/** What concerns one user alone, on each of so many calls. */
const failing = (email: string, times: number) =>
  ({
    operation: 'revoke_user',
    email,
    times,
    fault: { kind: 'error', status: 400, code: 12130, message: '$(exit 3)`id`' },
  }) as const

const scene = sceneOf('retry-and-tickets.yml')

const run = (email: string, text?: string) => scene.runForm({ email }, { ...(text && { text }) })

const ticketsOf = ({ output }: WorkflowResult): string[] =>
  output.split('\n').filter((line) => line.startsWith('gh '))

test('if all users are revoked, there is no second attempt and no ticket', async () => {
  const result = await run('leaver@example.com, contractor@example.com')
  expect(result.jobs).toEqual({ revoke: 'success' })
  expect(result.steps).not.toHaveProperty('revoke: Try those who failed again')
  expect(scene.revoked()).toHaveLength(2)
})

test('only users who failed are tried again', async () => {
  scene.api.inject(failing('contractor@example.com', 1))
  const result = await run('leaver@example.com, contractor@example.com')
  expect(result.jobs).toEqual({ revoke: 'success' })
  expect(scene.revoked()).toEqual([LEAVER, CONTRACTOR])
})

test('a user who fails twice gets a ticket, with the address as data', async () => {
  const email = "o'neil+$HOME`id`&|@example.com"
  scene.api.organization.addUser({ email })
  scene.api.inject(failing(email, 2))
  scene.api.inject(failing('contractor@example.com', 2))
  const result = await run(JSON.stringify(['leaver@example.com', 'contractor@example.com', email]))
  expect(result.jobs).toMatchObject({ revoke: 'failure', tickets: 'success' })
  expect(ticketsOf(result)).toEqual([
    expect.stringMatching(
      /^gh \[issue\] \[create\] .*\[Revoke the Cloudflare Access of contractor@example\.com\]/,
    ),
    expect.stringContaining(`[Revoke the Cloudflare Access of ${email}]`),
  ])
  scene.expectAlert(result, 'Some users are not revoked from Cloudflare Access')
})

test('if GitHub drops the list of users, one ticket stands for all of them', async () => {
  scene.api.inject(failing('contractor@example.com', 2))
  const dropped = exampleText('retry-and-tickets.yml').replace(/^ {6}failed: .*$/m, "      failed: ''")
  const result = await run('leaver@example.com, contractor@example.com', dropped)
  expect(result.jobs).toMatchObject({ revoke: 'failure', tickets: 'success' })
  expect(ticketsOf(result)).toEqual([expect.stringContaining('users or rows named in the log: 1]')])
})

test('a failure that affects all users opens a ticket for each of them', async () => {
  scene.api.inject(REFUSED)
  const result = await run('leaver@example.com, contractor@example.com')
  expect(result.jobs).toMatchObject({ revoke: 'failure', tickets: 'success' })
  expect(ticketsOf(result)).toHaveLength(2)
})

test('if it is not known who failed, the job fails and alerts, and opens no ticket', async () => {
  const result = await run('nobody')
  expect(result.steps).not.toHaveProperty('revoke: Try those who failed again')
  expect(scene.api.requests).toEqual([])
  scene.expectAlert(result, 'Some users are not revoked from Cloudflare Access')
})

test('users unknown to the organization are pointed out', async () => {
  const result = await run('leaver@example.com, laever@example.com')
  expect(result.jobs).toEqual({ revoke: 'success' })
  expect(result.notices).toContain('Unknown to the organization - 1.')
})
