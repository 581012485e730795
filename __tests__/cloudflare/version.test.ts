import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { VERSION } from '../../src/cloudflare/client.ts'

const read = (name: string): string => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8')

test('the version is the same everywhere', () => {
  expect(read('package.json')).toContain(`"version": "${VERSION}"`)
  expect(read('CHANGELOG.md')).toContain(`## ${VERSION}`)
})
