import { expect, test } from '@jest/globals'
import { readQuotas, readRetryAfter, readRoom } from '../../src/cloudflare/rate-limit-headers.ts'

test.each<[unknown, object[]]>([
  ['"default";r=50;t=30', [{ policy: 'default', left: 50, resetIn: 30_000 }]],
  ['default;r=50;t=30', [{ policy: 'default', left: 50, resetIn: 30_000 }]],
  [
    '"a";r=1;t=2, "b";r=3;t=4;pk=:cHsdsRa894==:',
    [
      { policy: 'a', left: 1, resetIn: 2_000 },
      { policy: 'b', left: 3, resetIn: 4_000 },
    ],
  ],
  ['"a";r=-1;t=2, "b";r=3;t=4', [{ policy: 'b', left: 3, resetIn: 4_000 }]],
  ['"a";r="1";t=2', []],
  ['"a";r=1', []],
  ['((', []],
  ['', []],
  [undefined, []],
  [['"a";r=1;t=2'], []],
])('room: %j', (header, expected) => {
  expect(readRoom(header)).toEqual(expected)
})

test.each<[unknown, object[]]>([
  ['"burst";q=100;w=60', [{ policy: 'burst', calls: 100, window: 60_000 }]],
  ['"burst";q=0;w=60', []],
  ['"burst";q=100', []],
])('quotas: %j', (header, expected) => {
  expect(readQuotas(header)).toEqual(expected)
})

test('Retry-After', () => {
  expect(readRetryAfter(' 5 ')).toBe(5_000)
  expect(readRetryAfter('-5')).toBeUndefined()
  expect(readRetryAfter('5.5')).toBeUndefined()
  expect(readRetryAfter('soon')).toBeUndefined()
  expect(readRetryAfter('2030-01-01')).toBeUndefined()
  expect(readRetryAfter('Sunday, 06-Nov-94 08:49:37 GMT')).toBeUndefined()
  expect(readRetryAfter('Sun, 6 Nov 1994 08:49:37')).toBeUndefined()
  expect(readRetryAfter(undefined)).toBeUndefined()
  expect(readRetryAfter('Sun, 06 Nov 1994 08:49:37 GMT')).toBeLessThan(0)
})
