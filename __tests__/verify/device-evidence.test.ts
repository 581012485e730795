import { expect, test } from '@jest/globals'
import type { Registration } from '../../src/cloudflare/records.ts'
import type { Evidence } from '../../src/verify/clocks.ts'
import { sortRegistrations } from '../../src/verify/devices.ts'

const AT = Date.UTC(2030, 0, 31)
const NOW = AT + 5_000
const TIMES = { confirmedAt: AT, answeredAt: NOW }
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
const OLD = registration({ createdAt: { at: AT - 90_000 } })

test.each<[string, Partial<Registration>, 'left' | 'newDevices', Partial<Evidence<Registration>>?]>([
  ['made a second after the confirmation', {}, 'newDevices'],
  ['made in the second of the confirmation', { createdAt: { at: AT + 999 } }, 'left'],
  ['made before', { createdAt: { at: AT - 1 } }, 'left'],
  ['made at no time', { createdAt: 'absent' }, 'left'],
  ['made a minute after the answer that shows it', { createdAt: { at: NOW + 60_000 } }, 'newDevices'],
  ['made later than that', { createdAt: { at: NOW + 60_001 } }, 'left'],
  ['seen before', {}, 'left', { before: [registration({})] }],
  ['not read before, where a new one is a failure', {}, 'newDevices', { before: undefined }],
  ['not read before, where a new one is allowed', {}, 'left', { before: undefined, isNewAllowed: true }],
])('a registration %s', (_name, more, where, evidence = {}) => {
  const shown = [registration(more)]
  const sorted = sortRegistrations(shown, TIMES, { before: [], isNewAllowed: false, ...evidence })
  const nothing = { isEmpty: false, left: [], newDevices: [], revoked: [], deleted: [] }
  expect(sorted).toEqual({ ...nothing, [where]: shown })
})

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
  const evidence = { before: [OLD], isNewAllowed: false }
  const { left, revoked } = sortRegistrations([{ ...OLD, ...more }], TIMES, evidence)
  expect([left.length, revoked.length]).toEqual(isRevoked ? [0, 1] : [1, 0])
})

test('a registration that was revoked long ago, and not active before, is no device', () => {
  const old = registration({ createdAt: { at: AT - 90_000_000 }, revokedAt: { at: AT - 80_000_000 } })
  expect(sortRegistrations([old], TIMES, { before: [], isNewAllowed: false }).left).toEqual([])
})
