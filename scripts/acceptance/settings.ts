import { parseArgs } from 'node:util'

const CLOUDFLARE_API = 'https://api.cloudflare.com/client/v4'

/** Where to run, with which user and token, and what may be changed. */
export interface Settings {
  readonly accountId: string
  readonly token: string
  /** The address of the test user. */
  readonly user: string
  /** Whether the user's devices are revoked too. */
  readonly devices: boolean
  /** Whether the user's seat is freed at the end. */
  readonly seat: boolean
  /** Without a slash at the end. */
  readonly baseUrl: string
  readonly isCloudflare: boolean
  /** The file for the JSON. */
  readonly json: string | undefined
  /** Whether the test user's address was repeated after `--yes`. */
  readonly agreed: boolean
}

/**
 * Reads the command line and the environment.
 *
 * @returns the settings, or the problems in full sentences, which repeat no value
 * @throws TypeError for options that do not exist
 */
export function readSettings(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Settings | readonly string[] {
  const { values } = parseArgs({
    args: [...args],
    options: {
      yes: { type: 'string' },
      devices: { type: 'boolean', default: false },
      seat: { type: 'boolean', default: false },
      json: { type: 'string' },
      'api-base-url': { type: 'string', default: CLOUDFLARE_API },
    },
  })
  const { devices, seat, json, yes } = values
  const variable = (name: string): string => env[`ACCEPTANCE_${name}`]?.trim() ?? ''
  const [accountId, token, user] = [variable('ACCOUNT_ID'), variable('API_TOKEN'), variable('USER')]
  const baseUrl = values['api-base-url'].replace(/\/+$/, '')
  const [, localPart] = /^([^\s@]+)@[^\s@]+\.[^\s@]+$/.exec(user) ?? []
  const rules: readonly (readonly [isKept: boolean, sentence: string])[] = [
    [
      /^[\da-f]{32}$/i.test(accountId),
      'Set ACCEPTANCE_ACCOUNT_ID to the ID of the account, 32 hex characters.',
    ],
    [
      /^[\w.-]{20,}$/.test(token) && !token.startsWith('cfk_'),
      'Set ACCEPTANCE_API_TOKEN to an API token. A Global API key cannot read device registrations.',
    ],
    [localPart !== undefined, 'Set ACCEPTANCE_USER to the email address of a test user.'],
    // A mistake must not sign out a colleague, so the address itself must be made for this purpose.
    [
      localPart === undefined || localPart.toLowerCase().includes('acceptance'),
      'The part of ACCEPTANCE_USER before the @ must contain "acceptance": the user is signed out.',
    ],
    [isSafe(baseUrl), '--api-base-url must begin with https://, or with http:// for a loopback host.'],
    [yes === undefined || yes === user, 'The address after --yes is not the one in ACCEPTANCE_USER.'],
  ]
  const problems = rules.flatMap(([isKept, sentence]) => (isKept ? [] : [sentence]))
  if (problems.length > 0) return problems
  const isCloudflare = baseUrl === CLOUDFLARE_API
  return { accountId, token, user, devices, seat, baseUrl, isCloudflare, json, agreed: yes === user }
}

/** Whether the token may be sent there: encrypted, or without leaving the machine. */
function isSafe(baseUrl: string): boolean {
  const url = URL.parse(baseUrl)
  if (url?.protocol === 'https:') return true
  return url?.protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname)
}

/** The announcement of a run. It names no user. */
export function intention({ devices, seat }: Settings): string {
  return [
    'This runs the action against a real Cloudflare account and checks what the action assumes about Cloudflare.',
    '',
    'It reads the test user in ACCEPTANCE_USER, their active sessions, logins, and device registrations.',
    'It revokes an unknown address under .invalid.',
    'It revokes the test user two or three times: all their Access sessions end.',
    devices
      ? "--devices: it revokes all of the test user's devices."
      : "It leaves the test user's devices alone (--devices revokes them).",
    seat
      ? "--seat: it frees the test user's seat, which deletes their device registrations."
      : "It leaves the test user's seat alone (--seat frees it).",
    'No other user is affected. It makes fewer than 200 calls and takes up to eight minutes.',
  ].join('\n')
}
