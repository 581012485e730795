import { DEMO_ACCOUNT_ID, DEMO_TOKEN, DEMO_ZONE_ID } from '../../../embedded-api/demo-organization.ts'
import { LEAVER } from '../../support/scene.ts'
import { A, type Mistake, ONE, stops, works } from './mistake.ts'

const KEY_OF_LEAVER = { 'api-token': null, 'api-email': LEAVER, 'api-key': 'f'.repeat(37) }

/** What people call inputs. */
export const NAMES: readonly Mistake[] = [
  stops('dry_run', { dry_run: 'true' }, /^There is no input `dry_run`\. The closest name is `dry-run`\./),
  stops('verfiy', { verfiy: 'true' }, /is `verify`\./),
  stops('user-file', { 'user-file': 'l.csv' }, /is `users-file`\./),
  stops('device', { device: 'true' }, /is `devices`\./),
  stops('another name for a seat', { 'remove-seats': 'true' }, /is `remove-seat`\./),
  stops('test-run', { 'test-run': 'true' }, /^There is no input `test-run`\. The inputs are /),
  stops('revoke-after', { 'revoke-after': '2099-01-31' }, /^There is no input `revoke-after`\./),
  stops('limit', { limit: '1' }, /^There is no input `limit`\./),
  stops('another user', { 'another-user': A }, /^There is no input `another-user`\. The inputs are /),
  stops('a variable of the job', {}, /rename the variable `INPUT_REASON`/, { env: { INPUT_REASON: 'x' } }),
  works('a variable of the desktop', {}, 1, ONE, { env: { INPUT_METHOD: 'ibus' } }),
]

/** What people give as options. */
export const VALUES: readonly Mistake[] = [
  stops('yes', { devices: 'yes' }, /^`devices` is "yes"/),
  stops(
    'a boolean that came out empty',
    { 'dry-run': '' },
    /^`dry-run` is empty\. Use .* Check the variable or expression/,
  ),
  stops(
    'a filter that came out empty',
    { 'only-rows': '' },
    /^`only-rows` is empty\..* Write `none` only if /,
  ),
  stops(
    'protected users that came out empty',
    { 'protected-users': '' },
    /^`protected-users` is empty\..* Write `none` only if /,
  ),
  stops('a number out of range', { 'max-attempts': '0' }, /^`max-attempts` is "0"/),
  stops('a city as time zone', { timezone: 'Berlin' }, /^`timezone` is "Berlin"\. Use an IANA time zone/),
  stops(
    'another word for a dry run',
    { 'dry-run': 'online' },
    /^`dry-run` is "online"\. Use `true`, `false`, or `offline`/,
  ),
  stops(
    'another word to verify',
    { verify: 'session' },
    /^`verify` is "session"\. Use `true`, `false`, or `sessions`/,
  ),
  stops('another word', { 'if-empty': 'Warn' }, /^`if-empty` is "Warn"/),
  stops('a format that is none', { 'date-format': 'dd.mm.yy' }, /^`date-format` is "dd\.mm\.yy"/),
  stops(
    'more users than expected',
    { email: `${A},b@example.com`, 'max-users': '1' },
    /^2 users are due, more than `max-users`/,
  ),
  stops('http', { 'api-base-url': 'http://api.cloudflare.com' }, /^`api-base-url` does not begin with https/),
  stops('no protocol', { 'api-base-url': 'api.cloudflare.com' }, /^`api-base-url` is not a URL/),
  stops(
    'a token in another input',
    { 'date-column': 'cfut_0123' },
    /^`date-column` contains something that looks like a credential/,
  ),
  stops(
    'a warning that nothing can cause',
    { 'unknown-user': 'warn' },
    /^`unknown-user: warn` cannot be combined with `verify: false`/,
  ),
]

/** What people give as account or zone. */
export const TARGETS: readonly Mistake[] = [
  stops(
    'no account',
    { 'account-id': '' },
    /^Neither `account-id` nor `zone-id` is set\. Set `account-id`.*`environment:`/,
  ),
  stops('account and zone', { 'zone-id': DEMO_ZONE_ID }, /^`account-id` cannot be combined with `zone-id`/),
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
    /^`account-id` was read as a number\. Put the ID in quotation marks/,
  ),
  stops(
    'the name of the secret',
    { 'account-id': 'secrets.ACCOUNT_ID' },
    /^`account-id` is the name of a value/,
  ),
  stops(
    'a seat with a zone',
    { 'account-id': null, 'zone-id': DEMO_ZONE_ID, 'remove-seat': 'true' },
    /^`remove-seat` cannot be combined with `zone-id`/,
  ),
  stops(
    'devices to verify with a Global API key',
    { ...KEY_OF_LEAVER, devices: 'true', verify: 'true' },
    /^A Global API key cannot read devices.*Write `verify: sessions`/,
  ),
  stops(
    'verify with a zone',
    { 'account-id': null, 'zone-id': DEMO_ZONE_ID, verify: 'true' },
    /^With `zone-id`, nothing can be verified.*Write `verify: false`/,
  ),
  {
    ...stops('an account of someone else', { 'account-id': 'f'.repeat(32) }, /^1 user not revoked\./),
    calls: 1,
  },
]

/** What people give as credentials. */
export const CREDENTIALS: readonly Mistake[] = [
  stops('no token', { 'api-token': '' }, /^There is no credential\. Set `api-token:.*`environment:`/),
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
  stops('an older one', { 'api-token': 'f'.repeat(37) }, /^`api-token` is a Global API key/),
  stops(
    'a token as Global API key',
    { ...KEY_OF_LEAVER, 'api-key': DEMO_TOKEN },
    /^`api-key` is an API token/,
  ),
  stops(
    'token and key',
    { 'api-email': LEAVER, 'api-key': '0123' },
    /^`api-token` cannot be combined with `api-email` or `api-key`/,
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
    /^Offline check: 1 user would be revoked\.$/,
  ),
  stops('a key alone', { 'api-token': null, 'api-key': 'f'.repeat(37) }, /^`api-key` needs `api-email`/),
  {
    ...stops('a token that was deleted', { 'api-token': 'cfut_unknown' }, /^1 user not revoked\./),
    calls: 1,
  },
]
