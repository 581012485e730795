import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as v from 'valibot'

/** A program to run and measure. */
export interface Program {
  /** Its file. */
  readonly entry: string
  /** Its environment, besides what a process needs from its machine. */
  readonly env: Readonly<Record<string, string>>
  /** The folder it runs in; its log is left there. */
  readonly folder: string
  /** How many times as fast time passes for it; by default 1. */
  readonly speed?: number
}

/** How a program ran. */
export interface ProcessRun {
  readonly exitCode: number | null
  /** Milliseconds of real time from the spawn to the exit. */
  readonly wallMs: number
}

/** What a program took of memory. */
export interface Memory {
  /** The most resident memory at any moment, in bytes. */
  readonly peakBytes: number
  /** The largest heap right after a forced collection, every 250 ms and at the exit; 0 unless asked for. In bytes. */
  readonly heapBytes: number
}

const GAUGE = new URL('programs/gauge.mjs', import.meta.url).href
const FAST_CLOCK = new URL('../../__tests__/support/fast-clock.js', import.meta.url).href
const LOG = 'log.txt'
const memorySchema = v.object({ peakBytes: v.number(), heapBytes: v.number() })

/** Runs a program to its end. Its output goes into a file, so that nobody reads it while the clock runs. */
export async function runProcess({ entry, env, folder }: Program): Promise<ProcessRun> {
  const log = openSync(join(folder, LOG), 'w')
  try {
    const { PATH = '', HOME = '' } = process.env
    const options = {
      env: { PATH, HOME, ...env },
      cwd: folder,
      stdio: ['ignore', log, log],
    } satisfies Parameters<typeof spawn>[2]
    const start = performance.now()
    const child = spawn(process.execPath, [entry], options)
    return await new Promise((resolve, reject) => {
      child.once('error', reject)
      child.once('exit', (exitCode) => {
        resolve({ exitCode, wallMs: performance.now() - start })
      })
    })
  } finally {
    closeSync(log)
  }
}

/**
 * Does the same with the memory measured.
 *
 * @param heap - measures the heap too, by collections that slow the program down and keep its peak low
 */
export async function gaugeProcess(program: Program, heap: boolean): Promise<ProcessRun & Memory> {
  const file = join(program.folder, 'gauge.json')
  const { speed = 1 } = program
  const preloads = speed === 1 ? [GAUGE] : [GAUGE, FAST_CLOCK]
  const env = {
    ...program.env,
    NODE_OPTIONS: [...(heap ? ['--expose-gc'] : []), ...preloads.map((url) => `--import=${url}`)].join(' '),
    GAUGE_FILE: file,
    ...(speed !== 1 && { CLOCK_SPEED: String(speed) }),
  }
  const run = await runProcess({ ...program, env })
  return { ...run, ...v.parse(memorySchema, JSON.parse(readFileSync(file, 'utf8'))) }
}

/** An error with the end of what a program printed. */
export function processError(what: string, { entry, folder }: Program): Error {
  const lines = readFileSync(join(folder, LOG), 'utf8').trim().split('\n')
  return new Error([`${entry}: ${what}. Its log ends:`, ...lines.slice(-10)].join('\n'))
}

/** The file of a program in `programs/`. */
export function programFile(name: string): string {
  return fileURLToPath(new URL(`programs/${name}`, import.meta.url))
}
