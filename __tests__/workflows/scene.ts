import { afterEach, beforeEach, expect } from '@jest/globals'
import { violationsOf } from '../../embedded-api/description/conformity.ts'
import { DEMO_ACCOUNT_ID, DEMO_TOKEN, demoOrganization } from '../../embedded-api/demo-organization.ts'
import { Organization, type ApiCredential } from '../../embedded-api/organization/organization.ts'
import { EmbeddedApi } from '../../embedded-api/server.ts'
import { runWorkflow, type WorkflowResult, type WorkflowRun } from './act.ts'
import { Outside } from './outside.ts'

const DAY_MS = 86_400_000
const PRIVATE = { repository: { private: true } }
export const PUBLIC = { repository: { private: false } }

/** What the API has to receive for the person who leaves: this is offboarding, so with everything. */
export const LEAVER = { email: 'leaver@example.com', devices: true, warp_session_reauth: true }

/** A fault: the token lacks the permission. */
export const REFUSED = {
  operation: 'revoke_user',
  fault: { kind: 'error', status: 403, code: 10000, message: 'Authentication error' },
} as const

/** The scene of an example in all tests of a file: each test starts it anew. */
export function sceneOf(example: string): Scene {
  const scene = new Scene(example)
  beforeEach(() => scene.start())
  afterEach(() => scene.stop())
  return scene
}

/** One example with the world around it: Cloudflare's API, and the chat and other systems outside. */
class Scene {
  readonly #example: string
  #world: { readonly api: EmbeddedApi; readonly outside: Outside } | undefined

  constructor(example: string) {
    this.#example = example
  }

  get api(): EmbeddedApi {
    return this.#started.api
  }

  get outside(): Outside {
    return this.#started.outside
  }

  get #started() {
    if (this.#world === undefined) throw new Error('the scene has not started')
    return this.#world
  }

  async start(): Promise<void> {
    const demo = demoOrganization()
    const organizations = [demo, accountOf('1', demo.credentials), accountOf('2', demo.credentials)]
    this.#world = { api: await EmbeddedApi.start({ organizations }), outside: await Outside.start() }
  }

  async stop(): Promise<void> {
    await this.api.stop()
    await this.outside.stop()
    expect(this.api.requests.flatMap(violationsOf)).toEqual([])
  }

  run(options: Pick<WorkflowRun, 'event'> & Partial<WorkflowRun>): Promise<WorkflowResult> {
    const secrets = {
      CLOUDFLARE_ACCOUNT_ID: DEMO_ACCOUNT_ID,
      CLOUDFLARE_API_TOKEN: DEMO_TOKEN,
      ALERT_WEBHOOK_URL: `${this.outside.url}/chat`,
      ...options.secrets,
    }
    const world = { example: this.#example, apiBaseUrl: this.api.baseUrl, payload: PRIVATE }
    return runWorkflow({ ...world, ...options, secrets })
  }

  /** Runs it by its form, filled in like this. */
  runForm(inputs: object, options: Partial<WorkflowRun> = {}): Promise<WorkflowResult> {
    return this.run({ event: 'workflow_dispatch', payload: dispatch(inputs), ...options })
  }

  /** The bodies of the revocations that the API accepted, by account. */
  revoked(accountId = DEMO_ACCOUNT_ID): unknown[] {
    const path = `/client/v4/accounts/${accountId}/access/organizations/revoke_user`
    return this.api.requests
      .filter((request) => request.path === path && request.accepted)
      .map(({ body }) => body)
  }

  /** Another job failed, and the alert job posted this sentence and a link in the chat. */
  expectAlert(result: WorkflowResult, sentence: string): void {
    const { alert, ...others } = result.jobs
    expect(alert).toBe('success')
    expect(Object.values(others)).toContain('failure')
    expect(result.exitCode).toBe(1)
    expect(this.outside.alerts).toHaveLength(1)
    expect(JSON.parse(this.outside.alerts[0] ?? '')).toEqual({
      text: expect.stringContaining(`${sentence} (failure): https://github.com/`),
    })
  }
}

/** The payload of a filled-in form, in a private repository. GitHub sends booleans as text. */
export function dispatch(inputs: object): object {
  return { ...PRIVATE, inputs }
}

/** A calendar: one is due, one leaves later, one left long ago. */
export function leavers(): string {
  const rows = [
    `leaver@example.com,${dateIn(-1)},HR-1`,
    `contractor@example.com,${dateIn(5)},HR-2`,
    `intern@example.com,${dateIn(-60)},HR-3`,
  ]
  return ['email,revoke_after,ticket', ...rows, ''].join('\n')
}

/** The date so many days from now, as YYYY-MM-DD. */
export function dateIn(days: number): string {
  return new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10)
}

/** An account of examples/several-accounts.yml. act knows no environments, so one token is good for all accounts. */
function accountOf(digit: string, credentials: ApiCredential[]): Organization {
  const organization = new Organization({ accountId: digit.repeat(32), credentials })
  organization.addUser({ email: LEAVER.email, devices: 1, warpSession: true })
  return organization
}
