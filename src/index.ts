/** The entry. It fails closed first, and runs everything else only then. */
import { INITIAL_OUTPUTS } from './result/outputs.ts'
import { failClosed, finish } from './runner/fail-closed.ts'

failClosed({ ...INITIAL_OUTPUTS })
// "eager" keeps it in the bundle's first file: a second one would cost a millisecond to load. The bundle is CommonJS, which
// has no top-level await.
void import(/* webpackMode: "eager" */ './main.ts').then(async ({ main }) => finish(await main()))
