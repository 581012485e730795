import { demoOrganization } from '../../embedded-api/demo-organization.ts'
import {
  type ApiCredential,
  type ApiToken,
  Organization,
  type Permission,
} from '../../embedded-api/organization/organization.ts'
import { EmbeddedApi } from '../../embedded-api/server.ts'
import type { RawRequest } from './raw-client.ts'

export const OTHER_ACCOUNT = 'a'.repeat(32)
export const OFF_ACCOUNT = 'b'.repeat(32)
export const UNKNOWN_ACCOUNT = 'c'.repeat(32)
export const LATER = new Date(Date.now() + 3_600_000).toISOString()
export const EARLIER = new Date(Date.now() - 3_600_000).toISOString()

function token(name: string, more: Partial<ApiToken> = {}): ApiCredential {
  const permissions: Permission[] = ['Access: Organizations Revoke', 'Access: Audit Logs Read']
  return { kind: 'api-token', owner: 'account', token: name, status: 'active', permissions, ...more }
}

export const bearer = (name: string): RawRequest => ({ headers: { authorization: `Bearer ${name}` } })
export const key = (email: string, value: string): RawRequest => ({
  headers: { authorization: undefined, 'x-auth-email': email, 'x-auth-key': value },
})

/** The demo account with a credential of every kind, another account, and one without Zero Trust. */
export function startThreeAccounts(): Promise<EmbeddedApi> {
  const demo = demoOrganization()
  const userOwned = token('other', { owner: 'user' })
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
  const off = token('off')
  return EmbeddedApi.start({
    organizations: [
      demo,
      new Organization({ accountId: OTHER_ACCOUNT, credentials: [userOwned] }),
      new Organization({ accountId: OFF_ACCOUNT, credentials: [off], zeroTrust: false }),
    ],
  })
}
