import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import * as v from 'valibot'
import { REPORT_SCHEMA } from '../../scripts/report-schema.ts'
import type { StepResult } from '../../scripts/step.ts'
import { Report as ReportSchema } from '../../src/result/report-schema.ts'

type AnyReport = v.InferOutput<typeof ReportSchema>

/** The report of a step whose inputs could be used. */
export type Report = AnyReport & { [Key in 'options' | 'lists' | 'totals']: NonNullable<AnyReport[Key]> }

/** Reads the report of a step whose inputs could be used. */
export function reportOf({ report }: StepResult): Report {
  const parsed = v.parse(ReportSchema, JSON.parse(report))
  const { options, lists, totals } = parsed
  if (options === undefined || lists === undefined || totals === undefined) {
    throw new Error('the inputs could not be used')
  }
  return { ...parsed, options, lists, totals }
}

// The schema itself is checked by documents/report.test.ts; here that would take longer than all reports.
const ajv = new Ajv2020({ allErrors: true, meta: false, validateSchema: false })
addFormats(ajv)
const isValid = ajv.compile(
  v.parse(v.record(v.string(), v.unknown()), JSON.parse(readFileSync(REPORT_SCHEMA, 'utf8'))),
)

/** Where the report of a step differs from docs/report.schema.json; nothing if there is no report. */
export function violationsOfSchema({ report }: StepResult): string[] {
  if (report === '' || isValid(JSON.parse(report))) return []
  return (isValid.errors ?? []).map(
    ({ instancePath, message = '', params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  )
}
