import type { AccessUser } from './access-user.ts'

/** The users of an organization, indexed by address and IDs, and searchable by a part of the address. */
export class UserDirectory {
  readonly #users: AccessUser[] = []
  readonly #byEmail = new Map<string, AccessUser[]>()
  readonly #byId = new Map<string, AccessUser>()
  readonly #byUid = new Map<string, AccessUser[]>()
  readonly #bySeat = new Map<string, AccessUser[]>()
  // All addresses in one text, so that a filter over 10,000 users is one native search instead of 10,000.
  #text = ''
  readonly #starts: number[] = []

  get all(): readonly AccessUser[] {
    return this.#users
  }

  add(user: AccessUser): void {
    if (this.#byId.has(user.id)) throw new Error(`two users with the id ${user.id}`)
    const email = user.email.toLowerCase()
    this.#users.push(user)
    enter(this.#byEmail, addressKey(user.email), user)
    this.#byId.set(user.id, user)
    enter(this.#byUid, user.uid, user)
    if (user.seat.uid !== undefined) enter(this.#bySeat, user.seat.uid, user)
    this.#starts.push(this.#text.length)
    this.#text += `${email}\n`
  }

  /** Every record with exactly this address, in any case of its ASCII letters, white space around it ignored. */
  withEmail(email: string): readonly AccessUser[] {
    return this.#byEmail.get(addressKey(email)) ?? []
  }

  withId(id: string): AccessUser | undefined {
    return this.#byId.get(id)
  }

  withUid(uid: string): readonly AccessUser[] {
    return this.#byUid.get(uid) ?? []
  }

  withSeat(seatUid: string): readonly AccessUser[] {
    return this.#bySeat.get(seatUid) ?? []
  }

  /** Every record whose address contains `part`, in any letter case. */
  matching(part: string): readonly AccessUser[] {
    const wanted = part.toLowerCase()
    if (wanted === '') return this.#users
    const found: AccessUser[] = []
    let from = 0
    for (;;) {
      const position = this.#text.indexOf(wanted, from)
      if (position === -1) return found
      const index = this.#indexAt(position)
      const user = this.#users[index]
      if (user?.email.toLowerCase().includes(wanted) === true) found.push(user)
      from = this.#starts[index + 1] ?? this.#text.length
    }
  }

  /** The last user whose address starts at or before `position` of the text. */
  #indexAt(position: number): number {
    let low = 0
    let high = this.#starts.length
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if ((this.#starts[middle] ?? 0) <= position) low = middle
      else high = middle
    }
    return low
  }
}

/** Only ASCII letters are folded: by Unicode, the Kelvin sign and the letter k would be the same. */
function addressKey(email: string): string {
  return email.trim().replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
}

function enter(index: Map<string, AccessUser[]>, key: string, user: AccessUser): void {
  const entered = index.get(key)
  if (entered === undefined) index.set(key, [user])
  else entered.push(user)
}
