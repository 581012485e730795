export const id = 949;
export const ids = [949];
export const modules = {

/***/ 949:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   readUsersFile: () => (/* binding */ readUsersFile)
/* harmony export */ });
/* harmony import */ var _chunk_INRZYCP3_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(38);
/* harmony import */ var _chunk_MHN6FUIC_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(140);
/* harmony import */ var _chunk_IBOI7HYD_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(405);
/* harmony import */ var node_buffer__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(573);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(598);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(24);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(760);
const require = process.getBuiltinModule;




// src/users/users-file.ts





// src/users/csv-advice.ts
var SAMPLE_SIZE = 20;
var DATE_LIKE = /^(?:\d{1,4}[-./]\d{1,2}[-./]\d{1,4}(?:[T\s].*)?|\d{1,2}[- ][a-z]{3,9}[- ]\d{2,4}|20\d{6}|now)$/i;
var LEAVING_TITLE = /leav|last (?:working |work )?day|\bend(?:s|ed|ing|da)?\b|ende\b|exit|terminat|until|expir|resign|separat|\bdepart(?:ure|ed|s|ing)?\b|offboard|deactivat|disabl|suspend|deprovision|austritt|abgang|ausscheid|letzter|ablauf|kündig|\bfin\b|baja|salida|sortie|départ|uscita|vertrek|saída/i;
var OTHER_DATE_TITLE = /log ?(?:in|on|off)|sign(?:ed)? ?(?:in|on)|seen|activity|(?<!de)activat|last (?:active|access|used|use|contact|synced|sync)|accessed|creat|added|chang|modif|updat|edited|hire|start|beg(?:in|an|da)|join|onboard|born|birth|\bdob\b|gbdat|anniversary|seniority|tenure|service date|since|\bfrom\b|enrol|regist|invit|confirm|verified|approv|assign|issued|granted|request|submit|password|pwd|review|promot|transfer|compensation|salary|\bpay|probation|trial|vacation|holiday|on leave|leave of|leave (?:start|end|type|until)|absence|parental|maternity|sick|visa|licen[cs]e|certif|training|report|export|import|snapshot|as of|eintritt|einstellung|geburt|erstellt|angelegt|geändert|anmeldung|probezeit|urlaub|embauche|naissance|connexion|créé|nacimiento|ingreso|\balta\b|indiens|geboorte/i;
var STATUS_TITLE = /status|state|enabled|active|suspended|archived|disabled|deleted|employment|account ?type|user ?type/i;
var OTHER_ADDRESS_TITLE = /manager|supervisor|boss|approver|sponsor|owner|assistant|reports? to|lead\b|mentor|request|recovery|personal|private|home|secondary|alternat|backup|emergency|contact|creat|chang|modif|updat|vorgesetzt|privat/i;
var UNTITLED_COLUMN = "a column without a title has something in it, which may be a date; give the column a title.";
function wordsOf(title) {
  return title.replace(/([a-z\d])([A-Z])/g, "$1 $2").replace(/[-_.\s]+/g, " ").toLowerCase();
}
function isOtherDate(title) {
  return OTHER_DATE_TITLE.test(wordsOf(title));
}
function isStatus(title) {
  return STATUS_TITLE.test(wordsOf(title)) && !isOtherDate(title);
}
function noEmailColumn(titles, rows, emailColumn, quotes) {
  if (titles.some((title) => title.includes("@"))) {
    return "the first row must be a header, but it contains an address; add a line with the names of the columns above it, such as `email`.";
  }
  const [likely, ...others] = titles.filter((_title, place) => sampleOf(rows, place).some(_chunk_INRZYCP3_js__WEBPACK_IMPORTED_MODULE_0__/* .isEmailAddress */ .Z6));
  const isClear = likely !== void 0 && others.length === 0 && !OTHER_ADDRESS_TITLE.test(wordsOf(likely));
  const remedy = isClear ? `Set ${workflowLine("email-column", likely)}` : "Set `email-column` to the one with the addresses that the users sign in with";
  const input = emailColumn.toLowerCase() === "email" ? "" : " (`email-column`)";
  return `no column is called ${quotes.name(emailColumn)}${input}. ${columnsText(titles, quotes)} ${remedy}, or add a header if the first row is none.`;
}
function noDateColumn(unknown, rows, isFiltered, quotes) {
  const columns = unknown.filter(({ title, place }) => title !== "" || sampleOf(rows, place).length > 0);
  if (columns.length === 0) return [];
  if (columns.some(({ title }) => title === "")) return [UNTITLED_COLUMN];
  const names = columns.map(({ title }) => quotes.name(title)).join(", ");
  const possible = columns.filter(({ title }) => !isOtherDate(title));
  const dated = possible.filter(({ place }) => sampleOf(rows, place).some(isDateLike));
  const named = possible.filter(
    (column) => LEAVING_TITLE.test(wordsOf(column.title)) && (dated.includes(column) || sampleOf(rows, column.place).length === 0)
  );
  const likely = (named.length > 0 ? named : dated).map(({ title }) => workflowLine("date-column", title));
  if (likely.length > 0) {
    return [
      `no column is called "revoke_after", so any of these may hold the dates on which users leave: ${names}. Set ${likely.join(" or ")}.`
    ];
  }
  const status = columns.find(({ title }) => isStatus(title))?.title ?? "COLUMN";
  const isStaff = columns.some(({ title }) => isOtherDate(title) || isStatus(title));
  const remedies = isFiltered ? ["set `date-column: none` to revoke the users of the selected rows."] : [
    `use a column that says who leaves, as in ${workflowLine("only-rows", `${status} = VALUE`)}.`,
    ...isStaff ? [] : ["Only if everyone in the file is to be revoked now, set `date-column: none`."]
  ];
  return [
    `no column is called "revoke_after", and none of these seems to say when users leave: ${names}. Add a column with the dates, or ${remedies.join(" ")}`
  ];
}
function columnsText(titles, quotes) {
  return `The columns are ${titles.map((title) => quotes.name(title)).join(", ")}.`;
}
function doubtfulColumns(email, date, quotes) {
  return [
    ...date !== void 0 && isOtherDate(date) ? [
      `\`date-column\` is ${quotes.name(date)}, which does not seem to say when users leave. Users are revoked by its dates: if it holds logins or the like, remove it, and select the users who leave with \`only-rows\`.`
    ] : [],
    ...email !== void 0 && OTHER_ADDRESS_TITLE.test(wordsOf(email)) ? [
      `\`email-column\` is ${quotes.name(email)}, which does not seem to hold the addresses of the users who leave; check it, because the users with these addresses are revoked.`
    ] : []
  ];
}
function isDateLike(cell) {
  return DATE_LIKE.test(cell);
}
function workflowLine(input, title) {
  const plain = new RegExp("^\\p{L}[\\p{L}\\p{Nd} ._/()[\\]=-]*$", "u").test(title) && !/^(?:true|false|null|none|yes|no|on|off)$/i.test(title);
  return `\`${input}: ${plain ? title : (0,_chunk_MHN6FUIC_js__WEBPACK_IMPORTED_MODULE_1__/* .plainText */ .wh)(JSON.stringify(title))}\``;
}
function sampleOf(rows, place) {
  return rows.slice(0, SAMPLE_SIZE).map(({ cells }) => cells[place] ?? "").filter((cell) => cell !== "");
}

