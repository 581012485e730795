import type { FailedCall } from '../cloudflare/client.ts'
import { userProblem, type Problem } from '../cloudflare/problem.ts'

/**
 * Why a call that comes with the revocation failed.
 *
 * @param wayOut - how to do without it if the credential lacks the permission, as a full sentence
 */
export function readProblem(call: FailedCall, wayOut: string): Problem {
  if (call.kind === 'stopped') return userProblem(call.reason.what, call.reason.remedy)
  const { problem } = call
  const { permission, remedy } = problem
  return permission === undefined || remedy === undefined
    ? problem
    : { ...problem, remedy: `${remedy} ${wayOut}` }
}
