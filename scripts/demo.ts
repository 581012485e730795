/**
 * The first minute: starts the embedded API on loopback and runs the real bundle against it as one step of a
 * workflow. `npm start -- --help` lists what else there is to see.
 *
 * Exit codes: 0 if the step is green, 1 if it is red, 2 for a mistake on the command line.
 */
import { EmbeddedApi } from '../embedded-api/server.ts'
import { type Command, hints, readCommand } from './demo/command-line.ts'
import { apiOptions, type Inputs, type Scenario } from './demo/scenarios.ts'
import { paint, printHeading, printLine, printUsers } from './demo/screen.ts'
import { runStep } from './step.ts'

process.exitCode = await obey(readCommand(process.argv.slice(2)))

async function obey(command: Command): Promise<number> {
  if (command.kind === 'mistake') {
    console.error(command.sentence)
    return 2
  }
  if (command.kind === 'help') {
    console.log(hints())
    return 0
  }
  const { scenario, given } = command
  const api = await EmbeddedApi.start(apiOptions(scenario))
  try {
    for (const fault of scenario.faults ?? []) api.inject(fault)
    return await show(scenario, inputsOf(scenario, given), api)
  } finally {
    await api.stop()
  }
}

/** The scenario's inputs with the given ones in their place; of what excludes each other, the latter stay. */
function inputsOf(scenario: Scenario, given: Inputs): Record<string, string> {
  const inputs: Record<string, string> = { ...scenario.inputs, ...given }
  if ('zone-id' in given && !('account-id' in given)) delete inputs['account-id']
  if ('api-key' in given && !('api-token' in given)) delete inputs['api-token']
  return inputs
}

async function show(
  { files = {} }: Scenario,
  inputs: Record<string, string>,
  api: EmbeddedApi,
): Promise<number> {
  console.log('This runs the action, as GitHub would, against a stand-in for Cloudflare on this machine.')
  console.log('Nothing leaves the machine and nobody is really signed out.')

  printHeading('The step')
  console.log('- uses: your-org/revoke-cloudflare-access@v1\n  with:')
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
  const { exitCode, outputs } = await runStep({
    inputs: { 'api-base-url': api.baseUrl, ...inputs },
    files,
    onLine: printLine,
  })
  printHeading('The organization after')
  printUsers(api.organization)
  printHeading('The outputs of the step')
  for (const [name, value] of Object.entries(outputs)) console.log(`${name} = ${value}`)
  const green = exitCode === 0
  console.log(
    `\nThe step is ${green ? paint(32, 'green') : paint(31, 'red')} (exit code ${String(exitCode)}).`,
  )
  printHeading('More to try')
  console.log(hints())
  return green ? 0 : 1
}
