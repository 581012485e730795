import { stringify } from 'yaml'
import type { Owner } from './owner.ts'

/** Where a text mentions a repository, whatever comes before or after its name. */
export function mentionOf(repository: string): RegExp {
  return new RegExp(`(?<![\\w.@-])${RegExp.escape(repository)}(?![\\w-]|\\.\\w)`, 'g')
}

/**
 * A file as it is when somebody else owns the repository.
 *
 * @param path - in the repository, with `/`
 * @param before - the repository so far, as `owner/name`
 */
export function edited(path: string, text: string, before: string, owner: Owner): string {
  const renamed = text.replaceAll(mentionOf(before), owner.repository)
  if (path === '.github/CODEOWNERS') {
    return renamed.replaceAll(/^([^#\s]\S*\s+).*$/gm, `$1${owner.codeOwners.join(' ')}`)
  }
  if (path === 'action.yml') {
    const [account = ''] = owner.repository.split('/')
    return renamed.replace(/^author: .*$/m, `author: ${stringify(account).trim()}`)
  }
  return renamed
}

/** The lines of a text that another text has not, each with its number. */
export function changedLines(before: string, after: string): string[] {
  const old = before.split('\n')
  return after
    .split('\n')
    .flatMap((line, index) => (line === old[index] ? [] : [`${index + 1}: ${line.trim()}`]))
}
