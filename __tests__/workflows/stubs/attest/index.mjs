import { appendFileSync, globSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'

const { 'INPUT_SUBJECT-PATH': subjects, GITHUB_OUTPUT: output, RUNNER_TEMP: temp } = process.env
const files = globSync(subjects).sort()
const report = files.find((file) => basename(file) === 'report.json')
const { totals } = JSON.parse(readFileSync(report, 'utf8'))
const bundle = join(mkdtempSync(join(temp, 'attestation-')), 'attestation.json')
writeFileSync(bundle, '{}')
appendFileSync(output, `bundle-path=${bundle}\n`)
const names = files.map((file) => basename(file)).join(', ')
process.stdout.write(`would attest ${names} with ${totals.revoked} revoked\n`)
