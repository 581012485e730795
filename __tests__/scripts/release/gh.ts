import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { test } from '@jest/globals'
import { POSIX } from '../../support/platform.ts'

/** The command line of GitHub is a stand-in, which Windows would not find without an extension. */
export const testWithGh = POSIX ? test : test.skip

/** Puts a `gh` on the PATH that notes its calls and answers by its second argument. */
export function standInForGh(
  folder: string,
  answers: Readonly<Record<string, string>>,
): Record<string, string> {
  const bin = join(folder, 'bin')
  mkdirSync(bin)
  const log = JSON.stringify(join(folder, 'calls'))
  const program = `#!${process.execPath}
const { appendFileSync, readFileSync } = require('node:fs')
const args = process.argv.slice(2)
appendFileSync(${log}, JSON.stringify([args, readFileSync(0, 'utf8')]) + '\\n')
console.log(${JSON.stringify(answers)}[args[1]] ?? '')
`
  writeFileSync(join(bin, 'gh'), program, { mode: 0o755 })
  writeFileSync(join(folder, 'calls'), '')
  return { PATH: [bin, process.env['PATH'] ?? ''].join(delimiter) }
}

/** Arguments and standard input of each call of `gh`. */
export function callsOf(folder: string): unknown[] {
  const lines = readFileSync(join(folder, 'calls'), 'utf8').split('\n')
  return lines.filter((line) => line !== '').map((line): unknown => JSON.parse(line))
}
