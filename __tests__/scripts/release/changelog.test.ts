import { expect, test } from '@jest/globals'
import { sectionOf } from '../../../scripts/release/repository.ts'

test.each([
  ['## 1.0.0\n\n- All\n\n### More\n\n- Rest\n\n## 0.9.0\n\n- Old\n', '- All\n\n### More\n\n- Rest'],
  ['# Changelog\r\n\r\n## [1.0.0] - 2030-01-31\r\n\r\n- All\r\n', '- All'],
  ['## 1.0.0-rc.1\n\n- Try\n\n## 1.0.0\n- All', '- All'],
  ['## 11.0.0\n\n- All\n\n## 1.0.01\n\n- All\n', undefined],
  ['## 1.0.0\n\n## 0.9.0\n\n- Old\n', undefined],
  ['', undefined],
])('of %j, the section of 1.0.0 is %j', (changelog, section) => {
  expect(sectionOf(changelog, '1.0.0')).toBe(section)
})
