import * as v from 'valibot'
import { INPUTS, SECRET_INPUTS } from '../inputs/options.ts'
import { CONTROLS } from '../verify/controls.ts'

/*
 * The shape of the report: its type, and the source of docs/report.schema.json. The action itself does not load it. An
 * optional field is absent where it does not apply, or its value is not known.
 */

const { optional } = v
const text = (description: string) => v.pipe(v.string(), v.description(description))
const texts = (description: string) => v.pipe(v.array(v.string()), v.description(description))
const flag = (description: string) => v.pipe(v.boolean(), v.description(description))
const count = (description: string) =>
  v.pipe(v.number(), v.integer(), v.minValue(0), v.description(description))
const time = (description: string) =>
  v.pipe(v.string(), v.isoTimestamp(), v.description(`${description} In UTC, ISO 8601.`))
const word = <const Words extends readonly string[]>(description: string, words: Words) =>
  v.pipe(v.picklist(words), v.description(description))
const group = <Fields extends v.ObjectEntries>(description: string, fields: Fields) =>
  v.pipe(v.strictObject(fields), v.description(description))
const rows = <Fields extends v.ObjectEntries>(description: string, fields: Fields) =>
  v.pipe(v.array(v.strictObject(fields)), v.description(description))

const Target = group('What users lost access to. Null in an offline check without one.', {
  type: word('What it is.', ['account', 'zone']),
  id: text('Its ID.'),
})

/** An input by its default: `true` or `false` (some take a word, too), a number, or a text. */
function input(name: string, value: string): v.GenericSchema<string | number | boolean> {
  const description = `The input \`${name}\`.`
  if (/^\d+$/.test(value)) return count(description)
  if (!/^(?:true|false)$/.test(value)) return text(description)
  return v.pipe(v.union([v.boolean(), v.string()]), v.description(description))
}

const REPORTED = Object.entries(INPUTS).filter(([name]) => !SECRET_INPUTS.includes(name))

const Options = group(
  'Every input that is not a secret, or its default: `due_within_days` in days, `request_timeout` in seconds.',
  Object.fromEntries(REPORTED.map(([name, value]) => [name.replaceAll('-', '_'), input(name, value)])),
)

const Lists = rows('The lists of users.', {
  name: text('The path of the file, or `email` for the input.'),
  sha256: text('SHA-256 of the file, or of the text of the input without white space around it.'),
  users: count('How many different addresses it lists.'),
})

const Totals = group('How many users ended with each status.', {
  requested: count('All users and rows of the lists, each user once: the sum of all other totals.'),
  revoked: count('Users who were revoked and, unless `verify: false`, verified.'),
  failed: count('Users who failed, and rows that could not be used.'),
  unknown: count('Users whom the organization does not know, with `unknown-user: warn`.'),
  skipped: count('Users who were not processed because the run stopped.'),
  not_due: count('Users who are not due yet.'),
  past: count('Users who were due more than `due_within_days` days ago, and were not revoked.'),
  staying: count('People who stay: rows outside `only-rows`, or without a date. They are not listed.'),
  would_revoke: count('Users whom a dry run did not revoke, including those who would fail.'),
})

const Problems = rows('What is wrong with the inputs. All that follows from them is absent.', {
  message: text('Where and what it is, and what to do about it.'),
  file: optional(text('The file, relative to the workspace.')),
  line: optional(count('The line in that file, from 1.')),
})

const BadRows = rows('The rows that were not used. Only with `bad-rows: skip`.', {
  source: text('Where the row is, as for a user.'),
  value: text('What it has for an address; empty if it has none.'),
  problems: texts('What is wrong with it, in full sentences.'),
})

const NotListed = rows('Active users on no list, the most active first. Only with `not-listed`, if known.', {
  email: text('The address in the organization.'),
  account_user_id: text('The ID in the account, the first of several.'),
  last_login: optional(time('The last login. Absent if there was none, or it cannot be read.')),
  active_devices: optional(count('Active devices. Absent if they are not known.')),
  seat: optional(flag('Whether the user has a seat, or may have one.')),
})

const Errors = rows('Why the user failed, in the words of Cloudflare where it answered.', {
  code: optional(v.pipe(v.union([v.number(), v.string()]), v.description('The code that Cloudflare gave.'))),
  message: text('What Cloudflare or the action says.'),
  http_status: optional(count('The HTTP status of the failed call: the revocation, or a read after it.')),
  ray_id: optional(text('The ray ID of that call. Absent if no answer arrived.')),
})

const Devices = rows('Devices that were active before, or are now. Only with `devices` and `verify: true`.', {
  id: text('The ID of the registration.'),
  name: optional(text('The name of the device.')),
  registration_type: optional(text('The kind of the registration, as Cloudflare names it.')),
  status: word('Its status when it was last read.', ['active', 'revoked', 'deleted']),
  revoked_at: v.nullable(time('When it was revoked; null if it was not.')),
})

