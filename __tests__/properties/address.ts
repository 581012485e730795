/** Whether two addresses are one user's: they differ in the case of ASCII letters at the most. */
export function sameAddress(one: string, other: string): boolean {
  return folded(one) === folded(other)
}

/** The address with its ASCII letters in lower case; others only look alike. */
export function folded(address: string): string {
  return address.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())
}

/** The address with its ASCII letters in upper case. */
export function unfolded(address: string): string {
  return address.replaceAll(/[a-z]/g, (letter) => letter.toUpperCase())
}
