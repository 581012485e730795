import { describe, expect, test } from '@jest/globals'
import { addressKey, parseEmailAddress } from '../../src/text/email-address.ts'

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
    'a_b.c-d/e=f@sub.xn--exmple-cua.com',
    'a@1.2-3.example',
    'अ@उदाहरण.भारत',
  ])('%s is fine', (text) => {
    expect(parseEmailAddress(text)).toBe(text)
  })

  test.each([
    ["a@b.co'", /in its domain that is not a letter/],
    ['a@b.co/', /in its domain/],
    ['a@b.co#x', /in its domain/],
    ['a@b_c.co', /in its domain/],
    ['a@-b.co', /in its domain/],
    ['a@b-.co', /in its domain/],
    ['a@bücher-.co', /in its domain/],
    ['a@b.co?subject=x', /in its domain/],
    ['a@[127.0.0.1]', /in its domain/],
    ['a@b。co', /no complete domain/],
    ['a@b.c²', /in its domain/],
    ['a@*.co', /contains a `\*`; wildcards are not supported/],
    ['*@example.com', /contains a `\*`/],
    ['a*b@example.com', /contains a `\*`/],
    ['Ann <ann@example.com>', /angle brackets; write only the address/],
    ['<ann@example.com>', /angle brackets/],
    ['<b>ann@example.com', /is not an email address/],
    ['mailto:ann@example.com', /begins with `mailto:`/],
    ['a@example.com; b@example.com', /contains a semicolon/],
    ['a@example.com;', /contains a semicolon/],
    ['"a@example.com"', /is in quotation marks/],
    ["'a@example.com'", /is in quotation marks/],
    ['inputs.email', /the name of a value.*`\$\{\{ inputs\.email \}\}`/],
    ['$EMAIL', /the name of a value/],
    ['${EMAIL}', /the name of a value/],
    ['${{ inputs.email }}', /an expression that was not evaluated.*`\$\{\{ inputs\.email \}\}`/],
    ['a@b@example.com', /is not an email address/],
    ['a:b@example.com', /is not an email address/],
  ])('%s is not', (text, problem) => {
    expect(parseEmailAddress(text)).toEqual({ problem: expect.stringMatching(problem) })
  })
})
