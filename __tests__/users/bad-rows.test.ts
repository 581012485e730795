import { expect, test } from '@jest/globals'
import { read } from '../support/inputs.ts'
import { Scene, type With } from '../support/scene.ts'

const SKIP: With = { email: null, 'users-file': 'l.csv', 'bad-rows': 'skip' }

test('rows that cannot be used are left out, each with its place and what is wrong with it', async () => {
  const csv = [
    'email,user_uid,revoke_after',
    'a@example.com,,now',
    'b,1,',
    'x,c@example.com,,now',
    'x,y,z,w',
    'd@example.com,,now',
    'D@example.com,,now',
    ',,now',
    'e@example.com,,now',
    'p@example.com,q@example.com,,now',
    'f@example.com,,now',
  ].join('\n')
  const { inputs } = await read(SKIP, {}, { 'l.csv': csv })
  expect(inputs?.list).toMatchObject({
    users: [
      { email: 'a@example.com', timing: 'due', source: 'l.csv:2' },
      { email: 'd@example.com', timing: 'due', source: 'l.csv:6' },
      { email: 'e@example.com', timing: 'due', source: 'l.csv:9' },
      { email: 'f@example.com', timing: 'due', source: 'l.csv:11' },
    ],
    repeated: 1,
    badRows: [
      {
        file: 'l.csv',
        line: 3,
        source: 'l.csv:3',
        email: 'b',
        problems: [
          '"b" is not an email address like user@example.com.',
          'the UUID "1" is not 32 hex characters, or 36 with hyphens.',
          '`revoke_after` is blank. If users without a date stay, set `blank-date: not-due`. For a user who leaves, write the date, or `now`.',
        ],
      },
      expect.objectContaining({
        source: 'l.csv:4',
        email: 'c@example.com',
        problems: ['this row has 4 cells, the header has 3. Fix the delimiters and quotation marks.'],
      }),
      expect.objectContaining({ source: 'l.csv:5', email: '' }),
      expect.objectContaining({
        source: 'l.csv:8',
        email: '',
        problems: ['the address is missing. Add it, or remove the row if it names no user.'],
      }),
      expect.objectContaining({ source: 'l.csv:10', email: 'p@example.com, q@example.com' }),
    ],
  })
})

test('if more are bad than good, the run stops anyway; people who stay are good', async () => {
  const { problems } = await read(SKIP, {}, { 'l.csv': 'email\na@example.com\nb\nc\n' })
  expect(problems).toEqual([
    expect.stringMatching(/^l\.csv:3: "b" is not/),
    expect.stringMatching(/^l\.csv:4: "c" is not/),
    '`bad-rows: skip` goes ahead only if most rows can be used, but only 1 row can, and 2 rows cannot.',
  ])
  const staff = { 'l.csv': 'email,revoke_after,name\na@example.com,now,\nb,now,\nc,now,\n,,Ann\n' }
  expect((await read({ ...SKIP, 'blank-date': 'not-due' }, {}, staff)).problems).toEqual([])
})

test('the run also stops for a date in another format', async () => {
  const csv = 'email,revoke_after\na@example.com,now\nb@example.com,now\nc@example.com,30.11.2026\n'
  const { problems } = await read(SKIP, {}, { 'l.csv': csv })
  expect(problems).toEqual([
    'l.csv:4: `revoke_after` "30.11.2026" is not a date in the format YYYY-MM-DD. `DD.MM.YYYY` fits. The wrong format revokes too early or too late, so check how the list was exported before you set `date-format`.',
  ])
})

test('a user with two dates is a bad row, and so is one who stays in one row and leaves in another', async () => {
  const csv = [
    'email,revoke_after',
    'a@example.com,',
    'b@example.com,now',
    'A@example.com,now',
    'c@example.com,2026-11-30',
    'c@example.com,now',
    'c@example.com,2026-11-29',
    'd@example.com,now',
  ].join('\n')
  const { inputs } = await read({ ...SKIP, 'blank-date': 'not-due' }, {}, { 'l.csv': csv })
  expect(inputs?.list).toMatchObject({
    users: [{ email: 'b@example.com' }, { email: 'd@example.com' }],
    badRows: [
      {
        source: 'l.csv:2',
        line: 2,
        email: 'a@example.com',
        problems: [
          '"a@example.com" is also listed at l.csv:4, with another `revoke_after`. Find out which is right, and remove the other.',
        ],
      },
      {
        source: 'l.csv:5',
        problems: [
          '"c@example.com" is also listed at l.csv:6, with another `revoke_after`. Find out which is right, and remove the other.',
          '"c@example.com" is also listed at l.csv:7, with another `revoke_after`. Find out which is right, and remove the other.',
        ],
      },
    ],
  })
})

test('a bad row with an address takes the good rows of that address with it', async () => {
  const csv = [
    'email,revoke_after',
    'a@example.com,now',
    'b@example.com,now',
    'A@example.com,soon',
    'c@example.com,x,now',
    'c@example.com,now',
    'd@example.com,now',
  ].join('\n')
  const { inputs } = await read(SKIP, {}, { 'l.csv': csv })
  expect(inputs?.list).toMatchObject({
    users: [{ email: 'b@example.com' }, { email: 'd@example.com' }],
    badRows: [
      {
        source: 'l.csv:4',
        problems: [
          expect.stringMatching(/^`revoke_after` "soon" is not a date/),
          '"a@example.com" is also listed at l.csv:2, and neither entry can be used. Fix this entry.',
        ],
      },
      {
        source: 'l.csv:5',
        problems: [
          expect.stringMatching(/^this row has 3 cells/),
          '"c@example.com" is also listed at l.csv:6, and neither entry can be used. Fix this entry.',
        ],
      },
    ],
  })
})

test('only what is nearly an address in a bad row is made a secret', async () => {
  await using scene = await Scene.open()
  const rows = ['@', 'Ann Lee <ann@example.com>', 'nobody', 'b@localhost', 'c@example.com;d@example.com']
  const good = rows.map((_row, index) => `u${index}@example.com`)
  const result = await scene.runSource(
    { ...SKIP, 'mask-emails': 'true', 'dry-run': 'offline' },
    { files: { 'l.csv': ['email', ...good, ...rows].join('\n') } },
  )
  const secrets = result.stdout.split('\n').flatMap((line) => line.split('::add-mask::').slice(1))
  expect(secrets.slice(-4)).toEqual(['ann@example.com', 'b@localhost', 'c@example.com', 'd@example.com'])
  expect(secrets).not.toContain('@')
  expect(secrets).not.toContain('nobody')
})
