import { fileURLToPath } from 'node:url'
import ts from 'typescript'

/** A text of src/ that people may read, `…` for what differs from run to run. */
export interface Message {
  readonly text: string
  /** The same with the source of what differs, as `{count} users`. */
  readonly source: string
  /** As `src/users/dates.ts:12`. */
  readonly place: string
  /** Whether it reports a problem. */
  readonly problem: boolean
  /** Whether what to do stands beside it: in the property `remedy`, or in the next argument or element. */
  readonly remedied: boolean
}

type Text = ts.StringLiteralLike | ts.TemplateExpression

const ROOT = fileURLToPath(new URL('../../', import.meta.url)).replaceAll('\\', '/')

/** In src/result/, only the full sentences of this file and these calls report problems; everything else reports results. */
const VERDICT = 'src/result/verdict.ts'
const WARNINGS = ['warning', 'error', 'failure']

/** Calls that report progress, and no problem. */
const PROGRESS = ['info', 'debug', 'phase', 'seen']

/** Properties and constants that describe what was done or left. */
const DESCRIPTIONS = ['untouched', 'REASONS', 'text', 'permission', 'note']

/** Functions whose second argument is a remedy. The properties `remedy` and `alternative` always are one. */
const WITH_REMEDY = ['problem', 'userProblem', 'readProblem']

/** The constants of this file are the remedies for codes, and words of Cloudflare's. */
const CODES = 'src/cloudflare/error-codes.ts'

/**
 * Collects the texts of src/. Each sentence reports a problem unless it is
 * - a remedy: the property `remedy` or `alternative`, the second argument of a function in {@link WITH_REMEDY}, a constant or function used there, or a constant of {@link CODES};
 * - a part of a longer sentence: inside its template, or a constant or function used there;
 * - progress (see {@link PROGRESS}), or a result (see {@link VERDICT}).
 */
export function messagesOfSource(): Message[] {
  const files = ts.sys.readDirectory(`${ROOT}src`, ['.ts'])
  // Without the packages, whose declarations are forty times as long.
  const program = ts.createProgram(files, { ...compilerOptions(), noResolve: true })
  // Also links each node to its parent.
  const checker = program.getTypeChecker()
  const nodes = program
    .getSourceFiles()
    .filter(({ fileName }) => fileName.startsWith(`${ROOT}src/`))
    .flatMap(nodesIn)
  const texts = nodes.filter(isText)
  const whats = new Set(nodes.filter((node) => isProperty(node, 'what')).flatMap(nodesIn))
  const sentences = new Set(
    texts.filter((node) => wordsOf(textOf(node)) >= (whats.has(node) ? 2 : fewestWords(node))),
  )
  const quiet = usedBy([...nodes.flatMap(remediesIn), ...[...sentences].flatMap(partsIn)], checker)
  return texts.map((node) => {
    const calls = callsAround(node)
    const source = node.getSourceFile()
    const file = source.fileName.slice(ROOT.length)
    const text = textOf(node)
    const reports = (file === VERDICT && text.endsWith('.')) || !file.startsWith('src/result/')
    return {
      text,
      source: sourceOf(node),
      place: `${file}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`,
      problem:
        sentences.has(node) &&
        !quiet.has(node) &&
        !calls.some((name) => PROGRESS.includes(name)) &&
        !isDescription(node) &&
        !(file === CODES && ts.isVariableStatement(outermost(node))) &&
        (reports || calls.some((name) => WARNINGS.includes(name))),
      remedied: isRemedied(node, checker),
    }
  })
}

function compilerOptions(): ts.CompilerOptions {
  const read: { config?: unknown } = ts.readConfigFile(`${ROOT}tsconfig.json`, (path) =>
    ts.sys.readFile(path),
  )
  return ts.parseJsonConfigFileContent(read.config, ts.sys, ROOT).options
}

function nodesIn(node: ts.Node): ts.Node[] {
  const nodes: ts.Node[] = [node]
  ts.forEachChild(node, (child) => {
    for (const inner of nodesIn(child)) nodes.push(inner)
  })
  return nodes
}

function isText(node: ts.Node): node is Text {
  return ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)
}

function textOf(node: Text): string {
  if (ts.isStringLiteralLike(node)) return node.text
  return node.head.text + node.templateSpans.map(({ literal }) => `…${literal.text}`).join('')
}

function sourceOf(node: Text): string {
  if (ts.isStringLiteralLike(node)) return node.text
  const spans = node.templateSpans.map(
    ({ expression, literal }) => `{${expression.getText()}}${literal.text}`,
  )
  return `${node.head.text}${spans.join('')}`.replaceAll(/\s+/g, ' ')
}

/** How many words the text has of its own. */
export function wordsOf(text: string): number {
  return text.includes(' ') ? (text.match(/[a-z]+(?:[-_][a-z]+)*/gi) ?? []).length : 0
}

/** A shorter text is a name, and no sentence. */
function fewestWords(node: Text): number {
  return textOf(node).endsWith('.') ? 2 : 4
}

/** The statement of the file that the node is in. */
function outermost(node: ts.Node): ts.Node {
  return ts.isSourceFile(node.parent) ? node : outermost(node.parent)
}

function isProperty(node: ts.Node, name: string): node is ts.PropertyAssignment {
  return ts.isPropertyAssignment(node) && node.name.getText() === name
}

function isDescription(node: ts.Node): boolean {
  if (ts.isSourceFile(node)) return false
  const isNamed = ts.isPropertyAssignment(node) || ts.isVariableDeclaration(node)
  return (isNamed && DESCRIPTIONS.includes(node.name.getText())) || isDescription(node.parent)
}

