import { expect, test } from '@jest/globals'
import { addressMask } from '../../src/text/plain-text.ts'

test.each([
  ['leaver@example.com is not other@example.com', 'l***@example.com is not o***@example.com'],
  ['/access/users?email=leaver%40example.com&page=1', '/***@example.com&page=1'],
  ['leaver%2540example.com', 'l***@example.com'],
  ['ray ID leaver@example.com-FRA', 'ray ID l***@example.com-FRA'],
  ["o'neil+x@example.com", 'o***@example.com'],
  ['🙂x@example.com', '🙂***@example.com'],
  ['nobody at example.com', 'nobody at example.com'],
])('%s', (text, masked) => {
  expect(addressMask(true)(text)).toBe(masked)
  expect(addressMask(false)(text)).toBe(text)
})
