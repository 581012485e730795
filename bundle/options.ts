import type { BuildOptions } from 'esbuild'

/** How esbuild bundles the packages that the action uses, for `dist/` and for the tests that run `src/`. */
export const ESBUILD_OPTIONS = {
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  /** Files in place of packages; each says why. */
  alias: {
    '@actions/github': './bundle/github.ts',
    undici: './bundle/undici.ts',
  },
  // The CommonJS of jsonc-parser hides what it requires.
  mainFields: ['module', 'main'],
  // Bundled CommonJS loads built-in modules by this.
  banner: { js: 'const require = process.getBuiltinModule;' },
  logLevel: 'warning',
  logOverride: { 'import-is-undefined': 'error' },
} as const satisfies BuildOptions
