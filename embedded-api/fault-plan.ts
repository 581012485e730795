import type { Fault, FaultRule } from './faults.ts'
import type { Operation } from './route.ts'

interface PlannedRule {
  rule: FaultRule
  /** Calls that the rule was about, whichever fault they met in the end. */
  seen: number
  used: number
}

/** The faults to come, in the order they were given: a call meets the first that is due. */
export class FaultPlan {
  readonly #rules: PlannedRule[] = []

  add(rule: FaultRule): void {
    this.#rules.push({ rule, seen: 0, used: 0 })
  }

  get isEmpty(): boolean {
    return this.#rules.length === 0
  }

  /** The fault for the next call of `operation` about `emails`. */
  next(operation: Operation | undefined, emails: readonly string[]): Fault | undefined {
    let chosen: PlannedRule | undefined
    for (const planned of this.#rules) {
      const { rule } = planned
      if (rule.operation !== undefined && rule.operation !== operation) continue
      const email = rule.email?.toLowerCase()
      if (email !== undefined && !emails.some((about) => about.toLowerCase() === email)) continue
      planned.seen++
      const isDue = planned.seen > (rule.after ?? 0) && planned.used < (rule.times ?? Infinity)
      if (isDue) chosen ??= planned
    }
    if (chosen !== undefined) chosen.used++
    return chosen?.rule.fault
  }
}
