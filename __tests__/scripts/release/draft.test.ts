import { expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Clone } from './clone.ts'
import { callsOf, standInForGh, testWithGh } from './gh.ts'

const ARCHIVE = 'revoke-cloudflare-access-v1.0.0.tar.gz'

test('the archive has what a runner needs, and is the same each time', () => {
  using clone = new Clone()
  const archive = join(clone.folder, ARCHIVE)
  expect(clone.run('pack', ['v1.0.0', clone.folder]).stdout).toBe(`${archive}\n`)
  const before = readFileSync(archive)
  const paths = execFileSync('tar', ['-tzf', ARCHIVE], { cwd: clone.folder, encoding: 'utf8' }).split(/\r?\n/)
  expect(paths.filter((path) => /[^/]$/.test(path))).toEqual(
    ['LICENSE', 'README.md', 'action.yml', 'dist/index.js'].map(
      (path) => `revoke-cloudflare-access-v1.0.0/${path}`,
    ),
  )
  clone.commit('1.0.1')
  clone.run('pack', ['v1.0.0', clone.folder])
  expect(readFileSync(archive)).toEqual(before)
})

testWithGh('a release is drafted with notes and assets, and without the drafts of earlier attempts', () => {
  using clone = new Clone()
  const gh = standInForGh(clone.folder, { list: 'true\ntrue', create: 'https://example.com/untagged-1' })
  const { stdout, stderr, status } = clone.run('draft', ['v1.0.0', ARCHIVE, 'attestation.json'], gh)
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 })
  const query = '--jq=.[] | select(.tagName == "v1.0.0") | .isDraft'
  const options = ['--draft', '--verify-tag', '--title=v1.0.0', '--notes-file=-']
  expect(callsOf(clone.folder)).toEqual([
    [['release', 'list', '--limit=1000', '--json=tagName,isDraft', query], ''],
    [['release', 'delete', 'v1.0.0', '--yes'], ''],
    [['release', 'delete', 'v1.0.0', '--yes'], ''],
    [['release', 'create', 'v1.0.0', ...options, ARCHIVE, 'attestation.json'], '- 1.0.0 is here'],
  ])
  expect(stdout).toContain('[the draft](https://example.com/untagged-1)')
  expect(stdout).toContain('Select **Set as the latest release**.')
})

testWithGh('a patch of an older version is not to be the latest release', () => {
  using clone = new Clone()
  clone.release('1.1.0')
  clone.releasePatch('1.0.1', 'v1.0.0')
  const { stdout } = clone.run('draft', ['v1.0.1'], standInForGh(clone.folder, {}))
  expect(stdout).toContain('Clear **Set as the latest release**, because v1.1.0 is newer.')
})

testWithGh.each([
  ['v1.0.0', 'v1.0.0 is published already.', 1],
  ['v1.0.1', 'CHANGELOG.md has no section for v1.0.1.', 0],
])('%s is not drafted: %s', (tag, message, calls) => {
  using clone = new Clone()
  const { stderr, status } = clone.run('draft', [tag], standInForGh(clone.folder, { list: 'false' }))
  expect(stderr).toContain(message)
  expect(status).toBe(1)
  expect(callsOf(clone.folder)).toHaveLength(calls)
})
