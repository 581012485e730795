import { expect, test } from '@jest/globals'
import type { Registration } from '../../src/cloudflare/records.ts'
import type { Finding } from '../../src/controls/control.ts'
import { judgeDevices, type SeenDevices, sortRegistrations } from '../../src/controls/device-evidence.ts'
import { OPTIONS } from '../support/options.ts'

const AT = Date.UTC(2030, 0, 31)
const clocked = (date: number | undefined): { date: number | undefined; receivedAt: number } => ({
  date,
  receivedAt: 0,
})
const registration = (more: Partial<Registration>): Registration => ({
  id: 'r',
  name: undefined,
  type: 'warp',
  owner: { id: undefined, email: undefined },
  createdAt: { at: AT + 1_000 },
  revokedAt: 'absent',
  deletedAt: 'absent',
  ...more,
})

test.each<[string, Partial<Registration>, 'left' | 'newDevices', object?]>([
  ['made a second after the confirmation', {}, 'newDevices'],
  ['made in the second of the confirmation', { createdAt: { at: AT + 999 } }, 'left'],
  ['made before', { createdAt: { at: AT - 1 } }, 'left'],
  ['made at no time', { createdAt: 'absent' }, 'left'],
  ['made a minute after the answer that shows it', { createdAt: { at: AT + 65_000 } }, 'newDevices'],
  ['made later than that', { createdAt: { at: AT + 65_001 } }, 'left'],
  ['seen before', {}, 'left', { before: [registration({})] }],
  ['not read before, where a new one is a failure', {}, 'newDevices', { before: undefined }],
  ['not read before, where a new one is allowed', {}, 'left', { before: undefined, newDevicesAllowed: true }],
  ['confirmed at no time', {}, 'left', { confirmation: clocked(undefined) }],
])('a registration %s', (_name, more, where, evidence = {}) => {
  const shown = [registration(more)]
  const base = { before: [], confirmation: clocked(AT), newDevicesAllowed: false }
  const sorted = sortRegistrations(shown, clocked(AT + 5_000), { ...base, ...evidence })
  expect(sorted).toEqual({ left: [], newDevices: [], revoked: [], deleted: [], [where]: shown })
})

test('an answer without a time shows nothing that is clearly new', () => {
  const evidence = { before: [], confirmation: clocked(AT), newDevicesAllowed: false }
  expect(sortRegistrations([registration({})], clocked(undefined), evidence).left).toHaveLength(1)
})

const NOW = AT + 5_000

test.each<[string, Partial<Registration>, boolean]>([
  ['a moment after the confirmation', { revokedAt: { at: AT + 1_000 } }, true],
  ['within the tolerance before it', { revokedAt: { at: AT - 60_000 } }, true],
  ['earlier than that, on one that was active', { revokedAt: { at: AT - 60_001 } }, false],
  ['within the tolerance after the answer', { revokedAt: { at: NOW + 60_000 } }, true],
  ['later than that', { revokedAt: { at: NOW + 60_001 } }, false],
  ['in the year 1', { revokedAt: { at: Date.UTC(1, 0) } }, false],
  ['that cannot be read', { revokedAt: 'unreadable' }, false],
  ['before it was made', { createdAt: { at: AT + 3_000 }, revokedAt: { at: AT + 2_000 } }, false],
  ['where it was made at an unreadable time', { createdAt: 'unreadable', revokedAt: { at: AT } }, false],
])('a time of revocation %s', (_name, more, isRevoked) => {
  const before = [registration({ createdAt: { at: AT - 90_000 } })]
  const shown = [registration({ createdAt: { at: AT - 90_000 }, ...more })]
  const evidence = { before, confirmation: clocked(AT), newDevicesAllowed: false }
  const { left, revoked } = sortRegistrations(shown, clocked(NOW), evidence)
  expect([left.length, revoked.length]).toEqual(isRevoked ? [0, 1] : [1, 0])
})

test.each([
  ['the answer', clocked(undefined), clocked(AT)],
  ['the confirmation', clocked(NOW), clocked(undefined)],
])('without the Date of %s a revoked registration counts as active', (_name, answer, confirmation) => {
  const revoked = registration({ createdAt: { at: AT - 90_000 }, revokedAt: { at: AT + 1_000 } })
  const evidence = { before: [], confirmation, newDevicesAllowed: false }
  expect(sortRegistrations([revoked], answer, evidence).left).toEqual([revoked])
})

test('a registration that was revoked long ago, and not active before, is no device', () => {
  const old = registration({ createdAt: { at: AT - 90_000_000 }, revokedAt: { at: AT - 80_000_000 } })
  const evidence = { before: [], confirmation: clocked(AT), newDevicesAllowed: false }
  expect(sortRegistrations([old], clocked(NOW), evidence).left).toEqual([])
})

/** What a list without active devices says where the records counted two devices. */
const judgeCounted = (listed: number, isEmpty: boolean, isCountRecent: boolean): Finding => {
  const read: SeenDevices = { kind: 'seen', isEmpty, left: [], newDevices: [], revoked: [], deleted: [] }
  const seen = { facts: {}, phrase: '', detail: '' }
  return judgeDevices(
    read,
    { before: seen, after: seen },
    { listed, counted: 2, isConclusive: !isEmpty, isCountRecent },
    { rayId: undefined, login: undefined },
    OPTIONS,
  )
}

test('a count that is older than the list is a warning only', () => {
  expect(judgeCounted(1, false, true)).toMatchObject({ state: 'not_known', warnings: [] })
  expect(judgeCounted(1, false, false)).toMatchObject({
    state: 'verified',
    warnings: ['Cloudflare counted 2 active devices of the user, but listed only 1.'],
  })
})

test('an empty list proves nothing where devices were counted, however long ago', () => {
  expect(judgeCounted(0, true, true)).toMatchObject({ state: 'not_known' })
  expect(judgeCounted(0, true, false)).toMatchObject({ state: 'not_known' })
})
