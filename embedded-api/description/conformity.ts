import type { RecordedRequest } from '../http/journal.ts'
import { API_PREFIX } from '../http/route.ts'
import { answerViolations, requestViolations, type Violation, violationText } from './description.ts'

/** The violations of Cloudflare's description by a request and its answer, except for what is exempt. */
export function violationsOf(record: RecordedRequest): string[] {
  const { method, search: query, headers, bodyText, body, status = 0, answer } = record
  const path = record.path.replace(API_PREFIX, '')
  const request = { method, path, query, headers, ...(bodyText !== '' && { body }) }
  return [
    ...(isRequestExempt(record) ? [] : requestViolations(request)),
    ...(isAnswerExempt(record) ? [] : answerViolations(request, status, answer)),
  ]
    .filter((violation) => !isViolationExempt(violation))
    .map((violation) => `${method} ${record.path}: ${violationText(violation)}`)
}

/**
 * A client that hangs up midway sends an incomplete request. And the reference page of revoke_user lists the same
 * parameters and credentials for a zone as for an account; the description does not.
 */
function isRequestExempt({ complete, path }: RecordedRequest): boolean {
  return !complete || path.startsWith(`${API_PREFIX}/zones/`)
}

/**
 * A test orders an answer, or a world that does not fit the description, to see how the action handles it. And the
 * description has no answers for failures of the server: proxies and gateways answer some of them.
 */
function isAnswerExempt({ faulted, fitsDescription, status }: RecordedRequest): boolean {
  return faulted || !fitsDescription || status === undefined || status >= 500
}

/** JSON Schema knows only ASCII in email addresses, and no white space around them. Others exist. */
function isViolationExempt({ keyword, value }: Violation): boolean {
  return (
    keyword === 'format' && typeof value === 'string' && value.includes('@') && /^\s|\s$|[^ -~]/.test(value)
  )
}
