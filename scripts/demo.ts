/**
 * Runs the real bundle as a step of a workflow against the embedded API on loopback. `npm start -- --help` lists the
 * scenarios.
 *
 * Exit codes: 0 if the step is green, 1 if it is red, 2 if it was not run.
 */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { demoOrganization } from '../embedded-api/demo-organization.ts'
import { EmbeddedApi } from '../embedded-api/server.ts'
import manifest from '../package.json' with { type: 'json' }
import { hints, readCommand, Refusal, type Run } from './demo/command-line.ts'
import { tryList } from './demo/list-trial.ts'
import { paint, printHeading, printLine, printUsers } from './demo/screen.ts'
import { runStep } from './step.ts'

const REPOSITORY = manifest.repository.replace('github:', '')
const REF = 'v1'

try {
  process.exitCode = await execute(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof Refusal)) throw error
  console.error(error.message)
  process.exitCode = 2
}

async function execute(args: readonly string[]): Promise<number> {
  const command = readCommand(args)
  if ('list' in command) return tryList(command)
  if ('scenario' in command) return runScenario(command)
  console.log(hints())
  return 0
}

async function runScenario({ scenario, given }: Run): Promise<number> {
  const { files = {}, faults = [] } = scenario
  // Without those that the given ones exclude.
  const inputs: Record<string, string> = { ...scenario.inputs, ...given }
  if ('zone-id' in given && !('account-id' in given)) delete inputs['account-id']
  if ('api-key' in given && !('api-token' in given)) delete inputs['api-token']
  console.log('This runs the action, as GitHub would, against a stand-in for Cloudflare on this machine.')
  console.log('Nothing leaves this machine, and no real user is signed out.')

  printHeading('The step')
  console.log(`- uses: ${REPOSITORY}@${REF}\n  with:`)
  for (const [name, value] of Object.entries(inputs)) {
    console.log(`    ${name}: ${/token|key/.test(name) ? '***' : value}`)
  }
  for (const [name, content] of Object.entries(files)) {
    printHeading(name)
    console.log(content.trimEnd())
  }
  const api = await EmbeddedApi.start({ organizations: [demoOrganization()], ...scenario.api })
  try {
    for (const fault of faults) api.inject(fault)
    printHeading('The organization before')
    printUsers(api.organization)
    printHeading('The log of the step')
    // It stays, because the log and the outputs say where the report is.
    const temp = mkdtempSync(join(tmpdir(), 'demo-'))
    const { exitCode, outputs, summary } = await runStep({
      // The last one whatever was given: nothing may leave this machine.
      inputs: { ...inputs, 'api-base-url': api.baseUrl },
      files,
      temp,
      // As in the step above.
      env: { GITHUB_ACTION_REPOSITORY: REPOSITORY, GITHUB_ACTION_REF: REF },
      onLine: printLine,
    })
    printHeading('The organization after')
    printUsers(api.organization)
    printHeading('The outputs of the step')
    for (const [name, value] of Object.entries(outputs)) console.log(`${name} = ${value}`)
    printHeading('The job summary')
    const page = join(temp, 'summary.html')
    writeFileSync(page, `<!doctype html>\n<meta charset="utf-8">\n${summary}`)
    console.log(`Open ${page} in a browser. GitHub shows the same on the page of the run.`)
    const color = exitCode === 0 ? paint(32, 'green') : paint(31, 'red')
    console.log(`\nThe step is ${color} (exit code ${exitCode ?? 'none'}).`)
    printHeading('More to try')
    console.log(hints())
    return exitCode === 0 ? 0 : 1
  } finally {
    await api.stop()
  }
}
