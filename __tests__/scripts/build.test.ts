import { appendFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { Copy } from './copy.ts'

test('a change of the sources renames no file of the bundle', () => {
  using copy = new Copy()
  expect(copy.run('scripts/build.ts', 'before')).toMatchObject({ stderr: '', status: 0 })
  const sources = readdirSync(join(copy.folder, 'src'), { recursive: true, encoding: 'utf8' })
  for (const path of sources.filter((name) => name.endsWith('.ts'))) {
    appendFileSync(join(copy.folder, 'src', path), '\nprocess.emitWarning("changed")\n')
  }
  expect(copy.run('scripts/build.ts', 'after')).toMatchObject({ stderr: '', status: 0 })
  expect(readdirSync(join(copy.folder, 'after'))).toEqual(readdirSync(join(copy.folder, 'before')))
  expect(copy.read('after/index.js')).toContain('emitWarning("changed")')
})

test('every file of the bundle that differs from a build, is missing, or is too many is named', () => {
  using copy = new Copy()
  const dist = join(copy.folder, 'dist')
  // The packages of a copy are a link, with which the files of a bundle have other names.
  copy.run('scripts/build.ts')
  appendFileSync(join(dist, 'index.js'), '\n')
  rmSync(join(dist, 'licenses.txt'))
  writeFileSync(join(dist, 'old.js'), '')
  const { stderr, status } = copy.run('scripts/check-dist.ts')
  expect(stderr).toContain('to: dist/index.js, dist/licenses.txt, dist/old.js. Run')
  expect(status).toBe(1)
})
