import type { StopReason } from '../runner/run-stop.ts'
import { isEmailAddress } from '../text/email-address.ts'
import { shortened } from '../text/plain-text.ts'
import { type Checked, problem, type Problem } from '../text/problem.ts'
import type { Authentication, Call, FailedCall } from './client.ts'
import type { Endpoints } from './endpoints.ts'
import { describe } from './problem.ts'
import type { TokenStatus } from './records.ts'
import { EMPTY_SECRET, type Mistake, mistakesIn, type Target } from './target.ts'

/** Who owns an API token; `unknown` for OAuth tokens, and for older tokens, which carry no prefix. */
export type TokenOwner = 'user' | 'account' | 'unknown'

export type Credential =
  | { readonly kind: 'api-token'; readonly token: string; readonly owner: TokenOwner }
  | { readonly kind: 'global-api-key'; readonly email: string; readonly key: string }

/** The three inputs, trimmed; an empty string is an input that was not given. */
export interface GivenCredential {
  readonly apiToken: string
  readonly apiEmail: string
  readonly apiKey: string
}

/** How calls carry the credential (Cloudflare API reference, "Make API calls"). */
export function authenticationBy(credential: Credential): Authentication {
  return credential.kind === 'api-token'
    ? { headers: { authorization: `Bearer ${credential.token}` }, secret: credential.token }
    : {
        headers: { 'x-auth-email': credential.email, 'x-auth-key': credential.key },
        secret: credential.key,
      }
}

const OWNERS: Readonly<Record<string, TokenOwner>> = { cfut_: 'user', cfat_: 'account' }

/**
 * Chooses the credential; undefined if it has a problem, or is not needed. Problems do not repeat a secret.
 *
 * @param isNeeded - if not, secrets may be missing, as they are in a pull request from a fork
 */
export function chooseCredential(given: GivenCredential, isNeeded: boolean): Checked<Credential | undefined> {
  const { apiToken, apiEmail, apiKey } = given
  const problems = credentialProblems(given, isNeeded)
  const value: Credential =
    apiToken === ''
      ? { kind: 'global-api-key', email: apiEmail, key: apiKey }
      : { kind: 'api-token', token: apiToken, owner: OWNERS[apiToken.slice(0, 5)] ?? 'unknown' }
  return { value: isNeeded && problems.length === 0 ? value : undefined, problems }
}

function credentialProblems({ apiToken, apiEmail, apiKey }: GivenCredential, isNeeded: boolean): Problem[] {
  if (apiToken !== '' && apiEmail + apiKey !== '')
    return [problem('`api-token` cannot be combined with `api-email` or `api-key`', 'Use only the token.')]
  if (apiToken !== '') return mistakesIn('api-token', apiToken, TOKEN_MISTAKES)
  // Visible ASCII only, so that the value can neither end its header nor begin another.
  const isAddress = apiEmail === '' || (isEmailAddress(apiEmail) && /^[\x21-\x7e]+$/.test(apiEmail))
  const useOwner = 'Use the address of the user who owns the key.'
  return [
    ...(isNeeded ? missingProblems(apiEmail, apiKey) : []),
    ...(isAddress ? [] : [problem('`api-email` is not an email address', useOwner)]),
    ...(apiKey === '' ? [] : mistakesIn('api-key', apiKey, KEY_MISTAKES)),
  ]
}

function missingProblems(apiEmail: string, apiKey: string): Problem[] {
  const useToken = `Better, use only \`api-token\`. ${EMPTY_SECRET}`
  if (apiEmail !== '') return apiKey === '' ? [problem('`api-email` needs `api-key`', useToken)] : []
  const setEmail = `Set it to the address of the user who owns the key. ${EMPTY_SECRET}`
  if (apiKey !== '') return [problem('`api-key` needs `api-email`', setEmail)]
  const setToken = `Set \`api-token: \${{ secrets.CLOUDFLARE_API_TOKEN }}\`. ${EMPTY_SECRET}`
  return [problem('There is no credential', setToken)]
}

const IN_QUOTES: Mistake = [/^(["'`]).*\1$/, 'is in quotation marks', 'Remove them from the secret.']
const WHITE_SPACE: Mistake = [/\s/, 'has white space inside', 'Copy it again, on one line.']
const AN_ID =
  'Use the token itself, which Cloudflare shows once, when you create it, not an ID such as that of the account.'

const A_TOKEN =
  'An older key has 37 to 45 hex characters, a newer one begins with `cfk_`. If it is an API token, put it in `api-token`, alone.'
const A_KEY = 'Create an API token instead, or put the key in `api-key`, together with `api-email`.'

const TOKEN_MISTAKES: readonly Mistake[] = [
  IN_QUOTES,
  [/^bearer\b/i, 'begins with "Bearer"', 'Use only the token, without that word.'],
  [/^curl\b|authorization:/i, 'is a command', 'Use only the token in it, the word after "Bearer".'],
  [/^[\da-f]{32}$/i, 'is an ID', AN_ID],
  WHITE_SPACE,
  [/^cfk_|^[\da-f]{37,45}$/, 'is a Global API key', A_KEY],
  [/[^\x21-\x7e]/, 'contains characters that no API token has', 'Copy the token again.'],
]

/** Older Global API keys are 37 to 45 hex characters, newer ones have a prefix (Cloudflare docs, "API token formats"). */
const KEY_MISTAKES: readonly Mistake[] = [
  IN_QUOTES,
  [/^cf(?:ut|at|oat)_/, 'is an API token', 'Put it in `api-token`, alone.'],
  [/^[\da-f]{32}$/i, 'is an ID', 'Use the Global API key itself, or better, an API token.'],
  WHITE_SPACE,
  [/[^\x21-\x7e]/, 'contains characters that no Global API key has', 'Copy the key again.'],
  [/^(?!cfk_|[\da-f]{37,45}$)/i, 'is not a Global API key', A_TOKEN],
]

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
