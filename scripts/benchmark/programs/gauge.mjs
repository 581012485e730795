/** A preload (`NODE_OPTIONS=--import=…`) that adds the peak memory of the process to its outputs. */
import { appendFileSync, readFileSync } from 'node:fs'

process.on('exit', () => {
  appendFileSync(process.env.GITHUB_OUTPUT, `peak-bytes=${peakBytes()}\n`)
})

/** `maxRSS` includes the memory of the parent at the time of the fork, so Linux's own figure is preferred. */
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
