import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DEMO_ACCOUNT_ID, DEMO_TOKEN } from '../../embedded-api/demo-organization.ts'
import type { Contender, ListJob, ListRun } from './contender.ts'
import { gaugeProcess, processError, programFile } from './process.ts'

/** The version that is compared with. */
export const SDK_VERSION = '7.3.0'

/** The official SDK, called in a plain loop or in a pool, its settings as they come. */
export class Sdk implements Contender {
  readonly name = 'the SDK'
  readonly #folder: string
  readonly #entry: string
  readonly #provingEntry: string

  private constructor(folder: string) {
    this.#folder = folder
    this.#entry = join(folder, 'sdk.mjs')
    this.#provingEntry = join(folder, 'sdk-proving.mjs')
    copyFileSync(programFile('sdk.mjs'), this.#entry)
    copyFileSync(programFile('sdk-proving.mjs'), this.#provingEntry)
  }

  /**
   * Installs the SDK from npm.
   *
   * @param folder - where it goes, and where runs may leave their files
   * @throws Error when npm cannot install it
   */
  static install(folder: string): Sdk {
    const quiet = ['--no-audit', '--no-fund', '--no-save', '--ignore-scripts', '--loglevel=error']
    const args = ['install', '--prefix', folder, ...quiet, `cloudflare@${SDK_VERSION}`]
    execFileSync('npm', args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] })
    return new Sdk(folder)
  }

  async run({ standIn, concurrency, heap, proof }: ListJob): Promise<ListRun> {
    if (proof !== undefined && proof !== 'sessions') throw new Error(`the SDK's loop proves no ${proof}`)
    const folder = mkdtempSync(join(this.#folder, 'sdk-'))
    const list = join(folder, 'users.txt')
    const confirmed = join(folder, 'confirmed')
    writeFileSync(list, `${standIn.emails.join('\n')}\n`)
    const env = {
      API_TOKEN: DEMO_TOKEN,
      BASE_URL: standIn.baseUrl,
      ACCOUNT_ID: DEMO_ACCOUNT_ID,
      USERS_FILE: list,
      CONCURRENCY: String(concurrency),
      CONFIRMED_FILE: confirmed,
    }
    const entry = proof === undefined ? this.#entry : this.#provingEntry
    const program = { entry, env, folder, speed: standIn.speed }
    const { exitCode, ...run } = await gaugeProcess(program, heap)
    if (exitCode !== 0) throw processError(`exit code ${String(exitCode)}`, program)
    const count = Number(readFileSync(confirmed, 'utf8'))
    rmSync(folder, { recursive: true })
    return { ...run, confirmed: count }
  }
}
