import { expect, test } from '@jest/globals'
import { read } from '../support/inputs.ts'

test.each(['http://localhost:1/', 'https://evil.example.com', ''])(
  'no variable leads to another API: CLOUDFLARE_BASE_URL=%s',
  async (url) => {
    const env = { CLOUDFLARE_BASE_URL: url, CLOUDFLARE_API_BASE_URL: url }
    const { inputs } = await read({}, env)
    expect(inputs?.options.baseUrl).toEqual({
      href: 'https://api.cloudflare.com/client/v4',
      cloudflare: true,
    })
  },
)
