/**
 * Drafts the release of a tag on GitHub with all its assets, because a published release cannot be changed:
 * `node scripts/release/draft.ts v1.0.0 FILES…`. Prints the remaining steps as Markdown.
 */
import { readFileSync } from 'node:fs'
import { sectionOf } from './changelog.ts'
import { gh } from './commands.ts'
import { newestVersion, remoteTags, versionOf } from './tags.ts'

/** Removes drafts of earlier attempts, which GitHub would keep beside the new one. */
function removeDrafts(tag: string): void {
  const query = `.[] | select(.tagName == "${tag}") | .isDraft`
  const drafts = gh(['release', 'list', '--limit=1000', '--json=tagName,isDraft', `--jq=${query}`])
  const states = drafts.split('\n').filter((state) => state !== '')
  if (states.includes('false')) throw new Error(`${tag} is published already.`)
  states.forEach(() => gh(['release', 'delete', tag, '--yes']))
}

/** @returns the URL of the draft */
function draft(tag: string, files: readonly string[]): string {
  const notes = sectionOf(readFileSync('CHANGELOG.md', 'utf8'), tag.replace('v', ''))
  if (versionOf(tag) === undefined || notes === undefined) {
    throw new Error(`CHANGELOG.md has no section for ${tag}.`)
  }
  removeDrafts(tag)
  const options = ['--draft', '--verify-tag', `--title=${tag}`, '--notes-file=-']
  return gh(['release', 'create', tag, ...options, ...files], notes)
}

const [, , tag = '', ...files] = process.argv
const url = draft(tag, files)
const newest = newestVersion(remoteTags())?.name ?? tag
const latest =
  newest === tag
    ? 'Select **Set as the latest release**.'
    : `Clear **Set as the latest release**, because ${newest} is newer.`
console.log(`## ${tag} is ready to be published

1. Open [the draft](${url}) and check its notes and assets. After publication, its assets and its tag are final.
2. Select the pencil icon, and then **Publish this Action to the GitHub Marketplace**.
3. ${latest}
4. Select **Publish release**. The major version tag then moves by itself.`)
