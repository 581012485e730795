/** Where in a list of users a problem is. */
export interface Place {
  /** For people: `leavers.csv:12`, `email:2`. */
  readonly source: string
  /** The file, relative to the workspace; undefined for a file elsewhere, and where there is no file. */
  readonly file?: string
  /** From 1. */
  readonly line?: number
}

/** Whom a problem concerns. `transient`: it may pass. `all_users`: it would happen to every other user as well. */
export type Scope = 'transient' | 'user' | 'all_users'

/**
 * What is wrong, and what to do about it. Texts contain no secret, but quote what came from outside as it is: what shows
 * them has to mask addresses and then to escape, in this order.
 */
export interface Problem {
  /** A sentence without its full stop. */
  readonly what: string
  /** Full sentences; undefined where there is nothing to say. */
  readonly remedy?: string
  readonly at?: Place
  readonly scope?: Scope
}

/** What was read, as far as it could be, and what is wrong with it. */
export interface Checked<Value> {
  readonly value: Value
  readonly problems: readonly Problem[]
}

export function problem(what: string, remedy?: string, at?: Place): Problem {
  return { what, ...(remedy !== undefined && { remedy }), ...(at !== undefined && { at }) }
}

export function withPlace(problems: readonly Problem[], at: Place): Problem[] {
  return problems.map((found) => ({ ...found, at }))
}

export function isProblem(checked: object | undefined): checked is Problem {
  return checked !== undefined && 'what' in checked
}

/** The problem as one paragraph, without its place. */
export function problemText({ what, remedy }: Problem): string {
  return `${what}.${remedy === undefined ? '' : ` ${remedy}`}`
}

/** The same after its place. */
export function placedText(problem: Problem): string {
  const { source = '' } = problem.at ?? {}
  return source === '' ? problemText(problem) : `${source}: ${problemText(problem)}`
}

/** The problem with each of its texts changed, such as redacted or masked. */
export function withTexts({ what, remedy, at, ...rest }: Problem, change: (text: string) => string): Problem {
  const file = at?.file === undefined ? {} : { file: change(at.file) }
  const place = at === undefined ? undefined : { ...at, source: change(at.source), ...file }
  return { ...rest, ...problem(change(what), remedy === undefined ? undefined : change(remedy), place) }
}
