import { DEMO_ACCOUNT_ID, DEMO_TOKEN } from '../../embedded-api/demo-organization.ts'
import type { EmbeddedApiOptions, FaultRule } from '../../embedded-api/server.ts'
import type { InputName } from '../../src/inputs/options.ts'

export type Inputs = Readonly<Partial<Record<InputName, string>>>

/** A step, and the conditions in which it runs. */
export interface Scenario {
  /** What it shows, in one line. */
  readonly explanation: string
  readonly inputs: Inputs
  /** Files of the workspace, by name. */
  readonly files?: Readonly<Record<string, string>>
  /** How the embedded API differs from its default. */
  readonly api?: EmbeddedApiOptions
  readonly faults?: readonly FaultRule[]
}

const CLOUDFLARE: Inputs = { 'account-id': DEMO_ACCOUNT_ID, 'api-token': DEMO_TOKEN }
const EVERYTHING: Inputs = { ...CLOUDFLARE, devices: 'true', 'warp-session-reauth': 'true' }

/** The scenario of a command that names none. */
export const DEFAULT = 'simple'

/** Every scenario, by its name on the command line. */
export const SCENARIOS: ReadonlyMap<string, Scenario> = new Map(
  Object.entries<Scenario>({
    [DEFAULT]: {
      explanation: 'One user is revoked.',
      inputs: { email: 'leaver@example.com', ...EVERYTHING },
    },
    list: {
      explanation: 'A list with dates: users who are due are revoked, the others are not.',
      inputs: { 'users-file': 'leavers.csv', ...EVERYTHING },
      files: {
        'leavers.csv': csv(
          'Name,E-Mail,Revoke After',
          'Leaver,leaver@example.com,now',
          `Contractor,contractor@example.com,${minutesAgo(20)}`,
          `Intern,intern@example.com,${dateIn(30)}`,
        ),
      },
    },
    mixed: {
      explanation: 'A list with failures: the step is red, and names the users and the reasons.',
      inputs: {
        'users-file': 'staff.csv',
        'email-column': 'Work Email',
        'date-column': 'Access Ends',
        'reference-column': 'Ticket',
        'bad-rows': 'skip',
        ...EVERYTHING,
      },
      files: {
        'staff.csv': csv(
          'Name,Work Email,Access Ends,Ticket',
          `Leaver,leaver@example.com,${minutesAgo(20)},HR-1041`,
          `Contractor,contractor@example.com,${minutesAgo(15)},HR-1042`,
          `Intern,intern@example.com,${minutesAgo(10)},HR-1043`,
          `Colleague,colleague@example.com,${dateIn(30)},HR-1044`,
          `Trainee,trainee.example.com,${minutesAgo(5)},HR-1045`,
        ),
      },
      faults: [
        {
          operation: 'revoke_user',
          email: 'contractor@example.com',
          times: 1,
          fault: { kind: 'lost_answer' },
        },
        {
          operation: 'revoke_user',
          email: 'intern@example.com',
          fault: { kind: 'error', status: 404, code: 12130, message: 'access.api.error.not_found' },
        },
      ],
    },
    review: {
      explanation: 'An access review: a dry run names the users of the organization who are on no list.',
      inputs: {
        'users-file': 'staff.csv',
        'blank-date': 'not-due',
        'protected-users': 'intern@example.com',
        'dry-run': 'true',
        'not-listed': 'fail',
        ...CLOUDFLARE,
      },
      files: {
        'staff.csv': csv(
          'Name,E-Mail,Revoke After',
          `Leaver,leaver@example.com,${dateIn(-2)}`,
          'Colleague,colleague@example.com,',
        ),
      },
    },
    verified: {
      explanation:
        'Two users are revoked, sessions and devices are read until none is left, and seats are freed.',
      inputs: {
        email: 'leaver@example.com, contractor@example.com',
        ...EVERYTHING,
        verify: 'true',
        'remove-seat': 'true',
      },
      // Cloudflare takes 20 to 30 seconds.
      api: { propagationMs: 2_000 },
    },
  }),
)

function csv(...rows: readonly string[]): string {
  return `${rows.join('\n')}\n`
}

/** Shortly before now, since users who signed in today and left days ago would have come back. */
function minutesAgo(minutes: number): string {
  return `${new Date(Date.now() - minutes * 60_000).toISOString().slice(0, 16)}Z`
}

/** The date some days from now. */
function dateIn(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
}
