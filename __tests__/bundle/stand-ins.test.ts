import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { ProxyAgent } from '../../bundle/undici.ts'
import manifest from '../../package.json' with { type: 'json' }

test('nothing can come to depend on the proxy dispatcher', () => {
  expect(ProxyAgent).toThrow('undici is not part of this bundle')
})

test('the bundle contains no undici, no Octokit, and no way to load a package', () => {
  const dist = new URL('../../dist/', import.meta.url)
  const code = readdirSync(dist)
    .filter((file) => file.endsWith('.js'))
    .map((file) => readFileSync(new URL(file, dist), 'utf8'))
    .join('')
  expect(code).not.toMatch(/node_modules\/(undici|@octokit)|createRequire/)
  expect(code).toContain('undici is not part of this bundle')
})

test('the licenses of all packages are in the bundle, also of those loaded on demand', () => {
  const licenses = readFileSync(new URL('../../dist/licenses.txt', import.meta.url), 'utf8').split('\n')
  expect(licenses).toEqual(expect.arrayContaining([...Object.keys(manifest.dependencies), 'tunnel']))
})
