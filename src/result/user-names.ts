import { code } from '../text/markup.ts'
import { plainText } from '../text/plain-text.ts'
import { isNewlyDue, type User } from '../users/user.ts'
import { SummaryText } from './summary-text.ts'

/** References that can be nothing but numbers of tickets and the like. HR columns hold more than that. */
const PLAIN_REFERENCE = /^[A-Za-z0-9._#/-]{1,40}$/

/** The source of the only user in the input `email`, which says nothing. */
const ONLY_USER = 'email'

/**
 * How users are named in the log and the job summary. Where addresses are masked, their place in the list tells them
 * apart, and of their references only those are shown that can be no name.
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

  /** As `leaver@example.com (HR-1041, newly due)`. The log itself masks the address. */
  inLog(user: User): string {
    const { source, reference, isNew } = this.#marks(user)
    const marks = [
      ...(source === undefined ? [] : [source]),
      ...(reference === undefined ? [] : [quoted(reference)]),
      ...(isNew ? ['newly due'] : []),
    ]
    return marks.length === 0 ? user.email : `${user.email} (${marks.join(', ')})`
  }

  /** The address, and what else tells who it is, each as HTML. */
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
    const isShown = reference !== '' && (!this.#masked || PLAIN_REFERENCE.test(reference))
    return {
      source: this.#masked && source !== ONLY_USER ? source : undefined,
      reference: isShown ? reference : undefined,
      isNew: isNewlyDue(user, this.#now),
    }
  }
}

/** In quotation marks that the reference itself has not, unless it is plain. */
function quoted(reference: string): string {
  if (PLAIN_REFERENCE.test(reference)) return reference
  return `"${reference.replaceAll('"', String.raw`\u{0022}`)}"`
}
