import type { Problem } from '../cloudflare/problem.ts'
import type { Verification } from './outcome.ts'

/** What one part of a proof came to. */
export interface Finding {
  readonly state: 'passed' | 'failed' | 'not_done'
  /** What was counted and seen. */
  readonly facts: Partial<Verification>
  /** What keeps the user from being revoked and verified. */
  readonly problems: readonly Problem[]
  /** What the reader should know though it is no failure, in full sentences. */
  readonly warnings: readonly string[]
}

/** Nothing was wrong. */
export function passed(facts: Finding['facts'] = {}, warnings: Finding['warnings'] = []): Finding {
  return { state: 'passed', facts, problems: [], warnings }
}

/** It was seen that something is wrong. */
export function failed(problem: Problem, facts: Finding['facts'] = {}): Finding {
  return { state: 'failed', facts, problems: [problem], warnings: [] }
}

/** Something about the user is wrong, so that there is nothing to prove. */
export function wrong(problem: Problem): Finding {
  return { state: 'not_done', facts: {}, problems: [problem], warnings: [] }
}

/** Something kept a confirmed revocation from being verified. */
export function notDone(problem: Problem): Finding {
  return { state: 'not_done', facts: {}, problems: [notVerified(problem)], warnings: [] }
}

/** What somebody who came back makes of the user, by `signed-in-again`. */
export function cameBack(
  problem: Problem,
  signedInAgain: 'fail' | 'warn',
  facts: Finding['facts'] = {},
): Finding {
  return signedInAgain === 'fail' ? failed(problem, facts) : passed(facts, [`${problem.what}.`])
}

/** All of them together; the worst state counts. */
export function together(findings: readonly Finding[]): Finding {
  const states = findings.map(({ state }) => state)
  return {
    state: (['failed', 'not_done'] as const).find((state) => states.includes(state)) ?? 'passed',
    facts: findings.reduce<Finding['facts']>((all, { facts }) => ({ ...all, ...facts }), {}),
    problems: findings.flatMap(({ problems }) => problems),
    warnings: findings.flatMap(({ warnings }) => warnings),
  }
}

/** That something kept a confirmed revocation from being verified. */
function notVerified(problem: Problem): Problem {
  return { ...problem, what: `Revoked, but not verified: ${problem.what}`, scope: 'user' }
}
