/**
 * Drafts the release of a tag on GitHub with all its assets, because a published release cannot be changed:
 * `node scripts/release/draft.ts v1.0.0 FILES…`. Prints the remaining steps as Markdown.
 */
import { readFileSync } from 'node:fs'
import { gh, isVersion, remoteTags, sectionOf } from './repository.ts'

const [, , tag = '', ...files] = process.argv
const notes = sectionOf(readFileSync('CHANGELOG.md', 'utf8'), tag.replace('v', ''))
if (!isVersion(tag) || notes === undefined) throw new Error(`CHANGELOG.md has no section for ${tag}.`)

// GitHub would keep drafts of earlier attempts beside the new one.
const query = `.[] | select(.tagName == "${tag}") | .isDraft`
const releases = gh(['release', 'list', '--limit=1000', '--json=tagName,isDraft', `--jq=${query}`])
if (/^false$/m.test(releases)) throw new Error(`${tag} is published already.`)
releases.match(/^true$/gm)?.forEach(() => gh(['release', 'delete', tag, '--yes']))

const options = ['--draft', '--verify-tag', `--title=${tag}`, '--notes-file=-']
const url = gh(['release', 'create', tag, ...options, ...files], notes)
const newest = remoteTags().findLast(({ name }) => isVersion(name))?.name ?? tag
const latest =
  newest === tag
    ? 'Select **Set as the latest release**.'
    : `Clear **Set as the latest release**, because ${newest} is newer.`
console.log(`## ${tag} is ready to be published

1. Open [the draft](${url}) and check its notes and assets. After publication, its assets and its tag are final.
2. Select the pencil icon, and then **Publish this Action to the GitHub Marketplace**.
3. ${latest}
4. Select **Publish release**. The major version tag then moves by itself.`)
