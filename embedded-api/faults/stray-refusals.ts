import type { Fault } from './faults.ts'

const CHALLENGE_PAGE =
  '<!DOCTYPE html><html lang="en-US"><head><title>Just a moment...</title></head><body></body></html>'

/**
 * Refusals that Cloudflare, or a firewall in front of its API, gives now and then to calls that are otherwise accepted.
 * Combined with `every` or `times` of a rule, they say nothing about the credential.
 */
export const STRAY_REFUSALS = {
  /** A bot challenge in front of the API. */
  challengePage: {
    kind: 'answer',
    status: 403,
    headers: { 'cf-mitigated': 'challenge' },
    body: CHALLENGE_PAGE,
  },
  /** A firewall rule in front of the API. */
  firewall: {
    kind: 'answer',
    status: 403,
    headers: { 'content-type': 'text/plain; charset=UTF-8' },
    body: 'error code: 1020',
  },
  /** The refusal of a token that passed the same call before. */
  authenticationError: { kind: 'error', status: 403, code: 10000, message: 'Authentication error' },
  /** The rate limit with a status other than 429. */
  throttled400: throttled(400),
  throttled403: throttled(403),
  throttled200: throttled(200),
} as const satisfies Record<string, Fault>

function throttled(status: number): Fault {
  const message = 'Please wait and consider throttling your request speed'
  return { kind: 'error', status, code: 971, message }
}
