import * as core from '@actions/core'
import { plainText, shortened } from '../text/plain-text.ts'
import { type InputName, INPUTS } from './declared-inputs.ts'
import { undeclaredInputs } from './misspelt-inputs.ts'

/** A warning names this many unknown inputs. */
const MOST_NAMED = 10

/** Where in a file of the workspace something is wrong. */
export interface FilePlace {
  /** Relative to the workspace; undefined if the file is elsewhere, or there is none. */
  readonly file?: string
  readonly line?: number
}

/** What is wrong with the inputs: a full sentence with its remedy. */
export interface InputProblem extends FilePlace {
  readonly text: string
}

/** Takes note of a problem: a full sentence that names the input or the place in the list, and the remedy. */
export type TellProblem = (sentence: string, at?: FilePlace) => void

/** Reads single inputs the way the runner hands them over, and collects what is wrong with them. */
export class InputReader {
  readonly problems: InputProblem[] = []
  /** Each a full sentence. */
  readonly warnings: string[] = []
  readonly #secrets: string[] = []
  readonly #misspelt = new Set<string>()

  /** Takes note of a problem: a full sentence that names the input and the remedy. */
  readonly problem = (sentence: string, at?: FilePlace): void => {
    this.problems.push({ text: this.#redacted(sentence), ...at })
  }

  /** The input, trimmed. The runner applies defaults itself; they apply here only where it had no part. */
  text(name: InputName): string {
    return this.#absent(name) ? INPUTS[name] : core.getInput(name)
  }

  /** A text input that is kept out of every message, and registered with the runner as a secret. */
  secret(name: InputName): string {
    const text = this.text(name)
    const bare = text.replace(/^bearer\s+/i, '')
    for (const secret of new Set([text, bare])) {
      if (secret === '') continue
      core.setSecret(secret)
      this.#secrets.push(secret)
    }
    return text
  }

  /** A boolean as the toolkit reads it. An empty one is a mistake: it may have been meant to be true. */
  boolean(name: InputName): boolean {
    return this.#boolean(name, 'true or false')
  }

  /** The same for an input that can also be a certain word. */
  booleanOr<Word extends string>(name: InputName, word: Word): boolean | Word {
    return this.text(name) === word ? word : this.#boolean(name, `true, false or ${word}`)
  }

  #boolean(name: InputName, words: string): boolean {
    if (this.#absent(name)) return INPUTS[name] === 'true'
    if (this.text(name) === '') {
      this.problem(`\`${name}\` is empty; if it comes from an expression, write \`\${{ … || false }}\`.`)
      return false
    }
    try {
      return core.getBooleanInput(name)
    } catch {
      this.problem(`\`${name}\` is ${this.shown(this.text(name))}: give ${words}.`)
      return false
    }
  }

  /** A whole number within bounds, both included. */
  integer(name: InputName, least: number, most: number): number {
    const text = this.text(name)
    const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
    if (number >= least && number <= most) return number
    const given =
      text === ''
        ? `is empty; if it comes from an expression, write \`\${{ … || ${INPUTS[name]} }}\`, or`
        : `is ${this.shown(text)}:`
    this.problem(`\`${name}\` ${given} give a whole number from ${least} to ${most}.`)
    return least
  }

  /** One of several words; the first stands in where the input is none of them. */
  choice<Word extends string>(name: InputName, words: readonly [Word, ...Word[]]): Word {
    const text = this.text(name)
    const word = words.find((candidate) => candidate === text)
    if (word !== undefined) return word
    this.problem(`\`${name}\` is ${this.shown(text)}: give ${words.join(', ')}.`)
    return words[0]
  }

  /** Looks for inputs that the action does not have: those that are nearly right are a problem, others a warning. */
  async checkNames(): Promise<void> {
    const undeclared = await undeclaredInputs(process.env)
    for (const { variable, name, meant } of undeclared) {
      if (meant === undefined) continue
      this.#misspelt.add(meant)
      this.problem(
        `There is no input ${this.named(name)}: write \`${meant}\`. If it comes from \`env:\`, call the variable something else than ${this.named(variable)}.`,
      )
    }
    const others = undeclared.filter(({ meant }) => meant === undefined).map(({ name }) => this.named(name))
    if (others.length > 0) {
      this.warnings.push(`Unknown inputs are ignored: ${others.slice(0, MOST_NAMED).join(', ')}.`)
    }
  }

  /** The value as a message may show it: quoted, plain and short; never something that looks like a credential. */
  shown(text: string): string {
    return /cf(ut|at|k)_/.test(text)
      ? 'something that looks like a credential'
      : `"${plainText(shortened(this.#redacted(text), 80)).replaceAll('"', String.raw`\u{0022}`)}"`
  }

  /** Whether the input may have been meant to be true: it is not plainly false, or its name is misspelt. */
  maybeTrue(name: InputName): boolean {
    return !/^false$/i.test(this.text(name)) || this.#misspelt.has(name)
  }

  /** A name as code, plain and short. */
  named(name: string): string {
    return `\`${plainText(shortened(this.#redacted(name), 80))}\``
  }

  #redacted(text: string): string {
    return this.#secrets.reduce((redacted, secret) => redacted.replaceAll(secret, '***'), text)
  }

  #absent(name: InputName): boolean {
    return process.env[`INPUT_${name.toUpperCase()}`] === undefined
  }
}
