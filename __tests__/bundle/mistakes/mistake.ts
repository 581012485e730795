import type { With } from '../../support/scene.ts'

/** A common mistake, and its result. */
export interface Mistake {
  readonly what: string
  readonly inputs: With
  readonly files?: Readonly<Record<string, string | Uint8Array>>
  readonly env?: Readonly<Record<string, string>>
  readonly colour: 'red' | 'green'
  /** How many calls are sent. */
  readonly calls: number
  /** The first sentence of what is to be fixed; of a green step, the last line of the log. */
  readonly says: RegExp
}

/** What few of them need. */
export type Rest = Omit<Mistake, 'what' | 'inputs' | 'colour' | 'calls' | 'says'>

/** Nothing is sent, and the step is red. */
export function stops(what: string, inputs: With, says: RegExp, rest: Rest = {}): Mistake {
  return { what, inputs, says, colour: 'red', calls: 0, ...rest }
}

/** It does what was meant. */
export function works(what: string, inputs: With, calls: number, says: RegExp, rest: Rest = {}): Mistake {
  return { what, inputs, says, colour: 'green', calls, ...rest }
}

/** The inputs and the file of a list. */
export function list(name: string, text: string | Uint8Array, inputs: With = {}): [With, Rest] {
  return [{ email: null, 'users-file': name, ...inputs }, { files: { [name]: text } }]
}

/** A list that stops the run. */
export function badList(
  what: string,
  text: string,
  says: RegExp,
  inputs: With = {},
  name = 'l.csv',
): Mistake {
  const [given, rest] = list(name, text, inputs)
  return stops(what, given, says, rest)
}

/** A list that does what was meant. */
export function goodList(
  what: string,
  text: string,
  calls: number,
  says: RegExp,
  inputs: With = {},
  name = 'l.csv',
): Mistake {
  const [given, rest] = list(name, text, inputs)
  return works(what, given, calls, says, rest)
}

/** The same as {@link list} for a file that is not text. */
export function pair(name: string, bytes: Uint8Array, says: RegExp): [With, RegExp, Rest] {
  const [given, rest] = list(name, bytes)
  return [given, says, rest]
}

/** How green steps end. */
export const ONE = /^1 user revoked, not verified\.$/
export const TWO = /^2 users revoked, not verified\.$/
export const NOBODY = /^No one is due \(1 not due yet\)\.$/
/** The address of a user. */
export const A = 'a@example.com'
