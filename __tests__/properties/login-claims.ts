import type { Claim, Told } from './claim.ts'
import type { Run } from './run.ts'
import { type Listed, recordsOf } from './truth.ts'

/** Milliseconds. */
const DAY = 24 * 3_600_000

/** That the report tells of logins after the date, and of devices that were left. */
export function claimsOfWhatIsLeft(run: Run, { timing, revokeAfter }: Listed, told: Told): Claim[] {
  const { asked, world, faults } = run.trial
  const { email, status, warnings = [] } = told
  const absent = world.absentUserFields ?? []
  const records = recordsOf(run, email)
  const logins = records.flatMap(({ id }) => run.before.get(id)?.lastLogin ?? [])
  const login = absent.includes('last_successful_login') ? 0 : Math.max(0, ...logins)
  const devices = records.reduce((sum, { id }) => sum + (run.before.get(id)?.devices ?? 0), 0)
  const count = absent.includes('active_device_count') ? 0 : devices
  const isProven = status === 'revoked' && asked.verify !== false
  const signedInSince = isProven && revokeAfter !== undefined && login > revokeAfter
  const isRecent = login >= run.startedAt + (world.dateSkewMs ?? 0) - DAY
  const keepsComing = signedInSince && login > revokeAfter + DAY && isRecent
  const isNeglected = count > 0 && revokeAfter !== undefined && login <= revokeAfter
  const isPlain = faults.length === 0 && Object.keys(world).length === 0
  return [
    ['is warned about who signed in since', !signedInSince || warnings.length > 0],
    ['signed in a day later, which is fine', !keepsComing || asked.signedInAgain === 'warn'],
    [
      'is warned about whose devices are left',
      !isProven || asked.devices || count === 0 || warnings.length > 0,
    ],
    [
      'was never revoked',
      timing !== 'past' || warnings.length === 0 || (isNeglected && asked.verify !== false),
    ],
    [
      'is warned about who was never revoked',
      timing !== 'past' || asked.verify === false || !isNeglected || !isPlain || warnings.length > 0,
    ],
  ]
}
