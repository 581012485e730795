import * as v from 'valibot'
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

/** Where the report of a step differs from its schema, the source of docs/report.schema.json; nothing if there is none. */
export function violationsOfSchema({ report }: StepResult): string[] {
  if (report === '') return []
  const { issues = [] } = v.safeParse(ReportSchema, JSON.parse(report))
  return issues.map((issue) => `${v.getDotPath(issue) ?? ''} ${issue.message}`)
}
