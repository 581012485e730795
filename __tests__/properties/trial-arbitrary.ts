import fc from 'fast-check'
import { faultsAmong } from './faults-arbitrary.ts'
import { records, searchOnly } from './organization-arbitrary.ts'
import { asked, lacking, listAmong } from './step-arbitrary.ts'
import type { Trial } from './trial.ts'
import { propagationMs, world } from './world-arbitrary.ts'

/** Worlds, users, inputs and faults for one run of the action. */
export const trials: fc.Arbitrary<Trial> = fc
  .record({ world, propagationMs, records, searchOnly, list: listAmong, asked, lacking, faults: faultsAmong })
  .map(({ list, faults, ...drawn }) => ({
    ...drawn,
    list: list(drawn.records),
    faults: faults(drawn.records),
  }))
