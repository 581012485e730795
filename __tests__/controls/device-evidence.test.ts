import { expect, test } from '@jest/globals'
import type { Registration } from '../../src/cloudflare/records.ts'
import { sortRegistrations } from '../../src/controls/device-evidence.ts'

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
