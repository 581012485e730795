import type { Organization } from './organization.ts'
import type { Propagation } from './propagation.ts'
import type { World } from './world.ts'

/** What the operations work on. */
export interface AccessState {
  organizations: readonly Organization[]
  /** Clock time from a revocation until sessions and devices are no longer listed, milliseconds. */
  propagationMs: number
  world: World
}

/** When revoked sessions disappear. */
export function sessionPropagation({ propagationMs, world }: AccessState): Propagation {
  return { afterMs: propagationMs, apartMs: world.sessionsApartMs ?? 0 }
}

/** When revoked and deleted registrations disappear. */
export function registrationPropagation({ propagationMs, world }: AccessState): Propagation {
  return {
    afterMs: world.registrationsPropagationMs ?? propagationMs,
    apartMs: world.registrationsApartMs ?? 0,
  }
}
