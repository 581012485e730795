import { readdirSync, readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { expect, test } from '@jest/globals'
import { ProxyAgent } from '../../bundle/undici.ts'
import manifest from '../../package.json' with { type: 'json' }

test('nothing can come to depend on the proxy dispatcher', () => {
  expect(ProxyAgent).toThrow('undici is not part of this bundle')
})

test('the bundle contains no undici and no Octokit, loads only modules of Node.js, and starts no program', () => {
  const dist = new URL('../../dist/', import.meta.url)
  const code = readdirSync(dist)
    .filter((file) => file.endsWith('.js'))
    .map((file) => readFileSync(new URL(file, dist), 'utf8'))
    .join('')
  expect(code).not.toMatch(/node_modules\/(undici|@octokit)/)
  const required = Array.from(code.matchAll(/\brequire\("(.*?)"\)/g), ([, name = '']) => name)
  expect(required.length).toBeGreaterThan(5)
  expect(required.filter((name) => !isBuiltin(name))).toEqual([])
  expect(code).not.toContain('child_process')
  expect(code).toContain('undici is not part of this bundle')
})

test('the licenses of all packages are in the bundle, also of those loaded on demand', () => {
  const licenses = readFileSync(new URL('../../dist/licenses.txt', import.meta.url), 'utf8').split('\n')
  expect(licenses).toEqual(expect.arrayContaining([...Object.keys(manifest.dependencies), 'tunnel']))
})
