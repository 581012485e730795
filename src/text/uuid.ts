import * as v from 'valibot'

const Uuid = v.pipe(
  v.string(),
  v.regex(/^(?:[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i),
  v.brand('Uuid'),
)

/** A UUID as Cloudflare takes it: 32 hex characters, or 36 with hyphens. */
export type Uuid = v.InferOutput<typeof Uuid>

/** The text as a UUID; undefined if it is none. */
export function parseUuid(text: string): Uuid | undefined {
  const parsed = v.safeParse(Uuid, text)
  return parsed.success ? parsed.output : undefined
}

/** The form in which UUIDs are compared: without hyphens and letter case. */
export function uuidKey(uuid: string): string {
  return uuid.replaceAll('-', '').toLowerCase()
}
