import type { StopReason } from '../runner/run-stop.ts'
import { shortened } from '../text/plain-text.ts'
import type { Call, FailedCall } from './client.ts'
import type { Credential } from './credential.ts'
import type { Endpoints } from './endpoints.ts'
import { describe } from './problem.ts'
import type { TokenStatus } from './records.ts'
import type { Target } from './target.ts'

/** The result of checking the credential in a dry run. */
export interface CredentialCheck extends StopReason {
  readonly verdict: 'passed' | 'unchecked' | 'failed'
}

/**
 * Asks Cloudflare whether the credential is active, at the endpoint that fits its kind. It only reads.
 *
 * An account-owned token can be checked at its account alone, which a run for a zone does not know.
 */
export async function checkCredential(
  endpoints: Endpoints,
  credential: Credential,
  target: Target,
): Promise<CredentialCheck> {
  if (credential.kind === 'global-api-key') {
    const call = await endpoints.userDetails()
    return call.kind === 'result'
      ? { verdict: 'passed', what: 'The Global API key is active', remedy: NOT_CHECKED }
      : failed('The Global API key', call)
  }
  const { owner } = credential
  if (owner === 'account') {
    if (target.type === 'account') return tokenCheck(await endpoints.verifyToken('account'))
    const what = 'An account-owned API token cannot be checked with `zone-id`'
    return { verdict: 'unchecked', what, remedy: 'Set `account-id` to have it checked.' }
  }
  const asUser = await endpoints.verifyToken('user')
  if (owner === 'user' || asUser.kind === 'result') return tokenCheck(asUser)
  // Without a prefix the token may be of either kind, and each endpoint knows only its own kind.
  if (target.type === 'account') return tokenCheck(await endpoints.verifyToken('account'))
  const check = tokenCheck(asUser)
  return { ...check, remedy: `${check.remedy} ${OWNED_BY_ACCOUNT}` }
}

const NOT_CHECKED = 'The permission to revoke is not checked.'
const OWNED_BY_ACCOUNT =
  'If an account owns the token, it cannot be checked with `zone-id`: set `account-id`.'

function tokenCheck(call: Call<TokenStatus>): CredentialCheck {
  if (call.kind !== 'result') return failed('The API token', call)
  const { status, not_before: notBefore, expires_on: expiresOn } = call.result
  if (status !== 'active') {
    const what = `The API token is not active; Cloudflare calls it "${shortened(status, 100)}"`
    return { verdict: 'failed', what, remedy: 'Create a new token and store it in the secret.' }
  }
  // A time that cannot be read is not past.
  if (notBefore !== undefined && !(Date.parse(notBefore) <= Date.now())) {
    const what = `The API token is not valid before ${shortened(notBefore, 100)}`
    return { verdict: 'failed', what, remedy: 'Run the step after that, or create another token.' }
  }
  const until = expiresOn === undefined ? '' : ` until ${shortened(expiresOn, 100)}`
  return { verdict: 'passed', what: `The API token is active${until}`, remedy: NOT_CHECKED }
}

function failed(what: string, call: FailedCall): CredentialCheck {
  const reason =
    call.kind === 'stopped'
      ? call.reason
      : { what: describe(call.problem), remedy: call.problem.remedy ?? 'Check the secret.' }
  return { verdict: 'failed', what: `${what} could not be confirmed: ${reason.what}`, remedy: reason.remedy }
}
