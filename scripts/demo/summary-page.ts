/** Colors and sizes close to those of a run's page on GitHub. */
const STYLE = `
:root { color-scheme: light dark; --text: #1f2328; --page: #fff; --border: #d1d9e0; --stripe: #f6f8fa; --code: #818b981f }
@media (prefers-color-scheme: dark) {
  :root { --text: #f0f6fc; --page: #0d1117; --border: #3d444d; --stripe: #151b23; --code: #656c7633 }
}
body {
  margin: 0 16px;
  color: var(--text);
  background: var(--page);
  font: 14px/1.5 -apple-system, BlinkMacSystemFont, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif;
  overflow-wrap: break-word;
}
main {
  max-width: 980px;
  margin: 16px auto;
  padding: 16px;
  border: 1px solid var(--border);
  border-radius: 6px;
}
h3 { margin: 0 0 16px; font-size: 1.25em; line-height: 1.25 }
p, ol, ul, table, details { margin: 0 0 16px }
main > :last-child { margin-bottom: 0 }
ol, ul { padding-left: 2em }
table { display: block; width: max-content; max-width: 100%; overflow: auto; border-collapse: collapse }
th, td { padding: 6px 13px; border: 1px solid var(--border) }
tr:nth-child(2n) { background: var(--stripe) }
code {
  padding: 0.2em 0.4em;
  border-radius: 6px;
  background: var(--code);
  font: 85% ui-monospace, SFMono-Regular, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace;
}
summary { cursor: pointer }
a { color: light-dark(#0969da, #4493f8) }
`

/**
 * A page that shows a job summary much as GitHub does, without any other file.
 *
 * @param summary - HTML, which goes into the page unchanged
 */
export function summaryPage(summary: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Job summary</title>
<style>${STYLE}</style>
</head>
<body>
<main>
${summary}</main>
</body>
</html>
`
}
