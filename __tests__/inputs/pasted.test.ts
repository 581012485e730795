import { describe, expect, test } from '@jest/globals'
import { read } from '../support/inputs.ts'
import type { With } from '../support/scene.ts'

const FILE = { 'l.csv': 'email\na@example.com\n' }

describe('what people paste gets a sentence with its cause', () => {
  test.each<[string, With, RegExp]>([
    [
      'an array of another language',
      { email: 'Array' },
      /^`email`: "Array" is what is left of a list .*`\$\{\{ toJSON\(…\) \}\}`|toJSON/,
    ],
    [
      'an object as text',
      { email: '[object Object]' },
      /^`email`: "\[object Object\]" is what is left of a list .*toJSON/,
    ],
    [
      'an array of PowerShell',
      { email: 'System.Object[]' },
      /^`email`: "System\.Object\[\]" is what is left .*ConvertTo-Json/,
    ],
    [
      'an expression without $',
      { email: '{{ inputs.email }}' },
      /^`email`: .* is an expression without its `\$`; write it as an expression like `\$\{\{ inputs\.email \}\}`\.$/,
    ],
    [
      'an expression that was not evaluated',
      { email: '${{ inputs.email }}' },
      /^`email`: .* was not evaluated, because it comes from where GitHub evaluates nothing, such as a payload/,
    ],
    ['an expression over two lines', { email: '${{\n  inputs.email\n}}' }, /^`email`: .* was not evaluated/],
    [
      'an account ID that was not evaluated',
      { 'account-id': '{{ secrets.A }}' },
      /^`account-id` is an expression without its `\$`: write an expression like `\$\{\{ secrets\.CLOUDFLARE_ACCOUNT_ID/,
    ],
    [
      'a token that was not evaluated',
      { 'api-token': '${{ secrets.A }}' },
      /^`api-token` is an expression that was not evaluated.*: write an expression like `\$\{\{ secrets\.CLOUDFLARE_API_TOKEN/,
    ],
    [
      'a boolean that was not evaluated',
      { 'dry-run': '{{ inputs.dry-run }}' },
      /^`dry-run` is an expression without its `\$`: write an expression like `\$\{\{ inputs\.dry-run \}\}`, or use `true`/,
    ],
    [
      'a number that was not evaluated',
      { 'max-users': '${{ inputs.max }}' },
      /^`max-users` is an expression that was not evaluated.*, or use a whole number/,
    ],
    [
      'a choice that was not evaluated',
      { 'bad-rows': 'inputs.bad-rows' },
      /^`bad-rows` is the name of a value, not the value: write an expression like `\$\{\{ inputs\.bad-rows \}\}`, or use `stop`/,
    ],
    [
      'objects that were joined',
      { email: '[object Object],[object Object]' },
      /^`email`: .* is what is left of a list .*toJSON/,
    ],
    [
      'an API token as account',
      { 'account-id': `cfat_${'0'.repeat(40)}` },
      /^`account-id` is an API token: put that in `api-token`, and copy the account ID/,
    ],
    ['an older API token as account', { 'account-id': 'Ab_1-'.repeat(8) }, /^`account-id` is an API token/],
    [
      'an ID as token',
      { 'api-token': '0123456789abcdef'.repeat(2) },
      /^`api-token` is an ID.*use the token itself/,
    ],
    [
      'a command as token',
      {
        'api-token':
          'curl https://api.cloudflare.com/client/v4/user/tokens/verify -H "Authorization: Bearer abc"',
      },
      /^`api-token` is a command: use only the token in it/,
    ],
    [
      'a URL as file',
      { email: null, 'users-file': 'https://hr.example.com/l.csv' },
      /^`users-file` \("https:.*"\) is a URL; fetch the list in an earlier step/,
    ],
    [
      'a home folder',
      { email: null, 'users-file': '~/l.csv' },
      /^`users-file` \("~\/l\.csv"\) begins with `~`, which is not expanded/,
    ],
    [
      'backslashes',
      { email: null, 'users-file': 'lists\\l.csv' },
      /^`users-file` \(.*\) contains backslashes; write `\/` instead\.$/,
    ],
    [
      'a file that was not evaluated',
      { email: null, 'users-file': '{{ inputs.file }}' },
      /^`users-file` \(.*\) is an expression without its `\$`/,
    ],
    [
      'an address for another input',
      { recipient: 'a@example.com, b@example.com' },
      /^There is no input `recipient`: write `email` if it is the address of a user to revoke\. If it comes from `env:`/,
    ],
    [
      'addresses to leave alone',
      { 'exclude-users': 'a@example.com' },
      /^There is no input `exclude-users`: write `protected-users`\./,
    ],
  ])('%s', async (_name, inputs, problem) => {
    const { problems } = await read(inputs, {}, FILE)
    expect(problems).toEqual([expect.stringMatching(problem)])
    expect(problems.join()).not.toMatch(/cfat_0|Ab_1|0123456789abcdef|Bearer abc/)
  })

  test.each([
    ["'ann@example.com", /begins with a character by which a spreadsheet marks text or a formula; remove it/],
    ['‘ann@example.com', /begins with a character by which a spreadsheet/],
    ['=ann@example.com', /begins with a character by which a spreadsheet/],
    ['.ann@example.com', /has a dot at an end of the part before the @, or two in a row; fix/],
    ['ann.@example.com', /has a dot at an end/],
    ['a..nn@example.com', /has a dot at an end/],
    ['ann@10.0.0.1', /has no top-level domain like \.com/],
    ['ann@example.c', /has no top-level domain/],
    [
      'ann_mail.example#EXT#@contoso.onmicrosoft.com',
      /is the name of a guest in Entra; use the address, which is in another column, `mail`/,
    ],
    ['SMTP:ann@example.com', /begins with `SMTP:`; remove that/],
    ['smtp:ann@example.com', /begins with `SMTP:`/],
  ])('%s is no address', async (email, problem) => {
    expect((await read({ email })).problems).toEqual([expect.stringMatching(problem)])
  })

  test('several addresses in one cell', async () => {
    for (const cell of [
      '"a@example.com, b@example.com"',
      'a@example.com; b@example.com',
      'a@example.com b@example.com',
      'a@example.com/b@example.com',
    ]) {
      const { problems } = await read(
        { email: null, 'users-file': 'l.csv' },
        {},
        { 'l.csv': `email\n${cell}\n` },
      )
      expect(problems).toEqual([
        expect.stringMatching(
          /^l\.csv, line 2: .* is more than one address; give each address a row of its own\.$/,
        ),
      ])
    }
  })

  test("a path of the host in a container's job", async () => {
    const { problems } = await read(
      { email: null, 'users-file': '/home/runner/work/hr/hr/lists/l.csv' },
      { GITHUB_WORKSPACE: '/__w/hr/hr' },
    )
    expect(problems).toEqual([
      expect.stringMatching(
        /is a path of the runner's host, which a job in a container does not have; write `lists\/l\.csv`\.$/,
      ),
    ])
  })
})

test('letters with combining marks are composed, look-alikes stay', async () => {
  const { inputs } = await read({
    email: 'jose\u0301@example.com, jos\u00E9@example.com, \u212Aate@example.com, kate@example.com',
  })
  expect(inputs?.list.users.map(({ email }) => email)).toEqual([
    'jos\u00E9@example.com',
    '\u212Aate@example.com',
    'kate@example.com',
  ])
})

describe('an undeclared input with `mask` in its name masks', () => {
  test.each(['mask-email', 'mask-addresses', 'email-mask', 'masked'])('%s', async (name) => {
    const { problems, inputs } = await read({ [name]: 'true', email: 'leaver@example' })
    expect(inputs).toBeUndefined()
    expect(problems.join()).not.toContain('leaver')
    const run = await read({ 'dry-run': 'offline' }, { [`INPUT_${name.toUpperCase()}`]: 'true' })
    expect(run.inputs?.options.maskEmails ?? true).toBe(true)
  })
})
