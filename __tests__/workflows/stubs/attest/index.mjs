import { appendFileSync, globSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'

const { 'INPUT_SUBJECT-PATH': subjects, GITHUB_OUTPUT: output, RUNNER_TEMP: temp } = process.env
const files = globSync(subjects).sort()
const report = files.find((file) => basename(file) === 'report.json')
const { totals, problems } = JSON.parse(readFileSync(report, 'utf8'))
const bundle = join(mkdtempSync(join(temp, 'attestation-')), 'attestation.json')
writeFileSync(bundle, '{}')
appendFileSync(output, `bundle-path=${bundle}\n`)
const names = files.map((file) => basename(file)).join(', ')
const result = totals === undefined ? `problems: ${problems.length}` : `${totals.revoked} revoked`
process.stdout.write(`would attest ${names} with ${result}\n`)
