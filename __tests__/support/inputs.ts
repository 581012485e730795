import { type Inputs, readInputs } from '../../src/inputs/checked-inputs.ts'
import { placedText, problemText } from '../../src/text/problem.ts'
import { StepHere } from './environment.ts'
import type { With } from './scene.ts'

/** Something like an older Global API key. */
export const KEY = '0123456789abcdef0123456789abcdef01234'

/** Reads the inputs of a step with the least that revokes a user, and what the test gives on top. */
export async function read(
  inputs: With = {},
  env: Record<string, string> = {},
  files: Record<string, string | Uint8Array> = {},
): Promise<{
  inputs?: Inputs
  problems: readonly string[]
  warnings: readonly string[]
  maskEmails?: boolean
  printed: string
}> {
  using step = new StepHere(inputs, env, files)
  const result = await readInputs(Date.now())
  const { printed } = step
  const warnings = result.warnings.map(problemText)
  return result.kind === 'problems'
    ? { problems: result.problems.map(placedText), warnings, maskEmails: result.maskEmails, printed }
    : { inputs: result, problems: [], warnings, printed }
}
