import { expect } from '@jest/globals'
import { reportOf } from '../support/report.ts'
import type { With } from '../support/scene.ts'

/** All users of the embedded organization. */
export const DEMO = ['leaver', 'contractor', 'intern', 'colleague'].map((name) => `${name}@example.com`)

/** A review by an export of the whole staff, with dates. */
export const REVIEW: With = {
  email: null,
  'users-file': 'staff.csv',
  'blank-date': 'not-due',
  verify: 'true',
  'dry-run': 'true',
  'not-listed': 'fail',
  'request-timeout': '300',
}

/** The warning of every run: the API is not Cloudflare's. */
export const ELSEWHERE: unknown = expect.stringContaining("which is not Cloudflare's")

/** The files of a step whose list has these rows, each an address and perhaps a date after a comma. */
export function staff(...rows: readonly string[]): { files: Record<string, string> } {
  const cells = rows.map((row) => (row.includes(',') ? row : `${row},`))
  return { files: { 'staff.csv': ['email,revoke_after', ...cells, ''].join('\n') } }
}

/** The addresses that the report names. */
export function namedIn(result: Parameters<typeof reportOf>[0]): string[] | undefined {
  return reportOf(result).not_listed?.map(({ email }) => email)
}
