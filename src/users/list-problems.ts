import type { FilePlace, ReportProblem } from '../runner/input-reader.ts'
import { quantity } from '../text/quantity.ts'

/** A file can have millions of bad lines. */
const MAX_REPORTED = 100

/** Reports the first problems of the lists, and counts the others. */
export class ListProblems {
  readonly #report: ReportProblem
  #count = 0

  constructor(report: ReportProblem) {
    this.#report = report
  }

  readonly add = (sentence: string, at?: FilePlace): void => {
    this.#count += 1
    if (this.#count <= MAX_REPORTED) this.#report(sentence, at)
  }

  /** Reports how many more there are. */
  close(): void {
    const more = this.#count - MAX_REPORTED
    if (more > 0) this.#report(`The lists have ${quantity(more, 'more problem')}: fix the ones above first.`)
  }
}
