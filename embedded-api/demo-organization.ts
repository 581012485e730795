import { crc32 } from 'node:zlib'
import { Organization } from './organization/organization.ts'

export const DEMO_ACCOUNT_ID = '0123456789abcdef'.repeat(2)
export const DEMO_ZONE_ID = 'fedcba9876543210'.repeat(2)

const FORTY = 'embedded'.repeat(5)

/** Composed at run time, because scanners for leaked secrets would take the complete text for a real token. */
export const DEMO_TOKEN = `cfut_${FORTY}${crc32(FORTY).toString(16).padStart(8, '0')}`

/**
 * A small organization of four users, one of whom stays.
 *
 * @param now the clock in milliseconds, the same as the server's
 */
export function demoOrganization(now: () => number = Date.now): Organization {
  const organization = new Organization({
    accountId: DEMO_ACCOUNT_ID,
    zoneIds: [DEMO_ZONE_ID],
    credentials: [
      {
        kind: 'api-token',
        owner: 'user',
        token: DEMO_TOKEN,
        status: 'active',
        permissions: [
          'Access: Organizations Revoke',
          'Access: Audit Logs Read',
          'Zero Trust Read',
          'Zero Trust: Seats Write',
        ],
      },
    ],
    now,
  })
  organization.addUser({ email: 'leaver@example.com', sessions: 3, devices: 2, warpSession: true })
  organization.addUser({ email: 'contractor@example.com', sessions: 1, devices: 1 })
  organization.addUser({ email: 'intern@example.com', sessions: 2 })
  organization.addUser({ email: 'colleague@example.com', sessions: 2, devices: 1, warpSession: true })
  return organization
}
