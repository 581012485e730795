import { expect, test } from '@jest/globals'
import { Scene } from '../support/scene.ts'
import { read } from '../support/inputs.ts'

const BOSS = { 'protected-users': 'Boss@example.com\n owner@example.com, ' }
const CSV = {
  'l.csv': 'email,revoke_after\nboss@example.com,now\na@example.com,now\nowner@example.com,2999-12-31\n',
}

test('a protected user who is due stops the run, whether listed in a file or in `email`', async () => {
  expect((await read({ ...BOSS, email: 'a@example.com, BOSS@example.com' })).problems).toEqual([
    'email:2: "BOSS@example.com" is due, but is one of `protected-users`. Find out whether the user leaves. If not, remove the user from the list.',
  ])
  for (const dryRun of ['false', 'true', 'offline']) {
    const inputs = { ...BOSS, email: null, 'users-file': 'l.csv', 'dry-run': dryRun }
    expect((await read(inputs, {}, CSV)).problems).toEqual([
      'l.csv:2: "boss@example.com" is due, but is one of `protected-users`. Find out whether the user leaves. If not, remove the user from the list.',
    ])
  }
})

test('with `bad-rows: skip` the user fails without a request, and the others go ahead', async () => {
  await using scene = await Scene.open()
  const result = await scene.runSource(
    { ...BOSS, email: null, 'users-file': '../temp/l.csv', 'bad-rows': 'skip' },
    { files: { '../temp/l.csv': CSV['l.csv'] } },
  )
  expect(result.exitCode).toBe(1)
  expect(scene.api.requests).toHaveLength(1)
  expect(scene.api.requests[0]?.body).toMatchObject({ email: 'a@example.com' })
  expect(result.outputs).toMatchObject({ 'revoked-count': '1', 'failed-count': '1', failed: '[]' })
  expect(result.errors.join('\n')).toMatch(
    /l\.csv:2.* "boss@example\.com" is due, but is one of `protected-users`/,
  )
})

test('an address that Cloudflare may take for a protected one is protected, too', async () => {
  const { problems } = await read({ 'protected-users': 'Ünï@example.com', email: 'ünï@example.com' })
  expect(problems).toEqual([expect.stringMatching(/is one of `protected-users`/)])
})

test('an entry that is not an address is an error', async () => {
  expect((await read({ 'protected-users': 'owner@example.com, boss' })).problems).toEqual([
    '`protected-users`, entry 2: "boss" is not an email address like user@example.com.',
  ])
})

test('`none` protects nobody', async () => {
  expect((await read({ 'protected-users': 'None' })).problems).toEqual([])
})
