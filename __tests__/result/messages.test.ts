import { expect, test } from '@jest/globals'
import { messagesOfSource } from '../documents/messages.ts'

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

const messages = messagesOfSource().filter(
  ({ text }) => /[a-z]/i.test(text) && text.includes(' ') && !/^\s*<\w/.test(text),
)

test('there are messages to check', () => {
  expect(messages.length).toBeGreaterThan(300)
})

test.each(RULES)('no message contains %s', (pattern, better) => {
  const found = messages
    .filter(({ text }) => pattern.test(text))
    .map(({ place, text }) => `${place}: ${text} (${better})`)
  expect(found).toEqual([])
})

test('every sentence begins with a capital letter, a number, a quotation mark, or a backtick', () => {
  const found = messages
    .filter(({ text }) => text.endsWith('.') && !SENTENCE_START.test(text))
    .map(({ place, text }) => `${place}: ${text}`)
  expect(found).toEqual([])
})
