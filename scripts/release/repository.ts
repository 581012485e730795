import { execFileSync } from 'node:child_process'

/** The repository that is released. */
export const REMOTE = 'origin'

export interface RemoteTag {
  readonly name: string
  /** The commit or, for an annotated tag, the object that points to the commit. */
  readonly object: string
  readonly commit: string
}

/** Whether a tag is a version; neither `v1` nor a prerelease is. */
export function isVersion(tag: string): boolean {
  return /^v(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*)){2}$/.test(tag)
}

/** The present tags of the remote repository, older versions first; the clone may have others. */
export function remoteTags(): readonly RemoteTag[] {
  const lines = git('ls-remote', '--tags', '--sort=version:refname', REMOTE).split('\n')
  const objects = new Map(
    lines.map((line) => [line.replace(/^.*\trefs\/tags\//, ''), line.split('\t', 1)[0] ?? '']),
  )
  // An annotated tag has a second line, with ^{} at the end of its name, for the commit.
  return [...objects]
    .filter(([name]) => name !== '' && !name.endsWith('^{}'))
    .map(([name, object]) => ({ name, object, commit: objects.get(`${name}^{}`) ?? object }))
}

/**
 * Runs git in the current folder.
 *
 * @returns its output, without the last line break
 * @throws with its error message if it fails
 */
export function git(...args: readonly string[]): string {
  return execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trimEnd()
}

/**
 * Runs GitHub's command line, which finds the repository in the clone and the token in the environment.
 *
 * @returns its output, without the last line break
 * @throws if it fails; it has printed why
 */
export function gh(args: readonly string[], input = ''): string {
  return execFileSync('gh', args, { encoding: 'utf8', input, stdio: ['pipe', 'pipe', 'inherit'] }).trim()
}

/**
 * The section of a changelog that describes a version.
 *
 * @param version - such as `1.0.0`
 * @returns the text below its heading (`## 1.0.0`, or `## [1.0.0] - 2030-01-31`), or undefined if there is none
 */
export function sectionOf(changelog: string, version: string): string | undefined {
  const sections = changelog.replaceAll('\r\n', '\n').split(/^## /m).slice(1)
  const section = sections.find((text) => {
    const [heading = ''] = text.split(/[\s\n]/, 1)
    return heading.replaceAll(/[[\]]/g, '') === version
  })
  const text = section?.replace(/^.*\n?/, '').trim()
  return text === '' ? undefined : text
}
