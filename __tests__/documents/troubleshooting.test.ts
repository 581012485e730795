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
  '… ms, attempt …, new connection': 'is for debugging',
  'is the name of a value, not the value': 'is followed by what to write instead',
  'is an expression that was not evaluated, because it comes from where GitHub evaluates nothing, such as a payload':
    'is followed by what to write instead',
  'is an expression without its `$`': 'is followed by what to write instead',
  '`protected-users`, entry …: …': 'is a place',
  'the list has no users': 'is followed by what `if-empty` can do',
  'A dry run cannot check whether the credential may revoke users….…': 'is a note in the log',
}

/** Texts of src/ that begin as an element are markup of the job summary, and one with `^` is an expression. */
const messages = messagesOfSource().filter(({ text }) => !/^(?:<\w|\^)/.test(text))
const entries = entriesUnder('Message')

test('every problem that does not say itself what to do has an entry in docs/troubleshooting.md', () => {
  const missing = messages
    .filter(
      ({ text, problem, remedied }) =>
        problem && !remedied && !saysWhatToDo(text) && !(text in WITHOUT_ENTRY),
    )
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
  // Rows of tables, whose code or text comes first.
  const lines = source.split('\n').filter((line) => !line.includes('TRANSIENT'))
  const codes = lines.flatMap((line) => [
    ...(/^\s+(?:\[|\{ )?(?:code: )?(\d{3,5})[,:]/.exec(line)?.slice(1) ?? []),
    ...(/'(access\.[\w.]+)'/.exec(line)?.slice(1) ?? []),
  ])
  const wanted = new Set(codes)
  const listed = entriesUnder('Code').map(({ text }) => text)
  expect(listed.toSorted()).toEqual(Array.from(wanted).toSorted())
})
