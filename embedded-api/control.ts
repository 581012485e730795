import type { IncomingMessage, ServerResponse } from 'node:http'

import type { AccessState } from './access-state.ts'
import { registrationPropagation, sessionPropagation } from './access-state.ts'
import { commonHeaders, send } from './answer.ts'
import { failure } from './envelope.ts'
import type { Surroundings } from './exchange.ts'
import { withoutCredentials } from './journal.ts'
import type { Organization } from './organization.ts'
import { shownRegistrations } from './registration.ts'
import { shownSessions } from './session.ts'

/** Answers what a person wants to know of a running embedded API. Returns false for paths that are not its own. */
export function answerControl(
  around: Surroundings,
  request: IncomingMessage,
  response: ServerResponse,
): boolean {
  const { method, url = '' } = request
  if (!url.startsWith('/embedded-api/')) return false
  const at = around.now()
  const reply = (status: number, body: object): void => {
    send(response, {
      status,
      headers: commonHeaders(at, around.world),
      body: `${JSON.stringify(body, null, 2)}\n`,
    })
  }
  request.resume()
  if (method !== 'GET') reply(405, failure([{ code: 10405, message: 'Method not allowed' }]))
  else if (url === '/embedded-api/requests') reply(200, around.journal.requests.map(withoutCredentials))
  else if (url === '/embedded-api/organization') reply(200, organizationsOf(around, at))
  else reply(404, failure([{ code: 7000, message: 'No route for that URI' }]))
  return true
}

/** The first organization, with what is left of each user's access. */
function organizationsOf(around: Surroundings, at: number): object {
  const [first] = around.organizations
  return first === undefined ? {} : shown(first, at, around)
}

function shown(organization: Organization, at: number, state: AccessState): object {
  return {
    account_id: organization.accountId,
    zone_ids: organization.zoneIds,
    zero_trust: organization.zeroTrust,
    credentials: organization.credentials.map((credential) =>
      credential.kind === 'api-token'
        ? { kind: credential.kind, owner: credential.owner, permissions: credential.permissions }
        : { kind: credential.kind },
    ),
    users: organization.users.map((user) => ({
      ...user,
      active_sessions: shownSessions(user.sessions, at, sessionPropagation(state)).length,
      active_devices: shownRegistrations(user.registrations, at, registrationPropagation(state)).filter(
        ({ active }) => active,
      ).length,
    })),
  }
}
