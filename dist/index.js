
/******/ var __webpack_modules__ = ({

/***/ 573:
/***/ ((module) => {

module.exports = process.getBuiltinModule("node:buffer");

/***/ }),

/***/ 598:
/***/ ((module) => {

module.exports = process.getBuiltinModule("node:crypto");

/***/ }),

/***/ 24:
/***/ ((module) => {

module.exports = process.getBuiltinModule("node:fs");

/***/ }),

/***/ 760:
/***/ ((module) => {

module.exports = process.getBuiltinModule("node:path");

/***/ }),

/***/ 975:
/***/ ((module) => {

module.exports = process.getBuiltinModule("node:util");

/***/ }),

/***/ 857:
/***/ ((module) => {

module.exports = process.getBuiltinModule("os");

/***/ }),

/***/ 910:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

var node_fs__WEBPACK_IMPORTED_MODULE_1___namespace_cache;
/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ fs_exports),
/* harmony export */   v: () => (/* binding */ promises)
/* harmony export */ });
/* harmony import */ var _chunk_IBOI7HYD_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(405);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(24);
const require = process.getBuiltinModule;


// bundle/fs.ts
var fs_exports = {};
(0,_chunk_IBOI7HYD_js__WEBPACK_IMPORTED_MODULE_0__/* .__export */ .VA)(fs_exports, {
  promises: () => promises
});
(0,_chunk_IBOI7HYD_js__WEBPACK_IMPORTED_MODULE_0__/* .__reExport */ .ie)(fs_exports, /*#__PURE__*/ (node_fs__WEBPACK_IMPORTED_MODULE_1___namespace_cache || (node_fs__WEBPACK_IMPORTED_MODULE_1___namespace_cache = __nccwpck_require__.t(node_fs__WEBPACK_IMPORTED_MODULE_1__, 2))));


var promises = { access: node_fs__WEBPACK_IMPORTED_MODULE_1__.accessSync, appendFile: node_fs__WEBPACK_IMPORTED_MODULE_1__.appendFileSync, writeFile: node_fs__WEBPACK_IMPORTED_MODULE_1__.writeFileSync };




/***/ }),

/***/ 405:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   P$: () => (/* binding */ __commonJS),
/* harmony export */   VA: () => (/* binding */ __export),
/* harmony export */   f1: () => (/* binding */ __toESM),
/* harmony export */   ie: () => (/* binding */ __reExport),
/* harmony export */   ki: () => (/* binding */ __require),
/* harmony export */   qs: () => (/* binding */ __callDispose),
/* harmony export */   r1: () => (/* binding */ __using)
/* harmony export */ });
const require = process.getBuiltinModule;
var __create = Object.create;
var __defProp = Object.defineProperty;
var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __getProtoOf = Object.getPrototypeOf;
var __hasOwnProp = Object.prototype.hasOwnProperty;
var __knownSymbol = (name, symbol) => (symbol = Symbol[name]) ? symbol : /* @__PURE__ */ Symbol.for("Symbol." + name);
var __typeError = (msg) => {
  throw TypeError(msg);
};
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
var __export = (target, all) => {
  for (var name in all)
    __defProp(target, name, { get: all[name], enumerable: true });
};
var __copyProps = (to, from, except, desc) => {
  if (from && typeof from === "object" || typeof from === "function") {
    for (let key of __getOwnPropNames(from))
      if (!__hasOwnProp.call(to, key) && key !== except)
        __defProp(to, key, { get: () => from[key], enumerable: !(desc = __getOwnPropDesc(from, key)) || desc.enumerable });
  }
  return to;
};
var __reExport = (target, mod, secondTarget) => (__copyProps(target, mod, "default"), secondTarget && __copyProps(secondTarget, mod, "default"));
var __toESM = (mod, isNodeMode, target) => (target = mod != null ? __create(__getProtoOf(mod)) : {}, __copyProps(
  // If the importer is in node compatibility mode or this is not an ESM
  // file that has been converted to a CommonJS file using a Babel-
  // compatible transform (i.e. "__esModule" has not been set), then set
  // "default" to the CommonJS "module.exports" for node compatibility.
  isNodeMode || !mod || !mod.__esModule ? __defProp(target, "default", { value: mod, enumerable: true }) : target,
  mod
));
var __using = (stack, value, async) => {
  if (value != null) {
    if (typeof value !== "object" && typeof value !== "function") __typeError("Object expected");
    var dispose, inner;
    if (async) dispose = value[__knownSymbol("asyncDispose")];
    if (dispose === void 0) {
      dispose = value[__knownSymbol("dispose")];
      if (async) inner = dispose;
    }
    if (typeof dispose !== "function") __typeError("Object not disposable");
    if (inner) dispose = function() {
      try {
        inner.call(this);
      } catch (e) {
        return Promise.reject(e);
      }
    };
    stack.push([async, dispose, value]);
  } else if (async) {
    stack.push([async]);
  }
  return value;
};
var __callDispose = (stack, error, hasError) => {
  var E = typeof SuppressedError === "function" ? SuppressedError : function(e, s, m, _) {
    return _ = Error(m), _.name = "SuppressedError", _.error = e, _.suppressed = s, _;
  };
  var fail = (e) => error = hasError ? new E(e, error, "An error was suppressed during disposal") : (hasError = true, e);
  var next = (it) => {
    while (it = stack.pop()) {
      try {
        var result = it[1] && it[1].call(it[2]);
        if (it[0]) return Promise.resolve(result).then(next, (e) => (fail(e), next()));
      } catch (e) {
        fail(e);
      }
    }
    if (hasError) throw error;
  };
  return next();
};




/***/ }),

/***/ 95:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Bq: () => (/* binding */ trim),
/* harmony export */   E2: () => (/* binding */ finite),
/* harmony export */   EH: () => (/* binding */ parseTimestamp),
/* harmony export */   Fs: () => (/* binding */ pipe),
/* harmony export */   Fx: () => (/* binding */ isTimestamp),
/* harmony export */   HJ: () => (/* binding */ localTime),
/* harmony export */   Hl: () => (/* binding */ isMidnightUtc),
/* harmony export */   IY: () => (/* binding */ addressKey),
/* harmony export */   Ik: () => (/* binding */ object),
/* harmony export */   KC: () => (/* binding */ union),
/* harmony export */   KJ: () => (/* binding */ isTimezone),
/* harmony export */   Kn: () => (/* binding */ DATE_FORMATS),
/* harmony export */   L5: () => (/* binding */ unknown),
/* harmony export */   LZ: () => (/* binding */ entriesFromJson),
/* harmony export */   Ly: () => (/* binding */ isoTime),
/* harmony export */   Mh: () => (/* binding */ addressesIn),
/* harmony export */   Nd: () => (/* binding */ ListFindings),
/* harmony export */   Np: () => (/* binding */ fallback),
/* harmony export */   OE: () => (/* binding */ parseEmailAddress),
/* harmony export */   PK: () => (/* binding */ filePlaceOf),
/* harmony export */   Ru: () => (/* binding */ maxLength),
/* harmony export */   Sd: () => (/* binding */ MAX_ENTRIES),
/* harmony export */   U2: () => (/* binding */ unexpandedCause),
/* harmony export */   V6: () => (/* binding */ uuidKey),
/* harmony export */   Ww: () => (/* binding */ minValue),
/* harmony export */   Xw: () => (/* binding */ parseUuid),
/* harmony export */   YO: () => (/* binding */ array),
/* harmony export */   Yj: () => (/* binding */ string),
/* harmony export */   Z6: () => (/* binding */ isEmailAddress),
/* harmony export */   ai: () => (/* binding */ number),
/* harmony export */   au: () => (/* binding */ quantity),
/* harmony export */   c6: () => (/* binding */ entriesFromLines),
/* harmony export */   cl: () => (/* binding */ nullish),
/* harmony export */   de: () => (/* binding */ whereOf),
/* harmony export */   hq: () => (/* binding */ nonEmpty),
/* harmony export */   i4: () => (/* binding */ isNewlyDue),
/* harmony export */   is: () => (/* binding */ is),
/* harmony export */   ix: () => (/* binding */ EntryChecker),
/* harmony export */   jz: () => (/* binding */ similarName),
/* harmony export */   lq: () => (/* binding */ optional),
/* harmony export */   m6: () => (/* binding */ parseHttpDate),
/* harmony export */   me: () => (/* binding */ nullable),
/* harmony export */   nd: () => (/* binding */ integer),
/* harmony export */   p0: () => (/* binding */ duration),
/* harmony export */   pd: () => (/* binding */ transform),
/* harmony export */   pm: () => (/* binding */ entriesFromInput),
/* harmony export */   qg: () => (/* binding */ parse),
/* harmony export */   rb: () => (/* binding */ timeOfDay),
/* harmony export */   rr: () => (/* binding */ isUtc),
/* harmony export */   sO: () => (/* binding */ DAY_MS),
/* harmony export */   vk: () => (/* binding */ elapsed),
/* harmony export */   vz: () => (/* binding */ sourceOf),
/* harmony export */   xL: () => (/* binding */ safeParse),
/* harmony export */   zD: () => (/* binding */ grouped),
/* harmony export */   zM: () => (/* binding */ boolean)
/* harmony export */ });
/* harmony import */ var _chunk_VWMF4SLR_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(263);
const require = process.getBuiltinModule;


