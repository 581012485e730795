import { activeSessions } from '../../embedded-api/access-user.ts'
import { demoOrganization } from '../../embedded-api/demo-organization.ts'
import type { Fault } from '../../embedded-api/faults.ts'
import type { Organization } from '../../embedded-api/organization.ts'
import type { RateLimit } from '../../embedded-api/rate-limit.ts'
import { EmbeddedApi } from '../../embedded-api/server.ts'

/** So much room that nobody has to wait, told in the headers, so that a client knows it. */
export const ROOMY: RateLimit = { quota: 1_000_000, windowMs: 300_000 }

/** What a stand-in for Cloudflare is like. */
export interface StandInSettings {
  /** How many users there are to revoke. */
  readonly users: number
  /** Before every answer, in milliseconds. */
  readonly latencyMs: number
  readonly rateLimit: RateLimit
  /** What every revocation meets. */
  readonly fault?: Fault
}

/** The embedded API with a list of users, all of them with a session to lose. It runs in this very process. */
export class StandIn {
  readonly emails: readonly string[]
  readonly #api: EmbeddedApi
  readonly #organization: Organization

  private constructor(api: EmbeddedApi, organization: Organization, emails: readonly string[]) {
    this.#api = api
    this.#organization = organization
    this.emails = emails
  }

  static async start({ users, latencyMs, rateLimit, fault }: StandInSettings): Promise<StandIn> {
    const organization = demoOrganization()
    const emails = Array.from(
      { length: users },
      (_, index) => `user-${String(index + 1).padStart(5, '0')}@example.com`,
    )
    for (const email of emails) organization.addUser({ email })
    const api = await EmbeddedApi.start({
      organizations: [organization],
      latencyMs,
      rateLimit,
      record: false,
    })
    if (fault !== undefined) api.inject({ operation: 'revoke_user', fault })
    return new StandIn(api, organization, emails)
  }

  get baseUrl(): string {
    return this.#api.baseUrl
  }

  /** How many calls were answered 429. */
  get refused(): number {
    return this.#api.rateLimitHits
  }

  /** How many users of the list have no session left. */
  get revoked(): number {
    const now = Date.now()
    const isOut = (email: string): boolean =>
      this.#organization.usersByEmail(email).every((user) => activeSessions(user, now, 0).length === 0)
    return this.emails.filter(isOut).length
  }

  async stop(): Promise<void> {
    await this.#api.stop()
  }
}
