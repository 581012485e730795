import { badRequest } from '../http/answer.ts'
import { booleanOf, type Call, parametersOf } from '../http/call-parameters.ts'

/** Cloudflare's maximum for users. The other lists have none in the description; larger pages are refused there too. */
const MAX_PER_PAGE = 1000
/** The description has no default for registrations. */
const REGISTRATIONS_PER_PAGE = 100
const LOGINS_PER_PAGE = 25

/** Which users a call requests. An empty filter matches all. */
export interface UserRequest {
  readonly email: string
  readonly name: string
  readonly search: string
  readonly page: number
  readonly perPage: number
}

/** Reads the query of `list_users`. */
export function userRequestOf(call: Call): UserRequest {
  const parameters = parametersOf(call.search, ['email', 'name', 'search', 'page', 'per_page'])
  return {
    email: parameters.get('email') ?? '',
    name: parameters.get('name') ?? '',
    search: parameters.get('search') ?? '',
    ...pageOf(parameters, MAX_PER_PAGE),
  }
}

/** Which entries of the login log a call requests. An empty `email` matches all. */
export interface LoginRequest {
  readonly email: string
  readonly isExact: boolean
  /** The first moment, milliseconds of the clock. */
  readonly since: number
  readonly page: number
  readonly perPage: number
}

/** Reads the query of `list_logins`. */
export function loginRequestOf({ search }: Call): LoginRequest {
  const known = ['email', 'email_exact', 'since', 'direction', 'page', 'per_page']
  const parameters = parametersOf(search, known)
  if ((parameters.get('direction') ?? 'desc') !== 'desc') throw badRequest('query direction: must be desc')
  return {
    email: parameters.get('email') ?? '',
    isExact: booleanOf('email_exact', parameters.get('email_exact')) ?? false,
    since: timeOf('since', parameters.get('since')) ?? -Infinity,
    ...pageOf(parameters, LOGINS_PER_PAGE),
  }
}

/** Which device registrations a call requests. An empty filter matches all. */
export interface RegistrationRequest {
  readonly userIds: readonly string[]
  readonly status: 'active' | 'all' | 'revoked'
  readonly perPage: number
  /** The number of the first registration, from 0. */
  readonly start: number
}

/** Reads the query of `list_registrations`. */
export function registrationRequestOf({ search }: Call): RegistrationRequest {
  const parameters = parametersOf(search, ['status', 'per_page', 'cursor'], ['user.id'])
  const status = parameters.get('status') ?? 'active'
  if (status !== 'active' && status !== 'all' && status !== 'revoked') {
    throw badRequest('query status: must be active, all or revoked')
  }
  return {
    userIds: search.getAll('user.id'),
    status,
    perPage: pageOf(parameters, REGISTRATIONS_PER_PAGE).perPage,
    start: startOf(parameters.get('cursor')),
  }
}

/** A cursor to the record with this number. */
export function cursorOf(start: number): string {
  return Buffer.from(`from ${start}`).toString('base64url')
}

function startOf(cursor: string | undefined): number {
  if (cursor === undefined) return 0
  const [, start] = /^from (\d+)$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? []
  if (start === undefined) throw badRequest('query cursor: is not one of this list')
  return Number(start)
}

function pageOf(
  parameters: ReadonlyMap<string, string>,
  defaultSize: number,
): { page: number; perPage: number } {
  return {
    page: wholeNumberOf('page', parameters.get('page') ?? '1', Number.MAX_SAFE_INTEGER),
    perPage: wholeNumberOf('per_page', parameters.get('per_page') ?? `${defaultSize}`, MAX_PER_PAGE),
  }
}

function wholeNumberOf(name: string, text: string, max: number): number {
  const number = /^[1-9]\d*$/.test(text) ? Number(text) : Number.NaN
  if (!(number <= max)) throw badRequest(`query ${name}: must be a whole number from 1 to ${max}`)
  return number
}

/** Milliseconds of the clock. */
function timeOf(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/.test(text)
  const ms = isTime ? Date.parse(text) : Number.NaN
  if (Number.isNaN(ms)) throw badRequest(`query ${name}: must be a time in RFC 3339`)
  return ms
}
