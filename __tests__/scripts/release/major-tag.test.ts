import { expect, test } from '@jest/globals'
import { Clone } from './clone.ts'

/** A clone in which this version, too, is released; the tag of its major version points to it. */
function cloneWith(version: string): Clone {
  const clone = new Clone()
  clone.run('major-tag', ['v1.0.0'])
  clone.release(version)
  clone.run('major-tag', [`v${version}`])
  return clone
}

test('the major tag follows the newest version', () => {
  using clone = new Clone()
  clone.release('1.9.0')
  expect(clone.run('major-tag', ['v1.9.0'])).toEqual({
    stdout: 'v1 points to v1.9.0 now.\n',
    stderr: '',
    status: 0,
  })
  expect(clone.commitOf('v1')).toBe(clone.commitOf('v1.9.0'))
  clone.release('1.10.0')
  clone.run('major-tag', ['v1.10.0'])
  expect(clone.commitOf('v1')).toBe(clone.commitOf('v1.10.0'))
  expect(clone.run('major-tag', ['v1.10.0']).stdout).toBe('v1 points to v1.10.0 already.\n')
})

test('a patch of an older version leaves it where it is', () => {
  using clone = cloneWith('1.1.0')
  clone.releasePatch('1.0.1', 'v1.0.0')
  expect(clone.run('major-tag', ['v1.0.1'])).toEqual({
    stdout: 'v1 stays at v1.1.0, which is newer than v1.0.1.\n',
    stderr: '',
    status: 0,
  })
  expect(clone.commitOf('v1')).toBe(clone.commitOf('v1.1.0'))
})

test('each major version has its own', () => {
  using clone = cloneWith('2.0.0')
  clone.releasePatch('1.0.1', 'v1.0.0', 'maintenance/v1')
  expect(clone.run('major-tag', ['v1.0.1']).stdout).toBe('v1 points to v1.0.1 now.\n')
  expect(clone.commitOf('v1')).toBe(clone.commitOf('v1.0.1'))
  expect(clone.commitOf('v2')).toBe(clone.commitOf('v2.0.0'))
})

test('annotated or not, it comes to point to the commit', () => {
  using clone = new Clone()
  clone.git('tag', '--annotate', '--message=Moving', 'v1')
  clone.git('push', '--quiet', 'origin', 'v1')
  clone.releaseAnnotated('1.1.0')
  expect(clone.run('major-tag', ['v1.1.0']).stdout).toBe('v1 points to v1.1.0 now.\n')
  expect(clone.commitOf('v1')).toBe(clone.git('rev-parse', 'HEAD'))
})

test('moved back from a bad release, it goes on with the next one', () => {
  using clone = cloneWith('1.1.0')
  clone.git('push', '--quiet', '--force', 'origin', 'v1.0.0^{commit}:refs/tags/v1')
  clone.releasePatch('1.0.1', 'v1.0.0')
  expect(clone.run('major-tag', ['v1.0.1']).stdout).toBe('v1 points to v1.0.1 now.\n')
})

test('put where there is no version, it stays there', () => {
  using clone = new Clone()
  clone.commit('1.0.0')
  clone.git('push', '--quiet', 'origin', 'HEAD:refs/tags/v1')
  const commit = clone.git('rev-parse', 'HEAD')
  clone.release('1.1.0')
  expect(clone.run('major-tag', ['v1.1.0'])).toEqual({
    stdout: '',
    stderr: `v1 points to ${commit}, which is not a version. Move it by hand.\n`,
    status: 1,
  })
  expect(clone.commitOf('v1')).toBe(commit)
})

test.each([
  ['v1.0.1', 'The remote repository has no tag v1.0.1.'],
  ['v1', 'v1 is not a tag like v1.2.3.'],
])('%s moves nothing unless it is released', (tag, problem) => {
  using clone = new Clone()
  clone.git('tag', 'v1.0.1')
  expect(clone.run('major-tag', [tag])).toEqual({ stdout: '', stderr: `${problem}\n`, status: 1 })
})
