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
 * Everything in which Cloudflare may differ from what the embedded API does by default, within Cloudflare's own
 * description. All of it is off by default, and can be combined.
 */
export interface World {
  /** Lists have at most so many records a page, whatever `per_page` says. `result_info` tells the true size. */
  pageCap?: number
  /** Lists have no `result_info`. A list with a cursor keeps it as long as there is a next page. */
  withoutResultInfo?: boolean
  /** `result_info` has no `total_count`. */
  withoutTotalCount?: boolean
  /** `result` is null where a list of users or sessions is empty. */
  nullForEmpty?: boolean
  /** Lists come in the opposite order. */
  reversed?: boolean
  /**
   * Each page but the first begins with the last record of the page before, as if somebody had been added meanwhile.
   * No record is missing, but it takes more records than `total_count` to see all of them.
   */
  repeatedRecords?: boolean

  /** Optional fields that no user has. */
  absentUserFields?: readonly UserField[]
  /** Optional fields that no session has. */
  absentSessionFields?: readonly SessionField[]
  /** Optional fields that no device registration has. */
  absentRegistrationFields?: readonly RegistrationField[]

  /** The list of users ignores its filters. */
  unfilteredUsers?: boolean
  /** The list of registrations ignores `user.id`. */
  unfilteredRegistrations?: boolean
  /** An address is found, and revoked, only in the letter case that it has. */
  caseSensitive?: boolean
  /** The answer to a revocation of an unknown address: `true` (the default), 404 with code 12130, or `false`. */
  unknownUsers?: 'revoked' | 'refused' | 'result_false'

  /** Each further session of a user disappears so many milliseconds later than the one before. */
  sessionsApartMs?: number
  /** Registrations disappear so many milliseconds after their revocation, default `propagationMs` of the server. */
  registrationsPropagationMs?: number
  /** Each further registration of a user disappears so many milliseconds later than the one before. */
  registrationsApartMs?: number
  /** Registrations survive revocations and the removal of a seat. */
  registrationsStay?: boolean
  /** After a revocation each device registers anew, in a later second than the answer's `Date`. */
  registrationsComeBack?: boolean
  /** `user.id` of a registration, in the list and in its filter: the `id` of the user (the default), or the `uid`. */
  registrationUserId?: 'id' | 'uid'
  /** A revocation takes no notice of `devices`. */
  devicesIgnored?: boolean
  /** Seats are not freed, and the answer says so. */
  seatsStay?: boolean

  /** `iat` of a session is in milliseconds instead of seconds. */
  iatInMilliseconds?: boolean
  /** Neither `Ratelimit` and `Ratelimit-Policy` nor `Retry-After`; the limit itself stays. */
  withoutRateLimitHeaders?: boolean
  /** No `Date` header. */
  withoutDate?: boolean
  /** The `Date` header is off by so many milliseconds; negative: behind. */
  dateSkewMs?: number
  /** No `cf-ray` header. */
  withoutRayId?: boolean
}
