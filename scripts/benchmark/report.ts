import { availableParallelism, totalmem } from 'node:os'

export interface Row {
  readonly list: string
  /** The quantity, with its unit. */
  readonly measured: string
  readonly action: string
  /** Absent where the SDK does not do it. */
  readonly sdk?: string
  /** What the action must achieve. */
  readonly goal?: { readonly text: string; readonly isMet: boolean }
}

/**
 * Reports all rows: where and when they were measured, and the table.
 *
 * @returns Markdown, and the number of goals that were missed
 */
export function report(rows: readonly Row[]): { readonly text: string; readonly missed: number } {
  const goals = rows.flatMap(({ goal }) => goal ?? [])
  const missed = goals.filter(({ isMet }) => !isMet).length
  const date = new Date().toISOString().slice(0, 10)
  const gibibytes = (totalmem() / 1024 ** 3).toFixed(0)
  const machine = `${availableParallelism()} cores, ${gibibytes} GiB of memory, ${process.platform} ${process.arch}, and Node ${process.version}`
  const table = rows.map(({ list, measured, action, sdk = '', goal }, index) => {
    const target = goal?.isMet === false ? `**missed**: ${goal.text}` : (goal?.text ?? '')
    return [list === rows[index - 1]?.list ? '' : list, measured, action, sdk, target]
  })
  const cells = [['', '', 'this action', 'SDK', 'goal'], Array<string>(5).fill('---'), ...table]
  const text = [
    `Measured on ${date} with ${machine}: ${goals.length - missed} of ${goals.length} goals met.`,
    '',
    ...cells.map((row) => `| ${row.join(' | ')} |`),
  ].join('\n')
  return { text, missed }
}

/** A goal that is an upper bound. */
export function atMost(bound: number, measured: number, format: (value: number) => string = String) {
  return { text: `≤ ${format(bound)}`, isMet: measured <= bound }
}

export const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`
export const mebibytes = (bytes: number): string => `${(bytes / 1024 ** 2).toFixed(0)} MiB`
export const decimal = (number: number): string => number.toFixed(2)
