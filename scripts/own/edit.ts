import { stringify } from 'yaml'
import type { Owner } from './owner.ts'

/** Matches each mention of a repository. */
export function mentionOf(repository: string): RegExp {
  return new RegExp(`(?<![\\w.@-])${RegExp.escape(repository)}(?![\\w-]|\\.\\w)`, 'g')
}

/**
 * Edits a file for a new owner of the repository.
 *
 * @param path - in the repository, with `/`
 * @param before - the repository's present name, as `owner/name`
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

/** The changed lines of a text, with their numbers. */
export function changedLines(before: string, after: string): string[] {
  const old = before.split('\n')
  return after
    .split('\n')
    .flatMap((line, index) => (line === old[index] ? [] : [`${index + 1}: ${line.trim()}`]))
}
