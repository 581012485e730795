/**
 * Moves the tag of a major version (`v1`) to a release: `node scripts/release/major-tag.ts v1.2.3`.
 *
 * It only moves forward from the version that it points to now. So a release that was withdrawn by moving `v1` back does
 * not block later ones, and neither does a tag that never became a release.
 */
import { git, isVersion, REMOTE, remoteTags } from './repository.ts'

/** @throws Error with the reason why the tag cannot be moved */
function moveTo(name: string): string {
  if (!isVersion(name)) throw new Error(`${name} is not a tag like v1.2.3.`)
  const tags = remoteTags()
  const release = tags.find((tag) => tag.name === name)
  if (release === undefined) throw new Error(`The remote repository has no tag ${name}.`)
  const major = name.replace(/\..*/, '')
  const from = tags.find((tag) => tag.name === major)
  if (from?.commit === release.commit) return `${major} points to ${name} already.`
  const now = tags.findLast((tag) => tag.commit === from?.commit && isVersion(tag.name))
  if (from !== undefined && now === undefined) {
    throw new Error(`${major} points to ${from.commit}, which is not a version. Move it by hand.`)
  }
  if (now !== undefined && tags.indexOf(now) > tags.indexOf(release)) {
    return `${major} stays at ${now.name}, which is newer than ${name}.`
  }
  // Fails if the tag was moved in the meantime.
  const lease = `--force-with-lease=refs/tags/${major}:${from?.object ?? ''}`
  git('push', lease, REMOTE, `${release.commit}:refs/tags/${major}`)
  return `${major} points to ${name} now.`
}

try {
  console.log(moveTo(process.argv[2] ?? ''))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
