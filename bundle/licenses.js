/** Loads the whole action on demand. Nobody runs this: ncc names the licenses of what it loads, see scripts/build.ts. */
import('../src/index.ts')
