/** The entry. It fails closed first, and runs everything else only then. */
import { failClosed, finish } from './runner/fail-closed.ts'

failClosed()
// "eager" keeps it in the bundle's first file: a second one would cost a millisecond to load. The bundle is CommonJS, which
// has no top-level await.
void import(/* webpackMode: "eager" */ './main.ts').then(async ({ main }) => finish(await main()))
