import { Log } from '../../src/runner/log.ts'

class SilentLog extends Log {
  override info(): void {
    // Says nothing.
  }
}

/** For what is not to be heard of in the tests' own output. */
export const SILENT = new SilentLog()
