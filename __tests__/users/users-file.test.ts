import { expect, test } from '@jest/globals'
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

test('nothing is told of folders that the step may not look into', async () => {
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
