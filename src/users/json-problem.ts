/** What is wrong with JSON that cannot be parsed, in words; by the names of jsonc-parser. */
const WORDS: Readonly<Record<string, string>> = {
  ColonExpected: 'a colon is missing',
  CommaExpected: 'a comma is missing',
  CloseBraceExpected: 'a closing brace is missing',
  CloseBracketExpected: 'a closing bracket is missing',
  EndOfFileExpected: 'there is something after the end',
  InvalidCharacter: 'a string contains a line break or a control character',
  InvalidCommentToken: 'JSON has no comments',
  PropertyNameExpected: 'a key in double quotation marks is missing, or there is a comma too many',
  UnexpectedEndOfString: 'a quotation mark is missing',
  ValueExpected: 'a value is missing, or there is a comma too many',
}

/** The part of a sentence that says where JSON goes wrong, and how: ", line 3, column 5: not valid JSON: …". */
export async function jsonProblem(text: string): Promise<string> {
  const { parseTree, printParseErrorCode } = await import('jsonc-parser')
  const errors: Parameters<typeof parseTree>[1] = []
  try {
    parseTree(text, errors, { disallowComments: true })
  } catch {
    return ': the JSON is nested too deeply to be a list of users.'
  }
  const [first = ': not valid JSON.'] = errors.map(({ offset, error }) => {
    const line = text.slice(0, offset).split('\n').length
    const place = `line ${line}, column ${offset - text.lastIndexOf('\n', offset - 1)}`
    const words =
      text[offset] === "'"
        ? 'strings are in double quotation marks, not in single ones'
        : WORDS[printParseErrorCode(error)]
    return `, ${place}: not valid JSON${words === undefined ? '' : `: ${words}`}.`
  })
  return first
}
