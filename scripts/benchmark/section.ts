/** A bound that a measurement is held to. */
export interface Goal {
  readonly what: string
  readonly bound: string
  readonly measured: string
  readonly met: boolean
}

/** Where one of the two contenders did better, figure by figure. */
export interface Comparison {
  readonly where: string
  /** The figures in which this action did better. */
  readonly ours: readonly string[]
  /** The figures in which the SDK did better. */
  readonly theirs: readonly string[]
}

/** One part of the benchmark, measured. */
export interface Section {
  readonly title: string
  /** What was measured, and how: a paragraph. */
  readonly method: string
  readonly table: Table
  readonly goals: readonly Goal[]
  readonly comparisons: readonly Comparison[]
}

/** A Markdown table that shows each row as it comes. */
export class Table {
  readonly #show: (line: string) => void
  readonly #lines: string[] = []

  /** @param show - takes each line of the table at once */
  constructor(header: readonly string[], show: (line: string) => void) {
    this.#show = show
    this.add(header)
    this.#add(`|${' --- |'.repeat(header.length)}`)
  }

  add(cells: readonly string[]): void {
    this.#add(`| ${cells.join(' | ')} |`)
  }

  get markdown(): string {
    return this.#lines.join('\n')
  }

  #add(line: string): void {
    this.#lines.push(line)
    this.#show(line)
  }
}
