import * as v from 'valibot'
import { cloudflareDescription } from '../../embedded-api/description/description.ts'
import type { Violation } from '../../embedded-api/description/schemas.ts'
import { readQuotas, readRoom } from '../../src/cloudflare/rate-limit.ts'
import { type Assumption, confirmed, contradicted, judgeEach, notSeen } from './assumption.ts'
import { answersTo, dateOf, operationOf, type RecordedAnswer, resultOf } from './recorded-answer.ts'

/** By Cloudflare's documentation, "Rate limits". */
const QUOTA = { calls: 1_200, window: 300_000 }
/** Requested. */
const PER_PAGE = 1_000

const List = v.object({
  result: v.nullable(v.array(v.unknown())),
  result_info: v.optional(v.record(v.string(), v.unknown())),
})
const TokenStatus = v.object({ status: v.string() })

/** Assumptions about all answers: headers, paging, and shape. */
export const ANSWER_ASSUMPTIONS: readonly Assumption[] = [
  {
    id: 'token_status',
    text: "The verify endpoint that fits the token's owner answers `active`.",
    judge: ({ answers }) => {
      const verified = answersTo(answers, 'verify_user_token', 'verify_account_token')
      if (verified.length === 0) return notSeen('not called')
      const active = verified.filter((answer) => resultOf(answer, TokenStatus)?.status === 'active')
      return active.length > 0
        ? confirmed(active.some(({ path }) => path.startsWith('/user/')) ? 'user' : 'account')
        : contradicted('no endpoint did')
    },
  },
  {
    id: 'total_count',
    text: '`result_info` of the list of users has a `total_count`.',
    judge: ({ answers }) =>
      judgeEach(
        listsIn(answersTo(answers, 'list_users')),
        ({ result_info: info }) => typeof info?.['total_count'] === 'number',
        'lists',
      ),
  },
  {
    id: 'list_counts',
    text: 'In `result_info`, `count` is the number of listed records, and `total_count` is not smaller.',
    judge: ({ answers }) =>
      judgeEach(
        listsIn(answers).filter(({ result_info: info }) => info !== undefined),
        ({ result, result_info: { count, total_count: total } = {} }) => {
          const records = result?.length ?? 0
          return (
            (count === undefined || count === records) &&
            (total === undefined || total === null || (typeof total === 'number' && total >= records))
          )
        },
        'lists with a `result_info`',
      ),
  },
  {
    id: 'no_total_pages',
    text: '`result_info` has no `total_pages`.',
    judge: ({ answers }) =>
      judgeEach(
        listsIn(answers),
        ({ result_info: info }) => info === undefined || !('total_pages' in info),
        'lists',
      ),
  },
  {
    id: 'page_of_users',
    text: `The list of users has pages of up to ${PER_PAGE} users.`,
    judge: ({ answers }) =>
      judgeEach(
        listsIn(answersTo(answers, 'list_users')).filter(
          ({ result_info: info }) => info?.['per_page'] !== undefined,
        ),
        ({ result_info: info }) => info?.['per_page'] === PER_PAGE,
        'lists with a `per_page`',
      ),
  },
  {
    id: 'rate_limit_headers',
    text: 'Each answer has `Ratelimit` (r, t) and `Ratelimit-Policy` (q, w) as structured fields.',
    judge: ({ answers }) =>
      judgeEach(
        answers,
        ({ headers }) =>
          readRoom(headers['ratelimit']).length > 0 && readQuotas(headers['ratelimit-policy']).length > 0,
        'answers',
      ),
  },
  {
    id: 'rate_limit_quota',
    text: `The rate limit is ${QUOTA.calls} calls in ${QUOTA.window / 1_000} seconds.`,
    judge: ({ answers }) => {
      const quotas = answers.flatMap(({ headers }) => readQuotas(headers['ratelimit-policy']))
      const texts = new Set(quotas.map(({ calls, window }) => `${calls} in ${window / 1_000} s`))
      if (quotas.length === 0) return notSeen('no `Ratelimit-Policy`')
      return quotas.some(({ calls, window }) => calls === QUOTA.calls && window === QUOTA.window)
        ? confirmed()
        : contradicted([...texts].join(', '))
    },
  },
  {
    id: 'date_header',
    text: 'Each answer has a `Date` in the preferred form of RFC 9110.',
    judge: ({ answers }) => judgeEach(answers, (answer) => dateOf(answer) !== undefined, 'answers'),
  },
  {
    id: 'ray_id',
    text: 'Each answer has a `cf-ray`.',
    judge: ({ answers }) =>
      judgeEach(answers, ({ headers }) => typeof headers['cf-ray'] === 'string', 'answers'),
  },
  {
    id: 'description',
    text: "Each answer fits Cloudflare's own OpenAPI description.",
    judge: ({ answers }) => {
      // Failures of the server are not described, and may come from a proxy.
      const described = answers.filter(({ status }) => status < 500)
      const violations = new Set(described.flatMap(violationsOf))
      if (described.length === 0) return notSeen('no answers')
      return violations.size === 0
        ? confirmed(`${described.length} answers`)
        : contradicted([...violations].join('; '))
    },
  },
]

function listsIn(answers: readonly RecordedAnswer[]): v.InferOutput<typeof List>[] {
  return answers.flatMap(({ body }) => {
    const list = v.safeParse(List, body)
    return list.success ? [list.output] : []
  })
}

function violationsOf(answer: RecordedAnswer): string[] {
  return cloudflareDescription()
    .answerViolations(answer, answer.status, answer.body)
    .map((violation) => `${operationOf(answer) ?? 'another call'}, ${placeText(violation)}`)
}

/** The place and the rule, without keys that may be IDs, and without positions. */
function placeText({ part, pointer, keyword, message }: Violation): string {
  const place = pointer
    .split('/')
    .map((segment) => (/^[a-z_]*$/.test(segment) ? segment : '*'))
    .join('/')
  return `${part}${place}: ${keyword === 'other' ? 'other' : message}`
}
