/**
 * Runs the tests: `npm test`, or `npm test -- <what jest takes>` for a part of them.
 *
 * All of them run in two processes of jest, half of the test files each. jest's own workers would do the same, but it
 * ends a worker that takes long to write its coverage, which is then lost without a word.
 */
import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'

const JEST = createRequire(import.meta.url).resolve('jest/bin/jest')
const FLAGS = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning']
const SHARDS = ['--shard=1/2', '--shard=2/2']

/** Whether all tests passed; what they print comes at the end of each process, in one piece. */
async function jest(...args: readonly string[]): Promise<boolean> {
  const child = spawn(process.execPath, [...FLAGS, JEST, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  const printed: Buffer[] = []
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => printed.push(chunk))
  }
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  process.stdout.write(Buffer.concat(printed))
  return exitCode === 0
}

const given = process.argv.slice(2)
const passed = await Promise.all(given.length > 0 ? [jest(...given)] : SHARDS.map((shard) => jest(shard)))
process.exitCode = passed.every(Boolean) ? 0 : 1
