import { isEmailAddress } from '../text/email-address.ts'
import { unexpandedCause } from '../text/mistakes.ts'

/** Who owns an API token; `unknown` for the older tokens, which carry no prefix. */
export type TokenOwner = 'user' | 'account' | 'unknown'

/** What the action authenticates with. */
export type Credential =
  | { readonly kind: 'api-token'; readonly token: string; readonly owner: TokenOwner }
  | { readonly kind: 'global-api-key'; readonly email: string; readonly key: string }

/** The three inputs, trimmed; an empty string is an input that was not given. */
export interface GivenCredential {
  readonly apiToken: string
  readonly apiEmail: string
  readonly apiKey: string
}

/** The headers that carry the credential (Cloudflare API reference, "Make API calls"). */
export function credentialHeaders(credential: Credential): Record<string, string> {
  return credential.kind === 'api-token'
    ? { authorization: `Bearer ${credential.token}` }
    : { 'x-auth-email': credential.email, 'x-auth-key': credential.key }
}

/** Removes the secret from the text. */
export function withoutSecret(credential: Credential, text: string): string {
  return text.replaceAll(credential.kind === 'api-token' ? credential.token : credential.key, '***')
}

/**
 * Chooses the credential from the three inputs.
 *
 * @param given - what the step gave
 * @param problem - takes each problem as a full sentence; none of them repeats a secret
 * @returns undefined exactly if a problem was reported
 */
export function chooseCredential(
  given: GivenCredential,
  problem: (sentence: string) => void,
): Credential | undefined {
  const { apiToken, apiEmail, apiKey } = given
  if (apiToken !== '' && (apiEmail !== '' || apiKey !== '')) {
    problem('`api-token` excludes `api-email` and `api-key`: use the token alone.')
    return undefined
  }
  if (apiToken !== '') {
    const wrong = tokenProblem(apiToken)
    if (wrong !== undefined) problem(wrong)
    return wrong === undefined
      ? { kind: 'api-token', token: apiToken, owner: tokenOwner(apiToken) }
      : undefined
  }
  if (apiEmail === '' && apiKey === '') {
    problem(
      'No credential: set `api-token: ${{ secrets.CLOUDFLARE_API_TOKEN }}`. If you did, the secret is empty or not available to this workflow.',
    )
    return undefined
  }
  const wrong = keyProblems(apiEmail, apiKey)
  for (const sentence of wrong) problem(sentence)
  return wrong.length === 0 ? { kind: 'global-api-key', email: apiEmail, key: apiKey } : undefined
}

/**
 * Checks a credential that an offline check does not use. Secrets may be empty, as they are in a pull request from a fork.
 *
 * @param problem - takes each problem as a full sentence; none of them repeats a secret
 */
export function checkGivenCredential(given: GivenCredential, problem: (sentence: string) => void): void {
  const { apiToken, apiEmail, apiKey } = given
  if (apiToken !== '' || (apiEmail !== '' && apiKey !== '')) chooseCredential(given, problem)
  else for (const sentence of malformed(apiEmail, apiKey)) problem(sentence)
}

/** Mistakes that are possible with a secret of any kind. The secret is never repeated. */
function secretProblem(name: 'api-token' | 'api-key', secret: string): string | undefined {
  const cause = unexpandedCause(secret)
  if (cause !== undefined) {
    return `\`${name}\` ${cause}: write an expression like \`\${{ secrets.CLOUDFLARE_API_TOKEN }}\`.`
  }
  return /^(["'`]).*\1$/.test(secret)
    ? `\`${name}\` is in quotation marks: remove them from the secret.`
    : undefined
}

function tokenProblem(token: string): string | undefined {
  const wrong = secretProblem('api-token', token)
  if (wrong !== undefined) return wrong
  if (/^bearer\b/i.test(token))
    return '`api-token` begins with "Bearer": use the token alone, without that word.'
  if (/^curl\b|authorization:/i.test(token)) {
    return '`api-token` is a command: use only the token in it, the word after "Bearer".'
  }
  if (/^[0-9a-f]{32}$/i.test(token)) {
    return '`api-token` is an ID, such as that of an account or of the token: use the token itself, which Cloudflare shows once when you create it.'
  }
  if (/\s/.test(token)) return '`api-token` has white space inside: copy the token again, on one line.'
  if (token.startsWith('cfk_')) {
    return '`api-token` is a Global API key (`cfk_…`): create an API token instead, or put the key in `api-key` together with `api-email`.'
  }
  if (!isHeaderSafe(token))
    return '`api-token` contains characters that no API token has: copy the token again.'
  return undefined
}

function keyProblems(apiEmail: string, apiKey: string): string[] {
  return [
    ...(apiEmail === ''
      ? ['`api-key` needs `api-email`, the address of the account that owns the key.']
      : []),
    ...malformed(apiEmail, apiKey),
    ...(apiKey === '' ? ['`api-email` needs `api-key`; or better, use `api-token` instead of both.'] : []),
  ]
}

/** Problems of an address and a key, if they were given. */
function malformed(apiEmail: string, apiKey: string): string[] {
  const problems: string[] = []
  if (apiEmail !== '' && !(isEmailAddress(apiEmail) && isHeaderSafe(apiEmail))) {
    problems.push('`api-email` is not an email address: use the address of the account that owns the key.')
  }
  if (apiKey === '') return problems
  const wrong = secretProblem('api-key', apiKey)
  if (wrong !== undefined) problems.push(wrong)
  else if (/^cf[ua]t_/.test(apiKey)) problems.push('`api-key` is an API token: put it in `api-token`, alone.')
  else if (!isHeaderSafe(apiKey)) {
    problems.push('`api-key` contains characters that no Global API key has: copy the key again.')
  }
  return problems
}

function tokenOwner(token: string): TokenOwner {
  if (token.startsWith('cfut_')) return 'user'
  return token.startsWith('cfat_') ? 'account' : 'unknown'
}

/** Visible ASCII only, so that the value can neither end its header nor begin another. */
function isHeaderSafe(value: string): boolean {
  return /^[\x21-\x7e]+$/.test(value)
}
