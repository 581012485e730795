import { generate } from 'selfsigned'

/** A certificate for 127.0.0.1 that is its own CA. */
export function certificate(): ReturnType<typeof generate> {
  return generate([{ name: 'commonName', value: '127.0.0.1' }], {
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] },
    ],
  })
}
