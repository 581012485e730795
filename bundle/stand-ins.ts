/** What the bundle contains in place of whole packages, by their names; each file says why. */
export const STAND_INS = {
  '@actions/exec': './bundle/exec.ts',
  '@actions/github': './bundle/github.ts',
  undici: './bundle/undici.ts',
} as const

/** Defines the `require` by which bundled CommonJS loads modules of Node. `createRequire` would take 1.5 ms of every start. */
export const REQUIRE = 'const require = process.getBuiltinModule;'
