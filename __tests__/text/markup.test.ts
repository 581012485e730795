import { expect, test } from '@jest/globals'
import { quotesToHtml } from '../../src/text/markup.ts'

test('quotation marks inside of code stay, and others become code', () => {
  expect(quotesToHtml('put it in quotes, like `account-id: "0123…"`, not "a`b" or `c`')).toBe(
    'put it in quotes, like <code>account-id: &#34;0123…&#34;</code>, not <code>a&#96;b</code> or <code>c</code>',
  )
})
