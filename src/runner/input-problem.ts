/** Where in a file of the workspace something is wrong. */
export interface FilePlace {
  /** Relative to the workspace; undefined if the file is elsewhere, or there is none. */
  readonly file?: string
  readonly line?: number
}

/** What is wrong with the inputs: a full sentence with its remedy. */
export interface InputProblem extends FilePlace {
  readonly text: string
}

/** Takes note of a problem: a full sentence that names the input or the place in the list, and the remedy. */
export type TellProblem = (sentence: string, at?: FilePlace) => void
