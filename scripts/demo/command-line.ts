import { parseArgs } from 'node:util'
import { INPUTS, type InputName } from '../../src/inputs/options.ts'
import { DEFAULT, type Inputs, type Scenario, SCENARIOS } from './scenarios.ts'

/** The command line, read. */
export type Command = { readonly kind: 'help' } | Refusal | ListToTry | Run

/** The command line is wrong. */
export interface Refusal {
  readonly kind: 'refusal'
  readonly message: string
}

/** A list to try without sending anything. */
export interface ListToTry {
  readonly kind: 'list'
  /** The file. */
  readonly list: string
  readonly given: Inputs
}

/** A scenario to run. */
export interface Run {
  readonly kind: 'run'
  readonly scenario: Scenario
  /** Inputs of the command line. */
  readonly given: Inputs
}

const NAMES = Object.keys(INPUTS)
const INPUT_NAMES = `The inputs are ${NAMES.join(', ')}.`
const isInput = (name: string): name is InputName => NAMES.includes(name)

const isAssignment = (text: string): boolean => text.includes('=')
const isFile = (text: string): boolean => !isAssignment(text) && text.includes('.')

/**
 * Reads the command line: the name of a scenario or `--list file`, and inputs as `--input name=value`.
 *
 * `name=value` alone is also an input, and a file alone the list: PowerShell removes the first `--` from
 * `npm start -- --input name=value`, and npm then removes `--input`.
 */
export function readCommand(args: readonly string[]): Command {
  const parsed = parsedArgs(args)
  if (parsed === undefined) {
    return refusal(`The options are --list file, --input name=value, and --help. ${INPUT_NAMES}`)
  }
  const { values, positionals } = parsed
  if (values.help) return { kind: 'help' }
  const given = readInputs([...values.input, ...positionals.filter(isAssignment)])
  if (typeof given === 'string') return refusal(given)
  const list = values.list ?? positionals.find(isFile)
  if (list !== undefined) return { kind: 'list', list, given }
  const [name = DEFAULT, ...others] = positionals.filter((text) => !isAssignment(text))
  if (others.length > 0) return refusal(`Name one scenario, not ${others.length + 1}.`)
  const scenario = SCENARIOS.get(name)
  return scenario === undefined
    ? refusal(`There is no scenario "${name}". The scenarios are ${[...SCENARIOS.keys()].join(', ')}.`)
    : { kind: 'run', scenario, given }
}

function parsedArgs(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        list: { type: 'string' },
        input: { type: 'string', multiple: true, default: [] },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
  } catch (error) {
    if (error instanceof TypeError) return undefined
    throw error
  }
}

/** @returns a message if one of them is not an input */
function readInputs(texts: readonly string[]): Inputs | string {
  const given: Partial<Record<InputName, string>> = {}
  for (const text of texts) {
    const [, input, value] = /^([^=]+)=(.*)$/s.exec(text) ?? []
    if (input === undefined || value === undefined) {
      return `"${text}" is not an input: write --input name=value. ${INPUT_NAMES}`
    }
    if (!isInput(input)) return `The action has no input "${input}". ${INPUT_NAMES}`
    given[input] = value
  }
  return given
}

function refusal(message: string): Refusal {
  return { kind: 'refusal', message }
}

/** Commands to try. */
const HINTS: readonly (readonly [command: string, explanation: string])[] = [
  ...Array.from(
    SCENARIOS,
    ([name, { explanation }]) =>
      [name === DEFAULT ? 'npm start' : `npm start -- ${name}`, explanation] as const,
  ),
  ['npm start -- --list leavers.csv', 'Who a list of yours would revoke, and when. Nothing is sent.'],
  ['npm start -- --input dry-run=true', 'Any input of the action, here a dry run. Can be repeated.'],
  ['npm start -- --input api-token=unknown', 'A token that Cloudflare does not know.'],
]

/** The commands to try, a line each. They are the same in every shell. */
export function hints(): string {
  const width = Math.max(...HINTS.map(([command]) => command.length))
  return HINTS.map(([command, explanation]) => `${command.padEnd(width)}  ${explanation}`).join('\n')
}
