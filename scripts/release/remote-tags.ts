import { git } from './git.ts'
import { compareVersions, versionOf, type Version } from './version.ts'

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
