import { expect, test } from '@jest/globals'
import { Scene } from '../support/scene.ts'

/** Time passes fifty times as fast. */
const SPEED = 50
const PATIENT = { 'request-timeout': '300', 'max-attempts': '1' }

test.each([
  ['seconds', '20', 20, 'waiting 20 s'],
  ['0', '0', 1, 'waiting 1 s'],
  ['a date in the past', 'Sun, 06 Nov 1994 08:49:37 GMT', 1, 'waiting 1 s'],
  ['something malformed', 'soon', 1, 'waiting 1 s'],
  ['a negative number', '-5', 1, 'waiting 1 s'],
  ['nothing', undefined, 1, 'waiting 1 s'],
])('Retry-After that says %s', async (_name, retryAfter, seconds, words) => {
  await using scene = await Scene.open({}, SPEED)
  scene.inject({ times: 1, fault: { kind: 'rate_limited', ...(retryAfter !== undefined && { retryAfter }) } })
  const result = await scene.run(PATIENT)
  expect(result.exitCode).toBe(0)
  expect(result.log.join('\n')).toContain(words)
  const [first, second] = scene.api.requests
  const waited = (second?.receivedAt ?? 0) - (first?.answeredAt ?? 0)
  expect(waited).toBeGreaterThanOrEqual(seconds * 1_000 - 500)
})

test('Retry-After as a date', async () => {
  await using scene = await Scene.open({}, SPEED)
  const retryAfter = new Date(Date.now() + 60_000).toUTCString()
  scene.inject({ times: 1, fault: { kind: 'rate_limited', retryAfter } })
  const result = await scene.run(PATIENT)
  expect(result.exitCode).toBe(0)
  expect(result.log.join('\n')).toMatch(/waiting (4|5)\d s/)
})

test('answers of 429 use up no attempt', async () => {
  await using scene = await Scene.open({}, SPEED)
  scene.inject({ times: 8, fault: { kind: 'rate_limited' } })
  const result = await scene.run(PATIENT)
  expect(result.exitCode).toBe(0)
  expect(scene.api.requests).toHaveLength(9)
})

test('after 15 min without any other answer the run ends red', async () => {
  await using scene = await Scene.open({}, 500)
  scene.inject({ fault: { kind: 'rate_limited', retryAfter: '240' } })
  const result = await scene.run(PATIENT)
  expect(result.exitCode).toBe(1)
  expect(result.outputs['revoked']).toBe('false')
  expect(result.errors[0]).toMatch(
    /rate limit leaves no room for another 4 min, .* 15 min .*1,200 calls in 5 minutes/,
  )
  expect(scene.api.requests.length).toBe(4)
})

test('a Retry-After beyond all measure ends the run at once, red', async () => {
  await using scene = await Scene.open()
  scene.inject({ fault: { kind: 'rate_limited', retryAfter: '99999999999999999999' } })
  const result = await scene.run(PATIENT)
  expect(result.exitCode).toBe(1)
  expect(scene.api.requests).toHaveLength(1)
})
