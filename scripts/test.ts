/**
 * Runs the tests: `npm test` runs all of them and checks the coverage (`.c8rc.json`), `npm test -- <what jest takes>`
 * runs a part of them without.
 *
 * All of them run in two processes of jest. One measures coverage, which takes a third of its time. The other runs tests
 * that need not be measured, most of them with the bundle; it measures only the processes of `src/` that they start.
 * jest's own workers would not do, because jest ends a worker that takes long to write its coverage.
 *
 * The last line has the number of tests of all runs that passed and failed. Coverage below the limits, and a test file
 * or a run that ended without a result, count as failed.
 */
import { spawn, type SpawnOptions } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempDisposableSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import * as v from 'valibot'

const require = createRequire(import.meta.url)
const JEST = [
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  require.resolve('jest/bin/jest'),
]
const C8 = require.resolve('c8/bin/c8.js')

/** Tests that run without coverage, by their paths. */
const UNMEASURED = '(bundle|documents|embedded-api|properties|scripts)/'

/** Where c8 finds the coverage. */
const COVERAGE = resolve('coverage/tmp')

const Result = v.object({
  numPassedTests: v.number(),
  numFailedTests: v.number(),
  numRuntimeErrorTestSuites: v.number(),
  numPendingTests: v.number(),
  numTodoTests: v.number(),
})

/** Numbers of tests, of all runs. */
const total = { passed: 0, failed: 0, skipped: 0 }

/** @returns whether the program succeeded */
async function run(args: readonly string[], options: SpawnOptions = {}): Promise<boolean> {
  const child = spawn(process.execPath, args, { stdio: 'inherit', ...options })
  child.stdout?.pipe(process.stdout, { end: false })
  child.stderr?.pipe(process.stderr, { end: false })
  await once(child, 'close')
  return child.exitCode === 0
}

async function runJest(args: readonly string[], options?: SpawnOptions): Promise<void> {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'test-'))
  const file = join(folder.path, 'result.json')
  try {
    const succeeded = await run([...JEST, '--json', `--outputFile=${file}`, ...args], options)
    const result = v.parse(Result, JSON.parse(readFileSync(file, 'utf8')))
    const failed = result.numFailedTests + result.numRuntimeErrorTestSuites
    total.passed += result.numPassedTests
    total.failed += succeeded ? failed : Math.max(failed, 1)
    total.skipped += result.numPendingTests + result.numTodoTests
  } catch {
    // There is no result, for example because of a wrong option, which jest has reported.
    total.failed += 1
  }
}

/** Runs a part of all tests, through pipes: on a terminal, each process would overwrite the other's progress. */
async function runPart(pattern: string, variables: Readonly<Record<string, string>>): Promise<void> {
  const color = process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}
  const env = { ...process.env, ...color, ...variables }
  await runJest([pattern], { stdio: ['ignore', 'pipe', 'pipe'], env })
}

async function runAll(): Promise<void> {
  rmSync(COVERAGE, { recursive: true, force: true })
  await Promise.all([
    runPart(`__tests__/(?!${UNMEASURED})`, { NODE_V8_COVERAGE: COVERAGE }),
    runPart(`__tests__/${UNMEASURED}`, { SOURCE_COVERAGE: COVERAGE }),
  ])
  if (total.failed === 0 && !(await run([C8, 'report']))) total.failed += 1
}

const given = process.argv.slice(2)
await (given.length > 0 ? runJest(given) : runAll())
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : ''
console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`)
process.exitCode = total.failed > 0 ? 1 : 0
