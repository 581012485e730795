import * as core from '@actions/core'

/** An input that action.yml does not declare. */
export interface UndeclaredInput {
  /** As it is in the environment: `INPUT_DRY_RUN`. */
  readonly variable: string
  /** As a step would write it: `dry_run`. */
  readonly name: string
}

/** What the runner calls the variables of inputs. */
const PREFIX = 'INPUT_'

/** Linux desktops export it to every process, for keyboards. */
const DESKTOP_VARIABLE = 'INPUT_METHOD'

/**
 * Reads inputs as the runner passes them, trimmed. One that did not arrive is left out: the runner applies the defaults of
 * action.yml itself, so that happens only without it.
 */
export function readInputTexts(names: readonly string[]): Record<string, string> {
  const arrived = names.filter((name) => process.env[variableOf(name)] !== undefined)
  return Object.fromEntries(arrived.map((name) => [name, core.getInput(name)]))
}

/** Finds the inputs that the action does not have. The runner only warns about them. */
export function undeclaredInputs(names: readonly string[]): UndeclaredInput[] {
  const declared = new Set([DESKTOP_VARIABLE, ...names.map(variableOf)])
  return Object.keys(process.env)
    .filter((variable) => variable.startsWith(PREFIX) && !declared.has(variable))
    .map((variable) => ({ variable, name: variable.slice(PREFIX.length).toLowerCase() }))
}

/**
 * Registers secrets with the runner, so that it masks them in the log.
 *
 * @returns the texts that must not be repeated: the secrets, and the credentials in what was pasted with them
 */
export function registerSecrets(secrets: readonly string[]): string[] {
  const texts = secrets.flatMap((secret) => [
    secret,
    ...Array.from(secret.matchAll(/\bbearer\s+([^\s"'`]+)/gi), ([, token = '']) => token),
    secret.replace(/^["'`]|["'`]$/g, ''),
  ])
  const registered = [...new Set(texts)].filter((text) => text !== '')
  for (const text of registered) core.setSecret(text)
  return registered
}

function variableOf(name: string): string {
  return `${PREFIX}${name.toUpperCase()}`
}
