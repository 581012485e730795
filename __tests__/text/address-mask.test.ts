import { expect, test } from '@jest/globals'
import { addressMask, shortened } from '../../src/text/plain-text.ts'

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
])('%s', (text, masked) => {
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
