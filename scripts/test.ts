/**
 * Runs the tests: `npm test` runs all of them and demands full coverage, `npm test -- <what jest takes>` runs a part of
 * them without.
 *
 * All of them run in two processes of jest. One measures coverage. The other runs tests that call nothing of `src/` in
 * their own process, where measuring would take a third of the time; it measures only the processes of `src/` that they
 * start. jest's own workers would not do, because jest ends a worker that takes long to write its coverage.
 */
import { spawn, type SpawnOptions } from 'node:child_process'
import { rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'

const require = createRequire(import.meta.url)
const JEST = [
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  require.resolve('jest/bin/jest'),
]
const C8 = require.resolve('c8/bin/c8.js')

/** Folders of tests that call nothing of `src/` in their own process. */
const UNMEASURED = '(bundle|documents|embedded-api|properties|scripts)/'

/** Where c8 finds the coverage. */
const COVERAGE = resolve('coverage/tmp')

async function run(args: readonly string[], options: SpawnOptions = {}): Promise<boolean> {
  const child = spawn(process.execPath, args, { stdio: 'inherit', ...options })
  child.stdout?.pipe(process.stdout, { end: false })
  child.stderr?.pipe(process.stderr, { end: false })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => {
      resolve(code === 0)
    })
  })
}

/** Runs a part of all tests, through pipes: on a terminal, each process would overwrite the other's progress. */
async function runPart(pattern: string, variables: Readonly<Record<string, string>>): Promise<boolean> {
  const color = process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}
  const env = { ...process.env, ...color, ...variables }
  return run([...JEST, pattern], { stdio: ['ignore', 'pipe', 'pipe'], env })
}

async function runAll(): Promise<boolean> {
  rmSync(COVERAGE, { recursive: true, force: true })
  const passed = await Promise.all([
    runPart(`__tests__/(?!${UNMEASURED})`, { NODE_V8_COVERAGE: COVERAGE }),
    runPart(`__tests__/${UNMEASURED}`, { SOURCE_COVERAGE: COVERAGE }),
  ])
  return passed.every(Boolean) && (await run([C8, 'report']))
}

const given = process.argv.slice(2)
const passed = given.length > 0 ? await run([...JEST, ...given]) : await runAll()
process.exitCode = passed ? 0 : 1
