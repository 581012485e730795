/**
 * The first minute: starts the embedded API on loopback and runs the real bundle against it as one step of a
 * workflow. `INPUT_*` variables given in the environment are used instead of the demo's own inputs.
 */
import { activeRegistrations, activeSessions } from '../embedded-api/access-user.ts'
import { DEMO_ACCOUNT_ID, DEMO_TOKEN, demoOrganization } from '../embedded-api/demo-organization.ts'
import type { Organization } from '../embedded-api/organization.ts'
import { EmbeddedApi } from '../embedded-api/server.ts'
import { runStep, unescaped } from './step.ts'

const DEMO_INPUTS = {
  email: 'leaver@example.com',
  'account-id': DEMO_ACCOUNT_ID,
  'api-token': DEMO_TOKEN,
  devices: 'true',
  'warp-session-reauth': 'true',
}

/** `npm start -- list`: an offboarding calendar instead of one user. */
const LIST = process.argv[2] === 'list'
const LIST_INPUTS = { ...DEMO_INPUTS, email: '', 'users-file': 'leavers.csv' }
const LEAVERS = `Name,E-Mail,Revoke After
Leaver,leaver@example.com,now
Contractor,contractor@example.com,${dateIn(-2)}
Intern,intern@example.com,${dateIn(30)}
`

const colour = process.stdout.isTTY && (process.env['NO_COLOR'] ?? '') === ''
const paint = (code: number, text: string): string => (colour ? `\u001B[${code}m${text}\u001B[0m` : text)
const heading = (text: string): void => {
  console.log(`\n${paint(1, text)}`)
}

const api = await EmbeddedApi.start({ organizations: [demoOrganization()] })
try {
  process.exitCode = await demo(api)
} finally {
  await api.stop()
}

/** The demo's inputs with those of the environment in their place; of what excludes each other, the latter stay. */
function demoInputs(): Record<string, string> {
  const given: Record<string, string> = {}
  for (const [name, value] of Object.entries(process.env)) {
    if (name.startsWith('INPUT_') && value !== undefined)
      given[name.slice('INPUT_'.length).toLowerCase()] = value
  }
  const inputs: Record<string, string> = { ...(LIST ? LIST_INPUTS : DEMO_INPUTS), ...given }
  if ('zone-id' in given && !('account-id' in given)) delete inputs['account-id']
  if ('api-key' in given && !('api-token' in given)) delete inputs['api-token']
  return inputs
}

async function demo({ baseUrl, organization }: EmbeddedApi): Promise<number> {
  const inputs = demoInputs()
  console.log('This runs the action, as GitHub would, against a stand-in for Cloudflare on this machine.')
  console.log('Nothing leaves the machine and nobody is really signed out.')

  heading('The step')
  console.log('- uses: your-org/revoke-cloudflare-access@v1\n  with:')
  for (const [name, value] of Object.entries(inputs)) {
    console.log(`    ${name}: ${/token|key/.test(name) ? '***' : value}`)
  }
  if (LIST) {
    heading('leavers.csv')
    console.log(LEAVERS.trimEnd())
  }
  heading('The organization before')
  printUsers(organization)
  heading('The log of the step')
  const { exitCode, outputs } = await runStep({
    inputs: { 'api-base-url': baseUrl, ...inputs },
    ...(LIST && { files: { 'leavers.csv': LEAVERS } }),
    onLine: printLine,
  })
  heading('The organization after')
  printUsers(organization)
  heading('The outputs of the step')
  for (const [name, value] of Object.entries(outputs)) console.log(`${name} = ${value}`)
  const green = exitCode === 0
  console.log(
    `\nThe step is ${green ? paint(32, 'green') : paint(31, 'red')} (exit code ${String(exitCode)}).`,
  )
  console.log(`
A list of users:                                npm start -- list
Inputs can be given, a dry run for example:     env 'INPUT_DRY-RUN=true' npm start
or a token that Cloudflare does not know:       env 'INPUT_API-TOKEN=unknown' npm start`)
  return green ? 0 : 1
}

/** A date some days from now, as a list gives it. */
function dateIn(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
}

/** Prints a line as the runner's log shows it. */
function printLine(line: string): void {
  const command = /^::(error|warning|add-mask)::(.*)$/.exec(line)
  if (command === null) console.log(line)
  else if (command[1] === 'error') console.log(paint(31, `Error: ${unescaped(command[2] ?? '')}`))
  else if (command[1] === 'warning') console.log(paint(33, `Warning: ${unescaped(command[2] ?? '')}`))
}

function printUsers(organization: Organization): void {
  const now = Date.now()
  for (const user of organization.users) {
    const sessions = activeSessions(user, now, 0).length
    const devices = activeRegistrations(user, now, 0).map(({ device }) => device.name)
    const warp = (user.warpSession ? 'WARP session active' : 'no WARP session').padEnd(19)
    console.log(
      `${user.email.padEnd(24)} ${count(sessions, 'session')}  ${warp}  ${devices.join(', ') || 'no devices'}`,
    )
  }
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? ' ' : 's'}`
}
