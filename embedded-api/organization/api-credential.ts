import { createHash } from 'node:crypto'

/** The permissions that the calls of this API require. */
export type Permission =
  | 'Access: Organizations Revoke'
  | 'Access: Organizations, Identity Providers, and Groups Write'
  | 'Access: Audit Logs Read'
  | 'Zero Trust Read'
  | 'Zero Trust: Seats Write'

export type TokenStatus = 'active' | 'disabled' | 'expired'

export interface ApiToken {
  kind: 'api-token'
  owner: 'user' | 'account'
  token: string
  status: TokenStatus
  permissions: Permission[]
  /** RFC 3339. Once past, the token is expired whatever `status` says. */
  expires_on?: string
  /** RFC 3339. Until then every call but the verification is refused. */
  not_before?: string
}

/** The previous scheme; it has all permissions of its user. */
export interface GlobalApiKey {
  kind: 'global-api-key'
  email: string
  key: string
}

export type ApiCredential = ApiToken | GlobalApiKey

/** An identifier like Cloudflare's, 32 hex characters, that stays the same for the same secret. */
export function credentialId(secret: string): string {
  return createHash('sha256').update(secret).digest('hex').slice(0, 32)
}

/** The status at `at` (clock, milliseconds), with the expiry date taken into account. */
export function statusAt({ expires_on: expiresOn, status }: ApiToken, at: number): TokenStatus {
  return expiresOn !== undefined && at >= Date.parse(expiresOn) ? 'expired' : status
}

/** Whether calls with this credential are accepted at all at `at` (clock, milliseconds). */
export function isUsable(credential: ApiCredential, at: number): boolean {
  if (credential.kind === 'global-api-key') return true
  const begun = credential.not_before === undefined || at >= Date.parse(credential.not_before)
  return begun && statusAt(credential, at) === 'active'
}

/** Whether the credential has at least one of the permissions. */
export function mayDo(credential: ApiCredential, anyOf: readonly Permission[]): boolean {
  return (
    credential.kind === 'global-api-key' || anyOf.some((wanted) => credential.permissions.includes(wanted))
  )
}
