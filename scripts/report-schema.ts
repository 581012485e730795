/** Writes docs/report.schema.json, the JSON Schema of the report. */
import { writeFileSync } from 'node:fs'
import { toJsonSchema } from '@valibot/to-json-schema'
import { Report } from '../src/result/report-schema.ts'

export const REPORT_SCHEMA = new URL('../docs/report.schema.json', import.meta.url)

const DRAFT = 'https://json-schema.org/draft/2020-12/schema'

export function reportSchema(): string {
  const schema = toJsonSchema(Report, { target: 'draft-2020-12' })
  return `${JSON.stringify({ $schema: DRAFT, title: 'Report of revoke-cloudflare-access', ...schema }, null, 2)}\n`
}

if (import.meta.main) writeFileSync(REPORT_SCHEMA, reportSchema())
