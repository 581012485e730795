/**
 * Checks that a tag can be released: `node scripts/release/check.ts v1.0.0`, in a clone with that tag checked out.
 *
 * The version must be the same everywhere, the changelog must describe it, the commit must have been reviewed, and CI
 * must have passed for it, so that nothing is found out only after the tag, which cannot be moved.
 */
import { readFileSync } from 'node:fs'
import * as v from 'valibot'
import { gh, git, isVersion, sectionOf } from './repository.ts'

/** Branches whose commits are reviewed, because they are protected as docs/publishing.md says. */
const REVIEWED = ['refs/remotes/origin/main', 'refs/remotes/origin/maintenance/*']

const Package = v.object({ version: v.string(), repository: v.string() })
const Lock = v.object({ version: v.string(), packages: v.object({ '': v.object({ version: v.string() }) }) })
const Runs = v.array(v.object({ headBranch: v.string() }))

const read = (path: string): string => readFileSync(path, 'utf8')

function* problemsWith(tag: string): Generator<string> {
  if (!isVersion(tag)) {
    yield `${tag} is not a tag like v1.2.3.`
    return
  }
  const manifest = v.parse(Package, JSON.parse(read('package.json')))
  const lock = v.parse(Lock, JSON.parse(read('package-lock.json')))
  const versions = {
    'package.json': manifest.version,
    'package-lock.json': lock.version,
    'package-lock.json, in packages': lock.packages[''].version,
    'src/cloudflare/client.ts': /VERSION = '(.*)'/.exec(read('src/cloudflare/client.ts'))?.[1] ?? '',
  }
  for (const [place, version] of Object.entries(versions)) {
    if (tag !== `v${version}`) yield `${place} has version ${version}, and the tag is ${tag}.`
  }
  if (sectionOf(read('CHANGELOG.md'), tag.slice(1)) === undefined) {
    yield `CHANGELOG.md has no section "## ${tag.slice(1)}", or it is empty.`
  }
  if (git('tag', '--list', tag) === '') {
    yield `There is no tag ${tag}.`
    return
  }
  const commit = git('rev-parse', '--verify', `${tag}^{commit}`)
  if (git('rev-parse', 'HEAD') !== commit) yield `${tag} is not the commit that is checked out.`
  if (git('for-each-ref', `--contains=${commit}`, ...REVIEWED) === '') {
    yield `${tag} is neither on main nor on a branch maintenance/….`
  }
  // What only GitHub knows is not asked on a developer's machine.
  const here = process.env['GITHUB_REPOSITORY']
  if (here === undefined) return
  if (`github:${here}`.toLowerCase() !== manifest.repository.toLowerCase()) {
    yield `package.json names ${manifest.repository}, and this is ${here}. Run "npm run own -- ${here} --code-owners …" first.`
  } else if (!hasPassed(commit)) {
    yield `CI has not passed for ${commit} on main or maintenance/…. Once it has, run the failed jobs of this workflow again.`
  }
}

/** Whether CI has. Pull requests run another commit, so only runs of a branch count. */
function hasPassed(commit: string): boolean {
  const filter = ['--workflow=ci.yml', `--commit=${commit}`, '--event=push', '--status=success']
  const runs = v.parse(Runs, JSON.parse(gh(['run', 'list', ...filter, '--json=headBranch'])))
  return runs.some(({ headBranch }) => /^(?:main$|maintenance\/)/.test(headBranch))
}

for (const problem of problemsWith(process.argv[2] ?? '')) {
  console.error(problem)
  process.exitCode = 1
}
