/**
 * A preload (`NODE_OPTIONS=--import=…`) that makes time pass `CLOCK_SPEED` times as fast for the process: timers, the
 * wall clock and the monotonic one. Sockets keep to real time.
 */
import { syncBuiltinESMExports } from 'node:module'
import timers from 'node:timers/promises'

const speed = Number(process.env['CLOCK_SPEED'])
const RealDate = Date
const start = RealDate.now()
const realNow = performance.now.bind(performance)
const zero = realNow()
const realSetTimeout = globalThis.setTimeout
const realWait = timers.setTimeout

const now = (): number => Math.round(start + (realNow() - zero) * speed)

Reflect.set(globalThis, 'setTimeout', (callback: () => void, delay = 0) =>
  realSetTimeout(callback, delay / speed),
)
Reflect.set(timers, 'setTimeout', (delay = 0, value?: unknown, options?: object) =>
  realWait(delay / speed, value, options),
)
Reflect.set(performance, 'now', () => zero + (realNow() - zero) * speed)
Reflect.set(
  globalThis,
  'Date',
  class extends RealDate {
    constructor(moment: number | string | Date = now()) {
      super(moment)
    }

    static override now = now
  },
)
syncBuiltinESMExports()