const Seats = rows('The seats as Cloudflare returned them after they were freed. Only with `remove-seat`.', {
  seat_uid: optional(text('The ID of the seat.')),
  access_seat: optional(flag('Whether the user takes an Access seat.')),
  gateway_seat: optional(flag('Whether the user takes a Gateway seat.')),
})

const STATES = ['verified', 'confirmed', 'failed', 'not_known', 'not_requested'] as const
const MEANINGS =
  'What was done about each control. `verified`: a read after the revocation showed it. `confirmed`: Cloudflare accepted it, and nothing was or can be read, as for access tokens and the WARP session. `failed`: not done. `not_known`: nothing shows whether it was done. `not_requested`: the step does not do it, or did not process the user.'
const STATUS = ['revoked', 'failed', 'unknown', 'skipped', 'not_due', 'past', 'would_revoke'] as const
const REVOCATION = ['confirmed', 'unconfirmed', 'not_sent'] as const
const SEAT = ['removed', 'none', 'failed', 'not_done'] as const

const Users = rows('Every user of the lists once, in the order given.', {
  email: text('The address as listed.'),
  source: text('Where the user is listed: `leavers.csv:12` is a line, `email:2` an entry of the input.'),
  reference: optional(text('A ticket number or the like, from the list.')),
  user_uid: optional(text('The UUID of the user, if the list gives one.')),
  account_user_ids: optional(texts('The IDs in the account. Only for users who were looked up and found.')),
  revoke_after: optional(text('The date as listed. Absent for users who are due now.')),
  due_at: optional(time('From when the user is due.')),
  status: word('`unknown` requires `unknown-user: warn`, and `would_revoke` a dry run.', STATUS),
  reason: optional(text('Why the user is not revoked, or would not be, and what to do about it.')),
  revocation: word('`confirmed` only if Cloudflare returned true.', REVOCATION),
  controls: group(MEANINGS, v.entriesFromList(CONTROLS, word('What was done about it.', STATES))),
  verification: optional(word('Absent with `verify: false`.', ['passed', 'failed', 'not_done'])),
  verified_at: optional(time('When a control was last read after the revocation.')),
  attempts: count('How many times the revocation was sent. Answers of 429 do not count.'),
  http_status: optional(count('The HTTP status of the last answer to the revocation.')),
  ray_id: optional(text('The ray ID of that answer, for Cloudflare support and the audit log.')),
  errors: Errors,
  started_at: optional(time('When the revocation began. Absent if it was not sent.')),
  finished_at: optional(time('When the last answer to it arrived.')),
  sessions_before: optional(count('Active sessions before the revocation.')),
  sessions_after: optional(count('Active sessions when they were last read.')),
  devices_before: optional(count('Active devices before the revocation.')),
  devices_after: optional(count('Active devices when they were last read.')),
  devices: optional(Devices),
  seat: optional(word('`none` if there was none to free. Only with `remove-seat`.', SEAT)),
  seat_flags_after: optional(Seats),
  warnings: optional(texts('What else there is to know, in full sentences.')),
})

export const Report = group('The report of revoke-cloudflare-access.', {
  version: v.pipe(v.literal(1), v.description('The version of this format.')),
  action: group('Which copy of the action ran.', {
    version: text('The version of the action.'),
    repository: optional(text('Where the action comes from. Absent for a local action.')),
    ref: optional(text('The branch, tag, or commit in `uses`. Absent for a local action.')),
  }),
  started_at: time('When the step started.'),
  finished_at: time('When the last user was processed.'),
  run: group('Who started the step, and where. A field is absent if the runner does not provide it.', {
    actor: optional(text('Who started the workflow run.')),
    triggering_actor: optional(text('Who started this attempt, such as a rerun.')),
    event: optional(text('What started the workflow run, such as `schedule`.')),
    repository: optional(text('The repository of the workflow, as `owner/name`.')),
    workflow: optional(text('The name of the workflow.')),
    workflow_ref: optional(text('The workflow file, with its repository and ref.')),
    workflow_sha: optional(text('The commit of the workflow file.')),
    sha: optional(text('The commit that started the workflow run.')),
    job: optional(text('The ID of the job.')),
    environment: optional(text('The environment of the deployment that started the workflow run.')),
    run_id: optional(count('The ID of the workflow run.')),
    attempt: optional(count('The attempt of the workflow run, from 1.')),
    url: optional(text('The page of this attempt.')),
  }),
  problems: optional(Problems),
  dry_run: optional(flag('Whether the step was to revoke no one.')),
  target: optional(v.nullable(Target)),
  api_base_url: optional(text('Where requests went.')),
  options: optional(Options),
  lists: optional(Lists),
  totals: optional(Totals),
  bad_rows: optional(BadRows),
  not_listed: optional(NotListed),
  users: Users,
})

export type Report = v.InferOutput<typeof Report>
