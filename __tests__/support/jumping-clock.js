/**
 * A preload (`NODE_OPTIONS=--import=…`) that makes a process keep to a Clock: while the process only waits, time jumps to
 * its next timer; while it has a request, a file, or anything else open, time passes `CLOCK_SPEED` times as fast as real
 * time. Sockets keep to real time. It is JavaScript, because stripping types takes longer than starting the bundle.
 */
import { openSync, readSync, writeSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import timers from 'node:timers/promises'

const RealDate = Date
const { setTimeout: realSetTimeout, clearTimeout: realClearTimeout } = globalThis
const realWait = timers.setTimeout
const realTime = process.hrtime.bigint.bind(process)

/** What may be open in a process that only waits: its timers, and the standard streams. */
const IDLE = new Set(['Timeout', 'PipeWrap', 'TTYWrap'])
const FOREVER_MS = 2 ** 31 - 1
const TICK_MS = 1

const [start, speed] = [Number(process.env['CLOCK_START']), Number(process.env['CLOCK_SPEED'])]
const file = openSync(process.env['CLOCK_FILE'], 'r+')
const buffer = new Float64Array(1)

/** By how many milliseconds time has jumped; read each time, because a child process may have jumped. */
function jumped() {
  readSync(file, buffer, 0, buffer.byteLength, 0)
  return buffer[0]
}

const now = () => Math.round(start + (RealDate.now() - start) * speed + jumped())
const monotonicMs = () => (Number(realTime()) / 1e6) * speed + jumped()

/** The timers that are due at some time; each keeps the process alive by a real timer that never fires. */
const timersDue = new Map()
let idleTicks = 0

function setTimeout(callback, delay = 0, ...values) {
  const timer = realSetTimeout(() => undefined, FOREVER_MS)
  timersDue.set(timer, { due: monotonicMs() + Math.max(1, Number(delay)), run: () => callback(...values) })
  return timer
}

function clearTimeout(timer) {
  timersDue.delete(timer)
  realClearTimeout(timer)
}

async function wait(delay = 1, value, options = {}) {
  const aborter = new AbortController()
  const signals = [aborter.signal, ...(options.signal === undefined ? [] : [options.signal])]
  const { promise, resolve } = Promise.withResolvers()
  const timer = setTimeout(resolve, delay, value)
  try {
    return await Promise.race([
      promise,
      realWait(FOREVER_MS, value, { ...options, signal: AbortSignal.any(signals) }),
    ])
  } finally {
    clearTimeout(timer)
    aborter.abort()
  }
}

function tick() {
  const idle = process.getActiveResourcesInfo().every((resource) => IDLE.has(resource))
  // Twice, since what just ended may go on in the next turn of the event loop.
  idleTicks = idle ? idleTicks + 1 : 0
  if (timersDue.size === 0) return
  if (idleTicks > 1) jumpTo(Math.min(...[...timersDue.values()].map(({ due }) => due)))
  for (const [timer, { due, run }] of [...timersDue].sort(([, a], [, b]) => a.due - b.due)) {
    if (due > monotonicMs() || !timersDue.has(timer)) continue
    clearTimeout(timer)
    run()
  }
}

function jumpTo(moment) {
  const length = moment - monotonicMs()
  if (length <= 0) return
  idleTicks = 0
  buffer[0] = jumped() + length
  writeSync(file, buffer, 0, buffer.byteLength, 0)
}

setInterval(tick, TICK_MS).unref()
Reflect.set(globalThis, 'setTimeout', setTimeout)
Reflect.set(globalThis, 'clearTimeout', clearTimeout)
Reflect.set(timers, 'setTimeout', wait)
Reflect.set(process, 'hrtime', () => [Math.floor(monotonicMs() / 1_000), (monotonicMs() % 1_000) * 1e6])
Reflect.set(
  globalThis,
  'Date',
  class extends RealDate {
    constructor(...values) {
      super(...(values.length === 0 ? [now()] : values))
    }

    static now = now
  },
)
syncBuiltinESMExports()
