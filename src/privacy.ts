/** How addresses appear in what people read: the log, the annotations and the job summary. */
export class Privacy {
  readonly #mask: boolean

  /** @param mask - whether addresses are kept out of them (`mask-emails`) */
  constructor(mask: boolean) {
    this.#mask = mask
  }

  /** The address, or enough of it to recognize it by: `j***@example.com`. */
  address(email: string): string {
    if (!this.#mask) return email
    const [first = ''] = email
    return `${first}***${email.slice(email.lastIndexOf('@'))}`
  }

  /** A text about the user, in which Cloudflare may have repeated the address. */
  text(text: string, email: string): string {
    if (!this.#mask) return text
    return text.replaceAll(new RegExp(RegExp.escape(email), 'gi'), this.address(email))
  }
}
