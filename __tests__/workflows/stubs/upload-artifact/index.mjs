import { readdirSync, statSync } from 'node:fs'
import { basename } from 'node:path'

const { INPUT_NAME: name, INPUT_PATH: path } = process.env
const files = statSync(path).isDirectory() ? readdirSync(path).sort() : [basename(path)]
process.stdout.write(`would upload ${name}: ${files.join(', ')}\n`)
