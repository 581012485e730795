import * as v from 'valibot'
import { badRequest } from './answer.ts'

const EMAIL = /^[^\s@\p{C}]+@[^\s@\p{C}]+\.[^\s@\p{C}]+$/u
const UUID = /^(?:[\da-f]{32}|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/i
const BODY_LIMIT_BYTES = 100_000

const revocationSchema = v.strictObject({
  email: v.pipe(v.string(), v.regex(EMAIL, 'is not an email address')),
  devices: v.exactOptional(v.boolean()),
  user_uid: v.exactOptional(v.pipe(v.string(), v.regex(UUID, 'is not a UUID'))),
  warp_session_reauth: v.exactOptional(v.boolean()),
})

/** The body of a revocation, checked. */
export type Revocation = v.InferOutput<typeof revocationSchema>

const seatChangeSchema = v.strictObject({
  seat_uid: v.string(),
  access_seat: v.boolean(),
  gateway_seat: v.boolean(),
})

/** A change of one seat. */
export type SeatChange = v.InferOutput<typeof seatChangeSchema>

/** A call as received. */
export interface Call {
  method: string
  path: string
  search: URLSearchParams
  contentType: string | undefined
  bodyText: string
  body: unknown
}

/** Reads a revocation from body and query. Throws a Rejection for wrong or unknown fields. */
export function revocationOf(call: Call): Revocation & { devices: boolean } {
  const devicesInQuery = booleanOf('devices', parametersOf(call.search, ['devices']).get('devices'))
  const revocation = bodyOf(call, revocationSchema)
  const { devices = devicesInQuery } = revocation
  if (devicesInQuery !== undefined && devices !== devicesInQuery) {
    throw badRequest('devices: differs between query and body')
  }
  return { ...revocation, devices: devices ?? false }
}

/** Reads the changes of seats. Throws a Rejection for wrong, missing, or unknown fields. */
export function seatChangesOf(call: Call): SeatChange[] {
  parametersOf(call.search, [])
  return bodyOf(call, v.array(seatChangeSchema))
}

function bodyOf<T>(call: Call, schema: v.GenericSchema<unknown, T>): T {
  if (!/^application\/json *(?:;.*)?$/i.test(call.contentType ?? '')) {
    throw badRequest('header Content-Type: must be application/json')
  }
  if (Buffer.byteLength(call.bodyText) > BODY_LIMIT_BYTES) throw badRequest('body: larger than 100 kB')
  const parsed = v.safeParse(schema, call.body)
  if (parsed.success) return parsed.output
  throw badRequest(
    parsed.issues.map((issue) => `body ${v.getDotPath(issue) ?? ''}: ${issue.message}`).join('; '),
  )
}

/** Refuses a body in a call that only reads. */
export function refuseBody(call: Call): void {
  if (call.bodyText !== '') throw badRequest('body: a GET request has none')
}

/** The parameters of a query, each known and, except for those that `mayRepeat`, given at most once. */
export function parametersOf(
  search: URLSearchParams,
  known: readonly string[],
  mayRepeat: readonly string[] = [],
): Map<string, string> {
  const parameters = new Map<string, string>()
  for (const [name, value] of search) {
    if (mayRepeat.includes(name)) continue
    if (!known.includes(name)) throw badRequest(`query ${name}: unknown parameter`)
    if (parameters.has(name)) throw badRequest(`query ${name}: given twice`)
    parameters.set(name, value)
  }
  return parameters
}

/** A parameter that is `true`, `false`, or absent. */
export function booleanOf(name: string, text: string | undefined): boolean | undefined {
  if (text === undefined) return undefined
  if (text !== 'true' && text !== 'false') throw badRequest(`query ${name}: must be true or false`)
  return text === 'true'
}
