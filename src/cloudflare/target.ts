import { unexpandedCause } from '../text/plain-text.ts'
import { problem, type Problem } from '../text/problem.ts'

/** The account or zone of the Zero Trust organization. The ID is 32 hex characters, in lower case. */
export interface Target {
  readonly type: 'account' | 'zone'
  readonly id: string
}

/** Chooses the target: exactly one of `account-id` and `zone-id`, empty if not given. */
export function chooseTarget(accountId: string, zoneId: string): Target | Problem {
  if (accountId !== '' && zoneId !== '')
    return problem('`account-id` cannot be combined with `zone-id`', 'Set one of them.')
  if (accountId === '' && zoneId === '')
    return problem('Neither `account-id` nor `zone-id` is set', `${SET_ID} ${PLACES.account}`)
  const type = accountId === '' ? 'zone' : 'account'
  const id = (accountId === '' ? zoneId : accountId).toLowerCase()
  const [mistake] = mistakesIn(`${type}-id`, id, idMistakes(type))
  return mistake ?? { type, id }
}

/** The remedy for a missing secret, after what to set. */
export const EMPTY_SECRET =
  'If you did, the secret is empty or not available to this workflow: check its name and, for a secret of an environment, `environment:` of the job.'
const SET_ID = `Set \`account-id\` (or \`zone-id\`), as in \`account-id: \${{ secrets.CLOUDFLARE_ACCOUNT_ID }}\`. ${EMPTY_SECRET}`

const PLACES: Readonly<Record<Target['type'], string>> = {
  account: 'In the Cloudflare dashboard, the ID is in the URL, after `dash.cloudflare.com/`.',
  zone: 'In the Cloudflare dashboard, the ID is on the overview page of the domain, under API.',
}

/** What people give as an input by mistake: the end of a sentence that begins with the input, and the remedy. */
export type Mistake = readonly [pattern: RegExp, is: string, remedy: string]

function idMistakes(type: Target['type']): readonly Mistake[] {
  return [
    [
      /^cf(?:ut|at|k|oat)_|^(?=.*\d)[\w-]{40}$/,
      'is a credential',
      `Put that in \`api-token\`, and copy the ${type} ID. ${PLACES[type]}`,
    ],
    [
      /^(?:https?:\/\/|dash\.cloudflare\.com\/)/,
      'is a URL',
      `Use only the ${type} ID in it, the 32 hex characters after \`dash.cloudflare.com/\`.`,
    ],
    // YAML and the runner turn an ID that reads like a number into 1.23456789012346E+31, or Infinity.
    [
      /^(?![0-9a-f]{32}$)(?:\d+(?:\.\d+)?(?:e\+?\d+)?|-?\.?infinity)$/,
      'was read as a number',
      `Put the ID in quotation marks, like \`${type}-id: "0123…"\`.`,
    ],
    [
      /^(?![0-9a-f]{32}$)/,
      'is not 32 hex characters',
      `Copy the ${type} ID, not the name, and without spaces or quotation marks. ${PLACES[type]}`,
    ],
  ]
}

/** The first mistake in an input, if there is any. The input is not repeated, since it may be a secret. */
export function mistakesIn(name: string, given: string, mistakes: readonly Mistake[]): Problem[] {
  const cause = unexpandedCause(given)
  if (cause !== undefined) {
    const secret = `secrets.CLOUDFLARE_${name.toUpperCase().replace('-', '_')}`
    return [problem(`\`${name}\` ${cause}`, `Write an expression like \`\${{ ${secret} }}\`.`)]
  }
  const mistake = mistakes.find(([pattern]) => pattern.test(given))
  return mistake === undefined ? [] : [problem(`\`${name}\` ${mistake[1]}`, mistake[2])]
}

/** Where Cloudflare's API lives (Cloudflare API reference, "Make API calls"). */
export const CLOUDFLARE_API = 'https://api.cloudflare.com/client/v4'

/** The address of the API: without a trailing slash, query or credentials. */
export interface BaseUrl {
  readonly href: string
  /** Whether the host belongs to Cloudflare. */
  readonly cloudflare: boolean
}

/**
 * Chooses the address of the API. The environment has no influence: a variable that an earlier step left behind must
 * not decide where the credential goes.
 *
 * @param given - the input `api-base-url`, empty if not given
 */
export function chooseBaseUrl(given: string): BaseUrl | Problem {
  const url = URL.parse(given === '' ? CLOUDFLARE_API : given)
  if (url === null)
    return problem('`api-base-url` is not a URL', `Remove it, or use one like ${CLOUDFLARE_API}.`)
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    return problem('`api-base-url` has a user name, password, query, or fragment', 'Remove them.')
  const isLoopback = /^(?:localhost|\[::1\]|127(?:\.\d+){3})$/.test(url.hostname)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback))
    return problem('`api-base-url` does not begin with https://', USE_HTTPS)
  const cloudflare = url.port === '' && /(^|\.)cloudflare\.com$/.test(url.hostname)
  return { href: `${url.origin}${url.pathname.replace(/(?<!\/)\/+$/, '')}`, cloudflare }
}

const USE_HTTPS =
  'Use https://, so that credentials never travel unencrypted (http:// is for loopback hosts only).'
