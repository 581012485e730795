import { readFileSync } from 'node:fs'
import { wordsOf } from './messages.ts'

/** What a table of docs/troubleshooting.md has in its first column. */
export interface Entry {
  /** A message, `…` for what differs from run to run, or a code. */
  readonly text: string
  /** As `docs/troubleshooting.md:12`. */
  readonly place: string
}

/** A shorter beginning is that of too many messages. */
const FEWEST_WORDS = 3

const PATH = 'docs/troubleshooting.md'
const LINES = readFileSync(new URL(`../../${PATH}`, import.meta.url), 'utf8').split('\n')

/** The entries of all tables whose first column has that title. A cell may have several, each written as code. */
export function entriesUnder(title: string): Entry[] {
  let current = ''
  return LINES.flatMap((line, index) => {
    const [cell = ''] = line.startsWith('| ') ? line.slice(2).split(/(?<!\\)\|/) : ['']
    if (cell === '') current = ''
    else if (current === '') current = cell.trim()
    if (current !== title) return []
    return Array.from(cell.matchAll(/(`+)(.+?)\1(?!`)/g), ([, , text = '']) => ({
      text: text.trim().replaceAll(String.raw`\|`, '|'),
      place: `${PATH}:${index + 1}`,
    }))
  })
}

/** Verbs with which a message says what to do, at the beginning of a clause. */
const VERBS =
  'add|call|check|choose|configure|copy|create|export|fix|format|give|keep|list|make|move|percent-encode|put|raise|remove|rename|run|save|' +
  'set|split|store|treat|type|use|wait|write'
const ADVICE = new RegExp(String.raw`(?:^|[:;.,…] |\b(?:and|or|so) |better, )(?:${VERBS})\b`, 'i')

/** Whether a message names its own remedy, so that it has to be looked up nowhere. */
export function saysWhatToDo(message: string): boolean {
  return ADVICE.test(message)
}

/** Whether an entry is a message, or its beginning up to where a clause of it ends. */
export function matches(entry: string, message: string): boolean {
  const wanted = trimmed(entry)
  return beginningsOf(message).some((beginning) => patternOf(beginning).test(wanted))
}

/** The shortest entry for a message. */
export function suggestion(message: string): string {
  const [shortest = message] = beginningsOf(message)
  const fence = shortest.includes('`') ? '``' : '`'
  return shortest.startsWith('`') ? `${fence} ${shortest} ${fence}` : `${fence}${shortest}${fence}`
}

/** A message, and every beginning of it that says something and ends with a clause. */
function beginningsOf(message: string): string[] {
  const text = trimmed(message)
  const ends = Array.from(text.matchAll(/[.:;,](?=\s)| \(/g), ({ index }) => index)
  const beginnings = ends.map((end) => trimmed(text.slice(0, end)))
  return [...beginnings.filter((beginning) => wordsOf(beginning) >= FEWEST_WORDS), text]
}

/** Without the gaps and stops around it. */
function trimmed(text: string): string {
  return text.replace(/^[…,:\s]+/, '').replace(/[….,:;\s]+$/, '')
}

function patternOf(text: string): RegExp {
  return new RegExp(
    `^${text
      .split('…')
      .map((part) => RegExp.escape(part))
      .join('.+')}$`,
  )
}
