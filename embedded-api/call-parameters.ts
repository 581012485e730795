import * as v from 'valibot'

import { badRequest } from './envelope.ts'

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

/** A call as it came over the wire. */
export interface Call {
  method: string
  path: string
  search: URLSearchParams
  contentType: string | undefined
  bodyText: string
  body: unknown
}

/** Reads a revocation from body and query; every field that is wrong or unknown is an error. */
export function revocationOf(call: Call): Revocation & { devices: boolean } {
  const devicesInQuery = booleanOf('devices', parametersOf(call.search, ['devices']).get('devices'))
  if (!/^application\/json *(?:;.*)?$/i.test(call.contentType ?? '')) {
    throw badRequest('header Content-Type: must be application/json')
  }
  if (Buffer.byteLength(call.bodyText) > BODY_LIMIT_BYTES) throw badRequest('body: larger than 100 kB')
  if (typeof call.body !== 'object' || call.body === null) throw badRequest('body: is not a JSON object')
  const parsed = v.safeParse(revocationSchema, call.body)
  if (!parsed.success) {
    throw badRequest(
      parsed.issues.map((issue) => `body ${v.getDotPath(issue) ?? ''}: ${issue.message}`).join('; '),
    )
  }
  const revocation = parsed.output
  const { devices = devicesInQuery } = revocation
  if (devicesInQuery !== undefined && devices !== devicesInQuery) {
    throw badRequest('devices: differs between query and body')
  }
  return { ...revocation, devices: devices ?? false }
}

/** Which page of a list a call asks for. */
export interface PageRequest {
  email: string
  page: number
  perPage: number
}

/** Reads the query of `list_users`. */
export function pageRequestOf(call: Call): PageRequest {
  const parameters = parametersOf(call.search, ['email', 'page', 'per_page'])
  return {
    email: parameters.get('email') ?? '',
    page: wholeNumberOf('page', parameters.get('page') ?? '1', Number.MAX_SAFE_INTEGER),
    perPage: wholeNumberOf('per_page', parameters.get('per_page') ?? '25', 1000),
  }
}

/** Refuses a call that only reads and yet carries a query it does not know, or a body. */
export function refuseBody(call: Call): void {
  if (call.bodyText !== '') throw badRequest('body: a GET request has none')
}

/** The parameters of a query, each known and given at most once. */
export function parametersOf(search: URLSearchParams, known: readonly string[]): Map<string, string> {
  const parameters = new Map<string, string>()
  for (const [name, value] of search) {
    if (!known.includes(name)) throw badRequest(`query ${name}: unknown parameter`)
    if (parameters.has(name)) throw badRequest(`query ${name}: given twice`)
    parameters.set(name, value)
  }
  return parameters
}

function booleanOf(name: string, text: string | undefined): boolean | undefined {
  if (text === undefined) return undefined
  if (text !== 'true' && text !== 'false') throw badRequest(`query ${name}: must be true or false`)
  return text === 'true'
}

function wholeNumberOf(name: string, text: string, max: number): number {
  const number = /^[1-9]\d*$/.test(text) ? Number(text) : Number.NaN
  if (!(number <= max)) throw badRequest(`query ${name}: must be a whole number from 1 to ${max}`)
  return number
}
