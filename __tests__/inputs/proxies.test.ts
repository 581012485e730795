import { expect, test } from '@jest/globals'
import { read } from '../support/inputs.ts'

const NOT_A_URL =
  '`HTTPS_PROXY` is not a URL like http://user:password@proxy.example.com:8080. Write http:// or https:// at its beginning, and use a proxy that takes HTTP CONNECT. Percent-encode special characters in the user name and the password, such as %40 for @.'

test.each([
  'proxy.example.com:8080',
  '127.0.0.1:8080',
  '//127.0.0.1:8080',
  'socks5://127.0.0.1:1080',
  'http://user:hunter2%@127.0.0.1:8080',
  'http://user:hunter2%ff@127.0.0.1:8080',
  'http://user%4:1hunter2@127.0.0.1:8080',
  'http://user:12/hunter2@127.0.0.1:8080',
  'http://user:hunter2#@127.0.0.1:8080',
  'http://',
])('a proxy that is not understood is an error, and is not repeated: %s', async (proxy) => {
  const { problems } = await read({ 'api-base-url': 'https://nowhere.invalid' }, { HTTPS_PROXY: proxy })
  expect(problems).toEqual([NOT_A_URL])
})
