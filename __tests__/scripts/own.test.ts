import { expect, test } from '@jest/globals'
import { spawnSync } from 'node:child_process'
import { REPOSITORY } from '../support/repository.ts'
import { Copy, type Ended } from './copy.ts'

/** Two other owners. */
const [FIRST = '', SECOND = ''] = ['acme', 'hooli', 'initech'].filter(
  (owner) => !REPOSITORY.startsWith(`${owner}/`),
)
const FIRST_OWNS = [`${FIRST}/revoke-cloudflare-access`, '--code-owners', `@${FIRST}/security`]
const SECOND_OWNS = [`${SECOND}/1e5.revoke`, '--code-owners', `@${SECOND}/it-security, @gavin`]

test('a new owner is named everywhere', () => {
  using copy = new Copy()
  const { stdout, stderr, status } = own(copy, FIRST_OWNS)
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 })
  // In any way of writing it, such as with escaped slashes.
  const [account = '', name = ''] = REPOSITORY.split('/')
  expect(grep(copy, `${account}[^a-z0-9]{1,4}${name}`)).toBe('')

  expect(copy.read('.github/CODEOWNERS')).toMatch(new RegExp(`^/src/ +@${FIRST}/security$`, 'm'))
  expect(copy.read('package.json')).toContain(`"repository": "github:${FIRST}/revoke-cloudflare-access"`)
  expect(copy.read('package.json')).toContain(`"https://github.com/${FIRST}/revoke-cloudflare-access/issues"`)
  expect(copy.read('action.yml')).toContain(`\nauthor: ${FIRST}\n`)
  expect(stdout).toContain('examples/manual.yml\n')
  expect(stdout).toMatch(new RegExp(`^ +\\d+: uses: ${FIRST}/revoke-cloudflare-access@v1$`, 'm'))
  expect(stdout).toMatch(/^\d\d files changed\. @\w+\/security reviews \w+\/revoke-cloudflare-access\.$/m)
})

test('it can be run again for another owner, and for the same one', () => {
  using copy = new Copy()
  own(copy, SECOND_OWNS)
  const straight = tracked(copy)
  copy.commit()
  own(copy, FIRST_OWNS)
  expect(own(copy, SECOND_OWNS).status).toBe(0)
  expect(tracked(copy)).toEqual(straight)
  expect(own(copy, SECOND_OWNS).stdout).toMatch(/^0 files changed\./)
})

test.each([
  ['acme', 'is not a repository'],
  ['-acme/revoke', "Unknown option '-a'"],
])('%s is refused, and nothing is changed', (repository, message) => {
  using copy = new Copy()
  const { stderr, status } = own(copy, [repository, '--code-owners', '@gavin'])
  expect(stderr).toContain(message)
  expect(stderr).toContain('Nothing was changed.')
  expect(status).toBe(1)
  expect(copy.git('status', '--short')).toBe('?? node_modules\n')
})

function own(copy: Copy, args: readonly string[]): Ended {
  return copy.run('scripts/own.ts', ...args)
}

/** The places of a pattern. */
function grep({ folder }: Copy, pattern: string): string {
  // The command itself and the tests of scripts have owners as examples.
  const paths = ['.', ':(exclude)scripts/own*', ':(exclude)__tests__/scripts']
  const args = ['grep', '--line-number', '--ignore-case', '--extended-regexp', pattern, '--', ...paths]
  const { stdout, stderr } = spawnSync('git', args, { cwd: folder, encoding: 'utf8' })
  return `${stdout}${stderr}`
}

/** The content of every file, as git hashes it. */
function tracked(copy: Copy): string {
  copy.git('add', '--update')
  return copy.git('ls-files', '--stage')
}
