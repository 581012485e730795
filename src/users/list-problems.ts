import type { FilePlace, TellProblem } from '../runner/input-reader.ts'
import { quantity } from '../text/quantity.ts'

/** Nobody reads more of them, and a file can have millions of bad lines. */
const MOST_TOLD = 100

/** Takes the problems of lists, tells the first ones, and counts the others. */
export class ListProblems {
  readonly #tell: TellProblem
  #count = 0

  constructor(tell: TellProblem) {
    this.#tell = tell
  }

  readonly add = (sentence: string, at?: FilePlace): void => {
    this.#count += 1
    if (this.#count <= MOST_TOLD) this.#tell(sentence, at)
  }

  /** Tells how many there are besides. */
  close(): void {
    const more = this.#count - MOST_TOLD
    if (more > 0) this.#tell(`The lists have ${quantity(more, 'more problem')}: fix the ones above first.`)
  }
}
