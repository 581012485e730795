import { parseArgs } from 'node:util'
import { CLOUDFLARE_API } from '../../src/cloudflare/target.ts'
import { parseEmailAddress } from '../../src/text/email-address.ts'

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
  const accountId = env['ACCEPTANCE_ACCOUNT_ID']?.trim() ?? ''
  const token = env['ACCEPTANCE_API_TOKEN']?.trim() ?? ''
  const user = env['ACCEPTANCE_USER']?.trim() ?? ''
  const problems = [
    ...(/^[\da-f]{32}$/i.test(accountId)
      ? []
      : ['Set ACCEPTANCE_ACCOUNT_ID to the ID of the account, 32 hex characters.']),
    ...(/^[\w.-]{20,}$/.test(token) && !token.startsWith('cfk_')
      ? []
      : ['Set ACCEPTANCE_API_TOKEN to an API token. A Global API key cannot read device registrations.']),
    ...userProblems(user),
    ...(isSafe(values['api-base-url'])
      ? []
      : ['--api-base-url must begin with https://, or with http:// for a loopback host.']),
    ...(values.yes === undefined || values.yes === user
      ? []
      : ['The address after --yes is not the one in ACCEPTANCE_USER.']),
  ]
  if (problems.length > 0) return problems
  const { devices, seat, json } = values
  const baseUrl = values['api-base-url'].replace(/\/+$/, '')
  return { accountId, token, user, devices, seat, baseUrl, json, agreed: values.yes === user }
}

/** A mistake must not sign out a colleague, so the address itself must be made for this purpose. */
function userProblems(user: string): string[] {
  const parsed = parseEmailAddress(user)
  if (typeof parsed === 'object') return ['Set ACCEPTANCE_USER to the email address of a test user.']
  const localPart = user.slice(0, user.lastIndexOf('@'))
  return localPart.toLowerCase().includes('acceptance')
    ? []
    : ['The part of ACCEPTANCE_USER before the @ must contain "acceptance": the user is signed out.']
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
