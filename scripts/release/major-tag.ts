/**
 * Moves the tag of a major version (`v1`) to a release: `node scripts/release/major-tag.ts v1.2.3`.
 *
 * It moves forward only. What counts is the version that the tag points to now, and not which versions exist: a release
 * that was withdrawn by moving `v1` back to its predecessor holds up no later one, and a tag that never became a release
 * counts for nothing.
 */
import { git } from './git.ts'
import { newestVersion, REMOTE, remoteTags, type RemoteTag } from './remote-tags.ts'
import { compareVersions, versionOf } from './version.ts'

/** What is to happen to a major tag: where it goes, why it stays, or why that cannot be told. */
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
  // Fails if somebody has moved the tag in the meantime.
  git(
    'push',
    `--force-with-lease=refs/tags/${major}:${from?.object ?? ''}`,
    REMOTE,
    `${to}:refs/tags/${major}`,
  )
  console.log(`${major} points to ${name} now.`)
}
