/******/ (() => { // webpackBootstrap
/******/ 	"use strict";
/******/ 	var __webpack_modules__ = ({

/***/ 45:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   context: () => (/* binding */ context)
/* harmony export */ });
/* harmony import */ var _chunk_H2FQH4YD_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(229);
/* harmony import */ var fs__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(896);
/* harmony import */ var fs__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__nccwpck_require__.n(fs__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var os__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(857);
/* harmony import */ var os__WEBPACK_IMPORTED_MODULE_2___default = /*#__PURE__*/__nccwpck_require__.n(os__WEBPACK_IMPORTED_MODULE_2__);
const require = process.getBuiltinModule;


// node_modules/@actions/github/lib/context.js


var Context = class {
  /**
   * Hydrate the context from the environment
   */
  constructor() {
    var _a, _b, _c;
    this.payload = {};
    if (process.env.GITHUB_EVENT_PATH) {
      if ((0,fs__WEBPACK_IMPORTED_MODULE_1__.existsSync)(process.env.GITHUB_EVENT_PATH)) {
        this.payload = JSON.parse((0,fs__WEBPACK_IMPORTED_MODULE_1__.readFileSync)(process.env.GITHUB_EVENT_PATH, { encoding: "utf8" }));
      } else {
        const path = process.env.GITHUB_EVENT_PATH;
        process.stdout.write(`GITHUB_EVENT_PATH ${path} does not exist${os__WEBPACK_IMPORTED_MODULE_2__.EOL}`);
      }
    }
    this.eventName = process.env.GITHUB_EVENT_NAME;
    this.sha = process.env.GITHUB_SHA;
    this.ref = process.env.GITHUB_REF;
    this.workflow = process.env.GITHUB_WORKFLOW;
    this.action = process.env.GITHUB_ACTION;
    this.actor = process.env.GITHUB_ACTOR;
    this.job = process.env.GITHUB_JOB;
    this.runAttempt = parseInt(process.env.GITHUB_RUN_ATTEMPT, 10);
    this.runNumber = parseInt(process.env.GITHUB_RUN_NUMBER, 10);
    this.runId = parseInt(process.env.GITHUB_RUN_ID, 10);
    this.apiUrl = (_a = process.env.GITHUB_API_URL) !== null && _a !== void 0 ? _a : `https://api.github.com`;
    this.serverUrl = (_b = process.env.GITHUB_SERVER_URL) !== null && _b !== void 0 ? _b : `https://github.com`;
    this.graphqlUrl = (_c = process.env.GITHUB_GRAPHQL_URL) !== null && _c !== void 0 ? _c : `https://api.github.com/graphql`;
  }
  get issue() {
    const payload = this.payload;
    return Object.assign(Object.assign({}, this.repo), { number: (payload.issue || payload.pull_request || payload).number });
  }
  get repo() {
    if (process.env.GITHUB_REPOSITORY) {
      const [owner, repo] = process.env.GITHUB_REPOSITORY.split("/");
      return { owner, repo };
    }
    if (this.payload.repository) {
      return {
        owner: this.payload.repository.owner.login,
        repo: this.payload.repository.name
      };
    }
    throw new Error("context.repo requires a GITHUB_REPOSITORY environment variable like 'owner/repo'");
  }
};

// bundle/github.ts
var context = new Context();



/***/ }),

/***/ 404:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  wE: () => (/* binding */ INITIAL_OUTPUTS),
  aY: () => (/* binding */ code),
  qy: () => (/* binding */ html),
  j7: () => (/* binding */ writeJobSummary),
  Kn: () => (/* binding */ writeOutputs),
  u5: () => (/* binding */ writeReport)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(24);
;// CONCATENATED MODULE: external "node:os"
const external_node_os_namespaceObject = require("node:os");
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(760);
;// CONCATENATED MODULE: ./.build/chunk-2MRKE53B.js
const chunk_2MRKE53B_require = process.getBuiltinModule;

// src/text/markup.ts
var SPECIAL = /[&<>"'`|\\]/g;
function html(text) {
  return entities(text).replace(/(&#96;|&#34;)(.*?)\1/g, "<code>$2</code>");
}
function code(text) {
  return `<code>${entities(text)}</code>`;
}
function entities(text) {
  return text.replace(SPECIAL, (character) => `&#${character.charCodeAt(0)};`);
}

// src/runner/step-files.ts



var INITIAL_OUTPUTS = {
  revoked: "false",
  "revoked-count": "0",
  /** Counts are empty when they are not known. */
  "failed-count": "",
  "unknown-count": "",
  /** Also empty unless it was requested. */
  "not-listed-count": "",
  /** JSON array of addresses; empty when it is not known. */
  failed: "",
  /** Path of the report; empty if there is none. */
  report: ""
};
function writeOutputs(outputs) {
  const end = `end_${crypto.randomUUID()}`;
  const lines = Object.entries(outputs).map(([name, value]) => `${name}<<${end}
${value}
${end}
`);
  return append("GITHUB_OUTPUT", lines.join(""));
}
function writeJobSummary(markdown) {
  return append("GITHUB_STEP_SUMMARY", markdown);
}
function writeReport({ users, ...run }) {
  const { RUNNER_TEMP: temp = "" } = process.env;
  const folder = (0,external_node_fs_.mkdtempSync)((0,external_node_path_.join)(temp === "" ? (0,external_node_os_namespaceObject.tmpdir)() : temp, "revoke-cloudflare-access-"));
  const path = (0,external_node_path_.join)(folder, "report.json");
  const file = (0,external_node_fs_.openSync)(path, "wx", 384);
  (0,external_node_fs_.writeFileSync)(file, JSON.stringify({ ...run, users: [] }, null, 2).replace(/\]\n\}$/, ""));
  let separator = "";
  for (const user of users) {
    const text = JSON.stringify(user, null, 2).replaceAll("\n", "\n    ");
    (0,external_node_fs_.writeFileSync)(file, `${separator}
    ${text}`);
    separator = ",";
  }
  (0,external_node_fs_.writeFileSync)(file, "\n  ]\n}\n");
  (0,external_node_fs_.closeSync)(file);
  return path;
}
function append(variable, text) {
  const file = process.env[variable] ?? "";
  if (file === "") throw new Error(`${variable} is not set; run this as a step of a workflow`);
  if ((0,external_node_fs_.statSync)(file, { throwIfNoEntry: false })?.isFile() !== true) {
    throw new Error(`${variable} does not name a regular file`);
  }
  (0,external_node_fs_.appendFileSync)(file, text);
  return file;
}




/***/ }),

/***/ 783:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   AN: () => (/* binding */ isProblem),
/* harmony export */   B0: () => (/* binding */ DATE_PATTERNS),
/* harmony export */   CC: () => (/* binding */ problem),
/* harmony export */   EH: () => (/* binding */ parseTimestamp),
/* harmony export */   Kn: () => (/* binding */ DATE_FORMATS),
/* harmony export */   Ly: () => (/* binding */ isoTime),
/* harmony export */   au: () => (/* binding */ quantity),
/* harmony export */   dR: () => (/* binding */ monotonicMs),
/* harmony export */   fI: () => (/* binding */ problemText),
/* harmony export */   j8: () => (/* binding */ withTexts),
/* harmony export */   m6: () => (/* binding */ parseHttpDate),
/* harmony export */   p0: () => (/* binding */ duration),
/* harmony export */   pM: () => (/* binding */ timeInZone),
/* harmony export */   qS: () => (/* binding */ withPlace),
/* harmony export */   r6: () => (/* binding */ placedText),
/* harmony export */   sO: () => (/* binding */ DAY_MS),
/* harmony export */   u$: () => (/* binding */ isoSecond),
/* harmony export */   zD: () => (/* binding */ grouped)
/* harmony export */ });
const require = process.getBuiltinModule;

// src/text/measures.ts
var DATE_FORMATS = [
  "YYYY-MM-DD",
  "DD.MM.YYYY",
  "DD/MM/YYYY",
  "MM/DD/YYYY",
  "YYYY/MM/DD",
  "YYYYMMDD",
  "DD-MMM-YYYY"
];
var DATE_PATTERNS = {
  "YYYY-MM-DD": /^(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})$/,
  "DD.MM.YYYY": /^(?<day>\d{1,2})\.(?<month>\d{1,2})\.(?<year>\d{4})$/,
  "DD/MM/YYYY": /^(?<day>\d{1,2})\/(?<month>\d{1,2})\/(?<year>\d{4})$/,
  "MM/DD/YYYY": /^(?<month>\d{1,2})\/(?<day>\d{1,2})\/(?<year>\d{4})$/,
  "YYYY/MM/DD": /^(?<year>\d{4})\/(?<month>\d{1,2})\/(?<day>\d{1,2})$/,
  YYYYMMDD: /^(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})$/,
  "DD-MMM-YYYY": /^(?<day>\d{1,2})-(?<month>[a-z]{3})-(?<year>\d{4})$/i
};
var DAY_MS = 24 * 60 * 60 * 1e3;
function grouped(count) {
  return `${count}`.replace(/\B(?=(?:\d{3}){1,5}$)/g, ",");
}
function quantity(count, noun, plural = `${noun}s`) {
  return `${grouped(count)} ${count === 1 ? noun : plural}`;
}
function duration(milliseconds) {
  const seconds = Math.ceil(Math.round(milliseconds) / 1e3);
  return seconds <= 90 ? `${seconds} s` : `${grouped(Math.ceil(seconds / 60))} min`;
}
function monotonicMs() {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1e3 + nanoseconds / 1e6;
}
function isoTime(time) {
  return new Date(time).toISOString();
}
function isoSecond(time) {
  return isoTime(time).replace(/\.\d+Z$/, "Z");
}
function timeInZone(time, timezone) {
  if (timezone === "UTC") return `${isoTime(time).slice(0, 16).replace("T", " ")} UTC`;
  const form = new Intl.DateTimeFormat("sv", { timeZone: timezone, dateStyle: "short", timeStyle: "short" });
  return `${form.format(time)} (${timezone})`;
}
var TIMESTAMP = /^(\d{4}-\d{2}-\d{2})T(?:[01]\d|2[0-3])(?::[0-5]\d){2}(?:\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;
function parseTimestamp(text) {
  const [, day] = TIMESTAMP.exec(text) ?? [];
  const start = Date.parse(`${day ?? ""}T00:00:00Z`);
  const exists = day !== void 0 && !Number.isNaN(start) && isoTime(start).startsWith(day);
  return exists ? Date.parse(text) : void 0;
}
function parseHttpDate(text) {
  const time = Date.parse(text);
  return new Date(time).toUTCString() === text ? time : void 0;
}

// src/text/problem.ts
function problem(what, remedy, at) {
  return { what, ...remedy !== void 0 && { remedy }, ...at !== void 0 && { at } };
}
function withPlace(problems, at) {
  return problems.map((found) => ({ ...found, at }));
}
function isProblem(checked) {
  return checked !== void 0 && "what" in checked;
}
function problemText({ what, remedy }) {
  return `${what}.${remedy === void 0 ? "" : ` ${remedy}`}`;
}
function placedText(problem2) {
  const { source = "" } = problem2.at ?? {};
  return source === "" ? problemText(problem2) : `${source}: ${problemText(problem2)}`;
}
function withTexts({ what, remedy, at, ...rest }, change) {
  const file = at?.file === void 0 ? {} : { file: change(at.file) };
  const place = at === void 0 ? void 0 : { ...at, source: change(at.source), ...file };
  return { ...rest, ...problem(change(what), remedy === void 0 ? void 0 : change(remedy), place) };
}




/***/ }),

/***/ 229:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   P$: () => (/* binding */ __commonJS),
/* harmony export */   f1: () => (/* binding */ __toESM),
/* harmony export */   ki: () => (/* binding */ __require)
/* harmony export */ });
const require = process.getBuiltinModule;
var __create = Object.create;
var __defProp = Object.defineProperty;
var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __getProtoOf = Object.getPrototypeOf;
var __hasOwnProp = Object.prototype.hasOwnProperty;
var __require = /* @__PURE__ */ ((x) => typeof require !== "undefined" ? require : typeof Proxy !== "undefined" ? new Proxy(x, {
  get: (a, b) => (typeof require !== "undefined" ? require : a)[b]
}) : x)(function(x) {
  if (typeof require !== "undefined") return require.apply(this, arguments);
  throw Error('Dynamic require of "' + x + '" is not supported');
});
var __commonJS = (cb, mod) => function __require2() {
  try {
    return mod || (0, cb[__getOwnPropNames(cb)[0]])((mod = { exports: {} }).exports, mod), mod.exports;
  } catch (e) {
    throw mod = 0, e;
  }
};
var __copyProps = (to, from, except, desc) => {
  if (from && typeof from === "object" || typeof from === "function") {
    for (let key of __getOwnPropNames(from))
      if (!__hasOwnProp.call(to, key) && key !== except)
        __defProp(to, key, { get: () => from[key], enumerable: !(desc = __getOwnPropDesc(from, key)) || desc.enumerable });
  }
  return to;
};
var __toESM = (mod, isNodeMode, target) => (target = mod != null ? __create(__getProtoOf(mod)) : {}, __copyProps(
  // If the importer is in node compatibility mode or this is not an ESM
  // file that has been converted to a CommonJS file using a Babel-
  // compatible transform (i.e. "__esModule" has not been set), then set
  // "default" to the CommonJS "module.exports" for node compatibility.
  isNodeMode || !mod || !mod.__esModule ? __defProp(target, "default", { value: mod, enumerable: true }) : target,
  mod
));




/***/ }),

/***/ 835:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   G7: () => (/* binding */ saysNoAddress),
/* harmony export */   HI: () => (/* binding */ mergedUsers),
/* harmony export */   LJ: () => (/* binding */ readFilterValues),
/* harmony export */   Tr: () => (/* binding */ checkEntry),
/* harmony export */   V6: () => (/* binding */ uuidKey),
/* harmony export */   Wm: () => (/* binding */ selectionOf),
/* harmony export */   Wn: () => (/* binding */ filterReadings),
/* harmony export */   Xw: () => (/* binding */ parseUuid),
/* harmony export */   i4: () => (/* binding */ isNewlyDue),
/* harmony export */   r_: () => (/* binding */ filterProblems),
/* harmony export */   tl: () => (/* binding */ listedIn),
/* harmony export */   vr: () => (/* binding */ endsInValue),
/* harmony export */   zV: () => (/* binding */ valueKey)
/* harmony export */ });
/* harmony import */ var _chunk_TPTSGRWD_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(616);
/* harmony import */ var _chunk_TGKH6P6W_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(200);
/* harmony import */ var _chunk_F7JQXWIF_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(783);
/* harmony import */ var _chunk_WH4TSCNU_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(379);
const require = process.getBuiltinModule;





// src/users/user.ts
var Uuid = (0,_chunk_TGKH6P6W_js__WEBPACK_IMPORTED_MODULE_1__/* .pipe */ .Fs)(
  (0,_chunk_TGKH6P6W_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)(),
  (0,_chunk_TGKH6P6W_js__WEBPACK_IMPORTED_MODULE_1__/* .regex */ .yG)(/^(?:[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i),
  (0,_chunk_TGKH6P6W_js__WEBPACK_IMPORTED_MODULE_1__/* .brand */ .wk)("Uuid")
);
function parseUuid(text) {
  const parsed = (0,_chunk_TGKH6P6W_js__WEBPACK_IMPORTED_MODULE_1__/* .safeParse */ .xL)(Uuid, text);
  return parsed.success ? parsed.output : void 0;
}
function uuidKey(uuid) {
  return uuid.replaceAll("-", "").toLowerCase();
}
function timingOf(revokeAfter, now, dueWithinDays) {
  if (revokeAfter === void 0) return "due";
  if (revokeAfter.at > now) return "not_due";
  return now - revokeAfter.at > dueWithinDays * _chunk_F7JQXWIF_js__WEBPACK_IMPORTED_MODULE_2__/* .DAY_MS */ .sO ? "past" : "due";
}
function isNewlyDue({ revokeAfter }, now) {
  return revokeAfter !== void 0 && revokeAfter.at <= now && now - revokeAfter.at <= _chunk_F7JQXWIF_js__WEBPACK_IMPORTED_MODULE_2__/* .DAY_MS */ .sO;
}
var [MAX_REFERENCE_LENGTH, MAX_ADDRESS_LENGTH] = [200, 1e3];
function saysNoAddress(text) {
  return !text.includes("@") || /^\S+#EXT#@\S+$/i.test(text);
}
function checkEntry(entry, dates, { origin, dateName = "`revoke_after`" }, { blankDate, now, dueWithinDays }) {
  const { at, userUid: uuid = "", reference = "", problems: found = [], broken } = entry;
  const { isUnselected = false, revokeAfter } = entry;
  const date = isUnselected || revokeAfter === void 0 ? "now" : dates.get(revokeAfter) ?? (0,_chunk_F7JQXWIF_js__WEBPACK_IMPORTED_MODULE_2__/* .problem */ .CC)("was not read");
  const moment = typeof date === "object" && !(0,_chunk_F7JQXWIF_js__WEBPACK_IMPORTED_MODULE_2__/* .isProblem */ .AN)(date) ? date : void 0;
  const stays = isUnselected || date === "blank" && blankDate === "not-due";
  const timing = timingOf(moment, now, dueWithinDays);
  const email = (0,_chunk_TGKH6P6W_js__WEBPACK_IMPORTED_MODULE_1__/* .parseEmailAddress */ .OE)(entry.email);
  const isSettled = broken === void 0 && (stays || moment !== void 0 && timing !== "due");
  if (typeof email === "object" && isSettled && saysNoAddress(entry.email)) return { kind: "unaddressed" };
  const userUid = parseUuid(uuid);
  const wrongUuid = (0,_chunk_F7JQXWIF_js__WEBPACK_IMPORTED_MODULE_2__/* .problem */ .CC)(`the UUID ${(0,_chunk_WH4TSCNU_js__WEBPACK_IMPORTED_MODULE_3__/* .shownValue */ .JJ)(uuid)} is not 32 hex characters, or 36 with hyphens`);
  const uuidProblems = uuid === "" || userUid !== void 0 ? [] : [wrongUuid];
  const problems = [
    ...typeof email === "object" ? addressProblems(entry, email) : [],
    ...stays ? [] : [...found, ...uuidProblems, ...dateProblems(entry, date, dateName)]
  ];
  if (broken !== void 0 || typeof email === "object" || problems.length > 0) {
    return {
      kind: "bad",
      at,
      email: (0,_chunk_WH4TSCNU_js__WEBPACK_IMPORTED_MODULE_3__/* .cut */ .Jj)(entry.email, MAX_ADDRESS_LENGTH),
      problems: broken === void 0 ? problems : [broken],
      dateProblem: typeof date === "object" && (0,_chunk_F7JQXWIF_js__WEBPACK_IMPORTED_MODULE_2__/* .isProblem */ .AN)(date) ? date.kind : void 0
    };
  }
  const user = {
    email,
    timing,
    source: at.source,
    ...userUid !== void 0 && { userUid },
    ...moment !== void 0 && { revokeAfter: moment },
    ...reference !== "" && { reference: (0,_chunk_WH4TSCNU_js__WEBPACK_IMPORTED_MODULE_3__/* .cut */ .Jj)(reference, MAX_REFERENCE_LENGTH) }
  };
  return { kind: "listed", at, origin, email, user: stays ? void 0 : user };
}
function addressProblems({ email, problems = [] }, found) {
  if (email !== "") return [found];
  const missing = (0,_chunk_F7JQXWIF_js__WEBPACK_IMPORTED_MODULE_2__/* .problem */ .CC)("the address is missing", "Add it, or remove the row if it names no user.");
  return problems.length > 0 ? [] : [missing];
}
function dateProblems({ revokeAfter: text = "" }, date, name) {
  if (date === "blank") {
    const value = text === "" ? "is blank" : `is ${(0,_chunk_WH4TSCNU_js__WEBPACK_IMPORTED_MODULE_3__/* .shownValue */ .JJ)(text)}, which means no date`;
    const remedy = "If users without a date stay, set `blank-date: not-due`. For a user who leaves, write the date, or `now`.";
    return [(0,_chunk_F7JQXWIF_js__WEBPACK_IMPORTED_MODULE_2__/* .problem */ .CC)(`${name} ${value}`, remedy)];
  }
  return date === "now" || !(0,_chunk_F7JQXWIF_js__WEBPACK_IMPORTED_MODULE_2__/* .isProblem */ .AN)(date) ? [] : [(0,_chunk_F7JQXWIF_js__WEBPACK_IMPORTED_MODULE_2__/* .problem */ .CC)(`${name} ${(0,_chunk_WH4TSCNU_js__WEBPACK_IMPORTED_MODULE_3__/* .shownValue */ .JJ)(text)} ${date.what}`, date.remedy)];
}
function mergedUsers(entries, isProtected, badRows) {
  const listed = listedIn(entries);
  const people = Map.groupBy(listed, ({ email }) => (0,_chunk_TGKH6P6W_js__WEBPACK_IMPORTED_MODULE_1__/* .addressKey */ .IY)(email));
  const unused = new Set(entries.flatMap((entry) => entry.kind === "bad" ? (0,_chunk_TGKH6P6W_js__WEBPACK_IMPORTED_MODULE_1__/* .keysIn */ .q7)(entry.email) : []));
  const users = [];
  const bad = [];
  const problems = [];
  let staying = 0;
  for (const entry of entries) {
    const [first, ...others] = entry.kind === "listed" ? people.get((0,_chunk_TGKH6P6W_js__WEBPACK_IMPORTED_MODULE_1__/* .addressKey */ .IY)(entry.email)) ?? [] : [];
    if (entry.kind === "unaddressed") staying += 1;
    else if (entry.kind === "bad") {
      const good = (0,_chunk_TGKH6P6W_js__WEBPACK_IMPORTED_MODULE_1__/* .keysIn */ .q7)(entry.email).flatMap((key) => people.get(key)?.slice(0, 1) ?? []);
      const both = good.map(({ email, at }) => {
        const what = `${(0,_chunk_WH4TSCNU_js__WEBPACK_IMPORTED_MODULE_3__/* .shownValue */ .JJ)(email)} is also listed at ${at.source}, and neither entry can be used`;
        return (0,_chunk_F7JQXWIF_js__WEBPACK_IMPORTED_MODULE_2__/* .problem */ .CC)(what, "Fix this entry.");
      });
      bad.push({ ...entry, problems: [...entry.problems, ...both] });
    } else if (entry === first && !unused.has((0,_chunk_TGKH6P6W_js__WEBPACK_IMPORTED_MODULE_1__/* .addressKey */ .IY)(entry.email))) {
      const isRefused = entry.user?.timing === "due" && isProtected(entry.email);
      const what = `${(0,_chunk_WH4TSCNU_js__WEBPACK_IMPORTED_MODULE_3__/* .shownValue */ .JJ)(entry.email)} is due, but is one of \`protected-users\``;
      const remedy = "Find out whether the user leaves. If not, remove the user from the list.";
      const found = [
        ...contradictions(entry, others),
        ...isRefused ? [(0,_chunk_F7JQXWIF_js__WEBPACK_IMPORTED_MODULE_2__/* .problem */ .CC)(what, remedy, entry.at)] : []
      ];
      problems.push(...found);
      if (found.length > 0) bad.push({ ...entry, problems: found });
      else if (entry.user === void 0) staying += 1;
      else users.push(withKnown(entry.user, others));
    }
  }
  const rows = bad.map(({ at, email, problems: all }) => ({ ...at, email, problems: all.map(_chunk_F7JQXWIF_js__WEBPACK_IMPORTED_MODULE_2__/* .problemText */ .fI) }));
  const value = { users, staying, badRows: rows, repeated: listed.length - people.size };
  return { value, problems: badRows === "skip" ? [] : problems };
}
function contradictions(first, others) {
  const { email, at, origin, user } = first;
  const [known = ""] = [first, ...others].flatMap((entry) => entry.user?.userUid ?? []);
  return others.flatMap((later) => {
    const isOtherUuid = uuidKey(later.user?.userUid ?? known) !== uuidKey(known);
    const isNow = user !== void 0 && user.revokeAfter === void 0;
    const wins = origin === "email" && later.origin === "file" && isNow;
    const isOtherTime = user?.revokeAfter?.at !== later.user?.revokeAfter?.at || user?.timing !== later.user?.timing;
    const whats = [...isOtherUuid ? ["UUID"] : [], ...isOtherTime && !wins ? ["`revoke_after`"] : []];
    const remedy = "Find out which is right, and remove the other.";
    return whats.map(
      (what) => (0,_chunk_F7JQXWIF_js__WEBPACK_IMPORTED_MODULE_2__/* .problem */ .CC)(`${(0,_chunk_WH4TSCNU_js__WEBPACK_IMPORTED_MODULE_3__/* .shownValue */ .JJ)(email)} is also listed at ${later.at.source}, with another ${what}`, remedy, at)
    );
  });
}
function withKnown(user, others) {
  const users = [user, ...others.flatMap((other) => other.user ?? [])];
  const [userUid] = users.flatMap((each) => each.userUid ?? []);
  const [reference] = users.flatMap((each) => each.reference ?? []);
  return {
    ...user,
    ...userUid !== void 0 && { userUid },
    ...reference !== void 0 && { reference }
  };
}
function listedIn(entries) {
  return entries.filter((entry) => entry.kind === "listed");
}

// src/users/row-filter.ts
var [MAX_READINGS, MAX_VALUES, MAX_LENGTH] = [20, 1e3, 200];
var [MIN_NEAR_LENGTH, MIN_GLUED_LENGTH] = [5, 4];
var EXAMPLE = "Write a column and its values, like `only-rows: Status = Suspended, Archived`.";
function filterProblems(text, isTable) {
  if (text === "" || isTable && filterReadings(text).length > 0) return [];
  return isTable ? [(0,_chunk_F7JQXWIF_js__WEBPACK_IMPORTED_MODULE_2__/* .problem */ .CC)(`\`only-rows\` is ${(0,_chunk_WH4TSCNU_js__WEBPACK_IMPORTED_MODULE_3__/* .shownValue */ .JJ)(text)}`, EXAMPLE)] : [(0,_chunk_F7JQXWIF_js__WEBPACK_IMPORTED_MODULE_2__/* .problem */ .CC)("`only-rows` needs columns", "Use it with a table in `users-file`, such as a `.csv` file.")];
}
function filterReadings(text) {
  const [line = ""] = text.split("\n", 1);
  const signs = Array.from(line.matchAll(/=/g), ({ index }) => index).slice(0, MAX_READINGS);
  return signs.map((place) => ({ title: line.slice(0, place).trim(), values: text.slice(place + 1) })).filter(({ title }) => title !== "");
}
var VALUE = /[^\S\n]*(?:"((?:[^"]|"")*)"[^\S\n]*(?=[,\n]|$)|([^,\n]*))([,\n]|$)/gy;
function readFilterValues(text) {
  const values = Array.from(text.matchAll(VALUE), ([, quoted, bare = ""]) => {
    const written = (quoted?.replaceAll('""', '"') ?? bare).trim();
    return { text: written, key: valueKey(written), isQuoted: quoted !== void 0 };
  }).filter((value) => value.text !== "");
  const keys = new Set(values.map(({ key }) => key));
  const lengths = new Set(
    Array.from(keys, ({ length }) => length).filter((length) => length >= MIN_GLUED_LENGTH)
  );
  const isTooMuch = values.length > MAX_VALUES || values.some(({ text: { length } }) => length > MAX_LENGTH);
  const tooMuch = `\`only-rows\` has more than ${(0,_chunk_F7JQXWIF_js__WEBPACK_IMPORTED_MODULE_2__/* .quantity */ .au)(MAX_VALUES, "value")}, or one of more than ${MAX_LENGTH} characters`;
  const problems = [
    ...isTooMuch ? [(0,_chunk_F7JQXWIF_js__WEBPACK_IMPORTED_MODULE_2__/* .problem */ .CC)(tooMuch)] : [],
    ...values.flatMap((value) => value.isQuoted ? [] : syntaxProblems(value.text)),
    ...values.length === 0 ? [(0,_chunk_F7JQXWIF_js__WEBPACK_IMPORTED_MODULE_2__/* .problem */ .CC)("`only-rows` has no values", EXAMPLE)] : []
  ];
  return { value: { values, keys, lengths }, problems: problems.slice(0, 1) };
}
function syntaxProblems(text) {
  const [mark] = /[=;()[\]{}<>"“”„‟«»‹›`]|^['‘’]|['‘’]$/.exec(text) ?? [];
  const [word] = /(?<!\S)(?:and|or)(?!\S)/i.exec(text) ?? [];
  if (mark === void 0 && word === void 0) return [];
  const wrong = mark === void 0 ? `the word \`${word ?? ""}\`` : `\`${mark === "`" ? "'" : mark}\``;
  return [
    (0,_chunk_F7JQXWIF_js__WEBPACK_IMPORTED_MODULE_2__/* .problem */ .CC)(
      `\`only-rows\` has ${wrong} in ${(0,_chunk_WH4TSCNU_js__WEBPACK_IMPORTED_MODULE_3__/* .shownValue */ .JJ)(text)}`,
      "It takes one column and its values, separated by commas. A value that contains `=`, `;`, a comma, brackets, quotation marks, `and`, or `or` stands in double quotation marks."
    )
  ];
}
function valueKey(text) {
  return text.normalize("NFC").replace(/\s+/g, " ").trim().toLowerCase();
}
function endsInValue({ keys, lengths }, cell) {
  const text = valueKey(cell);
  const ends = Array.from(lengths, (length) => [text.slice(0, length), text.slice(-length)]);
  return [text, ...ends.flat()].some((end) => keys.has(end));
}
function selectionOf(filter, title, cells) {
  const column = Map.groupBy(cells, valueKey);
  column.delete("");
  const counts = filter.values.slice(0, 50).map(({ text, key }) => `${(0,_chunk_WH4TSCNU_js__WEBPACK_IMPORTED_MODULE_3__/* .shownValue */ .JJ)(text)} ${(0,_chunk_F7JQXWIF_js__WEBPACK_IMPORTED_MODULE_2__/* .quantity */ .au)(column.get(key)?.length ?? 0, "row")}`);
  const note = `\`only-rows\` selects by ${(0,_chunk_WH4TSCNU_js__WEBPACK_IMPORTED_MODULE_3__/* .shownValue */ .JJ)(title)}: ${counts.join(", ")}.`;
  const texts = Array.from(column.values(), ([text = ""]) => text);
  const has = texts.length === 0 ? "no values" : `the values ${(0,_chunk_TPTSGRWD_js__WEBPACK_IMPORTED_MODULE_0__/* .shownValues */ .Q$)(texts)}`;
  const none = (0,_chunk_F7JQXWIF_js__WEBPACK_IMPORTED_MODULE_2__/* .problem */ .CC)("`only-rows` selects no row", `The column ${(0,_chunk_WH4TSCNU_js__WEBPACK_IMPORTED_MODULE_3__/* .shownValue */ .JJ)(title)} has ${has}.`);
  return {
    value: {
      notes: [note],
      ...!filter.values.some(({ key }) => column.has(key)) && { emptiness: none }
    },
    problems: doubtfulValues(filter, column)
  };
}
function doubtfulValues({ values }, column) {
  const bare = new Map(values.flatMap(({ text, key, isQuoted }) => isQuoted ? [] : [[key, text]]));
  const cells = Array.from(column, ([key, [text = ""]]) => ({ key, text }));
  const joined = cells.find(({ key }) => {
    const parts = key.split(",").map((part) => part.trim());
    return parts.length > 1 && parts.every((part) => bare.has(part));
  });
  if (joined !== void 0) {
    const what = `\`only-rows\` has ${(0,_chunk_WH4TSCNU_js__WEBPACK_IMPORTED_MODULE_3__/* .shownValue */ .JJ)(joined.text)} as several values, but that is one value of the column`;
    return [(0,_chunk_F7JQXWIF_js__WEBPACK_IMPORTED_MODULE_2__/* .problem */ .CC)(what, "Write it in double quotation marks, or each of the several ones.")];
  }
  const missing = Array.from(bare).filter(([key]) => key.length >= MIN_NEAR_LENGTH && !column.has(key));
  const meant = new Map(
    missing.flatMap(([key, text]) => variantsOf(key).map((variant) => [variant, text]))
  );
  const near = cells.flatMap(({ key, text }) => {
    const variants = meant.size === 0 || key.length > MAX_LENGTH + 1 ? [] : variantsOf(key);
    return variants.flatMap((variant) => meant.get(variant) ?? []).map((value) => [value, text]);
  });
  return Array.from(new Map(near), ([value, text]) => {
    const what = `\`only-rows\` selects ${(0,_chunk_WH4TSCNU_js__WEBPACK_IMPORTED_MODULE_3__/* .shownValue */ .JJ)(value)}, which no row has, but the column has ${(0,_chunk_WH4TSCNU_js__WEBPACK_IMPORTED_MODULE_3__/* .shownValue */ .JJ)(text)}`;
    return (0,_chunk_F7JQXWIF_js__WEBPACK_IMPORTED_MODULE_2__/* .problem */ .CC)(what, "Fix the value, or if it is right, write it in double quotation marks.");
  });
}
function variantsOf(text) {
  return [
    text,
    ...Array.from({ length: text.length }, (_none, place) => text.slice(0, place) + text.slice(place + 1))
  ];
}




/***/ }),

/***/ 200:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   AA: () => (/* binding */ refusedCharacter),
/* harmony export */   Bq: () => (/* binding */ trim),
/* harmony export */   Bu: () => (/* binding */ getDotPath),
/* harmony export */   E2: () => (/* binding */ finite),
/* harmony export */   Fs: () => (/* binding */ pipe),
/* harmony export */   Hl: () => (/* binding */ protectionKey),
/* harmony export */   IY: () => (/* binding */ addressKey),
/* harmony export */   Ik: () => (/* binding */ object),
/* harmony export */   KC: () => (/* binding */ union),
/* harmony export */   KI: () => (/* binding */ picklist),
/* harmony export */   L5: () => (/* binding */ unknown),
/* harmony export */   Mh: () => (/* binding */ addressesIn),
/* harmony export */   Np: () => (/* binding */ fallback),
/* harmony export */   OE: () => (/* binding */ parseEmailAddress),
/* harmony export */   Ru: () => (/* binding */ maxLength),
/* harmony export */   Ww: () => (/* binding */ minValue),
/* harmony export */   YO: () => (/* binding */ array),
/* harmony export */   Yj: () => (/* binding */ string),
/* harmony export */   Z6: () => (/* binding */ isEmailAddress),
/* harmony export */   ZE: () => (/* binding */ keyof),
/* harmony export */   ai: () => (/* binding */ number),
/* harmony export */   cl: () => (/* binding */ nullish),
/* harmony export */   hq: () => (/* binding */ nonEmpty),
/* harmony export */   is: () => (/* binding */ is),
/* harmony export */   lq: () => (/* binding */ optional),
/* harmony export */   me: () => (/* binding */ nullable),
/* harmony export */   nd: () => (/* binding */ integer),
/* harmony export */   pd: () => (/* binding */ transform),
/* harmony export */   q7: () => (/* binding */ keysIn),
/* harmony export */   qF: () => (/* binding */ parseJson),
/* harmony export */   qg: () => (/* binding */ parse),
/* harmony export */   rV: () => (/* binding */ getDefaults),
/* harmony export */   wk: () => (/* binding */ brand),
/* harmony export */   xL: () => (/* binding */ safeParse),
/* harmony export */   yG: () => (/* binding */ regex),
/* harmony export */   z6: () => (/* binding */ check),
/* harmony export */   zM: () => (/* binding */ boolean)
/* harmony export */ });
/* harmony import */ var _chunk_F7JQXWIF_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(783);
/* harmony import */ var _chunk_WH4TSCNU_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(379);
const require = process.getBuiltinModule;



// node_modules/valibot/dist/index.mjs
var store$4;
var DEFAULT_CONFIG = {
  lang: void 0,
  message: void 0,
  abortEarly: void 0,
  abortPipeEarly: void 0
};
// @__NO_SIDE_EFFECTS__
function getGlobalConfig(config$1) {
  if (!config$1 && !store$4) return DEFAULT_CONFIG;
  return {
    lang: config$1?.lang ?? store$4?.lang,
    message: config$1?.message,
    abortEarly: config$1?.abortEarly ?? store$4?.abortEarly,
    abortPipeEarly: config$1?.abortPipeEarly ?? store$4?.abortPipeEarly
  };
}
var store$3;
// @__NO_SIDE_EFFECTS__
function getGlobalMessage(lang) {
  return store$3?.get(lang);
}
var store$2;
// @__NO_SIDE_EFFECTS__
function getSchemaMessage(lang) {
  return store$2?.get(lang);
}
var store$1;
// @__NO_SIDE_EFFECTS__
function getSpecificMessage(reference, lang) {
  return store$1?.get(reference)?.get(lang);
}
// @__NO_SIDE_EFFECTS__
function _stringify(input) {
  const type = typeof input;
  if (type === "string") return `"${input}"`;
  if (type === "number" || type === "bigint" || type === "boolean") return `${input}`;
  if (type === "object" || type === "function") return (input && Object.getPrototypeOf(input)?.constructor?.name) ?? "null";
  return type;
}
function _addIssue(context, label, dataset, config$1, other) {
  const input = other && "input" in other ? other.input : dataset.value;
  const expected = other?.expected ?? context.expects ?? null;
  const received = other?.received ?? /* @__PURE__ */ _stringify(input);
  const issue = {
    kind: context.kind,
    type: context.type,
    input,
    expected,
    received,
    message: `Invalid ${label}: ${expected ? `Expected ${expected} but r` : "R"}eceived ${received}`,
    requirement: context.requirement,
    path: other?.path,
    issues: other?.issues,
    lang: config$1.lang,
    abortEarly: config$1.abortEarly,
    abortPipeEarly: config$1.abortPipeEarly
  };
  const isSchema = context.kind === "schema";
  const message$1 = other?.message ?? context.message ?? /* @__PURE__ */ getSpecificMessage(context.reference, issue.lang) ?? (isSchema ? /* @__PURE__ */ getSchemaMessage(issue.lang) : null) ?? config$1.message ?? /* @__PURE__ */ getGlobalMessage(issue.lang);
  if (message$1 !== void 0) issue.message = typeof message$1 === "function" ? message$1(issue) : message$1;
  if (isSchema) dataset.typed = false;
  if (dataset.issues) dataset.issues.push(issue);
  else dataset.issues = [issue];
}
// @__NO_SIDE_EFFECTS__
function _joinExpects(values$1, separator) {
  const list = [...new Set(values$1)];
  if (list.length > 1) return `(${list.join(` ${separator} `)})`;
  return list[0] ?? "never";
}
function _standardSchema(schema) {
  schema["~standard"] = {
    version: 1,
    vendor: "valibot",
    validate: (value$1) => schema["~run"]({ value: value$1 }, /* @__PURE__ */ getGlobalConfig())
  };
  return schema;
}
// @__NO_SIDE_EFFECTS__
function getDotPath(issue) {
  if (issue.path) {
    let key = "";
    for (const item of issue.path) if (typeof item.key === "string" || typeof item.key === "number") if (key) key += `.${item.key}`;
    else key += item.key;
    else return null;
    return key;
  }
  return null;
}
var ValiError = class extends Error {
  /**
  * Creates a Valibot error with useful information.
  *
  * @param issues The error issues.
  */
  constructor(issues) {
    super(issues[0].message);
    this.name = "ValiError";
    this.issues = issues;
  }
};
var EMOJI_REGEX = new RegExp("^(?:[\\u{1F1E6}-\\u{1F1FF}]{2}|\\u{1F3F4}[\\u{E0061}-\\u{E007A}]{2}[\\u{E0030}-\\u{E0039}\\u{E0061}-\\u{E007A}]{1,3}\\u{E007F}|(?:\\p{Emoji}\\uFE0F\\u20E3?|\\p{Emoji_Modifier_Base}\\p{Emoji_Modifier}?|(?![\\p{Emoji_Modifier_Base}\\u{1F1E6}-\\u{1F1FF}])\\p{Emoji_Presentation})(?:\\u200D(?:\\p{Emoji}\\uFE0F\\u20E3?|\\p{Emoji_Modifier_Base}\\p{Emoji_Modifier}?|(?![\\p{Emoji_Modifier_Base}\\u{1F1E6}-\\u{1F1FF}])\\p{Emoji_Presentation}))*)+$", "u");
// @__NO_SIDE_EFFECTS__
function brand(name) {
  return {
    kind: "transformation",
    type: "brand",
    reference: brand,
    async: false,
    name,
    "~run"(dataset) {
      return dataset;
    }
  };
}
// @__NO_SIDE_EFFECTS__
function check(requirement, message$1) {
  return {
    kind: "validation",
    type: "check",
    reference: check,
    async: false,
    expects: null,
    requirement,
    message: message$1,
    "~run"(dataset, config$1) {
      if (dataset.typed && !this.requirement(dataset.value)) _addIssue(this, "input", dataset, config$1);
      return dataset;
    }
  };
}
// @__NO_SIDE_EFFECTS__
function finite(message$1) {
  return {
    kind: "validation",
    type: "finite",
    reference: finite,
    async: false,
    expects: null,
    requirement: Number.isFinite,
    message: message$1,
    "~run"(dataset, config$1) {
      if (dataset.typed && !this.requirement(dataset.value)) _addIssue(this, "finite", dataset, config$1);
      return dataset;
    }
  };
}
// @__NO_SIDE_EFFECTS__
function integer(message$1) {
  return {
    kind: "validation",
    type: "integer",
    reference: integer,
    async: false,
    expects: null,
    requirement: Number.isInteger,
    message: message$1,
    "~run"(dataset, config$1) {
      if (dataset.typed && !this.requirement(dataset.value)) _addIssue(this, "integer", dataset, config$1);
      return dataset;
    }
  };
}
// @__NO_SIDE_EFFECTS__
function maxLength(requirement, message$1) {
  return {
    kind: "validation",
    type: "max_length",
    reference: maxLength,
    async: false,
    expects: `<=${requirement}`,
    requirement,
    message: message$1,
    "~run"(dataset, config$1) {
      if (dataset.typed && dataset.value.length > this.requirement) _addIssue(this, "length", dataset, config$1, { received: `${dataset.value.length}` });
      return dataset;
    }
  };
}
// @__NO_SIDE_EFFECTS__
function minValue(requirement, message$1) {
  return {
    kind: "validation",
    type: "min_value",
    reference: minValue,
    async: false,
    expects: `>=${requirement instanceof Date ? requirement.toJSON() : /* @__PURE__ */ _stringify(requirement)}`,
    requirement,
    message: message$1,
    "~run"(dataset, config$1) {
      if (dataset.typed && !(dataset.value >= this.requirement)) _addIssue(this, "value", dataset, config$1, { received: dataset.value instanceof Date ? dataset.value.toJSON() : /* @__PURE__ */ _stringify(dataset.value) });
      return dataset;
    }
  };
}
// @__NO_SIDE_EFFECTS__
function nonEmpty(message$1) {
  return {
    kind: "validation",
    type: "non_empty",
    reference: nonEmpty,
    async: false,
    expects: "!0",
    message: message$1,
    "~run"(dataset, config$1) {
      if (dataset.typed && dataset.value.length === 0) _addIssue(this, "length", dataset, config$1, { received: "0" });
      return dataset;
    }
  };
}
// @__NO_SIDE_EFFECTS__
function parseJson(config$1, message$1) {
  return {
    kind: "transformation",
    type: "parse_json",
    reference: parseJson,
    config: config$1,
    message: message$1,
    async: false,
    "~run"(dataset, config$2) {
      try {
        dataset.value = JSON.parse(dataset.value, this.config?.reviver);
      } catch (error) {
        if (error instanceof Error) {
          _addIssue(this, "JSON", dataset, config$2, { received: `"${error.message}"` });
          dataset.typed = false;
        } else throw error;
      }
      return dataset;
    }
  };
}
// @__NO_SIDE_EFFECTS__
function regex(requirement, message$1) {
  return {
    kind: "validation",
    type: "regex",
    reference: regex,
    async: false,
    expects: `${requirement}`,
    requirement,
    message: message$1,
    "~run"(dataset, config$1) {
      if (dataset.typed && !this.requirement.test(dataset.value)) _addIssue(this, "format", dataset, config$1);
      return dataset;
    }
  };
}
// @__NO_SIDE_EFFECTS__
function transform(operation) {
  return {
    kind: "transformation",
    type: "transform",
    reference: transform,
    async: false,
    operation,
    "~run"(dataset) {
      dataset.value = this.operation(dataset.value);
      return dataset;
    }
  };
}
// @__NO_SIDE_EFFECTS__
function trim() {
  return {
    kind: "transformation",
    type: "trim",
    reference: trim,
    async: false,
    "~run"(dataset) {
      dataset.value = dataset.value.trim();
      return dataset;
    }
  };
}
var ABORT_EARLY_CONFIG = { abortEarly: true };
// @__NO_SIDE_EFFECTS__
function getFallback(schema, dataset, config$1) {
  return typeof schema.fallback === "function" ? schema.fallback(dataset, config$1) : schema.fallback;
}
// @__NO_SIDE_EFFECTS__
function fallback(schema, fallback$1) {
  return _standardSchema({
    ...schema,
    fallback: fallback$1,
    "~run"(dataset, config$1) {
      const outputDataset = schema["~run"](dataset, config$1);
      return outputDataset.issues ? {
        typed: true,
        value: /* @__PURE__ */ getFallback(this, outputDataset, config$1)
      } : outputDataset;
    }
  });
}
// @__NO_SIDE_EFFECTS__
function getDefault(schema, dataset, config$1) {
  return typeof schema.default === "function" ? schema.default(dataset, config$1) : schema.default;
}
// @__NO_SIDE_EFFECTS__
function getDefaults(schema) {
  if ("entries" in schema) {
    const object$1 = {};
    for (const key in schema.entries) object$1[key] = /* @__PURE__ */ getDefaults(schema.entries[key]);
    return object$1;
  }
  if ("items" in schema) return schema.items.map(getDefaults);
  return /* @__PURE__ */ getDefault(schema);
}
// @__NO_SIDE_EFFECTS__
function is(schema, input) {
  return !schema["~run"]({ value: input }, ABORT_EARLY_CONFIG).issues;
}
// @__NO_SIDE_EFFECTS__
function array(item, message$1) {
  return _standardSchema({
    kind: "schema",
    type: "array",
    reference: array,
    expects: "Array",
    async: false,
    item,
    message: message$1,
    "~run"(dataset, config$1) {
      const input = dataset.value;
      if (Array.isArray(input)) {
        dataset.typed = true;
        dataset.value = [];
        for (let key = 0; key < input.length; key++) {
          const value$1 = input[key];
          const itemDataset = this.item["~run"]({ value: value$1 }, config$1);
          if (itemDataset.issues) {
            const pathItem = {
              type: "array",
              origin: "value",
              input,
              key,
              value: value$1
            };
            for (const issue of itemDataset.issues) {
              if (issue.path) issue.path.unshift(pathItem);
              else issue.path = [pathItem];
              dataset.issues?.push(issue);
            }
            if (!dataset.issues) dataset.issues = itemDataset.issues;
            if (config$1.abortEarly) {
              dataset.typed = false;
              break;
            }
          }
          if (!itemDataset.typed) dataset.typed = false;
          dataset.value.push(itemDataset.value);
        }
      } else _addIssue(this, "type", dataset, config$1);
      return dataset;
    }
  });
}
// @__NO_SIDE_EFFECTS__
function boolean(message$1) {
  return _standardSchema({
    kind: "schema",
    type: "boolean",
    reference: boolean,
    expects: "boolean",
    async: false,
    message: message$1,
    "~run"(dataset, config$1) {
      if (typeof dataset.value === "boolean") dataset.typed = true;
      else _addIssue(this, "type", dataset, config$1);
      return dataset;
    }
  });
}
// @__NO_SIDE_EFFECTS__
function nullable(wrapped, default_) {
  return _standardSchema({
    kind: "schema",
    type: "nullable",
    reference: nullable,
    expects: `(${wrapped.expects} | null)`,
    async: false,
    wrapped,
    default: default_,
    "~run"(dataset, config$1) {
      if (dataset.value === null) {
        if (this.default !== void 0) dataset.value = /* @__PURE__ */ getDefault(this, dataset, config$1);
        if (dataset.value === null) {
          dataset.typed = true;
          return dataset;
        }
      }
      return this.wrapped["~run"](dataset, config$1);
    }
  });
}
// @__NO_SIDE_EFFECTS__
function nullish(wrapped, default_) {
  return _standardSchema({
    kind: "schema",
    type: "nullish",
    reference: nullish,
    expects: `(${wrapped.expects} | null | undefined)`,
    async: false,
    wrapped,
    default: default_,
    "~run"(dataset, config$1) {
      if (dataset.value === null || dataset.value === void 0) {
        if (this.default !== void 0) dataset.value = /* @__PURE__ */ getDefault(this, dataset, config$1);
        if (dataset.value === null || dataset.value === void 0) {
          dataset.typed = true;
          return dataset;
        }
      }
      return this.wrapped["~run"](dataset, config$1);
    }
  });
}
// @__NO_SIDE_EFFECTS__
function number(message$1) {
  return _standardSchema({
    kind: "schema",
    type: "number",
    reference: number,
    expects: "number",
    async: false,
    message: message$1,
    "~run"(dataset, config$1) {
      if (typeof dataset.value === "number" && !isNaN(dataset.value)) dataset.typed = true;
      else _addIssue(this, "type", dataset, config$1);
      return dataset;
    }
  });
}
// @__NO_SIDE_EFFECTS__
function object(entries$1, message$1) {
  return _standardSchema({
    kind: "schema",
    type: "object",
    reference: object,
    expects: "Object",
    async: false,
    entries: entries$1,
    message: message$1,
    "~run"(dataset, config$1) {
      const input = dataset.value;
      if (input && typeof input === "object") {
        dataset.typed = true;
        dataset.value = {};
        for (const key in this.entries) {
          const valueSchema = this.entries[key];
          if (key in input || (valueSchema.type === "exact_optional" || valueSchema.type === "optional" || valueSchema.type === "nullish") && valueSchema.default !== void 0) {
            const value$1 = key in input ? input[key] : /* @__PURE__ */ getDefault(valueSchema);
            const valueDataset = valueSchema["~run"]({ value: value$1 }, config$1);
            if (valueDataset.issues) {
              const pathItem = {
                type: "object",
                origin: "value",
                input,
                key,
                value: value$1
              };
              for (const issue of valueDataset.issues) {
                if (issue.path) issue.path.unshift(pathItem);
                else issue.path = [pathItem];
                dataset.issues?.push(issue);
              }
              if (!dataset.issues) dataset.issues = valueDataset.issues;
              if (config$1.abortEarly) {
                dataset.typed = false;
                break;
              }
            }
            if (!valueDataset.typed) dataset.typed = false;
            dataset.value[key] = valueDataset.value;
          } else if (valueSchema.fallback !== void 0) dataset.value[key] = /* @__PURE__ */ getFallback(valueSchema);
          else if (valueSchema.type !== "exact_optional" && valueSchema.type !== "optional" && valueSchema.type !== "nullish") {
            _addIssue(this, "key", dataset, config$1, {
              input: void 0,
              expected: `"${key}"`,
              path: [{
                type: "object",
                origin: "key",
                input,
                key,
                value: input[key]
              }]
            });
            if (config$1.abortEarly) break;
          }
        }
      } else _addIssue(this, "type", dataset, config$1);
      return dataset;
    }
  });
}
// @__NO_SIDE_EFFECTS__
function optional(wrapped, default_) {
  return _standardSchema({
    kind: "schema",
    type: "optional",
    reference: optional,
    expects: `(${wrapped.expects} | undefined)`,
    async: false,
    wrapped,
    default: default_,
    "~run"(dataset, config$1) {
      if (dataset.value === void 0) {
        if (this.default !== void 0) dataset.value = /* @__PURE__ */ getDefault(this, dataset, config$1);
        if (dataset.value === void 0) {
          dataset.typed = true;
          return dataset;
        }
      }
      return this.wrapped["~run"](dataset, config$1);
    }
  });
}
// @__NO_SIDE_EFFECTS__
function picklist(options, message$1) {
  return _standardSchema({
    kind: "schema",
    type: "picklist",
    reference: picklist,
    expects: /* @__PURE__ */ _joinExpects(options.map(_stringify), "|"),
    async: false,
    options,
    message: message$1,
    "~run"(dataset, config$1) {
      if (this.options.includes(dataset.value)) dataset.typed = true;
      else _addIssue(this, "type", dataset, config$1);
      return dataset;
    }
  });
}
// @__NO_SIDE_EFFECTS__
function string(message$1) {
  return _standardSchema({
    kind: "schema",
    type: "string",
    reference: string,
    expects: "string",
    async: false,
    message: message$1,
    "~run"(dataset, config$1) {
      if (typeof dataset.value === "string") dataset.typed = true;
      else _addIssue(this, "type", dataset, config$1);
      return dataset;
    }
  });
}
// @__NO_SIDE_EFFECTS__
function _subIssues(datasets) {
  let issues;
  if (datasets) for (const dataset of datasets) if (issues) for (const issue of dataset.issues) issues.push(issue);
  else issues = dataset.issues;
  return issues;
}
// @__NO_SIDE_EFFECTS__
function union(options, message$1) {
  return _standardSchema({
    kind: "schema",
    type: "union",
    reference: union,
    expects: /* @__PURE__ */ _joinExpects(options.map((option) => option.expects), "|"),
    async: false,
    options,
    message: message$1,
    "~run"(dataset, config$1) {
      let validDataset;
      let typedDatasets;
      let untypedDatasets;
      for (const schema of this.options) {
        const optionDataset = schema["~run"]({ value: dataset.value }, config$1);
        if (optionDataset.typed) if (optionDataset.issues) if (typedDatasets) typedDatasets.push(optionDataset);
        else typedDatasets = [optionDataset];
        else {
          validDataset = optionDataset;
          break;
        }
        else if (untypedDatasets) untypedDatasets.push(optionDataset);
        else untypedDatasets = [optionDataset];
      }
      if (validDataset) return validDataset;
      if (typedDatasets) {
        if (typedDatasets.length === 1) return typedDatasets[0];
        _addIssue(this, "type", dataset, config$1, { issues: /* @__PURE__ */ _subIssues(typedDatasets) });
        dataset.typed = true;
      } else if (untypedDatasets?.length === 1) return untypedDatasets[0];
      else _addIssue(this, "type", dataset, config$1, { issues: /* @__PURE__ */ _subIssues(untypedDatasets) });
      return dataset;
    }
  });
}
// @__NO_SIDE_EFFECTS__
function unknown() {
  return _standardSchema({
    kind: "schema",
    type: "unknown",
    reference: unknown,
    expects: "unknown",
    async: false,
    "~run"(dataset) {
      dataset.typed = true;
      return dataset;
    }
  });
}
// @__NO_SIDE_EFFECTS__
function keyof(schema, message$1) {
  return /* @__PURE__ */ picklist(Object.keys(schema.entries), message$1);
}
function parse(schema, input, config$1) {
  const dataset = schema["~run"]({ value: input }, /* @__PURE__ */ getGlobalConfig(config$1));
  if (dataset.issues) throw new ValiError(dataset.issues);
  return dataset.value;
}
// @__NO_SIDE_EFFECTS__
function pipe(...pipe$1) {
  return _standardSchema({
    ...pipe$1[0],
    pipe: pipe$1,
    "~run"(dataset, config$1) {
      for (const item of pipe$1) if (item.kind !== "metadata") {
        if (dataset.issues && (item.kind === "schema" || item.kind === "transformation")) {
          dataset.typed = false;
          break;
        }
        if (!dataset.issues || !config$1.abortEarly && !config$1.abortPipeEarly) dataset = item["~run"](dataset, config$1);
      }
      return dataset;
    }
  });
}
// @__NO_SIDE_EFFECTS__
function safeParse(schema, input, config$1) {
  const dataset = schema["~run"]({ value: input }, /* @__PURE__ */ getGlobalConfig(config$1));
  return {
    typed: dataset.typed,
    success: !dataset.issues,
    output: dataset.value,
    issues: dataset.issues
  };
}

// src/text/email-address.ts
var EmailAddress = pipe(string(), brand("EmailAddress"));
var MAX_LENGTH = 254;
function parseEmailAddress(text) {
  const composed = text.length > MAX_LENGTH ? text : composedMarks(text);
  const [is2, remedy] = mistakeIn(composed) ?? [];
  return is2 === void 0 ? parse(EmailAddress, composed) : (0,_chunk_F7JQXWIF_js__WEBPACK_IMPORTED_MODULE_0__/* .problem */ .CC)(`${(0,_chunk_WH4TSCNU_js__WEBPACK_IMPORTED_MODULE_1__/* .shownValue */ .JJ)(text)} ${is2}`, remedy);
}
function isEmailAddress(text) {
  return text.includes("@") && typeof parseEmailAddress(text) === "string";
}
function addressesIn(text) {
  return text.split(/[\s<>()[\]\\,;:"]/).filter((word) => /[^@]@[^@]/.test(word));
}
function composedMarks(text) {
  return (0,_chunk_WH4TSCNU_js__WEBPACK_IMPORTED_MODULE_1__/* .isAscii */ .ER)(text) ? text : text.replace(new RegExp("\\P{M}\\p{M}+", "gu"), (letter) => letter.normalize("NFC"));
}
function addressKey(email) {
  return email.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
function keysIn(text) {
  return Array.from(new Set(addressesIn(text).map(addressKey)));
}
function protectionKey(email) {
  return email.normalize("NFKC").toLowerCase();
}
var ALONE = "Write only the address.";
var SEPARATELY = "Give each address a line or an entry of its own.";
var PASTED = [
  [/^_no response_$/i, "is an empty field of an issue form", "Write the address in that field."],
  [/^@\{/, "is an object as PowerShell writes it", "Use `ConvertTo-Json`, or write only the address."],
  [/#EXT#/i, "is the name of a guest in Entra", "Use the address, which is in another column, `mail`."],
  [/^(?:https?|ftp):\/\//i, "is a URL", "Write an address."],
  [/&(?:[a-z]{2,8}|#\w{2,7});|<[/a-z][^@>:]{0,99}[=>]/i, "contains HTML", ALONE],
  [/[[\]]|<mailto:|^`.*`$/, "contains a link, brackets, or backticks, as in Markdown, Slack, or Jira", ALONE],
  [/^(?:[-+*]|\d{1,5}[.)])\s/, "begins with the mark of a list", `Remove it. ${SEPARATELY}`],
  [/\*/, "contains a `*`", "Wildcards are not supported, so list every address."],
  [/^[^@]*@[^@\s,;|/&]*[\s,;|/&][^@]*@/, "contains several addresses", SEPARATELY],
  [/^(?:mailto|smtp|sip|e-?mail|to|cc):/i, "begins with a label like `mailto:`", ALONE],
  [/[<>]/, "contains angle brackets", "Write only the address that is between them."],
  [/^["']|["']$/, "begins or ends with a quotation mark", "Remove it."],
  [/^=/, "begins with `=`, as a formula does", "Remove it."],
  [/[\s;]/, "contains white space or a semicolon", `${ALONE} ${SEPARATELY}`],
  [/[.!?)]$/, "ends with a punctuation mark", "Remove it."]
];
function mistakeIn(text) {
  if (text.length > MAX_LENGTH)
    return [`is longer than an address can be (${MAX_LENGTH} characters)`, SEPARATELY];
  const cause = (0,_chunk_WH4TSCNU_js__WEBPACK_IMPORTED_MODULE_1__/* .unexpandedCause */ .U2)(text);
  if (cause !== void 0) return [cause, "Write it as an expression like `${{ inputs.email }}`."];
  const refused = refusedCharacter(text);
  if (refused !== void 0)
    return [`contains ${refused}, which no address has`, "Type the address instead of pasting it."];
  const pasted = PASTED.find(([pattern]) => pattern.test(text));
  if (pasted !== void 0) return [pasted[1], pasted[2]];
  const [, domain] = /^[^@",:()\\]+@([^@]*)$/.exec(text) ?? [];
  if (domain === void 0) return ["is not an email address like user@example.com"];
  if (/^\.|\.@|\.\.[^@]*@/.test(text))
    return ["has a dot at an end of the part before the @, or two in a row"];
  const invalid = /[^\dA-Za-z.\u0080-\u{10FFFF}-]/u.exec(domain)?.[0];
  if (invalid !== void 0) return [`has an invalid character in the domain (${invalid})`];
  const isComplete = /^[^.-](?:[^.]*[^.-])?(?:\.[^.-](?:[^.]*[^.-])?)+$/u.test(domain);
  return isComplete && !/\.(?:\d+|.)$/u.test(domain) ? void 0 : ["has no complete domain like example.com after the @"];
}
function refusedCharacter(text) {
  if ((0,_chunk_WH4TSCNU_js__WEBPACK_IMPORTED_MODULE_1__/* .isAscii */ .ER)(text)) return void 0;
  const refused = new RegExp("(?![\\x20-\\x7e])(?:[\\u02B0-\\u02FF]|\\p{Default_Ignorable_Code_Point}|[^\\p{L}\\p{M}\\p{Nd}])", "u");
  const [found] = refused.exec(text) ?? [];
  return found === void 0 ? void 0 : (0,_chunk_WH4TSCNU_js__WEBPACK_IMPORTED_MODULE_1__/* .codePointName */ .R8)(found);
}




/***/ }),

/***/ 616:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Q$: () => (/* binding */ shownValues),
/* harmony export */   Sd: () => (/* binding */ MAX_ENTRIES),
/* harmony export */   VV: () => (/* binding */ placeIn),
/* harmony export */   n3: () => (/* binding */ toldOnce)
/* harmony export */ });
/* harmony import */ var _chunk_F7JQXWIF_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(783);
/* harmony import */ var _chunk_WH4TSCNU_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(379);
const require = process.getBuiltinModule;



// src/users/list.ts
var MAX_ENTRIES = 25e3;
function placeIn(list, line) {
  return { ...list, source: `${list.source}:${line}`, line };
}
function shownValues(texts) {
  return withMore(texts.slice(0, 50).map(_chunk_WH4TSCNU_js__WEBPACK_IMPORTED_MODULE_1__/* .shownValue */ .JJ), texts.length);
}
function withMore(shown, count) {
  const more = count - shown.length;
  return `${shown.join(", ")}${more > 0 ? `, and ${(0,_chunk_F7JQXWIF_js__WEBPACK_IMPORTED_MODULE_0__/* .grouped */ .zD)(more)} more` : ""}`;
}
var [MAX_ALIKE, MAX_NUMBERS] = [5, 10];
function toldOnce(problems) {
  const rowOf = ({ at }) => /:(\d+)$/.exec(at?.source ?? "")?.[1];
  const kindOf = ({ what, at }) => `${at?.source ?? ""} ${what}`.replace(/"[^"]*"|\d+/g, "");
  const groups = Map.groupBy(problems, kindOf);
  return problems.flatMap((found) => {
    const alike = groups.get(kindOf(found)) ?? [];
    if (alike.length <= MAX_ALIKE || rowOf(found) === void 0) return [found];
    const rows = alike.slice(0, MAX_NUMBERS).flatMap((one) => rowOf(one) ?? []);
    const text = `${(0,_chunk_F7JQXWIF_js__WEBPACK_IMPORTED_MODULE_0__/* .quantity */ .au)(alike.length, "such row")}: ${withMore(rows, alike.length)}`;
    return found === alike[0] ? [{ ...found, what: `${found.what} (${text})` }] : [];
  });
}




/***/ }),

/***/ 379:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Dm: () => (/* binding */ UNEVALUATED),
/* harmony export */   ER: () => (/* binding */ isAscii),
/* harmony export */   JJ: () => (/* binding */ shownValue),
/* harmony export */   Jj: () => (/* binding */ cut),
/* harmony export */   Nt: () => (/* binding */ inQuotes),
/* harmony export */   Pv: () => (/* binding */ looksLikeCredential),
/* harmony export */   R$: () => (/* binding */ addressMask),
/* harmony export */   R8: () => (/* binding */ codePointName),
/* harmony export */   S3: () => (/* binding */ itemsOf),
/* harmony export */   U2: () => (/* binding */ unexpandedCause),
/* harmony export */   jz: () => (/* binding */ similarName),
/* harmony export */   vI: () => (/* binding */ shortened),
/* harmony export */   wh: () => (/* binding */ plainText)
/* harmony export */ });
const require = process.getBuiltinModule;

// src/text/plain-text.ts
function isAscii(text) {
  return /^[\x20-\x7e]*$/.test(text);
}
function plainText(text) {
  const escaped = (character) => `\\u{${codePointName(character).slice(2)}}`;
  const visible = isAscii(text) ? text : text.replace(/\r\n|[\n\r]/g, " ").replace(/[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/gu, escaped);
  return visible.replaceAll("##[", "## [").replace(/^\s*::/, ": :");
}
var CUT_WORD = /(?:[^\s@<>()[\]\\,;:"]|\uFEFF){1,256}$/;
function shortened(text, length) {
  if (text.length <= length) return text;
  return withEllipsis(text.slice(0, length - 1).replace(CUT_WORD, ""));
}
function cut(text, length) {
  return text.length <= length ? text : withEllipsis(text.slice(0, length - 1));
}
function itemsOf(text) {
  return text.split(/[,\n\r]/).map((item) => item.trim()).filter((item) => item !== "");
}
function withEllipsis(text) {
  return `${Buffer.from(text).toString()}\u2026`;
}
function inQuotes(text) {
  return `"${text.replaceAll('"', String.raw`\u{0022}`)}"`;
}
var MAX_SHOWN_LENGTH = 80;
function shownValue(text) {
  return looksLikeCredential(text) ? "something that looks like a credential" : inQuotes(shortened(text, MAX_SHOWN_LENGTH));
}
function looksLikeCredential(text) {
  return /cf(?:ut|at|k|oat)_/.test(text);
}
function codePointName(text) {
  return `U+${(text.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}
var LOCAL_WORD = /(?:[^\s@<>()[\]\\,;:"]|\uFEFF)+@?/gu;
var LOCAL_PART = /^([^])[^]*(?:@|%(?:25)*40)/u;
var NAME_OF_VALUE = /^(?:(?:env|github|inputs|matrix|needs|secrets|steps|vars)\.[\w.-]+|\$\w+|\$\{\w+\})$/;
var UNEVALUATED = /^\$?\{\{[^]*\}\}$/;
function unexpandedCause(text) {
  if (NAME_OF_VALUE.test(text)) return "is the name of a value, not the value";
  if (!UNEVALUATED.test(text)) return void 0;
  return text.startsWith("$") ? "is an expression that was not evaluated, because it comes from where GitHub evaluates nothing, such as a payload" : "is an expression without its `$`";
}
async function similarName(name, candidates) {
  const { closest, distance } = await __nccwpck_require__.e(/* import() */ 117).then(__nccwpck_require__.bind(__nccwpck_require__, 117));
  const nearest = closest(name, candidates);
  const most = nearest.length < 6 ? 1 : 2;
  return distance(name, nearest) <= most ? nearest : void 0;
}
function addressMask(masked) {
  return (text) => masked ? text.replace(LOCAL_WORD, (word) => word.replace(LOCAL_PART, "$1***@")) : text;
}




/***/ }),

/***/ 986:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

// ESM COMPAT FLAG
__nccwpck_require__.r(__webpack_exports__);

// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  main: () => (/* binding */ main)
});

// EXTERNAL MODULE: ./.build/chunk-2MRKE53B.js + 1 modules
var chunk_2MRKE53B = __nccwpck_require__(404);
// EXTERNAL MODULE: ./.build/chunk-MUZZZ2C3.js
var chunk_MUZZZ2C3 = __nccwpck_require__(835);
// EXTERNAL MODULE: ./.build/chunk-TPTSGRWD.js
var chunk_TPTSGRWD = __nccwpck_require__(616);
// EXTERNAL MODULE: ./.build/chunk-TGKH6P6W.js
var chunk_TGKH6P6W = __nccwpck_require__(200);
// EXTERNAL MODULE: ./.build/chunk-F7JQXWIF.js
var chunk_F7JQXWIF = __nccwpck_require__(783);
// EXTERNAL MODULE: ./.build/chunk-WH4TSCNU.js
var chunk_WH4TSCNU = __nccwpck_require__(379);
// EXTERNAL MODULE: ./.build/chunk-H2FQH4YD.js
var chunk_H2FQH4YD = __nccwpck_require__(229);
;// CONCATENATED MODULE: external "node:http"
const external_node_http_namespaceObject = require("node:http");
;// CONCATENATED MODULE: external "node:https"
const external_node_https_namespaceObject = require("node:https");
;// CONCATENATED MODULE: external "http"
const external_http_namespaceObject = require("http");
;// CONCATENATED MODULE: external "https"
const external_https_namespaceObject = require("https");
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __nccwpck_require__(975);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(24);
// EXTERNAL MODULE: external "os"
var external_os_ = __nccwpck_require__(857);
var external_os_default = /*#__PURE__*/__nccwpck_require__.n(external_os_);
// EXTERNAL MODULE: external "fs"
var external_fs_ = __nccwpck_require__(896);
;// CONCATENATED MODULE: external "node:buffer"
const external_node_buffer_namespaceObject = require("node:buffer");
;// CONCATENATED MODULE: external "node:crypto"
const external_node_crypto_namespaceObject = require("node:crypto");
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(760);
// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __nccwpck_require__(500);
;// CONCATENATED MODULE: ./.build/src/main.js
const main_require = process.getBuiltinModule;








// node_modules/tunnel/lib/tunnel.js
var require_tunnel = (0,chunk_H2FQH4YD/* __commonJS */.P$)({
  "node_modules/tunnel/lib/tunnel.js"(exports) {
    "use strict";
    var net = (0,chunk_H2FQH4YD/* __require */.ki)("net");
    var tls = (0,chunk_H2FQH4YD/* __require */.ki)("tls");
    var http3 = (0,chunk_H2FQH4YD/* __require */.ki)("http");
    var https3 = (0,chunk_H2FQH4YD/* __require */.ki)("https");
    var events = (0,chunk_H2FQH4YD/* __require */.ki)("events");
    var assert = (0,chunk_H2FQH4YD/* __require */.ki)("assert");
    var util = (0,chunk_H2FQH4YD/* __require */.ki)("util");
    exports.httpOverHttp = httpOverHttp2;
    exports.httpsOverHttp = httpsOverHttp2;
    exports.httpOverHttps = httpOverHttps2;
    exports.httpsOverHttps = httpsOverHttps2;
    function httpOverHttp2(options) {
      var agent = new TunnelingAgent(options);
      agent.request = http3.request;
      return agent;
    }
    function httpsOverHttp2(options) {
      var agent = new TunnelingAgent(options);
      agent.request = http3.request;
      agent.createSocket = createSecureSocket;
      agent.defaultPort = 443;
      return agent;
    }
    function httpOverHttps2(options) {
      var agent = new TunnelingAgent(options);
      agent.request = https3.request;
      return agent;
    }
    function httpsOverHttps2(options) {
      var agent = new TunnelingAgent(options);
      agent.request = https3.request;
      agent.createSocket = createSecureSocket;
      agent.defaultPort = 443;
      return agent;
    }
    function TunnelingAgent(options) {
      var self = this;
      self.options = options || {};
      self.proxyOptions = self.options.proxy || {};
      self.maxSockets = self.options.maxSockets || http3.Agent.defaultMaxSockets;
      self.requests = [];
      self.sockets = [];
      self.on("free", function onFree(socket, host, port, localAddress) {
        var options2 = toOptions(host, port, localAddress);
        for (var i = 0, len = self.requests.length; i < len; ++i) {
          var pending = self.requests[i];
          if (pending.host === options2.host && pending.port === options2.port) {
            self.requests.splice(i, 1);
            pending.request.onSocket(socket);
            return;
          }
        }
        socket.destroy();
        self.removeSocket(socket);
      });
    }
    util.inherits(TunnelingAgent, events.EventEmitter);
    TunnelingAgent.prototype.addRequest = function addRequest(req, host, port, localAddress) {
      var self = this;
      var options = mergeOptions({ request: req }, self.options, toOptions(host, port, localAddress));
      if (self.sockets.length >= this.maxSockets) {
        self.requests.push(options);
        return;
      }
      self.createSocket(options, function(socket) {
        socket.on("free", onFree);
        socket.on("close", onCloseOrRemove);
        socket.on("agentRemove", onCloseOrRemove);
        req.onSocket(socket);
        function onFree() {
          self.emit("free", socket, options);
        }
        function onCloseOrRemove(err) {
          self.removeSocket(socket);
          socket.removeListener("free", onFree);
          socket.removeListener("close", onCloseOrRemove);
          socket.removeListener("agentRemove", onCloseOrRemove);
        }
      });
    };
    TunnelingAgent.prototype.createSocket = function createSocket(options, cb) {
      var self = this;
      var placeholder = {};
      self.sockets.push(placeholder);
      var connectOptions = mergeOptions({}, self.proxyOptions, {
        method: "CONNECT",
        path: options.host + ":" + options.port,
        agent: false,
        headers: {
          host: options.host + ":" + options.port
        }
      });
      if (options.localAddress) {
        connectOptions.localAddress = options.localAddress;
      }
      if (connectOptions.proxyAuth) {
        connectOptions.headers = connectOptions.headers || {};
        connectOptions.headers["Proxy-Authorization"] = "Basic " + new Buffer(connectOptions.proxyAuth).toString("base64");
      }
      debug2("making CONNECT request");
      var connectReq = self.request(connectOptions);
      connectReq.useChunkedEncodingByDefault = false;
      connectReq.once("response", onResponse);
      connectReq.once("upgrade", onUpgrade);
      connectReq.once("connect", onConnect);
      connectReq.once("error", onError);
      connectReq.end();
      function onResponse(res) {
        res.upgrade = true;
      }
      function onUpgrade(res, socket, head) {
        process.nextTick(function() {
          onConnect(res, socket, head);
        });
      }
      function onConnect(res, socket, head) {
        connectReq.removeAllListeners();
        socket.removeAllListeners();
        if (res.statusCode !== 200) {
          debug2(
            "tunneling socket could not be established, statusCode=%d",
            res.statusCode
          );
          socket.destroy();
          var error2 = new Error("tunneling socket could not be established, statusCode=" + res.statusCode);
          error2.code = "ECONNRESET";
          options.request.emit("error", error2);
          self.removeSocket(placeholder);
          return;
        }
        if (head.length > 0) {
          debug2("got illegal response body from proxy");
          socket.destroy();
          var error2 = new Error("got illegal response body from proxy");
          error2.code = "ECONNRESET";
          options.request.emit("error", error2);
          self.removeSocket(placeholder);
          return;
        }
        debug2("tunneling connection has established");
        self.sockets[self.sockets.indexOf(placeholder)] = socket;
        return cb(socket);
      }
      function onError(cause) {
        connectReq.removeAllListeners();
        debug2(
          "tunneling socket could not be established, cause=%s\n",
          cause.message,
          cause.stack
        );
        var error2 = new Error("tunneling socket could not be established, cause=" + cause.message);
        error2.code = "ECONNRESET";
        options.request.emit("error", error2);
        self.removeSocket(placeholder);
      }
    };
    TunnelingAgent.prototype.removeSocket = function removeSocket(socket) {
      var pos = this.sockets.indexOf(socket);
      if (pos === -1) {
        return;
      }
      this.sockets.splice(pos, 1);
      var pending = this.requests.shift();
      if (pending) {
        this.createSocket(pending, function(socket2) {
          pending.request.onSocket(socket2);
        });
      }
    };
    function createSecureSocket(options, cb) {
      var self = this;
      TunnelingAgent.prototype.createSocket.call(self, options, function(socket) {
        var hostHeader = options.request.getHeader("host");
        var tlsOptions = mergeOptions({}, self.options, {
          socket,
          servername: hostHeader ? hostHeader.replace(/:.*$/, "") : options.host
        });
        var secureSocket = tls.connect(0, tlsOptions);
        self.sockets[self.sockets.indexOf(socket)] = secureSocket;
        cb(secureSocket);
      });
    }
    function toOptions(host, port, localAddress) {
      if (typeof host === "string") {
        return {
          host,
          port,
          localAddress
        };
      }
      return host;
    }
    function mergeOptions(target) {
      for (var i = 1, len = arguments.length; i < len; ++i) {
        var overrides = arguments[i];
        if (typeof overrides === "object") {
          var keys = Object.keys(overrides);
          for (var j = 0, keyLen = keys.length; j < keyLen; ++j) {
            var k = keys[j];
            if (overrides[k] !== void 0) {
              target[k] = overrides[k];
            }
          }
        }
      }
      return target;
    }
    var debug2;
    if (process.env.NODE_DEBUG && /\btunnel\b/.test(process.env.NODE_DEBUG)) {
      debug2 = function() {
        var args = Array.prototype.slice.call(arguments);
        if (typeof args[0] === "string") {
          args[0] = "TUNNEL: " + args[0];
        } else {
          args.unshift("TUNNEL:");
        }
        console.error.apply(console, args);
      };
    } else {
      debug2 = function() {
      };
    }
    exports.debug = debug2;
  }
});

// node_modules/tunnel/index.js
var require_tunnel2 = (0,chunk_H2FQH4YD/* __commonJS */.P$)({
  "node_modules/tunnel/index.js"(exports, module) {
    module.exports = require_tunnel();
  }
});

// src/cloudflare/http-exchange.ts



// node_modules/@actions/http-client/lib/index.js



// node_modules/@actions/http-client/lib/proxy.js
function getProxyUrl(reqUrl) {
  const usingSsl = reqUrl.protocol === "https:";
  if (checkBypass(reqUrl)) {
    return void 0;
  }
  const proxyVar = (() => {
    if (usingSsl) {
      return process.env["https_proxy"] || process.env["HTTPS_PROXY"];
    } else {
      return process.env["http_proxy"] || process.env["HTTP_PROXY"];
    }
  })();
  if (proxyVar) {
    try {
      return new DecodedURL(proxyVar);
    } catch (_a) {
      if (!proxyVar.startsWith("http://") && !proxyVar.startsWith("https://"))
        return new DecodedURL(`http://${proxyVar}`);
    }
  } else {
    return void 0;
  }
}
function checkBypass(reqUrl) {
  if (!reqUrl.hostname) {
    return false;
  }
  const reqHost = reqUrl.hostname;
  if (isLoopbackAddress(reqHost)) {
    return true;
  }
  const noProxy = process.env["no_proxy"] || process.env["NO_PROXY"] || "";
  if (!noProxy) {
    return false;
  }
  let reqPort;
  if (reqUrl.port) {
    reqPort = Number(reqUrl.port);
  } else if (reqUrl.protocol === "http:") {
    reqPort = 80;
  } else if (reqUrl.protocol === "https:") {
    reqPort = 443;
  }
  const upperReqHosts = [reqUrl.hostname.toUpperCase()];
  if (typeof reqPort === "number") {
    upperReqHosts.push(`${upperReqHosts[0]}:${reqPort}`);
  }
  for (const upperNoProxyItem of noProxy.split(",").map((x) => x.trim().toUpperCase()).filter((x) => x)) {
    if (upperNoProxyItem === "*" || upperReqHosts.some((x) => x === upperNoProxyItem || x.endsWith(`.${upperNoProxyItem}`) || upperNoProxyItem.startsWith(".") && x.endsWith(`${upperNoProxyItem}`))) {
      return true;
    }
  }
  return false;
}
function isLoopbackAddress(host) {
  const hostLower = host.toLowerCase();
  return hostLower === "localhost" || hostLower.startsWith("127.") || hostLower.startsWith("[::1]") || hostLower.startsWith("[0:0:0:0:0:0:0:1]");
}
var DecodedURL = class extends URL {
  constructor(url, base) {
    super(url, base);
    this._decodedUsername = decodeURIComponent(super.username);
    this._decodedPassword = decodeURIComponent(super.password);
  }
  get username() {
    return this._decodedUsername;
  }
  get password() {
    return this._decodedPassword;
  }
};

// node_modules/@actions/http-client/lib/index.js
var tunnel = (0,chunk_H2FQH4YD/* __toESM */.f1)(require_tunnel2(), 1);

// bundle/undici.ts
function ProxyAgent() {
  throw new Error('undici is not part of this bundle: requests go through proxies by way of "tunnel"');
}

// node_modules/@actions/http-client/lib/index.js
var __awaiter = function(thisArg, _arguments, P, generator) {
  function adopt(value) {
    return value instanceof P ? value : new P(function(resolve2) {
      resolve2(value);
    });
  }
  return new (P || (P = Promise))(function(resolve2, reject) {
    function fulfilled(value) {
      try {
        step(generator.next(value));
      } catch (e) {
        reject(e);
      }
    }
    function rejected(value) {
      try {
        step(generator["throw"](value));
      } catch (e) {
        reject(e);
      }
    }
    function step(result) {
      result.done ? resolve2(result.value) : adopt(result.value).then(fulfilled, rejected);
    }
    step((generator = generator.apply(thisArg, _arguments || [])).next());
  });
};
var HttpCodes;
(function(HttpCodes2) {
  HttpCodes2[HttpCodes2["OK"] = 200] = "OK";
  HttpCodes2[HttpCodes2["MultipleChoices"] = 300] = "MultipleChoices";
  HttpCodes2[HttpCodes2["MovedPermanently"] = 301] = "MovedPermanently";
  HttpCodes2[HttpCodes2["ResourceMoved"] = 302] = "ResourceMoved";
  HttpCodes2[HttpCodes2["SeeOther"] = 303] = "SeeOther";
  HttpCodes2[HttpCodes2["NotModified"] = 304] = "NotModified";
  HttpCodes2[HttpCodes2["UseProxy"] = 305] = "UseProxy";
  HttpCodes2[HttpCodes2["SwitchProxy"] = 306] = "SwitchProxy";
  HttpCodes2[HttpCodes2["TemporaryRedirect"] = 307] = "TemporaryRedirect";
  HttpCodes2[HttpCodes2["PermanentRedirect"] = 308] = "PermanentRedirect";
  HttpCodes2[HttpCodes2["BadRequest"] = 400] = "BadRequest";
  HttpCodes2[HttpCodes2["Unauthorized"] = 401] = "Unauthorized";
  HttpCodes2[HttpCodes2["PaymentRequired"] = 402] = "PaymentRequired";
  HttpCodes2[HttpCodes2["Forbidden"] = 403] = "Forbidden";
  HttpCodes2[HttpCodes2["NotFound"] = 404] = "NotFound";
  HttpCodes2[HttpCodes2["MethodNotAllowed"] = 405] = "MethodNotAllowed";
  HttpCodes2[HttpCodes2["NotAcceptable"] = 406] = "NotAcceptable";
  HttpCodes2[HttpCodes2["ProxyAuthenticationRequired"] = 407] = "ProxyAuthenticationRequired";
  HttpCodes2[HttpCodes2["RequestTimeout"] = 408] = "RequestTimeout";
  HttpCodes2[HttpCodes2["Conflict"] = 409] = "Conflict";
  HttpCodes2[HttpCodes2["Gone"] = 410] = "Gone";
  HttpCodes2[HttpCodes2["TooManyRequests"] = 429] = "TooManyRequests";
  HttpCodes2[HttpCodes2["InternalServerError"] = 500] = "InternalServerError";
  HttpCodes2[HttpCodes2["NotImplemented"] = 501] = "NotImplemented";
  HttpCodes2[HttpCodes2["BadGateway"] = 502] = "BadGateway";
  HttpCodes2[HttpCodes2["ServiceUnavailable"] = 503] = "ServiceUnavailable";
  HttpCodes2[HttpCodes2["GatewayTimeout"] = 504] = "GatewayTimeout";
})(HttpCodes || (HttpCodes = {}));
var Headers;
(function(Headers2) {
  Headers2["Accept"] = "accept";
  Headers2["ContentType"] = "content-type";
})(Headers || (Headers = {}));
var MediaTypes;
(function(MediaTypes2) {
  MediaTypes2["ApplicationJson"] = "application/json";
})(MediaTypes || (MediaTypes = {}));
var HttpRedirectCodes = [
  HttpCodes.MovedPermanently,
  HttpCodes.ResourceMoved,
  HttpCodes.SeeOther,
  HttpCodes.TemporaryRedirect,
  HttpCodes.PermanentRedirect
];
var HttpResponseRetryCodes = [
  HttpCodes.BadGateway,
  HttpCodes.ServiceUnavailable,
  HttpCodes.GatewayTimeout
];
var RetryableHttpVerbs = ["OPTIONS", "GET", "DELETE", "HEAD"];
var ExponentialBackoffCeiling = 10;
var ExponentialBackoffTimeSlice = 5;
var HttpClientError = class _HttpClientError extends Error {
  constructor(message, statusCode) {
    super(message);
    this.name = "HttpClientError";
    this.statusCode = statusCode;
    Object.setPrototypeOf(this, _HttpClientError.prototype);
  }
};
var HttpClientResponse = class {
  constructor(message) {
    this.message = message;
  }
  readBody() {
    return __awaiter(this, void 0, void 0, function* () {
      return new Promise((resolve2) => __awaiter(this, void 0, void 0, function* () {
        let output = Buffer.alloc(0);
        this.message.on("data", (chunk) => {
          output = Buffer.concat([output, chunk]);
        });
        this.message.on("end", () => {
          resolve2(output.toString());
        });
      }));
    });
  }
  readBodyBuffer() {
    return __awaiter(this, void 0, void 0, function* () {
      return new Promise((resolve2) => __awaiter(this, void 0, void 0, function* () {
        const chunks = [];
        this.message.on("data", (chunk) => {
          chunks.push(chunk);
        });
        this.message.on("end", () => {
          resolve2(Buffer.concat(chunks));
        });
      }));
    });
  }
};
var HttpClient = class {
  constructor(userAgent, handlers, requestOptions) {
    this._ignoreSslError = false;
    this._allowRedirects = true;
    this._allowRedirectDowngrade = false;
    this._maxRedirects = 50;
    this._allowRetries = false;
    this._maxRetries = 1;
    this._keepAlive = false;
    this._disposed = false;
    this.userAgent = this._getUserAgentWithOrchestrationId(userAgent);
    this.handlers = handlers || [];
    this.requestOptions = requestOptions;
    if (requestOptions) {
      if (requestOptions.ignoreSslError != null) {
        this._ignoreSslError = requestOptions.ignoreSslError;
      }
      this._socketTimeout = requestOptions.socketTimeout;
      if (requestOptions.allowRedirects != null) {
        this._allowRedirects = requestOptions.allowRedirects;
      }
      if (requestOptions.allowRedirectDowngrade != null) {
        this._allowRedirectDowngrade = requestOptions.allowRedirectDowngrade;
      }
      if (requestOptions.maxRedirects != null) {
        this._maxRedirects = Math.max(requestOptions.maxRedirects, 0);
      }
      if (requestOptions.keepAlive != null) {
        this._keepAlive = requestOptions.keepAlive;
      }
      if (requestOptions.allowRetries != null) {
        this._allowRetries = requestOptions.allowRetries;
      }
      if (requestOptions.maxRetries != null) {
        this._maxRetries = requestOptions.maxRetries;
      }
    }
  }
  options(requestUrl, additionalHeaders) {
    return __awaiter(this, void 0, void 0, function* () {
      return this.request("OPTIONS", requestUrl, null, additionalHeaders || {});
    });
  }
  get(requestUrl, additionalHeaders) {
    return __awaiter(this, void 0, void 0, function* () {
      return this.request("GET", requestUrl, null, additionalHeaders || {});
    });
  }
  del(requestUrl, additionalHeaders) {
    return __awaiter(this, void 0, void 0, function* () {
      return this.request("DELETE", requestUrl, null, additionalHeaders || {});
    });
  }
  post(requestUrl, data, additionalHeaders) {
    return __awaiter(this, void 0, void 0, function* () {
      return this.request("POST", requestUrl, data, additionalHeaders || {});
    });
  }
  patch(requestUrl, data, additionalHeaders) {
    return __awaiter(this, void 0, void 0, function* () {
      return this.request("PATCH", requestUrl, data, additionalHeaders || {});
    });
  }
  put(requestUrl, data, additionalHeaders) {
    return __awaiter(this, void 0, void 0, function* () {
      return this.request("PUT", requestUrl, data, additionalHeaders || {});
    });
  }
  head(requestUrl, additionalHeaders) {
    return __awaiter(this, void 0, void 0, function* () {
      return this.request("HEAD", requestUrl, null, additionalHeaders || {});
    });
  }
  sendStream(verb, requestUrl, stream, additionalHeaders) {
    return __awaiter(this, void 0, void 0, function* () {
      return this.request(verb, requestUrl, stream, additionalHeaders);
    });
  }
  /**
   * Gets a typed object from an endpoint
   * Be aware that not found returns a null.  Other errors (4xx, 5xx) reject the promise
   */
  getJson(requestUrl_1) {
    return __awaiter(this, arguments, void 0, function* (requestUrl, additionalHeaders = {}) {
      additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
      const res = yield this.get(requestUrl, additionalHeaders);
      return this._processResponse(res, this.requestOptions);
    });
  }
  postJson(requestUrl_1, obj_1) {
    return __awaiter(this, arguments, void 0, function* (requestUrl, obj, additionalHeaders = {}) {
      const data = JSON.stringify(obj, null, 2);
      additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
      additionalHeaders[Headers.ContentType] = this._getExistingOrDefaultContentTypeHeader(additionalHeaders, MediaTypes.ApplicationJson);
      const res = yield this.post(requestUrl, data, additionalHeaders);
      return this._processResponse(res, this.requestOptions);
    });
  }
  putJson(requestUrl_1, obj_1) {
    return __awaiter(this, arguments, void 0, function* (requestUrl, obj, additionalHeaders = {}) {
      const data = JSON.stringify(obj, null, 2);
      additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
      additionalHeaders[Headers.ContentType] = this._getExistingOrDefaultContentTypeHeader(additionalHeaders, MediaTypes.ApplicationJson);
      const res = yield this.put(requestUrl, data, additionalHeaders);
      return this._processResponse(res, this.requestOptions);
    });
  }
  patchJson(requestUrl_1, obj_1) {
    return __awaiter(this, arguments, void 0, function* (requestUrl, obj, additionalHeaders = {}) {
      const data = JSON.stringify(obj, null, 2);
      additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
      additionalHeaders[Headers.ContentType] = this._getExistingOrDefaultContentTypeHeader(additionalHeaders, MediaTypes.ApplicationJson);
      const res = yield this.patch(requestUrl, data, additionalHeaders);
      return this._processResponse(res, this.requestOptions);
    });
  }
  /**
   * Makes a raw http request.
   * All other methods such as get, post, patch, and request ultimately call this.
   * Prefer get, del, post and patch
   */
  request(verb, requestUrl, data, headers) {
    return __awaiter(this, void 0, void 0, function* () {
      if (this._disposed) {
        throw new Error("Client has already been disposed.");
      }
      const parsedUrl = new URL(requestUrl);
      let info2 = this._prepareRequest(verb, parsedUrl, headers);
      const maxTries = this._allowRetries && RetryableHttpVerbs.includes(verb) ? this._maxRetries + 1 : 1;
      let numTries = 0;
      let response;
      do {
        response = yield this.requestRaw(info2, data);
        if (response && response.message && response.message.statusCode === HttpCodes.Unauthorized) {
          let authenticationHandler;
          for (const handler of this.handlers) {
            if (handler.canHandleAuthentication(response)) {
              authenticationHandler = handler;
              break;
            }
          }
          if (authenticationHandler) {
            return authenticationHandler.handleAuthentication(this, info2, data);
          } else {
            return response;
          }
        }
        let redirectsRemaining = this._maxRedirects;
        while (response.message.statusCode && HttpRedirectCodes.includes(response.message.statusCode) && this._allowRedirects && redirectsRemaining > 0) {
          const redirectUrl = response.message.headers["location"];
          if (!redirectUrl) {
            break;
          }
          const parsedRedirectUrl = new URL(redirectUrl);
          if (parsedUrl.protocol === "https:" && parsedUrl.protocol !== parsedRedirectUrl.protocol && !this._allowRedirectDowngrade) {
            throw new Error("Redirect from HTTPS to HTTP protocol. This downgrade is not allowed for security reasons. If you want to allow this behavior, set the allowRedirectDowngrade option to true.");
          }
          yield response.readBody();
          if (parsedRedirectUrl.hostname !== parsedUrl.hostname) {
            for (const header in headers) {
              if (header.toLowerCase() === "authorization") {
                delete headers[header];
              }
            }
          }
          info2 = this._prepareRequest(verb, parsedRedirectUrl, headers);
          response = yield this.requestRaw(info2, data);
          redirectsRemaining--;
        }
        if (!response.message.statusCode || !HttpResponseRetryCodes.includes(response.message.statusCode)) {
          return response;
        }
        numTries += 1;
        if (numTries < maxTries) {
          yield response.readBody();
          yield this._performExponentialBackoff(numTries);
        }
      } while (numTries < maxTries);
      return response;
    });
  }
  /**
   * Needs to be called if keepAlive is set to true in request options.
   */
  dispose() {
    if (this._agent) {
      this._agent.destroy();
    }
    this._disposed = true;
  }
  /**
   * Raw request.
   * @param info
   * @param data
   */
  requestRaw(info2, data) {
    return __awaiter(this, void 0, void 0, function* () {
      return new Promise((resolve2, reject) => {
        function callbackForResult(err, res) {
          if (err) {
            reject(err);
          } else if (!res) {
            reject(new Error("Unknown error"));
          } else {
            resolve2(res);
          }
        }
        this.requestRawWithCallback(info2, data, callbackForResult);
      });
    });
  }
  /**
   * Raw request with callback.
   * @param info
   * @param data
   * @param onResult
   */
  requestRawWithCallback(info2, data, onResult) {
    if (typeof data === "string") {
      if (!info2.options.headers) {
        info2.options.headers = {};
      }
      info2.options.headers["Content-Length"] = Buffer.byteLength(data, "utf8");
    }
    let callbackCalled = false;
    function handleResult(err, res) {
      if (!callbackCalled) {
        callbackCalled = true;
        onResult(err, res);
      }
    }
    const req = info2.httpModule.request(info2.options, (msg) => {
      const res = new HttpClientResponse(msg);
      handleResult(void 0, res);
    });
    let socket;
    req.on("socket", (sock) => {
      socket = sock;
    });
    req.setTimeout(this._socketTimeout || 3 * 6e4, () => {
      if (socket) {
        socket.end();
      }
      handleResult(new Error(`Request timeout: ${info2.options.path}`));
    });
    req.on("error", function(err) {
      handleResult(err);
    });
    if (data && typeof data === "string") {
      req.write(data, "utf8");
    }
    if (data && typeof data !== "string") {
      data.on("close", function() {
        req.end();
      });
      data.pipe(req);
    } else {
      req.end();
    }
  }
  /**
   * Gets an http agent. This function is useful when you need an http agent that handles
   * routing through a proxy server - depending upon the url and proxy environment variables.
   * @param serverUrl  The server URL where the request will be sent. For example, https://api.github.com
   */
  getAgent(serverUrl) {
    const parsedUrl = new URL(serverUrl);
    return this._getAgent(parsedUrl);
  }
  getAgentDispatcher(serverUrl) {
    const parsedUrl = new URL(serverUrl);
    const proxyUrl = getProxyUrl(parsedUrl);
    const useProxy = proxyUrl && proxyUrl.hostname;
    if (!useProxy) {
      return;
    }
    return this._getProxyAgentDispatcher(parsedUrl, proxyUrl);
  }
  _prepareRequest(method, requestUrl, headers) {
    const info2 = {};
    info2.parsedUrl = requestUrl;
    const usingSsl = info2.parsedUrl.protocol === "https:";
    info2.httpModule = usingSsl ? external_https_namespaceObject : external_http_namespaceObject;
    const defaultPort = usingSsl ? 443 : 80;
    info2.options = {};
    info2.options.host = info2.parsedUrl.hostname;
    info2.options.port = info2.parsedUrl.port ? parseInt(info2.parsedUrl.port) : defaultPort;
    info2.options.path = (info2.parsedUrl.pathname || "") + (info2.parsedUrl.search || "");
    info2.options.method = method;
    info2.options.headers = this._mergeHeaders(headers);
    if (this.userAgent != null) {
      info2.options.headers["user-agent"] = this.userAgent;
    }
    info2.options.agent = this._getAgent(info2.parsedUrl);
    if (this.handlers) {
      for (const handler of this.handlers) {
        handler.prepareRequest(info2.options);
      }
    }
    return info2;
  }
  _mergeHeaders(headers) {
    if (this.requestOptions && this.requestOptions.headers) {
      return Object.assign({}, lowercaseKeys(this.requestOptions.headers), lowercaseKeys(headers || {}));
    }
    return lowercaseKeys(headers || {});
  }
  /**
   * Gets an existing header value or returns a default.
   * Handles converting number header values to strings since HTTP headers must be strings.
   * Note: This returns string | string[] since some headers can have multiple values.
   * For headers that must always be a single string (like Content-Type), use the
   * specialized _getExistingOrDefaultContentTypeHeader method instead.
   */
  _getExistingOrDefaultHeader(additionalHeaders, header, _default) {
    let clientHeader;
    if (this.requestOptions && this.requestOptions.headers) {
      const headerValue = lowercaseKeys(this.requestOptions.headers)[header];
      if (headerValue) {
        clientHeader = typeof headerValue === "number" ? headerValue.toString() : headerValue;
      }
    }
    const additionalValue = additionalHeaders[header];
    if (additionalValue !== void 0) {
      return typeof additionalValue === "number" ? additionalValue.toString() : additionalValue;
    }
    if (clientHeader !== void 0) {
      return clientHeader;
    }
    return _default;
  }
  /**
   * Specialized version of _getExistingOrDefaultHeader for Content-Type header.
   * Always returns a single string (not an array) since Content-Type should be a single value.
   * Converts arrays to comma-separated strings and numbers to strings to ensure type safety.
   * This was split from _getExistingOrDefaultHeader to provide stricter typing for callers
   * that assign the result to places expecting a string (e.g., additionalHeaders[Headers.ContentType]).
   */
  _getExistingOrDefaultContentTypeHeader(additionalHeaders, _default) {
    let clientHeader;
    if (this.requestOptions && this.requestOptions.headers) {
      const headerValue = lowercaseKeys(this.requestOptions.headers)[Headers.ContentType];
      if (headerValue) {
        if (typeof headerValue === "number") {
          clientHeader = String(headerValue);
        } else if (Array.isArray(headerValue)) {
          clientHeader = headerValue.join(", ");
        } else {
          clientHeader = headerValue;
        }
      }
    }
    const additionalValue = additionalHeaders[Headers.ContentType];
    if (additionalValue !== void 0) {
      if (typeof additionalValue === "number") {
        return String(additionalValue);
      } else if (Array.isArray(additionalValue)) {
        return additionalValue.join(", ");
      } else {
        return additionalValue;
      }
    }
    if (clientHeader !== void 0) {
      return clientHeader;
    }
    return _default;
  }
  _getAgent(parsedUrl) {
    let agent;
    const proxyUrl = getProxyUrl(parsedUrl);
    const useProxy = proxyUrl && proxyUrl.hostname;
    if (this._keepAlive && useProxy) {
      agent = this._proxyAgent;
    }
    if (!useProxy) {
      agent = this._agent;
    }
    if (agent) {
      return agent;
    }
    const usingSsl = parsedUrl.protocol === "https:";
    let maxSockets = 100;
    if (this.requestOptions) {
      maxSockets = this.requestOptions.maxSockets || external_http_namespaceObject.globalAgent.maxSockets;
    }
    if (proxyUrl && proxyUrl.hostname) {
      const agentOptions = {
        maxSockets,
        keepAlive: this._keepAlive,
        proxy: Object.assign(Object.assign({}, (proxyUrl.username || proxyUrl.password) && {
          proxyAuth: `${proxyUrl.username}:${proxyUrl.password}`
        }), { host: proxyUrl.hostname, port: proxyUrl.port })
      };
      let tunnelAgent;
      const overHttps = proxyUrl.protocol === "https:";
      if (usingSsl) {
        tunnelAgent = overHttps ? tunnel.httpsOverHttps : tunnel.httpsOverHttp;
      } else {
        tunnelAgent = overHttps ? tunnel.httpOverHttps : tunnel.httpOverHttp;
      }
      agent = tunnelAgent(agentOptions);
      this._proxyAgent = agent;
    }
    if (!agent) {
      const options = { keepAlive: this._keepAlive, maxSockets };
      agent = usingSsl ? new external_https_namespaceObject.Agent(options) : new external_http_namespaceObject.Agent(options);
      this._agent = agent;
    }
    if (usingSsl && this._ignoreSslError) {
      agent.options = Object.assign(agent.options || {}, {
        rejectUnauthorized: false
      });
    }
    return agent;
  }
  _getProxyAgentDispatcher(parsedUrl, proxyUrl) {
    let proxyAgent;
    if (this._keepAlive) {
      proxyAgent = this._proxyAgentDispatcher;
    }
    if (proxyAgent) {
      return proxyAgent;
    }
    const usingSsl = parsedUrl.protocol === "https:";
    proxyAgent = new ProxyAgent(Object.assign({ uri: proxyUrl.href, pipelining: !this._keepAlive ? 0 : 1 }, (proxyUrl.username || proxyUrl.password) && {
      token: `Basic ${Buffer.from(`${proxyUrl.username}:${proxyUrl.password}`).toString("base64")}`
    }));
    this._proxyAgentDispatcher = proxyAgent;
    if (usingSsl && this._ignoreSslError) {
      proxyAgent.options = Object.assign(proxyAgent.options.requestTls || {}, {
        rejectUnauthorized: false
      });
    }
    return proxyAgent;
  }
  _getUserAgentWithOrchestrationId(userAgent) {
    const baseUserAgent = userAgent || "actions/http-client";
    const orchId = process.env["ACTIONS_ORCHESTRATION_ID"];
    if (orchId) {
      const sanitizedId = orchId.replace(/[^a-z0-9_.-]/gi, "_");
      return `${baseUserAgent} actions_orchestration_id/${sanitizedId}`;
    }
    return baseUserAgent;
  }
  _performExponentialBackoff(retryNumber) {
    return __awaiter(this, void 0, void 0, function* () {
      retryNumber = Math.min(ExponentialBackoffCeiling, retryNumber);
      const ms = ExponentialBackoffTimeSlice * Math.pow(2, retryNumber);
      return new Promise((resolve2) => setTimeout(() => resolve2(), ms));
    });
  }
  _processResponse(res, options) {
    return __awaiter(this, void 0, void 0, function* () {
      return new Promise((resolve2, reject) => __awaiter(this, void 0, void 0, function* () {
        const statusCode = res.message.statusCode || 0;
        const response = {
          statusCode,
          result: null,
          headers: {}
        };
        if (statusCode === HttpCodes.NotFound) {
          resolve2(response);
        }
        function dateTimeDeserializer(key, value) {
          if (typeof value === "string") {
            const a = new Date(value);
            if (!isNaN(a.valueOf())) {
              return a;
            }
          }
          return value;
        }
        let obj;
        let contents;
        try {
          contents = yield res.readBody();
          if (contents && contents.length > 0) {
            if (options && options.deserializeDates) {
              obj = JSON.parse(contents, dateTimeDeserializer);
            } else {
              obj = JSON.parse(contents);
            }
            response.result = obj;
          }
          response.headers = res.message.headers;
        } catch (err) {
        }
        if (statusCode > 299) {
          let msg;
          if (obj && obj.message) {
            msg = obj.message;
          } else if (contents && contents.length > 0) {
            msg = contents;
          } else {
            msg = `Failed request: (${statusCode})`;
          }
          const err = new HttpClientError(msg, statusCode);
          err.result = response.result;
          reject(err);
        } else {
          resolve2(response);
        }
      }));
    });
  }
};
var lowercaseKeys = (obj) => Object.keys(obj).reduce((c, k) => (c[k.toLowerCase()] = obj[k], c), {});

// src/cloudflare/http-exchange.ts
var MAX_BODY_BYTES = 4 * 1024 * 1024;
var SocketError = (0,chunk_TGKH6P6W/* fallback */.Np)(
  (0,chunk_TGKH6P6W/* object */.Ik)({ code: (0,chunk_TGKH6P6W/* optional */.lq)((0,chunk_TGKH6P6W/* string */.Yj)()), message: (0,chunk_TGKH6P6W/* optional */.lq)((0,chunk_TGKH6P6W/* string */.Yj)(), "") }),
  { message: "" }
);
var HttpExchanger = class {
  #timeout;
  #cancelled;
  #client;
  #inFlight = /* @__PURE__ */ new Set();
  /** @param timeout - milliseconds for one attempt as a whole, from connecting to the last byte of the body */
  constructor(timeout, cancelled) {
    this.#timeout = timeout;
    this.#cancelled = cancelled;
    cancelled.addEventListener("abort", () => {
      for (const cancel of this.#inFlight) cancel();
    });
    this.#client = new HttpClient(void 0, [], { keepAlive: false, socketTimeout: timeout * 2 });
  }
  /** Makes one attempt. It never throws, and it ends in time, whatever the server or a proxy does. */
  async attempt(request) {
    const aborter = new AbortController();
    const { promise: givenUp, resolve: resolve2 } = Promise.withResolvers();
    const giveUp = (cause) => () => {
      resolve2({ kind: "no_answer", cause });
      aborter.abort();
    };
    const cancel = giveUp("cancelled");
    const timer = setTimeout(giveUp("timeout"), this.#timeout);
    this.#inFlight.add(cancel);
    if (this.#cancelled.aborted) cancel();
    try {
      return await Promise.race([givenUp, this.#send(request, aborter.signal)]);
    } finally {
      clearTimeout(timer);
      this.#inFlight.delete(cancel);
    }
  }
  async #send(request, signal) {
    try {
      const url = new URL(request.url);
      const options = {
        method: request.method,
        host: url.hostname.replace(/^\[|\]$/g, ""),
        ...url.port !== "" && { port: url.port },
        path: `${url.pathname}${url.search}`,
        headers: { ...request.headers },
        agent: this.#client.getAgent(request.url),
        signal,
        rejectUnauthorized: true
      };
      const httpModule = url.protocol === "https:" ? external_node_https_namespaceObject : external_node_http_namespaceObject;
      const { message } = await this.#client.requestRaw(
        { parsedUrl: url, httpModule, options },
        request.body ?? ""
      );
      const body = await completeBody(message);
      if (body === void 0) return { kind: "no_answer", cause: "too_large" };
      const { statusCode: status = 0 } = message;
      return { kind: "answer", status, headers: message.headers, body, receivedAt: (0,chunk_F7JQXWIF/* monotonicMs */.dR)() };
    } catch (error2) {
      const { code: code2, message } = (0,chunk_TGKH6P6W/* parse */.qg)(SocketError, error2);
      const status = /^tunneling socket could not be established, statusCode=(\d{3})$/.exec(message)?.[1];
      if (status !== void 0) return { kind: "no_answer", cause: "proxy", code: status };
      return { kind: "no_answer", cause: "network", ...code2 !== void 0 && { code: code2 } };
    }
  }
};
function enforceTlsVerification() {
  const switchedOff = process.env["NODE_TLS_REJECT_UNAUTHORIZED"] === "0";
  delete process.env["NODE_TLS_REJECT_UNAUTHORIZED"];
  return switchedOff;
}
function proxyProblem(href) {
  const url = new URL(href);
  if (checkBypass(url)) return void 0;
  const lower = `${url.protocol.slice(0, -1)}_proxy`;
  const name = [lower, lower.toUpperCase()].find((each) => (process.env[each] ?? "") !== "");
  if (name === void 0 || isProxyUrl(process.env[name] ?? "")) return void 0;
  return (0,chunk_F7JQXWIF/* problem */.CC)(`\`${name}\` is not a URL like http://user:password@proxy.example.com:8080`, PROXY_URL);
}
var PROXY_URL = "Write http:// or https:// at its beginning, and use a proxy that takes HTTP CONNECT. Percent-encode special characters in the user name and the password, such as %40 for @.";
function isProxyUrl(text) {
  const url = /^https?:\/\//i.test(text) ? URL.parse(text) : null;
  if (url?.pathname !== "/" || url.search !== "" || url.hash !== "") return false;
  try {
    decodeURIComponent(url.username);
    decodeURIComponent(url.password);
    return true;
  } catch {
    return false;
  }
}
async function completeBody(body) {
  const chunks = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) return void 0;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

// src/cloudflare/problem.ts


function describe({ what, errors = [], rayId }) {
  const words = errors.map(apiErrorText).join("; ");
  return `${what}${words === "" ? "" : `: ${words}`}${rayId === void 0 ? "" : ` (ray ID ${rayId})`}`;
}
function problemText2(given) {
  return (0,chunk_F7JQXWIF/* problemText */.fI)({ ...given, what: describe(given) });
}
function apiErrorText({ code: code2, message }) {
  return code2 === void 0 ? `"${message}"` : `${code2} "${message}"`;
}
function apiError(code2, message) {
  return { code: typeof code2 === "string" ? (0,chunk_WH4TSCNU/* shortened */.vI)(code2, 100) : code2, message: (0,chunk_WH4TSCNU/* shortened */.vI)(message, 300) };
}
function userProblem(what, remedy) {
  return { what, remedy, scope: "user", errors: [] };
}
function unexpectedProblem(error2) {
  const message = error2 instanceof Error ? error2.message : (0,external_node_util_.inspect)(error2);
  return {
    ...userProblem("The action failed unexpectedly", "Run the step again."),
    errors: [apiError(void 0, message)]
  };
}
function statusText(status) {
  return [status, external_node_http_namespaceObject.STATUS_CODES[status]].filter(Boolean).join(" ");
}
var PROXY_REMEDY = "If this keeps happening, look for a proxy or firewall between the runner and Cloudflare.";
var PROXY_CREDENTIAL = "Put the user name and the password for the proxy into `HTTPS_PROXY`.";
function noAnswer({ cause, code: code2 = "" }) {
  const asksForLogin = cause === "proxy" && code2 === "407";
  const whyNoAnswer = {
    timeout: (0,chunk_F7JQXWIF/* problem */.CC)(
      "No complete answer arrived in time",
      "Check the network path from the runner to Cloudflare, or raise `request-timeout`."
    ),
    too_large: (0,chunk_F7JQXWIF/* problem */.CC)("The answer was larger than any that Cloudflare gives", PROXY_REMEDY),
    cancelled: (0,chunk_F7JQXWIF/* problem */.CC)("The run was cancelled before the answer arrived"),
    proxy: (0,chunk_F7JQXWIF/* problem */.CC)(
      `The proxy answered ${statusText(Number(code2))} to CONNECT`,
      asksForLogin ? PROXY_CREDENTIAL : "Check `HTTPS_PROXY`, and whether the proxy lets the runner reach the API."
    ),
    network: (0,chunk_F7JQXWIF/* problem */.CC)(`The connection failed${code2 === "" ? "" : ` (${code2})`}`, networkRemedy(code2))
  }[cause];
  const scope = asksForLogin ? "all_users" : "transient";
  return { failure: asksForLogin ? "other" : "transient", problem: { ...whyNoAnswer, scope, errors: [] } };
}
function networkRemedy(code2) {
  if (/CERT|SELF_SIGNED|SSL|TLS|ISSUER|ALTNAME/.test(code2)) {
    return "TLS failed: if the runner is behind an inspecting proxy, set `NODE_EXTRA_CA_CERTS` to the CA certificate of that proxy.";
  }
  return code2 === "ENOTFOUND" || code2 === "EAI_AGAIN" ? "The host name could not be resolved: check the DNS of the runner, and `api-base-url`." : "Check the network path from the runner to Cloudflare (firewall, `HTTPS_PROXY`).";
}

// src/cloudflare/target.ts
function chooseTarget(accountId, zoneId) {
  if (accountId !== "" && zoneId !== "")
    return (0,chunk_F7JQXWIF/* problem */.CC)("`account-id` cannot be combined with `zone-id`", "Set one of them.");
  if (accountId === "" && zoneId === "")
    return (0,chunk_F7JQXWIF/* problem */.CC)("Neither `account-id` nor `zone-id` is set", `${SET_ID} ${PLACES.account}`);
  const type = accountId === "" ? "zone" : "account";
  const id = (accountId === "" ? zoneId : accountId).toLowerCase();
  const [mistake] = mistakesIn(`${type}-id`, id, idMistakes(type));
  return mistake ?? { type, id };
}
var EMPTY_SECRET = "If you did, the secret is empty or not available to this workflow: check its name and, for a secret of an environment, `environment:` of the job.";
var SET_ID = `Set \`account-id\` (or \`zone-id\`), as in \`account-id: \${{ secrets.CLOUDFLARE_ACCOUNT_ID }}\`. ${EMPTY_SECRET}`;
var PLACES = {
  account: "In the Cloudflare dashboard, the ID is in the URL, after `dash.cloudflare.com/`.",
  zone: "In the Cloudflare dashboard, the ID is on the overview page of the domain, under API."
};
function idMistakes(type) {
  return [
    [
      /^cf(?:ut|at|k|oat)_|^(?=.*\d)[\w-]{40}$/,
      "is a credential",
      `Put that in \`api-token\`, and copy the ${type} ID. ${PLACES[type]}`
    ],
    [
      /^(?:https?:\/\/|dash\.cloudflare\.com\/)/,
      "is a URL",
      `Use only the ${type} ID in it, the 32 hex characters after \`dash.cloudflare.com/\`.`
    ],
    // YAML and the runner turn an ID that reads like a number into 1.23456789012346E+31, or Infinity.
    [
      /^(?![0-9a-f]{32}$)(?:\d+(?:\.\d+)?(?:e\+?\d+)?|-?\.?infinity)$/,
      "was read as a number",
      `Put the ID in quotation marks, like \`${type}-id: "0123\u2026"\`.`
    ],
    [
      /^(?![0-9a-f]{32}$)/,
      "is not 32 hex characters",
      `Copy the ${type} ID, not the name, and without spaces or quotation marks. ${PLACES[type]}`
    ]
  ];
}
function mistakesIn(name, given, mistakes) {
  const cause = (0,chunk_WH4TSCNU/* unexpandedCause */.U2)(given);
  if (cause !== void 0) {
    const secret = `secrets.CLOUDFLARE_${name.toUpperCase().replace("-", "_")}`;
    return [(0,chunk_F7JQXWIF/* problem */.CC)(`\`${name}\` ${cause}`, `Write an expression like \`\${{ ${secret} }}\`.`)];
  }
  const mistake = mistakes.find(([pattern]) => pattern.test(given));
  return mistake === void 0 ? [] : [(0,chunk_F7JQXWIF/* problem */.CC)(`\`${name}\` ${mistake[1]}`, mistake[2])];
}
var CLOUDFLARE_API = "https://api.cloudflare.com/client/v4";
function chooseBaseUrl(given) {
  const url = URL.parse(given === "" ? CLOUDFLARE_API : given);
  if (url === null)
    return (0,chunk_F7JQXWIF/* problem */.CC)("`api-base-url` is not a URL", `Remove it, or use one like ${CLOUDFLARE_API}.`);
  if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "")
    return (0,chunk_F7JQXWIF/* problem */.CC)("`api-base-url` has a user name, password, query, or fragment", "Remove them.");
  const isLoopback = /^(?:localhost|\[::1\]|127(?:\.\d+){3})$/.test(url.hostname);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopback))
    return (0,chunk_F7JQXWIF/* problem */.CC)("`api-base-url` does not begin with https://", USE_HTTPS);
  const cloudflare = url.port === "" && /(^|\.)cloudflare\.com$/.test(url.hostname);
  return { href: `${url.origin}${url.pathname.replace(/(?<!\/)\/+$/, "")}`, cloudflare };
}
var USE_HTTPS = "Use https://, so that credentials never travel unencrypted (http:// is for loopback hosts only).";

// src/cloudflare/credential.ts
function authenticationBy(credential) {
  return credential.kind === "api-token" ? { headers: { authorization: `Bearer ${credential.token}` }, secret: credential.token } : {
    headers: { "x-auth-email": credential.email, "x-auth-key": credential.key },
    secret: credential.key
  };
}
var OWNERS = { cfut_: "user", cfat_: "account" };
function chooseCredential(given, isNeeded) {
  const { apiToken, apiEmail, apiKey } = given;
  const problems = credentialProblems(given, isNeeded);
  const value = apiToken === "" ? { kind: "global-api-key", email: apiEmail, key: apiKey } : { kind: "api-token", token: apiToken, owner: OWNERS[apiToken.slice(0, 5)] ?? "unknown" };
  return { value: isNeeded && problems.length === 0 ? value : void 0, problems };
}
function credentialProblems({ apiToken, apiEmail, apiKey }, isNeeded) {
  if (apiToken !== "" && apiEmail + apiKey !== "")
    return [(0,chunk_F7JQXWIF/* problem */.CC)("`api-token` cannot be combined with `api-email` or `api-key`", "Use only the token.")];
  if (apiToken !== "") return mistakesIn("api-token", apiToken, TOKEN_MISTAKES);
  const isAddress = apiEmail === "" || (0,chunk_TGKH6P6W/* isEmailAddress */.Z6)(apiEmail) && /^[\x21-\x7e]+$/.test(apiEmail);
  const useOwner = "Use the address of the user who owns the key.";
  return [
    ...isNeeded ? missingProblems(apiEmail, apiKey) : [],
    ...isAddress ? [] : [(0,chunk_F7JQXWIF/* problem */.CC)("`api-email` is not an email address", useOwner)],
    ...apiKey === "" ? [] : mistakesIn("api-key", apiKey, KEY_MISTAKES)
  ];
}
function missingProblems(apiEmail, apiKey) {
  const useToken = `Better, use only \`api-token\`. ${EMPTY_SECRET}`;
  if (apiEmail !== "") return apiKey === "" ? [(0,chunk_F7JQXWIF/* problem */.CC)("`api-email` needs `api-key`", useToken)] : [];
  const setEmail = `Set it to the address of the user who owns the key. ${EMPTY_SECRET}`;
  if (apiKey !== "") return [(0,chunk_F7JQXWIF/* problem */.CC)("`api-key` needs `api-email`", setEmail)];
  const setToken = `Set \`api-token: \${{ secrets.CLOUDFLARE_API_TOKEN }}\`. ${EMPTY_SECRET}`;
  return [(0,chunk_F7JQXWIF/* problem */.CC)("There is no credential", setToken)];
}
var IN_QUOTES = [/^(["'`]).*\1$/, "is in quotation marks", "Remove them from the secret."];
var WHITE_SPACE = [/\s/, "has white space inside", "Copy it again, on one line."];
var AN_ID = "Use the token itself, which Cloudflare shows once, when you create it, not an ID such as that of the account.";
var A_TOKEN = "An older key has 37 to 45 hex characters, a newer one begins with `cfk_`. If it is an API token, put it in `api-token`, alone.";
var A_KEY = "Create an API token instead, or put the key in `api-key`, together with `api-email`.";
var TOKEN_MISTAKES = [
  IN_QUOTES,
  [/^bearer\b/i, 'begins with "Bearer"', "Use only the token, without that word."],
  [/^curl\b|authorization:/i, "is a command", 'Use only the token in it, the word after "Bearer".'],
  [/^[\da-f]{32}$/i, "is an ID", AN_ID],
  WHITE_SPACE,
  [/^cfk_|^[\da-f]{37,45}$/, "is a Global API key", A_KEY],
  [/[^\x21-\x7e]/, "contains characters that no API token has", "Copy the token again."]
];
var KEY_MISTAKES = [
  IN_QUOTES,
  [/^cf(?:ut|at|oat)_/, "is an API token", "Put it in `api-token`, alone."],
  [/^[\da-f]{32}$/i, "is an ID", "Use the Global API key itself, or better, an API token."],
  WHITE_SPACE,
  [/[^\x21-\x7e]/, "contains characters that no Global API key has", "Copy the key again."],
  [/^(?!cfk_|[\da-f]{37,45}$)/i, "is not a Global API key", A_TOKEN]
];
async function checkCredential(endpoints, credential, target) {
  if (credential.kind === "global-api-key") {
    const call = await endpoints.userDetails();
    return call.kind === "result" ? { verdict: "passed", what: "The Global API key is active", remedy: NOT_CHECKED } : failed("The Global API key", call);
  }
  const { owner } = credential;
  if (owner === "account") {
    if (target.type === "account") return tokenCheck(await endpoints.verifyToken("account"));
    const what = "An account-owned API token cannot be checked with `zone-id`";
    return { verdict: "unchecked", what, remedy: "Set `account-id` to have it checked." };
  }
  const asUser = await endpoints.verifyToken("user");
  if (owner === "user" || asUser.kind === "result") return tokenCheck(asUser);
  if (target.type === "account") return tokenCheck(await endpoints.verifyToken("account"));
  const check2 = tokenCheck(asUser);
  return { ...check2, remedy: `${check2.remedy} ${OWNED_BY_ACCOUNT}` };
}
var NOT_CHECKED = "The permission to revoke is not checked.";
var OWNED_BY_ACCOUNT = "If an account owns the token, it cannot be checked with `zone-id`: set `account-id`.";
function tokenCheck(call) {
  if (call.kind !== "result") return failed("The API token", call);
  const { status, not_before: notBefore, expires_on: expiresOn } = call.result;
  if (status !== "active") {
    const what = `The API token is not active; Cloudflare calls it "${(0,chunk_WH4TSCNU/* shortened */.vI)(status, 100)}"`;
    return { verdict: "failed", what, remedy: "Create a new token and store it in the secret." };
  }
  if (notBefore !== void 0 && !(Date.parse(notBefore) <= Date.now())) {
    const what = `The API token is not valid before ${(0,chunk_WH4TSCNU/* shortened */.vI)(notBefore, 100)}`;
    return { verdict: "failed", what, remedy: "Run the step after that, or create another token." };
  }
  const until = expiresOn === void 0 ? "" : ` until ${(0,chunk_WH4TSCNU/* shortened */.vI)(expiresOn, 100)}`;
  return { verdict: "passed", what: `The API token is active${until}`, remedy: NOT_CHECKED };
}
function failed(what, call) {
  const reason = call.kind === "stopped" ? call.reason : { what: describe(call.problem), remedy: call.problem.remedy ?? "Check the secret." };
  return { verdict: "failed", what: `${what} could not be confirmed: ${reason.what}`, remedy: reason.remedy };
}

// src/runner/environment.ts


// node_modules/@actions/core/lib/command.js


// node_modules/@actions/core/lib/utils.js
function toCommandValue(input) {
  if (input === null || input === void 0) {
    return "";
  } else if (typeof input === "string" || input instanceof String) {
    return input;
  }
  return JSON.stringify(input);
}
function toCommandProperties(annotationProperties) {
  if (!Object.keys(annotationProperties).length) {
    return {};
  }
  return {
    title: annotationProperties.title,
    file: annotationProperties.file,
    line: annotationProperties.startLine,
    endLine: annotationProperties.endLine,
    col: annotationProperties.startColumn,
    endColumn: annotationProperties.endColumn
  };
}

// node_modules/@actions/core/lib/command.js
function issueCommand(command, properties, message) {
  const cmd = new Command(command, properties, message);
  process.stdout.write(cmd.toString() + external_os_.EOL);
}
var CMD_STRING = "::";
var Command = class {
  constructor(command, properties, message) {
    if (!command) {
      command = "missing.command";
    }
    this.command = command;
    this.properties = properties;
    this.message = message;
  }
  toString() {
    let cmdStr = CMD_STRING + this.command;
    if (this.properties && Object.keys(this.properties).length > 0) {
      cmdStr += " ";
      let first = true;
      for (const key in this.properties) {
        if (this.properties.hasOwnProperty(key)) {
          const val = this.properties[key];
          if (val) {
            if (first) {
              first = false;
            } else {
              cmdStr += ",";
            }
            cmdStr += `${key}=${escapeProperty(val)}`;
          }
        }
      }
    }
    cmdStr += `${CMD_STRING}${escapeData(this.message)}`;
    return cmdStr;
  }
};
function escapeData(s) {
  return toCommandValue(s).replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
}
function escapeProperty(s) {
  return toCommandValue(s).replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A").replace(/:/g, "%3A").replace(/,/g, "%2C");
}

// node_modules/@actions/core/lib/core.js


// node_modules/@actions/core/lib/summary.js


var __awaiter2 = function(thisArg, _arguments, P, generator) {
  function adopt(value) {
    return value instanceof P ? value : new P(function(resolve2) {
      resolve2(value);
    });
  }
  return new (P || (P = Promise))(function(resolve2, reject) {
    function fulfilled(value) {
      try {
        step(generator.next(value));
      } catch (e) {
        reject(e);
      }
    }
    function rejected(value) {
      try {
        step(generator["throw"](value));
      } catch (e) {
        reject(e);
      }
    }
    function step(result) {
      result.done ? resolve2(result.value) : adopt(result.value).then(fulfilled, rejected);
    }
    step((generator = generator.apply(thisArg, _arguments || [])).next());
  });
};
var { access, appendFile, writeFile } = external_fs_.promises;
var SUMMARY_ENV_VAR = "GITHUB_STEP_SUMMARY";
var Summary = class {
  constructor() {
    this._buffer = "";
  }
  /**
   * Finds the summary file path from the environment, rejects if env var is not found or file does not exist
   * Also checks r/w permissions.
   *
   * @returns step summary file path
   */
  filePath() {
    return __awaiter2(this, void 0, void 0, function* () {
      if (this._filePath) {
        return this._filePath;
      }
      const pathFromEnv = process.env[SUMMARY_ENV_VAR];
      if (!pathFromEnv) {
        throw new Error(`Unable to find environment variable for $${SUMMARY_ENV_VAR}. Check if your runtime environment supports job summaries.`);
      }
      try {
        yield access(pathFromEnv, external_fs_.constants.R_OK | external_fs_.constants.W_OK);
      } catch (_a) {
        throw new Error(`Unable to access summary file: '${pathFromEnv}'. Check if the file has correct read/write permissions.`);
      }
      this._filePath = pathFromEnv;
      return this._filePath;
    });
  }
  /**
   * Wraps content in an HTML tag, adding any HTML attributes
   *
   * @param {string} tag HTML tag to wrap
   * @param {string | null} content content within the tag
   * @param {[attribute: string]: string} attrs key-value list of HTML attributes to add
   *
   * @returns {string} content wrapped in HTML element
   */
  wrap(tag, content, attrs = {}) {
    const htmlAttrs = Object.entries(attrs).map(([key, value]) => ` ${key}="${value}"`).join("");
    if (!content) {
      return `<${tag}${htmlAttrs}>`;
    }
    return `<${tag}${htmlAttrs}>${content}</${tag}>`;
  }
  /**
   * Writes text in the buffer to the summary buffer file and empties buffer. Will append by default.
   *
   * @param {SummaryWriteOptions} [options] (optional) options for write operation
   *
   * @returns {Promise<Summary>} summary instance
   */
  write(options) {
    return __awaiter2(this, void 0, void 0, function* () {
      const overwrite = !!(options === null || options === void 0 ? void 0 : options.overwrite);
      const filePath = yield this.filePath();
      const writeFunc = overwrite ? writeFile : appendFile;
      yield writeFunc(filePath, this._buffer, { encoding: "utf8" });
      return this.emptyBuffer();
    });
  }
  /**
   * Clears the summary buffer and wipes the summary file
   *
   * @returns {Summary} summary instance
   */
  clear() {
    return __awaiter2(this, void 0, void 0, function* () {
      return this.emptyBuffer().write({ overwrite: true });
    });
  }
  /**
   * Returns the current summary buffer as a string
   *
   * @returns {string} string of summary buffer
   */
  stringify() {
    return this._buffer;
  }
  /**
   * If the summary buffer is empty
   *
   * @returns {boolen} true if the buffer is empty
   */
  isEmptyBuffer() {
    return this._buffer.length === 0;
  }
  /**
   * Resets the summary buffer without writing to summary file
   *
   * @returns {Summary} summary instance
   */
  emptyBuffer() {
    this._buffer = "";
    return this;
  }
  /**
   * Adds raw text to the summary buffer
   *
   * @param {string} text content to add
   * @param {boolean} [addEOL=false] (optional) append an EOL to the raw text (default: false)
   *
   * @returns {Summary} summary instance
   */
  addRaw(text, addEOL = false) {
    this._buffer += text;
    return addEOL ? this.addEOL() : this;
  }
  /**
   * Adds the operating system-specific end-of-line marker to the buffer
   *
   * @returns {Summary} summary instance
   */
  addEOL() {
    return this.addRaw(external_os_.EOL);
  }
  /**
   * Adds an HTML codeblock to the summary buffer
   *
   * @param {string} code content to render within fenced code block
   * @param {string} lang (optional) language to syntax highlight code
   *
   * @returns {Summary} summary instance
   */
  addCodeBlock(code2, lang) {
    const attrs = Object.assign({}, lang && { lang });
    const element = this.wrap("pre", this.wrap("code", code2), attrs);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML list to the summary buffer
   *
   * @param {string[]} items list of items to render
   * @param {boolean} [ordered=false] (optional) if the rendered list should be ordered or not (default: false)
   *
   * @returns {Summary} summary instance
   */
  addList(items, ordered = false) {
    const tag = ordered ? "ol" : "ul";
    const listItems = items.map((item) => this.wrap("li", item)).join("");
    const element = this.wrap(tag, listItems);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML table to the summary buffer
   *
   * @param {SummaryTableCell[]} rows table rows
   *
   * @returns {Summary} summary instance
   */
  addTable(rows) {
    const tableBody = rows.map((row) => {
      const cells = row.map((cell) => {
        if (typeof cell === "string") {
          return this.wrap("td", cell);
        }
        const { header, data, colspan, rowspan } = cell;
        const tag = header ? "th" : "td";
        const attrs = Object.assign(Object.assign({}, colspan && { colspan }), rowspan && { rowspan });
        return this.wrap(tag, data, attrs);
      }).join("");
      return this.wrap("tr", cells);
    }).join("");
    const element = this.wrap("table", tableBody);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds a collapsable HTML details element to the summary buffer
   *
   * @param {string} label text for the closed state
   * @param {string} content collapsable content
   *
   * @returns {Summary} summary instance
   */
  addDetails(label, content) {
    const element = this.wrap("details", this.wrap("summary", label) + content);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML image tag to the summary buffer
   *
   * @param {string} src path to the image you to embed
   * @param {string} alt text description of the image
   * @param {SummaryImageOptions} options (optional) addition image attributes
   *
   * @returns {Summary} summary instance
   */
  addImage(src, alt, options) {
    const { width, height } = options || {};
    const attrs = Object.assign(Object.assign({}, width && { width }), height && { height });
    const element = this.wrap("img", null, Object.assign({ src, alt }, attrs));
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML section heading element
   *
   * @param {string} text heading text
   * @param {number | string} [level=1] (optional) the heading level, default: 1
   *
   * @returns {Summary} summary instance
   */
  addHeading(text, level) {
    const tag = `h${level}`;
    const allowedTag = ["h1", "h2", "h3", "h4", "h5", "h6"].includes(tag) ? tag : "h1";
    const element = this.wrap(allowedTag, text);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML thematic break (<hr>) to the summary buffer
   *
   * @returns {Summary} summary instance
   */
  addSeparator() {
    const element = this.wrap("hr", null);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML line break (<br>) to the summary buffer
   *
   * @returns {Summary} summary instance
   */
  addBreak() {
    const element = this.wrap("br", null);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML blockquote to the summary buffer
   *
   * @param {string} text quote text
   * @param {string} cite (optional) citation url
   *
   * @returns {Summary} summary instance
   */
  addQuote(text, cite) {
    const attrs = Object.assign({}, cite && { cite });
    const element = this.wrap("blockquote", text, attrs);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML anchor tag to the summary buffer
   *
   * @param {string} text link text/content
   * @param {string} href hyperlink
   *
   * @returns {Summary} summary instance
   */
  addLink(text, href) {
    const element = this.wrap("a", text, { href });
    return this.addRaw(element).addEOL();
  }
};
var _summary = new Summary();

// node_modules/@actions/core/lib/platform.js


// node_modules/@actions/io/lib/io-util.js

var { chmod, copyFile, lstat, mkdir, open: main_open, readdir, rename, rm, rmdir, stat, symlink, unlink } = external_fs_.promises;
var IS_WINDOWS = process.platform === "win32";
var READONLY = external_fs_.constants.O_RDONLY;

// node_modules/@actions/exec/lib/toolrunner.js
var IS_WINDOWS2 = process.platform === "win32";

// node_modules/@actions/core/lib/platform.js
var platform = external_os_default().platform();
var arch = external_os_default().arch();

// node_modules/@actions/core/lib/core.js
var ExitCode;
(function(ExitCode2) {
  ExitCode2[ExitCode2["Success"] = 0] = "Success";
  ExitCode2[ExitCode2["Failure"] = 1] = "Failure";
})(ExitCode || (ExitCode = {}));
function setSecret(secret) {
  issueCommand("add-mask", {}, secret);
}
function getInput(name, options) {
  const val = process.env[`INPUT_${name.replace(/ /g, "_").toUpperCase()}`] || "";
  if (options && options.required && !val) {
    throw new Error(`Input required and not supplied: ${name}`);
  }
  if (options && options.trimWhitespace === false) {
    return val;
  }
  return val.trim();
}
function isDebug() {
  return process.env["RUNNER_DEBUG"] === "1";
}
function debug(message) {
  issueCommand("debug", {}, message);
}
function error(message, properties = {}) {
  issueCommand("error", toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
function warning(message, properties = {}) {
  issueCommand("warning", toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
function info(message) {
  process.stdout.write(message + external_os_.EOL);
}

// src/runner/environment.ts
var PREFIX = "INPUT_";
function variableOf(name) {
  return `${PREFIX}${name.toUpperCase()}`;
}
function readInputTexts(names) {
  const arrived = names.filter((name) => process.env[variableOf(name)] !== void 0);
  return Object.fromEntries(arrived.map((name) => [name, getInput(name)]));
}
function registerSecrets(secrets) {
  const texts = secrets.flatMap((secret) => [
    secret,
    ...Array.from(secret.matchAll(/\bbearer\s+([^\s"'`]+)/gi), ([, token = ""]) => token),
    secret.replace(/^["'`]|["'`]$/g, "")
  ]);
  const registered = [...new Set(texts)].filter((text) => text !== "");
  for (const text of registered) setSecret(text);
  return registered;
}
async function readProvenance(startedAt) {
  const workflowRun = await readWorkflowRun();
  const action = { repository: variable("GITHUB_ACTION_REPOSITORY"), ref: variable("GITHUB_ACTION_REF") };
  return { startedAt, finishedAt: Date.now(), workflowRun, action };
}
async function readWorkflowRun() {
  const repository = variable("GITHUB_REPOSITORY");
  const [id, attempt2] = [variable("GITHUB_RUN_ID"), variable("GITHUB_RUN_ATTEMPT")];
  const page = [variable("GITHUB_SERVER_URL"), repository, "actions", "runs", id, "attempts", attempt2];
  return {
    actor: variable("GITHUB_ACTOR"),
    triggering_actor: variable("GITHUB_TRIGGERING_ACTOR"),
    event: variable("GITHUB_EVENT_NAME"),
    repository,
    workflow: variable("GITHUB_WORKFLOW"),
    workflow_ref: variable("GITHUB_WORKFLOW_REF"),
    workflow_sha: variable("GITHUB_WORKFLOW_SHA"),
    sha: variable("GITHUB_SHA"),
    job: variable("GITHUB_JOB"),
    run_id: Number(id) || void 0,
    attempt: Number(attempt2) || void 0,
    url: page.includes(void 0) ? void 0 : page.join("/"),
    environment: await readEnvironment()
  };
}
var DeploymentEvent = (0,chunk_TGKH6P6W/* object */.Ik)({ deployment: (0,chunk_TGKH6P6W/* object */.Ik)({ environment: (0,chunk_TGKH6P6W/* string */.Yj)() }) });
async function readEnvironment() {
  try {
    if (!(0,external_node_fs_.statSync)(process.env["GITHUB_EVENT_PATH"] ?? "").isFile()) return void 0;
    const { context } = await Promise.resolve(/* import() eager */).then(__nccwpck_require__.bind(__nccwpck_require__, 45));
    return (0,chunk_TGKH6P6W/* parse */.qg)(DeploymentEvent, context.payload).deployment.environment;
  } catch {
    return void 0;
  }
}
function variable(name) {
  const value = process.env[name] ?? "";
  return value === "" ? void 0 : value;
}

// src/users/list-content.ts




var MISTAKEN_FILES = [
  [
    /^\s*<(?:!doctype html|html|head|\?xml)/i,
    "is a web page or XML, such as a login page",
    "Check how an earlier step fetches the list, and whether it signs in."
  ],
  [
    /^version https:\/\/git-lfs/,
    "is a Git LFS pointer, not the list",
    "Set `lfs: true` for actions/checkout."
  ],
  [/^(?:<{7}|>{7}) /m, "contains the marks of a merge conflict", "Fix the conflict, and commit again."]
];
var PASTED_LISTS = [
  [
    /@\{|^System\.[A-Z]|\[object [A-Z]|^(?:Array|Object)$/m,
    "contains what is left of objects that were not written as JSON",
    "Use `toJSON(\u2026)` in a workflow, `ConvertTo-Json` in PowerShell, or write only the addresses."
  ],
  [
    /^#{1,6} /m,
    "is the body of an issue form, with its headings",
    "Use only the address in it, with an action or a script that reads the form."
  ]
];
var MAX_FILE_BYTES = 8 * 1024 * 1024;
var JSON_BEGINNING = /^(?:\[\s*[^\sa-z]|\{[^{])/i;
function isTable(path) {
  return [".csv", ".tsv", ".tab"].includes((0,external_node_path_.extname)(path).toLowerCase());
}
async function readInputList(email, userUid) {
  const list = { name: inputPlace(), origin: "email", sha256: (0,external_node_crypto_namespaceObject.hash)("sha256", email) };
  const text = checkedText(email, (0,chunk_WH4TSCNU/* shownValue */.JJ)(email), PASTED_LISTS);
  if (typeof text !== "string") return readList(text, list);
  if (!JSON_BEGINNING.test(text)) return readList(entriesFromInput(text, userUid), list);
  const { entriesFromJson } = await __nccwpck_require__.e(/* import() */ 42).then(__nccwpck_require__.bind(__nccwpck_require__, 42));
  return readList(
    entriesFromJson(text, (_line, entry) => inputPlace(entry)),
    list
  );
}
async function readFileList(path, format) {
  const file = readFile(path);
  if ((0,chunk_F7JQXWIF/* isProblem */.AN)(file)) return { value: [], problems: [file] };
  const { name, bytes } = file;
  const list = { name, origin: "file", sha256: (0,external_node_crypto_namespaceObject.hash)("sha256", bytes) };
  return readList(await contentOfFile(name, bytes, format), list);
}
function readFile(path) {
  const { GITHUB_WORKSPACE: workspace = "", RUNNER_TEMP: temp = "" } = process.env;
  const cause = /^[a-z][a-z\d+.-]{1,20}:\/\//i.test(path) ? "is a URL" : (0,chunk_WH4TSCNU/* unexpandedCause */.U2)(path);
  if (cause !== void 0) {
    const remedy = "Fetch the list in an earlier step, and give the path of the file, or an expression like `${{ inputs.list }}`.";
    return (0,chunk_F7JQXWIF/* problem */.CC)(`\`users-file\` (${(0,chunk_WH4TSCNU/* shownValue */.JJ)(path)}) ${cause}`, remedy);
  }
  const resolved = (0,external_node_path_.resolve)(workspace, path);
  try {
    const file = (0,external_node_fs_.realpathSync)(resolved);
    const inWorkspace = pathIn(workspace, file);
    const isAllowed = inWorkspace !== void 0 || pathIn(temp, file) !== void 0;
    const name = { source: (0,external_node_path_.basename)(path), ...inWorkspace !== void 0 && { file: inWorkspace } };
    return fileProblem((0,external_node_fs_.statSync)(file), isAllowed) ?? { name, bytes: (0,external_node_fs_.readFileSync)(file) };
  } catch {
    const remedy = "Check that an earlier step checks out the repository or fetches the list, and give the path relative to the workspace, with `/` and without `~`. In a job with a container, the paths of its host do not exist.";
    return (0,chunk_F7JQXWIF/* problem */.CC)(`\`users-file\` cannot be read (${(0,chunk_WH4TSCNU/* shownValue */.JJ)(resolved)})`, remedy);
  }
}
function fileProblem(stats, isAllowed) {
  if (!stats.isFile())
    return (0,chunk_F7JQXWIF/* problem */.CC)("`users-file` is a folder or a device, not a file", "Give the path of the list itself.");
  if (!isAllowed) {
    const what = "`users-file` is outside the workspace and the runner's temporary folder";
    return (0,chunk_F7JQXWIF/* problem */.CC)(what, "Move the file into one of them.");
  }
  return stats.size > MAX_FILE_BYTES ? (0,chunk_F7JQXWIF/* problem */.CC)(`\`users-file\` is larger than ${MAX_FILE_BYTES / 1024 / 1024} MiB`, "Split the list.") : void 0;
}
function pathIn(folder, file) {
  const path = (0,external_node_fs_.existsSync)(folder) ? (0,external_node_path_.relative)((0,external_node_fs_.realpathSync)(folder), file) : "";
  return path === "" || path.startsWith("..") || (0,external_node_path_.isAbsolute)(path) ? void 0 : path.replaceAll(external_node_path_.sep, "/");
}
function readList(content, list) {
  const problems = (0,chunk_F7JQXWIF/* isProblem */.AN)(content) ? [content] : content.problems ?? [];
  return {
    value: (0,chunk_F7JQXWIF/* isProblem */.AN)(content) || problems.length > 0 ? [] : [{ ...content, ...list }],
    problems: problems.map((found) => ({ at: list.name, ...found }))
  };
}
async function contentOfFile(list, bytes, format) {
  if (!(0,external_node_buffer_namespaceObject.isUtf8)(bytes) || bytes.includes(0)) {
    const what = "the file is a spreadsheet or another file that is not in UTF-8";
    return (0,chunk_F7JQXWIF/* problem */.CC)(what, 'Save the list as "CSV UTF-8".');
  }
  const text = checkedText(bytes.toString(), "the file", MISTAKEN_FILES);
  if (typeof text !== "string") return text;
  if (isTable(list.source)) return (await __nccwpck_require__.e(/* import() */ 232).then(__nccwpck_require__.bind(__nccwpck_require__, 232))).entriesFromCsv(text, list, format);
  const ending = (0,external_node_path_.extname)(list.source).toLowerCase();
  if (![".json", ".jsonl", ".ndjson"].includes(ending)) return entriesFromLines(text, list);
  const { entriesFromJson } = await __nccwpck_require__.e(/* import() */ 42).then(__nccwpck_require__.bind(__nccwpck_require__, 42));
  return entriesFromJson(text, (line) => (0,chunk_TPTSGRWD/* placeIn */.VV)(list, line), ending !== ".json");
}
function checkedText(given, subject, mistakes) {
  const text = given.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");
  const [, what, remedy] = mistakes.find(([pattern]) => pattern.test(text)) ?? [];
  if (what !== void 0) return (0,chunk_F7JQXWIF/* problem */.CC)(`${subject} ${what}`, remedy);
  const [separator] = /[\v\f\u0085\u2028\u2029]/.exec(text) ?? [];
  if (separator === void 0) return text;
  const line = text.slice(0, text.indexOf(separator)).split("\n").length;
  return (0,chunk_F7JQXWIF/* problem */.CC)(
    `line ${line} contains ${(0,chunk_WH4TSCNU/* codePointName */.R8)(separator)}, at which only some programs end a line`,
    "Replace it with a line break or a space, here and wherever else it is."
  );
}
function inputPlace(entry) {
  return { source: entry === void 0 ? "email" : `email:${entry}` };
}
function entriesFromInput(email, userUid) {
  const texts = chunk_WH4TSCNU/* UNEVALUATED */.Dm.test(email) ? [email] : (0,chunk_WH4TSCNU/* itemsOf */.S3)(email);
  const entries = texts.map((text, index) => ({
    at: inputPlace(texts.length === 1 ? void 0 : index + 1),
    email: text,
    userUid: (0,chunk_MUZZZ2C3/* parseUuid */.Xw)(userUid)
  }));
  return { entries };
}
function userUidProblems(lists, userUid) {
  if (userUid === "") return [];
  if ((0,chunk_MUZZZ2C3/* parseUuid */.Xw)(userUid) === void 0) {
    const what2 = `\`user-uid\` is ${(0,chunk_WH4TSCNU/* shownValue */.JJ)(userUid)}, not 32 hex characters, or 36 with hyphens`;
    return [(0,chunk_F7JQXWIF/* problem */.CC)(what2, "Copy it again.")];
  }
  const [only, ...others] = lists.flatMap(({ entries }) => entries);
  const isOne = lists.length === 1 && only?.userUid === userUid && others.length === 0;
  const what = "`user-uid` requires exactly one address in `email` and no `users-file`";
  return isOne ? [] : [(0,chunk_F7JQXWIF/* problem */.CC)(what, "In a list, give each user its own `user_uid`.")];
}
function entriesFromLines(text, list) {
  const entries = text.split("\n").entries().map(([index, line]) => ({ at: (0,chunk_TPTSGRWD/* placeIn */.VV)(list, index + 1), email: line.replace(/(?:^|\s)#.*/, "").trim() })).filter(({ email }) => email !== "").take(chunk_TPTSGRWD/* MAX_ENTRIES */.Sd + 1).toArray();
  const { email: first = "" } = entries[0] ?? {};
  const cells = first.split(/[,;\t]/);
  const isTable2 = cells.length > 1 && cells.some((cell) => cell.trim() !== "" && !cell.includes("@"));
  if (!isTable2 && !/^[[{]/.test(first)) return { entries };
  const what = "the file looks like a table or JSON, not like a list with one address per line";
  return (0,chunk_F7JQXWIF/* problem */.CC)(what, "Rename it by its format to end in `.csv`, `.tsv`, `.json`, or `.jsonl`.");
}

// src/users/user-list.ts
var NO_LIST = { value: [], problems: [] };
async function readUsers(format) {
  const { email, usersFile, userUid } = format;
  const protectedUsers = readProtectedUsers(format.protectedUsers);
  const isProtected = (address) => protectedUsers.value.has((0,chunk_TGKH6P6W/* protectionKey */.Hl)(address));
  const inline = email === "" ? NO_LIST : await readInputList(email, userUid);
  const file = usersFile === "" ? NO_LIST : await readFileList(usersFile, format);
  const lists = [...inline.value, ...file.value];
  const isDated = lists.some(({ entries }) => entries.some(({ revokeAfter }) => revokeAfter !== void 0));
  const dates = isDated ? await __nccwpck_require__.e(/* import() */ 260).then(__nccwpck_require__.bind(__nccwpck_require__, 260)) : void 0;
  const checked = lists.map((list) => {
    const texts = new Set(list.entries.flatMap(({ revokeAfter }) => revokeAfter ?? []));
    const read = (text) => dates?.readDate(text, format, list.endsAtMidnight === true);
    const readings = new Map(Array.from(texts, (text) => [text, read(text)]));
    return { list, entries: list.entries.map((entry) => (0,chunk_MUZZZ2C3/* checkEntry */.Tr)(entry, readings, list, format)) };
  });
  const all = checked.flatMap(({ entries }) => entries);
  const merged = (0,chunk_MUZZZ2C3/* mergedUsers */.HI)(all, isProtected, format.badRows);
  const empty = lists.flatMap(({ name, entries, emptiness }) => {
    const reason = entries.length === 0 ? (0,chunk_F7JQXWIF/* problem */.CC)("the list has no users") : emptiness;
    return reason === void 0 ? [] : [{ ...reason, at: name }];
  });
  const named = new Set(lists.flatMap(({ entries }) => entries.flatMap(({ email: text }) => (0,chunk_TGKH6P6W/* keysIn */.q7)(text))));
  const problems = [
    ...email + usersFile === "" ? [(0,chunk_F7JQXWIF/* problem */.CC)("No user to revoke", "Set `email` or `users-file`.")] : [],
    ...(0,chunk_MUZZZ2C3/* filterProblems */.r_)(format.onlyRows, isTable(usersFile)),
    ...protectedUsers.problems,
    ...inline.problems,
    ...userUidProblems(lists, userUid),
    ...file.problems,
    ...format.ifEmpty === "fail" ? empty.map(withIfEmpty) : [],
    // Addresses in `email` are added to those that a file has dates for.
    ...lists.flatMap((list) => listProblems(list, format, list.origin === "file" || usersFile === "")),
    ...badEntryProblems(all, format.badRows),
    ...merged.problems
  ];
  const value = {
    ...merged.value,
    lists: checked.map(({ list: { origin, sha256 }, entries }) => ({
      name: origin === "file" ? usersFile : origin,
      sha256,
      users: new Set((0,chunk_MUZZZ2C3/* listedIn */.tl)(entries).map((entry) => (0,chunk_TGKH6P6W/* addressKey */.IY)(entry.email))).size
    })),
    notes: [
      ...lists.flatMap(({ notes = [] }) => notes),
      ...format.ifEmpty === "ignore" ? empty.map(({ what, at }) => `${at.source}: ${what}.`) : []
    ],
    warnings: [
      ...format.ifEmpty === "warn" ? empty : [],
      ...checked.flatMap(({ list: { name }, entries }) => {
        const moments = (0,chunk_MUZZZ2C3/* listedIn */.tl)(entries).flatMap(({ user }) => user?.revokeAfter ?? []);
        return (0,chunk_F7JQXWIF/* withPlace */.qS)(dates?.midnightWarnings(moments, format.timezone) ?? [], name);
      })
    ],
    isNamed: (address) => named.has((0,chunk_TGKH6P6W/* addressKey */.IY)(address)) || isProtected(address)
  };
  return { value, problems: (0,chunk_TPTSGRWD/* toldOnce */.n3)(problems) };
}
function withIfEmpty({ what, remedy, at }) {
  const way = "If that is not a mistake, set `if-empty` to `warn` or `ignore`.";
  return (0,chunk_F7JQXWIF/* problem */.CC)(what, remedy === void 0 ? way : `${remedy} ${way}`, at);
}
function listProblems({ entries, name }, { blankDate, onlyRows }, saysWhoLeaves) {
  const tooMany = `more than ${(0,chunk_F7JQXWIF/* grouped */.zD)(chunk_TPTSGRWD/* MAX_ENTRIES */.Sd)} entries`;
  const undated = blankDate === "not-due" && saysWhoLeaves && onlyRows === "" ? entries.filter(({ revokeAfter, broken }) => revokeAfter === void 0 && broken === void 0) : [];
  const noDate = "`blank-date: not-due` means that users without a date stay, but this entry has no place for a date, so nothing says whether the user leaves";
  const remedy = "Add a `revoke_after` to every entry: the date or `now`, or for a user who stays a blank, which is `null` in JSON.";
  return [
    ...entries.length > chunk_TPTSGRWD/* MAX_ENTRIES */.Sd ? [(0,chunk_F7JQXWIF/* problem */.CC)(tooMany, "Export only the users who leave, or split the list.", name)] : [],
    ...undated.map(({ at }) => (0,chunk_F7JQXWIF/* problem */.CC)(noDate, remedy, at))
  ];
}
function badEntryProblems(entries, badRows) {
  const bad = entries.filter((entry) => entry.kind === "bad");
  const usable = entries.length - bad.length;
  const problems = bad.flatMap((entry) => (0,chunk_F7JQXWIF/* withPlace */.qS)(entry.problems, entry.at));
  if (badRows === "stop") return problems;
  const notUnderstood = bad.filter(({ dateProblem }) => dateProblem !== "odd_year");
  if (notUnderstood.length <= usable)
    return bad.some(({ dateProblem }) => dateProblem === "other_format") ? problems : [];
  const what = `\`bad-rows: skip\` goes ahead only if most rows can be used, but only ${(0,chunk_F7JQXWIF/* quantity */.au)(usable, "row")} can, and ${(0,chunk_F7JQXWIF/* quantity */.au)(notUnderstood.length, "row")} cannot`;
  return [...problems, (0,chunk_F7JQXWIF/* problem */.CC)(what)];
}
function readProtectedUsers(text) {
  const entries = (0,chunk_WH4TSCNU/* itemsOf */.S3)(text).map(chunk_TGKH6P6W/* parseEmailAddress */.OE);
  const problems = entries.flatMap(
    (entry, index) => typeof entry === "string" ? [] : [{ ...entry, what: `\`protected-users\`, entry ${index + 1}: ${entry.what}` }]
  );
  return { value: new Set(entries.filter((entry) => typeof entry === "string").map(chunk_TGKH6P6W/* protectionKey */.Hl)), problems };
}

// src/inputs/options.ts
var TEXT = (0,chunk_TGKH6P6W/* optional */.lq)((0,chunk_TGKH6P6W/* string */.Yj)(), "");
function filled(fallback2, remedy, isRight = (text) => text !== "") {
  return (0,chunk_TGKH6P6W/* optional */.lq)((0,chunk_TGKH6P6W/* pipe */.Fs)((0,chunk_TGKH6P6W/* string */.Yj)(), (0,chunk_TGKH6P6W/* check */.z6)(isRight, remedy)), fallback2);
}
function word(words) {
  return (0,chunk_TGKH6P6W/* optional */.lq)((0,chunk_TGKH6P6W/* picklist */.KI)(words, `Use ${listed(words)}.`), words[0]);
}
function boolean2(fallback2, ...others) {
  const words = [...["true", "True", "TRUE", "false", "False", "FALSE"], ...others];
  return (0,chunk_TGKH6P6W/* optional */.lq)(
    (0,chunk_TGKH6P6W/* pipe */.Fs)(
      (0,chunk_TGKH6P6W/* picklist */.KI)(words, `Use ${listed(["true", "false", ...others])}.`),
      (0,chunk_TGKH6P6W/* transform */.pd)((text) => others.find((word2) => word2 === text) ?? text.toLowerCase() === "true")
    ),
    fallback2
  );
}
var BOOLEAN = boolean2("false");
function integer2(min, max, fallback2) {
  const isWithin = (text) => /^\d{1,9}$/.test(text) && Number(text) >= min && Number(text) <= max;
  const remedy = `Use a whole number from ${min} to ${max}.`;
  return (0,chunk_TGKH6P6W/* optional */.lq)((0,chunk_TGKH6P6W/* pipe */.Fs)((0,chunk_TGKH6P6W/* string */.Yj)(), (0,chunk_TGKH6P6W/* check */.z6)(isWithin, remedy), (0,chunk_TGKH6P6W/* transform */.pd)(Number)), fallback2);
}
function isTimezone(name) {
  if (name === "UTC") return true;
  if (/^(?:[+-]|(?!CET|EET|EST|GMT|HST|MET|MST|WET)..T$)/i.test(name)) return false;
  try {
    return Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
var CHECK_SOURCE = "Check the variable or expression that the value comes from.";
var TABLE = (0,chunk_TGKH6P6W/* object */.Ik)({
  email: TEXT,
  usersFile: TEXT,
  emailColumn: filled("email", "Use the name of the column."),
  dateColumn: filled("revoke_after", "Use the name of the column, or `none` for a file without dates."),
  dateFormat: word(chunk_F7JQXWIF/* DATE_FORMATS */.Kn),
  blankDate: word(["stop", "not-due"]),
  onlyRows: filled("none", `${CHECK_SOURCE} Write \`none\` only if every row of the list counts.`),
  protectedUsers: filled("none", `${CHECK_SOURCE} Write \`none\` only if no user is protected.`),
  referenceColumn: TEXT,
  badRows: word(["stop", "skip"]),
  userUid: TEXT,
  ifEmpty: word(["fail", "warn", "ignore"]),
  timezone: filled("UTC", "Use an IANA time zone like `Europe/Berlin`.", isTimezone),
  dueWithinDays: integer2(1, 3650, "30"),
  maxUsers: integer2(1, 1e6, "100"),
  accountId: TEXT,
  zoneId: TEXT,
  apiToken: TEXT,
  apiEmail: TEXT,
  apiKey: TEXT,
  devices: BOOLEAN,
  warpSessionReauth: BOOLEAN,
  verify: boolean2("true", "sessions"),
  unknownUser: word(["fail", "warn"]),
  signedInAgain: word(["fail", "warn"]),
  notListed: word(["ignore", "warn", "fail"]),
  removeSeat: BOOLEAN,
  dryRun: boolean2("false", "offline"),
  concurrency: integer2(1, 20, "4"),
  maxAttempts: integer2(1, 10, "5"),
  requestTimeout: integer2(1, 300, "30"),
  maskEmails: BOOLEAN,
  apiBaseUrl: TEXT
});
function inputName(key) {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
var INPUTS = Object.fromEntries(
  Object.entries((0,chunk_TGKH6P6W/* getDefaults */.rV)(TABLE)).map(([key, fallback2]) => [inputName(key), fallback2])
);
var SECRET_INPUTS = ["api-token", "api-key"];
function givenInputs(values) {
  const entries = Object.entries(values).map(([key, value]) => [inputName(key), value]);
  return new Map(entries.filter(([name]) => !SECRET_INPUTS.includes(name)));
}
function readValues(texts) {
  const keys = (0,chunk_TGKH6P6W/* keyof */.ZE)(TABLE).options.filter((key) => texts[inputName(key)] !== void 0);
  const given = keys.map((key) => [key, texts[inputName(key)]]);
  const { issues = [] } = (0,chunk_TGKH6P6W/* safeParse */.xL)(TABLE, Object.fromEntries(given));
  const unreadable = new Map(issues.map((issue2) => [(0,chunk_TGKH6P6W/* getDotPath */.Bu)(issue2) ?? "", issue2.message]));
  return {
    value: (0,chunk_TGKH6P6W/* parse */.qg)(TABLE, Object.fromEntries(given.filter(([key]) => !unreadable.has(key)))),
    problems: Array.from(unreadable, ([key, remedy]) => {
      const name = inputName(key);
      return wrongValue(name, texts[name] ?? "", remedy);
    })
  };
}
function wrongValue(name, text, remedy) {
  if (text === "")
    return (0,chunk_F7JQXWIF/* problem */.CC)(`\`${name}\` is empty`, INPUTS[name] === "none" ? remedy : `${remedy} ${CHECK_SOURCE}`);
  const cause = (0,chunk_WH4TSCNU/* unexpandedCause */.U2)(text);
  return cause === void 0 ? (0,chunk_F7JQXWIF/* problem */.CC)(`\`${name}\` is ${(0,chunk_WH4TSCNU/* shownValue */.JJ)(text)}`, remedy) : (0,chunk_F7JQXWIF/* problem */.CC)(`\`${name}\` ${cause}`, `${remedy} Write an expression like \`\${{ inputs.${name} }}\`.`);
}
function verifiesSessions({ verify }) {
  return verify !== false;
}
function verifiesDevices({ verify, devices }) {
  return verify === true && devices;
}
function needsLookUp({ verify, removeSeat }) {
  return verify !== false || removeSeat;
}
function listed(words) {
  const quoted2 = words.map((text) => `\`${text}\``);
  const last = `${quoted2.length > 2 ? "," : ""} or ${quoted2.at(-1) ?? ""}`;
  return `${quoted2.slice(0, -1).join(", ")}${last}`;
}

// src/inputs/checked-inputs.ts
async function readInputs(now) {
  const texts = readInputTexts(NAMES);
  const secrets = registerSecrets(SECRET_INPUTS.map((name) => texts[name] ?? ""));
  const undeclared = undeclaredVariables();
  const misplaced = misplacedCredentials(texts, secrets);
  const { value: values, problems: wrongValues } = readValues(
    Object.fromEntries(Object.entries(texts).filter(([name]) => !misplaced.includes(name)))
  );
  const { apiToken, apiKey, dryRun, ...options } = values;
  const { accountId, zoneId, apiEmail, apiBaseUrl } = options;
  const isOffline = dryRun === "offline";
  const target = isOffline && accountId + zoneId === "" ? void 0 : chooseTarget(accountId, zoneId);
  const credential = chooseCredential({ apiToken, apiEmail, apiKey }, !isOffline);
  const baseUrl = chooseBaseUrl(apiBaseUrl);
  const proxy = isOffline || (0,chunk_F7JQXWIF/* isProblem */.AN)(baseUrl) ? void 0 : proxyProblem(baseUrl.href);
  const named = {
    dateColumn: unlessNone(options.dateColumn),
    onlyRows: unlessNone(options.onlyRows),
    protectedUsers: unlessNone(options.protectedUsers)
  };
  const list = misplaced.length > 0 ? void 0 : await readUsers({ ...options, ...named, now });
  const redacted = (found) => (0,chunk_F7JQXWIF/* withTexts */.j8)(found, (text) => secrets.reduce((rest, secret) => rest.replaceAll(secret, "***"), text));
  const problems = [
    ...await Promise.all(undeclared.map(undeclaredProblem)),
    ...misplaced.map(misplacedProblem),
    ...wrongValues,
    ...[target, ...credential.problems, baseUrl, proxy].filter((read) => (0,chunk_F7JQXWIF/* isProblem */.AN)(read)),
    ...combinationProblems(values, target),
    ...list === void 0 ? [] : [...list.problems, ...tooManyDue(list.value, values)]
  ].map(redacted);
  const warnings = (list?.value.warnings ?? []).map(redacted);
  if (problems.length === 0 && list !== void 0 && !(0,chunk_F7JQXWIF/* isProblem */.AN)(baseUrl)) {
    const known = (0,chunk_F7JQXWIF/* isProblem */.AN)(target) ? void 0 : target;
    const common = { ...options, baseUrl, given: givenInputs(values) };
    const checked = { list: list.value, warnings };
    if (isOffline) return { kind: "offline_check", ...checked, options: { ...common, target: known, dryRun } };
    if (known !== void 0 && credential.value !== void 0) {
      if (known.type === "zone") warnings.push(ZONE_WARNING);
      const run = { ...common, target: known, dryRun };
      return { kind: "run", ...checked, options: run, credential: credential.value };
    }
  }
  const mayMask = !/^false$/i.test(texts["mask-emails"] ?? "false") || undeclared.some((name) => /mask/i.test(name));
  return { kind: "problems", problems, warnings, maskEmails: mayMask };
}
function unlessNone(text) {
  return text.toLowerCase() === "none" ? "" : text;
}
function combinationProblems(values, target) {
  const { verify, removeSeat } = values;
  const isZone = target !== void 0 && "type" in target && target.type === "zone";
  const notListed = values.notListed !== "ignore";
  const refused = [
    [
      isZone && (verify !== false || removeSeat || notListed),
      "`zone-id` cannot be combined with `verify`, `remove-seat`, or `not-listed`, because Cloudflare lists users and seats for accounts only",
      "Use `account-id`, or write `verify: false` and remove the other two."
    ],
    [
      verifiesDevices(values) && values.apiKey !== "",
      "A Global API key cannot read devices, so `devices: true` cannot be verified with it",
      "Write `verify: sessions`, or use `api-token`."
    ],
    [
      values.unknownUser === "warn" && !needsLookUp(values),
      "`unknown-user: warn` cannot be combined with `verify: false`, because no user is looked up",
      "Remove one of them."
    ],
    [
      values.signedInAgain === "warn" && !verifiesSessions(values),
      "`signed-in-again: warn` cannot be combined with `verify: false`, because no session is read",
      "Remove one of them."
    ],
    [
      notListed && (values.usersFile === "" || values.dryRun === "offline"),
      "`not-listed` needs `users-file`, a list of everyone who may have access, and reads users, which `dry-run: offline` does not",
      "Set `users-file` and use `dry-run: true`, or remove `not-listed`."
    ]
  ];
  return refused.flatMap(([isGiven, what, remedy]) => isGiven ? [(0,chunk_F7JQXWIF/* problem */.CC)(what, remedy)] : []);
}
function tooManyDue({ users }, { maxUsers }) {
  const due = users.filter(({ timing }) => timing === "due").length;
  if (due <= maxUsers) return [];
  const what = `${due} users are due, more than \`max-users\` (${maxUsers})`;
  return [(0,chunk_F7JQXWIF/* problem */.CC)(what, "Check the list. Raise `max-users` only if all of these users leave.")];
}
var ZONE_WARNING = (0,chunk_F7JQXWIF/* problem */.CC)(
  "With `zone-id`, Cloudflare's API description covers only the address, and only the applications of the zone; it does not mention API tokens, `devices`, `warp-session-reauth`, or user UUIDs",
  "Cloudflare may ignore or refuse these. Use `account-id` if you can."
);
var NAMES = Object.keys(INPUTS);
var DESKTOP_VARIABLE = "INPUT_METHOD";
var MIN_SECRET_LENGTH = 8;
var CHECKED_FOR_CREDENTIALS = [...SECRET_INPUTS, "account-id", "zone-id", "api-email"];
function undeclaredVariables() {
  const declared = [DESKTOP_VARIABLE, ...NAMES.map(variableOf)];
  return Object.keys(process.env).filter((name) => name.startsWith(PREFIX) && !declared.includes(name));
}
async function undeclaredProblem(variable2) {
  const name = variable2.slice(PREFIX.length).toLowerCase();
  const spelling = (text) => text.replace(/[-_ ]/g, "").replace(/s$/, "");
  const similar = await (0,chunk_WH4TSCNU/* similarName */.jz)(spelling(name), NAMES.map(spelling));
  const meant = NAMES.find((candidate) => spelling(candidate) === similar);
  const names = meant === void 0 ? `The inputs are ${NAMES.map(inCode).join(", ")}.` : `The closest name is ${inCode(meant)}.`;
  const rename2 = `If the step does not set it, rename the variable ${inCode(variable2)}, which comes from \`env:\` (or, with \`act\`, from an enclosing composite action).`;
  return (0,chunk_F7JQXWIF/* problem */.CC)(`There is no input ${inCode(name)}`, `${names} ${rename2}`);
}
function inCode(name) {
  return /^[\w .-]{1,80}$/.test(name) && !(0,chunk_WH4TSCNU/* looksLikeCredential */.Pv)(name.toLowerCase()) ? `\`${name}\`` : (0,chunk_WH4TSCNU/* shownValue */.JJ)(name);
}
function misplacedCredentials(texts, secrets) {
  const long = secrets.filter(({ length }) => length >= MIN_SECRET_LENGTH);
  const hasCredential = (text = "") => (0,chunk_WH4TSCNU/* looksLikeCredential */.Pv)(text) || long.some((secret) => text.includes(secret));
  return NAMES.filter((name) => hasCredential(texts[name]) && !CHECKED_FOR_CREDENTIALS.includes(name));
}
function misplacedProblem(name) {
  return (0,chunk_F7JQXWIF/* problem */.CC)(
    `\`${name}\` contains something that looks like a credential`,
    "Use credentials only in `api-token` or `api-key`. Replace this one, unless it comes from a secret: GitHub shows inputs in the log."
  );
}

// src/revocation/outcome.ts
function totalsOf(outcomes) {
  const totals = { revoked: 0, failed: 0, unknown: 0, skipped: 0, not_due: 0, past: 0, would_revoke: 0 };
  for (const { status } of outcomes) totals[status] += 1;
  return totals;
}
function failsStep(outcome) {
  return outcome.status === "skipped" || "problem" in outcome && outcome.problem !== void 0;
}

// src/cloudflare/client.ts


// node_modules/yocto-queue/index.js
var Node = class {
  value;
  next;
  constructor(value) {
    this.value = value;
  }
};
var Queue = class {
  #head;
  #tail;
  #size;
  constructor() {
    this.clear();
  }
  enqueue(value) {
    const node = new Node(value);
    if (this.#head) {
      this.#tail.next = node;
      this.#tail = node;
    } else {
      this.#head = node;
      this.#tail = node;
    }
    this.#size++;
  }
  dequeue() {
    const current = this.#head;
    if (!current) {
      return;
    }
    this.#head = this.#head.next;
    this.#size--;
    if (!this.#head) {
      this.#tail = void 0;
    }
    return current.value;
  }
  peek() {
    if (!this.#head) {
      return;
    }
    return this.#head.value;
  }
  clear() {
    this.#head = void 0;
    this.#tail = void 0;
    this.#size = 0;
  }
  get size() {
    return this.#size;
  }
  *[Symbol.iterator]() {
    let current = this.#head;
    while (current) {
      yield current.value;
      current = current.next;
    }
  }
  *drain() {
    while (this.#head) {
      yield this.dequeue();
    }
  }
};

// node_modules/p-limit/index.js
function pLimit(concurrency) {
  let rejectOnClear = false;
  if (typeof concurrency === "object") {
    ({ concurrency, rejectOnClear = false } = concurrency);
  }
  validateConcurrency(concurrency);
  if (typeof rejectOnClear !== "boolean") {
    throw new TypeError("Expected `rejectOnClear` to be a boolean");
  }
  const queue = new Queue();
  let activeCount = 0;
  const resumeNext = () => {
    if (activeCount < concurrency && queue.size > 0) {
      activeCount++;
      queue.dequeue().run();
    }
  };
  const next = () => {
    activeCount--;
    resumeNext();
  };
  const run = async (function_, resolve2, arguments_) => {
    const result = (async () => function_(...arguments_))();
    resolve2(result);
    try {
      await result;
    } catch {
    }
    next();
  };
  const enqueue = (function_, resolve2, reject, arguments_) => {
    const queueItem = { reject };
    new Promise((internalResolve) => {
      queueItem.run = internalResolve;
      queue.enqueue(queueItem);
    }).then(run.bind(void 0, function_, resolve2, arguments_));
    if (activeCount < concurrency) {
      resumeNext();
    }
  };
  const generator = (function_, ...arguments_) => new Promise((resolve2, reject) => {
    enqueue(function_, resolve2, reject, arguments_);
  });
  Object.defineProperties(generator, {
    activeCount: {
      get: () => activeCount
    },
    pendingCount: {
      get: () => queue.size
    },
    clearQueue: {
      value() {
        if (!rejectOnClear) {
          queue.clear();
          return;
        }
        const abortError = AbortSignal.abort().reason;
        while (queue.size > 0) {
          queue.dequeue().reject(abortError);
        }
      }
    },
    concurrency: {
      get: () => concurrency,
      set(newConcurrency) {
        validateConcurrency(newConcurrency);
        concurrency = newConcurrency;
        queueMicrotask(() => {
          while (activeCount < concurrency && queue.size > 0) {
            resumeNext();
          }
        });
      }
    },
    map: {
      async value(iterable, function_) {
        const promises3 = [];
        try {
          Array.from(iterable, (value, index) => {
            const promise = generator(function_, value, index);
            promises3.push(promise);
            return promise;
          });
        } catch (error2) {
          for (const promise of promises3) {
            promise.catch(() => {
            });
          }
          throw error2;
        }
        return Promise.all(promises3);
      }
    }
  });
  return generator;
}
function validateConcurrency(concurrency) {
  if (!((Number.isInteger(concurrency) || concurrency === Number.POSITIVE_INFINITY) && concurrency > 0)) {
    throw new TypeError("Expected `concurrency` to be a number from 1 and up");
  }
}

// src/cloudflare/error-codes.ts
var CHECK_TOKEN = "Check that the secret holds the whole token and that the token is neither expired nor disabled.";
var UNKNOWN_TOKEN = `Cloudflare does not know this token. ${CHECK_TOKEN}`;
var ROUTE = "The account or zone ID is wrong, or the credential may not see it: compare `account-id` or `zone-id` with the dashboard.";
var LOCKED_OUT = {
  failure: "locked_out",
  scope: "all_users",
  remedy: "Too many calls with a wrong credential: Cloudflare has locked it out for a while. Fix the secret first, then run the step again."
};
var RATE_LIMIT = { failure: "rate_limited", scope: "user" };
var TRANSIENT = { failure: "transient", scope: "transient" };
var NOT_FOUND = {
  scope: "user",
  remedy: "Cloudflare found no such object: check `account-id` or `zone-id`, the address, and `user-uid`."
};
var NOT_ENABLED = "Zero Trust is not set up on this account: check `account-id` or `zone-id`; it may be that of another account.";
var OTHER_LOCATION = "The token is restricted to IP addresses, and the runner's is not among them: add it to the token, or use a runner with an allowed address.";
var lacking = (permission) => `The token is valid, but lacks a permission. Give it the account permission ${permission}.`;
var notCovered = (permission) => `Check that the token covers this account and has the account permission ${permission}.`;
var notAuthenticated = (permission, isAccepted) => isAccepted ? `Cloudflare accepted the token for another call, so check first that it has the account permission ${permission}, then that it covers this account and is not restricted to other IP addresses.` : `Check that the token is not wrong, expired, or disabled, that it covers this account and has the account permission ${permission}, and that it is not restricted to other IP addresses.`;
var BY_MESSAGE = [
  [9109, "max auth failures", LOCKED_OUT],
  [10001, "unable to authenticate request", TRANSIENT],
  [0, "access.api.error.internal_server_error", TRANSIENT],
  [0, "access.api.error.not_enabled", NOT_ENABLED],
  [0, "access.api.error.not_found", NOT_FOUND],
  [
    0,
    "not allowed for the api_token authentication scheme",
    "This call takes no API token: use `api-email` and `api-key`."
  ],
  [9109, "cannot use the access token from location", OTHER_LOCATION],
  [9109, "invalid access token", UNKNOWN_TOKEN],
  [9109, "unauthorized to access requested resource", notCovered],
  [1e4, "forbidden", lacking],
  [1e4, "authentication error", notAuthenticated]
];
var BY_CODE = {
  429: RATE_LIMIT,
  971: RATE_LIMIT,
  1e3: UNKNOWN_TOKEN,
  1001: `Cloudflare saw no credential that it takes for this call: it may not take a token that belongs to an account. ${CHECK_TOKEN}`,
  6003: `Cloudflare could not read the credential's header. ${CHECK_TOKEN}`,
  6103: "Cloudflare could not read the `X-Auth-Key` header: check that `api-key` holds the whole Global API key, or better, use `api-token`.",
  6111: "Cloudflare could not read the `Authorization` header: give the token alone, as the dashboard showed it.",
  7e3: ROUTE,
  7003: ROUTE,
  9103: "Cloudflare does not know this Global API key or address: check `api-email` and `api-key`, or better, use `api-token`.",
  10013: RATE_LIMIT,
  10405: "This call does not take this kind of credential: use the other kind, `api-token` or `api-key`.",
  10502: LOCKED_OUT
};
var CHECK_LOGIN = "Check `api-base-url`, and whether a proxy asks for a login.";
var STATUS_PAGE = "Check https://www.cloudflarestatus.com, and run the step again later.";
var FOREIGN_STATUSES = {
  401: { scope: "all_users", remedy: CHECK_LOGIN },
  403: {
    failure: "blocked",
    scope: "transient",
    remedy: "A firewall or bot protection between the runner and the API blocks the runner's IP address: check the network path, or use a runner with another address."
  },
  404: { scope: "all_users", remedy: "This is not the API: check `api-base-url`." },
  407: { scope: "all_users", remedy: PROXY_CREDENTIAL }
};
function refusal(answer) {
  const { status, isCloudflares, errors, permission, isAccepted = false } = answer;
  const byError = isCloudflares ? errors.flatMap((error2) => knownMeaning(error2) ?? []).at(-1) : void 0;
  const byStatus = meaningOf(status, isCloudflares, byError !== void 0);
  const { failure = byStatus.failure, remedy = byStatus.remedy, scope } = byError ?? byStatus;
  const mayLack = typeof remedy === "function";
  const hint = mayLack ? remedy(permission ?? "that the call takes", isAccepted) : remedy;
  const remedies = [...documentation(errors), ...hint === void 0 ? [] : [hint]];
  return {
    failure: failure ?? "other",
    problem: {
      what: whatHappened(status, isCloudflares),
      ...remedies.length > 0 && { remedy: remedies.join(" ") },
      permission: mayLack ? permission : void 0,
      scope,
      errors
    }
  };
}
function knownMeaning({ code: code2, message }) {
  const words = `${code2 ?? ""} ${message}`.toLowerCase();
  const found = BY_MESSAGE.find(
    ([known, text]) => (known === 0 || known === Number(code2)) && words.includes(text)
  );
  const meaning = found?.[2] ?? BY_CODE[Number(code2)];
  return meaning === void 0 || typeof meaning === "object" ? meaning : { scope: "all_users", remedy: meaning };
}
function meaningOf(status, isCloudflares, isKnown) {
  if (status === 429 && !isKnown) return RATE_LIMIT;
  if (status >= 500) return { ...TRANSIENT, remedy: STATUS_PAGE };
  if (isRedirect(status)) return { scope: "user", remedy: CHECK_LOGIN };
  const meaning = status === 408 || status === 425 ? TRANSIENT : { scope: "user" };
  if (!isCloudflares) return FOREIGN_STATUSES[status] ?? { ...meaning, remedy: PROXY_REMEDY };
  return status === 401 || status === 403 ? { failure: "refused", scope: "all_users" } : meaning;
}
function whatHappened(status, isCloudflares) {
  if (isRedirect(status))
    return `Something answered with a redirect (${statusText(status)}), which is not followed`;
  if (!isCloudflares && status === 403)
    return `Something in front of Cloudflare's API answered ${statusText(status)}`;
  return `Cloudflare answered ${statusText(status)}${status >= 200 && status <= 299 ? ' with "success": false' : ""}`;
}
function isRedirect(status) {
  return status >= 300 && status <= 399;
}
function documentation(errors) {
  const link = errors.flatMap(({ documentationUrl = "" }) => URL.parse(documentationUrl) ?? []).find(({ origin, username, password, href }) => {
    const isCloudflares = /^https:\/\/(?:[^/]+\.)?cloudflare\.com$/.test(origin);
    return isCloudflares && username + password === "" && href.length <= 300;
  });
  return link === void 0 ? [] : [`Cloudflare refers to ${link.href} for details.`];
}

// src/cloudflare/answer.ts
function idsOf({
  httpStatus,
  rayId
}) {
  return { httpStatus, ...rayId !== void 0 && { rayId } };
}
var ErrorEntry = (0,chunk_TGKH6P6W/* object */.Ik)({
  code: (0,chunk_TGKH6P6W/* optional */.lq)((0,chunk_TGKH6P6W/* union */.KC)([(0,chunk_TGKH6P6W/* number */.ai)(), (0,chunk_TGKH6P6W/* string */.Yj)()])),
  message: (0,chunk_TGKH6P6W/* optional */.lq)((0,chunk_TGKH6P6W/* string */.Yj)()),
  documentation_url: (0,chunk_TGKH6P6W/* fallback */.Np)((0,chunk_TGKH6P6W/* optional */.lq)((0,chunk_TGKH6P6W/* string */.Yj)()), void 0)
});
var ErrorChain = (0,chunk_TGKH6P6W/* fallback */.Np)((0,chunk_TGKH6P6W/* array */.YO)((0,chunk_TGKH6P6W/* fallback */.Np)(ErrorEntry, {})), []);
var ErrorWithChain = (0,chunk_TGKH6P6W/* object */.Ik)({ ...ErrorEntry.entries, error_chain: ErrorChain });
var Errors = (0,chunk_TGKH6P6W/* fallback */.Np)((0,chunk_TGKH6P6W/* array */.YO)((0,chunk_TGKH6P6W/* fallback */.Np)(ErrorWithChain, { error_chain: [] })), []);
var Envelope = (0,chunk_TGKH6P6W/* object */.Ik)({
  success: (0,chunk_TGKH6P6W/* boolean */.zM)(),
  errors: (0,chunk_TGKH6P6W/* optional */.lq)((0,chunk_TGKH6P6W/* unknown */.L5)()),
  result: (0,chunk_TGKH6P6W/* optional */.lq)((0,chunk_TGKH6P6W/* unknown */.L5)()),
  result_info: (0,chunk_TGKH6P6W/* optional */.lq)((0,chunk_TGKH6P6W/* unknown */.L5)())
});
var NoErrors = (0,chunk_TGKH6P6W/* nullish */.cl)((0,chunk_TGKH6P6W/* pipe */.Fs)((0,chunk_TGKH6P6W/* array */.YO)((0,chunk_TGKH6P6W/* unknown */.L5)()), (0,chunk_TGKH6P6W/* maxLength */.Ru)(0)));
var MAX_ERRORS = 10;
function readAttempt(exchange, spec, secret) {
  const answer = exchange.kind === "answer" ? readAnswer(exchange, spec, (text) => text.replaceAll(secret, "***")) : { kind: "problem", ...noAnswer(exchange) };
  return { exchange, isRateLimited: answer.kind === "problem" && answer.failure === "rate_limited", answer };
}
function readAnswer({ status, headers, body, receivedAt }, { result, permission, isAccepted }, clean) {
  const reviver = (_key, value) => typeof value === "string" ? clean(value) : value;
  const parsed = (0,chunk_TGKH6P6W/* safeParse */.xL)((0,chunk_TGKH6P6W/* pipe */.Fs)((0,chunk_TGKH6P6W/* string */.Yj)(), (0,chunk_TGKH6P6W/* parseJson */.qF)({ reviver }), Envelope), body);
  const envelope = parsed.success ? parsed.output : void 0;
  const errors = errorsOf(envelope?.errors);
  const ray = headers["cf-ray"];
  const ids = { httpStatus: status, ...typeof ray === "string" && { rayId: (0,chunk_WH4TSCNU/* shortened */.vI)(clean(ray), 64) } };
  const unexpected = (what) => ({
    kind: "problem",
    failure: "transient",
    problem: { ...ids, what, remedy: PROXY_REMEDY, scope: "transient", errors }
  });
  if (status < 200 || status > 299 || envelope?.success === false) {
    const isCloudflares = envelope !== void 0 && headers["cf-mitigated"] === void 0;
    const { failure, problem: problem2 } = refusal({ status, isCloudflares, errors, permission, isAccepted });
    return { kind: "problem", failure, problem: { ...ids, ...problem2 } };
  }
  const answered = `answered ${statusText(status)}`;
  if (envelope === void 0)
    return unexpected(`Something ${answered}, but not in the form of Cloudflare's API`);
  if (!(0,chunk_TGKH6P6W.is)(NoErrors, envelope.errors))
    return unexpected(`Cloudflare ${answered} with "success": true and errors, which contradict each other`);
  const checked = (0,chunk_TGKH6P6W/* safeParse */.xL)(result, envelope.result);
  if (!checked.success)
    return unexpected(`Cloudflare ${answered}, but without the result that its API reference promises`);
  return {
    kind: "result",
    result: checked.output,
    ...ids,
    date: (0,chunk_F7JQXWIF/* parseHttpDate */.m6)(headers.date ?? ""),
    receivedAt,
    resultInfo: envelope.result_info
  };
}
function errorsOf(given) {
  return (0,chunk_TGKH6P6W/* parse */.qg)(Errors, given).flatMap((entry) => [entry, ...entry.error_chain]).filter(({ code: code2, message }) => code2 !== void 0 || message !== void 0).map(({ code: code2, message = "no message", documentation_url: documentationUrl }) => ({
    ...apiError(code2, message),
    documentationUrl
  })).slice(0, MAX_ERRORS);
}

// src/cloudflare/client.ts
var VERSION = "1.0.0";
var FIRST_BACKOFF_MS = 500;
var MAX_BACKOFF_MS = 3e4;
var REFUSALS = 3;
var Client = class {
  #options;
  #learnt = /* @__PURE__ */ new Map();
  /** Limit the optional calls in progress, and so how many are refused before the run knows that all of them are. */
  #lookUps;
  #reads;
  constructor(options) {
    this.#options = options;
    this.#lookUps = pLimit(options.throttle.concurrency);
    this.#reads = pLimit(options.throttle.concurrency);
  }
  /** Makes the call. It never throws because of Cloudflare or the network. */
  async call(request) {
    const call = async () => this.#call(request);
    if (!request.kind.isOptional) return call();
    return request.priority === "look_up" ? this.#lookUps(call) : this.#reads(call);
  }
  async #call(request) {
    const { kind, priority = "read" } = request;
    const learnt = this.#learntOf(kind);
    let [attempts, refusals, sent] = [0, 0, false];
    let acceptedBefore = 0;
    let last;
    const failed3 = (problem2) => ({ kind: "problem", problem: problem2, attempts });
    const attempt2 = async () => {
      if (kind.isOptional && learnt.refusal !== void 0) return failed3(learnt.refusal);
      const turn = await this.#options.throttle.send(async () => {
        sent = true;
        return this.#attempt(request, attempts + 1);
      }, priority);
      if ("stopped" in turn) {
        return last === void 0 ? { kind: "stopped", reason: turn.stopped, sent, attempts } : failed3(last);
      }
      attempts += 1;
      const { answer } = turn.made;
      if (answer.kind === "result") {
        learnt.accepted += 1;
        learnt.refusal = void 0;
        return { ...answer, attempts };
      }
      const isRefused = answer.failure === "refused" || answer.failure === "blocked";
      if (isRefused && refusals === 0) acceptedBefore = learnt.accepted;
      if (isRefused) refusals += 1;
      last = answer.problem;
      const left = this.#maxAttempts(answer.failure, kind) - (isRefused ? refusals : attempts);
      if (left <= 0) return failed3(this.#conclude(answer, kind, learnt.accepted > acceptedBefore));
      const again = async () => {
        if (!kind.isOptional || learnt.refusal === void 0)
          await this.#backOff(request.about, answer.problem, attempts, left);
        return attempt2();
      };
      return isRefused && refusals === 1 ? learnt.trials(again) : again();
    };
    return attempt2();
  }
  #maxAttempts(failure, kind) {
    const { maxAttempts } = this.#options;
    if (failure === "transient" || failure === "blocked" && !kind.isOptional) return maxAttempts;
    if (kind.isIncidental) return 1;
    if (failure === "blocked") return Math.min(REFUSALS, maxAttempts);
    return failure === "refused" && this.#isAccepted(kind) ? REFUSALS : 1;
  }
  /** @param isOthersAccepted - whether another call of its kind was accepted since the call was first refused */
  #conclude({ failure, problem: problem2 }, kind, isOthersAccepted) {
    if (failure === "locked_out")
      this.#options.throttle.stop.stop({ what: describe(problem2), remedy: problem2.remedy ?? "" });
    if (failure === "refused" || failure === "blocked") {
      const refusal2 = { ...problem2, scope: isOthersAccepted ? "user" : "all_users" };
      if (!isOthersAccepted) this.#learntOf(kind).refusal = refusal2;
      return refusal2;
    }
    const isOdd = failure === "other" && (kind.isOptional || this.#isAccepted(kind));
    return isOdd ? { ...problem2, scope: "user" } : problem2;
  }
  #isAccepted(kind) {
    const { accepted, refusal: refusal2 } = this.#learntOf(kind);
    return accepted > 0 && refusal2 === void 0;
  }
  async #backOff(about, problem2, attempts, left) {
    const { log, throttle } = this.#options;
    const delay = Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (attempts - 1) * (1 + Math.random()));
    const tried = `attempt ${attempts} of ${attempts + left} failed`;
    const next = `${tried}, trying again in ${(delay / 1e3).toFixed(1)} s`;
    log.info(`${about}: ${next}. ${describe(problem2)}.`);
    await (0,promises_.setTimeout)(delay, void 0, { signal: throttle.stop.startSignal }).catch(() => void 0);
  }
  #learntOf(kind) {
    const learnt = this.#learnt.get(kind) ?? { accepted: 0, trials: pLimit(1) };
    this.#learnt.set(kind, learnt);
    return learnt;
  }
  async #attempt(request, number2) {
    const { http: http3, baseUrl, headers, secret, log } = this.#options;
    const { method = "GET", path, body, result, kind } = request;
    const start = (0,chunk_F7JQXWIF/* monotonicMs */.dR)();
    const exchange = await http3.attempt({
      method,
      url: `${baseUrl}${path}`,
      headers: {
        accept: "application/json",
        "user-agent": `revoke-cloudflare-access/${VERSION}`,
        ...headers,
        ...body !== void 0 && { "content-type": "application/json" }
      },
      ...body !== void 0 && { body: JSON.stringify(body) }
    });
    const isAccepted = kind.isOptional && [...this.#learnt.values()].some(({ accepted }) => accepted > 0);
    const attempt2 = readAttempt(exchange, { result, permission: kind.permission, isAccepted }, secret);
    const { rayId = "none" } = attempt2.answer.kind === "result" ? attempt2.answer : attempt2.answer.problem;
    const outcome = exchange.kind === "answer" ? `${exchange.status}, ray ID ${rayId}` : `no answer (${[exchange.cause, exchange.code].filter(Boolean).join(" ")})`;
    const took = `${Math.round((0,chunk_F7JQXWIF/* monotonicMs */.dR)() - start)} ms, attempt ${number2}, new connection`;
    log.debug(`${method} ${path.replace("?", " ?")}: ${outcome}, ${took}`);
    return attempt2;
  }
};

// src/verify/controls.ts
var CONTROLS = ["access_tokens", "sessions", "seat", "devices", "warp_session"];
function sameStates({ devices, removeSeat, warpSessionReauth }, state) {
  return {
    access_tokens: state,
    sessions: state,
    seat: removeSeat ? state : "not_requested",
    devices: devices ? state : "not_requested",
    warp_session: warpSessionReauth ? state : "not_requested"
  };
}
var VERIFIED = { state: "verified", warnings: [] };
function failed2(problem2, rayId) {
  return { state: "failed", problem: { ...problem2, ...rayId !== void 0 && { rayId } }, warnings: [] };
}
function notVerified(problem2) {
  const what = `Revoked, but not verified: ${problem2.what}`;
  return { state: "not_known", problem: { ...problem2, what, scope: "user" }, warnings: [] };
}
function cameBack(problem2, { signedInAgain }) {
  return signedInAgain === "fail" ? failed2(problem2) : { ...VERIFIED, warnings: [{ what: problem2.what }] };
}
function readProblem(call, alternative) {
  if (call.kind === "stopped") return userProblem(call.reason.what, call.reason.remedy);
  const { problem: problem2 } = call;
  if (problem2.permission === void 0 || problem2.remedy === void 0) return problem2;
  return { ...problem2, remedy: `${problem2.remedy} ${alternative}` };
}

// src/result/outcome-words.ts
var OUTCOMES = {
  not_revoked: { mark: "\u274C", label: "not revoked" },
  not_verified: { mark: "\u274C", label: "revoked, not verified" },
  incomplete: { mark: "\u274C", label: "revoked, with errors" },
  would_fail: { mark: "\u274C", label: "would fail" },
  skipped: { mark: "\u23ED\uFE0F", label: "not revoked, skipped", counted: "skipped" },
  not_checked: { mark: "\u23ED\uFE0F", label: "not checked" },
  unknown: { mark: "\u2753", label: "unknown to the organization" },
  verified: { mark: "\u2705", label: "revoked and verified" },
  accepted: { mark: "\u2601\uFE0F", label: "accepted by Cloudflare", counted: "revoked, not verified" },
  would_revoke: { mark: "\u{1F50D}", label: "would be revoked" },
  not_due: { mark: "\u{1F4C5}", label: "not due yet" },
  past: { mark: "\u{1F5C4}\uFE0F", label: "due too long ago" }
};
var ALL_OUTCOMES = Object.values(OUTCOMES);
function wordsOf(outcome, { dryRun }) {
  switch (outcome.status) {
    case "revoked":
      return outcome.checks.verification === "passed" ? OUTCOMES.verified : OUTCOMES.accepted;
    case "failed":
      if (outcome.checks.controls.access_tokens !== "confirmed") return OUTCOMES.not_revoked;
      return ["failed", "not_done"].includes(outcome.checks.verification ?? "") ? OUTCOMES.not_verified : OUTCOMES.incomplete;
    case "skipped":
      return dryRun === false ? OUTCOMES.skipped : OUTCOMES.not_checked;
    case "would_revoke":
      return outcome.problem === void 0 ? OUTCOMES.would_revoke : OUTCOMES.would_fail;
    case "unknown":
    case "not_due":
    case "past":
      return OUTCOMES[outcome.status];
  }
}
function sectionOf(outcome) {
  if (failsStep(outcome)) return "failures";
  const { warnings = [] } = outcome.checks ?? {};
  return warnings.length > 0 ? "warnings" : "others";
}
function problemOf(outcome) {
  return "problem" in outcome ? outcome.problem : void 0;
}
function reasonOf(outcome, { dryRun }) {
  const { status, revocation } = outcome;
  const problem2 = problemOf(outcome);
  if (problem2 !== void 0) {
    if (status === "would_revoke") return `Would fail: ${problemText2(problem2)}`;
    return revocation === "confirmed" ? problemText2(problem2) : `Not revoked: ${problemText2(problem2)}`;
  }
  if (status === "unknown") return outcome.checks.warnings.map(chunk_F7JQXWIF/* problemText */.fI).join(" ");
  if (status !== "skipped") return void 0;
  return dryRun === false ? `Not revoked: The run was stopped before Cloudflare confirmed the revocation. ${outcome.reason.what}.` : `Not checked, because the run was stopped. ${outcome.reason.what}.`;
}
var CONTROL_LABELS = {
  access_tokens: "Access tokens",
  sessions: "Sessions",
  seat: "Seat",
  devices: "Devices",
  warp_session: "WARP session"
};
var STATES = {
  verified: { mark: "\u2705", label: "verified" },
  failed: { mark: "\u274C", label: "failed" },
  not_known: { mark: "\u2753", label: "not known" },
  confirmed: { mark: "\u2601\uFE0F", label: "accepted by Cloudflare" }
};
function scopeOfCall({ devices, warpSessionReauth }) {
  if (!devices) return warpSessionReauth ? "Access tokens and WARP session" : "Access tokens";
  return warpSessionReauth ? "Access tokens, devices, and WARP session" : "Access tokens and devices";
}
function inTarget({ target }) {
  return target === void 0 ? "" : ` in ${target.type} ${target.id}`;
}
var REVOKE_NOW = "To revoke one of these users at once, write `now` for the date.";
var PLAIN = /^[A-Za-z0-9._:#/-]{1,40}$/;
function detailOf({ source, reference = "" }, { maskEmails }) {
  if (!maskEmails) return reference;
  return source === "email" ? "" : source;
}
function nameInLog(user, options, now) {
  const detail = detailOf(user, options);
  const details = [
    ...detail === "" ? [] : [PLAIN.test(detail) ? detail : (0,chunk_WH4TSCNU/* inQuotes */.Nt)(detail)],
    ...(0,chunk_MUZZZ2C3/* isNewlyDue */.i4)(user, now) ? ["newly due"] : []
  ];
  return details.length === 0 ? user.email : `${user.email} (${details.join(", ")})`;
}
function readTexts(outcome, { maskEmails }) {
  const { checks } = outcome;
  if (checks === void 0) return {};
  const { sessions = {}, seat, devices = {}, controls } = checks;
  const isDryRun = outcome.status === "would_revoke";
  const isShown = (state) => isDryRun || !["confirmed", "not_requested"].includes(state);
  const texts = {
    sessions: isShown(controls.sessions) ? countsText(sessions, "session", isDryRun) : "",
    seat: seat === void 0 ? "" : SEAT_TEXTS[seat.wouldFree === true ? "would_free" : seat.state],
    devices: isShown(controls.devices) ? devicesText(devices, isDryRun, maskEmails) : ""
  };
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== ""));
}
var SEAT_TEXTS = {
  would_free: "a seat to free",
  removed: "seat freed",
  none: "no seat to free",
  failed: "seat not freed",
  not_done: "seat left as it is"
};
function countsText({ before, after }, noun, isDryRun) {
  if (isDryRun) return before === void 0 ? "" : (0,chunk_F7JQXWIF/* quantity */.au)(before, `active ${noun}`);
  if (before === void 0) return after === void 0 ? "" : `${(0,chunk_F7JQXWIF/* quantity */.au)(after, noun)} left`;
  const left = after === void 0 ? "not known after" : `${after === 0 ? "none" : (0,chunk_F7JQXWIF/* grouped */.zD)(after)} left`;
  return `${(0,chunk_F7JQXWIF/* quantity */.au)(before, noun)} before, ${left}`;
}
var [MAX_NAMED_DEVICES, MAX_UNLISTED] = [10, 100];
function devicesText(devices, isDryRun, masked) {
  const groups = Map.groupBy(devices.registrations ?? [], ({ status }) => status);
  const texts = Array.from(groups, ([status, group]) => {
    const shown = group.slice(0, MAX_NAMED_DEVICES);
    const names = shown.map(({ id, name = id }) => (0,chunk_WH4TSCNU/* inQuotes */.Nt)((0,chunk_WH4TSCNU/* shortened */.vI)((0,chunk_WH4TSCNU/* plainText */.wh)(name), 80)));
    const more = group.length > shown.length ? [`${group.length - shown.length} more`] : [];
    return `${(0,chunk_F7JQXWIF/* quantity */.au)(group.length, "device")} ${status}${masked ? "" : `: ${[...names, ...more].join(", ")}`}`;
  });
  return texts.length > 0 ? texts.join("; ") : countsText(devices, "device", isDryRun);
}
function unlistedTexts(notListed = [], { timezone }) {
  if ((0,chunk_F7JQXWIF/* isProblem */.AN)(notListed)) return { shown: [], more: 0 };
  const shown = notListed.slice(0, MAX_UNLISTED).map(({ email, id, devices = 0, hasSeat, lastLogin }) => {
    const { at, isKnown } = lastLogin;
    const login = at === void 0 ? [] : [`last login ${(0,chunk_F7JQXWIF/* timeInZone */.pM)(at, timezone)}`];
    const has = [
      ...devices > 0 ? [(0,chunk_F7JQXWIF/* quantity */.au)(devices, "active device")] : [],
      ...hasSeat ? ["seat"] : [],
      ...isKnown ? login : ["last login not known"]
    ];
    return { name: email.includes("@") ? (0,chunk_WH4TSCNU/* shortened */.vI)(email, 300) : id, has: has.join(", ") };
  });
  return { shown, more: notListed.length - shown.length };
}

// src/result/report.ts
function reportOf(record) {
  const { options, outcomes, list, notListed } = record;
  const { target, baseUrl, dryRun, given } = options;
  const totals = totalsOf(outcomes);
  const badRows = list.badRows.map(({ source, email, problems }) => ({
    source,
    value: email,
    problems: [...problems]
  }));
  return {
    ...provenanceOf(record),
    dry_run: dryRun !== false,
    target: target ?? null,
    api_base_url: baseUrl.href,
    options: Object.fromEntries(Array.from(given, ([name, value]) => [name.replaceAll("-", "_"), value])),
    lists: [...list.lists],
    totals: {
      requested: outcomes.length + list.badRows.length + list.staying,
      ...totals,
      failed: totals.failed + list.badRows.length,
      staying: list.staying
    },
    bad_rows: badRows.length === 0 ? void 0 : badRows,
    not_listed: (0,chunk_F7JQXWIF/* isProblem */.AN)(notListed) ? void 0 : notListed?.map(unlistedOf),
    users: outcomes.map((outcome) => userOf(outcome, options))
  };
}
function reportOfProblems(problems, provenance) {
  return {
    ...provenanceOf(provenance),
    problems: problems.map((problem2) => ({
      message: (0,chunk_F7JQXWIF/* placedText */.r6)(problem2),
      file: problem2.at?.file,
      line: problem2.at?.line
    })),
    users: []
  };
}
function provenanceOf({ startedAt, finishedAt, workflowRun, action }) {
  return {
    version: 1,
    action: { version: VERSION, ...action },
    started_at: (0,chunk_F7JQXWIF/* isoTime */.Ly)(startedAt),
    finished_at: (0,chunk_F7JQXWIF/* isoTime */.Ly)(finishedAt),
    run: workflowRun
  };
}
function unlistedOf({ email, id, lastLogin, devices, hasSeat }) {
  const at = timeOf(lastLogin.at);
  return { email, account_user_id: id, last_login: at, active_devices: devices, seat: hasSeat };
}
function userOf(outcome, options) {
  const { user, status, revocation, checks } = outcome;
  const { sessions, devices, seat, warnings = [] } = checks ?? {};
  const sent = "attempts" in outcome ? outcome : void 0;
  const problem2 = problemOf(outcome);
  const { httpStatus, rayId } = sent ?? problem2 ?? {};
  return {
    email: user.email,
    source: user.source,
    reference: user.reference,
    user_uid: user.userUid,
    revoke_after: user.revokeAfter?.text,
    due_at: timeOf(user.revokeAfter?.at),
    status,
    reason: reasonOf(outcome, options),
    revocation,
    controls: checks?.controls ?? sameStates(options, "not_requested"),
    attempts: sent?.attempts ?? 0,
    started_at: timeOf(sent?.startedAt),
    finished_at: timeOf(sent?.finishedAt),
    http_status: httpStatus,
    ray_id: rayId,
    errors: errorsOf2(outcome, problem2),
    account_user_ids: checks?.accountUserIds && [...checks.accountUserIds],
    verification: checks?.verification,
    sessions_before: sessions?.before,
    sessions_after: sessions?.after,
    devices_before: devices?.before,
    devices_after: devices?.after,
    devices: devices?.registrations?.map(deviceOf),
    seat: seat?.state,
    seat_flags_after: seat && [...seat.seats],
    verified_at: timeOf(checks?.verifiedAt),
    warnings: warnings.length === 0 ? void 0 : warnings.map(chunk_F7JQXWIF/* problemText */.fI)
  };
}
function deviceOf({ id, name, registrationType, status, revokedAt }) {
  return { id, name, registration_type: registrationType, status, revoked_at: timeOf(revokedAt) ?? null };
}
function timeOf(time) {
  return time === void 0 ? void 0 : (0,chunk_F7JQXWIF/* isoTime */.Ly)(time);
}
function errorsOf2(outcome, problem2) {
  if (outcome.status === "skipped") return [{ message: `${outcome.reason.what}.` }];
  if (problem2 === void 0) return [];
  const { errors, httpStatus, rayId } = problem2;
  const call = { http_status: httpStatus, ray_id: rayId };
  return errors.length > 0 ? errors.map(({ code: code2, message }) => ({ code: code2, message, ...call })) : [{ message: describe(problem2), ...call }];
}

// src/result/summary-page.ts
var MAX_BYTES = 900 * 1024;
var MAX_LENGTH = 300;
var MAX_UNBROKEN = "<code>contractor@example.com</code>".length;
var SummaryPage = class {
  #mask;
  #bytes = 0;
  /** How many users, rows, or problems are not shown. */
  missing = 0;
  constructor(maskEmails) {
    this.#mask = (0,chunk_WH4TSCNU/* addressMask */.R$)(maskEmails);
  }
  /** Text of the action's own; what stands in backticks or quotation marks becomes code. */
  actionText(text) {
    return (0,chunk_2MRKE53B/* html */.qy)((0,chunk_WH4TSCNU/* plainText */.wh)(this.#mask(text)));
  }
  /** Text from outside, as code, and short. */
  outsideText(text) {
    return (0,chunk_2MRKE53B/* code */.aY)((0,chunk_WH4TSCNU/* shortened */.vI)((0,chunk_WH4TSCNU/* plainText */.wh)(this.#mask(text)), MAX_LENGTH));
  }
  /**
   * @param entries - how many users, rows, or problems the part shows
   * @returns the part, or nothing once the summary is full
   */
  take(part, entries) {
    if (this.#bytes > MAX_BYTES) {
      this.missing += entries;
      return "";
    }
    this.#bytes += Buffer.byteLength(part);
    return part;
  }
  /**
   * Two narrow columns, and the details below them, so that a phone shows them as well.
   *
   * @param isGrouped - whether rows that tell the same are told together
   */
  table(rows, { isGrouped = false, titles = ["User", "Result"] } = {}) {
    if (rows.length === 0) return "";
    const keyOf = (row) => isGrouped ? JSON.stringify([row.noun, row.result, row.details]) : row;
    const groups = Array.from(Map.groupBy(rows, keyOf).values(), (group) => this.#group(group));
    const head = titles.map((title) => `<th align="left">${title}</th>`).join("");
    return `<table>
<tr>${head}</tr>
${groups.join("")}</table>

`;
  }
  #group(group) {
    const [first] = group;
    if (first === void 0) return "";
    const { noun, name, result, details, rayId } = first;
    const isAlone = group.length === 1;
    const who = isAlone ? name.map(breakable).join("<br>") : `<b>${(0,chunk_F7JQXWIF/* quantity */.au)(group.length, noun)}</b>`;
    const ray = rayId === void 0 ? [] : [`${isAlone ? "Ray ID" : "Ray ID of the first:"} ${rayId}`];
    const lines = [...details, ...ray];
    const top = `<tr valign="top"><td>${who}</td><td>${result}</td></tr>
`;
    const start = `${top}${lines.length === 0 ? "" : wide(lines.join("<br>"))}`;
    if (isAlone) return this.take(start, 1);
    const begun = this.take(start, 0);
    const names = group.map((each) => this.take(each.name.join(" "), 1)).filter((each) => each !== "");
    return names.length === 0 ? begun : `${begun}${wide(names.join(", "))}`;
  }
};
function breakable(name) {
  return name.length > MAX_UNBROKEN ? name.replaceAll(/[@.]/g, "$&<wbr>") : name;
}
function wide(content) {
  return `<tr><td colspan="2">${content}</td></tr>
`;
}
function paragraph(content) {
  return `<p>${content}</p>

`;
}
function heading(sign, headline) {
  return `<h3>${sign} Cloudflare Access \u2013 ${(0,chunk_2MRKE53B/* html */.qy)((0,chunk_WH4TSCNU/* plainText */.wh)(headline))}</h3>

`;
}

// src/result/summary.ts
var MAX_OTHERS = 1e3;
var MAX_UNFOLDED = 20;
function summaryOf(record, verdict) {
  const page = new SummaryPage(record.options.maskEmails);
  const { failures = [], warnings = [], others = [] } = Object.groupBy(inOrder(record), sectionOf);
  const rowsOf = (users) => users.map((user) => rowOf(user, record, page));
  const tables = [
    page.table([...badRowsOf(record, page), ...rowsOf(failures)], { isGrouped: true }),
    page.table(rowsOf(warnings)),
    notListedTable(record, page),
    folded(others.length, page.table(rowsOf(others.slice(0, MAX_OTHERS))))
  ];
  const missing = page.missing + Math.max(0, others.length - MAX_OTHERS);
  return [
    heading(verdict.sign, verdict.headline),
    ...verdict.remarks.map((remark) => paragraph(page.actionText(remark))),
    paragraph(circumstances(record, page)),
    ...tables,
    missing === 0 ? "" : paragraph(`${(0,chunk_F7JQXWIF/* quantity */.au)(missing, "more user")}: see the report.`),
    ...verdict.notes.map((note) => paragraph((0,chunk_2MRKE53B/* html */.qy)(note)))
  ].join("");
}
function summaryOfProblems(headline, problems) {
  const page = new SummaryPage(false);
  const items = problems.map((text) => page.take(page.actionText(text), 1)).filter((item) => item !== "");
  const { missing } = page;
  const rest = missing === 0 ? "" : paragraph(`${(0,chunk_F7JQXWIF/* quantity */.au)(missing, "more problem")}: see the log.`);
  const list = items.map((item) => `<li>${item}</li>`).join("\n");
  return `${heading("\u274C", headline)}<ol>
${list}
</ol>

${rest}`;
}
function inOrder({ outcomes, options, startedAt }) {
  const rank = (outcome) => 2 * ALL_OUTCOMES.indexOf(wordsOf(outcome, options)) + ((0,chunk_MUZZZ2C3/* isNewlyDue */.i4)(outcome.user, startedAt) ? 0 : 1);
  return outcomes.toSorted((first, second) => rank(first) - rank(second));
}
function badRowsOf(record, page) {
  return record.list.badRows.map(({ source, problems }) => ({
    noun: "row",
    name: [page.outsideText(source)],
    result: "\u274C&nbsp;not used",
    details: problems.map((problem2) => page.actionText(problem2))
  }));
}
function notListedTable({ notListed, options }, page) {
  const { shown, more } = unlistedTexts(notListed, options);
  const rows = shown.map(({ name, has }) => {
    return { noun: "user", name: [page.outsideText(name)], result: (0,chunk_2MRKE53B/* html */.qy)(has), details: [] };
  });
  page.missing += more;
  return page.table(rows, { titles: ["User on no list", "Has"] });
}
function rowOf(outcome, { options, startedAt }, page) {
  const { user } = outcome;
  const { mark, label } = wordsOf(outcome, options);
  const detail = detailOf(user, options);
  const warnings = outcome.checks?.warnings ?? [];
  const problem2 = problemOf(outcome);
  const rayId = problem2?.rayId ?? ("rayId" in outcome ? outcome.rayId : void 0);
  return {
    noun: "user",
    name: [
      page.outsideText(user.email),
      ...detail === "" ? [] : [page.outsideText(detail)],
      ...(0,chunk_MUZZZ2C3/* isNewlyDue */.i4)(user, startedAt) ? ["\u{1F195}&nbsp;newly due"] : []
    ],
    result: `${mark}&nbsp;${label}`,
    details: [
      ...happened(outcome, options, page),
      ...warnings.map((warning2) => `\u26A0\uFE0F ${page.actionText((0,chunk_F7JQXWIF/* problemText */.fI)(warning2))}`),
      ...controlLines(outcome, options, page)
    ],
    ...rayId !== void 0 && (problem2 ?? warnings[0]) !== void 0 && { rayId: page.outsideText(rayId) }
  };
}
function happened(outcome, { timezone }, page) {
  const { status, revocation, user } = outcome;
  const problem2 = problemOf(outcome);
  if (problem2 !== void 0) {
    const { what, errors, remedy } = problem2;
    return [
      page.actionText(`${what}.`),
      ...errors.map((error2) => page.outsideText(apiErrorText(error2))),
      ...remedy === void 0 ? [] : [page.actionText(remedy)]
    ];
  }
  if (status === "skipped")
    return revocation === "unconfirmed" ? ["Sent, but not confirmed before the run stopped."] : [];
  if (user.revokeAfter === void 0 || revocation !== "not_sent") return [];
  const { text, at } = user.revokeAfter;
  return [`${(0,chunk_2MRKE53B/* code */.aY)(text)}: due from ${(0,chunk_F7JQXWIF/* timeInZone */.pM)(at, timezone)}`];
}
function controlLines(outcome, options, page) {
  const texts = readTexts(outcome, options);
  if (outcome.status === "would_revoke") {
    const now = Object.values(texts).join("; ");
    return now === "" ? [] : [page.actionText(`Now: ${now}`)];
  }
  if (outcome.revocation !== "confirmed" || outcome.status === "unknown") return [];
  const { controls } = outcome.checks;
  const isOnlyAccepted = wordsOf(outcome, options) === OUTCOMES.accepted;
  return Object.entries(STATES).flatMap(([state, { mark, label }]) => {
    const names = CONTROLS.filter((name) => controls[name] === state);
    const read = names.flatMap((name) => texts[name] ?? []);
    const unread = names.filter((name) => texts[name] === void 0).map((name) => CONTROL_LABELS[name]);
    const isTold = unread.length === 0 || isOnlyAccepted && state === "confirmed";
    const lines = [...read, ...isTold ? [] : [`${unread.join(", ")}: ${label}`]];
    return lines.map((line) => `${mark} ${page.actionText(line)}`);
  });
}
function circumstances({ options, startedAt, finishedAt }, page) {
  const isElsewhere = !options.baseUrl.cloudflare && options.dryRun !== "offline";
  const what = [
    `${scopeOfCall(options)}${inTarget(options)}`,
    `${(0,chunk_F7JQXWIF/* timeInZone */.pM)(startedAt, options.timezone)}, ${((finishedAt - startedAt) / 1e3).toFixed(1)} s`,
    ...isElsewhere ? [`at ${options.baseUrl.href}, which is not Cloudflare's`] : []
  ];
  return page.actionText(what.join(" \xB7 "));
}
function folded(users, content) {
  if (users <= MAX_UNFOLDED) return content;
  const title = `${(0,chunk_F7JQXWIF/* quantity */.au)(users, "user")} without failures or warnings`;
  return `<details><summary>${title}</summary>

${content}</details>

`;
}

// node_modules/p-map/index.js
function pMap(iterable, mapper, options) {
  return mapConcurrently(iterable, mapper, options, false);
}
async function mapConcurrently(iterable, mapper, {
  concurrency = Number.POSITIVE_INFINITY,
  stopOnError = true,
  signal
} = {}, isSettled) {
  return new Promise((resolve_, reject_) => {
    validateOptions(iterable, mapper, concurrency);
    const result = [];
    const errors = [];
    let skippedCount = 0;
    let isResolved = false;
    let isIterableDone = false;
    const pendingIndexes = /* @__PURE__ */ new Set();
    let doneIndex = Number.POSITIVE_INFINITY;
    let currentIndex = 0;
    const iterator = getIterator(iterable);
    const signalListener = () => {
      reject(signal.reason);
    };
    const cleanup = () => {
      signal?.removeEventListener("abort", signalListener);
    };
    const resolve2 = (value) => {
      resolve_(value);
      cleanup();
    };
    const reject = (reason) => {
      if (isResolved) {
        return;
      }
      isResolved = true;
      reject_(reason);
      cleanup();
      if (!isIterableDone) {
        closeIterator(iterator);
      }
    };
    if (signal) {
      if (signal.aborted) {
        reject(signal.reason);
        return;
      }
      signal.addEventListener("abort", signalListener, { once: true });
    }
    const pull = createPuller(iterator);
    const settleIfFinished = () => {
      if (isResolved || doneIndex === Number.POSITIVE_INFINITY) {
        return;
      }
      for (const index of pendingIndexes) {
        if (index < doneIndex) {
          return;
        }
      }
      if (!stopOnError) {
        const collectedErrors = [];
        for (let index = 0; index < Math.min(doneIndex, errors.length); index++) {
          if (index in errors) {
            collectedErrors.push(errors[index]);
          }
        }
        if (collectedErrors.length > 0) {
          reject(new AggregateError(collectedErrors));
          return;
        }
      }
      isResolved = true;
      if (!isIterableDone) {
        closeIterator(iterator);
      }
      const lastIndex = Math.min(doneIndex, result.length);
      if (lastIndex === result.length && skippedCount === 0) {
        resolve2(result);
        return;
      }
      resolve2(result.slice(0, lastIndex).filter((value) => value !== pMapSkip));
    };
    const next = async () => {
      if (isResolved || currentIndex >= doneIndex) {
        return;
      }
      const index = currentIndex++;
      pendingIndexes.add(index);
      let nextItem;
      try {
        nextItem = await pull();
      } catch (error2) {
        pendingIndexes.delete(index);
        if (index < doneIndex) {
          throw error2;
        }
        settleIfFinished();
        return;
      }
      if (nextItem.done) {
        pendingIndexes.delete(index);
        doneIndex = Math.min(doneIndex, index);
        isIterableDone = true;
        settleIfFinished();
        return;
      }
      const runner = (async () => {
        try {
          const element = await nextItem.value;
          if (isResolved || index >= doneIndex) {
            return;
          }
          const value = await mapper(element, index);
          if (index >= doneIndex) {
            return;
          }
          if (value === pMapStop) {
            doneIndex = index;
            return;
          }
          if (value === pMapSkip) {
            skippedCount++;
          }
          result[index] = isSettled && value !== pMapSkip ? { status: "fulfilled", value } : value;
        } catch (error2) {
          if (index >= doneIndex) {
            return;
          }
          if (isSettled) {
            result[index] = { status: "rejected", reason: error2 };
          } else if (stopOnError) {
            reject(error2);
            return;
          } else {
            errors[index] = error2;
          }
        } finally {
          pendingIndexes.delete(index);
          settleIfFinished();
        }
        try {
          await next();
        } catch (error2) {
          reject(error2);
        }
      })();
      runner.then(() => new Promise(() => {
      })).then(resolve_);
    };
    (async () => {
      for (let index = 0; index < concurrency; index++) {
        try {
          await next();
        } catch (error2) {
          reject(error2);
          break;
        }
        if (isResolved || currentIndex >= doneIndex) {
          break;
        }
      }
    })();
  });
}
var pMapSkip = /* @__PURE__ */ Symbol("skip");
var pMapStop = /* @__PURE__ */ Symbol("stop");
function validateOptions(iterable, mapper, concurrency) {
  if (iterable?.[Symbol.iterator] === void 0 && iterable?.[Symbol.asyncIterator] === void 0) {
    throw new TypeError(`Expected \`input\` to be either an \`Iterable\` or \`AsyncIterable\`, got (${typeof iterable})`);
  }
  if (typeof mapper !== "function") {
    throw new TypeError("Mapper function is required");
  }
  if (!isLimit(concurrency, 1)) {
    throw new TypeError(`Expected \`concurrency\` to be an integer from 1 and up or \`Infinity\`, got \`${concurrency}\` (${typeof concurrency})`);
  }
}
function isLimit(value, minimum) {
  return Number.isSafeInteger(value) && value >= minimum || value === Number.POSITIVE_INFINITY;
}
function getIterator(iterable) {
  return iterable[Symbol.asyncIterator] === void 0 ? iterable[Symbol.iterator]() : iterable[Symbol.asyncIterator]();
}
async function closeIterator(iterator) {
  try {
    await iterator.return?.();
  } catch {
  }
}
function createPuller(iterator) {
  let isSourceDone = false;
  const markDone = (item) => {
    if (item?.done) {
      isSourceDone = true;
    }
  };
  return () => {
    if (isSourceDone) {
      return { done: true };
    }
    const result = iterator.next();
    markDone(result);
    if (typeof result?.then !== "function") {
      return result;
    }
    const promise = Promise.resolve(result);
    promise.then(markDone, () => {
    });
    return promise;
  };
}

// src/verify/clocks.ts
var REVOCATION_TIMEOUT_MS = 9e4;
var CLOCK_TOLERANCE_MS = 6e4;
var SECOND_PAUSE_MS = 1500;
var MAX_PAUSE_MS = 15e3;
async function readUntilGone(throttle, kind, polling) {
  const { confirmation, lookUp: lookUp2, before, read, since } = polling;
  const earlier = agreedTimes(confirmation, [lookUp2, ...before?.answers ?? []]);
  if ("what" in earlier) return earlier;
  const { stop } = throttle;
  const end = since + REVOCATION_TIMEOUT_MS;
  let next = since + polling.firstPauseMs;
  let pause2 = SECOND_PAUSE_MS;
  for (; ; ) {
    const left = Math.min(next, end) - throttle.time.now;
    await throttle.time.wait(Math.max(0, left));
    if (stop.reason !== void 0) return userProblem(stop.reason.what, stop.reason.remedy);
    const isLast = throttle.time.now >= end;
    const reading = await read();
    if ("what" in reading) return reading;
    const times = agreedTimes(confirmation, reading.answers);
    if ("what" in times) return times;
    const active = sortActive(reading.items, times, kind, polling);
    if (active.left.length === 0 || isLast) return { ...active, items: reading.items, times };
    next = throttle.time.now + pause2;
    pause2 = Math.min(MAX_PAUSE_MS, pause2 * 1.5);
  }
}
function sortActive(items, times, { begunAt, isSame, isActive: isActive2 }, { before, isNewAllowed }) {
  const wasActive = (item) => before?.items.some((other) => isSame(item, other)) ?? false;
  const isNew = (item) => {
    const at = begunAt(item) ?? 0;
    const isAfter = at >= times.confirmedAt + 1e3 && at <= times.answeredAt + CLOCK_TOLERANCE_MS;
    return isAfter && !wasActive(item) && (before !== void 0 || !isNewAllowed);
  };
  const active = items.filter((item) => isActive2(item, times, wasActive(item)));
  return { left: active.filter((item) => !isNew(item)), begun: active.filter(isNew) };
}
function timeOf2({ date, receivedAt }) {
  return { date, receivedAt };
}
function agreedTimes(confirmation, answers) {
  const dates = answers.flatMap(({ date }) => date ?? []);
  const confirmedAt = confirmation.date;
  if (confirmedAt === void 0 || dates.length < answers.length) return NO_DATE;
  const offsetOf = ({ date = 0, receivedAt }) => date - receivedAt;
  const expected = offsetOf(confirmation);
  const isOff = answers.some((answer) => Math.abs(expected - offsetOf(answer)) > CLOCK_TOLERANCE_MS);
  return isOff ? CLOCKS_DISAGREE : { confirmedAt, answeredAt: Math.max(...dates) };
}
var CLOCKS_DISAGREE = userProblem(
  "the `Date` headers of the answers contradict each other by more than a minute",
  "Look for a proxy between the runner and Cloudflare that keeps or changes answers."
);
var NO_DATE = userProblem(
  "the answer had no usable `Date` header to tell old from new by",
  "Look for a proxy between the runner and Cloudflare that removes the header."
);

// src/verify/user-directory.ts
function idsOfUser({ records }) {
  return [...new Set(records.map(({ id }) => id))];
}
function hasUuid({ records }, uuid) {
  return records.flatMap(({ id, uid = id }) => [id, uid]).some((each) => (0,chunk_MUZZZ2C3/* uuidKey */.V6)(each) === (0,chunk_MUZZZ2C3/* uuidKey */.V6)(uuid));
}
function countDevices({ records }) {
  const counts = Array.from(Map.groupBy(records, ({ id }) => id).values(), worseCount);
  return counts.includes(void 0) ? void 0 : counts.reduce((sum, count = 0) => sum + count, 0);
}
function worseCount(ofOneId) {
  const counts = ofOneId.map(({ active_device_count: count }) => count);
  const highest = Math.max(...counts.map((count = 0) => count));
  return highest === 0 && counts.includes(void 0) ? void 0 : highest;
}
function lastLoginOf({ records }) {
  const logins = records.map(({ last_successful_login: login }) => login);
  const times = logins.flatMap((login) => typeof login === "object" ? [login.at] : []);
  const at = times.length === 0 ? void 0 : Math.max(...times);
  return { at, isKnown: !logins.includes("unreadable") };
}
function mayHoldSeat({ seat_uid, access_seat, gateway_seat }) {
  const flags = [access_seat, gateway_seat];
  return seat_uid === void 0 ? flags.includes(true) : flags.some((flag) => flag !== false);
}
function isActive(record) {
  const { active_device_count: devices = 0, last_successful_login: login } = record;
  const isRecentLogin = typeof login === "object" && login.at >= Date.now() - 30 * chunk_F7JQXWIF/* DAY_MS */.sO;
  return devices > 0 || mayHoldSeat(record) || isRecentLogin || login === "unreadable";
}
var CALLS_OF_LOOK_UP = 2;
var ALL_USERS = "The list of all users";
var UserDirectory = class {
  #endpoints;
  /** All addresses that will be looked up by their keys, in the order given. */
  #wanted;
  #wantsActive;
  #onUnlisted;
  #listing;
  /**
   * @param wanted - all addresses that will be looked up, each once
   * @param wantsActive - whether {@link activeRecords} will be asked for
   * @param onUnlisted - called if the whole organization would take too many calls, or cannot be listed
   */
  constructor(endpoints, wanted, wantsActive, onUnlisted) {
    this.#endpoints = endpoints;
    this.#wanted = new Map(wanted.map((email) => [(0,chunk_TGKH6P6W/* addressKey */.IY)(email), email]));
    this.#wantsActive = wantsActive;
    this.#onUnlisted = onUnlisted;
  }
  /**
   * The user with exactly this address, in any letter case; without records if there is none. Never throws for what
   * Cloudflare does.
   */
  async find(email) {
    if (this.#wanted.size < 2) return this.findNow(email);
    const listing = await (this.#listing ??= this.#list());
    if (listing.kind === "stopped") return listing;
    if (listing.kind === "problem")
      return listing.problem.scope === "all_users" ? listing : this.findNow(email);
    const listed2 = listing.result.users.get((0,chunk_TGKH6P6W/* addressKey */.IY)(email));
    return listed2 === void 0 || listed2.records.length > idsOfUser(listed2).length ? this.findNow(email) : { ...listing, result: listed2 };
  }
  /** The records of all active users of the organization, from the list of the look-ups where it was read whole. */
  async activeRecords() {
    const listing = await this.#listing;
    return listing?.kind === "result" ? { ...listing, result: listing.result.records.filter(isActive) } : this.#endpoints.users({}, ALL_USERS, { keep: isActive });
  }
  /** At most `size` listed users, one of whom is this one; the user alone if it was not found in the list. */
  async batchOf(user, size) {
    const listing = await this.#listing;
    const listed2 = listing?.kind === "result" ? [...listing.result.users.values()] : [];
    const place = listed2.indexOf(user);
    const start = place - place % size;
    return place === -1 ? [user] : listed2.slice(start, start + size);
  }
  /**
   * The same without the list. Filters may return other users, and may be case-sensitive; some users are reported to be
   * found by `search` alone. All records that any of the reads returned count.
   */
  async findNow(email) {
    const key = (0,chunk_TGKH6P6W/* addressKey */.IY)(email);
    const records = [];
    const read = async (filter) => {
      const call = await this.#endpoints.users(filter, email, {
        keep: (user) => (0,chunk_TGKH6P6W/* addressKey */.IY)(user.email) === key
      });
      if (call.kind !== "result") return call;
      records.push(...call.result);
      return { ...call, result: { email, records, time: timeOf2(call) } };
    };
    const given = await read({ email });
    if (given.kind !== "result") return given;
    const lower = key === email ? given : await read({ email: key });
    if (lower.kind !== "result") return lower;
    const searched = await read({ search: email });
    const isFinal = searched.kind !== "result" || records.length > 0 || key === email;
    return isFinal ? searched : read({ search: key });
  }
  /** The user's records, read again after a minute, in which the seat and the count of devices may have changed. */
  async refresh(user) {
    if ((0,chunk_F7JQXWIF/* monotonicMs */.dR)() - user.time.receivedAt <= 6e4) return user;
    const call = await this.findNow(user.email);
    return call.kind === "result" ? call.result : call;
  }
  async #list() {
    const call = await this.#endpoints.users({}, ALL_USERS, {
      maxPages: CALLS_OF_LOOK_UP * this.#wanted.size - 1,
      keep: (record) => this.#wanted.has((0,chunk_TGKH6P6W/* addressKey */.IY)(record.email)) || this.#wantsActive && isActive(record)
    });
    if (call.kind !== "result") {
      this.#onUnlisted();
      return call;
    }
    const byKey = Map.groupBy(call.result, ({ email }) => (0,chunk_TGKH6P6W/* addressKey */.IY)(email));
    const users = /* @__PURE__ */ new Map();
    for (const [key, email] of this.#wanted) {
      const records = byKey.get(key);
      if (records !== void 0) users.set(key, { email, records, time: timeOf2(call) });
    }
    return { ...call, result: { users, records: call.result } };
  }
};

// src/verify/sessions.ts
async function verifySessions(user, before, { time, rayId, runningTime, findLogin }, run) {
  if (before !== void 0 && "what" in before) return notVerified(before);
  const seen = await readUntilGone(run.throttle, SESSIONS, {
    confirmation: time,
    lookUp: user.time,
    before,
    isNewAllowed: run.options.signedInAgain === "warn",
    read: () => readSessions(user, run, "read"),
    since: runningTime,
    // On a long list, most sessions are gone by the first read.
    firstPauseMs: run.plan.isLong ? 2e4 : 1e3
  });
  if ("what" in seen) return notVerified(seen);
  const { left, begun } = seen;
  const sessions = { before: before?.items.length, after: left.length + begun.length };
  const checks = { sessions, verifiedAt: Date.now() };
  if (left.length > 0) {
    const what = `after ${(0,chunk_F7JQXWIF/* duration */.p0)(REVOCATION_TIMEOUT_MS)} there ${left.length === 1 ? "is" : "are"} still ${(0,chunk_F7JQXWIF/* quantity */.au)(left.length, "session")} from before the revocation`;
    const problem3 = userProblem(`Revoked, but not verified: ${what}`, ASK_SUPPORT);
    return { ...failed2(problem3, rayId), checks };
  }
  if (begun.length === 0) return { ...VERIFIED, checks };
  const last = Math.max(...begun.map(({ iat = 0 }) => iat));
  const how = await findLogin() ?? `${(0,chunk_F7JQXWIF/* isoSecond */.u$)(last * 1e3)}: the account in the identity provider still works`;
  const problem2 = userProblem(`Revoked, but the user signed in again at ${how}`, DISABLE_ACCOUNT);
  return { ...cameBack(problem2, run.options), checks };
}
var SESSIONS = {
  begunAt: ({ keys, iat }) => iat === void 0 || keys.length === 0 ? void 0 : iat * 1e3,
  isSame: ({ keys }, other) => other.keys.some((key) => keys.includes(key)),
  isActive: () => true
};
async function readSessions(user, { endpoints }, priority) {
  const items = [];
  const answers = [];
  for (const id of idsOfUser(user)) {
    const call = await endpoints.activeSessions(id, user.email, priority);
    if (call.kind !== "result") return readProblem(call, WITHOUT_VERIFICATION);
    items.push(...call.result);
    answers.push(timeOf2(call));
  }
  return { items, answers };
}
var ASK_SUPPORT = "Run the step again. If they stay, contact Cloudflare support with the ray ID.";
var WITHOUT_VERIFICATION = "To revoke without verification, set `verify: false`.";
var METHODS = { onetimepin: "one-time PIN", warp: "WARP" };
var PLAIN2 = /^[A-Za-z0-9][A-Za-z0-9 .:/_-]*$/;
function loginFinder({ email, revokeAfter }, { date = Infinity }, endpoints) {
  const since = Math.min(revokeAfter?.at ?? Infinity, date);
  let reading;
  return async (after = date + 1e3) => {
    const call = await (reading ??= endpoints.logins(email, since));
    const logins = call.kind === "result" ? call.result : [];
    const [last] = logins.filter(({ allowed, at = -Infinity }) => allowed === true && at >= after).toSorted(({ at = 0 }, { at: other = 0 }) => other - at);
    return last && describeLogin(last);
  };
}
function describeLogin({ at = 0, app, connection, ip }) {
  const isPlain = (text) => text !== void 0 && PLAIN2.test(text);
  return [
    (0,chunk_F7JQXWIF/* isoSecond */.u$)(at),
    ...isPlain(app) ? [`to ${app}`] : [],
    ...isPlain(connection) ? [`with ${METHODS[connection] ?? connection}`] : [],
    ...isPlain(ip) ? [`(${ip})`] : []
  ].join(" ");
}
async function judgeLastLogin(accountUser, { user: { revokeAfter }, time: { date: now }, findLogin }, options) {
  if (revokeAfter === void 0 || now === void 0) return VERIFIED;
  const { at, isKnown } = lastLoginOf(accountUser);
  const unknown2 = isKnown ? [] : [LAST_LOGIN_NOT_KNOWN];
  if (at === void 0 || at <= revokeAfter.at) return { ...VERIFIED, warnings: unknown2 };
  const login = await findLogin(revokeAfter.at);
  const how = login ?? (0,chunk_F7JQXWIF/* isoSecond */.u$)(at);
  const why = login === void 0 ? `: ${STILL_OPEN}` : "";
  if (at - revokeAfter.at > chunk_F7JQXWIF/* DAY_MS */.sO && at >= now - chunk_F7JQXWIF/* DAY_MS */.sO) {
    const what = `Revoked, but the user still signed in at ${how}, more than a day after \`revoke_after\`${why}`;
    const result = cameBack(userProblem(what, DISABLE_ACCOUNT), options);
    return { ...result, warnings: [...result.warnings, ...unknown2] };
  }
  const warning2 = { what: `The user signed in at ${how}, after \`revoke_after\`${why}` };
  return { ...VERIFIED, warnings: [warning2, ...unknown2] };
}
var STILL_OPEN = "either the account in the identity provider still worked, or the user came in without it, with WARP as the login method, a one-time PIN, or another identity provider";
var LAST_LOGIN_NOT_KNOWN = {
  what: "The user's last login is not known, because its time cannot be read",
  remedy: "Check in Zero Trust whether the user signed in after `revoke_after`."
};
var DISABLE_ACCOUNT = "Disable the account in the identity provider, and check the login methods of your Access applications, then run the step again. If you only want users to sign in again, set `signed-in-again: warn`.";

// src/verify/devices.ts
var MAX_NAMED = 5;
async function readDevicesBefore(user, run) {
  const counted = countDevices(user);
  if (!verifiesDevices(run.options)) return { counted };
  const list = await readRegistrations(user, "active", run);
  if ("what" in list) return { counted, problem: list };
  if (list.items.length >= (counted ?? 0)) return { list, counted };
  const current = await run.directory.refresh(user);
  return { list, counted: "kind" in current ? counted : countDevices(current) };
}
async function readRegistrations(user, status, { registrations }, before) {
  const call = await registrations.read(user, status, before);
  if (call.kind !== "result") return readProblem(call, SESSIONS_ALONE);
  return { items: call.result, answers: [timeOf2(call)] };
}
function deviceChecksBefore({ list, counted }) {
  const listed2 = list?.items ?? [];
  return list === void 0 || listed2.length === 0 && counted !== 0 ? { before: counted } : { before: listed2.length, registrations: recordsOf(listed2, "active") };
}
function keptDevices(user, options) {
  const counted = countDevices(user) ?? 0;
  if (options.devices || !verifiesSessions(options) || counted === 0) return [];
  const what = `The user keeps ${(0,chunk_F7JQXWIF/* quantity */.au)(counted, "active device")}`;
  return [{ what, remedy: "To revoke devices as well, set `devices: true`." }];
}
async function verifyDevices(user, before, { time, rayId, findLogin }, run) {
  const { options, registrations, throttle } = run;
  const { list } = before;
  const { before: count } = deviceChecksBefore(before);
  const seen = await readUntilGone(throttle, REGISTRATIONS, {
    confirmation: time,
    lookUp: user.time,
    before: list,
    isNewAllowed: options.signedInAgain === "warn",
    read: async () => readRegistrations(user, "all", run, list?.items),
    since: throttle.time.now,
    firstPauseMs: 0
  });
  const notKnown = (problem2) => ({
    ...notVerified(problem2),
    checks: { devices: { before: count } }
  });
  if ("what" in seen) return notKnown(seen);
  const { left, begun, items, times } = seen;
  const active = [...left, ...begun];
  const doubt = active.length === 0 ? doubtOf(user, before, items, registrations) : void 0;
  if (doubt !== void 0) return notKnown(doubt);
  const records = [...recordsOf(active, "active"), ...endedRecords(list?.items ?? [], items, times)];
  const devices = { before: count, after: active.length, registrations: records };
  const checks = { devices, verifiedAt: Date.now() };
  if (left.length > 0) {
    const what2 = `active devices are left after ${(0,chunk_F7JQXWIF/* duration */.p0)(REVOCATION_TIMEOUT_MS)}: ${namesAndIds(left, options)}`;
    const problem2 = userProblem(`Revoked, but not verified: ${what2}`, END_REGISTRATION);
    return { ...failed2(problem2, rayId), checks };
  }
  if (begun.length === 0) return { ...VERIFIED, checks };
  const login = await findLogin();
  const how = login === void 0 ? "" : `, after signing in at ${login}`;
  const what = `Revoked, but the user registered devices again${how}: ${namesAndIds(begun, options)}`;
  return { ...cameBack(userProblem(what, DISABLE_ACCOUNT), options), checks };
}
function doubtOf(user, { list, counted }, shown, registrations) {
  const listed2 = list?.items.length;
  if (listed2 !== void 0 && listed2 < (counted ?? 0)) {
    const few = listed2 === 0 ? "none" : `only ${listed2}`;
    const what = `Cloudflare counted ${(0,chunk_F7JQXWIF/* quantity */.au)(counted ?? 0, "active device")} of the user, but listed ${few}`;
    return userProblem(what, CHECK_DEVICES);
  }
  const isEvidence = shown.length > 0 || (listed2 ?? 0) > 0 || counted === 0 || registrations.emptyListIsConclusive(user);
  return isEvidence ? void 0 : NO_EVIDENCE;
}
var REGISTRATIONS = {
  begunAt: ({ createdAt }) => typeof createdAt === "object" ? createdAt.at : void 0,
  isSame: ({ id }, other) => id === other.id,
  isActive: (each, times, wasActive) => !hasEnded(each, each.deletedAt, times, wasActive) && !hasEnded(each, each.revokedAt, times, wasActive)
};
function hasEnded({ createdAt }, endedAt, { confirmedAt, answeredAt }, wasActive) {
  if (typeof endedAt !== "object" || typeof createdAt !== "object") return false;
  const earliest = Math.max(createdAt.at, wasActive ? confirmedAt - CLOCK_TOLERANCE_MS : -Infinity);
  return endedAt.at >= earliest && endedAt.at <= answeredAt + CLOCK_TOLERANCE_MS;
}
function endedRecords(before, shown, times) {
  const kept = shown.filter((each) => !hasEnded(each, each.deletedAt, times, true));
  const isIn = (those, { id }) => those.some((other) => other.id === id);
  const revoked = kept.filter((each) => isIn(before, each) && hasEnded(each, each.revokedAt, times, true));
  const deleted = before.filter((each) => !isIn(kept, each));
  return [...recordsOf(revoked, "revoked"), ...recordsOf(deleted, "deleted")];
}
function recordsOf(registrations, status) {
  return registrations.map(({ id, name, type, revokedAt }) => ({
    id,
    name,
    registrationType: type,
    status,
    revokedAt: status === "revoked" && typeof revokedAt === "object" ? revokedAt.at : void 0
  }));
}
function namesAndIds(devices, { maskEmails }) {
  const shown = devices.slice(0, MAX_NAMED).map(({ id, name }, index) => {
    if (maskEmails) return `device ${index + 1} of ${devices.length} (${quoted(id)})`;
    return name === void 0 ? quoted(id) : `${quoted(name)} (${quoted(id)})`;
  });
  const more = devices.length - MAX_NAMED;
  return [...shown, ...more > 0 ? [`${more} more`] : []].join(", ");
}
function quoted(text) {
  return `"${(0,chunk_WH4TSCNU/* shortened */.vI)((0,chunk_WH4TSCNU/* plainText */.wh)(text), 80).replaceAll('"', "'")}"`;
}
var END_REGISTRATION = "Revoke or delete the registration in Zero Trust. A browser extension or a shared computer may need that.";
var SESSIONS_ALONE = "To verify only the sessions, set `verify: sessions`.";
var CHECK_DEVICES = `Check the user's devices in Zero Trust. ${SESSIONS_ALONE}`;
var NO_EVIDENCE = userProblem(
  "Cloudflare listed no devices and gave no count of them, which is no evidence that there are none",
  CHECK_DEVICES
);

// src/verify/seat.ts
var UNTOUCHED = { state: "not_done", seats: [] };
function seatBefore(user, { dryRun }) {
  if (dryRun === false || user === void 0) return UNTOUCHED;
  return user.records.some(mayHoldSeat) ? { ...UNTOUCHED, wouldFree: true } : { state: "none", seats: [] };
}
async function freeSeat(user, { time }, sessions, obstacle, run) {
  if (obstacle !== void 0) return { ...failed2(obstacle), checks: { seat: UNTOUCHED } };
  const isBack = sessions === void 0 ? await mayBeSignedInAgain(user, time, run) : sessions.checks?.sessions?.after !== 0;
  if (isBack) return notFreed(SIGNED_IN_AGAIN, UNTOUCHED);
  const current = user.records.some(mayHoldSeat) ? user : await run.directory.refresh(user);
  if ("kind" in current) return notFreed(readProblem(current, WITHOUT_SEAT));
  const held = current.records.filter(mayHoldSeat);
  if (held.length === 0) return { ...VERIFIED, checks: { seat: { state: "none", seats: [] } } };
  if (held.some(({ seat_uid: uid }) => uid === void 0)) return notFreed(NO_UID);
  const uids = [...new Set(held.flatMap(({ seat_uid: uid }) => uid ?? []))];
  const call = await run.endpoints.freeSeats(uids, user.email);
  if (call.kind !== "result") return notFreed(readProblem(call, WITHOUT_SEAT));
  const seats = call.result.filter(({ seat_uid: uid }) => uid !== void 0 && uids.includes(uid));
  const areFree = seats.every(isFree);
  const areShown = uids.every((uid) => seats.some(({ seat_uid }) => seat_uid === uid));
  if (areFree && areShown)
    return { state: "confirmed", warnings: [], checks: { seat: { state: "removed", seats } } };
  const problem2 = areFree ? NOT_SHOWN : STILL_ASSIGNED;
  return notFreed({ ...problem2, ...idsOf(call) }, { state: "failed", seats });
}
async function mayBeSignedInAgain(user, time, run) {
  const seen = await readSessions(user, run, "read");
  if ("what" in seen || "what" in agreedTimes(time, seen.answers)) return true;
  return seen.items.some(({ iat = Infinity }) => iat * 1e3 >= (time.date ?? 0));
}
function isFree({ access_seat: access2, gateway_seat: gateway }) {
  return access2 === false && gateway === false;
}
function notFreed(problem2, seat = FAILED) {
  return { ...failed2(seatProblem(problem2)), checks: { seat } };
}
function seatProblem(problem2) {
  return { ...problem2, what: `Revoked, but the seat was not freed: ${problem2.what}`, scope: "user" };
}
var FAILED = { state: "failed", seats: [] };
var SIGNED_IN_AGAIN = userProblem(
  "the user may have signed in again, and would take a seat at once",
  "Disable the account in the identity provider, then run the step again."
);
var RUN_AGAIN = "Run the step again, or remove the user from the seat in Zero Trust.";
var STILL_ASSIGNED = userProblem("Cloudflare answered that it is still taken", RUN_AGAIN);
var NOT_SHOWN = userProblem("the answer does not show it", RUN_AGAIN);
var NO_UID = userProblem("Cloudflare gave no ID for it", "Remove the user from the seat in Zero Trust.");
var WITHOUT_SEAT = "To leave seats as they are, remove `remove-seat`.";

// src/verify/look-up.ts
async function lookUp({ email, userUid }, run) {
  try {
    const call = await run.directory.find(email);
    if (call.kind !== "result") return readProblem(call, withoutLookUp(run.options));
    const accountUser = call.result;
    if (accountUser.records.length === 0) return "unknown";
    const sessions = run.plan.readsSessionsBefore ? await readSessions(accountUser, run, "look_up") : void 0;
    const devices = await readDevicesBefore(accountUser, run);
    const hasOtherUuid = userUid !== void 0 && !hasUuid(accountUser, userUid);
    return { accountUser, hasOtherUuid, sessions, devices };
  } catch (error2) {
    run.log.unexpected(error2);
    return unexpectedProblem(error2);
  }
}
function knownOf(found) {
  return typeof found === "object" && "accountUser" in found ? found : void 0;
}
function spellingOf({ accountUser: { email, records } }) {
  const [one = email, ...others] = new Set(records.map((record) => record.email));
  const spelling = others.length === 0 && one !== email ? (0,chunk_TGKH6P6W/* parseEmailAddress */.OE)(one) : void 0;
  return typeof spelling === "string" ? spelling : void 0;
}
function checksBefore(options, state, known) {
  const { sessions } = known ?? {};
  const devices = known && deviceChecksBefore(known.devices);
  return {
    controls: sameStates(options, state),
    ...known !== void 0 && { accountUserIds: idsOfUser(known.accountUser) },
    ...devices?.before !== void 0 && { devices },
    ...verifiesSessions(options) && { verification: "not_done" },
    ...sessions !== void 0 && "items" in sessions && { sessions: { before: sessions.items.length } },
    ...options.removeSeat && { seat: seatBefore(known?.accountUser, options) },
    warnings: []
  };
}
function unknownProblem({ email, userUid }, { unknownUser }) {
  if (userUid !== void 0) return UNKNOWN_WITH_UUID;
  if (!(0,chunk_WH4TSCNU/* isAscii */.ER)(email)) return UNKNOWN_LOOK_ALIKE;
  return unknownUser === "fail" ? UNKNOWN_USER : void 0;
}
function withoutLookUp(options) {
  if (!verifiesSessions(options)) return WITHOUT_SEAT;
  return options.removeSeat ? "To revoke without looking users up, set `verify: false` and remove `remove-seat`." : WITHOUT_VERIFICATION;
}
var CHECK_SPELLING = "Check the spelling of the address, and that `account-id` is the right account.";
var CHECK_UUID = "Check `user-uid`, or `user_uid` in the list, against the address.";
var UNKNOWN_USER = userProblem(
  "Not revoked: the organization knows no such user",
  `${CHECK_SPELLING} If the user may never have used Access, set \`unknown-user: warn\`.`
);
var UNKNOWN_LOOK_ALIKE = userProblem(
  "Not revoked: the organization knows no such user, and the address contains characters that may only look like others",
  "Type the address instead of pasting it, and compare it with the one in Zero Trust."
);
var UNKNOWN_WITH_UUID = userProblem(
  "Not revoked: the organization knows no such user, so the UUID was not sent",
  `${CHECK_SPELLING} ${CHECK_UUID}`
);
var OTHER_UUID = userProblem(
  "Revoked, but the UUID belongs to another user than the address: the revocation was sent for the address alone",
  CHECK_UUID
);

// src/revocation/revoke-user.ts
var LOOKUP_TIMEOUT_MS = 1e4;
async function revokeUser(user, run) {
  const { options, throttle } = run;
  const lookingUp = needsLookUp(options) ? lookUp(user, run) : void 0;
  const found = lookingUp && await inTime(lookingUp, run);
  const sent = await sendRevocation(user, found, run);
  if (sent.revocation !== "confirmed") return sent;
  if (lookingUp === void 0) {
    return { ...sent, status: "revoked", checks: checksBefore(options, "confirmed") };
  }
  return { sent, runningTime: throttle.time.now, found: found ?? lookingUp };
}
async function verifyRevocation({ sent, runningTime, found }, run) {
  const results = {};
  try {
    const known = found instanceof Promise ? withoutEvidence(await found) : found;
    return await verifyUser({ ...sent, runningTime }, known, results, run);
  } catch (error2) {
    run.log.unexpected(error2);
    return conclude(sent, results, uncheckedProblem(unexpectedProblem(error2), run.options), run.options);
  }
}
function withoutEvidence(late) {
  const known = knownOf(late);
  return known === void 0 ? late : { ...known, sessions: void 0, devices: {} };
}
async function inTime(reading, { throttle, stop }) {
  const waiting = throttle.time.wait(LOOKUP_TIMEOUT_MS, reading);
  return Promise.race([reading, waiting.then(() => stop.reason === void 0 ? void 0 : reading)]);
}
async function sendRevocation(user, found, { endpoints, options }) {
  const startedAt = Date.now();
  const { devices, warpSessionReauth } = options;
  const isLate = needsLookUp(options) && found === void 0;
  const known = knownOf(found);
  const isUuidSent = !needsLookUp(options) || known?.hasOtherUuid === false;
  const request = {
    // Cloudflare does not document whether letter case matters.
    email: (known && spellingOf(known)) ?? user.email,
    userUid: isUuidSent ? user.userUid : void 0,
    devices,
    warpSessionReauth
  };
  const call = await endpoints.revokeUser(request, isLate ? "overdue" : "revocation");
  const checks = (isLost) => checksBefore(options, isLost ? "not_known" : "failed", known);
  if (call.kind === "stopped") {
    const revocation = call.sent ? "unconfirmed" : "not_sent";
    return { status: "skipped", revocation, user, reason: call.reason, checks: checks(call.sent) };
  }
  const sending = { user, attempts: call.attempts, startedAt, finishedAt: Date.now() };
  if (call.kind === "result" && call.result) {
    return { ...sending, ...idsOf(call), revocation: "confirmed", time: timeOf2(call) };
  }
  const problem2 = call.kind === "problem" ? call.problem : { ...NOTHING_REVOKED, ...idsOf(call) };
  return {
    ...sending,
    httpStatus: problem2.httpStatus,
    rayId: problem2.rayId,
    status: "failed",
    revocation: "unconfirmed",
    problem: problem2,
    checks: checks(problem2.scope === "transient")
  };
}
async function verifyUser(sent, found, results, run) {
  const { options, endpoints } = run;
  if (found === "unknown") {
    const [problem2, checks] = [unknownProblem(sent.user, options), checksBefore(options, "not_known")];
    if (problem2 !== void 0) return { ...sent, status: "failed", problem: problem2, checks };
    return { ...sent, status: "unknown", checks: { ...checks, warnings: [UNKNOWN_WARNING] } };
  }
  if ("what" in found) return conclude(sent, results, uncheckedProblem(found, options), options);
  const { accountUser, hasOtherUuid, sessions, devices } = found;
  const confirmation = { ...sent, findLogin: loginFinder(sent.user, sent.time, endpoints) };
  const otherUuid = hasOtherUuid ? OTHER_UUID : void 0;
  if (verifiesSessions(options)) {
    results.sessions = await verifySessions(accountUser, sessions, confirmation, run);
    results.lastLogin = await judgeLastLogin(accountUser, confirmation, options);
  }
  if (options.removeSeat) {
    const obstacle = otherUuid ?? results.sessions?.problem ?? results.lastLogin?.problem;
    results.seat = await freeSeat(accountUser, confirmation, results.sessions, obstacle, run);
  }
  if (verifiesDevices(options)) {
    results.devices = await verifyDevices(accountUser, devices, confirmation, run);
  }
  results.known = found;
  return conclude(sent, results, otherUuid, options);
}
function conclude(sent, { known, sessions, lastLogin, seat, devices }, obstacle, options) {
  const found = [sessions, lastLogin, devices, seat].filter((result) => result !== void 0);
  const problems = /* @__PURE__ */ new Set([obstacle, ...found.map((result) => result.problem)]);
  const [problem2, ...further] = [...problems].filter((each) => each !== void 0);
  const sessionsState = (sessions?.problem === void 0 ? lastLogin : sessions)?.state ?? "not_known";
  const devicesState = devices?.state ?? "not_known";
  const states = verifiesDevices(options) ? [sessionsState, devicesState] : [sessionsState];
  const isPassed = states.every((state) => state === "verified");
  const verification = states.includes("failed") ? "failed" : isPassed ? "passed" : "not_done";
  const checks = {
    ...checksBefore(options, "confirmed", known),
    ...sessions?.checks,
    ...seat?.checks,
    ...devices?.checks,
    controls: {
      ...sameStates(options, "confirmed"),
      ...verifiesSessions(options) && { sessions: sessionsState },
      ...options.removeSeat && { seat: seat?.state ?? "not_known" },
      ...verifiesDevices(options) && { devices: devicesState }
    },
    ...verifiesSessions(options) && { verification },
    warnings: [
      ...further.map((each) => (0,chunk_F7JQXWIF/* problem */.CC)(describe(each), each.remedy)),
      ...found.flatMap(({ warnings }) => warnings),
      ...known === void 0 ? [] : keptDevices(known.accountUser, options)
    ]
  };
  return problem2 === void 0 ? { ...sent, status: "revoked", checks } : { ...sent, status: "failed", problem: problem2, checks };
}
function uncheckedProblem(problem2, options) {
  return verifiesSessions(options) ? notVerified(problem2).problem : seatProblem(problem2);
}
var UNKNOWN_WARNING = { what: UNKNOWN_USER.what, remedy: CHECK_SPELLING };
var NOTHING_REVOKED = userProblem(
  'Cloudflare answered "result": false: nothing was revoked',
  "Check that this is the address of the user in Zero Trust and that the UUID, if you set one, belongs to it."
);

// src/revocation/revoke-all.ts
var MAX_VERIFICATIONS = 200;
async function revokeAll(due, run, onOutcome) {
  const { options, stop } = run;
  const outcomes = /* @__PURE__ */ new Map();
  const waiting = [];
  const verifications = /* @__PURE__ */ new Set();
  const conclude2 = (outcome) => {
    if (due.length > 1 && outcome.status === "failed" && outcome.problem.scope === "all_users") {
      const { what, remedy = "" } = outcome.problem;
      stop.stop({ what: `${what}: all other users would fail too`, remedy });
    }
    outcomes.set(outcome.user, outcome);
    onOutcome(outcome);
  };
  const verify = async () => {
    for (let next = waiting.shift(); next !== void 0; next = waiting.shift()) {
      conclude2(await verifyRevocation(next, run));
    }
  };
  const start = async (user) => {
    const started = await startUser(user, run);
    if (!("found" in started)) {
      conclude2(started);
      return;
    }
    waiting.push(started);
    if (verifications.size >= MAX_VERIFICATIONS) return;
    const verification = verify().finally(() => verifications.delete(verification));
    verifications.add(verification);
  };
  const [first, ...others] = due;
  if (first !== void 0) await start(first);
  await pMap(others, start, { concurrency: options.concurrency });
  await Promise.all(verifications);
  return outcomes;
}
async function startUser(user, run) {
  const { options, stop, log } = run;
  if (stop.reason !== void 0) {
    const checks = checksBefore(options, options.dryRun ? "not_requested" : "failed");
    return { status: "skipped", revocation: "not_sent", user, reason: stop.reason, checks };
  }
  const startedAt = Date.now();
  try {
    return await (options.dryRun ? dryRunUser(user, run) : revokeUser(user, run));
  } catch (error2) {
    log.unexpected(error2);
    const [problem2, checks] = [unexpectedProblem(error2), checksBefore(options, "not_known")];
    const sending = { user, attempts: 0, startedAt, finishedAt: Date.now() };
    return { ...sending, status: "failed", revocation: "unconfirmed", problem: problem2, checks };
  }
}
async function checkCredentialOf(credential, run) {
  const { endpoints, options, stop, log } = run;
  const check2 = await checkCredential(endpoints, credential, options.target);
  if (check2.verdict === "failed") stop.stop(check2);
  else if (check2.verdict === "unchecked") log.warning(`${check2.what}. ${check2.remedy}`);
  else log.info(`${check2.what}.`);
}
function notCheckedText(options) {
  const seats = options.removeSeat ? ", or free seats" : "";
  const users = needsLookUp(options) ? "" : " With `verify: false`, users were not looked up, either.";
  return `A dry run cannot check whether the credential may revoke users${seats}.${users}`;
}
async function dryRunUser(user, run) {
  const { options } = run;
  const found = needsLookUp(options) ? await lookUp(user, run) : void 0;
  const would = wouldRevoke(user, options, knownOf(found));
  if (found === void 0) return would;
  if (found !== "unknown") return { ...would, problem: "what" in found ? found : problemOf2(found) };
  if (unknownProblem(user, options) !== void 0) return { ...would, problem: WOULD_BE_UNKNOWN };
  const warnings = [{ what: WOULD_BE_UNKNOWN.what, remedy: CHECK_SPELLING }];
  return { ...would, checks: { ...would.checks, warnings } };
}
function offlineOutcomes(due, options, onOutcome) {
  const outcomes = due.map((user) => wouldRevoke(user, options));
  for (const outcome of outcomes) onOutcome(outcome);
  return new Map(outcomes.map((outcome) => [outcome.user, outcome]));
}
function wouldRevoke(user, options, known) {
  const checks = checksBefore(options, "not_requested", known);
  return { status: "would_revoke", revocation: "not_sent", user, checks };
}
function problemOf2({ hasOtherUuid, sessions, devices }) {
  if (hasOtherUuid) return userProblem("The UUID belongs to another user than the address", CHECK_UUID);
  return sessions !== void 0 && "what" in sessions ? sessions : devices.problem;
}
var WOULD_BE_UNKNOWN = { ...UNKNOWN_USER, what: "The organization knows no such user" };

// src/result/verdict.ts
var MODES = { false: "", true: "Dry run: ", offline: "Offline check: " };
function verdictOf(record, delivered) {
  const { options, outcomes, stopped, list } = record;
  const unlisted = notListedRemarks(record);
  const isUnlistedRed = options.notListed === "fail";
  const warnings = [...warningsOf(record), ...isUnlistedRed ? [] : unlisted];
  const failures = [
    ...delivered.report ? [] : [NO_REPORT],
    ...delivered.outputs ? [] : [NO_OUTPUTS],
    ...isUnlistedRed ? unlisted : []
  ];
  const isRed = stopped !== void 0 || failures.length > 0 || list.badRows.length > 0 || outcomes.some(failsStep);
  const level = isRed ? "error" : warnings.length > 0 ? "warning" : "info";
  const accepted = countOf(outcomes, OUTCOMES.accepted, options);
  const isDoubtful = level === "warning" || accepted > 0 || outcomes.some((outcome) => sectionOf(outcome) === "warnings");
  const calmSign = options.dryRun !== false && level === "info" ? "\u{1F50D}" : isDoubtful ? "\u26A0\uFE0F" : "\u2705";
  return {
    level,
    sign: isRed ? "\u274C" : calmSign,
    headline: `${MODES[`${options.dryRun}`]}${countsOf(record)}${othersOf(record)}.`,
    remarks: [...failures, ...warnings, ...stopped === void 0 ? [] : [stoppedText(stopped, outcomes)]],
    notes: notesOn(record, accepted)
  };
}
var NO_REPORT = "The report could not be written to the runner's temporary folder (RUNNER_TEMP).";
var NO_OUTPUTS = "The outputs could not be written (GITHUB_OUTPUT), so do not rely on them.";
function stoppedText({ what, remedy }, outcomes) {
  const isTold = outcomes.some((outcome) => outcome.status === "failed" && outcome.problem.remedy === remedy);
  return isTold || remedy === "" ? `${what}.` : `${what}. ${remedy}`;
}
var NOTHING_SENT = "Nothing was sent. Fix what is wrong with the inputs.";
function warningsOf({ outcomes, workflowRun, list, options }) {
  const { past, revoked, unknown: unknown2, would_revoke: wouldRevoke2 } = totalsOf(outcomes);
  const isAllPast = past > 0 && past === outcomes.length && list.staying + list.badRows.length === 0;
  const isLeftOn = wouldRevoke2 > 0 && workflowRun.event === "schedule" && options.notListed === "ignore";
  return [
    ...isLeftOn ? [SCHEDULED_DRY_RUN] : [],
    ...isAllPast ? ["Check the years of the dates."] : [],
    ...unknown2 > 0 && revoked === 0 ? ["No one was revoked. Check the spelling of the addresses."] : []
  ];
}
var SCHEDULED_DRY_RUN = "This run was scheduled and revoked no one. If `dry-run` was left on by mistake, remove it.";
function notListedRemarks({ notListed = [] }) {
  if ((0,chunk_F7JQXWIF/* isProblem */.AN)(notListed)) return [`It is not known who is on no list: ${problemText2(notListed)}`];
  if (notListed.length === 0) return [];
  const users = (0,chunk_F7JQXWIF/* quantity */.au)(notListed.length, "user is", "users are");
  return [
    `${users} on no list: add those who left to the list (\`now\` revokes), and the others to \`protected-users\` or to the export.`
  ];
}
function notesOn(record, accepted) {
  const { options, outcomes, notListed } = record;
  const { revoked, past } = totalsOf(outcomes);
  const [users, were] = [(0,chunk_F7JQXWIF/* quantity */.au)(past, "user"), past === 1 ? "was" : "were"];
  const days = (0,chunk_F7JQXWIF/* quantity */.au)(options.dueWithinDays, "day");
  const skipped = `${users} ${were} due more than ${days} ago and ${were} skipped (\`due-within-days\`). ${REVOKE_NOW}`;
  return [
    ...accepted > 0 ? [needsLookUp(options) ? ACCEPTED : ACCEPTED_UNSEEN] : [],
    ...options.dryRun === true ? [notCheckedText(options)] : [],
    ...options.dryRun === "offline" ? [NOT_CONTACTED] : [],
    ...past > 0 ? [skipped] : [],
    ...notListed !== void 0 && notListedRemarks(record).length === 0 ? [EVERYONE_LISTED] : [],
    ...revoked > 0 && !options.devices ? [UNTOUCHED_DEVICES] : [],
    ...revoked > 0 && !options.warpSessionReauth ? [UNTOUCHED_SESSION] : [],
    ...revoked > 0 ? [NOT_COVERED] : []
  ];
}
var UNTOUCHED_DEVICES = "Devices were left untouched and may still reach private networks; to revoke them, set `devices: true`.";
var UNTOUCHED_SESSION = "The WARP session was left untouched; to end it, set `warp-session-reauth: true`.";
var NOT_COVERED = "This does not end SaaS sessions, open SSH, VNC, or RDP sessions, or access with service tokens: see docs/security.md#what-a-green-run-does-not-cover in the repository of this action.";
var ACCEPTED = "Accepted by Cloudflare, not verified.";
var ACCEPTED_UNSEEN = "Accepted by Cloudflare, not verified: a misspelled address would look the same.";
var EVERYONE_LISTED = "Every active user of the organization is on a list, or in `protected-users`.";
var NOT_CONTACTED = "This check did not contact Cloudflare, so it checked neither the credential nor the users.";
function countOf(outcomes, words, options) {
  return outcomes.filter((outcome) => wordsOf(outcome, options) === words).length;
}
function countsOf({ outcomes, options, list }) {
  const due = outcomes.filter((outcome) => outcome.checks !== void 0);
  const users = ALL_OUTCOMES.map((words) => ({ ...words, count: countOf(due, words, options) })).filter(({ count }) => count > 0).map(
    ({ count, label, counted = label }, index) => index === 0 ? `${(0,chunk_F7JQXWIF/* quantity */.au)(count, "user")} ${counted}` : `${(0,chunk_F7JQXWIF/* grouped */.zD)(count)} ${counted}`
  );
  const badRows = list.badRows.length;
  const unused = badRows === 0 ? [] : [`${(0,chunk_F7JQXWIF/* quantity */.au)(badRows, "row")} could not be used`];
  if (users.length > 0) return [...users, ...unused, ...seatsOf(due, options)].join("; ");
  if (badRows === 0) return "No one is due";
  return [...options.dryRun === false ? ["No one was revoked"] : [], ...unused].join("; ");
}
function seatsOf(due, options) {
  const seats = due.flatMap((outcome) => outcome.checks?.seat ?? []);
  const holders = seats.filter(({ wouldFree }) => wouldFree).length;
  if (holders > 0) return [`${(0,chunk_F7JQXWIF/* grouped */.zD)(holders)} ${holders === 1 ? "has" : "have"} a seat to free`];
  if (!options.removeSeat || options.dryRun !== false) return [];
  const freed = seats.filter(({ state }) => state === "removed").flatMap((seat) => seat.seats);
  return [`${(0,chunk_F7JQXWIF/* quantity */.au)(new Set(freed.map(({ seat_uid: id }) => id)).size, "seat")} freed`];
}
function othersOf({ outcomes, options, list }) {
  const { not_due: notDue, past } = totalsOf(outcomes);
  const parts = [
    ...notDue > 0 ? [`${(0,chunk_F7JQXWIF/* grouped */.zD)(notDue)} not due yet`] : [],
    ...past > 0 ? [`${(0,chunk_F7JQXWIF/* grouped */.zD)(past)} due more than ${(0,chunk_F7JQXWIF/* quantity */.au)(options.dueWithinDays, "day")} ago`] : [],
    ...list.staying > 0 ? [`${(0,chunk_F7JQXWIF/* grouped */.zD)(list.staying)} ${list.staying === 1 ? "stays" : "stay"}`] : []
  ];
  return parts.length === 0 ? "" : ` (${parts.join(", ")})`;
}

// src/result/publish.ts
var ROOM_FOR_FAILED = 9e5;
function publish(record, log) {
  const report = attempt(log, () => (0,chunk_2MRKE53B/* writeReport */.u5)(reportOf(record)));
  const outputs = attempt(log, () => (0,chunk_2MRKE53B/* writeOutputs */.Kn)(outputsOf(record, report ?? "")));
  for (const row of record.list.badRows) {
    for (const problem2 of row.problems) log.error(`${row.source}: ${problem2}`, row);
  }
  const verdict = verdictOf(record, { report: report !== void 0, outputs: outputs !== void 0 });
  const { shown, more } = unlistedTexts(record.notListed, record.options);
  for (const { name, has } of shown) log.info(`${name} is on no list: ${has}.`);
  if (more > 0) log.info(`${(0,chunk_F7JQXWIF/* quantity */.au)(more, "more user")} on no list: see the report.`);
  publishSummary(summaryOf(record, verdict), log);
  for (const note of verdict.notes) log.info(note);
  if (report !== void 0) log.info(`Report: ${report}`);
  log.verdict(verdict.level, [verdict.headline, ...verdict.remarks].join(" "));
  return verdict.level !== "error";
}
function publishProblems({ problems: found, warnings, maskEmails }, provenance, log) {
  const problems = found.map((problem2) => (0,chunk_F7JQXWIF/* withTexts */.j8)(problem2, (0,chunk_WH4TSCNU/* addressMask */.R$)(maskEmails)));
  if (maskEmails) log.maskAddresses([]);
  for (const warning2 of warnings) log.warning((0,chunk_F7JQXWIF/* placedText */.r6)(warning2));
  const report = attempt(log, () => (0,chunk_2MRKE53B/* writeReport */.u5)(reportOfProblems(problems, provenance)));
  if (report !== void 0) attempt(log, () => (0,chunk_2MRKE53B/* writeOutputs */.Kn)({ ...chunk_2MRKE53B/* INITIAL_OUTPUTS */.wE, report }));
  for (const problem2 of problems) log.error((0,chunk_F7JQXWIF/* placedText */.r6)(problem2), problem2.at);
  publishSummary(summaryOfProblems(NOTHING_SENT, problems.map(chunk_F7JQXWIF/* placedText */.r6)), log);
  log.verdict("error", NOTHING_SENT);
  return false;
}
function outputsOf({ outcomes, list, notListed }, report) {
  const { revoked, unknown: unknown2 } = totalsOf(outcomes);
  const failed3 = outcomes.filter(failsStep);
  const failures = failed3.length + list.badRows.length;
  const addresses = JSON.stringify(failed3.map(({ user }) => user.email));
  return {
    revoked: revoked > 0 && failures + unknown2 === 0 ? "true" : "false",
    "revoked-count": `${revoked}`,
    "failed-count": `${failures}`,
    "unknown-count": `${unknown2}`,
    "not-listed-count": (0,chunk_F7JQXWIF/* isProblem */.AN)(notListed) ? "" : `${notListed?.length ?? ""}`,
    // Never cut: half a list would look like a whole one.
    failed: addresses.length * 2 > ROOM_FOR_FAILED ? "" : addresses,
    report
  };
}
function publishSummary(summary2, log) {
  if (attempt(log, () => (0,chunk_2MRKE53B/* writeJobSummary */.j7)(summary2)) === void 0) {
    log.warning("The job summary could not be written (GITHUB_STEP_SUMMARY).");
  }
}
function attempt(log, work) {
  try {
    return work();
  } catch (error2) {
    log.unexpected(error2);
    return void 0;
  }
}

// src/result/run-log.ts
var MAX_USERS_WITHOUT_PROGRESS = 20;
var INTENTIONS = {
  false: "Revoking",
  true: "Dry run, nothing is revoked. It would revoke",
  offline: "Offline check, nothing is sent. A run would revoke"
};
function plannedLines({ users, staying, repeated, notes }, options, now) {
  const { due = [], not_due: notDue = [] } = Object.groupBy(users, ({ timing }) => timing);
  const [first] = due;
  const [next] = notDue.flatMap(({ revokeAfter }) => revokeAfter ?? []).toSorted((one, other) => one.at - other.at);
  const repetitions = (0,chunk_F7JQXWIF/* quantity */.au)(repeated, "entry names", "entries name");
  const lines = [
    ...notes,
    ...repeated > 0 ? [`${repetitions} a user that an earlier entry names. Each user counts once.`] : [],
    ...staying > 0 ? [`${(0,chunk_F7JQXWIF/* quantity */.au)(staying, "person stays", "people stay")}.`] : [],
    ...next === void 0 ? [] : [`${(0,chunk_F7JQXWIF/* grouped */.zD)(notDue.length)} not due yet, the next on ${next.text}. ${REVOKE_NOW}`]
  ];
  if (first === void 0) return lines;
  const who = due.length === 1 ? nameInLog(first, options, now) : (0,chunk_F7JQXWIF/* quantity */.au)(due.length, "user");
  const intention = INTENTIONS[`${options.dryRun}`];
  return [...lines, `${intention} the ${scopeOfCall(options)} of ${who}${inTarget(options)}.`];
}
function outcomeLogger(log, due, options, now) {
  const start = (0,chunk_F7JQXWIF/* monotonicMs */.dR)();
  let done = 0;
  let failed3 = 0;
  return (outcome) => {
    logOutcome(log, outcome, nameInLog(outcome.user, options, now), options);
    done += 1;
    if (failsStep(outcome)) failed3 += 1;
    if (due <= MAX_USERS_WITHOUT_PROGRESS || done === due || done * 10 % due >= 10) return;
    const left = ((0,chunk_F7JQXWIF/* monotonicMs */.dR)() - start) / done * (due - done);
    const failures = failed3 === 0 ? "" : `, ${(0,chunk_F7JQXWIF/* grouped */.zD)(failed3)} of them with errors`;
    log.info(
      `Progress: ${(0,chunk_F7JQXWIF/* grouped */.zD)(done)} of ${(0,chunk_F7JQXWIF/* quantity */.au)(due, "user")}${failures}; about ${(0,chunk_F7JQXWIF/* duration */.p0)(left)} left.`
    );
  };
}
function logOutcome(log, outcome, name, options) {
  const { label } = wordsOf(outcome, options);
  if (outcome.status === "skipped") log.info(`${name}: ${label}.`);
  else if (failsStep(outcome)) log.error(`${name}: ${reasonOf(outcome, options) ?? ""}`);
  else if (outcome.status !== "unknown") {
    const read = Object.values(readTexts(outcome, options));
    const details = [...read, ..."rayId" in outcome ? [`ray ID ${outcome.rayId}`] : []].join("; ");
    log.info(`${name}: ${label}${details === "" ? "" : ` (${details})`}.`);
  }
  for (const warning2 of outcome.checks.warnings) log.warning(`${name}: ${(0,chunk_F7JQXWIF/* problemText */.fI)(warning2)}`);
}

// src/runner/log.ts

var MAX_ANNOTATIONS = 9;
var WRITE = { info, warning, error };
var Log = class {
  #mask = (0,chunk_WH4TSCNU/* addressMask */.R$)(false);
  #annotations = { error: 0, warning: 0 };
  /** Masks addresses in all further lines, and registers these addresses with the runner. */
  maskAddresses(addresses) {
    this.#mask = (0,chunk_WH4TSCNU/* addressMask */.R$)(true);
    for (const address of addresses) setSecret(address);
  }
  info(line) {
    info(this.#shown(line));
  }
  /** A line that GitHub shows with step debugging on. */
  debug(line) {
    if (isDebug()) debug(this.#shown(line));
  }
  /** Logs the stack of an unexpected error at debug level. */
  unexpected(error2) {
    for (const line of (0,external_node_util_.inspect)(error2).split("\n")) this.debug(line);
  }
  warning(text) {
    this.#annotate("warning", text, {});
  }
  /** @param at - the line of a file beside which GitHub shows the annotation, also in pull requests */
  error(text, at = {}) {
    this.#annotate("error", text, at);
  }
  /** The result of the step in its last line. Unless all is well, it is an annotation, however many there were before. */
  verdict(level, line) {
    WRITE[level](this.#shown(line));
  }
  /** An annotation, or a line of the log if there are too many of its kind. */
  #annotate(kind, text, { file, line }) {
    this.#annotations[kind] += 1;
    if (this.#annotations[kind] > MAX_ANNOTATIONS) {
      this.info(`${kind === "error" ? "Error" : "Warning"}: ${text}`);
      return;
    }
    const isPlaced = file !== void 0 && line !== void 0;
    WRITE[kind](this.#shown(text), isPlaced ? { file: this.#shown(file), startLine: line } : {});
  }
  #shown(line) {
    return (0,chunk_WH4TSCNU/* plainText */.wh)(this.#mask(line));
  }
};

// src/runner/run-stop.ts
var GRACE_PERIOD_MS = 5e3;
var RunStop = class {
  #start = new AbortController();
  #response = new AbortController();
  #reason;
  /** Aborted as soon as nothing new may start. */
  startSignal = this.#start.signal;
  /** Aborted when the run no longer waits for answers. */
  responseSignal = this.#response.signal;
  /** Why the run was stopped; undefined while it goes on. */
  get reason() {
    return this.#reason;
  }
  /** Lets nothing new start; what is in flight may finish. The first reason counts. */
  stop(reason) {
    if (this.#reason !== void 0) return;
    this.#reason = reason;
    this.#start.abort();
  }
  /**
   * Stops the run when it is cancelled, and then gives what is in flight five seconds to finish. The runner sends SIGINT,
   * SIGTERM 7.5 s later, and kills after another 2.5 s.
   */
  stopOnSignals() {
    for (const signal of ["SIGINT", "SIGTERM"]) {
      process.on(signal, () => {
        this.stop({ what: `The run was cancelled (${signal})`, remedy: "Run the step again." });
        setTimeout(() => {
          this.#response.abort();
        }, GRACE_PERIOD_MS).unref();
      });
    }
  }
};

// src/verify/not-listed.ts
async function findNotListed(list, { options, directory }) {
  if (options.notListed === "ignore") return void 0;
  const call = await directory.activeRecords();
  if (call.kind === "stopped") return userProblem("The run was stopped first", "Run the step again.");
  if (call.kind === "problem") return readProblem(call, "To do without, remove `not-listed`.");
  const byAddress = Map.groupBy(call.result, ({ email, id }) => email === "" ? id : (0,chunk_TGKH6P6W/* addressKey */.IY)(email));
  const users = Array.from(byAddress.values(), activeUser);
  const unlisted = users.filter(({ email }) => !list.isNamed(email));
  return unlisted.length * 2 > users.length ? NOT_OF_EVERYONE : unlisted.toSorted((one, other) => activityOf(other) - activityOf(one));
}
function activeUser(records) {
  const [{ email, id } = { email: "", id: "" }] = records;
  return {
    /** In Cloudflare's spelling. */
    email,
    /** The ID of the first of the user's records. */
    id,
    /** Active ones; undefined if a record does not say. */
    devices: countDevices({ records }),
    hasSeat: records.some(mayHoldSeat),
    lastLogin: lastLoginOf({ records })
  };
}
function activityOf({ devices = 0, hasSeat, lastLogin: { at = 0, isKnown } }) {
  return (devices > 0 ? 2e15 : 0) + (hasSeat ? 1e15 : 0) + (isKnown ? at : 9e14);
}
var NOT_OF_EVERYONE = userProblem(
  "More than half of the active users of the organization are on none, so the lists are not of the whole staff",
  "Set `users-file` to an export of everyone who may have access, or remove `not-listed`."
);

// src/cloudflare/list-pages.ts
var PER_PAGE = 1e3;
var MAX_PAGES = 100;
var Count = (0,chunk_TGKH6P6W/* pipe */.Fs)(
  (0,chunk_TGKH6P6W/* nullish */.cl)((0,chunk_TGKH6P6W/* pipe */.Fs)((0,chunk_TGKH6P6W/* number */.ai)(), (0,chunk_TGKH6P6W/* integer */.nd)(), (0,chunk_TGKH6P6W/* minValue */.Ww)(0))),
  (0,chunk_TGKH6P6W/* transform */.pd)((count) => count ?? void 0)
);
var ListInfo = (0,chunk_TGKH6P6W/* nullish */.cl)(
  (0,chunk_TGKH6P6W/* object */.Ik)({
    count: Count,
    per_page: Count,
    total_count: Count,
    total_pages: Count,
    /** Null at the end of the list; undefined if it is not mentioned. */
    cursor: (0,chunk_TGKH6P6W/* nullish */.cl)((0,chunk_TGKH6P6W/* string */.Yj)())
  }),
  {}
);
async function readPages(read, judge, { maxPages = MAX_PAGES, keep = () => true } = {}) {
  const ids = /* @__PURE__ */ new Set();
  const kept = /* @__PURE__ */ new Map();
  let [attempts, received] = [0, 0];
  let total;
  for (let page = 1; ; page += 1) {
    const call = await read(page);
    attempts += call.attempts;
    if (call.kind !== "result") return { ...call, attempts };
    const known = ids.size;
    const { result: records } = call;
    for (const record of records) {
      ids.add(record.id);
      if (keep(record)) kept.set(JSON.stringify(record), record);
    }
    received += records.length;
    const info2 = infoOf(call);
    total ??= info2?.total_count;
    const [different, isNew] = [ids.size, ids.size > known];
    const incomplete = incompleteList(different, { ...call, attempts });
    if (info2 === void 0 || (info2.total_count ?? total) !== total) return incomplete;
    const extent = judge({ ...info2, records: records.length, different, isNew, total });
    const { count = 0, total_pages: pages = 0 } = info2;
    if (extent === "ended" && different === (total ?? different) && received >= count && page >= pages)
      return { ...call, result: [...kept.values()], attempts };
    if (extent !== "continued" || page >= maxPages) return incomplete;
  }
}
async function allPages(read, { maxPages = MAX_PAGES, ...options } = {}) {
  return readPages(
    async (page) => read(page, PER_PAGE),
    ({ records, different, isNew, total }) => {
      if (total === void 0 ? records === 0 : different >= total) return "ended";
      return isNew && (total ?? 0) <= records * maxPages ? "continued" : "broken";
    },
    { maxPages, ...options }
  );
}
async function allAfterCursors(read) {
  const cursors = [];
  const call = await readPages(
    async () => read(cursors.at(-1)),
    ({ records, total, count = 0, per_page: perPage, cursor }) => {
      if (cursor === void 0 && total === void 0 && mayBeFull(records, perPage)) return "broken";
      if (records < count || cursors.includes(cursor ?? "")) return "broken";
      if (cursor === void 0 || cursor === null || cursor === "") return "ended";
      cursors.push(cursor);
      return "continued";
    }
  );
  if (call.kind !== "result" || call.result.length === new Set(call.result.map(({ id }) => id)).size)
    return call;
  return incompleteList(call.result.length, call);
}
function onlyPage(call) {
  if (call.kind !== "result") return call;
  const { result } = call;
  const info2 = infoOf(call);
  const isComplete = info2 && result.length >= (info2.count ?? 0) && (info2.total_pages ?? 1) <= 1 && (info2.total_count === void 0 ? result.length < (info2.per_page ?? Infinity) : result.length === info2.total_count);
  return isComplete ? call : incompleteList(result.length, call);
}
function infoOf({ resultInfo }) {
  const parsed = (0,chunk_TGKH6P6W/* safeParse */.xL)(ListInfo, resultInfo);
  return parsed.success ? parsed.output : void 0;
}
function mayBeFull(records, perPage) {
  if (perPage !== void 0) return records >= perPage;
  return records > 0 && (records % 10 === 0 || records % 25 === 0);
}
function incompleteList(read, call) {
  const problem2 = userProblem(
    `One of Cloudflare's lists could not be read completely; it ended after ${read} records`,
    "Run the step again. If this keeps happening, contact Cloudflare support."
  );
  return { kind: "problem", problem: { ...problem2, ...idsOf(call) }, attempts: call.attempts };
}

// src/cloudflare/records.ts
var Text = (0,chunk_TGKH6P6W/* fallback */.Np)((0,chunk_TGKH6P6W/* optional */.lq)((0,chunk_TGKH6P6W/* pipe */.Fs)((0,chunk_TGKH6P6W/* string */.Yj)(), (0,chunk_TGKH6P6W/* nonEmpty */.hq)())), void 0);
var Address = (0,chunk_TGKH6P6W/* pipe */.Fs)((0,chunk_TGKH6P6W/* string */.Yj)(), (0,chunk_TGKH6P6W/* trim */.Bq)());
var OptionalAddress = (0,chunk_TGKH6P6W/* fallback */.Np)((0,chunk_TGKH6P6W/* optional */.lq)((0,chunk_TGKH6P6W/* pipe */.Fs)(Address, (0,chunk_TGKH6P6W/* nonEmpty */.hq)())), void 0);
var Flag = (0,chunk_TGKH6P6W/* fallback */.Np)((0,chunk_TGKH6P6W/* optional */.lq)((0,chunk_TGKH6P6W/* boolean */.zM)()), void 0);
var Count2 = (0,chunk_TGKH6P6W/* fallback */.Np)((0,chunk_TGKH6P6W/* optional */.lq)((0,chunk_TGKH6P6W/* pipe */.Fs)((0,chunk_TGKH6P6W/* number */.ai)(), (0,chunk_TGKH6P6W/* integer */.nd)(), (0,chunk_TGKH6P6W/* minValue */.Ww)(0))), void 0);
var Time = (0,chunk_TGKH6P6W/* pipe */.Fs)((0,chunk_TGKH6P6W/* optional */.lq)((0,chunk_TGKH6P6W/* unknown */.L5)(), null), (0,chunk_TGKH6P6W/* transform */.pd)(recordTime));
var Words = (0,chunk_TGKH6P6W/* pipe */.Fs)(
  Text,
  (0,chunk_TGKH6P6W/* transform */.pd)((text) => text && (0,chunk_WH4TSCNU/* shortened */.vI)(text, 100))
);
var Seat = (0,chunk_TGKH6P6W/* object */.Ik)({ seat_uid: Text, access_seat: Flag, gateway_seat: Flag });
var AccessUser = (0,chunk_TGKH6P6W/* object */.Ik)({
  id: (0,chunk_TGKH6P6W/* pipe */.Fs)((0,chunk_TGKH6P6W/* string */.Yj)(), (0,chunk_TGKH6P6W/* nonEmpty */.hq)()),
  uid: Text,
  email: Address,
  ...Seat.entries,
  active_device_count: Count2,
  last_successful_login: Time
});
var Issue = (0,chunk_TGKH6P6W/* object */.Ik)({
  iat: (0,chunk_TGKH6P6W/* fallback */.Np)((0,chunk_TGKH6P6W/* optional */.lq)((0,chunk_TGKH6P6W/* pipe */.Fs)((0,chunk_TGKH6P6W/* number */.ai)(), (0,chunk_TGKH6P6W/* integer */.nd)())), void 0),
  nonce: Text
});
var Session = (0,chunk_TGKH6P6W/* pipe */.Fs)(
  (0,chunk_TGKH6P6W/* fallback */.Np)((0,chunk_TGKH6P6W/* object */.Ik)({ name: Text, metadata: (0,chunk_TGKH6P6W/* fallback */.Np)(Issue, {}) }), { metadata: {} }),
  (0,chunk_TGKH6P6W/* transform */.pd)(({ name, metadata: { iat, nonce } }) => ({
    /** Its nonce and its name, as far as they are known: a session that shares one with another is the same. */
    keys: [nonce, name].flatMap((key) => key ?? []),
    iat
  }))
);
var Registration = (0,chunk_TGKH6P6W/* pipe */.Fs)(
  (0,chunk_TGKH6P6W/* object */.Ik)({
    id: (0,chunk_TGKH6P6W/* pipe */.Fs)((0,chunk_TGKH6P6W/* string */.Yj)(), (0,chunk_TGKH6P6W/* nonEmpty */.hq)()),
    device: (0,chunk_TGKH6P6W/* fallback */.Np)((0,chunk_TGKH6P6W/* object */.Ik)({ name: Text }), { name: void 0 }),
    user: (0,chunk_TGKH6P6W/* fallback */.Np)((0,chunk_TGKH6P6W/* object */.Ik)({ id: Text, email: OptionalAddress }), { id: void 0, email: void 0 }),
    registration_type: Text,
    created_at: Time,
    revoked_at: Time,
    deleted_at: Time
  }),
  (0,chunk_TGKH6P6W/* transform */.pd)(({ id, device, user, registration_type: type, created_at, revoked_at, deleted_at }) => ({
    id,
    /** Of the device. */
    name: device.name,
    type,
    owner: user,
    createdAt: created_at,
    revokedAt: revoked_at,
    deletedAt: deleted_at
  }))
);
var Login = (0,chunk_TGKH6P6W/* pipe */.Fs)(
  (0,chunk_TGKH6P6W/* fallback */.Np)(
    (0,chunk_TGKH6P6W/* object */.Ik)({
      user_email: OptionalAddress,
      created_at: Time,
      app_domain: Words,
      connection: Words,
      ip_address: Words,
      allowed: Flag
    }),
    { created_at: "unreadable" }
  ),
  (0,chunk_TGKH6P6W/* transform */.pd)(({ user_email: email, created_at, app_domain: app, connection, ip_address: ip, allowed }) => ({
    email,
    /** Milliseconds since the epoch. */
    at: typeof created_at === "object" ? created_at.at : void 0,
    app,
    /** The login method, such as `saml` or `onetimepin`. */
    connection,
    ip,
    allowed
  }))
);
var TokenStatus = (0,chunk_TGKH6P6W/* object */.Ik)({
  status: (0,chunk_TGKH6P6W/* string */.Yj)(),
  not_before: (0,chunk_TGKH6P6W/* optional */.lq)((0,chunk_TGKH6P6W/* string */.Yj)()),
  expires_on: (0,chunk_TGKH6P6W/* optional */.lq)((0,chunk_TGKH6P6W/* string */.Yj)())
});
function recordTime(given) {
  if (given === null) return "absent";
  const at = typeof given === "string" ? (0,chunk_F7JQXWIF/* parseTimestamp */.EH)(given) : void 0;
  return at === void 0 ? "unreadable" : { at };
}

// src/cloudflare/endpoints.ts
var REVOKE = {
  permission: '"Access: Organizations Revoke" or "Access: Organizations, Identity Providers, and Groups Revoke"',
  isOptional: false
};
var READ_USERS = { permission: '"Access: Audit Logs Read"', isOptional: true };
var READ_LOGINS = { ...READ_USERS, isIncidental: true };
var READ_DEVICES = { permission: '"Zero Trust Read"', isOptional: true };
var WRITE_SEATS = { permission: '"Zero Trust: Seats Write"', isOptional: true };
var CHECK = { kind: { isOptional: false }, about: "The check of the credential" };
var NO_UUID = userProblem(
  "Cloudflare gave the user an ID that is not a UUID",
  "Check the user's sessions in Zero Trust."
);
var Endpoints = class {
  #client;
  #target;
  constructor(client, target) {
    this.#client = client;
    this.#target = target;
  }
  /** Revokes the user's access to all applications (Cloudflare API reference, "revoke_user"); true if that is confirmed. */
  async revokeUser(user, priority) {
    const query = user.devices ? { devices: "true" } : void 0;
    const body = {
      email: user.email,
      ...user.userUid !== void 0 && { user_uid: user.userUid },
      ...user.devices && { devices: true },
      ...user.warpSessionReauth && { warp_session_reauth: true }
    };
    const [path, result, about] = ["/access/organizations/revoke_user", (0,chunk_TGKH6P6W/* boolean */.zM)(), user.email];
    return this.#call({ kind: REVOKE, method: "POST", path, query, body, result, about, priority });
  }
  /** Asks whether the API token is active; the endpoint has to fit who owns the token. */
  async verifyToken(owner) {
    const request = { ...CHECK, result: TokenStatus };
    if (owner === "user") return this.#client.call({ ...request, path: "/user/tokens/verify" });
    return this.#call({ ...request, path: "/tokens/verify" });
  }
  async userDetails() {
    return this.#client.call({ ...CHECK, path: "/user", result: (0,chunk_TGKH6P6W/* object */.Ik)({ id: (0,chunk_TGKH6P6W/* string */.Yj)() }) });
  }
  /** Lists users, all pages; a list that contradicts itself gives two records with one ID. */
  async users(filter, about, options = {}) {
    const request = { kind: READ_USERS, path: "/access/users", about, priority: "look_up" };
    return allPages(async (page, perPage) => {
      const query = new URLSearchParams({ ...filter, page: `${page}`, per_page: `${perPage}` });
      return this.#list({ ...request, query }, AccessUser);
    }, options);
  }
  async activeSessions(id, about, priority) {
    const uuid = (0,chunk_MUZZZ2C3/* parseUuid */.Xw)(id);
    if (uuid === void 0) return { kind: "problem", problem: NO_UUID, attempts: 0 };
    const path = `/access/users/${uuid}/active_sessions`;
    return onlyPage(await this.#list({ kind: READ_USERS, path, about, priority }, Session));
  }
  /**
   * Lists the latest logins of a user, one page of them. Cloudflare does not document how soon it lists a login, and
   * forgets them after a day on some plans, so a missing login proves nothing. `since` is in milliseconds.
   */
  async logins(email, since) {
    const query = { since: (0,chunk_F7JQXWIF/* isoTime */.Ly)(since), direction: "desc", email, email_exact: "true" };
    const path = "/access/logs/access_requests";
    const call = await this.#list({ kind: READ_LOGINS, path, query, about: email }, Login);
    if (call.kind !== "result") return call;
    const own = call.result.filter(
      ({ email: other = "", at = -Infinity }) => (0,chunk_TGKH6P6W/* addressKey */.IY)(other) === (0,chunk_TGKH6P6W/* addressKey */.IY)(email) && at >= since
    );
    return { ...call, result: own };
  }
  /** Lists the device registrations of users, all pages, whose size is the server's. API tokens only. */
  async registrations(userIds, status, about) {
    const priority = status === "active" ? "look_up" : "read";
    const request = { kind: READ_DEVICES, path: "/devices/registrations", about, priority };
    return allAfterCursors(async (cursor) => {
      const query = new URLSearchParams({ status, ...cursor !== void 0 && { cursor } });
      for (const id of userIds) query.append("user.id", id);
      return this.#list({ ...request, query }, Registration);
    });
  }
  /**
   * Frees seats: neither Access nor Gateway keeps them. It deletes all device registrations of their users, and a new
   * login takes a seat again (Cloudflare One docs, "Seat management").
   */
  async freeSeats(seatUids, about) {
    const body = seatUids.map((uid) => ({ seat_uid: uid, access_seat: false, gateway_seat: false }));
    const request = { kind: WRITE_SEATS, method: "PATCH", path: "/access/seats", body, about };
    return this.#list(request, Seat);
  }
  /** Makes a call whose result is a list of records, or null where it would be empty. */
  async #list(request, record) {
    const result = (0,chunk_TGKH6P6W/* pipe */.Fs)(
      (0,chunk_TGKH6P6W/* nullable */.me)((0,chunk_TGKH6P6W/* array */.YO)(record)),
      (0,chunk_TGKH6P6W/* transform */.pd)((records) => records ?? [])
    );
    return this.#call({ ...request, result });
  }
  async #call({ query, ...request }) {
    const { type, id } = this.#target;
    const search = query === void 0 ? "" : `?${new URLSearchParams(query).toString()}`;
    return this.#client.call({ ...request, path: `/${type}s/${id}${request.path}${search}` });
  }
};

// src/runner/running-time.ts
var RunningTime = class {
  /** Milliseconds spent in holds that are over. */
  #held = 0;
  #heldSince;
  #stopped;
  #waiting = /* @__PURE__ */ new Set();
  constructor(stopped) {
    this.#stopped = stopped;
    stopped.addEventListener("abort", () => {
      for (const end of this.#waiting) end(void 0);
    });
  }
  /** Milliseconds, from an arbitrary beginning. */
  get now() {
    return (this.#heldSince ?? (0,chunk_F7JQXWIF/* monotonicMs */.dR)()) - this.#held;
  }
  get held() {
    return this.#held;
  }
  hold() {
    this.#heldSince ??= (0,chunk_F7JQXWIF/* monotonicMs */.dR)();
  }
  resume() {
    const now = (0,chunk_F7JQXWIF/* monotonicMs */.dR)();
    this.#held += now - (this.#heldSince ?? now);
    this.#heldSince = void 0;
  }
  /** Waits for this many milliseconds of running time, and no longer than until `earlier` settles, or the run is stopped. */
  async wait(milliseconds, earlier) {
    if (this.#stopped.aborted) return;
    const until = this.now + milliseconds;
    const { promise, resolve: end } = Promise.withResolvers();
    const look = () => {
      if (this.now >= until - 1) end(void 0);
      else timer = setTimeout(look, until - this.now);
    };
    let timer = setTimeout(look, milliseconds);
    this.#waiting.add(end);
    void earlier?.then(end, end);
    await promise;
    clearTimeout(timer);
    this.#waiting.delete(end);
  }
};

// node_modules/structured-headers/dist/util.js
var asciiRe = /^[\x20-\x7E]*$/;
var tokenRe = /^[a-zA-Z*][:/!#$%&'*+\-.^_`|~A-Za-z0-9]*$/;
function isAscii2(str) {
  return asciiRe.test(str);
}
function isValidTokenStr(str) {
  return tokenRe.test(str);
}
function base64ToArrayBuffer(b64) {
  const binaryString = atob(b64);
  const len = binaryString.length;
  const bytes = new Uint8Array(len);
  for (let i = 0; i < len; i++) {
    bytes[i] = binaryString.charCodeAt(i);
  }
  return bytes.buffer;
}

// node_modules/structured-headers/dist/token.js
var Token = class {
  constructor(value) {
    if (!isValidTokenStr(value)) {
      throw new TypeError("Invalid character in Token string. Tokens must start with *, A-Z and the rest of the string may only contain a-z, A-Z, 0-9, :/!#$%&'*+-.^_`|~");
    }
    this.value = value;
  }
  toString() {
    return this.value;
  }
};

// node_modules/structured-headers/dist/displaystring.js
var DisplayString = class {
  constructor(value) {
    this.value = value;
  }
  toString() {
    return this.value;
  }
};

// node_modules/structured-headers/dist/parser.js
function parseList(input) {
  const parser = new Parser(input);
  return parser.parseList();
}
var ParseError = class extends Error {
  constructor(position, message) {
    super(`Parse error: ${message} at offset ${position}`);
  }
};
var Parser = class {
  constructor(input) {
    this.input = input;
    this.pos = 0;
  }
  parseDictionary() {
    this.skipWS();
    const dictionary = /* @__PURE__ */ new Map();
    while (!this.eof()) {
      const thisKey = this.parseKey();
      let member;
      if (this.lookChar() === "=") {
        this.pos++;
        member = this.parseItemOrInnerList();
      } else {
        member = [true, this.parseParameters()];
      }
      dictionary.set(thisKey, member);
      this.skipOWS();
      if (this.eof()) {
        return dictionary;
      }
      this.expectChar(",");
      this.pos++;
      this.skipOWS();
      if (this.eof()) {
        throw new ParseError(this.pos, "Dictionary contained a trailing comma");
      }
    }
    return dictionary;
  }
  parseList() {
    this.skipWS();
    const members2 = [];
    while (!this.eof()) {
      members2.push(this.parseItemOrInnerList());
      this.skipOWS();
      if (this.eof()) {
        return members2;
      }
      this.expectChar(",");
      this.pos++;
      this.skipOWS();
      if (this.eof()) {
        throw new ParseError(this.pos, "A list may not end with a trailing comma");
      }
    }
    return members2;
  }
  parseItem(standaloneItem = true) {
    if (standaloneItem)
      this.skipWS();
    const result = [
      this.parseBareItem(),
      this.parseParameters()
    ];
    if (standaloneItem)
      this.checkTrail();
    return result;
  }
  parseItemOrInnerList() {
    if (this.lookChar() === "(") {
      return this.parseInnerList();
    } else {
      return this.parseItem(false);
    }
  }
  parseInnerList() {
    this.expectChar("(");
    this.pos++;
    const innerList = [];
    while (!this.eof()) {
      this.skipWS();
      if (this.lookChar() === ")") {
        this.pos++;
        return [
          innerList,
          this.parseParameters()
        ];
      }
      innerList.push(this.parseItem(false));
      const nextChar = this.lookChar();
      if (nextChar !== " " && nextChar !== ")") {
        throw new ParseError(this.pos, "Expected a whitespace or ) after every item in an inner list");
      }
    }
    throw new ParseError(this.pos, "Could not find end of inner list");
  }
  parseBareItem() {
    const char = this.lookChar();
    if (char === void 0) {
      throw new ParseError(this.pos, "Unexpected end of string");
    }
    if (char.match(/^[-0-9]/)) {
      return this.parseIntegerOrDecimal();
    }
    if (char === '"') {
      return this.parseString();
    }
    if (char.match(/^[A-Za-z*]/)) {
      return this.parseToken();
    }
    if (char === ":") {
      return this.parseByteSequence();
    }
    if (char === "?") {
      return this.parseBoolean();
    }
    if (char === "@") {
      return this.parseDate();
    }
    if (char === "%") {
      return this.parseDisplayString();
    }
    throw new ParseError(this.pos, "Unexpected input");
  }
  parseParameters() {
    const parameters = /* @__PURE__ */ new Map();
    while (!this.eof()) {
      const char = this.lookChar();
      if (char !== ";") {
        break;
      }
      this.pos++;
      this.skipWS();
      const key = this.parseKey();
      let value = true;
      if (this.lookChar() === "=") {
        this.pos++;
        value = this.parseBareItem();
      }
      parameters.set(key, value);
    }
    return parameters;
  }
  parseIntegerOrDecimal() {
    let type = "integer";
    let sign = 1;
    let inputNumber = "";
    if (this.lookChar() === "-") {
      sign = -1;
      this.pos++;
    }
    if (!isDigit(this.lookChar())) {
      throw new ParseError(this.pos, "Expected a digit (0-9)");
    }
    while (!this.eof()) {
      const char = this.getChar();
      if (isDigit(char)) {
        inputNumber += char;
      } else if (type === "integer" && char === ".") {
        if (inputNumber.length > 12) {
          throw new ParseError(this.pos, "Exceeded maximum decimal length");
        }
        inputNumber += ".";
        type = "decimal";
      } else {
        this.pos--;
        break;
      }
      if (type === "integer" && inputNumber.length > 15) {
        throw new ParseError(this.pos, "Exceeded maximum integer length");
      }
      if (type === "decimal" && inputNumber.length > 16) {
        throw new ParseError(this.pos, "Exceeded maximum decimal length");
      }
    }
    if (type === "integer") {
      return parseInt(inputNumber, 10) * sign;
    } else {
      if (inputNumber.endsWith(".")) {
        throw new ParseError(this.pos, "Decimal cannot end on a period");
      }
      if (inputNumber.split(".")[1].length > 3) {
        throw new ParseError(this.pos, "Number of digits after the decimal point cannot exceed 3");
      }
      return parseFloat(inputNumber) * sign;
    }
  }
  parseString() {
    let outputString = "";
    this.expectChar('"');
    this.pos++;
    while (!this.eof()) {
      const char = this.getChar();
      if (char === "\\") {
        if (this.eof()) {
          throw new ParseError(this.pos, "Unexpected end of input");
        }
        const nextChar = this.getChar();
        if (nextChar !== "\\" && nextChar !== '"') {
          throw new ParseError(this.pos, "A backslash must be followed by another backslash or double quote");
        }
        outputString += nextChar;
      } else if (char === '"') {
        return outputString;
      } else if (!isAscii2(char)) {
        throw new ParseError(this.pos, "Strings must be in the ASCII range");
      } else {
        outputString += char;
      }
    }
    throw new ParseError(this.pos, "Unexpected end of input");
  }
  parseDisplayString() {
    const chars = this.getChars(2);
    if (chars !== '%"') {
      throw new ParseError(this.pos, "Unexpected character. Display strings should start with %=");
    }
    const result = [];
    while (!this.eof()) {
      const char = this.getChar();
      if (char.charCodeAt(0) <= 31 || char.charCodeAt(0) >= 127 && char.charCodeAt(0) <= 255) {
        throw new ParseError(this.pos, "Invalid char found in DisplayString. Did you forget to escape?");
      }
      if (char === "%") {
        const hexChars = this.getChars(2);
        if (/^[0-9a-f]{2}$/.test(hexChars)) {
          result.push(parseInt(hexChars, 16));
        } else {
          throw new ParseError(this.pos, `Unexpected sequence after % in DispalyString: "${hexChars}". Note that hexidecimals must be lowercase`);
        }
        continue;
      }
      if (char === '"') {
        const textDecoder = new TextDecoder("utf-8", {
          fatal: true
        });
        try {
          return new DisplayString(textDecoder.decode(new Uint8Array(result)));
        } catch {
          throw new ParseError(this.pos, "Fatal error decoding UTF-8 sequence in Display String");
        }
      }
      result.push(char.charCodeAt(0));
    }
    throw new ParseError(this.pos, "Unexpected end of input");
  }
  parseToken() {
    let outputString = "";
    while (!this.eof()) {
      const char = this.lookChar();
      if (char === void 0 || !/^[:/!#$%&'*+\-.^_`|~A-Za-z0-9]$/.test(char)) {
        return new Token(outputString);
      }
      outputString += this.getChar();
    }
    return new Token(outputString);
  }
  parseByteSequence() {
    this.expectChar(":");
    this.pos++;
    const endPos = this.input.indexOf(":", this.pos);
    if (endPos === -1) {
      throw new ParseError(this.pos, 'Could not find a closing ":" character to mark end of Byte Sequence');
    }
    const b64Content = this.input.substring(this.pos, endPos);
    this.pos += b64Content.length + 1;
    if (!/^[A-Za-z0-9+/=]*$/.test(b64Content)) {
      throw new ParseError(this.pos, "ByteSequence does not contain a valid base64 string");
    }
    try {
      return base64ToArrayBuffer(b64Content);
    } catch {
      throw new ParseError(this.pos, "ByteSequence does not contain a valid base64 string");
    }
  }
  parseBoolean() {
    this.expectChar("?");
    this.pos++;
    const char = this.getChar();
    if (char === "1") {
      return true;
    }
    if (char === "0") {
      return false;
    }
    throw new ParseError(this.pos, 'Unexpected character. Expected a "1" or a "0"');
  }
  parseDate() {
    this.expectChar("@");
    this.pos++;
    let sign = 1;
    let inputNumber = "";
    if (this.lookChar() === "-") {
      sign = -1;
      this.pos++;
    }
    if (!isDigit(this.lookChar())) {
      throw new ParseError(this.pos, "Expected a digit (0-9)");
    }
    while (!this.eof()) {
      const char = this.getChar();
      if (isDigit(char)) {
        inputNumber += char;
      } else {
        throw new ParseError(this.pos, "Expected a digit (0-9), whitespace or EOL");
      }
    }
    if (inputNumber.length > 15) {
      throw new ParseError(this.pos, "Exceeded max length for a date value");
    }
    return new Date(parseInt(inputNumber, 10) * sign * 1e3);
  }
  parseKey() {
    if (!this.lookChar()?.match(/^[a-z*]/)) {
      throw new ParseError(this.pos, "A key must begin with an asterisk or letter (a-z)");
    }
    let outputString = "";
    while (!this.eof()) {
      const char = this.lookChar();
      if (char === void 0 || !/^[a-z0-9_\-.*]$/.test(char)) {
        return outputString;
      }
      outputString += this.getChar();
    }
    return outputString;
  }
  /**
   * Looks at the next character without advancing the cursor.
   *
   * Returns undefined if we were at the end of the string.
   */
  lookChar() {
    return this.input[this.pos];
  }
  /**
   * Checks if the next character is 'char', and fail otherwise.
   */
  expectChar(char) {
    if (this.lookChar() !== char) {
      throw new ParseError(this.pos, `Expected ${char}`);
    }
  }
  getChar() {
    return this.input[this.pos++];
  }
  getChars(count) {
    const result = this.input.substr(this.pos, count);
    this.pos += count;
    return result;
  }
  eof() {
    return this.pos >= this.input.length;
  }
  // Advances the pointer to skip all whitespace.
  skipOWS() {
    while (true) {
      const c = this.input.substr(this.pos, 1);
      if (c === " " || c === "	") {
        this.pos++;
      } else {
        break;
      }
    }
  }
  // Advances the pointer to skip all spaces
  skipWS() {
    while (this.lookChar() === " ") {
      this.pos++;
    }
  }
  // At the end of parsing, we need to make sure there are no bytes after the
  // header except whitespace.
  checkTrail() {
    this.skipWS();
    if (!this.eof()) {
      throw new ParseError(this.pos, "Unexpected characters at end of input");
    }
  }
};
var isDigitRegex = /^[0-9]$/;
function isDigit(char) {
  if (char === void 0)
    return false;
  return isDigitRegex.test(char);
}

// src/cloudflare/rate-limit.ts
var OWN_QUOTA = { q: 1200, w: 5 * 60 };
var MIN_HOLD_MS = 1e3;
var MAX_BACKOFF_MS2 = 6e4;
var RateLimit = class {
  #window;
  /** Policies whose room is not known: their quota counts, in any window of their length. */
  #quotas = [OWN_QUOTA];
  #sentAt = [];
  /** Since when calls go one by one, until one that was sent later is answered; undefined if they do not. */
  #probingSince = 0;
  #heldUntil = 0;
  #backoff = MIN_HOLD_MS;
  /** Whether calls go one by one: the first of a run, of a window and after a hold, to learn how much room there is. */
  get isProbing() {
    return this.#probingSince !== void 0;
  }
  /** When the next call may go; undefined if the answers to those in flight have to tell. */
  opensAt(now, inFlight) {
    if (this.#window !== void 0 && now >= this.#window.resetAt) {
      this.#window = void 0;
      this.#probingSince = now;
    }
    let until = this.#heldUntil;
    if (this.#window !== void 0 && this.#roomIn(this.#window, inFlight) <= 0) {
      if (inFlight > 0) return void 0;
      until = Math.max(until, this.#window.resetAt);
    }
    for (const { q, w } of this.#quotas) {
      const oldest = this.#sentAt.at(-Math.floor(q));
      if (oldest !== void 0) until = Math.max(until, oldest + w * 1e3);
    }
    return until;
  }
  send(now) {
    this.#sentAt.push(now);
    const longest = Math.max(OWN_QUOTA.w, ...this.#quotas.map(({ w }) => w)) * 1e3;
    while ((this.#sentAt[0] ?? now) <= now - longest) this.#sentAt.shift();
    if (this.#window !== void 0) this.#window.sent += 1;
  }
  learn({ exchange, isRateLimited }, sentAt, now) {
    const headers = exchange.kind === "answer" ? exchange.headers : {};
    const rooms = members(headers["ratelimit"], Room);
    const quotas = members(headers["ratelimit-policy"], Quota);
    const [tightest] = rooms.toSorted((one, other) => one.r - other.r || other.t - one.t);
    if (tightest !== void 0) this.#note(tightest, now);
    if (rooms.length + quotas.length > 0) {
      this.#quotas = quotas.filter(({ policy }) => rooms.every((room) => room.policy !== policy));
    } else if (this.#quotas.length === 0 && this.#window === void 0) this.#quotas = [OWN_QUOTA];
    if (isRateLimited) {
      const toNext = tightest?.r === 0 ? tightest.t * 1e3 : void 0;
      this.hold(now, retryAfter(headers["retry-after"]) ?? toNext ?? this.#backoff);
      this.#backoff = Math.min(MAX_BACKOFF_MS2, this.#backoff * 2);
    } else if (exchange.kind === "answer") {
      this.#backoff = MIN_HOLD_MS;
      if (sentAt >= (this.#probingSince ?? 0)) this.#probingSince = void 0;
    }
  }
  /** Holds all calls for at least so many milliseconds, and returns until when; the first one after that goes alone. */
  hold(now, length) {
    this.#probingSince = now;
    this.#heldUntil = Math.max(this.#heldUntil, now + Math.max(MIN_HOLD_MS, length));
    return this.#heldUntil;
  }
  /** How many calls may be sent. What others are likely to use meanwhile is left to them, up to a quarter. */
  #roomIn({ left, leftAtFirst, sent }, inFlight) {
    const usedByOthers = Math.max(0, leftAtFirst - left - (sent - inFlight));
    const expected = 2 * usedByOthers * (inFlight + 1) / Math.max(1, sent);
    return Math.min(left - inFlight, leftAtFirst - sent) - Math.min(expected, leftAtFirst / 4);
  }
  #note({ r: left, t }, now) {
    const resetAt = now + t * 1e3;
    if (this.#window === void 0 || now >= this.#window.resetAt) {
      this.#window = { left, resetAt, leftAtFirst: left, sent: 0 };
      return;
    }
    this.#window.left = Math.min(this.#window.left, left);
    this.#window.resetAt = (left === 0 ? Math.max : Math.min)(this.#window.resetAt, resetAt);
  }
};
var Count3 = (0,chunk_TGKH6P6W/* pipe */.Fs)((0,chunk_TGKH6P6W/* number */.ai)(), (0,chunk_TGKH6P6W/* finite */.E2)(), (0,chunk_TGKH6P6W/* minValue */.Ww)(0));
var Positive = (0,chunk_TGKH6P6W/* pipe */.Fs)((0,chunk_TGKH6P6W/* number */.ai)(), (0,chunk_TGKH6P6W/* finite */.E2)(), (0,chunk_TGKH6P6W/* minValue */.Ww)(1));
var Room = (0,chunk_TGKH6P6W/* object */.Ik)({ policy: (0,chunk_TGKH6P6W/* string */.Yj)(), r: Count3, t: Count3 });
var Quota = (0,chunk_TGKH6P6W/* object */.Ik)({ policy: (0,chunk_TGKH6P6W/* optional */.lq)((0,chunk_TGKH6P6W/* string */.Yj)()), q: Positive, w: Positive });
function members(header, schema) {
  try {
    return parseList((0,chunk_TGKH6P6W/* parse */.qg)((0,chunk_TGKH6P6W/* string */.Yj)(), header)).flatMap(([policy, parameters]) => {
      const parsed = (0,chunk_TGKH6P6W/* safeParse */.xL)(schema, { policy: `${policy}`, ...Object.fromEntries(parameters) });
      return parsed.success ? [parsed.output] : [];
    });
  } catch {
    return [];
  }
}
function retryAfter(header = "") {
  const text = header.trim();
  if (/^\d+$/.test(text)) return Number(text) * 1e3;
  const date = (0,chunk_F7JQXWIF/* parseHttpDate */.m6)(text);
  return date === void 0 ? void 0 : date - Date.now();
}

// src/cloudflare/throttle.ts
var MAX_TIME_WITHOUT_RESPONSE_MS = 15 * 6e4;
var NO_ROOM = "Cloudflare's rate limit leaves no room";
var RUN_LATER = "Cloudflare allows 1,200 calls in 5 minutes per user or account token, the dashboard included. Run the step again later.";
var CHECK_NETWORK = "Check the network path from the runner to Cloudflare, and run the step again.";
var PRIORITIES = ["overdue", "revocation", "look_up", "read"];
var Throttle = class {
  concurrency;
  stop;
  #log;
  /** The limit for all holds together in milliseconds: no server can prolong a run by answering now and then. */
  #maxHeld;
  /** The time of the run without the holds. */
  time;
  #limit = new RateLimit();
  #queues = PRIORITIES.map((priority) => ({ priority, waiting: new Array() }));
  #inFlight = 0;
  #lastResponse = (0,chunk_F7JQXWIF/* monotonicMs */.dR)();
  #announcedUntil = 0;
  #timer;
  constructor({ concurrency, calls, stop, log }) {
    this.concurrency = concurrency;
    this.stop = stop;
    this.time = new RunningTime(stop.startSignal);
    this.#log = log;
    this.#maxHeld = MAX_TIME_WITHOUT_RESPONSE_MS + 2 * calls * OWN_QUOTA.w * 1e3 / OWN_QUOTA.q;
    stop.startSignal.addEventListener("abort", this.#grantTurns);
  }
  /** Makes the attempt when its turn has come and there is room, and again as often as the rate limit refuses it. */
  async send(attempt2, priority) {
    for (; ; ) {
      const { promise: turn, resolve: resolve2 } = Promise.withResolvers();
      this.#queues.find((queue) => queue.priority === priority)?.waiting.push(resolve2);
      this.#grantTurns();
      const stopped = await turn;
      if (stopped !== void 0) return { stopped };
      const sentAt = (0,chunk_F7JQXWIF/* monotonicMs */.dR)();
      try {
        const made = await attempt2();
        this.#limit.learn(made, sentAt, (0,chunk_F7JQXWIF/* monotonicMs */.dR)());
        if (made.isRateLimited) continue;
        if (made.exchange.kind === "answer") this.#lastResponse = (0,chunk_F7JQXWIF/* monotonicMs */.dR)();
        return { made };
      } finally {
        this.#inFlight -= 1;
        setImmediate(this.#grantTurns);
      }
    }
  }
  /** Grants turns as long as there is room; otherwise plans when to look again. */
  #grantTurns = () => {
    clearTimeout(this.#timer);
    for (; ; ) {
      const next = this.#queues.find(({ waiting }) => waiting.length > 0);
      if (next === void 0) return;
      if (this.stop.reason !== void 0) {
        next.waiting.shift()?.(this.stop.reason);
        continue;
      }
      const now = (0,chunk_F7JQXWIF/* monotonicMs */.dR)();
      const opensAt = this.#limit.opensAt(now, this.#inFlight);
      if (opensAt === void 0 || this.#inFlight >= this.#maxInFlight(next.priority)) return;
      const length = Math.max(0, opensAt - now);
      const tooLong = this.#tooLong(now, length);
      if (tooLong !== void 0) {
        this.stop.stop(tooLong);
        continue;
      }
      if (length > 0) {
        this.#timer = setTimeout(this.#grantTurns, Math.ceil(this.#hold(now, length) - now));
        return;
      }
      this.time.resume();
      this.#inFlight += 1;
      this.#limit.send(now);
      next.waiting.shift()?.();
    }
  };
  /** How many requests may be in flight once one of this priority is. */
  #maxInFlight(priority) {
    if (priority === "overdue") return this.concurrency + 1;
    if (this.#limit.isProbing) return 1;
    return priority === "revocation" ? this.concurrency : Math.max(1, this.concurrency - 1);
  }
  #hold(now, length) {
    this.time.hold();
    if (now + length <= this.#announcedUntil + 1) return this.#announcedUntil;
    this.#announcedUntil = this.#limit.hold(now, length);
    const announced = this.#announcedUntil - now;
    this.#log.info(`${NO_ROOM}: waiting ${(0,chunk_F7JQXWIF/* duration */.p0)(announced)}, until ${(0,chunk_F7JQXWIF/* isoSecond */.u$)(Date.now() + announced)}.`);
    return this.#announcedUntil;
  }
  #tooLong(now, length) {
    const max = (0,chunk_F7JQXWIF/* duration */.p0)(MAX_TIME_WITHOUT_RESPONSE_MS);
    if (now + length > this.#lastResponse + MAX_TIME_WITHOUT_RESPONSE_MS) {
      if (length === 0) return { what: `No answer arrived for ${max}`, remedy: CHECK_NETWORK };
      const what2 = `${NO_ROOM} for another ${(0,chunk_F7JQXWIF/* duration */.p0)(length)}, and a run waits at most ${max} without an answer other than 429`;
      return { what: what2, remedy: RUN_LATER };
    }
    if (this.time.held + length <= this.#maxHeld) return void 0;
    const what = `${NO_ROOM}, and this run has waited for it long enough (${(0,chunk_F7JQXWIF/* duration */.p0)(this.#maxHeld)} in all)`;
    return { what, remedy: RUN_LATER };
  }
};

// src/verify/registrations-reader.ts
var MAX_USERS_PER_CALL = 50;
var ID_KINDS = ["id", "uid"];
var RegistrationsReader = class {
  #endpoints;
  #directory;
  #gather;
  /** The calls that others may still share, by status and first user, and how many of their batch have not. */
  #shared = /* @__PURE__ */ new Map();
  /** The kinds of ID that found a registration with its owner's address in this run. */
  #confirmedKinds = /* @__PURE__ */ new Set();
  /** @param gather - lets a read after a revocation wait for others of its batch */
  constructor(endpoints, directory, gather) {
    this.#endpoints = endpoints;
    this.#directory = directory;
    this.#gather = gather;
  }
  /**
   * The registrations of a user: the active ones before anything is revoked, or all as they are now, revoked ones included.
   *
   * @param before - registrations that were active before: they count whoever owns them now
   */
  async read(user, status, before = []) {
    const batch = await this.#directory.batchOf(user, MAX_USERS_PER_CALL);
    const shared = await this.#share(batch, status);
    const call = isForAll(shared, batch) ? shared : await this.#call([user], status);
    return call.kind === "result" ? { ...call, result: ofUser(user, call.result, before) } : call;
  }
  /**
   * Whether an empty list means that this user has no registrations: in this run, the same kind of ID found a
   * registration of another user that carried its owner's address.
   */
  emptyListIsConclusive({ records }) {
    const kinds = this.#confirmedKinds;
    return records.every(({ uid }) => kinds.has("id") || kinds.has("uid") && uid !== void 0);
  }
  /** Before revocations, one call for a batch is enough; after them it is shared until it is sent. */
  async #share(batch, status) {
    const key = `${status} ${batch[0]?.email}`;
    const call = async () => {
      if (status === "all") {
        await this.#gather();
        this.#shared.delete(key);
      }
      return this.#call(batch, status);
    };
    const shared = this.#shared.get(key) ?? { call: call(), left: batch.length };
    shared.left -= 1;
    if (shared.left > 0) this.#shared.set(key, shared);
    else this.#shared.delete(key);
    return shared.call;
  }
  async #call(users, status) {
    const [first, ...others] = users;
    const ids = users.flatMap(({ records }) => records.flatMap(({ id, uid = id }) => [id, uid]));
    const about = others.length === 0 ? first?.email ?? "" : `The devices of ${users.length} users`;
    const call = await this.#endpoints.registrations([...new Set(ids)], status, about);
    if (call.kind === "result") this.#learnKinds(call.result, users);
    return call;
  }
  /** An owner's ID that is both an `id` and a `uid` of the user confirms neither kind. */
  #learnKinds(registrations, users) {
    const byAddress = new Map(users.map(({ email, records }) => [(0,chunk_TGKH6P6W/* addressKey */.IY)(email), records]));
    for (const { owner } of registrations) {
      const records = byAddress.get((0,chunk_TGKH6P6W/* addressKey */.IY)(owner.email ?? "")) ?? [];
      const [kind, ...others] = ID_KINDS.filter(
        (each) => records.some(({ [each]: id }) => isSameId(id, owner.id))
      );
      if (kind !== void 0 && others.length === 0) this.#confirmedKinds.add(kind);
    }
  }
};
function isForAll(call, batch) {
  if (batch.length === 1 || call.kind === "stopped") return true;
  if (call.kind === "result") return !call.result.some(isOwnerless);
  const { scope, httpStatus } = call.problem;
  return scope === "all_users" || scope === "transient" && (httpStatus ?? 500) >= 500;
}
function ofUser({ email, records }, registrations, before) {
  return registrations.filter(
    (registration) => isOwnerless(registration) || before.some(({ id }) => id === registration.id) || records.some(({ id, uid }) => [id, uid].some((own) => isSameId(own, registration.owner.id))) || (0,chunk_TGKH6P6W/* addressKey */.IY)(registration.owner.email ?? "") === (0,chunk_TGKH6P6W/* addressKey */.IY)(email)
  );
}
function isSameId(own, other) {
  return own !== void 0 && other !== void 0 && (0,chunk_MUZZZ2C3/* uuidKey */.V6)(own) === (0,chunk_MUZZZ2C3/* uuidKey */.V6)(other);
}
function isOwnerless({ owner: { id, email } }) {
  return id === void 0 && email === void 0;
}

// src/verify/run-context.ts
var GATHER_READS_MS = 5e3;
var MAX_USERS_OF_SHORT_LIST = 100;
function createRunContext({ options, credential }, due, stop, log) {
  const { baseUrl, target, maxAttempts, requestTimeout, concurrency } = options;
  const plan = planCalls(due.length, options);
  const throttle = new Throttle({ concurrency, calls: plan.maxCalls, stop, log });
  const http3 = new HttpExchanger(requestTimeout * 1e3, stop.responseSignal);
  const authentication = authenticationBy(credential);
  const client = new Client({ ...authentication, baseUrl: baseUrl.href, maxAttempts, http: http3, throttle, log });
  const endpoints = new Endpoints(client, target);
  const lookUps = needsLookUp(options) ? due.map(({ email }) => email) : [];
  const directory = new UserDirectory(endpoints, lookUps, options.notListed !== "ignore", () => {
    const time = (0,chunk_F7JQXWIF/* duration */.p0)(plan.callsOneByOne / 1200 * 5 * 6e4);
    const text = `Users are looked up one by one, because the whole organization could not be listed in fewer calls: expect about ${(0,chunk_F7JQXWIF/* grouped */.zD)(plan.callsOneByOne)} calls, and ${time} at Cloudflare's rate limit.`;
    if (plan.isLong) log.info(text);
  });
  const registrations = new RegistrationsReader(
    endpoints,
    directory,
    async () => throttle.time.wait(plan.isLong ? GATHER_READS_MS : 0)
  );
  return { options, plan, endpoints, throttle, stop, log, directory, registrations };
}
function planCalls(due, options) {
  const isLong = due > MAX_USERS_OF_SHORT_LIST;
  const isNewAllowed = options.dryRun || options.signedInAgain === "warn";
  const readsSessionsBefore = verifiesSessions(options) && (!isLong || isNewAllowed);
  const kinds = [
    [true, 1, 1],
    // A look-up, in the list and then individually, in each letter case.
    [needsLookUp(options), CALLS_OF_LOOK_UP, 5],
    [readsSessionsBefore, 1, 1],
    // The sessions after the revocation until the time is up, and the login log.
    [verifiesSessions(options), 1, 13],
    // The devices before and after it, of a batch and alone, and a fresh count.
    [verifiesDevices(options), 2, 30],
    // The seat, with the sessions or a fresh record.
    [options.removeSeat, 1, 6]
  ];
  const made = kinds.filter(([isMade]) => isMade);
  return {
    isLong,
    readsSessionsBefore,
    /** If each user is looked up individually, and little has to be repeated. */
    callsOneByOne: made.reduce((sum, [, usual]) => sum + due * usual, 0),
    /** If everything that may be read again has to be. The check of the credential takes two. */
    maxCalls: made.reduce((sum, [, , most]) => sum + due * most, 2)
  };
}

// src/main.ts
async function main() {
  const startedAt = Date.now();
  const log = new Log();
  const stop = new RunStop();
  stop.startSignal.addEventListener("abort", () => {
    if (stop.reason !== void 0) log.info(`${stop.reason.what}. Nothing more is sent.`);
  });
  stop.stopOnSignals();
  const inputs = await readInputs(startedAt);
  if (inputs.kind === "problems") return publishProblems(inputs, await readProvenance(startedAt), log);
  const { list, options } = inputs;
  if (options.maskEmails) log.maskAddresses(addressesOf([...list.users, ...list.badRows]));
  for (const warning2 of [...inputs.warnings.map(chunk_F7JQXWIF/* placedText */.r6), ...networkWarnings(inputs)]) log.warning(warning2);
  const due = list.users.filter(({ timing }) => timing === "due");
  for (const line of plannedLines(list, options, startedAt)) log.info(line);
  const logOutcome2 = outcomeLogger(log, due.length, options, startedAt);
  const { processed, notListed } = inputs.kind === "run" ? await revoke(inputs, due, logOutcome2, stop, log) : { processed: offlineOutcomes(due, options, logOutcome2), notListed: void 0 };
  const outcomes = list.users.map((user) => processed.get(user) ?? notProcessed(user));
  const provenance = await readProvenance(startedAt);
  return publish({ options, list, outcomes, notListed, stopped: stop.reason, ...provenance }, log);
}
async function revoke(inputs, due, onOutcome, stop, log) {
  const run = createRunContext(inputs, due, stop, log);
  if (run.options.dryRun && inputs.list.users.length > 0) await checkCredentialOf(inputs.credential, run);
  const processed = await revokeAll(due, run, onOutcome);
  const notListed = await findNotListed(inputs.list, run);
  if (run.options.maskEmails && notListed !== void 0 && !(0,chunk_F7JQXWIF/* isProblem */.AN)(notListed))
    log.maskAddresses(addressesOf(notListed));
  return { processed, notListed };
}
function notProcessed(user) {
  return { status: user.timing === "past" ? "past" : "not_due", revocation: "not_sent", user };
}
function networkWarnings({ kind, options: { baseUrl } }) {
  if (kind !== "run") return [];
  const tls = "`NODE_TLS_REJECT_UNAUTHORIZED` is ignored: certificates are always verified. For an inspecting proxy, set `NODE_EXTRA_CA_CERTS` to its CA certificate.";
  const elsewhere = `Requests go to ${baseUrl.href}, which is not Cloudflare's API, so its confirmations do not count.`;
  return [...enforceTlsVerification() ? [tls] : [], ...baseUrl.cloudflare ? [] : [elsewhere]];
}
function addressesOf(users) {
  return users.flatMap(({ email }) => (0,chunk_TGKH6P6W/* addressesIn */.Mh)(email));
}



/***/ }),

/***/ 896:
/***/ ((module) => {

module.exports = require("fs");

/***/ }),

/***/ 24:
/***/ ((module) => {

module.exports = require("node:fs");

/***/ }),

/***/ 760:
/***/ ((module) => {

module.exports = require("node:path");

/***/ }),

/***/ 500:
/***/ ((module) => {

module.exports = require("node:timers/promises");

/***/ }),

/***/ 975:
/***/ ((module) => {

module.exports = require("node:util");

/***/ }),

/***/ 857:
/***/ ((module) => {

module.exports = require("os");

/***/ })

/******/ 	});
/************************************************************************/
/******/ 	// The module cache
/******/ 	var __webpack_module_cache__ = {};
/******/ 	
/******/ 	// The require function
/******/ 	function __nccwpck_require__(moduleId) {
/******/ 		// Check if module is in cache
/******/ 		var cachedModule = __webpack_module_cache__[moduleId];
/******/ 		if (cachedModule !== undefined) {
/******/ 			return cachedModule.exports;
/******/ 		}
/******/ 		// Create a new module (and put it into the cache)
/******/ 		var module = __webpack_module_cache__[moduleId] = {
/******/ 			// no module.id needed
/******/ 			// no module.loaded needed
/******/ 			exports: {}
/******/ 		};
/******/ 	
/******/ 		// Execute the module function
/******/ 		var threw = true;
/******/ 		try {
/******/ 			__webpack_modules__[moduleId](module, module.exports, __nccwpck_require__);
/******/ 			threw = false;
/******/ 		} finally {
/******/ 			if(threw) delete __webpack_module_cache__[moduleId];
/******/ 		}
/******/ 	
/******/ 		// Return the exports of the module
/******/ 		return module.exports;
/******/ 	}
/******/ 	
/******/ 	// expose the modules object (__webpack_modules__)
/******/ 	__nccwpck_require__.m = __webpack_modules__;
/******/ 	
/************************************************************************/
/******/ 	/* webpack/runtime/asset-relocator-loader */
/******/ 	if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = __dirname + "/";
/******/ 	
/******/ 	/* webpack/runtime/compat get default export */
/******/ 	(() => {
/******/ 		// getDefaultExport function for compatibility with non-harmony modules
/******/ 		__nccwpck_require__.n = (module) => {
/******/ 			var getter = module && module.__esModule ?
/******/ 				() => (module['default']) :
/******/ 				() => (module);
/******/ 			__nccwpck_require__.d(getter, { a: getter });
/******/ 			return getter;
/******/ 		};
/******/ 	})();
/******/ 	
/******/ 	/* webpack/runtime/define property getters */
/******/ 	(() => {
/******/ 		// define getter functions for harmony exports
/******/ 		__nccwpck_require__.d = (exports, definition) => {
/******/ 			for(var key in definition) {
/******/ 				if(__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
/******/ 					Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
/******/ 				}
/******/ 			}
/******/ 		};
/******/ 	})();
/******/ 	
/******/ 	/* webpack/runtime/ensure chunk */
/******/ 	(() => {
/******/ 		__nccwpck_require__.f = {};
/******/ 		// This file contains only the entry chunk.
/******/ 		// The chunk loading function for additional chunks
/******/ 		__nccwpck_require__.e = (chunkId) => {
/******/ 			return Promise.all(Object.keys(__nccwpck_require__.f).reduce((promises, key) => {
/******/ 				__nccwpck_require__.f[key](chunkId, promises);
/******/ 				return promises;
/******/ 			}, []));
/******/ 		};
/******/ 	})();
/******/ 	
/******/ 	/* webpack/runtime/get javascript chunk filename */
/******/ 	(() => {
/******/ 		// This function allow to reference async chunks
/******/ 		__nccwpck_require__.u = (chunkId) => {
/******/ 			// return url for filenames based on template
/******/ 			return "" + chunkId + ".index.js";
/******/ 		};
/******/ 	})();
/******/ 	
/******/ 	/* webpack/runtime/hasOwnProperty shorthand */
/******/ 	(() => {
/******/ 		__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ 	})();
/******/ 	
/******/ 	/* webpack/runtime/make namespace object */
/******/ 	(() => {
/******/ 		// define __esModule on exports
/******/ 		__nccwpck_require__.r = (exports) => {
/******/ 			if(typeof Symbol !== 'undefined' && Symbol.toStringTag) {
/******/ 				Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
/******/ 			}
/******/ 			Object.defineProperty(exports, '__esModule', { value: true });
/******/ 		};
/******/ 	})();
/******/ 	
/******/ 	/* webpack/runtime/require chunk loading */
/******/ 	(() => {
/******/ 		// no baseURI
/******/ 		
/******/ 		// object to store loaded chunks
/******/ 		// "1" means "loaded", otherwise not loaded yet
/******/ 		var installedChunks = {
/******/ 			792: 1
/******/ 		};
/******/ 		
/******/ 		// no on chunks loaded
/******/ 		
/******/ 		var installChunk = (chunk) => {
/******/ 			var moreModules = chunk.modules, chunkIds = chunk.ids, runtime = chunk.runtime;
/******/ 			for(var moduleId in moreModules) {
/******/ 				if(__nccwpck_require__.o(moreModules, moduleId)) {
/******/ 					__nccwpck_require__.m[moduleId] = moreModules[moduleId];
/******/ 				}
/******/ 			}
/******/ 			if(runtime) runtime(__nccwpck_require__);
/******/ 			for(var i = 0; i < chunkIds.length; i++)
/******/ 				installedChunks[chunkIds[i]] = 1;
/******/ 		
/******/ 		};
/******/ 		
/******/ 		// require() chunk loading for javascript
/******/ 		__nccwpck_require__.f.require = (chunkId, promises) => {
/******/ 			// "1" is the signal for "already loaded"
/******/ 			if(!installedChunks[chunkId]) {
/******/ 				if(true) { // all chunks have JS
/******/ 					installChunk(require("./" + __nccwpck_require__.u(chunkId)));
/******/ 				} else installedChunks[chunkId] = 1;
/******/ 			}
/******/ 		};
/******/ 		
/******/ 		// no external install chunk
/******/ 		
/******/ 		// no HMR
/******/ 		
/******/ 		// no HMR manifest
/******/ 	})();
/******/ 	
/************************************************************************/
var __webpack_exports__ = {};
__nccwpck_require__.r(__webpack_exports__);
/* harmony import */ var _chunk_2MRKE53B_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(404);
/* harmony import */ var _chunk_WH4TSCNU_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(379);
/* harmony import */ var _chunk_H2FQH4YD_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(229);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(24);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_3___default = /*#__PURE__*/__nccwpck_require__.n(node_fs__WEBPACK_IMPORTED_MODULE_3__);
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(500);
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_4___default = /*#__PURE__*/__nccwpck_require__.n(node_timers_promises__WEBPACK_IMPORTED_MODULE_4__);
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(975);
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_5___default = /*#__PURE__*/__nccwpck_require__.n(node_util__WEBPACK_IMPORTED_MODULE_5__);
const src_require = process.getBuiltinModule;




// src/runner/fail-closed.ts



var FLUSH_TIMEOUT_MS = 5e3;
var FLUSH_PAUSE_MS = 10;
var CONSEQUENCE = "Treat the users of this step as not revoked, and run it again.";
var mask = (0,_chunk_WH4TSCNU_js__WEBPACK_IMPORTED_MODULE_1__/* .addressMask */ .R$)(true);
var reported = false;
function failClosed() {
  process.exitCode = 1;
  process.on("uncaughtException", (error) => {
    fail("The action failed unexpectedly", error instanceof Error ? error.message : (0,node_util__WEBPACK_IMPORTED_MODULE_5__.inspect)(error));
    if (process.env["RUNNER_DEBUG"] === "1") command("debug", (0,node_util__WEBPACK_IMPORTED_MODULE_5__.inspect)(error));
    process.exit();
  });
  process.on("exit", () => {
    if (!reported) fail("The action ended before it had a result");
  });
  (0,_chunk_2MRKE53B_js__WEBPACK_IMPORTED_MODULE_0__/* .writeOutputs */ .Kn)(_chunk_2MRKE53B_js__WEBPACK_IMPORTED_MODULE_0__/* .INITIAL_OUTPUTS */ .wE);
}
async function finish(green) {
  const printed = new Promise((resolve) => process.stdout.write("", resolve));
  const isRead = await Promise.race([printed, (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_4__.setTimeout)(FLUSH_TIMEOUT_MS, "late")]) !== "late";
  if (green && !isRead) fail("The log could not be written in time");
  reported = true;
  process.exit(green && isRead ? 0 : 1);
}
function fail(what, detail = "") {
  reported = true;
  process.exitCode = 1;
  const quote = (0,_chunk_WH4TSCNU_js__WEBPACK_IMPORTED_MODULE_1__/* .plainText */ .wh)(mask(detail));
  try {
    const paragraph = `${quote === "" ? "" : `${(0,_chunk_2MRKE53B_js__WEBPACK_IMPORTED_MODULE_0__/* .code */ .aY)(quote)} `}${(0,_chunk_2MRKE53B_js__WEBPACK_IMPORTED_MODULE_0__/* .html */ .qy)(CONSEQUENCE)}`;
    (0,_chunk_2MRKE53B_js__WEBPACK_IMPORTED_MODULE_0__/* .writeJobSummary */ .j7)(`<h3>\u274C Cloudflare Access \u2013 ${(0,_chunk_2MRKE53B_js__WEBPACK_IMPORTED_MODULE_0__/* .html */ .qy)(what)}.</h3>

${paragraph}

`);
  } catch {
  }
  command("error", `${what}${quote === "" ? "" : `: ${quote}`}. ${CONSEQUENCE}`);
}
function command(name, text) {
  const line = `::${name}::${(0,_chunk_WH4TSCNU_js__WEBPACK_IMPORTED_MODULE_1__/* .plainText */ .wh)(mask(text)).replaceAll("%", "%25")}
`;
  let rest = Buffer.from(process.stdout.writableLength > 0 ? `
${line}` : line);
  const attempts = FLUSH_TIMEOUT_MS / FLUSH_PAUSE_MS;
  for (let attempt = 0; rest.length > 0 && attempt < attempts; attempt += 1) {
    try {
      rest = rest.subarray((0,node_fs__WEBPACK_IMPORTED_MODULE_3__.writeSync)(1, rest));
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EAGAIN")) return;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, FLUSH_PAUSE_MS);
    }
  }
}

// src/index.ts
failClosed();
void Promise.resolve(/* import() eager */).then(__nccwpck_require__.bind(__nccwpck_require__, 986)).then(async ({ main }) => finish(await main()));

module.exports = __webpack_exports__;
/******/ })()
;