import { expect, test } from '@jest/globals'
import { isVersion, sectionOf } from '../../../scripts/release/repository.ts'
import { Clone } from './clone.ts'
import { callsOf, standInForGh, testWithGh } from './gh.ts'

test.each<[string, string, (clone: Clone) => void, string]>([
  ['a tag with the same version everywhere', 'v1.0.0', () => undefined, ''],
  [
    'an annotated tag',
    'v1.1.0',
    (clone) => {
      clone.releaseAnnotated('1.1.0')
    },
    '',
  ],
  [
    'a patch of an older version, on a branch of its own',
    'v1.0.1',
    (clone) => {
      clone.release('1.1.0')
      clone.releasePatch('1.0.1', 'v1.0.0')
    },
    '',
  ],
  [
    'a commit on another branch',
    'v1.1.0',
    (clone) => {
      clone.releasePatch('1.1.0', 'v1.0.0', 'feature')
    },
    'v1.1.0 is neither on main nor on a branch maintenance/….\n',
  ],
  [
    'a tag that is not checked out',
    'v1.0.0',
    (clone) => {
      clone.commit('1.0.0')
    },
    'v1.0.0 is not the commit that is checked out.\n',
  ],
  [
    'a tag that does not exist',
    'v1.0.0',
    (clone) => {
      clone.git('tag', '--delete', 'v1.0.0')
    },
    'There is no tag v1.0.0.\n',
  ],
  ['the tag of a major version', 'v1', () => undefined, 'v1 is not a tag like v1.2.3.\n'],
  ['no tag', '', () => undefined, ' is not a tag like v1.2.3.\n'],
])('checks %s', (_what, tag, prepare, stderr) => {
  using clone = new Clone()
  prepare(clone)
  expect(clone.run('check', [tag])).toEqual({ stdout: '', stderr, status: stderr === '' ? 0 : 1 })
})

test('every file that differs from the tag is named', () => {
  using clone = new Clone()
  clone.git('tag', 'v1.0.1')
  clone.git('push', '--quiet', 'origin', 'v1.0.1')
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

test('a repository that names another owner cannot be released', () => {
  using clone = new Clone()
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
  const list = JSON.stringify(branch === undefined ? [] : [{ headBranch: branch }])
  const gh = standInForGh(clone.folder, { list })
  const { stderr, status } = clone.run('check', ['v1.0.0'], { GITHUB_REPOSITORY: 'Acme/Revoke', ...gh })
  const commit = clone.git('rev-parse', 'HEAD')
  expect(stderr).toContain(code === 0 ? '' : `CI has not passed for ${commit} on main or maintenance/….`)
  expect(status).toBe(code)
  const filter = ['--workflow=ci.yml', `--commit=${commit}`, '--event=push', '--status=success']
  expect(callsOf(clone.folder)).toEqual([[['run', 'list', ...filter, '--json=headBranch'], '']])
})

test.each(['1.0.0', 'v1.0', 'v1.0.0-rc.1', 'v01.0.0', 'v1.0.0.0', 'v1.0.0\n', '--help'])(
  '%j is not the tag of a version',
  (tag) => {
    expect(isVersion(tag)).toBe(false)
  },
)

test.each([
  ['## 1.0.0\n\n- All\n\n### More\n\n- Rest\n\n## 0.9.0\n\n- Old\n', '- All\n\n### More\n\n- Rest'],
  ['# Changelog\r\n\r\n## [1.0.0] - 2030-01-31\r\n\r\n- All\r\n', '- All'],
  ['## 1.0.0-rc.1\n\n- Try\n\n## 1.0.0\n- All', '- All'],
  ['## 11.0.0\n\n- All\n\n## 1.0.01\n\n- All\n', undefined],
  ['## 1.0.0\n\n## 0.9.0\n\n- Old\n', undefined],
  ['', undefined],
])('of %j, the section of 1.0.0 is %j', (changelog, section) => {
  expect(sectionOf(changelog, '1.0.0')).toBe(section)
})
