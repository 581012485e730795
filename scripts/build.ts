/** Bundles `src/index.ts` into an empty folder: `node scripts/build.ts [folder]`, by default `dist`. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { buildSync, type Metafile } from 'esbuild'
import * as v from 'valibot'
import { ESBUILD_OPTIONS } from '../bundle/options.ts'

const ENTRY = 'src/index.ts'

/**
 * Where the modules are that ncc makes the bundle of. It numbers them by their paths relative to its own, so they are
 * always in the same place of the repository, wherever that is.
 */
const USED = '.build'

/** The folder of a package in the path of one of its files. */
const PACKAGE = /^.*\bnode_modules\/(?:@[^/]+\/)?[^/]+/

const Manifest = v.object({ name: v.string(), license: v.string() })

/**
 * Builds the bundle. esbuild leaves out what is not used, which ncc does not, and every start parses what is shipped.
 * ncc makes the bundle of what is left.
 *
 * Types are checked by `npm run typecheck`, not here.
 *
 * @throws Error when esbuild or ncc fails, or a package has no license
 */
export function build(folder: string): void {
  // ncc leaves chunks of earlier builds in its output folder.
  rmSync(folder, { recursive: true, force: true })
  rmSync(USED, { recursive: true, force: true })
  mkdirSync(USED)
  try {
    const metafile = reduce(USED)
    ncc(resolve(folder))
    writeFileSync(join(folder, 'package.json'), '{ "type": "commonjs" }\n')
    writeFileSync(join(folder, 'licenses.txt'), licensesOf(metafile))
  } finally {
    rmSync(USED, { recursive: true })
  }
}

/** Writes what the action uses of its sources and packages into a folder, as ES modules. */
function reduce(folder: string): Metafile {
  // Without a type, ncc makes CommonJS of them, which starts 5 ms sooner: it loads the modules of Node.js more directly.
  writeFileSync(join(folder, 'package.json'), '{}\n')
  const options = {
    ...ESBUILD_OPTIONS,
    outdir: folder,
    outbase: '.',
    // The bundle contains the paths of its modules, which must not depend on where the packages are.
    preserveSymlinks: true,
    metafile: true,
  } as const
  // As entries of their own, modules that are loaded late are named after their paths instead of their contents, and
  // so are the files that ncc makes of them.
  const { outputs } = buildSync({ ...options, entryPoints: [ENTRY], write: false }).metafile
  const entries = Object.values(outputs).flatMap(({ entryPoint }) => entryPoint ?? [])
  return buildSync({ ...options, entryPoints: entries }).metafile
}

function ncc(folder: string): void {
  const cli = createRequire(import.meta.url).resolve('@vercel/ncc/dist/ncc/cli.js')
  const entry = join(USED, ENTRY.replace('.ts', '.js'))
  execFileSync(process.execPath, [cli, 'build', entry, '--no-cache', '--out', folder], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
}

/** The licenses of all packages that are part of the bundle, and of this one. */
function licensesOf({ outputs }: Metafile): string {
  const inputs = Object.values(outputs).flatMap((output) => Object.keys(output.inputs))
  const folders = new Set(inputs.map((input) => PACKAGE.exec(input)?.[0] ?? '.'))
  return [...folders].toSorted().map(licenseIn).join('\n')
}

function licenseIn(folder: string): string {
  const { name, license } = v.parse(Manifest, JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')))
  const file = readdirSync(folder).find((each) => /^licen[cs]e(?:\.\w+)?$/i.test(each))
  if (file === undefined) throw new Error(`${name} has no file with its license`)
  return `${name}\n${license}\n${readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim()}\n`
}

if (import.meta.main) build(process.argv[2] ?? 'dist')
