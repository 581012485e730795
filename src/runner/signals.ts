import type { RunStop } from './run-stop.ts'

/** The runner sends SIGINT when a run is cancelled, SIGTERM 7.5 s later, and kills after another 2.5 s. */
const SIGNALS = ['SIGINT', 'SIGTERM'] as const

/** Cancels the run on the first signal, for as long as the returned object lives. */
export function stopOnSignals(stop: RunStop): Disposable {
  const cancel = (signal: string): void => {
    stop.cancel({ what: `The run was cancelled (${signal})`, remedy: 'Nothing new is started.' })
  }
  for (const signal of SIGNALS) process.on(signal, cancel)
  return {
    [Symbol.dispose]: () => {
      for (const signal of SIGNALS) process.off(signal, cancel)
    },
  }
}
