import { readFileSync } from 'node:fs'
import * as v from 'valibot'
import { parse } from 'yaml'

const jsonSchema = v.record(v.string(), v.unknown())

/** A JSON schema, with every `$ref` replaced by what it points to. */
export type JsonSchema = v.InferOutput<typeof jsonSchema>

const parameter = v.object({
  name: v.string(),
  in: v.picklist(['path', 'query']),
  required: v.optional(v.boolean(), false),
  schema: jsonSchema,
})
const parameters = v.optional(v.array(parameter), [])

const jsonContent = v.object({ 'application/json': v.object({ schema: jsonSchema }) })

const operation = v.object({
  operationId: v.string(),
  security: v.array(v.record(v.string(), v.array(v.string()))),
  parameters,
  requestBody: v.exactOptional(v.object({ content: jsonContent })),
  responses: v.record(v.string(), v.object({ content: jsonContent })),
})

const pathItem = v.strictObject({
  parameters,
  get: v.exactOptional(operation),
  post: v.exactOptional(operation),
  patch: v.exactOptional(operation),
  delete: v.exactOptional(operation),
})

const securityScheme = v.variant('type', [
  v.object({ type: v.literal('http'), scheme: v.literal('bearer') }),
  v.object({ type: v.literal('apiKey'), in: v.literal('header'), name: v.string() }),
])

const document = v.object({
  paths: v.record(v.string(), pathItem),
  components: v.object({ securitySchemes: v.record(v.string(), securityScheme) }),
})

/** The part of an OpenAPI 3.0 document that this project uses: paths, methods, parameters, bodies, and credentials. */
export type DescriptionDocument = v.InferOutput<typeof document>
export type Parameter = v.InferOutput<typeof parameter>
export type SecurityScheme = v.InferOutput<typeof securityScheme>

/**
 * Reads an OpenAPI document in YAML, and resolves its references. Throws if the document uses more of OpenAPI than
 * this project understands.
 */
export function readDescription(file: URL): DescriptionDocument {
  const root: unknown = parse(readFileSync(file, 'utf8'))
  return v.parse(document, resolved(root, root))
}

/** A copy of `node` in which every `$ref` is replaced by the part of `root` that it points to. */
function resolved(node: unknown, root: unknown): unknown {
  if (Array.isArray(node)) return node.map((item: unknown) => resolved(item, root))
  if (!isRecord(node)) return node
  if (typeof node['$ref'] === 'string') return resolved(partAt(node['$ref'], root), root)
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, resolved(value, root)]))
}

function partAt(reference: string, root: unknown): unknown {
  const [start, ...names] = reference.split('/')
  const part = names.reduce<unknown>((node, name) => (isRecord(node) ? node[name] : undefined), root)
  if (start !== '#' || part === undefined) throw new Error(`${reference} leads nowhere`)
  return part
}

function isRecord(node: unknown): node is Record<string, unknown> {
  return typeof node === 'object' && node !== null && !Array.isArray(node)
}
