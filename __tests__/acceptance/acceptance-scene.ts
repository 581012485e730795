import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { DEMO_ACCOUNT_ID, DEMO_TOKEN } from '../../embedded-api/demo-organization.ts'
import type { AccessUser, NewUser } from '../../embedded-api/organization/organization.ts'
import type { FaultRule, World } from '../../embedded-api/server.ts'
import { Clock } from '../support/clock.ts'
import { Scene } from '../support/scene.ts'

export const TEST_USER = 'Acceptance.Test@Example.com'

const PROGRAM = fileURLToPath(new URL('../../scripts/acceptance.ts', import.meta.url))
const ROW = /^(confirmed|contradicted|not seen) +([a-z_]+) .*\n +→ (.*)$/gm

/** The differences from a scene in which every assumption is true. */
export interface Difference {
  readonly world?: World
  readonly user?: Partial<NewUser>
  readonly rateLimit?: { readonly quota: number; readonly windowMs: number }
  /** Faults, for which the user may have to be known. */
  readonly faults?: (user: AccessUser) => readonly FaultRule[]
}

/** The variables with which the program runs. */
export const VARIABLES = {
  ACCEPTANCE_ACCOUNT_ID: DEMO_ACCOUNT_ID,
  ACCEPTANCE_API_TOKEN: DEMO_TOKEN,
  ACCEPTANCE_USER: TEST_USER,
}

/** Opens an embedded API with a test user who has just signed in, and time that jumps where there is something to wait for. */
export async function openAcceptance({ world = {}, rateLimit, faults, ...difference }: Difference = {}) {
  const clock = new Clock()
  const scene = await Scene.open({ world, ...(rateLimit !== undefined && { rateLimit }) }, clock)
  const lastLoginAt = Date.now() - 30_000
  const user = scene.organization.addUser({
    ...{ email: TEST_USER, sessions: 2, devices: 2, lastLoginAt, logins: [{ at: lastLoginAt }] },
    ...difference.user,
  })
  scene.inject(...(faults?.(user) ?? []))
  return {
    scene,
    user,
    /** Runs the program with the test user's address confirmed. */
    run: async (...flags: readonly string[]) =>
      runProgram(['--api-base-url', scene.api.baseUrl, '--yes', TEST_USER, ...flags], clock),
    [Symbol.asyncDispose]: async () => scene[Symbol.asyncDispose](),
  }
}

/** Runs the program, and returns everything that it printed, and the names of the assumptions by verdict. */
async function runProgram(args: readonly string[], clock: Clock) {
  const { PATH, SystemRoot, TEMP, TMP } = process.env
  const env = { PATH, SystemRoot, TEMP, TMP, NODE_OPTIONS: preloadOf(clock), ...VARIABLES }
  const child = spawn(process.execPath, [PROGRAM, ...args], { env })
  const closed = once(child, 'close')
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
  await closed
  const rows = [...stdout.matchAll(ROW)]
  const namesWith = (wanted: string): string[] =>
    rows.flatMap(([, verdict, id = '']) => (verdict === wanted ? [id] : []))
  return {
    ...{ exitCode: child.exitCode, printed: `${stdout}${stderr}`, confirmed: namesWith('confirmed') },
    ...{ contradicted: namesWith('contradicted'), notSeen: namesWith('not seen') },
  }
}

/** The program hands these options on to the bundle, but no variables of a test. */
function preloadOf({ preload, env }: Clock): string {
  const setting = `Object.assign(process.env,${JSON.stringify(env)})`
  return `--import=data:text/javascript,${encodeURIComponent(setting)} --import=${preload}`
}
