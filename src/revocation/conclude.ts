import { problemText } from '../cloudflare/problem.ts'
import { provesSessions, type RunOptions } from '../inputs/options.ts'
import { type Finding, together } from './finding.ts'
import type { Confirmed, Failed, Revoked, Verification } from './outcome.ts'
import type { SeatFinding } from './seat-remover.ts'

/** What all findings make of a confirmed revocation. The first problem is the user's; further ones are told as warnings. */
export function concluded(
  sent: Confirmed,
  before: Verification,
  findings: readonly Finding[],
  freed: SeatFinding | undefined,
  options: RunOptions,
): Revoked | Failed {
  const { state, facts, problems, warnings } = together(findings)
  const [problem, ...others] = [...problems, ...(freed?.problem === undefined ? [] : [freed.problem])]
  const verification: Verification = {
    ...before,
    ...facts,
    ...(provesSessions(options) && { state }),
    warnings: [...others.map(problemText), ...warnings],
  }
  const proof = { verification, ...(freed !== undefined && { seat: freed.seat }) }
  if (problem === undefined) return { ...sent, status: 'revoked', ...proof }
  const { user, attempts, startedAt, finishedAt, httpStatus, rayId } = sent
  return {
    status: 'failed',
    revocation: 'confirmed',
    user,
    attempts,
    startedAt,
    finishedAt,
    problem: { httpStatus, ...(rayId !== undefined && { rayId }), ...problem, scope: 'user' },
    ...proof,
  }
}
