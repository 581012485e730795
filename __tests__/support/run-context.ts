import { DEMO_TOKEN } from '../../embedded-api/demo-organization.ts'
import type { RunOptions } from '../../src/inputs/options.ts'
import { Log } from '../../src/runner/log.ts'
import { RunStop } from '../../src/runner/run-stop.ts'
import type { User } from '../../src/users/user.ts'
import { createRunContext, type RunContext } from '../../src/verify/run-context.ts'
import { OPTIONS } from './options.ts'

/** What a run with these options works with, with the token of the embedded API. */
export function runContext(options: Partial<RunOptions>, due: readonly User[] = []): RunContext {
  const credential = { kind: 'api-token', token: DEMO_TOKEN, owner: 'user' } as const
  return createRunContext({ options: { ...OPTIONS, ...options }, credential }, due, new RunStop(), new Log())
}
