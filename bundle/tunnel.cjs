/**
 * Stands in for the npm package `tunnel` in the bundle (`paths` in tsconfig.json beside it puts it there).
 *
 * `@actions/http-client` loads it at every start, and calls it where there is a proxy. With `assert`, which nothing
 * else needs, that takes 1.5 ms, so it is loaded when it is called.
 */
for (const name of ['httpOverHttp', 'httpsOverHttp', 'httpOverHttps', 'httpsOverHttps']) {
  exports[name] = (options) => require('tunnel/index.js')[name](options)
}
