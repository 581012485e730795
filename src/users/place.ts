import type { FilePlace } from '../runner/input-reader.ts'

/** A list of users, as it is named. */
export interface ListName {
  readonly origin: 'email' | 'file'
  /** The name of the file; `email` for the input. */
  readonly name: string
  /** Path of the file relative to the workspace; undefined if it is elsewhere. */
  readonly file?: string
  /** What messages call the date of a user. */
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
