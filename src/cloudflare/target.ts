/** Whose Zero Trust organization the run is about. The ID is 32 hex characters, in lower case. */
export interface Target {
  readonly type: 'account' | 'zone'
  readonly id: string
}

/**
 * Chooses the target from `account-id` and `zone-id`, which exclude each other.
 *
 * @param problem - takes each problem as a full sentence
 * @returns undefined exactly if a problem was reported
 */
export function chooseTarget(
  accountId: string,
  zoneId: string,
  problem: (sentence: string) => void,
): Target | undefined {
  if (accountId !== '' && zoneId !== '') {
    problem('`account-id` and `zone-id` exclude each other: set one of them.')
    return undefined
  }
  if (accountId === '' && zoneId === '') {
    problem(
      'No organization: set `account-id` (or `zone-id`). In the Cloudflare dashboard, you find it in the URL, after the host.',
    )
    return undefined
  }
  const type = accountId === '' ? 'zone' : 'account'
  const id = (accountId === '' ? zoneId : accountId).toLowerCase()
  if (!/^[0-9a-f]{32}$/.test(id)) {
    problem(`\`${type}-id\` is not 32 hex characters: copy the ${type} ID again, without spaces or quotes.`)
    return undefined
  }
  return { type, id }
}

/** The target in the words of a sentence. */
export function targetName(target: Target): string {
  return `${target.type} ${target.id}`
}
