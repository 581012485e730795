/** When what was taken away disappears from the lists. */
export interface Propagation {
  /** Milliseconds of the clock until the first session or registration of a user is gone. */
  readonly afterMs: number
  /** How much later each further one of the same user follows, in milliseconds. */
  readonly apartMs: number
}
