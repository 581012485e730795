/** One error of Cloudflare's v4 envelope. */
export interface ApiError {
  code: number
  message: string
  error_chain?: ApiError[]
}

export const RATE_LIMITED: ApiError = {
  code: 10013,
  message: 'Rate limited. Please wait and consider throttling your request speed',
}

/** Cloudflare's v4 envelope around a result. */
export function success(result: unknown, more: Record<string, unknown> = {}): Record<string, unknown> {
  return { success: true, errors: [], messages: [], result, ...more }
}

/** Cloudflare's v4 envelope around errors. */
export function failure(errors: ApiError[], more: Record<string, unknown> = {}): Record<string, unknown> {
  return { success: false, errors, messages: [], result: null, ...more }
}

/** A call that Cloudflare would turn away. Nothing takes effect once it is thrown. */
export class Rejection extends Error {
  readonly status: number
  readonly errors: ApiError[]

  constructor(status: number, ...errors: [ApiError, ...ApiError[]]) {
    super(errors[0].message)
    this.status = status
    this.errors = errors
  }
}

/** The rejection of a call whose header, query or body is not as the reference has it. */
export function badRequest(message: string): Rejection {
  return new Rejection(400, { code: 10001, message })
}
