import { existsSync } from 'node:fs'

const { INPUT_NAME: name, INPUT_PATH: path } = process.env
if (!existsSync(path)) throw new Error(`no such file: ${path}`)
process.stdout.write(`would upload ${name}\n`)
