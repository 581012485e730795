import { targetName } from '../cloudflare/target.ts'
import { CONTROLS } from '../controls/controls.ts'
import type { Options } from '../inputs/options.ts'
import { quantity } from '../text/quantity.ts'

/** What a run with these options leaves untouched, in full sentences; empty if that is nothing. */
export function leftUntouched(options: Options): string {
  return CONTROLS.filter(({ isRequested }) => !isRequested(options))
    .flatMap(({ untouched }) => untouched ?? [])
    .join(' ')
}

/** What the revoke call covers: `Access tokens, devices and WARP session`. */
export function extentText(options: Options): string {
  const [first = '', ...others] = CONTROLS.filter(({ isRequested }) => isRequested(options)).flatMap(
    ({ extent }) => extent ?? [],
  )
  const last = others.pop()
  return [[first, ...others].join(', '), ...(last === undefined ? [] : [last])].join(' and ')
}

/** The target with a word before it; empty if none was given. */
export function targetText({ target }: Options, before: string): string {
  return target === undefined ? '' : `${before}${targetName(target)}`
}

/** That past users were left alone, and what to do if they should not be. */
export function pastText(past: number, { dueWithinDays }: Options): string {
  return `${quantity(past, 'user')} left more than ${quantity(dueWithinDays, 'day')} ago and ${past === 1 ? 'was' : 'were'} left alone; raise \`due-within-days\` to include them.`
}
