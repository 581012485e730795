import { A, badList, goodList, type Mistake, NOBODY } from './mistake.ts'

/** What people write as dates. */
export const DATES: readonly Mistake[] = [
  badList(
    'a blank date',
    `email,revoke_after\n${A},\n`,
    /`revoke_after` is blank\. If users without a date stay, set `blank-date: not-due`/,
  ),
  badList('a German date', `email,revoke_after\n${A},30.11.2026\n`, /`DD\.MM\.YYYY` fits\./),
  badList('months and days swapped', `email,revoke_after\n${A},11/30/2026\n`, /`MM\/DD\/YYYY` fits\./, {
    'date-format': 'DD/MM/YYYY',
  }),
  badList(
    'the same, with bad rows skipped',
    `email,revoke_after\n${A},11/30/2026\nb@example.com,now\n`,
    /`MM\/DD\/YYYY` fits\./,
    { 'date-format': 'DD/MM/YYYY', 'bad-rows': 'skip' },
  ),
  badList('30 February', `email,revoke_after\n${A},2026-02-30\n`, /"2026-02-30" does not exist\.$/),
  badList("Excel's number of a day", `email,revoke_after\n${A},46356\n`, /format the column as dates/),
  badList('a year of two digits', `email,revoke_after\n${A},30.11.26\n`, /has a year of two digits/),
  badList(
    'a time without an offset',
    `email,revoke_after\n${A},2026-11-30T18:00\n`,
    /is a time without an offset/,
  ),
  badList('words', `email,revoke_after\n${A},tomorrow\n`, /is not a date like 2026-11-30/),
  badList(
    'two dates for one user',
    `email,revoke_after\n${A},now\n${A},2060-01-31\n`,
    /is also listed at l\.csv:2, with another `revoke_after`/,
  ),
  badList('more bad rows than good', 'email\nx\n', /^l\.csv:2: "x" is not/, { 'bad-rows': 'skip' }),
  goodList('a time without seconds', `email,revoke_after\n${A},2060-11-30T18:00Z\n`, 0, NOBODY),
  goodList('a German date, said to be one', `email,revoke_after\n${A},30.11.2060\n`, 0, NOBODY, {
    'date-format': 'DD.MM.YYYY',
  }),
  goodList(
    'a blank date for those who stay',
    `email,revoke_after\n${A},\n`,
    0,
    /^No one is due \(1 stays\)\.$/,
    {
      'blank-date': 'not-due',
    },
  ),
  {
    ...goodList(
      'a bad row skipped',
      `email\n${A}\nb\nc@example.com\n`,
      2,
      /^2 users revoked, .*1 row could not be used/,
      { 'bad-rows': 'skip' },
    ),
    colour: 'red',
  },
]
