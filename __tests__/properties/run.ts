import * as v from 'valibot'
import type { Organization } from '../../embedded-api/organization/organization.ts'
import { Scene } from '../support/scene.ts'
import { demoOrganization } from '../../embedded-api/demo-organization.ts'
import {
  activeRegistrations,
  activeSessions,
  lastLogin,
  type Seat,
} from '../../embedded-api/organization/access-user.ts'
import type { RecordedRequest } from '../../embedded-api/server.ts'
import type { StepResult } from '../../scripts/step.ts'
import { Clock } from '../support/clock.ts'
import { type Report, reportOf } from '../support/report.ts'
import { inputsOf, newUserOf, type Trial } from './trial.ts'

/** How many of each a record has. */
export interface Counts {
  readonly sessions: number
  readonly devices: number
}

/** What a record was like before the action ran. */
export interface Before extends Counts {
  readonly seat: Seat
  /** Clock, milliseconds; undefined: never. */
  readonly lastLogin: number | undefined
}

/** What the report says of one user. */
export type ReportedUser = Report['users'][number]

/** The result of a trial: what the action reported, and the state of the embedded API after it. */
export interface Run {
  readonly trial: Trial
  readonly result: StepResult
  /** Undefined where the inputs were refused. */
  readonly report: Report | undefined
  readonly organization: Organization
  /** What each record was like before the action ran, by its `id`. */
  readonly before: ReadonlyMap<string, Before>
  readonly requests: readonly RecordedRequest[]
  /** When the action was started, and when it had ended; clock, milliseconds. */
  readonly startedAt: number
  readonly endedAt: number
}

/** Runs the bundle as the trial has it, against a stand-in of its own. */
export async function runTrial(trial: Trial): Promise<Run> {
  const clock = new Clock()
  const { now } = clock
  const start = now()
  const organization = demoOrganization(now)
  for (const record of trial.records) {
    const user = newUserOf(record, start)
    organization.addUser({ ...user, ...(trial.searchOnly && { foundBySearchOnly: true }) })
  }
  const { world, propagationMs, missingPermission } = trial
  for (const credential of organization.credentials) {
    if (credential.kind === 'api-token')
      credential.permissions = credential.permissions.filter((permission) => permission !== missingPermission)
  }
  const before = stateOf(organization, now())
  await using scene = await Scene.open({ now, organizations: [organization], world, propagationMs }, clock)
  scene.inject(...trial.faults)
  const { inputs, files } = inputsOf(trial, organization, start)
  const result = await scene.run(inputs, { files })
  const isRefused = v.is(v.looseObject({ problems: v.array(v.unknown()) }), JSON.parse(result.report))
  const report = isRefused ? undefined : reportOf(result)
  const { requests } = scene.api
  return { trial, result, report, organization, before, requests, startedAt: start, endedAt: now() }
}

function stateOf(organization: Organization, at: number): Map<string, Before> {
  return new Map(
    organization.users.map((user) => [
      user.id,
      {
        sessions: activeSessions(user, at, 0).length,
        devices: activeRegistrations(user, at, 0).length,
        seat: { ...user.seat },
        lastLogin: lastLogin(user, at),
      },
    ]),
  )
}
