import { expect, test } from '@jest/globals'
import { html } from '../../src/text/markup.ts'
import { addressMask, plainText, shortened, shownValue } from '../../src/text/plain-text.ts'

test.each([
  ['one\ntwo\r\nthree\rfour', 'one two three four'],
  ['::error::x', ': :error::x'],
  [' \n ::error::x', ': :error::x'],
  ['a ##[group]b', 'a ## [group]b'],
  ['###[x', '### [x'],
  ['##\u200B[x', '##\\u{200B}[x'],
  ['\u0000\u0085\u2028\uFEFF\u{E0041}\uD800', '\\u{0000}\\u{0085}\\u{2028}\\u{FEFF}\\u{E0041}\\u{D800}'],
  ['Zoë 🙂 ok', 'Zoë 🙂 ok'],
])('%j', (text, plain) => {
  expect(plainText(text)).toBe(plain)
})

test('long texts are cut, between words or at least between characters', () => {
  expect(shortened('abcdef', 4)).toBe('…')
  expect(shortened('ab cdef', 5)).toBe('ab …')
  expect(shortened('abcd', 4)).toBe('abcd')
  expect(shortened('a🙂b', 3).isWellFormed()).toBe(true)
})

test.each([
  ['ann', '"ann"'],
  ['say "hi"', String.raw`"say \u{0022}hi\u{0022}"`],
  [`${'word '.repeat(16)}word`, `"${'word '.repeat(15)}…"`],
  ['cfut_0123', 'something that looks like a credential'],
  ['a cfat_0123', 'something that looks like a credential'],
  ['cfk_0123', 'something that looks like a credential'],
  ['cfoat_0123', 'something that looks like a credential'],
])('%s as a message repeats it', (text, shown) => {
  expect(shownValue(text)).toBe(shown)
})

test.each([
  ['leaver@example.com is not other@example.com', 'l***@example.com is not o***@example.com'],
  ['/access/users?email=leaver%40example.com&page=1', '/***@example.com&page=1'],
  ['leaver%2540example.com', 'l***@example.com'],
  ['ray ID leaver@example.com-FRA', 'ray ID l***@example.com-FRA'],
  ["o'neil+x@example.com", 'o***@example.com'],
  ['🙂x@example.com', '🙂***@example.com'],
  ['lea\u200Bver@example.com', 'l***@example.com'],
  ['lea\uFEFFver@example.com', 'l***@example.com'],
  ['no\u00A0leaver@example.com', 'no\u00A0l***@example.com'],
  ['nobody at example.com', 'nobody at example.com'],
  ['"leaver@example.com" is bad', '"l***@example.com" is bad'],
  ['"Ann Leaver <ann@example.com> +1 555" is bad', '"Ann Leaver <a***@example.com> +1 555" is bad'],
  ['"leaver@example.com Ann" and "Ann" are bad', '"l***@example.com Ann" and "Ann" are bad'],
])('addresses are masked in %j', (text, masked) => {
  expect(addressMask(true)(text)).toBe(masked)
  expect(addressMask(false)(text)).toBe(text)
})

test('a cut text contains no part of an address that the mask would miss', () => {
  for (const hidden of ['', '\u200B', '\uFEFF', '\u00AD']) {
    const text = `No user lea${hidden}ver@example.com here`
    for (let length = 1; length < text.length; length += 1) {
      expect(addressMask(true)(shortened(text, length))).not.toMatch(/lea/)
    }
  }
})

test('quotation marks inside of code stay, and others become code', () => {
  expect(html('put it in quotes, like `account-id: "0123…"`, not "a`b" or `c`')).toBe(
    'put it in quotes, like <code>account-id: &#34;0123…&#34;</code>, not <code>a&#96;b</code> or <code>c</code>',
  )
})
