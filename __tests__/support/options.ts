import { DEMO_ACCOUNT_ID } from '../../embedded-api/demo-organization.ts'
import type { Options, RunOptions } from '../../src/inputs/options.ts'

/** The options of a step that says nothing of them, and does not verify. */
export const OPTIONS: RunOptions = {
  target: { type: 'account', id: DEMO_ACCOUNT_ID },
  baseUrl: { href: 'https://api.cloudflare.com/client/v4', cloudflare: true },
  given: new Map(),
  email: '',
  usersFile: '',
  userUid: '',
  accountId: '',
  zoneId: '',
  apiEmail: '',
  apiBaseUrl: '',
  emailColumn: 'email',
  dateColumn: 'revoke_after',
  dateFormat: 'YYYY-MM-DD',
  blankDate: 'stop',
  onlyRows: 'none',
  protectedUsers: 'none',
  referenceColumn: '',
  badRows: 'stop',
  devices: false,
  warpSessionReauth: false,
  verify: false,
  removeSeat: false,
  unknownUser: 'fail',
  signedInAgain: 'fail',
  notListed: 'ignore',
  dryRun: false,
  ifEmpty: 'fail',
  timezone: 'UTC',
  dueWithinDays: 30,
  maxUsers: 100,
  concurrency: 4,
  maxAttempts: 5,
  requestTimeout: 30,
  maskEmails: false,
}

export const VERIFYING: Options = { ...OPTIONS, verify: true }
export const DRY_RUN: Options = { ...OPTIONS, verify: true, dryRun: true }
export const OFFLINE = { ...OPTIONS, verify: true, dryRun: 'offline' } as const satisfies Options
