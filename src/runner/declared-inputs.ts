const DEFAULTS = {
  email: '',
  'users-file': '',
  'email-column': 'email',
  'date-column': 'revoke_after',
  'date-format': 'YYYY-MM-DD',
  'blank-date': 'stop',
  'reference-column': '',
  'bad-rows': 'stop',
  'user-uid': '',
  'if-empty': 'fail',
  timezone: 'UTC',
  'due-within-days': '30',
  'max-users': '100',
  'account-id': '',
  'zone-id': '',
  'api-token': '',
  'api-email': '',
  'api-key': '',
  devices: 'false',
  'warp-session-reauth': 'false',
  verify: 'false',
  'unknown-user': 'fail',
  'signed-in-again': 'fail',
  'remove-seat': 'false',
  'dry-run': 'false',
  concurrency: '4',
  'max-attempts': '5',
  'request-timeout': '30',
  'mask-emails': 'false',
  'api-base-url': '',
} as const

/** The name of an input. */
export type InputName = keyof typeof DEFAULTS

/** The inputs of the action with their defaults; a test holds both equal to action.yml. */
export const INPUTS: Readonly<Record<InputName, string>> = DEFAULTS
