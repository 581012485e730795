import { describe, expect, test } from '@jest/globals'
import { DEMO_ZONE_ID } from '../../embedded-api/demo-organization.ts'
import { read } from '../support/inputs.ts'
import { Scene, type With } from '../support/scene.ts'

const SOURCE = 'Check the variable or expression that the value comes from.'

describe('a value that the input cannot have', () => {
  test.each<[With, string]>([
    [{ devices: 'yes' }, '`devices` is "yes". Use `true` or `false`.'],
    [{ verify: 'session' }, '`verify` is "session". Use `true`, `false`, or `sessions`.'],
    [{ 'dry-run': 'online' }, '`dry-run` is "online". Use `true`, `false`, or `offline`.'],
    [{ 'blank-date': 'stay' }, '`blank-date` is "stay". Use `stop` or `not-due`.'],
    [{ 'if-empty': 'Warn' }, '`if-empty` is "Warn". Use `fail`, `warn`, or `ignore`.'],
    ...['Berlin', 'IST', 'cst', '+01:00'].map((timezone): [With, string] => [
      { timezone },
      `\`timezone\` is "${timezone}". Use an IANA time zone like \`Europe/Berlin\`.`,
    ]),
    [{ 'max-attempts': '0' }, '`max-attempts` is "0". Use a whole number from 1 to 10.'],
    [{ 'request-timeout': '301' }, '`request-timeout` is "301". Use a whole number from 1 to 300.'],
    [{ 'request-timeout': '1e2' }, '`request-timeout` is "1e2". Use a whole number from 1 to 300.'],
    [{ concurrency: '21' }, '`concurrency` is "21". Use a whole number from 1 to 20.'],
    [{ 'max-users': '-1' }, '`max-users` is "-1". Use a whole number from 1 to 1000000.'],
    [{ 'due-within-days': '3651' }, '`due-within-days` is "3651". Use a whole number from 1 to 3650.'],
    [
      { 'dry-run': '{{ inputs.dry-run }}' },
      '`dry-run` is an expression without its `$`. Use `true`, `false`, or `offline`. Write an expression like `${{ inputs.dry-run }}`.',
    ],
    [
      { 'bad-rows': 'inputs.bad-rows' },
      '`bad-rows` is the name of a value, not the value. Use `stop` or `skip`. Write an expression like `${{ inputs.bad-rows }}`.',
    ],
    [
      { 'user-uid': '0123' },
      '`user-uid` is "0123", not 32 hex characters, or 36 with hyphens. Copy it again.',
    ],
  ])('%j', async (inputs, problem) => {
    expect((await read(inputs)).problems).toEqual([problem])
  })
})

describe('an empty value', () => {
  test.each([
    ['devices', `Use \`true\` or \`false\`. ${SOURCE}`],
    ['verify', `Use \`true\`, \`false\`, or \`sessions\`. ${SOURCE}`],
    ['mask-emails', `Use \`true\` or \`false\`. ${SOURCE}`],
    ['max-attempts', `Use a whole number from 1 to 10. ${SOURCE}`],
    ['bad-rows', `Use \`stop\` or \`skip\`. ${SOURCE}`],
    ['timezone', `Use an IANA time zone like \`Europe/Berlin\`. ${SOURCE}`],
    ['email-column', `Use the name of the column. ${SOURCE}`],
    ['date-column', `Use the name of the column, or \`none\` for a file without dates. ${SOURCE}`],
    ['only-rows', `${SOURCE} Write \`none\` only if every row of the list counts.`],
    ['protected-users', `${SOURCE} Write \`none\` only if no user is protected.`],
  ])('of `%s` is an error', async (name, remedy) => {
    expect((await read({ [name]: ' ' })).problems).toEqual([`\`${name}\` is empty. ${remedy}`])
  })

  test('of an input without a default is none', async () => {
    const { inputs } = await read({ 'users-file': '', 'reference-column': '', 'api-base-url': '' })
    expect(inputs?.list.users).toHaveLength(1)
  })
})

