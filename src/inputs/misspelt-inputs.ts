import { similarName } from '../text/mistakes.ts'

/** An input that action.yml does not declare. */
export interface UndeclaredInput {
  /** As it is in the environment: `INPUT_DRY_RUN`. */
  readonly variable: string
  /** As it would be written in a step: `dry_run`. */
  readonly name: string
  /** The input that was probably meant; undefined if none is similar. */
  readonly suggestion: string | undefined
}

/** Linux desktops export it to every process, for keyboards. */
const DESKTOP_VARIABLE = 'INPUT_METHOD'

/** Shorter texts are part of too many words. In letters. */
const MIN_PART_LENGTH = 3

/**
 * Finds inputs that the action does not have. The runner only warns about them, and the run would do something else.
 *
 * @param names - the inputs that the action has
 */
export async function undeclaredInputs(
  environment: NodeJS.ProcessEnv,
  names: readonly string[],
): Promise<UndeclaredInput[]> {
  const declared = new Set(names.map((name) => `INPUT_${name.toUpperCase()}`))
  const variables = Object.keys(environment).filter(
    (key) => key.startsWith('INPUT_') && key !== DESKTOP_VARIABLE && !declared.has(key),
  )
  const found: UndeclaredInput[] = []
  for (const variable of variables) {
    const name = variable.slice('INPUT_'.length).toLowerCase()
    found.push({ variable, name, suggestion: await closestInput(name, names) })
  }
  return found
}

/** The same input in another spelling, or a few letters apart, or one with something added, or one of its parts. */
async function closestInput(name: string, names: readonly string[]): Promise<string | undefined> {
  const given = wordsOf(name)
  const bare = given.join('')
  const same = names.find((candidate) => wordsOf(candidate).join('') === bare)
  if (same !== undefined || bare.length < MIN_PART_LENGTH) return same
  const contained = names
    .filter((candidate) => containsWords(given, wordsOf(candidate)))
    .sort((one, other) => other.length - one.length)[0]
  return (
    (await similarName(name.replaceAll('_', '-'), names)) ??
    contained ??
    names.find(
      (candidate) => containsWords(wordsOf(candidate), given) || wordsOf(candidate).join('').startsWith(bare),
    )
  )
}

function wordsOf(name: string): string[] {
  return name.toLowerCase().split(/[-_ ]+/)
}

/** Whether all words of `part` follow one another in `whole`. */
function containsWords(whole: readonly string[], part: readonly string[]): boolean {
  return ` ${whole.join(' ')} `.includes(` ${part.join(' ')} `)
}
