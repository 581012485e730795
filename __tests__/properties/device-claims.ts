import type { AccessUser, Registration } from '../../embedded-api/organization/organization.ts'
import type { Report } from '../support/report.ts'
import type { ReportedUser, Run } from './run.ts'
import { START } from './trial.ts'
import {
  areDevicesHidden,
  type Claim,
  effectsOf,
  emptyIsTrue,
  isDateUnusable,
  lastLookAt,
  ownersAreHidden,
  recordsInAnyCase,
  recordsOf,
  seatCallsOf,
  shownAsActive,
} from './truth.ts'

type Device = NonNullable<Report['users'][number]['devices']>[number]

/** The claims about the devices of a user. */
export function claimsOfDevices(run: Run, user: ReportedUser): Claim[] {
  return [...claimsOfList(run, user), ...claimsOfDeviceProof(run, user)]
}

function claimsOfList(run: Run, { email, devices = [] }: ReportedUser): Claim[] {
  const owners = ownersAreHidden(run) ? run.organization.users : recordsInAnyCase(run, email)
  return devices.flatMap((device) => {
    const owner = owners.find(({ registrations }) => registrations.some(({ id }) => id === device.id))
    const registration = owner?.registrations.find(({ id }) => id === device.id)
    return owner === undefined || registration === undefined
      ? [[`has the device ${device.id}`, false] as const]
      : claimsOfDevice(run, owner, registration, device)
  })
}

function claimsOfDevice(run: Run, owner: AccessUser, registration: Registration, device: Device): Claim[] {
  const { id, name, registration_type: type, status, revoked_at: revokedAt } = device
  const absent = run.trial.world.absentRegistrationFields ?? []
  const { from, to } = lastLookAt(run, owner) ?? { from: START, to: START }
  // Without the time of the revocation, a revoked registration looks like an active one.
  const isActive =
    absent.includes('revoked_at') ||
    isDateUnusable(run) ||
    [from, to].some((at) => shownAsActive(run, owner, at).some((shown) => shown.id === id))
  const stated = {
    active: isActive && revokedAt === null,
    revoked: registration.revokedAt !== undefined && Date.parse(revokedAt ?? '') === registration.revokedAt,
    deleted: registration.deletedAt !== undefined && revokedAt === null,
  }
  return [
    [`has a device that is ${status} (${revokedAt})`, stated[status]],
    [`has a device named ${name}`, name === registration.device.name],
    [
      `has a device of type ${type}`,
      type === (absent.includes('registration_type') ? undefined : registration.kind),
    ],
  ]
}

function claimsOfDeviceProof(run: Run, user: ReportedUser): Claim[] {
  const { email, status, verification, devices, warnings = [] } = user
  const { devices_before: before, devices_after: after } = user
  const { options } = run.trial
  const isVerified = options.verify === true && options.devices
  const isListed = after !== undefined || devices !== undefined
  if (!isVerified) return [['has a list or a count of devices only if they are proven', !isListed]]
  if (verification !== 'passed') return []
  const records = recordsOf(run, email)
  const looks = records.map((record) => ({ record, look: lastLookAt(run, record) }))
  const revokedAt = effectsOf(run, email).at(-1)?.receivedAt ?? Infinity
  const freedAt = seatCallsOf(run, records).at(-1)?.answeredAt ?? 0
  const cameBack = looks.some(
    ({ record, look }) =>
      look !== undefined &&
      shownAsActive(run, record, look.from).some(
        ({ createdAt }) => createdAt > (record.revokedAt ?? Infinity),
      ),
  )
  const isEmpty = records.every(
    (record) =>
      areDevicesHidden(run, record) || record.registrations.every(({ deletedAt }) => deletedAt !== undefined),
  )
  const isHidden = records.some((record) => areDevicesHidden(run, record))
  // What the list before did not show, because it could not be read or came too late, is not told by name.
  const isKnown = before !== undefined && !isHidden && run.trial.faults.length === 0
  const named = new Set(devices?.map(({ id }) => id))
  const isNamed = records.every(({ registrations }) =>
    registrations.every(
      ({ id, createdAt, revokedAt: at = Infinity }) => createdAt > START || at < START || named.has(id),
    ),
  )
  return [
    ['has all devices by name', !isKnown || isNamed],
    ['has a count of devices after', after !== undefined],
    ['has looked for devices', looks.every(({ look }) => look !== undefined && look.from >= revokedAt)],
    [
      'has looked for devices after the seat was freed',
      status !== 'revoked' || looks.every(({ look }) => look !== undefined && look.from >= freedAt),
    ],
    ['registered again, which is allowed', !cameBack || options.signedInAgain === 'warn'],
    ['has a warning about registering again', !cameBack || warnings.length > 0],
    ['has evidence for having no devices', !isEmpty || emptyIsTrue(run, records)],
  ]
}
