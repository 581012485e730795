/**
 * Revokes a list with Cloudflare's TypeScript SDK and its default retries, in as many loops as `concurrency` says. It
 * takes the same inputs as the action.
 */
import { appendFileSync, readFileSync } from 'node:fs'
import Cloudflare from 'cloudflare'

const { env } = process
const client = new Cloudflare({ apiToken: env['INPUT_API-TOKEN'], baseURL: env['INPUT_API-BASE-URL'] })
const emails = readFileSync(env['INPUT_USERS-FILE'], 'utf8').split('\n').values()
let revoked = 0

async function loop() {
  for (const email of emails) {
    try {
      const account_id = env['INPUT_ACCOUNT-ID']
      const result = await client.zeroTrust.organizations.revokeUsers({ account_id, email })
      if (result === true) revoked += 1
    } catch {
      // A loop that goes on with the next user, as most would.
    }
  }
}

await Promise.all(Array.from({ length: Number(env.INPUT_CONCURRENCY) }, loop))
appendFileSync(env.GITHUB_OUTPUT, `revoked-count=${revoked}\n`)
