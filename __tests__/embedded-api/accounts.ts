import * as v from 'valibot'
import { demoOrganization } from '../../embedded-api/demo-organization.ts'
import { type ApiToken, Organization } from '../../embedded-api/organization/organization.ts'
import { EmbeddedApi, type World } from '../../embedded-api/server.ts'
import { call, type RawRequest } from './raw-client.ts'

export const OTHER_ACCOUNT = 'a'.repeat(32)
export const OFF_ACCOUNT = 'b'.repeat(32)
export const LATER = new Date(Date.now() + 3_600_000).toISOString()
export const EARLIER = new Date(Date.now() - 3_600_000).toISOString()

const READS = ['Access: Audit Logs Read', 'Zero Trust Read'] as const

function token(name: string, more: Partial<ApiToken> = {}): ApiToken {
  return {
    kind: 'api-token',
    owner: 'account',
    token: name,
    status: 'active',
    permissions: [...READS],
    ...more,
  }
}

export const bearer = (name: string): RawRequest => ({ headers: { authorization: `Bearer ${name}` } })
export const key = (email: string, value: string): RawRequest => ({
  headers: { authorization: undefined, 'x-auth-email': email, 'x-auth-key': value },
})

/** The demo account with a credential of every kind, another account, and one without Zero Trust. */
export function startThreeAccounts(): Promise<EmbeddedApi> {
  const demo = demoOrganization()
  demo.credentials.push(
    token('account-owned'),
    token('disabled', { status: 'disabled' }),
    token('expired', { owner: 'user', expires_on: EARLIER }),
    token('not-yet', { owner: 'user', not_before: LATER }),
    token('reader', { permissions: ['Access: Audit Logs Read'] }),
    token('revoker', { permissions: ['Access: Organizations Revoke'] }),
    token('writer', { permissions: ['Access: Organizations, Identity Providers, and Groups Write'] }),
    { kind: 'global-api-key', email: 'admin@example.com', key: 'key-1' },
  )
  const other = new Organization({
    accountId: OTHER_ACCOUNT,
    credentials: [token('other', { owner: 'user' })],
  })
  const off = new Organization({ accountId: OFF_ACCOUNT, credentials: [token('off')], zeroTrust: false })
  return EmbeddedApi.start({ organizations: [demo, other, off] })
}

export const USERS = `/accounts/${OTHER_ACCOUNT}/access/users`
export const REGISTRATIONS = `/accounts/${OTHER_ACCOUNT}/devices/registrations`

/** An organization of `a@example.com` to `e@example.com`, each with one session and one device. */
export function startFiveUsers(world: World): Promise<EmbeddedApi> {
  const organization = new Organization({ accountId: OTHER_ACCOUNT, credentials: [token('x')] })
  for (const name of 'abcde') organization.addUser({ email: `${name}@example.com`, devices: 1 })
  return EmbeddedApi.start({ organizations: [organization], world })
}

const Named = v.object({ user: v.optional(v.object({ name: v.string() })), name: v.optional(v.string()) })
const Records = v.nullable(v.array(v.looseObject({})))
const List = v.looseObject({ result: Records, result_info: v.optional(v.looseObject({})) })

export type List = v.InferOutput<typeof List>

/** Reads a page of a list. */
export async function readList(api: EmbeddedApi, path: string): Promise<List> {
  return v.parse(List, (await call(api, path, bearer('x'))).json)
}

/** The names of the users that a page is about, in one word; `null` as it is. */
export function namesOf({ result }: List): string | null {
  const named = result?.map((record) => v.parse(Named, record))
  return named?.map((one) => one.user?.name ?? one.name).join('') ?? null
}
