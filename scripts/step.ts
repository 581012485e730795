/** Runs the action as a step, as GitHub's runner does: `INPUT_*`, the runner's files, the exit code. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempDisposableSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** The bundle that users run. */
export const BUNDLE = fileURLToPath(new URL('../dist/index.js', import.meta.url))

export interface Step {
  /** The `with:` of the step. */
  readonly inputs: Readonly<Record<string, string>>
  /** Environment variables besides those of the runner; undefined removes one of the runner's. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** The file to run, by default the bundle. */
  readonly entry?: string
  /** Files of the workspace, by name; `../temp/…` for the runner's temporary folder. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>
  /** The runner's temporary folder, which stays; by default one that is removed afterwards. */
  readonly temp?: string
  /** Is called with each line of standard output, and can send the process a signal. */
  readonly onLine?: (line: string, kill: (signal: NodeJS.Signals) => void) => void
}

/** The outcome of a step. */
export type StepResult = Awaited<ReturnType<typeof runStep>>

/** What a process needs of its machine. The step gets nothing else of the environment. */
const MACHINE = ['PATH', 'HOME', 'SystemRoot', 'TEMP', 'TMP']

/** Runs the step to its end. Its files are in a temporary folder that is removed afterwards, unless it was given. */
export async function runStep(step: Step) {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'step-'))
  const workspace = join(folder.path, 'workspace')
  const temp = step.temp ?? join(folder.path, 'temp')
  const [output, summary] = [join(folder.path, 'output'), join(folder.path, 'summary')]
  for (const path of [workspace, temp]) mkdirSync(path, { recursive: true })
  for (const path of [output, summary]) writeFileSync(path, '')
  for (const [name, content] of Object.entries(step.files ?? {}))
    writeFileSync(join(workspace, name), content)
  const env = {
    ...Object.fromEntries(MACHINE.map((name) => [name, process.env[name]])),
    GITHUB_OUTPUT: output,
    GITHUB_STEP_SUMMARY: summary,
    GITHUB_WORKSPACE: workspace,
    RUNNER_TEMP: temp,
    ...Object.fromEntries(Object.entries(step.inputs).map(([name, value]) => [inputVariable(name), value])),
    ...step.env,
  }
  const start = performance.now()
  const child = spawn(process.execPath, [step.entry ?? BUNDLE], {
    env,
    cwd: workspace,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const lines: string[] = []
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line)
    step.onLine?.(line, (signal) => child.kill(signal))
  })
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  await once(child, 'close')
  const wallMs = performance.now() - start
  const outputs = parseOutputs(existsSync(output) ? readFileSync(output, 'utf8') : '')
  const report = outputs['report'] ?? ''
  return {
    exitCode: child.exitCode,
    /** Milliseconds from the start of the process to its end. */
    wallMs,
    stdout: lines.join('\n'),
    stderr,
    /** The last value of each output, as the runner takes it. */
    outputs,
    /** The text of the report; empty if there is none. */
    report: report === '' ? '' : readFileSync(report, 'utf8'),
    /** The permission bits of the report. */
    reportMode: report === '' ? 0 : statSync(report).mode & 0o777,
    /** The job summary, Markdown. */
    summary: existsSync(summary) ? readFileSync(summary, 'utf8') : '',
    errors: commands(lines, 'error'),
    warnings: commands(lines, 'warning'),
    /** Standard output without commands to the runner. */
    log: lines.filter((line) => !line.startsWith('::')),
  }
}

/** The environment variable that holds an input. */
export function inputVariable(name: string): string {
  return `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`
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