describe('the account or the zone', () => {
  const SECRET =
    'If you did, the secret is empty or not available to this workflow: check its name and, for a secret of an environment, `environment:` of the job.'
  const IN_URL = 'In the Cloudflare dashboard, the ID is in the URL, after `dash.cloudflare.com/`.'
  const ON_PAGE = 'In the Cloudflare dashboard, the ID is on the overview page of the domain, under API.'
  const COPY = 'not the name, and without spaces or quotation marks.'

  test.each<[string, With, string]>([
    [
      'none',
      { 'account-id': '' },
      `Neither \`account-id\` nor \`zone-id\` is set. Set \`account-id\` (or \`zone-id\`), as in \`account-id: \${{ secrets.CLOUDFLARE_ACCOUNT_ID }}\`. ${SECRET} ${IN_URL}`,
    ],
    ['both', { 'zone-id': DEMO_ZONE_ID }, '`account-id` cannot be combined with `zone-id`. Set one of them.'],
    [
      'a name',
      { 'account-id': 'Example Ltd' },
      `\`account-id\` is not 32 hex characters. Copy the account ID, ${COPY} ${IN_URL}`,
    ],
    [
      'a domain',
      { 'account-id': null, 'zone-id': 'example.com' },
      `\`zone-id\` is not 32 hex characters. Copy the zone ID, ${COPY} ${ON_PAGE}`,
    ],
    [
      'the name of a secret',
      { 'account-id': 'secrets.ACCOUNT' },
      '`account-id` is the name of a value, not the value. Write an expression like `${{ secrets.CLOUDFLARE_ACCOUNT_ID }}`.',
    ],
    [
      'the URL of the dashboard',
      { 'account-id': `https://dash.cloudflare.com/${'a'.repeat(32)}/home` },
      '`account-id` is a URL. Use only the account ID in it, the 32 hex characters after `dash.cloudflare.com/`.',
    ],
    [
      'digits that YAML made a number',
      { 'account-id': '1.23456789012346E+31' },
      '`account-id` was read as a number. Put the ID in quotation marks, like `account-id: "0123…"`.',
    ],
    [
      'an API token',
      { 'account-id': `cfat_${'0'.repeat(40)}` },
      `\`account-id\` is a credential. Put that in \`api-token\`, and copy the account ID. ${IN_URL}`,
    ],
    [
      'an older API token',
      { 'account-id': 'Ab_1-'.repeat(8) },
      `\`account-id\` is a credential. Put that in \`api-token\`, and copy the account ID. ${IN_URL}`,
    ],
  ])('%s', async (_name, inputs, problem) => {
    expect((await read({ verify: 'false', ...inputs })).problems).toEqual([problem])
  })
})

describe('the address of the API', () => {
  const EXTRAS = '`api-base-url` has a user name, password, query, or fragment. Remove them.'
  const UNENCRYPTED =
    '`api-base-url` does not begin with https://. Use https://, so that credentials never travel unencrypted (http:// is for loopback hosts only).'
  test.each([
    [
      'api.cloudflare.com',
      '`api-base-url` is not a URL. Remove it, or use one like https://api.cloudflare.com/client/v4.',
    ],
    ['https://user:pa55@api.cloudflare.com', EXTRAS],
    ['https://api.cloudflare.com/?a', EXTRAS],
    ['http://api.cloudflare.com', UNENCRYPTED],
    ['file:///etc/passwd', UNENCRYPTED],
  ])('%s', async (url, problem) => {
    expect((await read({ 'api-base-url': url })).problems).toEqual([problem])
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
    reason: 'x',
  })
  expect(result.exitCode).toBe(1)
  expect(result.outputs).toEqual({
    revoked: 'false',
    'revoked-count': '0',
    'failed-count': '',
    'unknown-count': '',
    'not-listed-count': '',
    failed: '',
    report: expect.stringMatching(/report\.json$/),
  })
  expect(result.errors).toEqual([
    expect.stringMatching(/^There is no input `reason`/),
    expect.stringMatching(/^`devices`/),
    expect.stringMatching(/^`max-attempts`/),
    expect.stringMatching(/^`account-id` cannot be combined with `zone-id`/),
    expect.stringMatching(/^`api-token` cannot be combined/),
    expect.stringMatching(/^email: "nobody"/),
    'Nothing was sent. Fix what is wrong with the inputs.',
  ])
  expect(scene.api.requests).toHaveLength(0)
})

test('with `mask-emails`, problems are masked in log and summary, however it is misspelled', async () => {
  await using scene = await Scene.open()
  const files = { 'leaver@example.com.csv': 'email\nnobody\n' }
  for (const mask of ['true', 'yes']) {
    const inputs = {
      'mask-emails': mask,
      timezone: 'lea\u200Bver@example.com',
      devices: 'leaver@example.com',
      concurrency: `${'x'.repeat(70)} leaver@example.com`,
      email: 'leaver@example, Ann Lee <leaver@example.com> +1 555',
      'users-file': 'leaver@example.com.csv',
    }
    const result = await scene.runSource(inputs, { files })
    expect(result.exitCode).toBe(1)
    const shown = `${result.stdout.split('\n').slice(1).join('\n')}${result.summary}`
    expect(shown).toContain('file=l***@example.com.csv,line=2::l***@example.com.csv:2: "nobody"')
    expect(shown).not.toMatch(/lea.{0,10}ver/i)
  }
})
