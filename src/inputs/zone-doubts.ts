import type { Credential } from '../cloudflare/credential.ts'
import type { User } from '../users/user.ts'
import type { RunOptions } from './options.ts'

/**
 * What a run for a zone asks for beyond Cloudflare's OpenAPI description of the zone's endpoint, as a warning. That
 * description (cloudflare/api-schemas, 2026-07-27) has a body of `email` alone, no API token, and only the zone's
 * applications; the reference page lists everything for accounts and zones alike. Nobody could try which is right.
 *
 * @returns undefined for a run that asks for nothing of the kind
 */
export function zoneDoubts(
  { target, devices, warpSessionReauth }: RunOptions,
  users: readonly User[],
  { kind }: Credential,
): string | undefined {
  if (target.type === 'account') return undefined
  const doubtful = [
    ...(kind === 'api-token' ? ['an API token'] : []),
    ...(devices ? ['`devices`'] : []),
    ...(warpSessionReauth ? ['`warp-session-reauth`'] : []),
    ...(users.some(({ userUid }) => userUid !== undefined) ? ['user UUIDs'] : []),
  ]
  if (doubtful.length === 0) return undefined
  return `With \`zone-id\`, Cloudflare's API description covers only the address, and only the applications of the zone; it does not mention ${doubtful.join(', ')}. Cloudflare may ignore or refuse this. Use \`account-id\` if you can.`
}
