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

/** What no message of the action may contain, and what it says instead. `npm run messages` prints all messages. */
const RULES: readonly (readonly [RegExp, string])[] = [
  [/\b(?:whoever|somebody|anybody|nobody|everybody)\b/i, 'a user, no one, everyone'],
  [/\b(?:passed over|left out|left alone|leaves? out)\b/i, 'skipped'],
  [/\bexcludes?\b/i, 'cannot be combined with'],
  [/\bcall the variable\b/i, 'rename the variable'],
  [/\b(?:prove[ns]?|proved|proofs?|vouch\w*)\b/i, 'verify'],
  [/\b(?:mend|mere|whilst|for want of|for sure|sees to it|is asked for|nothing of it)\b/i, 'plain words'],
  [/\b(?:misspelt|spelt|learnt|\w+ours?ed|colour|behaviour|licence|recognis\w+|organis\w+)\b/i, 'American'],
  [/\bread back\b/i, 'verified, or what was read'],
  [/[^.]\.\.(?!\.)/, 'one period'],
  [/\S {2,}\S|\s[,;:.](?:\s|$)/, 'one space, and none before a mark'],
]

/** A text that ends with a full stop is a sentence, and begins like one, or with what differs from run to run. */
const SENTENCE_START = /^\s*[\p{Lu}\d`"'({…]/u

/** Texts of src/ that begin as an element are markup of the job summary, and one with `^` is an expression. */
const messages = messagesOfSource().filter(({ text }) => !/^(?:\s*<\w|\^)/.test(text))
/** Those of more than one word. */
const phrases = messages.filter(({ text }) => /[a-z]/i.test(text) && text.includes(' '))
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

test('there are messages to check', () => {
  expect(phrases.length).toBeGreaterThan(300)
})

test.each(RULES)('no message contains %s', (pattern, better) => {
  const found = phrases
    .filter(({ text }) => pattern.test(text))
    .map(({ place, text }) => `${place}: ${text} (${better})`)
  expect(found).toEqual([])
})

test('every sentence begins with a capital letter, a number, a quotation mark, or a backtick', () => {
  const found = phrases
    .filter(({ text }) => text.endsWith('.') && !SENTENCE_START.test(text))
    .map(({ place, text }) => `${place}: ${text}`)
  expect(found).toEqual([])
})
