const MEBIBYTE = 1024 * 1024

/** The middle one; the upper of the two where there is none. */
export function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b).at(Math.floor(numbers.length / 2)) ?? Number.NaN
}

/** Milliseconds as seconds. */
export function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(2)} s`
}

/** Bytes as mebibytes. */
export function mebibytes(bytes: number): string {
  return `${(bytes / MEBIBYTE).toFixed(1)} MiB`
}

/** How many times `whole` is of `part`. */
export function ratio(whole: number, part: number): string {
  return (whole / part).toFixed(2)
}

/** Mebibytes in bytes. */
export function inBytes(mebibytes: number): number {
  return mebibytes * MEBIBYTE
}

/** A number with its thousands apart. */
export function count(number: number): string {
  return number.toLocaleString('en')
}
