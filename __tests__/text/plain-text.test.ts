import { expect, test } from '@jest/globals'
import { plainText, shortened, shownValue, unprintableIn } from '../../src/text/plain-text.ts'

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

test('the first character that cannot be seen', () => {
  expect(unprintableIn('ab\u2800c')).toBe('U+2800')
  expect(unprintableIn('abc')).toBeUndefined()
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
