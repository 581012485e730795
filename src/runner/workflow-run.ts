import { statSync } from 'node:fs'
import * as v from 'valibot'

/** The variables in which the runner says who ran the step, and where, by their names in the report. */
const VARIABLES = {
  actor: 'GITHUB_ACTOR',
  triggering_actor: 'GITHUB_TRIGGERING_ACTOR',
  event: 'GITHUB_EVENT_NAME',
  repository: 'GITHUB_REPOSITORY',
  workflow: 'GITHUB_WORKFLOW',
  workflow_ref: 'GITHUB_WORKFLOW_REF',
  workflow_sha: 'GITHUB_WORKFLOW_SHA',
  sha: 'GITHUB_SHA',
  job: 'GITHUB_JOB',
} as const

type TextName = keyof typeof VARIABLES | 'environment' | 'url'
type NumberName = 'run_id' | 'attempt'

/** Who ran the step, and where; undefined where the runner does not say. */
export type WorkflowRun = Readonly<
  Partial<Record<TextName, string | undefined> & Record<NumberName, number | undefined>>
>

/** Which copy of the action runs. Undefined where the runner does not say, as for an action in the workspace. */
export interface ActionSource {
  readonly repository?: string | undefined
  /** A branch, a tag, or a commit. */
  readonly ref?: string | undefined
  /** Of its files, without a slash at the end. */
  readonly url?: string | undefined
}

/** What `uses:` says of the action. */
export function readActionSource(): ActionSource {
  const [repository, ref] = [variable('GITHUB_ACTION_REPOSITORY'), variable('GITHUB_ACTION_REF')]
  const server = variable('GITHUB_SERVER_URL')
  if (repository === undefined || ref === undefined || server === undefined) return { repository, ref }
  const url = `${server}/${repository}/blob/${ref}`
  return { repository, ref, ...(PLAIN_URL.test(url) && { url }) }
}

/** A URL that needs no escapes. */
const PLAIN_URL = /^https:\/\/[\w.:/-]+$/

/** Collects the facts about the run. */
export async function readWorkflowRun(): Promise<WorkflowRun> {
  const texts = Object.fromEntries(Object.entries(VARIABLES).map(([name, key]) => [name, variable(key)]))
  const [id, attempt] = [variable('GITHUB_RUN_ID'), variable('GITHUB_RUN_ATTEMPT')]
  const repository = [variable('GITHUB_SERVER_URL'), variable('GITHUB_REPOSITORY')]
  const page = [...repository, 'actions', 'runs', id, 'attempts', attempt]
  return {
    ...texts,
    run_id: numberOf(id),
    attempt: numberOf(attempt),
    url: page.includes(undefined) ? undefined : page.join('/'),
    environment: await readEnvironment(),
  }
}

const DeploymentEvent = v.object({ deployment: v.object({ environment: v.string() }) })

/**
 * The environment of the deployment that started the run, from the event that `@actions/github` reads. The runner does
 * not say which environment the job has (actions/runner#1369).
 *
 * The package throws while it loads if the event file is malformed, and it loads Octokit, which the bundle leaves out. So
 * it is loaded here, and not at the start.
 */
async function readEnvironment(): Promise<string | undefined> {
  try {
    // The package would print the path of a missing event file unmasked, and wait forever for a pipe.
    if (!statSync(process.env['GITHUB_EVENT_PATH'] ?? '').isFile()) return undefined
    // "eager" keeps it in the bundle's first file.
    const { context } = await import(/* webpackMode: "eager" */ '@actions/github')
    const event = v.safeParse(DeploymentEvent, context.payload)
    return event.success ? event.output.deployment.environment : undefined
  } catch {
    return undefined
  }
}

function numberOf(text: string | undefined): number | undefined {
  return Number(text) > 0 ? Number(text) : undefined
}

function variable(name: string): string | undefined {
  const value = process.env[name] ?? ''
  return value === '' ? undefined : value
}
