import { cloudflareDescription } from './description.ts'
import type { RecordedRequest } from '../http/journal.ts'
import { API_PREFIX } from '../http/route.ts'
import { type Violation, violationText } from './schemas.ts'

/** An exemption from the comparison with Cloudflare's description, with its reason. */
export interface Exemption {
  readonly reason: string
  /** Requests that are exempt. */
  readonly request?: (record: RecordedRequest) => boolean
  /** Answers that are exempt. */
  readonly answer?: (record: RecordedRequest) => boolean
  /** Single violations, of requests and answers, that are accepted. */
  readonly violation?: (violation: Violation) => boolean
}

/** Everything that is exempt. */
export const EXEMPTIONS: readonly Exemption[] = [
  {
    reason: 'A test orders this answer, to see how the action handles it.',
    answer: ({ faulted }) => faulted,
  },
  {
    reason: 'A test orders a world that does not fit the description.',
    answer: ({ fitsDescription }) => !fitsDescription,
  },
  {
    reason:
      'The description has no answers for failures of the server. Proxies and gateways answer some of them.',
    answer: ({ status = 0 }) => status >= 500,
  },
  {
    reason:
      'The reference page of revoke_user lists the same parameters and credentials for a zone as for an account.',
    request: ({ path }) => path.startsWith(`${API_PREFIX}/zones/`),
  },
  {
    reason: 'Some error codes of Access are words, such as access.api.error.not_enabled.',
    violation: ({ part, pointer, value }) =>
      part.startsWith('answer') && /^\/errors\/\d+\/code$/.test(pointer) && typeof value === 'string',
  },
  {
    reason: 'A test orders an address with white space around it.',
    violation: ({ part, keyword, value }) =>
      part.startsWith('answer') &&
      keyword === 'format' &&
      typeof value === 'string' &&
      value !== value.trim() &&
      value.includes('@'),
  },
  {
    reason: 'JSON Schema knows only ASCII in email addresses. Internationalized ones exist.',
    violation: ({ keyword, value }) =>
      keyword === 'format' && typeof value === 'string' && value.includes('@') && /[^ -~]/.test(value),
  },
]

/** The violations of Cloudflare's description by a request and its answer, except for the {@link EXEMPTIONS}. */
export function violationsOf(record: RecordedRequest): string[] {
  return [...requestViolations(record), ...answerViolations(record)]
    .filter((violation) => !EXEMPTIONS.some((exemption) => exemption.violation?.(violation)))
    .map((violation) => `${record.method} ${record.path}: ${violationText(violation)}`)
}

function requestViolations(record: RecordedRequest): Violation[] {
  // A client that hangs up midway sends an incomplete request.
  if (!record.complete || EXEMPTIONS.some(({ request }) => request?.(record))) return []
  const { method, headers, search: query, bodyText, body } = record
  const request = { method, path: pathOf(record), query, headers }
  return cloudflareDescription().requestViolations(bodyText === '' ? request : { ...request, body })
}

function answerViolations(record: RecordedRequest): Violation[] {
  const { method, status, answer } = record
  if (status === undefined || EXEMPTIONS.some((exemption) => exemption.answer?.(record))) return []
  return cloudflareDescription().answerViolations({ method, path: pathOf(record) }, status, answer)
}

function pathOf({ path }: RecordedRequest): string {
  return path.replace(API_PREFIX, '')
}
