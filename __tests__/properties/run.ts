import * as v from 'valibot'
import { demoOrganization } from '../../embedded-api/demo-organization.ts'
import type { Organization } from '../../embedded-api/organization/organization.ts'
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
import { Scene } from '../support/scene.ts'
import { inputsOf, START, type Trial } from './trial.ts'

/** What a record was like before the action ran. */
export interface Before {
  readonly sessions: number
  readonly devices: number
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
  /** When the action had ended; clock, milliseconds. */
  readonly endedAt: number
}

const Refusal = v.looseObject({ problems: v.array(v.unknown()) })

/** Runs the bundle as the trial has it, against a stand-in of its own. */
export async function runTrial(trial: Trial): Promise<Run> {
  const { world, propagationMs, missingPermission } = trial
  const clock = new Clock(1, START)
  const { now } = clock
  const organization = demoOrganization(now)
  for (const record of trial.records) organization.addUser(record)
  for (const credential of organization.credentials) {
    if (credential.kind === 'api-token')
      credential.permissions = credential.permissions.filter((permission) => permission !== missingPermission)
  }
  const before = new Map(
    organization.users.map((user) => [
      user.id,
      {
        sessions: activeSessions(user, START, 0).length,
        devices: activeRegistrations(user, START, 0).length,
        seat: { ...user.seat },
        lastLogin: lastLogin(user, START),
      },
    ]),
  )
  await using scene = await Scene.open({ now, organizations: [organization], world, propagationMs }, clock)
  scene.inject(...trial.faults)
  const { inputs, files } = inputsOf(trial, organization)
  const result = await scene.run(inputs, { files })
  const report = v.is(Refusal, JSON.parse(result.report)) ? undefined : reportOf(result)
  return { trial, result, report, organization, before, requests: scene.api.requests, endedAt: now() }
}
