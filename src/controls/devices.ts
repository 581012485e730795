import type { Registration } from '../cloudflare/records.ts'
import { type Options, provesDevices, provesSessions } from '../inputs/options.ts'
import { countDevices, type Owner } from '../organization/owner.ts'
import type { RunContext } from '../organization/run-context.ts'
import { quantity } from '../text/quantity.ts'
import { DEVICES_TIMEOUT_MS } from '../timings.ts'
import {
  type Confirmation,
  type Control,
  finding,
  type LookedUp,
  NOTHING_SEEN,
  type Progress,
  readProblem,
  unverifiable,
} from './control.ts'
import {
  type DeviceEvidence,
  devicesFact,
  devicesPhrase,
  judgeDevices,
  type SeenDevices,
  sortRegistrations,
} from './device-evidence.ts'
import { CLOCKS_DISAGREE, clocksDisagree, pollUntil, type ReadFailure, readFailure } from './poll-until.ts'

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
  needsLookUp: provesDevices,
  calls: (options) => (provesDevices(options) ? 2 : 0),
  seenWithoutLookUp: () => NOTHING_SEEN,
  lookUp: async (owner, run) =>
    provesDevices(run.options) ? readBefore(owner, run) : countOnly(owner, run.options),
  unchecked: unverifiable,
}

/** What a step that does not prove the devices knows of them. */
function countOnly({ records }: Owner, options: Options): LookedUp {
  const count = countDevices(records)
  const warnings =
    provesSessions(options) && !options.devices && count !== undefined && count > 0
      ? [
          `The user keeps ${quantity(count, 'active device')}. To revoke devices as well, set \`devices: true\`.`,
        ]
      : []
  const facts = count === undefined ? {} : { devices_before: count }
  const state = options.devices ? 'confirmed' : 'not_requested'
  return {
    seen: {
      facts,
      phrase: count === undefined ? '' : quantity(count, 'active device'),
      detail: '',
    },
    answers: [],
    check: ({ isLookUpLate }) =>
      Promise.resolve({
        ...finding(state, isLookUpLate ? NOTHING_SEEN : { ...NOTHING_SEEN, facts }),
        warnings,
      }),
  }
}

async function readBefore(owner: Owner, run: RunContext): Promise<LookedUp> {
  const list = await run.registrations.readBefore(owner)
  const counted = countDevices(owner.records)
  // An empty list alone does not say that there are none: Cloudflare may not have understood whose devices to list.
  const listed = list.kind === 'result' && (list.result.length > 0 || counted === 0) ? list.result : undefined
  const count = listed?.length ?? counted
  const devices = listed?.map((registration) => ({ registration, status: 'active' as const }))
  const problem = list.kind === 'result' ? undefined : readProblem(list, VERIFY_SESSIONS)
  return {
    seen: {
      facts: { devices_before: count, ...(devices !== undefined && { devices: devicesFact(devices) }) },
      counts: { before: count },
      phrase:
        devices === undefined
          ? count === undefined
            ? ''
            : quantity(count, 'active device')
          : devicesPhrase(devices),
      detail: devices === undefined || devices.length === 0 ? '' : devicesPhrase(devices),
    },
    answers: list.kind === 'result' ? [list] : [],
    ...(problem !== undefined && { problem }),
    check: async (confirmation, progress) => {
      const { isLookUpLate } = confirmation
      const before = list.kind !== 'result' || isLookUpLate ? undefined : list.result
      const read = await waitUntilGone(owner, before, confirmation, progress, run)
      const isConclusive = run.registrations.emptyListIsConclusive(owner)
      const known = isLookUpLate
        ? { before: undefined, listed: undefined, counted: undefined }
        : { before: count, listed: before?.length, counted }
      return judgeDevices(read, { ...known, isConclusive }, confirmation, run.options)
    },
  }
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
    if (clocksDisagree(list, time)) return readFailure(CLOCKS_DISAGREE)
    const sorted = sortRegistrations(list.result, list, evidence)
    return { kind: 'seen', isEmpty: list.result.length === 0, ...sorted }
  }
  // Where the sessions have had their time already, one read shows what there is to see.
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
