import { statSync } from 'node:fs'

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
}

/**
 * Collects the facts about the run from `@actions/github`.
 *
 * Whatever that throws (it does, on a malformed event file) is turned into facts unknown, so that it cannot touch the
 * outcome. It throws as soon as it is loaded, and it loads Octokit, so it is loaded here and not at the start; in the
 * bundle it comes without Octokit.
 */
export async function readWorkflowRun(): Promise<WorkflowRun> {
  try {
    // It would print the path of a missing event file as it is, and read a pipe for ever.
    if (!statSync(process.env['GITHUB_EVENT_PATH'] ?? '').isFile()) return {}
    // "eager" keeps it in the bundle's first file.
    const { context } = await import(/* webpackMode: "eager" */ '@actions/github')
    const { actor, eventName: event, workflow, runId, runAttempt, serverUrl, repo } = context
    const repository = `${repo.owner}/${repo.repo}`
    return {
      actor,
      triggering_actor: process.env['GITHUB_TRIGGERING_ACTOR'],
      event,
      repository,
      workflow,
      run_id: runId,
      attempt: runAttempt,
      url: `${serverUrl}/${repository}/actions/runs/${runId}/attempts/${runAttempt}`,
    }
  } catch {
    return {}
  }
}
