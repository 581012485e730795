import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as v from 'valibot'
import { runStep } from '../step.ts'
import { jsonOrText, type RecordedAnswer, recordedAnswer } from './recorded-answer.ts'
import type { Settings } from './settings.ts'

/** A run of the bundle, with every complete answer that it received. */
export interface ObservedStep {
  readonly facts: StepFacts
  readonly answers: readonly RecordedAnswer[]
}

/** The outcome for the user by the step's own report, without personal data. */
export interface StepFacts {
  readonly exit_code: number | null
  readonly status?: string | undefined
  readonly revocation?: string | undefined
  readonly verification?: string | undefined
  readonly http_status?: number | undefined
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

/** Runs the bundle as a step for one address, and observes the answers that it receives. */
export async function runObserved(
  settings: Settings,
  inputs: Readonly<Record<string, string>>,
): Promise<ObservedStep> {
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
    const text = existsSync(file) ? readFileSync(file, 'utf8').trimEnd() : ''
    const lines = text === '' ? [] : text.split('\n')
    const answers = lines.map((line) => recordedAnswer(v.parse(Line, JSON.parse(line)), settings.baseUrl))
    return { facts: { exit_code: exitCode, ...factsOf(report) }, answers }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function factsOf(report: string): Omit<StepFacts, 'exit_code'> {
  const parsed = v.safeParse(Report, jsonOrText(report))
  return parsed.success ? parsed.output.users[0] : {}
}
