import { describe, expect, test } from '@jest/globals'
import { DEMO_ACCOUNT_ID, DEMO_TOKEN, DEMO_ZONE_ID } from '../../embedded-api/demo-organization.ts'
import { KEY, read } from '../support/inputs.ts'
import { Scene, type With } from '../support/scene.ts'

describe('a problem is reported with its remedy', () => {
  test.each<[string, With, RegExp]>([
    ['no address', { email: null }, /No user to revoke: set `email` or `users-file`/],
    ['an empty address', { email: '' }, /No user to revoke: set `email` or `users-file`/],
    ['no @', { email: 'leaver.example.com' }, /"leaver\.example\.com" is not an email address/],
    ['two @', { email: 'a@b@example.com' }, /is not an email address/],
    ['a name', { email: 'Leaver<leaver@example.com>' }, /contains angle brackets/],
    ['no domain', { email: 'leaver@example' }, /has no complete domain/],
    ['two dots', { email: 'leaver@example..com' }, /has no complete domain/],
    ['a dot at the end', { email: 'leaver@example.com.' }, /has no complete domain/],
    ['white space', { email: 'leaver @example.com' }, /contains white space/],
    ['a very long address', { email: `${'a'.repeat(250)}@example.com` }, /longer than 254 characters/],
    [
      'a zero-width space',
      { email: 'leaver\u200B@example.com' },
      /"leaver\\u\{200B\}@example\.com" contains an invisible or control character \(U\+200B\)/,
    ],
    ['a NUL', { email: 'leaver\u0000@example.com' }, /invisible or control character \(U\+0000\)/],
    ['a right-to-left override', { email: 'le\u202Eaver@example.com' }, /U\+202E/],
    ['a soft hyphen', { email: 'le\u00ADaver@example.com' }, /U\+00AD/],
    ['a Hangul filler', { email: 'leaver\u3164@example.com' }, /U\+3164/],
    ['a token as the address', { email: DEMO_TOKEN }, /something that looks like a credential|\*\*\*/],
    [
      'another token as the address',
      { email: 'cfat_0123' },
      /`email`: something that looks like a credential is not an email/,
    ],
    [
      'a UUID cut off',
      { 'user-uid': '0123' },
      /`user-uid` is "0123", not 32 hex characters, or 36 with hyphens/,
    ],
    [
      'a UUID with a hyphen too many',
      { 'user-uid': '01234567-0123-0123-0123-0123-45678901' },
      /`user-uid` is "0123.*", not 32 hex/,
    ],
    [
      'no target',
      { 'account-id': null },
      /set `account-id` \(or `zone-id`\), as in `account-id: \$\{\{ secrets\.CLOUDFLARE_ACCOUNT_ID \}\}`\. If you did, the secret is empty/,
    ],
    ['two targets', { 'zone-id': DEMO_ZONE_ID }, /`account-id` and `zone-id` exclude each other/],
    [
      'an account ID cut off',
      { 'account-id': DEMO_ACCOUNT_ID.slice(1) },
      /`account-id` is not 32 hex characters/,
    ],
    [
      'a zone that is a path',
      { 'account-id': null, 'zone-id': '../user' },
      /`zone-id` is not 32 hex characters/,
    ],
    ['no credential', { 'api-token': '' }, /set `api-token: .*the secret is empty or not available/],
    ['two credentials', { 'api-key': KEY }, /`api-token` excludes `api-email` and `api-key`/],
    ['a token and an address', { 'api-email': 'owner@example.com' }, /`api-token` excludes/],
    ['Bearer', { 'api-token': `Bearer ${KEY}` }, /begins with "Bearer": use the token alone/],
    ['a token in two halves', { 'api-token': 'abc def' }, /white space inside/],
    [
      'a Global API key as token',
      { 'api-token': 'cfk_0123' },
      /is a Global API key \(`cfk_…`\): create an API token instead/,
    ],
    ['a token with a quote mark', { 'api-token': '“abc”' }, /characters that no API token has/],
    ['a key without address', { 'api-token': null, 'api-key': KEY }, /`api-key` needs `api-email`/],
    [
      'an address without key',
      { 'api-token': null, 'api-email': 'owner@example.com' },
      /`api-email` needs `api-key`/,
    ],
    [
      'a bad address',
      { 'api-token': null, 'api-email': 'owner', 'api-key': KEY },
      /`api-email` is not an email address/,
    ],
    [
      'an address beyond ASCII',
      { 'api-token': null, 'api-email': 'öwner@example.com', 'api-key': KEY },
      /`api-email` is not an email address/,
    ],
    [
      'a token as key',
      { 'api-token': null, 'api-email': 'owner@example.com', 'api-key': 'cfut_0123' },
      /`api-key` is an API token/,
    ],
    [
      'a key with a space',
      { 'api-token': null, 'api-email': 'owner@example.com', 'api-key': 'a b' },
      /characters that no Global API key has/,
    ],
    [
      '`remove-seat` with a zone',
      { 'remove-seat': 'true', 'account-id': null, 'zone-id': DEMO_ZONE_ID },
      /^`remove-seat` needs `account-id`/,
    ],
    [
      'devices to verify with a key',
      { devices: 'true', verify: 'true', 'api-token': null, 'api-email': 'a@example.com', 'api-key': KEY },
      /^`verify: true` with `devices: true` needs `api-token`/,
    ],
    [
      '`verify` with a zone',
      { verify: 'true', 'account-id': null, 'zone-id': DEMO_ZONE_ID },
      /^`verify` needs `account-id`: Cloudflare lists/,
    ],
    ['a choice of two', { 'blank-date': 'stay' }, /^`blank-date` is "stay": use `stop` or `not-due`\.$/],
    ['an empty boolean', { devices: '' }, /`devices` is empty; .*`\$\{\{ … \|\| false \}\}`/],
    ['a boolean that is none', { 'dry-run': 'yes' }, /`dry-run` is "yes": use `true`, `false`, or `offline`/],
    [
      'an empty number',
      { 'max-attempts': '' },
      /`max-attempts` is empty; .*`\$\{\{ … \|\| 5 \}\}`.*from 1 to 10/,
    ],
    ['a number too small', { 'max-attempts': '0' }, /`max-attempts` is "0": use a whole number from 1 to 10/],
    [
      'a number too large',
      { 'request-timeout': '301' },
      /`request-timeout` is "301": use a whole number from 1 to 300/,
    ],
    ['no number', { 'request-timeout': '1e2' }, /`request-timeout` is "1e2"/],
    ['a misspelt input', { dry_run: 'true' }, /There is no input `dry_run`: write `dry-run`/],
    [
      'another',
      { warpsessionreauth: 'true' },
      /There is no input `warpsessionreauth`: write `warp-session-reauth`/,
    ],
    ['no URL', { 'api-base-url': 'api.cloudflare.com' }, /`api-base-url` is not a URL/],
    [
      'a URL with a password',
      { 'api-base-url': 'https://user:pa55@api.cloudflare.com' },
      /must not have a user name, password/,
    ],
    [
      'a URL with a query',
      { 'api-base-url': 'https://api.cloudflare.com/?a' },
      /must not have a user name, password/,
    ],
    ['http', { 'api-base-url': 'http://api.cloudflare.com' }, /must begin with https:\/\//],
    ['file', { 'api-base-url': 'file:///etc/passwd' }, /must begin with https:\/\//],
  ])('%s', async (_name, inputs, sentence) => {
    const { problems } = await read(inputs)
    expect(problems).toEqual([expect.stringMatching(sentence)])
    expect(problems.join()).not.toMatch(/pa55|0123456789abcdef01234$/)
    expect(problems.join()).not.toContain(DEMO_TOKEN)
  })
})

test('the bundle reports every problem at once, and nothing is sent', async () => {
  await using scene = await Scene.open()
  const result = await scene.run({
    email: 'nobody',
    'zone-id': DEMO_ZONE_ID,
    'api-key': 'abc',
    devices: 'yes',
    'max-attempts': '99',
  })
  expect(result.exitCode).toBe(1)
  expect(result.outputs).toEqual({
    revoked: 'false',
    'revoked-count': '0',
    'failed-count': '',
    'unknown-count': '',
    failed: '',
    report: expect.stringMatching(/report\.json$/),
  })
  expect(result.errors).toHaveLength(1)
  expect(result.errors[0]?.split('\n')).toEqual([
    'Nothing was sent. There are problems with the inputs:',
    expect.stringMatching(/^1\. `account-id` and `zone-id`/),
    expect.stringMatching(/^2\. `api-token` excludes/),
    expect.stringMatching(/^3\. `devices`/),
    expect.stringMatching(/^4\. `max-attempts`/),
    expect.stringMatching(/^5\. `email`/),
  ])
  expect(scene.api.requests).toHaveLength(0)
})
