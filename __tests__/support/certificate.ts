import { mkdtempDisposableSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generate } from 'selfsigned'

/** A certificate that is its own CA, also as a file, for `NODE_EXTRA_CA_CERTS`. */
export interface Certificate extends Disposable {
  readonly key: string
  readonly cert: string
  readonly file: string
}

/** Makes a certificate for a host name and 127.0.0.1. */
export async function certificateFor(host: string): Promise<Certificate> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: host }], {
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true },
      {
        name: 'subjectAltName',
        altNames: [{ type: 2, value: host } as const, { type: 7, ip: '127.0.0.1' } as const],
      },
    ],
  })
  const folder = mkdtempDisposableSync(join(tmpdir(), 'certificate-'))
  const file = join(folder.path, 'ca.pem')
  writeFileSync(file, cert)
  return { key, cert, file, [Symbol.dispose]: folder[Symbol.dispose] }
}
