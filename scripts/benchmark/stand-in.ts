import { activeSessions } from '../../embedded-api/organization/access-user.ts'
import { demoOrganization } from '../../embedded-api/demo-organization.ts'
import type { Fault } from '../../embedded-api/faults/faults.ts'
import type { RateLimit } from '../../embedded-api/http/rate-limit.ts'
import { EmbeddedApi } from '../../embedded-api/server.ts'

/** So much room that nobody has to wait, told in the headers, so that a client knows it. */
export const ROOMY: RateLimit = { quota: 1_000_000, windowMs: 300_000 }

/** What a stand-in for Cloudflare is like. Where it says "of the clock", time passes `speed` times as fast. */
export interface StandInSettings {
  /** How many users there are to revoke. */
  readonly users: number
  /** Before every answer, in milliseconds of real time. */
  readonly latencyMs: number
  /** Its windows are of the clock. */
  readonly rateLimit: RateLimit
  /** What every revocation meets. */
  readonly fault?: Fault
  /** Users of the organization who stay; none by default. */
  readonly staying?: number
  /** Devices of each user; none by default. */
  readonly devices?: number
  /** How long sessions are listed after their revocation, in milliseconds of the clock; not at all by default. */
  readonly propagationMs?: number
  /** How many times as fast time passes for the server and the programs; 1 by default. */
  readonly speed?: number
}

/** The embedded API with a list of users, all of them with a session to lose. It runs in this very process. */
export class StandIn {
  readonly emails: readonly string[]
  readonly speed: number
  readonly #api: EmbeddedApi
  readonly #now: () => number
  readonly #calls: () => number

  private constructor(
    api: EmbeddedApi,
    emails: readonly string[],
    clock: { readonly speed: number; readonly now: () => number },
    calls: () => number,
  ) {
    this.#api = api
    this.emails = emails
    this.speed = clock.speed
    this.#now = clock.now
    this.#calls = calls
  }

  static async start(settings: StandInSettings): Promise<StandIn> {
    const { users, staying = 0, devices = 0, speed = 1, fault, ...options } = settings
    const start = Date.now()
    const now = (): number => start + (Date.now() - start) * speed
    const organization = demoOrganization(now)
    const emails = addresses('user', users)
    for (const email of [...emails, ...addresses('colleague', staying)])
      organization.addUser({ email, devices })
    let calls = 0
    const api = await EmbeddedApi.start({
      ...options,
      now,
      organizations: [organization],
      record: false,
      onClosed: () => {
        calls += 1
      },
    })
    if (fault !== undefined) api.inject({ operation: 'revoke_user', fault })
    return new StandIn(api, emails, { speed, now }, () => calls)
  }

  get baseUrl(): string {
    return this.#api.baseUrl
  }

  /** How many calls were made, refused ones included. */
  get calls(): number {
    return this.#calls()
  }

  /** How many calls were answered 429. */
  get refused(): number {
    return this.#api.rateLimitHits
  }

  /** How many users of the list have no session left. */
  get revoked(): number {
    const now = this.#now()
    const isOut = (email: string): boolean =>
      this.#api.organization.usersByEmail(email).every((user) => activeSessions(user, now, 0).length === 0)
    return this.emails.filter(isOut).length
  }

  async stop(): Promise<void> {
    await this.#api.stop()
  }
}

function addresses(name: string, count: number): string[] {
  return Array.from(
    { length: count },
    (_, index) => `${name}-${String(index + 1).padStart(5, '0')}@example.com`,
  )
}
