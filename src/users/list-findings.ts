import { quantity } from '../text/measures.ts'

/** Where in a file of the workspace a problem is. */
export interface FilePlace {
  /** Relative to the workspace; undefined for a file elsewhere, and where there is no file. */
  readonly file?: string
  readonly line?: number
}

/** Records a problem: a full sentence that names the input or the place in the list, and the remedy. */
export type ReportProblem = (sentence: string, at?: FilePlace) => void

/** The name of a list of users. */
export interface ListName {
  readonly origin: 'email' | 'file'
  /** The name of the file; `email` for the input. */
  readonly name: string
  /** Path of the file relative to the workspace; undefined if it is elsewhere. */
  readonly file?: string
  /** What messages call the date of a user; `revoke_after` by default. */
  readonly dateName?: string
}

/** Where a user is listed. */
export interface Place {
  readonly list: ListName
  /** Of the file, beginning at 1, as an editor shows it. */
  readonly line?: number
  /** In the input `email`, beginning at 1; undefined if there is only one. */
  readonly entry?: number
}

/** The place as the beginning of a sentence: "leavers.csv, line 12", "`email`, entry 2". */
export function whereOf({ list, line, entry }: Place): string {
  const name = list.origin === 'email' ? `\`${list.name}\`` : list.name
  if (line !== undefined) return `${name}, line ${line}`
  return entry === undefined ? name : `${name}, entry ${entry}`
}

/** The place in short: "leavers.csv:12", "email:2". */
export function sourceOf({ list, line, entry }: Place): string {
  const number = line ?? entry
  return number === undefined ? list.name : `${list.name}:${number}`
}

/** The place as an annotation names it. */
export function filePlaceOf({ list, line }: Place): FilePlace {
  return { ...(list.file !== undefined && { file: list.file }), ...(line !== undefined && { line }) }
}

/** How text from a list may appear in a message. */
export interface MessageQuotes {
  /** A value, such as an address or a date. It may be anything. */
  readonly value: (text: string) => string
  /** The name of a column, a key, or a file. */
  readonly name: (text: string) => string
}

/** Where findings go; each is a full sentence. */
export interface FindingsReceiver {
  readonly problem: ReportProblem
  readonly warn: (sentence: string) => void
  readonly quotes: MessageQuotes
}

/** A file can have millions of bad lines. */
const MAX_REPORTED = 100

/** Collects what is wrong or odd about the lists of a step. It reports the first problems, and counts the others. */
export class ListFindings {
  readonly quotes: MessageQuotes
  readonly warn: (sentence: string) => void
  /** Lines for the log. */
  readonly notes: string[] = []
  readonly #report: ReportProblem
  #count = 0

  constructor({ problem, warn, quotes }: FindingsReceiver) {
    this.#report = problem
    this.warn = warn
    this.quotes = quotes
  }

  /** @param problem - what is wrong at this place, as the end of a sentence */
  problemAt(place: Place, problem: string): void {
    this.problem(`${whereOf(place)}: ${problem}`, place)
  }

  /** @param sentence - about the lists as a whole */
  problem(sentence: string, place?: Place): void {
    this.#count += 1
    if (this.#count <= MAX_REPORTED)
      this.#report(sentence, place === undefined ? undefined : filePlaceOf(place))
  }

  /** Reports how many more problems there are. */
  close(): void {
    const more = this.#count - MAX_REPORTED
    if (more > 0) this.#report(`The lists have ${quantity(more, 'more problem')}: fix the ones above first.`)
  }
}