// src/users/csv-rows.ts
var DELIMITERS = [",", ";", "	"];
var BEGINNING_LENGTH = 256 * 1024;
var MAX_ROW_BYTES = 64 * 1024;
var SkippedRow = (0,_chunk_INRZYCP3_js__WEBPACK_IMPORTED_MODULE_0__/* .fallback */ .Np)((0,_chunk_INRZYCP3_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ik)({ lines: (0,_chunk_INRZYCP3_js__WEBPACK_IMPORTED_MODULE_0__/* .number */ .ai)() }), { lines: 0 });
async function parseCsv(bytes, { delimiter, firstLine = 1, relaxQuotes = false }, { onRow, onWrongQuote }) {
  const { parse: parse2 } = await __webpack_require__.e(/* import() */ 986).then(__webpack_require__.bind(__webpack_require__, 986));
  const enough = new Error("no more rows");
  try {
    parse2(bytes, {
      delimiter,
      record_delimiter: "\n",
      max_record_size: MAX_ROW_BYTES,
      relax_column_count: true,
      relax_quotes: relaxQuotes,
      skip_empty_lines: true,
      skip_records_with_error: true,
      trim: true,
      on_skip: (error) => {
        if (!onWrongQuote((0,_chunk_INRZYCP3_js__WEBPACK_IMPORTED_MODULE_0__/* .parse */ .qg)(SkippedRow, error).lines + firstLine - 1)) throw enough;
        return void 0;
      },
      on_record: (cells, { lines }) => {
        const lastLine = lines + firstLine - 1;
        const line = lastLine - cells.reduce((breaks, cell) => breaks + lineBreaksIn(cell), 0);
        const trimmed = cells.map((cell) => cell.trim());
        const goesOn = trimmed.every((cell) => cell === "") || onRow({ cells: trimmed, rawCells: cells, line, lastLine });
        if (!goesOn) throw enough;
        return null;
      }
    });
  } catch (error) {
    if (error !== enough) throw error;
  }
}
function cellOf(cells, column) {
  return column === void 0 ? void 0 : cells[column] ?? "";
}
async function firstRows(bytes, delimiter, count) {
  const rows = [];
  await parseCsv(
    bytes.subarray(0, BEGINNING_LENGTH),
    { delimiter, relaxQuotes: true },
    {
      onRow: (row) => rows.push(row) < count,
      onWrongQuote: () => true
    }
  );
  return rows;
}
function mayContainRows({ rawCells, line, lastLine }, read) {
  if (line === lastLine) return false;
  return rawCells.some((cell, place) => {
    const [, ...later] = cell.split("\n");
    return later.some((text) => read.includes(place) || text.includes("@"));
  });
}
function startOfLine(bytes, line) {
  let start = 0;
  for (let passed = 1; passed < line; passed += 1) start = bytes.indexOf("\n", start) + 1;
  return start;
}
function lineBreaksIn(cell) {
  return cell.includes("\n") ? cell.split("\n").length - 1 : 0;
}

