import { describe, expect, test } from '@jest/globals'
import { DEMO_TOKEN } from '../../embedded-api/demo-organization.ts'
import { KEY, read } from '../support/inputs.ts'
import { Scene, type With } from '../support/scene.ts'

const key = (text: string): With => ({ 'api-token': null, 'api-email': 'a@example.com', 'api-key': text })

describe('the credential', () => {
  test.each<[string, With, unknown]>([
    ['of a user', { 'api-token': 'cfut_0123' }, { kind: 'api-token', token: 'cfut_0123', owner: 'user' }],
    [
      'of an account',
      { 'api-token': 'cfat_0123' },
      { kind: 'api-token', token: 'cfat_0123', owner: 'account' },
    ],
    ['of OAuth', { 'api-token': 'cfoat_0123' }, { kind: 'api-token', token: 'cfoat_0123', owner: 'unknown' }],
    ['without a prefix', { 'api-token': 'Ab_1-'.repeat(8) }, { kind: 'api-token', owner: 'unknown' }],
    ['an old key', key(KEY), { kind: 'global-api-key', email: 'a@example.com', key: KEY }],
    ['a longer key', key('a'.repeat(45)), { kind: 'global-api-key' }],
    ['a new key', key('cfk_0123'), { kind: 'global-api-key', key: 'cfk_0123' }],
  ])('%s is taken', async (_name, inputs, credential) => {
    expect((await read(inputs)).inputs).toMatchObject({ credential })
  })
})

describe('a mistake with a credential gets a sentence that does not repeat it', () => {
  const SECRET =
    'If you did, the secret is empty or not available to this workflow: check its name and, for a secret of an environment, `environment:` of the job.'
  const COPY_TOKEN = '`api-token` contains characters that no API token has. Copy the token again.'
  const AN_ID =
    '`api-token` is an ID. Use the token itself, which Cloudflare shows once, when you create it, not an ID such as that of the account.'
  const A_KEY =
    '`api-token` is a Global API key. Create an API token instead, or put the key in `api-key`, together with `api-email`.'
  const NO_KEY =
    '`api-key` is not a Global API key. An older key has 37 to 45 hex characters, a newer one begins with `cfk_`. If it is an API token, put it in `api-token`, alone.'

  test.each<[string, With, string]>([
    [
      'no credential',
      { 'api-token': '' },
      `There is no credential. Set \`api-token: \${{ secrets.CLOUDFLARE_API_TOKEN }}\`. ${SECRET}`,
    ],
    [
      'token and key',
      { 'api-key': KEY },
      '`api-token` cannot be combined with `api-email` or `api-key`. Use only the token.',
    ],
    [
      'token and address',
      { 'api-email': 'a@example.com' },
      '`api-token` cannot be combined with `api-email` or `api-key`. Use only the token.',
    ],
    [
      'Bearer',
      { 'api-token': `Bearer ${DEMO_TOKEN}` },
      '`api-token` begins with "Bearer". Use only the token, without that word.',
    ],
    [
      'quotation marks',
      { 'api-token': `"${DEMO_TOKEN}"` },
      '`api-token` is in quotation marks. Remove them from the secret.',
    ],
    [
      'a command',
      { 'api-token': `curl https://api.cloudflare.com -H "Authorization: Bearer ${DEMO_TOKEN}"` },
      '`api-token` is a command. Use only the token in it, the word after "Bearer".',
    ],
    [
      'a token in two halves',
      { 'api-token': 'abc def' },
      '`api-token` has white space inside. Copy it again, on one line.',
    ],
    ['an ID', { 'api-token': '0123456789abcdef'.repeat(2) }, AN_ID],
    ['a new key as token', { 'api-token': 'cfk_0123' }, A_KEY],
    ['an old key as token', { 'api-token': KEY }, A_KEY],
    ['a typographic quotation mark', { 'api-token': '“abc”' }, COPY_TOKEN],
    [
      'the name of a secret',
      { 'api-token': 'secrets.API_TOKEN' },
      '`api-token` is the name of a value, not the value. Write an expression like `${{ secrets.CLOUDFLARE_API_TOKEN }}`.',
    ],
    [
      'a variable as key',
      key('${API_KEY}'),
      '`api-key` is the name of a value, not the value. Write an expression like `${{ secrets.CLOUDFLARE_API_KEY }}`.',
    ],
    [
      'a key without address',
      { 'api-token': null, 'api-key': KEY },
      `\`api-key\` needs \`api-email\`. Set it to the address of the user who owns the key. ${SECRET}`,
    ],
    [
      'an address without key',
      { 'api-token': null, 'api-email': 'a@example.com' },
      `\`api-email\` needs \`api-key\`. Better, use only \`api-token\`. ${SECRET}`,
    ],
    [
      'a name as address',
      { ...key(KEY), 'api-email': 'öwner@example.com' },
      '`api-email` is not an email address. Use the address of the user who owns the key.',
    ],
    ['a token as key', key('cfut_0123'), '`api-key` is an API token. Put it in `api-token`, alone.'],
    ['an OAuth token as key', key('cfoat_0123'), '`api-key` is an API token. Put it in `api-token`, alone.'],
    ['an old token as key', key('Ab_1-'.repeat(8)), NO_KEY],
    [
      'an ID as key',
      key('0123456789abcdef'.repeat(2)),
      '`api-key` is an ID. Use the Global API key itself, or better, an API token.',
    ],
    [
      'a key with a dash',
      key('a–b'),
      '`api-key` contains characters that no Global API key has. Copy the key again.',
    ],
    [
      'a wrong token that is not used',
      { 'dry-run': 'offline', 'api-token': `Bearer ${DEMO_TOKEN}` },
      '`api-token` begins with "Bearer". Use only the token, without that word.',
    ],
    [
      'a wrong key that is not used',
      { ...key('cfut_0123'), 'api-email': '', 'dry-run': 'offline' },
      '`api-key` is an API token. Put it in `api-token`, alone.',
    ],
  ])('%s', async (_name, inputs, problem) => {
    expect((await read(inputs)).problems).toEqual([problem])
  })
})

