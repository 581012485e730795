import { userProblem } from '../cloudflare/problem.ts'

const CHECK_SPELLING =
  'Check the spelling of the address. If the user may never have used Access, set `unknown-user: warn`.'
const CHECK_UUID = 'Check `user-uid`, or `user_uid` in the list, against the address.'

/** That a user who was revoked may be nobody, or somebody else. */
export const UNKNOWN_USER = userProblem('Revoked, but the organization knows no such user', CHECK_SPELLING)
export const UNKNOWN_LOOK_ALIKE = userProblem(
  'Revoked, but the organization knows no such user, and the address contains characters that may only look like others',
  'Type the address instead of pasting it, and compare it with the one in Zero Trust.',
)
export const OTHER_UUID = userProblem(
  'The UUID belongs to another user than the address: the revocation was sent for the address alone',
  CHECK_UUID,
)

/** The same in a dry run. */
export const WOULD_BE_UNKNOWN = userProblem('The organization knows no such user', CHECK_SPELLING)
export const WOULD_BE_OTHER_UUID = userProblem(
  'The UUID belongs to another user than the address',
  CHECK_UUID,
)
