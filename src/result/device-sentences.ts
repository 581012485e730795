import { deviceName } from '../revocation/device-name.ts'
import type { Device, SeatRemoval } from '../revocation/outcome.ts'
import { quantity } from '../text/quantity.ts'

/** `2 devices revoked: "laptop", "phone"`, by what became of them; empty where nobody looked. */
export function devicesText(devices: readonly Device[] | undefined): string {
  if (devices === undefined) return ''
  if (devices.length === 0) return 'no devices'
  return (['revoked', 'deleted', 'active'] as const)
    .map((state) => [state, devices.filter((device) => device.state === state)] as const)
    .filter(([, own]) => own.length > 0)
    .map(([state, own]) => `${quantity(own.length, 'device')} ${state}: ${own.map(deviceName).join(', ')}`)
    .join('; ')
}

/** What became of the user's seat; empty where nobody asked for it. */
export function seatText(seat: SeatRemoval | undefined): string {
  return seat === undefined ? '' : SEATS[seat.state]
}

const SEATS: Readonly<Record<SeatRemoval['state'], string>> = {
  removed: 'seat freed',
  none: 'no seat to free',
  failed: 'seat not freed',
  not_done: 'seat left untouched',
}
