import type { Registration } from '../cloudflare/records.ts'
import { type Options, verifiesDevices, verifiesSessions } from '../inputs/options.ts'
import { countDevices, type Owner } from '../organization/owner.ts'
import type { RegistrationList } from '../organization/registrations-reader.ts'
import type { RunContext } from '../organization/run-context.ts'
import { isoTime, quantity } from '../text/measures.ts'
import { DEVICES_TIMEOUT_MS, MAX_RECORD_AGE_MS } from '../timings.ts'
import {
  type Confirmation,
  type Control,
  type Fact,
  finding,
  type LookedUp,
  NOTHING_SEEN,
  type Progress,
  readProblem,
  type Seen,
  unverifiable,
} from './control.ts'
import {
  type DeviceEvidence,
  deviceNames,
  judgeDevices,
  type SeenDevices,
  sortRegistrations,
} from './device-evidence.ts'
import {
  CLOCKS_DISAGREE,
  clocksDisagree,
  NO_DATE,
  pollUntil,
  type ReadFailure,
  readFailure,
} from './poll-until.ts'

/** The devices of a user. With `verify: true` their registrations are read until none from before is active. */
export const DEVICES: Control = {
  name: 'devices',
  label: 'Devices',
  extent: 'devices',
  untouched:
    'Devices were left untouched, and may keep reaching private networks; `devices: true` revokes them too.',
  isProof: true,
  withoutLookUp: 'Devices cannot be verified, so the step will be red.',
  isRequested: ({ devices }) => devices,
  needsLookUp: verifiesDevices,
  calls: (options) => (verifiesDevices(options) ? 2 : 0),
  seenWithoutLookUp: () => NOTHING_SEEN,
  lookUp: async (owner, run) =>
    verifiesDevices(run.options) ? readBefore(owner, run) : countOnly(owner, run.options),
  unchecked: unverifiable,
}

/** What a step that does not prove the devices knows of them. */
function countOnly({ records }: Owner, options: Options): LookedUp {
  const count = countDevices(records)
  const warnings =
    verifiesSessions(options) && !options.devices && count !== undefined && count > 0
      ? [
          `The user keeps ${quantity(count, 'active device')}. To revoke devices as well, set \`devices: true\`.`,
        ]
      : []
  const state = options.devices ? 'confirmed' : 'not_requested'
  const { facts, phrase } = seenDevices(undefined, { before: count }, false)
  return {
    seen: { facts, phrase, detail: '' },
    answers: [],
    check: ({ isLookUpLate }) =>
      Promise.resolve({ ...finding(state, { ...NOTHING_SEEN, ...(!isLookUpLate && { facts }) }), warnings }),
  }
}

async function readBefore(owner: Owner, run: RunContext): Promise<LookedUp> {
  const { maskEmails } = run.options
  const list = await run.registrations.readBefore(owner)
  const counted = countDevices(owner.records)
  const registrations = list.kind === 'result' ? list.result : undefined
  // An empty list alone does not mean that there are none: Cloudflare may not have recognized the user.
  const isKnown = registrations !== undefined && (registrations.length > 0 || counted === 0)
  const count = isKnown ? registrations.length : counted
  const active = isKnown ? { active: registrations, revoked: [], deleted: [] } : undefined
  return {
    seen: seenDevices(active, { before: count }, maskEmails),
    answers: list.kind === 'result' ? [list] : [],
    ...(list.kind !== 'result' && { problem: readProblem(list, VERIFY_SESSIONS) }),
    check: async (confirmation, progress) => {
      const { isLookUpLate, rayId } = confirmation
      const listed = isLookUpLate ? undefined : registrations
      const read = await waitUntilGone(owner, listed, confirmation, progress, run)
      const isBack = read.kind === 'seen' && read.newDevices.length > 0
      const login = isBack ? await confirmation.login() : undefined
      const countBefore = isLookUpLate ? undefined : count
      const before = { ...seenDevices(undefined, { before: countBefore }, maskEmails), phrase: '' }
      const after = read.kind === 'seen' ? seenAfter(read, countBefore, maskEmails) : before
      const known = {
        listed: listed?.length,
        counted: isLookUpLate ? undefined : counted,
        isCountRecent: isRecent(owner, list),
        isConclusive: run.registrations.emptyListIsConclusive(owner),
      }
      return judgeDevices(read, { before, after }, known, { rayId, login }, run.options)
    },
  }
}

