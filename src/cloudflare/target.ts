import { unexpandedCause } from '../text/mistakes.ts'

/** The account or zone of the Zero Trust organization. The ID is 32 hex characters, in lower case. */
export interface Target {
  readonly type: 'account' | 'zone'
  readonly id: string
}

/**
 * Chooses the target from `account-id` and `zone-id`, which exclude each other.
 *
 * @param problem - takes each problem as a full sentence
 * @returns undefined exactly if a problem was reported
 */
export function chooseTarget(
  accountId: string,
  zoneId: string,
  problem: (sentence: string) => void,
): Target | undefined {
  if (accountId !== '' && zoneId !== '') {
    problem('`account-id` and `zone-id` exclude each other: set one of them.')
    return undefined
  }
  if (accountId === '' && zoneId === '') {
    problem(
      'No organization: set `account-id` (or `zone-id`), as in `account-id: ${{ secrets.CLOUDFLARE_ACCOUNT_ID }}`. If you did, the secret is empty or not available to this workflow. In the Cloudflare dashboard, you find the ID in the URL, after the host.',
    )
    return undefined
  }
  const type = accountId === '' ? 'zone' : 'account'
  const id = (accountId === '' ? zoneId : accountId).toLowerCase()
  if (!/^[0-9a-f]{32}$/.test(id)) {
    problem(`\`${type}-id\` ${idProblem(id, type)}`)
    return undefined
  }
  return { type, id }
}

const PLACES: Readonly<Record<Target['type'], string>> = {
  account: 'in the URL, after `dash.cloudflare.com/`',
  zone: 'on the overview page of the domain, under API',
}

/** The problem with an ID, as the end of a sentence; the ID is not repeated, since it may be a secret. */
function idProblem(id: string, type: Target['type']): string {
  const cause = unexpandedCause(id)
  if (cause !== undefined)
    return `${cause}: write an expression like \`\${{ secrets.CLOUDFLARE_ACCOUNT_ID }}\`.`
  if (/^cf(?:ut|at|k)_|^(?=.*\d)[\w-]{40}$/.test(id)) {
    return `is an API token: put that in \`api-token\`, and copy the ${type} ID. In the Cloudflare dashboard, you find it ${PLACES[type]}.`
  }
  if (/^(?:https?:\/\/|dash\.cloudflare\.com\/)/.test(id)) {
    return `is a URL: use only the ${type} ID in it, the 32 hex characters after \`dash.cloudflare.com/\`.`
  }
  // YAML and the runner turn an ID that reads like a number into 1.23456789012346E+31, or Infinity.
  if (/^(?:\d+(?:\.\d+)?(?:e\+?\d+)?|-?\.?infinity)$/.test(id)) {
    return `was read as a number: put the ID in quotes, like \`${type}-id: "0123…"\`.`
  }
  return `is not 32 hex characters: copy the ${type} ID, not the name, and without spaces or quotes. In the Cloudflare dashboard, you find it ${PLACES[type]}.`
}

/** The target in the words of a sentence. */
export function targetName(target: Target): string {
  return `${target.type} ${target.id}`
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
 * @param problem - takes each problem as a full sentence
 * @returns undefined exactly if a problem was reported
 */
export function chooseBaseUrl(given: string, problem: (sentence: string) => void): BaseUrl | undefined {
  const url = URL.parse(given === '' ? CLOUDFLARE_API : given)
  if (url === null) {
    problem('`api-base-url` is not a URL: remove it, or use one like https://api.cloudflare.com/client/v4.')
    return undefined
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    problem('`api-base-url` must not have a user name, password, query or fragment: remove them.')
    return undefined
  }
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
    problem(
      '`api-base-url` must begin with https:// (http:// is for loopback hosts only): credentials never travel unencrypted.',
    )
    return undefined
  }
  return { href: `${url.origin}${url.pathname.replace(/\/+$/, '')}`, cloudflare: isCloudflare(url) }
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname)
}

function isCloudflare(url: URL): boolean {
  return url.port === '' && /(^|\.)cloudflare\.com$/.test(url.hostname)
}
