import type { RunOptions } from '../inputs/options.ts'
import { quantity } from '../text/quantity.ts'
import { type Finding, passed } from './finding.ts'
import { judgeRegistrations } from './judge-registrations.ts'
import type { Confirmed } from './outcome.ts'
import type { Prover } from './prover.ts'
import { devicesOf } from './user-directory.ts'
import type { Known } from './user-records.ts'
import { lookAtRegistrations, waitForRegistrations } from './wait-for-registrations.ts'

/**
 * Proves that no device from before the revocation is left.
 *
 * @param late - whether the records were read after the revocation
 * @param isProven - whether the sessions are gone
 */
export async function proveDevices(
  sent: Confirmed,
  known: Known,
  late: boolean,
  isProven: boolean,
  { registrations, patience, options }: Prover,
): Promise<Finding> {
  const list = late ? undefined : known.registrations
  const before = list?.kind === 'result' ? list.result : undefined
  const evidence = { before, confirmation: sent.answer, newIsFine: options.signedInAgain === 'warn' }
  // Where the sessions have had their time already, one look says what there is to say.
  const seen = await (isProven
    ? waitForRegistrations(registrations, patience, known, evidence)
    : lookAtRegistrations(registrations, known, evidence))
  const devices = {
    listedBefore: before?.length,
    countedBefore: late ? undefined : devicesOf(known.records),
    emptyIsTrue: registrations.vouchesFor(known),
  }
  return judgeRegistrations(seen, devices, options)
}

/** What to say of devices that the step leaves alone. */
export function devicesUntouched({ records }: Known, { devices }: RunOptions): Finding[] {
  const count = devices ? 0 : (devicesOf(records) ?? 0)
  if (count === 0) return []
  return [
    passed({}, [
      `The user keeps ${quantity(count, 'active device')}. To revoke devices as well, set \`devices: true\`.`,
    ]),
  ]
}
