/**
 * Revokes a list with the official SDK, its retries as they come: a plain loop, or a pool of such loops over one list.
 * It is copied beside the installed SDK to run.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import Cloudflare from 'cloudflare'

const { API_TOKEN, BASE_URL, ACCOUNT_ID, USERS_FILE, CONCURRENCY, CONFIRMED_FILE } = process.env
const client = new Cloudflare({ apiToken: API_TOKEN, baseURL: BASE_URL })
const emails = readFileSync(USERS_FILE, 'utf8').trim().split('\n').values()
let confirmed = 0

async function loop() {
  for (const email of emails) {
    try {
      const result = await client.zeroTrust.organizations.revokeUsers({ account_id: ACCOUNT_ID, email })
      if (result === true) confirmed += 1
    } catch {
      // The SDK gave this user up; the loop goes on with the next, as any sensible one would.
    }
  }
}

await Promise.all(Array.from({ length: Number(CONCURRENCY) }, loop))
writeFileSync(CONFIRMED_FILE, String(confirmed))
