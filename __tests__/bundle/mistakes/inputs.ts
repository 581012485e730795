import { DEMO_ACCOUNT_ID, DEMO_TOKEN, DEMO_ZONE_ID } from '../../../embedded-api/demo-organization.ts'
import { LEAVER } from '../../support/scene.ts'
import { A, type Mistake, ONE, stops, works } from './mistake.ts'

/** What people call inputs. */
export const NAMES: readonly Mistake[] = [
  stops('dry', { dry: 'true' }, /^There is no input `dry`: write `dry-run`\./),
  stops('dry-run-only', { 'dry-run-only': 'true' }, /write `dry-run`\./),
  stops('dry_run', { dry_run: 'true' }, /write `dry-run`\./),
  stops('verfiy', { verfiy: 'true' }, /write `verify`\./),
  stops('user-file', { 'user-file': 'l.csv' }, /write `users-file`\./),
  stops('device', { device: 'true' }, /write `devices`\./),
  works('a variable of the job', {}, 1, ONE, { env: { INPUT_REASON: 'x', INPUT_METHOD: 'ibus' } }),
]

/** What people give as options. */
export const VALUES: readonly Mistake[] = [
  stops('yes', { devices: 'yes' }, /^`devices` is "yes"/),
  stops(
    'a boolean that came out empty',
    { 'dry-run': '' },
    /^`dry-run` is empty; .*`\$\{\{ … \|\| false \}\}`/,
  ),
  stops('a number out of range', { 'max-attempts': '0' }, /^`max-attempts` is "0"/),
  stops('a city as time zone', { timezone: 'Berlin' }, /^`timezone` is "Berlin": use an IANA time zone/),
  stops(
    'another word for a dry run',
    { 'dry-run': 'online' },
    /^`dry-run` is "online": use `true`, `false`, or `offline`/,
  ),
  stops(
    'another word to verify',
    { verify: 'session' },
    /^`verify` is "session": use `true`, `false`, or `sessions`/,
  ),
  stops('another name for a seat', { 'remove-seats': 'true' }, /write `remove-seat`\./),
  stops('another word', { 'if-empty': 'Warn' }, /^`if-empty` is "Warn"/),
  stops('a format that is none', { 'date-format': 'dd.mm.yy' }, /^`date-format` is "dd\.mm\.yy"/),
  stops(
    'more users than expected',
    { email: `${A},b@example.com`, 'max-users': '1' },
    /^2 users are due, more than `max-users`/,
  ),
  stops('http', { 'api-base-url': 'http://api.cloudflare.com' }, /^`api-base-url` must begin with https/),
  stops('no protocol', { 'api-base-url': 'api.cloudflare.com' }, /^`api-base-url` is not a URL/),
]

/** What people give as account or zone. */
export const TARGETS: readonly Mistake[] = [
  stops('no account', { 'account-id': '' }, /^No organization: set `account-id`/),
  stops('account and zone', { 'zone-id': DEMO_ZONE_ID }, /^`account-id` and `zone-id` exclude each other/),
  stops(
    'the name of the account',
    { 'account-id': 'Example Ltd' },
    /^`account-id` is not 32 hex.*dash\.cloudflare\.com/,
  ),
  stops(
    'the URL of the dashboard',
    { 'account-id': `https://dash.cloudflare.com/${DEMO_ACCOUNT_ID}` },
    /^`account-id` is a URL/,
  ),
  stops(
    'an ID without quotes',
    { 'account-id': '1.23456789012346E+31' },
    /^`account-id` was read as a number: put the ID in quotes/,
  ),
  stops(
    'the name of the secret',
    { 'account-id': 'secrets.ACCOUNT_ID' },
    /^`account-id` is the name of a value/,
  ),
  stops(
    'a seat with a zone',
    { 'account-id': null, 'zone-id': DEMO_ZONE_ID, 'remove-seat': 'true' },
    /^`remove-seat` needs `account-id`/,
  ),
  stops(
    'devices to verify with a Global API key',
    {
      'api-token': null,
      'api-email': LEAVER,
      'api-key': 'f'.repeat(37),
      devices: 'true',
      verify: 'true',
    },
    /^`verify: true` with `devices: true` needs `api-token`.*set `verify: sessions`/,
  ),
  stops(
    'verify with a zone',
    { 'account-id': null, 'zone-id': DEMO_ZONE_ID, verify: 'true' },
    /^`verify` needs `account-id`/,
  ),
  {
    ...stops(
      'an account of someone else',
      { 'account-id': 'f'.repeat(32) },
      /^0 of 1 user revoked: 1 failed/,
    ),
    calls: 1,
  },
]

/** What people give as credentials. */
export const CREDENTIALS: readonly Mistake[] = [
  stops('no token', { 'api-token': '' }, /^No credential: set `api-token/),
  stops('Bearer', { 'api-token': `Bearer ${DEMO_TOKEN}` }, /^`api-token` begins with "Bearer"/),
  stops(
    'quotation marks in the secret',
    { 'api-token': `"${DEMO_TOKEN}"` },
    /^`api-token` is in quotation marks/,
  ),
  stops(
    'the name of the secret as token',
    { 'api-token': 'secrets.TOKEN' },
    /^`api-token` is the name of a value/,
  ),
  stops('a variable as token', { 'api-token': '$TOKEN' }, /^`api-token` is the name of a value/),
  stops('a token in two lines', { 'api-token': 'cfut_01\n23' }, /^`api-token` has white space inside/),
  stops('a Global API key as token', { 'api-token': 'cfk_0123' }, /^`api-token` is a Global API key/),
  stops(
    'a token as Global API key',
    { 'api-token': null, 'api-email': LEAVER, 'api-key': DEMO_TOKEN },
    /^`api-key` is an API token/,
  ),
  stops(
    'token and key',
    { 'api-email': LEAVER, 'api-key': '0123' },
    /^`api-token` excludes `api-email` and `api-key`/,
  ),
  stops(
    'a broken token for an offline check',
    { 'dry-run': 'offline', 'api-token': 'Bearer x' },
    /^`api-token` begins with "Bearer"/,
  ),
  works(
    'an offline check with empty secrets',
    { 'dry-run': 'offline', 'account-id': '', 'api-token': '' },
    0,
    /^Offline check: 1 user is due now\.$/,
  ),
  stops('a key alone', { 'api-token': null, 'api-key': 'x' }, /^`api-key` needs `api-email`/),
  {
    ...stops('a token that was deleted', { 'api-token': 'cfut_unknown' }, /^0 of 1 user revoked: 1 failed/),
    calls: 1,
  },
]