/** Registrations by their status. */
type DevicesByStatus = Readonly<Record<'active' | 'revoked' | 'deleted', readonly Registration[]>>

function seenAfter(
  { left, newDevices, revoked, deleted }: SeenDevices,
  before: number | undefined,
  masked: boolean,
): Seen {
  const active = [...left, ...newDevices]
  const seen = seenDevices({ active, revoked, deleted }, { before, after: active.length }, masked)
  return { ...seen, readAt: Date.now() }
}

const STATUSES = ['active', 'revoked', 'deleted'] as const

/** What was seen of the devices: `2 devices revoked: "laptop", "phone"`. */
function seenDevices(
  devices: DevicesByStatus | undefined,
  counts: { readonly before: number | undefined; readonly after?: number },
  masked: boolean,
): Seen {
  const { before, after } = counts
  const facts = {
    ...(before !== undefined && { devices_before: before }),
    ...(after !== undefined && { devices_after: after }),
  }
  if (devices === undefined) {
    const phrase = before === undefined ? '' : quantity(before, 'active device')
    return { facts, counts, phrase, detail: '' }
  }
  const groups = STATUSES.map((status) => ({ status, own: devices[status] })).filter(
    ({ own }) => own.length > 0,
  )
  const phrases = groups.map(
    ({ status, own }) =>
      `${quantity(own.length, 'device')} ${status}: ${deviceNames(own, masked).join(', ')}`,
  )
  return {
    facts: {
      ...facts,
      devices: groups.flatMap(({ status, own }) => own.map((each) => deviceFact(each, status))),
    },
    counts,
    phrase: phrases.length === 0 ? 'no devices' : phrases.join('; '),
    detail: phrases.join('; '),
  }
}

function deviceFact({ id, name, type, revokedAt }: Registration, status: keyof DevicesByStatus): Fact {
  return {
    id,
    name,
    registration_type: type,
    status,
    revoked_at: status === 'revoked' && typeof revokedAt === 'object' ? isoTime(revokedAt.at) : null,
  }
}

/** Whether the user's record and the list were read within a minute. */
function isRecent({ readAt }: Owner, list: RegistrationList): boolean {
  return list.kind === 'result' && Math.abs(list.receivedAt - readAt) <= MAX_RECORD_AGE_MS
}

async function waitUntilGone(
  owner: Owner,
  before: readonly Registration[] | undefined,
  { time }: Confirmation,
  { isProven }: Progress,
  run: RunContext,
): Promise<SeenDevices | ReadFailure> {
  const evidence: DeviceEvidence = {
    before,
    confirmation: time,
    newDevicesAllowed: run.options.signedInAgain === 'warn',
  }
  const read = async (): Promise<SeenDevices | ReadFailure> => {
    const list = await run.registrations.readAfter(owner)
    if (list.kind !== 'result') return readFailure(readProblem(list, VERIFY_SESSIONS))
    if (list.date === undefined || time.date === undefined) return readFailure(NO_DATE)
    if (clocksDisagree(list, time)) return readFailure(CLOCKS_DISAGREE)
    const sorted = sortRegistrations(list.result, list, evidence)
    return { kind: 'seen', isEmpty: list.result.length === 0, ...sorted }
  }
  // The check of the sessions has already waited, so one read is enough.
  if (!isProven) return read()
  return pollUntil(run, {
    read,
    isDone: ({ left }) => left.length === 0,
    timeoutMs: DEVICES_TIMEOUT_MS,
    since: run.queue.runningTime,
    firstPauseMs: 0,
  })
}

const VERIFY_SESSIONS = 'Or set `verify: sessions`.'
