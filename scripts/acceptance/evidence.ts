import { randomBytes } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import * as v from 'valibot'
import { runStep } from '../step.ts'
import { type Access, Account, type Answer, jsonOrText } from './account.ts'
import {
  findTestUser,
  inOtherCase,
  isSame,
  isSameAddress,
  type Registrations,
  registrationsOf,
  type Session,
  sessionsOf,
  type TestUser,
} from './test-user.ts'

/** The action waits this long for sessions and devices to end. */
export const TIMEOUT_S = 90
/** Clocks may differ by this much. */
export const CLOCK_TOLERANCE_MS = 60_000
const PAUSE_MS = 8_000

/** The environment variables that concern the network path to Cloudflare. */
const NETWORK = [
  ...['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy', 'NO_PROXY', 'no_proxy'],
  ...['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'SSL_CERT_DIR', 'NODE_OPTIONS'],
]

const Text = v.nullish(v.string())
const Login = v.object({ user_email: Text, created_at: Text, app_domain: Text, connection: Text })
const Report = v.object({
  users: v.tuple([v.object({ status: v.string(), verification: v.optional(v.string(), 'no verification') })]),
})

/** What may be changed, besides the sessions of the test user. */
export interface Options {
  /** Whether the user's devices are revoked too. */
  readonly devices: boolean
  /** Whether the user's seat is freed at the end. */
  readonly seat: boolean
}

/** A revocation, and what is left of the sessions from before. */
export interface Attempt {
  readonly answer: Answer | undefined
  readonly sessions: 'none before' | 'left' | 'not read' | 'ended'
  /** From the revocation to the last list of sessions. */
  readonly seconds: number
}

/** What a run observed. It contains personal data, and is never shown. */
export interface Evidence extends TestUser {
  readonly options: Options
  /** All answers in order. */
  readonly answers: readonly Answer[]
  /** Each time the login log was read: seconds after the last login, and whether and how it lists it. */
  readonly logins: readonly {
    readonly seconds: number
    readonly entry?: v.InferOutput<typeof Login> | undefined
  }[]
  readonly sessionsBefore: readonly Session[] | undefined
  readonly before: Registrations
  readonly unknownAddress: Answer | undefined
  /** The revocation by the address in the other letter case, and in the account's if that one left sessions. */
  readonly otherCase: Attempt
  readonly sameCase: Attempt | undefined
  /** After the revocations without `devices`. */
  readonly kept: Registrations
  /** The revocation of a user whose sessions have ended. */
  readonly again: Answer | undefined
  /** The status and the verification of the user in the action's own report. */
  readonly action: string
  /** After the action ran with `devices`. */
  readonly revoked: Registrations | undefined
  readonly seat: { readonly answer: Answer | undefined; readonly registrations: Registrations } | undefined
}

/**
 * Reads, revokes, and reads again.
 *
 * @param show - shows a line at the start of each step; it contains no personal data
 * @throws NotStarted if the users cannot be read, if the test user is not among them, or if the rate limit is near
 */
export async function collectEvidence(
  access: Access,
  address: string,
  options: Options,
  show: (line: string) => void,
): Promise<Evidence> {
  const account = new Account(access)
  show('Reading the test user …')
  const user = await findTestUser(account, address)
  const { email, records, lastLogin } = user
  await account.call('verify_user_token')
  await account.call('verify_account_token')
  const logins: Evidence['logins'][number][] = []
  const readLogins = async (): Promise<boolean> => {
    if (lastLogin === undefined) return true
    const since = new Date(lastLogin - CLOCK_TOLERANCE_MS).toISOString()
    const query = new URLSearchParams({ since, direction: 'desc', email, email_exact: 'true' })
    const listed = await account.list(Login, 'list_logins', { query })
    if (listed === undefined) return true
    const entry = listed.find(
      ({ user_email, created_at }) =>
        isSameAddress(user_email ?? '', email) &&
        Math.abs(Date.parse(created_at ?? '') - lastLogin) <= CLOCK_TOLERANCE_MS,
    )
    logins.push({ seconds: Math.round((Date.now() - lastLogin) / 1_000), entry })
    return entry !== undefined
  }
  const isLogged = await readLogins()
  const readRegistrations = async (): Promise<Registrations> => registrationsOf(account, user)
  const sessionsBefore = await sessionsOf(account, records)
  const before = await readRegistrations()
  const revoke = async (body: object): Promise<Answer | undefined> => account.call('revoke_user', { body })
  const attempt = async (body: object): Promise<Attempt> => {
    const start = Date.now()
    const answer = await revoke(body)
    if (sessionsBefore?.length === 0) return { answer, sessions: 'none before', seconds: 0 }
    const isOld = (session: Session): boolean => sessionsBefore?.some((one) => isSame(session, one)) === true
    const listed = await until(
      async () => sessionsOf(account, records),
      (now) => sessionsBefore === undefined || now?.some(isOld) !== true,
    )
    const seconds = Math.ceil((Date.now() - start) / 1_000)
    if (sessionsBefore === undefined || listed === undefined) return { answer, sessions: 'not read', seconds }
    return { answer, sessions: listed.some(isOld) ? 'left' : 'ended', seconds }
  }
  show('Revoking an unknown address …')
  const unknownAddress = await revoke({
    email: `unknown-${randomBytes(8).toString('hex')}@acceptance.invalid`,
  })
  show('Revoking the test user, by the address in another letter case …')
  const otherCase = await attempt({ email: inOtherCase(email) })
  if (otherCase.sessions === 'left') show('Sessions are left. Revoking the address as it is listed …')
  const sameCase = otherCase.sessions === 'left' ? await attempt({ email }) : undefined
  const kept = await readRegistrations()
  show('Revoking the test user once more …')
  const again = await revoke({ email })
  show(`Running the action for the test user${options.devices ? ', with their devices' : ''} …`)
  const action = await runAction(access, email, options)
  const revoked = options.devices
    ? await until(readRegistrations, ({ active }) => active.length === 0)
    : undefined
  // The seat last, because freeing it deletes the registrations.
  const seats = records
    .filter(({ access_seat: access_, gateway_seat: gateway }) => access_ !== false || gateway !== false)
    .flatMap(({ seat_uid: uid }) => uid ?? [])
  let seat: Evidence['seat']
  if (options.seat && seats.length > 0) {
    show("Freeing the test user's seat …")
    const body = seats.map((uid) => ({ seat_uid: uid, access_seat: false, gateway_seat: false }))
    const answer = await account.call('update_seats', { body })
    seat = { answer, registrations: await until(readRegistrations, ({ own }) => own.length === 0) }
  }
  if (!isLogged) {
    show('Reading the login log …')
    await until(readLogins, (isListed) => isListed)
  }
  return {
    ...{ options, ...user, answers: account.answers, logins, sessionsBefore, before, unknownAddress },
    ...{ otherCase, sameCase, kept, again, action, revoked, seat },
  }
}

/** Runs the action as a step for the test user. */
async function runAction(access: Access, email: string, { devices }: Options): Promise<string> {
  const { exitCode, report } = await runStep({
    inputs: {
      ...{ 'account-id': access.accountId, 'api-token': access.token, 'api-base-url': access.baseUrl },
      ...{ email, devices: `${devices}`, verify: 'true', 'request-timeout': '120' },
    },
    env: Object.fromEntries(NETWORK.map((name) => [name, process.env[name]])),
  })
  const parsed = v.safeParse(Report, jsonOrText(report))
  if (!parsed.success) return `no report, exit code ${exitCode}`
  const [{ status, verification }] = parsed.output.users
  return `${status}, ${verification}`
}

/** Reads until the result is as expected or the action would have given up; at least once. */
async function until<T>(read: () => Promise<T>, isDone: (result: T) => boolean): Promise<T> {
  const deadline = Date.now() + TIMEOUT_S * 1_000
  for (;;) {
    const result = await read()
    if (isDone(result) || Date.now() >= deadline) return result
    await wait(PAUSE_MS)
  }
}
