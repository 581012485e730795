import * as v from 'valibot'
import { Organization } from '../../embedded-api/organization/organization.ts'
import { EmbeddedApi, type World } from '../../embedded-api/server.ts'
import { call } from './raw-client.ts'

const accountId = 'a'.repeat(32)
const PERMISSIONS = ['Access: Audit Logs Read', 'Zero Trust Read'] as const

export const USERS = `/accounts/${accountId}/access/users`
export const REGISTRATIONS = `/accounts/${accountId}/devices/registrations`

/** An organization of `a@example.com` to `e@example.com`, each with one session and one device. */
export function startFiveUsers(world: World): Promise<EmbeddedApi> {
  const organization = new Organization({
    accountId,
    credentials: [
      { kind: 'api-token', owner: 'user', token: 'x', status: 'active', permissions: [...PERMISSIONS] },
    ],
  })
  for (const name of 'abcde') organization.addUser({ email: `${name}@example.com`, devices: 1 })
  return EmbeddedApi.start({ organizations: [organization], world })
}

const List = v.looseObject({
  result: v.nullable(v.array(v.looseObject({}))),
  result_info: v.optional(v.looseObject({})),
})

export type List = v.InferOutput<typeof List>

/** Reads a page of a list. */
export async function readList(api: EmbeddedApi, path: string): Promise<List> {
  return v.parse(List, (await call(api, path, { headers: { authorization: 'Bearer x' } })).json)
}

const Named = v.object({ user: v.optional(v.object({ name: v.string() })), name: v.optional(v.string()) })

/** The names of the users that a page is about, in one word; `null` as it is. */
export function namesOf({ result }: List): string | null {
  const named = result?.map((record) => v.parse(Named, record))
  return named?.map((one) => one.user?.name ?? one.name).join('') ?? null
}
