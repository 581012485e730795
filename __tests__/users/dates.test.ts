import { describe, expect, test } from '@jest/globals'
import { readMoment } from '../../src/users/dates.ts'

const at = async (
  text: string,
  ...[format = 'YYYY-MM-DD']: Parameters<typeof readMoment>[1][]
): Promise<unknown> => {
  const read = await readMoment(text, format, 'UTC')
  return 'at' in read ? new Date(read.at).toISOString() : read
}

test.each([
  ['2026-11-30', 'YYYY-MM-DD'],
  ['30.11.2026', 'DD.MM.YYYY'],
  ['30/11/2026', 'DD/MM/YYYY'],
  ['11/30/2026', 'MM/DD/YYYY'],
  ['2026-11-30', 'MM/DD/YYYY'],
  ['2026-11-30T23:59:60Z', 'DD.MM.YYYY'],
  ['2026/11/30', 'YYYY/MM/DD'],
  ['20261130', 'YYYYMMDD'],
  ['30-NOV-2026', 'DD-MMM-YYYY'],
  ['30-november-2026', 'DD-MMM-YYYY'],
  ['2026-11-30 00:00:00', 'YYYY-MM-DD'],
  ['2026-11-30T00:00:00.000', 'YYYY-MM-DD'],
  ['11/30/2026 12:00:00 AM', 'MM/DD/YYYY'],
  ['11/30/2026 12:00:00\u202FAM', 'MM/DD/YYYY'],
  ['30.11.2026 0:00', 'DD.MM.YYYY'],
  ['2026-12-01T01:00:00.000+0100', 'YYYY-MM-DD'],
] as const)('%s in the format %s', async (text, format) => {
  expect(await at(text, format)).toMatch(/^2026-(?:12-01T00:00:00|11-30T23:59:59)\.000Z$/)
})

test('days and months may have one digit', async () => {
  expect(await at('1.2.2026', 'DD.MM.YYYY')).toBe('2026-02-02T00:00:00.000Z')
  expect(await at('1/2/2026', 'MM/DD/YYYY')).toBe('2026-01-03T00:00:00.000Z')
  expect(await at('2026-1-2')).toBe('2026-01-03T00:00:00.000Z')
})

test('the seconds of a timestamp may be missing', async () => {
  expect(await at('2026-11-30T18:00+01:00')).toBe('2026-11-30T17:00:00.000Z')
  expect(await at('2026-11-30 18:00:00.5Z')).toBe('2026-11-30T18:00:00.500Z')
})

describe('what is not a date', () => {
  test.each([
    ['2026-02-30', 'is not a valid date; fix it'],
    ['31.02.2026', 'is not a valid date; fix it'],
    ['2026-11-30T25:00:00Z', 'is not a valid date and time; fix it'],
    [
      '2026-11-30T18:00',
      'is a time without an offset; write it like 2026-11-30T18:00:00+01:00, or only the day',
    ],
    ['46356', 'is a number; in the spreadsheet, format the column as dates, and save the list again'],
    [
      '11/30/2026 12:00:00 PM',
      'is a time without an offset; write it like 2026-11-30T18:00:00+01:00, or only the day',
    ],
    [
      '2026-11-30 09:12:33',
      'is a time without an offset; write it like 2026-11-30T18:00:00+01:00, or only the day',
    ],
    [
      '2026\u201111\u201130',
      'contains U+2011, which only looks like a hyphen; write the date like 2026-11-30',
    ],
    [
      '2026\u221211\u221230',
      'contains U+2212, which only looks like a hyphen; write the date like 2026-11-30',
    ],
    ['30-Novx-2026', 'is not a valid date; fix it'],
    ['30.11.26', 'has a year of two digits; write all four'],
    [
      'soon',
      'is not a date like 2026-11-30, a timestamp with an offset like 2026-11-30T18:00:00+01:00, or `now`',
    ],
  ])('%s', async (text, problem) => {
    expect(await at(text)).toEqual({ problem, otherFormat: false })
  })

  test('the example is in the format', async () => {
    expect(await at('soon', 'DD.MM.YYYY')).toEqual({
      problem: expect.stringMatching(/like 30\.11\.2026,/),
      otherFormat: false,
    })
  })

  test.each([
    ['30.11.2026', 'YYYY-MM-DD', '`date-format: DD.MM.YYYY`'],
    ['11/30/2026', 'DD/MM/YYYY', '`date-format: MM/DD/YYYY`'],
    [
      '11/10/2026',
      'DD.MM.YYYY',
      '`date-format: DD/MM/YYYY` or `date-format: MM/DD/YYYY`, whichever the list uses: the other one revokes too early or too late',
    ],
  ] as const)('%s is one in another format than %s', async (text, format, lines) => {
    expect(await at(text, format)).toEqual({
      problem: `is not a date in the format ${format}; if the list is right, set ${lines}`,
      otherFormat: true,
    })
  })
})
