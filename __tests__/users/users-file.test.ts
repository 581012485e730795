import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { readInputs } from '../../src/inputs/checked-inputs.ts'
import { StepHere } from '../support/environment.ts'
import { read } from '../support/inputs.ts'
import { POSIX } from '../support/platform.ts'
import { usersOf } from '../support/users.ts'

test('a file that is not there: the path as resolved, and what is there instead', async () => {
  const list = { 'leavers.csv': 'email\na@example.com\n' }
  expect(await usersOf(null, list, { 'users-file': 'Leaver.csv' })).toEqual([
    expect.stringMatching(
      /^`users-file` cannot be read \("\/.*\/Leaver\.csv"\): did you mean "leavers\.csv"\?$/,
    ),
  ])
  expect(await usersOf(null, list, { 'users-file': 'staff.csv' })).toEqual([
    expect.stringMatching(
      /\/staff\.csv"\): check the path, and that an earlier step checks out the repository/,
    ),
  ])
})

test('nothing is revealed about folders that the step may not read', async () => {
  for (const path of ['/etc/hostnam', '/nowhere/leavers.csv']) {
    expect(await usersOf(null, {}, { 'users-file': path })).toEqual([
      expect.stringMatching(/cannot be read \(.*\): check the path/),
    ])
  }
})

test('a device is not a list', async () => {
  expect(await usersOf(null, {}, { 'users-file': '/dev/null' })).toEqual([
    expect.stringMatching(/is outside the workspace/),
  ])
})

const testWithPipes = POSIX ? test : test.skip

testWithPipes('nor is a pipe', async () => {
  using _step = new StepHere({ email: null, 'users-file': 'pipe' })
  spawnSync('mkfifo', [`${process.env['GITHUB_WORKSPACE'] ?? ''}/pipe`])
  expect(await readInputs(0)).toMatchObject({
    problems: [{ text: expect.stringMatching(/^`users-file` is not a regular file/) }],
  })
})

test('a file of the temporary folder is read, and annotations do not name it', async () => {
  const elsewhere = mkdtempSync(join(tmpdir(), 'workspace-'))
  const list = 'l.csv'
  using _step = new StepHere({ email: null }, {}, { [list]: 'email\nnobody\n' })
  process.env['INPUT_USERS-FILE'] = join(process.env['RUNNER_TEMP'] ?? '', list)
  process.env['GITHUB_WORKSPACE'] = elsewhere
  const { problems } = await readInputs(0).then((read) => ('problems' in read ? read : { problems: [] }))
  rmSync(elsewhere, { recursive: true })
  expect(problems).toEqual([{ line: 2, text: expect.stringMatching(/^l\.csv, line 2: "nobody"/) }])
})

test('a workspace that does not exist does not hide the temporary folder', async () => {
  using _step = new StepHere({ email: null }, {}, { 'l.txt': 'a@example.com\n' })
  process.env['INPUT_USERS-FILE'] = join(process.env['RUNNER_TEMP'] ?? '', 'l.txt')
  process.env['GITHUB_WORKSPACE'] = '/nowhere/at/all'
  expect(await readInputs(0)).toMatchObject({ kind: 'run', list: { users: [{ email: 'a@example.com' }] } })
})

test('without a workspace, a path is absolute', async () => {
  using _step = new StepHere({ email: null }, {}, { 'l.txt': 'a@example.com' })
  process.env['INPUT_USERS-FILE'] = join(process.env['RUNNER_TEMP'] ?? '', 'l.txt')
  process.env['GITHUB_WORKSPACE'] = ''
  expect(await readInputs(0)).toMatchObject({ kind: 'run', list: { users: [{ email: 'a@example.com' }] } })
})

test.each(['l.csv', 'l.json', 'l.txt'])('what is no list at all says so: %s', async (name) => {
  const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n'
  expect(await usersOf(null, { [name]: pointer })).toEqual([
    expect.stringMatching(/Git LFS pointer.*`lfs: true`/),
  ])
  for (const text of ['email\n<<<<<<< HEAD\na@example.com\n', '>>>>>>> main\n']) {
    expect(await usersOf(null, { [name]: text })).toEqual([
      expect.stringMatching(/the marks of a merge conflict/),
    ])
  }
  const utf16 = Buffer.from('email\na@example.com\n', 'utf16le')
  expect(await usersOf(null, { [name]: utf16 })).toEqual([expect.stringMatching(/is not in UTF-8: save/)])
})

test('each list is on record as it was read', async () => {
  const text = '\uFEFFemail\r\na@example.com\r\nA@example.com\r\nb@example.com\r\n'
  const { inputs } = await read({ email: ' a@example.com\n', 'users-file': 'l.csv' }, {}, { 'l.csv': text })
  const hash = (content: string): string => createHash('sha256').update(content).digest('hex')
  expect(inputs?.list.lists).toEqual([
    { name: 'email', sha256: hash('a@example.com'), users: 1 },
    { name: 'l.csv', sha256: hash(text), users: 2 },
  ])
})

test('a hundred of thousands of problems are reported, and the rest is counted', async () => {
  const problems = await usersOf(null, { 'l.txt': 'nobody\n'.repeat(3_000) })
  expect(problems).toHaveLength(101)
  expect(problems).toContain('The lists have 2,900 more problems: fix the ones above first.')
})

test('with `mask-emails` no path shows an address', async () => {
  const path = 'leaver@example.com.csv'
  expect(await usersOf(null, {}, { 'users-file': path, 'mask-emails': 'true' })).toEqual([
    expect.stringMatching(/cannot be read \("\*\*\*"\)/),
  ])
})
