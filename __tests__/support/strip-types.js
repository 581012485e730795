import { stripTypeScriptTypes } from 'node:module'

// Node runs our TypeScript as it is; jest only needs the types blanked out. Blanking keeps every offset, so the
// coverage of jest's workers and of child processes that run `src` can be merged line by line.
export default { process: (source) => ({ code: stripTypeScriptTypes(source) }) }
