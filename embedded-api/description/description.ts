import { readFileSync } from 'node:fs'
import { Ajv, type ErrorObject } from 'ajv'
import addFormats from 'ajv-formats'
import * as v from 'valibot'
import { parse } from 'yaml'

const Schema = v.record(v.string(), v.unknown())
const Parameter = v.object({
  name: v.string(),
  in: v.picklist(['path', 'query']),
  required: v.optional(v.boolean(), false),
  schema: Schema,
})
const Parameters = v.optional(v.array(Parameter), [])
const Content = v.object({ content: v.object({ 'application/json': v.object({ schema: Schema }) }) })
const Operation = v.object({
  security: v.array(v.record(v.string(), v.unknown())),
  parameters: Parameters,
  requestBody: v.exactOptional(Content),
  responses: v.record(v.string(), Content),
})
/** The part of OpenAPI that the description uses. Every other name in a path item is a method. */
const Document = v.object({
  paths: v.record(v.string(), v.objectWithRest({ parameters: Parameters }, Operation)),
})

type JsonSchema = v.InferOutput<typeof Schema>

/** A request to compare with the description. */
export interface DescribedRequest {
  readonly method: string
  /** The path under the API's base URL, such as `/user/tokens/verify`, without the query. */
  readonly path: string
  /** The query as sent, without the `?`. */
  readonly query: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  /** Parsed JSON, or the text where it is not JSON; absent without a body. */
  readonly body?: unknown
}

/** A difference between a request or an answer and the description. */
export interface Violation {
  /** The part of the request or answer: `query`, `body`, `answer 200`, and so on. */
  readonly part: string
  /** JSON pointer within that part; empty for the whole. */
  readonly pointer: string
  /** The keyword of JSON Schema that is not fulfilled, or `other`. */
  readonly keyword: string
  /** What is wrong, such as `must be boolean`. It never repeats a credential. */
  readonly message: string
  /** The value that is wrong. */
  readonly value?: unknown
}

/** The header of each security scheme in the description. */
const CREDENTIALS = { token: 'authorization', email: 'x-auth-email', key: 'x-auth-key' }

const OPTIONS = {
  allErrors: true,
  verbose: true,
  // OpenAPI schemas do not repeat the type in every part of an `allOf`.
  strictTypes: false,
  strictRequired: false,
  // A keyword that is unknown, or has a value of another type, is an error all the same, and much sooner.
  meta: false,
  validateSchema: false,
} as const
const JSON_VALUES = new Ajv(OPTIONS)
/** Parameters are text, and a list of one looks like a single value. */
const TEXTS = new Ajv({ ...OPTIONS, coerceTypes: 'array' })
for (const ajv of [JSON_VALUES, TEXTS]) addFormats(ajv)

const OPERATIONS = readOperations()

/** The violations of Cloudflare's description by a request. Unknown parameters and fields are violations, too. */
export function requestViolations({ method, path, query, headers, body }: DescribedRequest): Violation[] {
  const operation = operationAt(method, path)
  if (operation === undefined) return [unknownOperation(method, path)]
  return [
    ...violations(TEXTS, 'path', operation.pathParameters, decodedGroups(operation.path, path)),
    ...violations(TEXTS, 'query', operation.query, valuesOf(query)),
    ...credentialViolations(operation.security, headers),
    ...bodyViolations(operation.body, headers['content-type'], body),
  ]
}

/**
 * The violations of Cloudflare's description by an answer. Fields that the description does not have are allowed,
 * because Cloudflare may add some at any time.
 *
 * @param request the method, and the path under the API's base URL
 * @param body parsed JSON, or the text if it is not JSON
 */
export function answerViolations(
  { method, path }: Pick<DescribedRequest, 'method' | 'path'>,
  status: number,
  body: unknown,
): Violation[] {
  const operation = operationAt(method, path)
  if (operation === undefined) return [unknownOperation(method, path)]
  const part = `answer ${status}`
  const content = operation.answers[status] ?? operation.answers[`${Math.floor(status / 100)}XX`]
  if (content === undefined) return [other(part, 'is a status that the description does not have')]
  return violations(JSON_VALUES, part, schemaOf(content), body)
}

/** A violation in words. */
export function violationText({ part, pointer, message }: Violation): string {
  return `${part}${pointer}: ${message}`
}

/** The values of a query by name; a list where a name is repeated. */
export function valuesOf(query: string): Record<string, string | string[]> {
  const search = new URLSearchParams(query)
  const entries = [...new Set(search.keys())].map((name) => {
    const [only = '', ...more] = search.getAll(name)
    return [name, more.length === 0 ? only : [only, ...more]] as const
  })
  return Object.fromEntries(entries)
}

