import { expect } from '@jest/globals'
import { type Difference, openAcceptance, rowsWith, TEST_USER } from './acceptance-scene.ts'

/** A world in which an assumption is false. */
export interface FalseAssumption extends Difference {
  /** The row, or rows, that the world contradicts. */
  readonly rows: readonly string[]
  /** Further rows that are not seen in such a world, besides those of options that are off. */
  readonly hidden?: readonly string[]
  /** Default: neither `--devices` nor `--seat`. */
  readonly flags?: readonly ('--devices' | '--seat')[]
}

/** Milliseconds for one of several worlds at once, each with half a dozen processes. */
export const TIMEOUT = 90_000

/** Runs the program in the world, and expects its rows, and no others, to be contradicted. */
export async function expectContradicted({
  rows,
  hidden = [],
  flags = [],
  ...difference
}: FalseAssumption): Promise<void> {
  await using acceptance = await openAcceptance(difference)
  const run = await acceptance.run(['--yes', TEST_USER, ...flags])
  expect(rowsWith(run, 'contradicted')).toEqual(rows)
  const off = [
    ...(flags.includes('--devices') ? [] : ['devices_revoked']),
    ...(flags.includes('--seat') ? [] : ['seat_freed', 'seat_registrations']),
  ]
  expect(rowsWith(run, 'not seen').sort()).toEqual([...hidden, ...off].sort())
  expect(run.exitCode).toBe(1)
  expect(acceptance.scene.api.rateLimitHits).toBe(0)
  // As the program announces.
  expect(acceptance.scene.api.requests.length).toBeLessThan(200)
}
