/** `2,000`. Not by way of `Intl`, whose loading would cost every start some 10 ms. */
export function grouped(count: number): string {
  return `${count}`.replace(/\B(?=(?:\d{3})+$)/g, ',')
}

/** `1 user`, `2,000 users`. */
export function quantity(count: number, noun: string, plural = `${noun}s`): string {
  return `${grouped(count)} ${count === 1 ? noun : plural}`
}

/** `40 s`, `12 min`, from milliseconds. */
export function duration(milliseconds: number): string {
  const seconds = Math.ceil(Math.round(milliseconds) / 1_000)
  return seconds <= 90 ? `${seconds} s` : `${grouped(Math.ceil(seconds / 60))} min`
}
