import { globSync, readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { DATE_FORMATS } from '../../src/text/measures.ts'
import { ACTION } from '../support/action-yml.ts'

const ROOT = new URL('../../', import.meta.url)

/** A format of dates, or something written like one; no part of a longer word, such as a form with a time. */
const FORMAT = /\b(?:YYYY|DD|MM)[A-Z./-]*(?:YYYY|DD|MM)\b(?!-)/g

const formatsIn = (text: string): string[] => text.match(FORMAT) ?? []
const read = (path: string): string => readFileSync(new URL(path, ROOT), 'utf8')
const pathsOf = (pattern: string): string[] =>
  globSync(pattern, { cwd: ROOT }).map((path) => path.replaceAll('\\', '/'))

test('action.yml lists the formats of src/text/measures.ts, the default first', () => {
  const { description = '', default: value } = ACTION.inputs['date-format'] ?? {}
  const [list = ''] = description.split('. ')
  expect(formatsIn(list)).toEqual([...DATE_FORMATS])
  expect(value).toBe(DATE_FORMATS[0])
})

test('documents and examples name only formats that exist', () => {
  const paths = [...pathsOf('*.md'), ...pathsOf('docs/*.md'), ...pathsOf('examples/*.yml')]
  const named = new Set(paths.map(read).flatMap(formatsIn))
  expect([...named].filter((format) => !DATE_FORMATS.some((known) => known === format))).toEqual([])
  expect(named.size).toBeGreaterThan(1)
})

test('messages take the formats from src/text/measures.ts, and name none themselves', () => {
  const others = pathsOf('src/**/*.ts').filter((path) => path !== 'src/text/measures.ts')
  const named = others.flatMap((path) => formatsIn(read(path)).map((format) => ({ path, format })))
  // The default of the input stands in the table of inputs.
  const unknown = named.filter(
    ({ path, format }) => !path.startsWith('src/inputs/') || format !== DATE_FORMATS[0],
  )
  expect(unknown).toEqual([])
})
