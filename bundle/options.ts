import type { BuildOptions } from 'esbuild'

/** How esbuild bundles the packages that the action uses, for `dist/` and for the tests that run `src/`. */
export const ESBUILD_OPTIONS = {
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  /** Files in place of packages and of a built-in module; each says why. */
  alias: {
    '@actions/exec': './bundle/exec.ts',
    '@actions/github': './bundle/github.ts',
    fs: './bundle/fs.ts',
    undici: './bundle/undici.ts',
  },
  // The CommonJS of jsonc-parser hides what it requires.
  mainFields: ['module', 'main'],
  // Bundled CommonJS loads built-in modules by this; `createRequire` would take 1.5 ms of every start.
  banner: { js: 'const require = process.getBuiltinModule;' },
  logLevel: 'warning',
  logOverride: { 'import-is-undefined': 'error' },
} as const satisfies BuildOptions
