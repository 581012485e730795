import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'
import { INPUTS } from '../../src/inputs/options.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const README = readFileSync(`${ROOT}README.md`, 'utf8')

interface Typed {
  code: number | null
  stdout: string
  stderr: string
}

/** Runs a command as it is typed, in the shell of the machine: `sh`, or `cmd` on Windows. */
function typed(command: string): Promise<Typed> {
  const child = spawn(command, { cwd: ROOT, shell: true, env: { ...process.env, NO_COLOR: '1' } })
  const shown: Typed = { code: null, stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => (shown.stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (shown.stderr += text))
  return new Promise((resolve) => {
    child.once('close', (code) => {
      resolve({ ...shown, code })
    })
  })
}

/** Every command that starts the demo: those in README.md, and those that the demo itself suggests. */
async function suggestions(): Promise<string[]> {
  const { stdout } = await typed('npm start --silent -- --help')
  const commands = `${README}\n${stdout}`.matchAll(/^npm start\b(?: ?\S+)*/gm)
  return Array.from(new Set(Array.from(commands, ([command]) => command)))
}

test('every suggested command is the same in every shell', async () => {
  const commands = await suggestions()
  expect(commands).toEqual(
    expect.arrayContaining(['npm start', 'npm start -- mixed', 'npm start -- verified']),
  )
  // No quotes, variables, or characters that sh, zsh, PowerShell or cmd take for something else.
  for (const command of commands) expect(command).toMatch(/^npm start(?: -- [a-z=. -]+)?$/)
})

const SHOWN = [
  { command: 'npm start', code: 0, shows: ['revoked-count = 1', 'The step is green'] },
  { command: 'npm start -- simple', code: 0, shows: ['revoked-count = 1', 'The step is green'] },
  { command: 'npm start -- list', code: 0, shows: ['leavers.csv\n', 'revoked-count = 2', '1 not due yet'] },
  {
    command: 'npm start -- mixed',
    code: 1,
    shows: ['attempt 1 of 5 failed', 'staff.csv:6: ', 'failed = ["intern@example.com"]', 'The step is red'],
  },
  {
    command: 'npm start -- verified',
    code: 0,
    shows: ['verify: true', '"leaver\'s laptop"', '2 users revoked and verified, 2 seats freed.', 'no seat'],
  },
  { command: 'npm start -- --input dry-run=true', code: 0, shows: ['dry-run: true', 'revoked = false'] },
  // As PowerShell passes it on, without the first `--`.
  { command: 'npm start --input dry-run=true', code: 0, shows: ['dry-run: true', 'revoked = false'] },
  { command: 'npm start -- --input api-token=unknown', code: 1, shows: ['9109 "Invalid access token"'] },
  {
    command: 'npm start -- list --input dry-run=true --input timezone=Europe/Berlin',
    code: 0,
    shows: ['leavers.csv\n', 'dry-run: true', 'timezone: Europe/Berlin'],
  },
  {
    command: 'npm start -- --input zone-id=fedcba9876543210fedcba9876543210',
    code: 0,
    shows: ['in zone fedcba9876543210fedcba9876543210'],
  },
]

test.concurrent.each(SHOWN)('`$command` shows it', async ({ command, code, shows }) => {
  const shown = await typed(command)
  for (const text of shows) expect(shown.stdout).toContain(text)
  expect(shown.code).toBe(code)
})

/** Also as PowerShell passes it on. */
test.concurrent.each(['npm start -- verified --summary', 'npm start verified --summary'])(
  '`%s` writes the job summary as a page',
  async (command) => {
    const folder = mkdtempSync(join(tmpdir(), 'demo-'))
    try {
      const file = join(folder, 'summary.html')
      const { code, stdout } = await typed(`${command} ${file}`)
      expect(code).toBe(0)
      expect(stdout).toContain(`Open ${file} in a browser.`)
      const page = readFileSync(file, 'utf8')
      expect(page).toMatch(/^<!doctype html>\n<html lang="en">/)
      expect(page).toMatch(/<main>\n<h3>✅ Cloudflare Access.*2 users revoked and verified/)
      expect(page).toMatch(/leaver@example\.com[^]*<\/table>[^]*<\/main>/)
      expect(page).toContain('@media (prefers-color-scheme: dark)')
      expect(page).not.toMatch(/<script|<link|url\(|src=/)
    } finally {
      rmSync(folder, { recursive: true })
    }
  },
)

test.concurrent('every suggested command is run by a test', async () => {
  const run = [...SHOWN.map(({ command }) => command), 'npm start -- verified --summary summary.html']
  expect(run).toEqual(expect.arrayContaining(await suggestions()))
})

const NAMES = `The inputs are ${Object.keys(INPUTS).join(', ')}.\n`

test.concurrent.each([
  {
    args: 'mixd',
    says: 'There is no scenario "mixd". The scenarios are simple, list, mixed, verified.\n',
  },
  { args: 'mixed list', says: 'Name one scenario, not 2.\n' },
  { args: '--input dryrun=true', says: `The action has no input "dryrun". ${NAMES}` },
  { args: '--input dry-run', says: `"dry-run" is not an input: write --input name=value. ${NAMES}` },
  {
    args: '--inputs dry-run=true',
    says: `The options are --input name=value, --summary file, and --help. ${NAMES}`,
  },
  { args: '--summary missing/summary.html', says: 'missing/summary.html cannot be written.' },
])('`$args` is reported in one sentence', async ({ args, says }) => {
  const shown = await typed(`npm start --silent -- ${args}`)
  expect(shown.code).toBe(2)
  expect(shown.stdout).toBe('')
  expect(shown.stderr).toContain(says)
})
