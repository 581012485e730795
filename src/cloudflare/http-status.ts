import { STATUS_CODES } from 'node:http'
import { type ApiError, type Problem, PROXY_REMEDY } from './problem.ts'
import { hintFor } from './error-hints.ts'

/** HTTP statuses of failures that may pass; 5xx come on top. 429 is the rate limit's and no failure of the call. */
const TRANSIENT = new Set([408, 425])

/**
 * What an answer means that refuses the call: whom it concerns, whether it may pass, and what to do about it.
 *
 * @param enveloped - whether it came in the v4 envelope, so most likely from Cloudflare
 * @param errors - all errors of the envelope
 * @param permission - the account permission that the call takes
 */
export function refusal(
  status: number,
  enveloped: boolean,
  errors: readonly ApiError[],
  permission?: string,
): Pick<Problem, 'what' | 'remedy' | 'scope' | 'errors' | 'permission'> {
  const hint = hintFor(status, errors)
  // 401 is about who somebody is: a token that Cloudflare does not accept needs no further permission.
  const lacking = hint?.permission === true && status !== 401 ? permission : undefined
  const give = lacking === undefined ? [] : [`Give the token the account permission "${lacking}".`]
  const remedy = [hint?.remedy ?? remedyFor(status, enveloped) ?? [], give].flat().join(' ')
  const transient = TRANSIENT.has(status) || status >= 500
  const affectsAllUsers = hint?.affectsAllUsers === true || (status === 404 && !enveloped)
  return {
    what: isRedirect(status)
      ? `Something answered with a redirect (${statusText(status)}), which is not followed`
      : `Cloudflare answered ${statusText(status)}${status <= 299 ? ' with "success": false' : ''}`,
    ...(remedy !== '' && { remedy }),
    ...(lacking !== undefined && { permission: lacking }),
    scope: transient ? 'transient' : affectsAllUsers ? 'all_users' : 'user',
    errors,
  }
}

/** `404 Not Found`. */
export function statusText(status: number): string {
  return [status, STATUS_CODES[status]].filter(Boolean).join(' ')
}

function remedyFor(status: number, enveloped: boolean): string | undefined {
  if (status >= 500) return 'Check https://www.cloudflarestatus.com, and run the step again later.'
  if (isRedirect(status)) return 'Check `api-base-url`, and whether a proxy asks for a login.'
  if (status === 404 && !enveloped) return 'This is not the API: check `api-base-url`.'
  return enveloped ? undefined : PROXY_REMEDY
}

function isRedirect(status: number): boolean {
  return status >= 300 && status <= 399
}
