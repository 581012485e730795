import { expect, test } from '@jest/globals'
import type { WorkflowRun } from './act.ts'
import { dateIn, LEAVER, PUBLIC, sceneOf } from './scene.ts'

const ALERT = 'An access review found users on no list, or failed'
/** Everyone in the organization but one. */
const STAFF = `email,revoke_after\n${LEAVER.email},${dateIn(-1)}\ncontractor@example.com,${dateIn(5)}\ncolleague@example.com,\n`
const FORGOTTEN = 'intern@example.com'

const scene = sceneOf('access-review.yml')

const review = (csv: string, options: Partial<WorkflowRun> = {}) =>
  scene.run({ event: 'schedule', files: { 'staff.csv': csv }, ...options })

test.each(['schedule', 'workflow_dispatch'])(
  'if everyone is listed, it changes nothing, on %s',
  async (event) => {
    const result = await review(`${STAFF}${FORGOTTEN},\n`, { event })
    expect(result.jobs).toEqual({ review: 'success' })
    expect(scene.revoked()).toEqual([])
    expect(scene.outside.alerts).toEqual([])
  },
)

test('a user on no list is named and not revoked, the report is attested and kept, and the job alerts', async () => {
  const result = await review(STAFF)
  expect(result.notices).toContain(FORGOTTEN)
  expect(scene.revoked()).toEqual([])
  expect(result.output).toContain('would attest report.json with 0 revoked')
  expect(result.output).toContain('would upload access-review: report.json')
  scene.expectAlert(result, ALERT)
})

test('a list that is not one of the whole staff names no one, and fails', async () => {
  const result = await review(`email,revoke_after\n${LEAVER.email},${dateIn(-1)}\n`)
  expect(result.notices).not.toContain(FORGOTTEN)
  scene.expectAlert(result, ALERT)
})

test('a public repository keeps no report', async () => {
  const result = await review(`${STAFF}${FORGOTTEN},\n`, { payload: PUBLIC })
  expect(result.jobs).toEqual({ review: 'success' })
  expect(result.output).not.toMatch(/would (?:attest|upload)/)
})
