import { unexpandedCause } from '../text/mistakes.ts'
import type { Problem } from '../text/problem.ts'

/** The account or zone of the Zero Trust organization. The ID is 32 hex characters, in lower case. */
export interface Target {
  readonly type: 'account' | 'zone'
  readonly id: string
}

/** Chooses the target: exactly one of `account-id` and `zone-id`, empty if not given. */
export function chooseTarget(accountId: string, zoneId: string): Target | Problem {
  if (accountId !== '' && zoneId !== '') {
    return { what: '`account-id` cannot be combined with `zone-id`', remedy: 'Set one of them.' }
  }
  if (accountId === '' && zoneId === '') {
    return {
      what: 'Neither `account-id` nor `zone-id` is set',
      remedy: `Set \`account-id\` (or \`zone-id\`), as in \`account-id: \${{ secrets.CLOUDFLARE_ACCOUNT_ID }}\`. If you did, the secret is empty or not available to this workflow: check its name and, for a secret of an environment, \`environment:\` of the job. ${PLACES.account}`,
    }
  }
  const type = accountId === '' ? 'zone' : 'account'
  const id = (accountId === '' ? zoneId : accountId).toLowerCase()
  return /^[0-9a-f]{32}$/.test(id) ? { type, id } : idProblem(id, type)
}

const PLACES: Readonly<Record<Target['type'], string>> = {
  account: 'In the Cloudflare dashboard, the ID is in the URL, after `dash.cloudflare.com/`.',
  zone: 'In the Cloudflare dashboard, the ID is on the overview page of the domain, under API.',
}

/** The problem with an ID. It is not repeated, since it may be a secret. */
function idProblem(id: string, type: Target['type']): Problem {
  const name = `\`${type}-id\``
  const cause = unexpandedCause(id)
  if (cause !== undefined) {
    return {
      what: `${name} ${cause}`,
      remedy: `Write an expression like \`\${{ secrets.CLOUDFLARE_${type.toUpperCase()}_ID }}\`.`,
    }
  }
  if (/^cf(?:ut|at|k|oat)_|^(?=.*\d)[\w-]{40}$/.test(id)) {
    return {
      what: `${name} is a credential`,
      remedy: `Put that in \`api-token\`, and copy the ${type} ID. ${PLACES[type]}`,
    }
  }
  if (/^(?:https?:\/\/|dash\.cloudflare\.com\/)/.test(id)) {
    return {
      what: `${name} is a URL`,
      remedy: `Use only the ${type} ID in it, the 32 hex characters after \`dash.cloudflare.com/\`.`,
    }
  }
  // YAML and the runner turn an ID that reads like a number into 1.23456789012346E+31, or Infinity.
  if (/^(?:\d+(?:\.\d+)?(?:e\+?\d+)?|-?\.?infinity)$/.test(id)) {
    return {
      what: `${name} was read as a number`,
      remedy: `Put the ID in quotation marks, like \`${type}-id: "0123…"\`.`,
    }
  }
  return {
    what: `${name} is not 32 hex characters`,
    remedy: `Copy the ${type} ID, not the name, and without spaces or quotation marks. ${PLACES[type]}`,
  }
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
 */
export function chooseBaseUrl(given: string): BaseUrl | Problem {
  const url = URL.parse(given === '' ? CLOUDFLARE_API : given)
  if (url === null) {
    return {
      what: '`api-base-url` is not a URL',
      remedy: 'Remove it, or use one like https://api.cloudflare.com/client/v4.',
    }
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    return { what: '`api-base-url` has a user name, password, query, or fragment', remedy: 'Remove them.' }
  }
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
    return {
      what: '`api-base-url` does not begin with https://',
      remedy:
        'Use https://, so that credentials never travel unencrypted (http:// is for loopback hosts only).',
    }
  }
  return { href: `${url.origin}${url.pathname.replace(/(?<!\/)\/+$/, '')}`, cloudflare: isCloudflare(url) }
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname)
}

function isCloudflare(url: URL): boolean {
  return url.port === '' && /(^|\.)cloudflare\.com$/.test(url.hostname)
}
