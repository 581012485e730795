import * as v from 'valibot'
import type { Report } from '../support/report.ts'
import { HARMLESS } from './expectations.ts'
import type { Run } from './run.ts'
import { folded, sameAddress, type Trial } from './trial.ts'
import { listedOf } from './truth.ts'

/** Milliseconds. */
const THIRTY_DAYS = 30 * 24 * 3_600_000

const Body = v.looseObject({ email: v.string() })

/** What is false about the users who are on no list. None of them is ever revoked. */
export function falseUnlistedClaims(run: Run, { not_listed: named }: Report): string[] {
  const { trial, requests, result } = run
  const { notListed } = trial.options
  const due = listedOf(run).filter(({ timing }) => timing === 'due')
  const revoked = requests
    .filter(({ operation }) => operation === 'revoke_user')
    .map(({ body }) => v.parse(Body, body).email)
  const expected = unlistedOf(run)
  const names = (named ?? []).map(({ email }) => folded(email)).toSorted()
  const claims: readonly (readonly [claim: string, isTrue: boolean])[] = [
    [
      'someone is revoked who is not due',
      revoked.every((email) => due.some((user) => sameAddress(user.email, email))),
    ],
    ['someone is named who is on a list', names.every((email) => !isListed(trial, email))],
    [
      'someone is named whom the organization does not know',
      names.every((email) => run.organization.users.some((user) => sameAddress(user.email, email))),
    ],
    ['users are named though no one asked', named === undefined || notListed !== 'ignore'],
    ['the count of users on no list', result.outputs['not-listed-count'] === `${named?.length ?? ''}`],
    [
      'the run is green though someone is on no list, or may be',
      notListed !== 'fail' || result.exitCode !== 0 || named?.length === 0,
    ],
    [
      'others are named than those who are on no list',
      expected === undefined || JSON.stringify(names) === JSON.stringify(expected),
    ],
  ]
  return claims.flatMap(([claim, isTrue]) => (isTrue ? [] : [claim]))
}

/** The addresses that have to be named, in the order of the alphabet; undefined if that cannot be told for certain. */
function unlistedOf({ trial, organization, before, startedAt }: Run): string[] | undefined {
  const { world, options, records, faults } = trial
  const isPlain = Object.keys(world).every((name) => HARMLESS.has(name)) && faults.length === 0
  // What begins during the run is seen or not.
  const isChanging = records.some(({ lateSession, seat }) => (lateSession ?? seat?.takenIn) !== undefined)
  if (options.notListed === 'ignore' || !isPlain || isChanging) return undefined
  const active = organization.users.filter(({ id }) => {
    const { devices, seat, lastLogin = -Infinity } = before.get(id) ?? { devices: 0, seat: undefined }
    const hasSeat = seat?.access === true || seat?.gateway === true
    return devices > 0 || hasSeat || lastLogin >= startedAt - THIRTY_DAYS
  })
  const addresses = new Set(active.map(({ email }) => folded(email.trim())))
  const unlisted = [...addresses].filter((email) => isDrawn(trial, email) && !isListed(trial, email))
  return unlisted.length * 2 > addresses.size ? undefined : unlisted.toSorted()
}

/** Whether it is one of the users who were drawn: all others are protected. */
function isDrawn({ records }: Trial, email: string): boolean {
  return records.some((record) => sameAddress(record.email, email))
}

function isListed({ list, protectedUsers }: Trial, email: string): boolean {
  const keyOf = (address: string): string => address.normalize('NFKC').toLowerCase()
  return (
    list.entries.some((entry) => sameAddress(entry.email, email)) ||
    protectedUsers.some((address) => keyOf(address) === keyOf(email))
  )
}
