import type { Report } from '../support/report.ts'

/** What the report says of one user. */
export type Told = Report['users'][number]

/** Something that is said, and whether it is so. */
export type Claim = readonly [claim: string, isTrue: boolean]
