import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from '@jest/globals'
import { hints } from '../../scripts/demo/command-line.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const README = readFileSync(`${ROOT}README.md`, 'utf8')
const FOLDER = mkdtempSync(join(tmpdir(), 'demo-test-'))

afterAll(() => {
  rmSync(FOLDER, { recursive: true })
})

interface Typed {
  code: number | null
  stdout: string
  stderr: string
}

/** The same command without npm, which takes longer than the demo. */
const withoutNpm = (command: string): string =>
  command.replace(/^npm start(?: --)?/, `"${process.execPath}" scripts/demo.ts`)

/** Runs a command as it is typed, in the shell of the machine: `sh`, or `cmd` on Windows. */
function typed(command: string): Promise<Typed> {
  const env = { ...process.env, NO_COLOR: '1', TMPDIR: FOLDER, TEMP: FOLDER, TMP: FOLDER }
  const child = spawn(command, { cwd: ROOT, shell: true, env })
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
const SUGGESTIONS = new Set(`${README}\n${hints()}`.match(/^npm start\b(?: ?\S+)*/gm))

test('every suggested command is the same in every shell', () => {
  // No quotes, variables, or characters that sh, zsh, PowerShell or cmd take for something else.
  for (const command of SUGGESTIONS) expect(command).toMatch(/^npm start(?: -- [a-z=. -]+)?$/)
})

const SHOWN = [
  { command: 'npm start -- list', code: 0, shows: ['leavers.csv\n', 'revoked-count = 2', '1 not due yet'] },
  {
    command: 'npm start -- mixed',
    code: 1,
    shows: ['attempt 1 of 5 failed', 'staff.csv:6: ', 'failed = ["intern@example.com"]', 'The step is red'],
  },
  {
    command: 'npm start -- verified',
    code: 0,
    shows: ['"leaver\'s laptop"', '2 users revoked and verified; 2 seats freed.', 'no seat'],
  },
  {
    command: 'npm start -- review',
    code: 1,
    shows: [
      'contractor@example.com is on no list: 1 active device, seat, last login',
      'not-listed-count = 1',
    ],
  },
  { command: 'npm start -- --input dry-run=true', code: 0, shows: ['dry-run: true', 'revoked = false'] },
  { command: 'npm start -- --input api-token=unknown', code: 1, shows: ['9109 "Invalid access token"'] },
]

test.concurrent.each(SHOWN)('`$command` shows it', async ({ command, code, shows }) => {
  const shown = await typed(withoutNpm(command))
  for (const text of shows) expect(shown.stdout).toContain(text)
  expect(shown.code).toBe(code)
})

test('every suggested command is run by a test', () => {
  const others = ['npm start', 'npm start -- --list leavers.csv']
  expect([...SHOWN.map(({ command }) => command), ...others]).toEqual(
    expect.arrayContaining([...SUGGESTIONS]),
  )
})

test.concurrent('`npm start`: the job summary is a page beside the report, and both stay', async () => {
  const { code, stdout } = await typed('npm start')
  expect(code).toBe(0)
  for (const text of ['revoked-count = 1', 'The step is green']) expect(stdout).toContain(text)
  const [, file = ''] = /^Open (.*) in a browser\./m.exec(stdout) ?? []
  expect(readFileSync(file, 'utf8')).toMatch(/^<!doctype html>[^]*<h3>✅ Cloudflare Access[^]*<\/table>/)
  const [, report = ''] = /^report = (.*)$/m.exec(stdout) ?? []
  expect(existsSync(report)).toBe(true)
})

test.concurrent('a list: whom it would revoke, and when', async () => {
  const list = 'Name,Mail,Last Day\nA,a@example.com,now\nB,b@example.com,2070-01-30\n'
  const file = join(FOLDER, 'staff.csv')
  writeFileSync(file, list)
  const inputs = ['email-column=Mail', '"date-column=Last Day"', 'dry-run=false']
  const { code, stdout } = await typed(`npm start --list ${file} ${inputs.join(' ')}`)
  expect(stdout).toMatch(/^a@example\.com +would be revoked now$/m)
  expect(stdout).toMatch(/^b@example\.com +would be revoked from 2070-01-31 00:00 UTC$/m)
  expect(stdout).toContain('dry-run: offline\n')
  expect(stdout).toContain('The list can be used.')
  expect(code).toBe(0)
})

test.concurrent('a list with a problem: what is wrong, and where', async () => {
  const file = join(FOLDER, 'leavers.csv')
  writeFileSync(file, 'email,revoke_after\nleaver.example.com,now\n')
  const { code, stdout } = await typed(withoutNpm(`npm start -- --list ${file}`))
  expect(stdout).toMatch(/^Error: leavers\.csv:2: /m)
  expect(stdout).toContain('The list cannot be used with these inputs.')
  expect(code).toBe(1)
})

test.concurrent.each([
  { args: '--inputs a=b', says: 'The options are --list file, --input name=value, and --help.' },
  { args: '--list missing.csv', says: 'missing.csv cannot be read.' },
])('`$args` is reported in one sentence', async ({ args, says }) => {
  const { code, stdout, stderr } = await typed(withoutNpm(`npm start -- ${args}`))
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toContain(says)
})
