import type { DescriptionDocument, JsonSchema, Parameter } from './description-document.ts'

/** One method of one path, ready to be compared with requests and answers. */
export interface DescribedOperation {
  /** The `operationId`. */
  readonly id: string
  /** In upper case. */
  readonly method: string
  /** Matches the paths of this operation; its groups are the values of {@link pathNames}. */
  readonly path: RegExp
  readonly pathNames: readonly string[]
  readonly pathParameters: JsonSchema
  readonly query: JsonSchema
  /** Alternatives: the names of the security schemes that a request must use together. */
  readonly security: readonly (readonly string[])[]
  /** Absent if a request has no body. */
  readonly body?: JsonSchema
  /** Schemas of the answers by status, such as `200` or `4XX`. */
  readonly answers: Readonly<Record<string, JsonSchema>>
}

/** Lists the operations of a document. The schemas forbid everything that they do not define. */
export function operationsOf({ paths }: DescriptionDocument): DescribedOperation[] {
  return Object.entries(paths).flatMap(([template, { parameters, ...methods }]) =>
    Object.entries(methods).map(([method, operation]) => {
      const all = [...parameters, ...operation.parameters]
      const body = operation.requestBody?.content['application/json'].schema
      return {
        id: operation.operationId,
        method: method.toUpperCase(),
        path: new RegExp(`^${template.replaceAll('.', String.raw`\.`).replaceAll(/\{[^}]+\}/g, '([^/]+)')}$`),
        pathNames: [...template.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => name),
        pathParameters: objectOf(all.filter((parameter) => parameter.in === 'path')),
        query: objectOf(all.filter((parameter) => parameter.in === 'query')),
        security: operation.security.map((schemes) => Object.keys(schemes)),
        ...(body !== undefined && { body: closed(body) }),
        answers: Object.fromEntries(
          Object.entries(operation.responses).map(([status, { content }]) => [
            status,
            content['application/json'].schema,
          ]),
        ),
      }
    }),
  )
}

/** A schema for parameters as one object without others. */
function objectOf(parameters: readonly Parameter[]): JsonSchema {
  return {
    type: 'object',
    properties: Object.fromEntries(parameters.map(({ name, schema }) => [name, schema])),
    required: parameters.filter(({ required }) => required).map(({ name }) => name),
    additionalProperties: false,
  }
}

/** The schema with unknown properties forbidden in every object, because the description is complete for requests. */
function closed(schema: JsonSchema): JsonSchema {
  const inner = Object.entries(schema).map(([key, value]) => [key, closedValue(value)] as const)
  return { ...(schema['type'] === 'object' && { additionalProperties: false }), ...Object.fromEntries(inner) }
}

function closedValue(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return closed({ ...value })
}
