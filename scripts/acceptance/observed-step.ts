import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as v from 'valibot'
import { runStep } from '../step.ts'
import { type Account, jsonOrText } from './account.ts'
import type { Answer } from './answer.ts'
import type { Settings } from './settings.ts'

/** The outcome for the user by the step's own report, without personal data. */
export interface StepFacts {
  readonly exit_code: number | null
  readonly status?: string
  readonly revocation?: string
  readonly verification?: string
  readonly http_status?: number
}

const OBSERVER = new URL('observer.mjs', import.meta.url).href

/** The environment variables that concern the network path to Cloudflare. */
const NETWORK = [
  ...['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy', 'NO_PROXY', 'no_proxy'],
  ...['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'SSL_CERT_DIR'],
]

const Line = v.object({
  method: v.string(),
  path: v.string(),
  status: v.number(),
  headers: v.record(v.string(), v.unknown()),
  body: v.string(),
})

const Report = v.object({
  users: v.tuple([
    v.object({
      status: v.picklist(['revoked', 'unknown', 'failed', 'skipped', 'would_revoke']),
      revocation: v.picklist(['confirmed', 'unconfirmed', 'not_sent']),
      verification: v.exactOptional(v.picklist(['passed', 'failed', 'not_done'])),
      http_status: v.exactOptional(v.number()),
    }),
  ]),
})

/** Runs the bundle as a step for one address, and records the answers that it receives. */
export async function runObserved(
  settings: Settings,
  account: Account,
  inputs: Readonly<Record<string, string>>,
): Promise<{ readonly facts: StepFacts; readonly answers: readonly Answer[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'acceptance-'))
  const file = join(folder, 'answers')
  try {
    const { exitCode, report } = await runStep({
      inputs: {
        'account-id': settings.accountId,
        'api-token': settings.token,
        'api-base-url': settings.baseUrl,
        'request-timeout': '120',
        ...inputs,
      },
      env: {
        ...Object.fromEntries(NETWORK.map((name) => [name, process.env[name]])),
        NODE_OPTIONS: `${process.env['NODE_OPTIONS'] ?? ''} --import=${OBSERVER}`.trim(),
        ACCEPTANCE_ANSWERS: file,
      },
    })
    const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : []
    const answers = lines.map((line) => account.record(v.parse(Line, JSON.parse(line))))
    const parsed = v.safeParse(Report, jsonOrText(report))
    return { facts: { exit_code: exitCode, ...(parsed.success && parsed.output.users[0]) }, answers }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
