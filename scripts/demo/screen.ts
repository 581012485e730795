import { activeRegistrations, activeSessions } from '../../embedded-api/organization/access-user.ts'
import type { Organization } from '../../embedded-api/organization/organization.ts'
import { unescaped } from '../step.ts'

const USES_COLOR = process.stdout.isTTY && (process.env['NO_COLOR'] ?? '') === ''

/** Adds a color or weight, by its SGR code, if standard output is a terminal. */
export function paint(code: number, text: string): string {
  return USES_COLOR ? `\u001B[${code}m${text}\u001B[0m` : text
}

/** Prints a heading. */
export function printHeading(text: string): void {
  console.log(`\n${paint(1, text)}`)
}

/** Prints a line as the runner's log shows it. */
export function printLine(line: string): void {
  const [, command, text = ''] = /^::(error|warning|add-mask)(?: [^:]*)?::(.*)$/.exec(line) ?? []
  if (command === undefined) console.log(line)
  else if (command === 'error') console.log(paint(31, `Error: ${unescaped(text)}`))
  else if (command === 'warning') console.log(paint(33, `Warning: ${unescaped(text)}`))
}

/** Prints the access of each user, a line each. */
export function printUsers(organization: Organization): void {
  const now = Date.now()
  for (const user of organization.users) {
    const sessions = activeSessions(user, now, 0).length
    const devices = activeRegistrations(user, now, 0).map(({ device }) => device.name)
    const seat = user.seat.access || user.seat.gateway ? 'seat   ' : 'no seat'
    const warp = (user.warpSession ? 'WARP session active' : 'no WARP session').padEnd(19)
    console.log(
      `${user.email.padEnd(24)} ${count(sessions, 'session')}  ${seat}  ${warp}  ${devices.join(', ') || 'no devices'}`,
    )
  }
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? ' ' : 's'}`
}
