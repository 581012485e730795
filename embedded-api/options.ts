import { demoOrganization } from './demo-organization.ts'
import type { Connections } from './http/connections.ts'
import type { ServerContext } from './http/exchange.ts'
import { FaultPlan } from './faults/faults.ts'
import { Journal, type RecordedRequest } from './http/journal.ts'
import type { Organization } from './organization/organization.ts'
import { type RateLimit, RateLimiter } from './http/rate-limit.ts'
import type { World } from './world.ts'

export interface EmbeddedApiOptions {
  /** Default 0: any free port. */
  port?: number
  /** PEM texts. With them the API speaks HTTPS. */
  tls?: { key: string; cert: string }
  /** The clock in milliseconds, default `Date.now`: session times, `Date`, propagation and rate-limit windows. */
  now?: () => number
  /** Real time before every answer, milliseconds, default 0. */
  latencyMs?: number
  /** Clock time after a revocation until sessions and devices are no longer listed, milliseconds, default 0. */
  propagationMs?: number
  /** Per credential, default 1200 calls in 300,000 ms. `false`: neither a limit nor its headers. */
  rateLimit?: RateLimit | false
  /** The accounts of the server, default the demo organization. */
  organizations?: Organization[]
  /** Deviations from the default behavior, default none. */
  world?: World
  /** How many requests to keep, the latest; `true` (the default): all, `false`: none. */
  record?: boolean | number
  /** Called with every request once it is over. */
  onClosed?: (record: RecordedRequest) => void
  /** Whether to show the requests at /embedded-api/requests, default false. */
  showsRequests?: boolean
}

const DEFAULT_RATE_LIMIT: RateLimit = { quota: 1200, windowMs: 300_000 }

/** The context of a server, with defaults for all options. */
export function serverContext(
  options: EmbeddedApiOptions,
  connections: Connections,
  stopping: AbortSignal,
): ServerContext {
  const { now = Date.now, rateLimit = DEFAULT_RATE_LIMIT, record = true } = options
  const kept = typeof record === 'number' ? record : record ? Infinity : 0
  return {
    organizations: options.organizations ?? [demoOrganization(now)],
    propagationMs: options.propagationMs ?? 0,
    world: options.world ?? {},
    journal: new Journal(kept, options.onClosed ?? (() => undefined)),
    faults: new FaultPlan(),
    limiter: rateLimit === false ? undefined : new RateLimiter(rateLimit),
    now,
    latencyMs: options.latencyMs ?? 0,
    stopping,
    tcpOf: ({ socket }) => connections.beneath(socket),
  }
}
