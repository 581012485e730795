/**
 * Runs the real bundle as a step of a workflow against the embedded API on loopback. `npm start -- --help` lists the
 * scenarios.
 *
 * Exit codes: 0 if the step is green, 1 if it is red, 2 if it was not run.
 */
import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { styleText } from 'node:util'
import * as v from 'valibot'
import { demoOrganization } from '../embedded-api/demo-organization.ts'
import { activeRegistrations, activeSessions } from '../embedded-api/organization/access-user.ts'
import type { Organization } from '../embedded-api/organization/organization.ts'
import { EmbeddedApi } from '../embedded-api/server.ts'
import manifest from '../package.json' with { type: 'json' }
import { Report } from '../src/result/report-schema.ts'
import { quantity } from '../src/text/measures.ts'
import { hints, readCommand, Refusal } from './demo/command-line.ts'
import type { Inputs, Scenario } from './demo/scenarios.ts'
import { runStep, unescaped } from './step.ts'

const REPOSITORY = manifest.repository.replace('github:', '')
const REF = 'v1'

/** What a user's status means, with the time from which the user is due. */
const MEANINGS: Readonly<Record<string, (due: string) => string>> = {
  would_revoke: (due) => `would be revoked now${due === '' ? '' : `, due since ${due}`}`,
  not_due: (due) => `would be revoked from ${due}`,
  past: (due) => `was due on ${due}, too long ago, and is left alone`,
}

try {
  const command = readCommand(process.argv.slice(2))
  if (command.kind === 'help') console.log(hints())
  else if (command.kind === 'list') process.exitCode = await tryList(command.list, command.given)
  else process.exitCode = await runScenario(command.scenario, command.given)
} catch (error) {
  if (!(error instanceof Refusal)) throw error
  console.error(error.message)
  process.exitCode = 2
}

async function runScenario(
  { files = {}, faults = [], ...scenario }: Scenario,
  given: Inputs,
): Promise<number> {
  const inputs = { ...scenario.inputs, ...given }
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
    const color = exitCode === 0 ? 'green' : 'red'
    console.log(`\nThe step is ${styleText(color, color)} (exit code ${exitCode ?? 'none'}).`)
    printHeading('More to try')
    console.log(hints())
    return exitCode === 0 ? 0 : 1
  } finally {
    await api.stop()
  }
}

/**
 * Runs the action for a list as `dry-run: offline` does, and says whom it would revoke, and when.
 *
 * @returns the exit code of the step
 * @throws Refusal if there is no such file
 */
async function tryList(list: string, given: Inputs): Promise<number> {
  if (statSync(list, { throwIfNoEntry: false })?.isFile() !== true) {
    throw new Refusal(`${list} cannot be read. Name the file with your list after --list.`)
  }
  const name = basename(list)
  console.log('This reads your list as a step with these inputs would. Nothing is sent.')
  printHeading('The step')
  // The last two whatever was given: nothing may be sent.
  const inputs = { ...given, 'users-file': name, 'dry-run': 'offline' }
  for (const [input, value] of Object.entries(inputs)) console.log(`    ${input}: ${value}`)
  printHeading('The log of the step')
  const { exitCode, report } = await runStep({
    inputs,
    files: { [name]: readFileSync(list) },
    // It stays, because the log says where the report is.
    temp: mkdtempSync(join(tmpdir(), 'demo-')),
    onLine: printLine,
  })
  const users = report === '' ? [] : v.parse(Report, JSON.parse(report)).users
  if (users.length > 0) printHeading('The users')
  const width = Math.max(...users.map(({ email }) => email.length))
  for (const { email, status, due_at: due = '' } of users) {
    const time = due.replace('T', ' ').replace(/:00(?:\.\d+)?Z$/, ' UTC')
    console.log(`${email.padEnd(width)}  ${MEANINGS[status]?.(time) ?? status}`)
  }
  const isUsable = exitCode === 0
  const isRevoking = users.some(({ status }) => status === 'would_revoke')
  const failure = isRevoking
    ? 'The step would revoke users, and fail because of the others.'
    : 'The list cannot be used with these inputs.'
  const verdict = isUsable ? 'The list can be used.' : failure
  console.log(`\n${styleText(isUsable ? 'green' : 'red', verdict)}`)
  return exitCode ?? 1
}

function printHeading(text: string): void {
  console.log(`\n${styleText('bold', text)}`)
}

/** Prints a line as the runner's log shows it. */
function printLine(line: string): void {
  const [, command, text = ''] = /^::(error|warning|add-mask)(?: [^:]*)?::(.*)$/.exec(line) ?? []
  if (command === undefined) console.log(line)
  else if (command === 'error') console.log(styleText('red', `Error: ${unescaped(text)}`))
  else if (command === 'warning') console.log(styleText('yellow', `Warning: ${unescaped(text)}`))
}

/** Prints the access of each user, a line each. */
function printUsers(organization: Organization): void {
  const now = Date.now()
  for (const user of organization.users) {
    const sessions = quantity(activeSessions(user, now, 0).length, 'session').padEnd(10)
    const devices = activeRegistrations(user, now, 0).map(({ device }) => device.name)
    const seat = user.seat.access || user.seat.gateway ? 'seat   ' : 'no seat'
    const warp = user.warpSession ? 'WARP session active' : 'no WARP session    '
    console.log(
      `${user.email.padEnd(24)} ${sessions}  ${seat}  ${warp}  ${devices.join(', ') || 'no devices'}`,
    )
  }
}
