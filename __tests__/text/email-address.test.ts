import { describe, expect, test } from '@jest/globals'
import { addressesIn, addressKey, isEmailAddress, parseEmailAddress } from '../../src/text/email-address.ts'
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

describe('an address', () => {
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
  ])('%s is fine', (text) => {
    expect(parseEmailAddress(text)).toBe(text)
  })

  test('is composed', () => {
    expect(parseEmailAddress('jose\u0301@exa\u0308mple.com')).toBe('jos\u00E9@ex\u00E4mple.com')
  })
})

test.each([
  ['Leaver', 'is not an email address like user@example.com.'],
  ['@example.com', 'is not an email address like user@example.com.'],
  ['a@b@example.com', 'is not an email address like user@example.com.'],
  ['a:b@example.com', 'is not an email address like user@example.com.'],
  ['a@example', 'has no complete domain like example.com after the @.'],
  ['a@example..com', 'has no complete domain like example.com after the @.'],
  ['a@example.com.', 'ends with a punctuation mark. Remove it.'],
  ['a@10.0.0.1', 'has no top-level domain like .com at its end.'],
  ['a@example.c', 'has no top-level domain like .com at its end.'],
  ["a@b.co'", "has an invalid character in the domain (')."],
  ['a@b.co/', 'has an invalid character in the domain (/).'],
  ['a@b_c.co', 'has an invalid character in the domain (_).'],
  ['a@-b.co', 'has a hyphen at an end of a part of the domain.'],
  ['a@bücher-.co', 'has a hyphen at an end of a part of the domain.'],
  ['.a@example.com', 'has a dot at an end of the part before the @, or two in a row.'],
  ['a.@example.com', 'has a dot at an end of the part before the @, or two in a row.'],
  ['a..b@example.com', 'has a dot at an end of the part before the @, or two in a row.'],
])('%s is not an address', (text, problem) => {
  expect(told(text)).toBe(`"${text}" ${problem}`)
})

describe('a character that no address has is named by its code point', () => {
  test.each([
    ['“ann@example.com', 'U+201C (“), a quotation mark. Write the address without it.'],
    ['ann@example.com”', 'U+201D (”), a quotation mark. Write the address without it.'],
    ['‘ann@example.com', 'U+2018 (‘), a quotation mark. Write the address without it.'],
    ['„ann@example.com', 'U+201E („), a quotation mark. Write the address without it.'],
    ['«ann@example.com', 'U+00AB («), a quotation mark. Write the address without it.'],
    [
      'o’neil@example.com',
      "U+2019 (’), which only looks like an apostrophe. If the address has an apostrophe, write `'`.",
    ],
    [
      'o\u02BCneil@example.com',
      "U+02BC (\u02BC), which only looks like an apostrophe. If the address has an apostrophe, write `'`.",
    ],
    [
      'ann–b@example.com',
      'U+2013 (–), which only looks like a hyphen. If the address has a hyphen, write `-`.',
    ],
    [
      'ann＠example.com',
      'U+FF20 (＠), which only looks like an @ sign. If the address has an @ sign, write `@`.',
    ],
    ['a\u02B0@example.com', 'U+02B0 (\u02B0), which no address has. Type the address instead of pasting it.'],
    ['ann•@example.com', 'U+2022 (•), which no address has. Type the address instead of pasting it.'],
    ['ann@example。com', 'U+3002 (。), which no address has. Type the address instead of pasting it.'],
    ['ann@example.c²', 'U+00B2 (²), which no address has. Type the address instead of pasting it.'],
    ['🙂@example.com', 'U+1F642 (🙂), which no address has. Type the address instead of pasting it.'],
  ])('%s', (text, problem) => {
    expect(told(text)).toBe(`"${text}" contains ${problem}`)
  })

  test.each([
    ['a zero-width space', 'U+200B', 'a\u200B@example.com'],
    ['NUL', 'U+0000', 'a\u0000@example.com'],
    ['a right-to-left override', 'U+202E', 'a\u202E@example.com'],
    ['a soft hyphen', 'U+00AD', 'a@exa\u00ADmple.com'],
    ['a Hangul filler', 'U+3164', 'a\u3164@example.com'],
    ['a variation selector', 'U+FE0F', 'a\uFE0F@example.com'],
  ])('%s is invisible', (_name, codePoint, text) => {
    expect(told(text)).toBe(
      `"${text}" contains an invisible or control character (${codePoint}). Type the address instead of pasting it.`,
    )
  })
})

