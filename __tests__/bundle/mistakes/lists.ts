import { A, badList, goodList, type Mistake, ONE, pair, stops, TWO, works } from './mistake.ts'

/** What people give as addresses. */
export const ADDRESSES: readonly Mistake[] = [
  stops('no user', { email: null }, /^No user to revoke\. Set `email` or `users-file`\.$/),
  stops('an expression that came out empty', { email: '' }, /^No user to revoke/),
  stops('a name', { email: 'Leaver' }, /^email: "Leaver" is not an email address/),
  stops('name and address', { email: `Ann <${A}>` }, /contains angle brackets\. Write only the address/),
  stops('a link', { email: `mailto:${A}` }, /begins with a label like `mailto:`/),
  stops('semicolons', { email: `${A}; b@example.com` }, /contains several addresses/),
  stops('spaces between addresses', { email: `${A} b@example.com` }, /contains several addresses/),
  stops('a whole domain', { email: '*@example.com' }, /contains a `\*`\. Wildcards are not supported/),
  stops('a stray quote', { email: "a@example.co'" }, /has an invalid character in the domain/),
  stops('a stray slash', { email: 'a@example.com/' }, /has an invalid character in the domain/),
  stops('a typographic quotation mark', { email: `“${A}` }, /contains U\+201C \(“\), a quotation mark/),
  stops('a typographic apostrophe', { email: 'o’neil@example.com' }, /U\+2019 .*write `'`/),
  stops('HTML', { email: `&lt;${A}&gt;` }, /contains an HTML entity/),
  stops('the text of an issue form', { email: `### Email\n\n${A}` }, /is the body of an issue form/),
  stops('no top-level domain', { email: 'a@example' }, /has no complete domain/),
  stops('pasted from a chat', { email: `${A}\u200B` }, /invisible or control character \(U\+200B\)/),
  stops('an expression without braces', { email: 'inputs.email' }, /is the name of a value/),
  stops('quotation marks', { email: `"${A}"` }, /is in quotation marks/),
  stops('a JSON comma too many', { email: `["${A}",]` }, /^email: not valid JSON at line 1, column 18/),
  stops('JSON in single quotes', { email: `['${A}']` }, /strings and keys in double quotation marks/),
  stops('a JSON key misspelt', { email: `[{"mail": "${A}"}]` }, /^email:1: unknown or repeated keys: "mail"/),
  stops('a JSON list cut off', { email: `["${A}"` }, /close bracket expected/),
  stops('two addresses and a UUID', { email: `${A},b@example.com`, 'user-uid': '1' }, /^`user-uid` requires/),
  stops('a UUID cut off', { 'user-uid': '0123' }, /the UUID "0123" is not 32 hex/),
  works('one JSON object', { email: `{"email": "${A}"}` }, 1, ONE),
  works('a comma at the end', { email: `${A},` }, 1, ONE),
  works('an address twice', { email: `${A}\nA@EXAMPLE.com` }, 1, ONE),
  works('two people who only look alike', { email: 'kate@example.com,\u212Aate@example.com' }, 2, TWO),
  works('unusual, but an address', { email: "o'neil+x@example.com" }, 1, ONE),
]

/** What people give as lists. */
export const FILES: readonly Mistake[] = [
  badList('a file that is not there', '', /cannot be read \(".*\/staff\.csv"\)\. Check that/, {
    'users-file': 'staff.csv',
  }),
  stops('a folder', { email: null, 'users-file': '.' }, /^`users-file` is a folder/),
  stops(
    'a file elsewhere',
    { email: null, 'users-file': process.execPath },
    /^`users-file` is outside the workspace/,
  ),
  stops(
    'a spreadsheet',
    ...pair('l.xlsx', new Uint8Array([80, 75, 3, 4, 255]), /is a spreadsheet .*Save the list/),
  ),
  badList('an empty file', '', /^l\.csv: the list has no users/),
  badList('only a header', 'email,revoke_after\n', /^l\.csv: the list has no users/),
  badList('no header', `${A},now\n`, /^l\.csv:1: there is an address in or above the header/),
  badList(
    'a user above the header',
    `${A};now\nemail;revoke_after\n${A};now\n`,
    /^l\.csv:1: there is an address in or above the header, which seems to be line 2/,
  ),
  badList('another header for addresses', `Name;Mail\nA;${A}\n`, /The columns are "Name", "Mail"/),
  badList(
    'another header for dates',
    `email,Austrittsdatum\n${A},2099-01-31\n`,
    /The columns are "email", "Austrittsdatum"/,
  ),
  badList(
    'a date column that is not there',
    `email,Exit\n${A},now\n`,
    /no column is called "Ende" \(`date-column`\)/,
    { 'date-column': 'Ende' },
  ),
  badList(
    'two date columns',
    `email,Exit,revoke_after\n${A},now,now\n`,
    /it is not clear which dates count/,
    { 'date-column': 'Exit' },
  ),
  badList('none, and a date column', `email,revoke_after\n${A},now\n`, /it is not clear which dates count/, {
    'date-column': 'none',
  }),
  badList('a ticket column misnamed', 'email\n', /no column is called "Ticket" \(`reference-column`\)/, {
    'reference-column': 'Ticket',
  }),
  badList(
    'two stray quotation marks',
    `email,note,revoke_after\n${A},"x,now\nb@example.com,y,now\nc@example.com,z",now\n`,
    /^l\.csv:2: a cell contains line breaks/,
  ),
  badList(
    'one stray quotation mark',
    `email,revoke_after\n"${A},now\nb@example.com,now\n`,
    /a quotation mark is wrong here or on an earlier line/,
  ),
  badList(
    'an unquoted comma',
    `name,email,revoke_after\nDoe, A,${A},now\n`,
    /^l\.csv:2: this row has 4 cells, the header has 3/,
  ),
  badList(
    'CSV called .txt',
    `email,revoke_after\n${A},now\n`,
    /^l\.txt: the file looks like a table or JSON/,
    {},
    'l.txt',
  ),
  goodList('a title row', `Leavers\nemail,revoke_after\n${A},now\n`, 1, ONE),
  goodList("Excel's line", `sep=;\nemail;revoke_after\n${A};now\n`, 1, ONE),
  goodList('semicolons and other titles', `Name;E-Mail;Ende\nA;${A};now\n`, 1, ONE, {
    'date-column': 'Ende',
  }),
  goodList('a list without dates', `email,Team\n${A},x\n`, 1, ONE, { 'date-column': 'none' }),
  goodList('comments', `# leavers\n${A} # today\n`, 1, ONE, {}, 'l.txt'),
]
