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
  readonly concurrency?: number
  readonly stop?: RunStop
  readonly http?: HttpExchanger
}

/** The endpoints of the API at this address, called from this very process. */
export function endpointsAt(
  baseUrl: string,
  {
    credential = { kind: 'api-token', token: DEMO_TOKEN, owner: 'user' },
    target = { type: 'account', id: DEMO_ACCOUNT_ID },
    log = new SilentLog(),
    maxAttempts = 5,
    concurrency = 1,
    stop = new RunStop(),
    http = new HttpExchanger(60_000, stop.responseSignal),
  }: EndpointsOptions = {},
): Endpoints {
  const throttle = new Throttle({ concurrency, calls: 100, stop, log })
  const client = new Client({ ...authenticationBy(credential), baseUrl, maxAttempts, http, throttle, log })
  return new Endpoints(client, target)
}
