import { statSync } from 'node:fs'
import * as v from 'valibot'

/** Who ran the step, and where; undefined where the runner does not say. */
export interface WorkflowRun {
  readonly actor?: string | undefined
  readonly triggering_actor?: string | undefined
  readonly event?: string | undefined
  readonly repository?: string | undefined
  readonly workflow?: string | undefined
  readonly run_id?: number | undefined
  readonly attempt?: number | undefined
  readonly url?: string | undefined
  readonly workflow_ref?: string | undefined
  readonly workflow_sha?: string | undefined
  readonly sha?: string | undefined
  readonly job?: string | undefined
  /** Of the deployment that started the run; the runner does not say which environment the job has (actions/runner#1369). */
  readonly environment?: string | undefined
}

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

const DeploymentEvent = v.object({ deployment: v.object({ environment: v.string() }) })

/**
 * Collects the facts about the run from `@actions/github`.
 *
 * The package throws while it loads if the event file is malformed; then the facts are unknown, and the outcome stays as
 * it is. It also loads Octokit, which the bundle leaves out. So it is loaded here, and not at the start.
 */
export async function readWorkflowRun(): Promise<WorkflowRun> {
  try {
    // The package would print the path of a missing event file unmasked, and wait forever for a pipe.
    if (!statSync(process.env['GITHUB_EVENT_PATH'] ?? '').isFile()) return {}
    // "eager" keeps it in the bundle's first file.
    const { context } = await import(/* webpackMode: "eager" */ '@actions/github')
    const { actor, eventName: event, workflow, serverUrl, repo, payload } = context
    const [runId, attempt] = [known(context.runId), known(context.runAttempt)]
    const deployed = v.safeParse(DeploymentEvent, payload)
    const repository = `${repo.owner}/${repo.repo}`
    return {
      actor,
      triggering_actor: variable('GITHUB_TRIGGERING_ACTOR'),
      event,
      repository,
      workflow,
      run_id: runId,
      attempt,
      ...(runId !== undefined &&
        attempt !== undefined && {
          url: `${serverUrl}/${repository}/actions/runs/${runId}/attempts/${attempt}`,
        }),
      workflow_ref: variable('GITHUB_WORKFLOW_REF'),
      workflow_sha: variable('GITHUB_WORKFLOW_SHA'),
      sha: variable('GITHUB_SHA'),
      job: variable('GITHUB_JOB'),
      environment: deployed.success ? deployed.output.deployment.environment : undefined,
    }
  } catch {
    return {}
  }
}

/** The package gives NaN for a number that the runner does not provide. */
function known(number: number): number | undefined {
  return number > 0 ? number : undefined
}

function variable(name: string): string | undefined {
  const value = process.env[name] ?? ''
  return value === '' ? undefined : value
}
