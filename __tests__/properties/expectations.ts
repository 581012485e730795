import { type Fault, type FaultRule, STRAY_REFUSALS } from '../../embedded-api/faults/faults.ts'
import { ODD_ANSWERS } from './faults-arbitrary.ts'
import { type DrawnUser, needsLookUp, sameAddress, type Trial } from './trial.ts'

/** Deviations of a world that keep no run from being green. */
export const HARMLESS: ReadonlySet<string> = new Set([
  'loginLogDelayMs',
  'nullForEmpty',
  'pageCap',
  'repeatedRecords',
  'reversed',
  'withoutRateLimitHeaders',
  'withoutRayId',
])

/** The action waits for 90 seconds. */
const MAX_PROPAGATION_MS = 30_000

/**
 * Whether a run must be green, with all users revoked: the step names known users who are due, nothing of theirs
 * outlives a revocation, and if calls are refused, then only now and then.
 */
export function mustBeGreen({
  world,
  propagationMs,
  records,
  list,
  options,
  faults,
  ...trial
}: Trial): boolean {
  return (
    Object.keys(world).every((name) => HARMLESS.has(name)) &&
    propagationMs <= MAX_PROPAGATION_MS &&
    trial.missingPermission === undefined &&
    trial.protectedUsers.length === 0 &&
    !options.dryRun &&
    options.notListed !== 'fail' &&
    areStray(faults) &&
    (faults.length === 0 || options.maxAttempts > 1) &&
    list.entries.every(({ due = 'now', uuid }) => due === 'now' && uuid === undefined) &&
    list.entries.every(({ email }) => {
      const own = records.filter((record) => sameAddress(record.email, email))
      return (own.length > 0 || !needsLookUp(options)) && own.every(isCalm)
    })
  )
}

/** The address of the only user about whom a run that would be green otherwise gets odd answers; undefined if there is none. */
export function oddUserOf({ faults, ...trial }: Trial): string | undefined {
  const [{ fault, email } = {}, ...others] = faults
  const isOdd = others.length === 0 && ODD_ANSWERS.some((odd) => odd === fault)
  return isOdd && mustBeGreen({ ...trial, faults: [] }) ? email : undefined
}

/** Whether each operation has one stray refusal at most, after a call that was accepted. */
function areStray(faults: readonly FaultRule[]): boolean {
  const stray = new Set<Fault>(Object.values(STRAY_REFUSALS))
  return (
    faults.every(({ fault, after = 0, times }) => stray.has(fault) && after > 0 && times === 1) &&
    new Set(faults.map(({ operation }) => operation)).size === faults.length
  )
}

/** The trial without what may keep it from being green. */
export function calmed({ world, records, list, options, ...trial }: Trial): Trial {
  const emails = list.entries.map(({ email }) => email)
  const known = emails.filter((email) => records.some((record) => sameAddress(record.email, email)))
  return {
    ...trial,
    world: Object.fromEntries(Object.entries(world).filter(([name]) => HARMLESS.has(name))),
    propagationMs: Math.min(trial.propagationMs, MAX_PROPAGATION_MS),
    records: records.map(({ email, sessions = 1, devices, foundBySearchOnly = false }) => ({
      email: email.trim(),
      sessions,
      devices: devices.map((device) => ({ ...device, sticky: false })),
      foundBySearchOnly,
    })),
    list: {
      ...list,
      entries: (known.length > 0 ? known : records.map(({ email }) => email.trim())).map((email) => ({
        email,
      })),
    },
    options: {
      ...options,
      notListed: options.notListed === 'ignore' ? 'ignore' : 'warn',
      dryRun: false,
      maxAttempts: Math.max(2, options.maxAttempts),
    },
    missingPermission: undefined,
    protectedUsers: [],
    faults: [],
  }
}

const CALM = ['email', 'sessions', 'devices', 'foundBySearchOnly']

/** Whether nothing of a user keeps a run from being green. */
function isCalm(user: DrawnUser): boolean {
  return (
    Object.keys(user).every((name) => CALM.includes(name)) &&
    user.devices.every(({ sticky }) => sticky !== true)
  )
}
