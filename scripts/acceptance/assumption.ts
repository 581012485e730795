import type { Evidence } from './evidence.ts'

/** What became of an assumption. */
export type Verdict = 'confirmed' | 'contradicted' | 'not seen'

/** A verdict, and what was seen, in words that name nobody. */
export interface Finding {
  readonly verdict: Verdict
  readonly seen: string
}

/** Something that this project assumes of Cloudflare. */
export interface Assumption {
  readonly id: string
  /** A full sentence. */
  readonly text: string
  readonly judge: (evidence: Evidence) => Finding
}

/** The assumption was seen to hold. */
export function confirmed(seen = ''): Finding {
  return { verdict: 'confirmed', seen }
}

/** The assumption was seen not to hold. */
export function contradicted(seen: string): Finding {
  return { verdict: 'contradicted', seen }
}

/** Nothing was seen that tells. */
export function notSeen(why: string): Finding {
  return { verdict: 'not seen', seen: why }
}

/** What an assumption says that every one of some things does. */
export function judgeEach<T>(things: readonly T[], holds: (thing: T) => boolean, noun: string): Finding {
  const good = things.filter(holds).length
  if (things.length === 0) return notSeen(`no ${noun}`)
  const seen = `${good} of ${things.length} ${noun}`
  return good === things.length ? confirmed(seen) : contradicted(seen)
}
