import { git } from './commands.ts'

/** A version of the action. */
export interface Version {
  readonly major: number
  readonly minor: number
  readonly patch: number
}

/** @returns the version of a tag; undefined for any other tag, such as `v1`, and for prereleases */
export function versionOf(tag: string): Version | undefined {
  const { major, minor, patch } =
    /^v(?<major>0|[1-9]\d*)\.(?<minor>0|[1-9]\d*)\.(?<patch>0|[1-9]\d*)$/.exec(tag)?.groups ?? {}
  if (major === undefined) return undefined
  return { major: Number(major), minor: Number(minor), patch: Number(patch) }
}

/** Negative if `a` is older than `b`, positive if it is newer. */
export function compareVersions(a: Version, b: Version): number {
  return a.major - b.major || a.minor - b.minor || a.patch - b.patch
}

/** The repository that is released. */
export const REMOTE = 'origin'

/** A tag of the remote repository. */
export interface RemoteTag {
  readonly name: string
  /** The commit or, for an annotated tag, the object that points to the commit. */
  readonly object: string
  readonly commit: string
}

/** The present tags of the remote repository; the clone may have others. */
export function remoteTags(): readonly RemoteTag[] {
  const objects = new Map<string, string>()
  for (const line of git('ls-remote', '--tags', REMOTE).split('\n')) {
    const [object = '', ref = ''] = line.split('\t')
    objects.set(ref.replace('refs/tags/', ''), object)
  }
  // An annotated tag has a second line, with ^{} at the end of its name, for the commit.
  return [...objects]
    .filter(([name]) => name !== '' && !name.endsWith('^{}'))
    .map(([name, object]) => ({ name, object, commit: objects.get(`${name}^{}`) ?? object }))
}

/** The tag of the newest version among tags of any kind. */
export function newestVersion(tags: readonly RemoteTag[]): (RemoteTag & { version: Version }) | undefined {
  return tags
    .flatMap((tag) => {
      const version = versionOf(tag.name)
      return version === undefined ? [] : [{ ...tag, version }]
    })
    .sort((a, b) => compareVersions(b.version, a.version))
    .at(0)
}
