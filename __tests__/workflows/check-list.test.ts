import { expect, test } from '@jest/globals'
import { sceneOf, leavers } from './scene.ts'

/** What a pull request from a fork gets in place of secrets. */
const NO_SECRETS = { CLOUDFLARE_ACCOUNT_ID: '', CLOUDFLARE_API_TOKEN: '', ALERT_WEBHOOK_URL: '' }

const scene = sceneOf('check-list.yml')

test('a list without mistakes passes, without secrets and without a request', async () => {
  const files = { 'leavers.csv': leavers() }
  const result = await scene.run({ event: 'pull_request', files, secrets: NO_SECRETS })
  expect(result.jobs).toEqual({ check: 'success' })
  expect(result.output).toContain('Offline check: 1 user ')
  expect(result.notices).toContain('contractor@example.com')
  expect(scene.api.requests).toEqual([])
})

test('a list with mistakes fails, and each is reported at its line of the file', async () => {
  const files = { 'leavers.csv': `${leavers()}typo,now,HR-4\nintern@example.org,2030-02-30,HR-5\n` }
  const result = await scene.run({ event: 'pull_request', files, secrets: NO_SECRETS })
  expect(result.jobs).toEqual({ check: 'failure' })
  expect(result.notices).toContain('::error file=leavers.csv,line=5::')
  expect(scene.api.requests).toEqual([])
})
