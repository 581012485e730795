import { appendFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'

const { 'INPUT_SUBJECT-PATH': subject, GITHUB_OUTPUT: output, RUNNER_TEMP: temp } = process.env
const { totals } = JSON.parse(readFileSync(subject, 'utf8'))
const bundle = join(mkdtempSync(join(temp, 'attestation-')), 'attestation.json')
writeFileSync(bundle, '{}')
appendFileSync(output, `bundle-path=${bundle}\n`)
process.stdout.write(`would attest ${basename(subject)} with ${totals.revoked} revoked\n`)
