import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { mustBeGreen, oddUserOf } from './expectations.ts'
import { falseClaims } from './oracle.ts'
import { type Run, runTrial } from './run.ts'
import { trials } from './trial-arbitrary.ts'

/** `PROPERTY_SEED` and `PROPERTY_PATH` repeat a run that failed; the message of the failure has both. */
const { PROPERTY_RUNS: RUNS = '80', PROPERTY_SEED: SEED, PROPERTY_PATH: PATH } = process.env

const USUAL_SEED = 20261124

/** Runs at once: a run mostly waits. */
const LANES = PATH === undefined ? 2 : 1

/** Milliseconds, with the search for a smaller counterexample. */
const TIME = 60_000 + Number(RUNS) * 1_000

/** Each kind of run that shows that the trials are neither all hopeless nor all harmless. */
const KINDS: Readonly<Record<string, (run: Run) => boolean>> = {
  'green without proof': ({ result, trial: { options }, report }) =>
    result.exitCode === 0 && options.verify === false && (report?.totals.revoked ?? 0) > 0,
  'green with proof': ({ result, trial: { options }, report }) =>
    result.exitCode === 0 && options.verify !== false && (report?.totals.revoked ?? 0) > 0,
  'red with proof for some': ({ result, trial: { options }, report }) =>
    result.exitCode === 1 && options.verify !== false && (report?.totals.revoked ?? 0) > 0,
  'a device that is gone': ({ report }) =>
    report?.users.some(
      ({ verification, devices = [] }) =>
        verification === 'passed' && devices.some(({ status }) => status !== 'active'),
    ) === true,
  'a seat that is free': ({ report }) =>
    report?.users.some(({ status, seat }) => status === 'revoked' && seat === 'removed') === true,
  'green in spite of stray refusals': ({ trial, result, requests }) =>
    result.exitCode === 0 && mustBeGreen(trial) && requests.some(({ faulted }) => faulted),
  'others revoked beside an odd answer': ({ trial, report }) =>
    oddUserOf(trial) !== undefined && (report?.totals.failed ?? 0) > 0 && (report?.totals.revoked ?? 0) > 0,
  'users who are on no list': ({ report }) => (report?.not_listed ?? []).length > 0,
  'a dry run': ({ report }) => (report?.totals.would_revoke ?? 0) > 0,
}

test(
  'green is true, and so is the report, for any answers of the API',
  async () => {
    const seen = new Set<string>()
    const property = fc.asyncProperty(trials, async (trial) => {
      const run = await runTrial(trial)
      for (const [kind, isSo] of Object.entries(KINDS)) if (isSo(run)) seen.add(kind)
      const claims = falseClaims(run)
      if (claims.length > 0) throw new Error([...claims, run.result.stdout, run.result.report].join('\n'))
    })
    const lanes = Array.from({ length: LANES }, async (_, lane) =>
      fc.check(property, {
        seed: Number(SEED ?? USUAL_SEED) + lane,
        numRuns: Math.ceil(Number(RUNS) / LANES),
        interruptAfterTimeLimit: TIME,
        markInterruptAsFailure: true,
        includeErrorInReport: true,
        ...(PATH !== undefined && { path: PATH }),
      }),
    )
    for (const details of await Promise.all(lanes)) {
      if (details.failed) throw new Error(await fc.asyncDefaultReportMessage(details))
    }
    if (SEED === undefined) expect([...seen].toSorted()).toEqual(Object.keys(KINDS).toSorted())
  },
  TIME + 30_000,
)
