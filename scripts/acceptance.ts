/**
 * Checks on a real account what this project assumes about Cloudflare: `npm run acceptance`, see CONTRIBUTING.md.
 *
 * Exit codes: 0 if no assumption is contradicted, 1 if one is, 2 if there was no complete run.
 */
import { rmSync, writeFileSync } from 'node:fs'
import { AcceptanceRun } from './acceptance/acceptance-run.ts'
import { findingsJson, rowsOf, tableText, totalsOf } from './acceptance/findings.ts'
import { intention, readSettings, type Settings } from './acceptance/settings.ts'
import { NotStarted } from './acceptance/test-user.ts'

const NOT_RUN = 2

process.exitCode = NOT_RUN
process.exitCode = await acceptance()

async function acceptance(): Promise<number> {
  const settings = settingsOrProblems()
  if (!('token' in settings)) return refuse(...settings)
  console.log(intention(settings))
  if (!settings.agreed)
    return refuse('Nothing was done. To go ahead, add --yes and the address of the test user.')
  console.log('')
  try {
    // Before anything is changed, so that the findings are not lost.
    if (settings.json !== undefined) writeFileSync(settings.json, '')
  } catch {
    return refuse('The file after --json cannot be written.')
  }
  try {
    return await run(settings)
  } catch (error) {
    if (settings.json !== undefined) rmSync(settings.json, { force: true })
    if (error instanceof NotStarted) return refuse(error.message)
    return refuse('The run ended early because of an error in this program:', placesIn(error))
  }
}

function settingsOrProblems(): Settings | readonly string[] {
  try {
    return readSettings(process.argv.slice(2), process.env)
  } catch {
    return ['Options are --yes <address>, --devices, --seat, --json <file>, and --api-base-url <url>.']
  }
}

async function run(settings: Settings): Promise<number> {
  const evidence = await new AcceptanceRun(settings, (line) => {
    console.log(line)
  }).run()
  const rows = rowsOf(evidence)
  const totals = totalsOf(rows)
  console.log(`\n${tableText(rows)}\n`)
  console.log(
    `${totals.confirmed} confirmed, ${totals.contradicted} contradicted, ${totals['not seen']} not seen.`,
  )
  if (settings.json !== undefined) writeFileSync(settings.json, findingsJson(rows, evidence))
  return totals.contradicted > 0 ? 1 : 0
}

function refuse(...sentences: readonly string[]): number {
  for (const sentence of sentences) console.error(`\n${sentence}`)
  return NOT_RUN
}

/** The stack of an error without its message, which may contain personal data. */
function placesIn(error: unknown): string {
  const lines = error instanceof Error ? (error.stack ?? '').split('\n') : []
  return lines.filter((line) => line.startsWith('    at ')).join('\n')
}
