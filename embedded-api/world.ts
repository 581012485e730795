/** Optional fields of a user in Cloudflare's description. */
export type UserField =
  | 'id'
  | 'uid'
  | 'seat_uid'
  | 'email'
  | 'name'
  | 'access_seat'
  | 'gateway_seat'
  | 'active_device_count'
  | 'last_successful_login'
  | 'created_at'
  | 'updated_at'

/** Optional fields of a session; `metadata.iat` is the `iat` within `metadata`. */
export type SessionField =
  'name' | 'expiration' | 'metadata' | `metadata.${'iat' | 'expires' | 'ttl' | 'nonce' | 'apps'}`

/** Optional fields of a device registration. */
export type RegistrationField =
  | 'device.client_version'
  | 'user'
  | `user.${'id' | 'email' | 'name'}`
  | 'revoked_at'
  | 'deleted_at'
  | 'registration_type'
  | 'key_type'
  | 'tunnel_type'

/**
 * Deviations of Cloudflare from the default behavior of the embedded API. All are off by default and can be combined.
 * Most fit Cloudflare's own description, see {@link fitsDescription}.
 */
export interface World {
  /** Lists have at most this many records per page, whatever `per_page` says. `result_info` has the actual size. */
  readonly pageCap?: number
  /** Lists have no `result_info`. A list with a cursor keeps it while there is a next page. */
  readonly withoutResultInfo?: boolean
  /** `result_info` has no `total_count`. */
  readonly withoutTotalCount?: boolean
  /** `result` is null where a list of users or sessions is empty. */
  readonly nullForEmpty?: boolean
  /** Lists are in reverse order. */
  readonly reversed?: boolean
  /**
   * Each page but the first begins with the last record of the previous page, as if a record had been added meanwhile.
   * No record is missing, but it takes more records than `total_count` to see all of them.
   */
  readonly repeatedRecords?: boolean
  /**
   * While a list of users is read, another user is deleted: the first page begins with a record that is not on the
   * later ones, so that one record appears on neither.
   */
  readonly vanishingUser?: boolean
  /** A list of registrations ends after this many records, without `result_info`. */
  readonly truncatedRegistrations?: number
  /**
   * What is wrong with counts in `result_info`: `total_count` grows with each page, or is one less than the records of
   * the page; `total_pages` of users is one more than there are; all counts are text, or not whole numbers.
   */
  readonly counts?: 'growing' | 'too_small' | 'too_many_pages' | 'text' | 'fraction'
  /** The cursor to the next page is a number, and not accepted as a parameter. */
  readonly numericCursors?: boolean
  /** Optional fields that no user has. */
  readonly absentUserFields?: readonly UserField[]
  /** The list of users ignores its filters. */
  readonly unfilteredUsers?: boolean
  /**
   * Lists have each user twice, the second time without seat, devices, and login: all lists, or only those that are
   * not filtered. `total_count` counts each user once.
   */
  readonly outdatedCopies?: 'everywhere' | 'unfiltered'
  /** `active_device_count` is too high by this number; negative: too low. */
  readonly deviceCountOff?: number
  /** An address is found, and revoked, only in its own letter case. */
  readonly caseSensitive?: boolean
  /** The filter `email` finds an address only in its own letter case. */
  readonly caseSensitiveFilter?: boolean
  /** An address is revoked only in its own letter case, but found in any. */
  readonly caseSensitiveRevocation?: boolean
  /** The answer to a revocation of an unknown address: `true` (the default), 404 with code 12130, or `false`. */
  readonly unknownUsers?: 'revoked' | 'refused' | 'result_false'
  /** Seats are not freed, and the answer says so. */
  readonly seatsStay?: boolean
  /** Seats are freed, but the answer does not contain them. */
  readonly seatsUnanswered?: boolean
  /** `last_successful_login` of all who ever signed in, in place of the time. */
  readonly lastLoginText?: string
  /** A login appears in the login log this many milliseconds later. */
  readonly loginLogDelayMs?: number
  /** Each further session or registration of a user disappears this many milliseconds later than the previous one. */
  readonly apartMs?: number
  /** Optional fields that no session has. */
  readonly absentSessionFields?: readonly SessionField[]
  /** `iat` of a session is in milliseconds instead of seconds. */
  readonly iatInMilliseconds?: boolean
  /** All sessions have the same nonce, or the same name. */
  readonly sharedSessionKey?: 'nonce' | 'name'
  /**
   * A session that is still listed after its revocation has an `iat` after it, as if it were a new one. Only its nonce,
   * or only its name, stays the same.
   */
  readonly renewedSessions?: 'nonce' | 'name'
  /** Optional fields that no device registration has. */
  readonly absentRegistrationFields?: readonly RegistrationField[]
  /** The list of registrations ignores `user.id`. */
  readonly unfilteredRegistrations?: boolean
  /** Registrations disappear this many milliseconds after their revocation, default `propagationMs` of the server. */
  readonly registrationsPropagationMs?: number
  /** Registrations survive revocations and the removal of a seat. */
  readonly registrationsStay?: boolean
  /** After a revocation each device registers again, in a later second than the answer's `Date`. */
  readonly registrationsComeBack?: boolean
  /** `user.id` of a registration, in the list and in its filter: the `id` of the user (the default), or the `uid`. */
  readonly registrationUserId?: 'id' | 'uid'
  /** A revocation ignores `devices`. */
  readonly devicesIgnored?: boolean
  /** `revoked_at` of a registration that is not revoked, default null. */
  readonly unsetRevokedAt?: string
  /** `deleted_at` of a registration, default null. */
  readonly unsetDeletedAt?: string
  /** After a revocation, lists show another user as the owner of the registrations. */
  readonly registrationsChangeOwner?: boolean
  /** Lists have each registration twice, the second time as revoked. */
  readonly revokedCopies?: boolean
  /** Neither `Ratelimit` and `Ratelimit-Policy` nor `Retry-After`; the limit itself stays. */
  readonly withoutRateLimitHeaders?: boolean
  /** No `Date` header. */
  readonly withoutDate?: boolean
  /** The `Date` header is off by this many milliseconds; negative: behind. */
  readonly dateSkewMs?: number
  /** No `cf-ray` header. */
  readonly withoutRayId?: boolean
}

/** Whether all answers in this world fit Cloudflare's description: unreadable counts, cursors, and times do not. */
export function fitsDescription({
  counts = 'growing',
  numericCursors = false,
  unsetRevokedAt,
  unsetDeletedAt,
  lastLoginText,
}: World): boolean {
  const areTimesReadable = [unsetRevokedAt, unsetDeletedAt].every(
    (time) => time === undefined || /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(time),
  )
  const areCountsReadable = counts !== 'text' && counts !== 'fraction'
  return areCountsReadable && areTimesReadable && !numericCursors && lastLoginText === undefined
}
