import { parseArgs } from 'node:util'
import * as v from 'valibot'
import { INPUTS, type InputName } from '../../src/inputs/options.ts'
import { type Inputs, type Scenario, SCENARIOS, USUAL } from './scenarios.ts'

/** What the command line asks for. */
export type Command =
  | { readonly kind: 'help' }
  | { readonly kind: 'mistake'; readonly sentence: string }
  | { readonly kind: 'run'; readonly scenario: Scenario; readonly given: Inputs }

const NAMES = Object.keys(INPUTS)
const isInput = (name: string): name is InputName => NAMES.includes(name)
const ThrownByParseArgs = v.instance(TypeError)

/**
 * Reads the command line: the name of a scenario, and inputs as `--input name=value`.
 *
 * `name=value` alone is an input, too: PowerShell takes the first `--` out of `npm start -- --input name=value`, and npm
 * then takes out `--input`.
 */
export function readCommand(args: readonly string[]): Command {
  const parsed = parsedArgs(args)
  if (typeof parsed === 'string') return { kind: 'mistake', sentence: parsed }
  const { values, positionals } = parsed
  if (values.help) return { kind: 'help' }
  const inputs = [...values.input, ...positionals.filter((text) => text.includes('='))]
  const [name = USUAL, ...others] = positionals.filter((text) => !text.includes('='))
  if (others.length > 0) return mistake(`Name one scenario, not ${others.length + 1}.`)
  const scenario = SCENARIOS.get(name)
  if (scenario === undefined) {
    return mistake(`There is no scenario "${name}". The scenarios are ${[...SCENARIOS.keys()].join(', ')}.`)
  }
  const given: Partial<Record<InputName, string>> = {}
  for (const text of inputs) {
    const [, input, value] = /^([^=]+)=(.*)$/s.exec(text) ?? []
    if (input === undefined || value === undefined) {
      return mistake(`"${text}" is not an input: write --input name=value. ${INPUT_NAMES}`)
    }
    if (!isInput(input)) return mistake(`The action has no input "${input}". ${INPUT_NAMES}`)
    given[input] = value
  }
  return { kind: 'run', scenario, given }
}

const INPUT_NAMES = `The inputs are ${NAMES.join(', ')}.`

interface Parsed {
  readonly values: { readonly input: readonly string[]; readonly help: boolean }
  readonly positionals: readonly string[]
}

/** @returns what is wrong, as a sentence, where that is so */
function parsedArgs(args: readonly string[]): Parsed | string {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        input: { type: 'string', multiple: true, default: [] },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
  } catch (error) {
    v.assert(ThrownByParseArgs, error)
    return `The options are --input name=value and --help. ${INPUT_NAMES}`
  }
}

function mistake(sentence: string): Command {
  return { kind: 'mistake', sentence }
}

/** A command to try, and what it shows. */
const HINTS: readonly (readonly [command: string, explanation: string])[] = [
  ...Array.from(
    SCENARIOS,
    ([name, { explanation }]) =>
      [name === USUAL ? 'npm start' : `npm start -- ${name}`, explanation] as const,
  ),
  ['npm start -- --input dry-run=true', 'Any input of the action, here a dry run. Can be repeated.'],
  ['npm start -- --input api-token=unknown', 'A token that Cloudflare does not know.'],
]

/** What can be tried, a line for each command. Written so that every shell passes it on unchanged. */
export function hints(): string {
  const width = Math.max(...HINTS.map(([command]) => command.length))
  return HINTS.map(([command, explanation]) => `${command.padEnd(width)}  ${explanation}`).join('\n')
}
