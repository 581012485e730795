import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'
import type { JsonSchema } from './description-document.ts'

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

/** A violation in words. */
export function violationText({ part, pointer, message }: Violation): string {
  return `${part}${pointer}: ${message}`
}

/** A violation that no JSON schema describes. */
export function other(part: string, message: string): Violation {
  return { part, pointer: '', keyword: 'other', message }
}

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

/** Compares values with JSON schemas. Each schema is compiled once, when it is first needed. */
export class Schemas {
  readonly #json = new Ajv(OPTIONS)
  /** Parameters are text, and a list of one looks like a single value. */
  readonly #text = new Ajv({ ...OPTIONS, coerceTypes: 'array' })
  readonly #compiled = new Map<JsonSchema, ValidateFunction>()

  constructor() {
    for (const ajv of [this.#json, this.#text]) addFormats(ajv)
  }

  /** The violations of the schema by a JSON value. */
  violations(part: string, schema: JsonSchema, value: unknown): Violation[] {
    return this.#violations(this.#json, part, schema, value)
  }

  /** The violations of the schema by the parameters of a request, which are text or lists of text. */
  parameterViolations(
    part: string,
    schema: JsonSchema,
    values: Readonly<Record<string, string | string[]>>,
  ): Violation[] {
    return this.#violations(this.#text, part, schema, { ...values })
  }

  #violations(ajv: Ajv, part: string, schema: JsonSchema, value: unknown): Violation[] {
    let validate = this.#compiled.get(schema)
    if (validate === undefined) {
      validate = ajv.compile(schema)
      this.#compiled.set(schema, validate)
    }
    return validate(value) ? [] : (validate.errors ?? []).map((error) => violationOf(part, error))
  }
}

function violationOf(part: string, error: ErrorObject): Violation {
  const { instancePath: pointer, keyword, message = 'does not fit' } = error
  const unknown: unknown = keyword === 'additionalProperties' ? error.params['additionalProperty'] : undefined
  const named = typeof unknown === 'string' ? `${message}: ${unknown}` : message
  return { part, pointer, keyword, message: named, value: error.data }
}
