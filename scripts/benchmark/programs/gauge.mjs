/**
 * Loaded before a program that is measured (`NODE_OPTIONS=--import=…`): writes its memory into a file as it exits.
 * Plain JavaScript, since taking types out would cost the program memory.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { setInterval } from 'node:timers'

/** Milliseconds. */
const BETWEEN_COLLECTIONS = 250

let heapBytes = 0

/** `gc` is there only where the heap is asked for: a run with forced collections says nothing about its peak. */
function collect() {
  globalThis.gc()
  heapBytes = Math.max(heapBytes, process.memoryUsage().heapUsed)
}

/** `maxRSS` counts in what the parent had at the time of the fork, so Linux's own figure is used where there is one. */
function peakBytes() {
  let kibibytes = process.resourceUsage().maxRSS
  try {
    const status = readFileSync('/proc/self/status', 'utf8')
    kibibytes = Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? kibibytes)
  } catch {
    // Not Linux.
  }
  return kibibytes * 1024
}

if (globalThis.gc !== undefined) setInterval(collect, BETWEEN_COLLECTIONS).unref()
process.on('exit', () => {
  const peak = peakBytes()
  if (globalThis.gc !== undefined) collect()
  writeFileSync(process.env.GAUGE_FILE, JSON.stringify({ peakBytes: peak, heapBytes }))
})
