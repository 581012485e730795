import type { NoAnswer } from './http-exchange.ts'
import type { Problem } from './problem.ts'

/** What it means that no whole answer arrived. Always transient: asking again does no harm. */
export function connectionFailure({ cause, code }: NoAnswer): Problem {
  const problem = { reach: 'transient', errors: [] } as const
  switch (cause) {
    case 'timeout':
      return {
        ...problem,
        what: 'No complete answer arrived in time',
        remedy: 'Check the network path from the runner to Cloudflare, or raise `request-timeout`.',
      }
    case 'too_large':
      return {
        ...problem,
        what: 'The answer was larger than any that Cloudflare gives',
        remedy: PROXY_REMEDY,
      }
    case 'cancelled':
      return { ...problem, what: 'The run was cancelled before the answer arrived' }
    case 'network': {
      const told = code === undefined ? '' : ` (${code})`
      return { ...problem, what: `The connection failed${told}`, remedy: networkRemedy(code ?? '') }
    }
  }
}

/** The remedy where what answered was hardly Cloudflare. */
export const PROXY_REMEDY =
  'If this keeps happening, look for a proxy or firewall between the runner and Cloudflare.'

function networkRemedy(code: string): string {
  if (/CERT|SELF_SIGNED|SSL|TLS|ISSUER|ALTNAME/.test(code)) {
    return 'TLS failed: if the runner is behind an inspecting proxy, set `NODE_EXTRA_CA_CERTS` to the CA certificate of that proxy.'
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return 'The host name could not be resolved: check the DNS of the runner, and `api-base-url`.'
  }
  return 'Check the network path from the runner to Cloudflare (firewall, `HTTPS_PROXY`).'
}
