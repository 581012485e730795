import { parseArgs } from 'node:util'
import { INPUTS, type InputName } from '../../src/inputs/options.ts'
import { DEFAULT, SCENARIOS } from './scenarios.ts'

/** The command line is wrong. */
export class Refusal extends Error {}

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
 *
 * @throws Refusal if it is wrong
 */
export function readCommand(args: readonly string[]) {
  const { values, positionals } = parsedArgs(args)
  if (values.help) return { kind: 'help' } as const
  const given: Partial<Record<InputName, string>> = {}
  for (const text of [...values.input, ...positionals.filter(isAssignment)]) {
    const [, input, value] = /^([^=]+)=(.*)$/s.exec(text) ?? []
    if (input === undefined || value === undefined) {
      throw new Refusal(`"${text}" is not an input: write --input name=value. ${INPUT_NAMES}`)
    }
    if (!isInput(input)) throw new Refusal(`The action has no input "${input}". ${INPUT_NAMES}`)
    given[input] = value
  }
  const list = values.list ?? positionals.find(isFile)
  if (list !== undefined) return { kind: 'list', list, given } as const
  const [name = DEFAULT, ...others] = positionals.filter((text) => !isAssignment(text))
  if (others.length > 0) throw new Refusal(`Name one scenario, not ${others.length + 1}.`)
  const scenario = SCENARIOS.get(name)
  if (scenario !== undefined) return { kind: 'scenario', scenario, given } as const
  throw new Refusal(`There is no scenario "${name}". The scenarios are ${[...SCENARIOS.keys()].join(', ')}.`)
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
  } catch {
    throw new Refusal(`The options are --list file, --input name=value, and --help. ${INPUT_NAMES}`)
  }
}

/** The commands to try, a line each. They are the same in every shell. */
export function hints(): string {
  const commands = [
    ...Array.from(SCENARIOS, ([name, { explanation }]) => {
      return [name === DEFAULT ? 'npm start' : `npm start -- ${name}`, explanation] as const
    }),
    ['npm start -- --list leavers.csv', 'Who a list of yours would revoke, and when. Nothing is sent.'],
    ['npm start -- --input dry-run=true', 'Any input of the action, here a dry run. Can be repeated.'],
    ['npm start -- --input api-token=unknown', 'A token that Cloudflare does not know.'],
  ] as const
  const width = Math.max(...commands.map(([command]) => command.length))
  return commands.map(([command, explanation]) => `${command.padEnd(width)}  ${explanation}`).join('\n')
}
