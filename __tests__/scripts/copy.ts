import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const AUTHOR = ['-c', 'user.name=test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgSign=false']

/** The outcome of a program. */
export interface Ended {
  readonly stdout: string
  readonly stderr: string
  readonly status: number | null
}

/** A repository with the files that git knows of this one, or would add, and with its packages. */
export class Copy implements Disposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'copy-'))

  constructor() {
    const listed = gitIn(ROOT, 'ls-files', '-z', '--cached', '--others', '--exclude-standard').split('\0')
    for (const path of listed) {
      if (path !== '' && existsSync(join(ROOT, path))) cpSync(join(ROOT, path), join(this.folder, path))
    }
    symlinkSync(join(ROOT, 'node_modules'), join(this.folder, 'node_modules'), 'junction')
    this.git('init', '--quiet')
    this.git('config', 'core.autocrlf', 'false')
    this.git('add', '--all', ':!node_modules')
    this.commit()
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true })
  }

  /** Runs a program of the copy. */
  run(...args: readonly string[]): Ended {
    // Coverage is not measured in a copy.
    const env = { ...process.env, NODE_V8_COVERAGE: undefined }
    return spawnSync(process.execPath, args, { cwd: this.folder, encoding: 'utf8', env })
  }

  read(path: string): string {
    return readFileSync(join(this.folder, path), 'utf8')
  }

  /** @throws Error when git fails */
  git(...args: readonly string[]): string {
    return gitIn(this.folder, ...args)
  }

  /** Commits all changes. */
  commit(): void {
    this.git(...AUTHOR, 'commit', '--quiet', '--all', '--message=All')
  }
}

function gitIn(folder: string, ...args: readonly string[]): string {
  return execFileSync('git', args, { cwd: folder, encoding: 'utf8' })
}
