import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { DEMO_ACCOUNT_ID, DEMO_TOKEN } from '../../embedded-api/demo-organization.ts'
import type { AccessUser, NewUser } from '../../embedded-api/organization/organization.ts'
import type { FaultRule, World } from '../../embedded-api/server.ts'
import { Clock } from '../support/clock.ts'
import { Scene } from '../support/scene.ts'

export const TEST_USER = 'Acceptance.Test@Example.com'

const PROGRAM = fileURLToPath(new URL('../../scripts/acceptance.ts', import.meta.url))
const ROW = /^(confirmed|contradicted|not seen) +([a-z_]+) .*\n +→ (.*)$/gm

/** The outcome of the program: everything that it printed, and what it says about each assumption, by its name. */
export interface Acceptance {
  readonly exitCode: number | null
  readonly printed: string
  readonly verdicts: ReadonlyMap<string, string>
}

/** An embedded API with a test user who has just signed in. */
export interface AcceptanceScene extends AsyncDisposable {
  readonly scene: Scene
  readonly user: AccessUser
  /** Runs the program, by default with the test user's address confirmed. */
  readonly run: (args?: readonly string[], env?: Readonly<Record<string, string>>) => Promise<Acceptance>
}

/** The differences from a scene in which every assumption is true. */
export interface Difference {
  readonly world?: World
  readonly user?: Partial<NewUser>
  readonly rateLimit?: { readonly quota: number; readonly windowMs: number }
  /** Faults, for which the user may have to be known. */
  readonly faults?: (user: AccessUser) => readonly FaultRule[]
}

/** Opens a scene, in which time jumps where there is something to wait for. */
export async function openAcceptance(difference: Difference = {}): Promise<AcceptanceScene> {
  const { world = {}, rateLimit, faults } = difference
  const clock = new Clock()
  const scene = await Scene.open({ world, ...(rateLimit !== undefined && { rateLimit }) }, clock)
  const lastLoginAt = Date.now() - 30_000
  const user = scene.organization.addUser({
    ...{ email: TEST_USER, sessions: 2, devices: 2, lastLoginAt },
    ...difference.user,
  })
  scene.inject(...(faults?.(user) ?? []))
  return {
    scene,
    user,
    run: (args = ['--yes', TEST_USER], env = {}) => runProgram(scene.api.baseUrl, args, env, clock),
    [Symbol.asyncDispose]: async () => scene[Symbol.asyncDispose](),
  }
}

async function runProgram(
  baseUrl: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  clock: Clock,
): Promise<Acceptance> {
  const { PATH, SystemRoot, TEMP, TMP } = process.env
  const child = spawn(process.execPath, [PROGRAM, '--api-base-url', baseUrl, ...args], {
    env: {
      ...{ PATH, SystemRoot, TEMP, TMP, NODE_OPTIONS: preloadOf(clock) },
      ACCEPTANCE_ACCOUNT_ID: DEMO_ACCOUNT_ID,
      ACCEPTANCE_API_TOKEN: DEMO_TOKEN,
      ACCEPTANCE_USER: TEST_USER,
      ...env,
    },
  })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (printed += text))
  }
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  const verdicts = new Map([...printed.matchAll(ROW)].map(([, verdict = '', id = '']) => [id, verdict]))
  return { exitCode, printed, verdicts }
}

/** The program hands these options on to the bundle, but no variables of a test. */
function preloadOf({ preload, env }: Clock): string {
  const setting = `Object.assign(process.env,${JSON.stringify(env)})`
  return `--import=data:text/javascript,${encodeURIComponent(setting)} --import=${preload}`
}

/** The names of the assumptions with one verdict. */
export function namesWith({ verdicts }: Acceptance, verdict: 'contradicted' | 'not seen'): string[] {
  return [...verdicts].filter(([, other]) => other === verdict).map(([id]) => id)
}
