/**
 * Tries regular expressions against long texts, in a process of its own that can be ended when one takes too long.
 *
 * Takes a JSON array of `[source, flags]` on standard input, and prints the number of each one that has ended.
 */
const LENGTH = 100_000

/** What every expression is tried against, besides the characters of its own source. */
const PARTS = [...' aA0.-@\né', 'a@', 'a.', '1-', ' a', '::', '%25', '&#', '{{', '@{a}', '@{a},', 'a, ']

/** A text of repeated characters, ended by something that makes most expressions fail and go back. */
function* textsFor(source) {
  const words = source.replace(/\\?\W/g, ' ').trim().split(/ +/).slice(0, 10)
  const parts = [...PARTS, ...source, ...words, words.join(',')]
  for (const part of new Set(parts.filter((text) => text !== ''))) {
    const text = part.repeat(Math.ceil(LENGTH / part.length))
    yield text
    yield `${text}\u0000\n`
    yield `${source.replace(/[\\^$()[\]?*+]/g, '').slice(0, 8)}${text}\u0000\n`
  }
}

let input = ''
for await (const chunk of process.stdin) input += chunk
for (const [index, [source, flags]] of JSON.parse(input).entries()) {
  const expression = new RegExp(source, flags)
  for (const text of textsFor(source)) text.replace(expression, '')
  process.stdout.write(`${index}\n`)
}
