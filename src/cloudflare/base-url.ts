/** Where Cloudflare's API lives (Cloudflare API reference, "Make API calls"). */
export const CLOUDFLARE_API = 'https://api.cloudflare.com/client/v4'

/** The address of the API: without a trailing slash, query or credentials. */
export interface BaseUrl {
  readonly href: string
  /** Whether the host belongs to Cloudflare. */
  readonly cloudflare: boolean
}

/**
 * Chooses the address of the API.
 *
 * Nothing is taken from the environment but `CLOUDFLARE_BASE_URL`, and that only for a loopback host, so that tests
 * can run a workflow unchanged.
 *
 * @param given - the input `api-base-url`, empty if not given
 * @param environment - the value of `CLOUDFLARE_BASE_URL`
 * @param problem - takes each problem as a full sentence
 * @returns undefined exactly if a problem was reported
 */
export function chooseBaseUrl(
  given: string,
  environment: string | undefined,
  problem: (sentence: string) => void,
): BaseUrl | undefined {
  const text = given === '' ? (loopbackOnly(environment) ?? CLOUDFLARE_API) : given
  const url = URL.parse(text)
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

function loopbackOnly(value: string | undefined): string | undefined {
  const url = URL.parse(value ?? '')
  return url !== null && isLoopback(url.hostname) ? url.href : undefined
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname)
}

function isCloudflare(url: URL): boolean {
  return url.port === '' && /(^|\.)cloudflare\.com$/.test(url.hostname)
}
