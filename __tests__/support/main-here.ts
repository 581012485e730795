import { type EmbeddedApiOptions, type FaultRule } from '../../embedded-api/server.ts'
import { main } from '../../src/main.ts'
import { StepHere } from './environment.ts'
import { Scene, type With } from './scene.ts'

/** A step to run in this process. */
export interface Setting {
  readonly inputs: With
  readonly faults?: readonly FaultRule[]
  readonly env?: Record<string, string>
  readonly files?: Record<string, string>
  readonly options?: EmbeddedApiOptions
}

/** Runs `main` in this process against an embedded API of its own. */
export async function run({
  inputs,
  faults = [],
  env,
  files,
  options,
}: Setting): Promise<{ passed: boolean; printed: string }> {
  await using scene = await Scene.open(options)
  scene.inject(...faults)
  using step = new StepHere({ 'api-base-url': scene.api.baseUrl, ...inputs }, env, files)
  return { passed: await main(), printed: step.printed }
}

/** Refuses all reads of users and sessions. */
export function readNothing(status: number): FaultRule[] {
  const fault = { kind: 'error', status, code: 10000, message: 'Authentication error' } as const
  return [
    { operation: 'list_users', fault },
    { operation: 'active_sessions', fault },
  ]
}
