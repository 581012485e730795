import { expect } from '@jest/globals'
import type { NewUser } from '../../embedded-api/organization/organization.ts'
import type { Fault, FaultRule } from '../../embedded-api/server.ts'
import type { World } from '../../embedded-api/world.ts'
import { reportOf } from '../support/report.ts'
import { Scene, type With } from '../support/scene.ts'

const [ANN, BOB] = ['ann@example.com', 'bob@example.com']

/** A run for a user with one session, and what comes out of it. */
export interface ProofCase {
  readonly user?: Partial<NewUser>
  /** A second user of the run. */
  readonly other?: Partial<NewUser>
  readonly world?: World
  readonly rules?: readonly FaultRule[]
  readonly inputs?: With
  /** How many times as fast as usual the clock goes. */
  readonly speed?: number
  /** The first error message; undefined if there is none. */
  readonly error?: RegExp
  /** What the report says of the user besides the status, and of the second one. */
  readonly reported?: object
  readonly reportedOther?: object
  /** A field that the report does not have for the user. */
  readonly absent?: string
  /** Calls that change seats. */
  readonly seatCalls?: number
}

/** Runs the case, and compares what comes out. */
export async function checkProof(proof: ProofCase, common: With): Promise<void> {
  const { user, other, world = {}, rules = [], inputs, speed, error, seatCalls = 0 } = proof
  await using scene = await Scene.openWithoutWaits({ world }, speed)
  scene.organization.addUser({ email: ANN, sessions: 1, ...user })
  if (other !== undefined) scene.organization.addUser({ email: BOB, ...other })
  const email = other === undefined ? ANN : `${ANN},${BOB}`
  const result = await scene.inject(...rules).runSource({ email, ...common, ...inputs })
  expect(result.errors[0] ?? '').toMatch(error ?? /^$/)
  const [first, second] = reportOf(result).users
  expect(first).toMatchObject({ status: error === undefined ? 'revoked' : 'failed', ...proof.reported })
  expect(first).not.toHaveProperty(proof.absent ?? 'none')
  expect(second ?? {}).toMatchObject(proof.reportedOther ?? {})
  const operations = scene.api.requests.map(({ operation }) => operation)
  expect(operations.filter((operation) => operation === 'update_seats')).toHaveLength(seatCalls)
}

/** A successful answer with this result. */
export function answer(result: unknown, headers: Readonly<Record<string, string>> = {}): Fault {
  return { kind: 'answer', status: 200, headers, body: { success: true, errors: [], messages: [], result } }
}
