import { type ApiProblem, problemText } from '../cloudflare/problem.ts'
import { targetName } from '../cloudflare/target.ts'
import type { Options } from '../inputs/options.ts'
import type { Outcome } from '../revocation/outcome.ts'
import { warningsOf } from './control-texts.ts'
import { code, html, quoting } from '../text/markup.ts'
import { addressMask, cut, inQuotes, plainText, shortened } from '../text/plain-text.ts'
import { quantity } from '../text/measures.ts'
import { isNewlyDue, type User } from '../users/user.ts'

/** What a run with these options leaves untouched, in full sentences; empty if it covers everything. */
export function leftUntouched(options: Options): string {
  return [
    ...(options.devices
      ? []
      : [
          'Devices were left untouched, and may keep reaching private networks; `devices: true` revokes them too.',
        ]),
    ...(options.warpSessionReauth
      ? []
      : ['The WARP session was left untouched; `warp-session-reauth: true` ends it.']),
  ].join(' ')
}

/** What the revoke call covers: `Access tokens, devices and WARP session`. */
export function extentText(options: Options): string {
  const [first = '', ...others] = [
    'Access tokens',
    ...(options.devices ? ['devices'] : []),
    ...(options.warpSessionReauth ? ['WARP session'] : []),
  ]
  const last = others.pop()
  return [[first, ...others].join(', '), ...(last === undefined ? [] : [last])].join(' and ')
}

/** The target with a word before it; empty if none was given. */
export function targetText({ target }: Options, before: string): string {
  return target === undefined ? '' : `${before}${targetName(target)}`
}

/** That past users were left alone, and what to do if they should not be. */
export function pastText(past: number, { dueWithinDays }: Options): string {
  return `${quantity(past, 'user')} left more than ${quantity(dueWithinDays, 'day')} ago and ${past === 1 ? 'was' : 'were'} left alone; raise \`due-within-days\` to include them.`
}

/** What happened to a user who failed, without a full stop. It begins with whether the user is revoked. */
export function whatHappened(outcome: Outcome, { what }: Pick<ApiProblem, 'what'>): string {
  if (outcome.status === 'would_revoke') return `Would fail: ${continued(what)}`
  return outcome.revocation === 'confirmed' ? what : `Not revoked: ${continued(what)}`
}

/** Why a user is not revoked, or would not be, in full sentences with the remedy; undefined for other users. */
export function reasonOf(outcome: Outcome, { dryRun }: Options): string | undefined {
  switch (outcome.status) {
    case 'failed':
    case 'would_revoke': {
      const { problem } = outcome
      return problem && problemText({ ...problem, what: whatHappened(outcome, problem) })
    }
    case 'unknown':
      return warningsOf(outcome).join(' ')
    case 'skipped': {
      const when = outcome.revocation === 'unconfirmed' ? 'confirmed' : 'sent'
      const start =
        dryRun === false
          ? `Not revoked: the run was stopped before the revocation was ${when}`
          : 'Not checked'
      return `${start}. ${outcome.reason.what}.`
    }
    case 'revoked':
    case 'not_due':
    case 'past':
      return undefined
  }
}

/** A sentence as the continuation of another. */
function continued(sentence: string): string {
  return sentence.replace(/^(?:A|An|No|The) /, (word) => word.toLowerCase())
}

/** Text from outside is cut at this length; the action's own text never is. */
const MAX_LENGTH = 300

/** Texts in the job summary, as HTML: harmless, and with addresses masked where `mask-emails` is set. */
export class SummaryText {
  readonly #mask: (text: string) => string

  constructor(maskEmails: boolean) {
    this.#mask = addressMask(maskEmails)
  }

  /** Text from outside, as code, and short enough for a table. */
  words(text: string): string {
    return code(shortened(plainText(this.#mask(text)), MAX_LENGTH))
  }

  /** Text of the action's own; what stands between backticks becomes code. */
  own(text: string): string {
    return html(plainText(this.#mask(text)))
  }

  /** The action's own text that quotes text from outside, in quotation marks that the quoted text does not contain. */
  quoting(text: string): string {
    return quoting(plainText(this.#mask(text)))
  }
}

/** Longer references, such as the URLs of some tickets, are cut; the report has all of them. */
const MAX_REFERENCE_LENGTH = 200

/** References that need no quotation marks. */
const PLAIN_REFERENCE = /^[A-Za-z0-9._#/-]{1,40}$/

/** Two words may be the name of a person. */
const SEVERAL_WORDS = /[A-Za-z]{2}[^A-Za-z]+[A-Za-z]{2}/

/** Whether a reference looks like the number of a ticket: HR columns also contain names and notes. */
function isNumber(reference: string): boolean {
  return PLAIN_REFERENCE.test(reference) && /\d/.test(reference) && !SEVERAL_WORDS.test(reference)
}

/** The source of the only user in the input `email`, which says nothing. */
const ONLY_USER = 'email'

/**
 * How users are named in the log and the job summary. Where addresses are masked, their place in the list
 * distinguishes them, and only references that look like numbers are shown.
 */
export class UserNames {
  readonly #masked: boolean
  readonly #now: number
  readonly #text: SummaryText

  /** @param now - the time by which users are due, in milliseconds since the epoch */
  constructor(masked: boolean, now: number) {
    this.#masked = masked
    this.#now = now
    this.#text = new SummaryText(masked)
  }

  /** `leaver@example.com (HR-1041, newly due)`. The log itself masks the address. */
  inLog(user: User): string {
    const { source, reference, isNew } = this.#marks(user)
    const marks = [
      ...(source === undefined ? [] : [source]),
      ...(reference === undefined ? [] : [quoted(reference)]),
      ...(isNew ? ['newly due'] : []),
    ]
    return marks.length === 0 ? user.email : `${user.email} (${marks.join(', ')})`
  }

  /** The address, and what else identifies the user, each as HTML. */
  inSummary(user: User): [address: string, ...marks: string[]] {
    const { source, reference, isNew } = this.#marks(user)
    return [
      this.#text.words(user.email),
      ...(source === undefined ? [] : [this.#text.words(source)]),
      ...(reference === undefined ? [] : [code(plainText(reference))]),
      ...(isNew ? ['🆕&nbsp;newly due'] : []),
    ]
  }

  #marks(user: User): { source: string | undefined; reference: string | undefined; isNew: boolean } {
    const { source, reference = '' } = user
    const isShown = reference !== '' && (!this.#masked || isNumber(reference))
    return {
      source: this.#masked && source !== ONLY_USER ? source : undefined,
      reference: isShown ? cut(reference, MAX_REFERENCE_LENGTH) : undefined,
      isNew: isNewlyDue(user, this.#now),
    }
  }
}

/** In quotation marks, unless it is plain. */
function quoted(reference: string): string {
  return PLAIN_REFERENCE.test(reference) ? reference : inQuotes(reference)
}
