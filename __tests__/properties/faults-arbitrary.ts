import fc from 'fast-check'
import { type Fault, type FaultRule, STRAY_REFUSALS } from '../../embedded-api/faults/faults.ts'
import type { DrawnUser } from './trial.ts'

const YES = { success: true, errors: [], messages: [], result: true }

/**
 * Bodies of answers that confirm nothing and show nothing, those first that are nearly a yes. A made-up `true`, or a
 * made-up empty list, is not among them: it looks like the truth.
 */
const NO_YES: unknown[] = [
  { ...YES, result: false },
  { ...YES, errors: [{ code: 1000, message: 'No.' }] },
  { ...YES, success: false },
  { ...YES, success: 'true' },
  { ...YES, result: 'true' },
]
const NO_ANSWER: unknown[] = [
  { result: true },
  { success: true, errors: [], messages: [] },
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

/** Answers that are not true, not complete, or not in time. */
const fault = fc.oneof<fc.MaybeWeightedArbitrary<Fault>[]>(
  { weight: 10, arbitrary: answer(fc.constantFrom(200, 200, 201), NO_YES) },
  { weight: 1, arbitrary: answer(fc.constantFrom(200, 204, 302, 403, 500), NO_ANSWER) },
  // A yes is none with such a status, which proxies put on answers that they did not understand.
  { weight: 3, arbitrary: answer(fc.constantFrom(302, 400, 403, 500, 502), [YES]) },
  {
    weight: 6,
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
      body: fc.constantFrom<unknown>(YES, { ...YES, result: [] }),
      afterMs: fc.constantFrom(0, 1, 5),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('delay'), ms: fc.integer({ min: 1, max: 150 }) }) },
)

/** A rule whose address is not chosen yet. */
interface Draft extends Omit<FaultRule, 'email'> {
  /** The number of a record; absent: any. */
  readonly about?: number
}

const operation = fc.constantFrom<NonNullable<Draft['operation']>[]>(
  'revoke_user',
  'revoke_user',
  'revoke_user',
  'list_users',
  'active_sessions',
  'list_registrations',
  'list_registrations',
  'update_seats',
  'list_logins',
)

const draft: fc.Arbitrary<Draft> = fc.record(
  {
    operation,
    about: fc.nat(5),
    // From once to more often than any call is tried.
    times: fc.constantFrom(1, 2, 3, 20),
    after: fc.integer({ min: 1, max: 3 }),
    fault,
  },
  { requiredKeys: ['operation', 'times', 'fault'] },
)

/** One call is answered twice, and revocations are refused: on a connection that is used again, the surplus is a yes. */
const poisoned: fc.Arbitrary<Draft[]> = fc
  .record({ operation, after: fc.integer({ min: 0, max: 2 }) })
  .map(({ operation: twice, after }) => [
    { operation: twice, times: 3, fault: { kind: 'surplus', body: YES, afterMs: 1 } },
    {
      operation: 'revoke_user',
      times: 20,
      after,
      fault: { kind: 'error', message: 'No.', status: 400, code: 1 },
    },
  ])

/** The credential is refused during the run, which affects all remaining users. */
const lockedOut: fc.Arbitrary<Draft[]> = fc
  .record({ operation, after: fc.integer({ min: 0, max: 2 }), refused: fc.constantFrom(401, 403) })
  .map(({ refused, ...when }) => [
    { ...when, times: 20, fault: { kind: 'error', message: 'No.', status: refused, code: 10000 } },
  ])

/** Refusals that contradict what the run was allowed to do before. */
export const strayRefusals: fc.Arbitrary<FaultRule[]> = fc.uniqueArray(
  fc.record({
    operation,
    times: fc.constant(1),
    // The first call of its kind is accepted.
    after: fc.integer({ min: 1, max: 4 }),
    fault: fc.constantFrom<Fault[]>(...Object.values(STRAY_REFUSALS)),
  }),
  { minLength: 1, maxLength: 4, selector: ({ operation: its }) => its },
)

/** Answers that say something about one user alone, however they look. */
export const ODD_ANSWERS: readonly Fault[] = [
  { kind: 'error', status: 400, code: 12345, message: 'No.' },
  { kind: 'error', status: 404, code: 7003, message: 'No route.' },
  { kind: 'error', status: 404, code: 12130, message: 'access.api.error.not_found' },
  { kind: 'answer', status: 404, body: '<html><title>Not Found</title></html>' },
  { kind: 'answer', status: 200, body: { success: true, errors: [], messages: [], result: 'x' } },
]

/** One odd answer to all reads about the user with the address. */
export const oddAnswers: fc.Arbitrary<(email: string) => FaultRule[]> = fc
  .record({
    operation: fc.constantFrom<NonNullable<FaultRule['operation']>[]>(
      'list_users',
      'active_sessions',
      'list_registrations',
      'update_seats',
    ),
    fault: fc.constantFrom(...ODD_ANSWERS),
  })
  .map((rule) => (email) => [{ ...rule, email }])

/** What goes wrong in a run, at times nothing. */
export const faultsAmong: fc.Arbitrary<(records: readonly DrawnUser[]) => FaultRule[]> = fc
  .oneof<fc.MaybeWeightedArbitrary<Draft[]>[]>(
    { weight: 8, arbitrary: fc.constant<Draft[]>([]) },
    { weight: 5, arbitrary: fc.array(draft, { minLength: 1, maxLength: 3 }) },
    { weight: 2, arbitrary: poisoned },
    { weight: 2, arbitrary: lockedOut },
    { weight: 4, arbitrary: strayRefusals },
  )
  .map(
    (drafts) => (records) =>
      drafts.map(({ about, ...rule }) => {
        const email = about === undefined ? undefined : records[about % records.length]?.email.trim()
        return { ...rule, ...(email !== undefined && { email }) }
      }),
  )

function answer(status: fc.Arbitrary<number>, bodies: unknown[]): fc.Arbitrary<Fault> {
  return fc.record({ kind: fc.constant('answer'), status, body: fc.constantFrom(...bodies), applied })
}
