import { lastLogin } from '../../embedded-api/organization/access-user.ts'
import type { ReportedUser, Run } from './run.ts'
import { sameAddress } from './trial.ts'
import { type Claim, type Listed, recordsInAnyCase, recordsOf } from './truth.ts'

/** Milliseconds. */
const DAY = 24 * 3_600_000

/** Claims about logins after the date and devices that the step leaves. */
export function claimsAboutLeftovers(run: Run, { timing, revokeAfter }: Listed, user: ReportedUser): Claim[] {
  const { options, world } = run.trial
  const { email, status, warnings = [] } = user
  const absent = world.absentUserFields ?? []
  const records = recordsOf(run, email)
  const logins = records.flatMap(({ id }) => run.before.get(id)?.lastLogin ?? [])
  const login = absent.includes('last_successful_login') ? 0 : Math.max(0, ...logins)
  const devices = records.reduce((sum, { id }) => sum + (run.before.get(id)?.devices ?? 0), 0)
  const count = absent.includes('active_device_count') ? 0 : devices
  const isProven = status === 'revoked' && options.verify !== false
  const signedInSince = isProven && revokeAfter !== undefined && login > revokeAfter
  const isRecent = login >= run.startedAt + (world.dateSkewMs ?? 0) - DAY
  const isReadable = world.lastLoginText === undefined
  const keepsComing = signedInSince && isReadable && login > revokeAfter + DAY && isRecent
  return [
    ...claimsOfLogins(run, user, revokeAfter),
    ['has a warning about the login after the date', !signedInSince || warnings.length > 0],
    ['signed in a day later, which is allowed', !keepsComing || options.signedInAgain === 'warn'],
    [
      'has a warning about devices that are left',
      !isProven || options.devices || count === 0 || warnings.length > 0,
    ],
    ['was left alone without a warning', timing !== 'past' || warnings.length === 0],
  ]
}

/** How a message describes a login: when, to which application, by which method, and from where. */
const LOGIN_TEXT = /sign(?:ed|ing) in(?: again)? at (\S+Z) to (\S+) with (.+?) \(([^)]+)\)/g

const METHODS: Readonly<Record<string, string>> = { onetimepin: 'one-time PIN' }

/** Logins in messages are in the login log, which is read only if something shows a login. */
function claimsOfLogins(
  run: Run,
  { email, errors, warnings = [] }: ReportedUser,
  revokeAfter = Infinity,
): Claim[] {
  const owners = recordsInAnyCase(run, email)
  const texts = [...errors.map(({ message }) => message), ...warnings]
  const reads = run.requests.filter(
    ({ operation, query }) => operation === 'list_logins' && sameAddress(query['email'] ?? '', email),
  )
  const isPlain = run.trial.faults.length === 0 && Object.keys(run.trial.world).length === 0
  const cameBack = owners.some(
    (owner) =>
      owner.signsInAgain !== undefined ||
      owner.sessions.some(({ issuedAt }) => issuedAt * 1_000 > run.startedAt) ||
      (lastLogin(owner, run.endedAt) ?? 0) > revokeAfter,
  )
  return [
    ...texts.flatMap((text) =>
      [...text.matchAll(LOGIN_TEXT)].map(([said, at = '', app, method, ip]): Claim => {
        const isLogged = owners.some(({ logins }) =>
          logins.some(
            (login) =>
              secondOf(login.at) === at &&
              login.app === app &&
              (METHODS[login.connection] ?? login.connection) === method &&
              login.ipAddress === ip &&
              login.allowed,
          ),
        )
        return [said, isLogged]
      }),
    ),
    ['has its logins read once at most', reads.length <= 1 || !isPlain],
    ['has its logins read for a reason', reads.length === 0 || cameBack || !isPlain],
  ]
}

function secondOf(at: number): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, 'Z')
}
