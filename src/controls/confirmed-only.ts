import { type Control, NOTHING_SEEN, unverifiable } from './control.ts'

/** What controls have in common that the revoke call covers and no read can show. */
const CONFIRMED_ONLY = {
  isProof: false,
  needsLookUp: () => false,
  calls: () => 0,
  seenWithoutLookUp: () => NOTHING_SEEN,
  unchecked: unverifiable,
} as const

/** The tokens of Access applications, which the revoke call always covers. */
export const ACCESS_TOKENS: Control = {
  ...CONFIRMED_ONLY,
  name: 'access_tokens',
  label: 'Access tokens',
  extent: 'Access tokens',
  isRequested: () => true,
}

/**
 * The WARP session. It concerns only Gateway policies that enforce a session duration (Cloudflare API reference,
 * `warp_session_reauth`).
 */
export const WARP_SESSION: Control = {
  ...CONFIRMED_ONLY,
  name: 'warp_session',
  label: 'WARP session',
  extent: 'WARP session',
  untouched: 'The WARP session was left untouched; `warp-session-reauth: true` ends it.',
  isRequested: ({ warpSessionReauth }) => warpSessionReauth,
}
