import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { devNull, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll } from '@jest/globals'
import type { Ended } from '../copy.ts'

const SCRIPTS = fileURLToPath(new URL('../../../scripts/release/', import.meta.url))

/** No settings of the machine, so that tests give the same result everywhere. */
const GIT_ENVIRONMENT = {
  ...process.env,
  GIT_CONFIG_GLOBAL: devNull,
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'test',
  GIT_AUTHOR_EMAIL: 'test@example.com',
  GIT_COMMITTER_NAME: 'test',
  GIT_COMMITTER_EMAIL: 'test@example.com',
}

/** What each further clone is copied from, because git takes long to make one. */
let original: Clone | undefined

beforeAll(() => {
  original = new Clone()
})

/** Where each further script finds what the first ones compiled. */
const cache = mkdtempSync(join(tmpdir(), 'compiled-'))

afterAll(() => {
  original?.[Symbol.dispose]()
  rmSync(cache, { recursive: true })
})

/** A clone as the release workflow has it, with a remote repository beside it. Version 1.0.0 is released. */
export class Clone implements Disposable {
  /** The folder that both are in. */
  readonly folder = mkdtempSync(join(tmpdir(), 'release-'))
  readonly #clone = join(this.folder, 'clone')
  readonly #remote = join(this.folder, 'origin')

  constructor() {
    if (original !== undefined) {
      cpSync(original.folder, this.folder, { recursive: true })
      return
    }
    const init = ['init', '--quiet', '--template=', '--initial-branch=main']
    execFileSync('git', [...init, '--bare', this.#remote])
    execFileSync('git', [...init, this.#clone])
    this.git('remote', 'add', 'origin', '../origin')
    this.release('1.0.0')
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true })
  }

  /** Runs a script of scripts/release/ in the clone. */
  run(script: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Ended {
    const { stdout, stderr, status } = spawnSync(process.execPath, [join(SCRIPTS, `${script}.ts`), ...args], {
      cwd: this.#clone,
      encoding: 'utf8',
      env: { ...GIT_ENVIRONMENT, NODE_COMPILE_CACHE: cache, GITHUB_REPOSITORY: undefined, ...env },
    })
    return { stdout, stderr, status }
  }

  /** Commits the files of a version, and pushes its tag with the branch. */
  release(version: string, branch = 'main', ...tagOptions: readonly string[]): void {
    this.commit(version)
    this.git('tag', ...tagOptions, `v${version}`)
    this.git('push', '--quiet', 'origin', branch, `v${version}`)
  }

  /** The same with an annotated tag. */
  releaseAnnotated(version: string): void {
    this.release(version, 'main', '--annotate', `--message=${version}`)
  }

  /** The same on a branch of its own, for a patch of the older version of a tag. */
  releasePatch(version: string, tag: string, branch = 'maintenance/v1.0'): void {
    this.git('checkout', '--quiet', '-b', branch, tag)
    this.release(version, branch)
  }

  /** Commits the files of a version. */
  commit(version: string): void {
    const files = {
      'package.json': JSON.stringify({ version, repository: 'github:acme/revoke' }),
      'package-lock.json': JSON.stringify({ version, packages: { '': { version } } }),
      'src/cloudflare/client.ts': `export const VERSION = '${version}'\n`,
      'CHANGELOG.md': `# Changelog\n\n## ${version}\n\n- ${version} is here\n`,
      'action.yml': 'runs:\n  using: node24\n',
      'dist/index.js': '',
      'README.md': '# Action\n',
      LICENSE: 'MIT\n',
    }
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.#clone, path)), { recursive: true })
      writeFileSync(join(this.#clone, path), text)
    }
    this.git('add', '--all')
    this.git('commit', '--quiet', '--allow-empty', `--message=${version}`)
  }

  /** The commit that a tag of the remote repository points to. */
  commitOf(tag: string): string {
    return this.git('--git-dir', this.#remote, 'rev-parse', `${tag}^{commit}`)
  }

  /** @throws Error when git fails */
  git(...args: readonly string[]): string {
    return execFileSync('git', args, { cwd: this.#clone, encoding: 'utf8', env: GIT_ENVIRONMENT }).trim()
  }
}
