import { type BaseUrl, chooseBaseUrl } from './base-url.ts'
import { chooseCredential, type Credential } from './credential.ts'
import { type EmailAddress, emailAddressProblem, isEmailAddress } from './email-address.ts'
import { InputReader } from './input-reader.ts'
import { chooseTarget, type Target } from './target.ts'

/** What the step is to do: everything checked, nothing sent yet. */
export interface Inputs {
  readonly email: EmailAddress
  /** UUID, 32 hex characters or 36 with hyphens. */
  readonly userUid?: string
  readonly target: Target
  readonly credential: Credential
  readonly devices: boolean
  readonly warpSessionReauth: boolean
  readonly dryRun: boolean
  /** Per request, on transient failures. */
  readonly maxAttempts: number
  /** Milliseconds for one attempt as a whole. */
  readonly requestTimeout: number
  readonly baseUrl: BaseUrl
}

/** What is wrong with the inputs. */
export interface InputProblems {
  readonly problems: readonly string[]
}

const UUID = /^(?:[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i

/**
 * Reads and checks all inputs. Secrets are registered with the runner before anything else is printed.
 *
 * @returns what the step is to do, or every problem at once, each a full sentence with its remedy
 */
export function readInputs(): Inputs | InputProblems {
  const reader = new InputReader()
  const { problem } = reader
  const given = {
    apiToken: reader.secret('api-token'),
    apiKey: reader.secret('api-key'),
    apiEmail: reader.text('api-email'),
  }
  reader.checkNames()
  const email = readEmail(reader)
  const userUid = reader.text('user-uid')
  if (userUid !== '' && !UUID.test(userUid)) {
    problem(
      `\`user-uid\` is ${reader.shown(userUid)}: give the user's UUID, 32 hex characters or 36 with hyphens.`,
    )
  }
  const target = chooseTarget(reader.text('account-id'), reader.text('zone-id'), problem)
  const credential = chooseCredential(given, problem)
  const baseUrl = chooseBaseUrl(reader.text('api-base-url'), process.env['CLOUDFLARE_BASE_URL'], problem)
  const options = {
    devices: reader.boolean('devices'),
    warpSessionReauth: reader.boolean('warp-session-reauth'),
    dryRun: reader.boolean('dry-run'),
    maxAttempts: reader.integer('max-attempts', 1, 10),
    requestTimeout: reader.integer('request-timeout', 1, 300) * 1_000,
  }
  const incomplete =
    email === undefined || target === undefined || credential === undefined || baseUrl === undefined
  if (incomplete || reader.problems.length > 0) return { problems: reader.problems }
  return { email, ...(userUid !== '' && { userUid }), target, credential, baseUrl, ...options }
}

function readEmail(reader: InputReader): EmailAddress | undefined {
  const text = reader.text('email')
  if (text === '') {
    reader.problem('`email` is missing: give the address of the user to revoke.')
    return undefined
  }
  if (isEmailAddress(text)) return text
  reader.problem(`\`email\`: ${reader.shown(text)} ${String(emailAddressProblem(text))}.`)
  return undefined
}
