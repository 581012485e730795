import { DEMO_ACCOUNT_ID, DEMO_TOKEN } from '../../embedded-api/demo-organization.ts'
import { Client } from '../../src/cloudflare/client.ts'
import { authenticationBy, type Credential } from '../../src/cloudflare/credential.ts'
import { Endpoints } from '../../src/cloudflare/endpoints.ts'
import { HttpExchanger } from '../../src/cloudflare/http-exchange.ts'
import type { Target } from '../../src/cloudflare/target.ts'
import { Throttle } from '../../src/cloudflare/throttle.ts'
import { Log } from '../../src/runner/log.ts'
import { RunStop } from '../../src/runner/run-stop.ts'

class SilentLog extends Log {
  override info(): void {
    // Says nothing.
  }
}

/** What a client may be given besides the least. */
export interface EndpointsOptions {
  readonly credential?: Credential
  readonly target?: Target
  readonly log?: Log
  readonly maxAttempts?: number
}

/** The endpoints of the API at this address, called from this very process. */
export function endpointsAt(
  baseUrl: string,
  {
    credential = { kind: 'api-token', token: DEMO_TOKEN, owner: 'user' },
    target = { type: 'account', id: DEMO_ACCOUNT_ID },
    log = new SilentLog(),
    maxAttempts = 5,
  }: EndpointsOptions = {},
): Endpoints {
  const stop = new RunStop()
  const throttle = new Throttle({ concurrency: 1, calls: 100, stop, log })
  const http = new HttpExchanger(60_000, stop.responseSignal)
  const client = new Client({ ...authenticationBy(credential), baseUrl, maxAttempts, http, throttle, log })
  return new Endpoints(client, target)
}
