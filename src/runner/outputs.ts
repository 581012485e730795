/** The outputs of the step, as strings for the runner. */
export interface Outputs {
  readonly revoked: 'true' | 'false'
  readonly 'revoked-count': string
  /** Empty when it is not known. */
  readonly 'failed-count': string
  /** Empty when it is not known. */
  readonly 'unknown-count': string
  /** JSON array of addresses; empty when it is not known. */
  readonly failed: string
  /** Path of the report; empty if there is none. */
  readonly report: string
}

/** What the outputs are until something better is known for sure. */
export const INITIAL_OUTPUTS: Outputs = {
  revoked: 'false',
  'revoked-count': '0',
  'failed-count': '',
  'unknown-count': '',
  failed: '',
  report: '',
}
