/** The least that could do the job: one revocation with `node:https`, which fails unless the result is true. */
import { request } from 'node:https'

const { env } = process
const url = `${env['INPUT_API-BASE-URL']}/accounts/${env['INPUT_ACCOUNT-ID']}/access/organizations/revoke_user`
const body = JSON.stringify({ email: env.INPUT_EMAIL })
const headers = {
  authorization: `Bearer ${env['INPUT_API-TOKEN']}`,
  'content-type': 'application/json',
  'user-agent': 'bare',
}
const call = request(url, { method: 'POST', headers }, (answer) => {
  let text = ''
  answer
    .on('data', (chunk) => (text += chunk))
    .on('end', () => {
      process.exitCode = answer.statusCode === 200 && JSON.parse(text).result === true ? 0 : 1
    })
})
call.end(body)
