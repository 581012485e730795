import { format, resolveConfig } from 'prettier'
import { machine } from './machine.ts'
import { SDK_VERSION } from './sdk.ts'
import type { Comparison, Section } from './section.ts'

/** Writes up what was measured, as a Markdown file that `prettier --check` accepts. */
export async function benchmarkDocument(sections: readonly Section[], path: string): Promise<string> {
  const text = [
    '# Benchmarks',
    `\`npm run bench -- --write\` generated this file on ${new Date().toISOString().slice(0, 10)} on a machine with ${machine()}.`,
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
    missed.length === 0 ? 'All goals are met.' : `Goals missed: ${missed.length} of ${all.length}.`
  const rows = all.map(
    ({ what, bound, measured, met }) => `| ${what} | ${bound} | ${measured} | ${met ? 'yes' : '**no**'} |`,
  )
  return [verdict, '', '| goal | bound | measured | met |', '| --- | --- | --- | --- |', ...rows].join('\n')
}

function introduction(): string {
  return [
    "Each program runs as a separate process against the repository's stand-in for the Cloudflare API on loopback. The stand-in runs on the same machine, so it takes processor time from the programs.",
    `"This action" is \`dist/index.js\`, run the way GitHub's runner runs it, with the list in \`users-file\`. "The SDK" is the official \`cloudflare\` package from npm, version ${SDK_VERSION}, with its default retry settings. Its \`revokeUsers\` is called in a plain loop (concurrency 1) or in a pool of such loops over one list. If a call fails, the loop catches the error, counts the user as not confirmed, and continues; a loop that does not catch errors would end there.`,
  ].join('\n\n')
}

function reading(comparisons: readonly Comparison[]): string {
  return [
    'Times and memory sizes that differ by 2% or less count as equal.',
    'The SDK does better here:',
    list(comparisons.map(({ where, theirs }) => ({ where, figures: theirs }))),
    'This action does better here:',
    list(comparisons.map(({ where, ours }) => ({ where, figures: ours }))),
    'Keep in mind when you compare the figures:',
    [
      '- The two programs do not do the same work. The action also checks its inputs, waits for the response to its first request before it sends more, and writes a log line for each user, a report, and a job summary. The SDK only makes the calls.',
      '- The SDK is imported as a whole, as in the first example of its documentation. Its tree-shakable client loads less, so it starts faster and uses less memory.',
      "- A 429 response costs little here, because a window lasts 5 seconds, or 40 seconds for proven users. Cloudflare's window lasts 5 minutes, during which everything else that uses the credential is refused too.",
      "- The stand-in enforces the rate limit as described in Cloudflare's documentation. Cloudflare may count differently.",
      "- The SDK's loop for proven users does less: it does not tell sessions from before the revocation from new ones, and it takes an empty list at its word.",
      '- The network is the loopback interface: it has no TLS except in the startup measurement, no packet loss, and the same latency for every response.',
    ].join('\n'),
  ].join('\n\n')
}

function list(all: readonly { where: string; figures: readonly string[] }[]): string {
  const lines = all
    .filter(({ figures }) => figures.length > 0)
    .map(({ where, figures }) => `- ${where}: ${figures.join(', ')}.`)
  return lines.length === 0 ? '- In none of these tables.' : lines.join('\n')
}
