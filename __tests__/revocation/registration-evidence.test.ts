import { expect, test } from '@jest/globals'
import type { Registration } from '../../src/cloudflare/records.ts'
import { sortRegistrations } from '../../src/revocation/registration-evidence.ts'

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

test.each<[string, Partial<Registration>, 'left' | 'anew', object?]>([
  ['made a second after the confirmation', {}, 'anew'],
  ['made in the second of the confirmation', { createdAt: { at: AT + 999 } }, 'left'],
  ['made before', { createdAt: { at: AT - 1 } }, 'left'],
  ['made at no time', { createdAt: 'absent' }, 'left'],
  ['made a minute after the answer that shows it', { createdAt: { at: AT + 65_000 } }, 'anew'],
  ['made later than that', { createdAt: { at: AT + 65_001 } }, 'left'],
  ['seen before', {}, 'left', { before: [registration({})] }],
  ['not looked for before, where a new one is a failure', {}, 'anew', { before: undefined }],
  ['not looked for before, where a new one is fine', {}, 'left', { before: undefined, newIsFine: true }],
  ['confirmed at no time', {}, 'left', { confirmation: clocked(undefined) }],
])('a registration %s', (_name, more, where, evidence = {}) => {
  const shown = [registration(more)]
  const base = { before: [], confirmation: clocked(AT), newIsFine: false }
  const sorted = sortRegistrations(shown, clocked(AT + 5_000), { ...base, ...evidence })
  expect(sorted).toEqual({ left: [], anew: [], revoked: [], deleted: [], [where]: shown })
})

test('an answer without a time shows nothing that is clearly new', () => {
  const evidence = { before: [], confirmation: clocked(AT), newIsFine: false }
  expect(sortRegistrations([registration({})], clocked(undefined), evidence).left).toHaveLength(1)
})