// src/text/mistakes.ts
async function similarName(name, candidates, maxDistance = 3) {
  const { distance } = await __nccwpck_require__.e(/* import() */ 515).then(__nccwpck_require__.bind(__nccwpck_require__, 515));
  const [nearest] = candidates.map((candidate) => ({ candidate, apart: distance(name.toLowerCase(), candidate.toLowerCase()) })).filter(
    ({ candidate, apart }) => apart <= Math.min(maxDistance, Math.max(1, Math.floor(candidate.length / 3)))
  ).sort((one, other) => one.apart - other.apart);
  return nearest?.candidate;
}
var EXPRESSION = /^(?:env|github|inputs|matrix|needs|secrets|steps|vars)\.[\w.-]+$/;
var VARIABLE = /^\$(?:\w+|\{\w+\})$/;
var UNEVALUATED = /^\$?\{\{[^]*\}\}$/;
function unexpandedCause(text) {
  if (EXPRESSION.test(text) || VARIABLE.test(text)) return "is the name of a value, not the value";
  if (!UNEVALUATED.test(text)) return void 0;
  return text.startsWith("$") ? "is an expression that was not evaluated, because it comes from where GitHub evaluates nothing, such as a payload" : "is an expression without its `$`";
}

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
var COMMON_MISTAKES = [
  [/\*/, "contains a `*`; wildcards are not supported, so list every address"],
  [/^mailto:/i, "begins with `mailto:`; remove that, and write the address alone"],
  [/^smtp:/i, "begins with `SMTP:`; remove that, and write the address alone"],
  [/#EXT#@/i, "is the name of a guest in Entra; use the address, which is in another column, `mail`"],
  [/<[^<>]*@[^<>]*>/, "contains angle brackets; write only the address that is between them"],
  [/;/, "contains a semicolon; give one address per line, or separate addresses with commas"],
  [/^(["'`]).*\1$/, "is in quotation marks; write the address without them"],
  [/^['‘’=]/, "begins with a character by which a spreadsheet marks text or a formula; remove it"],
  [/\s/, "contains white space; give one address per line, or separate addresses with commas"]
];
var ASCII_LABEL = /^[a-z\d](?:[a-z\d-]*[a-z\d])?$/i;
function parseEmailAddress(text) {
  const composed = composedMarks(text);
  const problem = problemWith(composed);
  return problem === void 0 ? parse(EmailAddress, composed) : { problem };
}
function isEmailAddress(text) {
  return problemWith(composedMarks(text)) === void 0;
}
function addressesIn(text) {
  return text.match(/[^\s@<>()[\]\\,;:"]+@[^\s@<>()[\]\\,;:"]+/g) ?? [];
}
function composedMarks(text) {
  return (0,_chunk_VWMF4SLR_js__WEBPACK_IMPORTED_MODULE_0__/* .isAscii */ .ER)(text) ? text : text.replace(new RegExp("\\P{M}\\p{M}+", "gu"), (letter) => letter.normalize("NFC"));
}
function addressKey(email) {
  return email.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
function problemWith(text) {
  const cause = unexpandedCause(text);
  if (cause !== void 0) return `${cause}; write it as an expression like \`\${{ inputs.email }}\``;
  const unprintable = (0,_chunk_VWMF4SLR_js__WEBPACK_IMPORTED_MODULE_0__/* .unprintableIn */ .MY)(text);
  if (unprintable !== void 0) {
    return `contains an invisible or control character (${unprintable}); type the address instead of pasting it`;
  }
  const mistake = COMMON_MISTAKES.find(([pattern]) => pattern.test(text));
  if (mistake !== void 0) return mistake[1];
  if (text.length > MAX_LENGTH) return `is longer than ${MAX_LENGTH} characters`;
  if (!/^[^@<>()[\]\\,:"]+@[^@]+$/.test(text)) return "is not an email address like user@example.com";
  if (/^\.|\.@|\.\..*@/.test(text))
    return "has a dot at an end of the part before the @, or two in a row; fix the address";
  return domainProblem(text.slice(text.indexOf("@") + 1));
}
function isUnicodeLabel(label) {
  return /^[\p{L}\p{Nd}](?:[\p{L}\p{M}\p{Nd}-]*[\p{L}\p{M}\p{Nd}])?$/u.test(label);
}
function domainProblem(domain) {
  const labels = domain.split(".");
  if (labels.length < 2 || labels.includes("")) return "has no complete domain like example.com after the @";
  if (!labels.every((label) => ASCII_LABEL.test(label) || isUnicodeLabel(label))) {
    return "has something in its domain that is not a letter, a digit, or a hyphen between them";
  }
  return /\.(?:\d+|.)$/u.test(domain) ? "has no top-level domain like .com at its end; fix the address" : void 0;
}

// src/users/json-elements.ts
var WORDS = {
  ColonExpected: "a colon is missing",
  CommaExpected: "a comma is missing",
  CloseBraceExpected: "a closing brace is missing",
  CloseBracketExpected: "a closing bracket is missing",
  EndOfFileExpected: "there is something after the end; for one entry per line, use the ending `.jsonl`",
  InvalidCharacter: "a string contains a line break or a control character",
  InvalidCommentToken: "JSON has no comments",
  PropertyNameExpected: "a key in double quotation marks is missing, or there is a comma too many",
  UnexpectedEndOfString: "a quotation mark is missing",
  ValueExpected: "a value is missing, or there is a comma too many"
};
var MAX_DEPTH = 20;
async function readElements(text, onElement) {
  return visitElements(text, 1, onElement);
}
async function readElementLines(text, onElement) {
  let [passed, goesOn] = [0, true];
  for (const written of (0,_chunk_VWMF4SLR_js__WEBPACK_IMPORTED_MODULE_0__/* .linesOf */ .Dx)(text)) {
    const line = passed + 1;
    const readOne = (element) => {
      goesOn = onElement({ ...element, line });
      return goesOn;
    };
    const problem = written.trim() === "" ? void 0 : await visitElements(written, 0, readOne, passed);
    if (problem !== void 0 || !goesOn) return problem;
    passed = line;
  }
  return void 0;
}
var EndOfReading = class extends Error {
  problem;
  constructor(problem) {
    super(problem);
    this.problem = problem;
  }
};
async function visitElements(text, elementDepth, onElement, passed = 0) {
  const { printParseErrorCode, visit } = await __nccwpck_require__.e(/* import() */ 976).then(__nccwpck_require__.bind(__nccwpck_require__, 976));
  let element;
  let key = "";
  let root;
  const path = [];
  const arrays = [];
  let addressesAt;
  const finish = (finished) => {
    element = void 0;
    if (!onElement(finished)) throw new EndOfReading();
  };
  const begin = (value, startLine) => {
    const depth = path.length;
    if (depth === 0) root = value.kind;
    if (depth > MAX_DEPTH) throw new EndOfReading(": the JSON is nested too deeply to be a list of users.");
    if (depth === elementDepth && (elementDepth === 0 || root === "array")) {
      element = { line: startLine + 1, value, keys: /* @__PURE__ */ new Map(), repeatsKey: false };
    } else if (depth === elementDepth + 1 && element !== void 0) {
      if (element.keys.has(key)) element.repeatsKey = true;
      element.keys.set(key, value);
    }
  };
  const end = () => {
    path.pop();
    if (element !== void 0 && path.length === elementDepth) finish(element);
  };
  const visitor = {
    onObjectBegin: (_offset, _length, startLine) => {
      begin({ kind: "object", text: "" }, startLine);
      path.push("");
    },
    onArrayBegin: (_offset, _length, startLine) => {
      begin({ kind: "array", text: "" }, startLine);
      if (root === "object" && !path.includes("[]")) arrays.push([...path]);
      path.push("[]");
    },
    onObjectProperty: (property) => {
      key = property;
      path[path.length - 1] = property;
    },
    onObjectEnd: end,
    onArrayEnd: end,
    onLiteralValue: (value, offset, length, startLine) => {
      begin(
        typeof value === "string" ? { kind: "string", text: value } : { kind: scalarKind(value), text: text.slice(offset, offset + length) },
        startLine
      );
      if (element !== void 0 && path.length === elementDepth) finish(element);
      if (typeof value === "string" && value.includes("@") && path.includes("[]"))
        addressesAt ??= arrays.at(-1);
    },
    onError: (code, offset, _length, startLine, startCharacter) => {
      const words = text[offset] === "'" ? "strings are in double quotation marks, not in single ones" : WORDS[printParseErrorCode(code)];
      const place = `line ${startLine + 1 + passed}, column ${startCharacter + 1}`;
      throw new EndOfReading(`, ${place}: not valid JSON${words === void 0 ? "" : `: ${words}`}.`);
    }
  };
  try {
    visit(text, visitor, { disallowComments: true });
  } catch (error) {
    if (!(error instanceof EndOfReading)) throw error;
    return error.problem === void 0 ? void 0 : { kind: "syntax", text: error.problem };
  }
  if (elementDepth === 0 || root === "array") return void 0;
  return { kind: "no_array", arrayAt: addressesAt ?? arrays[0] };
}
function scalarKind(value) {
  if (typeof value === "number") return "number";
  return typeof value === "boolean" ? "boolean" : "null";
}

// src/text/measures.ts
function grouped(count) {
  return `${count}`.replace(/\B(?=(?:\d{3})+$)/g, ",");
}
function quantity(count, noun, plural = `${noun}s`) {
  return `${grouped(count)} ${count === 1 ? noun : plural}`;
}
function duration(milliseconds) {
  const seconds = Math.ceil(Math.round(milliseconds) / 1e3);
  return seconds <= 90 ? `${seconds} s` : `${grouped(Math.ceil(seconds / 60))} min`;
}
function elapsed() {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1e3 + nanoseconds / 1e6;
}
function isoTime(time) {
  return new Date(time).toISOString();
}
function timeOfDay(time) {
  return `${isoTime(time).slice(11, 19)} UTC`;
}
var TIMESTAMP = /^(\d{4}-\d{2}-\d{2})T(?:[01]\d|2[0-3])(?::[0-5]\d){2}(?:\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;
function parseTimestamp(text) {
  const day = TIMESTAMP.exec(text)?.[1];
  return day === void 0 || !isDay(day) ? void 0 : Date.parse(text);
}
function isDay(day) {
  const time = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(time) && isoTime(time).startsWith(day);
}
function parseHttpDate(text) {
  const time = Date.parse(text);
  return new Date(time).toUTCString() === text ? time : void 0;
}

// src/users/list-findings.ts
function whereOf({ list, line, entry }) {
  const name = list.origin === "email" ? `\`${list.name}\`` : list.name;
  if (line !== void 0) return `${name}, line ${line}`;
  return entry === void 0 ? name : `${name}, entry ${entry}`;
}
function sourceOf({ list, line, entry }) {
  const number2 = line ?? entry;
  return number2 === void 0 ? list.name : `${list.name}:${number2}`;
}
function filePlaceOf({ list, line }) {
  return { ...list.file !== void 0 && { file: list.file }, ...line !== void 0 && { line } };
}
var MAX_REPORTED = 100;
var ListFindings = class {
  quotes;
  warn;
  /** Lines for the log. */
  notes = [];
  #report;
  #count = 0;
  constructor({ problem, warn, quotes }) {
    this.#report = problem;
    this.warn = warn;
    this.quotes = quotes;
  }
  /** @param problem - what is wrong at this place, as the end of a sentence */
  problemAt(place, problem) {
    this.problem(`${whereOf(place)}: ${problem}`, place);
  }
  /** @param sentence - about the lists as a whole */
  problem(sentence, place) {
    this.#count += 1;
    if (this.#count <= MAX_REPORTED)
      this.#report(sentence, place === void 0 ? void 0 : filePlaceOf(place));
  }
  /** Reports how many more problems there are. */
  close() {
    const more = this.#count - MAX_REPORTED;
    if (more > 0) this.#report(`The lists have ${quantity(more, "more problem")}: fix the ones above first.`);
  }
};

// src/text/uuid.ts
var Uuid = pipe(
  string(),
  regex(/^(?:[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i),
  brand("Uuid")
);
function parseUuid(text) {
  const parsed = safeParse(Uuid, text);
  return parsed.success ? parsed.output : void 0;
}
function uuidKey(uuid) {
  return uuid.replaceAll("-", "").toLowerCase();
}

// src/users/dates.ts
var FORMATS = {
  "YYYY-MM-DD": /^(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})$/,
  "DD.MM.YYYY": /^(?<day>\d{1,2})\.(?<month>\d{1,2})\.(?<year>\d{4})$/,
  "DD/MM/YYYY": /^(?<day>\d{1,2})\/(?<month>\d{1,2})\/(?<year>\d{4})$/,
  "MM/DD/YYYY": /^(?<month>\d{1,2})\/(?<day>\d{1,2})\/(?<year>\d{4})$/,
  "YYYY/MM/DD": /^(?<year>\d{4})\/(?<month>\d{1,2})\/(?<day>\d{1,2})$/,
  YYYYMMDD: /^(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})$/,
  "DD-MMM-YYYY": /^(?<day>\d{1,2})-(?<month>[a-z]{3,9})-(?<year>\d{4})$/i
};
var DATE_FORMATS = [
  "YYYY-MM-DD",
  "DD.MM.YYYY",
  "DD/MM/YYYY",
  "MM/DD/YYYY",
  "YYYY/MM/DD",
  "YYYYMMDD",
  "DD-MMM-YYYY"
];
var MONTHS = /^(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)$/i;
var MONTH_STARTS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
var TIMESTAMP2 = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:[Zz]|[+-]\d{2}:?\d{2})$/;
var TIME = /^(.*?)[T\s]+\d{1,2}:\d{2}.*$/i;
var MIDNIGHT = /^(.*?)[T\s]+(?:0?0:00(?::00(?:\.0+)?)?|(?:12|0?0):00(?::00(?:\.0+)?)?\s*A\.?M\.?)$/i;
var HYPHEN_LOOK_ALIKE = /[\u00AD\u2010-\u2015\u2043\u2212\uFE58\uFE63\uFF0D]/;
var COMMON_MISTAKES2 = [
  [
    /^.*\d.*[T\s]\d{1,2}:\d{2}/i,
    "is a time without an offset; write it like 2026-11-30T18:00:00+01:00, or only the day"
  ],
  [
    /^\d{5}(?:\.\d+)?$/,
    "is a number; in the spreadsheet, format the column as dates, and save the list again"
  ],
  [/^\d{1,2}[-./]\d{1,2}[-./]\d{2}$/, "has a year of two digits; write all four"]
];
var BLANK = /^(?:|[-\u2010-\u2015\u2212]{1,2}|n\/a|na|none|null|never|0+|[0\s]*(?:[-./][0\s]*){2})$/i;
var ZERO_YEARS = [1, 1601, 1753, 1899, 1900];
var DAY_MS = 24 * 60 * 60 * 1e3;
var LAST_MS = Date.UTC(9999, 11, 31, 23, 59, 59);
function isBlankDate(text) {
  const day = TIME.exec(text)?.[1] ?? text;
  if (BLANK.test(day)) return true;
  const at = TIMESTAMP2.test(text) ? Date.parse(text) : Number.NaN;
  return at >= 0 && at < DAY_MS || DATE_FORMATS.some((format) => isZeroDay(partsOf(day, format)));
}
function isZeroDay(parts) {
  if (parts === void 0) return false;
  const { year, month, day } = parts;
  return ZERO_YEARS.includes(year) || year === 1970 && month === 1 && day === 1;
}
function partsOf(text, format) {
  const groups = FORMATS[format].exec(text)?.groups;
  if (groups === void 0) return void 0;
  const { year, month = "", day } = groups;
  const named = MONTHS.test(month) ? MONTH_STARTS.indexOf(month.slice(0, 3).toLowerCase()) + 1 : Number(month);
  return { year: Number(year), month: named, day: Number(day) };
}
function isMidnightUtc({ text, at }) {
  return isTimestamp(text) && at % DAY_MS === 0;
}
function isTimestamp(text) {
  return TIMESTAMP2.test(text);
}
async function readMoment(text, format, timezone) {
  const { Instant, PlainDate } = (await __nccwpck_require__.e(/* import() */ 819).then(__nccwpck_require__.bind(__nccwpck_require__, 819))).Temporal;
  const attempt = (read) => {
    try {
      return read();
    } catch {
      return void 0;
    }
  };
  const day = MIDNIGHT.exec(text)?.[1] ?? text;
  const endOfDay = (name) => {
    const parts = partsOf(day, name);
    if (parts === void 0) return void 0;
    return attempt(
      () => PlainDate.from(parts, { overflow: "reject" }).add({ days: 1 }).toZonedDateTime(timezone).toInstant().epochMilliseconds
    );
  };
  const at = TIMESTAMP2.test(text) ? attempt(() => Instant.from(text).epochMilliseconds) : endOfDay(format) ?? endOfDay("YYYY-MM-DD");
  if (at !== void 0) return { text, at: Math.min(at, LAST_MS) };
  const others = DATE_FORMATS.filter((name) => endOfDay(name) !== void 0);
  return { problem: problemWith2(text, day, format, others), otherFormat: others.length > 0 };
}
function problemWith2(text, day, format, others) {
  if (others.length > 0) {
    const lines = others.map((name) => `\`date-format: ${name}\``).join(" or ");
    const which = others.length > 1 ? ", whichever the list uses: the other one revokes too early or too late" : "";
    return `is not a date in the format ${format}; if the list is right, set ${lines}${which}`;
  }
  const [lookAlike] = HYPHEN_LOOK_ALIKE.exec(text) ?? [];
  if (lookAlike !== void 0) {
    const code = lookAlike.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
    return `contains U+${code}, which only looks like a hyphen; write the date like ${exampleOf(format)}`;
  }
  if (TIMESTAMP2.test(text)) return "is not a valid date and time; fix it";
  if (DATE_FORMATS.some((name) => FORMATS[name].test(day))) return "is not a valid date; fix it";
  const mistake = COMMON_MISTAKES2.find(([pattern]) => pattern.test(text));
  if (mistake !== void 0) return mistake[1];
  return `is not a date like ${exampleOf(format)}, a timestamp with an offset like 2026-11-30T18:00:00+01:00, or \`now\``;
}
function exampleOf(format) {
  return format.replace("YYYY", "2026").replace("MMM", "Nov").replace("MM", "11").replace("DD", "30");
}
async function localTime(at, timezone) {
  const { Instant } = (await __nccwpck_require__.e(/* import() */ 819).then(__nccwpck_require__.bind(__nccwpck_require__, 819))).Temporal;
  const local = Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timezone).toPlainDateTime();
  return local.toString().slice(0, "YYYY-MM-DDTHH:MM".length).replace("T", " ");
}
function isUtc(timezone) {
  return /^(?:Etc\/)?(?:UTC|UCT|GMT|Zulu|Universal|Greenwich)(?:[+-]?0)?$/i.test(timezone);
}
function isTimezone(name) {
  if (name === "UTC") return true;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

// src/users/user.ts
function timingOf(revokeAfter, now, dueWithinDays) {
  if (revokeAfter === void 0) return "due";
  if (revokeAfter.at > now) return "not_due";
  return now - revokeAfter.at > dueWithinDays * DAY_MS ? "past" : "due";
}
function isNewlyDue({ revokeAfter }, now) {
  return revokeAfter !== void 0 && revokeAfter.at <= now && now - revokeAfter.at <= DAY_MS;
}

// src/users/user-entry.ts
var MAX_ENTRIES = 25e3;
var MAX_REFERENCE_LENGTH = 2e3;
var MAX_KNOWN_DATES = 1e3;
var EntryChecker = class {
  #format;
  #quotes;
  #knownDates = /* @__PURE__ */ new Map();
  constructor(format, quotes) {
    this.#format = format;
    this.#quotes = quotes;
  }
  /** @param position - its place among all entries */
  async check(entry, position) {
    const bad = (problems2, otherFormat = false) => ({
      kind: "bad",
      entry,
      problems: problems2,
      otherFormat,
      position
    });
    const { place, broken, isLeftOut, reference = "", userUid: givenUid = "" } = entry;
    const { blankDate, now, dueWithinDays } = this.#format;
    if (broken !== void 0) return bad([broken]);
    const email = parseEmailAddress(entry.email);
    const date = await this.#dateOf(entry);
    const stays = isLeftOut === true || date === "blank" && blankDate === "not-due";
    if (stays && typeof email === "object") return { kind: "unaddressed" };
    const problems = stays ? [] : [
      ...addressProblems(entry, email, this.#quotes),
      ...entry.problems ?? [],
      ...uuidProblems(givenUid, this.#quotes),
      ...dateProblems(entry, date, this.#quotes)
    ];
    if (typeof email === "object" || problems.length > 0) {
      return bad(problems, typeof date === "object" && "problem" in date && date.otherFormat);
    }
    const userUid = parseUuid(givenUid);
    const revokeAfter = !stays && typeof date === "object" && "at" in date ? date : void 0;
    const user = {
      email,
      source: sourceOf(place),
      timing: stays ? "not_due" : timingOf(revokeAfter, now, dueWithinDays),
      ...userUid !== void 0 && { userUid },
      ...revokeAfter !== void 0 && { revokeAfter },
      ...reference !== "" && { reference: (0,_chunk_VWMF4SLR_js__WEBPACK_IMPORTED_MODULE_0__/* .cut */ .Jj)(reference, MAX_REFERENCE_LENGTH) }
    };
    return { kind: "user", place, position, user };
  }
  /** @returns undefined for a user who is due now */
  async #dateOf({ revokeAfter: text }) {
    if (text === void 0 || /^now$/i.test(text)) return void 0;
    const known = this.#knownDates.get(text);
    if (known !== void 0) return known;
    const { dateFormat, timezone } = this.#format;
    const read = isBlankDate(text) ? "blank" : await readMoment(text, dateFormat, timezone);
    if (this.#knownDates.size < MAX_KNOWN_DATES) this.#knownDates.set(text, read);
    return read;
  }
};
function addressProblems({ email: text, place, problems }, email, quotes) {
  if (typeof email === "string") return [];
  if (text === "")
    return problems === void 0 ? ["the address is missing; write it, or remove the row."] : [];
  const isSeveral = (text.match(/@/g) ?? []).length > 1 && /[\s,;|/]/.test(text);
  return place.list.origin === "file" && isSeveral ? [`${quotes.value(text)} is more than one address; give each address a row of its own.`] : [`${quotes.value(text)} ${email.problem}.`];
}
function uuidProblems(text, quotes) {
  return text === "" || parseUuid(text) !== void 0 ? [] : [`the UUID ${quotes.value(text)} is not 32 hex characters, or 36 with hyphens.`];
}
function dateProblems({ revokeAfter: text = "", place }, date, quotes) {
  const name = place.list.dateName ?? "`revoke_after`";
  if (date === "blank") {
    const value = text === "" ? "is blank" : `is ${quotes.name(text)}, which means no date`;
    return [
      `${name} ${value}: if users without a date stay, set \`blank-date: not-due\`; for a user who leaves, write the date, or \`now\`.`
    ];
  }
  return date !== void 0 && "problem" in date ? [`${name} ${quotes.value(text)} ${date.problem}.`] : [];
}

// src/users/json-entries.ts
var KEYS = ["email", "user_uid", "revoke_after", "reference"];
var KEYS_TEXT = '"email" and optionally "user_uid", "revoke_after", and "reference"';
async function entriesFromJson(text, form, list, findings) {
  const entries = [];
  let count = 0;
  const onElement = (element) => {
    count += 1;
    const place = list.origin === "file" ? { list, line: element.line } : { list, entry: count };
    const problem2 = problemWith3(element, findings);
    if (problem2 === void 0) entries.push(entryOf(element, place));
    else findings.problemAt(place, problem2);
    return count <= MAX_ENTRIES;
  };
  const problem = await (form === "array" ? readElements : readElementLines)(text, onElement);
  if (problem?.kind === "syntax") findings.problem(`${whereOf({ list })}${problem.text}`, { list });
  else if (problem !== void 0) findings.problemAt({ list }, noArray(problem.arrayAt, findings));
  return entries;
}
function noArray(arrayAt, { quotes }) {
  if (arrayAt === void 0) {
    return 'not a JSON array; write the list in brackets, like ["user@example.com", \u2026].';
  }
  const jq = arrayAt.every((key) => /^[a-z_]\w*$/i.test(key)) ? `, for example with \`jq '.${arrayAt.join(".")}'\`` : "";
  return `not a JSON array, but an object; use only the list in it: take it from ${arrayAt.map(quotes.name).join(" \u2192 ")}${jq}.`;
}
function problemWith3({ value, keys, repeatsKey }, { quotes }) {
  if (value.kind === "string") return void 0;
  if (value.kind !== "object") {
    return `${described(value)} is not a user; write an address, or an object with ${KEYS_TEXT}.`;
  }
  if (repeatsKey) return "a key appears twice; keep one.";
  const unknown2 = Array.from(keys.keys()).filter((key) => !KEYS.includes(key)).map(quotes.name);
  if (unknown2.length === 0) return void 0;
  const what = unknown2.length === 1 ? "the key" : "the keys";
  return `${what} ${unknown2.slice(0, 5).join(", ")} ${unknown2.length === 1 ? "is" : "are"} unknown; the keys are "email", "user_uid", "revoke_after", and "reference".`;
}
function entryOf({ value, keys }, place) {
  if (value.kind === "string") return { place, email: value.text.trim() };
  const problems = [];
  const textOf = (key) => {
    const given = keys.get(key);
    if (given === void 0) return void 0;
    if (given.kind === "string") return given.text.trim();
    problems.push(`"${key}" is ${described(given)}; write it as text in quotation marks.`);
    return void 0;
  };
  const reference = keys.get("reference");
  const email = keys.has("email") ? textOf("email") : "";
  const userUid = textOf("user_uid");
  const revokeAfter = keys.get("revoke_after")?.kind === "null" ? "null" : textOf("revoke_after");
  const carried = reference?.kind === "number" ? reference.text : reference?.kind === "null" ? void 0 : textOf("reference");
  return {
    place,
    email: email ?? "",
    ...userUid !== void 0 && { userUid },
    ...revokeAfter !== void 0 && { revokeAfter },
    ...carried !== void 0 && { reference: carried },
    ...problems.length > 0 && { problems }
  };
}
function described({ kind, text }) {
  if (kind === "number") return `the number ${text.slice(0, 40)}`;
  if (kind === "object" || kind === "array") return `an ${kind}`;
  return `\`${text}\``;
}

// src/users/plain-entries.ts
var STRINGIFIED = /^(?:(?:Array|Object|\[object \w+\]|System\.\S+?|@\{[^]*\})(?:[,\s]+|$))+$/i;
async function entriesFromInput(email, userUid, hasFile, list, findings) {
  const entries = await inputEntries(email, list, findings);
  if (userUid === "") return entries;
  const [only, ...others] = entries;
  if (only === void 0 || others.length > 0 || hasFile || only.userUid !== void 0) {
    findings.problem(
      "`user-uid` goes with exactly one address in `email` and no `users-file`: in a list, give each user its own `user_uid`."
    );
    return entries;
  }
  if (parseUuid(userUid) !== void 0) return [{ ...only, userUid }];
  findings.problem(
    `\`user-uid\` is ${findings.quotes.value(userUid)}, not 32 hex characters, or 36 with hyphens.`
  );
  return entries;
}
async function inputEntries(email, list, findings) {
  if (STRINGIFIED.test(email)) {
    findings.problemAt(
      { list },
      `${findings.quotes.name(email)} is what is left of a list that was not written as JSON; write \`email: \${{ toJSON(\u2026) }}\`, or use \`ConvertTo-Json\` in PowerShell.`
    );
    return [];
  }
  const isExpression = UNEVALUATED.test(email);
  if (/^[[{]/.test(email) && !isExpression) return entriesFromJson(email, "array", list, findings);
  return (isExpression ? [email] : (0,_chunk_VWMF4SLR_js__WEBPACK_IMPORTED_MODULE_0__/* .itemsOf */ .S3)(email)).map((text, index, { length }) => ({
    place: length === 1 ? { list } : { list, entry: index + 1 },
    email: text
  }));
}
function entriesFromLines(text, list) {
  const entries = [];
  let line = 0;
  for (const written of (0,_chunk_VWMF4SLR_js__WEBPACK_IMPORTED_MODULE_0__/* .linesOf */ .Dx)(text)) {
    if (entries.length > MAX_ENTRIES) break;
    line += 1;
    const email = written.replace(/(?:^|\s)#[^]*$/, "").trim();
    if (email !== "") entries.push({ place: { list, line }, email });
  }
  return entries;
}




/***/ }),

/***/ 263:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Dx: () => (/* binding */ linesOf),
/* harmony export */   ER: () => (/* binding */ isAscii),
/* harmony export */   Jj: () => (/* binding */ cut),
/* harmony export */   MY: () => (/* binding */ unprintableIn),
/* harmony export */   Nt: () => (/* binding */ inQuotes),
/* harmony export */   R$: () => (/* binding */ addressMask),
/* harmony export */   S3: () => (/* binding */ itemsOf),
/* harmony export */   vI: () => (/* binding */ shortened),
/* harmony export */   wh: () => (/* binding */ plainText)
/* harmony export */ });
const require = process.getBuiltinModule;

// src/text/plain-text.ts
var unprintable = () => /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/gu;
var PRINTABLE_ASCII = /^[\x20-\x7e]*$/;
function plainText(text) {
  const visible = PRINTABLE_ASCII.test(text) ? text : text.replace(/\r\n|[\n\r]/g, " ").replace(unprintable(), (character) => `\\u{${codePoint(character)}}`);
  return visible.replaceAll("##[", "## [").replace(/^\s*::/, ": :");
}
function unprintableIn(text) {
  if (PRINTABLE_ASCII.test(text)) return void 0;
  const [found] = text.match(unprintable()) ?? [];
  return found === void 0 ? void 0 : `U+${codePoint(found)}`;
}
var SEPARATORS = String.raw`\t-\r \u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000@<>()[\]\\,;:"`;
var CUT_WORD = new RegExp(`[^${SEPARATORS}]{1,256}$`);
function isAscii(text) {
  return PRINTABLE_ASCII.test(text);
}
function shortened(text, length) {
  if (text.length <= length) return text;
  return withEllipsis(text.slice(0, length - 1).replace(CUT_WORD, ""));
}
function cut(text, length) {
  return text.length <= length ? text : withEllipsis(text.slice(0, length - 1));
}
function* linesOf(text) {
  for (let start = 0; start < text.length; ) {
    const next = text.indexOf("\n", start);
    const end = next === -1 ? text.length : next;
    yield text.slice(start, end);
    start = end + 1;
  }
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
function codePoint(character) {
  return Array.from(
    character,
    (char) => char.codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0")
  ).join("");
}
var LOCAL_PART = new RegExp(`([^${SEPARATORS}])[^${SEPARATORS}]{0,255}(?:@|%(?:25)*40)`, "giu");
function addressMask(masked) {
  return masked ? (text) => text.replace(LOCAL_PART, "$1***@") : (text) => text;
}




/***/ }),

/***/ 911:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  wE: () => (/* binding */ INITIAL_OUTPUTS),
  Pj: () => (/* binding */ TABLE_END),
  Ee: () => (/* binding */ blocksGreen),
  aY: () => (/* binding */ code),
  qy: () => (/* binding */ html),
  p_: () => (/* binding */ list),
  Yz: () => (/* binding */ outputsOf),
  yu: () => (/* binding */ quoting),
  nM: () => (/* binding */ row),
  Pb: () => (/* binding */ tableStart),
  vA: () => (/* binding */ totalsOf),
  nZ: () => (/* binding */ warningsOf),
  j7: () => (/* binding */ writeJobSummary),
  Kn: () => (/* binding */ writeOutputs),
  u5: () => (/* binding */ writeReport)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(24);
;// CONCATENATED MODULE: external "node:os"
const external_node_os_namespaceObject = process.getBuiltinModule("node:os");
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(760);
;// CONCATENATED MODULE: ./.build/chunk-X3PH6AE5.js
const chunk_X3PH6AE5_require = process.getBuiltinModule;

// src/revocation/outcome.ts
function totalsOf(outcomes, unaddressed = 0) {
  const totals = {
    revoked: 0,
    failed: 0,
    unknown: 0,
    skipped: 0,
    not_due: unaddressed,
    past: 0,
    would_revoke: 0
  };
  for (const { status } of outcomes) totals[status] += 1;
  return totals;
}
function warningsOf(outcome) {
  return ("warnings" in outcome ? outcome.warnings : void 0) ?? [];
}
function blocksGreen(outcome) {
  if (outcome.status === "would_revoke") return outcome.problem !== void 0;
  return outcome.status === "failed" || outcome.status === "skipped";
}

// src/result/outputs.ts
var INITIAL_OUTPUTS = {
  revoked: "false",
  "revoked-count": "0",
  "failed-count": "",
  "unknown-count": "",
  failed: "",
  report: ""
};
var ROOM_FOR_FAILED = 9e5;
function outputsOf({ outcomes, badRows }, report) {
  const { revoked, unknown } = totalsOf(outcomes);
  const failed = outcomes.filter(blocksGreen);
  const failures = failed.length + badRows.length;
  const addresses = JSON.stringify(failed.map(({ user }) => user.email));
  return {
    revoked: revoked > 0 && failures + unknown === 0 ? "true" : "false",
    "revoked-count": `${revoked}`,
    "failed-count": `${failures}`,
    "unknown-count": `${unknown}`,
    // Never cut: half a list would look like a whole one.
    failed: addresses.length * 2 > ROOM_FOR_FAILED ? "" : addresses,
    report
  };
}

// src/text/markup.ts
var SPECIAL = /[&<>"'`|\\]/g;
function html(text) {
  return entities(text).replace(/&#96;(.*?)&#96;/g, "<code>$1</code>");
}
function quoting(text) {
  return entities(text).replace(/(&#96;|&#34;)(.*?)\1/g, "<code>$2</code>");
}
function code(text) {
  return `<code>${entities(text)}</code>`;
}
function list(items) {
  return `<ol>
${items.map((item) => `<li>${item}</li>`).join("\n")}
</ol>

`;
}
function row(cells) {
  return `<tr valign="top">${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>
`;
}
function tableStart(titles) {
  return `<table>
<tr>${titles.map((title) => `<th align="left">${title}</th>`).join("")}</tr>
`;
}
var TABLE_END = "</table>\n\n";
function entities(text) {
  return text.replace(SPECIAL, (character) => `&#${character.charCodeAt(0)};`);
}

// src/runner/step-files.ts



function writeOutputs(outputs) {
  const end = `end_${crypto.randomUUID()}`;
  const lines = Object.entries(outputs).map(([name, value]) => `${name}<<${end}
${value}
${end}
`);
  append("GITHUB_OUTPUT", lines.join(""));
}
function writeJobSummary(markdown) {
  append("GITHUB_STEP_SUMMARY", markdown);
}
function writeReport(report) {
  const { RUNNER_TEMP: temp = "" } = process.env;
  const folder = (0,external_node_fs_.mkdtempSync)((0,external_node_path_.join)(temp === "" ? (0,external_node_os_namespaceObject.tmpdir)() : temp, "revoke-cloudflare-access-"));
  const path = (0,external_node_path_.join)(folder, "report.json");
  (0,external_node_fs_.writeFileSync)(path, `${JSON.stringify(report, null, 2)}
`, { mode: 384, flag: "wx" });
  return path;
}
function append(variable, text) {
  const file = process.env[variable] ?? "";
  if (file === "") throw new Error(`${variable} is not set; run this as a step of a workflow`);
  if ((0,external_node_fs_.statSync)(file, { throwIfNoEntry: false })?.isFile() !== true) {
    throw new Error(`${variable} does not name a regular file`);
  }
  (0,external_node_fs_.appendFileSync)(file, text);
}




/***/ }),

/***/ 43:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   context: () => (/* binding */ context)
/* harmony export */ });
/* harmony import */ var _chunk_HZG3I7TZ_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(910);
/* harmony import */ var _chunk_IBOI7HYD_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(405);
/* harmony import */ var os__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(857);
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
      if ((0, _chunk_HZG3I7TZ_js__WEBPACK_IMPORTED_MODULE_0__/* .fs_exports */ .C.existsSync)(process.env.GITHUB_EVENT_PATH)) {
        this.payload = JSON.parse((0, _chunk_HZG3I7TZ_js__WEBPACK_IMPORTED_MODULE_0__/* .fs_exports */ .C.readFileSync)(process.env.GITHUB_EVENT_PATH, { encoding: "utf8" }));
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

/***/ 318:
/***/ ((__webpack_module__, __unused_webpack___webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.a(__webpack_module__, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
/* harmony import */ var _chunk_X3PH6AE5_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(911);
/* harmony import */ var _chunk_VWMF4SLR_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(263);
/* harmony import */ var _chunk_IBOI7HYD_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(405);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(24);
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(975);
const require = process.getBuiltinModule;




// src/runner/fail-closed.ts


var FLUSH_TIMEOUT_MS = 5e3;
var FLUSH_PAUSE_MS = 10;
var CONSEQUENCE = "Treat the users of this step as not revoked, and run it again.";
var mask = (0,_chunk_VWMF4SLR_js__WEBPACK_IMPORTED_MODULE_1__/* .addressMask */ .R$)(true);
var reported = false;
function failClosed(initialOutputs) {
  process.exitCode = 1;
  process.on("uncaughtException", (error) => {
    fail("The action failed unexpectedly", error instanceof Error ? error.message : (0,node_util__WEBPACK_IMPORTED_MODULE_4__.inspect)(error));
    if (process.env["RUNNER_DEBUG"] === "1") command("debug", (0,node_util__WEBPACK_IMPORTED_MODULE_4__.inspect)(error));
    process.exit();
  });
  process.on("exit", () => {
    if (!reported) fail("The action ended before it had a result");
  });
  (0,_chunk_X3PH6AE5_js__WEBPACK_IMPORTED_MODULE_0__/* .writeOutputs */ .Kn)(initialOutputs);
}
async function finish(green) {
  const printed = new Promise(
    (resolve) => process.stdout.write("", () => {
      resolve(true);
    })
  );
  const tooLate = new Promise((resolve) => {
    setTimeout(resolve, FLUSH_TIMEOUT_MS, false);
  });
  const isRead = await Promise.race([printed, tooLate]);
  if (green && !isRead) fail("The log could not be written in time");
  reported = true;
  process.exit(green && isRead ? 0 : 1);
}
function fail(what, detail) {
  reported = true;
  process.exitCode = 1;
  const quote = detail === void 0 ? void 0 : (0,_chunk_VWMF4SLR_js__WEBPACK_IMPORTED_MODULE_1__/* .plainText */ .wh)(mask(detail));
  try {
    const heading = `<h3>\u274C Cloudflare Access \u2013 ${(0,_chunk_X3PH6AE5_js__WEBPACK_IMPORTED_MODULE_0__/* .html */ .qy)(what)}.</h3>`;
    (0,_chunk_X3PH6AE5_js__WEBPACK_IMPORTED_MODULE_0__/* .writeJobSummary */ .j7)(`${heading}

${quote === void 0 ? "" : `${(0,_chunk_X3PH6AE5_js__WEBPACK_IMPORTED_MODULE_0__/* .code */ .aY)(quote)} `}${(0,_chunk_X3PH6AE5_js__WEBPACK_IMPORTED_MODULE_0__/* .html */ .qy)(CONSEQUENCE)}

`);
  } catch {
  }
  command("error", `${what}${quote === void 0 ? "" : `: ${quote}`}. ${CONSEQUENCE}`);
}
function command(name, text) {
  print(`::${name}::${(0,_chunk_VWMF4SLR_js__WEBPACK_IMPORTED_MODULE_1__/* .plainText */ .wh)(mask(text)).replaceAll("%", "%25")}
`);
}
function print(line) {
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
failClosed({ ..._chunk_X3PH6AE5_js__WEBPACK_IMPORTED_MODULE_0__/* .INITIAL_OUTPUTS */ .wE });
var { main } = await Promise.resolve(/* import() eager */).then(__nccwpck_require__.bind(__nccwpck_require__, 674));
await finish(await main());

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ }),

/***/ 674:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  main: () => (/* binding */ main)
});

// EXTERNAL MODULE: ./.build/chunk-X3PH6AE5.js + 1 modules
var chunk_X3PH6AE5 = __nccwpck_require__(911);
// EXTERNAL MODULE: ./.build/chunk-OXARIGI2.js
var chunk_OXARIGI2 = __nccwpck_require__(95);
// EXTERNAL MODULE: ./.build/chunk-VWMF4SLR.js
var chunk_VWMF4SLR = __nccwpck_require__(263);
// EXTERNAL MODULE: ./.build/chunk-HZG3I7TZ.js
var chunk_HZG3I7TZ = __nccwpck_require__(910);
// EXTERNAL MODULE: ./.build/chunk-IBOI7HYD.js
var chunk_IBOI7HYD = __nccwpck_require__(405);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __nccwpck_require__(975);
;// CONCATENATED MODULE: external "node:http"
const external_node_http_namespaceObject = process.getBuiltinModule("node:http");
var external_node_http_namespaceObject_0 = /*#__PURE__*/__nccwpck_require__.t(external_node_http_namespaceObject, 2);
;// CONCATENATED MODULE: external "node:https"
const external_node_https_namespaceObject = process.getBuiltinModule("node:https");
var external_node_https_namespaceObject_0 = /*#__PURE__*/__nccwpck_require__.t(external_node_https_namespaceObject, 2);
;// CONCATENATED MODULE: external "http"
const external_http_namespaceObject = process.getBuiltinModule("http");
var external_http_namespaceObject_0 = /*#__PURE__*/__nccwpck_require__.t(external_http_namespaceObject, 2);
;// CONCATENATED MODULE: external "https"
const external_https_namespaceObject = process.getBuiltinModule("https");
var external_https_namespaceObject_0 = /*#__PURE__*/__nccwpck_require__.t(external_https_namespaceObject, 2);
// EXTERNAL MODULE: external "os"
var external_os_ = __nccwpck_require__(857);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(598);
;// CONCATENATED MODULE: external "node:timers/promises"
const promises_namespaceObject = process.getBuiltinModule("node:timers/promises");
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(24);
;// CONCATENATED MODULE: ./.build/main-3EPMYUBC.js
const main_3EPMYUBC_require = process.getBuiltinModule;






// node_modules/tunnel/lib/tunnel.js
var require_tunnel = (0,chunk_IBOI7HYD/* __commonJS */.P$)({
  "node_modules/tunnel/lib/tunnel.js"(exports) {
    "use strict";
    var net = (0,chunk_IBOI7HYD/* __require */.ki)("net");
    var tls = (0,chunk_IBOI7HYD/* __require */.ki)("tls");
    var http3 = (0,chunk_IBOI7HYD/* __require */.ki)("http");
    var https3 = (0,chunk_IBOI7HYD/* __require */.ki)("https");
    var events = (0,chunk_IBOI7HYD/* __require */.ki)("events");
    var assert = (0,chunk_IBOI7HYD/* __require */.ki)("assert");
    var util = (0,chunk_IBOI7HYD/* __require */.ki)("util");
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
var require_tunnel2 = (0,chunk_IBOI7HYD/* __commonJS */.P$)({
  "node_modules/tunnel/index.js"(exports, module) {
    module.exports = require_tunnel();
  }
});

// src/cloudflare/problem.ts

function describe({ what, errors, rayId }) {
  const words = errors.map(apiErrorText).join("; ");
  return `${what}${words === "" ? "" : `: ${words}`}${rayId === void 0 ? "" : ` (ray ID ${rayId})`}`;
}
function problemText(problem) {
  return `${describe(problem)}.${problem.remedy === void 0 ? "" : ` ${problem.remedy}`}`;
}
function apiErrorText({ code: code2, message }) {
  return code2 === void 0 ? `"${message}"` : `${code2} "${message}"`;
}
function apiError(code2, message) {
  const text = (0,chunk_VWMF4SLR/* shortened */.vI)(message, 300);
  if (code2 === void 0) return { message: text };
  return { code: typeof code2 === "string" ? (0,chunk_VWMF4SLR/* shortened */.vI)(code2, 100) : code2, message: text };
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
function connectionFailure({ cause, code: code2 }) {
  const problem = { scope: "transient", errors: [] };
  switch (cause) {
    case "timeout":
      return {
        ...problem,
        what: "No complete answer arrived in time",
        remedy: "Check the network path from the runner to Cloudflare, or raise `request-timeout`."
      };
    case "too_large":
      return {
        ...problem,
        what: "The answer was larger than any that Cloudflare gives",
        remedy: PROXY_REMEDY
      };
    case "cancelled":
      return { ...problem, what: "The run was cancelled before the answer arrived" };
    case "network": {
      const detail = code2 === void 0 ? "" : ` (${code2})`;
      return { ...problem, what: `The connection failed${detail}`, remedy: networkRemedy(code2 ?? "") };
    }
  }
}
var PROXY_REMEDY = "If this keeps happening, look for a proxy or firewall between the runner and Cloudflare.";
function networkRemedy(code2) {
  if (/CERT|SELF_SIGNED|SSL|TLS|ISSUER|ALTNAME/.test(code2)) {
    return "TLS failed: if the runner is behind an inspecting proxy, set `NODE_EXTRA_CA_CERTS` to the CA certificate of that proxy.";
  }
  if (code2 === "ENOTFOUND" || code2 === "EAI_AGAIN") {
    return "The host name could not be resolved: check the DNS of the runner, and `api-base-url`.";
  }
  return "Check the network path from the runner to Cloudflare (firewall, `HTTPS_PROXY`).";
}

// src/cloudflare/credential-check.ts
async function checkCredential(endpoints, credential, target) {
  if (credential.kind === "global-api-key") {
    const call = await endpoints.userDetails();
    return call.kind === "result" ? { verdict: "passed", what: "The Global API key is active", remedy: NOT_CHECKED } : failed("The Global API key", call);
  }
  const { owner } = credential;
  if (owner === "account") {
    return target.type === "zone" ? {
      verdict: "unchecked",
      what: "An account-owned API token cannot be checked with `zone-id`",
      remedy: "Set `account-id` to have it checked."
    } : tokenCheck(await endpoints.verifyToken("account"));
  }
  const asUser = await endpoints.verifyToken("user");
  if (owner === "user" || asUser.kind === "result") return tokenCheck(asUser);
  if (target.type === "account") return tokenCheck(await endpoints.verifyToken("account"));
  const check3 = tokenCheck(asUser);
  return { ...check3, remedy: `${check3.remedy} ${OWNED_BY_ACCOUNT}` };
}
var NOT_CHECKED = "The permission to revoke is not checked.";
var OWNED_BY_ACCOUNT = "If an account owns the token, it cannot be checked with `zone-id`: set `account-id`.";
function tokenCheck(call) {
  if (call.kind !== "result") return failed("The API token", call);
  const { status, not_before: notBefore, expires_on: expiresOn } = call.result;
  if (status !== "active") {
    return {
      verdict: "failed",
      what: `The API token is not active; Cloudflare calls it "${quoted(status)}"`,
      remedy: "Create a new token and store it in the secret."
    };
  }
  if (notBefore !== void 0 && !isPast(notBefore)) {
    return {
      verdict: "failed",
      what: `The API token is not valid before ${quoted(notBefore)}`,
      remedy: "Run the step after that, or create another token."
    };
  }
  const until = expiresOn === void 0 ? "" : ` until ${quoted(expiresOn)}`;
  return { verdict: "passed", what: `The API token is active${until}`, remedy: NOT_CHECKED };
}
function isPast(time) {
  return Date.parse(time) <= Date.now();
}
function failed(what, call) {
  const reason = call.kind === "problem" ? { what: describe(call.problem), remedy: call.problem.remedy ?? "Check the secret." } : call.reason;
  return { verdict: "failed", what: `${what} could not be confirmed: ${reason.what}`, remedy: reason.remedy };
}
function quoted(text) {
  return (0,chunk_VWMF4SLR/* shortened */.vI)(text, 100);
}

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
var tunnel = (0,chunk_IBOI7HYD/* __toESM */.f1)(require_tunnel2(), 1);

// bundle/undici.ts
function ProxyAgent() {
  throw new Error('undici is not part of this bundle: requests go through proxies by way of "tunnel"');
}

// node_modules/@actions/http-client/lib/index.js
var __awaiter = function(thisArg, _arguments, P, generator) {
  function adopt(value) {
    return value instanceof P ? value : new P(function(resolve) {
      resolve(value);
    });
  }
  return new (P || (P = Promise))(function(resolve, reject) {
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
      result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected);
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
      return new Promise((resolve) => __awaiter(this, void 0, void 0, function* () {
        let output = Buffer.alloc(0);
        this.message.on("data", (chunk) => {
          output = Buffer.concat([output, chunk]);
        });
        this.message.on("end", () => {
          resolve(output.toString());
        });
      }));
    });
  }
  readBodyBuffer() {
    return __awaiter(this, void 0, void 0, function* () {
      return new Promise((resolve) => __awaiter(this, void 0, void 0, function* () {
        const chunks = [];
        this.message.on("data", (chunk) => {
          chunks.push(chunk);
        });
        this.message.on("end", () => {
          resolve(Buffer.concat(chunks));
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
      return new Promise((resolve, reject) => {
        function callbackForResult(err, res) {
          if (err) {
            reject(err);
          } else if (!res) {
            reject(new Error("Unknown error"));
          } else {
            resolve(res);
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
    info2.httpModule = usingSsl ? external_https_namespaceObject_0 : external_http_namespaceObject_0;
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
      return new Promise((resolve) => setTimeout(() => resolve(), ms));
    });
  }
  _processResponse(res, options) {
    return __awaiter(this, void 0, void 0, function* () {
      return new Promise((resolve, reject) => __awaiter(this, void 0, void 0, function* () {
        const statusCode = res.message.statusCode || 0;
        const response = {
          statusCode,
          result: null,
          headers: {}
        };
        if (statusCode === HttpCodes.NotFound) {
          resolve(response);
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
          resolve(response);
        }
      }));
    });
  }
};
var lowercaseKeys = (obj) => Object.keys(obj).reduce((c, k) => (c[k.toLowerCase()] = obj[k], c), {});

// src/cloudflare/http-exchange.ts
var MAX_BODY_BYTES = 4 * 1024 * 1024;
var SocketError = (0,chunk_OXARIGI2/* fallback */.Np)(
  (0,chunk_OXARIGI2/* object */.Ik)({ code: (0,chunk_OXARIGI2/* optional */.lq)((0,chunk_OXARIGI2/* string */.Yj)()), message: (0,chunk_OXARIGI2/* optional */.lq)((0,chunk_OXARIGI2/* string */.Yj)(), "") }),
  { message: "" }
);
var HttpExchanger = class {
  #timeout;
  #client;
  /** @param timeout - milliseconds for one attempt as a whole, from connecting to the last byte of the body */
  constructor(timeout) {
    this.#timeout = timeout;
    this.#client = new HttpClient(void 0, [], { keepAlive: false, socketTimeout: timeout * 2 });
  }
  /**
   * Makes one attempt. It never throws, and it ends in time, whatever the server or a proxy does.
   *
   * @param cancelled - aborted to stop waiting for the answer
   */
  async attempt(request, cancelled) {
    const aborter = new AbortController();
    const { promise: givenUp2, resolve } = Promise.withResolvers();
    const giveUp = (cause) => {
      resolve({ kind: "no_answer", cause });
      aborter.abort();
    };
    const onCancelled = () => {
      giveUp("cancelled");
    };
    const timer = setTimeout(() => {
      giveUp("timeout");
    }, this.#timeout);
    cancelled?.addEventListener("abort", onCancelled, { once: true });
    if (cancelled?.aborted === true) onCancelled();
    try {
      return await Promise.race([givenUp2, this.#send(request, aborter.signal)]);
    } finally {
      clearTimeout(timer);
      cancelled?.removeEventListener("abort", onCancelled);
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
      const httpModule = url.protocol === "https:" ? external_node_https_namespaceObject_0 : external_node_http_namespaceObject_0;
      const { message } = await this.#client.requestRaw(
        { parsedUrl: url, httpModule, options },
        request.body ?? ""
      );
      const body = await completeBody(message);
      if (body === void 0) return { kind: "no_answer", cause: "too_large" };
      const { statusCode: status = 0 } = message;
      return { kind: "answer", status, headers: message.headers, body, receivedAt: (0,chunk_OXARIGI2/* elapsed */.vk)() };
    } catch (error2) {
      const { code: code2, message } = (0,chunk_OXARIGI2/* parse */.qg)(SocketError, error2);
      const status = /^tunneling socket could not be established, statusCode=(\d{3})$/.exec(message)?.[1];
      if (status !== void 0) return { kind: "no_answer", cause: "proxy", status: Number(status) };
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
  const names = [lower, lower.toUpperCase()];
  const variables = names.map((name2) => ({ name: name2, value: process.env[name2] ?? "" }));
  const variable2 = variables.find(({ value: value2 }) => value2 !== "");
  if (variable2 === void 0) return void 0;
  const { name, value } = variable2;
  const scheme = /^([a-z][a-z\d+.-]*):\/\//i.exec(value)?.[1];
  if (scheme === void 0) return `\`${name}\` has no scheme: write it like http://proxy.example.com:8080.`;
  if (!/^https?$/i.test(scheme)) {
    return `\`${name}\` has a scheme other than http and https: use a proxy that takes HTTP CONNECT.`;
  }
  return isProxyUrl(value) ? void 0 : `\`${name}\` is not a URL like http://user:password@proxy.example.com:8080: percent-encode special characters in the user name and the password, such as %40 for @.`;
}
function isProxyUrl(text) {
  const url = URL.parse(text);
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

// src/cloudflare/credential.ts
function credentialHeaders(credential) {
  return credential.kind === "api-token" ? { authorization: `Bearer ${credential.token}` } : { "x-auth-email": credential.email, "x-auth-key": credential.key };
}
function withoutSecret(credential, text) {
  return text.replaceAll(credential.kind === "api-token" ? credential.token : credential.key, "***");
}
function chooseCredential(given, problem) {
  const { apiToken, apiEmail, apiKey } = given;
  if (apiToken !== "" && (apiEmail !== "" || apiKey !== "")) {
    problem("`api-token` excludes `api-email` and `api-key`: use the token alone.");
    return void 0;
  }
  if (apiToken !== "") {
    const wrong2 = tokenProblem(apiToken);
    if (wrong2 !== void 0) problem(wrong2);
    return wrong2 === void 0 ? { kind: "api-token", token: apiToken, owner: tokenOwner(apiToken) } : void 0;
  }
  if (apiEmail === "" && apiKey === "") {
    problem(
      "No credential: set `api-token: ${{ secrets.CLOUDFLARE_API_TOKEN }}`. If you did, the secret is empty or not available to this workflow."
    );
    return void 0;
  }
  const wrong = keyProblems(apiEmail, apiKey);
  for (const sentence of wrong) problem(sentence);
  return wrong.length === 0 ? { kind: "global-api-key", email: apiEmail, key: apiKey } : void 0;
}
function checkGivenCredential(given, problem) {
  const { apiToken, apiEmail, apiKey } = given;
  if (apiToken !== "" || apiEmail !== "" && apiKey !== "") chooseCredential(given, problem);
  else for (const sentence of malformed(apiEmail, apiKey)) problem(sentence);
}
function secretProblem(name, secret) {
  const cause = (0,chunk_OXARIGI2/* unexpandedCause */.U2)(secret);
  if (cause !== void 0) {
    return `\`${name}\` ${cause}: write an expression like \`\${{ secrets.CLOUDFLARE_API_TOKEN }}\`.`;
  }
  return /^(["'`]).*\1$/.test(secret) ? `\`${name}\` is in quotation marks: remove them from the secret.` : void 0;
}
function tokenProblem(token) {
  const wrong = secretProblem("api-token", token);
  if (wrong !== void 0) return wrong;
  if (/^bearer\b/i.test(token))
    return '`api-token` begins with "Bearer": use the token alone, without that word.';
  if (/^curl\b|authorization:/i.test(token)) {
    return '`api-token` is a command: use only the token in it, the word after "Bearer".';
  }
  if (/^[0-9a-f]{32}$/i.test(token)) {
    return "`api-token` is an ID, such as that of an account or of the token: use the token itself, which Cloudflare shows once when you create it.";
  }
  if (/\s/.test(token)) return "`api-token` has white space inside: copy the token again, on one line.";
  if (token.startsWith("cfk_")) {
    return "`api-token` is a Global API key (`cfk_\u2026`): create an API token instead, or put the key in `api-key` together with `api-email`.";
  }
  if (!isHeaderSafe(token))
    return "`api-token` contains characters that no API token has: copy the token again.";
  return void 0;
}
function keyProblems(apiEmail, apiKey) {
  return [
    ...apiEmail === "" ? ["`api-key` needs `api-email`, the address of the account that owns the key."] : [],
    ...malformed(apiEmail, apiKey),
    ...apiKey === "" ? ["`api-email` needs `api-key`; or better, use `api-token` instead of both."] : []
  ];
}
function malformed(apiEmail, apiKey) {
  const problems = [];
  if (apiEmail !== "" && !((0,chunk_OXARIGI2/* isEmailAddress */.Z6)(apiEmail) && isHeaderSafe(apiEmail))) {
    problems.push("`api-email` is not an email address: use the address of the account that owns the key.");
  }
  if (apiKey === "") return problems;
  const wrong = secretProblem("api-key", apiKey);
  if (wrong !== void 0) problems.push(wrong);
  else if (/^cf[ua]t_/.test(apiKey)) problems.push("`api-key` is an API token: put it in `api-token`, alone.");
  else if (!isHeaderSafe(apiKey)) {
    problems.push("`api-key` contains characters that no Global API key has: copy the key again.");
  }
  return problems;
}
function tokenOwner(token) {
  if (token.startsWith("cfut_")) return "user";
  return token.startsWith("cfat_") ? "account" : "unknown";
}
function isHeaderSafe(value) {
  return /^[\x21-\x7e]+$/.test(value);
}

// src/cloudflare/target.ts
function chooseTarget(accountId, zoneId, problem) {
  if (accountId !== "" && zoneId !== "") {
    problem("`account-id` and `zone-id` exclude each other: set one of them.");
    return void 0;
  }
  if (accountId === "" && zoneId === "") {
    problem(
      "No organization: set `account-id` (or `zone-id`), as in `account-id: ${{ secrets.CLOUDFLARE_ACCOUNT_ID }}`. If you did, the secret is empty or not available to this workflow. In the Cloudflare dashboard, you find the ID in the URL, after the host."
    );
    return void 0;
  }
  const type = accountId === "" ? "zone" : "account";
  const id = (accountId === "" ? zoneId : accountId).toLowerCase();
  if (!/^[0-9a-f]{32}$/.test(id)) {
    problem(`\`${type}-id\` ${idProblem(id, type)}`);
    return void 0;
  }
  return { type, id };
}
var PLACES = {
  account: "in the URL, after `dash.cloudflare.com/`",
  zone: "on the overview page of the domain, under API"
};
function idProblem(id, type) {
  const cause = (0,chunk_OXARIGI2/* unexpandedCause */.U2)(id);
  if (cause !== void 0)
    return `${cause}: write an expression like \`\${{ secrets.CLOUDFLARE_ACCOUNT_ID }}\`.`;
  if (/^cf(?:ut|at|k)_|^(?=.*\d)[\w-]{40}$/.test(id)) {
    return `is an API token: put that in \`api-token\`, and copy the ${type} ID. In the Cloudflare dashboard, you find it ${PLACES[type]}.`;
  }
  if (/^(?:https?:\/\/|dash\.cloudflare\.com\/)/.test(id)) {
    return `is a URL: use only the ${type} ID in it, the 32 hex characters after \`dash.cloudflare.com/\`.`;
  }
  if (/^(?:\d+(?:\.\d+)?(?:e\+?\d+)?|-?\.?infinity)$/.test(id)) {
    return `was read as a number: put the ID in quotes, like \`${type}-id: "0123\u2026"\`.`;
  }
  return `is not 32 hex characters: copy the ${type} ID, not the name, and without spaces or quotes. In the Cloudflare dashboard, you find it ${PLACES[type]}.`;
}
function targetName(target) {
  return `${target.type} ${target.id}`;
}
var CLOUDFLARE_API = "https://api.cloudflare.com/client/v4";
function chooseBaseUrl(given, problem) {
  const url = URL.parse(given === "" ? CLOUDFLARE_API : given);
  if (url === null) {
    problem("`api-base-url` is not a URL: remove it, or use one like https://api.cloudflare.com/client/v4.");
    return void 0;
  }
  if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") {
    problem("`api-base-url` must not have a user name, password, query or fragment: remove them.");
    return void 0;
  }
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopback(url.hostname))) {
    problem(
      "`api-base-url` must begin with https:// (http:// is for loopback hosts only): credentials never travel unencrypted."
    );
    return void 0;
  }
  return { href: `${url.origin}${url.pathname.replace(/\/+$/, "")}`, cloudflare: isCloudflare(url) };
}
function isLoopback(hostname) {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d+){3}$/.test(hostname);
}
function isCloudflare(url) {
  return url.port === "" && /(^|\.)cloudflare\.com$/.test(url.hostname);
}

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
    return value instanceof P ? value : new P(function(resolve) {
      resolve(value);
    });
  }
  return new (P || (P = Promise))(function(resolve, reject) {
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
      result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected);
    }
    step((generator = generator.apply(thisArg, _arguments || [])).next());
  });
};
var { access, appendFile, writeFile } = chunk_HZG3I7TZ/* promises */.v;
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
        yield access(pathFromEnv, chunk_HZG3I7TZ/* fs_exports */.C.constants.R_OK | chunk_HZG3I7TZ/* fs_exports */.C.constants.W_OK);
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
    const tableBody = rows.map((row2) => {
      const cells = row2.map((cell) => {
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

var platform = external_os_.platform();
var arch = external_os_.arch();

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
function getBooleanInput(name, options) {
  const trueValue = ["true", "True", "TRUE"];
  const falseValue = ["false", "False", "FALSE"];
  const val = getInput(name, options);
  if (trueValue.includes(val))
    return true;
  if (falseValue.includes(val))
    return false;
  throw new TypeError(`Input does not meet YAML 1.2 "Core Schema" specification: ${name}
Support boolean input list: \`true | True | TRUE | false | False | FALSE\``);
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

// src/runner/input-reader.ts
var InputReader = class {
  problems = [];
  /** Full sentences about odd inputs that do not stop the run. */
  warnings = [];
  /** The inputs that were read so far, without secrets, as the action understands them. */
  given = /* @__PURE__ */ new Map();
  #defaults;
  #secrets = [];
  #mask = (0,chunk_VWMF4SLR/* addressMask */.R$)(false);
  /** @param defaults - the inputs of the action, each with its default */
  constructor(defaults) {
    this.#defaults = defaults;
  }
  /** Keeps addresses out of every message from now on. */
  maskAddresses() {
    this.#mask = (0,chunk_VWMF4SLR/* addressMask */.R$)(true);
  }
  problem = (sentence, at) => {
    this.problems.push({ text: this.#redacted(sentence), ...at });
  };
  warn = (sentence) => {
    this.warnings.push(this.#redacted(sentence));
  };
  /** The input, trimmed. The runner applies defaults itself; here they apply only without a runner. */
  text(name) {
    return this.#record(name, this.#text(name));
  }
  /** A text input that is kept out of every message, and registered with the runner as a secret. */
  secret(name) {
    const text = this.#text(name);
    const bare = text.replace(/^bearer\s+/i, "");
    for (const secret of /* @__PURE__ */ new Set([text, bare])) {
      if (secret === "") continue;
      setSecret(secret);
      this.#secrets.push(secret);
    }
    return text;
  }
  /** A boolean as the toolkit reads it. An empty one is a mistake: it may have been meant to be true. */
  boolean(name) {
    return this.#record(name, this.#boolean(name, "`true` or `false`"));
  }
  /** A boolean, or a certain word. */
  booleanOr(name, word) {
    const value = this.#text(name) === word ? word : this.#boolean(name, `\`true\`, \`false\`, or \`${word}\``);
    return this.#record(name, value);
  }
  #boolean(name, words) {
    if (this.#isAbsent(name)) return this.#defaults[name] === "true";
    if (this.#text(name) === "") {
      this.problem(`\`${name}\` is empty; if it comes from an expression, write \`\${{ \u2026 || false }}\`.`);
      return false;
    }
    try {
      return getBooleanInput(name);
    } catch {
      this.#reject(name, `use ${words}`);
      return false;
    }
  }
  /** A whole number within bounds, both included. */
  integer(name, min, max) {
    const text = this.#text(name);
    const number2 = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (number2 >= min && number2 <= max) return this.#record(name, number2);
    const remedy = `use a whole number from ${min} to ${max}`;
    if (text !== "") this.#reject(name, remedy);
    else {
      this.problem(
        `\`${name}\` is empty; if it comes from an expression, write \`\${{ \u2026 || ${this.#defaults[name]} }}\`, or ${remedy}.`
      );
    }
    return min;
  }
  /** One of several words; the first is used if the input is none of them. */
  choice(name, words) {
    const text = this.text(name);
    const word = words.find((candidate) => candidate === text);
    if (word !== void 0) return word;
    const quoted4 = words.map((candidate) => `\`${candidate}\``);
    const last = `${quoted4.length > 2 ? "," : ""} or ${quoted4.at(-1)}`;
    this.#reject(name, `use ${quoted4.slice(0, -1).join(", ")}${last}`);
    return words[0];
  }
  /** The value as a message may show it: quoted, plain and short; never something that looks like a credential. */
  quote(text) {
    return /cf(ut|at|k)_/.test(text) ? "something that looks like a credential" : (0,chunk_VWMF4SLR/* inQuotes */.Nt)(this.#shown(text));
  }
  /** A name as code, plain and short. */
  quoteName(name) {
    return `\`${this.#shown(name)}\``;
  }
  /** Reports a value that the input cannot have. */
  #reject(name, remedy) {
    const text = this.#text(name);
    const cause = (0,chunk_OXARIGI2/* unexpandedCause */.U2)(text);
    this.problem(
      cause === void 0 ? `\`${name}\` is ${this.quote(text)}: ${remedy}.` : `\`${name}\` ${cause}: write an expression like \`\${{ inputs.${name} }}\`, or ${remedy}.`
    );
  }
  #record(name, value) {
    this.given.set(name, typeof value === "string" ? this.#redacted(value) : value);
    return value;
  }
  #text(name) {
    return this.#isAbsent(name) ? this.#defaults[name] : getInput(name);
  }
  #shown(text) {
    return (0,chunk_VWMF4SLR/* plainText */.wh)((0,chunk_VWMF4SLR/* shortened */.vI)(this.#mask(this.#redacted(text)), 80));
  }
  #redacted(text) {
    return this.#secrets.reduce((redacted, secret) => redacted.replaceAll(secret, "***"), text);
  }
  #isAbsent(name) {
    return process.env[`INPUT_${name.toUpperCase()}`] === void 0;
  }
};

// src/users/user-list.ts


// src/users/merged-users.ts
function mergedUsers(listed, bad, { badRows, protectedUsers }, findings) {
  const people = /* @__PURE__ */ new Map();
  for (const entry of listed) {
    const key = (0,chunk_OXARIGI2/* addressKey */.IY)(entry.user.email);
    const person = people.get(key);
    if (person === void 0) people.set(key, { listed: entry, contradictions: [] });
    else addTo(person, entry);
  }
  const repeated = listed.length - people.size;
  const rows = bad.map((entry) => {
    const email = (0,chunk_OXARIGI2/* parseEmailAddress */.OE)(entry.entry.email);
    const key = typeof email === "string" ? (0,chunk_OXARIGI2/* addressKey */.IY)(email) : "";
    const person = people.get(key);
    people.delete(key);
    const also = person === void 0 ? [] : [leftOutText(person, findings)];
    return { position: entry.position, row: badRowOf(entry.entry, [...entry.problems, ...also]) };
  });
  const users = [];
  for (const { listed: first, contradictions } of people.values()) {
    const isProtected = first.user.timing === "due" && protectedUsers.has(protectionKey(first.user.email));
    if (contradictions.length === 0 && !isProtected) users.push(first.user);
    else if (badRows === "skip") {
      const problems = [
        ...contradictions.map(({ later, what }) => contradictionText(first, later, what, findings)),
        ...isProtected ? [protectedText(first, findings)] : []
      ];
      const entry = { place: first.place, email: first.user.email };
      rows.push({ position: first.position, row: badRowOf(entry, problems) });
    } else {
      for (const { later, what } of contradictions) {
        findings.problemAt(later.place, contradictionText(later, first, what, findings));
      }
      if (isProtected) findings.problemAt(first.place, protectedText(first, findings));
    }
  }
  return {
    users,
    badRows: rows.sort((one, other) => one.position - other.position).map(({ row: row2 }) => row2),
    repeated
  };
}
function protectionKey(email) {
  return email.normalize("NFKC").toLowerCase();
}
function addTo(person, later) {
  const { listed: earlier, contradictions } = person;
  const [one, other] = [earlier.user, later.user];
  const uuids = one.userUid !== void 0 && other.userUid !== void 0;
  if (uuids && (0,chunk_OXARIGI2/* uuidKey */.V6)(one.userUid) !== (0,chunk_OXARIGI2/* uuidKey */.V6)(other.userUid)) contradictions.push({ later, what: "UUID" });
  const acrossLists = earlier.place.list.origin === "email" && later.place.list.origin === "file";
  const wins = acrossLists && one.timing === "due" && one.revokeAfter === void 0;
  const otherTime = one.revokeAfter?.at !== other.revokeAfter?.at || one.timing !== other.timing;
  if (otherTime && !wins) contradictions.push({ later, what: "`revoke_after`" });
  const userUid = one.userUid ?? other.userUid;
  const reference = one.reference ?? other.reference;
  const user = {
    ...one,
    ...userUid !== void 0 && { userUid },
    ...reference !== void 0 && { reference }
  };
  person.listed = { ...earlier, user };
}
function contradictionText({ user: { email } }, { place }, what, { quotes }) {
  return `${quotes.value(email)} is also listed at ${(0,chunk_OXARIGI2/* whereOf */.de)(place)}, with another ${what}; keep one.`;
}
function leftOutText({ listed: { place, user } }, { quotes }) {
  return `${quotes.value(user.email)} is also listed at ${(0,chunk_OXARIGI2/* whereOf */.de)(place)}, and that is not used either; fix this row.`;
}
function protectedText({ user: { email } }, { quotes }) {
  return `${quotes.value(email)} is due, but is one of \`protected-users\`; remove the user from the list.`;
}
function badRowOf({ place, email }, problems) {
  return { ...(0,chunk_OXARIGI2/* filePlaceOf */.PK)(place), source: (0,chunk_OXARIGI2/* sourceOf */.vz)(place), email, problems };
}

// src/users/user-list.ts
var INLINE = { origin: "email", name: "email" };
async function readUsers(given, receiver) {
  const { email, usersFile, userUid, format } = given;
  const findings = new chunk_OXARIGI2/* ListFindings */.Nd(receiver);
  if (email === "" && usersFile === "") findings.problem("No user to revoke: set `email` or `users-file`.");
  const inline = await (0,chunk_OXARIGI2/* entriesFromInput */.pm)(email, userUid, usersFile !== "", INLINE, findings);
  const lists = [
    ...email === "" ? [] : [{ name: INLINE, given: "email", sha256: (0,external_node_crypto_.hash)("sha256", email), entries: inline }],
    ...usersFile === "" ? [] : await readFile(usersFile, format, findings)
  ];
  const entries = lists.flatMap((list3) => {
    const isAdded = list3.name.origin === "email" && usersFile !== "";
    if (list3.entries.length > chunk_OXARIGI2/* MAX_ENTRIES */.Sd) {
      const problem = `more than ${(0,chunk_OXARIGI2/* grouped */.zD)(chunk_OXARIGI2/* MAX_ENTRIES */.Sd)} entries; export only the users who leave, or split the list.`;
      findings.problemAt({ list: list3.name }, problem);
      return [];
    }
    return format.blankDate === "not-due" && !isAdded ? withDates(list3, format, findings) : list3.entries;
  });
  const { listed, bad, unaddressed } = await checked(entries, format, findings);
  const usable = listed.length + unaddressed;
  if (bad.length > usable || bad.some(({ otherFormat }) => otherFormat)) {
    for (const row2 of bad) reportBadEntry(row2, findings);
    if (bad.length > usable) {
      findings.problem(
        `\`bad-rows: skip\` goes ahead only if most rows can be used: here it is ${(0,chunk_OXARIGI2/* quantity */.au)(usable, "row")}, and ${(0,chunk_OXARIGI2/* quantity */.au)(bad.length, "row")} cannot.`
      );
    }
  }
  const { users, badRows, repeated } = mergedUsers(listed, bad, format, findings);
  for (const list3 of lists) await warnOfMidnights(list3, listed, format, findings);
  findings.close();
  return {
    users,
    repeated,
    unaddressed,
    badRows,
    lists: lists.map(({ name: { origin }, given: name, sha256 }) => ({
      name,
      sha256,
      users: new Set(
        listed.filter((entry) => entry.place.list.origin === origin).map(({ user }) => (0,chunk_OXARIGI2/* addressKey */.IY)(user.email))
      ).size
    })),
    notes: findings.notes
  };
}
async function readFile(path, format, findings) {
  const { readUsersFile } = await __nccwpck_require__.e(/* import() */ 879).then(__nccwpck_require__.bind(__nccwpck_require__, 879));
  return readUsersFile(path, format, findings);
}
function withDates({ name, entries }, { onlyRows, dateColumn }, findings) {
  const isDated = ({ revokeAfter, broken }) => revokeAfter !== void 0 || broken !== void 0;
  if (entries.every((entry) => !isDated(entry)) && entries.length > 0) {
    findings.problemAt(
      { list: name },
      onlyRows !== void 0 && dateColumn.toLowerCase() === "none" ? "no entry has a date, and `only-rows` says who leaves; remove `blank-date: not-due`." : "`blank-date: not-due` means that users without a date stay, but no entry has a date, so nothing says who leaves; add the dates to the list."
    );
    return [];
  }
  const missing = "`revoke_after` is missing: with `blank-date: not-due`, write `null` for a user who stays, and the date or `now` for a user who leaves.";
  return entries.map((entry) => isDated(entry) ? entry : { ...entry, problems: [missing] });
}
async function checked(entries, format, findings) {
  const listed = [];
  const bad = [];
  let unaddressed = 0;
  const checker = new chunk_OXARIGI2/* EntryChecker */.ix(format, findings.quotes);
  for (const [position, entry] of entries.entries()) {
    const result = await checker.check(entry, position);
    if (result.kind === "user") listed.push(result);
    else if (result.kind === "unaddressed") unaddressed += 1;
    else if (format.badRows === "skip") bad.push(result);
    else reportBadEntry(result, findings);
  }
  return { listed, bad, unaddressed };
}
function reportBadEntry({ entry: { place }, problems }, findings) {
  for (const problem of problems) findings.problemAt(place, problem);
}
async function warnOfMidnights({ name }, listed, { timezone }, findings) {
  const moments = listed.flatMap(
    ({ place, user: { revokeAfter } }) => place.list.origin === name.origin && revokeAfter !== void 0 && (0,chunk_OXARIGI2/* isTimestamp */.Fx)(revokeAfter.text) ? [revokeAfter] : []
  );
  const [first] = moments;
  if (first === void 0 || (0,chunk_OXARIGI2/* isUtc */.rr)(timezone) || !moments.every(chunk_OXARIGI2/* isMidnightUtc */.Hl)) return;
  findings.warn(
    `${(0,chunk_OXARIGI2/* whereOf */.de)({ list: name })}: every timestamp is midnight UTC, so these look like days stored as midnight UTC. A user with ${first.text} is due from ${await (0,chunk_OXARIGI2/* localTime */.HJ)(first.at, timezone)} in ${timezone}, not from the end of a day. If days are meant, write them without a time.`
  );
}

// src/inputs/options.ts
var INPUTS = {
  email: "",
  "users-file": "",
  "email-column": "email",
  "date-column": "revoke_after",
  "date-format": "YYYY-MM-DD",
  "blank-date": "stop",
  "only-rows": "",
  "protected-users": "",
  "reference-column": "",
  "bad-rows": "stop",
  "user-uid": "",
  "if-empty": "fail",
  timezone: "UTC",
  "due-within-days": "30",
  "max-users": "100",
  "account-id": "",
  "zone-id": "",
  "api-token": "",
  "api-email": "",
  "api-key": "",
  devices: "false",
  "warp-session-reauth": "false",
  verify: "false",
  "unknown-user": "fail",
  "signed-in-again": "fail",
  "remove-seat": "false",
  "dry-run": "false",
  concurrency: "4",
  "max-attempts": "5",
  "request-timeout": "30",
  "mask-emails": "false",
  "api-base-url": ""
};
function readSingleOptions(reader, masks) {
  return {
    devices: reader.boolean("devices"),
    warpSessionReauth: reader.boolean("warp-session-reauth"),
    verify: reader.booleanOr("verify", "sessions"),
    removeSeat: reader.boolean("remove-seat"),
    unknownUser: reader.choice("unknown-user", ["fail", "warn"]),
    signedInAgain: reader.choice("signed-in-again", ["fail", "warn"]),
    ifEmpty: reader.choice("if-empty", ["fail", "warn", "ignore"]),
    timezone: readTimezone(reader),
    dueWithinDays: reader.integer("due-within-days", 1, 3650),
    maxUsers: reader.integer("max-users", 1, 1e6),
    concurrency: reader.integer("concurrency", 1, 20),
    maxAttempts: reader.integer("max-attempts", 1, 10),
    requestTimeout: reader.integer("request-timeout", 1, 300) * 1e3,
    maskEmails: reader.boolean("mask-emails") || masks
  };
}
function provesSessions({ verify }) {
  return verify !== false;
}
function provesDevices({ verify, devices }) {
  return verify === true && devices;
}
function looksUp({ verify, removeSeat }) {
  return verify !== false || removeSeat;
}
function readTimezone(reader) {
  const timezone = reader.text("timezone");
  if ((0,chunk_OXARIGI2/* isTimezone */.KJ)(timezone)) return timezone;
  reader.problem(`\`timezone\` is ${reader.quote(timezone)}: use an IANA time zone like Europe/Berlin.`);
  return "UTC";
}

// src/inputs/list-inputs.ts
var STAYING_VALUE = /^(?:active|aktiv|actif|activo|attivo|enabled|current|employed|provisioned|staged)$/;
function readListFormat(reader, { timezone, dueWithinDays }, now, quotes) {
  const columnName = (name) => {
    const text = reader.text(name);
    return text === "" ? INPUTS[name] : text;
  };
  return {
    emailColumn: columnName("email-column"),
    dateColumn: columnName("date-column"),
    referenceColumn: reader.text("reference-column"),
    onlyRows: readRowFilter(reader),
    dateFormat: reader.choice("date-format", chunk_OXARIGI2/* DATE_FORMATS */.Kn),
    blankDate: reader.choice("blank-date", ["stop", "not-due"]),
    badRows: reader.choice("bad-rows", ["stop", "skip"]),
    protectedUsers: readProtectedUsers(reader, quotes),
    timezone,
    now,
    dueWithinDays
  };
}
function readRowFilter(reader) {
  const text = reader.text("only-rows");
  if (text === "") return void 0;
  const [, column = "", list3 = ""] = /^([^=]*)=([^]*)$/.exec(text) ?? [];
  const values = list3.split(",").map((value) => value.trim().toLowerCase()).filter((value) => value !== "");
  if (column.trim() === "" || values.length === 0) {
    reader.problem(
      `\`only-rows\` is ${reader.quote(text)}: write a column and its values, like \`only-rows: Status = Suspended, Archived\`.`
    );
  }
  if (!reader.text("users-file").toLowerCase().endsWith(".csv")) {
    reader.problem("`only-rows` needs columns: use it with a CSV file in `users-file`.");
  }
  const staying = values.find((value) => STAYING_VALUE.test(value));
  if (staying !== void 0) {
    reader.warn(
      `\`only-rows\` selects the rows with ${reader.quote(staying)}, which seem to be users who stay; check it, because the users of these rows are revoked.`
    );
  }
  return { column: column.trim(), values };
}
function readProtectedUsers(reader, quotes) {
  const keys = /* @__PURE__ */ new Set();
  for (const [index, text] of (0,chunk_VWMF4SLR/* itemsOf */.S3)(reader.text("protected-users")).entries()) {
    const email = (0,chunk_OXARIGI2/* parseEmailAddress */.OE)(text);
    if (typeof email === "string") keys.add(protectionKey(email));
    else {
      reader.problem(
        `\`protected-users\`, entry ${index + 1}: fix it, because ${quotes.value(text)} ${email.problem}.`
      );
    }
  }
  return keys;
}

// src/inputs/misspelt-inputs.ts
var DESKTOP_VARIABLE = "INPUT_METHOD";
var MIN_PART_LENGTH = 3;
async function undeclaredInputs(environment, names) {
  const declared = new Set(names.map((name) => `INPUT_${name.toUpperCase()}`));
  const found = [];
  for (const [variable2, value] of Object.entries(environment)) {
    const isInput = variable2.startsWith("INPUT_") && variable2 !== DESKTOP_VARIABLE && !declared.has(variable2);
    if (value === void 0 || !isInput) continue;
    const name = variable2.slice("INPUT_".length).toLowerCase();
    const closest = await closestInput(name, names);
    const isAddress = isAddresses(value) && !TAKES_ADDRESSES.includes(closest ?? "");
    found.push({ variable: variable2, name, suggestion: isAddress ? inputForAddresses(name) : closest, isAddress });
  }
  return found;
}
var TAKES_ADDRESSES = ["email", "api-email", "protected-users"];
var EXCEPTION = /exclu|except|protect|keep|ignore|skip|allow|never|safe|not/;
function inputForAddresses(name) {
  return EXCEPTION.test(name) ? "protected-users" : "email";
}
function isAddresses(value) {
  return value.split(/[,\n]/).every((text) => (0,chunk_OXARIGI2/* isEmailAddress */.Z6)(text.trim()));
}
async function closestInput(name, names) {
  const given = wordsOf(name);
  const bare = given.join("");
  const same = names.find(
    (candidate) => wordsOf(candidate).join("") === bare || wordSet(candidate) === wordSet(name)
  );
  if (same !== void 0 || bare.length < MIN_PART_LENGTH) return same;
  const contained = names.filter((candidate) => containsWords(given, wordsOf(candidate))).sort((one, other) => other.length - one.length)[0];
  return await (0,chunk_OXARIGI2/* similarName */.jz)(name.replaceAll("_", "-"), names) ?? contained ?? names.find(
    (candidate) => containsWords(wordsOf(candidate), given) || wordsOf(candidate).join("").startsWith(bare)
  );
}
function wordsOf(name) {
  return name.toLowerCase().split(/[-_ ]+/);
}
function wordSet(name) {
  return wordsOf(name).map((word) => word.replace(/s$/, "")).sort().join(" ");
}
function containsWords(whole, part) {
  return ` ${whole.join(" ")} `.includes(` ${part.join(" ")} `);
}

// src/inputs/checked-inputs.ts
var MAX_NAMED = 10;
async function readInputs(now) {
  const reader = new InputReader(INPUTS);
  const { problem, problems, warnings } = reader;
  const given = {
    apiToken: reader.secret("api-token"),
    apiKey: reader.secret("api-key"),
    apiEmail: reader.text("api-email")
  };
  const masks = await checkNames(reader);
  const masksMaybe = masks || !/^false$/i.test(reader.text("mask-emails"));
  if (masksMaybe) reader.maskAddresses();
  const dryRun = reader.booleanOr("dry-run", "offline");
  const target = readTarget(reader, dryRun === "offline");
  const credential = dryRun === "offline" ? void 0 : chooseCredential(given, problem);
  if (dryRun === "offline") checkGivenCredential(given, problem);
  const baseUrl = chooseBaseUrl(reader.text("api-base-url"), problem);
  const proxy = baseUrl === void 0 || dryRun === "offline" ? void 0 : proxyProblem(baseUrl.href);
  if (proxy !== void 0) problem(proxy);
  const options = readSingleOptions(reader, masks);
  checkCombinations(options, target, credential, problem);
  const list3 = await readUserList(reader, options, now, masksMaybe);
  const due = list3.users.filter(({ timing }) => timing === "due");
  if (due.length > options.maxUsers) {
    problem(
      `${due.length} users are due, more than \`max-users\` (${options.maxUsers}): check the list, and raise \`max-users\` if it is right.`
    );
  }
  if (problems.length === 0 && baseUrl !== void 0) {
    if (dryRun === "offline") {
      return {
        kind: "offline_check",
        list: list3,
        options: { target, baseUrl, dryRun, given: reader.given, ...options },
        warnings
      };
    }
    if (target !== void 0 && credential !== void 0) {
      const run = {
        kind: "run",
        list: list3,
        options: { target, baseUrl, dryRun, given: reader.given, ...options },
        credential,
        warnings
      };
      if (target.type === "zone") warnOfZone(run, reader);
      return run;
    }
  }
  return { kind: "problems", problems, warnings };
}
async function checkNames(reader) {
  const undeclared = await undeclaredInputs(process.env, Object.keys(INPUTS));
  for (const { variable: variable2, name, suggestion, isAddress } of undeclared) {
    if (suggestion === void 0) continue;
    const condition = isAddress && suggestion === "email" ? " if it is the address of a user to revoke" : "";
    reader.problem(
      `There is no input ${reader.quoteName(name)}: write \`${suggestion}\`${condition}. If it comes from \`env:\`, call the variable something else than ${reader.quoteName(variable2)}.`
    );
  }
  const others = undeclared.filter(({ suggestion }) => suggestion === void 0);
  if (others.length > 0) {
    const names = others.slice(0, MAX_NAMED).map(({ name }) => reader.quoteName(name));
    reader.warn(`Unknown inputs are ignored: ${names.join(", ")}.`);
  }
  return undeclared.some(({ name, suggestion }) => suggestion === "mask-emails" || name.includes("mask"));
}
function checkCombinations(options, target, credential, problem) {
  if (provesSessions(options) && target?.type === "zone") {
    problem("`verify` needs `account-id`: Cloudflare lists sessions for accounts only.");
  }
  if (options.removeSeat && target?.type === "zone") {
    problem("`remove-seat` needs `account-id`: seats belong to accounts.");
  }
  if (provesDevices(options) && credential?.kind === "global-api-key") {
    problem(
      "`verify: true` with `devices: true` needs `api-token`: a Global API key cannot read devices. Use an API token, or set `verify: sessions`."
    );
  }
}
function readTarget(reader, isOffline) {
  const [accountId, zoneId] = [reader.text("account-id"), reader.text("zone-id")];
  return isOffline && accountId === "" && zoneId === "" ? void 0 : chooseTarget(accountId, zoneId, reader.problem);
}
function warnOfZone({ options, list: list3, credential }, reader) {
  const doubtful = [
    ...credential.kind === "api-token" ? ["an API token"] : [],
    ...options.devices ? ["`devices`"] : [],
    ...options.warpSessionReauth ? ["`warp-session-reauth`"] : [],
    ...list3.users.some(({ userUid, timing }) => timing === "due" && userUid !== void 0) ? ["user UUIDs"] : []
  ];
  if (doubtful.length === 0) return;
  reader.warn(
    `With \`zone-id\`, Cloudflare's API description covers only the address, and only the applications of the zone; it does not mention ${doubtful.join(", ")}. Cloudflare may ignore or refuse this. Use \`account-id\` if you can.`
  );
}
async function readUserList(reader, options, now, masksMaybe) {
  const quotes = {
    value: (text) => masksMaybe ? `"${text.slice(0, 1)}***"` : reader.quote(text),
    // A row in the place of the header has people's names beside their addresses.
    name: (text) => masksMaybe && text.includes("@") ? '"***"' : reader.quote(text)
  };
  const given = {
    email: reader.text("email"),
    usersFile: reader.text("users-file"),
    userUid: reader.text("user-uid"),
    format: readListFormat(reader, options, now, quotes)
  };
  return readUsers(given, { problem: reader.problem, warn: reader.warn, quotes });
}

// src/runner/running-time.ts

var RunningTime = class {
  /** Milliseconds spent in holds that are over. */
  #held = 0;
  #heldSince;
  /** Milliseconds, from an arbitrary beginning. */
  get now() {
    return (this.#heldSince ?? (0,chunk_OXARIGI2/* elapsed */.vk)()) - this.#held;
  }
  /** Milliseconds spent in holds that are over. */
  get held() {
    return this.#held;
  }
  /** Begins a hold, if there is none. */
  hold() {
    this.#heldSince ??= (0,chunk_OXARIGI2/* elapsed */.vk)();
  }
  /** Ends the hold, if there is one. */
  resume() {
    const now = (0,chunk_OXARIGI2/* elapsed */.vk)();
    this.#held += now - (this.#heldSince ?? now);
    this.#heldSince = void 0;
  }
  /**
   * Waits for this many milliseconds of running time.
   *
   * @throws the signal's reason, as an AbortError, when it is aborted before that
   */
  async wait(milliseconds, signal) {
    const until = this.now + milliseconds;
    do
      await (0,promises_namespaceObject.setTimeout)(Math.max(0, until - this.now), void 0, { signal });
    while (this.now < until - 1);
  }
};

// src/timings.ts
var MAX_TIME_WITHOUT_RESPONSE_MS = 15 * 6e4;
var MIN_HOLD_MS = 1e3;
var MAX_HOLD_BACKOFF_MS = 6e4;
var FIRST_BACKOFF_MS = 500;
var MAX_BACKOFF_MS = 3e4;
var RECHECKS_AFTER_MS = [2e3, 1e4];
var SESSIONS_TIMEOUT_MS = 9e4;
var DEVICES_TIMEOUT_MS = 9e4;
var LOOKUP_TIMEOUT_MS = 1e4;
var FIRST_READ_MS = 1e3;
var FIRST_READ_OF_LONG_LIST_MS = 2e4;
var SECOND_PAUSE_MS = 1500;
var MAX_PAUSE_MS = 15e3;
var GATHER_READS_MS = 5e3;
var MAX_RECORD_AGE_MS = 6e4;
var CLOCK_TOLERANCE_MS = 6e4;

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
  getChars(count2) {
    const result = this.input.substr(this.pos, count2);
    this.pos += count2;
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

// src/cloudflare/rate-limit-headers.ts
var count = (0,chunk_OXARIGI2/* pipe */.Fs)((0,chunk_OXARIGI2/* number */.ai)(), (0,chunk_OXARIGI2/* finite */.E2)(), (0,chunk_OXARIGI2/* minValue */.Ww)(0));
function readRoom(header) {
  return members(header, { r: count, t: count }).map(([policy, { r, t }]) => ({
    policy,
    left: Math.floor(r),
    resetIn: t * 1e3
  }));
}
function readQuotas(header) {
  return members(header, { q: (0,chunk_OXARIGI2/* pipe */.Fs)(count, (0,chunk_OXARIGI2/* minValue */.Ww)(1)), w: (0,chunk_OXARIGI2/* pipe */.Fs)(count, (0,chunk_OXARIGI2/* minValue */.Ww)(1)) }).map(
    ([policy, { q, w }]) => ({ policy, calls: Math.floor(q), window: w * 1e3 })
  );
}
function readRetryAfter(header) {
  const text = typeof header === "string" ? header.trim() : "";
  if (/^\d+$/.test(text)) return Number(text) * 1e3;
  const date = (0,chunk_OXARIGI2/* parseHttpDate */.m6)(text);
  return date === void 0 ? void 0 : date - Date.now();
}
function members(header, entries) {
  const parameters = (0,chunk_OXARIGI2/* object */.Ik)(entries);
  return list2(header).flatMap(([value, given]) => {
    const parsed = (0,chunk_OXARIGI2/* safeParse */.xL)(parameters, Object.fromEntries(given));
    return parsed.success ? [[`${value}`, parsed.output]] : [];
  });
}
function list2(header) {
  try {
    return typeof header === "string" ? parseList(header) : [];
  } catch {
    return [];
  }
}

// src/cloudflare/rate-limit-windows.ts
var DEFAULT_QUOTA = { policy: "", calls: 1200, window: 5 * 6e4 };
var ROUNDING_MS = 2e3;
var HOLD_REASONS = {
  limit: "Cloudflare's rate limit leaves no room",
  unavailable: "Cloudflare is unavailable and asks to wait"
};
var RUN_LATER = "Cloudflare allows 1,200 calls in 5 minutes per user or account token, the dashboard included. Run the step again later.";
var RateLimitWindows = class {
  #windows = /* @__PURE__ */ new Map();
  /** When calls were sent. */
  #sent = [];
  #quotas = [DEFAULT_QUOTA];
  /** When calls ended whose answers did not mention the room left: they may have used up some of it. */
  #unaccounted = [];
  /** Since when calls go one by one, until one that was sent later is answered; undefined if they do not. */
  #probingSince = 0;
  #heldUntil = 0;
  #reason = "limit";
  #backoff = MIN_HOLD_MS;
  /** Whether calls go one by one: the first of a run, of a window and after a hold, to learn how much room there is. */
  get isProbing() {
    return this.#probingSince !== void 0;
  }
  /** When the next call may go. */
  next(now, inFlight) {
    let [until, reason] = [this.#heldUntil, this.#reason];
    for (const { left, resetAt } of this.#windows.values()) {
      if (left - inFlight - this.#unaccounted.length > 0) continue;
      if (inFlight > 0) return { kind: "after_answers" };
      reason = "limit";
      until = Math.max(until, resetAt);
    }
    return { kind: "after", wait: Math.max(0, until - now, this.#quotaWait(now)), reason };
  }
  /** Forgets the windows that are over. A first call shows how much of the new one others have used. */
  forgetPast(now) {
    for (const [policy, { resetAt }] of this.#windows) {
      if (now < resetAt) continue;
      this.#windows.delete(policy);
      this.#unaccounted = [];
      this.#probingSince = now;
    }
    const longest = Math.max(DEFAULT_QUOTA.window, ...this.#quotas.map(({ window }) => window));
    while ((this.#sent[0] ?? now) <= now - longest) this.#sent.shift();
  }
  /** Notes that a call is sent. */
  send(now) {
    this.#sent.push(now);
  }
  /**
   * Holds all calls for at least `length` milliseconds; the first one after that goes alone.
   *
   * @returns when the hold ends
   */
  hold(now, length, reason) {
    this.#probingSince = now;
    this.#reason = reason;
    this.#heldUntil = Math.max(this.#heldUntil, now + Math.max(MIN_HOLD_MS, length));
    return this.#heldUntil;
  }
  /**
   * Notes what an answer says about the limit.
   *
   * @param held - whether it is an answer of the rate limit
   */
  update(exchange, held, sentAt, now) {
    if (exchange.kind === "no_answer") {
      this.#unaccounted.push(now);
      return;
    }
    const { status, headers } = exchange;
    const rooms = readRoom(headers["ratelimit"]);
    for (const room of rooms) this.#note(room, now);
    if (rooms.length > 0) this.#unaccounted = this.#unaccounted.filter((endedAt) => endedAt > sentAt);
    else this.#unaccounted.push(now);
    const quotas = readQuotas(headers["ratelimit-policy"]);
    if (rooms.length > 0 || quotas.length > 0) this.#quotas = quotas;
    else if (this.#quotas.length === 0) this.#quotas = [DEFAULT_QUOTA];
    const named = readRetryAfter(headers["retry-after"]);
    if (held) {
      const full = rooms.filter(({ left }) => left === 0).map(({ resetIn }) => resetIn);
      this.hold(now, named ?? (full.length > 0 ? Math.max(...full) : this.#nextBackoff()), "limit");
      return;
    }
    if (status === 503 && named !== void 0)
      this.hold(now, Math.min(MAX_HOLD_BACKOFF_MS, named), "unavailable");
    else if (this.#probingSince !== void 0 && sentAt >= this.#probingSince) this.#probingSince = void 0;
    this.#backoff = MIN_HOLD_MS;
  }
  /** Milliseconds to wait for policies without a known window: their quota counts, in any window. */
  #quotaWait(now) {
    const waits = this.#quotas.map(({ policy, calls, window }) => {
      const oldest = this.#windows.has(policy) ? void 0 : this.#sent.at(-calls);
      return oldest === void 0 ? 0 : oldest + window - now;
    });
    return Math.max(0, ...waits);
  }
  #note({ policy, left, resetIn }, now) {
    const known2 = this.#windows.get(policy);
    const resetAt = now + resetIn;
    this.#windows.set(
      policy,
      known2 === void 0 || now >= known2.resetAt ? { left, resetAt } : { left: Math.min(known2.left, left), resetAt: soonest(known2.resetAt, resetAt, left) }
    );
  }
  /** For a 429 without a `Retry-After`, in milliseconds. */
  #nextBackoff() {
    const backoff = this.#backoff;
    this.#backoff = Math.min(MAX_HOLD_BACKOFF_MS, backoff * 2);
    return backoff;
  }
};
function soonest(known2, resetAt, left) {
  return left === 0 && resetAt > known2 + ROUNDING_MS ? resetAt : Math.min(known2, resetAt);
}
function waitedTooLong(max, reason) {
  return {
    what: `${HOLD_REASONS[reason]}, and this run has waited for it long enough (${(0,chunk_OXARIGI2/* duration */.p0)(max)} in all)`,
    remedy: RUN_LATER
  };
}
function givenUp(length, reason, max) {
  return length > 0 ? {
    what: `${HOLD_REASONS[reason]} for another ${(0,chunk_OXARIGI2/* duration */.p0)(length)}, and a run waits at most ${(0,chunk_OXARIGI2/* duration */.p0)(max)} without an answer other than 429`,
    remedy: RUN_LATER
  } : {
    what: `No answer arrived for ${(0,chunk_OXARIGI2/* duration */.p0)(max)}`,
    remedy: "Check the network path from the runner to Cloudflare, and run the step again."
  };
}

// src/cloudflare/call-queue.ts
var PRIORITIES = ["recheck", "overdue", "revocation", "look_up", "read"];
var CallQueue = class {
  /** Stops the run, and with it this queue. */
  stop;
  #options;
  #windows = new RateLimitWindows();
  #queues = new Map(PRIORITIES.map((priority) => [priority, []]));
  #inFlight = 0;
  #announcedUntil = 0;
  #lastResponse = (0,chunk_OXARIGI2/* elapsed */.vk)();
  #timer;
  /** How many rechecks keep all other calls waiting. */
  #rechecks = 0;
  #lastRecheck = Promise.resolve();
  #time = new RunningTime();
  /** The limit for all holds together in milliseconds: no server can prolong a run by answering now and then. */
  #maxHeld;
  constructor(options) {
    this.#options = options;
    this.stop = options.stop;
    this.#maxHeld = MAX_TIME_WITHOUT_RESPONSE_MS + 2 * options.calls * DEFAULT_QUOTA.window / DEFAULT_QUOTA.calls;
    options.stop.startSignal.addEventListener("abort", this.#pump);
  }
  /** Milliseconds, from an arbitrary beginning, without the time in which calls were on hold. */
  get runningTime() {
    return this.#time.now;
  }
  /**
   * Waits for this many milliseconds, not counting holds.
   *
   * @throws the signal's reason, as an AbortError, when it is aborted before that
   */
  async wait(milliseconds, signal) {
    await this.#time.wait(milliseconds, signal);
  }
  /**
   * Makes the attempt when its turn has come and there is room for it, and again as often as the rate limit refuses it.
   *
   * @param attempt - makes one attempt
   * @param onHeld - called for each answer of the rate limit
   * @returns the last attempt, never one that the rate limit refused
   * @throws Stopped when the run is stopped before that
   */
  async send(attempt2, onHeld, priority) {
    for (; ; ) {
      await this.#turn(priority);
      const attempted = await this.#made(attempt2);
      if (!attempted.isRateLimited) return attempted;
      onHeld();
    }
  }
  /**
   * Keeps all other calls waiting, as a hold does, while `work` asks again with the priority `recheck`. Rechecks take
   * turns.
   */
  async recheck(work) {
    this.#rechecks += 1;
    this.#time.hold();
    const result = this.#lastRecheck.then(work);
    this.#lastRecheck = result.catch(() => void 0);
    try {
      return await result;
    } finally {
      this.#rechecks -= 1;
      if (this.#rechecks === 0) this.#time.resume();
      this.#pumpSoon();
    }
  }
  async #turn(priority) {
    const turn = Promise.withResolvers();
    this.#queues.get(priority)?.push(turn);
    this.#pump();
    await turn.promise;
  }
  async #made(attempt2) {
    const sentAt = (0,chunk_OXARIGI2/* elapsed */.vk)();
    try {
      const attempted = await attempt2();
      const { exchange, isRateLimited: isRateLimited2 } = attempted;
      const now = (0,chunk_OXARIGI2/* elapsed */.vk)();
      this.#windows.update(exchange, isRateLimited2, sentAt, now);
      if (exchange.kind === "answer" && !isRateLimited2) this.#lastResponse = now;
      return attempted;
    } finally {
      this.#inFlight -= 1;
      this.#pumpSoon();
    }
  }
  /** Deferred, because the caller may stop the run in response to an answer. */
  #pumpSoon() {
    setImmediate(this.#pump);
  }
  /** Grants turns as long as there is room; otherwise schedules the next attempt. */
  #pump = () => {
    clearTimeout(this.#timer);
    const { stop } = this;
    for (; ; ) {
      if (stop.reason !== void 0) this.#refuseAll(stop.startSignal.reason);
      const [priority, queue] = [...this.#queues].find(([, { length }]) => length > 0) ?? [];
      if (priority === void 0 || queue === void 0) return;
      const now = (0,chunk_OXARIGI2/* elapsed */.vk)();
      this.#windows.forgetPast(now);
      if (this.#inFlight >= this.#places(priority)) return;
      const next = this.#windows.next(now, this.#inFlight);
      if (next.kind === "after_answers") return;
      if (now + next.wait > this.#lastResponse + MAX_TIME_WITHOUT_RESPONSE_MS) {
        stop.stop(givenUp(next.wait, next.reason, MAX_TIME_WITHOUT_RESPONSE_MS));
      } else if (this.#time.held + next.wait > this.#maxHeld) {
        stop.stop(waitedTooLong(this.#maxHeld, next.reason));
      } else if (next.wait > 0) {
        this.#hold(now, next.wait, next.reason);
        return;
      } else {
        if (this.#rechecks === 0) this.#time.resume();
        this.#inFlight += 1;
        this.#windows.send(now);
        queue.shift()?.resolve(void 0);
      }
    }
  };
  /** How many requests may be in flight once one of this priority is. */
  #places(priority) {
    const { concurrency } = this.#options;
    if (priority === "recheck") return 1;
    if (this.#rechecks > 0) return 0;
    if (this.#windows.isProbing && priority !== "overdue") return 1;
    return priority === "look_up" || priority === "read" ? Math.max(1, concurrency - 1) : concurrency;
  }
  #refuseAll(reason) {
    for (const queue of this.#queues.values()) for (const { reject } of queue.splice(0)) reject(reason);
  }
  #hold(now, length, reason) {
    this.#time.hold();
    if (now + length > this.#announcedUntil + 1) {
      this.#announcedUntil = this.#windows.hold(now, length, reason);
      const announced = this.#announcedUntil - now;
      const until = (0,chunk_OXARIGI2/* timeOfDay */.rb)(Date.now() + announced);
      this.#options.log.info(`${HOLD_REASONS[reason]}: waiting ${(0,chunk_OXARIGI2/* duration */.p0)(announced)}, until ${until}.`);
    }
    this.#timer = setTimeout(this.#pump, Math.ceil(this.#announcedUntil - now));
  }
};

// node_modules/is-network-error/index.js
var objectToString = Object.prototype.toString;
var isError = (value) => objectToString.call(value) === "[object Error]";
var errorMessages = /* @__PURE__ */ new Set([
  "network error",
  // Chrome
  "NetworkError when attempting to fetch resource.",
  // Firefox
  "The Internet connection appears to be offline.",
  // Safari 16
  "Network request failed",
  // `cross-fetch`
  "fetch failed",
  // Undici (Node.js)
  "terminated",
  // Undici (Node.js)
  " A network error occurred.",
  // Bun (WebKit)
  "Network connection lost"
  // Cloudflare Workers (fetch)
]);
function isNetworkError(error2) {
  const isValid = error2 && isError(error2) && error2.name === "TypeError" && typeof error2.message === "string";
  if (!isValid) {
    return false;
  }
  const { message, stack } = error2;
  if (message === "Load failed" || message.startsWith("Load failed (") && message.endsWith(")")) {
    return stack === void 0 || "__sentry_captured__" in error2;
  }
  if (message.startsWith("error sending request for url")) {
    return true;
  }
  if (message === "Failed to fetch" || message.startsWith("Failed to fetch (") && message.endsWith(")")) {
    return true;
  }
  return errorMessages.has(message);
}

// node_modules/p-retry/index.js
function validateRetries(retries) {
  if (typeof retries === "number") {
    if (retries < 0) {
      throw new TypeError("Expected `retries` to be a non-negative number.");
    }
    if (Number.isNaN(retries)) {
      throw new TypeError("Expected `retries` to be a valid number or Infinity, got NaN.");
    }
    if (Number.isFinite(retries) && !Number.isInteger(retries)) {
      throw new TypeError("Expected `retries` to be a non-negative integer or Infinity.");
    }
  } else if (retries !== void 0) {
    throw new TypeError("Expected `retries` to be a number or Infinity.");
  }
}
function validateNumberOption(name, value, { allowInfinity = false } = {}) {
  if (typeof value !== "number" || Number.isNaN(value)) {
    throw new TypeError(`Expected \`${name}\` to be a number${allowInfinity ? " or Infinity" : ""}.`);
  }
  if (!allowInfinity && !Number.isFinite(value)) {
    throw new TypeError(`Expected \`${name}\` to be a finite number.`);
  }
  if (value < 0) {
    throw new TypeError(`Expected \`${name}\` to be \u2265 0.`);
  }
}
function validateOption(name, value, type) {
  if (value === void 0 || value === null) {
    return;
  }
  if (typeof value !== type) {
    throw new TypeError(`Expected \`${name}\` to be a ${type}.`);
  }
}
function validateSignal(value) {
  if (value === void 0 || value === null) {
    return;
  }
  if (typeof value.throwIfAborted !== "function" || typeof value.addEventListener !== "function" || typeof value.removeEventListener !== "function") {
    throw new TypeError("Expected `signal` to be an AbortSignal.");
  }
}
var AbortError = class _AbortError extends Error {
  constructor(message) {
    super(typeof message === "string" ? message : void 0);
    this.name = "AbortError";
    if (message instanceof Error) {
      this.originalError = message;
      ({ message } = message);
    } else {
      this.originalError = new Error(message);
      ({ message } = this.originalError);
      Error.captureStackTrace?.(this.originalError, _AbortError);
    }
    this.message = message;
  }
};
var maximumDelay = 2 ** 31 - 1;
function calculateDelay(retriesConsumed, options) {
  if (options.minTimeout === 0) {
    return 0;
  }
  const attempt2 = retriesConsumed + 1;
  const random = options.randomize ? Math.random() + 1 : 1;
  const timeout = Math.round(random * options.minTimeout * options.factor ** (attempt2 - 1));
  return Math.min(timeout, Math.ceil(options.maxTimeout), maximumDelay);
}
function calculateRemainingTime(start, max) {
  return Number.isFinite(max) ? max - (performance.now() - start) : max;
}
async function delayForRetry(delay, options) {
  if (delay <= 0) {
    return;
  }
  await new Promise((resolve, reject) => {
    const onAbort = () => {
      clearTimeout(timeoutToken);
      reject(options.signal.reason);
    };
    const timeoutToken = setTimeout(() => {
      options.signal?.removeEventListener("abort", onAbort);
      resolve();
    }, delay);
    if (options.unref) {
      timeoutToken.unref?.();
    }
    options.signal?.addEventListener("abort", onAbort, { once: true });
  });
}
function stringifyThrownValue(value) {
  try {
    return String(value);
  } catch {
    return Object.prototype.toString.call(value);
  }
}
function unwrapAbortError(error2) {
  let cause = error2;
  while (cause instanceof AbortError && cause.originalError instanceof Error) {
    cause = cause.originalError;
  }
  return cause;
}
async function onAttemptFailure({ error: error2, attemptNumber, retriesConsumed, startTime, options }) {
  const abortIfNeeded = () => {
    options.signal?.throwIfAborted();
  };
  const normalizedError = error2 instanceof Error ? error2 : new TypeError(`Non-error was thrown: "${stringifyThrownValue(error2)}". You should only throw errors.`);
  abortIfNeeded();
  if (normalizedError instanceof AbortError) {
    throw unwrapAbortError(normalizedError);
  }
  const retriesLeft = options.retries - retriesConsumed;
  const isRetriableError = !(normalizedError instanceof TypeError) || isNetworkError(normalizedError);
  const timeLeft = calculateRemainingTime(startTime, options.maxRetryTime);
  const delayTime = isRetriableError && timeLeft > 0 && retriesLeft > 0 ? calculateDelay(retriesConsumed, options) : 0;
  const consumeRetryContext = Object.freeze({
    error: normalizedError,
    attemptNumber,
    retriesLeft,
    retriesConsumed,
    retryDelay: delayTime
  });
  const consumeRetry = await options.shouldConsumeRetry(consumeRetryContext) ?? true;
  abortIfNeeded();
  const effectiveDelay = consumeRetry ? delayTime : 0;
  const context = Object.freeze({
    error: normalizedError,
    attemptNumber,
    retriesLeft,
    retriesConsumed,
    retryDelay: effectiveDelay
  });
  await options.onFailedAttempt(context);
  abortIfNeeded();
  const remainingTime = calculateRemainingTime(startTime, options.maxRetryTime);
  if (!isRetriableError || remainingTime <= 0 || retriesLeft <= 0) {
    throw normalizedError;
  }
  const shouldRetry = await options.shouldRetry(context);
  abortIfNeeded();
  if (!shouldRetry) {
    throw normalizedError;
  }
  const remainingTimeAfterShouldRetry = calculateRemainingTime(startTime, options.maxRetryTime);
  if (remainingTimeAfterShouldRetry <= 0) {
    throw normalizedError;
  }
  if (!consumeRetry) {
    return false;
  }
  await delayForRetry(Math.min(effectiveDelay, remainingTimeAfterShouldRetry), options);
  return true;
}
async function pRetry(input, options = {}) {
  options = { ...options };
  options.retries ??= 10;
  validateRetries(options.retries);
  if (Object.hasOwn(options, "forever")) {
    throw new Error("The `forever` option is no longer supported. For many use-cases, you can set `retries: Infinity` instead.");
  }
  options.factor ??= 2;
  options.minTimeout ??= 1e3;
  options.maxTimeout ??= Infinity;
  options.maxRetryTime ??= Infinity;
  options.randomize ??= false;
  options.onFailedAttempt ??= () => {
  };
  options.shouldRetry ??= () => true;
  options.shouldConsumeRetry ??= () => true;
  validateOption("onFailedAttempt", options.onFailedAttempt, "function");
  validateOption("shouldRetry", options.shouldRetry, "function");
  validateOption("shouldConsumeRetry", options.shouldConsumeRetry, "function");
  validateOption("randomize", options.randomize, "boolean");
  validateOption("unref", options.unref, "boolean");
  validateSignal(options.signal);
  validateNumberOption("factor", options.factor);
  validateNumberOption("minTimeout", options.minTimeout);
  validateNumberOption("maxTimeout", options.maxTimeout, { allowInfinity: true });
  validateNumberOption("maxRetryTime", options.maxRetryTime, { allowInfinity: true });
  if (options.factor === 0) {
    options.factor = 1;
  }
  options.signal?.throwIfAborted();
  let attemptNumber = 0;
  let retriesConsumed = 0;
  const startTime = performance.now();
  while (retriesConsumed <= options.retries) {
    attemptNumber++;
    try {
      options.signal?.throwIfAborted();
      const result = await input(attemptNumber);
      options.signal?.throwIfAborted();
      return result;
    } catch (error2) {
      if (await onAttemptFailure({
        error: error2,
        attemptNumber,
        retriesConsumed,
        startTime,
        options
      })) {
        retriesConsumed++;
      }
    }
  }
  throw new Error("Retry attempts exhausted without throwing an error.");
}

// src/runner/run-stop.ts
var GRACE_PERIOD_MS = 5e3;
var Stopped = class extends Error {
  reason;
  constructor(reason) {
    super(reason.what);
    this.reason = reason;
  }
};
var RunStop = class {
  #startController = new AbortController();
  #responseController = new AbortController();
  #reason;
  /** Why the run was stopped; undefined while it goes on. */
  get reason() {
    return this.#reason;
  }
  /** Aborted, with a {@link Stopped}, as soon as nothing new may start. */
  get startSignal() {
    return this.#startController.signal;
  }
  /** Aborted when the run no longer waits for answers. */
  get responseSignal() {
    return this.#responseController.signal;
  }
  /** Lets nothing new start; what is in flight may finish. The first reason counts. */
  stop(reason) {
    if (this.#reason !== void 0) return;
    this.#reason = reason;
    this.#startController.abort(new Stopped(reason));
  }
  /** Stops the run for a reason that leaves little time: what is in flight has five seconds to finish. */
  cancel(reason) {
    this.stop(reason);
    setTimeout(() => {
      this.#responseController.abort();
    }, GRACE_PERIOD_MS).unref();
  }
};
var SIGNALS = ["SIGINT", "SIGTERM"];
function stopOnSignals(stop) {
  const cancel = (signal) => {
    stop.cancel({ what: `The run was cancelled (${signal})`, remedy: "Nothing new is started." });
  };
  for (const signal of SIGNALS) process.on(signal, cancel);
  return {
    [Symbol.dispose]: () => {
      for (const signal of SIGNALS) process.off(signal, cancel);
    }
  };
}

// src/cloudflare/error-hints.ts
var MAX_LINK_LENGTH = 300;
var CHECK_TOKEN = "Check that the secret holds the whole token and that the token is neither expired nor disabled.";
var ROUTE = "The account or zone ID is wrong, or the credential may not see it: compare `account-id` or `zone-id` with the dashboard.";
var RATE_LIMIT = "Cloudflare allows 1,200 calls in 5 minutes per user or account token, the dashboard included: run the step again in five minutes.";
var NOT_ACCEPTED = {
  remedy: `Cloudflare does not accept this token. ${CHECK_TOKEN}`,
  affectsAllUsers: true
};
var HINTS = new Map(
  Object.entries({
    1e4: {
      remedy: `The token is wrong, or lacks the permission or the account. ${CHECK_TOKEN}`,
      permission: true,
      affectsAllUsers: true
    },
    1e3: { remedy: `Cloudflare does not know this token. ${CHECK_TOKEN}`, affectsAllUsers: true },
    9109: { ...NOT_ACCEPTED, permission: true },
    9106: { remedy: `Cloudflare saw no usable credential. ${CHECK_TOKEN}`, affectsAllUsers: true },
    9103: {
      remedy: "Cloudflare does not know this Global API key or address: check `api-email` and `api-key`, or better, use `api-token`.",
      affectsAllUsers: true
    },
    6003: {
      remedy: `Cloudflare could not read the credential's header. ${CHECK_TOKEN}`,
      affectsAllUsers: true
    },
    6111: {
      remedy: "Cloudflare could not read the `Authorization` header: give the token alone, as the dashboard showed it.",
      affectsAllUsers: true
    },
    6103: {
      remedy: "Cloudflare could not read the `X-Auth-Key` header: check that `api-key` holds the whole Global API key, or better, use `api-token`.",
      affectsAllUsers: true
    },
    1001: {
      remedy: `Cloudflare saw no credential that it takes for this call: it may not take a token that belongs to an account. ${CHECK_TOKEN}`,
      affectsAllUsers: true
    },
    7003: { remedy: ROUTE, affectsAllUsers: true },
    7e3: { remedy: ROUTE, affectsAllUsers: true },
    10502: {
      remedy: "Too many calls with a wrong credential: Cloudflare has locked it out for a while. Fix the secret first, then run the step again.",
      affectsAllUsers: true
    },
    971: { remedy: RATE_LIMIT, affectsAllUsers: false, rateLimit: true },
    10013: { remedy: RATE_LIMIT, affectsAllUsers: false, rateLimit: true },
    429: { remedy: RATE_LIMIT, affectsAllUsers: false, rateLimit: true },
    "access.api.error.not_enabled": {
      remedy: "Zero Trust is not set up on this account: check `account-id` or `zone-id`; it may be that of another account.",
      affectsAllUsers: true
    },
    "access.api.error.not_found": {
      remedy: "Cloudflare found no such object: check `account-id` or `zone-id`, the address and `user-uid`.",
      affectsAllUsers: false
    }
  })
);
var FORBIDDEN = {
  remedy: "The token is valid, but it lacks the permission, or the account is not one of its accounts.",
  permission: true,
  affectsAllUsers: true
};
var DASHBOARD_NAMES = /* @__PURE__ */ new Map([
  ["Access: Organizations Revoke", "Access: Organizations, Identity Providers, and Groups Revoke"]
]);
function hintFor(errors) {
  return errors.flatMap(hintsOf).at(-1);
}
function permissionAdvice(permission) {
  const other = DASHBOARD_NAMES.get(permission);
  const inDashboard = other === void 0 ? "" : ` (the dashboard may call it "${other}")`;
  return `Give the token the account permission "${permission}"${inDashboard}.`;
}
function documentationAdvice(errors) {
  const links = errors.flatMap(({ documentationUrl }) => cloudflareUrl(documentationUrl ?? "") ?? []);
  return links.slice(0, 1).map((link) => `Cloudflare refers to ${link} for details.`);
}
function cloudflareUrl(text) {
  const url = URL.parse(text);
  const isCloudflares = url?.protocol === "https:" && /(?:^|\.)cloudflare\.com$/.test(url.host);
  return isCloudflares && url.username + url.password === "" && url.href.length <= MAX_LINK_LENGTH ? url.href : void 0;
}
function hintsOf({ code: code2, message }) {
  if (code2 === 9109 && /invalid/i.test(message)) return [NOT_ACCEPTED];
  if (code2 === 1e4 && /^forbidden\b/i.test(message)) return [FORBIDDEN];
  const codes = [`${code2 ?? ""}`, .../access\.api\.error\.[a-z_]+/.exec(message) ?? []];
  return codes.flatMap((name) => HINTS.get(name) ?? []);
}

// src/cloudflare/http-status.ts

var PROXY_CREDENTIAL = "Put the user name and the password for the proxy into `HTTPS_PROXY`.";
var MEANINGS = {
  401: { scope: "all_users", remedy: CHECK_TOKEN },
  403: { scope: "all_users", remedy: `The credential may not do this. ${CHECK_TOKEN}`, permission: true },
  407: { scope: "all_users", remedy: PROXY_CREDENTIAL },
  408: { scope: "transient" },
  425: { scope: "transient" }
};
var REDIRECT = {
  scope: "user",
  remedy: "Check `api-base-url`, and whether a proxy asks for a login."
};
var SERVER_ERROR = {
  scope: "transient",
  remedy: "Check https://www.cloudflarestatus.com, and run the step again later."
};
var OTHER = { scope: "user" };
var FOREIGN_MEANINGS = {
  403: {
    scope: "transient",
    remedy: "A firewall or bot protection between the runner and the API blocks the runner's IP address: check the network path, or use a runner with another address."
  },
  404: { scope: "all_users", remedy: "This is not the API: check `api-base-url`." }
};
function refusal(status, isCloudflares, errors, permission) {
  const general = meaningOf(status, isCloudflares);
  const hint = hintFor(errors);
  const mayLackPermission = status !== 401 && (hint ?? general).permission === true;
  const missing = mayLackPermission ? permission : void 0;
  const remedies = [
    hint?.remedy ?? general.remedy ?? (isCloudflares ? [] : PROXY_REMEDY),
    documentationAdvice(errors),
    // Last, because callers add an alternative to it.
    missing === void 0 ? [] : permissionAdvice(missing)
  ].flat();
  return {
    what: whatHappened(status, isCloudflares),
    ...remedies.length > 0 && { remedy: remedies.join(" ") },
    ...missing !== void 0 && { permission: missing },
    scope: general.scope === "user" && hint?.affectsAllUsers === true ? "all_users" : general.scope,
    errors
  };
}
function proxyRefusal(status) {
  return {
    what: `The proxy answered ${statusText(status)} to CONNECT`,
    remedy: status === 407 ? PROXY_CREDENTIAL : "Check `HTTPS_PROXY`, and whether the proxy lets the runner reach the API.",
    scope: status === 407 ? "all_users" : "transient",
    errors: []
  };
}
function statusText(status) {
  return [status, external_node_http_namespaceObject.STATUS_CODES[status]].filter(Boolean).join(" ");
}
function meaningOf(status, isCloudflares) {
  const foreign = isCloudflares ? void 0 : FOREIGN_MEANINGS[status];
  if (status >= 500) return SERVER_ERROR;
  return foreign ?? MEANINGS[status] ?? (isRedirect(status) ? REDIRECT : OTHER);
}
function whatHappened(status, isCloudflares) {
  if (isRedirect(status))
    return `Something answered with a redirect (${statusText(status)}), which is not followed`;
  if (status === 403 && !isCloudflares)
    return `Something in front of Cloudflare's API answered ${statusText(status)}`;
  return `Cloudflare answered ${statusText(status)}${status <= 299 ? ' with "success": false' : ""}`;
}
function isRedirect(status) {
  return status >= 300 && status <= 399;
}

// src/cloudflare/answer.ts
function idsOf({ httpStatus, rayId }) {
  return { httpStatus, ...rayId !== void 0 && { rayId } };
}
var ErrorEntry = (0,chunk_OXARIGI2/* object */.Ik)({
  code: (0,chunk_OXARIGI2/* optional */.lq)((0,chunk_OXARIGI2/* union */.KC)([(0,chunk_OXARIGI2/* number */.ai)(), (0,chunk_OXARIGI2/* string */.Yj)()])),
  message: (0,chunk_OXARIGI2/* optional */.lq)((0,chunk_OXARIGI2/* string */.Yj)()),
  documentation_url: (0,chunk_OXARIGI2/* fallback */.Np)((0,chunk_OXARIGI2/* optional */.lq)((0,chunk_OXARIGI2/* string */.Yj)()), void 0)
});
var Errors = (0,chunk_OXARIGI2/* fallback */.Np)(
  (0,chunk_OXARIGI2/* array */.YO)(
    (0,chunk_OXARIGI2/* fallback */.Np)(
      (0,chunk_OXARIGI2/* object */.Ik)({ ...ErrorEntry.entries, error_chain: (0,chunk_OXARIGI2/* fallback */.Np)((0,chunk_OXARIGI2/* array */.YO)((0,chunk_OXARIGI2/* fallback */.Np)(ErrorEntry, {})), []) }),
      { error_chain: [] }
    )
  ),
  []
);
var Envelope = (0,chunk_OXARIGI2/* object */.Ik)({
  success: (0,chunk_OXARIGI2/* boolean */.zM)(),
  errors: (0,chunk_OXARIGI2/* optional */.lq)((0,chunk_OXARIGI2/* unknown */.L5)()),
  result: (0,chunk_OXARIGI2/* optional */.lq)((0,chunk_OXARIGI2/* unknown */.L5)()),
  result_info: (0,chunk_OXARIGI2/* optional */.lq)((0,chunk_OXARIGI2/* unknown */.L5)())
});
var NoErrors = (0,chunk_OXARIGI2/* nullish */.cl)((0,chunk_OXARIGI2/* pipe */.Fs)((0,chunk_OXARIGI2/* array */.YO)((0,chunk_OXARIGI2/* unknown */.L5)()), (0,chunk_OXARIGI2/* maxLength */.Ru)(0)));
var MAX_ERRORS = 10;
function readAttempt(exchange, spec, credential) {
  if (exchange.kind === "no_answer") {
    const problem = exchange.cause === "proxy" ? proxyRefusal(exchange.status) : connectionFailure(exchange);
    return { exchange, isRateLimited: false, answer: { kind: "problem", problem } };
  }
  const parsed = (0,chunk_OXARIGI2/* safeParse */.xL)(
    Envelope,
    json(exchange.body, (text) => withoutSecret(credential, text))
  );
  const envelope = parsed.success ? parsed.output : void 0;
  const errors = errorsOf(envelope?.errors);
  const ray = exchange.headers["cf-ray"];
  const ids = {
    httpStatus: exchange.status,
    ...typeof ray === "string" && { rayId: (0,chunk_VWMF4SLR/* shortened */.vI)(withoutSecret(credential, ray), 64) }
  };
  return {
    exchange,
    isRateLimited: isRateLimited(exchange.status, envelope, errors),
    answer: readAnswer(exchange, envelope, errors, spec, ids)
  };
}
function isRateLimited(status, envelope, errors) {
  const hint = hintFor(errors);
  if (status === 429) return hint?.affectsAllUsers !== true;
  return envelope?.success === false && hint?.rateLimit === true;
}
function readAnswer({ status, headers, receivedAt }, envelope, errors, spec, ids) {
  const unexpected2 = (what) => ({
    kind: "problem",
    problem: { ...ids, what, remedy: PROXY_REMEDY, scope: "transient", errors }
  });
  if (status < 200)
    return unexpected2(`Something answered with the HTTP status ${status}, which no answer can have`);
  if (status > 299 || envelope?.success === false) {
    const isCloudflares = envelope !== void 0 && headers["cf-mitigated"] === void 0;
    return {
      kind: "problem",
      problem: { ...ids, ...refusal(status, isCloudflares, errors, spec.permission) }
    };
  }
  if (envelope === void 0)
    return unexpected2(`Something answered ${statusText(status)}, but not in the form of Cloudflare's API`);
  if (!(0,chunk_OXARIGI2.is)(NoErrors, envelope.errors)) {
    return unexpected2(
      `Cloudflare answered ${statusText(status)} with "success": true and errors, which contradict each other`
    );
  }
  const parsed = (0,chunk_OXARIGI2/* safeParse */.xL)(spec.result, envelope.result);
  if (!parsed.success) {
    return unexpected2(
      `Cloudflare answered ${statusText(status)}, but without the result that its API reference promises`
    );
  }
  return {
    kind: "result",
    result: parsed.output,
    ...ids,
    date: (0,chunk_OXARIGI2/* parseHttpDate */.m6)(headers.date ?? ""),
    receivedAt,
    resultInfo: envelope.result_info
  };
}
function errorsOf(given) {
  return (0,chunk_OXARIGI2/* parse */.qg)(Errors, given).flatMap(apiErrors).slice(0, MAX_ERRORS);
}
function apiErrors(entry) {
  return [entry, ...entry.error_chain].filter(({ code: code2, message }) => code2 !== void 0 || message !== void 0).map(({ code: code2, message = "no message", documentation_url: documentationUrl }) => ({
    ...apiError(code2, message),
    ...documentationUrl !== void 0 && { documentationUrl }
  }));
}
function json(text, clean) {
  try {
    return JSON.parse(text, (_key, value) => typeof value === "string" ? clean(value) : value);
  } catch {
    return void 0;
  }
}

// src/cloudflare/permissions.ts

var LOCKED_OUT = 10502;
var Permissions = class {
  #queue;
  #accepted = /* @__PURE__ */ new Set();
  #refusals = /* @__PURE__ */ new Map();
  constructor(queue) {
    this.#queue = queue;
  }
  /** Why Cloudflare refuses all calls that take this permission; undefined if it does not. */
  refusal(permission) {
    return this.#refusals.get(permission);
  }
  /**
   * The answer to a call, unless it refuses a permission that Cloudflare has granted in this run: as that may be a
   * mistake, the call is sent again, alone, before it is believed.
   */
  async confirmed(answer, permission, resend) {
    const isContradiction = this.#accepted.has(permission) && isRefusal(answer) && !isLockedOut(answer);
    const latest = isContradiction ? await this.#recheck(answer, permission, resend) : answer;
    if (latest.kind === "result") this.#accepted.add(permission);
    else if (latest.problem.scope === "all_users") {
      this.#accepted.delete(permission);
      this.#refusals.set(permission, latest.problem);
    }
    return latest;
  }
  async #recheck(answer, permission, resend) {
    const refusedAt = (0,chunk_OXARIGI2/* elapsed */.vk)();
    const { stop } = this.#queue;
    return this.#queue.recheck(async () => {
      let latest = answer;
      for (const after of RECHECKS_AFTER_MS) {
        const delay = Math.max(0, refusedAt + after - (0,chunk_OXARIGI2/* elapsed */.vk)());
        await (0,promises_namespaceObject.setTimeout)(delay, void 0, { signal: stop.startSignal }).catch(() => void 0);
        if (stop.reason !== void 0 || !this.#accepted.has(permission)) return latest;
        latest = await resend();
        if (!isRefusal(latest)) return latest;
      }
      return latest;
    });
  }
};
function isRefusal(answer) {
  if (answer.kind === "result") return false;
  const { httpStatus, scope } = answer.problem;
  return httpStatus === 401 || httpStatus === 403 && scope === "all_users";
}
function isLockedOut({ problem }) {
  return problem.errors.some(({ code: code2 }) => Number(code2) === LOCKED_OUT);
}

// src/cloudflare/client.ts
var VERSION = "1.0.0";
var Client = class {
  #options;
  #permissions;
  constructor(options) {
    this.#options = options;
    this.#permissions = new Permissions(options.queue);
  }
  /** Makes the call. It never throws because of Cloudflare or the network. */
  async call(request) {
    const { maxAttempts, queue, log } = this.#options;
    const { stop } = queue;
    const { permission = "", isOptional = false } = request;
    const refused = isOptional ? this.#permissions.refusal(permission) : void 0;
    if (refused !== void 0) return { kind: "problem", problem: refused, attempts: 0 };
    let attempts = 0;
    let sent = false;
    let last;
    const send = async (priority) => {
      const { answer } = await queue.send(
        async () => this.#attempt(request, attempts + 1),
        () => {
          sent = true;
        },
        priority
      );
      attempts += 1;
      last = answer;
      return answer;
    };
    const attempt2 = async () => {
      const first = await send(request.priority ?? "read");
      const answer = await this.#permissions.confirmed(first, permission, async () => send("recheck"));
      if (answer.kind === "problem" && answer.problem.scope === "transient") {
        throw new TransientFailure(answer.problem);
      }
      return answer;
    };
    try {
      const answer = await pRetry(attempt2, {
        retries: maxAttempts - 1,
        minTimeout: FIRST_BACKOFF_MS,
        maxTimeout: MAX_BACKOFF_MS,
        randomize: true,
        signal: stop.startSignal,
        shouldRetry: ({ error: error2 }) => error2 instanceof TransientFailure,
        onFailedAttempt: ({ error: error2, retriesLeft, retryDelay }) => {
          if (!(error2 instanceof TransientFailure) || retriesLeft === 0) return;
          const tried = `attempt ${maxAttempts - retriesLeft} of ${maxAttempts} failed`;
          const next = `${tried}, trying again in ${(retryDelay / 1e3).toFixed(1)} s`;
          log.info(`${request.about}: ${next}. ${error2.message}.`);
        }
      });
      return { ...answer, attempts };
    } catch (error2) {
      if (error2 instanceof TransientFailure)
        return { kind: "problem", problem: finalProblem(error2), attempts };
      if (!(error2 instanceof Stopped)) throw error2;
      return last === void 0 ? { kind: "stopped", reason: error2.reason, sent, attempts } : { ...last, attempts };
    }
  }
  /** Makes one attempt and logs it at debug level. */
  async #attempt(request, number2) {
    const { http: http3, queue, credential, log } = this.#options;
    const start = (0,chunk_OXARIGI2/* elapsed */.vk)();
    const exchange = await http3.attempt(this.#http(request), queue.stop.responseSignal);
    const attempt2 = readAttempt(exchange, request, credential);
    const { rayId = "none" } = attempt2.answer.kind === "result" ? attempt2.answer : attempt2.answer.problem;
    const outcome = exchange.kind === "answer" ? `${exchange.status}, ray ID ${rayId}` : `no answer (${causeOf(exchange)})`;
    const took = `${Math.round((0,chunk_OXARIGI2/* elapsed */.vk)() - start)} ms, attempt ${number2}, new connection`;
    log.debug(`${request.method} ${request.path.replace("?", " ?")}: ${outcome}, ${took}`);
    return attempt2;
  }
  #http({ method, path, body }) {
    const { baseUrl, credential } = this.#options;
    return {
      method,
      url: `${baseUrl}${path}`,
      headers: {
        accept: "application/json",
        "user-agent": `revoke-cloudflare-access/${VERSION}`,
        ...credentialHeaders(credential),
        ...body !== void 0 && { "content-type": "application/json" }
      },
      ...body !== void 0 && { body: JSON.stringify(body) }
    };
  }
};
function causeOf(exchange) {
  const detail = exchange.cause === "proxy" ? exchange.status : exchange.code;
  return [exchange.cause, detail].filter(Boolean).join(" ");
}
function finalProblem({ problem }) {
  return problem.httpStatus === 403 ? { ...problem, scope: "all_users" } : problem;
}
var TransientFailure = class extends Error {
  problem;
  constructor(problem) {
    super(describe(problem));
    this.problem = problem;
  }
};

// src/cloudflare/list-pages.ts
var PER_PAGE = 1e3;
var MAX_PAGES = 100;
var Count = (0,chunk_OXARIGI2/* nullish */.cl)((0,chunk_OXARIGI2/* pipe */.Fs)((0,chunk_OXARIGI2/* number */.ai)(), (0,chunk_OXARIGI2/* integer */.nd)(), (0,chunk_OXARIGI2/* minValue */.Ww)(0)));
var ListInfo = (0,chunk_OXARIGI2/* nullish */.cl)(
  (0,chunk_OXARIGI2/* object */.Ik)({
    count: Count,
    per_page: Count,
    total_count: Count,
    total_pages: Count,
    cursor: (0,chunk_OXARIGI2/* nullish */.cl)((0,chunk_OXARIGI2/* string */.Yj)())
  })
);
async function allPages(read, keyOf, { maxPages = MAX_PAGES, keep = () => true } = {}) {
  const keys = /* @__PURE__ */ new Set();
  const kept = [];
  let attempts = 0;
  let ids = {};
  let received = 0;
  let total;
  for (let page = 1; page <= maxPages; page += 1) {
    const call = await read(page, PER_PAGE);
    attempts += call.attempts;
    if (call.kind !== "result") return { ...call, attempts };
    ids = idsOf(call);
    const records = call.result ?? [];
    const before = keys.size;
    for (const record of records) {
      keys.add(keyOf(record));
      if (keep(record)) kept.push(record);
    }
    received += records.length;
    const info2 = infoOf(call);
    if (info2 === void 0 || contradict(total, info2.total)) break;
    total ??= info2.total;
    if (total === void 0 ? records.length === 0 : keys.size >= total) {
      const { count: count2 = 0, pages = 0 } = info2;
      if (keys.size > (total ?? keys.size) || received < count2 || page < pages) break;
      return { ...call, result: distinct(kept), attempts };
    }
    if (keys.size === before || total !== void 0 && total > records.length * maxPages) break;
  }
  return incompleteList(keys.size, attempts, ids);
}
function distinct(records) {
  return [...new Map(records.map((record) => [JSON.stringify(record), record])).values()];
}
async function allAfterCursors(read, keyOf, merge) {
  const found = /* @__PURE__ */ new Map();
  const cursors = /* @__PURE__ */ new Set();
  let cursor;
  let attempts = 0;
  let ids = {};
  let total;
  while (cursors.size < MAX_PAGES) {
    const call = await read(cursor);
    attempts += call.attempts;
    if (call.kind !== "result") return { ...call, attempts };
    ids = idsOf(call);
    const records = call.result ?? [];
    for (const record of records) {
      const known2 = found.get(keyOf(record));
      found.set(keyOf(record), known2 === void 0 ? record : merge(known2, record));
    }
    const info2 = infoOf(call);
    if (info2 === void 0 || contradict(total, info2.total)) break;
    total ??= info2.total;
    const { cursor: next, count: count2 = 0, perPage } = info2;
    if (records.length < count2) break;
    if (next === void 0 || next === null || next === "") {
      const isSilent = next === void 0 && total === void 0 && mayBeFull(records.length, perPage);
      if (isSilent || found.size !== (total ?? found.size)) break;
      return { ...call, result: [...found.values()], attempts };
    }
    if (cursors.has(next)) break;
    cursors.add(next);
    cursor = next;
  }
  return incompleteList(found.size, attempts, ids);
}
function onlyPage(call) {
  if (call.kind !== "result") return call;
  const result = call.result ?? [];
  const info2 = infoOf(call);
  const isComplete = info2 !== void 0 && result.length >= (info2.count ?? 0) && (info2.pages ?? 1) <= 1 && (info2.total === void 0 ? result.length < (info2.perPage ?? Infinity) : result.length === info2.total);
  return isComplete ? { ...call, result } : incompleteList(result.length, call.attempts, idsOf(call));
}
function infoOf({ resultInfo }) {
  const parsed = (0,chunk_OXARIGI2/* safeParse */.xL)(ListInfo, resultInfo);
  if (!parsed.success) return void 0;
  const { count: count2, per_page, total_count, total_pages, cursor } = parsed.output ?? {};
  return {
    count: count2 ?? void 0,
    perPage: per_page ?? void 0,
    total: total_count ?? void 0,
    pages: total_pages ?? void 0,
    cursor
  };
}
function contradict(total, other) {
  return total !== void 0 && other !== void 0 && total !== other;
}
function mayBeFull(records, perPage) {
  if (perPage !== void 0) return records >= perPage;
  return records > 0 && (records % 10 === 0 || records % 25 === 0);
}
function incompleteList(read, attempts, ids) {
  const problem = userProblem(
    `One of Cloudflare's lists could not be read completely; it ended after ${read} records`,
    "Run the step again. If this keeps happening, contact Cloudflare support."
  );
  return { kind: "problem", problem: { ...problem, ...ids }, attempts };
}

// src/cloudflare/records.ts
var Text = (0,chunk_OXARIGI2/* fallback */.Np)((0,chunk_OXARIGI2/* optional */.lq)((0,chunk_OXARIGI2/* pipe */.Fs)((0,chunk_OXARIGI2/* string */.Yj)(), (0,chunk_OXARIGI2/* nonEmpty */.hq)())), void 0);
var Address = (0,chunk_OXARIGI2/* pipe */.Fs)((0,chunk_OXARIGI2/* string */.Yj)(), (0,chunk_OXARIGI2/* trim */.Bq)());
var OptionalAddress = (0,chunk_OXARIGI2/* fallback */.Np)((0,chunk_OXARIGI2/* optional */.lq)((0,chunk_OXARIGI2/* pipe */.Fs)(Address, (0,chunk_OXARIGI2/* nonEmpty */.hq)())), void 0);
var Flag = (0,chunk_OXARIGI2/* fallback */.Np)((0,chunk_OXARIGI2/* optional */.lq)((0,chunk_OXARIGI2/* boolean */.zM)()), void 0);
var Count2 = (0,chunk_OXARIGI2/* fallback */.Np)((0,chunk_OXARIGI2/* optional */.lq)((0,chunk_OXARIGI2/* pipe */.Fs)((0,chunk_OXARIGI2/* number */.ai)(), (0,chunk_OXARIGI2/* integer */.nd)(), (0,chunk_OXARIGI2/* minValue */.Ww)(0))), void 0);
var Time = (0,chunk_OXARIGI2/* pipe */.Fs)((0,chunk_OXARIGI2/* optional */.lq)((0,chunk_OXARIGI2/* unknown */.L5)(), null), (0,chunk_OXARIGI2/* transform */.pd)(recordTime));
var Words = (0,chunk_OXARIGI2/* fallback */.Np)(
  (0,chunk_OXARIGI2/* optional */.lq)(
    (0,chunk_OXARIGI2/* pipe */.Fs)(
      (0,chunk_OXARIGI2/* string */.Yj)(),
      (0,chunk_OXARIGI2/* nonEmpty */.hq)(),
      (0,chunk_OXARIGI2/* transform */.pd)((text) => (0,chunk_VWMF4SLR/* shortened */.vI)(text, 100))
    )
  ),
  void 0
);
var AccessUser = (0,chunk_OXARIGI2/* object */.Ik)({
  id: (0,chunk_OXARIGI2/* pipe */.Fs)((0,chunk_OXARIGI2/* string */.Yj)(), (0,chunk_OXARIGI2/* nonEmpty */.hq)()),
  uid: Text,
  email: Address,
  seat_uid: Text,
  access_seat: Flag,
  gateway_seat: Flag,
  active_device_count: Count2,
  /** ISO 8601. */
  last_successful_login: Text
});
var Session = (0,chunk_OXARIGI2/* pipe */.Fs)(
  (0,chunk_OXARIGI2/* fallback */.Np)(
    (0,chunk_OXARIGI2/* object */.Ik)({
      name: Text,
      metadata: (0,chunk_OXARIGI2/* fallback */.Np)(
        (0,chunk_OXARIGI2/* object */.Ik)({
          iat: (0,chunk_OXARIGI2/* fallback */.Np)((0,chunk_OXARIGI2/* optional */.lq)((0,chunk_OXARIGI2/* pipe */.Fs)((0,chunk_OXARIGI2/* number */.ai)(), (0,chunk_OXARIGI2/* integer */.nd)())), void 0),
          nonce: Text
        }),
        {}
      )
    }),
    { metadata: {} }
  ),
  (0,chunk_OXARIGI2/* transform */.pd)(({ name, metadata: { iat, nonce } }) => ({
    /** Its nonce and its name, as far as they are known: a session that shares one with another is the same. */
    keys: [nonce, name].flatMap((key) => key ?? []),
    iat
  }))
);
var Registration = (0,chunk_OXARIGI2/* pipe */.Fs)(
  (0,chunk_OXARIGI2/* object */.Ik)({
    id: (0,chunk_OXARIGI2/* pipe */.Fs)((0,chunk_OXARIGI2/* string */.Yj)(), (0,chunk_OXARIGI2/* nonEmpty */.hq)()),
    device: (0,chunk_OXARIGI2/* fallback */.Np)((0,chunk_OXARIGI2/* object */.Ik)({ name: Text }), { name: void 0 }),
    user: (0,chunk_OXARIGI2/* fallback */.Np)((0,chunk_OXARIGI2/* object */.Ik)({ id: Text, email: OptionalAddress }), {
      id: void 0,
      email: void 0
    }),
    registration_type: Text,
    created_at: Time,
    revoked_at: Time,
    deleted_at: Time
  }),
  (0,chunk_OXARIGI2/* transform */.pd)(({ id, device, user, registration_type: type, created_at, revoked_at, deleted_at }) => ({
    id,
    /** Of the device; undefined if it has none. */
    name: device.name,
    type,
    owner: user,
    createdAt: created_at,
    revokedAt: revoked_at,
    deletedAt: deleted_at
  }))
);
function mergedRegistration(one, other) {
  const sameOwner = one.owner.id === other.owner.id && one.owner.email === other.owner.email;
  return {
    ...one,
    owner: sameOwner ? one.owner : { id: void 0, email: void 0 },
    createdAt: mergedTime(one.createdAt, other.createdAt),
    revokedAt: mergedTime(one.revokedAt, other.revokedAt),
    deletedAt: mergedTime(one.deletedAt, other.deletedAt)
  };
}
var Seat = (0,chunk_OXARIGI2/* object */.Ik)({
  seat_uid: Text,
  access_seat: Flag,
  gateway_seat: Flag
});
var Login = (0,chunk_OXARIGI2/* pipe */.Fs)(
  (0,chunk_OXARIGI2/* fallback */.Np)(
    (0,chunk_OXARIGI2/* object */.Ik)({
      user_email: OptionalAddress,
      created_at: Time,
      app_domain: Words,
      connection: Words,
      ip_address: Words,
      allowed: Flag
    }),
    { created_at: "unreadable" }
  ),
  (0,chunk_OXARIGI2/* transform */.pd)(({ user_email: email, created_at, app_domain: app, connection, ip_address: ip, allowed }) => ({
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
var TokenStatus = (0,chunk_OXARIGI2/* object */.Ik)({
  status: (0,chunk_OXARIGI2/* string */.Yj)(),
  not_before: (0,chunk_OXARIGI2/* optional */.lq)((0,chunk_OXARIGI2/* string */.Yj)()),
  expires_on: (0,chunk_OXARIGI2/* optional */.lq)((0,chunk_OXARIGI2/* string */.Yj)())
});
var UserDetails = (0,chunk_OXARIGI2/* object */.Ik)({ id: (0,chunk_OXARIGI2/* string */.Yj)() });
function recordTime(given) {
  if (given === null) return "absent";
  const at = typeof given === "string" ? (0,chunk_OXARIGI2/* parseTimestamp */.EH)(given) : void 0;
  return at === void 0 ? "unreadable" : { at };
}
function mergedTime(one, other) {
  if (typeof one === "object" && typeof other === "object" && one.at === other.at) return one;
  return one === other ? one : "unreadable";
}

// src/cloudflare/endpoints.ts
var REVOKE = { permission: "Access: Organizations Revoke" };
var READ_USERS = { permission: "Access: Audit Logs Read", isOptional: true };
var READ_DEVICES = { permission: "Zero Trust Read", isOptional: true };
var WRITE_SEATS = { permission: "Zero Trust: Seats Write", isOptional: true };
var CREDENTIAL = "The check of the credential";
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
  /**
   * Revokes the user's access across all applications of the organization (Cloudflare API reference, "revoke_user").
   * `result` is true only if Cloudflare confirmed it.
   */
  async revokeUser(user, priority) {
    const path = `/access/organizations/revoke_user${user.devices ? "?devices=true" : ""}`;
    const body = {
      email: user.email,
      ...user.userUid !== void 0 && { user_uid: user.userUid },
      ...user.devices && { devices: true },
      ...user.warpSessionReauth && { warp_session_reauth: true }
    };
    const [result, about] = [(0,chunk_OXARIGI2/* boolean */.zM)(), user.email];
    return this.#call({ ...REVOKE, method: "POST", path, body, result, about, priority });
  }
  /** Asks whether the API token is active; the endpoint has to fit who owns the token. */
  async verifyToken(owner) {
    const request = { method: "GET", result: TokenStatus, about: CREDENTIAL };
    return owner === "user" ? this.#client.call({ ...request, path: "/user/tokens/verify" }) : this.#call({ ...request, path: "/tokens/verify" });
  }
  /** Asks for the user that a Global API key belongs to. */
  async userDetails() {
    return this.#client.call({ method: "GET", path: "/user", result: UserDetails, about: CREDENTIAL });
  }
  /**
   * Lists users, all pages. Accounts only; permission: "Access: Audit Logs Read".
   *
   * @returns two records with one ID if Cloudflare's list contradicts itself
   */
  async users(filter, about, options = {}) {
    const result = (0,chunk_OXARIGI2/* nullable */.me)((0,chunk_OXARIGI2/* array */.YO)(AccessUser));
    const request = { ...READ_USERS, method: "GET", result, about, priority: "look_up" };
    return allPages(
      async (page, perPage) => {
        const query = new URLSearchParams({ ...filter, page: `${page}`, per_page: `${perPage}` });
        return this.#call({ ...request, path: `/access/users?${query.toString()}` });
      },
      ({ id }) => id,
      options
    );
  }
  /** Lists the active sessions of a user. Accounts only; permission: "Access: Audit Logs Read". */
  async activeSessions(id, about, priority) {
    const uuid = (0,chunk_OXARIGI2/* parseUuid */.Xw)(id);
    if (uuid === void 0) return { kind: "problem", problem: NO_UUID, attempts: 0 };
    const path = `/access/users/${uuid}/active_sessions`;
    const result = (0,chunk_OXARIGI2/* nullable */.me)((0,chunk_OXARIGI2/* array */.YO)(Session));
    return onlyPage(await this.#call({ ...READ_USERS, method: "GET", path, result, about, priority }));
  }
  /**
   * Lists the latest logins of a user, one page of them. Cloudflare does not document how soon it lists a login, and
   * forgets them after a day on some plans, so a missing login proves nothing. Accounts only; permission: "Access: Audit
   * Logs Read".
   *
   * @param since - milliseconds since the epoch
   */
  async logins({ email, since }, about) {
    const query = new URLSearchParams({
      since: (0,chunk_OXARIGI2/* isoTime */.Ly)(since),
      direction: "desc",
      email,
      email_exact: "true"
    });
    const path = `/access/logs/access_requests?${query.toString()}`;
    const result = (0,chunk_OXARIGI2/* nullable */.me)((0,chunk_OXARIGI2/* array */.YO)(Login));
    const call = await this.#call({ ...READ_USERS, method: "GET", path, result, about });
    if (call.kind !== "result") return call;
    const own = (call.result ?? []).filter(
      ({ email: other = "", at = -Infinity }) => (0,chunk_OXARIGI2/* addressKey */.IY)(other) === (0,chunk_OXARIGI2/* addressKey */.IY)(email) && at >= since
    );
    return { ...call, result: own };
  }
  /**
   * Lists the device registrations of users, all pages. Accounts and API tokens only. Cloudflare documents no
   * permission; "Zero Trust Read" is the group that covers devices.
   *
   * @param userIds - of all the users; the server serves them by pages of a size of its own
   */
  async registrations(userIds, status, about) {
    const result = (0,chunk_OXARIGI2/* nullable */.me)((0,chunk_OXARIGI2/* array */.YO)(Registration));
    const priority = status === "active" ? "look_up" : "read";
    const request = { ...READ_DEVICES, method: "GET", result, about, priority };
    return allAfterCursors(
      async (cursor) => {
        const query = new URLSearchParams(userIds.map((id) => ["user.id", id]));
        query.set("status", status);
        if (cursor !== void 0) query.set("cursor", cursor);
        return this.#call({ ...request, path: `/devices/registrations?${query.toString()}` });
      },
      ({ id }) => id,
      mergedRegistration
    );
  }
  /**
   * Frees seats: neither Access nor Gateway keeps them. It deletes all device registrations of their users, and a new
   * login takes a seat again (Cloudflare One docs, "Seat management"). Accounts only; permission: "Zero Trust: Seats
   * Write".
   */
  async freeSeats(seatUids, about) {
    const body = seatUids.map((uid) => ({ seat_uid: uid, access_seat: false, gateway_seat: false }));
    const result = (0,chunk_OXARIGI2/* nullable */.me)((0,chunk_OXARIGI2/* array */.YO)(Seat));
    const request = { ...WRITE_SEATS, method: "PATCH", path: "/access/seats", body, result, about };
    const call = await this.#call(request);
    return call.kind === "result" ? { ...call, result: call.result ?? [] } : call;
  }
  /** Makes a call below the account or zone. */
  async #call(request) {
    const { type, id } = this.#target;
    return this.#client.call({ ...request, path: `/${type}s/${id}${request.path}` });
  }
};

// src/organization/registrations-reader.ts
var MAX_USERS_PER_CALL = 50;
var RegistrationsReader = class {
  #endpoints;
  #directory;
  #queue;
  #stop;
  #gatherForMs;
  /** The batches read before revocations, by the address key of their first user. */
  #batches = /* @__PURE__ */ new Map();
  #confirmedIdKinds = /* @__PURE__ */ new Set();
  #waiting = [];
  /** @param gatherForMs - how long reads after revocations are gathered into one call, holds not counted */
  constructor(endpoints, directory, { queue, stop, gatherForMs }) {
    this.#endpoints = endpoints;
    this.#directory = directory;
    this.#queue = queue;
    this.#stop = stop;
    this.#gatherForMs = gatherForMs;
  }
  /** The active registrations before anything is revoked. They are read once for the whole batch of listed users. */
  async readBefore(owner) {
    const batch = await this.#directory.batchOf(owner.email, MAX_USERS_PER_CALL) ?? [owner];
    const [first = owner] = batch;
    const key = (0,chunk_OXARIGI2/* addressKey */.IY)(first.email);
    const reading = this.#batches.get(key) ?? this.#readBatch(batch, "active");
    this.#batches.set(key, reading);
    return listOf(await reading, owner);
  }
  /** The registrations as they are now, revoked ones included. Reads of several users are gathered into one call. */
  async readAfter(owner) {
    const read = { owner, ...Promise.withResolvers() };
    this.#waiting.push(read);
    if (this.#waiting.length === MAX_USERS_PER_CALL) void this.#readWaiting();
    else if (this.#waiting.length === 1) {
      const readWaiting = async () => this.#readWaiting();
      void this.#queue.wait(this.#gatherForMs, this.#stop.startSignal).then(readWaiting, readWaiting);
    }
    return read.promise;
  }
  /**
   * Whether an empty list means that this user has no registrations: in this run, the same kind of ID found a
   * registration of another user that carried its owner's address.
   */
  emptyListIsConclusive({ records }) {
    const kinds = this.#confirmedIdKinds;
    return records.every(({ uid }) => kinds.has("id") || kinds.has("uid") && uid !== void 0);
  }
  async #readWaiting() {
    const reads = this.#waiting.splice(0);
    if (reads.length === 0) return;
    const owners = reads.map(({ owner }) => owner);
    const batch = this.#readBatch(owners, "all");
    for (const { owner, resolve } of reads) resolve(batch.then((lists) => listOf(lists, owner)));
    await Promise.allSettled([batch]);
  }
  async #readBatch(owners, status) {
    const [first] = owners;
    const isOne = owners.length === 1;
    const ids = owners.flatMap(({ records }) => records.flatMap(({ id, uid = id }) => [id, uid]));
    const about = isOne && first !== void 0 ? first.email : `The devices of ${owners.length} users`;
    const call = await this.#endpoints.registrations([...new Set(ids)], status, about);
    const readEach = async () => {
      const batches = await Promise.all(owners.map(async (owner) => this.#readBatch([owner], status)));
      return new Map(batches.flatMap((batch) => [...batch]));
    };
    if (call.kind !== "result") {
      const concernsOne = call.kind === "problem" && call.problem.scope === "user" && !isOne;
      return concernsOne ? readEach() : new Map(owners.map(({ email }) => [(0,chunk_OXARIGI2/* addressKey */.IY)(email), call]));
    }
    const { owned, ownerless } = this.#sort(call.result, owners);
    if (ownerless.length > 0 && !isOne) return readEach();
    return new Map(
      owners.map((owner) => [
        (0,chunk_OXARIGI2/* addressKey */.IY)(owner.email),
        { ...call, result: [...owned.get(owner) ?? [], ...ownerless] }
      ])
    );
  }
  /** Assigns registrations to their owners by ID and by address. One that fits two users counts for both. */
  #sort(registrations, owners) {
    const byEmail = new Map(owners.map((owner) => [(0,chunk_OXARIGI2/* addressKey */.IY)(owner.email), owner]));
    const byId = /* @__PURE__ */ new Map();
    for (const owner of owners) {
      for (const { id, uid } of owner.records) {
        for (const [kind, value] of [["id", id], ["uid", uid]]) {
          if (value === void 0) continue;
          const key = (0,chunk_OXARIGI2/* uuidKey */.V6)(value);
          byId.set(key, (byId.get(key) ?? /* @__PURE__ */ new Map()).set(kind, owner));
        }
      }
    }
    const owned = /* @__PURE__ */ new Map();
    const ownerless = [];
    for (const registration of registrations) {
      const { id, email } = registration.owner;
      if (id === void 0 && email === void 0) ownerless.push(registration);
      const kinds = id === void 0 ? void 0 : byId.get((0,chunk_OXARIGI2/* uuidKey */.V6)(id));
      const named = email === void 0 ? void 0 : byEmail.get((0,chunk_OXARIGI2/* addressKey */.IY)(email));
      const [match, ...further] = kinds ?? [];
      if (match !== void 0 && match[1] === named && further.length === 0)
        this.#confirmedIdKinds.add(match[0]);
      for (const owner of /* @__PURE__ */ new Set([...kinds?.values() ?? [], ...named === void 0 ? [] : [named]])) {
        owned.set(owner, [...owned.get(owner) ?? [], registration]);
      }
    }
    return { owned, ownerless };
  }
};
function listOf(batch, { email }) {
  const list3 = batch.get((0,chunk_OXARIGI2/* addressKey */.IY)(email));
  if (list3 === void 0) throw new Error(`no list for ${email}`);
  return list3;
}

// src/organization/user-directory.ts
var UserDirectory = class {
  #endpoints;
  /** The keys of all addresses that will be looked up, in the order given. */
  #wanted;
  #isWanted;
  #onNotListed;
  #listing;
  /**
   * @param wanted - all addresses that will be looked up, each once
   * @param onNotListed - called if the whole organization would take too many calls, or cannot be listed
   */
  constructor(endpoints, wanted, onNotListed) {
    this.#endpoints = endpoints;
    this.#wanted = wanted.map(chunk_OXARIGI2/* addressKey */.IY);
    this.#isWanted = new Set(this.#wanted);
    this.#onNotListed = onNotListed;
  }
  /** The records with exactly this address, in any letter case. Never throws for what Cloudflare does. */
  async find(email) {
    if (this.#wanted.length < 2) return this.findNow(email);
    const listing = await (this.#listing ??= this.#list());
    if (listing.kind === "stopped") return listing;
    if (listing.kind === "problem")
      return listing.problem.scope === "all_users" ? listing : this.findNow(email);
    const records = listing.result.get((0,chunk_OXARIGI2/* addressKey */.IY)(email));
    const isUnclear = records === void 0 || new Set(records.map(({ id }) => id)).size < records.length;
    return isUnclear ? this.findNow(email) : { ...listing, result: records };
  }
  /** The batch of listed users that this one belongs to, at most `size`; undefined for a user who was not in the list. */
  async batchOf(email, size) {
    const listing = await this.#listing;
    const key = (0,chunk_OXARIGI2/* addressKey */.IY)(email);
    if (listing?.kind !== "result" || !listing.result.has(key)) return void 0;
    const start = Math.floor(this.#wanted.indexOf(key) / size) * size;
    return this.#wanted.slice(start, start + size).flatMap((each) => {
      const records = listing.result.get(each);
      return records === void 0 ? [] : [{ email: each, records, readAt: listing.receivedAt }];
    });
  }
  async #list() {
    const call = await this.#endpoints.users({}, "The list of all users", {
      maxPages: this.#wanted.length - 1,
      keep: ({ email }) => this.#isWanted.has((0,chunk_OXARIGI2/* addressKey */.IY)(email))
    });
    if (call.kind !== "result") {
      this.#onNotListed();
      return call;
    }
    return { ...call, result: Map.groupBy(call.result, ({ email }) => (0,chunk_OXARIGI2/* addressKey */.IY)(email)) };
  }
  /**
   * The same, without the list. The filter may return other users and may be case-sensitive, and some users are reported
   * to be found by `search` only.
   */
  async findNow(email) {
    const found = await this.#withAddress(email, { email });
    if (found.kind !== "result") return found;
    const lower = (0,chunk_OXARIGI2/* addressKey */.IY)(email);
    const folded2 = lower === email ? found : await this.#withAddress(email, { email: lower });
    if (folded2.kind !== "result") return folded2;
    const ids = new Set(folded2.result.map(({ id }) => id));
    const records = [...found.result.filter(({ id }) => !ids.has(id)), ...folded2.result];
    if (records.length > 0) return { ...folded2, result: records };
    const searched = await this.#withAddress(email, { search: email });
    const isUnknown = searched.kind === "result" && searched.result.length === 0;
    return isUnknown && lower !== email ? this.#withAddress(email, { search: lower }) : searched;
  }
  async #withAddress(email, filter) {
    const key = (0,chunk_OXARIGI2/* addressKey */.IY)(email);
    return this.#endpoints.users(filter, email, { keep: (user) => (0,chunk_OXARIGI2/* addressKey */.IY)(user.email) === key });
  }
};

// src/organization/run-context.ts
function createRunContext({ options, credential }, plan, lookUps, stop, log) {
  const { baseUrl, target, maxAttempts, requestTimeout, concurrency } = options;
  const queue = new CallQueue({ concurrency, calls: plan.maxCalls, stop, log });
  const http3 = new HttpExchanger(requestTimeout);
  const client = new Client({ baseUrl: baseUrl.href, credential, maxAttempts, http: http3, queue, log });
  const endpoints = new Endpoints(client, target);
  const directory = new UserDirectory(endpoints, lookUps, () => {
    if (plan.isLong) log.info(expectedCalls(plan));
  });
  const gatherForMs = plan.isLong ? GATHER_READS_MS : 0;
  const registrations = new RegistrationsReader(endpoints, directory, { queue, stop, gatherForMs });
  const reported = /* @__PURE__ */ new Set();
  const reportRefusal = (consequence, problem) => {
    if (reported.has(consequence)) return;
    reported.add(consequence);
    const sentences = [consequence, problemText(problem)];
    log.error((problem.permission === void 0 ? sentences.reverse() : sentences).join(" "));
  };
  return { options, plan, endpoints, queue, stop, log, directory, registrations, reportRefusal };
}
function expectedCalls({ callsOneByOne }) {
  const time = (0,chunk_OXARIGI2/* duration */.p0)(callsOneByOne / 1200 * 5 * 6e4);
  return `Users are looked up one by one, because the whole organization could not be listed in fewer calls: expect about ${(0,chunk_OXARIGI2/* grouped */.zD)(callsOneByOne)} calls, and ${time} at Cloudflare's rate limit.`;
}

// src/controls/control.ts
var NOTHING_SEEN = { facts: {}, phrase: "", detail: "" };
function finding(state, seen2 = NOTHING_SEEN) {
  return { state, ...seen2, problems: [], warnings: [] };
}
function failed2(problem, seen2 = NOTHING_SEEN) {
  return { ...finding("failed", seen2), problems: [problem] };
}
function notVerified(problem, seen2 = NOTHING_SEEN) {
  return { ...finding("not_known", seen2), problems: [unverifiable(problem)] };
}
function cameBack(problem, { signedInAgain }, seen2 = NOTHING_SEEN) {
  const base = signedInAgain === "fail" ? failed2(problem, seen2) : { ...finding("verified", seen2), warnings: [`${problem.what}.`] };
  return { ...base, signedInAgain: true };
}
function lastReadOf(controls) {
  return controls.reduce(
    (last, { readAt }) => readAt === void 0 ? last : Math.max(last ?? readAt, readAt),
    void 0
  );
}
function unverifiable(problem) {
  return { ...problem, what: `Revoked, but not verified: ${problem.what}`, scope: "user" };
}
function readProblem(call, alternative) {
  if (call.kind === "stopped") return userProblem(call.reason.what, call.reason.remedy);
  const { problem } = call;
  const { permission, remedy } = problem;
  return permission === void 0 || remedy === void 0 ? problem : { ...problem, remedy: `${remedy} ${alternative}` };
}

// src/controls/confirmed-only.ts
var CONFIRMED_ONLY = {
  isProof: false,
  needsLookUp: () => false,
  calls: () => 0,
  seenWithoutLookUp: () => NOTHING_SEEN,
  unchecked: unverifiable
};
var ACCESS_TOKENS = {
  ...CONFIRMED_ONLY,
  name: "access_tokens",
  label: "Access tokens",
  extent: "Access tokens",
  isRequested: () => true
};
var WARP_SESSION = {
  ...CONFIRMED_ONLY,
  name: "warp_session",
  label: "WARP session",
  extent: "WARP session",
  untouched: "The WARP session was left untouched; `warp-session-reauth: true` ends it.",
  isRequested: ({ warpSessionReauth }) => warpSessionReauth
};

// src/organization/owner.ts
function countDevices(records) {
  return records.reduce(
    (sum, { active_device_count: count2 }) => sum === void 0 || count2 === void 0 ? void 0 : sum + count2,
    0
  );
}
function hasUuid(records, uuid) {
  return records.flatMap(({ id, uid = id }) => [id, uid]).some((each) => (0,chunk_OXARIGI2/* uuidKey */.V6)(each) === (0,chunk_OXARIGI2/* uuidKey */.V6)(uuid));
}
function loginAfterLeaving({ revokeAfter }, records) {
  const login = lastLogin(records);
  if (revokeAfter === void 0 || login === void 0 || login <= revokeAfter.at) return void 0;
  return { at: login, since: login - revokeAfter.at };
}
function lastLogin(records) {
  const logins = records.map(({ last_successful_login: login }) => Date.parse(login ?? ""));
  return logins.filter((login) => !Number.isNaN(login)).sort((one, other) => other - one)[0];
}

// src/controls/login-log.ts
var METHODS = { onetimepin: "one-time PIN", warp: "WARP" };
var PLAIN = /^[A-Za-z0-9][A-Za-z0-9 .:/_-]*$/;
function loginSince({ email, revokeAfter }, { date = Infinity }, { endpoints }) {
  let reading;
  const read = async () => {
    const since = Math.min(revokeAfter?.at ?? Infinity, date);
    const call = await endpoints.logins({ email, since }, email);
    return call.kind === "result" ? call.result : [];
  };
  return async (after = date + 1e3) => {
    const logins = await (reading ??= read());
    const [last] = logins.flatMap(
      (login) => login.allowed === true && login.at !== void 0 && login.at >= after ? [{ ...login, at: login.at }] : []
    ).sort((one, other) => other.at - one.at);
    return last === void 0 ? void 0 : describe2(last);
  };
}
function describe2({ at, app, connection, ip }) {
  const isPlain = (text) => text !== void 0 && PLAIN.test(text);
  return [
    secondOf(at),
    ...isPlain(app) ? [`to ${app}`] : [],
    ...isPlain(connection) ? [`with ${METHODS[connection] ?? connection}`] : [],
    ...isPlain(ip) ? [`(${ip})`] : []
  ].join(" ");
}
function secondOf(at) {
  return (0,chunk_OXARIGI2/* isoTime */.Ly)(at).replace(/\.\d+Z$/, "Z");
}
var DISABLE_ACCOUNT = "Disable the account in the identity provider, and check the login methods of your Access applications, then run the step again. If you only want users to sign in again, set `signed-in-again: warn`.";

// src/controls/device-evidence.ts
function sortRegistrations(shown, answer, evidence) {
  const { before = [] } = evidence;
  const now = new Map(shown.map((registration) => [registration.id, registration]));
  const isRevoked = (each) => isGone(each, each.revokedAt, answer, evidence);
  const isDeleted = (each) => isGone(each, each.deletedAt, answer, evidence);
  const active = shown.filter((each) => !isRevoked(each) && !isDeleted(each));
  const newDevices = active.filter((registration) => isNew(registration, answer, evidence));
  return {
    left: active.filter((registration) => !newDevices.includes(registration)),
    newDevices,
    revoked: before.flatMap(({ id }) => {
      const found = now.get(id);
      return found === void 0 || !isRevoked(found) || isDeleted(found) ? [] : [found];
    }),
    deleted: before.filter(({ id }) => {
      const found = now.get(id);
      return found === void 0 || isDeleted(found);
    })
  };
}
function isGone({ id, createdAt }, endedAt, answer, { before = [], confirmation }) {
  if (typeof endedAt !== "object" || typeof createdAt !== "object") return false;
  if (confirmation.date === void 0 || answer.date === void 0) return false;
  const wasActive = before.some((registration) => registration.id === id);
  return endedAt.at >= createdAt.at && endedAt.at <= answer.date + CLOCK_TOLERANCE_MS && (!wasActive || endedAt.at >= confirmation.date - CLOCK_TOLERANCE_MS);
}
function isNew({ id, createdAt }, answer, evidence) {
  const { before, confirmation, newDevicesAllowed } = evidence;
  if (typeof createdAt !== "object" || confirmation.date === void 0 || answer.date === void 0)
    return false;
  if (before === void 0 ? newDevicesAllowed : before.some((registration) => registration.id === id))
    return false;
  return createdAt.at >= confirmation.date + 1e3 && createdAt.at <= answer.date + CLOCK_TOLERANCE_MS;
}
function judgeDevices(read, { before, after: seen2 }, { listed, counted, isCountRecent, isConclusive }, { rayId, login }, options) {
  if (read.kind === "read_failure") return notVerified(read.problem, before);
  const { left, newDevices, isEmpty } = read;
  const namesOf = (devices) => namesAndIds(devices, options.maskEmails);
  if (left.length > 0) {
    return failed2({ ...stillActive(namesOf(left)), ...rayId !== void 0 && { rayId } }, seen2);
  }
  if (newDevices.length > 0) return cameBack(registeredAgain(namesOf(newDevices), login), options, seen2);
  const missing = listed !== void 0 && counted !== void 0 && listed < counted ? { counted, listed } : void 0;
  if (missing !== void 0 && isCountRecent) return notVerified(contradiction(missing), before);
  const isNothingSeen = isEmpty && (listed ?? 0) === 0;
  if (isNothingSeen && counted !== 0 && !isConclusive) return notVerified(NO_EVIDENCE, before);
  const warnings = missing === void 0 ? [] : [`${contradiction(missing).what}.`];
  return { ...finding("verified", seen2), warnings };
}
function deviceNames(devices, masked) {
  return devices.map(
    ({ id, name = id }, index) => masked ? `device ${index + 1} of ${devices.length}` : quoted2(name)
  );
}
function quoted2(text) {
  return `"${(0,chunk_VWMF4SLR/* shortened */.vI)((0,chunk_VWMF4SLR/* plainText */.wh)(text), 80).replaceAll('"', "'")}"`;
}
var MAX_NAMED2 = 5;
function namesAndIds(devices, masked) {
  const names = deviceNames(devices, masked);
  const shown = devices.slice(0, MAX_NAMED2).map(({ id }, index) => {
    const { [index]: name = "" } = names;
    return name === quoted2(id) ? name : `${name} (${quoted2(id)})`;
  });
  const more = devices.length - MAX_NAMED2;
  return [...shown, ...more > 0 ? [`${more} more`] : []].join(", ");
}
function stillActive(names) {
  return userProblem(
    `Revoked, but not verified: active devices are left after ${(0,chunk_OXARIGI2/* duration */.p0)(DEVICES_TIMEOUT_MS)}: ${names}`,
    "Revoke or delete the registration in Zero Trust. A browser extension or a shared computer may need that."
  );
}
function registeredAgain(names, login) {
  const how = login === void 0 ? "" : `, after signing in at ${login}`;
  return userProblem(`Revoked, but the user registered devices again${how}: ${names}`, DISABLE_ACCOUNT);
}
function contradiction({ counted, listed }) {
  return userProblem(
    `Cloudflare counted ${(0,chunk_OXARIGI2/* quantity */.au)(counted, "active device")} of the user, but listed ${listed === 0 ? "none" : `only ${listed}`}`,
    "Check the user's devices in Zero Trust. To verify only the sessions, set `verify: sessions`."
  );
}
var NO_EVIDENCE = userProblem(
  "Cloudflare listed no devices and gave no count of them, which does not prove that there are none",
  "Check the user's devices in Zero Trust. To verify only the sessions, set `verify: sessions`."
);

// src/controls/poll-until.ts
async function pollUntil({ queue, stop }, { read, isDone, timeoutMs, since, firstPauseMs }) {
  let pause = firstPauseMs;
  let pauseSince = since;
  let nextPause = SECOND_PAUSE_MS;
  for (; ; ) {
    const left = timeoutMs - (queue.runningTime - since);
    const length = Math.min(pause, left) - (queue.runningTime - pauseSince);
    await queue.wait(Math.max(0, length), stop.startSignal).catch(() => void 0);
    if (stop.reason !== void 0) return readFailure(userProblem(stop.reason.what, stop.reason.remedy));
    const passed = queue.runningTime - since;
    const seen2 = await read();
    if (seen2.kind === "read_failure" || isDone(seen2) || passed >= timeoutMs) return seen2;
    pause = nextPause;
    pauseSince = queue.runningTime;
    nextPause = Math.min(MAX_PAUSE_MS, nextPause * 1.5);
  }
}
function readFailure(problem) {
  return { kind: "read_failure", problem };
}
function clocksDisagree(one, other) {
  if (one.date === void 0 || other.date === void 0) return false;
  return Math.abs(one.date - one.receivedAt - (other.date - other.receivedAt)) > CLOCK_TOLERANCE_MS;
}
var CLOCKS_DISAGREE = userProblem(
  "the `Date` headers of the answers contradict each other by more than a minute",
  "Look for a proxy between the runner and Cloudflare that keeps or changes answers."
);
var NO_DATE = userProblem(
  "the answer had no usable `Date` header to tell old from new by",
  "Look for a proxy between the runner and Cloudflare that removes the header."
);

// src/controls/devices.ts
var DEVICES = {
  name: "devices",
  label: "Devices",
  extent: "devices",
  untouched: "Devices were left untouched, and may keep reaching private networks; `devices: true` revokes them too.",
  isProof: true,
  withoutLookUp: "Devices cannot be verified, so the step will be red.",
  isRequested: ({ devices }) => devices,
  needsLookUp: provesDevices,
  calls: (options) => provesDevices(options) ? 2 : 0,
  seenWithoutLookUp: () => NOTHING_SEEN,
  lookUp: async (owner, run) => provesDevices(run.options) ? readBefore(owner, run) : countOnly(owner, run.options),
  unchecked: unverifiable
};
function countOnly({ records }, options) {
  const count2 = countDevices(records);
  const warnings = provesSessions(options) && !options.devices && count2 !== void 0 && count2 > 0 ? [
    `The user keeps ${(0,chunk_OXARIGI2/* quantity */.au)(count2, "active device")}. To revoke devices as well, set \`devices: true\`.`
  ] : [];
  const state = options.devices ? "confirmed" : "not_requested";
  const { facts, phrase } = seenDevices(void 0, { before: count2 }, false);
  return {
    seen: { facts, phrase, detail: "" },
    answers: [],
    check: ({ isLookUpLate }) => Promise.resolve({ ...finding(state, { ...NOTHING_SEEN, ...!isLookUpLate && { facts } }), warnings })
  };
}
async function readBefore(owner, run) {
  const { maskEmails } = run.options;
  const list3 = await run.registrations.readBefore(owner);
  const counted = countDevices(owner.records);
  const registrations = list3.kind === "result" ? list3.result : void 0;
  const isKnown = registrations !== void 0 && (registrations.length > 0 || counted === 0);
  const count2 = isKnown ? registrations.length : counted;
  const active = isKnown ? { active: registrations, revoked: [], deleted: [] } : void 0;
  return {
    seen: seenDevices(active, { before: count2 }, maskEmails),
    answers: list3.kind === "result" ? [list3] : [],
    ...list3.kind !== "result" && { problem: readProblem(list3, VERIFY_SESSIONS) },
    check: async (confirmation, progress) => {
      const { isLookUpLate, rayId } = confirmation;
      const listed = isLookUpLate ? void 0 : registrations;
      const read = await waitUntilGone(owner, listed, confirmation, progress, run);
      const isBack = read.kind === "seen" && read.newDevices.length > 0;
      const login = isBack ? await confirmation.login() : void 0;
      const countBefore = isLookUpLate ? void 0 : count2;
      const before = { ...seenDevices(void 0, { before: countBefore }, maskEmails), phrase: "" };
      const after = read.kind === "seen" ? seenAfter(read, countBefore, maskEmails) : before;
      const known2 = {
        listed: listed?.length,
        counted: isLookUpLate ? void 0 : counted,
        isCountRecent: isRecent(owner, list3),
        isConclusive: run.registrations.emptyListIsConclusive(owner)
      };
      return judgeDevices(read, { before, after }, known2, { rayId, login }, run.options);
    }
  };
}
function seenAfter({ left, newDevices, revoked, deleted }, before, masked) {
  const active = [...left, ...newDevices];
  const seen2 = seenDevices({ active, revoked, deleted }, { before, after: active.length }, masked);
  return { ...seen2, readAt: Date.now() };
}
var STATUSES = ["active", "revoked", "deleted"];
function seenDevices(devices, counts, masked) {
  const { before, after } = counts;
  const facts = {
    ...before !== void 0 && { devices_before: before },
    ...after !== void 0 && { devices_after: after }
  };
  if (devices === void 0) {
    const phrase = before === void 0 ? "" : (0,chunk_OXARIGI2/* quantity */.au)(before, "active device");
    return { facts, counts, phrase, detail: "" };
  }
  const groups = STATUSES.map((status) => ({ status, own: devices[status] })).filter(
    ({ own }) => own.length > 0
  );
  const phrases = groups.map(
    ({ status, own }) => `${(0,chunk_OXARIGI2/* quantity */.au)(own.length, "device")} ${status}: ${deviceNames(own, masked).join(", ")}`
  );
  return {
    facts: {
      ...facts,
      devices: groups.flatMap(({ status, own }) => own.map((each) => deviceFact(each, status)))
    },
    counts,
    phrase: phrases.length === 0 ? "no devices" : phrases.join("; "),
    detail: phrases.join("; ")
  };
}
function deviceFact({ id, name, type, revokedAt }, status) {
  return {
    id,
    name,
    registration_type: type,
    status,
    revoked_at: status === "revoked" && typeof revokedAt === "object" ? (0,chunk_OXARIGI2/* isoTime */.Ly)(revokedAt.at) : null
  };
}
function isRecent({ readAt }, list3) {
  return list3.kind === "result" && Math.abs(list3.receivedAt - readAt) <= MAX_RECORD_AGE_MS;
}
async function waitUntilGone(owner, before, { time }, { isProven }, run) {
  const evidence = {
    before,
    confirmation: time,
    newDevicesAllowed: run.options.signedInAgain === "warn"
  };
  const read = async () => {
    const list3 = await run.registrations.readAfter(owner);
    if (list3.kind !== "result") return readFailure(readProblem(list3, VERIFY_SESSIONS));
    if (list3.date === void 0 || time.date === void 0) return readFailure(NO_DATE);
    if (clocksDisagree(list3, time)) return readFailure(CLOCKS_DISAGREE);
    const sorted = sortRegistrations(list3.result, list3, evidence);
    return { kind: "seen", isEmpty: list3.result.length === 0, ...sorted };
  };
  if (!isProven) return read();
  return pollUntil(run, {
    read,
    isDone: ({ left }) => left.length === 0,
    timeoutMs: DEVICES_TIMEOUT_MS,
    since: run.queue.runningTime,
    firstPauseMs: 0
  });
}
var VERIFY_SESSIONS = "Or set `verify: sessions`.";

// src/controls/session-evidence.ts
function sortSessions(sessions, answer, evidence) {
  const newSessions = sessions.flatMap((session) => issuedAfter(session, answer, evidence) ?? []);
  return { old: sessions.length - newSessions.length, newSessions };
}
function issuedAfter({ keys, iat }, answer, { before, confirmation, newSessionsAllowed }) {
  if (keys.length === 0 || iat === void 0) return void 0;
  if (confirmation.date === void 0 || answer.date === void 0) return void 0;
  if (before === void 0 ? newSessionsAllowed : before.some((session) => session.keys.some((key) => keys.includes(key))))
    return void 0;
  const isAfter = iat > Math.floor(confirmation.date / 1e3) && iat * 1e3 <= answer.date + CLOCK_TOLERANCE_MS;
  return isAfter ? iat : void 0;
}
function mayBeNew({ iat }, { date }) {
  return iat === void 0 || date === void 0 || iat > Math.floor(date / 1e3);
}
function judgeSessions(read, before, { rayId, login }, options) {
  const seenBefore2 = before === void 0 ? {} : { sessions_before: before.length };
  if (read.kind === "read_failure") {
    return notVerified(read.problem, {
      ...NOTHING_SEEN,
      facts: seenBefore2,
      ...before !== void 0 && { counts: { before: before.length } }
    });
  }
  const { old, newSessions } = read;
  const after = old + newSessions.length;
  const seen2 = {
    facts: { ...seenBefore2, sessions_after: after },
    readAt: Date.now(),
    counts: { before: before?.length, after },
    phrase: beforeAndAfter(before?.length, after),
    detail: ""
  };
  if (old > 0) return failed2({ ...stillActive2(old), ...rayId !== void 0 && { rayId } }, seen2);
  if (newSessions.length === 0) return finding("verified", seen2);
  const latest = newSessions.reduce((one, other) => Math.max(one, other));
  return cameBack(signedIn(latest * 1e3, login), options, seen2);
}
function judgeLogin(sessions, later, { date: now }, options) {
  if (now === void 0) return sessions;
  if (later.since > chunk_OXARIGI2/* DAY_MS */.sO && later.at >= now - chunk_OXARIGI2/* DAY_MS */.sO) {
    const { state, problems, warnings } = cameBack(keptSigningIn(later), options);
    return {
      ...sessions,
      state: sessions.state === "verified" ? state : sessions.state,
      problems: [...sessions.problems, ...problems],
      warnings: [...sessions.warnings, ...warnings]
    };
  }
  const how = later.login ?? secondOf(later.at);
  const why = later.login === void 0 ? `: ${STILL_OPEN}` : "";
  const warning2 = `The user signed in at ${how}, after \`revoke_after\`${why}.`;
  return { ...sessions, warnings: [...sessions.warnings, warning2] };
}
function beforeAndAfter(before, after) {
  const start = before === void 0 ? "" : `${(0,chunk_OXARIGI2/* quantity */.au)(before, "session")} before, `;
  return `${start}${after === 0 ? "no sessions left" : `${(0,chunk_OXARIGI2/* quantity */.au)(after, "session")} after`}`;
}
var STILL_OPEN = "either the account in the identity provider still worked, or the user came in without it, with WARP as the login method, a one-time PIN, or another identity provider";
function stillActive2(sessions) {
  return userProblem(
    `Revoked, but not verified: after ${(0,chunk_OXARIGI2/* duration */.p0)(SESSIONS_TIMEOUT_MS)} there ${sessions === 1 ? "is" : "are"} still ${(0,chunk_OXARIGI2/* quantity */.au)(sessions, "session")} from before the revocation`,
    "Run the step again. If they stay, contact Cloudflare support with the ray ID."
  );
}
function signedIn(at, login) {
  const how = login ?? `${secondOf(at)}: the account in the identity provider still works`;
  return userProblem(`Revoked, but the user signed in again at ${how}`, DISABLE_ACCOUNT);
}
function keptSigningIn({ at, login }) {
  const why = login === void 0 ? `: ${STILL_OPEN}` : "";
  return userProblem(
    `Revoked, but the user still signed in at ${login ?? secondOf(at)}, more than a day after \`revoke_after\`${why}`,
    DISABLE_ACCOUNT
  );
}

// src/controls/sessions.ts
var SESSIONS = {
  name: "sessions",
  label: "Sessions",
  isProof: true,
  lookUpInput: "`verify`",
  withoutLookUp: "Nothing can be verified, so the step will be red.",
  isRequested: () => true,
  needsLookUp: provesSessions,
  calls: (options) => provesSessions(options) ? isEvidenceNeeded(options) ? 2 : 1 : 0,
  seenWithoutLookUp: () => NOTHING_SEEN,
  lookUp: async (owner, run) => provesSessions(run.options) ? readBefore2(owner, run) : NOT_PROVEN,
  unchecked: unverifiable
};
var NOT_PROVEN = {
  seen: NOTHING_SEEN,
  answers: [],
  check: () => Promise.resolve(finding("confirmed"))
};
function isEvidenceNeeded({ dryRun, signedInAgain }) {
  return dryRun !== false || signedInAgain === "warn";
}
async function readBefore2(owner, run) {
  const { endpoints, options, plan } = run;
  const lists = isEvidenceNeeded(options) || !plan.isLong ? await readSessions(endpoints, owner, "look_up") : void 0;
  if (lists?.kind === "failed") {
    const problem = readProblem(lists.call, WITHOUT_VERIFY);
    return {
      seen: NOTHING_SEEN,
      answers: [],
      problem,
      check: () => Promise.resolve(notVerified(problem))
    };
  }
  const sessions = lists?.lists.flatMap((list3) => list3.result);
  return {
    seen: sessions === void 0 ? NOTHING_SEEN : {
      facts: { sessions_before: sessions.length },
      counts: { before: sessions.length },
      phrase: (0,chunk_OXARIGI2/* quantity */.au)(sessions.length, "active session"),
      detail: ""
    },
    answers: lists?.lists ?? [],
    check: async (confirmation) => check(owner, sessions, confirmation, run)
  };
}
async function check(owner, sessions, confirmation, run) {
  const { user, time, rayId, login, isLookUpLate } = confirmation;
  const before = isLookUpLate ? void 0 : sessions;
  const read = await waitUntilGone2(owner, before, confirmation, run);
  const isBack = read.kind === "seen" && read.newSessions.length > 0;
  const seen2 = judgeSessions(read, before, { rayId, login: isBack ? await login() : void 0 }, run.options);
  const last = loginAfterLeaving(user, owner.records);
  if (last === void 0) return seen2;
  return judgeLogin(seen2, { ...last, login: await login(last.at - last.since) }, time, run.options);
}
async function waitUntilGone2(owner, before, { time, runningTime, answers }, run) {
  if (time.date === void 0) return readFailure(NO_DATE);
  if (answers.some((answer) => clocksDisagree(answer, time))) return readFailure(CLOCKS_DISAGREE);
  const newSessionsAllowed = run.options.signedInAgain === "warn";
  const evidence = { before, confirmation: time, newSessionsAllowed };
  return pollUntil(run, {
    read: async () => readAfter(run.endpoints, owner, evidence),
    isDone: ({ old }) => old === 0,
    timeoutMs: SESSIONS_TIMEOUT_MS,
    since: runningTime,
    firstPauseMs: run.plan.isLong ? FIRST_READ_OF_LONG_LIST_MS : FIRST_READ_MS
  });
}
async function readAfter(endpoints, owner, evidence) {
  const sessions = await readSessions(endpoints, owner, "read");
  if (sessions.kind === "failed") return readFailure(readProblem(sessions.call, WITHOUT_VERIFY));
  const { lists } = sessions;
  if (lists.some((list3) => clocksDisagree(list3, evidence.confirmation))) return readFailure(CLOCKS_DISAGREE);
  const sorted = lists.map((list3) => sortSessions(list3.result, list3, evidence));
  return {
    kind: "seen",
    old: sorted.reduce((sum, { old }) => sum + old, 0),
    newSessions: sorted.flatMap(({ newSessions }) => newSessions)
  };
}
async function readSessions(endpoints, { email, records }, priority) {
  const lists = [];
  for (const id of new Set(records.map((record) => record.id))) {
    const call = await endpoints.activeSessions(id, email, priority);
    if (call.kind !== "result") return { kind: "failed", call };
    lists.push(call);
  }
  return { kind: "read", lists };
}
async function mayBeSignedInAgain(owner, { time }, { endpoints }) {
  const sessions = await readSessions(endpoints, owner, "read");
  if (sessions.kind === "failed") return true;
  return sessions.lists.some(
    (list3) => clocksDisagree(list3, time) || list3.result.some((session) => mayBeNew(session, time))
  );
}
var WITHOUT_VERIFY = "Or remove `verify`.";

// src/controls/seat.ts
var SEAT = {
  name: "seat",
  label: "Seat",
  tally: (users) => `${(0,chunk_OXARIGI2/* quantity */.au)(users, "seat")} freed`,
  isProof: false,
  lookUpInput: "`remove-seat`",
  withoutLookUp: "No seat can be freed, so the step will be red.",
  isRequested: ({ removeSeat }) => removeSeat,
  needsLookUp: ({ removeSeat }) => removeSeat,
  calls: ({ removeSeat }) => removeSeat ? 1 : 0,
  seenWithoutLookUp: ({ removeSeat }) => removeSeat ? UNTOUCHED : NOTHING_SEEN,
  lookUp: (owner, run) => Promise.resolve({
    seen: seenBefore(owner, run.options),
    answers: [],
    check: async (confirmation, progress) => run.options.removeSeat ? free(owner, confirmation, progress, run) : finding("not_requested")
  }),
  unchecked: notFreed
};
var PHRASES = {
  removed: "seat freed",
  none: "no seat to free",
  failed: "seat not freed",
  not_done: "seat left untouched"
};
function seen(state, flagsAfter = [], phrase = PHRASES[state]) {
  const flags = flagsAfter.map(({ seat_uid, access_seat, gateway_seat }) => ({
    seat_uid,
    access_seat,
    gateway_seat
  }));
  return { facts: { seat: state, seat_flags_after: flags }, phrase, detail: phrase };
}
var UNTOUCHED = seen("not_done");
function seenBefore({ records }, { removeSeat, dryRun }) {
  if (!removeSeat) return NOTHING_SEEN;
  if (!dryRun) return UNTOUCHED;
  return records.some(mayHoldSeat) ? { ...seen("not_done", [], "would free the seat"), isTallied: true } : seen("none");
}
async function free(owner, confirmation, { isProven, signedInAgain }, run) {
  if (!isProven) return finding("failed", UNTOUCHED);
  const isBack = signedInAgain || !provesSessions(run.options) && await mayBeSignedInAgain(owner, confirmation, run);
  if (isBack) return failed2(notFreed(SIGNED_IN_AGAIN), UNTOUCHED);
  const current = await currentRecords(owner, run);
  if ("kind" in current) return failed2(notFreed(readProblem(current, WITHOUT_REMOVE_SEAT)), seen("failed"));
  const held = current.records.filter(mayHoldSeat);
  return held.length > 0 ? freeAll(owner.email, held, run) : finding("verified", seen("none"));
}
async function currentRecords({ email, records, readAt }, { directory }) {
  const isOld = (0,chunk_OXARIGI2/* elapsed */.vk)() - readAt > MAX_RECORD_AGE_MS;
  if (!isOld || records.some(mayHoldSeat)) return { records };
  const call = await directory.findNow(email);
  return call.kind === "result" ? { records: call.result } : call;
}
async function freeAll(email, held, { endpoints }) {
  const uids = [...new Set(held.flatMap(({ seat_uid: uid }) => uid ?? []))];
  if (held.some(({ seat_uid: uid }) => uid === void 0)) return failed2(notFreed(NO_UID), seen("failed"));
  const call = await endpoints.freeSeats(uids, email);
  if (call.kind !== "result") {
    return failed2(notFreed(readProblem(call, WITHOUT_REMOVE_SEAT)), seen("failed"));
  }
  const after = call.result.filter(({ seat_uid: uid }) => uid !== void 0 && uids.includes(uid));
  const shown = uids.map((uid) => after.filter(({ seat_uid }) => seat_uid === uid));
  if (shown.every((seats) => seats.length > 0 && seats.every(isFree))) {
    return finding("confirmed", { ...seen("removed", after), isTallied: true });
  }
  const problem = shown.some((seats) => seats.some((seat) => !isFree(seat))) ? STILL_ASSIGNED : NOT_SHOWN;
  return failed2(notFreed({ ...problem, ...idsOf(call) }), seen("failed", after));
}
function mayHoldSeat({ seat_uid: uid, access_seat: access2, gateway_seat: gateway }) {
  return uid === void 0 ? access2 === true || gateway === true : access2 !== false || gateway !== false;
}
function isFree({ access_seat: access2, gateway_seat: gateway }) {
  return access2 === false && gateway === false;
}
function notFreed(problem) {
  return { ...problem, what: `Revoked, but the seat was not freed: ${problem.what}`, scope: "user" };
}
var SIGNED_IN_AGAIN = userProblem(
  "the user may have signed in again, and would take a seat at once",
  "Disable the account in the identity provider, then run the step again."
);
var STILL_ASSIGNED = userProblem(
  "Cloudflare answered that it is still taken",
  "Run the step again, or remove the user from the seat in Zero Trust."
);
var NOT_SHOWN = userProblem(
  "the answer does not show it",
  "Run the step again, or remove the user from the seat in Zero Trust."
);
var WITHOUT_REMOVE_SEAT = "Or remove `remove-seat`.";
var NO_UID = userProblem("Cloudflare gave no ID for it", "Remove the user from the seat in Zero Trust.");

// src/controls/controls.ts
var CONTROLS = [ACCESS_TOKENS, SESSIONS, SEAT, DEVICES, WARP_SESSION];
async function checkControls(lookedUp, confirmation, isIdentified, run) {
  const results = [];
  let progress = { isProven: isIdentified, signedInAgain: false };
  for (const control of CONTROLS) {
    const checked2 = await check2(control, lookedUp.get(control), confirmation, progress, run);
    results.push(checked2);
    progress = {
      isProven: progress.isProven && (!control.isProof || checked2.problems.length === 0),
      signedInAgain: progress.signedInAgain || checked2.signedInAgain === true
    };
  }
  return results;
}
async function check2(control, lookedUp, confirmation, progress, { options, log }) {
  if (lookedUp === void 0) return unchecked(control, "confirmed", options);
  try {
    return { control, ...await lookedUp.check(confirmation, progress) };
  } catch (error2) {
    log.unexpected(error2);
    const problems = [control.unchecked(unexpectedProblem(error2))];
    return { ...unchecked(control, "not_known", options), problems };
  }
}
function uncheckedControls(options, state, lookedUp = /* @__PURE__ */ new Map()) {
  return CONTROLS.map((control) => unchecked(control, state, options, lookedUp.get(control)));
}
function unchecked(control, state, options, { seen: seen2 } = { seen: control.seenWithoutLookUp(options) }) {
  return { control, ...finding(control.isRequested(options) ? state : "not_requested", seen2) };
}
function lookedUpFor(options) {
  return CONTROLS.filter((control) => control.needsLookUp(options));
}

// src/result/display.ts
function leftUntouched(options) {
  return CONTROLS.filter(({ isRequested }) => !isRequested(options)).flatMap(({ untouched }) => untouched ?? []).join(" ");
}
function extentText(options) {
  const [first = "", ...others] = CONTROLS.filter(({ isRequested }) => isRequested(options)).flatMap(
    ({ extent }) => extent ?? []
  );
  const last = others.pop();
  return [[first, ...others].join(", "), ...last === void 0 ? [] : [last]].join(" and ");
}
function targetText({ target }, before) {
  return target === void 0 ? "" : `${before}${targetName(target)}`;
}
function pastText(past, { dueWithinDays }) {
  return `${(0,chunk_OXARIGI2/* quantity */.au)(past, "user")} left more than ${(0,chunk_OXARIGI2/* quantity */.au)(dueWithinDays, "day")} ago and ${past === 1 ? "was" : "were"} left alone; raise \`due-within-days\` to include them.`;
}
function whatHappened2(outcome, { what }) {
  if (outcome.status === "would_revoke") return `Would fail: ${continued(what)}`;
  return outcome.revocation === "confirmed" ? what : `Not revoked: ${continued(what)}`;
}
function reasonOf(outcome, { dryRun }) {
  switch (outcome.status) {
    case "failed":
    case "would_revoke": {
      const { problem } = outcome;
      return problem && problemText({ ...problem, what: whatHappened2(outcome, problem) });
    }
    case "unknown":
      return outcome.warnings.join(" ");
    case "skipped": {
      const when = outcome.revocation === "unconfirmed" ? "confirmed" : "sent";
      const start = dryRun === false ? `Not revoked: the run was stopped before the revocation was ${when}` : "Not checked";
      return `${start}. ${outcome.reason.what}.`;
    }
    case "revoked":
    case "not_due":
    case "past":
      return void 0;
  }
}
function controlsOf(outcome, options) {
  if ("controls" in outcome) return outcome.controls;
  const isMissed = outcome.status === "skipped" && options.dryRun === false;
  const missed = outcome.revocation === "unconfirmed" ? "not_known" : "failed";
  return uncheckedControls(options, isMissed ? missed : "not_requested");
}
function continued(sentence) {
  return sentence.replace(/^(?:A|An|No|The) /, (word) => word.toLowerCase());
}
var MAX_LENGTH = 300;
var SummaryText = class {
  #mask;
  constructor(maskEmails) {
    this.#mask = (0,chunk_VWMF4SLR/* addressMask */.R$)(maskEmails);
  }
  /** Text from outside, as code, and short enough for a table. */
  words(text) {
    return (0,chunk_X3PH6AE5/* code */.aY)((0,chunk_VWMF4SLR/* shortened */.vI)((0,chunk_VWMF4SLR/* plainText */.wh)(this.#mask(text)), MAX_LENGTH));
  }
  /** Text of the action's own; what stands between backticks becomes code. */
  own(text) {
    return (0,chunk_X3PH6AE5/* html */.qy)((0,chunk_VWMF4SLR/* plainText */.wh)(this.#mask(text)));
  }
  /** The action's own text that quotes text from outside, in quotation marks that the quoted text does not contain. */
  quoting(text) {
    return (0,chunk_X3PH6AE5/* quoting */.yu)((0,chunk_VWMF4SLR/* plainText */.wh)(this.#mask(text)));
  }
};
var MAX_REFERENCE_LENGTH = 200;
var PLAIN_REFERENCE = /^[A-Za-z0-9._#/-]{1,40}$/;
var SEVERAL_WORDS = /[A-Za-z]{2}[^A-Za-z]+[A-Za-z]{2}/;
function isNumber(reference) {
  return PLAIN_REFERENCE.test(reference) && /\d/.test(reference) && !SEVERAL_WORDS.test(reference);
}
var ONLY_USER = "email";
var UserNames = class {
  #masked;
  #now;
  #text;
  /** @param now - the time by which users are due, in milliseconds since the epoch */
  constructor(masked, now) {
    this.#masked = masked;
    this.#now = now;
    this.#text = new SummaryText(masked);
  }
  /** `leaver@example.com (HR-1041, newly due)`. The log itself masks the address. */
  inLog(user) {
    const { source, reference, isNew: isNew2 } = this.#marks(user);
    const marks = [
      ...source === void 0 ? [] : [source],
      ...reference === void 0 ? [] : [quoted3(reference)],
      ...isNew2 ? ["newly due"] : []
    ];
    return marks.length === 0 ? user.email : `${user.email} (${marks.join(", ")})`;
  }
  /** The address, and what else identifies the user, each as HTML. */
  inSummary(user) {
    const { source, reference, isNew: isNew2 } = this.#marks(user);
    return [
      this.#text.words(user.email),
      ...source === void 0 ? [] : [this.#text.words(source)],
      ...reference === void 0 ? [] : [(0,chunk_X3PH6AE5/* code */.aY)((0,chunk_VWMF4SLR/* plainText */.wh)(reference))],
      ...isNew2 ? ["\u{1F195}&nbsp;newly due"] : []
    ];
  }
  #marks(user) {
    const { source, reference = "" } = user;
    const isShown = reference !== "" && (!this.#masked || isNumber(reference));
    return {
      source: this.#masked && source !== ONLY_USER ? source : void 0,
      reference: isShown ? (0,chunk_VWMF4SLR/* cut */.Jj)(reference, MAX_REFERENCE_LENGTH) : void 0,
      isNew: (0,chunk_OXARIGI2/* isNewlyDue */.i4)(user, this.#now)
    };
  }
};
function quoted3(reference) {
  return PLAIN_REFERENCE.test(reference) ? reference : (0,chunk_VWMF4SLR/* inQuotes */.Nt)(reference);
}

// src/result/log-lines.ts
var MAX_USERS_OF_SHORT_LIST = 20;
var MAX_SILENCE_MS = 3e4;
var INTENTIONS = {
  false: "Revoking",
  true: "Dry run, nothing is revoked. It would revoke",
  offline: "Offline check, nothing is sent. A run would revoke"
};
function plannedLines({ users, repeated, unaddressed, notes }, due, past, options, names) {
  const [first] = due;
  const waiting = users.length - due.length - past + unaddressed;
  const repetitions = (0,chunk_OXARIGI2/* quantity */.au)(repeated, "entry names", "entries name");
  const lines = [
    ...notes,
    ...repeated > 0 ? [`${repetitions} a user that an earlier entry named; each user counts once.`] : [],
    ...waiting > 0 ? [`${(0,chunk_OXARIGI2/* quantity */.au)(waiting, "user")} not due yet, left alone.`] : [],
    ...past > 0 ? [pastText(past, options)] : []
  ];
  if (first === void 0) return lines;
  const who = due.length === 1 ? names.inLog(first) : (0,chunk_OXARIGI2/* quantity */.au)(due.length, "user");
  const intention = INTENTIONS[`${options.dryRun}`];
  return [...lines, `${intention} the ${extentText(options)} of ${who}${targetText(options, " in ")}.`];
}
var UserLog = class {
  #log;
  #due;
  #options;
  #names;
  #start = (0,chunk_OXARIGI2/* elapsed */.vk)();
  #done = 0;
  #notRevoked = 0;
  #lastProgress = (0,chunk_OXARIGI2/* elapsed */.vk)();
  /** @param due - how many users are due */
  constructor(log, due, options, names) {
    this.#log = log;
    this.#options = options;
    this.#due = due;
    this.#names = names;
  }
  /** Logs the outcome for a user. */
  outcome = (outcome) => {
    const name = this.#names.inLog(outcome.user);
    const reason = reasonOf(outcome, this.#options);
    switch (outcome.status) {
      case "revoked": {
        const { rayId, verification, controls } = outcome;
        const ray = rayId === void 0 ? "" : ` (ray ID ${rayId})`;
        const start = verification === "passed" ? "revoked and verified" : "revoked, confirmed by Cloudflare";
        this.#log.info(`${name}: ${[start, ...phrasesOf(controls)].join(", ")}${ray}.`);
        break;
      }
      case "unknown":
        break;
      case "failed":
        this.#notRevoked += 1;
        this.#log.error(`${name}: ${reason}`);
        break;
      case "skipped":
        this.#notRevoked += 1;
        this.#log.info(`${name}: skipped.`);
        break;
      case "would_revoke": {
        const phrases = phrasesOf(outcome.controls);
        this.#log.info(`${name} would be revoked${phrases.length > 0 ? `: ${phrases.join(", ")}` : ""}.`);
        if (reason !== void 0) this.#log.error(`${name}: ${reason}`);
        break;
      }
    }
    this.warn(outcome);
    this.#progress();
  };
  /** Logs warnings about a user. */
  warn(outcome) {
    const name = this.#names.inLog(outcome.user);
    for (const warning2 of (0,chunk_X3PH6AE5/* warningsOf */.nZ)(outcome)) this.#log.warning(`${name}: ${warning2}`);
  }
  #progress() {
    this.#done += 1;
    if (this.#due <= MAX_USERS_OF_SHORT_LIST || this.#done === this.#due) return;
    const now = (0,chunk_OXARIGI2/* elapsed */.vk)();
    const tenth = Math.floor(this.#done * 10 / this.#due) > Math.floor((this.#done - 1) * 10 / this.#due);
    if (!tenth && now - this.#lastProgress < MAX_SILENCE_MS) return;
    this.#lastProgress = now;
    const left = (now - this.#start) / this.#done * (this.#due - this.#done);
    const failures = this.#notRevoked === 0 ? "" : `, ${(0,chunk_OXARIGI2/* grouped */.zD)(this.#notRevoked)} of them not revoked`;
    this.#log.info(
      `Progress: ${(0,chunk_OXARIGI2/* grouped */.zD)(this.#done)} of ${(0,chunk_OXARIGI2/* quantity */.au)(this.#due, "user")}${failures}; about ${(0,chunk_OXARIGI2/* duration */.p0)(left)} left.`
    );
  }
};
function phrasesOf(controls) {
  return controls.map(({ phrase }) => phrase).filter((phrase) => phrase !== "");
}
function headline(outcomes, options, unaddressed) {
  const totals = (0,chunk_X3PH6AE5/* totalsOf */.vA)(outcomes, unaddressed);
  return options.dryRun === false ? revocationHeadline(outcomes, totals, options) : checkHeadline(outcomes, totals, options);
}
function revocationHeadline(outcomes, totals, options) {
  const notRevoked = totals.failed + totals.skipped;
  const due = totals.revoked + notRevoked + totals.unknown;
  if (outcomes.length + totals.not_due === 0) return "The list has no users: nothing was revoked";
  if (due === 0) return `Nobody is due, nothing was revoked${skippedCounts(totals, options)}`;
  const done = tallies(outcomes, options);
  const what = options.verify ? "revoked and verified" : "revoked";
  if (notRevoked + totals.unknown > 0) {
    return `${(0,chunk_OXARIGI2/* grouped */.zD)(totals.revoked)} of ${(0,chunk_OXARIGI2/* quantity */.au)(due, "user")} ${what}${done}: ${misses(totals)}${skippedCounts(totals, options)}`;
  }
  const by = options.verify ? "" : ", confirmed by Cloudflare";
  return `${(0,chunk_OXARIGI2/* quantity */.au)(due, "user")} ${what}${by}${done}${skippedCounts(totals, options)}`;
}
function checkHeadline(outcomes, totals, options) {
  const others = skippedCounts(totals, options);
  const due = totals.would_revoke;
  if (outcomes.length + totals.not_due === 0) return "the list has no users";
  if (totals.failed + totals.skipped > 0) return `not finished, ${misses(totals)}${others}`;
  if (due === 0) return `nobody is due${others}`;
  if (options.dryRun === "offline") return `${(0,chunk_OXARIGI2/* quantity */.au)(due, "user is", "users are")} due now${others}`;
  const failing = outcomes.filter(chunk_X3PH6AE5/* blocksGreen */.Ee).length;
  const fail = failing === 0 ? "" : `, but ${(0,chunk_OXARIGI2/* grouped */.zD)(failing)} of them would fail`;
  const done = tallies(outcomes, options);
  return `${(0,chunk_OXARIGI2/* quantity */.au)(due, "user")} would be revoked${done}${fail}${others}`;
}
function tallies(outcomes, options) {
  const results = outcomes.flatMap((outcome) => "controls" in outcome ? outcome.controls : []);
  return CONTROLS.flatMap((control) => {
    if (control.tally === void 0 || !control.isRequested(options)) return [];
    const users = results.filter((result) => result.control === control && result.isTallied === true).length;
    return [`, ${control.tally(users)}`];
  }).join("");
}
function misses({ failed: failed3, skipped, unknown: unknown2 }) {
  return [
    ...failed3 > 0 ? [`${(0,chunk_OXARIGI2/* grouped */.zD)(failed3)} failed`] : [],
    ...skipped > 0 ? [`${(0,chunk_OXARIGI2/* grouped */.zD)(skipped)} skipped`] : [],
    ...unknown2 > 0 ? [`${(0,chunk_OXARIGI2/* grouped */.zD)(unknown2)} unknown to the organization`] : []
  ].join(", ");
}
function skippedCounts({ not_due: notDue, past }, { dueWithinDays }) {
  const parts = [
    ...notDue > 0 ? [`${(0,chunk_OXARIGI2/* grouped */.zD)(notDue)} not due yet`] : [],
    ...past > 0 ? [`${(0,chunk_OXARIGI2/* grouped */.zD)(past)} left more than ${(0,chunk_OXARIGI2/* quantity */.au)(dueWithinDays, "day")} ago`] : []
  ];
  return parts.length === 0 ? "" : ` (${parts.join(", ")}, left alone)`;
}

// src/result/report.ts
function reportOf(record) {
  const { options, outcomes, badRows, lists, unaddressed = 0 } = record;
  const { target, baseUrl, dryRun, given } = options;
  const totals = (0,chunk_X3PH6AE5/* totalsOf */.vA)(outcomes, unaddressed);
  return {
    ...provenanceOf(record),
    dry_run: dryRun !== false,
    target: target ?? null,
    api_base_url: baseUrl.href,
    options: Object.fromEntries([...given].map(([name, value]) => [name.replaceAll("-", "_"), value])),
    lists: [...lists],
    totals: {
      requested: outcomes.length + badRows.length + unaddressed,
      ...totals,
      failed: totals.failed + badRows.length
    },
    ...badRows.length > 0 && {
      bad_rows: badRows.map(({ source, email, problems }) => ({
        source,
        value: email,
        problems: [...problems]
      }))
    },
    users: outcomes.map((outcome) => userOf(outcome, options))
  };
}
function reportOfProblems(problems, provenance) {
  return {
    ...provenanceOf(provenance),
    problems: problems.map(({ text, ...at }) => ({ message: text, ...at })),
    users: []
  };
}
function provenanceOf({
  startedAt,
  finishedAt,
  workflowRun,
  action: { repository, ref }
}) {
  return {
    version: 1,
    action: { version: VERSION, repository, ref },
    started_at: (0,chunk_OXARIGI2/* isoTime */.Ly)(startedAt),
    finished_at: (0,chunk_OXARIGI2/* isoTime */.Ly)(finishedAt),
    run: workflowRun
  };
}
function userOf(outcome, options) {
  const { user, status, revocation } = outcome;
  const { email, userUid, revokeAfter, source, reference } = user;
  return {
    email,
    source,
    ...reference !== void 0 && { reference },
    ...userUid !== void 0 && { user_uid: userUid },
    ...revokeAfter !== void 0 && { revoke_after: revokeAfter.text, due_at: (0,chunk_OXARIGI2/* isoTime */.Ly)(revokeAfter.at) },
    status,
    reason: reasonOf(outcome, options),
    revocation,
    controls: statesOf(controlsOf(outcome, options)),
    ...detailsOf(outcome)
  };
}
function statesOf(controls) {
  return Object.fromEntries(controls.map(({ control, state }) => [control.name, state]));
}
function detailsOf(outcome) {
  const warnings = (0,chunk_X3PH6AE5/* warningsOf */.nZ)(outcome);
  const others = warnings.length > 0 ? { warnings: [...warnings] } : {};
  switch (outcome.status) {
    case "revoked":
    case "unknown":
    case "failed": {
      const { httpStatus, rayId } = outcome;
      return {
        ...sendingOf(outcome),
        http_status: httpStatus,
        ray_id: rayId,
        errors: outcome.status === "failed" ? errorsOf2(outcome.problem) : [],
        ...findingsOf(outcome),
        ...others
      };
    }
    case "skipped":
      return { attempts: 0, errors: [{ message: `${outcome.reason.what}.` }] };
    case "would_revoke": {
      const { problem } = outcome;
      return {
        attempts: 0,
        http_status: problem?.httpStatus,
        ray_id: problem?.rayId,
        errors: problem === void 0 ? [] : errorsOf2(problem),
        ...findingsOf(outcome),
        ...others
      };
    }
    case "not_due":
    case "past":
      return { attempts: 0, errors: [], ...others };
  }
}
function sendingOf({
  attempts,
  startedAt,
  finishedAt
}) {
  return { attempts, started_at: (0,chunk_OXARIGI2/* isoTime */.Ly)(startedAt), finished_at: (0,chunk_OXARIGI2/* isoTime */.Ly)(finishedAt) };
}
function errorsOf2(problem) {
  const { errors, httpStatus, rayId } = problem;
  const call = {
    ...httpStatus !== void 0 && { http_status: httpStatus },
    ...rayId !== void 0 && { ray_id: rayId }
  };
  return errors.length > 0 ? errors.map(({ code: code2, message }) => ({ code: code2, message, ...call })) : [{ message: describe(problem), ...call }];
}
function findingsOf({ accountUserIds, verification, controls }) {
  const facts = controls.reduce((all, control) => ({ ...all, ...control.facts }), {});
  const verifiedAt = lastReadOf(controls);
  return {
    ...accountUserIds !== void 0 && { account_user_ids: [...accountUserIds] },
    verification,
    ...facts,
    ...verifiedAt !== void 0 && { verified_at: (0,chunk_OXARIGI2/* isoTime */.Ly)(verifiedAt) }
  };
}

// src/result/summary-rows.ts
function rowOf(outcome, options, text, names) {
  const controls = controlsOf(outcome, options);
  const readAt = lastReadOf(controls);
  const details = controls.map(({ detail }) => detail).filter((detail) => detail !== "");
  return {
    about: "user",
    name: names.inSummary(outcome.user),
    result: resultOf(outcome),
    controls: (hasMarks(controls) ? controls.map(markedText) : controls.flatMap(countedText)).join("<br>"),
    lines: [
      ...happened(outcome, text),
      ...details.map((detail) => text.quoting(detail)),
      ...(0,chunk_X3PH6AE5/* warningsOf */.nZ)(outcome).map((warning2) => `\u26A0\uFE0F ${text.quoting(warning2)}`)
    ],
    traces: [
      ...readAt === void 0 ? [] : [`last read at ${(0,chunk_OXARIGI2/* timeOfDay */.rb)(readAt)}`],
      ...rayIdsOf(outcome).map((rayId) => `ray ID ${text.words(rayId)}`)
    ]
  };
}
function badRowOf2({ source, problems }, text) {
  return {
    about: "row",
    name: [text.words(source)],
    result: "\u274C&nbsp;not used",
    controls: "",
    lines: problems.map((problem) => text.quoting(problem)),
    traces: []
  };
}
function isWarned(outcome) {
  return outcome.status === "unknown" || (0,chunk_X3PH6AE5/* warningsOf */.nZ)(outcome).length > 0;
}
function minuteOf(time) {
  return `${(0,chunk_OXARIGI2/* isoTime */.Ly)(time).slice(0, 16).replace("T", " ")} UTC`;
}
function resultOf(outcome) {
  switch (outcome.status) {
    case "revoked":
      return outcome.verification === "passed" ? "\u2705&nbsp;revoked and verified" : "\u2705&nbsp;revoked, confirmed by Cloudflare";
    case "unknown":
      return "\u2753&nbsp;unknown";
    case "failed":
      return "\u274C&nbsp;failed";
    case "skipped":
      return "\u23ED\uFE0F&nbsp;skipped";
    case "not_due":
      return "\u{1F4C5}&nbsp;not due yet";
    case "past":
      return "\u{1F5C4}\uFE0F&nbsp;left alone";
    case "would_revoke":
      return outcome.problem === void 0 ? "\u{1F50D}&nbsp;would be revoked" : "\u274C&nbsp;would fail";
  }
}
var MARKS = {
  verified: ["\u2705", "read back"],
  confirmed: ["\u2611\uFE0F", "confirmed by Cloudflare"],
  failed: ["\u274C", "failed"],
  not_known: ["\u2753", "not known"],
  not_requested: ["\u2796", "not requested"]
};
function hasMarks(controls) {
  return controls.some(({ state }) => state !== "not_requested");
}
function legendOf(users) {
  const marked = users.filter(hasMarks).flat();
  const states = new Set(marked.map(({ state }) => state));
  const marks = Object.entries(MARKS).filter(([state]) => states.has(state));
  return [
    ...marks.map(([, [mark, meaning]]) => `${mark} ${meaning}`),
    ...marked.some(isCounted) ? ["\u2192 from before the revocation to after it"] : []
  ].map((entry) => entry.replaceAll(" ", "&nbsp;")).join(" \xB7 ");
}
function markedText(result) {
  const { control, state, counts } = result;
  const [mark] = MARKS[state];
  const change = isCounted(result) ? ` ${counts?.before ?? "?"} \u2192 <b>${counts?.after ?? "?"}</b>` : "";
  return `${mark} ${control.label}${change}`.replaceAll(" ", "&nbsp;");
}
function isCounted({ counts }) {
  return counts?.before !== void 0 || counts?.after !== void 0;
}
function countedText({ control: { label }, counts }) {
  return counts?.before === void 0 ? [] : [`${label}: ${counts.before}`.replaceAll(" ", "&nbsp;")];
}
function happened(outcome, text) {
  const { user } = outcome;
  switch (outcome.status) {
    case "revoked":
    case "unknown":
      return [];
    case "failed":
      return problemLines(outcome, outcome.problem, text);
    case "skipped":
      return [
        outcome.revocation === "unconfirmed" ? "Sent, but not confirmed before the run stopped." : "Not sent."
      ];
    case "not_due":
      return user.revokeAfter === void 0 ? ["no date"] : dateLines(user, "due from");
    case "past":
      return dateLines(user, "was due from");
    case "would_revoke": {
      const { problem } = outcome;
      return problem === void 0 ? dateLines(user, "due since") : problemLines(outcome, problem, text);
    }
  }
}
function problemLines(outcome, problem, text) {
  const { errors, remedy } = problem;
  return [
    text.quoting(`${whatHappened2(outcome, problem)}.`),
    ...errors.map((error2) => text.words(apiErrorText(error2))),
    ...remedy === void 0 ? [] : [text.own(remedy)]
  ];
}
function dateLines({ revokeAfter }, what) {
  return revokeAfter === void 0 ? [] : [(0,chunk_X3PH6AE5/* html */.qy)(`${revokeAfter.text}: ${what} ${minuteOf(revokeAfter.at)}`)];
}
function rayIdsOf(outcome) {
  return "rayId" in outcome ? [outcome.rayId] : [];
}

// src/result/summary-tables.ts
var MAX_BYTES = 9e5;
var SummaryTables = class {
  #room = MAX_BYTES;
  /** Users and rows for which there was no room. */
  left = 0;
  /** A table with a row for each. */
  oneByOne(rows, further) {
    const columns = columnsOf(rows, further);
    return this.#table(columns, rows, (each) => this.#fitting(rowIn(columns, each)));
  }
  /** A table that says once what is the same for several, and then names them. */
  together(rows, further) {
    const groups = /* @__PURE__ */ new Map();
    for (const each of rows) {
      const key = JSON.stringify({ ...each, name: [], traces: [] });
      const group = groups.get(key);
      if (group === void 0) groups.set(key, [each]);
      else group.push(each);
    }
    const columns = columnsOf(rows, further);
    return this.#table(
      columns,
      [...groups.values()],
      ([first, ...others]) => others.length === 0 ? this.#fitting(rowIn(columns, first)) : this.#group(columns, first, [first, ...others])
    );
  }
  #table(columns, entries, rowFor) {
    return `${(0,chunk_X3PH6AE5/* tableStart */.Pb)(columns.map(({ title }) => title))}${entries.map(rowFor).join("")}${chunk_X3PH6AE5/* TABLE_END */.Pj}`;
  }
  #group(columns, first, all) {
    const start = rowIn(columns, {
      ...first,
      name: [`<b>${(0,chunk_OXARIGI2/* quantity */.au)(all.length, first.about)}</b>`],
      traces: first.traces.map((trace) => `${trace} (the first of them)`)
    });
    const begin = this.#fitting(`${start}<tr><td colspan="${columns.length}">`, all.length);
    if (begin === "") return "";
    const names = all.map((each, index) => this.#fitting(`${index === 0 ? "" : ", "}${each.name.join(" ")}`));
    return `${begin}${names.join("")}</td></tr>
`;
  }
  /** @param rows - how many rows are left out if there is no room */
  #fitting(text, rows = 1) {
    this.#room -= Buffer.byteLength(text);
    if (this.#room >= 0) return text;
    this.left += rows;
    return "";
  }
};
function columnsOf(rows, further) {
  return [
    { title: "User", cell: ({ name: [name, ...marks], result }) => [name, result, ...marks].join("<br>") },
    ...further.filter(({ cell }) => rows.some((each) => cell(each) !== ""))
  ];
}
function rowIn(columns, each) {
  return (0,chunk_X3PH6AE5/* row */.nM)(columns.map(({ cell }) => cell(each)));
}

// src/result/summary.ts
var MAX_UNFOLDED = 20;
var MAX_ROWS = 12e3;
function summaryOf(record, verdict) {
  const { options, outcomes, badRows, startedAt } = record;
  const text = new SummaryText(options.maskEmails);
  const tables = new SummaryTables();
  const names = new UserNames(options.maskEmails, startedAt);
  const rowsOf = (those, most) => inOrder(those, startedAt).slice(0, most).map((outcome) => rowOf(outcome, options, text, names));
  const flawed = outcomes.filter(chunk_X3PH6AE5/* blocksGreen */.Ee);
  const sound = outcomes.filter((outcome) => !(0,chunk_X3PH6AE5/* blocksGreen */.Ee)(outcome));
  const failures = [...badRows.map((row2) => badRowOf2(row2, text)), ...rowsOf(flawed)];
  const warned = rowsOf(sound.filter(isWarned));
  const quiet = sound.filter((outcome) => !isWarned(outcome));
  const rest = rowsOf(quiet, MAX_ROWS);
  tables.left += quiet.length - rest.length;
  const controls = verdict.mode === void 0 ? CONTROLS2 : ACTIVE_NOW;
  return [
    heading(verdict),
    paragraph(text.own(circumstances(record))),
    stopping(record, text),
    failures.length === 0 ? "" : tables.together(failures, [WHAT_TO_DO, controls]),
    warned.length === 0 ? "" : tables.oneByOne(warned, [controls, DETAILS]),
    rest.length === 0 ? "" : folded(quiet.length, tables.oneByOne(rest, [controls, DETAILS])),
    tables.left === 0 ? "" : paragraph((0,chunk_X3PH6AE5/* html */.qy)(`${(0,chunk_OXARIGI2/* quantity */.au)(tables.left, "more user")}: see the report.`)),
    legend(record),
    ...closing(record).map((sentence) => paragraph((0,chunk_X3PH6AE5/* html */.qy)(sentence))),
    verdict.level === "failure" ? "" : notCovered(record)
  ].join("");
}
function summaryOfProblems(verdict, problems, rest) {
  const lines = [...problems, rest].filter((line) => line !== "");
  return `${heading(verdict)}${(0,chunk_X3PH6AE5/* list */.p_)(lines.map((line) => (0,chunk_X3PH6AE5/* quoting */.yu)((0,chunk_VWMF4SLR/* plainText */.wh)(line))))}`;
}
var KINDS = [
  "failed",
  "would_revoke",
  "unknown",
  "revoked",
  "skipped",
  "not_due",
  "past"
];
function inOrder(outcomes, now) {
  return KINDS.flatMap((kind) => {
    const those = outcomes.filter(({ status }) => status === kind);
    const isNew2 = ({ user }) => (0,chunk_OXARIGI2/* isNewlyDue */.i4)(user, now);
    return [...those.filter(isNew2), ...those.filter((outcome) => !isNew2(outcome))];
  });
}
var DETAILS = {
  title: "Details",
  cell: ({ lines, traces }) => [...lines, ...traces].join("<br>")
};
var WHAT_TO_DO = { ...DETAILS, title: "What happened, and what to do" };
var CONTROLS2 = { title: "Controls", cell: ({ controls }) => controls };
var ACTIVE_NOW = { ...CONTROLS2, title: "Active now" };
var SIGNS = { success: "\u2705", warning: "\u26A0\uFE0F", failure: "\u274C" };
function heading({ level, mode, text }) {
  const sign = level === "success" && mode !== void 0 ? "\u{1F50D}" : SIGNS[level];
  const about = mode === void 0 ? "" : `, ${mode.toLowerCase()}`;
  return `<h3>${sign} Cloudflare Access${about} \u2013 ${(0,chunk_X3PH6AE5/* html */.qy)((0,chunk_VWMF4SLR/* plainText */.wh)(text.replace(/:$/, ".")))}</h3>

`;
}
function circumstances({ options, startedAt, finishedAt }) {
  const isElsewhere = !options.baseUrl.cloudflare && options.dryRun !== "offline";
  const where = isElsewhere ? ` \xB7 at ${options.baseUrl.href}, which is not Cloudflare's` : "";
  const seconds = ((finishedAt - startedAt) / 1e3).toFixed(1);
  return `${extentText(options)}${targetText(options, " \xB7 ")} \xB7 ${minuteOf(startedAt)}, ${seconds} s${where}`;
}
function stopping({ stopped, outcomes }, text) {
  if (stopped === void 0) return "";
  const { what, remedy } = stopped;
  const isShown = outcomes.some((outcome) => outcome.status === "failed" && outcome.problem.remedy === remedy);
  return paragraph(`Stopped: ${text.words(what)}${isShown ? "" : ` ${text.own(remedy)}`}`);
}
function folded(users, table) {
  if (users <= MAX_UNFOLDED) return table;
  const title = `${(0,chunk_OXARIGI2/* quantity */.au)(users, "user")} without failures or warnings`;
  return `<details><summary>${(0,chunk_X3PH6AE5/* html */.qy)(title)}</summary>

${table}</details>

`;
}
function closing({ options, outcomes }) {
  const { past, revoked } = (0,chunk_X3PH6AE5/* totalsOf */.vA)(outcomes);
  const untouched = revoked > 0 ? leftUntouched(options) : "";
  return [...past > 0 ? [pastText(past, options)] : [], ...untouched === "" ? [] : [untouched]];
}
function legend({ outcomes, options }) {
  const marks = legendOf(outcomes.map((outcome) => controlsOf(outcome, options)));
  return marks === "" ? "" : paragraph(marks);
}
function notCovered({ outcomes, action: { url } }) {
  if ((0,chunk_X3PH6AE5/* totalsOf */.vA)(outcomes).revoked === 0) return "";
  const more = url === void 0 ? "" : ` <a href="${url}/${NOT_COVERED}">What a green run does not cover</a>`;
  return paragraph(
    `No run ends sessions of SaaS applications, active SSH, VNC, and RDP sessions, or the access of service tokens.${more}`
  );
}
var NOT_COVERED = "docs/security.md#what-a-green-run-does-not-cover";
function paragraph(content) {
  return `<p>${content}</p>

`;
}

// src/result/verdict.ts
var MODES = { false: void 0, true: "Dry run", offline: "Offline check" };
var EMPTY = {
  fail: "failure",
  warn: "warning",
  ignore: "success"
};
function verdictOf(record, { report, outputs }) {
  const { options, outcomes, stopped, badRows, unaddressed = 0 } = record;
  const mode = MODES[`${options.dryRun}`];
  const empty = outcomes.length + badRows.length + unaddressed === 0;
  const doubts = [
    ...mode !== void 0 && isScheduledDryRun(record) ? [SCHEDULED_DRY_RUN] : [],
    ...!empty && unaddressed === 0 && outcomes.every(({ status }) => status === "past") ? [ALL_PAST] : [],
    ...isEveryoneUnknown(record) ? [ALL_UNKNOWN] : []
  ];
  const flaws = [
    ...badRows.length > 0 ? [`${(0,chunk_OXARIGI2/* quantity */.au)(badRows.length, "row")} could not be used: see the log.`] : [],
    ...report ? [] : ["The report could not be written to the runner's temporary folder (RUNNER_TEMP)."],
    ...outputs ? [] : ["The outputs could not be written (GITHUB_OUTPUT): do not rely on them."],
    ...empty && options.ifEmpty === "fail" ? ["If that is not a mistake, set `if-empty` to `warn` or `ignore`."] : []
  ];
  const flawed = stopped !== void 0 || flaws.length > 0 || outcomes.some(chunk_X3PH6AE5/* blocksGreen */.Ee);
  const well = doubts.length > 0 ? "warning" : "success";
  return {
    level: flawed ? "failure" : empty ? EMPTY[options.ifEmpty] : well,
    mode,
    text: [`${headline(outcomes, options, unaddressed)}.`, ...flaws, ...doubts].join(" "),
    ...stopped !== void 0 && { stopped: `The run was stopped: ${stopped.what}.` }
  };
}
var SCHEDULED_DRY_RUN = "This run was scheduled and revoked nobody. If `dry-run` was left on by mistake, remove it.";
var ALL_PAST = "Every user of the list left long ago: check the years of the dates.";
var ALL_UNKNOWN = "No one was revoked: check the spelling of the addresses.";
function isEveryoneUnknown({ outcomes }) {
  const { unknown: unknown2, revoked } = (0,chunk_X3PH6AE5/* totalsOf */.vA)(outcomes);
  return unknown2 > 0 && revoked === 0;
}
function isScheduledDryRun({ outcomes, workflowRun }) {
  return workflowRun.event === "schedule" && outcomes.some(({ status }) => status === "would_revoke");
}
function verdictOnInputs(problems) {
  const wrong = problems === 1 ? "There is a problem" : "There are problems";
  return { level: "failure", mode: void 0, text: `Nothing was sent. ${wrong} with the inputs:` };
}
function verdictLine({ mode, text }) {
  return mode === void 0 ? text : `${mode}: ${text}`;
}

// src/result/publish.ts
var MAX_SHOWN = 20;
var MAX_ANNOTATED = 8;
function publish(record, log) {
  const report = attempt(log, () => (0,chunk_X3PH6AE5/* writeReport */.u5)(reportOf(record)));
  const outputs = attempt(log, () => {
    (0,chunk_X3PH6AE5/* writeOutputs */.Kn)({ ...(0,chunk_X3PH6AE5/* outputsOf */.Yz)(record, report ?? "") });
    return true;
  });
  const problems = record.badRows.flatMap(
    ({ source, problems: problems2, ...at }) => problems2.map((text) => ({ ...at, text: `${source}: ${text}` }))
  );
  for (const { text } of annotate(problems, log)) log.info(text);
  const verdict = verdictOf(record, { report: report !== void 0, outputs: outputs === true });
  publishSummary(summaryOf(record, verdict), log);
  const untouched = leftUntouched(record.options);
  if ((0,chunk_X3PH6AE5/* totalsOf */.vA)(record.outcomes).revoked > 0 && untouched !== "") log.info(untouched);
  if (report !== void 0) log.info(`Report: ${report}`);
  return main_3EPMYUBC_close(log, verdict);
}
function publishProblems({ problems, warnings }, provenance, log) {
  for (const warning2 of warnings) log.warning(warning2);
  const report = attempt(log, () => (0,chunk_X3PH6AE5/* writeReport */.u5)(reportOfProblems(problems, provenance)));
  if (report !== void 0) {
    attempt(log, () => {
      (0,chunk_X3PH6AE5/* writeOutputs */.Kn)({ ...chunk_X3PH6AE5/* INITIAL_OUTPUTS */.wE, report });
    });
  }
  annotate(problems, log);
  const texts = problems.map(({ text }) => text);
  const verdict = verdictOnInputs(problems.length);
  const numbered = texts.map((problem, index) => `${index + 1}. ${problem}`);
  const more = numbered.length - MAX_SHOWN;
  if (more > 0) for (const line of numbered) log.info(line);
  const rest = more > 0 ? `${(0,chunk_OXARIGI2/* quantity */.au)(more, "more problem")}: see the log.` : "";
  publishSummary(summaryOfProblems(verdict, texts.slice(0, MAX_SHOWN), rest), log);
  return main_3EPMYUBC_close(log, verdict, ...numbered.slice(0, MAX_SHOWN), ...rest === "" ? [] : [rest]);
}
function annotate(problems, log) {
  let annotated = 0;
  return problems.filter(({ text, file, line }) => {
    if (file === void 0 || line === void 0 || annotated === MAX_ANNOTATED) return true;
    annotated += 1;
    log.errorAt(file, line, text);
    return false;
  });
}
function main_3EPMYUBC_close(log, verdict, ...details) {
  const { level, stopped } = verdict;
  const text = verdictLine(verdict);
  if (level === "failure") log.failure(stopped === void 0 ? text : `${text} ${stopped}`, ...details);
  else if (level === "warning") log.warning(text);
  else log.info(text);
  return level !== "failure";
}
function publishSummary(summary2, log) {
  try {
    (0,chunk_X3PH6AE5/* writeJobSummary */.j7)(summary2);
  } catch (error2) {
    log.unexpected(error2);
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
    const resolve = (value) => {
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
        resolve(result);
        return;
      }
      resolve(result.slice(0, lastIndex).filter((value) => value !== pMapSkip));
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

// src/revocation/look-up.ts
async function lookUp({ email, userUid }, run) {
  const users = await run.directory.find(email);
  if (users.kind !== "result") {
    const { consequence, alternative } = permissionHelp(run.options);
    const problem = readProblem(users, alternative);
    if (problem.scope === "all_users") run.reportRefusal(consequence, problem);
    return { kind: "unread", problem };
  }
  const records = users.result;
  if (records.length === 0) return { kind: "unknown" };
  const owner = { email, records, readAt: users.receivedAt };
  const controls = /* @__PURE__ */ new Map();
  for (const control of CONTROLS) {
    const lookedUp = await control.lookUp?.(owner, run);
    if (lookedUp === void 0) continue;
    controls.set(control, lookedUp);
    const { problem } = lookedUp;
    const { withoutLookUp = "" } = control;
    if (problem?.scope === "all_users") run.reportRefusal(withoutLookUp, problem);
  }
  return {
    kind: "known",
    ids: records.map(({ id }) => id),
    ...spellingOf(email, records),
    controls,
    hasOtherUuid: userUid !== void 0 && !hasUuid(records, userUid),
    answers: [users, ...[...controls.values()].flatMap(({ answers }) => answers)]
  };
}
function spellingOf(email, records) {
  const [one = email, ...others] = new Set(records.map((record) => record.email));
  const spelling = others.length === 0 && one !== email ? (0,chunk_OXARIGI2/* parseEmailAddress */.OE)(one) : void 0;
  return typeof spelling === "string" ? { spelling } : {};
}
function permissionHelp(options) {
  const controls = lookedUpFor(options);
  const inputs = controls.flatMap(({ lookUpInput = [] }) => lookUpInput);
  const consequence = controls.slice(0, 1).map(({ withoutLookUp = "" }) => withoutLookUp).join();
  return {
    consequence: options.dryRun === true ? consequence : `${consequence} Revocations are still sent.`,
    alternative: `Or remove ${inputs.join(" and ")}.`
  };
}
var MAX_PAST_USERS = 100;
async function pastUsersStillActive(past, { directory, options: { concurrency } }) {
  const found = await pMap(
    past,
    async (user) => {
      const call = await directory.find(user.email);
      if (call.kind !== "result" || loginAfterLeaving(user, call.result) !== void 0) return [];
      const devices = countDevices(call.result) ?? 0;
      if (devices === 0) return [];
      const warning2 = `The user still has ${(0,chunk_OXARIGI2/* quantity */.au)(devices, "active device")} and has not signed in since \`revoke_after\`, so the user may never have been revoked. To revoke the user now, raise \`due-within-days\`.`;
      return [{ status: "past", revocation: "not_sent", user, warnings: [warning2] }];
    },
    { concurrency }
  );
  return found.flat();
}
var CHECK_SPELLING = "Check the spelling of the address.";
var CHECK_UNKNOWN = `${CHECK_SPELLING} If the user may never have used Access, set \`unknown-user: warn\`.`;
var CHECK_UUID = "Check `user-uid`, or `user_uid` in the list, against the address.";
var UNKNOWN_USER = userProblem("Not revoked: the organization knows no such user", CHECK_UNKNOWN);
var UNKNOWN_LOOK_ALIKE = userProblem(
  "Not revoked: the organization knows no such user, and the address contains characters that may only look like others",
  "Type the address instead of pasting it, and compare it with the one in Zero Trust."
);
var OTHER_UUID = userProblem(
  "Revoked, but the UUID belongs to another user than the address: the revocation was sent for the address alone",
  CHECK_UUID
);
var WOULD_BE_UNKNOWN = userProblem("The organization knows no such user", CHECK_UNKNOWN);
var WOULD_BE_OTHER_UUID = userProblem(
  "The UUID belongs to another user than the address",
  CHECK_UUID
);

// src/revocation/dry-run.ts
async function dryRunUser(user, run) {
  const { options } = run;
  const would = {
    status: "would_revoke",
    revocation: "not_sent",
    user,
    controls: uncheckedControls(options, "not_requested"),
    ...provesSessions(options) && { verification: "not_done" },
    warnings: []
  };
  if (!looksUp(options)) return would;
  const known2 = await lookUp(user, run);
  if (known2.kind === "unread") return { ...would, problem: known2.problem };
  if (known2.kind === "unknown") {
    return options.unknownUser === "fail" || !(0,chunk_VWMF4SLR/* isAscii */.ER)(user.email) ? { ...would, problem: WOULD_BE_UNKNOWN } : { ...would, warnings: [`${WOULD_BE_UNKNOWN.what}. ${CHECK_SPELLING}`] };
  }
  const problem = known2.hasOtherUuid ? WOULD_BE_OTHER_UUID : [...known2.controls.values()].map((control) => control.problem).find((each) => each !== void 0);
  return {
    ...would,
    accountUserIds: known2.ids,
    controls: CONTROLS.map((control) => ({
      control,
      ...finding("not_requested", known2.controls.get(control)?.seen)
    })),
    ...problem !== void 0 && { problem }
  };
}
function offlineOutcomes(due, options, onOutcome) {
  const controls = uncheckedControls(options, "not_requested");
  const would = { status: "would_revoke", revocation: "not_sent", controls, warnings: [] };
  const outcomes = due.map((user) => ({ ...would, user }));
  for (const outcome of outcomes) onOutcome(outcome);
  return new Map(outcomes.map((outcome) => [outcome.user, outcome]));
}

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
  const run = async (function_, resolve, arguments_) => {
    const result = (async () => function_(...arguments_))();
    resolve(result);
    try {
      await result;
    } catch {
    }
    next();
  };
  const enqueue = (function_, resolve, reject, arguments_) => {
    const queueItem = { reject };
    new Promise((internalResolve) => {
      queueItem.run = internalResolve;
      queue.enqueue(queueItem);
    }).then(run.bind(void 0, function_, resolve, arguments_));
    if (activeCount < concurrency) {
      resumeNext();
    }
  };
  const generator = (function_, ...arguments_) => new Promise((resolve, reject) => {
    enqueue(function_, resolve, reject, arguments_);
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
        const promises2 = [];
        try {
          Array.from(iterable, (value, index) => {
            const promise = generator(function_, value, index);
            promises2.push(promise);
            return promise;
          });
        } catch (error2) {
          for (const promise of promises2) {
            promise.catch(() => {
            });
          }
          throw error2;
        }
        return Promise.all(promises2);
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

// src/revocation/revoke-all.ts
var MAX_USERS_OF_SHORT_LIST2 = 100;
var SPARE_CALLS_OF_PROOF = 5;
function planCalls(due, options) {
  const calls = CONTROLS.reduce(
    (sum, control) => sum + control.calls(options),
    1 + (looksUp(options) ? 1 : 0)
  );
  return {
    isLong: due > MAX_USERS_OF_SHORT_LIST2,
    maxCalls: due * (calls + (provesSessions(options) ? SPARE_CALLS_OF_PROOF : 0)),
    callsOneByOne: due * calls
  };
}
var MAX_PENDING_PROOFS = 500;
async function revokeAll(due, { processUser, options, stop, onOutcome, onUnexpected }) {
  const outcomes = /* @__PURE__ */ new Map();
  const limitProofs = pLimit(MAX_PENDING_PROOFS);
  const proofs = [];
  const conclude = (outcome) => {
    if (due.length > 1 && outcome.status === "failed" && outcome.problem.scope === "all_users") {
      const { what, remedy = "" } = outcome.problem;
      stop.stop({ what: `${what}: all other users would fail too`, remedy });
    }
    outcomes.set(outcome.user, outcome);
    onOutcome(outcome);
  };
  const orFailed = async (user, work) => work().catch((error2) => {
    onUnexpected(error2);
    return unexpected(user, error2, options);
  });
  const start = async (user) => {
    const pending = stop.reason === void 0 ? await orFailed(user, async () => processUser(user)) : { status: "skipped", revocation: "not_sent", user, reason: stop.reason };
    if (typeof pending !== "function") conclude(pending);
    else {
      proofs.push(
        limitProofs(async () => {
          conclude(await orFailed(user, pending));
        })
      );
    }
  };
  const [first, ...others] = due;
  if (first !== void 0) await start(first);
  await pMap(others, start, { concurrency: options.concurrency });
  await Promise.all(proofs);
  return outcomes;
}
function unexpected(user, error2, options) {
  const now = Date.now();
  return {
    status: "failed",
    revocation: "unconfirmed",
    user,
    attempts: 0,
    startedAt: now,
    finishedAt: now,
    problem: unexpectedProblem(error2),
    controls: uncheckedControls(options, "not_known"),
    warnings: []
  };
}

// src/revocation/send-revocation.ts
async function sendRevocation(user, { omitUuid = false, isOverdue = false, spelling = user.email }, { endpoints, options }) {
  const startedAt = Date.now();
  const { devices, warpSessionReauth } = options;
  const request = {
    email: spelling,
    userUid: omitUuid ? void 0 : user.userUid,
    devices,
    warpSessionReauth
  };
  const call = await endpoints.revokeUser(request, isOverdue ? "overdue" : "revocation");
  if (call.kind === "stopped") {
    return {
      status: "skipped",
      revocation: call.sent ? "unconfirmed" : "not_sent",
      user,
      reason: call.reason
    };
  }
  const sending = { user, attempts: call.attempts, startedAt, finishedAt: Date.now() };
  if (call.kind === "problem") return notConfirmed(sending, call.problem, options);
  const { date, receivedAt } = call;
  return call.result ? { ...sending, ...idsOf(call), revocation: "confirmed", time: { date, receivedAt } } : notConfirmed(sending, { ...NOTHING_REVOKED, ...idsOf(call) }, options);
}
function notConfirmed(sending, problem, options) {
  const { httpStatus, rayId } = problem;
  return {
    ...sending,
    ...httpStatus !== void 0 && { httpStatus },
    ...rayId !== void 0 && { rayId },
    status: "failed",
    revocation: "unconfirmed",
    problem,
    controls: uncheckedControls(options, stateOfUnconfirmed(problem)),
    warnings: []
  };
}
function stateOfUnconfirmed({ scope }) {
  return scope === "transient" ? "not_known" : "failed";
}
var NOTHING_REVOKED = userProblem(
  'Cloudflare answered "result": false: nothing was revoked',
  "Check that this is the address of the user in Zero Trust and that the UUID, if you set one, belongs to it."
);

// src/revocation/revoke-user.ts
async function revokeUser(user, run) {
  const { options, queue } = run;
  if (!looksUp(options)) {
    const sent2 = await sendRevocation(user, {}, run);
    if ("status" in sent2) return sent2;
    return { ...sent2, status: "revoked", controls: uncheckedControls(options, "confirmed"), warnings: [] };
  }
  const reading = lookUp(user, run).catch((error2) => {
    run.log.unexpected(error2);
    return { kind: "unread", problem: unexpectedProblem(error2) };
  });
  const known2 = await inTime(reading, run);
  const isLookUpLate = known2 === void 0;
  const { hasOtherUuid, spelling } = known2?.kind === "known" ? known2 : { hasOtherUuid: false, spelling: void 0 };
  const sent = await sendRevocation(
    user,
    { omitUuid: isLookUpLate || hasOtherUuid, isOverdue: isLookUpLate, spelling },
    run
  );
  if ("status" in sent) {
    if (sent.status === "skipped") return sent;
    const found = known2?.kind === "known" ? known2 : void 0;
    return {
      ...sent,
      ...found !== void 0 && { accountUserIds: found.ids },
      controls: uncheckedControls(options, stateOfUnconfirmed(sent.problem), found?.controls),
      ...provesSessions(options) && { verification: "not_done" }
    };
  }
  const runningTime = queue.runningTime;
  const check3 = async () => {
    const found = known2 ?? await reading;
    return checkUser(sent, found, { runningTime, isLookUpLate }, run);
  };
  return isLookUpLate || known2.kind === "known" ? check3 : check3();
}
async function inTime(reading, { queue, stop }) {
  const waiting = new AbortController();
  const end = () => {
    waiting.abort();
  };
  stop.startSignal.addEventListener("abort", end);
  try {
    return await Promise.race([reading, queue.wait(LOOKUP_TIMEOUT_MS, waiting.signal).then(nothing, nothing)]);
  } finally {
    end();
    stop.startSignal.removeEventListener("abort", end);
  }
}
function nothing() {
  return void 0;
}
async function checkUser(sent, found, { runningTime, isLookUpLate }, run) {
  const { options } = run;
  const { user, rayId, time } = sent;
  if (found.kind === "unread") return toOutcome(sent, [], uncheckedFor(found.problem, options), options);
  if (found.kind === "unknown") {
    const controls2 = uncheckedControls(options, "not_known");
    if (!(0,chunk_VWMF4SLR/* isAscii */.ER)(user.email)) return toOutcome(sent, [UNKNOWN_LOOK_ALIKE], controls2, options);
    if (options.unknownUser === "fail") return toOutcome(sent, [UNKNOWN_USER], controls2, options);
    const verification = provesSessions(options) ? { verification: "not_done" } : {};
    return {
      ...sent,
      status: "unknown",
      controls: controls2,
      ...verification,
      warnings: [`${UNKNOWN_USER.what}. ${CHECK_SPELLING}`]
    };
  }
  const { controls: lookedUp, hasOtherUuid, answers } = found;
  const confirmation = {
    login: loginSince(user, time, run),
    user,
    time,
    ...rayId !== void 0 && { rayId },
    runningTime,
    isLookUpLate,
    answers
  };
  const controls = await checkControls(lookedUp, confirmation, !hasOtherUuid, run);
  const outcome = toOutcome(sent, hasOtherUuid ? [OTHER_UUID] : [], controls, options);
  return { ...outcome, accountUserIds: found.ids };
}
function uncheckedFor(problem, options) {
  const [first, ...others] = lookedUpFor(options);
  return uncheckedControls(options, "confirmed").map((result) => {
    if (result.control === first) {
      return { ...result, state: "not_known", problems: [first.unchecked(problem)] };
    }
    return others.includes(result.control) ? { ...result, state: "not_known" } : result;
  });
}
function toOutcome(sent, identity, controls, options) {
  const proofs = controls.filter(({ control }) => control.isProof);
  const others = controls.filter(({ control }) => !control.isProof);
  const [problem, ...further] = [...identity, ...[...proofs, ...others].flatMap(({ problems }) => problems)];
  const warnings = [...further.map(problemText), ...controls.flatMap((control) => control.warnings)];
  const findings = {
    controls,
    ...provesSessions(options) && { verification: verificationOf(proofs, options) },
    warnings
  };
  if (problem === void 0) return { ...sent, status: "revoked", ...findings };
  return { ...sent, status: "failed", problem, ...findings };
}
function verificationOf(proofs, options) {
  const states = proofs.filter(({ control }) => control.needsLookUp(options)).map(({ state }) => state);
  if (states.includes("failed")) return "failed";
  return states.every((state) => state === "verified") ? "passed" : "not_done";
}

// src/runner/log.ts

var MAX_ERRORS2 = 9;
var MAX_WARNINGS = 10;
var Log = class {
  #mask = (0,chunk_VWMF4SLR/* addressMask */.R$)(false);
  #start = (0,chunk_OXARIGI2/* elapsed */.vk)();
  #errors = 0;
  #warnings = 0;
  /** Masks addresses in all further lines, and registers these addresses with the runner. */
  maskAddresses(addresses) {
    this.#mask = (0,chunk_VWMF4SLR/* addressMask */.R$)(true);
    for (const address of addresses) setSecret(address);
  }
  info(line) {
    info(this.#shown(line));
  }
  /** A line that GitHub shows with step debugging on. */
  debug(line) {
    if (isDebug()) debug(this.#shown(line));
  }
  /** Logs the time since the start at the end of a phase. */
  phase(what) {
    this.debug(`${what} after ${Math.round((0,chunk_OXARIGI2/* elapsed */.vk)() - this.#start)} ms`);
  }
  /** Logs the stack of an unexpected error at debug level. */
  unexpected(error2) {
    for (const line of (0,external_node_util_.inspect)(error2).split("\n")) this.debug(line);
  }
  /** An annotation, or a line of the log where there are many. */
  warning(line) {
    this.#warnings += 1;
    if (this.#warnings <= MAX_WARNINGS) warning(this.#shown(line));
    else this.info(`Warning: ${line}`);
  }
  /** The same for a failure. */
  error(line) {
    this.#errors += 1;
    if (this.#errors <= MAX_ERRORS2) error(this.#shown(line));
    else this.info(`Error: ${line}`);
  }
  /** An error at a line of a file, where GitHub shows the annotation. */
  errorAt(file, line, text) {
    this.#errors += 1;
    error(this.#shown(text), { file: this.#shown(file), startLine: line });
  }
  /** The final error of a failed step, always an annotation. It may have several lines. */
  failure(...lines) {
    error(lines.map((line) => this.#shown(line)).join("\n"));
  }
  #shown(line) {
    return (0,chunk_VWMF4SLR/* plainText */.wh)(this.#mask(line));
  }
};

// src/runner/workflow-run.ts

function readActionSource() {
  const [repository, ref] = [variable("GITHUB_ACTION_REPOSITORY"), variable("GITHUB_ACTION_REF")];
  const server = variable("GITHUB_SERVER_URL");
  if (repository === void 0 || ref === void 0 || server === void 0) return { repository, ref };
  const url = `${server}/${repository}/blob/${ref}`;
  return { repository, ref, ...PLAIN_URL.test(url) && { url } };
}
var PLAIN_URL = /^https:\/\/[\w.:/-]+$/;
var DeploymentEvent = (0,chunk_OXARIGI2/* object */.Ik)({ deployment: (0,chunk_OXARIGI2/* object */.Ik)({ environment: (0,chunk_OXARIGI2/* string */.Yj)() }) });
async function readWorkflowRun() {
  try {
    if (!(0,external_node_fs_.statSync)(process.env["GITHUB_EVENT_PATH"] ?? "").isFile()) return {};
    const { context } = await Promise.resolve(/* import() eager */).then(__nccwpck_require__.bind(__nccwpck_require__, 43));
    const { actor, eventName: event, workflow, serverUrl, repo, payload } = context;
    const [runId, attempt2] = [known(context.runId), known(context.runAttempt)];
    const deployed = (0,chunk_OXARIGI2/* safeParse */.xL)(DeploymentEvent, payload);
    const repository = `${repo.owner}/${repo.repo}`;
    return {
      actor,
      triggering_actor: variable("GITHUB_TRIGGERING_ACTOR"),
      event,
      repository,
      workflow,
      run_id: runId,
      attempt: attempt2,
      ...runId !== void 0 && attempt2 !== void 0 && {
        url: `${serverUrl}/${repository}/actions/runs/${runId}/attempts/${attempt2}`
      },
      workflow_ref: variable("GITHUB_WORKFLOW_REF"),
      workflow_sha: variable("GITHUB_WORKFLOW_SHA"),
      sha: variable("GITHUB_SHA"),
      job: variable("GITHUB_JOB"),
      environment: deployed.success ? deployed.output.deployment.environment : void 0
    };
  } catch {
    return {};
  }
}
function known(number2) {
  return number2 > 0 ? number2 : void 0;
}
function variable(name) {
  const value = process.env[name] ?? "";
  return value === "" ? void 0 : value;
}

// src/main.ts
async function main() {
  var _stack = [];
  try {
    const startedAt = Date.now();
    const log = new Log();
    const stop = new RunStop();
    stop.startSignal.addEventListener("abort", () => {
      if (stop.reason !== void 0) log.error(`${stop.reason.what}. ${stop.reason.remedy}`);
    });
    const _signals = (0,chunk_IBOI7HYD/* __using */.r1)(_stack, stopOnSignals(stop));
    const inputs = await readInputs(startedAt);
    const provenance = async () => ({
      startedAt,
      finishedAt: Date.now(),
      workflowRun: await readWorkflowRun(),
      action: readActionSource()
    });
    if (inputs.kind === "problems") return publishProblems(inputs, await provenance(), log);
    if (inputs.kind === "run" && enforceTlsVerification()) {
      log.warning(
        "`NODE_TLS_REJECT_UNAUTHORIZED` is ignored: certificates are always verified. For an inspecting proxy, set `NODE_EXTRA_CA_CERTS` to its CA certificate."
      );
    }
    const { list: list3, options } = inputs;
    if (options.maskEmails) log.maskAddresses(addressesOf(list3));
    for (const warning2 of inputs.warnings) log.warning(warning2);
    const byTiming = Object.groupBy(list3.users, ({ timing }) => timing);
    const { due = [], past = [] } = byTiming;
    const names = new UserNames(options.maskEmails, startedAt);
    for (const line of plannedLines(list3, due, past.length, options, names)) log.info(line);
    log.phase("Inputs read");
    const userLog = new UserLog(log, due.length, options, names);
    const processed = inputs.kind === "run" ? await processUsers(inputs, byTiming, userLog, stop, log) : offlineOutcomes(due, options, userLog.outcome);
    log.phase("Users processed");
    const outcomes = list3.users.map(
      (user) => processed.get(user) ?? {
        status: user.timing === "past" ? "past" : "not_due",
        revocation: "not_sent",
        user
      }
    );
    const { badRows, unaddressed, lists } = list3;
    return publish(
      { options, outcomes, badRows, unaddressed, lists, stopped: stop.reason, ...await provenance() },
      log
    );
  } catch (_) {
    var _error = _, _hasError = true;
  } finally {
    (0,chunk_IBOI7HYD/* __callDispose */.qs)(_stack, _error, _hasError);
  }
}
function addressesOf({ users, badRows }) {
  return [...users, ...badRows].flatMap(({ email }) => (0,chunk_OXARIGI2/* addressesIn */.Mh)(email));
}
async function processUsers(inputs, { due = [], past = [] }, userLog, stop, log) {
  const { list: list3, options, credential } = inputs;
  if (!options.baseUrl.cloudflare) {
    log.warning(
      `Requests go to ${options.baseUrl.href}, which is not Cloudflare's API, so its confirmations do not count.`
    );
  }
  const pastLookedUp = provesSessions(options) ? past.slice(0, MAX_PAST_USERS) : [];
  const lookUps = looksUp(options) ? [...due, ...pastLookedUp] : [];
  const plan = planCalls(due.length, options);
  const run = createRunContext(
    inputs,
    plan,
    lookUps.map(({ email }) => email),
    stop,
    log
  );
  if (options.dryRun && list3.users.length > 0) {
    const check3 = await checkCredential(run.endpoints, credential, options.target);
    if (check3.verdict === "failed") stop.stop(check3);
    else if (check3.verdict === "unchecked") log.warning(`${check3.what}. ${check3.remedy}`);
    else log.info(`${check3.what}. ${check3.remedy}`);
  }
  const outcomes = await revokeAll(due, {
    processUser: async (user) => options.dryRun ? dryRunUser(user, run) : revokeUser(user, run),
    options,
    stop,
    onOutcome: userLog.outcome,
    onUnexpected: (error2) => {
      log.unexpected(error2);
    }
  });
  if (stop.reason !== void 0) return outcomes;
  const stillActive3 = await pastUsersStillActive(pastLookedUp, run);
  for (const outcome of stillActive3) userLog.warn(outcome);
  return new Map([
    ...outcomes,
    ...stillActive3.map((outcome) => [outcome.user, outcome])
  ]);
}



/***/ })

/******/ });
/************************************************************************/
/******/ // The module cache
/******/ var __webpack_module_cache__ = {};
/******/ 
/******/ // The require function
/******/ function __nccwpck_require__(moduleId) {
/******/ 	// Check if module is in cache
/******/ 	var cachedModule = __webpack_module_cache__[moduleId];
/******/ 	if (cachedModule !== undefined) {
/******/ 		return cachedModule.exports;
/******/ 	}
/******/ 	// Create a new module (and put it into the cache)
/******/ 	var module = __webpack_module_cache__[moduleId] = {
/******/ 		// no module.id needed
/******/ 		// no module.loaded needed
/******/ 		exports: {}
/******/ 	};
/******/ 
/******/ 	// Execute the module function
/******/ 	var threw = true;
/******/ 	try {
/******/ 		__webpack_modules__[moduleId](module, module.exports, __nccwpck_require__);
/******/ 		threw = false;
/******/ 	} finally {
/******/ 		if(threw) delete __webpack_module_cache__[moduleId];
/******/ 	}
/******/ 
/******/ 	// Return the exports of the module
/******/ 	return module.exports;
/******/ }
/******/ 
/******/ // expose the modules object (__webpack_modules__)
/******/ __nccwpck_require__.m = __webpack_modules__;
/******/ 
/************************************************************************/
/******/ /* webpack/runtime/asset-relocator-loader */
/******/ if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = decodeURIComponent(new URL('.', import.meta.url).pathname).slice(import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0, -1) + "/";
/******/ 
/******/ /* webpack/runtime/async module */
/******/ (() => {
/******/ 	var webpackQueues = typeof Symbol === "function" ? Symbol("webpack queues") : "__webpack_queues__";
/******/ 	var webpackExports = typeof Symbol === "function" ? Symbol("webpack exports") : "__webpack_exports__";
/******/ 	var webpackError = typeof Symbol === "function" ? Symbol("webpack error") : "__webpack_error__";
/******/ 	var resolveQueue = (queue) => {
/******/ 		if(queue && queue.d < 1) {
/******/ 			queue.d = 1;
/******/ 			queue.forEach((fn) => (fn.r--));
/******/ 			queue.forEach((fn) => (fn.r-- ? fn.r++ : fn()));
/******/ 		}
/******/ 	}
/******/ 	var wrapDeps = (deps) => (deps.map((dep) => {
/******/ 		if(dep !== null && typeof dep === "object") {
/******/ 			if(dep[webpackQueues]) return dep;
/******/ 			if(dep.then) {
/******/ 				var queue = [];
/******/ 				queue.d = 0;
/******/ 				dep.then((r) => {
/******/ 					obj[webpackExports] = r;
/******/ 					resolveQueue(queue);
/******/ 				}, (e) => {
/******/ 					obj[webpackError] = e;
/******/ 					resolveQueue(queue);
/******/ 				});
/******/ 				var obj = {};
/******/ 				obj[webpackQueues] = (fn) => (fn(queue));
/******/ 				return obj;
/******/ 			}
/******/ 		}
/******/ 		var ret = {};
/******/ 		ret[webpackQueues] = x => {};
/******/ 		ret[webpackExports] = dep;
/******/ 		return ret;
/******/ 	}));
/******/ 	__nccwpck_require__.a = (module, body, hasAwait) => {
/******/ 		var queue;
/******/ 		hasAwait && ((queue = []).d = -1);
/******/ 		var depQueues = new Set();
/******/ 		var exports = module.exports;
/******/ 		var currentDeps;
/******/ 		var outerResolve;
/******/ 		var reject;
/******/ 		var promise = new Promise((resolve, rej) => {
/******/ 			reject = rej;
/******/ 			outerResolve = resolve;
/******/ 		});
/******/ 		promise[webpackExports] = exports;
/******/ 		promise[webpackQueues] = (fn) => (queue && fn(queue), depQueues.forEach(fn), promise["catch"](x => {}));
/******/ 		module.exports = promise;
/******/ 		body((deps) => {
/******/ 			currentDeps = wrapDeps(deps);
/******/ 			var fn;
/******/ 			var getResult = () => (currentDeps.map((d) => {
/******/ 				if(d[webpackError]) throw d[webpackError];
/******/ 				return d[webpackExports];
/******/ 			}))
/******/ 			var promise = new Promise((resolve) => {
/******/ 				fn = () => (resolve(getResult));
/******/ 				fn.r = 0;
/******/ 				var fnQueue = (q) => (q !== queue && !depQueues.has(q) && (depQueues.add(q), q && !q.d && (fn.r++, q.push(fn))));
/******/ 				currentDeps.map((dep) => (dep[webpackQueues](fnQueue)));
/******/ 			});
/******/ 			return fn.r ? promise : getResult();
/******/ 		}, (err) => ((err ? reject(promise[webpackError] = err) : outerResolve(exports)), resolveQueue(queue)));
/******/ 		queue && queue.d < 0 && (queue.d = 0);
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/create fake namespace object */
/******/ (() => {
/******/ 	var getProto = Object.getPrototypeOf ? (obj) => (Object.getPrototypeOf(obj)) : (obj) => (obj.__proto__);
/******/ 	var leafPrototypes;
/******/ 	// create a fake namespace object
/******/ 	// mode & 1: value is a module id, require it
/******/ 	// mode & 2: merge all properties of value into the ns
/******/ 	// mode & 4: return value when already ns object
/******/ 	// mode & 16: return value when it's Promise-like
/******/ 	// mode & 8|1: behave like require
/******/ 	__nccwpck_require__.t = function(value, mode) {
/******/ 		if(mode & 1) value = this(value);
/******/ 		if(mode & 8) return value;
/******/ 		if(typeof value === 'object' && value) {
/******/ 			if((mode & 4) && value.__esModule) return value;
/******/ 			if((mode & 16) && typeof value.then === 'function') return value;
/******/ 		}
/******/ 		var ns = Object.create(null);
/******/ 		__nccwpck_require__.r(ns);
/******/ 		var def = {};
/******/ 		leafPrototypes = leafPrototypes || [null, getProto({}), getProto([]), getProto(getProto)];
/******/ 		for(var current = mode & 2 && value; typeof current == 'object' && !~leafPrototypes.indexOf(current); current = getProto(current)) {
/******/ 			Object.getOwnPropertyNames(current).forEach((key) => (def[key] = () => (value[key])));
/******/ 		}
/******/ 		def['default'] = () => (value);
/******/ 		__nccwpck_require__.d(ns, def);
/******/ 		return ns;
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/define property getters */
/******/ (() => {
/******/ 	// define getter functions for harmony exports
/******/ 	__nccwpck_require__.d = (exports, definition) => {
/******/ 		for(var key in definition) {
/******/ 			if(__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
/******/ 				Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
/******/ 			}
/******/ 		}
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/ensure chunk */
/******/ (() => {
/******/ 	__nccwpck_require__.f = {};
/******/ 	// This file contains only the entry chunk.
/******/ 	// The chunk loading function for additional chunks
/******/ 	__nccwpck_require__.e = (chunkId) => {
/******/ 		return Promise.all(Object.keys(__nccwpck_require__.f).reduce((promises, key) => {
/******/ 			__nccwpck_require__.f[key](chunkId, promises);
/******/ 			return promises;
/******/ 		}, []));
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/get javascript chunk filename */
/******/ (() => {
/******/ 	// This function allow to reference async chunks
/******/ 	__nccwpck_require__.u = (chunkId) => {
/******/ 		// return url for filenames based on template
/******/ 		return "" + chunkId + ".index.js";
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/hasOwnProperty shorthand */
/******/ (() => {
/******/ 	__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ })();
/******/ 
/******/ /* webpack/runtime/make namespace object */
/******/ (() => {
/******/ 	// define __esModule on exports
/******/ 	__nccwpck_require__.r = (exports) => {
/******/ 		if(typeof Symbol !== 'undefined' && Symbol.toStringTag) {
/******/ 			Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
/******/ 		}
/******/ 		Object.defineProperty(exports, '__esModule', { value: true });
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/import chunk loading */
/******/ (() => {
/******/ 	// no baseURI
/******/ 	
/******/ 	// object to store loaded and loading chunks
/******/ 	// undefined = chunk not loaded, null = chunk preloaded/prefetched
/******/ 	// [resolve, Promise] = chunk loading, 0 = chunk loaded
/******/ 	var installedChunks = {
/******/ 		792: 0
/******/ 	};
/******/ 	
/******/ 	var installChunk = (data) => {
/******/ 		var {ids, modules, runtime} = data;
/******/ 		// add "modules" to the modules object,
/******/ 		// then flag all "ids" as loaded and fire callback
/******/ 		var moduleId, chunkId, i = 0;
/******/ 		for(moduleId in modules) {
/******/ 			if(__nccwpck_require__.o(modules, moduleId)) {
/******/ 				__nccwpck_require__.m[moduleId] = modules[moduleId];
/******/ 			}
/******/ 		}
/******/ 		if(runtime) runtime(__nccwpck_require__);
/******/ 		for(;i < ids.length; i++) {
/******/ 			chunkId = ids[i];
/******/ 			if(__nccwpck_require__.o(installedChunks, chunkId) && installedChunks[chunkId]) {
/******/ 				installedChunks[chunkId][0]();
/******/ 			}
/******/ 			installedChunks[ids[i]] = 0;
/******/ 		}
/******/ 	
/******/ 	}
/******/ 	
/******/ 	__nccwpck_require__.f.j = (chunkId, promises) => {
/******/ 			// import() chunk loading for javascript
/******/ 			var installedChunkData = __nccwpck_require__.o(installedChunks, chunkId) ? installedChunks[chunkId] : undefined;
/******/ 			if(installedChunkData !== 0) { // 0 means "already installed".
/******/ 	
/******/ 				// a Promise means "currently loading".
/******/ 				if(installedChunkData) {
/******/ 					promises.push(installedChunkData[1]);
/******/ 				} else {
/******/ 					if(true) { // all chunks have JS
/******/ 						// setup Promise in chunk cache
/******/ 						var promise = import("./" + __nccwpck_require__.u(chunkId)).then(installChunk, (e) => {
/******/ 							if(installedChunks[chunkId] !== 0) installedChunks[chunkId] = undefined;
/******/ 							throw e;
/******/ 						});
/******/ 						var promise = Promise.race([promise, new Promise((resolve) => (installedChunkData = installedChunks[chunkId] = [resolve]))])
/******/ 						promises.push(installedChunkData[1] = promise);
/******/ 					}
/******/ 				}
/******/ 			}
/******/ 	};
/******/ 	
/******/ 	// no prefetching
/******/ 	
/******/ 	// no preloaded
/******/ 	
/******/ 	// no external install chunk
/******/ 	
/******/ 	// no on chunks loaded
/******/ })();
/******/ 
/************************************************************************/
/******/ 
/******/ // startup
/******/ // Load entry module and return exports
/******/ // This entry module used 'module' so it can't be inlined
/******/ var __webpack_exports__ = __nccwpck_require__(318);
/******/ __webpack_exports__ = await __webpack_exports__;
/******/ 
