/**
 * Checks on a real account what this project assumes about Cloudflare: `npm run acceptance`, see CONTRIBUTING.md.
 *
 * Exit codes: 0 if no assumption is contradicted, 1 if one is, 2 if there was no complete run.
 */
import { rmSync, writeFileSync } from 'node:fs'
import { type Evidence, runAcceptance } from './acceptance/acceptance-run.ts'
import { ANSWER_QUESTIONS } from './acceptance/answer-questions.ts'
import { DEVICE_QUESTIONS } from './acceptance/device-questions.ts'
import type { Question } from './acceptance/question.ts'
import { USER_QUESTIONS } from './acceptance/user-questions.ts'
import { intention, readSettings, type Settings } from './acceptance/settings.ts'
import { NotStarted } from './acceptance/test-user.ts'
import manifest from '../package.json' with { type: 'json' }

const NOT_RUN = 2

type Verdict = 'confirmed' | 'contradicted' | 'not seen'

/** A row of the table. */
interface Row {
  readonly id: string
  readonly assumption: string
  readonly verdict: Verdict
  readonly seen: string
}

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
    return report(
      await runAcceptance(settings, (line) => {
        console.log(line)
      }),
    )
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

/** Judges the evidence, and shows the findings. */
function report(evidence: Evidence): number {
  const rows = [...USER_QUESTIONS, ...DEVICE_QUESTIONS, ...ANSWER_QUESTIONS].map((question) =>
    rowOf(question, evidence),
  )
  const count = (wanted: Verdict): number => rows.filter(({ verdict }) => verdict === wanted).length
  const totals = {
    confirmed: count('confirmed'),
    contradicted: count('contradicted'),
    'not seen': count('not seen'),
  }
  const width = Math.max(...rows.map(({ id }) => id.length))
  for (const { verdict, id, assumption, seen } of rows) {
    const start = `${verdict.padEnd('contradicted'.length)}  ${id.padEnd(width)}  `
    console.log(`${start}${assumption}${seen === '' ? '' : `\n${' '.repeat(start.length)}→ ${seen}`}`)
  }
  const total = Object.entries(totals).map(([verdict, number]) => `${number} ${verdict}`)
  console.log(`\n${total.join(', ')}.`)
  const { settings, steps } = evidence
  if (settings.json !== undefined) {
    const findings = {
      version: 1,
      action_version: manifest.version,
      date: new Date().toISOString().slice(0, 10),
      api: settings.isCloudflare ? 'cloudflare' : 'other',
      options: { devices: settings.devices, seat: settings.seat },
      ...{ totals, rows, steps },
    }
    writeFileSync(settings.json, `${JSON.stringify(findings, undefined, 2)}\n`)
  }
  return totals.contradicted > 0 ? 1 : 0
}

function rowOf({ id, text: assumption, otherwise, needs = [], judge }: Question, evidence: Evidence): Row {
  const unseen = needs.map((need) => need(evidence)).find((why) => why !== false)
  const finding = unseen ?? judge(evidence)
  if (typeof finding === 'string') return { id, assumption, verdict: 'not seen', seen: finding }
  const [holds, seen] = finding
  return holds
    ? { id, assumption, verdict: 'confirmed', seen }
    : { id, assumption, verdict: 'contradicted', seen: `${seen}. ${otherwise}` }
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
