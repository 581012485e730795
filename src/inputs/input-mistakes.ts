import { PREFIX, variableOf } from '../runner/environment.ts'
import { similarName } from '../text/mistakes.ts'
import { looksLikeCredential, shownValue } from '../text/plain-text.ts'
import { type Problem, problem } from '../text/problem.ts'
import { INPUT_NAMES, type InputName, SECRET_INPUTS } from './options.ts'

/** Linux desktops export it to every process, for keyboards. */
const DESKTOP_VARIABLE = 'INPUT_METHOD'

/** Shorter texts are part of too many words to be looked for as a secret. */
const MIN_SECRET_LENGTH = 8

/** Inputs whose own checks say what to do about a credential, and never repeat it. */
const CHECKED_FOR_CREDENTIALS: readonly InputName[] = [...SECRET_INPUTS, 'account-id', 'zone-id', 'api-email']

/** The variables of inputs that the action does not have. The runner only warns about them. */
export function undeclaredVariables(): string[] {
  const declared = [DESKTOP_VARIABLE, ...INPUT_NAMES.map(variableOf)]
  return Object.keys(process.env).filter((name) => name.startsWith(PREFIX) && !declared.includes(name))
}

/** The step would do something else than it says. */
export async function undeclaredProblem(variable: string): Promise<Problem> {
  const name = variable.slice(PREFIX.length).toLowerCase()
  // Other separators or another plural, or a letter or two apart.
  const spelling = (text: string): string => text.replace(/[-_ ]/g, '').replace(/s$/, '')
  const similar = await similarName(spelling(name), INPUT_NAMES.map(spelling), 2)
  const meant = INPUT_NAMES.find((candidate) => spelling(candidate) === similar)
  const names =
    meant === undefined
      ? `The inputs are ${INPUT_NAMES.map(inCode).join(', ')}.`
      : `The closest name is ${inCode(meant)}.`
  const rename = `If the step does not set it, rename the variable ${inCode(variable)}, which comes from \`env:\` (or, with \`act\`, from an enclosing composite action).`
  return problem(`There is no input ${inCode(name)}`, `${names} ${rename}`)
}

/** The runner takes any name. */
function inCode(name: string): string {
  return /^[\w .-]{1,80}$/.test(name) && !looksLikeCredential(name.toLowerCase())
    ? `\`${name}\``
    : shownValue(name)
}

/** Credentials in inputs that are no secrets, by input. What is in such an input may be in the log, and in the report. */
export function misplacedCredentials(
  texts: Readonly<Record<string, string>>,
  secrets: readonly string[],
): ReadonlyMap<string, Problem> {
  const long = secrets.filter(({ length }) => length >= MIN_SECRET_LENGTH)
  const names = INPUT_NAMES.filter((name) => {
    const { [name]: text = '' } = texts
    const hasCredential = looksLikeCredential(text) || long.some((secret) => text.includes(secret))
    return hasCredential && !CHECKED_FOR_CREDENTIALS.includes(name)
  })
  const remedy =
    'Use credentials only in `api-token` or `api-key`. Replace this one, unless it comes from a secret: GitHub shows inputs in the log.'
  return new Map(
    names.map((name) => [
      name,
      problem(`\`${name}\` contains something that looks like a credential`, remedy),
    ]),
  )
}
