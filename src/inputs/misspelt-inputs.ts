import { isEmailAddress } from '../text/email-address.ts'
import { similarName } from '../text/mistakes.ts'

/** An input that action.yml does not declare. */
export interface UndeclaredInput {
  /** As it is in the environment: `INPUT_DRY_RUN`. */
  readonly variable: string
  /** As it would be written in a step: `dry_run`. */
  readonly name: string
  /** The input that was probably meant; undefined if none is similar. */
  readonly suggestion: string | undefined
  /** Whether that is suggested because the value is an address. */
  readonly isAddress: boolean
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
  const found: UndeclaredInput[] = []
  for (const [variable, value] of Object.entries(environment)) {
    const isInput = variable.startsWith('INPUT_') && variable !== DESKTOP_VARIABLE && !declared.has(variable)
    if (value === undefined || !isInput) continue
    const name = variable.slice('INPUT_'.length).toLowerCase()
    const closest = await closestInput(name, names)
    const isAddress = isAddresses(value) && !TAKES_ADDRESSES.includes(closest ?? '')
    found.push({ variable, name, suggestion: isAddress ? inputForAddresses(name) : closest, isAddress })
  }
  return found
}

/** Inputs that are meant for addresses. */
const TAKES_ADDRESSES = ['email', 'api-email', 'protected-users']

/** Names of addresses that are not to be revoked. */
const EXCEPTION = /exclu|except|protect|keep|ignore|skip|allow|never|safe|not/

function inputForAddresses(name: string): string {
  return EXCEPTION.test(name) ? 'protected-users' : 'email'
}

function isAddresses(value: string): boolean {
  return value.split(/[,\n]/).every((text) => isEmailAddress(text.trim()))
}

/** The same input in another spelling, or a few letters apart, or one with something added, or one of its parts. */
async function closestInput(name: string, names: readonly string[]): Promise<string | undefined> {
  const given = wordsOf(name)
  const bare = given.join('')
  const same = names.find(
    (candidate) => wordsOf(candidate).join('') === bare || wordSet(candidate) === wordSet(name),
  )
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

/** The words without their order and their plural. */
function wordSet(name: string): string {
  return wordsOf(name)
    .map((word) => word.replace(/s$/, ''))
    .sort()
    .join(' ')
}

/** Whether all words of `part` follow one another in `whole`. */
function containsWords(whole: readonly string[], part: readonly string[]): boolean {
  return ` ${whole.join(' ')} `.includes(` ${part.join(' ')} `)
}
