/** The entry. It fails closed first, and loads everything else only then. */
import { failClosed, finish } from './runner/fail-closed.ts'

failClosed()
const { main } = await import('./main.ts')
await finish(await main())
