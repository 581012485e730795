/**
 * Takes away the variable that would have Node accept any certificate, so that no machine in the middle is given the
 * token. A request that goes through a proxy has no other way to insist.
 *
 * @returns whether it was set
 */
export function enforceTlsVerification(): boolean {
  const switchedOff = process.env['NODE_TLS_REJECT_UNAUTHORIZED'] === '0'
  delete process.env['NODE_TLS_REJECT_UNAUTHORIZED']
  return switchedOff
}
