import * as v from 'valibot'
import { answerViolations } from '../../embedded-api/description/description.ts'
import { type Answer, limitsIn, resultOf } from './account.ts'
import { each, listsIn, type Question } from './question.ts'

/** By Cloudflare's documentation, "Rate limits". */
const QUOTA = '1200 calls in 300 seconds'
/** Requested. */
const PER_PAGE = 1_000

const TokenStatus = v.object({ status: v.string() })

/** About all answers: headers, paging, and shape. */
export const ANSWER_QUESTIONS: readonly Question[] = [
  {
    id: 'token_status',
    text: "The verify endpoint that fits the token's owner answers `active`.",
    otherwise: 'Dry runs fail with a token that is valid.',
    judge: ({ answers }) => {
      const verified = answers.map((answer) => resultOf(answer, TokenStatus)?.status)
      const isActive = verified.includes('active')
      return [isActive, isActive ? '' : 'neither for users nor for accounts']
    },
  },
  {
    id: 'total_count',
    text: '`result_info` of the list of users has a `total_count`.',
    otherwise: 'A lookup takes another call, for an empty page.',
    judge: ({ answers }) =>
      each(listsIn(answers, 'list_users'), ({ info }) => typeof info?.['total_count'] === 'number', 'lists'),
  },
  {
    id: 'list_counts',
    text: 'In `result_info`, `count` is the number of listed records, and `total_count` is not smaller.',
    otherwise: 'The action takes complete lists for incomplete ones.',
    judge: ({ answers }) =>
      each(
        listsIn(answers).filter(({ info }) => info !== undefined),
        ({ result: { length }, info }) =>
          (info?.['count'] ?? length) === length && Number(info?.['total_count'] ?? length) >= length,
        'lists with a `result_info`',
      ),
  },
  {
    id: 'page_of_users',
    text: `The list of users has pages of up to ${PER_PAGE} users.`,
    otherwise: 'Looking up many users takes more calls than docs/benchmarks.md says.',
    judge: ({ answers }) =>
      each(
        listsIn(answers, 'list_users').flatMap(({ info }) => info?.['per_page'] ?? []),
        (perPage) => perPage === PER_PAGE,
        'lists with a `per_page`',
      ),
  },
  {
    id: 'rate_limit_headers',
    text: 'Each answer has `Ratelimit` (r, t) and `Ratelimit-Policy` (q, w) as structured fields.',
    otherwise: 'The action keeps to the documented rate limit instead.',
    judge: ({ answers }) =>
      each(
        answers,
        ({ headers }) =>
          limitsIn(headers['ratelimit'], 'r', 't').length > 0 &&
          limitsIn(headers['ratelimit-policy'], 'q', 'w').length > 0,
        'answers',
      ),
  },
  {
    id: 'rate_limit_quota',
    text: `The rate limit is ${QUOTA}.`,
    otherwise: 'The action is slower than it could be, or meets the rate limit where headers are missing.',
    judge: ({ answers }) => {
      const policies = answers.flatMap(({ headers }) => limitsIn(headers['ratelimit-policy'], 'q', 'w'))
      const quotas = new Set(policies.map(([calls, seconds]) => `${calls} calls in ${seconds} seconds`))
      return quotas.size === 0 ? 'no `Ratelimit-Policy`' : [quotas.has(QUOTA), [...quotas].join(', ')]
    },
  },
  {
    id: 'date_header',
    text: 'Each answer has a `Date` in the preferred form of RFC 9110.',
    otherwise: 'Verification fails, because it compares times by this header.',
    judge: ({ answers }) =>
      each(answers, ({ headers: { date } }) => new Date(String(date)).toUTCString() === date, 'answers'),
  },
  {
    id: 'ray_id',
    text: 'Each answer has a `cf-ray`.',
    otherwise: "Messages have no ray ID for Cloudflare's support.",
    judge: ({ answers }) => each(answers, ({ headers }) => typeof headers['cf-ray'] === 'string', 'answers'),
  },
  {
    id: 'description',
    text: "Each answer fits Cloudflare's own OpenAPI description.",
    otherwise: 'The tests rest on a description that is not true.',
    judge: ({ answers }) => {
      // Failures of the server are not described, and may come from a proxy.
      const described = answers.filter(({ status }) => status < 500)
      const violations = [...new Set(described.flatMap(violationsOf))]
      return [violations.length === 0, violations.join('; ') || `${described.length} answers`]
    },
  },
]

/** The place and the rule of each violation, without keys that may be IDs, and without positions. */
function violationsOf(answer: Answer): string[] {
  return answerViolations(answer, answer.status, answer.body).map(({ part, pointer, keyword, message }) => {
    const place = pointer.replaceAll(/[^/]*[^a-z_/][^/]*/g, '*')
    return `${answer.operation}, ${part}${place}: ${keyword === 'other' ? 'other' : message}`
  })
}
