/**
 * Runs the real bundle as a step of a workflow against the embedded API on loopback. `npm start -- --help` lists the
 * scenarios.
 *
 * Exit codes: 0 if the step is green, 1 if it is red, 2 if it was not run.
 */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { EmbeddedApi } from '../embedded-api/server.ts'
import manifest from '../package.json' with { type: 'json' }
import { type Command, hints, readCommand, type Run } from './demo/command-line.ts'
import { tryList } from './demo/list-trial.ts'
import { apiOptions, type Inputs, type Scenario } from './demo/scenarios.ts'
import { paint, printHeading, printLine, printUsers } from './demo/screen.ts'
import { runStep } from './step.ts'

const REPOSITORY = manifest.repository.replace('github:', '')
const REF = 'v1'

process.exitCode = await execute(readCommand(process.argv.slice(2)))

async function execute(command: Command): Promise<number> {
  switch (command.kind) {
    case 'refusal':
      return refuse(command.message)
    case 'help':
      console.log(hints())
      return 0
    case 'list': {
      const ended = await tryList(command)
      return typeof ended === 'string' ? refuse(ended) : ended
    }
    case 'run':
      return runScenario(command)
  }
}

function refuse(message: string): number {
  console.error(message)
  return 2
}

async function runScenario(command: Run): Promise<number> {
  const { scenario } = command
  const api = await EmbeddedApi.start(apiOptions(scenario))
  try {
    for (const fault of scenario.faults ?? []) api.inject(fault)
    return await run(command, api)
  } finally {
    await api.stop()
  }
}

/** The scenario's inputs, with the given ones in their place, and without those that the given ones exclude. */
function inputsOf(scenario: Scenario, given: Inputs): Record<string, string> {
  const inputs: Record<string, string> = { ...scenario.inputs, ...given }
  if ('zone-id' in given && !('account-id' in given)) delete inputs['account-id']
  if ('api-key' in given && !('api-token' in given)) delete inputs['api-token']
  return inputs
}

async function run({ scenario, given }: Run, api: EmbeddedApi): Promise<number> {
  const { files = {} } = scenario
  const inputs = inputsOf(scenario, given)
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
  const isGreen = exitCode === 0
  console.log(
    `\nThe step is ${isGreen ? paint(32, 'green') : paint(31, 'red')} (exit code ${exitCode ?? 'none'}).`,
  )
  printHeading('More to try')
  console.log(hints())
  return isGreen ? 0 : 1
}
