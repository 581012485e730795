/**
 * A preload of the scripts in package.json, which says in one sentence what is missing. It is JavaScript, because earlier
 * versions of Node.js cannot run TypeScript.
 */
import { existsSync } from 'node:fs'

const { node } = process.versions
const missing =
  Number.parseInt(node) < 24
    ? `Node.js 24, and this is ${node}`
    : existsSync('node_modules')
      ? undefined
      : 'the packages that it installs'
if (missing !== undefined) {
  process.stderr.write(`Run "npm ci --ignore-scripts=false" first: this command needs ${missing}.\n`)
  process.exit(1)
}
