export const id = 895;
export const ids = [895];
export const modules = {

/***/ 895:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   readUsersFile: () => (/* binding */ readUsersFile)
/* harmony export */ });
/* harmony import */ var _chunk_PUCRNAK7_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(981);
/* harmony import */ var _chunk_5PREYDXL_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(381);
/* harmony import */ var _chunk_NAZ72GE2_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(490);
/* harmony import */ var _chunk_N7G54IC2_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(461);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(24);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(760);
const require = process.getBuiltinModule;





// src/users/users-file.ts


var MAX_FILE_BYTES = 8 * 1024 * 1024;
async function readUsersFile(path) {
  const { GITHUB_WORKSPACE: workspace = "", RUNNER_TEMP: temp = "" } = process.env;
  const mistake = mistakenPath(path, workspace, temp);
  if (mistake !== void 0) return { value: void 0, problems: [mistake] };
  const resolved = (0,node_path__WEBPACK_IMPORTED_MODULE_5__.resolve)(workspace, path);
  const folders = [workspace, temp];
  try {
    const real = (0,node_fs__WEBPACK_IMPORTED_MODULE_4__.realpathSync)(resolved);
    const wrong = fileProblem((0,node_fs__WEBPACK_IMPORTED_MODULE_4__.statSync)(real), isAllowed(real, folders), resolved);
    if (wrong !== void 0) return { value: void 0, problems: [wrong] };
    const file = relativeTo(workspace, real);
    const name = { name: (0,node_path__WEBPACK_IMPORTED_MODULE_5__.basename)(path), ...file !== void 0 && { file } };
    return { value: { name, bytes: (0,node_fs__WEBPACK_IMPORTED_MODULE_4__.readFileSync)(real) }, problems: [] };
  } catch {
    return { value: void 0, problems: [await unreadable(resolved, folders)] };
  }
}
function mistakenPath(path, workspace, temp) {
  const wrong = (what, remedy2) => (0,_chunk_5PREYDXL_js__WEBPACK_IMPORTED_MODULE_1__/* .problem */ .CC)(`\`users-file\` (${(0,_chunk_NAZ72GE2_js__WEBPACK_IMPORTED_MODULE_2__/* .shownValue */ .JJ)(path)}) ${what}`, remedy2);
  const cause = (0,_chunk_PUCRNAK7_js__WEBPACK_IMPORTED_MODULE_0__/* .unexpandedCause */ .U2)(path);
  if (cause !== void 0) return wrong(cause, "Write an expression like `${{ inputs.list }}`, or the path.");
  if (/^[a-z][a-z\d+.-]{1,20}:\/\//i.test(path))
    return wrong("is a URL", "Fetch the list in an earlier step, and give the path of the file.");
  if (path.startsWith("~"))
    return wrong("begins with `~`, which is not expanded", "Give a path relative to the workspace.");
  if (node_path__WEBPACK_IMPORTED_MODULE_5__.sep === "/" && path.includes("\\")) return wrong("contains backslashes", "Write `/` instead.");
  if (!(0,node_path__WEBPACK_IMPORTED_MODULE_5__.isAbsolute)(path) || isInside(path, workspace) || isInside(path, temp)) return void 0;
  const hostPath = "is a path of the runner's host, which a job in a container does not have";
  const inWorkspace = partBelow(path, workspace.split(node_path__WEBPACK_IMPORTED_MODULE_5__.sep).slice(-2).join(node_path__WEBPACK_IMPORTED_MODULE_5__.sep));
  if (inWorkspace !== void 0) return wrong(hostPath, `Write ${(0,_chunk_NAZ72GE2_js__WEBPACK_IMPORTED_MODULE_2__/* .shownValue */ .JJ)(inWorkspace)}.`);
  const inTemp = partBelow(path, (0,node_path__WEBPACK_IMPORTED_MODULE_5__.basename)(temp));
  const remedy = `Write ${(0,_chunk_NAZ72GE2_js__WEBPACK_IMPORTED_MODULE_2__/* .shownValue */ .JJ)(`${temp}${node_path__WEBPACK_IMPORTED_MODULE_5__.sep}${inTemp ?? ""}`)}, as \`RUNNER_TEMP\` says in the container.`;
  return inTemp === void 0 ? void 0 : wrong(hostPath, remedy);
}
function partBelow(path, folder) {
  const start = folder.length < 3 ? -1 : path.indexOf(`${node_path__WEBPACK_IMPORTED_MODULE_5__.sep}${folder}${node_path__WEBPACK_IMPORTED_MODULE_5__.sep}`);
  return start === -1 ? void 0 : path.slice(start + folder.length + 2);
}
function fileProblem(stats, allowed, path) {
  const remedy = "Give the path of the list itself.";
  if (stats.isDirectory()) return (0,_chunk_5PREYDXL_js__WEBPACK_IMPORTED_MODULE_1__/* .problem */ .CC)(`\`users-file\` is a folder (${(0,_chunk_NAZ72GE2_js__WEBPACK_IMPORTED_MODULE_2__/* .shownValue */ .JJ)(path)})`, remedy);
  if (!allowed) {
    const what = "`users-file` is outside the workspace and the runner's temporary folder";
    return (0,_chunk_5PREYDXL_js__WEBPACK_IMPORTED_MODULE_1__/* .problem */ .CC)(what, "Move the file into one of them.");
  }
  if (!stats.isFile()) return (0,_chunk_5PREYDXL_js__WEBPACK_IMPORTED_MODULE_1__/* .problem */ .CC)("`users-file` is not a regular file", remedy);
  return stats.size > MAX_FILE_BYTES ? (0,_chunk_5PREYDXL_js__WEBPACK_IMPORTED_MODULE_1__/* .problem */ .CC)(`\`users-file\` is larger than ${MAX_FILE_BYTES / 1024 / 1024} MiB`, "Split the list.") : void 0;
}
async function unreadable(path, folders) {
  const similar = await (0,_chunk_PUCRNAK7_js__WEBPACK_IMPORTED_MODULE_0__/* .similarName */ .jz)((0,node_path__WEBPACK_IMPORTED_MODULE_5__.basename)(path), namesBeside(path, folders));
  return (0,_chunk_5PREYDXL_js__WEBPACK_IMPORTED_MODULE_1__/* .problem */ .CC)(
    `\`users-file\` cannot be read (${(0,_chunk_NAZ72GE2_js__WEBPACK_IMPORTED_MODULE_2__/* .shownValue */ .JJ)(path)})`,
    similar === void 0 ? "Check the path, and that an earlier step checks out the repository or fetches the list." : `Check the path. There is a file ${(0,_chunk_NAZ72GE2_js__WEBPACK_IMPORTED_MODULE_2__/* .shownValue */ .JJ)(similar)} with a similar name.`
  );
}
function namesBeside(path, folders) {
  const folder = realPath((0,node_path__WEBPACK_IMPORTED_MODULE_5__.dirname)(path));
  return folder !== void 0 && isAllowed(`${folder}${node_path__WEBPACK_IMPORTED_MODULE_5__.sep}file`, folders) ? (0,node_fs__WEBPACK_IMPORTED_MODULE_4__.readdirSync)(folder) : [];
}
function relativeTo(folder, file) {
  const real = realPath(folder);
  return real !== void 0 && isInside(file, real) ? (0,node_path__WEBPACK_IMPORTED_MODULE_5__.relative)(real, file).replaceAll(node_path__WEBPACK_IMPORTED_MODULE_5__.sep, "/") : void 0;
}
function isAllowed(file, folders) {
  return folders.some((folder) => relativeTo(folder, file) !== void 0);
}
function realPath(folder) {
  try {
    return folder === "" ? void 0 : (0,node_fs__WEBPACK_IMPORTED_MODULE_4__.realpathSync)(folder);
  } catch {
    return void 0;
  }
}
function isInside(file, folder) {
  const path = (0,node_path__WEBPACK_IMPORTED_MODULE_5__.relative)(folder, file);
  return path !== "" && path !== ".." && !path.startsWith(`..${node_path__WEBPACK_IMPORTED_MODULE_5__.sep}`) && !(0,node_path__WEBPACK_IMPORTED_MODULE_5__.isAbsolute)(path);
}



/***/ })

};