function remediesIn(node: ts.Node): ts.Node[] {
  if (isProperty(node, 'remedy') || isProperty(node, 'alternative')) return [node.initializer]
  if (ts.isShorthandPropertyAssignment(node) && node.name.text === 'remedy') return [node]
  if (!ts.isCallExpression(node) || !WITH_REMEDY.includes(node.expression.getText())) return []
  return node.arguments.slice(1)
}

function partsIn(node: Text): ts.Node[] {
  return ts.isStringLiteralLike(node) ? [] : node.templateSpans.map(({ expression }) => expression)
}

/**
 * Whether the object, call, or list around a text also has a remedy, which is text, or a name whose text is not here.
 * The text may have a name, by which it is used there.
 */
function isRemedied(node: ts.Node, checker: ts.TypeChecker): boolean {
  const { parent } = node
  if (ts.isConditionalExpression(parent)) return isRemedied(parent, checker)
  if (!ts.isVariableDeclaration(parent)) return isBesideRemedy(node, checker)
  return usesOf(parent, checker).some((use) => isBesideRemedy(use, checker))
}

function isBesideRemedy(node: ts.Node, checker: ts.TypeChecker): boolean {
  const { parent } = node
  if (ts.isFunctionLike(parent) || ts.isVariableDeclaration(parent) || ts.isSourceFile(parent)) return false
  if (ts.isObjectLiteralExpression(parent)) return nodesIn(parent).some(isRemedyProperty)
  const list = ts.isCallExpression(parent)
    ? parent.arguments
    : ts.isArrayLiteralExpression(parent)
      ? parent.elements
      : []
  const place = list.findIndex((element) => element === node)
  const next = place === -1 ? undefined : list[place + 1]
  if (next !== undefined) return givesText(checker.getTypeAtLocation(next), checker)
  return isBesideRemedy(parent, checker)
}

/** Where the name of a variable stands after its declaration, in the same block. */
function usesOf({ name, parent }: ts.VariableDeclaration, checker: ts.TypeChecker): ts.Node[] {
  const symbol = checker.getSymbolAtLocation(name)
  return nodesIn(parent.parent.parent).filter(
    (node) =>
      node !== name &&
      ts.isIdentifier(node) &&
      (ts.isShorthandPropertyAssignment(node.parent)
        ? checker.getShorthandAssignmentValueSymbol(node.parent)
        : checker.getSymbolAtLocation(node)) === symbol,
  )
}

function isRemedyProperty(node: ts.Node): boolean {
  const named = ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node)
  return named && ['remedy', 'lacking'].includes(node.name.getText())
}

/** All nodes inside, including the text of constants and functions that they use. */
function usedBy(nodes: readonly ts.Node[], checker: ts.TypeChecker): Set<ts.Node> {
  const found = new Set(nodes)
  for (const node of found) {
    ts.forEachChild(node, (child) => {
      found.add(child)
    })
    for (const value of valuesOf(node, checker)) found.add(value)
  }
  return found
}

/** The expressions that give a name its text. */
function valuesOf(node: ts.Node, checker: ts.TypeChecker): ts.Node[] {
  const symbol = ts.isShorthandPropertyAssignment(node)
    ? checker.getShorthandAssignmentValueSymbol(node)
    : ts.isIdentifier(node)
      ? checker.getSymbolAtLocation(node)
      : undefined
  if (symbol === undefined) return []
  const origin = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
  return (origin.declarations ?? []).flatMap((declaration) => {
    if (ts.isFunctionDeclaration(declaration)) {
      const returns = checker.getSignatureFromDeclaration(declaration)?.getReturnType()
      return returns !== undefined && isTextual(returns, checker) ? returnedBy(declaration) : []
    }
    if (!ts.isVariableDeclaration(declaration) && !ts.isBindingElement(declaration)) return []
    const textual = isTextual(checker.getTypeAtLocation(declaration), checker)
    return textual && declaration.initializer !== undefined ? [declaration.initializer] : []
  })
}

/** A string, perhaps undefined, or a record of such. */
function isTextual(type: ts.Type, checker: ts.TypeChecker): boolean {
  const plain = checker.getNonNullableType(type)
  const members = plain.isUnion() ? plain.types : [plain]
  return members.every(({ flags }) => flags & ts.TypeFlags.StringLike) || isRecordOfText(plain, checker)
}

function isRecordOfText(type: ts.Type, checker: ts.TypeChecker): boolean {
  const values = [
    ...checker.getPropertiesOfType(type).map((property) => checker.getTypeOfSymbol(property)),
    ...checker.getIndexInfosOfType(type).map((info) => info.type),
  ]
  return values.length > 0 && values.every(({ flags }) => flags & ts.TypeFlags.StringLike)
}

/** Text, or a function that returns text. */
function givesText(type: ts.Type, checker: ts.TypeChecker): boolean {
  const [call] = type.getCallSignatures()
  return isTextual(call?.getReturnType() ?? type, checker)
}

function returnedBy(node: ts.Node): ts.Node[] {
  return nodesIn(node).flatMap((inner) =>
    ts.isReturnStatement(inner) && inner.expression !== undefined ? [inner.expression] : [],
  )
}

/** The names of the functions and methods among whose arguments the node is, as far as the next function outwards. */
function callsAround(node: ts.Node): string[] {
  if (ts.isFunctionLike(node) || ts.isSourceFile(node)) return []
  const name = ts.isCallExpression(node) ? (/\w+$/.exec(node.expression.getText()) ?? []) : []
  return [...name, ...callsAround(node.parent)]
}

/** Prints every text of more than one word, for somebody to read: `npm run messages`. */
if (import.meta.main) {
  for (const { place, source } of messagesOfSource())
    if (wordsOf(source) > 0) console.log(`${place}\t${source}`)
}
