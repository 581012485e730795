/**
 * Stands in for the npm package `undici` in the bundle (`paths` in tsconfig.json beside it puts it there).
 *
 * `@actions/http-client` imports undici for one purpose: the proxy dispatcher that Octokit asks for, which this
 * action never does. Its own requests go through proxies by way of the package `tunnel`. undici would be two thirds
 * of the bundle and some 30 ms of every start, and the less is shipped, the less there is to audit.
 *
 * @throws Error always: nothing in this action may come to depend on the proxy dispatcher
 */
export function ProxyAgent(): never {
  throw new Error('undici is not part of this bundle: requests go through proxies by way of "tunnel"')
}

/** The `fetch` that Node brings along. */
export const fetch = globalThis.fetch
