import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AccessState } from '../organization/operations.ts'
import { registrationPropagation, sessionPropagation } from '../organization/propagation.ts'
import { commonHeaders, failure, send } from './answer.ts'
import type { ServerContext } from './exchange.ts'
import { withoutCredentials } from './journal.ts'
import type { Organization } from '../organization/organization.ts'
import { shownRegistrations } from '../organization/registration.ts'
import { shownSessions } from '../organization/session.ts'

/** Answers the control paths, which show the state of a running embedded API. Returns false for other paths. */
export function answerControl(
  context: ServerContext,
  request: IncomingMessage,
  response: ServerResponse,
): boolean {
  const { method, url = '' } = request
  if (!url.startsWith('/embedded-api/')) return false
  const at = context.now()
  const reply = (status: number, body: object): void => {
    send(response, {
      status,
      headers: commonHeaders(at, context.world),
      body: `${JSON.stringify(body, null, 2)}\n`,
    })
  }
  request.resume()
  if (method !== 'GET') reply(405, failure([{ code: 10405, message: 'Method not allowed' }]))
  else if (url === '/embedded-api/requests') reply(200, context.journal.requests.map(withoutCredentials))
  else if (url === '/embedded-api/organization') reply(200, organizationsOf(context, at))
  else reply(404, failure([{ code: 7000, message: 'No route for that URI' }]))
  return true
}

/** The first organization, with what is left of each user's access. */
function organizationsOf(context: ServerContext, at: number): object {
  const [first] = context.organizations
  return first === undefined ? {} : shown(first, at, context)
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
