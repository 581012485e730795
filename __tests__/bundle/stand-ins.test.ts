import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { fetch, ProxyAgent } from '../../bundle/undici.ts'
import manifest from '../../package.json' with { type: 'json' }

test('nothing can come to depend on the proxy dispatcher', () => {
  expect(ProxyAgent).toThrow('undici is not part of this bundle')
  expect(fetch).toBe(globalThis.fetch)
})

test('undici is not in the bundle', () => {
  const dist = new URL('../../dist/', import.meta.url)
  const code = readdirSync(dist)
    .filter((file) => file.endsWith('.js'))
    .map((file) => readFileSync(new URL(file, dist), 'utf8'))
  expect(code.join('')).not.toContain('node_modules/undici')
  expect(code.join('')).toContain('undici is not part of this bundle')
})

test('the licenses of all packages are in the bundle, whenever they are loaded', () => {
  const licenses = readFileSync(new URL('../../dist/licenses.txt', import.meta.url), 'utf8').split('\n')
  expect(licenses).toEqual(expect.arrayContaining([...Object.keys(manifest.dependencies), 'tunnel']))
})