/** One method of one path. */
interface DescribedOperation {
  /** In upper case. */
  readonly method: string
  /** Matches the paths of this operation; its groups are the parameters in the path. */
  readonly path: RegExp
  readonly pathParameters: JsonSchema
  readonly query: JsonSchema
  /** Alternatives: the names of the security schemes that a request must use together. */
  readonly security: readonly (readonly string[])[]
  /** Undefined if a request has no body. */
  readonly body: JsonSchema | undefined
  /** The answers by status, such as `200` or `4XX`. */
  readonly answers: Readonly<Record<string, v.InferOutput<typeof Content>>>
}

/** Reads the description. Throws if it uses more of OpenAPI than this project understands. */
function readOperations(): DescribedOperation[] {
  const root: unknown = parse(readFileSync(new URL('../cloudflare.openapi.yaml', import.meta.url), 'utf8'))
  const { paths } = v.parse(Document, resolved(root, root))
  return Object.entries(paths).flatMap(([template, { parameters, ...methods }]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path: new RegExp(`^${template.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`),
      pathParameters: objectOf([...parameters, ...operation.parameters], 'path'),
      query: objectOf([...parameters, ...operation.parameters], 'query'),
      security: operation.security.map((schemes) => Object.keys(schemes)),
      body: operation.requestBody && schemaOf(operation.requestBody),
      answers: operation.responses,
    })),
  )
}

/** A copy of `node` in which every `$ref` is replaced by the part of `root` that it points to. */
function resolved(node: unknown, root: unknown): unknown {
  if (typeof node !== 'object' || node === null) return node
  if (Array.isArray(node)) return node.map((item: unknown) => resolved(item, root))
  if ('$ref' in node) {
    const names = String(node.$ref).split('/').slice(1)
    return resolved(v.parse(v.unknown(), names.reduce(partOf, root)), root)
  }
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, resolved(value, root)]))
}

function partOf(node: unknown, name: string): unknown {
  return v.parse(v.looseObject({ [name]: v.unknown() }), node)[name]
}

/** A schema for the parameters in one place as one object without others. */
function objectOf(parameters: v.InferOutput<typeof Parameters>, place: 'path' | 'query'): JsonSchema {
  const inPlace = parameters.filter((parameter) => parameter.in === place)
  return {
    type: 'object',
    properties: Object.fromEntries(inPlace.map(({ name, schema }) => [name, schema])),
    required: inPlace.filter(({ required }) => required).map(({ name }) => name),
    additionalProperties: false,
  }
}

function schemaOf({ content }: v.InferOutput<typeof Content>): JsonSchema {
  return content['application/json'].schema
}

function operationAt(method: string, path: string): DescribedOperation | undefined {
  return OPERATIONS.find((operation) => operation.method === method && operation.path.test(path))
}

function decodedGroups(pattern: RegExp, path: string): Record<string, string> {
  const groups = Object.entries(pattern.exec(path)?.groups ?? {})
  return Object.fromEntries(groups.map(([name, value]) => [name, decodeURIComponent(value)]))
}

function credentialViolations(
  security: DescribedOperation['security'],
  headers: DescribedRequest['headers'],
): Violation[] {
  const used = Object.entries(CREDENTIALS).flatMap(([name, header]) =>
    headers[header] === undefined ? [] : [name],
  )
  if (security.some((names) => names.toString() === used.toString())) return []
  const wanted = security.map((names) => names.join(' with ')).join(', or ')
  return [other('headers', `must have ${wanted}, but have ${used.join(' with ') || 'no credential'}`)]
}

function bodyViolations(schema: JsonSchema | undefined, contentType: unknown, body: unknown): Violation[] {
  if (schema === undefined) return body === undefined ? [] : [other('body', 'must be absent')]
  if (body === undefined) return [other('body', 'must be there')]
  const isJson = /^application\/json *(?:;.*)?$/i.test(String(contentType))
  return [
    ...(isJson ? [] : [other('headers', 'must have the content type application/json')]),
    ...violations(JSON_VALUES, 'body', schema, body),
  ]
}

function unknownOperation(method: string, path: string): Violation {
  return other('request', `${method} ${path} is not in the description`)
}

/** A violation that no JSON schema describes. */
function other(part: string, message: string): Violation {
  return { part, pointer: '', keyword: 'other', message }
}

/** The violations of a schema. Ajv compiles each schema once. */
function violations(ajv: Ajv, part: string, schema: JsonSchema, value: unknown): Violation[] {
  return ajv.validate(schema, value) ? [] : (ajv.errors ?? []).map((error) => violationOf(part, error))
}

function violationOf(part: string, error: ErrorObject): Violation {
  const { instancePath: pointer, keyword, message = 'does not fit', data: value } = error
  const unknown: unknown = error.params['additionalProperty']
  const named = typeof unknown === 'string' ? `${message}: ${unknown}` : message
  return { part, pointer, keyword, message: named, value }
}
