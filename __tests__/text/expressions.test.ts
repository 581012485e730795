import { spawn } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'
import ts from 'typescript'

const SOURCES = fileURLToPath(new URL('../../src', import.meta.url))
const PROGRAM = fileURLToPath(new URL('../support/try-expressions.js', import.meta.url))

/** An expression that takes linear time needs less than a tenth of this, a quadratic one ten times as much. In milliseconds. */
const MOST_TIME = 5_000

interface Expression {
  readonly where: string
  readonly source: string
  readonly flags: string
}

/** The regular expressions of `src/`, and the places that create one of a text. */
function expressionsOf(file: string): { literals: Expression[]; created: string[] } {
  const source = ts.createSourceFile(file, readFileSync(`${SOURCES}/${file}`, 'utf8'), ts.ScriptTarget.Latest)
  const literals: Expression[] = []
  const created: string[] = []
  const visit = (node: ts.Node): void => {
    const where = `${file}:${source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1}`
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/')
      literals.push({ where, source: node.text.slice(1, end), flags: node.text.slice(end + 1) })
    }
    if (
      (ts.isNewExpression(node) || ts.isCallExpression(node)) &&
      node.expression.getText(source) === 'RegExp'
    )
      created.push(where)
    node.forEachChild(visit)
  }
  visit(source)
  return { literals, created }
}

/** The first expression that does not end in time; undefined if all of them do. */
async function firstSlow(expressions: readonly Expression[]): Promise<Expression | undefined> {
  const child = spawn(process.execPath, [PROGRAM], { stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.end(JSON.stringify(expressions.map(({ source, flags }) => [source, flags])))
  let done = 0
  const end = (): void => {
    child.kill('SIGKILL')
  }
  let timer = setTimeout(end, MOST_TIME)
  for await (const line of createInterface(child.stdout)) {
    done = Number(line) + 1
    clearTimeout(timer)
    timer = setTimeout(end, MOST_TIME)
  }
  clearTimeout(timer)
  return expressions[done]
}

test('no expression takes more than linear time, whatever the text is', async () => {
  const found = globSync('**/*.ts', { cwd: SOURCES }).map(expressionsOf)
  const expressions = found.flatMap(({ literals }) => literals)
  const slow: string[] = []
  let rest: readonly Expression[] = expressions
  for (let at = await firstSlow(rest); at !== undefined; at = await firstSlow(rest)) {
    slow.push(`${at.where} /${at.source}/${at.flags}`)
    rest = rest.slice(rest.indexOf(at) + 1)
  }
  expect(slow).toEqual([])
  expect(expressions.length).toBeGreaterThan(100)
  // One that is created of a text would not be tried.
  expect(found.flatMap(({ created }) => created)).toEqual([])
}, 300_000)
