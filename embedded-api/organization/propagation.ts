import type { World } from '../world.ts'

/** When revoked sessions and registrations disappear from the lists. */
export interface Propagation {
  /** Milliseconds of the clock until the first session or registration of a user is gone. */
  readonly afterMs: number
  /** How much later each further one of the same user follows, in milliseconds. */
  readonly apartMs: number
}

interface Delays {
  /** Clock time from a revocation until sessions and devices are no longer listed, milliseconds. */
  readonly propagationMs: number
  readonly world: World
}

/** When revoked sessions disappear. */
export function sessionPropagation({ propagationMs, world }: Delays): Propagation {
  return { afterMs: propagationMs, apartMs: world.sessionsApartMs ?? 0 }
}

/** When revoked and deleted registrations disappear. */
export function registrationPropagation({ propagationMs, world }: Delays): Propagation {
  return {
    afterMs: world.registrationsPropagationMs ?? propagationMs,
    apartMs: world.registrationsApartMs ?? 0,
  }
}
