import { VERSION } from '../../src/cloudflare/client.ts'
import { CLOUDFLARE_API } from '../../src/cloudflare/target.ts'
import type { Evidence } from './acceptance-run.ts'
import { ANSWER_ASSUMPTIONS } from './answer-assumptions.ts'
import type { Finding, Verdict } from './assumption.ts'
import { REGISTRATION_ASSUMPTIONS } from './registration-assumptions.ts'
import { REVOCATION_ASSUMPTIONS } from './revocation-assumptions.ts'
import { SEAT_ASSUMPTIONS } from './seat-assumptions.ts'
import { USER_ASSUMPTIONS } from './user-assumptions.ts'

/** A row of the table. */
export interface Row extends Finding {
  readonly id: string
  readonly assumption: string
}

/** Judges every assumption by the evidence. */
export function rowsOf(evidence: Evidence): Row[] {
  return [
    ...REVOCATION_ASSUMPTIONS,
    ...USER_ASSUMPTIONS,
    ...REGISTRATION_ASSUMPTIONS,
    ...SEAT_ASSUMPTIONS,
    ...ANSWER_ASSUMPTIONS,
  ].map(({ id, text, judge }) => ({ id, assumption: text, ...judge(evidence) }))
}

/** The rows as a table of text. */
export function tableText(rows: readonly Row[]): string {
  const width = (texts: readonly string[]): number => Math.max(...texts.map((text) => text.length))
  const verdicts = width(rows.map(({ verdict }) => verdict))
  const ids = width(rows.map(({ id }) => id))
  return rows
    .map(({ verdict, id, assumption, seen }) => {
      const start = `${verdict.padEnd(verdicts)}  ${id.padEnd(ids)}  `
      return `${start}${assumption}${seen === '' ? '' : `\n${' '.repeat(start.length)}→ ${seen}`}`
    })
    .join('\n')
}

/** The number of rows for each verdict. */
export function totalsOf(rows: readonly Row[]): Record<Verdict, number> {
  const count = (wanted: Verdict): number => rows.filter(({ verdict }) => verdict === wanted).length
  return {
    confirmed: count('confirmed'),
    contradicted: count('contradicted'),
    'not seen': count('not seen'),
  }
}

/** The rows as JSON, for an issue. It contains no address, ID, token, or device name. */
export function findingsJson(
  rows: readonly Row[],
  { settings: { baseUrl, devices, seat }, steps }: Evidence,
): string {
  const findings = {
    version: 1,
    action_version: VERSION,
    date: new Date().toISOString().slice(0, 10),
    api: baseUrl === CLOUDFLARE_API ? 'cloudflare' : 'other',
    options: { devices, seat },
    totals: totalsOf(rows),
    rows,
    steps,
  }
  return `${JSON.stringify(findings, undefined, 2)}\n`
}
