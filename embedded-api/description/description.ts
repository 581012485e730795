import { type DescribedOperation, operationsOf } from './described-operation.ts'
import { readDescription, type SecurityScheme } from './description-document.ts'
import { other, Schemas, type Violation } from './schemas.ts'

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

/** Compares requests and answers with an OpenAPI description. Without violations they fit. */
export class Description {
  readonly #operations: readonly DescribedOperation[]
  readonly #securitySchemes: readonly (readonly [string, SecurityScheme])[]
  readonly #schemas = new Schemas()

  /** @param file an OpenAPI 3.0 document in YAML; by default the one of Cloudflare's API */
  constructor(file = new URL('../cloudflare.openapi.yaml', import.meta.url)) {
    const document = readDescription(file)
    this.#operations = operationsOf(document)
    this.#securitySchemes = Object.entries(document.components.securitySchemes)
  }

  /** The violations of the description by a request. Unknown parameters and fields are violations, too. */
  requestViolations(request: DescribedRequest): Violation[] {
    const found = this.#find(request.method, request.path)
    if (found === undefined) return [unknownOperation(request)]
    const { operation, pathValues } = found
    return [
      ...this.#schemas.parameterViolations('path', operation.pathParameters, pathValues),
      ...this.#schemas.parameterViolations('query', operation.query, valuesOf(request.query)),
      ...this.#credentialViolations(operation, request.headers),
      ...this.#bodyViolations(operation, request),
    ]
  }

  /**
   * The violations of the description by an answer. Fields that the description does not have are allowed, because
   * Cloudflare may add some at any time.
   *
   * @param request the method, and the path under the API's base URL
   * @param body parsed JSON, or the text if it is not JSON
   */
  answerViolations(
    request: Pick<DescribedRequest, 'method' | 'path'>,
    status: number,
    body: unknown,
  ): Violation[] {
    const operation = this.#find(request.method, request.path)?.operation
    if (operation === undefined) return [unknownOperation(request)]
    const part = `answer ${status}`
    const schema = operation.answers[status] ?? operation.answers[`${Math.floor(status / 100)}XX`]
    if (schema === undefined) return [other(part, 'is a status that the description does not have')]
    return this.#schemas.violations(part, schema, body)
  }

  #find(
    method: string,
    path: string,
  ): { operation: DescribedOperation; pathValues: Record<string, string> } | undefined {
    for (const operation of this.#operations) {
      const match = operation.method === method ? operation.path.exec(path) : null
      if (match === null) continue
      const values = operation.pathNames.map(
        (name, index) => [name, decoded(match[index + 1] ?? '')] as const,
      )
      return { operation, pathValues: Object.fromEntries(values) }
    }
    return undefined
  }

  #credentialViolations({ security }: DescribedOperation, headers: DescribedRequest['headers']): Violation[] {
    const used = this.#securitySchemes.filter(([, scheme]) => isUsed(scheme, headers)).map(([name]) => name)
    const fits = security.some(
      (names) => names.length === used.length && names.every((name) => used.includes(name)),
    )
    if (fits) return []
    const wanted = security.map((names) => names.join(' with ')).join(', or ')
    return [other('headers', `must have ${wanted}, but have ${used.join(' with ') || 'no credential'}`)]
  }

  #bodyViolations(operation: DescribedOperation, { headers, body }: DescribedRequest): Violation[] {
    if (operation.body === undefined) return body === undefined ? [] : [other('body', 'must be absent')]
    if (body === undefined) return [other('body', 'must be there')]
    const isJson = /^application\/json *(?:;.*)?$/i.test(String(headers['content-type']))
    return [
      ...(isJson ? [] : [other('headers', 'must have the content type application/json')]),
      ...this.#schemas.violations('body', operation.body, body),
    ]
  }
}

let cloudflare: Description | undefined

/** Cloudflare's description, read at the first call. */
export function cloudflareDescription(): Description {
  cloudflare ??= new Description()
  return cloudflare
}

function unknownOperation({ method, path }: Pick<DescribedRequest, 'method' | 'path'>): Violation {
  return other('request', `${method} ${path} is not in the description`)
}

function isUsed(scheme: SecurityScheme, headers: DescribedRequest['headers']): boolean {
  if (scheme.type === 'http') return /^Bearer \S+$/.test(String(headers['authorization']))
  return headers[scheme.name.toLowerCase()] !== undefined
}

/** The values of a query by name; a list where a name is repeated. */
function valuesOf(query: string): Record<string, string | string[]> {
  const search = new URLSearchParams(query)
  return Object.fromEntries(
    [...new Set(search.keys())].map((name) => {
      const [only = '', ...more] = search.getAll(name)
      return [name, more.length === 0 ? only : [only, ...more]]
    }),
  )
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
