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
