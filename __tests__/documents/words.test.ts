import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'

const ROOT = new URL('../../', import.meta.url)

/** What is read as text: words that contain a letter or a digit, without code blocks, comments, and link targets. */
function words(text: string): number {
  return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length
}

/** The words of a document outside of its tables, and inside. */
function count(path: string): { prose: number; tables: number } {
  const text = readFileSync(new URL(path, ROOT), 'utf8')
    .replaceAll(/^ *```.*?^ *```/gms, '')
    .replaceAll(/<!--.*?-->/gs, '')
    .replaceAll(/\]\([^)]*\)/g, ']')
  const lines = text.split('\n')
  const isRow = (line: string): boolean => line.startsWith('|')
  const prose = words(lines.filter((line) => !isRow(line)).join('\n'))
  return { prose, tables: words(lines.filter(isRow).join('\n')) }
}

test('README.md has at most 1,000 words of prose, and 2,200 with its tables', () => {
  const { prose, tables } = count('README.md')
  expect(prose).toBeLessThanOrEqual(1_000)
  expect(prose + tables).toBeLessThanOrEqual(2_200)
})

test('docs/ has at most 10,500 words', () => {
  const pages = readdirSync(new URL('docs/', ROOT)).filter((name) => name.endsWith('.md'))
  const sizes = pages.map((page) => {
    const { prose, tables } = count(`docs/${page}`)
    return { page, words: prose + tables }
  })
  const total = sizes.reduce((sum, { words }) => sum + words, 0)
  // A failure shows the size of each page.
  expect(total > 10_500 ? sizes : []).toEqual([])
  expect(total).toBeGreaterThan(5_000)
})
