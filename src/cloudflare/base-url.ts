/** Where Cloudflare's API lives (Cloudflare API reference, "Make API calls"). */
export const CLOUDFLARE_API = 'https://api.cloudflare.com/client/v4'

/** The address of the API: without a trailing slash, query or credentials. */
export interface BaseUrl {
  readonly href: string
  /** Whether the host belongs to Cloudflare. */
  readonly cloudflare: boolean
}

/**
 * Chooses the address of the API. Nothing in the environment has a part in it: a variable that an earlier step left
 * behind must not decide where the credential goes.
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
