import { similarName } from '../text/mistakes.ts'
import { INPUTS } from './declared-inputs.ts'

/** An input that action.yml does not declare. */
export interface UndeclaredInput {
  /** As it is in the environment: `INPUT_DRY_RUN`. */
  readonly variable: string
  /** As it would stand in a step: `dry_run`. */
  readonly name: string
  /** The input that was likely meant; undefined if none is near. */
  readonly meant: string | undefined
}

/** Linux desktops export it to every process, for keyboards. */
const DESKTOP = 'INPUT_METHOD'

/** Shorter texts are part of too many words. In letters. */
const LEAST_PART = 3

/** Finds inputs that the action does not have. The runner only warns of them, and the run would do something else. */
export async function undeclaredInputs(environment: NodeJS.ProcessEnv): Promise<UndeclaredInput[]> {
  const names = Object.keys(INPUTS)
  const declared = new Set(names.map((name) => `INPUT_${name.toUpperCase()}`))
  const variables = Object.keys(environment).filter(
    (key) => key.startsWith('INPUT_') && key !== DESKTOP && !declared.has(key),
  )
  const found: UndeclaredInput[] = []
  for (const variable of variables) {
    const name = variable.slice('INPUT_'.length).toLowerCase()
    found.push({ variable, name, meant: await meantBy(name, names) })
  }
  return found
}

/** A few letters apart; or else a part of an input, or an input with something added. */
async function meantBy(name: string, names: readonly string[]): Promise<string | undefined> {
  const given = words(name)
  const bare = given.join('')
  const same = names.find((candidate) => words(candidate).join('') === bare)
  if (same !== undefined || bare.length < LEAST_PART) return same
  const extended = names
    .filter((candidate) => contains(given, words(candidate)))
    .sort((one, other) => other.length - one.length)[0]
  return (
    extended ??
    (await similarName(name.replaceAll('_', '-'), names)) ??
    names.find((candidate) => contains(words(candidate), given) || words(candidate).join('').startsWith(bare))
  )
}

function words(name: string): string[] {
  return name.toLowerCase().split(/[-_ ]+/)
}

/** Whether all words of `part` follow one another in `whole`. */
function contains(whole: readonly string[], part: readonly string[]): boolean {
  return ` ${whole.join(' ')} `.includes(` ${part.join(' ')} `)
}
