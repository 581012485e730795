import { beforeAll, expect, test } from '@jest/globals'
import pMap from 'p-map'
import type { StepResult } from '../../scripts/step.ts'
import { Scene } from '../support/scene.ts'
import { DATES } from './mistakes/dates.ts'
import { CREDENTIALS, NAMES, TARGETS, VALUES } from './mistakes/inputs.ts'
import { ADDRESSES, FILES } from './mistakes/lists.ts'
import type { Mistake } from './mistakes/mistake.ts'

const MISTAKES: readonly Mistake[] = [
  ...ADDRESSES,
  ...FILES,
  ...DATES,
  ...NAMES,
  ...VALUES,
  ...TARGETS,
  ...CREDENTIALS,
]

interface Came {
  readonly colour: 'red' | 'green'
  readonly calls: number
  readonly says: string
}

const came = new Map<Mistake, Came>()

/** What is to be fixed first; or else how it came out. */
function firstSentence({ errors, log }: StepResult): string {
  const verdict = errors.at(-1) ?? log.at(-1) ?? ''
  return verdict.startsWith('Nothing was sent.') ? (errors[0] ?? '') : verdict
}

beforeAll(async () => {
  const run = async (mistake: Mistake): Promise<void> => {
    await using scene = await Scene.open()
    const { inputs, files = {}, env = {} } = mistake
    // Without look-ups, so that every call is a revocation.
    const result = await scene.run({ verify: 'false', ...inputs }, { files, env })
    came.set(mistake, {
      colour: result.exitCode === 0 ? 'green' : 'red',
      calls: scene.api.requests.length,
      says: firstSentence(result),
    })
  }
  await pMap(MISTAKES, run, { concurrency: 4 })
}, 120_000)

test('there are enough of them to mean something', () => {
  expect(new Set(MISTAKES.map(({ what }) => what)).size).toBe(MISTAKES.length)
  expect(MISTAKES.length).toBeGreaterThanOrEqual(60)
})

test.each(MISTAKES.map((mistake) => ({ ...mistake, mistake })))(
  '$what',
  ({ mistake, colour, calls, says }) => {
    expect(came.get(mistake)).toEqual({ colour, calls, says: expect.stringMatching(says) })
  },
)
