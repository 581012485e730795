/**
 * Revokes a list with the official SDK, its retries as they come, and proves it: finds each user, revokes, and when all
 * are through, reads the sessions of each until none is left. Both passes are a plain loop, or a pool of such loops.
 * It is copied beside the installed SDK to run.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import Cloudflare from 'cloudflare'

const { API_TOKEN, BASE_URL, ACCOUNT_ID, USERS_FILE, CONCURRENCY, CONFIRMED_FILE } = process.env
const client = new Cloudflare({ apiToken: API_TOKEN, baseURL: BASE_URL })
const { organizations, access } = client.zeroTrust
const account = { account_id: ACCOUNT_ID }

/** Milliseconds between two reads of a user's sessions, and how many there are at the most. */
const PAUSE = 5_000
const MOST_READS = 20

const revoked = []
let confirmed = 0

async function revoke(email) {
  const { result: users } = await access.users.list({ ...account, email })
  const ids = users.filter((user) => user.email === email).map(({ id }) => id)
  const isRevoked = await organizations.revokeUsers({ ...account, email })
  if (isRevoked === true && ids.length > 0) revoked.push(ids)
}

async function prove(ids) {
  for (const id of ids) if (!(await isOut(id))) return
  confirmed += 1
}

async function isOut(id) {
  for (let read = 1; read <= MOST_READS; read += 1) {
    const { result: sessions } = await access.users.activeSessions.list(id, account)
    if (sessions.length === 0) return true
    await wait(PAUSE)
  }
  return false
}

async function inLoops(list, work) {
  const rest = list.values()
  const loop = async () => {
    for (const each of rest) {
      try {
        await work(each)
      } catch {
        // The SDK gave this user up; the loop goes on with the next, as any sensible one would.
      }
    }
  }
  await Promise.all(Array.from({ length: Number(CONCURRENCY) }, loop))
}

await inLoops(readFileSync(USERS_FILE, 'utf8').trim().split('\n'), revoke)
await inLoops(revoked, prove)
writeFileSync(CONFIRMED_FILE, String(confirmed))
