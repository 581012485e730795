import type { Evidence } from './acceptance-run.ts'

/** The outcome for an assumption. */
export type Verdict = 'confirmed' | 'contradicted' | 'not seen'

/** A verdict, and what was observed, without personal data. */
export interface Finding {
  readonly verdict: Verdict
  readonly seen: string
}

/** Something that this project assumes about Cloudflare. */
export interface Assumption {
  readonly id: string
  /** A full sentence. */
  readonly text: string
  readonly judge: (evidence: Evidence) => Finding
}

/** The assumption is true. */
export function confirmed(seen = ''): Finding {
  return { verdict: 'confirmed', seen }
}

/** The assumption is false. */
export function contradicted(seen: string): Finding {
  return { verdict: 'contradicted', seen }
}

/** Nothing was observed that decides it. */
export function notSeen(why: string): Finding {
  return { verdict: 'not seen', seen: why }
}

/** For an assumption about each of several things. */
export function judgeEach<T>(things: readonly T[], holds: (thing: T) => boolean, noun: string): Finding {
  const good = things.filter(holds).length
  if (things.length === 0) return notSeen(`no ${noun}`)
  const seen = `${good} of ${things.length} ${noun}`
  return good === things.length ? confirmed(seen) : contradicted(seen)
}
