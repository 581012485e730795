import { describe, expect, test } from '@jest/globals'
import { addressesIn, addressKey, isEmailAddress, parseEmailAddress } from '../../src/text/email-address.ts'
import { inQuotes } from '../../src/text/plain-text.ts'
import { problemText } from '../../src/text/problem.ts'

/** The problem with an address, as it is told; undefined if there is none. */
function told(text: string): string | undefined {
  const parsed = parseEmailAddress(text)
  expect(isEmailAddress(text)).toBe(typeof parsed === 'string')
  return typeof parsed === 'string' ? undefined : problemText(parsed)
}

describe('addresses are the same only if they differ in ASCII letter case alone', () => {
  test('ASCII letters fold', () => {
    expect(addressKey('Kate.O-Neil+X@EXAMPLE.com')).toBe('kate.o-neil+x@example.com')
  })

  test.each([
    ['the Kelvin sign', '\u212Aate@example.com', 'kate@example.com'],
    ['the Ångström sign', '\u212Bke@example.com', 'åke@example.com'],
    ['ẞ and ß', 'wei\u1E9E@example.com', 'weiß@example.com'],
    ['Ü and ü', 'Ünï@example.com', 'ünï@example.com'],
  ])('%s does not', (_name, one, other) => {
    expect(addressKey(one)).not.toBe(addressKey(other))
  })
})

test.each([
  "o'neil+x@example.com",
  'ünï@exämple.com',
  'a@b.co',
  "!#$%&+/=?^_`{|}~'-@example.com",
  'a_b.c-d/e=f@sub.xn--exmple-cua.com',
  'a@1.2-3.example',
  'अ@उदाहरण.भारत',
  '\u212Aate@example.com',
  `${'a'.repeat(242)}@example.com`,
])('%s is an address', (text) => {
  expect(parseEmailAddress(text)).toBe(text)
})

test('an address is composed', () => {
  expect(parseEmailAddress('jose\u0301@exa\u0308mple.com')).toBe('jos\u00E9@ex\u00E4mple.com')
})

const ALONE = 'Write only the address.'
const SEPARATELY = 'Give each address a line or an entry of its own.'

