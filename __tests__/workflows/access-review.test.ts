import { expect, test } from '@jest/globals'
import { LEAVER, PUBLIC, sceneOf, dateIn, dispatch } from './scene.ts'

const ALERT = 'An access review found users on no list, or failed'
/** Everyone in the organization but one. */
const STAFF = `email,revoke_after\n${LEAVER.email},${dateIn(-1)}\ncontractor@example.com,${dateIn(5)}\ncolleague@example.com,\n`
const FORGOTTEN = 'intern@example.com'

const scene = sceneOf('access-review.yml')

test.each(['schedule', 'workflow_dispatch'])(
  'if everyone is listed, it changes nothing, on %s',
  async (event) => {
    const files = { 'staff.csv': `${STAFF}${FORGOTTEN},\n` }
    const result = await scene.run({ event, files })
    expect(result.jobs).toEqual({ review: 'success' })
    expect(scene.revoked()).toEqual([])
    expect(scene.outside.alerts).toEqual([])
  },
)

test('a user on no list is named and not revoked, the report is attested and kept, and the job alerts', async () => {
  const files = { 'staff.csv': STAFF }
  const result = await scene.run({ event: 'schedule', files })
  expect(result.notices).toContain(FORGOTTEN)
  expect(scene.revoked()).toEqual([])
  expect(result.output).toContain('would attest report.json with 0 revoked')
  expect(result.output).toContain('would upload access-review: report.json')
  scene.expectAlert(result, ALERT)
})

test('a list that is not one of the whole staff names no one, and fails', async () => {
  const files = { 'staff.csv': `email,revoke_after\n${LEAVER.email},${dateIn(-1)}\n` }
  const result = await scene.run({ event: 'schedule', files })
  expect(result.notices).not.toContain(FORGOTTEN)
  scene.expectAlert(result, ALERT)
})

test('a public repository keeps no report', async () => {
  const payload = { ...dispatch({}), ...PUBLIC }
  const files = { 'staff.csv': `${STAFF}${FORGOTTEN},\n` }
  const result = await scene.run({ event: 'schedule', payload, files })
  expect(result.jobs).toEqual({ review: 'success' })
  expect(result.output).not.toMatch(/would (?:attest|upload)/)
})
