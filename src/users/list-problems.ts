import { grouped, quantity } from '../text/measures.ts'
import { shownValue } from '../text/plain-text.ts'
import type { Place, Problem } from '../text/problem.ts'

/** A list of users, as messages name it. */
export interface ListName {
  /** The name of the file; `email` for the input. */
  readonly name: string
  /** Path of the file relative to the workspace; undefined if it is elsewhere, and for the input. */
  readonly file?: string
}

/** This many equal problems are told one by one. */
const MAX_ALIKE = 5

/** A problem of many rows names this many of them. */
const MAX_NUMBERS = 10

/** This many problems are told. */
const MAX_TOLD = 50

/** A message names this many columns, keys, or values. */
const MAX_NAMED = 50

/** @param number - the line of a file, or the entry of the input, from 1; undefined for the list as a whole */
export function placeIn({ name, file }: ListName, number?: number): Place {
  return {
    source: number === undefined ? name : `${name}:${number}`,
    ...(file !== undefined && { file }),
    ...(number !== undefined && name !== INPUT.name && { line: number }),
  }
}

/** The input `email`. */
export const INPUT: ListName = { name: 'email' }

/** Texts from outside as a part of a sentence: `"Name", "Mail", and 3 more`. */
export function shownValues(texts: readonly string[]): string {
  const more = texts.length - MAX_NAMED
  const shown = texts.slice(0, MAX_NAMED).map(shownValue).join(', ')
  return more > 0 ? `${shown}, and ${grouped(more)} more` : shown
}

/**
 * Tells the same problem of many rows once, with the number of the rows and the first of their lines. Problems are the
 * same if they differ only in what they quote, and in numbers.
 */
export function toldOnce(problems: readonly Problem[]): Problem[] {
  const groups = Map.groupBy(problems, kindOf)
  const told = problems.flatMap((problem) => {
    const alike = groups.get(kindOf(problem)) ?? []
    if (alike.length <= MAX_ALIKE || problem.at?.source === problem.at?.source.replace(NUMBER, ''))
      return [problem]
    return problem === alike[0] ? [{ ...problem, what: `${problem.what} (${rowsText(alike)})` }] : []
  })
  const more = told.length - MAX_TOLD
  if (more <= 0) return told
  const rest = {
    what: `The lists have ${quantity(more, 'more problem')}`,
    remedy: 'Fix the ones above first.',
  }
  return [...told.slice(0, MAX_TOLD), rest]
}

/** The line or the entry at the end of a place. */
const NUMBER = /:\d+$/

function kindOf({ what, at }: Problem): string {
  return `${at?.source.replace(NUMBER, '') ?? ''} ${what.replace(/"[^"]*"|\d+/g, '')}`
}

/** `24 such rows: 2, 3, 4, and 21 more`. */
function rowsText(problems: readonly Problem[]): string {
  const numbers = problems.slice(0, MAX_NUMBERS).map(({ at }) => NUMBER.exec(at?.source ?? '')?.[0].slice(1))
  const more = problems.length - numbers.length
  return `${quantity(problems.length, 'such row')}: ${numbers.join(', ')}${more > 0 ? `, and ${grouped(more)} more` : ''}`
}
