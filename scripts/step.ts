/** Runs the action as a step, the way GitHub's runner does: `INPUT_*`, the runner's files, the exit code. */
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** The bundle that users run. */
export const BUNDLE = fileURLToPath(new URL('../dist/index.js', import.meta.url))

/** A step to run. */
export interface Step {
  /** The `with:` of the step. */
  readonly inputs: Readonly<Record<string, string>>
  /** Environment variables besides those of the runner; undefined takes one of the runner's away. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** The file to run, by default the bundle. */
  readonly entry?: string
  /** Takes each line of standard output as it comes. */
  readonly onLine?: (line: string) => void
}

/** What a step left behind. */
export interface StepResult {
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
  /** The last value of each output, as the runner takes it. */
  readonly outputs: Readonly<Record<string, string>>
  readonly errors: readonly string[]
  readonly warnings: readonly string[]
  /** Standard output without commands to the runner. */
  readonly log: readonly string[]
}

/** What a process needs from its machine; everything else of the environment is kept from the step. */
const MACHINE = ['PATH', 'HOME', 'SystemRoot', 'TEMP', 'TMP']

/** Runs the step to its end. Its files live in a temporary folder that is removed afterwards. */
export async function runStep(step: Step): Promise<StepResult> {
  const folder = mkdtempSync(join(tmpdir(), 'step-'))
  const output = join(folder, 'output')
  writeFileSync(output, '')
  try {
    const env = stepEnvironment(step, folder, output)
    const child = spawn(process.execPath, [step.entry ?? BUNDLE], {
      env,
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const lines: string[] = []
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines.push(line)
      step.onLine?.(line)
    })
    let stderr = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    const exitCode = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject)
      child.once('close', resolve)
    })
    return {
      exitCode,
      stdout: lines.join('\n'),
      stderr,
      outputs: parseOutputs(existsSync(output) ? readFileSync(output, 'utf8') : ''),
      errors: commands(lines, 'error'),
      warnings: commands(lines, 'warning'),
      log: lines.filter((line) => !line.startsWith('::')),
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The environment variable in which the runner hands over an input. */
export function inputVariable(name: string): string {
  return `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`
}

function stepEnvironment(step: Step, folder: string, output: string): Record<string, string> {
  const machine = MACHINE.map((name) => [name, process.env[name]] as const)
  const inputs = Object.entries(step.inputs).map(([name, value]) => [inputVariable(name), value] as const)
  const all = [
    ...machine,
    ['GITHUB_OUTPUT', output] as const,
    ['RUNNER_TEMP', folder] as const,
    ...inputs,
    ...Object.entries(step.env ?? {}),
  ]
  const env: Record<string, string> = {}
  for (const [name, value] of all) {
    if (value === undefined) Reflect.deleteProperty(env, name)
    else env[name] = value
  }
  return env
}

/** Reads the runner's output file: `name=value`, or `name<<delimiter`, the value, the delimiter. The last one counts. */
function parseOutputs(text: string): Record<string, string> {
  const outputs: Record<string, string> = {}
  const entries =
    /^(?:(?<name>[^\n=<]+)=(?<value>.*)|(?<long>[^\n=<]+)<<(?<end>\S+)\r?\n(?<lines>[^]*?)\r?\n\k<end>)\r?$/gm
  for (const { groups = {} } of text.matchAll(entries)) {
    outputs[groups['name'] ?? groups['long'] ?? ''] = groups['value'] ?? groups['lines'] ?? ''
  }
  return outputs
}

function commands(lines: readonly string[], name: string): string[] {
  const start = `::${name}::`
  return lines.filter((line) => line.startsWith(start)).map((line) => unescaped(line.slice(start.length)))
}

/** Undoes the escapes of a workflow command. */
export function unescaped(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%')
}
