import { stringify } from 'yaml'
import type { Owner } from './owner.ts'

/** A part of a document that is true only until the repository has an owner. */
const UNTIL_OWNED = /<!-- until owned -->\n[^]*?<!-- end -->\n+/g

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
