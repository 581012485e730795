import { DEMO_TOKEN } from '../../embedded-api/demo-organization.ts'
import type { RunOptions } from '../../src/inputs/options.ts'
import { createRunContext, type RunContext } from '../../src/organization/run-context.ts'
import { Log } from '../../src/runner/log.ts'
import { RunStop } from '../../src/runner/run-stop.ts'
import { OPTIONS } from './options.ts'

/** What a run with these options works with, with the token of the embedded API. */
export function runContext(options: Partial<RunOptions>): RunContext {
  const list = {
    users: [],
    repeated: 0,
    staying: 0,
    badRows: [],
    lists: [],
    notes: [],
    warnings: [],
    named: new Set<string>(),
  }
  const credential = { kind: 'api-token', token: DEMO_TOKEN, owner: 'user' } as const
  return createRunContext(
    { kind: 'run', list, options: { ...OPTIONS, ...options }, credential, warnings: [] },
    { isLong: false, maxCalls: 1, callsOneByOne: 1 },
    [],
    new RunStop(),
    new Log(),
  )
}
