import { format, resolveConfig } from 'prettier'
import { machine } from './machine.ts'
import { SDK_VERSION } from './sdk.ts'
import type { Comparison, Section } from './section.ts'

/** Writes up what was measured, as a Markdown file that `prettier --check` accepts. */
export async function benchmarkDocument(sections: readonly Section[], path: string): Promise<string> {
  const text = [
    '# Benchmarks',
    `Measured on ${new Date().toISOString().slice(0, 10)} on a machine with ${machine()}, by \`npm run bench -- --write\`, which wrote this file.`,
    introduction(),
    '## At a glance',
    goals(sections),
    ...sections.flatMap(({ title, method, table }) => [`## ${title}`, method, table.markdown]),
    '## How to read this',
    reading(sections.flatMap(({ comparisons }) => comparisons)),
  ].join('\n\n')
  return format(text, { ...(await resolveConfig(path)), filepath: path })
}

/** The goals, and whether they are met, as a table. */
export function goals(sections: readonly Section[]): string {
  const all = sections.flatMap((section) => section.goals)
  const missed = all.filter(({ met }) => !met)
  const verdict =
    missed.length === 0 ? 'Every goal is met.' : `Goals missed: ${missed.length} of ${all.length}.`
  const rows = all.map(
    ({ what, bound, measured, met }) => `| ${what} | ${bound} | ${measured} | ${met ? 'yes' : '**no**'} |`,
  )
  return [verdict, '', '| goal | bound | measured | met |', '| --- | --- | --- | --- |', ...rows].join('\n')
}

function introduction(): string {
  return [
    "The programs run as processes of their own, against the repository's stand-in for Cloudflare on loopback, which runs on the same machine: its work takes processor time from them.",
    `"This action" is \`dist/index.js\`, run as GitHub's runner runs it, the list in \`users-file\`. "The SDK" is the official \`cloudflare\` package from npm, version ${SDK_VERSION}, with its own settings for retries, its \`revokeUsers\` called in a plain loop (concurrency 1) or in a pool of such loops over one list. An error of one user is caught and the user counted as not confirmed, so that the loop goes on; a loop without that would end there.`,
  ].join('\n\n')
}

function reading(comparisons: readonly Comparison[]): string {
  return [
    'Times and memory that differ by 2 % or less are taken as equal.',
    'Where the SDK does better:',
    list(comparisons.map(({ where, theirs }) => ({ where, figures: theirs }))),
    'Where this action does better:',
    list(comparisons.map(({ where, ours }) => ({ where, figures: ours }))),
    'What the figures do not say:',
    [
      '- The two do not do the same work. The action also checks its inputs, waits for the answer to its first request before it sends more, writes a log line for each user, a report and a job summary. The SDK makes the calls.',
      '- The SDK is imported whole, as its documentation begins. Its tree-shakable client loads less, and so starts sooner and takes less memory.',
      "- A 429 costs little here, where a window is 5 seconds. Cloudflare's lasts 5 minutes, and in it everything else that uses the credential is refused too.",
      "- The stand-in enforces the limit that Cloudflare's documentation describes. Cloudflare may count differently.",
      '- The network is loopback: no TLS except in the start-up measurement, no loss, and the same latency for every answer.',
    ].join('\n'),
  ].join('\n\n')
}

function list(all: readonly { where: string; figures: readonly string[] }[]): string {
  const lines = all
    .filter(({ figures }) => figures.length > 0)
    .map(({ where, figures }) => `- ${where}: ${figures.join(', ')}.`)
  return lines.length === 0 ? '- Nowhere in these tables.' : lines.join('\n')
}
