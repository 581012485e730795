import { describe, expect, test } from '@jest/globals'
import { tableOf } from '../support/reading.ts'
import type { With } from '../support/scene.ts'

const LIST = 'email;revoke_after\nann@example.com;now\n'
const ANN = { due: ['ann@example.com'] }

describe('the delimiter is the one with which the header has the wanted columns', () => {
  test.each<[string, string, With]>([
    [
      'more commas than semicolons',
      'email;Name, First, Title;Exit\nann@example.com;Lee, Ann, Dr.;now\nb@example.com;x;2030-01-01\n',
      { 'date-column': 'Exit' },
    ],
    [
      'more semicolons than commas',
      'email,Name; First; Title,Exit\nann@example.com,Lee; Ann; Dr.,now\n',
      { 'date-column': 'Exit' },
    ],
    [
      'more commas than tabs',
      'Last, First, Title\temail\tExit\nLee, Ann, Dr.\tann@example.com\tnow\n',
      { 'date-column': 'Exit' },
    ],
    ['a single column', 'email\nann@example.com\n', {}],
    [
      'a comma in the only other title',
      'email;"Last, First"\nann@example.com;x\n',
      { 'date-column': 'none' },
    ],
    [
      'columns that only one delimiter has',
      'email,x;email;Ticket;y\nnobody;ann@example.com;1;now\n',
      { 'reference-column': 'Ticket', 'date-column': 'none' },
    ],
  ])('%s', async (_name, csv, inputs) => {
    expect(await tableOf(csv, inputs)).toMatchObject(ANN)
  })
})

describe('title rows are skipped', () => {
  test.each<[string, string, number | undefined]>([
    ['one', `All leavers, of 2026\n${LIST}`, 2],
    ['two', `"Leavers ""A""\n";;\n${LIST}`, 3],
    ['many', `Report;;\nby: HR;;\n\n\nas of; 2026-11-25;\n${LIST}`, 6],
    ["Excel's", `sep=;\n${LIST}`, 2],
    ['blank ones only', `\n\n ; \n${LIST}`, undefined],
    ['with an address among other words in the only cell', `Questions? Write to hr@example.com\n${LIST}`, 2],
  ])('%s', async (_name, csv, line) => {
    const notes =
      line === undefined ? [] : [`l.csv: the header is line ${line}; the lines above it were skipped.`]
    expect(await tableOf(csv)).toMatchObject({ ...ANN, notes })
  })

  test.each([
    'bob@example.com;now',
    'bob@example.com',
    'bob@example.com, now',
    'Bob, bob@example.com',
    'Questions, to hr@example.com',
    'Bob;bob@example.com',
  ])('but %s above the header may be a user', async (above) => {
    expect((await tableOf(`Report\n${above}\n${LIST}`)).problems).toEqual([
      'l.csv:2: there is an address in or above the header, which seems to be line 3 and reads "email", "revoke_after". Write a line with the names of the columns above the users, and no address in it or above it.',
    ])
  })

  test('the header is one of the first thirty rows', async () => {
    expect(await tableOf(`${'x;y\n'.repeat(29)}${LIST}`)).toMatchObject(ANN)
    expect((await tableOf(`${'x;y\n'.repeat(30)}${LIST}`)).problems).toEqual([
      'l.csv:1: no column is called "email" (`email-column`). The columns are "x", "y".',
      expect.stringMatching(/^l\.csv:1: no column is called "revoke_after"/),
    ])
  })
})

test.each([
  ['a row glued to its last title', 'name,email,teamAnn,ann@example.com,Ops\nBob,bob@example.com,Ops\n'],
  [
    'the row of a user that has the name of a column',
    'Address,Contact by\na@example.com,email\nb@example.com,email\n',
  ],
  ['an address without a line break before it', 'email,revoke_afterann@example.com,now\n'],
])('an address in the header may be a user: %s', async (_name, csv) => {
  const { problems } = await tableOf(csv, { 'date-column': 'none' })
  expect(problems?.join()).toMatch(/there is an address in or above the header/)
})

