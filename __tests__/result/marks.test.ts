import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { quoting } from '../../src/text/markup.ts'
import { REPOSITORY } from '../support/repository.ts'
import { Scene } from '../support/scene.ts'

/** The cells of the table, row by row. */
const cellsOf = (text: string): string[] =>
  Array.from(text.matchAll(/<td>(.*?)<\/td>/g), ([, cell = '']) => cell)

test('the marks say what was read back, and what was only confirmed', async () => {
  await using scene = await Scene.openWithoutWaits()
  const everything = { devices: 'true', 'warp-session-reauth': 'true' }
  const proven = await scene.runSource({ ...everything, verify: 'true' })
  expect(cellsOf(proven.summary).at(-2)).toBe(
    '☑️&nbsp;Access&nbsp;tokens<br>✅&nbsp;Sessions&nbsp;3&nbsp;→&nbsp;<b>0</b><br>➖&nbsp;Seat<br>✅&nbsp;Devices&nbsp;2&nbsp;→&nbsp;<b>0</b><br>☑️&nbsp;WARP&nbsp;session',
  )
  expect(proven.summary).toContain(
    '<p>✅&nbsp;read&nbsp;back · ☑️&nbsp;confirmed&nbsp;by&nbsp;Cloudflare · ➖&nbsp;not&nbsp;requested · →&nbsp;from',
  )
  const sessionsAlone = await scene.runSource({
    ...everything,
    email: 'contractor@example.com',
    verify: 'sessions',
  })
  expect(cellsOf(sessionsAlone.summary).at(-2)).toContain('<br>☑️&nbsp;Devices<br>')
  expect(proven.log.join('\n')).toContain('3 sessions before, no sessions left')
})

const ACTION_ENV = {
  GITHUB_ACTION_REPOSITORY: REPOSITORY,
  GITHUB_ACTION_REF: 'v1',
  GITHUB_SERVER_URL: 'https://github.example.com',
}

test('under a green result stands what no run covers, with a link to a chapter that exists', async () => {
  await using scene = await Scene.open()
  const green = await scene.runSource({}, { env: ACTION_ENV })
  const [, link = ''] = green.summary.split(`<a href="https://github.example.com/${REPOSITORY}/blob/v1/`)
  const [, path = '', anchor = ''] = /^([^"#]+)#([^"]+)">/.exec(link) ?? []
  const chapters = readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8').match(/^## .*$/gm) ?? []
  expect(chapters.map((title) => title.slice(3).toLowerCase().replaceAll(' ', '-'))).toContain(anchor)
  const odd = await scene.runSource({}, { env: { ...ACTION_ENV, GITHUB_ACTION_REF: '"><b>x' } })
  expect(odd.summary).toMatch(/<p>No run ends [^<]*<\/p>/)
  for (const inputs of [{ 'dry-run': 'true' }, { devices: '' }]) {
    expect((await scene.runSource(inputs, { env: ACTION_ENV })).summary).not.toContain('No run ends')
  }
})

test('quotation marks inside of code stay, and others become code', () => {
  expect(quoting('put it in quotes, like `account-id: "0123…"`, not "a`b" or `c`')).toBe(
    'put it in quotes, like <code>account-id: &#34;0123…&#34;</code>, not <code>a&#96;b</code> or <code>c</code>',
  )
})
