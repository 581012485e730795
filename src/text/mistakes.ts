/**
 * The candidate of which `name` is likely a misspelling: at most a third of its letters differ, letter case aside.
 *
 * @param maxDistance - the most letters that may differ, however long the name is
 */
export async function similarName(
  name: string,
  candidates: readonly string[],
  maxDistance = 3,
): Promise<string | undefined> {
  // Loaded on demand: nothing is misspelt in most runs, and every start parses what is loaded.
  const { distance } = await import('fastest-levenshtein')
  const [nearest] = candidates
    .map((candidate) => ({ candidate, apart: distance(name.toLowerCase(), candidate.toLowerCase()) }))
    .filter(
      ({ candidate, apart }) => apart <= Math.min(maxDistance, Math.max(1, Math.floor(candidate.length / 3))),
    )
    .sort((one, other) => one.apart - other.apart)
  return nearest?.candidate
}

/** The contexts of GitHub's expressions that values are taken from. */
const EXPRESSION = /^(?:env|github|inputs|matrix|needs|secrets|steps|vars)\.[\w.-]+$/

/** A variable as a shell would read it. */
const VARIABLE = /^\$(?:\w+|\{\w+\})$/

/** An expression that nothing evaluated, with or without its `$`. */
export const UNEVALUATED = /^\$?\{\{[^]*\}\}$/

/**
 * Why a text is the name of a value, such as `secrets.NAME` or `$NAME`, where the value itself was meant: the beginning
 * of a sentence after its subject. Undefined for other texts.
 */
export function unexpandedCause(text: string): string | undefined {
  if (EXPRESSION.test(text) || VARIABLE.test(text)) return 'is the name of a value, not the value'
  if (!UNEVALUATED.test(text)) return undefined
  return text.startsWith('$')
    ? 'is an expression that was not evaluated, because it comes from where GitHub evaluates nothing, such as a payload'
    : 'is an expression without its `$`'
}
