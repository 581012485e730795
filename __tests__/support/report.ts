import * as v from 'valibot'
import type { StepResult } from '../../scripts/step.ts'

const count = v.number()
const time = v.pipe(v.string(), v.isoTimestamp())
const Report = v.strictObject({
  version: v.literal(1),
  started_at: time,
  finished_at: time,
  dry_run: v.boolean(),
  target: v.nullable(v.strictObject({ type: v.picklist(['account', 'zone']), id: v.string() })),
  api_base_url: v.string(),
  options: v.record(v.string(), v.union([v.boolean(), v.number(), v.string()])),
  run: v.looseObject({}),
  totals: v.record(v.string(), count),
  users: v.array(
    v.strictObject({
      email: v.string(),
      user_uid: v.optional(v.string()),
      revoke_after: v.optional(v.string()),
      due_at: v.optional(time),
      source: v.string(),
      reference: v.optional(v.string()),
      status: v.picklist(['revoked', 'failed', 'unknown', 'skipped', 'not_due', 'past', 'would_revoke']),
      revocation: v.picklist(['confirmed', 'unconfirmed', 'not_sent']),
      attempts: count,
      http_status: v.optional(count),
      ray_id: v.optional(v.string()),
      errors: v.array(
        v.strictObject({ code: v.optional(v.union([count, v.string()])), message: v.string() }),
      ),
      started_at: v.optional(time),
      finished_at: v.optional(time),
      verification: v.optional(v.picklist(['passed', 'failed', 'not_done'])),
      sessions_before: v.optional(count),
      sessions_after: v.optional(count),
      devices_before: v.optional(count),
      devices_after: v.optional(count),
      devices: v.optional(
        v.array(
          v.strictObject({
            id: v.string(),
            name: v.optional(v.string()),
            registration_type: v.optional(v.string()),
            status: v.picklist(['active', 'revoked', 'deleted']),
            revoked_at: v.nullable(time),
          }),
        ),
      ),
      seat: v.optional(v.picklist(['removed', 'none', 'failed', 'not_done'])),
      seat_flags_after: v.optional(
        v.array(
          v.strictObject({
            seat_uid: v.optional(v.string()),
            access_seat: v.optional(v.boolean()),
            gateway_seat: v.optional(v.boolean()),
          }),
        ),
      ),
      verified_at: v.optional(time),
      warnings: v.optional(v.array(v.string())),
    }),
  ),
})

/** The report of a step, its shape checked to the last key. */
export type Report = v.InferOutput<typeof Report>

/** Reads the report of a step; its shape is checked to the last key. */
export function reportOf({ report }: StepResult): Report {
  return v.parse(Report, JSON.parse(report))
}