test('secrets are registered before anything else is printed, and so is what was pasted around them', async () => {
  expect((await read({ 'api-token': ' abc ' })).printed).toBe('::add-mask::abc\n')
  expect((await read({ 'api-token': 'Bearer abc' })).printed).toBe(
    '::add-mask::Bearer abc\n::add-mask::abc\n',
  )
  expect((await read({ 'api-token': '"abc"' })).printed).toBe('::add-mask::"abc"\n::add-mask::abc\n')
  expect((await read(key(KEY))).printed).toBe(`::add-mask::${KEY}\n`)
})

describe('a credential in an input that is no secret stops the run, and is not repeated', () => {
  const TOKEN = 'Ab_1-'.repeat(8)
  test.each<[string, With]>([
    ['date-column', { 'date-column': 'cfut_0123' }],
    ['reference-column', { 'reference-column': TOKEN }],
    ['only-rows', { 'only-rows': `Status = ${TOKEN}` }],
    ['protected-users', { 'protected-users': `${TOKEN}@example.com` }],
    ['email', { email: `[{"email": "a@example.com", "reference": "cfat_0123"}]` }],
    ['timezone', { timezone: `${'x'.repeat(60)} ${TOKEN}` }],
    ['users-file', { 'users-file': 'cfoat_0123' }],
    ['api-base-url', { 'api-base-url': `https://example.com/?key=${TOKEN}` }],
  ])('%s', async (name, inputs) => {
    expect((await read({ 'api-token': `Bearer ${TOKEN}`, ...inputs })).problems).toEqual([
      `\`${name}\` contains something that looks like a credential. Use credentials only in \`api-token\` or \`api-key\`. Replace this one, unless it comes from a secret: GitHub shows inputs in the log.`,
      '`api-token` begins with "Bearer". Use only the token, without that word.',
    ])
  })

  test('neither log nor summary nor report has it', async () => {
    await using scene = await Scene.open()
    const result = await scene.runSource({
      'date-column': 'cfut_0123',
      devices: 'cfut_4567',
      [`x${TOKEN}`]: '',
    })
    expect(result.exitCode).toBe(1)
    const shown = `${result.stdout.replaceAll(/^::add-mask::.*$/gm, '')}${result.summary}${result.report}`
    expect(shown).not.toMatch(/0123|4567/)
    expect(scene.api.requests).toEqual([])
  })
})

test('a secret is redacted wherever a problem repeats it', async () => {
  const { problems } = await read(
    { 'api-token': 'Bearer 12345', email: null, 'users-file': 'l.txt' },
    {},
    { 'l.txt': '12345\nBearer 12345\n' },
  )
  expect(problems).toHaveLength(3)
  expect(problems.join()).toContain('"***"')
  expect(problems.join()).not.toContain('12345')
})
