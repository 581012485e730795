import { describe, expect, test } from '@jest/globals'
import { read } from '../support/inputs.ts'
import type { With } from '../support/scene.ts'

const FILE = { 'l.csv': 'email\na@example.com\n' }

describe('what people paste instead of a list gets a sentence with its cause', () => {
  test.each<[string, With, RegExp]>([
    [
      'an array of another language',
      { email: 'Array' },
      /^`email`: "Array" is what is left of a list .*`\$\{\{ toJSON\(…\) \}\}`|toJSON/,
    ],
    [
      'an object as text',
      { email: '[object Object]' },
      /^`email`: "\[object Object\]" is what is left of a list .*toJSON/,
    ],
    [
      'an array of PowerShell',
      { email: 'System.Object[]' },
      /^`email`: "System\.Object\[\]" is what is left .*ConvertTo-Json/,
    ],
    [
      'objects that were joined',
      { email: '[object Object],[object Object]' },
      /^`email`: .* is what is left of a list .*toJSON/,
    ],
    [
      'a URL as file',
      { email: null, 'users-file': 'https://hr.example.com/l.csv' },
      /^`users-file` \("https:.*"\) is a URL; fetch the list in an earlier step/,
    ],
    [
      'a home folder',
      { email: null, 'users-file': '~/l.csv' },
      /^`users-file` \("~\/l\.csv"\) begins with `~`, which is not expanded/,
    ],
    [
      'backslashes',
      { email: null, 'users-file': 'lists\\l.csv' },
      /^`users-file` \(.*\) contains backslashes; write `\/` instead\.$/,
    ],
    [
      'a file that was not evaluated',
      { email: null, 'users-file': '{{ inputs.file }}' },
      /^`users-file` \(.*\) is an expression without its `\$`/,
    ],
  ])('%s', async (_name, inputs, problem) => {
    const { problems } = await read(inputs, {}, FILE)
    expect(problems).toEqual([expect.stringMatching(problem)])
  })

  test('several addresses in one cell', async () => {
    for (const cell of [
      '"a@example.com, b@example.com"',
      'a@example.com; b@example.com',
      'a@example.com b@example.com',
      'a@example.com/b@example.com',
    ]) {
      const { problems } = await read(
        { email: null, 'users-file': 'l.csv' },
        {},
        { 'l.csv': `email\n${cell}\n` },
      )
      expect(problems).toEqual([
        expect.stringMatching(
          /^l\.csv, line 2: .* is more than one address; give each address a row of its own\.$/,
        ),
      ])
    }
  })

  test("a path of the host in a container's job", async () => {
    const { problems } = await read(
      { email: null, 'users-file': '/home/runner/work/hr/hr/lists/l.csv' },
      { GITHUB_WORKSPACE: '/__w/hr/hr' },
    )
    expect(problems).toEqual([
      expect.stringMatching(
        /is a path of the runner's host, which a job in a container does not have; write `lists\/l\.csv`\.$/,
      ),
    ])
  })
})