test.each([
  [
    'is not an email address like user@example.com.',
    ['Leaver', '@example.com', 'a@b@example.com', 'a:b@example.com'],
  ],
  [
    'has no complete domain like example.com after the @.',
    ['a@', 'a@example', 'a@example..com', 'a@10.0.0.1', 'a@example.c', 'a@-b.co', 'a@b-.co', 'a@bücher-.co'],
  ],
  [
    'has a dot at an end of the part before the @, or two in a row.',
    ['.a@example.com', 'a.@example.com', 'a..b@example.com'],
  ],
  ['has an invalid character in the domain (_).', ['a@b_c.co', '_ann@example.com_']],
  ['has an invalid character in the domain (/).', ['a@b.co/']],
  ['ends with a punctuation mark. Remove it.', ['a@example.com.', 'a@example.com)']],
  [
    'contains angle brackets. Write only the address that is between them.',
    ['Ann <ann@example.com>', '<ann@example.com>'],
  ],
  [
    `contains white space or a semicolon. ${ALONE} ${SEPARATELY}`,
    ['ann@example.com (Ann)', 'a@b.co;', '# a'],
  ],
  [
    `begins with a label like \`mailto:\`. ${ALONE}`,
    ['mailto:ann@example.com', 'SMTP:ann@example.com', 'E-Mail: ann@example.com'],
  ],
  ['is a URL. Write an address.', ['https://example.com/@ann']],
  [
    `contains several addresses. ${SEPARATELY}`,
    ['a@b.co; c@b.co', 'a@b.co c@b.co', 'a@b.co/c@b.co', 'a@b.co|c@b.co', 'a@b.co, c@b.co'],
  ],
  [
    'is the name of a guest in Entra. Use the address, which is in another column, `mail`.',
    ['ann_mail.example#EXT#@contoso.onmicrosoft.com'],
  ],
  [
    'contains a `*`. Wildcards are not supported, so list every address.',
    ['*@example.com', 'a@*.co', '*@*', '**ann@example.com**'],
  ],
  [
    `contains a link, brackets, or backticks, as in Markdown, Slack, or Jira. ${ALONE}`,
    ['[a@b.co|mailto:a@b.co]', '[ann](mailto:a@b.co)', '<mailto:a@b.co|a@b.co>', '`ann@example.com`'],
  ],
  [`begins with the mark of a list. Remove it. ${SEPARATELY}`, ['- ann@example.com', '1. ann@example.com']],
  [
    `contains HTML. ${ALONE}`,
    ['&lt;ann@example.com&gt;', '<b>ann@example.com', '<a href="mailto:ann@example.com">ann</a>'],
  ],
  [
    'is an object as PowerShell writes it. Use `ConvertTo-Json`, or write only the address.',
    ['@{mail=ann@example.com}'],
  ],
  [
    'begins or ends with a quotation mark. Remove it.',
    ["'ann@example.com'", '"ann@example.com"', "'ann@example.com", "a@b.co'"],
  ],
  ['begins with `=`, as a formula does. Remove it.', ['=ann@example.com']],
  ['is an empty field of an issue form. Write the address in that field.', ['_No response_']],
  [
    'is the name of a value, not the value. Write it as an expression like `${{ inputs.email }}`.',
    ['inputs.email', '${EMAIL}'],
  ],
  [
    'is an expression without its `$`. Write it as an expression like `${{ inputs.email }}`.',
    ['{{ inputs.email }}'],
  ],
  [
    'is an expression that was not evaluated, because it comes from where GitHub evaluates nothing, such as a payload. Write it as an expression like `${{ inputs.email }}`.',
    ['${{ inputs.email }}'],
  ],
])('an address that %s', (problem, texts) => {
  expect(texts.map(told)).toEqual(texts.map((text) => `${inQuotes(text)} ${problem}`))
})

test.each([
  ['U+201C', '“ann@example.com'],
  ['U+2019', 'o’neil@example.com'],
  ['U+02BC', 'o\u02BCneil@example.com'],
  ['U+2013', 'ann–b@example.com'],
  ['U+FF20', 'ann＠example.com'],
  ['U+2022', '• ann@example.com'],
  ['U+00B2', 'ann@example.c²'],
  ['U+00A0', 'Ann\u00A0ann@example.com'],
  ['U+1F642', '🙂@example.com'],
  ['U+200B', 'a\u200B@example.com'],
  ['U+0000', 'a\u0000@example.com'],
  ['U+00AD', 'a@exa\u00ADmple.com'],
  ['U+3164', 'a\u3164@example.com'],
  ['U+FE0F', 'a\uFE0F@example.com'],
])('an address with %s, which no address has', (codePoint, text) => {
  expect(told(text)).toBe(
    `"${text}" contains ${codePoint}, which no address has. Type the address instead of pasting it.`,
  )
})

test('anything too long is told by its length, at once', () => {
  const problem = `"…" is longer than an address can be (254 characters). ${SEPARATELY}`
  expect(told(`${'a'.repeat(243)}@example.com`)).toBe(problem)
  expect(told('e\u0301'.repeat(1_000_000))).toBe(problem)
  expect(told(`${'@{mail=ann@example.com},'.repeat(4_000)}ann@example.com`)).toMatch(/ is longer than /)
})

test('a credential is not repeated', () => {
  expect(told('cfat_0123')).toMatch(/^something that looks like a credential is not an email address/)
})

test('addresses in a text, and what is nearly one', () => {
  expect(addressesIn('Ann <ann@example.com>, bob@example or @carl, at 10 @ home; d@e@f')).toEqual([
    'ann@example.com',
    'bob@example',
    'd@e@f',
  ])
  expect(addressesIn('a'.repeat(1_000_000))).toEqual([])
})
