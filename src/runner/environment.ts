import { statSync } from 'node:fs'
import * as core from '@actions/core'
import * as v from 'valibot'

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

/** Which step ran, and when; times in milliseconds since the epoch. */
export interface Provenance {
  readonly startedAt: number
  readonly finishedAt: number
  /** Who ran the step, and where, by the names in the report; undefined where the runner does not say. */
  readonly workflowRun: Partial<Awaited<ReturnType<typeof readWorkflowRun>>>
  /** Which copy of the action runs, by `uses:`; undefined for an action in the workspace. */
  readonly action: { readonly repository?: string | undefined; readonly ref?: string | undefined }
}

/** The provenance of a step that ends now. */
export async function readProvenance(startedAt: number): Promise<Provenance> {
  const workflowRun = await readWorkflowRun()
  const action = { repository: variable('GITHUB_ACTION_REPOSITORY'), ref: variable('GITHUB_ACTION_REF') }
  return { startedAt, finishedAt: Date.now(), workflowRun, action }
}

async function readWorkflowRun() {
  const repository = variable('GITHUB_REPOSITORY')
  const [id, attempt] = [variable('GITHUB_RUN_ID'), variable('GITHUB_RUN_ATTEMPT')]
  const page = [variable('GITHUB_SERVER_URL'), repository, 'actions', 'runs', id, 'attempts', attempt]
  return {
    actor: variable('GITHUB_ACTOR'),
    triggering_actor: variable('GITHUB_TRIGGERING_ACTOR'),
    event: variable('GITHUB_EVENT_NAME'),
    repository,
    workflow: variable('GITHUB_WORKFLOW'),
    workflow_ref: variable('GITHUB_WORKFLOW_REF'),
    workflow_sha: variable('GITHUB_WORKFLOW_SHA'),
    sha: variable('GITHUB_SHA'),
    job: variable('GITHUB_JOB'),
    run_id: Number(id) || undefined,
    attempt: Number(attempt) || undefined,
    url: page.includes(undefined) ? undefined : page.join('/'),
    environment: await readEnvironment(),
  }
}

const DeploymentEvent = v.object({ deployment: v.object({ environment: v.string() }) })

/**
 * The environment of the deployment that started the run, from the event that `@actions/github` reads. The runner does
 * not say which environment the job has (actions/runner#1369). The package is loaded here, and not at the start, because
 * it throws while it loads if the event file is malformed, and loads Octokit, which the bundle leaves out.
 */
async function readEnvironment(): Promise<string | undefined> {
  try {
    // The package would print the path of a missing event file unmasked, and wait forever for a pipe.
    if (!statSync(process.env['GITHUB_EVENT_PATH'] ?? '').isFile()) return undefined
    // "eager" keeps it in the bundle's first file.
    const { context } = await import(/* webpackMode: "eager" */ '@actions/github')
    return v.parse(DeploymentEvent, context.payload).deployment.environment
  } catch {
    return undefined
  }
}

function variable(name: string): string | undefined {
  const value = process.env[name] ?? ''
  return value === '' ? undefined : value
}
