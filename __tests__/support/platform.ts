import { test } from '@jest/globals'

/** Whether files have permission bits, and processes take signals. */
export const POSIX = process.platform !== 'win32'

/** For tests that send a process a signal: on Windows that ends it at once, whatever it listens to. */
export const testWithSignals = POSIX ? test : test.skip

/** The same for tests that run side by side. */
export const concurrentWithSignals = POSIX ? test.concurrent : test.concurrent.skip
