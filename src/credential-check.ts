import type { Call } from './api-client.ts'
import type { Cloudflare, TokenStatus } from './cloudflare.ts'
import type { Credential } from './credential.ts'
import { plainText, shortened } from './plain-text.ts'
import { problemText } from './problem.ts'
import type { Target } from './target.ts'

/** What a dry run found out about the credential, as a full sentence. */
export interface CredentialCheck {
  readonly verdict: 'passed' | 'unchecked' | 'failed'
  readonly sentence: string
}

/**
 * Asks Cloudflare whether the credential is active, at the endpoint that fits its kind. It only reads.
 *
 * An account-owned token can be checked at its account alone, which a run for a zone does not know.
 */
export async function checkCredential(
  cloudflare: Cloudflare,
  credential: Credential,
  target: Target,
): Promise<CredentialCheck> {
  if (credential.kind === 'global-api-key') {
    const call = await cloudflare.userDetails()
    return call.ok
      ? { verdict: 'passed', sentence: 'The Global API key is active; permission to revoke is not checked.' }
      : failed('The Global API key', call)
  }
  const { owner } = credential
  if (owner === 'user' || (owner === 'unknown' && target.type === 'zone')) {
    const check = tokenCheck(await cloudflare.verifyToken('user'))
    return owner === 'user'
      ? check
      : { ...check, sentence: `${check.sentence}${check.verdict === 'failed' ? OWNED_BY_ACCOUNT : ''}` }
  }
  if (owner === 'account') {
    return target.type === 'zone'
      ? { verdict: 'unchecked', sentence: UNCHECKED }
      : tokenCheck(await cloudflare.verifyToken('account'))
  }
  // Without a prefix the token may be of either kind, and each endpoint knows but its own.
  const asUser = await cloudflare.verifyToken('user')
  return tokenCheck(asUser.ok ? asUser : await cloudflare.verifyToken('account'))
}

const UNCHECKED =
  'An account-owned API token cannot be checked with `zone-id`: give `account-id` to have it checked.'
const OWNED_BY_ACCOUNT =
  ' If an account owns the token, it cannot be checked with `zone-id`: give `account-id`.'

function tokenCheck(call: Call<TokenStatus>): CredentialCheck {
  if (!call.ok) return failed('The API token', call)
  const { status, not_before: notBefore, expires_on: expiresOn } = call.result
  if (status !== 'active') {
    return {
      verdict: 'failed',
      sentence: `The API token is not active; Cloudflare calls it "${said(status)}". Create a new token and store it in the secret.`,
    }
  }
  if (notBefore !== undefined && !isPast(notBefore)) {
    return {
      verdict: 'failed',
      sentence: `The API token is valid only from ${said(notBefore)} on.`,
    }
  }
  const until = expiresOn === undefined ? '' : ` until ${said(expiresOn)}`
  return {
    verdict: 'passed',
    sentence: `The API token is active${until}; permission to revoke is not checked.`,
  }
}

/** A time that cannot be read is not past. */
function isPast(time: string): boolean {
  return Date.parse(time) <= Date.now()
}

function failed(what: string, call: Extract<Call<unknown>, { ok: false }>): CredentialCheck {
  const why = 'problem' in call ? problemText(call.problem) : call.stopped
  return { verdict: 'failed', sentence: `${what} could not be confirmed. ${why}` }
}

function said(text: string): string {
  return shortened(plainText(text), 100)
}
