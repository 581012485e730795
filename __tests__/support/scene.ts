import { fileURLToPath } from 'node:url'
import { DEMO_ACCOUNT_ID, DEMO_TOKEN, demoOrganization } from '../../embedded-api/demo-organization.ts'
import { violationsOf } from '../../embedded-api/description/conformity.ts'
import type { Organization } from '../../embedded-api/organization/organization.ts'
import { EmbeddedApi, type EmbeddedApiOptions, type FaultRule } from '../../embedded-api/server.ts'
import { runStep, type Step, type StepResult } from '../../scripts/step.ts'
import { Clock } from './clock.ts'
import { violationsOfSchema } from './report.ts'

/** The user that most tests revoke. */
export const LEAVER = 'leaver@example.com'

/** The entry of the source, which the bundle is made of. */
export const SOURCE = fileURLToPath(new URL('../../src/index.ts', import.meta.url))

/** This many addresses, each of another user. */
export const addresses = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `user${index}@example.com`)

/** A refusal that concerns one user alone. */
export const REFUSED = { kind: 'error', status: 400, code: 12345, message: 'No.' } as const

/** A refusal of a token that lacks the permission. */
export const NO_PERMISSION = {
  kind: 'error',
  status: 403,
  code: 10000,
  message: 'Authentication error',
} as const

const SOURCE_HOOKS = new URL('source-hooks.js', import.meta.url).href

/** What a process that runs the source takes from the process of the tests. */
export const SOURCE_ENVIRONMENT = {
  PREPARED_SOURCES: process.env['PREPARED_SOURCES'],
  NODE_V8_COVERAGE: process.env['SOURCE_COVERAGE'] ?? process.env['NODE_V8_COVERAGE'],
}

/** How many violations of Cloudflare's description are shown: one mistake may be in every record of a list. */
const MOST_VIOLATIONS = 20

/** Inputs of a step, or null for an input that the step shall not have. */
export type With = Readonly<Record<string, string | null>>

/** For steps that are about something else than verification, whose users the organization may not know. */
const NOT_VERIFIED: With = { verify: 'false' }

/** What a step may have besides its inputs. */
export type Settings = Partial<Pick<Step, 'env' | 'entry' | 'files' | 'onLine'>>

/**
 * An embedded API of one's own, and steps run against it. At its end it compares every request and every answer with
 * Cloudflare's own description of the API, and every report with its schema, and throws if one does not fit.
 */
export class Scene implements AsyncDisposable {
  readonly api: EmbeddedApi
  readonly #clock: Clock | undefined
  readonly #results: StepResult[] = []

  private constructor(api: EmbeddedApi, clock: Clock | undefined) {
    this.api = api
    this.#clock = clock
  }

  /** @param clock - the clock of the steps and of the API, by default the real one; closed with the scene */
  static async open(options: EmbeddedApiOptions = {}, clock?: Clock): Promise<Scene> {
    const now = clock?.now ?? Date.now
    const api = await EmbeddedApi.start({ now, organizations: [demoOrganization(now)], ...options })
    return new Scene(api, clock)
  }

  /**
   * Opens a scene with a clock of its own, by which steps never wait.
   *
   * @param speed - how many times as fast time passes while a request is open, for answers that are late on purpose
   */
  static async openWithoutWaits(options: EmbeddedApiOptions = {}, speed = 1): Promise<Scene> {
    return Scene.open(options, new Clock(speed))
  }

  get organization(): Organization {
    return this.api.organization
  }

  inject(...rules: FaultRule[]): this {
    for (const rule of rules) this.api.inject(rule)
    return this
  }

  /**
   * Runs the action with the least that revokes {@link LEAVER}, and what the test gives on top. Nothing is verified unless
   * the test gives `verify`, if only as null, for its default.
   */
  async run(inputs: With = {}, settings: Settings = {}): Promise<StepResult> {
    const all: With = {
      email: LEAVER,
      'account-id': DEMO_ACCOUNT_ID,
      'api-token': DEMO_TOKEN,
      'api-base-url': this.api.baseUrl,
      ...NOT_VERIFIED,
      ...inputs,
    }
    const given = Object.entries(all).flatMap(([name, value]) =>
      value === null ? [] : [[name, value] as const],
    )
    const preloads = [
      ...(settings.entry === SOURCE ? [SOURCE_HOOKS] : []),
      ...(this.#clock === undefined ? [] : [this.#clock.preload]),
    ]
    const result = await runStep({
      ...settings,
      inputs: Object.fromEntries(given),
      env: {
        ...(settings.entry === SOURCE && SOURCE_ENVIRONMENT),
        ...this.#clock?.env,
        ...settings.env,
        NODE_OPTIONS: [
          ...preloads.map((url) => `--import=${url}`),
          ...(settings.env?.['NODE_OPTIONS'] === undefined ? [] : [settings.env['NODE_OPTIONS']]),
        ].join(' '),
      },
    })
    this.#results.push(result)
    return result
  }

  /** The same with the source, run without the bundler, so that its coverage is measured. */
  async runSource(inputs: With = {}, settings: Settings = {}): Promise<StepResult> {
    return this.run(inputs, { ...settings, entry: SOURCE })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.api.stop()
    this.#clock?.[Symbol.dispose]()
    const violations = this.api.requests.flatMap(violationsOf)
    if (violations.length > 0) {
      throw new Error(
        `not as Cloudflare describes its API:\n${violations.slice(0, MOST_VIOLATIONS).join('\n')}`,
      )
    }
    const misfits = this.#results.flatMap(violationsOfSchema)
    if (misfits.length > 0) {
      throw new Error(
        `not as docs/report.schema.json has it:\n${misfits.slice(0, MOST_VIOLATIONS).join('\n')}`,
      )
    }
  }
}
