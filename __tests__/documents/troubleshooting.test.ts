import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { messagesOfSource } from './messages.ts'
import { entriesUnder, matches, saysWhatToDo, suggestion } from './troubleshooting.ts'

/** Texts that need no entry, each with the reason. */
const WITHOUT_ENTRY: Readonly<Record<string, string>> = {
  'The Global API key is active': 'is good news',
  'The API token is active…': 'is good news',
  'The Global API key': 'is the subject of another sentence',
  'The check of the credential': 'is the subject of another sentence',
  'The list of all users': 'is the subject of another sentence',
  'The devices of … users': 'is the subject of another sentence',
  'that the call takes': 'is a part of a remedy',
  'Cloudflare refers to … for details.': 'is a remedy',
  '…, trying again in … s': 'is progress',
  'something that looks like a credential': 'stands for a value',
  '… ms, attempt …, new connection': 'is for debugging',
  'set `date-column: none` to revoke the users of the selected rows.': 'is a remedy',
  'use a column that says who leaves, as in ….': 'is a remedy',
  '…: … passed over; the header is line ….': 'is a note in the log',
  'If that is not a mistake, set `if-empty` to `warn` or `ignore`.': 'is a remedy',
}

/** Texts of src/ that begin as an element are markup of the job summary. */
const messages = messagesOfSource().filter(({ text }) => !/^<\w/.test(text))
const entries = entriesUnder('Message')

test('every problem that does not say itself what to do has an entry in docs/troubleshooting.md', () => {
  const missing = messages
    .filter(({ text, problem }) => problem && !saysWhatToDo(text) && !(text in WITHOUT_ENTRY))
    .filter(({ text }) => !entries.some((entry) => matches(entry.text, text)))
    .map(
      ({ text, place }) =>
        `${place} reports "${text}". Say in the message what to do, or add to the fitting table of docs/troubleshooting.md: | ${suggestion(text)} | what to do |`,
    )
  expect(missing).toEqual([])
})

test('every message in docs/troubleshooting.md is one of src/', () => {
  const stale = entries
    .filter(({ text }) => !messages.some((message) => matches(text, message.text)))
    .map(
      ({ text, place }) =>
        `${place} has "${text}", which is neither a message of src/ nor the beginning of one up to a comma, a semicolon, a colon, or a full stop. Correct or remove it.`,
    )
  expect(stale).toEqual([])
  expect(entries.length).toBeGreaterThan(50)
})

test('every text that needs no entry is in src/', () => {
  const known = new Set(messages.filter(({ problem }) => problem).map(({ text }) => text))
  expect(Object.keys(WITHOUT_ENTRY).filter((text) => !known.has(text))).toEqual([])
})

test('the codes in docs/troubleshooting.md are those that have a hint', () => {
  const source = readFileSync(new URL('../../src/cloudflare/error-codes.ts', import.meta.url), 'utf8')
  const rows = source.split(/^(?= {2}(?:\{|\d+: \{))/m).filter((row) => !row.includes('...TRANSIENT }'))
  const codes = rows.flatMap(
    (row) => /^ {2}(?:\{\s*code: )?(\d+)|'(access\.[\w.]+)'/.exec(row)?.slice(1) ?? [],
  )
  const wanted = new Set(codes.filter(Boolean))
  const listed = entriesUnder('Code').map(({ text }) => text)
  expect(listed.toSorted()).toEqual(Array.from(wanted).toSorted())
})