// src/users/csv-header.ts
var DATE_COLUMN = "revoke_after";
var MAX_HEADER_ROW = 10;
function columnKey(title) {
  return title.toLowerCase().replace(/[-_\s"]/g, "");
}
async function findHeader(bytes, format) {
  const { emailColumn, dateColumn, referenceColumn, onlyRows } = format;
  const wanted = [
    emailColumn,
    ...isNamed(dateColumn) ? [dateColumn] : [],
    ...referenceColumn === "" ? [] : [referenceColumn],
    ...onlyRows === void 0 ? [] : [onlyRows.column]
  ].map(columnKey);
  const found = await Promise.all(
    DELIMITERS.map(async (delimiter) => {
      const rows = await firstRows(bytes, delimiter, 3 * MAX_HEADER_ROW);
      const all = rowWith(wanted, rows);
      const some = rowWith(wanted.slice(0, 1), rows);
      const index = all ?? some ?? 0;
      const header = rows[index];
      return header === void 0 ? void 0 : {
        delimiter,
        line: header.line,
        titles: header.cells,
        rows: rows.slice(index + 1),
        rank: all === void 0 ? some === void 0 ? 0 : 1 : 2
      };
    })
  );
  return found.filter((header) => header !== void 0).sort((one, other) => other.rank - one.rank || other.titles.length - one.titles.length)[0];
}
function rowWith(wanted, rows) {
  const index = rows.slice(0, MAX_HEADER_ROW).findIndex(({ cells }) => {
    const keys = cells.map(columnKey);
    return wanted.every((key) => keys.includes(key)) && !cells.some((cell) => cell.includes("@") && (0,_chunk_INRZYCP3_js__WEBPACK_IMPORTED_MODULE_0__/* .isEmailAddress */ .Z6)(cell));
  });
  return index === -1 ? void 0 : index;
}
function isNamed(dateColumn) {
  return dateColumn.toLowerCase() !== "none" && columnKey(dateColumn) !== columnKey(DATE_COLUMN);
}
function findColumns({ titles, rows, line }, format, list, findings) {
  const { quotes } = findings;
  const { emailColumn, dateColumn, referenceColumn, onlyRows } = format;
  const keys = titles.map(columnKey);
  const find = (name) => {
    const place = name === "" ? -1 : keys.indexOf(columnKey(name));
    return place === -1 ? void 0 : place;
  };
  const email = find(emailColumn);
  if (email === void 0) {
    findings.problemAt({ list, line }, noEmailColumn(titles, rows, emailColumn, quotes));
    return void 0;
  }
  const isDateless = dateColumn.toLowerCase() === "none";
  const found = {
    email,
    userUid: find("user_uid"),
    date: isDateless ? void 0 : find(dateColumn),
    reference: find(referenceColumn),
    filter: find(onlyRows?.column ?? "")
  };
  const unknown = titles.flatMap(
    (title, place) => Object.values(found).includes(place) ? [] : [{ title, place }]
  );
  const dateProblems = () => {
    const usual = titles.find((title) => columnKey(title) === columnKey(DATE_COLUMN));
    if (usual !== void 0 && columnKey(dateColumn) !== columnKey(DATE_COLUMN)) {
      return [
        `there is a column ${quotes.name(usual)} beside \`date-column: ${dateColumn}\`, so it is not clear which dates count; remove that input, or rename the column.`
      ];
    }
    if (found.date !== void 0 || isDateless) return [];
    if (isNamed(dateColumn)) return missing(titles, "date-column", dateColumn, quotes);
    return noDateColumn(unknown, rows, onlyRows !== void 0, quotes);
  };
  const ambiguous = [...repeatedTitles(titles, keys, format, quotes), ...sharedColumns(found)];
  const problems = [
    ...ambiguous,
    ...referenceColumn !== "" && found.reference === void 0 ? missing(titles, "reference-column", referenceColumn, quotes) : [],
    ...onlyRows !== void 0 && found.filter === void 0 ? missing(titles, "only-rows", onlyRows.column, quotes) : [],
    ...ambiguous.length > 0 ? [] : dateProblems()
  ];
  for (const problem of problems) findings.problemAt({ list, line }, problem);
  if (problems.length > 0) return void 0;
  for (const warning of doubtfulColumns(titles[email], titles[found.date ?? -1], quotes)) {
    findings.warn(warning);
  }
  const untitled = unknown.filter(({ title }) => title === "").map(({ place }) => place);
  return { ...found, mustBeBlank: found.date === void 0 && !isDateless ? untitled : [] };
}
function missing(titles, input, name, quotes) {
  return [`no column is called ${quotes.name(name)} (\`${input}\`). ${columnsText(titles, quotes)}`];
}
function repeatedTitles(titles, keys, { emailColumn, dateColumn, referenceColumn, onlyRows }, quotes) {
  const names = [emailColumn, "user_uid", dateColumn, referenceColumn, onlyRows?.column ?? ""];
  const read = new Set(names.map(columnKey));
  return titles.flatMap((title, place) => {
    const key = columnKey(title);
    const again = key !== "" && read.has(key) && keys.indexOf(key) < place;
    return again ? [`two columns have the same name, the second ${quotes.name(title)}; keep one.`] : [];
  });
}
function sharedColumns({ email, userUid, date, reference }) {
  const places = [email, userUid, date, reference].filter((place) => place !== void 0);
  return new Set(places).size === places.length ? [] : ["`email-column`, `date-column`, and `reference-column` must be different columns."];
}

// src/users/csv-entries.ts
var MAX_WRONG_QUOTES = 1e3;
var MAX_VALUES = 10;
async function entriesFromCsv(bytes, list, format, findings) {
  const header = await findHeader(bytes, format);
  if (header === void 0) return [];
  const start = startOfLine(bytes, header.line);
  checkAbove(bytes.subarray(0, start).toString(), header.line, list, findings);
  const columns = findColumns(header, format, list, findings);
  const reader = columns === void 0 ? void 0 : new EntryReader(header, columns, list, format, findings);
  const read = Object.values(columns ?? {});
  const wrongLines = /* @__PURE__ */ new Set();
  let wrongQuotes = 0;
  const onRow = (row) => {
    const isHeader = row.line === header.line;
    if (mayContainRows(row, isHeader ? [] : read)) {
      findings.problemAt(
        { list, line: row.line },
        `a cell contains a line break and may have swallowed the rows up to line ${row.lastLine}; check the quotation marks.`
      );
    } else if (!isHeader) reader?.read(row);
    return reader === void 0 || reader.entries.length <= _chunk_INRZYCP3_js__WEBPACK_IMPORTED_MODULE_0__/* .MAX_ENTRIES */ .Sd;
  };
  const onWrongQuote = (line) => {
    if (!wrongLines.has(line)) {
      findings.problemAt(
        { list, line },
        "a quotation mark is wrong here or on an earlier line; fix it, because what follows cannot be checked."
      );
    }
    wrongLines.add(line);
    wrongQuotes += 1;
    return wrongQuotes <= MAX_WRONG_QUOTES;
  };
  const from = { delimiter: header.delimiter, firstLine: header.line };
  await parseCsv(bytes.subarray(start), from, { onRow, onWrongQuote });
  return reader?.finish() ?? [];
}
function checkAbove(above, headerLine, list, findings) {
  const withAddress = above.split("\n").findIndex((row) => /[^\s@]@[^\s@]/.test(row));
  if (withAddress !== -1) {
    findings.problemAt(
      { list, line: withAddress + 1 },
      `there is an address above the header, which seems to be line ${headerLine}; move the users below the header, and remove other lines with addresses.`
    );
  } else if (above.trim() !== "") {
    const lines = ["line 1 was", "lines 1 and 2 were"][headerLine - 2] ?? `lines 1 to ${headerLine - 1} were`;
    findings.notes.push(`${list.name}: ${lines} passed over; the header is line ${headerLine}.`);
  }
}
var EntryReader = class {
  entries = [];
  #titles;
  #columns;
  #list;
  #format;
  #findings;
  /** The number of cells of a complete row: all up to the last one with a title. */
  #width;
  /** The columns in which complete rows have addresses or dates. */
  #usualMarks = /* @__PURE__ */ new Set();
  /** Rows that end early and have addresses or dates in other columns, by the index of their entries. */
  #shortRows = /* @__PURE__ */ new Map();
  #filterValues = /* @__PURE__ */ new Set();
  #isAnySelected = false;
  constructor({ titles }, columns, list, format, findings) {
    this.#titles = titles;
    this.#columns = columns;
    this.#format = format;
    this.#findings = findings;
    this.#width = titles.findLastIndex((title) => title !== "") + 1;
    this.#list = columns.date === void 0 || format.dateColumn === "revoke_after" ? list : { ...list, dateName: findings.quotes.name(cellOf(titles, columns.date)) };
  }
  read(row) {
    const { cells, line } = row;
    const place = { list: this.#list, line };
    const length = cells.findLastIndex((cell) => cell !== "") + 1;
    if (length > this.#titles.length) {
      const broken = `this row has ${(0,_chunk_INRZYCP3_js__WEBPACK_IMPORTED_MODULE_0__/* .quantity */ .au)(length, "cell")}, the header has ${this.#titles.length}; fix the delimiters and quotation marks.`;
      this.entries.push({ place, email: onlyAddress(row), broken });
      return;
    }
    if (this.#columns.mustBeBlank.some((column) => cellOf(cells, column) !== "")) {
      this.#findings.problemAt(place, UNTITLED_COLUMN);
    }
    const marks = marksOf(row, this.#columns);
    if (cells.length >= this.#width) for (const mark of marks) this.#usualMarks.add(mark);
    else if (marks.length > 0) {
      this.#shortRows.set(this.entries.length, { marks, email: addressOf(row, this.#columns) });
    }
    this.entries.push(this.#entryOf(row));
  }
  /** The entries, when all rows are read. A short row with something where no complete row has it may lack a cell. */
  finish() {
    for (const [index, { marks, email }] of this.#shortRows) {
      const { [index]: entry } = this.entries;
      if (entry === void 0 || marks.every((mark) => this.#usualMarks.has(mark))) continue;
      const broken = "this row ends early, and seems to lack a cell in the middle; write a delimiter for every cell.";
      this.entries[index] = { place: entry.place, email, broken };
    }
    const { onlyRows } = this.#format;
    if (onlyRows !== void 0 && !this.#isAnySelected && this.entries.length > 0) {
      const { name } = this.#findings.quotes;
      const values = Array.from(this.#filterValues, this.#findings.quotes.value);
      this.#findings.warn(
        `\`only-rows\` selects no row of ${this.#list.name}; check its values. The column ${name(onlyRows.column)} has ${values.length === 0 ? "no values" : `the values ${values.join(", ")}`}.`
      );
    }
    return this.entries;
  }
  #entryOf({ cells, line }) {
    const { email, userUid, date, reference } = this.#columns;
    const [uuid, revokeAfter, carried] = [userUid, date, reference].map((column) => cellOf(cells, column));
    return {
      place: { list: this.#list, line },
      email: cellOf(cells, email),
      ...uuid !== void 0 && { userUid: uuid },
      ...revokeAfter !== void 0 && { revokeAfter },
      ...carried !== void 0 && { reference: carried },
      ...this.#isLeftOut(cells) && { isLeftOut: true }
    };
  }
  #isLeftOut(cells) {
    const { onlyRows } = this.#format;
    const value = cellOf(cells, this.#columns.filter);
    if (onlyRows === void 0 || value === void 0) return false;
    const isSelected = onlyRows.values.includes(value.toLowerCase());
    if (isSelected) this.#isAnySelected = true;
    else if (value !== "" && this.#filterValues.size < MAX_VALUES) this.#filterValues.add(value);
    return !isSelected;
  }
};
function marksOf({ cells }, { email, date }) {
  return cells.flatMap((cell, column) => {
    if (column === email || column === date) return [];
    if (cell.includes("@")) return [`${column}@`];
    return isDateLike(cell) ? [`${column}`] : [];
  });
}
function addressOf(row, { email }) {
  const text = cellOf(row.cells, email);
  return (0,_chunk_INRZYCP3_js__WEBPACK_IMPORTED_MODULE_0__/* .isEmailAddress */ .Z6)(text) ? text : onlyAddress(row);
}
function onlyAddress({ cells }) {
  const [only = "", ...others] = cells.filter(_chunk_INRZYCP3_js__WEBPACK_IMPORTED_MODULE_0__/* .isEmailAddress */ .Z6);
  return others.length === 0 ? only : "";
}

// src/users/users-file.ts
var MAX_FILE_BYTES = 16 * 1024 * 1024;
async function readUsersFile(path, format, findings) {
  const { GITHUB_WORKSPACE: workspace = "", RUNNER_TEMP: temp = "" } = process.env;
  const mistake = mistakenPath(path, workspace);
  if (mistake !== void 0) {
    findings.problem(`\`users-file\` (${findings.quotes.name(path)}) ${mistake}.`);
    return [];
  }
  const resolved = (0,node_path__WEBPACK_IMPORTED_MODULE_6__.resolve)(workspace, path);
  const bytes = await readAllowed(resolved, [workspace, temp], findings);
  if (bytes === void 0) return [];
  const file = relativeTo(workspace, resolved);
  const name = {
    origin: "file",
    name: (0,node_path__WEBPACK_IMPORTED_MODULE_6__.basename)(path),
    ...file !== void 0 && { file }
  };
  const problem = contentProblem(bytes);
  if (problem !== void 0) {
    findings.problem(problem);
    return [];
  }
  const sha256 = (0,node_crypto__WEBPACK_IMPORTED_MODULE_4__.hash)("sha256", bytes);
  return [
    { name, given: path, sha256, entries: await entriesOf(bytes, (0,node_path__WEBPACK_IMPORTED_MODULE_6__.extname)(path), name, format, findings) }
  ];
}
async function entriesOf(bytes, extension, list, format, findings) {
  const lines = withLineFeeds(bytes);
  const kind = extension.toLowerCase();
  if (kind === ".csv") return entriesFromCsv(lines, list, format, findings);
  if (kind === ".json") return (0,_chunk_INRZYCP3_js__WEBPACK_IMPORTED_MODULE_0__/* .entriesFromJson */ .LZ)(lines.toString(), "array", list, findings);
  if ([".jsonl", ".ndjson"].includes(kind)) return (0,_chunk_INRZYCP3_js__WEBPACK_IMPORTED_MODULE_0__/* .entriesFromJson */ .LZ)(lines.toString(), "lines", list, findings);
  return (0,_chunk_INRZYCP3_js__WEBPACK_IMPORTED_MODULE_0__/* .entriesFromLines */ .c6)(lines.toString(), list);
}
function withLineFeeds(bytes) {
  const text = bytes.subarray(bytes.indexOf("\uFEFF") === 0 ? 3 : 0);
  if (!text.includes("\r")) return text;
  let length = 0;
  for (let index = 0; index < text.length; index += 1) {
    const byte = text.readUInt8(index);
    if (byte !== CARRIAGE_RETURN) text[length] = byte;
    else if (text[index + 1] === LINE_FEED) continue;
    else text[length] = LINE_FEED;
    length += 1;
  }
  return text.subarray(0, length);
}
var [CARRIAGE_RETURN, LINE_FEED] = [13, 10];
function mistakenPath(path, workspace) {
  const cause = (0,_chunk_INRZYCP3_js__WEBPACK_IMPORTED_MODULE_0__/* .unexpandedCause */ .U2)(path);
  if (cause !== void 0) return `${cause}; write an expression like \`\${{ inputs.list }}\`, or the path`;
  if (/^[a-z][a-z\d+.-]+:\/\//i.test(path)) {
    return "is a URL; fetch the list in an earlier step, and give the path of the file";
  }
  if (path.startsWith("~"))
    return "begins with `~`, which is not expanded; give a path relative to the workspace";
  if (node_path__WEBPACK_IMPORTED_MODULE_6__.sep === "/" && path.includes("\\")) return "contains backslashes; write `/` instead";
  const home = workspace.split(node_path__WEBPACK_IMPORTED_MODULE_6__.sep).slice(-2).join(node_path__WEBPACK_IMPORTED_MODULE_6__.sep);
  const start = path.indexOf(`${node_path__WEBPACK_IMPORTED_MODULE_6__.sep}${home}${node_path__WEBPACK_IMPORTED_MODULE_6__.sep}`);
  if (!(0,node_path__WEBPACK_IMPORTED_MODULE_6__.isAbsolute)(path) || home.length < 3 || start === -1 || isInside(path, workspace)) return void 0;
  return `is a path of the runner's host, which a job in a container does not have; write \`${path.slice(start + home.length + 2)}\``;
}
function contentProblem(bytes) {
  if (!(0,node_buffer__WEBPACK_IMPORTED_MODULE_3__.isUtf8)(bytes) || bytes.includes(0)) {
    return '`users-file` is not in UTF-8: save the list as "CSV UTF-8".';
  }
  if (bytes.subarray(0, 64).includes("//git-lfs.github.com/spec/")) {
    return "`users-file` is a Git LFS pointer, not the list itself: set `lfs: true` at the step with actions/checkout.";
  }
  const [mark] = ["<<<<<<< ", ">>>>>>> "].filter(
    (text) => bytes.indexOf(text) === 0 || bytes.includes(`
${text}`)
  );
  return mark === void 0 ? void 0 : `\`users-file\` contains the marks of a merge conflict (\`${mark.trim()}\`): fix the conflict, and commit the list again.`;
}
async function readAllowed(path, folders, findings) {
  try {
    const file = (0,node_fs__WEBPACK_IMPORTED_MODULE_5__.realpathSync)(path);
    const problem = fileProblem((0,node_fs__WEBPACK_IMPORTED_MODULE_5__.statSync)(file), isAllowed(file, folders), findings.quotes.name(path));
    if (problem === void 0) return (0,node_fs__WEBPACK_IMPORTED_MODULE_5__.readFileSync)(file);
    findings.problem(problem);
  } catch {
    findings.problem(await unreadable(path, folders, findings));
  }
  return void 0;
}
function fileProblem(stats, allowed, name) {
  if (stats.isDirectory()) return `\`users-file\` is a folder (${name}): give the path of the list itself.`;
  if (!allowed) {
    return "`users-file` is outside the workspace and the runner's temporary folder: move the file into one of them.";
  }
  if (!stats.isFile()) return "`users-file` is not a regular file: give the path of the list itself.";
  return stats.size > MAX_FILE_BYTES ? `\`users-file\` is larger than ${MAX_FILE_BYTES / 1024 / 1024} MiB: split the list.` : void 0;
}
async function unreadable(path, folders, { quotes }) {
  const similar = await (0,_chunk_INRZYCP3_js__WEBPACK_IMPORTED_MODULE_0__/* .similarName */ .jz)((0,node_path__WEBPACK_IMPORTED_MODULE_6__.basename)(path), namesBeside(path, folders));
  const remedy = similar === void 0 ? "check the path, and that an earlier step checks out the repository or fetches the list" : `did you mean ${quotes.name(similar)}?`;
  return `\`users-file\` cannot be read (${quotes.name(path)}): ${remedy}${similar === void 0 ? "." : ""}`;
}
function namesBeside(path, folders) {
  const folder = realPath((0,node_path__WEBPACK_IMPORTED_MODULE_6__.dirname)(path));
  return folder !== void 0 && isAllowed(`${folder}${node_path__WEBPACK_IMPORTED_MODULE_6__.sep}file`, folders) ? (0,node_fs__WEBPACK_IMPORTED_MODULE_5__.readdirSync)(folder) : [];
}
function relativeTo(folder, path) {
  const [file, real] = [(0,node_fs__WEBPACK_IMPORTED_MODULE_5__.realpathSync)(path), realPath(folder)];
  return real !== void 0 && isInside(file, real) ? (0,node_path__WEBPACK_IMPORTED_MODULE_6__.relative)(real, file).replaceAll(node_path__WEBPACK_IMPORTED_MODULE_6__.sep, "/") : void 0;
}
function isAllowed(file, folders) {
  return folders.some((folder) => {
    const real = realPath(folder);
    return real !== void 0 && isInside(file, real);
  });
}
function realPath(folder) {
  try {
    return folder === "" ? void 0 : (0,node_fs__WEBPACK_IMPORTED_MODULE_5__.realpathSync)(folder);
  } catch {
    return void 0;
  }
}
function isInside(file, folder) {
  const path = (0,node_path__WEBPACK_IMPORTED_MODULE_6__.relative)(folder, file);
  return path !== "" && path !== ".." && !path.startsWith(`..${node_path__WEBPACK_IMPORTED_MODULE_6__.sep}`) && !(0,node_path__WEBPACK_IMPORTED_MODULE_6__.isAbsolute)(path);
}



/***/ })

};
