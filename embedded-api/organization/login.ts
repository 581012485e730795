import { randomBytes } from 'node:crypto'

/** One entry of the login log: an attempt to sign in to an application. */
export interface Login {
  /** Milliseconds of the clock. */
  readonly at: number
  /** Domain of the application. */
  readonly app: string
  /** Login method, such as `saml` or `onetimepin`. */
  readonly connection: string
  readonly ipAddress: string
  readonly allowed: boolean
  /** 16 hex characters. */
  readonly rayId: string
}

/** What a test sets of a login; the rest has defaults. */
export type NewLogin = Partial<Omit<Login, 'rayId'>>

/** A login with defaults for the rest; `at` is the default of its time, milliseconds of the clock. */
export function newLogin(login: NewLogin, at: number): Login {
  return {
    at,
    app: 'intranet.example.com',
    connection: 'saml',
    ipAddress: '203.0.113.7',
    allowed: true,
    rayId: randomBytes(8).toString('hex'),
    ...login,
  }
}
