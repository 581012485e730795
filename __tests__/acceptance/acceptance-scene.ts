import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { DEMO_ACCOUNT_ID, DEMO_TOKEN } from '../../embedded-api/demo-organization.ts'
import type { AccessUser, NewUser } from '../../embedded-api/organization/organization.ts'
import type { FaultRule, World } from '../../embedded-api/server.ts'
import { Clock } from '../support/clock.ts'
import { Scene } from '../support/scene.ts'

export const TEST_USER = 'Acceptance.Test@Example.com'

const PROGRAM = fileURLToPath(new URL('../../scripts/acceptance.ts', import.meta.url))

/** The outcome of the program. */
export interface Acceptance {
  readonly exitCode: number | null
  /** Everything that it printed. */
  readonly printed: string
  /** What it says about each assumption. */
  readonly rows: readonly Row[]
}

export interface Row {
  readonly id: string
  readonly verdict: string
  readonly seen: string
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
  /** Seconds since the user's last login, 30 by default. */
  readonly sinceLogin?: number
  readonly rateLimit?: { readonly quota: number; readonly windowMs: number }
  /** Faults, for which the user may have to be known. */
  readonly faults?: (user: AccessUser) => readonly FaultRule[]
  /** Whether time jumps where there is something to wait for. */
  readonly withoutWaits?: boolean
}

/** Opens a scene. */
export async function openAcceptance(difference: Difference = {}): Promise<AcceptanceScene> {
  const { world = {}, rateLimit, withoutWaits = false, faults, sinceLogin = 30 } = difference
  const clock = withoutWaits ? new Clock() : undefined
  const scene = await Scene.open({ world, ...(rateLimit !== undefined && { rateLimit }) }, clock)
  const lastLoginAt = Date.now() - sinceLogin * 1_000
  const user = scene.organization.addUser({
    email: TEST_USER,
    sessions: 2,
    devices: 2,
    lastLoginAt,
    logins: [{ at: lastLoginAt }],
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
  clock: Clock | undefined,
): Promise<Acceptance> {
  const { PATH, SystemRoot, TEMP, TMP } = process.env
  const child = spawn(process.execPath, [PROGRAM, '--api-base-url', baseUrl, ...args], {
    env: {
      ...{ PATH, SystemRoot, TEMP, TMP },
      ...(clock && { NODE_OPTIONS: preloadOf(clock) }),
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
  const rows = [...printed.matchAll(ROW)].map(({ groups = {} }) => ({
    id: groups['id'] ?? '',
    verdict: groups['verdict'] ?? '',
    seen: groups['seen'] ?? '',
  }))
  return { exitCode, printed, rows }
}

const ROW = /^(?<verdict>confirmed|contradicted|not seen) +(?<id>[a-z_]+) .*(?:\n +→ (?<seen>.*))?$/gm

/** The program hands these options on to the bundle, but no variables of a test. */
function preloadOf({ preload, env }: Clock): string {
  const setting = `Object.assign(process.env,${JSON.stringify(env)})`
  return `--import=data:text/javascript,${encodeURIComponent(setting)} --import=${preload}`
}

/** The rows with one verdict, by their IDs. */
export function rowsWith({ rows }: Acceptance, verdict: 'confirmed' | 'contradicted' | 'not seen'): string[] {
  return rows.filter((row) => row.verdict === verdict).map(({ id }) => id)
}

/** A made-up answer with the headers that every answer has. */
export function answered(
  result: unknown,
  more: object = {},
): { kind: 'answer'; status: number; headers: Record<string, string>; body: object } {
  return {
    kind: 'answer',
    status: 200,
    headers: { ratelimit: '"default";r=1000;t=30', 'ratelimit-policy': '"default";q=1200;w=300' },
    body: { success: true, errors: [], messages: [], result, ...more },
  }
}
