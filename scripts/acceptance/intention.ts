import type { Settings } from './settings.ts'

/** What a run will do, before it does anything. It names nobody. */
export function intention({ devices, seat }: Settings): string {
  return [
    'This runs the action against a real Cloudflare account and checks what the action assumes of Cloudflare.',
    '',
    'It reads the test user in ACCEPTANCE_USER, their active sessions, and their device registrations.',
    'It revokes an address under .invalid, which nobody has.',
    'It revokes the test user, two or three times: all their Access sessions end.',
    devices
      ? "--devices: it revokes all of the test user's devices."
      : "It leaves the test user's devices alone (--devices revokes them).",
    seat
      ? "--seat: it frees the test user's seat, which deletes their device registrations."
      : "It leaves the test user's seat alone (--seat frees it).",
    'Nobody else is touched. It makes fewer than 200 calls and takes up to eight minutes.',
  ].join('\n')
}
