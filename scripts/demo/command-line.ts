import { parseArgs } from 'node:util'
import * as v from 'valibot'
import { INPUTS, type InputName } from '../../src/inputs/options.ts'
import { DEFAULT, type Inputs, type Scenario, SCENARIOS } from './scenarios.ts'

/** The command line, read. */
export type Command =
  { readonly kind: 'help' } | { readonly kind: 'usage_error'; readonly message: string } | Run

/** A scenario to run. */
export interface Run {
  readonly kind: 'run'
  readonly scenario: Scenario
  /** Inputs of the command line. */
  readonly given: Inputs
  /** The file for the job summary. */
  readonly summary: string | undefined
}

const NAMES = Object.keys(INPUTS)
const isInput = (name: string): name is InputName => NAMES.includes(name)
const ThrownByParseArgs = v.instance(TypeError)

/**
 * Reads the command line: the name of a scenario, inputs as `--input name=value`, and `--summary file`.
 *
 * `name=value` alone is also an input, and `file.html` the summary's file: PowerShell removes the first `--` from
 * `npm start -- --input name=value`, and npm then removes `--input`.
 */
export function readCommand(args: readonly string[]): Command {
  const parsed = parsedArgs(args)
  if (typeof parsed === 'string') return usageError(parsed)
  const { values, positionals } = parsed
  if (values.help) return { kind: 'help' }
  const inputs = [...values.input, ...positionals.filter(isAssignment)]
  const summary = values.summary ?? positionals.find(isPage)
  const [name = DEFAULT, ...others] = positionals.filter((text) => !isAssignment(text) && !isPage(text))
  if (others.length > 0) return usageError(`Name one scenario, not ${others.length + 1}.`)
  const scenario = SCENARIOS.get(name)
  if (scenario === undefined) {
    return usageError(
      `There is no scenario "${name}". The scenarios are ${[...SCENARIOS.keys()].join(', ')}.`,
    )
  }
  const given: Partial<Record<InputName, string>> = {}
  for (const text of inputs) {
    const [, input, value] = /^([^=]+)=(.*)$/s.exec(text) ?? []
    if (input === undefined || value === undefined) {
      return usageError(`"${text}" is not an input: write --input name=value. ${INPUT_NAMES}`)
    }
    if (!isInput(input)) return usageError(`The action has no input "${input}". ${INPUT_NAMES}`)
    given[input] = value
  }
  return { kind: 'run', scenario, given, summary }
}

const INPUT_NAMES = `The inputs are ${NAMES.join(', ')}.`

interface Parsed {
  readonly values: {
    readonly input: readonly string[]
    readonly summary?: string | undefined
    readonly help: boolean
  }
  readonly positionals: readonly string[]
}

/** @returns a message if the command line is wrong */
function parsedArgs(args: readonly string[]): Parsed | string {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        input: { type: 'string', multiple: true, default: [] },
        summary: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
  } catch (error) {
    v.assert(ThrownByParseArgs, error)
    return `The options are --input name=value, --summary file, and --help. ${INPUT_NAMES}`
  }
}

function usageError(message: string): Command {
  return { kind: 'usage_error', message }
}

function isAssignment(text: string): boolean {
  return text.includes('=')
}

function isPage(text: string): boolean {
  return !isAssignment(text) && text.endsWith('.html')
}

/** Commands to try. */
const HINTS: readonly (readonly [command: string, explanation: string])[] = [
  ...Array.from(
    SCENARIOS,
    ([name, { explanation }]) =>
      [name === DEFAULT ? 'npm start' : `npm start -- ${name}`, explanation] as const,
  ),
  ['npm start -- verified --summary summary.html', 'Writes the job summary as a page to open in a browser.'],
  ['npm start -- --input dry-run=true', 'Any input of the action, here a dry run. Can be repeated.'],
  ['npm start -- --input api-token=unknown', 'A token that Cloudflare does not know.'],
]

/** The commands to try, a line each. They are the same in every shell. */
export function hints(): string {
  const width = Math.max(...HINTS.map(([command]) => command.length))
  return HINTS.map(([command, explanation]) => `${command.padEnd(width)}  ${explanation}`).join('\n')
}
