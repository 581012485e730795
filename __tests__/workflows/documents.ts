import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

export interface CodeBlock {
  /** As "docs/security.md:97", for the name of a test. */
  place: string
  language: string
  code: string
}

/** README and everything below docs/. */
export function documents(): string[] {
  const docs = readdirSync(`${ROOT}docs`).filter((name) => name.endsWith('.md'))
  return ['README.md', 'SECURITY.md', 'CONTRIBUTING.md', ...docs.map((name) => `docs/${name}`)]
}

/** The code blocks of a document, by its path in the repository. */
export function codeBlocks(path: string): CodeBlock[] {
  const text = readFileSync(`${ROOT}${path}`, 'utf8')
  return Array.from(text.matchAll(/^( *)```(\w*)[^\n]*\n(.*?)^ *```$/gms), (match) => {
    const [, indent = '', language = '', code = ''] = match
    const line = text.slice(0, match.index).split('\n').length
    return { place: `${path}:${line}`, language, code: code.replaceAll(new RegExp(`^${indent}`, 'gm'), '') }
  })
}

/** A workflow for steps that stand alone in a document: a form with one address, as in examples/manual.yml. */
export function workflowAround(steps: string): string {
  return `on:
  workflow_dispatch:
    inputs:
      email:
        type: string
        required: true
permissions: {}
jobs:
  document:
    runs-on: ubuntu-latest
    permissions: {}
    steps:
${steps.replaceAll(/^(?=.)/gm, '      ')}`
}

/** The export in README.md: the list itself, and what to change in examples/nightly.yml to use it. */
export function hrExport(): { list: CodeBlock; change: CodeBlock } {
  const blocks = codeBlocks('README.md')
  const place = blocks.findIndex(({ language }) => language === 'diff')
  const [list, change] = blocks.slice(place - 1, place + 1)
  if (list?.language !== 'csv' || change === undefined) throw new Error('README.md shows no export')
  return { list, change }
}
