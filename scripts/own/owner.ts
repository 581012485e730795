import { parseEmailAddress } from '../../src/text/email-address.ts'

/** Who publishes the action, and under which name. */
export interface Owner {
  /** The repository as `owner/name`. */
  readonly repository: string
  /** Who reviews changes, as CODEOWNERS has it: `@user`, `@organization/team`, or an email address. At least one. */
  readonly codeOwners: readonly string[]
}

/** Names that stand for those of the reader. */
const PLACEHOLDERS = ['your-org', 'example-org']

/** Letters, digits, and single hyphens between them; managed users also have the short code of their enterprise. */
const ACCOUNT = /^(?=[^_]{1,39}(?:_|$))[a-z\d]+(?:-[a-z\d]+)*(?:_[a-z\d]{3,8})?$/i
/** GitHub writes any other character as a hyphen. */
const REPOSITORY_NAME = /^(?!\.{1,2}$)[\w.-]{1,100}(?<!\.git|\.wiki)$/i
const TEAM = /^[a-z\d](?:[a-z\d_-]*[a-z\d])?$/i

/**
 * Checks who the owner is to be.
 *
 * @param codeOwners - as given: several are separated by commas or white space
 * @returns the owner, or sentences that say what is wrong
 */
export function parseOwner(repository: string, codeOwners: readonly string[]): Owner | readonly string[] {
  const [account = '', name = '', ...rest] = repository.split('/')
  const owners = codeOwners.flatMap((text) => text.split(/[\s,]+/)).filter((text) => text !== '')
  const problems = [
    ...(ACCOUNT.test(account) && REPOSITORY_NAME.test(name) && rest.length === 0
      ? []
      : [`"${repository}" is not a repository. Write owner/name, such as acme/revoke-cloudflare-access.`]),
    ...(PLACEHOLDERS.includes(account.toLowerCase())
      ? [`"${account}" stands for the name of an organization. Write the real one.`]
      : []),
    ...(owners.length === 0
      ? ['Say who reviews changes: --code-owners @user, @organization/team, or an email address.']
      : []),
    ...owners.flatMap((owner) => codeOwnerProblem(owner, account)),
  ]
  return problems.length > 0 ? problems : { repository, codeOwners: owners }
}

function codeOwnerProblem(codeOwner: string, account: string): string[] {
  const [, organization = '', team] = /^@([^/]*)(?:\/(.*))?$/s.exec(codeOwner) ?? []
  if (!codeOwner.startsWith('@')) {
    // CODEOWNERS takes what follows a # for a comment.
    const isAddress = typeof parseEmailAddress(codeOwner) === 'string' && !codeOwner.includes('#')
    return isAddress ? [] : [`"${codeOwner}" is not @user, @organization/team, or an email address.`]
  }
  if (!ACCOUNT.test(organization) || (team !== undefined && !TEAM.test(team))) {
    return [`"${codeOwner}" is not @user or @organization/team.`]
  }
  if (team !== undefined && organization.toLowerCase() !== account.toLowerCase()) {
    return [`"${codeOwner}" is a team of another organization; a team can only own the code of its own.`]
  }
  return []
}
