import { readFileSync } from 'node:fs'
import * as v from 'valibot'
import { PERMISSIONS } from './organization/api-credential.ts'
import { type FaultRule, faultRuleSchema } from './faults/faults.ts'
import { Organization } from './organization/organization.ts'

const identifier = v.pipe(v.string(), v.regex(/^[\da-f]{32}$/, 'must be 32 hex characters'))
const count = v.pipe(v.number(), v.integer(), v.minValue(0))

const seedSchema = v.strictObject({
  account_id: identifier,
  zone_ids: v.optional(v.array(identifier), []),
  zero_trust: v.optional(v.boolean(), true),
  tokens: v.array(
    v.strictObject({
      token: v.string(),
      owner: v.picklist(['user', 'account']),
      permissions: v.array(v.picklist(PERMISSIONS)),
      status: v.optional(v.picklist(['active', 'disabled', 'expired']), 'active'),
    }),
  ),
  keys: v.optional(v.array(v.strictObject({ email: v.string(), key: v.string() })), []),
  users: v.array(
    v.strictObject({
      email: v.string(),
      sessions: v.exactOptional(count),
      devices: v.exactOptional(count),
      id: v.exactOptional(v.string()),
      uid: v.exactOptional(v.string()),
      warp_session: v.optional(v.boolean(), false),
      signs_in_again: v.optional(v.boolean(), false),
      sticky_sessions: v.optional(count, 0),
    }),
  ),
  faults: v.optional(v.array(faultRuleSchema), []),
  /** Milliseconds. */
  propagation_ms: v.optional(count, 0),
})

/** The contents of a seed file. */
export interface Seed {
  organization: Organization
  faults: FaultRule[]
  /** Milliseconds. */
  propagationMs: number
}

/** Reads a seed file. Throws an error that names every wrong field. */
export function readSeed(path: string): Seed {
  const content: unknown = JSON.parse(readFileSync(path, 'utf8'))
  const parsed = v.safeParse(seedSchema, content)
  if (!parsed.success) {
    const problems = parsed.issues.map((issue) => `${v.getDotPath(issue) ?? ''}: ${issue.message}`)
    throw new Error(`${path}: ${problems.join('; ')}`)
  }
  const seed = parsed.output
  const organization = new Organization({
    accountId: seed.account_id,
    zoneIds: seed.zone_ids,
    zeroTrust: seed.zero_trust,
    credentials: [
      ...seed.tokens.map((token) => ({ kind: 'api-token' as const, ...token })),
      ...seed.keys.map((key) => ({ kind: 'global-api-key' as const, ...key })),
    ],
  })
  for (const { warp_session, signs_in_again, sticky_sessions, ...user } of seed.users) {
    organization.addUser({
      ...user,
      warpSession: warp_session,
      signsInAgain: signs_in_again,
      stickySessions: sticky_sessions,
    })
  }
  return { organization, faults: seed.faults, propagationMs: seed.propagation_ms }
}
