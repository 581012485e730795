import { describe, expect, test } from '@jest/globals'
import type { DateFormat } from '../../src/text/measures.ts'
import { isProblem } from '../../src/text/problem.ts'
import { type DateReading, readDate } from '../../src/users/dates.ts'
import { OPTIONS } from '../support/options.ts'
import { TODAY } from '../support/reading.ts'

function read(text: string, dateFormat: DateFormat = 'YYYY-MM-DD', endsAtMidnight = false): DateReading {
  return readDate(text, { ...OPTIONS, dateFormat, now: TODAY }, endsAtMidnight)
}

function at(text: string, format?: DateFormat): unknown {
  const reading = read(text, format)
  return typeof reading === 'object' && !isProblem(reading) ? new Date(reading.at).toISOString() : reading
}

test.each<[string, DateFormat]>([
  ['2026-11-30', 'YYYY-MM-DD'],
  ['30.11.2026', 'DD.MM.YYYY'],
  ['30/11/2026', 'DD/MM/YYYY'],
  ['11/30/2026', 'MM/DD/YYYY'],
  ['2026-11-30', 'MM/DD/YYYY'],
  ['2026/11/30', 'YYYY/MM/DD'],
  ['20261130', 'YYYYMMDD'],
  ['30-NOV-2026', 'DD-MMM-YYYY'],
  ['2026-11-30 00:00:00', 'YYYY-MM-DD'],
  ['2026-11-30T00:00:00.000', 'YYYY-MM-DD'],
  ['11/30/2026 12:00:00 AM', 'MM/DD/YYYY'],
  ['11/30/2026, 12:00:00\u202FAM', 'MM/DD/YYYY'],
  ['30.11.2026 0:00', 'DD.MM.YYYY'],
  ['2026-12-01T01:00:00.000+0100', 'YYYY-MM-DD'],
  ['2026-12-01 01:00:00+01', 'YYYY-MM-DD'],
  ['2026-12-01 01:00:00 +01:00', 'YYYY-MM-DD'],
  ['2026-12-01T00:00:00.0000000Z', 'YYYY-MM-DD'],
  ['2026-12-01 00:00 UTC', 'YYYY-MM-DD'],
  ['2026-12-01 00:00:00 gmt', 'YYYY-MM-DD'],
  ['2026-11-30T16:00:00 -08', 'YYYY-MM-DD'],
])('%s in the format %s', (text, format) => {
  expect(at(text, format)).toMatch(/^2026-(?:12-01T00:00:00|11-30T23:59:59)\.000Z$/)
})

test('days and months may have one digit', () => {
  expect(at('1.2.2026', 'DD.MM.YYYY')).toBe('2026-02-02T00:00:00.000Z')
  expect(at('1/2/2026', 'MM/DD/YYYY')).toBe('2026-01-03T00:00:00.000Z')
  expect(at('2026-1-2')).toBe('2026-01-03T00:00:00.000Z')
})

test('the seconds of a timestamp may be missing, or have fractions', () => {
  expect(at('2026-11-30T18:00+01:00')).toBe('2026-11-30T17:00:00.000Z')
  expect(at('2026-11-30 18:00:00.5Z')).toBe('2026-11-30T18:00:00.500Z')
})

describe('the end of time is never due', () => {
  test.each([
    '2079-06-06',
    '2099-12-31',
    '2100-01-01',
    '2199-12-31',
    '2999-12-31 00:00:00',
    '3000-01-01',
    '4712-12-31',
    '9999-12-31T23:59:59Z',
  ])('%s', (text) => {
    expect(at(text)).toBe('9999-12-31T23:59:59.000Z')
  })

  test('in every format, and where accounts end at midnight', () => {
    expect(at('31.12.9999', 'DD.MM.YYYY')).toBe('9999-12-31T23:59:59.000Z')
    expect(read('12/31/9999 12:00:00 AM', 'MM/DD/YYYY', true)).toMatchObject({ at: expect.any(Number) })
  })
})

describe('what is not a date', () => {
  const offset = 'is a time without an offset'
  test.each([
    ['2026-02-30', 'does not exist'],
    ['31.02.2026', 'does not exist'],
    ['2026-11-30T25:00:00Z', 'does not exist'],
    ['2026-11-30T23:59:60Z', 'does not exist'],
    ['30-Nox-2026', 'does not exist'],
    ['2026-11-30T18:00', offset],
    ['11/30/2026 12:00:00 PM', offset],
    ['2026-11-30 09:12:33', offset],
    ['46356', 'is a number'],
    ['/Date(1795651200000)/', 'is how Windows PowerShell writes a date in JSON'],
    ['2026\u201111\u201130', 'contains U+2011, which no date has'],
    ['\u200E2026-11-30', 'contains U+200E, which no date has'],
    ['2026-11-30\uFEFF', 'contains U+FEFF, which no date has'],
    ['30.11.26', 'has a year of two digits'],
    ['${{ inputs.date }}', 'is an expression that was not evaluated'],
    [
      'soon',
      'is not a date in the format YYYY-MM-DD, a timestamp with an offset like 2026-11-30T18:00:00+01:00, or `now`',
    ],
    ['1'.repeat(100_000), 'is not a date in the format YYYY-MM-DD, a timestamp'],
  ])('%.40s', (text, what) => {
    const reading = read(text)
    expect(reading).toMatchObject({ what: expect.stringContaining(what) })
    expect(reading).not.toHaveProperty('kind')
  })

  test.each([
    '1970-01-02',
    '1930-01-31',
    '0026-11-20',
    '1448-05-05',
    '2083-11-20',
    '2569-11-26',
    '2076-11-26',
    '2083-11-20T10:00:00Z',
  ])('%s is in a year that no leaver has', (text) => {
    expect(read(text)).toMatchObject({ kind: 'odd_year', remedy: 'Check the year.' })
  })

  test.each(['1971-01-01', '2076-11-25'])('%s is not', (text) => {
    expect(read(text)).toMatchObject({ at: expect.any(Number) })
  })

  test.each<[string, DateFormat, string]>([
    ['30.11.2026', 'YYYY-MM-DD', '`DD.MM.YYYY` fits. The wrong format'],
    ['11/30/2026', 'DD/MM/YYYY', '`MM/DD/YYYY` fits. The wrong format'],
    ['11/30/2026 00:00', 'DD/MM/YYYY', '`MM/DD/YYYY` fits. The wrong format'],
    ['11/10/2026', 'DD.MM.YYYY', '`DD/MM/YYYY` and `MM/DD/YYYY` fit. The wrong format'],
  ])('%s is one in another format than %s', (text, format, remedy) => {
    expect(read(text, format)).toMatchObject({
      kind: 'other_format',
      remedy: expect.stringContaining(remedy),
    })
  })
})

test('a bare midnight in a column of accounts that expire is ambiguous; with its offset it is not', () => {
  expect(read('11/25/2026 12:00:00 AM', 'MM/DD/YYYY', true)).toMatchObject({
    what: expect.stringContaining('an account has expired when that day begins'),
  })
  expect(read('2026-11-25T00:00:00.0000000+01:00', 'MM/DD/YYYY', true)).toMatchObject({
    at: expect.any(Number),
  })
})
