/** Files that the bundle contains in place of packages, by the names of the packages. Each file says why. */
export const STAND_INS = {
  '@actions/exec': './bundle/exec.ts',
  '@actions/github': './bundle/github.ts',
  undici: './bundle/undici.ts',
} as const

/** Defines the function by which bundled CommonJS loads built-in modules; `createRequire` takes 1.5 ms of every start. */
export const REQUIRE = 'const require = process.getBuiltinModule;'
