import { activeRegistrations, activeSessions } from '../../embedded-api/organization/access-user.ts'
import type { Organization } from '../../embedded-api/organization/organization.ts'
import { quantity } from '../../src/text/measures.ts'
import { unescaped } from '../step.ts'

const USES_COLOR = process.stdout.isTTY && (process.env['NO_COLOR'] ?? '') === ''

/** Adds a color or weight, by its SGR code, if standard output is a terminal. */
export function paint(code: number, text: string): string {
  return USES_COLOR ? `\u001B[${code}m${text}\u001B[0m` : text
}

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
    const sessions = quantity(activeSessions(user, now, 0).length, 'session').padEnd(10)
    const devices = activeRegistrations(user, now, 0).map(({ device }) => device.name)
    const seat = user.seat.access || user.seat.gateway ? 'seat   ' : 'no seat'
    const warp = user.warpSession ? 'WARP session active' : 'no WARP session    '
    console.log(
      `${user.email.padEnd(24)} ${sessions}  ${seat}  ${warp}  ${devices.join(', ') || 'no devices'}`,
    )
  }
}
