/** The Zero Trust seat of a user. */
export interface Seat {
  /** UUID; undefined for a user who never had a seat. */
  uid: string | undefined
  access: boolean
  gateway: boolean
  /** Milliseconds of the clock. */
  freedAt?: number
}

/** Frees a seat at `at` (clock, milliseconds). */
export function freeSeat(seat: Seat, at: number): void {
  seat.access = false
  seat.gateway = false
  seat.freedAt = at
}

/**
 * Whether Access holds the seat. A login after the seat was freed takes it again.
 *
 * @param lastLoginAt milliseconds of the clock
 */
export function hasAccessSeat(
  { access, freedAt = Infinity }: Seat,
  lastLoginAt: number | undefined,
): boolean {
  return access || (lastLoginAt ?? 0) > freedAt
}
