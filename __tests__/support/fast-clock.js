/**
 * A preload (`NODE_OPTIONS=--import=…`) that makes time pass `CLOCK_SPEED` times as fast for the process: timers, the
 * wall clock and the monotonic one. Sockets keep to real time. It is JavaScript, since to strip types takes longer
 * than to start the bundle.
 */
import { syncBuiltinESMExports } from 'node:module'
import { performance } from 'node:perf_hooks'
import timers from 'node:timers/promises'

const speed = Number(process.env['CLOCK_SPEED'])
const RealDate = Date
const start = RealDate.now()
const realNow = performance.now.bind(performance)
const zero = realNow()
const realSetTimeout = globalThis.setTimeout
const realWait = timers.setTimeout

const now = () => Math.round(start + (realNow() - zero) * speed)

Reflect.set(globalThis, 'setTimeout', (callback, delay = 0) => realSetTimeout(callback, delay / speed))
Reflect.set(timers, 'setTimeout', (delay = 0, value, options) => realWait(delay / speed, value, options))
Reflect.set(performance, 'now', () => zero + (realNow() - zero) * speed)
Reflect.set(
  globalThis,
  'Date',
  class extends RealDate {
    constructor(moment = now()) {
      super(moment)
    }

    static now = now
  },
)
syncBuiltinESMExports()
