import type { DrawnList } from './list-arbitrary.ts'

/** Which character of a list is damaged, and how; numbers of any size. */
export interface Damage {
  readonly place: number
  /** Lost, added, or replaced. */
  readonly kind: number
  readonly character: number
}

/** A list with one character of its structure lost, added, or replaced: a delimiter, a quotation mark, a line break, or a letter of the header. */
export function damaged(csv: string, { titles, delimiter, lineEnd }: DrawnList, damage: Damage): string {
  const characters = [delimiter, '"', '\n', ',', ';', '\t', 'x', ' ']
  const header = csv.split(lineEnd).slice(0, titles.length).join(lineEnd).length
  const end = csv.indexOf(lineEnd, header + lineEnd.length)
  const structure = Array.from(csv, (character, place) => ({ character, place })).filter(
    ({ character, place }) =>
      [delimiter, '"', '\n'].includes(character) || (place > header && place < end && /\w/.test(character)),
  )
  const place = structure[damage.place % structure.length]?.place ?? 0
  const added = characters[damage.character % characters.length] ?? ''
  if (damage.kind === 0) return csv.slice(0, place) + csv.slice(place + 1)
  return csv.slice(0, place) + added + csv.slice(place + (damage.kind === 1 ? 0 : 1))
}
