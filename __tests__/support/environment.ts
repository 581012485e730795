import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { jest } from '@jest/globals'
import { DEMO_ACCOUNT_ID, DEMO_TOKEN } from '../../embedded-api/demo-organization.ts'
import { inputVariable } from '../../scripts/step.ts'
import { LEAVER, type With } from './scene.ts'

/** The least that makes a step. */
const LEAST: With = { email: LEAVER, 'account-id': DEMO_ACCOUNT_ID, 'api-token': DEMO_TOKEN }

/** Makes this very process the one of a step for as long as the object lives, its standard output captured. */
export class StepHere implements Disposable {
  readonly #before = { ...process.env }
  readonly #folder = mkdtempSync(join(tmpdir(), 'step-here-'))
  readonly #write = jest.spyOn(process.stdout, 'write').mockReturnValue(true)

  constructor(
    inputs: With = {},
    env: Readonly<Record<string, string>> = {},
    files: Readonly<Record<string, string | Uint8Array>> = {},
  ) {
    for (const name of Object.keys(process.env)) if (name.startsWith('INPUT_')) this.#unset(name)
    for (const [name, value] of Object.entries({ ...LEAST, ...inputs })) {
      if (value !== null) process.env[inputVariable(name)] = value
    }
    for (const name of ['output', 'summary']) writeFileSync(join(this.#folder, name), '')
    for (const [name, content] of Object.entries(files)) writeFileSync(join(this.#folder, name), content)
    Object.assign(process.env, {
      GITHUB_OUTPUT: join(this.#folder, 'output'),
      GITHUB_STEP_SUMMARY: join(this.#folder, 'summary'),
      GITHUB_WORKSPACE: this.#folder,
      RUNNER_TEMP: this.#folder,
      ...env,
    })
  }

  get printed(): string {
    return this.#write.mock.calls.map(([text]) => String(text)).join('')
  }

  get outputFile(): string {
    return readFileSync(join(this.#folder, 'output'), 'utf8')
  }

  get summaryFile(): string {
    return readFileSync(join(this.#folder, 'summary'), 'utf8')
  }

  [Symbol.dispose](): void {
    this.#write.mockRestore()
    for (const name of Object.keys(process.env)) if (!(name in this.#before)) this.#unset(name)
    Object.assign(process.env, this.#before)
    rmSync(this.#folder, { recursive: true })
  }

  #unset(name: string): void {
    Reflect.deleteProperty(process.env, name)
  }
}
