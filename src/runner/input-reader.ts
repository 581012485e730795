import * as core from '@actions/core'

/** What the runner calls the variables of inputs. */
export const PREFIX = 'INPUT_'

export function variableOf(name: string): string {
  return `${PREFIX}${name.toUpperCase()}`
}

/**
 * Reads inputs as the runner passes them, trimmed. One that did not arrive is left out: the runner applies the defaults of
 * action.yml itself, so that happens only without it.
 */
export function readInputTexts(names: readonly string[]): Record<string, string> {
  const arrived = names.filter((name) => process.env[variableOf(name)] !== undefined)
  return Object.fromEntries(arrived.map((name) => [name, core.getInput(name)]))
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
