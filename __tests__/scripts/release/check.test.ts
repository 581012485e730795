import { expect, test } from '@jest/globals'
import { isVersion } from '../../../scripts/release/repository.ts'
import { Clone } from './clone.ts'
import { callsOf, standInForGh, testWithGh } from './gh.ts'

test('a tag with the same version everywhere can be released', () => {
  using clone = new Clone()
  clone.release('1.0.0')
  expect(clone.run('check', ['v1.0.0'])).toEqual({ stdout: '', stderr: '', status: 0 })
})

test('an annotated tag can be released', () => {
  using clone = new Clone()
  clone.releaseAnnotated('1.0.0')
  expect(clone.run('check', ['v1.0.0'])).toMatchObject({ stderr: '', status: 0 })
})

test('a patch of an older version can be released from a branch of its own', () => {
  using clone = new Clone()
  clone.release('1.0.0')
  clone.release('1.1.0')
  clone.releasePatch('1.0.1', 'v1.0.0')
  expect(clone.run('check', ['v1.0.1'])).toMatchObject({ stderr: '', status: 0 })
})

test('every file that differs from the tag is named', () => {
  using clone = new Clone()
  clone.commit('1.0.0')
  clone.git('tag', 'v1.0.1')
  clone.git('push', '--quiet', 'origin', 'main', 'v1.0.1')
  const { stderr, status } = clone.run('check', ['v1.0.1'])
  expect(stderr.trim().split('\n')).toEqual([
    'package.json has version 1.0.0, and the tag is v1.0.1.',
    'package-lock.json has version 1.0.0, and the tag is v1.0.1.',
    'package-lock.json, in packages has version 1.0.0, and the tag is v1.0.1.',
    'src/cloudflare/client.ts has version 1.0.0, and the tag is v1.0.1.',
    'CHANGELOG.md has no section "## 1.0.1", or it is empty.',
  ])
  expect(status).toBe(1)
})

test('a commit on another branch cannot be released', () => {
  using clone = new Clone()
  clone.release('1.0.0')
  clone.releasePatch('1.1.0', 'v1.0.0', 'feature')
  const stderr = 'v1.1.0 is neither on main nor on a branch maintenance/….\n'
  expect(clone.run('check', ['v1.1.0'])).toMatchObject({ stderr, status: 1 })
})

test('what is checked out has to be the tag', () => {
  using clone = new Clone()
  clone.release('1.0.0')
  clone.commit('1.0.0')
  const stderr = 'v1.0.0 is not the commit that is checked out.\n'
  expect(clone.run('check', ['v1.0.0'])).toMatchObject({ stderr, status: 1 })
})

test('a repository that names another owner cannot be released', () => {
  using clone = new Clone()
  clone.release('1.0.0')
  const { stderr, status } = clone.run('check', ['v1.0.0'], { GITHUB_REPOSITORY: 'hooli/revoke' })
  expect(stderr).toMatch(/^package\.json names github:acme\/revoke, and this is hooli\/revoke\./)
  expect(status).toBe(1)
})

testWithGh.each([
  ['main', 0],
  ['maintenance/v1.0', 0],
  ['feature', 1],
  [undefined, 1],
])('after CI has passed on %s, the exit code is %i', (branch, code) => {
  using clone = new Clone()
  clone.release('1.0.0')
  const list = JSON.stringify(branch === undefined ? [] : [{ headBranch: branch }])
  const gh = standInForGh(clone.folder, { list })
  const { stderr, status } = clone.run('check', ['v1.0.0'], { GITHUB_REPOSITORY: 'Acme/Revoke', ...gh })
  const commit = clone.git('rev-parse', 'HEAD')
  expect(stderr).toContain(code === 0 ? '' : `CI has not passed for ${commit} on main or maintenance/….`)
  expect(status).toBe(code)
  const filter = ['--workflow=ci.yml', `--commit=${commit}`, '--event=push', '--status=success']
  expect(callsOf(clone.folder)).toEqual([[['run', 'list', ...filter, '--json=headBranch'], '']])
})

test.each(['v1', ''])('"%s" cannot be released', (tag) => {
  using clone = new Clone()
  clone.release('1.0.0')
  expect(clone.run('check', [tag])).toMatchObject({ stderr: `${tag} is not a tag like v1.2.3.\n`, status: 1 })
})

test.each(['1.0.0', 'v1.0', 'v1.0.0-rc.1', 'v01.0.0', 'v1.0.0.0', 'v1.0.0\n', '--help'])(
  '%j is not the tag of a version',
  (tag) => {
    expect(isVersion(tag)).toBe(false)
  },
)
