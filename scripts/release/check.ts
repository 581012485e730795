/**
 * Checks that a tag can be released: `node scripts/release/check.ts v1.0.0`, in a clone with that tag checked out.
 *
 * The version must be the same everywhere, the changelog must describe it, the commit must have been reviewed, and CI
 * must have passed for it, so that nothing is found out only after the tag, which cannot be moved.
 */
import { readFileSync } from 'node:fs'
import * as v from 'valibot'
import { sectionOf } from './changelog.ts'
import { gh, git } from './commands.ts'
import { versionOf } from './tags.ts'

/** Branches whose commits are reviewed, because they are protected as docs/publishing.md says. */
const REVIEWED = ['refs/remotes/origin/main', 'refs/remotes/origin/maintenance/*']

const packageSchema = v.object({ version: v.string(), repository: v.string() })
const lockSchema = v.object({
  version: v.string(),
  packages: v.object({ '': v.object({ version: v.string() }) }),
})

const runsSchema = v.array(v.object({ headBranch: v.string() }))

const read = (path: string): string => readFileSync(path, 'utf8')

/** The version in each place that states it. */
function versions(): Record<string, string> {
  const lock = v.parse(lockSchema, JSON.parse(read('package-lock.json')))
  const [, constant = ''] = /VERSION = '(.*)'/.exec(read('src/cloudflare/client.ts')) ?? []
  return {
    'package.json': v.parse(packageSchema, JSON.parse(read('package.json'))).version,
    'package-lock.json': lock.version,
    'package-lock.json, in packages': lock.packages[''].version,
    'src/cloudflare/client.ts': constant,
  }
}

function versionProblems(tag: string): string[] {
  if (versionOf(tag) === undefined) return [`${tag} is not a tag like v1.2.3.`]
  const version = tag.slice(1)
  const others = Object.entries(versions()).filter(([, other]) => other !== version)
  return [
    ...others.map(([place, other]) => `${place} has version ${other}, and the tag is ${tag}.`),
    ...(sectionOf(read('CHANGELOG.md'), version) === undefined
      ? [`CHANGELOG.md has no section "## ${version}", or it is empty.`]
      : []),
  ]
}

function commitProblems(tag: string): string[] {
  const commit = git('rev-parse', '--verify', `${tag}^{commit}`)
  const branches = git('for-each-ref', `--contains=${commit}`, '--format=%(refname)', ...REVIEWED)
  return [
    ...(git('rev-parse', 'HEAD') === commit ? [] : [`${tag} is not the commit that is checked out.`]),
    ...(branches === '' ? [`${tag} is neither on main nor on a branch maintenance/….`] : []),
  ]
}

/**
 * What only GitHub knows. On a developer's machine, nothing is asked.
 *
 * @param here - the repository that the workflow runs in
 */
function repositoryProblems(tag: string, here: string | undefined): string[] {
  if (here === undefined) return []
  const { repository } = v.parse(packageSchema, JSON.parse(read('package.json')))
  if (`github:${here}`.toLowerCase() !== repository.toLowerCase()) {
    return [`package.json names ${repository}, and this is ${here}. Run "npm run own -- ${here}" first.`]
  }
  return versionOf(tag) === undefined ? [] : ciProblems(git('rev-parse', '--verify', `${tag}^{commit}`))
}

/** Pull requests run another commit, so only runs of a branch count. */
function ciProblems(commit: string): string[] {
  const filter = ['--workflow=ci.yml', `--commit=${commit}`, '--event=push', '--status=success']
  const runs = v.parse(runsSchema, JSON.parse(gh(['run', 'list', ...filter, '--json=headBranch'])))
  if (runs.some(({ headBranch }) => /^(?:main$|maintenance\/)/.test(headBranch))) return []
  return [
    `CI has not passed for ${commit} on main or maintenance/…. Once it has, run the failed jobs of this workflow again.`,
  ]
}

const tag = process.argv[2] ?? ''
const problems = [...versionProblems(tag), ...repositoryProblems(tag, process.env['GITHUB_REPOSITORY'])]
if (versionOf(tag) !== undefined) problems.push(...commitProblems(tag))
for (const problem of problems) console.error(problem)
process.exitCode = problems.length > 0 ? 1 : 0
