import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** The present owner of this repository, as `owner/name`: a placeholder, or a real one. */
const NOW = ownerOf(ROOT)
/** Two other owners. */
const [FIRST = '', SECOND = ''] = ['acme', 'hooli', 'initech'].filter((owner) => !NOW.startsWith(`${owner}/`))
const FIRST_OWNS = [`${FIRST}/revoke-cloudflare-access`, '--code-owners', `@${FIRST}/security`]
const SECOND_OWNS = [`${SECOND}/1e5.revoke`, '--code-owners', `@${SECOND}/it-security, @gavin`]

/** A copy of this repository. */
let copy: string

beforeAll(() => {
  copy = copyOfRepository()
})

afterAll(() => {
  rmSync(copy, { recursive: true })
})

test('a clone with a new owner names it everywhere, and its tests pass', () => {
  const clone = copyOfRepository()
  try {
    const { stdout, stderr, status } = own(clone, ...FIRST_OWNS)
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 })
    expect(grep(clone, NOW)).toBe('')

    const read = (path: string): string => readFileSync(join(clone, path), 'utf8')
    expect(read('.github/CODEOWNERS')).toMatch(new RegExp(`^/src/ +@${FIRST}/security$`, 'm'))
    expect(read('package.json')).toContain(`"repository": "github:${FIRST}/revoke-cloudflare-access"`)
    expect(read('action.yml')).toContain(`\nauthor: ${FIRST}\n`)
    for (const path of [
      'README.md',
      'SECURITY.md',
      '.github/ISSUE_TEMPLATE/config.yml',
      'examples/manual.yml',
    ]) {
      expect(read(path)).toContain(`${FIRST}/revoke-cloudflare-access`)
      expect(stdout).toContain(`${path}\n`)
    }
    expect(stdout).toMatch(new RegExp(`^ +\\d+: uses: ${FIRST}/revoke-cloudflare-access@v1$`, 'm'))
    expect(stdout).toMatch(/^\d\d files changed\. @\w+\/security reviews \w+\/revoke-cloudflare-access\.$/m)

    const jest = join(ROOT, 'node_modules/jest/bin/jest.js')
    for (const args of [
      ['__tests__/documents'],
      ['--config', 'jest.workflows.config.js', '__tests__/workflows/completeness'],
    ]) {
      const tests = node(clone, '--experimental-vm-modules', '--no-warnings', jest, ...args)
      expect(tests.stderr).toContain('Tests: ')
      expect(tests.status === 0 ? '' : tests.stderr).toBe('')
    }
  } finally {
    rmSync(clone, { recursive: true })
  }
})

test('it can be run again for another owner, and for the same one', () => {
  const clone = copyOfRepository()
  try {
    own(clone, ...SECOND_OWNS)
    const straight = tracked(clone)
    commit(clone)
    own(clone, ...FIRST_OWNS)
    expect(own(clone, ...SECOND_OWNS).status).toBe(0)
    expect(tracked(clone)).toEqual(straight)
    expect(grep(clone, `${FIRST}/`)).toBe('')
    expect(own(clone, ...SECOND_OWNS).stdout).toMatch(/^0 files changed\./)
  } finally {
    rmSync(clone, { recursive: true })
  }
})

test.each([
  ['acme', 'is not a repository'],
  ['-acme/revoke', "Unknown option '-a'"],
  ['actions/checkout', 'examples/nightly.yml mentions actions/checkout already'],
])('%s is refused, and nothing is changed', (repository, message) => {
  const { stderr, status } = own(copy, repository, '--code-owners', '@gavin')
  expect(stderr).toContain(message)
  expect(stderr).toContain('Nothing was changed.')
  expect(status).toBe(1)
  expect(git(copy, 'status', '--short')).toBe('?? node_modules\n')
})

function own(folder: string, ...args: string[]): { stdout: string; stderr: string; status: number | null } {
  return node(folder, 'scripts/own.ts', ...args)
}

function node(folder: string, ...args: string[]): { stdout: string; stderr: string; status: number | null } {
  // Coverage is not measured in a copy.
  const env = { ...process.env, NODE_V8_COVERAGE: undefined }
  return spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8', env })
}

/** Copies the files that git knows or would add, commits them, and links the packages. */
function copyOfRepository(): string {
  const folder = mkdtempSync(join(tmpdir(), 'own-'))
  const listed = git(ROOT, 'ls-files', '-z', '--cached', '--others', '--exclude-standard').split('\0')
  for (const path of listed) {
    if (path !== '' && existsSync(join(ROOT, path))) cpSync(join(ROOT, path), join(folder, path))
  }
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction')
  git(folder, 'init', '--quiet')
  git(folder, 'config', 'core.autocrlf', 'false')
  git(folder, 'add', '--all', ':!node_modules')
  commit(folder)
  return folder
}

function commit(folder: string): void {
  const author = ['-c', 'user.name=test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgSign=false']
  git(folder, ...author, 'commit', '--quiet', '--all', '--message=All')
}

/** The owner of a repository, as `owner/name`. */
function ownerOf(folder: string): string {
  const [, repository = ''] =
    /"repository": "github:(.*)"/.exec(readFileSync(join(folder, 'package.json'), 'utf8')) ?? []
  return repository
}

/** The places of a text. */
function grep(folder: string, text: string): string {
  // The command itself and the tests of scripts have owners as examples.
  const paths = ['.', ':!scripts/own', ':!__tests__/scripts']
  return spawnSync('git', ['grep', '--line-number', text, '--', ...paths], { cwd: folder, encoding: 'utf8' })
    .stdout
}

/** The content of every file, as git hashes it. */
function tracked(folder: string): string {
  git(folder, 'add', '--update')
  return git(folder, 'ls-files', '--stage')
}

function git(folder: string, ...args: string[]): string {
  return execFileSync('git', args, { cwd: folder, encoding: 'utf8' })
}