describe('what people paste', () => {
  const ALONE = 'Write only the address.'
  const SEPARATELY = 'Separate addresses with commas, or write one per line.'
  test.each([
    ['Ann <ann@example.com>', 'contains angle brackets. Write only the address that is between them.'],
    ['<ann@example.com>', 'contains angle brackets. Write only the address that is between them.'],
    ['ann@example.com (Ann)', `contains white space. Write only the address, without a name. ${SEPARATELY}`],
    ['mailto:ann@example.com', `begins with a label like \`mailto:\`. ${ALONE}`],
    ['SMTP:ann@example.com', `begins with a label like \`mailto:\`. ${ALONE}`],
    ['E-Mail: ann@example.com', `begins with a label like \`mailto:\`. ${ALONE}`],
    ['https://example.com/@ann', 'is a URL. Write an address.'],
    ['a@example.com; b@example.com', `contains several addresses. ${SEPARATELY}`],
    ['a@example.com b@example.com', `contains several addresses. ${SEPARATELY}`],
    ['a@example.com/b@example.com', `contains several addresses. ${SEPARATELY}`],
    ['a@example.com|b@example.com', `contains several addresses. ${SEPARATELY}`],
    ['a@example.com;', `contains a semicolon. ${SEPARATELY}`],
    [
      'ann_mail.example#EXT#@contoso.onmicrosoft.com',
      'is the name of a guest in Entra. Use the address, which is in another column, `mail`.',
    ],
    ['*@example.com', 'contains a `*`. Wildcards are not supported, so list every address.'],
    ['a@*.co', 'contains a `*`. Wildcards are not supported, so list every address.'],
    ['*@*', 'contains a `*`. Wildcards are not supported, so list every address.'],
    [
      '[ann@example.com|mailto:ann@example.com]',
      `contains a link or brackets, as in Markdown, Slack, or Jira. ${ALONE}`,
    ],
    [
      '[ann](mailto:ann@example.com)',
      `contains a link or brackets, as in Markdown, Slack, or Jira. ${ALONE}`,
    ],
    [
      '<mailto:ann@example.com|ann@example.com>',
      `contains a link or brackets, as in Markdown, Slack, or Jira. ${ALONE}`,
    ],
    ['`ann@example.com`', `is in backticks. ${ALONE}`],
    ['**ann@example.com**', `is bold or italic in Markdown. ${ALONE}`],
    ['_ann@example.com_', `is bold or italic in Markdown. ${ALONE}`],
    ['- ann@example.com', `begins with the mark of a list. Remove it. ${SEPARATELY}`],
    ['• ann@example.com', `begins with U+2022, the mark of a list. Remove it. ${SEPARATELY}`],
    ['1. ann@example.com', `begins with the mark of a list. Remove it. ${SEPARATELY}`],
    ['&lt;ann@example.com&gt;', `contains an HTML entity, such as \`&lt;\`. ${ALONE}`],
    ['<b>ann@example.com', `contains HTML. ${ALONE}`],
    ['<a href="mailto:ann@example.com">ann</a>', `contains HTML. ${ALONE}`],
    ['### Email', 'is a heading, as in the text of an issue form. Write only the answer to the question.'],
    ['_No response_', 'is the empty answer of an issue form. Write the address.'],
    [
      '@{mail=ann@example.com}',
      'is an object as PowerShell writes it. Use `ConvertTo-Json`, or write only the address.',
    ],
    ["'ann@example.com'", 'is in quotation marks. Write the address without them.'],
    [
      "'ann@example.com",
      'begins with a character by which a spreadsheet marks text or a formula. Remove it.',
    ],
    [
      '=ann@example.com',
      'begins with a character by which a spreadsheet marks text or a formula. Remove it.',
    ],
    [
      'inputs.email',
      'is the name of a value, not the value. Write it as an expression like `${{ inputs.email }}`.',
    ],
    [
      '${EMAIL}',
      'is the name of a value, not the value. Write it as an expression like `${{ inputs.email }}`.',
    ],
    [
      '{{ inputs.email }}',
      'is an expression without its `$`. Write it as an expression like `${{ inputs.email }}`.',
    ],
    [
      '${{ inputs.email }}',
      'is an expression that was not evaluated, because it comes from where GitHub evaluates nothing, such as a payload. Write it as an expression like `${{ inputs.email }}`.',
    ],
  ])('%s gets a sentence', (text, problem) => {
    expect(told(text)).toBe(`"${text.replaceAll('"', String.raw`\u{0022}`)}" ${problem}`)
  })

  test('quotation marks around an address', () => {
    expect(told('"ann@example.com"')).toMatch(/ is in quotation marks\. Write the address without them\.$/)
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
})

test('addresses in a text, and what is nearly one', () => {
  expect(addressesIn('Ann <ann@example.com>, bob@example or @carl, at 10 @ home; d@e@f')).toEqual([
    'ann@example.com',
    'bob@example',
    'd@e@f',
  ])
  expect(addressesIn('a'.repeat(1_000_000))).toEqual([])
})
