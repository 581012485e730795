/**
 * Stands in for the npm package `undici` in the bundle (see options.ts).
 *
 * `@actions/http-client` imports undici only for the proxy dispatcher that Octokit uses. This action does not use
 * Octokit; its requests go through proxies by way of the package `tunnel`. undici would be two thirds of the bundle and
 * 30 ms of every start.
 *
 * @throws always, so that nothing in this action can depend on the proxy dispatcher
 */
export function ProxyAgent(): never {
  throw new Error('undici is not part of this bundle: requests go through proxies by way of "tunnel"')
}
