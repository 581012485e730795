import { addressMask, plainText, shortened } from '../text/plain-text.ts'
import { code, html, quoting } from '../text/markup.ts'

/** Words of others are cut at this length; what the action itself says never is. In characters. */
const LONGEST_WORDS = 300

/** How texts appear in the job summary, as HTML: harmless, and with addresses masked where they are to be. */
export class SummaryText {
  readonly #hide: (text: string) => string

  constructor(maskEmails: boolean) {
    this.#hide = addressMask(maskEmails)
  }

  /** Text from outside, as code, and short enough for a table. */
  words(text: string): string {
    return code(shortened(plainText(this.#hide(text)), LONGEST_WORDS))
  }

  /** A text of our own; what stands between backticks is code. */
  own(text: string): string {
    return html(plainText(this.#hide(text)))
  }

  /** A text of our own that quotes what came from outside, in quotation marks that the quoted text itself has not. */
  quoting(text: string): string {
    return quoting(plainText(this.#hide(text)))
  }
}
