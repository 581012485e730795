import { apiErrorText } from '../cloudflare/problem.ts'
import type { Options } from '../inputs/options.ts'
import { checksOf, type Outcome } from '../revocation/outcome.ts'
import { code, quotesToHtml } from '../text/markup.ts'
import { timeInZone } from '../text/measures.ts'
import { addressMask, plainText, shortened } from '../text/plain-text.ts'
import { problemText } from '../text/problem.ts'
import type { BadRow } from '../users/user.ts'
import { CONTROLS } from '../verify/controls.ts'
import { CONTROL_WORDS, OUTCOMES, STATES, wordsOf } from './outcome-table.ts'
import { readTexts, userName } from './user-text.ts'

/** Text from outside is cut at this length; the action's own text never is. */
const MAX_LENGTH = 300

/** Makes HTML of texts: harmless, and with addresses masked where `mask-emails` is set. */
export class SummaryText {
  readonly #mask: (text: string) => string

  constructor(maskEmails: boolean) {
    this.#mask = addressMask(maskEmails)
  }

  /** Text of the action's own; what stands in backticks or quotation marks becomes code. */
  actionText(text: string): string {
    return quotesToHtml(plainText(this.#mask(text)))
  }

  /** Text from outside, as code, and short. */
  outsideText(text: string): string {
    return code(shortened(plainText(this.#mask(text)), MAX_LENGTH))
  }
}

/** What the job summary says of a user, or of a row that could not be used. All texts are HTML. */
export interface SummaryRow {
  readonly noun: 'user' | 'row'
  /** The address or place, and what else identifies the user. */
  readonly name: readonly string[]
  readonly result: string
  /** What happened, what to do about it, and what was read. */
  readonly details: readonly string[]
  /** Identifies the call to Cloudflare support: it differs between users even if all else is the same. */
  readonly rayId?: string
}

/** The row of a user. Only failures and warnings have a ray ID; the report has all of them. */
export function rowOf(outcome: Outcome, options: Options, text: SummaryText, now: number): SummaryRow {
  const { email, detail, isNew } = userName(outcome.user, options, now)
  const { mark, label } = wordsOf(outcome, options)
  const warnings = checksOf(outcome)?.warnings ?? []
  const problem = 'problem' in outcome ? outcome.problem : undefined
  const rayId = problem?.rayId ?? ('rayId' in outcome ? outcome.rayId : undefined)
  return {
    noun: 'user',
    name: [
      text.outsideText(email),
      ...(detail === '' ? [] : [text.outsideText(detail)]),
      ...(isNew ? ['🆕&nbsp;newly due'] : []),
    ],
    result: marked(mark, label),
    details: [
      ...happened(outcome, options, text),
      ...warnings.map((warning) => `⚠️ ${text.actionText(problemText(warning))}`),
      ...controlLines(outcome, options, text),
    ],
    ...(rayId !== undefined && (problem ?? warnings[0]) !== undefined && { rayId: text.outsideText(rayId) }),
  }
}

export function badRowOf({ source, problems }: BadRow, text: SummaryText): SummaryRow {
  return {
    noun: 'row',
    name: [text.outsideText(source)],
    result: marked('❌', 'not used'),
    details: problems.map((problem) => text.actionText(problem)),
  }
}

function marked(mark: string, label: string): string {
  return `${mark}&nbsp;${label}`
}

function happened(outcome: Outcome, options: Options, text: SummaryText): string[] {
  switch (outcome.status) {
    case 'failed':
    case 'would_revoke': {
      const { problem } = outcome
      if (problem === undefined) return dateLine(outcome, 'due since', options)
      const { errors, remedy } = problem
      return [
        text.actionText(`${problem.what}.`),
        ...errors.map((error) => text.outsideText(apiErrorText(error))),
        ...(remedy === undefined ? [] : [text.actionText(remedy)]),
      ]
    }
    case 'skipped':
      return outcome.revocation === 'unconfirmed' ? ['Sent, but not confirmed before the run stopped.'] : []
    case 'not_due':
      return dateLine(outcome, 'due from', options)
    case 'past':
      return dateLine(outcome, 'was due from', options)
    case 'revoked':
    case 'unknown':
      return []
  }
}

/** The date as listed, and what it means; empty for a user without one. */
function dateLine({ user: { revokeAfter } }: Outcome, what: string, { timezone }: Options): string[] {
  return revokeAfter === undefined
    ? []
    : [`${code(revokeAfter.text)}: ${what} ${timeInZone(revokeAfter.at, timezone)}`]
}

/** `✅ 3 sessions before, none left`; controls of which nothing was read are told together. */
function controlLines(outcome: Outcome, options: Options, text: SummaryText): string[] {
  const checks = checksOf(outcome)
  const texts = readTexts(outcome, options)
  if (checks === undefined) return []
  if (outcome.status === 'would_revoke') {
    const now = Object.values(texts).join('; ')
    return now === '' ? [] : [text.actionText(`Now: ${now}`)]
  }
  if (outcome.status !== 'revoked' && outcome.status !== 'failed') return []
  if (outcome.revocation === 'unconfirmed') return []
  const seen = CONTROLS.flatMap((name) => {
    const { [name]: state } = checks.controls
    const { [name]: read } = texts
    return state === 'not_requested' || read === undefined
      ? []
      : [`${STATES[state].mark} ${text.actionText(read)}`]
  })
  // The result says the same of a user of whom nothing was read.
  const isOnlyAccepted = wordsOf(outcome, options) === OUTCOMES.accepted
  const unread = UNREAD_STATES.flatMap((state) => {
    const names = CONTROLS.filter((name) => checks.controls[name] === state && texts[name] === undefined)
    if (names.length === 0 || (isOnlyAccepted && state === 'confirmed')) return []
    const { mark, label } = STATES[state]
    return [`${mark} ${names.map((name) => CONTROL_WORDS[name].label).join(', ')}: ${label}`]
  })
  return [...seen, ...unread]
}

const UNREAD_STATES = ['verified', 'failed', 'not_known', 'confirmed'] as const
