import type { UndeclaredInput } from '../runner/input-reader.ts'
import { similarName } from '../text/mistakes.ts'
import { looksLikeCredential, shownValue } from '../text/plain-text.ts'
import type { Problem } from '../text/problem.ts'
import { INPUT_NAMES, type InputName, SECRET_INPUTS } from './options.ts'

/** Shorter texts are part of too many words to be looked for as a secret. */
const MIN_SECRET_LENGTH = 8

/** Inputs whose own checks say what to do about a credential, and never repeat it. */
const CHECKED_FOR_CREDENTIALS: readonly InputName[] = [...SECRET_INPUTS, 'account-id', 'zone-id', 'api-email']

/** The problems of inputs that the action does not have: the step would do something else than it says. */
export async function undeclaredProblems(undeclared: readonly UndeclaredInput[]): Promise<Problem[]> {
  const inputs = `The inputs are ${INPUT_NAMES.map(inCode).join(', ')}.`
  return Promise.all(
    undeclared.map(async ({ variable, name }): Promise<Problem> => {
      const meant = await nearlySpelled(name)
      return {
        what: `There is no input ${inCode(name)}`,
        remedy: `${meant === undefined ? inputs : `The closest name is ${inCode(meant)}.`} If the step does not set it, rename the variable ${inCode(variable)}, which comes from \`env:\` (or, with \`act\`, from an enclosing composite action).`,
      }
    }),
  )
}

/** Credentials in inputs that are no secrets, by input. What is in such an input may be in the log, and in the report. */
export function misplacedCredentials(
  texts: Readonly<Record<string, string>>,
  secrets: readonly string[],
): ReadonlyMap<string, Problem> {
  const hasCredential = (text: string): boolean =>
    looksLikeCredential(text) ||
    secrets.some((secret) => secret.length >= MIN_SECRET_LENGTH && text.includes(secret))
  const remedy =
    'Use credentials only in `api-token` or `api-key`. Replace this one, unless it comes from a secret: GitHub shows inputs in the log.'
  return new Map(
    INPUT_NAMES.filter(
      (name) => !CHECKED_FOR_CREDENTIALS.includes(name) && hasCredential(texts[name] ?? ''),
    ).map((name) => [name, { what: `\`${name}\` contains something that looks like a credential`, remedy }]),
  )
}

/** The same name with other separators or another plural, or a letter or two apart. */
async function nearlySpelled(name: string): Promise<InputName | undefined> {
  const meant = await similarName(spelling(name), INPUT_NAMES.map(spelling), 2)
  return INPUT_NAMES.find((candidate) => spelling(candidate) === meant)
}

function spelling(name: string): string {
  return name.replace(/[-_ ]/g, '').replace(/s$/, '')
}

/** The runner takes any name. */
function inCode(name: string): string {
  return /^[\w .-]{1,80}$/.test(name) && !looksLikeCredential(name.toLowerCase())
    ? `\`${name}\``
    : shownValue(name)
}
