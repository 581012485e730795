import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'
import { readInputs } from '../../src/inputs/checked-inputs.ts'
import { StepHere } from '../support/environment.ts'
import { read } from '../support/inputs.ts'
import { POSIX } from '../support/platform.ts'
import { usersOf } from '../support/users.ts'

test.each(['staff.csv', '/etc/hostnam', '/nowhere/leavers.csv', '~/l.csv', '/home/runner/work/_temp/l.csv'])(
  'a file that is not there: %s',
  async (path) => {
    expect(await usersOf(null, { 'leavers.csv': 'email\n' }, { 'users-file': path })).toEqual([
      expect.stringMatching(
        /^`users-file` cannot be read \("\/.*"\)\. Check that an earlier step .* relative to the workspace, .* In a job with a container/,
      ),
    ])
  },
)

test('a file must lie inside the workspace or the temporary folder, links followed', async () => {
  const elsewhere = fileURLToPath(import.meta.url)
  const outside = /is outside the workspace/
  expect(await usersOf(null, {}, { 'users-file': elsewhere })).toEqual([expect.stringMatching(outside)])
  using _step = new StepHere({ email: null, 'users-file': 'link.csv' })
  symlinkSync(elsewhere, `${process.env['GITHUB_WORKSPACE'] ?? ''}/link.csv`)
  expect(await readInputs(0)).toMatchObject({ problems: [{ what: expect.stringMatching(outside) }] })
})

test('a file must not be too large', async () => {
  expect(await usersOf(null, { 'big.txt': new Uint8Array(8 * 1024 * 1024 + 1) })).toEqual([
    expect.stringMatching(/larger than 8 MiB/),
  ])
})

test('a device is not a list', async () => {
  expect(await usersOf(null, {}, { 'users-file': '/dev/null' })).toEqual([
    expect.stringMatching(/is a folder or a device/),
  ])
})

const testWithPipes = POSIX ? test : test.skip

testWithPipes('nor is a pipe', async () => {
  using _step = new StepHere({ email: null, 'users-file': 'pipe' })
  spawnSync('mkfifo', [`${process.env['GITHUB_WORKSPACE'] ?? ''}/pipe`])
  expect(await readInputs(0)).toMatchObject({
    problems: [{ what: '`users-file` is a folder or a device, not a file' }],
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
  expect(problems).toEqual([{ what: expect.stringMatching(/^"nobody"/), at: { source: 'l.csv:2', line: 2 } }])
})

test.each([
  ['a workspace that does not exist', '/nowhere/at/all'],
  ['no workspace', ''],
])('the temporary folder is read with %s', async (_name, workspace) => {
  using _step = new StepHere({ email: null }, {}, { 'l.txt': 'a@example.com\n' })
  process.env['INPUT_USERS-FILE'] = join(process.env['RUNNER_TEMP'] ?? '', 'l.txt')
  process.env['GITHUB_WORKSPACE'] = workspace
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
  expect(await usersOf(null, { [name]: '\n<!DOCTYPE html><html>' })).toEqual([
    expect.stringMatching(/is a web page or XML, such as a login page/),
  ])
  for (const binary of [Buffer.from('PK\u0003\u0004\0'), Buffer.from('email\nä@example.com\n', 'utf16le')]) {
    expect(await usersOf(null, { [name]: binary })).toEqual([
      expect.stringMatching(/is a spreadsheet or another file that is not in UTF-8\. Save the list/),
    ])
  }
})

test('each list is on record as it was read', async () => {
  const text = '\uFEFF"email"\r\na@example.com\r\nA@example.com\r\nb@example.com\r\n'
  const { inputs } = await read({ email: ' a@example.com\n', 'users-file': 'l.csv' }, {}, { 'l.csv': text })
  const hash = (content: string): string => createHash('sha256').update(content).digest('hex')
  expect(inputs?.list.lists).toEqual([
    { name: 'email', sha256: hash('a@example.com'), users: 1 },
    { name: 'l.csv', sha256: hash(text), users: 2 },
  ])
})

test.each([
  ['https://hr.example.com/l.csv', 'is a URL'],
  ['{{ inputs.file }}', 'is an expression without its `$`'],
])('a path that cannot be one says why: %s', async (path, cause) => {
  expect(await usersOf(null, {}, { 'users-file': path })).toEqual([
    `\`users-file\` ("${path}") ${cause}. Fetch the list in an earlier step, and give the path of the file, or an expression like \`\${{ inputs.list }}\`.`,
  ])
})

test.each(['\v', '\f', '\u0085', '\u2028', '\u2029'])(
  'a separator at which only some programs end a line is an error in every list: %j',
  async (separator) => {
    for (const name of ['l.csv', 'l.txt', 'l.json']) {
      expect(await usersOf(null, { [name]: `email\n#${separator}a@example.com\n` })).toEqual([
        expect.stringMatching(
          /: line 2 contains U\+[02][0-9A-F]{3}, at which only some programs end a line\./,
        ),
      ])
    }
    expect(await usersOf(`a@example.com${separator}b@example.com`)).toEqual([
      expect.stringMatching(/^email: line 1 contains U\+/),
    ])
  },
)
