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
  const [first] = errors
  if (first === undefined) return ': not valid JSON.'
  const before = text.slice(0, first.offset).split('\n')
  const place = `line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`
  if (text[first.offset] === "'") {
    return `, ${place}: not valid JSON: strings are in double quotation marks, not in single ones.`
  }
  const words = WORDS[printParseErrorCode(first.error)]
  return `, ${place}: not valid JSON${words === undefined ? '' : `: ${words}`}.`
}
