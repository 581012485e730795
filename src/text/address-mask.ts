/** The local part of an address with its @ sign, which URLs write as `%40` (and URLs within URLs as `%2540`). */
const LOCAL_PART = /([^\s@<>()[\]\\,;:"])[^\s@<>()[\]\\,;:"]{0,255}(?:@|%(?:25)*40)/giu

/**
 * How addresses appear in what people read: the log, the annotations and the job summary.
 *
 * @param masked - whether they are kept out of it (`mask-emails`)
 * @returns takes a text and gives it back, its addresses as `j***@example.com` where they are masked
 */
export function addressMask(masked: boolean): (text: string) => string {
  return masked ? (text) => text.replace(LOCAL_PART, '$1***@') : (text) => text
}
