import { Cloudflare } from './cloudflare.ts'
import { checkCredential } from './credential-check.ts'
import { Exchanger } from './exchange.ts'
import { type Inputs, readInputs } from './inputs.ts'
import { log } from './log.ts'
import { outputsOf, writeOutputs } from './outputs.ts'
import { Pace } from './pace.ts'
import { problemText } from './problem.ts'
import { type Outcome, revoke } from './revoke.ts'
import { targetName } from './target.ts'

/**
 * The story of the step: inputs, user, revocation, outputs.
 *
 * @returns whether the step may be green
 * @throws Error for what nobody thought of, outputs that cannot be written included
 */
export async function main(): Promise<boolean> {
  const inputs = readInputs()
  if ('problems' in inputs) {
    tellProblems(inputs.problems)
    return false
  }
  const cloudflare = connect(inputs)
  const outcome = inputs.dryRun ? await rehearse(cloudflare, inputs) : await revokeAloud(cloudflare, inputs)
  writeOutputs(outputsOf([outcome]))
  return outcome.status === 'revoked' || outcome.status === 'would_revoke'
}

function tellProblems(problems: readonly string[]): void {
  const wrong = problems.length === 1 ? 'One input is wrong' : `${problems.length} inputs are wrong`
  log.error(`Nothing was sent: ${wrong}.`, ...problems.map((problem, index) => `${index + 1}. ${problem}`))
}

function connect(inputs: Inputs): Cloudflare {
  const { baseUrl, target, credential, maxAttempts, requestTimeout } = inputs
  if (!baseUrl.cloudflare) {
    log.warning(
      `The requests go to ${baseUrl.href}, which is not Cloudflare's: what is confirmed there says nothing about Cloudflare.`,
    )
  }
  const announce = (line: string): void => {
    log.info(line)
  }
  const exchanger = new Exchanger(requestTimeout, 1)
  const pace = new Pace(announce)
  return new Cloudflare({ baseUrl: baseUrl.href, target, credential, maxAttempts, exchanger, pace, announce })
}

async function revokeAloud(cloudflare: Cloudflare, inputs: Inputs): Promise<Outcome> {
  const { email, target, devices, warpSessionReauth } = inputs
  log.info(`Revoking the Access tokens of ${email} in ${targetName(target)}.`)
  const outcome = await revoke(cloudflare, inputs)
  if (outcome.status === 'failed') {
    log.error(`${email} is not revoked, or not for sure. ${problemText(outcome.problem)}`)
    return outcome
  }
  const ray = outcome.rayId === undefined ? '' : ` (ray ID ${outcome.rayId})`
  log.info(`${email}: revoked, confirmed by Cloudflare${ray}.`)
  if (devices) log.info('Devices: revoked too.')
  else
    log.info(
      'Devices: left untouched, and may keep reaching private networks; `devices: true` revokes them too.',
    )
  if (warpSessionReauth)
    log.info('WARP: the user must re-authenticate where Gateway policies enforce a session duration.')
  else log.info('WARP session: left untouched; `warp-session-reauth: true` ends it.')
  return outcome
}

async function rehearse(cloudflare: Cloudflare, inputs: Inputs): Promise<Outcome> {
  const { email, target, credential } = inputs
  log.info(`Dry run: nothing is revoked. Checking the credential for ${targetName(target)}.`)
  const { verdict, sentence } = await checkCredential(cloudflare, credential, target)
  if (verdict === 'failed') {
    log.error(sentence)
    return { status: 'skipped', email }
  }
  if (verdict === 'unchecked') log.warning(sentence)
  else log.info(sentence)
  log.info(`${email} would be revoked.`)
  return { status: 'would_revoke', email }
}
