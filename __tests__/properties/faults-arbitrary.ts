import fc from 'fast-check'
import type { Fault, FaultRule } from '../../embedded-api/faults.ts'
import type { NewUser } from '../../embedded-api/organization.ts'

/**
 * Bodies of answers that confirm nothing and show nothing. A made-up `true`, or a made-up empty list, is not among them:
 * nobody could tell such a lie from the truth.
 */
const BODIES: unknown[] = [
  { success: true, errors: [], messages: [], result: false },
  { success: true, errors: [{ code: 1000, message: 'No.' }], messages: [], result: true },
  { success: false, errors: [], messages: [], result: true },
  { success: true, errors: [], messages: [] },
  { success: 'true', errors: [], messages: [], result: true },
  { success: true, errors: [], messages: [], result: 'true' },
  { result: true },
  true,
  '',
  '<html><title>Just a moment...</title></html>',
  '{"success":true,"errors":[],"messages":[],"result":tr',
]

const applied = fc.boolean()
const intervalMs = fc.constantFrom(1, 5)
const refusal = fc.constantFrom(
  { status: 400, code: 1 },
  { status: 401, code: 10000 },
  { status: 403, code: 10000 },
  { status: 403, code: 9109 },
  { status: 404, code: 12130 },
  { status: 404, code: 7003 },
  { status: 408, code: 1 },
  { status: 409, code: 1 },
  { status: 429, code: 10502 },
  { status: 500, code: 1 },
  { status: 503, code: 1 },
  { status: 521, code: 1 },
)

/** The answers that only say something else than the truth, and those that do not come whole, or not in time. */
const fault = fc.oneof<fc.MaybeWeightedArbitrary<Fault>[]>(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('answer'),
      status: fc.constantFrom(200, 200, 201, 204, 302, 403, 500),
      body: fc.constantFrom(...BODIES),
      applied,
    }),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(refusal, applied)
      .map(([refused, isApplied]) => ({ kind: 'error', message: 'No.', ...refused, applied: isApplied })),
  },
  fc.constant({ kind: 'lost_answer' }),
  fc.constant({ kind: 'reset' }),
  fc.record({ kind: fc.constant('silence'), applied }),
  fc.record({ kind: fc.constant('slow_headers'), intervalMs, applied }),
  fc.constant({ kind: 'drip', intervalMs: 1 }),
  fc.record({ kind: fc.constant('drop_mid_body'), applied }),
  fc.record({ kind: fc.constant('truncated_chunked'), applied }),
  fc.record({ kind: fc.constant('gigantic'), applied }),
  fc.record({ kind: fc.constant('redirect'), status: fc.constantFrom(301, 307), location: fc.constant('/') }),
  fc.record({ kind: fc.constant('garbage'), applied }),
  fc.record({ kind: fc.constant('endless_continue'), intervalMs }),
  fc.record({ kind: fc.constant('rate_limited'), retryAfter: fc.constantFrom('0', '1', '20', 'soon') }),
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('surplus'),
      body: fc.constantFrom<unknown>(
        { success: true, errors: [], messages: [], result: true },
        { success: true, errors: [], messages: [], result: [] },
      ),
      afterMs: fc.constantFrom(0, 1, 5),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('delay'), ms: fc.integer({ min: 1, max: 150 }) }) },
)

/** A rule whose address is not chosen yet. */
interface Draft {
  readonly operation: NonNullable<FaultRule['operation']>
  /** The number of a record; absent: whoever comes. */
  readonly about?: number
  readonly times: number
  readonly after?: number
  readonly fault: Fault
}

const draft: fc.Arbitrary<Draft> = fc.record(
  {
    operation: fc.constantFrom('revoke_user', 'revoke_user', 'list_users', 'active_sessions'),
    about: fc.nat(5),
    times: fc.integer({ min: 1, max: 3 }),
    after: fc.integer({ min: 1, max: 3 }),
    fault,
  },
  { requiredKeys: ['operation', 'times', 'fault'] },
)

/** What goes wrong in a run, often nothing. */
export const faultsAmong: fc.Arbitrary<(records: readonly NewUser[]) => FaultRule[]> = fc
  .oneof(fc.constant<Draft[]>([]), fc.array(draft, { minLength: 1, maxLength: 3 }))
  .map(
    (drafts) => (records) =>
      drafts.map(({ about, ...rule }) => {
        const email = about === undefined ? undefined : records[about % records.length]?.email
        return { ...rule, ...(email !== undefined && { email }) }
      }),
  )
