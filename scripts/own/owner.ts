import { stringify } from 'yaml'
import { parseEmailAddress } from '../../src/text/email-address.ts'

export interface Owner {
  /** The repository as `owner/name`. */
  readonly repository: string
  /** The reviewers of changes, at least one: `@user`, `@organization/team`, or an email address. */
  readonly codeOwners: readonly string[]
}

/** Letters, digits, and single hyphens between them; managed users also have the short code of their enterprise. */
const ACCOUNT = /^(?=[^_]{1,39}(?:_|$))[a-z\d]+(?:-[a-z\d]+)*(?:_[a-z\d]{3,8})?$/i
/** GitHub writes any other character as a hyphen. */
const REPOSITORY_NAME = /^(?!\.{1,2}$)[\w.-]{1,100}(?<!\.git|\.wiki)$/i
const TEAM = /^[a-z\d](?:[a-z\d_-]*[a-z\d])?$/i

/** A part of a document that is true only until the repository has an owner. */
const UNTIL_OWNED = /<!-- until owned -->\n[^]*?<!-- end -->\n+/g

/**
 * Checks a new owner.
 *
 * @param codeOwners - several in one text are separated by commas or white space
 * @throws TypeError with the problems in full sentences
 */
export function parseOwner(repository: string, codeOwners: readonly string[]): Owner {
  const [account = '', name = '', ...rest] = repository.split('/')
  const owners = codeOwners.flatMap((text) => text.split(/[\s,]+/)).filter((text) => text !== '')
  const problems = owners.flatMap((owner) => codeOwnerProblem(owner, account))
  if (!ACCOUNT.test(account) || !REPOSITORY_NAME.test(name) || rest.length > 0) {
    problems.unshift(
      `"${repository}" is not a repository. Use owner/name, such as acme/revoke-cloudflare-access.`,
    )
  }
  if (owners.length === 0) {
    problems.push(
      'Name the reviewers of changes: --code-owners @user, @organization/team, or an email address.',
    )
  }
  if (problems.length > 0) throw new TypeError(problems.join('\n'))
  return { repository, codeOwners: owners }
}

function codeOwnerProblem(codeOwner: string, account: string): string[] {
  const [, organization = '', team] = /^@([^/]*)(?:\/(.*))?$/s.exec(codeOwner) ?? []
  if (!codeOwner.startsWith('@')) {
    // In CODEOWNERS, # begins a comment.
    const isAddress = typeof parseEmailAddress(codeOwner) === 'string' && !codeOwner.includes('#')
    return isAddress ? [] : [`"${codeOwner}" is not @user, @organization/team, or an email address.`]
  }
  if (!ACCOUNT.test(organization) || (team !== undefined && !TEAM.test(team))) {
    return [`"${codeOwner}" is not @user or @organization/team.`]
  }
  if (team !== undefined && organization.toLowerCase() !== account.toLowerCase()) {
    return [
      `"${codeOwner}" is a team of another organization; a team can only own code of its own organization.`,
    ]
  }
  return []
}

/**
 * Edits a file for a new owner of the repository.
 *
 * @param path - in the repository, with `/`
 * @param before - the repository's present name, as `owner/name`
 */
export function edited(path: string, text: string, before: string, owner: Owner): string {
  const mention = new RegExp(`(?<![\\w.@-])${RegExp.escape(before)}(?![\\w-]|\\.\\w)`, 'g')
  const renamed = text.replaceAll(mention, owner.repository)
  if (path === '.github/CODEOWNERS') {
    return renamed.replaceAll(/^([^#\s]\S*\s+).*$/gm, `$1${owner.codeOwners.join(' ')}`)
  }
  if (path === 'action.yml') {
    const [account = ''] = owner.repository.split('/')
    return renamed.replace(/^author: .*$/m, `author: ${stringify(account).trim()}`)
  }
  return path.endsWith('.md') ? renamed.replaceAll(UNTIL_OWNED, '') : renamed
}

/** The changed lines of a text, with their numbers. */
export function changedLines(before: string, after: string): string[] {
  const old = new Set(before.split('\n'))
  return after.split('\n').flatMap((line, index) => (old.has(line) ? [] : [`${index + 1}: ${line.trim()}`]))
}
