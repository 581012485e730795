/**
 * Moves the tag of a major version (`v1`) to a release: `node scripts/release/major-tag.ts v1.2.3`.
 *
 * It only moves forward from the version that it points to now. So a release that was withdrawn by moving `v1` back does
 * not block later ones, and neither does a tag that never became a release.
 */
import { git } from './commands.ts'
import { compareVersions, newestVersion, REMOTE, remoteTags, type RemoteTag, versionOf } from './tags.ts'

/** The decision about a major tag: its new commit, why it stays, or why there is no decision. */
type Move =
  | { readonly major: string; readonly from: RemoteTag | undefined; readonly to: string }
  | { readonly stays: string }
  | { readonly problem: string }

function moveTo(name: string, tags: readonly RemoteTag[]): Move {
  const version = versionOf(name)
  const release = tags.find((tag) => tag.name === name)
  if (version === undefined) return { problem: `${name} is not a tag like v1.2.3.` }
  if (release === undefined) return { problem: `The remote repository has no tag ${name}.` }
  const major = `v${version.major}`
  const from = tags.find((tag) => tag.name === major)
  if (from === undefined) return { major, from, to: release.commit }
  if (from.commit === release.commit) return { stays: `${major} points to ${name} already.` }
  const now = newestVersion(tags.filter(({ commit }) => commit === from.commit))
  if (now === undefined)
    return { problem: `${major} points to ${from.commit}, which is not a version. Move it by hand.` }
  return compareVersions(now.version, version) > 0
    ? { stays: `${major} stays at ${now.name}, which is newer than ${name}.` }
    : { major, from, to: release.commit }
}

const name = process.argv[2] ?? ''
const move = moveTo(name, remoteTags())
if ('problem' in move) {
  console.error(move.problem)
  process.exitCode = 1
} else if ('stays' in move) {
  console.log(move.stays)
} else {
  const { major, from, to } = move
  // Fails if the tag was moved in the meantime.
  git(
    'push',
    `--force-with-lease=refs/tags/${major}:${from?.object ?? ''}`,
    REMOTE,
    `${to}:refs/tags/${major}`,
  )
  console.log(`${major} points to ${name} now.`)
}
