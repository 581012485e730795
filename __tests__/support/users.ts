import { read } from './inputs.ts'

/** The users that inputs and files come to, in short. */
export async function usersOf(
  email: string | null,
  files: Record<string, string | Uint8Array> = {},
  more = {},
): Promise<unknown> {
  const [file] = Object.keys(files)
  const { inputs, problems } = await read(
    { email, ...(file !== undefined && { 'users-file': file }), ...more },
    {},
    files,
  )
  if (inputs === undefined) return problems
  return inputs.list.users.map((user) =>
    [
      user.email,
      ...(user.userUid === undefined ? [] : [user.userUid]),
      ...(user.revokeAfter === undefined ? [] : [new Date(user.revokeAfter.at).toISOString()]),
    ].join(' '),
  )
}
