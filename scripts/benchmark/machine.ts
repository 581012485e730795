import { availableParallelism, totalmem } from 'node:os'

/** The machine, as far as it matters to the figures and says nothing about whose it is. */
export function machine(): string {
  const gibibytes = (totalmem() / 1024 ** 3).toFixed(0)
  return `${availableParallelism()} cores, ${gibibytes} GiB of memory, ${process.platform} ${process.arch}, Node ${process.version}`
}
