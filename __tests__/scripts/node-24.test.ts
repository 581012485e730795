import { spawnSync } from 'node:child_process'
import { mkdtempDisposableSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'

const GUARD = new URL('../../scripts/node-24.js', import.meta.url)
const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const WHAT_TO_DO = 'Run "npm ci --ignore-scripts=false"'

/** Runs a program behind the guard, as the scripts in package.json do. */
function guarded(cwd: string, ...preloads: readonly string[]): { stdout: string; stderr: string } {
  const imports = [...preloads, GUARD.href].map((preload) => `--import=${preload}`)
  return spawnSync(process.execPath, [...imports, '--eval', 'console.log("runs")'], { cwd, encoding: 'utf8' })
}

test('a script runs on Node.js 24', () => {
  expect(guarded(ROOT)).toMatchObject({ stdout: 'runs\n', stderr: '' })
})

test('an earlier Node.js is told what is missing', () => {
  const earlier = 'data:text/javascript,Object.defineProperty(process,"versions",{value:{node:"20.20.2"}})'
  const { stdout, stderr } = guarded(ROOT, earlier)
  expect(stdout).toBe('')
  expect(stderr).toBe(`${WHAT_TO_DO} first: this command needs Node.js 24, and this is 20.20.2.\n`)
})

test('so is a clone without packages', () => {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'clone-'))
  const { stdout, stderr } = guarded(folder.path)
  expect(stdout).toBe('')
  expect(stderr).toBe(`${WHAT_TO_DO} first: this command needs the packages that it installs.\n`)
})
