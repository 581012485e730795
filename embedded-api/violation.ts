/** One thing in which a request or an answer differs from the description. */
export interface Violation {
  /** The part of the request or answer: `query`, `body`, `answer 200`, and so on. */
  readonly part: string
  /** JSON pointer within that part; empty for the whole. */
  readonly pointer: string
  /** The keyword of JSON Schema that is not fulfilled, or `other`. */
  readonly keyword: string
  /** What is wrong, such as `must be boolean`. It never repeats a credential. */
  readonly message: string
  /** The value that is wrong. */
  readonly value?: unknown
}

/** A violation in words. */
export function violationText({ part, pointer, message }: Violation): string {
  return `${part}${pointer}: ${message}`
}

/** A violation that no JSON schema can tell. */
export function other(part: string, message: string): Violation {
  return { part, pointer: '', keyword: 'other', message }
}
