import { expect, test } from '@jest/globals'
import { read } from '../support/inputs.ts'

const NOT_A_URL =
  '`HTTPS_PROXY` is not a URL like http://user:password@proxy.example.com:8080. Percent-encode special characters in the user name and the password, such as %40 for @.'
const NO_SCHEME = '`HTTPS_PROXY` has no scheme. Write it like http://proxy.example.com:8080.'
const OTHER_SCHEME =
  '`HTTPS_PROXY` has a scheme other than http and https. Use a proxy that takes HTTP CONNECT.'

test.each([
  ['proxy.example.com:8080', NO_SCHEME],
  ['127.0.0.1:8080', NO_SCHEME],
  ['//127.0.0.1:8080', NO_SCHEME],
  ['socks5://127.0.0.1:1080', OTHER_SCHEME],
  ['http://user:hunter2%@127.0.0.1:8080', NOT_A_URL],
  ['http://user:hunter2%ff@127.0.0.1:8080', NOT_A_URL],
  ['http://user%4:1hunter2@127.0.0.1:8080', NOT_A_URL],
  ['http://user:12/hunter2@127.0.0.1:8080', NOT_A_URL],
  ['http://user:hunter2#@127.0.0.1:8080', NOT_A_URL],
  ['http://', NOT_A_URL],
])('a proxy that is not understood is an error, and is not repeated: %s', async (proxy, problem) => {
  const { problems } = await read({ 'api-base-url': 'https://nowhere.invalid' }, { HTTPS_PROXY: proxy })
  expect(problems).toEqual([problem])
})