test.each(['', '\n\n', ' , ;\n', '\uFEFF'])('a blank file (%j) is an empty list', async (csv) => {
  expect(await tableOf(csv, { 'if-empty': 'ignore' })).toMatchObject({
    due: [],
    notes: ['l.csv: the list has no users.'],
  })
})

describe('quotation marks', () => {
  const problem = (line: string): RegExp =>
    new RegExp(String.raw`^l\.csv:${line}: a quotation mark is wrong here or on an earlier line\. Fix it,`)
  test.each<[string, string, string[]]>([
    ['one that does not end', 'name,email\n"x,a@example.com\ny,b@example.com\n', [String.raw`\d`]],
    ['one in the middle of a cell', 'name,email\nx"y"z "q",a@example.com\n"x"y,b@example.com\n', ['2']],
    ['one above the header', `The "best" "list\n${LIST}`, ['1']],
    ['one that hides the header', '"email,revoke_after\nann@example.com,now\n', [String.raw`\d`]],
  ])('%s', async (_name, csv, lines) => {
    const { problems } = await tableOf(csv, {
      'date-column': csv.includes('revoke_after') ? 'revoke_after' : 'none',
      'if-empty': 'ignore',
    })
    expect(problems).toEqual(lines.map((line) => expect.stringMatching(problem(line))))
  })
})

describe('two stray quotation marks hide no user', () => {
  test.each([
    ['in a column that is not read', 'a@example.com,"x\nb@example.com,y\nc@example.com,z"\nd@example.com,w'],
    ['at the end of a cell', 'a@example.com,"\nb@example.com,y\n"\nd@example.com,w'],
    ['so that cells are missing', 'a@example.com,"x\nb@example.com,y\nc",z\nd@example.com,w'],
    ['in the column of the addresses', '"a@example.com,x\nb@example.com",y\nd@example.com,w'],
  ])('%s', async (_name, rows) => {
    for (const badRows of ['stop', 'skip']) {
      const { problems } = await tableOf(`email,note\n${rows}\n`, {
        'date-column': 'none',
        'bad-rows': badRows,
      })
      expect(problems).toContainEqual(
        expect.stringMatching(/may have swallowed rows\. Check the quotation marks up to line \d\./),
      )
    }
  })

  test('before the column of the addresses', async () => {
    const { problems } = await tableOf('name,email\n"Ann,a@example.com\nBob",b@example.com\n', {
      'date-column': 'none',
    })
    expect(problems).toEqual([
      expect.stringMatching(/^l\.csv:2: a cell contains line breaks and may have swallowed rows/),
    ])
  })

  test('a cell of several lines in a column that is read is a bad row', async () => {
    const csv = 'email,note\n"a@example.com\nbob",y\nd@example.com,w\ne@example.com,w\n'
    expect(await tableOf(csv, { 'date-column': 'none', 'bad-rows': 'skip' })).toMatchObject({
      due: ['d@example.com', 'e@example.com'],
      badRows: [expect.stringMatching(/^l\.csv:2 [^]*: a cell that has to be read contains several lines\./)],
    })
  })

  test('in the header', async () => {
    const { problems } = await tableOf('email,"note\na@example.com,x\nb@example.com",y\n', {
      'date-column': 'none',
    })
    expect(problems).toEqual([expect.stringMatching(/^l\.csv:1: there is an address in or above the header/)])
  })
})

test('a note of several lines is fine, with an address, too, and a cell of any length', async () => {
  const csv = `email,note,revoke_after\r\nann@example.com,"one\r\nhr@example.com\n\nthree",now\r\nbob@example.com,${'x'.repeat(70_000)},now\r\n`
  expect(await tableOf(csv)).toMatchObject({ due: ['ann@example.com', 'bob@example.com'] })
})

test('lines are numbered as an editor numbers them', async () => {
  const csv = '\r\nemail,note\r\na@example.com,"one\r\ntwo\r\nthree"\r\n\r\nb,x\r\rc,"y\nz"\n'
  expect((await tableOf(csv, { 'date-column': 'none' })).problems).toEqual([
    expect.stringMatching(/^l\.csv:7: "b" is not/),
    expect.stringMatching(/^l\.csv:9: "c" is not/),
  ])
})
