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
