/** `2030-01-31T23:00:00.000Z`, from milliseconds since the epoch. */
export function isoTime(time: number): string {
  return new Date(time).toISOString()
}
