import { availableParallelism, totalmem } from 'node:os'

/** One line of the table. */
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

/** What was measured, as Markdown. */
export interface Report {
  readonly text: string
  /** Number of goals that were not met. */
  readonly missed: number
}

/** Reports all rows: where and when they were measured, and the table. */
export function report(rows: readonly Row[]): Report {
  const goals = rows.flatMap(({ goal }) => goal ?? [])
  const missed = goals.filter(({ isMet }) => !isMet).length
  const date = new Date().toISOString().slice(0, 10)
  const table = [
    ['', '', 'this action', 'SDK', 'goal'],
    Array.from({ length: 5 }, () => '---'),
    ...rows.map(({ list, measured, action, sdk = '', goal }, index) => [
      list === rows[index - 1]?.list ? '' : list,
      measured,
      action,
      sdk,
      goalText(goal),
    ]),
  ]
  const text = [
    `Measured on ${date} with ${machine()}: ${goals.length - missed} of ${goals.length} goals met.`,
    '',
    ...table.map((cells) => `| ${cells.join(' | ')} |`),
  ].join('\n')
  return { text, missed }
}

/** A goal that is an upper bound. */
export function atMost(
  bound: number,
  measured: number,
  format: (value: number) => string = String,
): Required<Row>['goal'] {
  return { text: `≤ ${format(bound)}`, isMet: measured <= bound }
}

function goalText(goal: Row['goal']): string {
  if (goal === undefined) return ''
  return goal.isMet ? goal.text : `**missed**: ${goal.text}`
}

/** The machine, as far as it matters to the figures. */
function machine(): string {
  const gibibytes = (totalmem() / 1024 ** 3).toFixed(0)
  return `${availableParallelism()} cores, ${gibibytes} GiB of memory, ${process.platform} ${process.arch}, and Node ${process.version}`
}

/** Formats milliseconds as seconds. */
export function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`
}

/** Formats bytes as mebibytes. */
export function mebibytes(bytes: number): string {
  return `${(bytes / 1024 ** 2).toFixed(0)} MiB`
}

/** Formats a number with two decimals. */
export function decimal(number: number): string {
  return number.toFixed(2)
}
