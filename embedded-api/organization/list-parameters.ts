import { type Call, parametersOf } from '../http/call-parameters.ts'
import { badRequest } from '../http/answer.ts'

/** The description has no maximum. What is beyond its default is refused, so that nobody relies on larger pages. */
const MOST_PER_PAGE = 1000
/** The description has no default for registrations. */
const REGISTRATIONS_PER_PAGE = 100

/** Which users a call asks for. An empty filter lets everybody through. */
export interface UserRequest {
  email: string
  name: string
  search: string
  page: number
  perPage: number
}

/** Reads the query of `list_users`. */
export function userRequestOf(call: Call): UserRequest {
  const parameters = parametersOf(call.search, ['email', 'name', 'search', 'page', 'per_page'])
  return {
    email: parameters.get('email') ?? '',
    name: parameters.get('name') ?? '',
    search: parameters.get('search') ?? '',
    page: wholeNumberOf('page', parameters.get('page') ?? '1', Number.MAX_SAFE_INTEGER),
    perPage: wholeNumberOf('per_page', parameters.get('per_page') ?? '1000', MOST_PER_PAGE),
  }
}

/** Which device registrations a call asks for. An empty filter lets all of them through. */
export interface RegistrationRequest {
  ids: readonly string[]
  userIds: readonly string[]
  status: 'active' | 'all' | 'revoked'
  search: string
  kind: string
  perPage: number
  /** The number of the first registration, from 0. */
  start: number
}

const KINDS = ['', 'warp', 'browser_extension']

/** Reads the query of `list_registrations`. */
export function registrationRequestOf({ search }: Call): RegistrationRequest {
  const single = ['status', 'search', 'registration_type', 'per_page', 'cursor']
  const parameters = parametersOf(search, single, ['id', 'user.id'])
  const status = parameters.get('status') ?? 'active'
  if (status !== 'active' && status !== 'all' && status !== 'revoked') {
    throw badRequest('query status: must be active, all or revoked')
  }
  const kind = parameters.get('registration_type') ?? ''
  if (!KINDS.includes(kind)) throw badRequest('query registration_type: must be warp or browser_extension')
  return {
    ids: search.getAll('id'),
    userIds: search.getAll('user.id'),
    status,
    search: parameters.get('search') ?? '',
    kind,
    perPage: wholeNumberOf(
      'per_page',
      parameters.get('per_page') ?? `${REGISTRATIONS_PER_PAGE}`,
      MOST_PER_PAGE,
    ),
    start: startOf(parameters.get('cursor')),
  }
}

/** A cursor that stands for the record with this number. */
export function cursorOf(start: number): string {
  return Buffer.from(`from ${start}`).toString('base64url')
}

function startOf(cursor: string | undefined): number {
  if (cursor === undefined) return 0
  const [, start] = /^from (\d+)$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? []
  if (start === undefined) throw badRequest('query cursor: is not one of this list')
  return Number(start)
}

function wholeNumberOf(name: string, text: string, max: number): number {
  const number = /^[1-9]\d*$/.test(text) ? Number(text) : Number.NaN
  if (!(number <= max)) throw badRequest(`query ${name}: must be a whole number from 1 to ${max}`)
  return number
}
