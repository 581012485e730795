import { Client } from '../cloudflare/client.ts'
import { Endpoints } from '../cloudflare/endpoints.ts'
import { authenticationBy } from '../cloudflare/credential.ts'
import { HttpExchanger } from '../cloudflare/http-exchange.ts'
import { Throttle } from '../cloudflare/throttle.ts'
import type { Run } from '../inputs/checked-inputs.ts'
import { needsLookUp, type RunOptions, verifiesDevices, verifiesSessions } from '../inputs/options.ts'
import type { Log } from '../runner/log.ts'
import type { RunStop } from '../runner/run-stop.ts'
import { duration, grouped } from '../text/measures.ts'
import type { User } from '../users/user.ts'
import { RegistrationsReader } from './registrations-reader.ts'
import { CALLS_OF_LOOK_UP, UserDirectory } from './user-directory.ts'

/** How long reads of several users' devices are gathered into one call: enough for a dozen where calls go one by one. */
const GATHER_READS_MS = 5_000

/** With more due users, the sessions before the revocation are not read where that can be avoided: it costs a call for each. */
const MAX_USERS_OF_SHORT_LIST = 100

export type RunContext = Readonly<ReturnType<typeof createRunContext>>

export function createRunContext(
  { options, credential }: Pick<Run, 'options' | 'credential'>,
  due: readonly User[],
  stop: RunStop,
  log: Log,
) {
  const { baseUrl, target, maxAttempts, requestTimeout, concurrency } = options
  const plan = planCalls(due.length, options)
  const throttle = new Throttle({ concurrency, calls: plan.maxCalls, stop, log })
  const http = new HttpExchanger(requestTimeout * 1_000, stop.responseSignal)
  const authentication = authenticationBy(credential)
  const client = new Client({ ...authentication, baseUrl: baseUrl.href, maxAttempts, http, throttle, log })
  const endpoints = new Endpoints(client, target)
  const lookUps = needsLookUp(options) ? due.map(({ email }) => email) : []
  const directory = new UserDirectory(endpoints, lookUps, options.notListed !== 'ignore', () => {
    // Cloudflare takes 1,200 calls in five minutes.
    const time = duration((plan.callsOneByOne / 1_200) * 5 * 60_000)
    const text = `Users are looked up one by one, because the whole organization could not be listed in fewer calls: expect about ${grouped(plan.callsOneByOne)} calls, and ${time} at Cloudflare's rate limit.`
    if (plan.isLong) log.info(text)
  })
  const registrations = new RegistrationsReader(endpoints, directory, async () =>
    throttle.time.wait(plan.isLong ? GATHER_READS_MS : 0),
  )
  return { options, plan, endpoints, throttle, stop, log, directory, registrations }
}

export function planCalls(due: number, options: RunOptions) {
  const isLong = due > MAX_USERS_OF_SHORT_LIST
  const isNewAllowed = options.dryRun || options.signedInAgain === 'warn'
  // On long lists only to distinguish new ones that are allowed.
  const readsSessionsBefore = verifiesSessions(options) && (!isLong || isNewAllowed)
  // For each kind of call for a user: whether it is made, how often as a rule, and how often at most.
  const kinds: readonly (readonly [boolean, number, number])[] = [
    [true, 1, 1],
    // A look-up, in the list and then individually, in each letter case.
    [needsLookUp(options), CALLS_OF_LOOK_UP, 5],
    [readsSessionsBefore, 1, 1],
    // The sessions after the revocation until the time is up, and the login log.
    [verifiesSessions(options), 1, 13],
    // The devices before and after it, of a batch and alone, and a fresh count.
    [verifiesDevices(options), 2, 30],
    // The seat, with the sessions or a fresh record.
    [options.removeSeat, 1, 6],
  ]
  const made = kinds.filter(([isMade]) => isMade)
  return {
    isLong,
    readsSessionsBefore,
    /** If each user is looked up individually, and little has to be repeated. */
    callsOneByOne: made.reduce((sum, [, usual]) => sum + due * usual, 0),
    /** If everything that may be read again has to be. The check of the credential takes two. */
    maxCalls: made.reduce((sum, [, , most]) => sum + due * most, 2),
  }
}
