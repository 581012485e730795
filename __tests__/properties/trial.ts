import type { FaultRule } from '../../embedded-api/faults/faults.ts'
import type { Permission } from '../../embedded-api/organization/organization.ts'
import type { World } from '../../embedded-api/world.ts'
import type { DrawnUser } from './organization-arbitrary.ts'
import type { Asked, List } from './step-arbitrary.ts'

/** Everything that is drawn for one run of the action. */
export interface Trial {
  readonly world: World
  /** Milliseconds. */
  readonly propagationMs: number
  readonly records: readonly DrawnUser[]
  /** Whether only `search` finds the users. */
  readonly searchOnly: boolean
  readonly list: List
  readonly asked: Asked
  /** A permission that the token has not. */
  readonly lacking: Permission | undefined
  readonly faults: readonly FaultRule[]
}
