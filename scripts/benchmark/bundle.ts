import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DEMO_ACCOUNT_ID, DEMO_TOKEN } from '../../embedded-api/demo-organization.ts'
import { BUNDLE, inputVariable } from '../step.ts'
import type { Contender, ListJob, ListRun, Proof } from './contender.ts'
import { gaugeProcess, processError } from './process.ts'

/** The bundle, run as GitHub's runner runs it, on a list in a file. */
export class Bundle implements Contender {
  readonly name = 'this action'
  readonly #folder: string

  /** @param folder - where runs may leave their files */
  constructor(folder: string) {
    this.#folder = folder
  }

  async run(job: ListJob): Promise<ListRun> {
    const folder = mkdtempSync(join(this.#folder, 'bundle-'))
    const { standIn, proof } = job
    const what = proof === undefined ? {} : PROOFS[proof]
    const inputs = { ...whom(job, folder), ...what, 'api-base-url': standIn.baseUrl }
    const env = stepEnvironment(inputs, folder)
    const program = { entry: BUNDLE, env, folder, speed: standIn.speed }
    const { exitCode, ...run } = await gaugeProcess(program, job.heap)
    const confirmed = revokedCount(readFileSync(join(folder, 'output'), 'utf8'))
    const green = confirmed === standIn.emails.length
    if (exitCode !== (green ? 0 : 1)) throw processError(`exit code ${String(exitCode)}`, program)
    if (confirmed === undefined) throw processError('no output "revoked-count"', program)
    rmSync(folder, { recursive: true })
    return { ...run, confirmed }
  }
}

const PROOFS: Readonly<Record<Proof, Record<string, string>>> = {
  sessions: { verify: 'true' },
  devices: { verify: 'true', devices: 'true' },
  seat: { verify: 'true', devices: 'true', 'remove-seat': 'true' },
}

/** Facts about the run, which every runner gives. Without the event file the action does not even look for them. */
const FACTS = {
  GITHUB_ACTOR: 'octocat',
  GITHUB_TRIGGERING_ACTOR: 'octocat',
  GITHUB_EVENT_NAME: 'workflow_dispatch',
  GITHUB_REPOSITORY: 'octocat/example',
  GITHUB_RUN_ATTEMPT: '1',
  GITHUB_RUN_ID: '1',
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_WORKFLOW: 'Offboarding',
}

/** What a step needs of its runner, files included. */
export function stepEnvironment(
  inputs: Readonly<Record<string, string>>,
  folder: string,
): Record<string, string> {
  const files = { GITHUB_OUTPUT: join(folder, 'output'), GITHUB_STEP_SUMMARY: join(folder, 'summary') }
  for (const file of Object.values(files)) writeFileSync(file, '')
  const event = join(folder, 'event.json')
  writeFileSync(event, '{}')
  const all = { 'account-id': DEMO_ACCOUNT_ID, 'api-token': DEMO_TOKEN, ...inputs }
  return {
    ...files,
    ...FACTS,
    GITHUB_EVENT_PATH: event,
    GITHUB_WORKSPACE: folder,
    RUNNER_TEMP: folder,
    ...Object.fromEntries(Object.entries(all).map(([name, value]) => [inputVariable(name), value])),
  }
}

function whom({ standIn: { emails }, concurrency }: ListJob, folder: string): Record<string, string> {
  const [email, ...others] = emails
  if (email !== undefined && others.length === 0) return { email }
  const list = join(folder, 'users.txt')
  writeFileSync(list, `${emails.join('\n')}\n`)
  return { 'users-file': list, concurrency: String(concurrency), 'max-users': String(emails.length) }
}

/** The last `revoked-count` of the runner's output file, in either of its two forms. */
function revokedCount(outputs: string): number | undefined {
  const last = [...outputs.matchAll(/^revoked-count(?:=|<<.*\r?\n)(\d+)$/gm)].at(-1)?.[1]
  return last === undefined ? undefined : Number(last)
}
