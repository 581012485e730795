import * as core from '@actions/core'
import { unexpandedCause } from '../text/mistakes.ts'
import { addressMask, inQuotes, plainText, shortened } from '../text/plain-text.ts'

/** Where in a file of the workspace a problem is. */
export interface FilePlace {
  /** Relative to the workspace; undefined for a file elsewhere, and where there is no file. */
  readonly file?: string
  readonly line?: number
}

/** A problem with the inputs: a full sentence with its remedy. */
export interface InputProblem extends FilePlace {
  readonly text: string
}

/** Records a problem: a full sentence that names the input or the place in the list, and the remedy. */
export type ReportProblem = (sentence: string, at?: FilePlace) => void

/** Reads single inputs the way the runner passes them, and collects the problems with them. */
export class InputReader<Name extends string> {
  readonly problems: InputProblem[] = []
  /** Full sentences about odd inputs that do not stop the run. */
  readonly warnings: string[] = []
  /** The inputs that were read so far, without secrets, as the action understands them. */
  readonly given = new Map<Name, string | number | boolean>()
  readonly #defaults: Readonly<Record<Name, string>>
  readonly #secrets: string[] = []
  #mask = addressMask(false)

  /** @param defaults - the inputs of the action, each with its default */
  constructor(defaults: Readonly<Record<Name, string>>) {
    this.#defaults = defaults
  }

  /** Keeps addresses out of every message from now on. */
  maskAddresses(): void {
    this.#mask = addressMask(true)
  }

  readonly problem = (sentence: string, at?: FilePlace): void => {
    this.problems.push({ text: this.#redacted(sentence), ...at })
  }

  readonly warn = (sentence: string): void => {
    this.warnings.push(this.#redacted(sentence))
  }

  /** The input, trimmed. The runner applies defaults itself; here they apply only without a runner. */
  text(name: Name): string {
    return this.#record(name, this.#text(name))
  }

  /** A text input that is kept out of every message, and registered with the runner as a secret. */
  secret(name: Name): string {
    const text = this.#text(name)
    const bare = text.replace(/^bearer\s+/i, '')
    for (const secret of new Set([text, bare])) {
      if (secret === '') continue
      core.setSecret(secret)
      this.#secrets.push(secret)
    }
    return text
  }

  /** A boolean as the toolkit reads it. An empty one is a mistake: it may have been meant to be true. */
  boolean(name: Name): boolean {
    return this.#record(name, this.#boolean(name, '`true` or `false`'))
  }

  /** A boolean, or a certain word. */
  booleanOr<Word extends string>(name: Name, word: Word): boolean | Word {
    const value =
      this.#text(name) === word ? word : this.#boolean(name, `\`true\`, \`false\`, or \`${word}\``)
    return this.#record(name, value)
  }

  #boolean(name: Name, words: string): boolean {
    if (this.#isAbsent(name)) return this.#defaults[name] === 'true'
    if (this.#text(name) === '') {
      this.problem(`\`${name}\` is empty; if it comes from an expression, write \`\${{ … || false }}\`.`)
      return false
    }
    try {
      return core.getBooleanInput(name)
    } catch {
      this.#reject(name, `use ${words}`)
      return false
    }
  }

  /** A whole number within bounds, both included. */
  integer(name: Name, min: number, max: number): number {
    const text = this.#text(name)
    const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
    if (number >= min && number <= max) return this.#record(name, number)
    const remedy = `use a whole number from ${min} to ${max}`
    if (text !== '') this.#reject(name, remedy)
    else {
      this.problem(
        `\`${name}\` is empty; if it comes from an expression, write \`\${{ … || ${this.#defaults[name]} }}\`, or ${remedy}.`,
      )
    }
    return min
  }

  /** One of several words; the first is used if the input is none of them. */
  choice<Word extends string>(name: Name, words: readonly [Word, ...Word[]]): Word {
    const text = this.text(name)
    const word = words.find((candidate) => candidate === text)
    if (word !== undefined) return word
    const quoted = words.map((candidate) => `\`${candidate}\``)
    const last = `${quoted.length > 2 ? ',' : ''} or ${quoted.at(-1)}`
    this.#reject(name, `use ${quoted.slice(0, -1).join(', ')}${last}`)
    return words[0]
  }

  /** The value as a message may show it: quoted, plain and short; never something that looks like a credential. */
  quote(text: string): string {
    return /cf(ut|at|k)_/.test(text) ? 'something that looks like a credential' : inQuotes(this.#shown(text))
  }

  /** A name as code, plain and short. */
  quoteName(name: string): string {
    return `\`${this.#shown(name)}\``
  }

  /** Reports a value that the input cannot have. */
  #reject(name: Name, remedy: string): void {
    const text = this.#text(name)
    const cause = unexpandedCause(text)
    this.problem(
      cause === undefined
        ? `\`${name}\` is ${this.quote(text)}: ${remedy}.`
        : `\`${name}\` ${cause}: write an expression like \`\${{ inputs.${name} }}\`, or ${remedy}.`,
    )
  }

  #record<Value extends string | number | boolean>(name: Name, value: Value): Value {
    this.given.set(name, typeof value === 'string' ? this.#redacted(value) : value)
    return value
  }

  #text(name: Name): string {
    return this.#isAbsent(name) ? this.#defaults[name] : core.getInput(name)
  }

  #shown(text: string): string {
    return plainText(shortened(this.#mask(this.#redacted(text)), 80))
  }

  #redacted(text: string): string {
    return this.#secrets.reduce((redacted, secret) => redacted.replaceAll(secret, '***'), text)
  }

  #isAbsent(name: Name): boolean {
    return process.env[`INPUT_${name.toUpperCase()}`] === undefined
  }
}
