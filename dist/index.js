import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 776:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

module.exports = __nccwpck_require__(488);


/***/ }),

/***/ 488:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var net = __nccwpck_require__(278);
var tls = __nccwpck_require__(756);
var http = __nccwpck_require__(611);
var https = __nccwpck_require__(692);
var events = __nccwpck_require__(434);
var assert = __nccwpck_require__(613);
var util = __nccwpck_require__(23);


exports.httpOverHttp = httpOverHttp;
exports.httpsOverHttp = httpsOverHttp;
exports.httpOverHttps = httpOverHttps;
exports.httpsOverHttps = httpsOverHttps;


function httpOverHttp(options) {
  var agent = new TunnelingAgent(options);
  agent.request = http.request;
  return agent;
}

function httpsOverHttp(options) {
  var agent = new TunnelingAgent(options);
  agent.request = http.request;
  agent.createSocket = createSecureSocket;
  agent.defaultPort = 443;
  return agent;
}

function httpOverHttps(options) {
  var agent = new TunnelingAgent(options);
  agent.request = https.request;
  return agent;
}

function httpsOverHttps(options) {
  var agent = new TunnelingAgent(options);
  agent.request = https.request;
  agent.createSocket = createSecureSocket;
  agent.defaultPort = 443;
  return agent;
}


function TunnelingAgent(options) {
  var self = this;
  self.options = options || {};
  self.proxyOptions = self.options.proxy || {};
  self.maxSockets = self.options.maxSockets || http.Agent.defaultMaxSockets;
  self.requests = [];
  self.sockets = [];

  self.on('free', function onFree(socket, host, port, localAddress) {
    var options = toOptions(host, port, localAddress);
    for (var i = 0, len = self.requests.length; i < len; ++i) {
      var pending = self.requests[i];
      if (pending.host === options.host && pending.port === options.port) {
        // Detect the request to connect same origin server,
        // reuse the connection.
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
  var options = mergeOptions({request: req}, self.options, toOptions(host, port, localAddress));

  if (self.sockets.length >= this.maxSockets) {
    // We are over limit so we'll add it to the queue.
    self.requests.push(options);
    return;
  }

  // If we are under maxSockets create a new one.
  self.createSocket(options, function(socket) {
    socket.on('free', onFree);
    socket.on('close', onCloseOrRemove);
    socket.on('agentRemove', onCloseOrRemove);
    req.onSocket(socket);

    function onFree() {
      self.emit('free', socket, options);
    }

    function onCloseOrRemove(err) {
      self.removeSocket(socket);
      socket.removeListener('free', onFree);
      socket.removeListener('close', onCloseOrRemove);
      socket.removeListener('agentRemove', onCloseOrRemove);
    }
  });
};

TunnelingAgent.prototype.createSocket = function createSocket(options, cb) {
  var self = this;
  var placeholder = {};
  self.sockets.push(placeholder);

  var connectOptions = mergeOptions({}, self.proxyOptions, {
    method: 'CONNECT',
    path: options.host + ':' + options.port,
    agent: false,
    headers: {
      host: options.host + ':' + options.port
    }
  });
  if (options.localAddress) {
    connectOptions.localAddress = options.localAddress;
  }
  if (connectOptions.proxyAuth) {
    connectOptions.headers = connectOptions.headers || {};
    connectOptions.headers['Proxy-Authorization'] = 'Basic ' +
        new Buffer(connectOptions.proxyAuth).toString('base64');
  }

  debug('making CONNECT request');
  var connectReq = self.request(connectOptions);
  connectReq.useChunkedEncodingByDefault = false; // for v0.6
  connectReq.once('response', onResponse); // for v0.6
  connectReq.once('upgrade', onUpgrade);   // for v0.6
  connectReq.once('connect', onConnect);   // for v0.7 or later
  connectReq.once('error', onError);
  connectReq.end();

  function onResponse(res) {
    // Very hacky. This is necessary to avoid http-parser leaks.
    res.upgrade = true;
  }

  function onUpgrade(res, socket, head) {
    // Hacky.
    process.nextTick(function() {
      onConnect(res, socket, head);
    });
  }

  function onConnect(res, socket, head) {
    connectReq.removeAllListeners();
    socket.removeAllListeners();

    if (res.statusCode !== 200) {
      debug('tunneling socket could not be established, statusCode=%d',
        res.statusCode);
      socket.destroy();
      var error = new Error('tunneling socket could not be established, ' +
        'statusCode=' + res.statusCode);
      error.code = 'ECONNRESET';
      options.request.emit('error', error);
      self.removeSocket(placeholder);
      return;
    }
    if (head.length > 0) {
      debug('got illegal response body from proxy');
      socket.destroy();
      var error = new Error('got illegal response body from proxy');
      error.code = 'ECONNRESET';
      options.request.emit('error', error);
      self.removeSocket(placeholder);
      return;
    }
    debug('tunneling connection has established');
    self.sockets[self.sockets.indexOf(placeholder)] = socket;
    return cb(socket);
  }

  function onError(cause) {
    connectReq.removeAllListeners();

    debug('tunneling socket could not be established, cause=%s\n',
          cause.message, cause.stack);
    var error = new Error('tunneling socket could not be established, ' +
                          'cause=' + cause.message);
    error.code = 'ECONNRESET';
    options.request.emit('error', error);
    self.removeSocket(placeholder);
  }
};

TunnelingAgent.prototype.removeSocket = function removeSocket(socket) {
  var pos = this.sockets.indexOf(socket)
  if (pos === -1) {
    return;
  }
  this.sockets.splice(pos, 1);

  var pending = this.requests.shift();
  if (pending) {
    // If we have pending requests and a socket gets closed a new one
    // needs to be created to take over in the pool for the one that closed.
    this.createSocket(pending, function(socket) {
      pending.request.onSocket(socket);
    });
  }
};

function createSecureSocket(options, cb) {
  var self = this;
  TunnelingAgent.prototype.createSocket.call(self, options, function(socket) {
    var hostHeader = options.request.getHeader('host');
    var tlsOptions = mergeOptions({}, self.options, {
      socket: socket,
      servername: hostHeader ? hostHeader.replace(/:.*$/, '') : options.host
    });

    // 0 is dummy port for v0.6
    var secureSocket = tls.connect(0, tlsOptions);
    self.sockets[self.sockets.indexOf(socket)] = secureSocket;
    cb(secureSocket);
  });
}


function toOptions(host, port, localAddress) {
  if (typeof host === 'string') { // since v0.10
    return {
      host: host,
      port: port,
      localAddress: localAddress
    };
  }
  return host; // for v0.11 or later
}

function mergeOptions(target) {
  for (var i = 1, len = arguments.length; i < len; ++i) {
    var overrides = arguments[i];
    if (typeof overrides === 'object') {
      var keys = Object.keys(overrides);
      for (var j = 0, keyLen = keys.length; j < keyLen; ++j) {
        var k = keys[j];
        if (overrides[k] !== undefined) {
          target[k] = overrides[k];
        }
      }
    }
  }
  return target;
}


var debug;
if (process.env.NODE_DEBUG && /\btunnel\b/.test(process.env.NODE_DEBUG)) {
  debug = function() {
    var args = Array.prototype.slice.call(arguments);
    if (typeof args[0] === 'string') {
      args[0] = 'TUNNEL: ' + args[0];
    } else {
      args.unshift('TUNNEL:');
    }
    console.error.apply(console, args);
  }
} else {
  debug = function() {};
}
exports.debug = debug; // for test


/***/ }),

/***/ 423:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  context: () => (/* binding */ context)
});

;// CONCATENATED MODULE: external "fs"
const external_fs_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("fs");
// EXTERNAL MODULE: external "os"
var external_os_ = __nccwpck_require__(857);
;// CONCATENATED MODULE: ../node_modules/@actions/github/lib/context.js


class Context {
    /**
     * Hydrate the context from the environment
     */
    constructor() {
        var _a, _b, _c;
        this.payload = {};
        if (process.env.GITHUB_EVENT_PATH) {
            if ((0,external_fs_namespaceObject.existsSync)(process.env.GITHUB_EVENT_PATH)) {
                this.payload = JSON.parse((0,external_fs_namespaceObject.readFileSync)(process.env.GITHUB_EVENT_PATH, { encoding: 'utf8' }));
            }
            else {
                const path = process.env.GITHUB_EVENT_PATH;
                process.stdout.write(`GITHUB_EVENT_PATH ${path} does not exist${external_os_.EOL}`);
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
        this.graphqlUrl =
            (_c = process.env.GITHUB_GRAPHQL_URL) !== null && _c !== void 0 ? _c : `https://api.github.com/graphql`;
    }
    get issue() {
        const payload = this.payload;
        return Object.assign(Object.assign({}, this.repo), { number: (payload.issue || payload.pull_request || payload).number });
    }
    get repo() {
        if (process.env.GITHUB_REPOSITORY) {
            const [owner, repo] = process.env.GITHUB_REPOSITORY.split('/');
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
}
//# sourceMappingURL=context.js.map
;// CONCATENATED MODULE: ./github.ts
/**
 * Stands in for the npm package `@actions/github` in the bundle (`paths` in tsconfig.json beside it puts it there).
 *
 * Its main module brings Octokit along, a third of a megabyte that nothing here calls, and 30 ms of every start. The
 * module with the context is not among its exports, hence the path.
 *
 * @throws SyntaxError when the event file is malformed, as the package does
 */

const context = new Context();


/***/ }),

/***/ 788:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $S: () => (/* binding */ happening),
/* harmony export */   ID: () => (/* binding */ apiErrorText),
/* harmony export */   O3: () => (/* binding */ ownProblem),
/* harmony export */   fI: () => (/* binding */ problemText),
/* harmony export */   jX: () => (/* binding */ unexpectedProblem),
/* harmony export */   pb: () => (/* binding */ apiError)
/* harmony export */ });
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(975);
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__nccwpck_require__.n(node_util__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var _text_plain_text_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(667);


/** What happened, Cloudflare's own words and the ray ID, without a full stop. */
function happening({ what, errors, rayId }) {
    const words = errors.map(apiErrorText).join('; ');
    return `${what}${words === '' ? '' : `: ${words}`}${rayId === undefined ? '' : ` (ray ID ${rayId})`}`;
}
/** The problem as one paragraph: what happened, and what to do about it. */
function problemText(problem) {
    return `${happening(problem)}.${problem.remedy === undefined ? '' : ` ${problem.remedy}`}`;
}
/** The error in Cloudflare's words: its code, where it has one, and its message in quotation marks. */
function apiErrorText({ code, message }) {
    return code === undefined ? `"${message}"` : `${code} "${message}"`;
}
/** An error of the API with its texts made plain and of a length that a log can bear. */
function apiError(code, message) {
    const text = (0,_text_plain_text_js__WEBPACK_IMPORTED_MODULE_1__/* .shortened */ .vI)((0,_text_plain_text_js__WEBPACK_IMPORTED_MODULE_1__/* .plainText */ .wh)(message), 300);
    if (code === undefined)
        return { message: text };
    return { code: typeof code === 'string' ? (0,_text_plain_text_js__WEBPACK_IMPORTED_MODULE_1__/* .shortened */ .vI)((0,_text_plain_text_js__WEBPACK_IMPORTED_MODULE_1__/* .plainText */ .wh)(code), 100) : code, message: text };
}
/** A problem that concerns one user, found by the action itself. */
function ownProblem(what, remedy) {
    return { what, remedy, reach: 'user', errors: [] };
}
/** The problem that an exception nobody thought of is. */
function unexpectedProblem(error) {
    const message = error instanceof Error ? error.message : (0,node_util__WEBPACK_IMPORTED_MODULE_0__.inspect)(error);
    return {
        ...ownProblem('The action failed unexpectedly', 'Run the step again.'),
        errors: [apiError(undefined, message)],
    };
}


/***/ }),

/***/ 303:
/***/ ((module, __unused_webpack___webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.a(module, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
/* harmony import */ var _runner_fail_closed_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(550);
/** The entry. It fails closed first, and runs everything else only then. */

(0,_runner_fail_closed_js__WEBPACK_IMPORTED_MODULE_0__/* .failClosed */ .Z)();
// "eager" keeps it in the bundle's first file: a second one would cost a millisecond to load.
const { main } = await Promise.resolve(/* import() eager */).then(__nccwpck_require__.bind(__nccwpck_require__, 231));
await (0,_runner_fail_closed_js__WEBPACK_IMPORTED_MODULE_0__/* .finish */ .O)(await main());

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ }),

/***/ 695:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Db: () => (/* binding */ readSingleOptions),
/* harmony export */   PI: () => (/* binding */ provesSessions),
/* harmony export */   SZ: () => (/* binding */ looksUp),
/* harmony export */   fl: () => (/* binding */ provesDevices)
/* harmony export */ });
/* harmony import */ var _users_dates_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(529);

/** Reads the options that each stand for themselves. */
function readSingleOptions(reader) {
    return {
        devices: reader.boolean('devices'),
        warpSessionReauth: reader.boolean('warp-session-reauth'),
        verify: reader.booleanOr('verify', 'sessions'),
        removeSeat: reader.boolean('remove-seat'),
        unknownUser: reader.choice('unknown-user', ['fail', 'warn']),
        signedInAgain: reader.choice('signed-in-again', ['fail', 'warn']),
        ifEmpty: reader.choice('if-empty', ['fail', 'warn', 'ignore']),
        timezone: readTimezone(reader),
        dueWithinDays: reader.integer('due-within-days', 1, 3_650),
        maxUsers: reader.integer('max-users', 1, 1_000_000),
        concurrency: reader.integer('concurrency', 1, 20),
        maxAttempts: reader.integer('max-attempts', 1, 10),
        requestTimeout: reader.integer('request-timeout', 1, 300) * 1_000,
        maskEmails: reader.boolean('mask-emails'),
    };
}
/** Whether the sessions of each user are read. */
function provesSessions({ verify }) {
    return verify !== false;
}
/** Whether the device registrations of each user are read. */
function provesDevices({ verify, devices }) {
    return verify === true && devices;
}
/** Whether each user is looked up. */
function looksUp({ verify, removeSeat }) {
    return verify !== false || removeSeat;
}
function readTimezone(reader) {
    const timezone = reader.text('timezone');
    if ((0,_users_dates_js__WEBPACK_IMPORTED_MODULE_0__/* .isTimezone */ .KJ)(timezone))
        return timezone;
    reader.problem(`\`timezone\` is ${reader.shown(timezone)}: use an IANA time zone like Europe/Berlin.`);
    return 'UTC';
}


/***/ }),

/***/ 231:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  main: () => (/* binding */ main)
});

// EXTERNAL MODULE: ../src/text/plain-text.ts
var plain_text = __nccwpck_require__(667);
// EXTERNAL MODULE: ../src/cloudflare/problem.ts
var cloudflare_problem = __nccwpck_require__(788);
;// CONCATENATED MODULE: ../src/cloudflare/credential-check.ts


/**
 * Asks Cloudflare whether the credential is active, at the endpoint that fits its kind. It only reads.
 *
 * An account-owned token can be checked at its account alone, which a run for a zone does not know.
 */
async function checkCredential(endpoints, credential, target) {
    if (credential.kind === 'global-api-key') {
        const call = await endpoints.userDetails();
        return call.kind === 'result'
            ? { verdict: 'passed', what: 'The Global API key is active', remedy: NOT_CHECKED }
            : failed('The Global API key', call);
    }
    const { owner } = credential;
    if (owner === 'account') {
        return target.type === 'zone'
            ? {
                verdict: 'unchecked',
                what: 'An account-owned API token cannot be checked with `zone-id`',
                remedy: 'Set `account-id` to have it checked.',
            }
            : tokenCheck(await endpoints.verifyToken('account'));
    }
    const asUser = await endpoints.verifyToken('user');
    if (owner === 'user' || asUser.kind === 'result')
        return tokenCheck(asUser);
    // Without a prefix the token may be of either kind, and each endpoint knows but its own.
    if (target.type === 'account')
        return tokenCheck(await endpoints.verifyToken('account'));
    const check = tokenCheck(asUser);
    return { ...check, remedy: `${check.remedy} ${OWNED_BY_ACCOUNT}` };
}
const NOT_CHECKED = 'The permission to revoke is not checked.';
const OWNED_BY_ACCOUNT = 'If an account owns the token, it cannot be checked with `zone-id`: set `account-id`.';
function tokenCheck(call) {
    if (call.kind !== 'result')
        return failed('The API token', call);
    const { status, not_before: notBefore, expires_on: expiresOn } = call.result;
    if (status !== 'active') {
        return {
            verdict: 'failed',
            what: `The API token is not active; Cloudflare calls it "${said(status)}"`,
            remedy: 'Create a new token and store it in the secret.',
        };
    }
    if (notBefore !== undefined && !isPast(notBefore)) {
        return {
            verdict: 'failed',
            what: `The API token is not valid before ${said(notBefore)}`,
            remedy: 'Run the step after that, or create another token.',
        };
    }
    const until = expiresOn === undefined ? '' : ` until ${said(expiresOn)}`;
    return { verdict: 'passed', what: `The API token is active${until}`, remedy: NOT_CHECKED };
}
/** A time that cannot be read is not past. */
function isPast(time) {
    return Date.parse(time) <= Date.now();
}
function failed(what, call) {
    const reason = call.kind === 'problem'
        ? { what: (0,cloudflare_problem/* happening */.$S)(call.problem), remedy: call.problem.remedy ?? 'Check the secret.' }
        : call.why;
    return { verdict: 'failed', what: `${what} could not be confirmed: ${reason.what}`, remedy: reason.remedy };
}
function said(text) {
    return (0,plain_text/* shortened */.vI)((0,plain_text/* plainText */.wh)(text), 100);
}

;// CONCATENATED MODULE: ../src/cloudflare/base-url.ts
/** Where Cloudflare's API lives (Cloudflare API reference, "Make API calls"). */
const CLOUDFLARE_API = 'https://api.cloudflare.com/client/v4';
/**
 * Chooses the address of the API. Nothing in the environment has a part in it: a variable that an earlier step left
 * behind must not decide where the credential goes.
 *
 * @param given - the input `api-base-url`, empty if not given
 * @param problem - takes each problem as a full sentence
 * @returns undefined exactly if a problem was reported
 */
function chooseBaseUrl(given, problem) {
    const url = URL.parse(given === '' ? CLOUDFLARE_API : given);
    if (url === null) {
        problem('`api-base-url` is not a URL: remove it, or use one like https://api.cloudflare.com/client/v4.');
        return undefined;
    }
    if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
        problem('`api-base-url` must not have a user name, password, query or fragment: remove them.');
        return undefined;
    }
    if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
        problem('`api-base-url` must begin with https:// (http:// is for loopback hosts only): credentials never travel unencrypted.');
        return undefined;
    }
    return { href: `${url.origin}${url.pathname.replace(/\/+$/, '')}`, cloudflare: isCloudflare(url) };
}
function isLoopback(hostname) {
    return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}
function isCloudflare(url) {
    return url.port === '' && /(^|\.)cloudflare\.com$/.test(url.hostname);
}

// EXTERNAL MODULE: ../src/text/email-address.ts
var email_address = __nccwpck_require__(630);
// EXTERNAL MODULE: ../src/text/unexpanded.ts
var unexpanded = __nccwpck_require__(709);
;// CONCATENATED MODULE: ../src/cloudflare/credential.ts


/** The headers that carry the credential (Cloudflare API reference, "Make API calls"). */
function credentialHeaders(credential) {
    return credential.kind === 'api-token'
        ? { authorization: `Bearer ${credential.token}` }
        : { 'x-auth-email': credential.email, 'x-auth-key': credential.key };
}
/** The text without the secret, should somebody repeat it. */
function withoutSecret(credential, text) {
    return text.replaceAll(credential.kind === 'api-token' ? credential.token : credential.key, '***');
}
/**
 * Chooses the credential from the three inputs.
 *
 * @param given - what the step gave
 * @param problem - takes each problem as a full sentence; none of them repeats a secret
 * @returns undefined exactly if a problem was reported
 */
function chooseCredential(given, problem) {
    const { apiToken, apiEmail, apiKey } = given;
    if (apiToken !== '' && (apiEmail !== '' || apiKey !== '')) {
        problem('`api-token` excludes `api-email` and `api-key`: use the token alone.');
        return undefined;
    }
    if (apiToken !== '') {
        const wrong = tokenProblem(apiToken);
        if (wrong !== undefined)
            problem(wrong);
        return wrong === undefined
            ? { kind: 'api-token', token: apiToken, owner: tokenOwner(apiToken) }
            : undefined;
    }
    if (apiEmail === '' && apiKey === '') {
        problem('No credential: set `api-token: ${{ secrets.CLOUDFLARE_API_TOKEN }}`. If you did, the secret is empty or not available to this workflow.');
        return undefined;
    }
    const wrong = keyProblems(apiEmail, apiKey);
    for (const sentence of wrong)
        problem(sentence);
    return wrong.length === 0 ? { kind: 'global-api-key', email: apiEmail, key: apiKey } : undefined;
}
/**
 * Checks what was given where a secret may be empty, as it is in a pull request from a fork.
 *
 * @param problem - takes each problem as a full sentence; none of them repeats a secret
 */
function checkGivenCredential(given, problem) {
    const { apiToken, apiEmail, apiKey } = given;
    if (apiToken !== '' || (apiEmail !== '' && apiKey !== ''))
        chooseCredential(given, problem);
    else
        for (const sentence of malformed(apiEmail, apiKey))
            problem(sentence);
}
/** What people give instead of a secret, whatever its kind. The secret is never repeated. */
function secretProblem(name, secret) {
    if ((0,unexpanded/* isUnexpanded */.n)(secret)) {
        return `\`${name}\` is the name of a value, not the value: write an expression like \`\${{ secrets.CLOUDFLARE_API_TOKEN }}\`.`;
    }
    return /^(["'`]).*\1$/.test(secret)
        ? `\`${name}\` is in quotation marks: remove them from the secret.`
        : undefined;
}
function tokenProblem(token) {
    const wrong = secretProblem('api-token', token);
    if (wrong !== undefined)
        return wrong;
    if (/^bearer\b/i.test(token))
        return '`api-token` begins with "Bearer": use the token alone, without that word.';
    if (/\s/.test(token))
        return '`api-token` has white space inside: copy the token again, on one line.';
    if (token.startsWith('cfk_')) {
        return '`api-token` is a Global API key (`cfk_…`): create an API token instead, or put the key in `api-key` together with `api-email`.';
    }
    if (!isHeaderSafe(token))
        return '`api-token` contains characters that no API token has: copy the token again.';
    return undefined;
}
function keyProblems(apiEmail, apiKey) {
    return [
        ...(apiEmail === ''
            ? ['`api-key` needs `api-email`, the address of the account that owns the key.']
            : []),
        ...malformed(apiEmail, apiKey),
        ...(apiKey === '' ? ['`api-email` needs `api-key`; or better, use `api-token` instead of both.'] : []),
    ];
}
/** What is wrong with an address and a key, as far as they were given. */
function malformed(apiEmail, apiKey) {
    const problems = [];
    if (apiEmail !== '' && (typeof (0,email_address/* parseEmailAddress */.O)(apiEmail) === 'object' || !isHeaderSafe(apiEmail))) {
        problems.push('`api-email` is not an email address: use the address of the account that owns the key.');
    }
    if (apiKey === '')
        return problems;
    const wrong = secretProblem('api-key', apiKey);
    if (wrong !== undefined)
        problems.push(wrong);
    else if (/^cf[ua]t_/.test(apiKey))
        problems.push('`api-key` is an API token: put it in `api-token`, alone.');
    else if (!isHeaderSafe(apiKey)) {
        problems.push('`api-key` contains characters that no Global API key has: copy the key again.');
    }
    return problems;
}
function tokenOwner(token) {
    if (token.startsWith('cfut_'))
        return 'user';
    return token.startsWith('cfat_') ? 'account' : 'unknown';
}
/** Visible ASCII only, so that the value can neither end its header nor begin another. */
function isHeaderSafe(value) {
    return /^[\x21-\x7e]+$/.test(value);
}

;// CONCATENATED MODULE: ../src/cloudflare/target.ts

/**
 * Chooses the target from `account-id` and `zone-id`, which exclude each other.
 *
 * @param problem - takes each problem as a full sentence
 * @returns undefined exactly if a problem was reported
 */
function chooseTarget(accountId, zoneId, problem) {
    if (accountId !== '' && zoneId !== '') {
        problem('`account-id` and `zone-id` exclude each other: set one of them.');
        return undefined;
    }
    if (accountId === '' && zoneId === '') {
        problem('No organization: set `account-id` (or `zone-id`). In the Cloudflare dashboard, you find it in the URL, after the host.');
        return undefined;
    }
    const type = accountId === '' ? 'zone' : 'account';
    const id = (accountId === '' ? zoneId : accountId).toLowerCase();
    if (!/^[0-9a-f]{32}$/.test(id)) {
        problem(`\`${type}-id\` ${idProblem(id, type)}`);
        return undefined;
    }
    return { type, id };
}
const PLACES = {
    account: 'in the URL, after `dash.cloudflare.com/`',
    zone: 'on the overview page of the domain, under API',
};
/** What is wrong with an ID, as the end of a sentence; the ID itself is not repeated, since it may be a secret. */
function idProblem(id, type) {
    if ((0,unexpanded/* isUnexpanded */.n)(id)) {
        return 'is the name of a value, not the value: write an expression like `${{ secrets.CLOUDFLARE_ACCOUNT_ID }}`.';
    }
    if (/^(?:https?:\/\/|dash\.cloudflare\.com\/)/.test(id)) {
        return `is a URL: use only the ${type} ID in it, the 32 hex characters after \`dash.cloudflare.com/\`.`;
    }
    // What YAML and the runner make of an ID that reads like a number: 1.23456789012346E+31, or Infinity.
    if (/^(?:\d+(?:\.\d+)?(?:e\+?\d+)?|-?\.?infinity)$/.test(id)) {
        return `was read as a number: put the ID in quotes, like \`${type}-id: "0123…"\`.`;
    }
    return `is not 32 hex characters: copy the ${type} ID, not the name, and without spaces or quotes. In the Cloudflare dashboard, you find it ${PLACES[type]}.`;
}
/** The target in the words of a sentence. */
function targetName(target) {
    return `${target.type} ${target.id}`;
}

// EXTERNAL MODULE: external "os"
var external_os_ = __nccwpck_require__(857);
;// CONCATENATED MODULE: external "crypto"
const external_crypto_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("crypto");
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(24);
// EXTERNAL MODULE: external "http"
var external_http_ = __nccwpck_require__(611);
var external_http_namespaceObject = /*#__PURE__*/__nccwpck_require__.t(external_http_, 2);
// EXTERNAL MODULE: external "https"
var external_https_ = __nccwpck_require__(692);
var external_https_namespaceObject = /*#__PURE__*/__nccwpck_require__.t(external_https_, 2);
;// CONCATENATED MODULE: ../node_modules/@actions/http-client/lib/proxy.js
function getProxyUrl(reqUrl) {
    const usingSsl = reqUrl.protocol === 'https:';
    if (checkBypass(reqUrl)) {
        return undefined;
    }
    const proxyVar = (() => {
        if (usingSsl) {
            return process.env['https_proxy'] || process.env['HTTPS_PROXY'];
        }
        else {
            return process.env['http_proxy'] || process.env['HTTP_PROXY'];
        }
    })();
    if (proxyVar) {
        try {
            return new DecodedURL(proxyVar);
        }
        catch (_a) {
            if (!proxyVar.startsWith('http://') && !proxyVar.startsWith('https://'))
                return new DecodedURL(`http://${proxyVar}`);
        }
    }
    else {
        return undefined;
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
    const noProxy = process.env['no_proxy'] || process.env['NO_PROXY'] || '';
    if (!noProxy) {
        return false;
    }
    // Determine the request port
    let reqPort;
    if (reqUrl.port) {
        reqPort = Number(reqUrl.port);
    }
    else if (reqUrl.protocol === 'http:') {
        reqPort = 80;
    }
    else if (reqUrl.protocol === 'https:') {
        reqPort = 443;
    }
    // Format the request hostname and hostname with port
    const upperReqHosts = [reqUrl.hostname.toUpperCase()];
    if (typeof reqPort === 'number') {
        upperReqHosts.push(`${upperReqHosts[0]}:${reqPort}`);
    }
    // Compare request host against noproxy
    for (const upperNoProxyItem of noProxy
        .split(',')
        .map(x => x.trim().toUpperCase())
        .filter(x => x)) {
        if (upperNoProxyItem === '*' ||
            upperReqHosts.some(x => x === upperNoProxyItem ||
                x.endsWith(`.${upperNoProxyItem}`) ||
                (upperNoProxyItem.startsWith('.') &&
                    x.endsWith(`${upperNoProxyItem}`)))) {
            return true;
        }
    }
    return false;
}
function isLoopbackAddress(host) {
    const hostLower = host.toLowerCase();
    return (hostLower === 'localhost' ||
        hostLower.startsWith('127.') ||
        hostLower.startsWith('[::1]') ||
        hostLower.startsWith('[0:0:0:0:0:0:0:1]'));
}
class DecodedURL extends URL {
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
}
//# sourceMappingURL=proxy.js.map
// EXTERNAL MODULE: ./tunnel.cjs
var tunnel = __nccwpck_require__(961);
;// CONCATENATED MODULE: ./undici.ts
/**
 * Stands in for the npm package `undici` in the bundle (`paths` in tsconfig.json beside it puts it there).
 *
 * `@actions/http-client` imports undici for one purpose: the proxy dispatcher that Octokit asks for, which this
 * action never does. Its own requests go through proxies by way of the package `tunnel`. undici would be two thirds
 * of the bundle and some 30 ms of every start, and the less is shipped, the less there is to audit.
 *
 * @throws Error always: nothing in this action may come to depend on the proxy dispatcher
 */
function ProxyAgent() {
    throw new Error('undici is not part of this bundle: requests go through proxies by way of "tunnel"');
}
/** The `fetch` that Node brings along. */
const fetch = globalThis.fetch;

;// CONCATENATED MODULE: ../node_modules/@actions/http-client/lib/index.js
/* eslint-disable @typescript-eslint/no-explicit-any */
var __awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};





var HttpCodes;
(function (HttpCodes) {
    HttpCodes[HttpCodes["OK"] = 200] = "OK";
    HttpCodes[HttpCodes["MultipleChoices"] = 300] = "MultipleChoices";
    HttpCodes[HttpCodes["MovedPermanently"] = 301] = "MovedPermanently";
    HttpCodes[HttpCodes["ResourceMoved"] = 302] = "ResourceMoved";
    HttpCodes[HttpCodes["SeeOther"] = 303] = "SeeOther";
    HttpCodes[HttpCodes["NotModified"] = 304] = "NotModified";
    HttpCodes[HttpCodes["UseProxy"] = 305] = "UseProxy";
    HttpCodes[HttpCodes["SwitchProxy"] = 306] = "SwitchProxy";
    HttpCodes[HttpCodes["TemporaryRedirect"] = 307] = "TemporaryRedirect";
    HttpCodes[HttpCodes["PermanentRedirect"] = 308] = "PermanentRedirect";
    HttpCodes[HttpCodes["BadRequest"] = 400] = "BadRequest";
    HttpCodes[HttpCodes["Unauthorized"] = 401] = "Unauthorized";
    HttpCodes[HttpCodes["PaymentRequired"] = 402] = "PaymentRequired";
    HttpCodes[HttpCodes["Forbidden"] = 403] = "Forbidden";
    HttpCodes[HttpCodes["NotFound"] = 404] = "NotFound";
    HttpCodes[HttpCodes["MethodNotAllowed"] = 405] = "MethodNotAllowed";
    HttpCodes[HttpCodes["NotAcceptable"] = 406] = "NotAcceptable";
    HttpCodes[HttpCodes["ProxyAuthenticationRequired"] = 407] = "ProxyAuthenticationRequired";
    HttpCodes[HttpCodes["RequestTimeout"] = 408] = "RequestTimeout";
    HttpCodes[HttpCodes["Conflict"] = 409] = "Conflict";
    HttpCodes[HttpCodes["Gone"] = 410] = "Gone";
    HttpCodes[HttpCodes["TooManyRequests"] = 429] = "TooManyRequests";
    HttpCodes[HttpCodes["InternalServerError"] = 500] = "InternalServerError";
    HttpCodes[HttpCodes["NotImplemented"] = 501] = "NotImplemented";
    HttpCodes[HttpCodes["BadGateway"] = 502] = "BadGateway";
    HttpCodes[HttpCodes["ServiceUnavailable"] = 503] = "ServiceUnavailable";
    HttpCodes[HttpCodes["GatewayTimeout"] = 504] = "GatewayTimeout";
})(HttpCodes || (HttpCodes = {}));
var Headers;
(function (Headers) {
    Headers["Accept"] = "accept";
    Headers["ContentType"] = "content-type";
})(Headers || (Headers = {}));
var MediaTypes;
(function (MediaTypes) {
    MediaTypes["ApplicationJson"] = "application/json";
})(MediaTypes || (MediaTypes = {}));
/**
 * Returns the proxy URL, depending upon the supplied url and proxy environment variables.
 * @param serverUrl  The server URL where the request will be sent. For example, https://api.github.com
 */
function lib_getProxyUrl(serverUrl) {
    const proxyUrl = pm.getProxyUrl(new URL(serverUrl));
    return proxyUrl ? proxyUrl.href : '';
}
const HttpRedirectCodes = [
    HttpCodes.MovedPermanently,
    HttpCodes.ResourceMoved,
    HttpCodes.SeeOther,
    HttpCodes.TemporaryRedirect,
    HttpCodes.PermanentRedirect
];
const HttpResponseRetryCodes = [
    HttpCodes.BadGateway,
    HttpCodes.ServiceUnavailable,
    HttpCodes.GatewayTimeout
];
const RetryableHttpVerbs = ['OPTIONS', 'GET', 'DELETE', 'HEAD'];
const ExponentialBackoffCeiling = 10;
const ExponentialBackoffTimeSlice = 5;
class HttpClientError extends Error {
    constructor(message, statusCode) {
        super(message);
        this.name = 'HttpClientError';
        this.statusCode = statusCode;
        Object.setPrototypeOf(this, HttpClientError.prototype);
    }
}
class HttpClientResponse {
    constructor(message) {
        this.message = message;
    }
    readBody() {
        return __awaiter(this, void 0, void 0, function* () {
            return new Promise((resolve) => __awaiter(this, void 0, void 0, function* () {
                let output = Buffer.alloc(0);
                this.message.on('data', (chunk) => {
                    output = Buffer.concat([output, chunk]);
                });
                this.message.on('end', () => {
                    resolve(output.toString());
                });
            }));
        });
    }
    readBodyBuffer() {
        return __awaiter(this, void 0, void 0, function* () {
            return new Promise((resolve) => __awaiter(this, void 0, void 0, function* () {
                const chunks = [];
                this.message.on('data', (chunk) => {
                    chunks.push(chunk);
                });
                this.message.on('end', () => {
                    resolve(Buffer.concat(chunks));
                });
            }));
        });
    }
}
function isHttps(requestUrl) {
    const parsedUrl = new URL(requestUrl);
    return parsedUrl.protocol === 'https:';
}
class HttpClient {
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
            return this.request('OPTIONS', requestUrl, null, additionalHeaders || {});
        });
    }
    get(requestUrl, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('GET', requestUrl, null, additionalHeaders || {});
        });
    }
    del(requestUrl, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('DELETE', requestUrl, null, additionalHeaders || {});
        });
    }
    post(requestUrl, data, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('POST', requestUrl, data, additionalHeaders || {});
        });
    }
    patch(requestUrl, data, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('PATCH', requestUrl, data, additionalHeaders || {});
        });
    }
    put(requestUrl, data, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('PUT', requestUrl, data, additionalHeaders || {});
        });
    }
    head(requestUrl, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('HEAD', requestUrl, null, additionalHeaders || {});
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
            additionalHeaders[Headers.ContentType] =
                this._getExistingOrDefaultContentTypeHeader(additionalHeaders, MediaTypes.ApplicationJson);
            const res = yield this.post(requestUrl, data, additionalHeaders);
            return this._processResponse(res, this.requestOptions);
        });
    }
    putJson(requestUrl_1, obj_1) {
        return __awaiter(this, arguments, void 0, function* (requestUrl, obj, additionalHeaders = {}) {
            const data = JSON.stringify(obj, null, 2);
            additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
            additionalHeaders[Headers.ContentType] =
                this._getExistingOrDefaultContentTypeHeader(additionalHeaders, MediaTypes.ApplicationJson);
            const res = yield this.put(requestUrl, data, additionalHeaders);
            return this._processResponse(res, this.requestOptions);
        });
    }
    patchJson(requestUrl_1, obj_1) {
        return __awaiter(this, arguments, void 0, function* (requestUrl, obj, additionalHeaders = {}) {
            const data = JSON.stringify(obj, null, 2);
            additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
            additionalHeaders[Headers.ContentType] =
                this._getExistingOrDefaultContentTypeHeader(additionalHeaders, MediaTypes.ApplicationJson);
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
                throw new Error('Client has already been disposed.');
            }
            const parsedUrl = new URL(requestUrl);
            let info = this._prepareRequest(verb, parsedUrl, headers);
            // Only perform retries on reads since writes may not be idempotent.
            const maxTries = this._allowRetries && RetryableHttpVerbs.includes(verb)
                ? this._maxRetries + 1
                : 1;
            let numTries = 0;
            let response;
            do {
                response = yield this.requestRaw(info, data);
                // Check if it's an authentication challenge
                if (response &&
                    response.message &&
                    response.message.statusCode === HttpCodes.Unauthorized) {
                    let authenticationHandler;
                    for (const handler of this.handlers) {
                        if (handler.canHandleAuthentication(response)) {
                            authenticationHandler = handler;
                            break;
                        }
                    }
                    if (authenticationHandler) {
                        return authenticationHandler.handleAuthentication(this, info, data);
                    }
                    else {
                        // We have received an unauthorized response but have no handlers to handle it.
                        // Let the response return to the caller.
                        return response;
                    }
                }
                let redirectsRemaining = this._maxRedirects;
                while (response.message.statusCode &&
                    HttpRedirectCodes.includes(response.message.statusCode) &&
                    this._allowRedirects &&
                    redirectsRemaining > 0) {
                    const redirectUrl = response.message.headers['location'];
                    if (!redirectUrl) {
                        // if there's no location to redirect to, we won't
                        break;
                    }
                    const parsedRedirectUrl = new URL(redirectUrl);
                    if (parsedUrl.protocol === 'https:' &&
                        parsedUrl.protocol !== parsedRedirectUrl.protocol &&
                        !this._allowRedirectDowngrade) {
                        throw new Error('Redirect from HTTPS to HTTP protocol. This downgrade is not allowed for security reasons. If you want to allow this behavior, set the allowRedirectDowngrade option to true.');
                    }
                    // we need to finish reading the response before reassigning response
                    // which will leak the open socket.
                    yield response.readBody();
                    // strip authorization header if redirected to a different hostname
                    if (parsedRedirectUrl.hostname !== parsedUrl.hostname) {
                        for (const header in headers) {
                            // header names are case insensitive
                            if (header.toLowerCase() === 'authorization') {
                                delete headers[header];
                            }
                        }
                    }
                    // let's make the request with the new redirectUrl
                    info = this._prepareRequest(verb, parsedRedirectUrl, headers);
                    response = yield this.requestRaw(info, data);
                    redirectsRemaining--;
                }
                if (!response.message.statusCode ||
                    !HttpResponseRetryCodes.includes(response.message.statusCode)) {
                    // If not a retry code, return immediately instead of retrying
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
    requestRaw(info, data) {
        return __awaiter(this, void 0, void 0, function* () {
            return new Promise((resolve, reject) => {
                function callbackForResult(err, res) {
                    if (err) {
                        reject(err);
                    }
                    else if (!res) {
                        // If `err` is not passed, then `res` must be passed.
                        reject(new Error('Unknown error'));
                    }
                    else {
                        resolve(res);
                    }
                }
                this.requestRawWithCallback(info, data, callbackForResult);
            });
        });
    }
    /**
     * Raw request with callback.
     * @param info
     * @param data
     * @param onResult
     */
    requestRawWithCallback(info, data, onResult) {
        if (typeof data === 'string') {
            if (!info.options.headers) {
                info.options.headers = {};
            }
            info.options.headers['Content-Length'] = Buffer.byteLength(data, 'utf8');
        }
        let callbackCalled = false;
        function handleResult(err, res) {
            if (!callbackCalled) {
                callbackCalled = true;
                onResult(err, res);
            }
        }
        const req = info.httpModule.request(info.options, (msg) => {
            const res = new HttpClientResponse(msg);
            handleResult(undefined, res);
        });
        let socket;
        req.on('socket', sock => {
            socket = sock;
        });
        // If we ever get disconnected, we want the socket to timeout eventually
        req.setTimeout(this._socketTimeout || 3 * 60000, () => {
            if (socket) {
                socket.end();
            }
            handleResult(new Error(`Request timeout: ${info.options.path}`));
        });
        req.on('error', function (err) {
            // err has statusCode property
            // res should have headers
            handleResult(err);
        });
        if (data && typeof data === 'string') {
            req.write(data, 'utf8');
        }
        if (data && typeof data !== 'string') {
            data.on('close', function () {
                req.end();
            });
            data.pipe(req);
        }
        else {
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
        const info = {};
        info.parsedUrl = requestUrl;
        const usingSsl = info.parsedUrl.protocol === 'https:';
        info.httpModule = usingSsl ? external_https_namespaceObject : external_http_namespaceObject;
        const defaultPort = usingSsl ? 443 : 80;
        info.options = {};
        info.options.host = info.parsedUrl.hostname;
        info.options.port = info.parsedUrl.port
            ? parseInt(info.parsedUrl.port)
            : defaultPort;
        info.options.path =
            (info.parsedUrl.pathname || '') + (info.parsedUrl.search || '');
        info.options.method = method;
        info.options.headers = this._mergeHeaders(headers);
        if (this.userAgent != null) {
            info.options.headers['user-agent'] = this.userAgent;
        }
        info.options.agent = this._getAgent(info.parsedUrl);
        // gives handlers an opportunity to participate
        if (this.handlers) {
            for (const handler of this.handlers) {
                handler.prepareRequest(info.options);
            }
        }
        return info;
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
                clientHeader =
                    typeof headerValue === 'number' ? headerValue.toString() : headerValue;
            }
        }
        const additionalValue = additionalHeaders[header];
        if (additionalValue !== undefined) {
            return typeof additionalValue === 'number'
                ? additionalValue.toString()
                : additionalValue;
        }
        if (clientHeader !== undefined) {
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
                if (typeof headerValue === 'number') {
                    clientHeader = String(headerValue);
                }
                else if (Array.isArray(headerValue)) {
                    clientHeader = headerValue.join(', ');
                }
                else {
                    clientHeader = headerValue;
                }
            }
        }
        const additionalValue = additionalHeaders[Headers.ContentType];
        // Return the first non-undefined value, converting numbers or arrays to strings if necessary
        if (additionalValue !== undefined) {
            if (typeof additionalValue === 'number') {
                return String(additionalValue);
            }
            else if (Array.isArray(additionalValue)) {
                return additionalValue.join(', ');
            }
            else {
                return additionalValue;
            }
        }
        if (clientHeader !== undefined) {
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
        // if agent is already assigned use that agent.
        if (agent) {
            return agent;
        }
        const usingSsl = parsedUrl.protocol === 'https:';
        let maxSockets = 100;
        if (this.requestOptions) {
            maxSockets = this.requestOptions.maxSockets || external_http_.globalAgent.maxSockets;
        }
        // This is `useProxy` again, but we need to check `proxyURl` directly for TypeScripts's flow analysis.
        if (proxyUrl && proxyUrl.hostname) {
            const agentOptions = {
                maxSockets,
                keepAlive: this._keepAlive,
                proxy: Object.assign(Object.assign({}, ((proxyUrl.username || proxyUrl.password) && {
                    proxyAuth: `${proxyUrl.username}:${proxyUrl.password}`
                })), { host: proxyUrl.hostname, port: proxyUrl.port })
            };
            let tunnelAgent;
            const overHttps = proxyUrl.protocol === 'https:';
            if (usingSsl) {
                tunnelAgent = overHttps ? tunnel.httpsOverHttps : tunnel.httpsOverHttp;
            }
            else {
                tunnelAgent = overHttps ? tunnel.httpOverHttps : tunnel.httpOverHttp;
            }
            agent = tunnelAgent(agentOptions);
            this._proxyAgent = agent;
        }
        // if tunneling agent isn't assigned create a new agent
        if (!agent) {
            const options = { keepAlive: this._keepAlive, maxSockets };
            agent = usingSsl ? new external_https_.Agent(options) : new external_http_.Agent(options);
            this._agent = agent;
        }
        if (usingSsl && this._ignoreSslError) {
            // we don't want to set NODE_TLS_REJECT_UNAUTHORIZED=0 since that will affect request for entire process
            // http.RequestOptions doesn't expose a way to modify RequestOptions.agent.options
            // we have to cast it to any and change it directly
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
        // if agent is already assigned use that agent.
        if (proxyAgent) {
            return proxyAgent;
        }
        const usingSsl = parsedUrl.protocol === 'https:';
        proxyAgent = new ProxyAgent(Object.assign({ uri: proxyUrl.href, pipelining: !this._keepAlive ? 0 : 1 }, ((proxyUrl.username || proxyUrl.password) && {
            token: `Basic ${Buffer.from(`${proxyUrl.username}:${proxyUrl.password}`).toString('base64')}`
        })));
        this._proxyAgentDispatcher = proxyAgent;
        if (usingSsl && this._ignoreSslError) {
            // we don't want to set NODE_TLS_REJECT_UNAUTHORIZED=0 since that will affect request for entire process
            // http.RequestOptions doesn't expose a way to modify RequestOptions.agent.options
            // we have to cast it to any and change it directly
            proxyAgent.options = Object.assign(proxyAgent.options.requestTls || {}, {
                rejectUnauthorized: false
            });
        }
        return proxyAgent;
    }
    _getUserAgentWithOrchestrationId(userAgent) {
        const baseUserAgent = userAgent || 'actions/http-client';
        const orchId = process.env['ACTIONS_ORCHESTRATION_ID'];
        if (orchId) {
            // Sanitize the orchestration ID to ensure it contains only valid characters
            // Valid characters: 0-9, a-z, _, -, .
            const sanitizedId = orchId.replace(/[^a-z0-9_.-]/gi, '_');
            return `${baseUserAgent} actions_orchestration_id/${sanitizedId}`;
        }
        return baseUserAgent;
    }
    _performExponentialBackoff(retryNumber) {
        return __awaiter(this, void 0, void 0, function* () {
            retryNumber = Math.min(ExponentialBackoffCeiling, retryNumber);
            const ms = ExponentialBackoffTimeSlice * Math.pow(2, retryNumber);
            return new Promise(resolve => setTimeout(() => resolve(), ms));
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
                // not found leads to null obj returned
                if (statusCode === HttpCodes.NotFound) {
                    resolve(response);
                }
                // get the result from the body
                function dateTimeDeserializer(key, value) {
                    if (typeof value === 'string') {
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
                        }
                        else {
                            obj = JSON.parse(contents);
                        }
                        response.result = obj;
                    }
                    response.headers = res.message.headers;
                }
                catch (err) {
                    // Invalid resource (contents not json);  leaving result obj null
                }
                // note that 3xx redirects are handled by the http layer.
                if (statusCode > 299) {
                    let msg;
                    // if exception/error in body, attempt to get better error
                    if (obj && obj.message) {
                        msg = obj.message;
                    }
                    else if (contents && contents.length > 0) {
                        // it may be the case that the exception is in the body message as string
                        msg = contents;
                    }
                    else {
                        msg = `Failed request: (${statusCode})`;
                    }
                    const err = new HttpClientError(msg, statusCode);
                    err.result = response.result;
                    reject(err);
                }
                else {
                    resolve(response);
                }
            }));
        });
    }
}
const lowercaseKeys = (obj) => Object.keys(obj).reduce((c, k) => ((c[k.toLowerCase()] = obj[k]), c), {});
//# sourceMappingURL=index.js.map
;// CONCATENATED MODULE: ../node_modules/@actions/http-client/lib/auth.js
var auth_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};
class BasicCredentialHandler {
    constructor(username, password) {
        this.username = username;
        this.password = password;
    }
    prepareRequest(options) {
        if (!options.headers) {
            throw Error('The request has no headers');
        }
        options.headers['Authorization'] = `Basic ${Buffer.from(`${this.username}:${this.password}`).toString('base64')}`;
    }
    // This handler cannot handle 401
    canHandleAuthentication() {
        return false;
    }
    handleAuthentication() {
        return auth_awaiter(this, void 0, void 0, function* () {
            throw new Error('not implemented');
        });
    }
}
class BearerCredentialHandler {
    constructor(token) {
        this.token = token;
    }
    // currently implements pre-authorization
    // TODO: support preAuth = false where it hooks on 401
    prepareRequest(options) {
        if (!options.headers) {
            throw Error('The request has no headers');
        }
        options.headers['Authorization'] = `Bearer ${this.token}`;
    }
    // This handler cannot handle 401
    canHandleAuthentication() {
        return false;
    }
    handleAuthentication() {
        return auth_awaiter(this, void 0, void 0, function* () {
            throw new Error('not implemented');
        });
    }
}
class PersonalAccessTokenCredentialHandler {
    constructor(token) {
        this.token = token;
    }
    // currently implements pre-authorization
    // TODO: support preAuth = false where it hooks on 401
    prepareRequest(options) {
        if (!options.headers) {
            throw Error('The request has no headers');
        }
        options.headers['Authorization'] = `Basic ${Buffer.from(`PAT:${this.token}`).toString('base64')}`;
    }
    // This handler cannot handle 401
    canHandleAuthentication() {
        return false;
    }
    handleAuthentication() {
        return auth_awaiter(this, void 0, void 0, function* () {
            throw new Error('not implemented');
        });
    }
}
//# sourceMappingURL=auth.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/index.js
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

// node_modules/@actions/core/lib/file-command.js


// bundle/fs.ts

var promises = { access: external_node_fs_.accessSync, appendFile: external_node_fs_.appendFileSync, writeFile: external_node_fs_.writeFileSync };

// node_modules/@actions/core/lib/file-command.js

function issueFileCommand(command, message) {
  const filePath = process.env[`GITHUB_${command}`];
  if (!filePath) {
    throw new Error(`Unable to find environment variable for file command ${command}`);
  }
  if (!(0,external_node_fs_.existsSync)(filePath)) {
    throw new Error(`Missing file at path: ${filePath}`);
  }
  (0,external_node_fs_.appendFileSync)(filePath, `${toCommandValue(message)}${external_os_.EOL}`, {
    encoding: "utf8"
  });
}
function prepareKeyValueMessage(key, value) {
  const delimiter = `ghadelimiter_${external_crypto_namespaceObject.randomUUID()}`;
  const convertedValue = toCommandValue(value);
  if (key.includes(delimiter)) {
    throw new Error(`Unexpected input: name should not contain the delimiter "${delimiter}"`);
  }
  if (convertedValue.includes(delimiter)) {
    throw new Error(`Unexpected input: value should not contain the delimiter "${delimiter}"`);
  }
  return `${key}<<${delimiter}${external_os_.EOL}${convertedValue}${external_os_.EOL}${delimiter}`;
}

// node_modules/@actions/core/lib/core.js


// node_modules/@actions/core/lib/oidc-utils.js



// node_modules/@actions/core/lib/summary.js

var core_awaiter = function(thisArg, _arguments, P, generator) {
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
var { access, appendFile, writeFile } = promises;
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
    return core_awaiter(this, void 0, void 0, function* () {
      if (this._filePath) {
        return this._filePath;
      }
      const pathFromEnv = process.env[SUMMARY_ENV_VAR];
      if (!pathFromEnv) {
        throw new Error(`Unable to find environment variable for $${SUMMARY_ENV_VAR}. Check if your runtime environment supports job summaries.`);
      }
      try {
        yield access(pathFromEnv, external_node_fs_.constants.R_OK | external_node_fs_.constants.W_OK);
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
    return core_awaiter(this, void 0, void 0, function* () {
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
    return core_awaiter(this, void 0, void 0, function* () {
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
  addCodeBlock(code, lang) {
    const attrs = Object.assign({}, lang && { lang });
    const element = this.wrap("pre", this.wrap("code", code), attrs);
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
var summary = _summary;

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
function setOutput(name, value) {
  const filePath = process.env["GITHUB_OUTPUT"] || "";
  if (filePath) {
    return issueFileCommand("OUTPUT", prepareKeyValueMessage(name, value));
  }
  process.stdout.write(external_os_.EOL);
  issueCommand("set-output", { name }, toCommandValue(value));
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


;// CONCATENATED MODULE: ../src/runner/declared-inputs.ts
const DEFAULTS = {
    email: '',
    'users-file': '',
    'email-column': 'email',
    'date-column': 'revoke_after',
    'date-format': 'YYYY-MM-DD',
    'blank-date': 'stop',
    'reference-column': '',
    'bad-rows': 'stop',
    'user-uid': '',
    'if-empty': 'fail',
    timezone: 'UTC',
    'due-within-days': '30',
    'max-users': '100',
    'account-id': '',
    'zone-id': '',
    'api-token': '',
    'api-email': '',
    'api-key': '',
    devices: 'false',
    'warp-session-reauth': 'false',
    verify: 'false',
    'unknown-user': 'fail',
    'signed-in-again': 'fail',
    'remove-seat': 'false',
    'dry-run': 'false',
    concurrency: '4',
    'max-attempts': '5',
    'request-timeout': '30',
    'mask-emails': 'false',
    'api-base-url': '',
};
/** The inputs of the action with their defaults; a test holds both equal to action.yml. */
const INPUTS = DEFAULTS;

;// CONCATENATED MODULE: ../src/text/similar-name.ts
/**
 * The candidate that `name` is likely to be a misspelling of: a third of its letters apart at most, letter case aside.
 *
 * @param most - how many letters apart at most, however long the name is
 */
async function similarName(name, candidates, most = 3) {
    // Loaded on demand: nothing is misspelt in most runs, and every start parses what is loaded.
    const { distance } = await __nccwpck_require__.e(/* import() */ 818).then(__nccwpck_require__.bind(__nccwpck_require__, 818));
    const [nearest] = candidates
        .map((candidate) => ({ candidate, apart: distance(name.toLowerCase(), candidate.toLowerCase()) }))
        .filter(({ candidate, apart }) => apart <= Math.min(most, Math.max(1, Math.floor(candidate.length / 3))))
        .sort((one, other) => one.apart - other.apart);
    return nearest?.candidate;
}

;// CONCATENATED MODULE: ../src/runner/misspelt-inputs.ts


/** Linux desktops export it to every process, for keyboards. */
const DESKTOP = 'INPUT_METHOD';
/** Shorter texts are part of too many words. In letters. */
const LEAST_PART = 3;
/** Finds inputs that the action does not have. The runner only warns of them, and the run would do something else. */
async function undeclaredInputs(environment) {
    const names = Object.keys(INPUTS);
    const declared = new Set(names.map((name) => `INPUT_${name.toUpperCase()}`));
    const variables = Object.keys(environment).filter((key) => key.startsWith('INPUT_') && key !== DESKTOP && !declared.has(key));
    const found = [];
    for (const variable of variables) {
        const name = variable.slice('INPUT_'.length).toLowerCase();
        found.push({ variable, name, meant: await meantBy(name, names) });
    }
    return found;
}
/** A few letters apart; or else a part of an input, or an input with something added. */
async function meantBy(name, names) {
    const given = words(name);
    const bare = given.join('');
    const same = names.find((candidate) => words(candidate).join('') === bare);
    if (same !== undefined || bare.length < LEAST_PART)
        return same;
    const extended = names
        .filter((candidate) => contains(given, words(candidate)))
        .sort((one, other) => other.length - one.length)[0];
    return (extended ??
        (await similarName(name.replaceAll('_', '-'), names)) ??
        names.find((candidate) => contains(words(candidate), given) || words(candidate).join('').startsWith(bare)));
}
function words(name) {
    return name.toLowerCase().split(/[-_ ]+/);
}
/** Whether all words of `part` follow one another in `whole`. */
function contains(whole, part) {
    return ` ${whole.join(' ')} `.includes(` ${part.join(' ')} `);
}

;// CONCATENATED MODULE: ../src/runner/input-reader.ts




/** A warning names this many unknown inputs. */
const MOST_NAMED = 10;
/** Reads single inputs the way the runner hands them over, and collects what is wrong with them. */
class InputReader {
    problems = [];
    /** Each a full sentence. */
    warnings = [];
    #secrets = [];
    #misspelt = new Set();
    /** Takes note of a problem: a full sentence that names the input and the remedy. */
    problem = (sentence, at) => {
        this.problems.push({ text: this.#redacted(sentence), ...at });
    };
    /** The input, trimmed. The runner applies defaults itself; they apply here only where it had no part. */
    text(name) {
        return this.#absent(name) ? INPUTS[name] : getInput(name);
    }
    /** A text input that is kept out of every message, and registered with the runner as a secret. */
    secret(name) {
        const text = this.text(name);
        const bare = text.replace(/^bearer\s+/i, '');
        for (const secret of new Set([text, bare])) {
            if (secret === '')
                continue;
            setSecret(secret);
            this.#secrets.push(secret);
        }
        return text;
    }
    /** A boolean as the toolkit reads it. An empty one is a mistake: it may have been meant to be true. */
    boolean(name) {
        return this.#boolean(name, 'true or false');
    }
    /** The same for an input that can also be a certain word. */
    booleanOr(name, word) {
        return this.text(name) === word ? word : this.#boolean(name, `true, false or ${word}`);
    }
    #boolean(name, words) {
        if (this.#absent(name))
            return INPUTS[name] === 'true';
        if (this.text(name) === '') {
            this.problem(`\`${name}\` is empty; if it comes from an expression, write \`\${{ … || false }}\`.`);
            return false;
        }
        try {
            return getBooleanInput(name);
        }
        catch {
            this.problem(`\`${name}\` is ${this.shown(this.text(name))}: give ${words}.`);
            return false;
        }
    }
    /** A whole number within bounds, both included. */
    integer(name, least, most) {
        const text = this.text(name);
        const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
        if (number >= least && number <= most)
            return number;
        const given = text === ''
            ? `is empty; if it comes from an expression, write \`\${{ … || ${INPUTS[name]} }}\`, or`
            : `is ${this.shown(text)}:`;
        this.problem(`\`${name}\` ${given} give a whole number from ${least} to ${most}.`);
        return least;
    }
    /** One of several words; the first stands in where the input is none of them. */
    choice(name, words) {
        const text = this.text(name);
        const word = words.find((candidate) => candidate === text);
        if (word !== undefined)
            return word;
        this.problem(`\`${name}\` is ${this.shown(text)}: give ${words.join(', ')}.`);
        return words[0];
    }
    /** Looks for inputs that the action does not have: those that are nearly right are a problem, others a warning. */
    async checkNames() {
        const undeclared = await undeclaredInputs(process.env);
        for (const { variable, name, meant } of undeclared) {
            if (meant === undefined)
                continue;
            this.#misspelt.add(meant);
            this.problem(`There is no input ${this.named(name)}: write \`${meant}\`. If it comes from \`env:\`, call the variable something else than ${this.named(variable)}.`);
        }
        const others = undeclared.filter(({ meant }) => meant === undefined).map(({ name }) => this.named(name));
        if (others.length > 0) {
            this.warnings.push(`Unknown inputs are ignored: ${others.slice(0, MOST_NAMED).join(', ')}.`);
        }
    }
    /** The value as a message may show it: quoted, plain and short; never something that looks like a credential. */
    shown(text) {
        return /cf(ut|at|k)_/.test(text)
            ? 'something that looks like a credential'
            : `"${(0,plain_text/* plainText */.wh)((0,plain_text/* shortened */.vI)(this.#redacted(text), 80)).replaceAll('"', String.raw `\u{0022}`)}"`;
    }
    /** Whether the input may have been meant to be true: it is not plainly false, or its name is misspelt. */
    maybeTrue(name) {
        return !/^false$/i.test(this.text(name)) || this.#misspelt.has(name);
    }
    /** A name as code, plain and short. */
    named(name) {
        return `\`${(0,plain_text/* plainText */.wh)((0,plain_text/* shortened */.vI)(this.#redacted(name), 80))}\``;
    }
    #redacted(text) {
        return this.#secrets.reduce((redacted, secret) => redacted.replaceAll(secret, '***'), text);
    }
    #absent(name) {
        return process.env[`INPUT_${name.toUpperCase()}`] === undefined;
    }
}

// EXTERNAL MODULE: ../src/text/quantity.ts
var quantity = __nccwpck_require__(938);
// EXTERNAL MODULE: ../src/text/uuid.ts
var uuid = __nccwpck_require__(348);
// EXTERNAL MODULE: ./node_modules/valibot/index.js
var valibot = __nccwpck_require__(180);
;// CONCATENATED MODULE: ../src/users/json-problem.ts
/** What is wrong with JSON that cannot be parsed, in words; by the names of jsonc-parser. */
const WORDS = {
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
};
/** The part of a sentence that says where JSON goes wrong, and how: ", line 3, column 5: not valid JSON: …". */
async function jsonProblem(text) {
    const { parseTree, printParseErrorCode } = await __nccwpck_require__.e(/* import() */ 105).then(__nccwpck_require__.t.bind(__nccwpck_require__, 105, 23));
    const errors = [];
    try {
        parseTree(text, errors, { disallowComments: true });
    }
    catch {
        return ': the JSON is nested too deeply to be a list of users.';
    }
    const [first = ': not valid JSON.'] = errors.map(({ offset, error }) => {
        const line = text.slice(0, offset).split('\n').length;
        const place = `line ${line}, column ${offset - text.lastIndexOf('\n', offset - 1)}`;
        const words = text[offset] === "'"
            ? 'strings are in double quotation marks, not in single ones'
            : WORDS[printParseErrorCode(error)];
        return `, ${place}: not valid JSON${words === undefined ? '' : `: ${words}`}.`;
    });
    return first;
}

;// CONCATENATED MODULE: ../src/users/place.ts
/** The place as the beginning of a sentence: "leavers.csv, line 12", "`email`, entry 2". */
function whereOf({ list, line, entry }) {
    const name = list.origin === 'email' ? `\`${list.name}\`` : list.name;
    if (line !== undefined)
        return `${name}, line ${line}`;
    return entry === undefined ? name : `${name}, entry ${entry}`;
}
/** The place in short: "leavers.csv:12", "email:2". */
function sourceOf({ list, line, entry }) {
    const number = line ?? entry;
    return number === undefined ? list.name : `${list.name}:${number}`;
}
/** The place as an annotation names it. */
function filePlaceOf({ list, line }) {
    return { ...(list.file !== undefined && { file: list.file }), ...(line !== undefined && { line }) };
}

;// CONCATENATED MODULE: ../src/users/json-entries.ts



const KEYS = ['email', 'user_uid', 'revoke_after', 'reference'];
const JsonUser = valibot/* object */.Ik({
    email: valibot/* string */.Yj(),
    user_uid: valibot/* optional */.lq(valibot/* string */.Yj()),
    revoke_after: valibot/* optional */.lq(valibot/* string */.Yj()),
    reference: valibot/* optional */.lq(valibot/* string */.Yj()),
});
const AnyObject = valibot/* record */.g1(valibot/* string */.Yj(), valibot/* unknown */.L5());
/**
 * Reads users from a JSON array of addresses or of objects.
 *
 * @param tell - takes each problem as a full sentence, with its place
 */
async function entriesFromJson(text, list, show, tell) {
    const name = whereOf({ list });
    const value = parsed(text);
    if (value === undefined) {
        tell(`${name}${await jsonProblem(text)}`, filePlaceOf({ list }));
        return [];
    }
    if (!Array.isArray(value)) {
        tell(`${name}: not a JSON array; write the list in brackets, like ["user@example.com", …].`, filePlaceOf({ list }));
        return [];
    }
    const elements = value;
    const nodes = await elementNodes(text);
    if (nodes === undefined) {
        tell(`${name}: the JSON is nested too deeply to be a list of users.`, filePlaceOf({ list }));
        return [];
    }
    const lineOf = lineFinder(text);
    return nodes.flatMap((node, index) => {
        const place = list.origin === 'file' ? { list, line: lineOf(node.offset) } : { list, entry: index + 1 };
        const element = elements[index];
        const wrong = problemWith(node, element, show);
        if (wrong === undefined)
            return [entryOf(element, place)];
        tell(`${whereOf(place)}: ${wrong}`, filePlaceOf(place));
        return [];
    });
}
function problemWith(node, element, show) {
    if (typeof element === 'string')
        return undefined;
    if (repeatsKey(node))
        return 'a key appears twice; keep one.';
    const keys = Object.keys(valibot/* parse */.qg(valibot/* fallback */.Np(AnyObject, {}), element));
    const unknown = keys.filter((key) => !KEYS.includes(key)).map(show.name);
    if (unknown.length > 0) {
        const what = unknown.length === 1 ? 'the key' : 'the keys';
        return `${what} ${unknown.slice(0, 5).join(', ')} ${unknown.length === 1 ? 'is' : 'are'} unknown; the keys are "email", "user_uid", "revoke_after", and "reference".`;
    }
    return valibot.is(JsonUser, element)
        ? undefined
        : 'write an address, or an object with "email" and optionally "user_uid", "revoke_after", and "reference", all of them strings.';
}
/** @param element - an address, or what {@link problemWith} found nothing wrong with */
function entryOf(element, place) {
    if (typeof element === 'string')
        return { place, email: element.trim() };
    const { email, user_uid: userUid, revoke_after: revokeAfter, reference } = valibot/* parse */.qg(JsonUser, element);
    return {
        place,
        email: email.trim(),
        ...(userUid !== undefined && { userUid: userUid.trim() }),
        ...(revokeAfter !== undefined && { revokeAfter: revokeAfter.trim() }),
        ...(reference !== undefined && { reference: reference.trim() }),
    };
}
/** The value; undefined if the text is not JSON. */
function parsed(text) {
    try {
        const value = JSON.parse(text);
        return value;
    }
    catch {
        return undefined;
    }
}
/**
 * The elements with their places in the text: JSON itself tells neither lines nor keys that appear twice.
 *
 * @returns undefined if the text is nested too deeply for that
 */
async function elementNodes(text) {
    const { parseTree } = await __nccwpck_require__.e(/* import() */ 105).then(__nccwpck_require__.t.bind(__nccwpck_require__, 105, 23));
    try {
        const { children = [] } = { ...parseTree(text) };
        return children;
    }
    catch {
        return undefined;
    }
}
function repeatsKey({ children = [] }) {
    const keys = children.map((property) => property.children?.[0]?.value);
    return new Set(keys).size < keys.length;
}
/** Finds the line of an offset; offsets have to be asked for in rising order. */
function lineFinder(text) {
    let [line, from] = [1, 0];
    return (offset) => {
        for (; from < offset; from += 1)
            if (text[from] === '\n')
                line += 1;
        return line;
    };
}

;// CONCATENATED MODULE: ../src/users/list-problems.ts

/** Nobody reads more of them, and a file can have millions of bad lines. */
const MOST_TOLD = 100;
/** Takes the problems of lists, tells the first ones, and counts the others. */
class ListProblems {
    #tell;
    #count = 0;
    constructor(tell) {
        this.#tell = tell;
    }
    add = (sentence, at) => {
        this.#count += 1;
        if (this.#count <= MOST_TOLD)
            this.#tell(sentence, at);
    };
    /** Tells how many there are besides. */
    close() {
        const more = this.#count - MOST_TOLD;
        if (more > 0)
            this.#tell(`The lists have ${(0,quantity/* quantity */.au)(more, 'more problem')}: fix the ones above first.`);
    }
}

;// CONCATENATED MODULE: ../src/users/merged-users.ts



/** Makes one user of all entries with the same address, whatever the case of its ASCII letters. */
function mergedUsers(listed, show, tell) {
    const first = new Map();
    for (const later of listed) {
        const key = (0,email_address/* addressKey */.I)(later.user.email);
        const earlier = first.get(key);
        if (earlier === undefined) {
            first.set(key, later);
            continue;
        }
        for (const what of contradictions(earlier, later)) {
            tell(`${whereOf(later.place)}: ${show.value(later.user.email)} is also listed at ${whereOf(earlier.place)}, with another ${what}; keep one.`, filePlaceOf(later.place));
        }
        // Whatever the order, a UUID or a reference that is known is kept.
        const userUid = earlier.user.userUid ?? later.user.userUid;
        const reference = earlier.user.reference ?? later.user.reference;
        const user = {
            ...earlier.user,
            ...(userUid !== undefined && { userUid }),
            ...(reference !== undefined && { reference }),
        };
        first.set(key, { ...earlier, user });
    }
    return Array.from(first.values(), ({ user }) => user);
}
function contradictions(earlier, later) {
    const [one, other] = [earlier.user, later.user];
    const uuids = one.userUid !== undefined && other.userUid !== undefined;
    const otherUuid = uuids && (0,uuid/* uuidKey */.V)(one.userUid) !== (0,uuid/* uuidKey */.V)(other.userUid);
    // Entries of `email` come first. One without a date is due now, and wins over the file.
    const acrossLists = earlier.place.list.origin === 'email' && later.place.list.origin === 'file';
    const wins = acrossLists && one.revokeAfter === undefined;
    const otherTime = one.revokeAfter?.at !== other.revokeAfter?.at || one.staying !== other.staying;
    return [...(otherUuid ? ['UUID'] : []), ...(otherTime && !wins ? ['`revoke_after`'] : [])];
}

// EXTERNAL MODULE: ../src/users/dates.ts
var dates = __nccwpck_require__(529);
;// CONCATENATED MODULE: ../src/users/user-entry.ts





/** In characters. */
const LONGEST_REFERENCE = 200;
/**
 * Checks one entry.
 *
 * @param position - its place among all entries
 */
async function checkEntry(entry, position, format, show) {
    if (entry.wrong !== undefined)
        return { kind: 'bad', entry, problems: [entry.wrong], otherFormat: false };
    const { place, staying, reference = '', userUid: givenUid = '' } = entry;
    const problems = [];
    const email = (0,email_address/* parseEmailAddress */.O)(entry.email);
    if (entry.email === '')
        problems.push('has no address.');
    else if (typeof email === 'object')
        problems.push(`${show.value(entry.email)} ${email.problem}.`);
    const userUid = (0,uuid/* parseUuid */.X)(givenUid);
    if (userUid === undefined && givenUid !== '') {
        problems.push(`the UUID ${show.value(givenUid)} is not 32 hex characters, or 36 with hyphens.`);
    }
    const moment = await momentOf(entry, format, show);
    if (moment !== undefined && 'problem' in moment)
        problems.push(moment.problem);
    if (typeof email === 'object' || (moment !== undefined && 'problem' in moment) || problems.length > 0) {
        const otherFormat = moment !== undefined && 'problem' in moment && moment.otherFormat;
        return { kind: 'bad', entry, problems, otherFormat };
    }
    const user = {
        email,
        source: sourceOf(place),
        position,
        ...(userUid !== undefined && { userUid }),
        ...(moment !== undefined && { revokeAfter: moment }),
        ...(staying !== undefined && { staying }),
        ...(reference !== '' && { reference: (0,plain_text/* shortened */.vI)(reference, LONGEST_REFERENCE) }),
    };
    return { kind: 'user', place, user };
}
/** The moment that is meant, undefined for now; or what is wrong with it, as a sentence. */
async function momentOf({ revokeAfter: text, place }, { dateFormat, timezone }, show) {
    if (text === undefined || /^now$/i.test(text))
        return undefined;
    const name = dateName(place.list);
    if (text === '')
        return { problem: `${name} is blank: write the date, or \`now\`.`, otherFormat: false };
    const read = await (0,dates/* readMoment */.T$)(text, dateFormat, timezone);
    return 'problem' in read ? { ...read, problem: `${name} ${show.value(text)} ${read.problem}.` } : read;
}
function dateName({ dateName: name = '`revoke_after`' }) {
    return name;
}

;// CONCATENATED MODULE: external "node:buffer"
const external_node_buffer_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:buffer");
;// CONCATENATED MODULE: external "node:path"
const external_node_path_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");
;// CONCATENATED MODULE: ../src/users/csv-guesses.ts


/** Dates of any kind, and what a spreadsheet makes of one. */
const DATE_LIKE = /^(?:\d{1,4}[-./]\d{1,2}[-./]\d{1,4}(?:[T ].*)?|\d{1,2}[- ]\p{L}{3,}[- ]\d{2,4}|now)$/iu;
const DATE_TITLE = /date|day|datum|austritt|fecha|last|leav|end|exit|term|until/i;
/** The title that is likely to be that of the addresses; undefined if several are, or none. */
function likelyEmail(titles, rows) {
    const [only, ...others] = titles.filter((_title, place) => firstCells(rows, place).some((cell) => typeof (0,email_address/* parseEmailAddress */.O)(cell) === 'string'));
    return others.length === 0 ? only : undefined;
}
/** The titles of the columns that are likely to be that of the dates, by what is in them, or else by their names. */
function likelyDates(unknown, rows) {
    const byCells = unknown.filter(({ place }) => firstCells(rows, place).some((cell) => DATE_LIKE.test(cell)));
    const likely = byCells.length > 0 ? byCells : unknown.filter(({ title }) => DATE_TITLE.test(title));
    return likely.map(({ title }) => title);
}
/** The line to write in the workflow, as code: `date-column: Last Day`. */
function exactLine(input, title) {
    const plain = /^\p{L}[\p{L}\p{Nd} ._/()-]*$/u.test(title) && !/^(?:true|false|null|none|yes|no|on|off)$/i.test(title);
    return `\`${input}: ${plain ? title : (0,plain_text/* plainText */.wh)(JSON.stringify(title))}\``;
}
/** What the first rows have in a column, blank cells left out. */
function firstCells(rows, place) {
    return rows
        .slice(0, 20)
        .map(({ cells }) => (cells[place] ?? '').trim())
        .filter((cell) => cell !== '');
}

;// CONCATENATED MODULE: ../src/users/csv-columns.ts

/** What a file is called where the step says nothing of it. */
const DATE_COLUMN = 'revoke_after';
/** The title row is among the first rows if there is one. */
const FIRST_ROWS = 10;
/** The form in which titles are compared: without letter case, white space, `-` and `_`. */
function columnKey(title) {
    return title.toLowerCase().replace(/[-_\s"]/g, '');
}
/**
 * Finds the columns by the header.
 *
 * A date column under a name that nobody told us must never mean that whoever leaves in two years is signed out now:
 * so a file with unknown columns needs a date column, or the word that it has none.
 *
 * @param rows - of the file, the header first
 * @param tell - takes each problem with the header, as the end of a sentence
 * @returns undefined exactly if a problem was told
 */
function findColumns(rows, format, show, tell) {
    const [header, ...others] = rows;
    const { cells = [] } = { ...header };
    const titles = cells.map((title) => title.trim());
    const keys = titles.map(columnKey);
    const find = (name) => {
        const place = keys.indexOf(columnKey(name));
        return place === -1 ? undefined : place;
    };
    const email = find(format.emailColumn);
    if (email === undefined) {
        tell(noEmailColumn(titles, others, format, show));
        return undefined;
    }
    const dated = format.dateColumn.toLowerCase() !== 'none';
    const { referenceColumn } = format;
    const columns = {
        email,
        ...some('userUid', find('user_uid')),
        ...some('date', dated ? find(format.dateColumn) : undefined),
        ...some('reference', referenceColumn === '' ? undefined : find(referenceColumn)),
    };
    const ambiguous = [...repeated(titles, keys, format, show), ...shared(columns)];
    const problems = [
        ...ambiguous,
        ...(referenceColumn !== '' && columns.reference === undefined
            ? [`no column is called ${show.name(referenceColumn)} (\`reference-column\`). ${found(titles, show)}`]
            : []),
        ...(ambiguous.length > 0 ? [] : dateProblems(titles, columns, format, others, show)),
    ];
    for (const problem of problems)
        tell(problem);
    return problems.length === 0 ? columns : undefined;
}
function some(name, place) {
    const columns = {};
    if (place !== undefined)
        columns[name] = place;
    return columns;
}
function noEmailColumn(titles, others, { emailColumn }, show) {
    const header = others
        .slice(0, FIRST_ROWS)
        .find(({ cells }) => cells.some((cell) => columnKey(cell) === columnKey(emailColumn)));
    if (header !== undefined) {
        return `not the header, which seems to be line ${header.line}; remove the lines above that.`;
    }
    if (titles.some((title) => title.includes('@'))) {
        return 'the first row must be a header, but it contains an address; add a line with the names of the columns above it, such as `email`.';
    }
    const likely = likelyEmail(titles, others);
    const remedy = likely === undefined
        ? 'Set `email-column` to the one with the addresses'
        : `Set ${exactLine('email-column', likely)}`;
    const input = columnKey(emailColumn) === 'email' ? '' : ' (`email-column`)';
    return `no column is called ${show.name(emailColumn)}${input}. ${found(titles, show)} ${remedy}, or add a header if the first row is none.`;
}
function found(titles, show) {
    return `The columns are ${titles.map((title) => show.name(title)).join(', ')}.`;
}
function repeated(titles, keys, { emailColumn, dateColumn, referenceColumn }, show) {
    const read = new Set([emailColumn, 'user_uid', dateColumn, referenceColumn].map(columnKey));
    return titles.flatMap((title, place) => {
        const key = columnKey(title);
        const again = key !== '' && read.has(key) && keys.indexOf(key) < place;
        return again ? [`two columns have the same name, the second ${show.name(title)}; keep one.`] : [];
    });
}
/** The same column for two things is a mistake in the step. */
function shared({ email, userUid, date, reference }) {
    const places = [email, userUid, date, reference].filter((place) => place !== undefined);
    return new Set(places).size === places.length
        ? []
        : ['`email-column`, `date-column`, and `reference-column` must be different columns.'];
}
function dateProblems(titles, columns, { dateColumn, emailColumn, referenceColumn }, rows, show) {
    const usual = titles.find((title) => columnKey(title) === columnKey(DATE_COLUMN));
    const named = columnKey(dateColumn) !== columnKey(DATE_COLUMN);
    if (named &&
        usual !== undefined &&
        columnKey(emailColumn) !== columnKey(usual) &&
        columnKey(referenceColumn) !== columnKey(usual)) {
        return [
            `there is a column ${show.name(usual)} beside \`date-column: ${dateColumn}\`, so it is not clear which dates count; remove that input, or rename the column.`,
        ];
    }
    if (columns.date !== undefined || dateColumn.toLowerCase() === 'none')
        return [];
    if (named) {
        return [`no column is called ${show.name(dateColumn)} (\`date-column\`). ${found(titles, show)}`];
    }
    const unknown = titles.flatMap((title, place) => Object.values(columns).includes(place) || (title === '' && isBlank(rows, place))
        ? []
        : [{ title, place }]);
    if (unknown.length === 0)
        return [];
    const likely = likelyDates(unknown, rows);
    const remedy = likely.map((title) => exactLine('date-column', title)).join(' or ');
    return [
        `no column is called "${DATE_COLUMN}", so any of these may hold the dates: ${unknown.map(({ title }) => show.name(title)).join(', ')}. Set ${remedy === '' ? '`date-column` to the one that does' : remedy}, or \`date-column: none\` if the file has no dates and everybody in it is to be revoked now.`,
    ];
}
function isBlank(rows, place) {
    return rows.every(({ cells }) => (cells[place] ?? '').trim() === '');
}

;// CONCATENATED MODULE: ../src/users/csv-rows.ts

/** What spreadsheets put between cells, depending on the language they are set to. */
const DELIMITERS = [',', ';', '\t'];
const SkippedRow = valibot/* fallback */.Np(valibot/* object */.Ik({ lines: valibot/* number */.ai() }), { lines: 0 });
/** Splits CSV into rows and cells. */
async function readCsvRows(text) {
    const rows = [];
    const badLines = new Set();
    if (text.trim() === '')
        return { rows, badLines: [] };
    // Loaded on demand: most runs have no file, and every start parses what is loaded.
    const { parse } = await __nccwpck_require__.e(/* import() */ 413).then(__nccwpck_require__.bind(__nccwpck_require__, 413));
    // With one line ending instead of three, lines are counted as an editor counts them, within cells too.
    const lines = text.replace(/\r\n?/g, '\n');
    parse(lines, {
        delimiter: delimiterOf(lines),
        record_delimiter: '\n',
        relax_column_count: true,
        skip_empty_lines: true,
        skip_records_with_error: true,
        trim: true,
        on_skip: (error) => {
            badLines.add(valibot/* parse */.qg(SkippedRow, error).lines);
            return undefined;
        },
        on_record: (cells, { lines: lastLine }) => {
            const line = lastLine - cells.reduce((breaks, cell) => breaks + cell.split('\n').length - 1, 0);
            if (cells.some((cell) => cell.trim() !== ''))
                rows.push({ cells, line, lastLine });
            return null;
        },
    });
    return { rows, badLines: [...badLines] };
}
/** The delimiter that the first line has most of, outside quotation marks; the comma if it has none. */
function delimiterOf(text) {
    const [line = ''] = text.trimStart().split('\n', 1);
    const bare = line.replace(/"[^"]*"/g, '');
    const count = (delimiter) => bare.split(delimiter).length;
    return DELIMITERS.reduce((most, delimiter) => (count(delimiter) > count(most) ? delimiter : most));
}

;// CONCATENATED MODULE: ../src/users/csv-entries.ts




/**
 * Reads users from CSV: a header row with the column of the addresses, optionally `user_uid`, the column of the dates
 * and a column to carry along; others are ignored.
 *
 * @param tell - takes each problem with the file as a whole
 */
async function entriesFromCsv(text, list, format, show, tell) {
    const tellAt = (line, sentence) => {
        const place = { list, line };
        tell(`${whereOf(place)}: ${sentence}`, filePlaceOf(place));
    };
    if (/^"?sep=/i.test(text)) {
        tellAt(1, 'this is an instruction to Excel ("sep="), not the header; remove the line.');
        return [];
    }
    const { rows, badLines } = await readCsvRows(text);
    for (const line of badLines) {
        tellAt(line, 'a quotation mark is wrong here or on an earlier line; fix it, because what follows cannot be checked.');
    }
    const [header, ...others] = rows;
    if (header === undefined)
        return [];
    const columns = findColumns(rows, format, show, (problem) => {
        tellAt(header.line, problem);
    });
    const swallowing = rows.filter((row) => swallows(row, row === header ? undefined : columns));
    for (const { line, lastLine } of swallowing) {
        tellAt(line, `a cell contains a line break and may have swallowed the rows up to line ${lastLine}; check the quotation marks.`);
    }
    if (columns === undefined || swallowing.length > 0)
        return [];
    const named = columns.date === undefined ? undefined : show.name(cellOf(header, columns.date));
    const called = named === undefined || format.dateColumn === 'revoke_after' ? list : { ...list, dateName: named };
    return others.map((row) => {
        const place = { list: called, line: row.line };
        return row.cells.length === header.cells.length
            ? csv_entries_entryOf(row, columns, format, place)
            : {
                place,
                email: onlyAddress(row),
                wrong: `${row.cells.length} cells where the header has ${header.cells.length}; fix the delimiters and quotation marks.`,
            };
    });
}
/**
 * Whether two stray quotation marks may have made a cell of several rows: then a later line of it has an address. In
 * the columns that are read, no cell has a second line at all.
 */
function swallows({ cells }, columns) {
    const read = new Set(Object.values(columns ?? {}));
    return cells.some((cell, place) => {
        const [, ...later] = cell.split('\n');
        return later.some((line) => read.has(place) || line.includes('@'));
    });
}
/** The cell in that column; every row that comes here has one. */
function cellOf({ cells }, column) {
    const { [column]: cell = '' } = cells;
    return cell.trim();
}
function csv_entries_entryOf(row, columns, format, place) {
    const cell = (column) => column === undefined ? undefined : cellOf(row, column);
    const userUid = cell(columns.userUid);
    const revokeAfter = cell(columns.date);
    const reference = cell(columns.reference);
    const staying = revokeAfter === '' && format.blankDate === 'not-due';
    return {
        place,
        email: cellOf(row, columns.email),
        ...(userUid !== undefined && { userUid }),
        ...(staying ? { staying } : revokeAfter !== undefined && { revokeAfter }),
        ...(reference !== undefined && { reference }),
    };
}
/** Of a row whose cells may have shifted: what is an address, if there is one and no other. */
function onlyAddress({ cells }) {
    const [only = '', ...others] = cells.filter((cell) => typeof (0,email_address/* parseEmailAddress */.O)(cell.trim()) === 'string');
    return others.length === 0 ? only.trim() : '';
}

;// CONCATENATED MODULE: ../src/users/users-file.ts






/** Ten thousand users need less than a tenth of this. In bytes. */
const LARGEST_FILE = 16 * 1024 * 1024;
/**
 * Reads the users that a file lists, by the ending of its name: `.csv`, `.json`, or one address a line.
 *
 * Only files inside the workspace or the runner's temporary folder are read, judged after symbolic links are followed.
 *
 * @param path - the input `users-file`, relative to the workspace or absolute
 * @param tell - takes each problem as a full sentence
 */
async function readUsersFile(path, format, show, tell) {
    const { GITHUB_WORKSPACE: workspace = '', RUNNER_TEMP: temp = '' } = process.env;
    const resolved = (0,external_node_path_namespaceObject.resolve)(workspace, path);
    const bytes = await readAllowed(resolved, [workspace, temp], show, tell);
    const text = bytes === undefined ? undefined : utf8(bytes, tell);
    if (text === undefined)
        return [];
    const file = relativeTo(workspace, resolved);
    const list = {
        origin: 'file',
        name: (0,external_node_path_namespaceObject.basename)(path),
        ...(file !== undefined && { file }),
    };
    switch ((0,external_node_path_namespaceObject.extname)(path).toLowerCase()) {
        case '.csv':
            return entriesFromCsv(text, list, format, show, tell);
        case '.json':
            return entriesFromJson(text, list, show, tell);
        default:
            return entriesFromLines(text, list);
    }
}
function entriesFromLines(text, list) {
    return text.split(/\r\n|[\n\r]/).flatMap((line, index) => {
        const email = line.replace(/(?:^|\s)#[^]*$/, '').trim();
        return email === '' ? [] : [{ place: { list, line: index + 1 }, email }];
    });
}
/** What the file holds; undefined if a problem was told. */
async function readAllowed(path, folders, show, tell) {
    try {
        const file = (0,external_node_fs_.realpathSync)(path);
        const stats = (0,external_node_fs_.statSync)(file);
        const problem = users_file_problemWith(stats, isAllowed(file, folders), show.name(path));
        if (problem === undefined)
            return (0,external_node_fs_.readFileSync)(file);
        tell(problem);
    }
    catch {
        tell(await unreadable(path, folders, show));
    }
    return undefined;
}
function users_file_problemWith(stats, allowed, name) {
    if (stats.isDirectory())
        return `\`users-file\` is a folder (${name}): give the path of the list itself.`;
    if (!allowed) {
        return "`users-file` is outside the workspace and the runner's temporary folder: move the file into one of them.";
    }
    if (!stats.isFile())
        return '`users-file` is not a regular file: give the path of the list itself.';
    return stats.size > LARGEST_FILE
        ? `\`users-file\` is larger than ${LARGEST_FILE / 1024 / 1024} MiB: split the list.`
        : undefined;
}
async function unreadable(path, folders, show) {
    const similar = await similarName((0,external_node_path_namespaceObject.basename)(path), namesBeside(path, folders));
    const remedy = similar === undefined
        ? 'check the path, and that an earlier step checks out the repository or fetches the list'
        : `did you mean ${show.name(similar)}?`;
    return `\`users-file\` cannot be read (${show.name(path)}): ${remedy}${similar === undefined ? '.' : ''}`;
}
/** The names of the files in the folder of that path, if it may be looked into. */
function namesBeside(path, folders) {
    try {
        const folder = (0,external_node_fs_.realpathSync)((0,external_node_path_namespaceObject.dirname)(path));
        return isAllowed(`${folder}${external_node_path_namespaceObject.sep}file`, folders) ? (0,external_node_fs_.readdirSync)(folder) : [];
    }
    catch {
        return [];
    }
}
function utf8(bytes, tell) {
    if ((0,external_node_buffer_namespaceObject.isUtf8)(bytes))
        return bytes.toString().replace(/^\uFEFF/, '');
    tell('`users-file` is not in UTF-8: save the list as "CSV UTF-8".');
    return undefined;
}
/** The path relative to the folder, as annotations name files; undefined if it is elsewhere. */
function relativeTo(folder, path) {
    const file = (0,external_node_fs_.realpathSync)(path);
    return isAllowed(file, [folder]) ? (0,external_node_path_namespaceObject.relative)((0,external_node_fs_.realpathSync)(folder), file).replaceAll(external_node_path_namespaceObject.sep, '/') : undefined;
}
function isAllowed(file, folders) {
    return folders.some((folder) => folder !== '' && isInside(file, (0,external_node_fs_.realpathSync)(folder)));
}
function isInside(file, folder) {
    const path = (0,external_node_path_namespaceObject.relative)(folder, file);
    return path !== '' && path !== '..' && !path.startsWith(`..${external_node_path_namespaceObject.sep}`) && !(0,external_node_path_namespaceObject.isAbsolute)(path);
}

;// CONCATENATED MODULE: ../src/users/user-list.ts








const INLINE = { origin: 'email', name: 'email' };
/**
 * Reads and checks everybody the step names.
 *
 * @param tell - takes each problem; if there was one, the list is not to be used
 */
async function readUsers(given, show, tell) {
    if (given.email === '' && given.usersFile === '') {
        tell('No user to revoke: set `email` or `users-file`.');
        return { users: [], repeated: 0, badRows: [] };
    }
    const problems = new ListProblems(tell);
    const inline = await entriesFromInput(given, show, problems.add);
    const { usersFile, format } = given;
    const filed = usersFile === '' ? [] : await readUsersFile(usersFile, format, show, problems.add);
    const { listed, bad } = await checked([...inline, ...filed], format, show, problems);
    if (bad.length > listed.length || bad.some(({ otherFormat }) => otherFormat)) {
        for (const row of bad)
            tellBad(row, problems.add);
        if (bad.length > listed.length) {
            problems.add(`\`bad-rows: skip\` goes ahead only if most rows can be used: here it is ${(0,quantity/* quantity */.au)(listed.length, 'row')}, and ${(0,quantity/* quantity */.au)(bad.length, 'row')} cannot.`);
        }
    }
    const users = mergedUsers(listed, show, problems.add);
    problems.close();
    return { users, repeated: listed.length - users.length, badRows: bad.map(badRowOf) };
}
/** Where bad rows stop the run they are told and forgotten, since there may be millions of them. */
async function checked(entries, format, show, problems) {
    const listed = [];
    const bad = [];
    for (const [position, entry] of entries.entries()) {
        const result = await checkEntry(entry, position, format, show);
        if (result.kind === 'user')
            listed.push(result);
        else if (format.badRows === 'skip')
            bad.push({ ...result, position });
        else
            tellBad(result, problems.add);
    }
    return { listed, bad };
}
function tellBad({ entry: { place }, problems }, tell) {
    for (const problem of problems)
        tell(`${whereOf(place)}: ${problem}`, filePlaceOf(place));
}
function badRowOf({ entry: { place, email }, problems, position }) {
    return { ...filePlaceOf(place), source: sourceOf(place), email, problems, position };
}
async function entriesFromInput({ email, userUid, usersFile }, show, tell) {
    const entries = /^[[{]/.test(email)
        ? await entriesFromJson(email, INLINE, show, tell)
        : email
            .split(/[,\n\r]/)
            .map((text) => text.trim())
            .filter((text) => text !== '')
            .map((text, index, { length }) => {
            const place = length === 1 ? { list: INLINE } : { list: INLINE, entry: index + 1 };
            return { place, email: text };
        });
    if (userUid === '')
        return entries;
    const [only, ...others] = entries;
    if (only === undefined || others.length > 0 || usersFile !== '' || only.userUid !== undefined) {
        tell('`user-uid` goes with exactly one address in `email` and no `users-file`: in a list, give each user its own `user_uid`.');
        return entries;
    }
    if ((0,uuid/* parseUuid */.X)(userUid) !== undefined)
        return [{ ...only, userUid }];
    tell(`\`user-uid\` is ${show.value(userUid)}, not 32 hex characters, or 36 with hyphens.`);
    return entries;
}

// EXTERNAL MODULE: ../src/users/user.ts
var users_user = __nccwpck_require__(893);
;// CONCATENATED MODULE: ../src/inputs/list-inputs.ts


/**
 * Reads the inputs that say how lists are written.
 *
 * @param timezone - an IANA time zone
 */
function readListFormat(reader, timezone) {
    return {
        emailColumn: columnName(reader, 'email-column'),
        dateColumn: columnName(reader, 'date-column'),
        referenceColumn: reader.text('reference-column'),
        dateFormat: reader.choice('date-format', dates/* DATE_FORMATS */.Kn),
        blankDate: reader.choice('blank-date', ['stop', 'not-due']),
        badRows: reader.choice('bad-rows', ['stop', 'skip']),
        timezone,
    };
}
/** An expression that came out empty is as good as none: the default name is the careful one. */
function columnName(reader, name) {
    const text = reader.text(name);
    return text === '' ? INPUTS[name] : text;
}

// EXTERNAL MODULE: ../src/inputs/options.ts
var inputs_options = __nccwpck_require__(695);
;// CONCATENATED MODULE: ../src/inputs/inputs.ts








/**
 * Reads and checks all inputs. Secrets are registered with the runner before anything else is printed.
 *
 * @param now - the time by which users are due, in milliseconds since the epoch
 * @returns what the step is to do, or every problem at once
 */
async function readInputs(now) {
    const reader = new InputReader();
    const { problem, problems, warnings } = reader;
    const given = {
        apiToken: reader.secret('api-token'),
        apiKey: reader.secret('api-key'),
        apiEmail: reader.text('api-email'),
    };
    await reader.checkNames();
    const dryRun = reader.booleanOr('dry-run', 'offline');
    const target = readTarget(reader, dryRun === 'offline');
    const credential = dryRun === 'offline' ? undefined : chooseCredential(given, problem);
    if (dryRun === 'offline')
        checkGivenCredential(given, problem);
    const baseUrl = chooseBaseUrl(reader.text('api-base-url'), problem);
    const options = (0,inputs_options/* readSingleOptions */.Db)(reader);
    checkTogether(options, target, credential, problem);
    const list = await readUserList(reader, options.timezone);
    const due = list.users.filter((user) => (0,users_user/* timing */.N9)(user, now, options.dueWithinDays) === 'due').length;
    if (due > options.maxUsers) {
        problem(`${due} users are due, more than \`max-users\` (${options.maxUsers}): check the list, and raise \`max-users\` if it is right.`);
    }
    if (problems.length === 0 && baseUrl !== undefined) {
        if (dryRun === 'offline') {
            return { kind: 'offline_check', list, options: { target, baseUrl, dryRun, ...options }, warnings };
        }
        if (target !== undefined && credential !== undefined) {
            return { kind: 'run', list, options: { target, baseUrl, dryRun, ...options }, credential, warnings };
        }
    }
    return { kind: 'problems', problems, warnings };
}
/** Checks what options need of target and credential. */
function checkTogether(options, target, credential, problem) {
    if ((0,inputs_options/* provesSessions */.PI)(options) && target?.type === 'zone') {
        problem('`verify` needs `account-id`: Cloudflare lists sessions for accounts only.');
    }
    if (options.removeSeat && target?.type === 'zone') {
        problem('`remove-seat` needs `account-id`: seats belong to accounts.');
    }
    if ((0,inputs_options/* provesDevices */.fl)(options) && credential?.kind === 'global-api-key') {
        problem('`verify: true` with `devices: true` needs `api-token`: a Global API key cannot read devices. Use an API token, or set `verify: sessions`.');
    }
}
function readTarget(reader, isOffline) {
    const [accountId, zoneId] = [reader.text('account-id'), reader.text('zone-id')];
    return isOffline && accountId === '' && zoneId === ''
        ? undefined
        : chooseTarget(accountId, zoneId, reader.problem);
}
async function readUserList(reader, timezone) {
    // What hides addresses fails hidden: of a value that may be anything, only its beginning is shown.
    const hidden = reader.maybeTrue('mask-emails');
    const show = {
        value: (text) => (hidden ? `"${text.slice(0, 1)}***"` : reader.shown(text)),
        // A row in the place of the header has people's names beside their addresses.
        name: (text) => (hidden && text.includes('@') ? '"***"' : reader.shown(text)),
    };
    const given = {
        email: reader.text('email'),
        usersFile: reader.text('users-file'),
        userUid: reader.text('user-uid'),
        format: readListFormat(reader, timezone),
    };
    return readUsers(given, show, reader.problem);
}

;// CONCATENATED MODULE: ../src/inputs/zone-doubts.ts
/**
 * What a run for a zone asks for beyond Cloudflare's OpenAPI description of the zone's endpoint, as a warning. That
 * description (cloudflare/api-schemas, 2026-07-27) has a body of `email` alone, no API token, and only the zone's
 * applications; the reference page lists everything for accounts and zones alike. Nobody could try which is right.
 *
 * @returns undefined for a run that asks for nothing of the kind
 */
function zoneDoubts({ target, devices, warpSessionReauth }, users, { kind }) {
    if (target.type === 'account')
        return undefined;
    const doubtful = [
        ...(kind === 'api-token' ? ['an API token'] : []),
        ...(devices ? ['`devices`'] : []),
        ...(warpSessionReauth ? ['`warp-session-reauth`'] : []),
        ...(users.some(({ userUid }) => userUid !== undefined) ? ['user UUIDs'] : []),
    ];
    if (doubtful.length === 0)
        return undefined;
    return `With \`zone-id\`, Cloudflare's API description covers only the address, and only the applications of the zone; it does not mention ${doubtful.join(', ')}. Cloudflare may ignore or refuse this. Use \`account-id\` if you can.`;
}

// EXTERNAL MODULE: ../src/revocation/device-name.ts
var device_name = __nccwpck_require__(118);
;// CONCATENATED MODULE: ../src/result/device-sentences.ts


/** `2 devices revoked: "laptop", "phone"`, by what became of them; empty where nobody looked. */
function devicesText(devices) {
    if (devices === undefined)
        return '';
    if (devices.length === 0)
        return 'no devices';
    return ['revoked', 'deleted', 'active']
        .map((state) => [state, devices.filter((device) => device.state === state)])
        .filter(([, own]) => own.length > 0)
        .map(([state, own]) => `${(0,quantity/* quantity */.au)(own.length, 'device')} ${state}: ${own.map(device_name/* deviceName */.g).join(', ')}`)
        .join('; ');
}
/** What became of the user's seat; empty where nobody asked for it. */
function seatText(seat) {
    return seat === undefined ? '' : SEATS[seat.state];
}
const SEATS = {
    removed: 'seat freed',
    none: 'no seat to free',
    failed: 'seat not freed',
    not_done: 'seat left untouched',
};

;// CONCATENATED MODULE: ../src/result/sentences.ts



/** What a run with these options leaves untouched, in full sentences; empty if that is nothing. */
function leftUntouched({ devices, warpSessionReauth }) {
    const sentences = [
        ...(devices
            ? []
            : [
                'Devices were left untouched, and may keep reaching private networks; `devices: true` revokes them too.',
            ]),
        ...(warpSessionReauth
            ? []
            : ['The WARP session was left untouched; `warp-session-reauth: true` ends it.']),
    ];
    return sentences.join(' ');
}
/** What the run is about to do, a line for each thing. */
function planOf({ users, repeated }, timings, options, names) {
    const due = users.filter((user) => timings.get(user) === 'due');
    const past = users.filter((user) => timings.get(user) === 'past').length;
    const [first, ...others] = due;
    const whom = first !== undefined && others.length === 0 ? names.inLog(first) : (0,quantity/* quantity */.au)(due.length, 'user');
    const waiting = users.length - due.length - past;
    return [
        ...(repeated > 0
            ? [
                `${(0,quantity/* quantity */.au)(repeated, 'entry names', 'entries name')} a user that an earlier entry named; each user counts once.`,
            ]
            : []),
        ...(waiting > 0 ? [`${(0,quantity/* quantity */.au)(waiting, 'user')} not due yet, left alone.`] : []),
        ...(past > 0 ? [pastText(past, options)] : []),
        ...(first === undefined
            ? []
            : [
                `${INTENTIONS[`${options.dryRun}`]} the ${extentOf(options)} of ${whom}${targetOf(options, ' in ')}.`,
            ]),
    ];
}
/** That users were left alone because their time is long past, and what to do if they should not be. */
function pastText(past, { dueWithinDays }) {
    return `${(0,quantity/* quantity */.au)(past, 'user')} left more than ${(0,quantity/* quantity */.au)(dueWithinDays, 'day')} ago and ${past === 1 ? 'was' : 'were'} left alone; raise \`due-within-days\` to include them.`;
}
const INTENTIONS = {
    false: 'Revoking',
    true: 'Dry run, nothing is revoked. It would revoke',
    offline: 'Offline check, nothing is sent. A run would revoke',
};
/** The target with a word before it; empty if none was given. */
function targetOf({ target }, before) {
    return target === undefined ? '' : `${before}${targetName(target)}`;
}
/** What is revoked: `Access tokens, devices and WARP session`. */
function extentOf({ devices, warpSessionReauth }) {
    if (devices && warpSessionReauth)
        return 'Access tokens, devices and WARP session';
    if (devices)
        return 'Access tokens and devices';
    return warpSessionReauth ? 'Access tokens and WARP session' : 'Access tokens';
}
/** What is known of a revocation that Cloudflare confirmed. */
function confirmation({ verification, seat }) {
    const words = verification?.state === 'passed'
        ? ['revoked and verified', sessionsText(verification), devicesText(verification.devices)]
        : ['revoked, confirmed by Cloudflare'];
    return [...words, seatText(seat)].filter((part) => part !== '').join(', ');
}
/** `3 sessions before, none after`, as far as it is known. */
function sessionsText({ sessionsBefore, sessionsAfter = 0 }) {
    const before = sessionsBefore === undefined ? '' : `${(0,quantity/* quantity */.au)(sessionsBefore, 'session')} before, `;
    return `${before}${sessionsAfter === 0 ? 'none' : sessionsAfter} after`;
}
/** What a revocation would cut, as the end of a sentence; empty where that is not known. */
function cut({ verification, seat }) {
    const { sessionsBefore, devicesBefore, devices } = { ...verification };
    const parts = [
        ...(sessionsBefore === undefined ? [] : [(0,quantity/* quantity */.au)(sessionsBefore, 'active session')]),
        ...(devices === undefined
            ? devicesBefore === undefined
                ? []
                : [(0,quantity/* quantity */.au)(devicesBefore, 'active device')]
            : [devicesText(devices)]),
        ...(seat?.state === 'not_done' ? ['would free the seat'] : []),
    ];
    return parts.length === 0 ? '' : `: ${parts.join(', ')}`;
}

;// CONCATENATED MODULE: ../src/result/progress-log.ts



/** Lists longer than this get progress lines. */
const SHORT_LIST = 20;
/** A progress line comes at every tenth of the list, and at the latest after this many milliseconds. */
const SILENCE = 30_000;
/** Tells in the log what happens, as it happens: a line a user, and on long lists how far it has come. */
class ProgressLog {
    #log;
    #due;
    #names;
    #start = performance.now();
    #done = 0;
    #missed = 0;
    #lastProgress = performance.now();
    /** @param due - how many users are due */
    constructor(log, due, names) {
        this.#log = log;
        this.#due = due;
        this.#names = names;
    }
    /** Tells what became of a user. */
    outcome(outcome) {
        const name = this.#names.inLog(outcome.user);
        switch (outcome.status) {
            case 'revoked': {
                const { rayId } = outcome;
                const ray = rayId === undefined ? '' : ` (ray ID ${rayId})`;
                this.#log.info(`${name}: ${confirmation(outcome)}${ray}.`);
                this.#warn(outcome);
                break;
            }
            case 'unknown':
                this.#log.info(`${name}: revoked, confirmed by Cloudflare, but unknown to the organization.`);
                this.#warn(outcome);
                break;
            case 'failed': {
                this.#missed += 1;
                const doubt = outcome.revocation === 'confirmed' ? ':' : ' may not be revoked.';
                this.#log.error(`${name}${doubt} ${(0,cloudflare_problem/* problemText */.fI)(outcome.problem)}`);
                this.#warn(outcome);
                break;
            }
            case 'skipped':
                this.#missed += 1;
                this.#log.info(`${name}: skipped.`);
                break;
            case 'would_revoke':
                this.#log.info(`${name} would be revoked${cut(outcome)}.`);
                if (outcome.problem !== undefined) {
                    this.#log.error(`${name}: ${(0,cloudflare_problem/* problemText */.fI)(outcome.problem)}`);
                }
                this.#warn(outcome);
                break;
        }
        this.#progress();
    }
    /** Tells what the reader should know of a user. */
    warn(user, warnings = []) {
        for (const warning of warnings)
            this.#log.warning(`${this.#names.inLog(user)}: ${warning}`);
    }
    #warn({ user, verification }) {
        this.warn(user, verification?.warnings);
    }
    #progress() {
        this.#done += 1;
        if (this.#due <= SHORT_LIST || this.#done === this.#due)
            return;
        const now = performance.now();
        const tenth = Math.floor((this.#done * 10) / this.#due) > Math.floor(((this.#done - 1) * 10) / this.#due);
        if (!tenth && now - this.#lastProgress < SILENCE)
            return;
        this.#lastProgress = now;
        const left = ((now - this.#start) / this.#done) * (this.#due - this.#done);
        const missed = this.#missed === 0 ? '' : `, ${(0,quantity/* grouped */.zD)(this.#missed)} of them not revoked`;
        this.#log.info(`Progress: ${(0,quantity/* grouped */.zD)(this.#done)} of ${(0,quantity/* quantity */.au)(this.#due, 'user')}${missed}; about ${(0,quantity/* duration */.p0)(left)} left.`);
    }
}

;// CONCATENATED MODULE: ../src/revocation/outcome.ts
/** Counts the users by their status. */
function totalsOf(outcomes) {
    const totals = { revoked: 0, failed: 0, unknown: 0, skipped: 0, not_due: 0, past: 0, would_revoke: 0 };
    for (const { status } of outcomes)
        totals[status] += 1;
    return totals;
}
/** Whether the user was due and is not revoked. */
function isMissed(outcome) {
    return outcome.status === 'failed' || outcome.status === 'skipped';
}
/** Whether the user keeps the step from being green. */
function isFlawed(outcome) {
    return isMissed(outcome) || (outcome.status === 'would_revoke' && outcome.problem !== undefined);
}

;// CONCATENATED MODULE: external "node:os"
const external_node_os_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:os");
;// CONCATENATED MODULE: ../src/runner/step-files.ts




/**
 * Hands the outputs to the runner, which takes the last value of each.
 *
 * @throws Error when their file cannot be written
 */
function writeOutputs(outputs) {
    for (const [name, value] of Object.entries(outputs))
        setOutput(name, value);
}
/**
 * Adds to the job summary.
 *
 * @param markdown - for GitHub to render
 * @throws Error when its file cannot be written
 */
async function writeJobSummary(markdown) {
    // Writing into a pipe that nobody reads would never end.
    if (!(0,external_node_fs_.statSync)(process.env['GITHUB_STEP_SUMMARY'] ?? '').isFile())
        throw new Error('not a regular file');
    await summary.addRaw(markdown).write();
}
/**
 * Writes the report into a new folder of the runner's temporary folder, both for their owner alone.
 *
 * @returns the path of the report
 * @throws Error when it cannot be written
 */
function writeReport(report) {
    const { RUNNER_TEMP: temp = '' } = process.env;
    const folder = (0,external_node_fs_.mkdtempSync)((0,external_node_path_namespaceObject.join)(temp === '' ? (0,external_node_os_namespaceObject.tmpdir)() : temp, 'revoke-cloudflare-access-'));
    const path = (0,external_node_path_namespaceObject.join)(folder, 'report.json');
    (0,external_node_fs_.writeFileSync)(path, `${JSON.stringify(report, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
    return path;
}

;// CONCATENATED MODULE: ../src/text/iso-time.ts
/** `2030-01-31T23:00:00.000Z`, from milliseconds since the epoch. */
function isoTime(time) {
    return new Date(time).toISOString();
}

;// CONCATENATED MODULE: ../src/result/report-proof.ts

/** What was seen of a user's sessions and devices, as the report has it. */
function verificationOf(verification) {
    if (verification === undefined)
        return {};
    const { state, sessionsBefore, sessionsAfter, devicesBefore, devicesAfter, devices, verifiedAt, warnings } = verification;
    return {
        verification: state,
        sessions_before: sessionsBefore,
        sessions_after: sessionsAfter,
        devices_before: devicesBefore,
        devices_after: devicesAfter,
        devices: devices?.map(deviceOf),
        verified_at: verifiedAt === undefined ? undefined : isoTime(verifiedAt),
        ...(warnings.length > 0 && { warnings }),
    };
}
function deviceOf({ id, name, type, state, revokedAt }) {
    return {
        id,
        name,
        registration_type: type,
        status: state,
        revoked_at: revokedAt === undefined ? null : isoTime(revokedAt),
    };
}
/** What became of a user's seat, as the report has it. */
function seatOf(seat) {
    return seat === undefined ? {} : { seat: seat.state, seat_flags_after: seat.flagsAfter };
}

;// CONCATENATED MODULE: ../src/result/report.ts




/** The report, version 1; names are in snake_case like those of the API. It holds no credential. */
function reportOf({ options, outcomes, badRows, startedAt, finishedAt, workflowRun, }) {
    const { target, baseUrl, dryRun, devices, warpSessionReauth } = options;
    const totals = totalsOf(outcomes);
    return {
        version: 1,
        started_at: isoTime(startedAt),
        finished_at: isoTime(finishedAt),
        dry_run: dryRun !== false,
        target: target ?? null,
        api_base_url: baseUrl.href,
        options: {
            dry_run: dryRun,
            devices,
            warp_session_reauth: warpSessionReauth,
            timezone: options.timezone,
            due_within_days: options.dueWithinDays,
            max_users: options.maxUsers,
            concurrency: options.concurrency,
            max_attempts: options.maxAttempts,
            request_timeout: options.requestTimeout / 1_000,
            if_empty: options.ifEmpty,
            verify: options.verify,
            remove_seat: options.removeSeat,
            unknown_user: options.unknownUser,
            signed_in_again: options.signedInAgain,
            mask_emails: options.maskEmails,
        },
        run: workflowRun,
        totals: {
            requested: outcomes.length + badRows.length,
            ...totals,
            failed: totals.failed + badRows.length,
        },
        users: inOrder(outcomes, badRows),
    };
}
/** Users and rows that could not be used, in the order given. */
function inOrder(outcomes, badRows) {
    const placed = [
        ...outcomes.map((outcome) => ({ position: outcome.user.position, entry: userOf(outcome) })),
        ...badRows.map((row) => ({ position: row.position, entry: report_badRowOf(row) })),
    ];
    return placed.sort((one, other) => one.position - other.position).map(({ entry }) => entry);
}
/** A row that could not be used; its address is not checked. */
function report_badRowOf({ email, source, problems }) {
    const errors = problems.map((message) => ({ message }));
    return { email, source, status: 'failed', revocation: 'not_sent', attempts: 0, errors };
}
function userOf(outcome) {
    const { user, status, revocation } = outcome;
    const { email, userUid, revokeAfter, source, reference } = user;
    return {
        email,
        source,
        ...(reference !== undefined && { reference }),
        ...(userUid !== undefined && { user_uid: userUid }),
        ...(revokeAfter !== undefined && { revoke_after: revokeAfter.text, due_at: isoTime(revokeAfter.at) }),
        status,
        revocation,
        ...detailsOf(outcome),
    };
}
function detailsOf(outcome) {
    switch (outcome.status) {
        case 'revoked':
        case 'unknown': {
            const { httpStatus, rayId, verification } = outcome;
            return {
                ...sendingOf(outcome),
                http_status: httpStatus,
                ray_id: rayId,
                errors: [],
                ...verificationOf(verification),
                ...seatOf(outcome.seat),
            };
        }
        case 'failed':
            return {
                ...sendingOf(outcome),
                ...problemOf(outcome.problem),
                ...verificationOf(outcome.verification),
                ...seatOf(outcome.seat),
            };
        case 'skipped':
            return { attempts: 0, errors: [{ message: `${outcome.why.what}.` }] };
        case 'would_revoke': {
            const { problem, verification } = outcome;
            return {
                attempts: 0,
                errors: [],
                ...(problem !== undefined && problemOf(problem)),
                ...verificationOf(verification),
                ...seatOf(outcome.seat),
            };
        }
        case 'not_due':
        case 'past':
            return {
                attempts: 0,
                errors: [],
                ...(outcome.warnings !== undefined && { warnings: outcome.warnings }),
            };
    }
}
function sendingOf({ attempts, startedAt, finishedAt }) {
    return { attempts, started_at: isoTime(startedAt), finished_at: isoTime(finishedAt) };
}
function problemOf(problem) {
    const { httpStatus, rayId, errors } = problem;
    return {
        http_status: httpStatus,
        ray_id: rayId,
        errors: errors.length > 0 ? errors : [{ message: (0,cloudflare_problem/* happening */.$S)(problem) }],
    };
}

;// CONCATENATED MODULE: ../src/text/markup.ts
/**
 * HTML for GitHub's job summaries. Inside an HTML block (a line that begins with a block tag, no blank line until its
 * end) GitHub reads no Markdown, and inside `code` it makes no links, mentions or emoji of what it finds.
 */
const SPECIAL = /[&<>"'`|\\]/g;
/** Text of our own; what stands between backticks becomes code. Text from outside goes through {@link code}. */
function html(text) {
    return entities(text).replace(/&#96;(.*?)&#96;/g, '<code>$1</code>');
}
/** The same for a text that quotes what came from outside, in quotation marks that the quoted text itself has not. */
function quoting(text) {
    return html(text).replace(/&#34;(.*?)&#34;/g, '<code>$1</code>');
}
/** Text from outside, one line of it, that can be nothing but text. */
function code(text) {
    return `<code>${entities(text)}</code>`;
}
/** A numbered list; the items are HTML. */
function list(items) {
    return `<ol>\n${items.map((item) => `<li>${item}</li>`).join('\n')}\n</ol>\n\n`;
}
/** A table row; the cells are HTML. */
function row(cells) {
    return `<tr valign="top">${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>\n`;
}
/** The beginning of a table with these titles; {@link TABLE_END} ends it. */
function tableStart(titles) {
    return `<table>\n<tr>${titles.map((title) => `<th align="left">${title}</th>`).join('')}</tr>\n`;
}
/** Ends a table, and the HTML block. */
const TABLE_END = '</table>\n\n';
function entities(text) {
    return text.replace(SPECIAL, (character) => `&#${character.charCodeAt(0)};`);
}

;// CONCATENATED MODULE: ../src/result/summary-lines.ts



/** Whether a user who keeps nothing from being green has warnings that somebody should read. */
function isWarned(outcome) {
    return outcome.status === 'unknown' || warningsOf(outcome).length > 0;
}
/** What happened to a user, what to do about it, and what else there is to know: a line of HTML each. */
function linesOf(outcome, text) {
    return [
        ...happened(outcome, text),
        ...foundText(outcome, text),
        ...warningsOf(outcome).map((warning) => `⚠️ ${text.quoting(warning)}`),
    ];
}
/** `2030-02-01 00:00 UTC`, from milliseconds since the epoch. */
function minuteOf(time) {
    return `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
/** What was seen of the user; undefined where nothing was to be proven. */
function summary_lines_verificationOf(outcome) {
    return 'verification' in outcome ? outcome.verification : undefined;
}
function happened(outcome, text) {
    const { user } = outcome;
    switch (outcome.status) {
        case 'revoked':
        case 'unknown':
            return [];
        case 'failed':
            return problemLines(outcome.problem, text);
        case 'skipped':
            return [
                outcome.revocation === 'unconfirmed'
                    ? 'Sent, but not confirmed before the run stopped.'
                    : 'Not sent.',
            ];
        case 'not_due':
            return user.staying === true ? ['no date'] : dateLines(user, 'due from');
        case 'past':
            return dateLines(user, 'was due from');
        case 'would_revoke': {
            const { problem } = outcome;
            return problem === undefined ? dateLines(user, 'due since') : problemLines(problem, text);
        }
    }
}
function problemLines({ what, errors, remedy }, text) {
    return [
        text.quoting(`${what}.`),
        ...errors.map((error) => text.words((0,cloudflare_problem/* apiErrorText */.ID)(error))),
        ...(remedy === undefined ? [] : [text.own(remedy)]),
    ];
}
/** The date as the list has it, and what it means; nothing for a user without one. */
function dateLines({ revokeAfter }, what) {
    return revokeAfter === undefined ? [] : [html(`${revokeAfter.text}: ${what} ${minuteOf(revokeAfter.at)}`)];
}
function warningsOf(outcome) {
    return ('warnings' in outcome ? outcome.warnings : summary_lines_verificationOf(outcome)?.warnings) ?? [];
}
/** The devices by name, and the seat; device names are the words of others. */
function foundText(outcome, text) {
    const seat = 'seat' in outcome ? outcome.seat : undefined;
    const devices = summary_lines_verificationOf(outcome)?.devices ?? [];
    const found = [
        devices.length === 0 ? '' : text.quoting(devicesText(devices)),
        seat?.state === 'not_done' && outcome.status === 'would_revoke' ? 'seat would be freed' : seatText(seat),
    ];
    return found.filter((part) => part !== '');
}

;// CONCATENATED MODULE: ../src/result/summary-rows.ts


/** The row of a user. */
function rowOf(outcome, text, names) {
    const seen = summary_lines_verificationOf(outcome);
    return {
        about: 'user',
        name: names.inSummary(outcome.user),
        result: resultOf(outcome),
        sessions: countsText(outcome, seen?.sessionsBefore, seen?.sessionsAfter),
        devices: countsText(outcome, seen?.devicesBefore, seen?.devicesAfter),
        lines: linesOf(outcome, text),
        traces: [
            ...(seen?.verifiedAt === undefined ? [] : [`last read at ${secondOf(seen.verifiedAt)}`]),
            ...rayIdsOf(outcome).map((rayId) => `ray ID ${code(rayId)}`),
        ],
    };
}
/** The row of a list's row that could not be used. */
function summary_rows_badRowOf({ source, problems }, text) {
    return {
        about: 'row',
        name: [text.words(source)],
        result: '❌&nbsp;not used',
        sessions: '',
        devices: '',
        lines: problems.map((problem) => text.quoting(problem)),
        traces: [],
    };
}
/** `23:59:59 UTC`. */
function secondOf(time) {
    return `${new Date(time).toISOString().slice(11, 19)} UTC`;
}
function resultOf(outcome) {
    switch (outcome.status) {
        case 'revoked':
            return outcome.verification?.state === 'passed'
                ? '✅&nbsp;revoked and verified'
                : '✅&nbsp;revoked, confirmed by Cloudflare';
        case 'unknown':
            return '❔&nbsp;unknown';
        case 'failed':
            return '❌&nbsp;failed';
        case 'skipped':
            return '⏭️&nbsp;skipped';
        case 'not_due':
            return '📅&nbsp;not due yet';
        case 'past':
            return '🗄️&nbsp;left alone';
        case 'would_revoke':
            return outcome.problem === undefined ? '🔍&nbsp;would be revoked' : '❌&nbsp;would fail';
    }
}
/** A dry run has nothing to compare with. */
function countsText({ status }, before, after) {
    if (before === undefined && after === undefined)
        return '';
    return status === 'would_revoke' ? countText(before) : `${countText(before)} → <b>${countText(after)}</b>`;
}
function countText(count) {
    return count === undefined ? '?' : `${count}`;
}
/** It identifies the request to Cloudflare support. */
function rayIdsOf(outcome) {
    const { rayId } = outcome.status === 'failed' ? outcome.problem : { rayId: undefined, ...outcome };
    return rayId === undefined ? [] : [rayId];
}

;// CONCATENATED MODULE: ../src/result/summary-tables.ts


/** GitHub drops a summary beyond 1 MiB whole; the rest is for other steps' sake and for the closing lines. In bytes. */
const ROOM = 900_000;
/** Makes the tables of the job summary as long as there is room for all of them together. */
class SummaryTables {
    #room = ROOM;
    /** Users and rows for which there was no room. */
    left = 0;
    /** A table with a row for each. */
    oneByOne(rows, titles) {
        const columns = columnsOf(rows, titles);
        return this.#table(columns, rows, (each) => this.#fitting(rowIn(columns, each)));
    }
    /** A table that tells once what is the same for several, and then names them. */
    together(rows, titles) {
        const groups = new Map();
        for (const each of rows) {
            const key = JSON.stringify({ ...each, name: [], traces: [] });
            const group = groups.get(key);
            if (group === undefined)
                groups.set(key, [each]);
            else
                group.push(each);
        }
        const columns = columnsOf(rows, titles);
        return this.#table(columns, [...groups.values()], ([first, ...others]) => others.length === 0
            ? this.#fitting(rowIn(columns, first))
            : this.#group(columns, first, [first, ...others]));
    }
    #table(columns, entries, rowFor) {
        return `${tableStart(columns.map(({ title }) => title))}${entries.map(rowFor).join('')}${TABLE_END}`;
    }
    #group(columns, first, all) {
        const told = rowIn(columns, {
            ...first,
            name: [`<b>${(0,quantity/* quantity */.au)(all.length, first.about)}</b>`],
            traces: first.traces.map((trace) => `${trace} (the first of them)`),
        });
        const begin = this.#fitting(`${told}<tr><td colspan="${columns.length}">`, all.length);
        if (begin === '')
            return '';
        const names = all.map((each, index) => this.#fitting(`${index === 0 ? '' : ', '}${each.name.join(' ')}`));
        return `${begin}${names.join('')}</td></tr>\n`;
    }
    /** @param rows - how many rows are left out if there is no room */
    #fitting(text, rows = 1) {
        this.#room -= Buffer.byteLength(text);
        if (this.#room >= 0)
            return text;
        this.left += rows;
        return '';
    }
}
/** A phone shows two columns at once, so the most important ones come first. Columns that would be empty are left out. */
function columnsOf(rows, titles) {
    const isUsed = ({ cell }) => rows.some((each) => cell(each) !== '');
    return [
        { title: 'User', cell: ({ name: [name, ...marks], result }) => [name, result, ...marks].join('<br>') },
        ...[
            { title: titles.lines, cell: summary_tables_detailsOf },
            { title: titles.sessions, cell: ({ sessions }) => sessions },
            { title: titles.devices, cell: ({ devices }) => devices },
        ].filter(isUsed),
    ];
}
function rowIn(columns, each) {
    return row(columns.map(({ cell }) => cell(each)));
}
function summary_tables_detailsOf({ lines, traces }) {
    return [...lines, ...traces].join('<br>');
}

;// CONCATENATED MODULE: ../src/text/address-mask.ts
/** The local part of an address with its @ sign, which URLs write as `%40` (and URLs within URLs as `%2540`). */
const LOCAL_PART = /([^\s@<>()[\]\\,;:"])[^\s@<>()[\]\\,;:"]{0,255}(?:@|%(?:25)*40)/giu;
/**
 * How addresses appear in what people read: the log, the annotations and the job summary.
 *
 * @param masked - whether they are kept out of it (`mask-emails`)
 * @returns takes a text and gives it back, its addresses as `j***@example.com` where they are masked
 */
function addressMask(masked) {
    return masked ? (text) => text.replace(LOCAL_PART, '$1***@') : (text) => text;
}

;// CONCATENATED MODULE: ../src/result/summary-text.ts



/** Words of others are cut at this length; what the action itself says never is. In characters. */
const LONGEST_WORDS = 300;
/** How texts appear in the job summary, as HTML: harmless, and with addresses masked where they are to be. */
class SummaryText {
    #hide;
    constructor(maskEmails) {
        this.#hide = addressMask(maskEmails);
    }
    /** Text from outside, as code, and short enough for a table. */
    words(text) {
        return code((0,plain_text/* shortened */.vI)((0,plain_text/* plainText */.wh)(this.#hide(text)), LONGEST_WORDS));
    }
    /** A text of our own; what stands between backticks is code. */
    own(text) {
        return html((0,plain_text/* plainText */.wh)(this.#hide(text)));
    }
    /** A text of our own that quotes what came from outside, in quotation marks that the quoted text itself has not. */
    quoting(text) {
        return quoting((0,plain_text/* plainText */.wh)(this.#hide(text)));
    }
}

;// CONCATENATED MODULE: ../src/result/user-names.ts




/** References that can be nothing but numbers of tickets and the like. HR columns hold more than that. */
const PLAIN_REFERENCE = /^[A-Za-z0-9._#/-]{1,40}$/;
/** The source of the only user in the input `email`, which says nothing. */
const ONLY_USER = 'email';
/**
 * How users are named in the log and the job summary. Where addresses are masked, their place in the list tells them
 * apart, and of their references only those are shown that can be no name.
 */
class UserNames {
    #masked;
    #now;
    #text;
    /** @param now - the time by which users are due, in milliseconds since the epoch */
    constructor(masked, now) {
        this.#masked = masked;
        this.#now = now;
        this.#text = new SummaryText(masked);
    }
    /** As `leaver@example.com (HR-1041, newly due)`. The log itself masks the address. */
    inLog(user) {
        const { source, reference, isNew } = this.#marks(user);
        const marks = [
            ...(source === undefined ? [] : [source]),
            ...(reference === undefined ? [] : [quoted(reference)]),
            ...(isNew ? ['newly due'] : []),
        ];
        return marks.length === 0 ? user.email : `${user.email} (${marks.join(', ')})`;
    }
    /** The address, and what else tells who it is, each as HTML. */
    inSummary(user) {
        const { source, reference, isNew } = this.#marks(user);
        return [
            this.#text.words(user.email),
            ...(source === undefined ? [] : [this.#text.words(source)]),
            ...(reference === undefined ? [] : [code((0,plain_text/* plainText */.wh)(reference))]),
            ...(isNew ? ['🆕&nbsp;newly due'] : []),
        ];
    }
    #marks(user) {
        const { source, reference = '' } = user;
        const isShown = reference !== '' && (!this.#masked || PLAIN_REFERENCE.test(reference));
        return {
            source: this.#masked && source !== ONLY_USER ? source : undefined,
            reference: isShown ? reference : undefined,
            isNew: (0,users_user/* isNewlyDue */.i4)(user, this.#now),
        };
    }
}
/** In quotation marks that the reference itself has not, unless it is plain. */
function quoted(reference) {
    if (PLAIN_REFERENCE.test(reference))
        return reference;
    return `"${reference.replaceAll('"', String.raw `\u{0022}`)}"`;
}

;// CONCATENATED MODULE: ../src/result/summary.ts











/** So many users of whom there is nothing to say but that all is well are shown at once. */
const FEW = 20;
/** The job summary: failures first, then warnings, then the rest, within GitHub's limit however long the list. */
function summaryOf(record, verdict) {
    const { options, outcomes, badRows, startedAt } = record;
    const text = new SummaryText(options.maskEmails);
    const tables = new SummaryTables();
    const names = new UserNames(options.maskEmails, startedAt);
    const rowsOf = (those) => summary_inOrder(those, startedAt).map((outcome) => rowOf(outcome, text, names));
    const flawed = outcomes.filter(isFlawed);
    const sound = outcomes.filter((outcome) => !isFlawed(outcome));
    const failures = [...badRows.map((row) => summary_rows_badRowOf(row, text)), ...rowsOf(flawed)];
    const warned = rowsOf(sound.filter(isWarned));
    const rest = rowsOf(sound.filter((outcome) => !isWarned(outcome)));
    const titles = verdict.mode === undefined ? BEFORE_AND_AFTER : NOW;
    return [
        heading(verdict),
        paragraph(html(circumstances(record))),
        stopping(record, text),
        failures.length === 0 ? '' : tables.together(failures, { ...titles, lines: WHAT_TO_DO }),
        warned.length === 0 ? '' : tables.oneByOne(warned, titles),
        rest.length === 0 ? '' : folded(rest.length, tables.oneByOne(rest, titles)),
        tables.left === 0 ? '' : paragraph(html(`${(0,quantity/* quantity */.au)(tables.left, 'more user')}: see the report.`)),
        ...closing(record).map((sentence) => paragraph(html(sentence))),
    ].join('');
}
/** The job summary for inputs with which nothing can be done. */
function summaryOfProblems(verdict, problems, rest) {
    const lines = [...problems, rest].filter((line) => line !== '');
    return `${heading(verdict)}${list(lines.map((line) => quoting((0,plain_text/* plainText */.wh)(line))))}`;
}
/** The order in which users are shown, by what became of them. */
const KINDS = [
    'failed',
    'would_revoke',
    'unknown',
    'revoked',
    'skipped',
    'not_due',
    'past',
];
/** Kind by kind; those who are newly due come first among their kind, so that they do not drown in a long list. */
function summary_inOrder(outcomes, now) {
    return KINDS.flatMap((kind) => {
        const those = outcomes.filter(({ status }) => status === kind);
        const isNew = ({ user }) => (0,users_user/* isNewlyDue */.i4)(user, now);
        return [...those.filter(isNew), ...those.filter((outcome) => !isNew(outcome))];
    });
}
const WHAT_TO_DO = 'What happened, and what to do';
const BEFORE_AND_AFTER = {
    sessions: 'Sessions before → after',
    devices: 'Devices before → after',
    lines: 'Details',
};
const NOW = { sessions: 'Active sessions', devices: 'Active devices', lines: 'Details' };
const SIGNS = { success: '✅', warning: '⚠️', failure: '❌' };
/** It names the product, since a job may have summaries of several steps. */
function heading({ level, mode, text }) {
    const sign = level === 'success' && mode !== undefined ? '🔍' : SIGNS[level];
    const about = mode === undefined ? '' : `, ${mode.toLowerCase()}`;
    return `<h3>${sign} Cloudflare Access${about}: ${html((0,plain_text/* plainText */.wh)(text))}</h3>\n\n`;
}
function circumstances({ options, startedAt, finishedAt }) {
    const isElsewhere = !options.baseUrl.cloudflare && options.dryRun !== 'offline';
    const where = isElsewhere ? ` · at ${options.baseUrl.href}, which is not Cloudflare's` : '';
    const seconds = ((finishedAt - startedAt) / 1_000).toFixed(1);
    return `${extentOf(options)}${targetOf(options, ' · ')} · ${minuteOf(startedAt)}, ${seconds} s${where}`;
}
/** Why the run was stopped. What to do about it may be told with the user whose failure stopped it. */
function stopping({ stopped, outcomes }, text) {
    if (stopped === undefined)
        return '';
    const { what, remedy } = stopped;
    const isTold = outcomes.some((outcome) => outcome.status === 'failed' && outcome.problem.remedy === remedy);
    return paragraph(`Stopped: ${text.words(what)}${isTold ? '' : ` ${html(remedy)}`}`);
}
function folded(users, table) {
    if (users <= FEW)
        return table;
    const title = `${(0,quantity/* quantity */.au)(users, 'user')} without failures or warnings`;
    return `<details><summary>${html(title)}</summary>\n\n${table}</details>\n\n`;
}
function closing({ options, outcomes }) {
    const { past, revoked } = totalsOf(outcomes);
    const untouched = revoked > 0 ? leftUntouched(options) : '';
    return [...(past > 0 ? [pastText(past, options)] : []), ...(untouched === '' ? [] : [untouched])];
}
function paragraph(content) {
    return `<p>${content}</p>\n\n`;
}

;// CONCATENATED MODULE: ../src/result/users-outputs.ts

/** GitHub takes 1 MB of outputs per job, counted as UTF-16; the rest is for other outputs. In bytes. */
const ROOM_FOR_FAILED = 900_000;
/**
 * The outputs of a run that came to its end. A row that could not be used counts as failed, but what it gives for an
 * address is not among the addresses, so that a retry can read them.
 *
 * @param report - the path of the report; empty if there is none
 */
function outputsOf({ outcomes, badRows }, report) {
    const { revoked, failed, skipped, unknown } = totalsOf(outcomes);
    const failures = failed + skipped + badRows.length;
    const missed = JSON.stringify(outcomes.filter(isMissed).map(({ user }) => user.email));
    return {
        revoked: revoked > 0 && failures + unknown === 0 ? 'true' : 'false',
        'revoked-count': `${revoked}`,
        'failed-count': `${failures}`,
        'unknown-count': `${unknown}`,
        // Never cut: half a list would look like a whole one.
        failed: missed.length * 2 > ROOM_FOR_FAILED ? '' : missed,
        report,
    };
}

;// CONCATENATED MODULE: ../src/result/headline.ts


const MODES = { false: undefined, true: 'Dry run', offline: 'Offline check' };
/** The kind of run that these options make; undefined for one that revokes. */
function modeOf({ dryRun }) {
    return MODES[`${dryRun}`];
}
/** How the run came out, in one line without a full stop. For a run with a mode, it continues the mode and a colon. */
function headline(outcomes, options) {
    const totals = totalsOf(outcomes);
    return options.dryRun === false
        ? revocationHeadline(outcomes, totals, options)
        : checkHeadline(outcomes, totals, options);
}
function revocationHeadline(outcomes, totals, options) {
    const missed = totals.failed + totals.skipped;
    const due = totals.revoked + missed + totals.unknown;
    if (outcomes.length === 0)
        return 'The list has no users: nothing was revoked';
    if (due === 0)
        return `Nobody is due, nothing was revoked${besides(totals, options)}`;
    const freed = outcomes.filter((outcome) => headline_seatOf(outcome) === 'removed').length;
    const seats = options.removeSeat ? `, ${(0,quantity/* quantity */.au)(freed, 'seat')} freed` : '';
    const what = options.verify ? 'revoked and verified' : 'revoked';
    if (missed + totals.unknown > 0) {
        return `${(0,quantity/* grouped */.zD)(totals.revoked)} of ${(0,quantity/* quantity */.au)(due, 'user')} ${what}${seats}: ${misses(totals)}${besides(totals, options)}`;
    }
    const by = options.verify ? '' : ', confirmed by Cloudflare';
    return `${(0,quantity/* quantity */.au)(due, 'user')} ${what}${by}${seats}${besides(totals, options)}`;
}
function checkHeadline(outcomes, totals, options) {
    const others = besides(totals, options);
    const due = totals.would_revoke;
    if (outcomes.length === 0)
        return 'the list has no users';
    if (totals.failed + totals.skipped > 0)
        return `not finished, ${misses(totals)}${others}`;
    if (due === 0)
        return `nobody is due${others}`;
    if (options.dryRun === 'offline')
        return `${(0,quantity/* quantity */.au)(due, 'user is', 'users are')} due now${others}`;
    const flawed = outcomes.filter(isFlawed).length;
    const fail = flawed === 0 ? '' : `, but ${(0,quantity/* grouped */.zD)(flawed)} of them would fail`;
    const held = outcomes.filter((outcome) => headline_seatOf(outcome) === 'not_done').length;
    const seats = options.removeSeat ? `, ${(0,quantity/* quantity */.au)(held, 'seat')} freed` : '';
    return `${(0,quantity/* quantity */.au)(due, 'user')} would be revoked${seats}${fail}${others}`;
}
/** What became of the seat of an outcome that has one. */
function headline_seatOf(outcome) {
    return 'seat' in outcome ? outcome.seat.state : undefined;
}
function misses({ failed, skipped, unknown }) {
    return [
        ...(failed > 0 ? [`${(0,quantity/* grouped */.zD)(failed)} failed`] : []),
        ...(skipped > 0 ? [`${(0,quantity/* grouped */.zD)(skipped)} skipped`] : []),
        ...(unknown > 0 ? [`${(0,quantity/* grouped */.zD)(unknown)} unknown to the organization`] : []),
    ].join(', ');
}
function besides({ not_due: notDue, past }, { dueWithinDays }) {
    const parts = [
        ...(notDue > 0 ? [`${(0,quantity/* grouped */.zD)(notDue)} not due yet`] : []),
        ...(past > 0 ? [`${(0,quantity/* grouped */.zD)(past)} left more than ${(0,quantity/* quantity */.au)(dueWithinDays, 'day')} ago`] : []),
    ];
    return parts.length === 0 ? '' : ` (${parts.join(', ')}, left alone)`;
}

;// CONCATENATED MODULE: ../src/result/verdict.ts



const EMPTY = {
    fail: 'failure',
    warn: 'warning',
    ignore: 'success',
};
/** The verdict on a run that came to its end. */
function verdictOf(record, { report, outputs }) {
    const { options, outcomes, stopped, badRows } = record;
    const mode = modeOf(options);
    const doubts = mode !== undefined && isLeftOn(record) ? [LEFT_ON] : [];
    const empty = outcomes.length + badRows.length === 0;
    const flaws = [
        ...(badRows.length > 0 ? [`${(0,quantity/* quantity */.au)(badRows.length, 'row')} could not be used: see the log.`] : []),
        ...(report ? [] : ["The report could not be written to the runner's temporary folder (RUNNER_TEMP)."]),
        ...(outputs ? [] : ['The outputs could not be written (GITHUB_OUTPUT): do not rely on them.']),
        ...(empty && options.ifEmpty === 'fail'
            ? ['If that is not a mistake, set `if-empty` to `warn` or `ignore`.']
            : []),
    ];
    const flawed = stopped !== undefined || flaws.length > 0 || outcomes.some(isFlawed);
    const well = doubts.length > 0 ? 'warning' : 'success';
    return {
        level: flawed ? 'failure' : empty ? EMPTY[options.ifEmpty] : well,
        mode,
        text: [`${headline(outcomes, options)}.`, ...flaws, ...doubts].join(' '),
        ...(stopped !== undefined && { stopped: `The run was stopped: ${stopped.what}.` }),
    };
}
const LEFT_ON = 'This run was scheduled, and revoked nobody: if somebody left `dry-run` on by mistake, remove it.';
/** Whether a run that revokes nobody looks like one that should have. */
function isLeftOn({ outcomes, workflowRun }) {
    return workflowRun.event === 'schedule' && outcomes.some(({ status }) => status === 'would_revoke');
}
/** The verdict in one line of the log. */
function verdictLine({ mode, text }) {
    return mode === undefined ? text : `${mode}: ${text}`;
}
/** The verdict on inputs with which nothing can be done. */
function verdictOnInputs(problems) {
    const wrong = problems === 1 ? 'There is a problem' : 'There are problems';
    return { level: 'failure', mode: undefined, text: `Nothing was sent. ${wrong} with the inputs:` };
}

;// CONCATENATED MODULE: ../src/result/publish.ts








/** This many problems are told in the annotation and the job summary; the log has them all. */
const FEW_PROBLEMS = 20;
/** This many problems get an annotation of their own: GitHub shows ten, and one of them is the verdict. */
const MOST_ANNOTATED = 8;
/**
 * Hands out what came of the run: the report, the outputs, and, by the verdict, the job summary and the last lines of
 * the log.
 *
 * @returns whether the step may be green
 */
async function publish(record, log) {
    const report = attempt(log, () => writeReport(reportOf(record)));
    const outputs = attempt(log, () => {
        writeOutputs(outputsOf(record, report ?? ''));
        return true;
    });
    const problems = record.badRows.flatMap(({ source, problems, ...at }) => problems.map((text) => ({ ...at, text: `${source}: ${text}` })));
    for (const { text } of problems)
        log.info(text);
    annotate(problems, log);
    const verdict = verdictOf(record, { report: report !== undefined, outputs: outputs === true });
    await publishSummary(summaryOf(record, verdict), log);
    const untouched = leftUntouched(record.options);
    if (totalsOf(record.outcomes).revoked > 0 && untouched !== '')
        log.info(untouched);
    if (report !== undefined)
        log.info(`Report: ${report}`);
    return publish_close(log, verdict);
}
/** The same for inputs with which nothing can be done; the outputs stay at their worst. */
async function publishProblems({ problems, warnings }, log) {
    for (const warning of warnings)
        log.warning(warning);
    annotate(problems, log);
    const texts = problems.map(({ text }) => text);
    const verdict = verdictOnInputs(problems.length);
    const numbered = texts.map((problem, index) => `${index + 1}. ${problem}`);
    const more = numbered.length - FEW_PROBLEMS;
    if (more > 0)
        for (const line of numbered)
            log.info(line);
    const rest = more > 0 ? `${(0,quantity/* quantity */.au)(more, 'more problem')}: see the log.` : '';
    await publishSummary(summaryOfProblems(verdict, texts.slice(0, FEW_PROBLEMS), rest), log);
    return publish_close(log, verdict, ...numbered.slice(0, FEW_PROBLEMS), ...(rest === '' ? [] : [rest]));
}
/** Shows the first problems where they are, so that a pull request shows them beside the lines that it changes. */
function annotate(problems, log) {
    const placed = problems.flatMap(({ text, file, line }) => file === undefined || line === undefined ? [] : [{ text, file, line }]);
    for (const { text, file, line } of placed.slice(0, MOST_ANNOTATED))
        log.errorAt(file, line, text);
}
/** The last line of the log: an annotation if there is something to do. */
function publish_close(log, verdict, ...details) {
    const { level, stopped } = verdict;
    const text = verdictLine(verdict);
    if (level === 'failure')
        log.failure(stopped === undefined ? text : `${text} ${stopped}`, ...details);
    else if (level === 'warning')
        log.warning(text);
    else
        log.info(text);
    return level !== 'failure';
}
async function publishSummary(summary, log) {
    try {
        await writeJobSummary(summary);
    }
    catch (error) {
        log.unexpected(error);
        log.warning('The job summary could not be written (GITHUB_STEP_SUMMARY).');
    }
}
function attempt(log, work) {
    try {
        return work();
    }
    catch (error) {
        log.unexpected(error);
        return undefined;
    }
}

;// CONCATENATED MODULE: external "node:timers/promises"
const promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");
;// CONCATENATED MODULE: ../src/cloudflare/connection-failure.ts
/** What it means that no whole answer arrived. Always transient: asking again does no harm. */
function connectionFailure({ cause, code }) {
    const problem = { reach: 'transient', errors: [] };
    switch (cause) {
        case 'timeout':
            return {
                ...problem,
                what: 'No complete answer arrived in time',
                remedy: 'Check the network path from the runner to Cloudflare, or raise `request-timeout`.',
            };
        case 'too_large':
            return {
                ...problem,
                what: 'The answer was larger than any that Cloudflare gives',
                remedy: PROXY_REMEDY,
            };
        case 'cancelled':
            return { ...problem, what: 'The run was cancelled before the answer arrived' };
        case 'network': {
            const told = code === undefined ? '' : ` (${code})`;
            return { ...problem, what: `The connection failed${told}`, remedy: networkRemedy(code ?? '') };
        }
    }
}
/** The remedy where what answered was hardly Cloudflare. */
const PROXY_REMEDY = 'If this keeps happening, look for a proxy or firewall between the runner and Cloudflare.';
function networkRemedy(code) {
    if (/CERT|SELF_SIGNED|SSL|TLS|ISSUER|ALTNAME/.test(code)) {
        return 'TLS failed: if the runner is behind an inspecting proxy, set `NODE_EXTRA_CA_CERTS` to the CA certificate of that proxy.';
    }
    if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
        return 'The host name could not be resolved: check the DNS of the runner, and `api-base-url`.';
    }
    return 'Check the network path from the runner to Cloudflare (firewall, `HTTPS_PROXY`).';
}

;// CONCATENATED MODULE: ../src/cloudflare/error-hints.ts
const TOKEN = 'Check that the secret holds the whole token and that the token is neither expired nor disabled.';
const ROUTE = 'The account or zone ID is wrong, or the credential may not see it: compare `account-id` or `zone-id` with the dashboard.';
const RATE_LIMIT = 'Cloudflare allows 1,200 calls in 5 minutes per user or account token, the dashboard included: run the step again in five minutes.';
const NOT_ACCEPTED = { remedy: `Cloudflare does not accept this token. ${TOKEN}`, everyone: true };
/**
 * The codes seen in the field (there is no complete official list), each with its remedy.
 * Source: Cloudflare API reference and product documentation, gathered on 2026-11-23.
 */
const HINTS = new Map(Object.entries({
    10000: {
        remedy: `The token is wrong, or lacks the permission or the account. ${TOKEN}`,
        permission: true,
        everyone: true,
    },
    1000: { remedy: `Cloudflare does not know this token. ${TOKEN}`, everyone: true },
    9109: { ...NOT_ACCEPTED, permission: true },
    9106: { remedy: `Cloudflare saw no usable credential. ${TOKEN}`, everyone: true },
    9103: {
        remedy: 'Cloudflare does not know this Global API key or address: check `api-email` and `api-key`, or better, use `api-token`.',
        everyone: true,
    },
    6003: { remedy: `Cloudflare could not read the credential's header. ${TOKEN}`, everyone: true },
    6111: {
        remedy: 'Cloudflare could not read the `Authorization` header: give the token alone, as the dashboard showed it.',
        everyone: true,
    },
    7003: { remedy: ROUTE, everyone: true },
    7000: { remedy: ROUTE, everyone: true },
    10502: {
        remedy: 'Too many calls with a wrong credential: Cloudflare has locked it out for a while. Fix the secret first, then run the step again.',
        everyone: true,
    },
    971: { remedy: RATE_LIMIT, everyone: false },
    10013: { remedy: RATE_LIMIT, everyone: false },
    429: { remedy: RATE_LIMIT, everyone: false },
    'access.api.error.not_enabled': {
        remedy: 'Zero Trust is not set up on this account: check `account-id` or `zone-id`; it may be that of another account.',
        everyone: true,
    },
    'access.api.error.not_found': {
        remedy: 'Cloudflare found no such object: check `account-id` or `zone-id`, the address and `user-uid`.',
        everyone: false,
    },
}));
const BY_STATUS = {
    401: { remedy: TOKEN, everyone: true },
    403: {
        remedy: `The credential may not do this, or a firewall refused the runner. ${TOKEN}`,
        permission: true,
        everyone: true,
    },
};
/**
 * The hint for a refusal: that of the most telling error code, else that of the HTTP status.
 *
 * @param errors - all errors of the envelope, those of `error_chain` included; a code can also stand in a message
 */
function hintFor(status, errors) {
    // The last one counts: Cloudflare puts the cause at the end of the chain (6003, then 6111).
    const found = errors.flatMap(hintsOf).at(-1);
    const general = BY_STATUS[status];
    if (found === undefined)
        return general;
    return { ...found, everyone: found.everyone || general?.everyone === true };
}
function hintsOf({ code, message }) {
    // "Invalid access token": the message alone says that the token is wrong or expired, and lacks no permission.
    if (code === 9109 && /invalid/i.test(message))
        return [NOT_ACCEPTED];
    const codes = [`${code ?? ''}`, ...(/access\.api\.error\.[a-z_]+/.exec(message) ?? [])];
    return codes.flatMap((name) => HINTS.get(name) ?? []);
}

;// CONCATENATED MODULE: external "node:http"
const external_node_http_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http");
;// CONCATENATED MODULE: ../src/cloudflare/refusal.ts



/** HTTP statuses of failures that may pass; 5xx come on top. 429 is the rate limit's and no failure of the call. */
const TRANSIENT = new Set([408, 425]);
/**
 * What an answer means that refuses the call: whom it concerns, whether it may pass, and what to do about it.
 *
 * @param enveloped - whether it came in the v4 envelope, so most likely from Cloudflare
 * @param errors - all errors of the envelope
 * @param permission - the account permission that the call takes
 */
function refusal(status, enveloped, errors, permission) {
    const hint = hintFor(status, errors);
    // 401 is about who somebody is: a token that Cloudflare does not accept needs no further permission.
    const lacking = hint?.permission === true && status !== 401 ? permission : undefined;
    const give = lacking === undefined ? [] : [`Give the token the account permission "${lacking}".`];
    const remedy = [hint?.remedy ?? remedyFor(status, enveloped) ?? [], give].flat().join(' ');
    const transient = TRANSIENT.has(status) || status >= 500;
    const everyone = hint?.everyone === true || (status === 404 && !enveloped);
    return {
        what: isRedirect(status)
            ? `Something answered with a redirect (${statusText(status)}), which is not followed`
            : `Cloudflare answered ${statusText(status)}${status <= 299 ? ' with "success": false' : ''}`,
        ...(remedy !== '' && { remedy }),
        ...(lacking !== undefined && { permission: lacking }),
        reach: transient ? 'transient' : everyone ? 'everyone' : 'user',
        errors,
    };
}
/** `404 Not Found`. */
function statusText(status) {
    return [status, external_node_http_namespaceObject.STATUS_CODES[status]].filter(Boolean).join(' ');
}
function remedyFor(status, enveloped) {
    if (status >= 500)
        return 'Check https://www.cloudflarestatus.com, and run the step again later.';
    if (isRedirect(status))
        return 'Check `api-base-url`, and whether a proxy asks for a login.';
    if (status === 404 && !enveloped)
        return 'This is not the API: check `api-base-url`.';
    return enveloped ? undefined : PROXY_REMEDY;
}
function isRedirect(status) {
    return status >= 300 && status <= 399;
}

;// CONCATENATED MODULE: ../src/cloudflare/answer.ts







const ErrorEntry = valibot/* object */.Ik({
    code: valibot/* optional */.lq(valibot/* union */.KC([valibot/* number */.ai(), valibot/* string */.Yj()])),
    message: valibot/* optional */.lq(valibot/* string */.Yj()),
});
const Errors = valibot/* fallback */.Np(valibot/* array */.YO(valibot/* fallback */.Np(valibot/* object */.Ik({ ...ErrorEntry.entries, error_chain: valibot/* fallback */.Np(valibot/* array */.YO(valibot/* fallback */.Np(ErrorEntry, {})), []) }), { error_chain: [] })), []);
const Envelope = valibot/* object */.Ik({
    success: valibot/* boolean */.zM(),
    errors: valibot/* optional */.lq(valibot/* unknown */.L5()),
    result: valibot/* optional */.lq(valibot/* unknown */.L5()),
    result_info: valibot/* optional */.lq(valibot/* unknown */.L5()),
});
/** An answer that says yes has an empty list of errors, or none. */
const NoErrors = valibot/* nullish */.cl(valibot/* pipe */.Fs(valibot/* array */.YO(valibot/* unknown */.L5()), valibot/* maxLength */.Ru(0)));
/** More errors than this tell the reader nothing new. */
const MAX_ERRORS = 10;
/**
 * Reads what came of one attempt. Nothing counts as a result but HTTP 2xx with the v4 envelope, `success: true`, no
 * errors and a `result` of the expected shape (Cloudflare API reference).
 *
 * @param credential - is taken out of all texts, should Cloudflare or a proxy repeat it
 */
function readAnswer(exchange, { result, permission }, credential) {
    if (exchange.kind === 'no_answer')
        return { kind: 'problem', problem: connectionFailure(exchange) };
    const { status, headers, receivedAt } = exchange;
    const ray = headers['cf-ray'];
    const about = {
        httpStatus: status,
        ...(typeof ray === 'string' && { rayId: (0,plain_text/* shortened */.vI)((0,plain_text/* plainText */.wh)(withoutSecret(credential, ray)), 64) }),
    };
    const odd = (what, errors) => ({
        kind: 'problem',
        problem: { ...about, what, remedy: PROXY_REMEDY, reach: 'transient', errors },
    });
    const envelope = valibot/* safeParse */.xL(Envelope, json(exchange.body, (text) => withoutSecret(credential, text)));
    const errors = envelope.success ? errorsOf(envelope.output.errors) : [];
    if (status < 200)
        return odd(`Something answered with the HTTP status ${status}, which no answer can have`, errors);
    if (status > 299 || (envelope.success && !envelope.output.success)) {
        return {
            kind: 'problem',
            problem: { ...about, ...refusal(status, envelope.success, errors, permission) },
        };
    }
    if (!envelope.success)
        return odd(`Something answered ${statusText(status)}, but not in the form of Cloudflare's API`, []);
    const { output } = envelope;
    if (!valibot.is(NoErrors, output.errors)) {
        return odd(`Cloudflare answered ${statusText(status)} with "success": true and errors, which contradict each other`, errors);
    }
    const parsed = valibot/* safeParse */.xL(result, output.result);
    if (!parsed.success) {
        return odd(`Cloudflare answered ${statusText(status)}, but without the result that its API reference promises`, errors);
    }
    const date = Date.parse(headers.date ?? '');
    return {
        kind: 'result',
        result: parsed.output,
        ...about,
        date: Number.isNaN(date) ? undefined : date,
        receivedAt,
        resultInfo: output.result_info,
    };
}
/** Whether Cloudflare asks to wait: 429, but not for a credential that it has locked out or does not accept. */
function isRateLimited(exchange) {
    if (exchange.kind === 'no_answer' || exchange.status !== 429)
        return false;
    const envelope = valibot/* safeParse */.xL(Envelope, json(exchange.body, (text) => text));
    return !envelope.success || hintFor(429, errorsOf(envelope.output.errors))?.everyone !== true;
}
function errorsOf(given) {
    return valibot/* parse */.qg(Errors, given).flatMap(apiErrors).slice(0, MAX_ERRORS);
}
function apiErrors(entry) {
    return [entry, ...entry.error_chain]
        .filter(({ code, message }) => code !== undefined || message !== undefined)
        .map(({ code, message }) => (0,cloudflare_problem/* apiError */.pb)(code, message ?? 'no message'));
}
/** @param clean - what every text goes through, once JSON's escapes are undone */
function json(text, clean) {
    try {
        return JSON.parse(text, (_key, value) => (typeof value === 'string' ? clean(value) : value));
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ../node_modules/structured-headers/dist/util.js
const asciiRe = /^[\x20-\x7E]*$/;
const tokenRe = /^[a-zA-Z*][:/!#$%&'*+\-.^_`|~A-Za-z0-9]*$/;
const keyRe = /^[a-z*][*\-_.a-z0-9]*$/;
function isAscii(str) {
    return asciiRe.test(str);
}
function isValidTokenStr(str) {
    return tokenRe.test(str);
}
function isValidKeyStr(str) {
    return keyRe.test(str);
}
function isInnerList(input) {
    return Array.isArray(input[0]);
}
function arrayBufferToBase64(input) {
    // Create a Uint8Array to read the bytes. A view may cover only part of a
    // larger buffer -- Node allocates small Buffers out of a shared pool -- so
    // it is read through its own offset and length, never its whole buffer.
    const bytes = ArrayBuffer.isView(input)
        ? new Uint8Array(input.buffer, input.byteOffset, input.byteLength)
        : new Uint8Array(input);
    let binary = '';
    // Convert each byte to a character
    for (const byte of bytes) {
        binary += String.fromCharCode(byte);
    }
    // Encode the binary string as Base64
    return btoa(binary);
}
function base64ToArrayBuffer(b64) {
    // Decode the base64 string into a binary string
    const binaryString = atob(b64);
    // Create a new ArrayBuffer with the same length as the binary string
    const len = binaryString.length;
    const bytes = new Uint8Array(len);
    // Convert each character to its corresponding byte
    for (let i = 0; i < len; i++) {
        bytes[i] = binaryString.charCodeAt(i);
    }
    // Return the ArrayBuffer
    return bytes.buffer;
}
//# sourceMappingURL=util.js.map
;// CONCATENATED MODULE: ../node_modules/structured-headers/dist/token.js

class Token {
    constructor(value) {
        if (!isValidTokenStr(value)) {
            throw new TypeError('Invalid character in Token string. Tokens must start with *, A-Z and the rest of the string may only contain a-z, A-Z, 0-9, :/!#$%&\'*+-.^_`|~');
        }
        this.value = value;
    }
    toString() {
        return this.value;
    }
}
//# sourceMappingURL=token.js.map
;// CONCATENATED MODULE: ../node_modules/structured-headers/dist/displaystring.js
class DisplayString {
    constructor(value) {
        this.value = value;
    }
    toString() {
        return this.value;
    }
}
//# sourceMappingURL=displaystring.js.map
;// CONCATENATED MODULE: ../node_modules/structured-headers/dist/parser.js



function parseDictionary(input) {
    const parser = new Parser(input);
    return parser.parseDictionary();
}
function parseList(input) {
    const parser = new Parser(input);
    return parser.parseList();
}
function parseItem(input) {
    const parser = new Parser(input);
    return parser.parseItem();
}
class ParseError extends Error {
    constructor(position, message) {
        super(`Parse error: ${message} at offset ${position}`);
    }
}
class Parser {
    constructor(input) {
        this.input = input;
        this.pos = 0;
    }
    parseDictionary() {
        this.skipWS();
        const dictionary = new Map();
        while (!this.eof()) {
            const thisKey = this.parseKey();
            let member;
            if (this.lookChar() === '=') {
                this.pos++;
                member = this.parseItemOrInnerList();
            }
            else {
                member = [true, this.parseParameters()];
            }
            dictionary.set(thisKey, member);
            this.skipOWS();
            if (this.eof()) {
                return dictionary;
            }
            this.expectChar(',');
            this.pos++;
            this.skipOWS();
            if (this.eof()) {
                throw new ParseError(this.pos, 'Dictionary contained a trailing comma');
            }
        }
        return dictionary;
    }
    parseList() {
        this.skipWS();
        const members = [];
        while (!this.eof()) {
            members.push(this.parseItemOrInnerList());
            this.skipOWS();
            if (this.eof()) {
                return members;
            }
            this.expectChar(',');
            this.pos++;
            this.skipOWS();
            if (this.eof()) {
                throw new ParseError(this.pos, 'A list may not end with a trailing comma');
            }
        }
        return members;
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
        if (this.lookChar() === '(') {
            return this.parseInnerList();
        }
        else {
            return this.parseItem(false);
        }
    }
    parseInnerList() {
        this.expectChar('(');
        this.pos++;
        const innerList = [];
        while (!this.eof()) {
            this.skipWS();
            if (this.lookChar() === ')') {
                this.pos++;
                return [
                    innerList,
                    this.parseParameters()
                ];
            }
            innerList.push(this.parseItem(false));
            const nextChar = this.lookChar();
            if (nextChar !== ' ' && nextChar !== ')') {
                throw new ParseError(this.pos, 'Expected a whitespace or ) after every item in an inner list');
            }
        }
        throw new ParseError(this.pos, 'Could not find end of inner list');
    }
    parseBareItem() {
        const char = this.lookChar();
        if (char === undefined) {
            throw new ParseError(this.pos, 'Unexpected end of string');
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
        if (char === ':') {
            return this.parseByteSequence();
        }
        if (char === '?') {
            return this.parseBoolean();
        }
        if (char === '@') {
            return this.parseDate();
        }
        if (char === '%') {
            return this.parseDisplayString();
        }
        throw new ParseError(this.pos, 'Unexpected input');
    }
    parseParameters() {
        const parameters = new Map();
        while (!this.eof()) {
            const char = this.lookChar();
            if (char !== ';') {
                break;
            }
            this.pos++;
            this.skipWS();
            const key = this.parseKey();
            let value = true;
            if (this.lookChar() === '=') {
                this.pos++;
                value = this.parseBareItem();
            }
            parameters.set(key, value);
        }
        return parameters;
    }
    parseIntegerOrDecimal() {
        let type = 'integer';
        let sign = 1;
        let inputNumber = '';
        if (this.lookChar() === '-') {
            sign = -1;
            this.pos++;
        }
        // The spec wants this check but it's unreachable code.
        //if (this.eof()) {
        //  throw new ParseError(this.pos, 'Empty integer');
        //}
        if (!isDigit(this.lookChar())) {
            throw new ParseError(this.pos, 'Expected a digit (0-9)');
        }
        while (!this.eof()) {
            const char = this.getChar();
            if (isDigit(char)) {
                inputNumber += char;
            }
            else if (type === 'integer' && char === '.') {
                if (inputNumber.length > 12) {
                    throw new ParseError(this.pos, 'Exceeded maximum decimal length');
                }
                inputNumber += '.';
                type = 'decimal';
            }
            else {
                // We need to 'prepend' the character, so it's just a rewind
                this.pos--;
                break;
            }
            if (type === 'integer' && inputNumber.length > 15) {
                throw new ParseError(this.pos, 'Exceeded maximum integer length');
            }
            if (type === 'decimal' && inputNumber.length > 16) {
                throw new ParseError(this.pos, 'Exceeded maximum decimal length');
            }
        }
        if (type === 'integer') {
            return parseInt(inputNumber, 10) * sign;
        }
        else {
            if (inputNumber.endsWith('.')) {
                throw new ParseError(this.pos, 'Decimal cannot end on a period');
            }
            if (inputNumber.split('.')[1].length > 3) {
                throw new ParseError(this.pos, 'Number of digits after the decimal point cannot exceed 3');
            }
            return parseFloat(inputNumber) * sign;
        }
    }
    parseString() {
        let outputString = '';
        this.expectChar('"');
        this.pos++;
        while (!this.eof()) {
            const char = this.getChar();
            if (char === '\\') {
                if (this.eof()) {
                    throw new ParseError(this.pos, 'Unexpected end of input');
                }
                const nextChar = this.getChar();
                if (nextChar !== '\\' && nextChar !== '"') {
                    throw new ParseError(this.pos, 'A backslash must be followed by another backslash or double quote');
                }
                outputString += nextChar;
            }
            else if (char === '"') {
                return outputString;
            }
            else if (!isAscii(char)) {
                throw new ParseError(this.pos, 'Strings must be in the ASCII range');
            }
            else {
                outputString += char;
            }
        }
        throw new ParseError(this.pos, 'Unexpected end of input');
    }
    parseDisplayString() {
        const chars = this.getChars(2);
        if (chars !== '%"') {
            throw new ParseError(this.pos, 'Unexpected character. Display strings should start with %=');
        }
        const result = [];
        while (!this.eof()) {
            const char = this.getChar();
            if (char.charCodeAt(0) <= 0x1F || (char.charCodeAt(0) >= 0x7F && char.charCodeAt(0) <= 0xFF)) {
                throw new ParseError(this.pos, 'Invalid char found in DisplayString. Did you forget to escape?');
            }
            if (char === '%') {
                const hexChars = this.getChars(2);
                if (/^[0-9a-f]{2}$/.test(hexChars)) {
                    result.push(parseInt(hexChars, 16));
                }
                else {
                    throw new ParseError(this.pos, `Unexpected sequence after % in DispalyString: "${hexChars}". Note that hexidecimals must be lowercase`);
                }
                continue;
            }
            if (char === '"') {
                const textDecoder = new TextDecoder('utf-8', {
                    fatal: true
                });
                try {
                    return new DisplayString(textDecoder.decode(new Uint8Array(result)));
                }
                catch {
                    throw new ParseError(this.pos, 'Fatal error decoding UTF-8 sequence in Display String');
                }
            }
            result.push(char.charCodeAt(0));
        }
        throw new ParseError(this.pos, 'Unexpected end of input');
    }
    parseToken() {
        // The specification wants this check, but it's an unreachable code block.
        // if (!/^[A-Za-z*]/.test(this.lookChar())) {
        //  throw new ParseError(this.pos, 'A token must begin with an asterisk or letter (A-Z, a-z)');
        //}
        let outputString = '';
        while (!this.eof()) {
            const char = this.lookChar();
            if (char === undefined || !/^[:/!#$%&'*+\-.^_`|~A-Za-z0-9]$/.test(char)) {
                return new Token(outputString);
            }
            outputString += this.getChar();
        }
        return new Token(outputString);
    }
    parseByteSequence() {
        this.expectChar(':');
        this.pos++;
        const endPos = this.input.indexOf(':', this.pos);
        if (endPos === -1) {
            throw new ParseError(this.pos, 'Could not find a closing ":" character to mark end of Byte Sequence');
        }
        const b64Content = this.input.substring(this.pos, endPos);
        this.pos += b64Content.length + 1;
        if (!/^[A-Za-z0-9+/=]*$/.test(b64Content)) {
            throw new ParseError(this.pos, 'ByteSequence does not contain a valid base64 string');
        }
        try {
            return base64ToArrayBuffer(b64Content);
        }
        catch {
            throw new ParseError(this.pos, 'ByteSequence does not contain a valid base64 string');
        }
    }
    parseBoolean() {
        this.expectChar('?');
        this.pos++;
        const char = this.getChar();
        if (char === '1') {
            return true;
        }
        if (char === '0') {
            return false;
        }
        throw new ParseError(this.pos, 'Unexpected character. Expected a "1" or a "0"');
    }
    parseDate() {
        this.expectChar('@');
        this.pos++;
        let sign = 1;
        let inputNumber = '';
        if (this.lookChar() === '-') {
            sign = -1;
            this.pos++;
        }
        if (!isDigit(this.lookChar())) {
            throw new ParseError(this.pos, 'Expected a digit (0-9)');
        }
        while (!this.eof()) {
            const char = this.getChar();
            if (isDigit(char)) {
                inputNumber += char;
            }
            else {
                throw new ParseError(this.pos, 'Expected a digit (0-9), whitespace or EOL');
            }
        }
        if (inputNumber.length > 15) {
            throw new ParseError(this.pos, 'Exceeded max length for a date value');
        }
        return new Date(parseInt(inputNumber, 10) * sign * 1000);
    }
    parseKey() {
        if (!this.lookChar()?.match(/^[a-z*]/)) {
            throw new ParseError(this.pos, 'A key must begin with an asterisk or letter (a-z)');
        }
        let outputString = '';
        while (!this.eof()) {
            const char = this.lookChar();
            if (char === undefined || !/^[a-z0-9_\-.*]$/.test(char)) {
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
            if (c === ' ' || c === '\t') {
                this.pos++;
            }
            else {
                break;
            }
        }
    }
    // Advances the pointer to skip all spaces
    skipWS() {
        while (this.lookChar() === ' ') {
            this.pos++;
        }
    }
    // At the end of parsing, we need to make sure there are no bytes after the
    // header except whitespace.
    checkTrail() {
        this.skipWS();
        if (!this.eof()) {
            throw new ParseError(this.pos, 'Unexpected characters at end of input');
        }
    }
}
const isDigitRegex = /^[0-9]$/;
function isDigit(char) {
    if (char === undefined)
        return false;
    return isDigitRegex.test(char);
}
//# sourceMappingURL=parser.js.map
;// CONCATENATED MODULE: ../node_modules/structured-headers/dist/index.js






//# sourceMappingURL=index.js.map
;// CONCATENATED MODULE: ../src/cloudflare/rate-limit-headers.ts


const count = valibot/* pipe */.Fs(valibot/* number */.ai(), valibot/* finite */.E2(), valibot/* minValue */.Ww(0));
/**
 * Reads `Ratelimit: "default";r=50;t=30` (IETF draft form, structured fields; Cloudflare, "Rate limits").
 *
 * @returns one entry for each policy; none if the header is missing or cannot be read
 */
function readRoom(header) {
    return members(header, { r: count, t: count }).map(([policy, { r, t }]) => ({
        policy,
        left: Math.floor(r),
        resetIn: t * 1_000,
    }));
}
/** Reads `Ratelimit-Policy: "burst";q=100;w=60`, as {@link readRoom} does. A quota of nothing is no quota. */
function readQuotas(header) {
    return members(header, { q: valibot/* pipe */.Fs(count, valibot/* minValue */.Ww(1)), w: valibot/* pipe */.Fs(count, valibot/* minValue */.Ww(1)) }).map(([policy, { q, w }]) => ({ policy, calls: Math.floor(q), window: w * 1_000 }));
}
/**
 * Reads `Retry-After`: seconds, or a date (RFC 9110, 10.2.3).
 *
 * @returns milliseconds from now, negative for a date gone by; undefined if the header is missing or neither
 */
function readRetryAfter(header) {
    const text = typeof header === 'string' ? header.trim() : '';
    if (/^\d+$/.test(text))
        return Number(text) * 1_000;
    const date = /^[A-Z][a-z]{2}, /.test(text) ? Date.parse(text) : Number.NaN;
    return Number.isNaN(date) ? undefined : date - Date.now();
}
function members(header, entries) {
    const parameters = valibot/* object */.Ik(entries);
    return rate_limit_headers_list(header).flatMap(([value, given]) => {
        const parsed = valibot/* safeParse */.xL(parameters, Object.fromEntries(given));
        return parsed.success ? [[`${value}`, parsed.output]] : [];
    });
}
function rate_limit_headers_list(header) {
    try {
        return typeof header === 'string' ? parseList(header) : [];
    }
    catch {
        return [];
    }
}

;// CONCATENATED MODULE: ../src/cloudflare/rate-limit-windows.ts

/** Cloudflare's limit where no header says otherwise (Cloudflare, "Rate limits"): 1,200 calls in 5 minutes. */
const DEFAULT_QUOTA = { policy: '', calls: 1_200, window: 5 * 60_000 };
/** No hold is shorter: a `Retry-After` of 0 must not become a busy loop. In milliseconds. */
const SHORTEST_HOLD = 1_000;
/** Where Cloudflare names no moment, holds double up to this length; no 503 holds longer. In milliseconds. */
const LONGEST_GUESS = 60_000;
/** By how much two answers of one window can differ on its end: whole seconds, and their ways. In milliseconds. */
const ROUNDING = 2_000;
/**
 * What is known of Cloudflare's rate limit, and when the next call may go. It has no clock: all times are milliseconds
 * from one beginning, given by the caller.
 */
class RateLimitWindows {
    #windows = new Map();
    /** When calls were sent. */
    #sent = [];
    #quotas = [DEFAULT_QUOTA];
    /** When calls ended without a word on the room left: they may have used up some of it. */
    #lost = [];
    /** Since when calls go alone, until one that was sent later is answered; undefined: they do not. */
    #aloneSince = 0;
    #heldUntil = 0;
    #reason = 'limit';
    #guess = SHORTEST_HOLD;
    /** Whether calls go one by one: the first of a run, of a window and after a hold, to learn how much room there is. */
    get alone() {
        return this.#aloneSince !== undefined;
    }
    /** When the next call may go. */
    next(now, inFlight) {
        let [until, reason] = [this.#heldUntil, this.#reason];
        for (const { left, resetAt } of this.#windows.values()) {
            if (left - inFlight - this.#lost.length > 0)
                continue;
            if (inFlight > 0)
                return { kind: 'after_answers' };
            reason = 'limit';
            until = Math.max(until, resetAt);
        }
        return { kind: 'after', wait: Math.max(0, until - now, this.#quotaWait(now)), reason };
    }
    /** Forgets the windows that are over. How much of a new one others use is learnt by one call. */
    forgetPast(now) {
        for (const [policy, { resetAt }] of this.#windows) {
            if (now < resetAt)
                continue;
            this.#windows.delete(policy);
            this.#lost = [];
            this.#aloneSince = now;
        }
        const longest = Math.max(DEFAULT_QUOTA.window, ...this.#quotas.map(({ window }) => window));
        while ((this.#sent[0] ?? now) <= now - longest)
            this.#sent.shift();
    }
    /** Takes note that a call is sent. */
    send(now) {
        this.#sent.push(now);
    }
    /**
     * Lets no call go for at least `length` milliseconds, and the first one after that go alone.
     *
     * @returns when the hold ends
     */
    hold(now, length, reason) {
        this.#aloneSince = now;
        this.#reason = reason;
        this.#heldUntil = Math.max(this.#heldUntil, now + Math.max(SHORTEST_HOLD, length));
        return this.#heldUntil;
    }
    /**
     * Takes in what an answer says of the limit.
     *
     * @param held - whether it asks everybody to wait
     */
    learn(exchange, held, sentAt, now) {
        if (exchange.kind === 'no_answer') {
            this.#lost.push(now);
            return;
        }
        const { status, headers } = exchange;
        const rooms = readRoom(headers['ratelimit']);
        for (const room of rooms)
            this.#note(room, now);
        // What ended before this call was sent is counted in its answer.
        if (rooms.length > 0)
            this.#lost = this.#lost.filter((endedAt) => endedAt > sentAt);
        else
            this.#lost.push(now);
        const quotas = readQuotas(headers['ratelimit-policy']);
        if (rooms.length > 0 || quotas.length > 0)
            this.#quotas = quotas;
        else if (this.#quotas.length === 0)
            this.#quotas = [DEFAULT_QUOTA];
        const named = readRetryAfter(headers['retry-after']);
        if (held) {
            const full = rooms.filter(({ left }) => left === 0).map(({ resetIn }) => resetIn);
            this.hold(now, named ?? (full.length > 0 ? Math.max(...full) : this.#guessed()), 'limit');
            return;
        }
        if (status === 503 && named !== undefined)
            this.hold(now, Math.min(LONGEST_GUESS, named), 'unavailable');
        else if (this.#aloneSince !== undefined && sentAt >= this.#aloneSince)
            this.#aloneSince = undefined;
        this.#guess = SHORTEST_HOLD;
    }
    /** Milliseconds to wait for policies whose window Cloudflare has told nothing of: their quota, in any window. */
    #quotaWait(now) {
        const waits = this.#quotas.map(({ policy, calls, window }) => {
            const oldest = this.#windows.has(policy) ? undefined : this.#sent.at(-calls);
            return oldest === undefined ? 0 : oldest + window - now;
        });
        return Math.max(0, ...waits);
    }
    #note({ policy, left, resetIn }, now) {
        const known = this.#windows.get(policy);
        const resetAt = now + resetIn;
        // Answers overtake each other. Within a window the least is the latest, and the soonest end the most exact.
        this.#windows.set(policy, known === undefined || now >= known.resetAt
            ? { left, resetAt }
            : { left: Math.min(known.left, left), resetAt: soonest(known.resetAt, resetAt, left) });
    }
    /** For a 429 that names no moment. In milliseconds. */
    #guessed() {
        const guess = this.#guess;
        this.#guess = Math.min(LONGEST_GUESS, guess * 2);
        return guess;
    }
}
/** The end of a window by two answers. Where the later one leaves no room for longer, it is of a window that began since. */
function soonest(known, resetAt, left) {
    return left === 0 && resetAt > known + ROUNDING ? resetAt : Math.min(known, resetAt);
}

;// CONCATENATED MODULE: ../src/cloudflare/call-queue.ts




/** After this long without an answer other than 429 the run stops. In milliseconds. */
const PATIENCE = 15 * 60_000;
const REASONS = {
    limit: "Cloudflare's rate limit leaves no room",
    unavailable: 'Cloudflare is unavailable and asks to wait',
};
const RUN_LATER = 'Cloudflare allows 1,200 calls in 5 minutes per user or account token, the dashboard included. Run the step again later.';
/**
 * Keeps the whole run to the pace that Cloudflare sets. No call is sent that Cloudflare said it has no room for, and a
 * 429 holds everybody.
 */
class CallQueue {
    #options;
    #windows = new RateLimitWindows();
    #queues = {
        overdue: [],
        revocation: [],
        look_up: [],
        read: [],
    };
    #inFlight = 0;
    #announcedUntil = 0;
    #lastAnswer = performance.now();
    #timer;
    /** Milliseconds spent in holds that are over, and the beginning of the one that is not. */
    #heldTime = 0;
    #heldSince;
    /** What all holds together may last: no server stretches it by answering now and then. In milliseconds. */
    #mostHeld;
    constructor(options) {
        this.#options = options;
        this.#mostHeld = PATIENCE + (2 * options.calls * DEFAULT_QUOTA.window) / DEFAULT_QUOTA.calls;
        options.stop.starting.addEventListener('abort', () => {
            this.#pump();
        });
    }
    /**
     * Waits until so many milliseconds have passed in which the rate limit held nobody.
     *
     * @throws the signal's reason, as an AbortError, when it is aborted before that
     */
    async wait(milliseconds, signal) {
        const until = this.runningTime + milliseconds;
        do
            await (0,promises_namespaceObject.setTimeout)(Math.max(0, until - this.runningTime), undefined, { signal });
        while (this.runningTime < until - 1);
    }
    /** Milliseconds, from an arbitrary beginning, in which the rate limit held nobody. */
    get runningTime() {
        return (this.#heldSince ?? performance.now()) - this.#heldTime;
    }
    /**
     * Makes the attempt when its turn has come and there is room for it, and again as often as the rate limit refuses it.
     *
     * @param attempt - makes one attempt; it must never throw
     * @param onHeld - called for each answer of the rate limit
     * @returns what came of it, never an answer of the rate limit
     * @throws Stopped when the run is stopped before that
     */
    async send(attempt, onHeld, priority) {
        for (;;) {
            await this.#turn(this.#queues[priority]);
            const sentAt = performance.now();
            const exchange = await attempt();
            this.#inFlight -= 1;
            const now = performance.now();
            const held = isRateLimited(exchange);
            this.#windows.learn(exchange, held, sentAt, now);
            if (exchange.kind === 'answer' && !held)
                this.#lastAnswer = now;
            // Not at once: whoever gets this answer may stop the run for it.
            setImmediate(() => {
                this.#pump();
            });
            if (!held)
                return exchange;
            onHeld();
        }
    }
    async #turn(queue) {
        const { promise, resolve: grant, reject: refuse } = Promise.withResolvers();
        queue.push({
            grant: () => {
                grant(undefined);
            },
            refuse,
        });
        this.#pump();
        await promise;
    }
    /** Grants turns as long as there is room; else sees to it that it is called again when there is. */
    #pump() {
        clearTimeout(this.#timer);
        const { concurrency, stop } = this.#options;
        for (;;) {
            if (stop.why !== undefined)
                this.#refuseAll(stop.starting.reason);
            const { overdue, revocation, look_up: lookUp, read } = this.#queues;
            const queue = [overdue, revocation, lookUp, read].find(({ length }) => length > 0);
            if (queue === undefined)
                return;
            const now = performance.now();
            this.#windows.forgetPast(now);
            if (queue !== overdue && this.#inFlight >= (this.#windows.alone ? 1 : concurrency))
                return;
            const next = this.#windows.next(now, this.#inFlight);
            if (next.kind === 'after_answers')
                return;
            if (now + next.wait > this.#lastAnswer + PATIENCE) {
                stop.stop(givenUp(next.wait, next.reason));
            }
            else if (this.#heldTime + next.wait > this.#mostHeld) {
                stop.stop(waitedTooLong(this.#mostHeld, next.reason));
            }
            else if (next.wait > 0) {
                this.#hold(now, next.wait, next.reason);
                return;
            }
            else {
                this.#heldTime += now - (this.#heldSince ?? now);
                this.#heldSince = undefined;
                this.#inFlight += 1;
                this.#windows.send(now);
                queue.shift()?.grant();
            }
        }
    }
    #refuseAll(reason) {
        for (const queue of Object.values(this.#queues))
            for (const { refuse } of queue.splice(0))
                refuse(reason);
    }
    #hold(now, length, reason) {
        if (now + length > this.#announcedUntil + 1) {
            this.#announcedUntil = this.#windows.hold(now, length, reason);
            this.#heldSince ??= now;
            const announced = this.#announcedUntil - now;
            const until = new Date(Date.now() + announced).toISOString().slice(11, 19);
            this.#options.log.info(`${REASONS[reason]}: waiting ${(0,quantity/* duration */.p0)(announced)}, until ${until} UTC.`);
        }
        this.#timer = setTimeout(() => {
            this.#pump();
        }, Math.ceil(this.#announcedUntil - now));
    }
}
function waitedTooLong(most, reason) {
    return {
        what: `${REASONS[reason]}, and this run has waited for it long enough (${(0,quantity/* duration */.p0)(most)} in all)`,
        remedy: RUN_LATER,
    };
}
function givenUp(length, reason) {
    return length > 0
        ? {
            what: `${REASONS[reason]} for another ${(0,quantity/* duration */.p0)(length)}, and a run waits at most ${(0,quantity/* duration */.p0)(PATIENCE)} without an answer other than 429`,
            remedy: RUN_LATER,
        }
        : {
            what: `No answer arrived for ${(0,quantity/* duration */.p0)(PATIENCE)}`,
            remedy: 'Check the network path from the runner to Cloudflare, and run the step again.',
        };
}

;// CONCATENATED MODULE: ../node_modules/is-network-error/index.js
const objectToString = Object.prototype.toString;

const isError = value => objectToString.call(value) === '[object Error]';

const errorMessages = new Set([
	'network error', // Chrome
	'NetworkError when attempting to fetch resource.', // Firefox
	'The Internet connection appears to be offline.', // Safari 16
	'Network request failed', // `cross-fetch`
	'fetch failed', // Undici (Node.js)
	'terminated', // Undici (Node.js)
	' A network error occurred.', // Bun (WebKit)
	'Network connection lost', // Cloudflare Workers (fetch)
]);

function isNetworkError(error) {
	const isValid = error
		&& isError(error)
		&& error.name === 'TypeError'
		&& typeof error.message === 'string';

	if (!isValid) {
		return false;
	}

	const {message, stack} = error;

	// Safari 17+ has generic message but no stack for network errors
	if (message === 'Load failed' || (message.startsWith('Load failed (') && message.endsWith(')'))) {
		return stack === undefined
			// Sentry adds its own stack trace to the fetch error, so also check for that
			|| '__sentry_captured__' in error;
	}

	// Deno network errors start with specific text
	if (message.startsWith('error sending request for url')) {
		return true;
	}

	// Chrome: exact "Failed to fetch" or with hostname: "Failed to fetch (example.com)"
	if (message === 'Failed to fetch' || (message.startsWith('Failed to fetch (') && message.endsWith(')'))) {
		return true;
	}

	// Standard network error messages
	return errorMessages.has(message);
}

;// CONCATENATED MODULE: ../node_modules/p-retry/index.js


function validateRetries(retries) {
	if (typeof retries === 'number') {
		if (retries < 0) {
			throw new TypeError('Expected `retries` to be a non-negative number.');
		}

		if (Number.isNaN(retries)) {
			throw new TypeError('Expected `retries` to be a valid number or Infinity, got NaN.');
		}

		// Not `Number.isSafeInteger`, which would reject a huge `retries`. That is accepted on purpose and behaves as effectively forever.
		// eslint-disable-next-line unicorn/prefer-number-is-safe-integer
		if (Number.isFinite(retries) && !Number.isInteger(retries)) {
			throw new TypeError('Expected `retries` to be a non-negative integer or Infinity.');
		}
	} else if (retries !== undefined) {
		throw new TypeError('Expected `retries` to be a number or Infinity.');
	}
}

function validateNumberOption(name, value, {allowInfinity = false} = {}) {
	if (typeof value !== 'number' || Number.isNaN(value)) {
		throw new TypeError(`Expected \`${name}\` to be a number${allowInfinity ? ' or Infinity' : ''}.`);
	}

	if (!allowInfinity && !Number.isFinite(value)) {
		throw new TypeError(`Expected \`${name}\` to be a finite number.`);
	}

	if (value < 0) {
		throw new TypeError(`Expected \`${name}\` to be \u{2265} 0.`);
	}
}

function validateOption(name, value, type) {
	// `null` means "not provided", as it does for the other options. `unref` needs this because it is the one option with no default of its own.
	if (value === undefined || value === null) {
		return;
	}

	if (typeof value !== type) {
		throw new TypeError(`Expected \`${name}\` to be a ${type}.`);
	}
}

function validateSignal(value) {
	// `null` means "not provided", as it does for the other options.
	if (value === undefined || value === null) {
		return;
	}

	// Duck typed rather than `instanceof`, so a signal from another realm still works. All three methods are checked because `removeEventListener` is called from inside a timer callback, where a `TypeError` would be an uncaught exception rather than a rejection the caller could catch.
	if (typeof value.throwIfAborted !== 'function'
		|| typeof value.addEventListener !== 'function'
		|| typeof value.removeEventListener !== 'function') {
		throw new TypeError('Expected `signal` to be an AbortSignal.');
	}
}

class AbortError extends Error {
	constructor(message) {
		super(typeof message === 'string' ? message : undefined);

		this.name = 'AbortError';

		if (message instanceof Error) {
			this.originalError = message;
			({message} = message);
		} else {
			// Created here, so it already captures every caller frame. Copying `this.stack` instead would only rewrite the header, which is rendered lazily from `name` and `message` at read time. It also stringifies a non-string message, so reuse its result below.
			this.originalError = new Error(message);
			({message} = this.originalError);

			// The caller sees this error, so the frame for this constructor is dropped where the runtime supports it. Left in, the top frame blames p-retry for an error the caller threw. An error the caller passed keeps its own stack, which points at their throw site already. V8-only, hence the lint exception, and the optional call leaves the stack as it is where it is missing.
			// eslint-disable-next-line unicorn/no-nonstandard-builtin-properties
			Error.captureStackTrace?.(this.originalError, AbortError);
		}

		this.message = message;
	}
}

// `setTimeout` cannot represent a longer delay and fires it right away instead, which turns a long backoff into a tight retry loop. Cap at the largest value it can still hold.
const maximumDelay = (2 ** 31) - 1;

function calculateDelay(retriesConsumed, options) {
	// Nothing to wait for, and multiplying by a factor that has grown to `Infinity` would give `NaN`.
	if (options.minTimeout === 0) {
		return 0;
	}

	// `retriesConsumed` starts at 0 and only ever counts up, so the first retry is already attempt 1.
	const attempt = retriesConsumed + 1;
	const random = options.randomize ? (Math.random() + 1) : 1;

	const timeout = Math.round(random * options.minTimeout * (options.factor ** (attempt - 1)));

	// `maxTimeout` rounds up, so a fractional cap still gives a whole number of milliseconds. Rounding down would turn a cap below 1 into no timer at all, which never yields to the event loop. `Math.ceil(Infinity)` is `Infinity`.
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
		// Registered with `once`, so it removes itself when it fires.
		const onAbort = () => {
			clearTimeout(timeoutToken);
			reject(options.signal.reason);
		};

		const timeoutToken = setTimeout(() => {
			options.signal?.removeEventListener('abort', onAbort);
			resolve();
		}, delay);

		if (options.unref) {
			timeoutToken.unref?.();
		}

		options.signal?.addEventListener('abort', onAbort, {once: true});
	});
}

// Stringifying a thrown value can itself throw, for an object with no usable `toString`. That must never be allowed to replace the failure the caller is actually dealing with.
//
// A thrown value whose own accessors or proxy traps throw is not supported, here or anywhere else. It comes from the caller's own code, so it is not something to defend against.
function stringifyThrownValue(value) {
	try {
		return String(value);
	} catch {
		return Object.prototype.toString.call(value);
	}
}

// `AbortError` wraps the error the caller actually wants, and the wrappers can be nested, so keep unwrapping until the cause is reached. Otherwise an `AbortError` would escape `pRetry` and a `catch` doing `error instanceof AbortError` would read a real failure as a cancellation.
//
// Two wrappers whose `originalError` points at each other are not supported, like the thrown values above.
function unwrapAbortError(error) {
	let cause = error;

	// A wrapper with no error to unwrap to is the cause as far as it goes.
	while (cause instanceof AbortError && cause.originalError instanceof Error) {
		cause = cause.originalError;
	}

	return cause;
}

async function onAttemptFailure({error, attemptNumber, retriesConsumed, startTime, options}) {
	// The signal is checked after the operation and after every callback, so a cancellation is never reported as an operation failure or a callback's decision, and no callback runs after it. The last check also guards the delay, whose abort listener never fires on a signal that is already aborted.
	const abortIfNeeded = () => {
		options.signal?.throwIfAborted();
	};

	const normalizedError = error instanceof Error
		? error
		: new TypeError(`Non-error was thrown: "${stringifyThrownValue(error)}". You should only throw errors.`);

	// Checked before unwrapping an `AbortError`, because the reason a caller aborted with is final. Unwrapping it would replace the reason they chose with whatever is inside it, and it would also let an `AbortError` from the operation outrank a cancellation the caller asked for.
	abortIfNeeded();

	if (normalizedError instanceof AbortError) {
		throw unwrapAbortError(normalizedError);
	}

	// `retriesConsumed` only ever advances while `retriesLeft` is above 0, so this is never negative. `Infinity` minus a finite count is `Infinity`, so an unlimited budget needs no special case.
	const retriesLeft = options.retries - retriesConsumed;

	// A `TypeError` normally means the operation itself is broken rather than the thing it was trying to reach, so retrying it does not help. A network `TypeError` is the exception, and its message differs per runtime, so it has to be recognised rather than assumed.
	const isRetriableError = !(normalizedError instanceof TypeError) || isNetworkError(normalizedError);

	// Out of time already, out of retries, or a failure that is never retried, so the delay is 0 and the callbacks are told that no retry follows. Only computed when a retry can still follow, so a randomized delay does not draw from `Math.random` for a wait that is never taken.
	const timeLeft = calculateRemainingTime(startTime, options.maxRetryTime);
	const delayTime = isRetriableError && timeLeft > 0 && retriesLeft > 0 ? calculateDelay(retriesConsumed, options) : 0;

	const consumeRetryContext = Object.freeze({
		error: normalizedError,
		attemptNumber,
		retriesLeft,
		retriesConsumed,
		retryDelay: delayTime,
	});

	// No answer means no opinion, so fall back to the default. Treating it as `false` instead would leave `retries` uncounted and let the loop run forever.
	const consumeRetry = (await options.shouldConsumeRetry(consumeRetryContext)) ?? true;

	abortIfNeeded();

	const effectiveDelay = consumeRetry ? delayTime : 0;
	const context = Object.freeze({
		error: normalizedError,
		attemptNumber,
		retriesLeft,
		retriesConsumed,
		retryDelay: effectiveDelay,
	});

	await options.onFailedAttempt(context);

	abortIfNeeded();

	const remainingTime = calculateRemainingTime(startTime, options.maxRetryTime);

	// No time or budget left, or a failure that retrying cannot help with.
	if (
		!isRetriableError
		|| remainingTime <= 0
		|| retriesLeft <= 0
	) {
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
	options = {...options};

	// Applied before validating, so that `null` means "not provided" here as it does for every other option.
	options.retries ??= 10;

	validateRetries(options.retries);

	if (Object.hasOwn(options, 'forever')) {
		throw new Error('The `forever` option is no longer supported. For many use-cases, you can set `retries: Infinity` instead.');
	}

	options.factor ??= 2;
	options.minTimeout ??= 1000;
	options.maxTimeout ??= Infinity;
	options.maxRetryTime ??= Infinity;
	options.randomize ??= false;
	options.onFailedAttempt ??= () => {};
	options.shouldRetry ??= () => true;
	options.shouldConsumeRetry ??= () => true;

	// Validate the options that have a runtime type to check.
	validateOption('onFailedAttempt', options.onFailedAttempt, 'function');
	validateOption('shouldRetry', options.shouldRetry, 'function');
	validateOption('shouldConsumeRetry', options.shouldConsumeRetry, 'function');
	validateOption('randomize', options.randomize, 'boolean');
	validateOption('unref', options.unref, 'boolean');
	validateSignal(options.signal);
	validateNumberOption('factor', options.factor);
	validateNumberOption('minTimeout', options.minTimeout);
	validateNumberOption('maxTimeout', options.maxTimeout, {allowInfinity: true});
	validateNumberOption('maxRetryTime', options.maxRetryTime, {allowInfinity: true});

	// A negative factor is rejected above, so this only catches `0`. Treat it as `1` to keep the delay constant instead of dropping to zero after the first retry.
	if (options.factor === 0) {
		options.factor = 1;
	}

	options.signal?.throwIfAborted();

	let attemptNumber = 0;
	let retriesConsumed = 0;
	const startTime = performance.now();

	// A consumed count is always finite, so `Infinity` keeps this true and needs no special case.
	while (retriesConsumed <= options.retries) {
		attemptNumber++;

		try {
			options.signal?.throwIfAborted();

			const result = await input(attemptNumber);

			options.signal?.throwIfAborted();

			return result;
		} catch (error) {
			if (await onAttemptFailure({
				error,
				attemptNumber,
				retriesConsumed,
				startTime,
				options,
			})) {
				retriesConsumed++;
			}
		}
	}

	// Unreachable: `onAttemptFailure` throws once `retriesLeft` reaches 0, which is the same state the loop condition tests, so the loop is always left by a throw. Kept as a guard against a future change to either side breaking that pairing.
	throw new Error('Retry attempts exhausted without throwing an error.');
}

function makeRetriable(function_, options) {
	return function (...arguments_) {
		return pRetry(() => function_.apply(this, arguments_), options);
	};
}

;// CONCATENATED MODULE: ../src/runner/run-stop.ts
/** Milliseconds that a cancelled run grants the requests in flight; the runner sends SIGTERM after 7.5 s. */
const GRACE = 5_000;
/** Thrown by whatever was waiting for its turn when the run was stopped. */
class Stopped extends Error {
    why;
    constructor(why) {
        super(why.what);
        this.why = why;
    }
}
/** Ends a run early: nothing new starts, and what is not done is skipped. */
class RunStop {
    #starting = new AbortController();
    #waiting = new AbortController();
    #why;
    /** Why the run was stopped; undefined while it goes on. */
    get why() {
        return this.#why;
    }
    /** Aborted, with a {@link Stopped}, as soon as nothing new may start. */
    get starting() {
        return this.#starting.signal;
    }
    /** Aborted as soon as answers are no longer waited for. */
    get waiting() {
        return this.#waiting.signal;
    }
    /** Lets nothing new start; what is in flight may finish. The first reason is the one that is told. */
    stop(why) {
        if (this.#why !== undefined)
            return;
        this.#why = why;
        this.#starting.abort(new Stopped(why));
    }
    /** The same for somebody who cannot wait long: what is in flight has five seconds to finish. */
    cancel(why) {
        this.stop(why);
        setTimeout(() => {
            this.#waiting.abort();
        }, GRACE).unref();
    }
}

;// CONCATENATED MODULE: ../src/cloudflare/version.ts
/** The version of this action, sent to Cloudflare in `User-Agent`; a test holds it equal to package.json. */
const VERSION = '1.0.0';

;// CONCATENATED MODULE: ../src/cloudflare/client.ts






/** Milliseconds before the second attempt; each further one waits twice as long, plus up to as much again. */
const FIRST_BACKOFF = 500;
const LONGEST_BACKOFF = 30_000;
/** Makes calls to Cloudflare's API: with the credential, at the run's pace, and again where a failure may pass. */
class Client {
    #options;
    constructor(options) {
        this.#options = options;
    }
    /** Makes the call. It never throws for what Cloudflare or the network does. */
    async call(request) {
        const { credential, maxAttempts, queue, stop, log } = this.#options;
        const http = this.#http(request);
        let attempts = 0;
        let sent = false;
        let last;
        const attempt = async () => {
            const exchange = await queue.send(async () => this.#exchange(http, request.path, attempts + 1), () => {
                sent = true;
            }, request.priority ?? 'read');
            attempts += 1;
            last = readAnswer(exchange, request, credential);
            if (last.kind === 'problem' && last.problem.reach === 'transient')
                throw new TransientFailure(last.problem);
            return last;
        };
        try {
            const answer = await pRetry(attempt, {
                retries: maxAttempts - 1,
                minTimeout: FIRST_BACKOFF,
                maxTimeout: LONGEST_BACKOFF,
                randomize: true,
                signal: stop.starting,
                shouldRetry: ({ error }) => error instanceof TransientFailure,
                onFailedAttempt: ({ error, retriesLeft, retryDelay }) => {
                    if (!(error instanceof TransientFailure) || retriesLeft === 0)
                        return;
                    const next = `attempt ${attempts} of ${maxAttempts} failed, trying again in ${(retryDelay / 1_000).toFixed(1)} s`;
                    log.info(`${request.about}: ${next}. ${error.message}.`);
                },
            });
            return { ...answer, attempts };
        }
        catch (error) {
            if (error instanceof TransientFailure)
                return { kind: 'problem', problem: error.problem, attempts };
            if (!(error instanceof Stopped))
                throw error;
            // Whatever ended the attempts, an answer that arrived is what counts.
            return last === undefined ? { kind: 'stopped', why: error.why, sent, attempts } : { ...last, attempts };
        }
    }
    /** One attempt, with a line for whoever looks into the step with debugging on. */
    async #exchange(http, path, attempt) {
        const start = performance.now();
        const exchange = await this.#options.http.attempt(http, this.#options.stop.waiting);
        const outcome = exchange.kind === 'answer'
            ? `${exchange.status}, ray ID ${exchange.headers['cf-ray']?.toString() ?? 'none'}`
            : `no answer (${[exchange.cause, exchange.code].filter(Boolean).join(' ')})`;
        const took = `${Math.round(performance.now() - start)} ms, attempt ${attempt}, new connection`;
        // The query stands apart, for the mask of an address in it takes everything before that is no space.
        this.#options.log.debug(`${http.method} ${path.replace('?', ' ?')}: ${outcome}, ${took}`);
        return exchange;
    }
    #http({ method, path, body }) {
        const { baseUrl, credential } = this.#options;
        return {
            method,
            url: `${baseUrl}${path}`,
            headers: {
                accept: 'application/json',
                'user-agent': `revoke-cloudflare-access/${VERSION}`,
                ...credentialHeaders(credential),
                ...(body !== undefined && { 'content-type': 'application/json' }),
            },
            ...(body !== undefined && { body: JSON.stringify(body) }),
        };
    }
}
/** An attempt failed in a way that may pass. */
class TransientFailure extends Error {
    problem;
    constructor(problem) {
        super((0,cloudflare_problem/* happening */.$S)(problem));
        this.problem = problem;
    }
}

;// CONCATENATED MODULE: ../src/cloudflare/fields.ts

/** What is of another type than Cloudflare describes, or empty, is not known. */
const Text = valibot/* fallback */.Np(valibot/* optional */.lq(valibot/* pipe */.Fs(valibot/* string */.Yj(), valibot/* nonEmpty */.hq())), undefined);
/** The same for what is true or false. */
const Flag = valibot/* fallback */.Np(valibot/* optional */.lq(valibot/* boolean */.zM()), undefined);
/** A count; one that is negative or not a whole number is not known. */
const Count = valibot/* fallback */.Np(valibot/* optional */.lq(valibot/* pipe */.Fs(valibot/* number */.ai(), valibot/* integer */.nd(), valibot/* minValue */.Ww(0))), undefined);

;// CONCATENATED MODULE: ../src/cloudflare/access-user.ts


/**
 * A user as the organization knows it (Cloudflare API reference, "access/users"); what matters here of it. Cloudflare
 * promises neither `id` nor `email`, but without them nothing can be verified, so a record that lacks one is unreadable.
 */
const AccessUser = valibot/* object */.Ik({
    id: valibot/* pipe */.Fs(valibot/* string */.Yj(), valibot/* nonEmpty */.hq()),
    uid: Text,
    email: valibot/* string */.Yj(),
    seat_uid: Text,
    access_seat: Flag,
    gateway_seat: Flag,
    active_device_count: Count,
    /** ISO 8601. */
    last_successful_login: Text,
});

;// CONCATENATED MODULE: ../src/cloudflare/list-pages.ts



/** What Cloudflare serves by default, and the most it is asked for. */
const PER_PAGE = 1_000;
/** Pages that are read at the most. */
const MOST_PAGES = 100;
const PageInfo = valibot/* fallback */.Np(valibot/* object */.Ik({ count: Count, per_page: Count, total_count: Count }), {
    count: undefined,
    per_page: undefined,
    total_count: undefined,
});
/** Where a list goes on (Cloudflare API reference, "result_info" of lists with a cursor). */
const CursorInfo = valibot/* fallback */.Np(valibot/* object */.Ik({
    cursor: valibot/* fallback */.Np(valibot/* nullish */.cl(valibot/* string */.Yj()), undefined),
    count: Count,
    per_page: Count,
    total_count: Count,
}), { cursor: undefined, count: undefined, per_page: undefined, total_count: undefined });
/**
 * Reads all pages of a list. A list of which a part is missing proves nothing, so it is a failed read.
 *
 * Servers may cap pages, and Cloudflare's description has no number of pages. All was read when as many different
 * records came as `total_count` says; without it, when a page came empty. A short page alone proves nothing.
 *
 * @param read - asks for a page, the first being 1; `result` may be null where it would be empty
 * @param keyOf - what tells records from each other
 */
async function allPages(read, keyOf, { mostPages = MOST_PAGES, keep = () => true } = {}) {
    const seen = new Set();
    const kept = new Map();
    let attempts = 0;
    for (let page = 1; page <= mostPages; page += 1) {
        const call = await read(page, PER_PAGE);
        attempts += call.attempts;
        if (call.kind !== 'result')
            return { ...call, attempts };
        const records = call.result ?? [];
        const before = seen.size;
        for (const record of records) {
            seen.add(keyOf(record));
            if (keep(record))
                kept.set(keyOf(record), record);
        }
        const { total_count: total } = valibot/* parse */.qg(PageInfo, call.resultInfo);
        if (total === undefined ? records.length === 0 : seen.size >= total) {
            return { ...call, result: [...kept.values()], attempts };
        }
        // The server does not go on, or tells the same page again.
        if (seen.size === before)
            break;
        if (total !== undefined && total > records.length * mostPages)
            break;
    }
    return notWhole(seen.size, attempts);
}
/**
 * Reads a list that goes on where a cursor points to, by the same rule: what was not read completely was not read.
 * It is complete when there is no further cursor; a full page without a word of one proves nothing.
 *
 * @param read - asks for what follows a cursor; undefined for the beginning
 * @param keyOf - what tells records from each other
 */
async function allAfterCursors(read, keyOf) {
    const found = new Map();
    const cursors = new Set();
    let cursor;
    let attempts = 0;
    while (cursors.size < MOST_PAGES) {
        const call = await read(cursor);
        attempts += call.attempts;
        if (call.kind !== 'result')
            return { ...call, attempts };
        const records = call.result ?? [];
        for (const record of records)
            found.set(keyOf(record), record);
        const info = valibot/* parse */.qg(CursorInfo, call.resultInfo);
        const { cursor: next, count = 0, per_page: perPage = Infinity, total_count: total = 0 } = info;
        if (next === undefined || next === null || next === '') {
            const silent = next === undefined && records.length >= perPage;
            const whole = records.length >= count && found.size >= total && !silent;
            return whole ? { ...call, result: [...found.values()], attempts } : notWhole(found.size, attempts);
        }
        if (cursors.has(next))
            break;
        cursors.add(next);
        cursor = next;
    }
    return notWhole(found.size, attempts);
}
/** The records of a list that has one page and none to ask for; if it says that there are more, the read failed. */
function onlyPage(call) {
    if (call.kind !== 'result')
        return call;
    const result = call.result ?? [];
    const { count = 0, per_page: perPage = Infinity, total_count: total } = valibot/* parse */.qg(PageInfo, call.resultInfo);
    const whole = result.length >= Math.max(count, total ?? 0) && (total !== undefined || result.length < perPage);
    return whole ? { ...call, result } : notWhole(result.length, call.attempts);
}
function notWhole(read, attempts) {
    return {
        kind: 'problem',
        problem: (0,cloudflare_problem/* ownProblem */.O3)(`One of Cloudflare's lists could not be read completely; it ended after ${read} records`, 'Run the step again. If this keeps happening, contact Cloudflare support.'),
        attempts,
    };
}

;// CONCATENATED MODULE: ../src/cloudflare/registration.ts


/**
 * A device registration (Cloudflare API reference, "devices/registrations"): it ties a user to a device, and stays until
 * it is revoked or deleted. What cannot be read is undefined, so that a registration counts as active in case of doubt.
 */
const Registration = valibot/* pipe */.Fs(valibot/* object */.Ik({
    id: valibot/* pipe */.Fs(valibot/* string */.Yj(), valibot/* nonEmpty */.hq()),
    device: valibot/* fallback */.Np(valibot/* object */.Ik({ name: Text }), { name: undefined }),
    user: valibot/* fallback */.Np(valibot/* object */.Ik({ id: Text, email: Text }), { id: undefined, email: undefined }),
    registration_type: Text,
    created_at: Text,
    revoked_at: Text,
    deleted_at: Text,
}), valibot/* transform */.pd(({ id, device, user, registration_type: type, created_at, revoked_at, deleted_at }) => ({
    id,
    /** Of the device; undefined if it has none. */
    name: device.name,
    type,
    owner: user,
    /** Milliseconds since the epoch. */
    createdAt: timeOf(created_at),
    revokedAt: timeOf(revoked_at),
    deletedAt: timeOf(deleted_at),
})));
function timeOf(text) {
    const time = Date.parse(text ?? '');
    return Number.isNaN(time) ? undefined : time;
}

;// CONCATENATED MODULE: ../src/cloudflare/seat.ts


/** A Zero Trust seat, as the answer to its change shows it (Cloudflare API reference, "access/seats"). */
const Seat = valibot/* object */.Ik({
    seat_uid: valibot/* fallback */.Np(valibot/* optional */.lq(valibot/* string */.Yj()), undefined),
    access_seat: Flag,
    gateway_seat: Flag,
});

;// CONCATENATED MODULE: ../src/cloudflare/session.ts

/**
 * A session (Cloudflare API reference, "active_sessions"): when it was issued, in Unix seconds, and what tells it from
 * others. What cannot be read is undefined.
 */
const Session = valibot/* pipe */.Fs(valibot/* fallback */.Np(valibot/* object */.Ik({
    name: valibot/* fallback */.Np(valibot/* optional */.lq(valibot/* string */.Yj()), undefined),
    metadata: valibot/* fallback */.Np(valibot/* object */.Ik({
        iat: valibot/* fallback */.Np(valibot/* optional */.lq(valibot/* pipe */.Fs(valibot/* number */.ai(), valibot/* integer */.nd())), undefined),
        nonce: valibot/* fallback */.Np(valibot/* optional */.lq(valibot/* string */.Yj()), undefined),
    }), {}),
}), { metadata: {} }), valibot/* transform */.pd(({ name, metadata: { iat, nonce } }) => ({ key: nonce ?? name, iat })));

;// CONCATENATED MODULE: ../src/cloudflare/endpoints.ts






/** The shape of the answer of the two token verify endpoints (Cloudflare API reference). Times are ISO 8601. */
const TokenStatus = valibot/* object */.Ik({
    status: valibot/* string */.Yj(),
    not_before: valibot/* optional */.lq(valibot/* string */.Yj()),
    expires_on: valibot/* optional */.lq(valibot/* string */.Yj()),
});
const UserDetails = valibot/* object */.Ik({ id: valibot/* string */.Yj() });
/** The account permissions, by the names that the API has for them. */
const REVOKE = 'Access: Organizations Revoke';
const READ_USERS = 'Access: Audit Logs Read';
const READ_DEVICES = 'Zero Trust Read';
const WRITE_SEATS = 'Zero Trust: Seats Write';
/** What calls that concern no user are about, for the log. */
const CREDENTIAL = 'The check of the credential';
/** Cloudflare's API: one thin method per endpoint. No method throws for what Cloudflare or the network does. */
class Endpoints {
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
        // The reference documents `devices` in the query and in the body, so both carry it.
        const query = user.devices ? '?devices=true' : '';
        const body = {
            email: user.email,
            ...(user.userUid !== undefined && { user_uid: user.userUid }),
            ...(user.devices && { devices: true }),
            ...(user.warpSessionReauth && { warp_session_reauth: true }),
        };
        const path = `${this.#base}/access/organizations/revoke_user${query}`;
        return this.#client.call({
            method: 'POST',
            path,
            body,
            result: valibot/* boolean */.zM(),
            about: user.email,
            priority,
            permission: REVOKE,
        });
    }
    /** Asks whether the API token is active; the endpoint has to fit who owns the token. */
    async verifyToken(owner) {
        const path = `${owner === 'user' ? '/user' : this.#base}/tokens/verify`;
        return this.#client.call({ method: 'GET', path, result: TokenStatus, about: CREDENTIAL });
    }
    /** Asks for the user that a Global API key belongs to. */
    async userDetails() {
        return this.#client.call({ method: 'GET', path: '/user', result: UserDetails, about: CREDENTIAL });
    }
    /**
     * Lists users, all pages. Accounts only; permission: "Access: Audit Logs Read".
     *
     * @param about - the user on whose behalf, or a phrase, for the log
     */
    async users(filter, about, options = {}) {
        return allPages(async (page, perPage) => {
            const query = new URLSearchParams({ ...filter, page: `${page}`, per_page: `${perPage}` });
            return this.#client.call({
                method: 'GET',
                path: `${this.#base}/access/users?${query.toString()}`,
                result: valibot/* nullable */.me(valibot/* array */.YO(AccessUser)),
                about,
                priority: 'look_up',
                permission: READ_USERS,
            });
        }, ({ id }) => id, options);
    }
    /** Lists the sessions of a user that are active. Accounts only; permission: "Access: Audit Logs Read". */
    async activeSessions(id, about, priority) {
        const path = `${this.#base}/access/users/${encodeURIComponent(id)}/active_sessions`;
        const result = valibot/* nullable */.me(valibot/* array */.YO(Session));
        return onlyPage(await this.#client.call({ method: 'GET', path, result, about, priority, permission: READ_USERS }));
    }
    /**
     * Lists the device registrations of users, all pages. Accounts and API tokens only. Cloudflare documents no
     * permission; "Zero Trust Read" is the group that covers devices.
     *
     * @param userIds - of all the users; the server serves them by pages of a size of its own
     */
    async registrations(userIds, status, about) {
        return allAfterCursors(async (cursor) => {
            const query = new URLSearchParams(userIds.map((id) => ['user.id', id]));
            query.set('status', status);
            if (cursor !== undefined)
                query.set('cursor', cursor);
            return this.#client.call({
                method: 'GET',
                path: `${this.#base}/devices/registrations?${query.toString()}`,
                result: valibot/* nullable */.me(valibot/* array */.YO(Registration)),
                about,
                // Those that are active are read before the revocation.
                priority: status === 'active' ? 'look_up' : 'read',
                permission: READ_DEVICES,
            });
        }, ({ id }) => id);
    }
    /**
     * Frees seats: neither Access nor Gateway keeps them. It deletes all device registrations of their users, and keeps
     * nobody from taking a seat again (Cloudflare One docs, "Seat management"). Accounts only; permission: "Zero Trust:
     * Seats Write".
     */
    async freeSeats(seatUids, about) {
        const body = seatUids.map((uid) => ({ seat_uid: uid, access_seat: false, gateway_seat: false }));
        const path = `${this.#base}/access/seats`;
        const result = valibot/* nullable */.me(valibot/* array */.YO(Seat));
        const call = await this.#client.call({
            method: 'PATCH',
            path,
            body,
            result,
            about,
            permission: WRITE_SEATS,
        });
        return call.kind === 'result' ? { ...call, result: call.result ?? [] } : call;
    }
    get #base() {
        return `/${this.#target.type}s/${this.#target.id}`;
    }
}

;// CONCATENATED MODULE: external "node:https"
const external_node_https_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:https");
;// CONCATENATED MODULE: ../src/cloudflare/http-exchange.ts




/** Far above any answer of the endpoints used here; a body beyond it is no answer. In bytes. */
const MAX_BODY = 4 * 1024 * 1024;
const Coded = valibot/* fallback */.Np(valibot/* object */.Ik({ code: valibot/* optional */.lq(valibot/* string */.Yj()) }), {});
/**
 * Sends requests over HTTP, one attempt each. Proxies (`HTTPS_PROXY`, `NO_PROXY`) are those of the runner.
 *
 * `HttpClient.requestRaw` is used instead of its `post` and `postJson`, because those follow redirects with the
 * credential attached, hide the headers of errors, and never settle when a body ends midway.
 */
class HttpExchanger {
    #timeout;
    #client;
    /** @param timeout - milliseconds for one attempt as a whole, from connecting to the last byte of the body */
    constructor(timeout) {
        this.#timeout = timeout;
        // Every exchange has a connection of its own: on one that is kept alive, a late or surplus answer to the request
        // before would be taken for the answer to the next. The client's own idle timeout must never end an attempt.
        this.#client = new HttpClient(undefined, [], { keepAlive: false, socketTimeout: timeout * 2 });
    }
    /**
     * Makes one attempt. It never throws, and it ends in time, whatever the server or a proxy does.
     *
     * @param cancelled - gives up waiting for the answer
     */
    async attempt(request, cancelled) {
        const aborter = new AbortController();
        const { promise: givenUp, resolve } = Promise.withResolvers();
        const giveUp = (cause) => {
            resolve({ kind: 'no_answer', cause });
            aborter.abort();
        };
        const onCancelled = () => {
            giveUp('cancelled');
        };
        const timer = setTimeout(() => {
            giveUp('timeout');
        }, this.#timeout);
        cancelled?.addEventListener('abort', onCancelled, { once: true });
        if (cancelled?.aborted === true)
            onCancelled();
        try {
            // A race, since aborting is not enough: a proxy that never answers CONNECT leaves the request pending.
            return await Promise.race([givenUp, this.#send(request, aborter.signal)]);
        }
        finally {
            clearTimeout(timer);
            cancelled?.removeEventListener('abort', onCancelled);
        }
    }
    async #send(request, signal) {
        try {
            const url = new URL(request.url);
            const options = {
                method: request.method,
                host: url.hostname.replace(/^\[|\]$/g, ''),
                ...(url.port !== '' && { port: url.port }),
                path: `${url.pathname}${url.search}`,
                headers: { ...request.headers },
                agent: this.#client.getAgent(request.url),
                signal,
                rejectUnauthorized: true,
            };
            const httpModule = url.protocol === 'https:' ? external_node_https_namespaceObject : external_node_http_namespaceObject;
            const { message } = await this.#client.requestRaw({ parsedUrl: url, httpModule, options }, request.body ?? '');
            const body = await wholeBody(message);
            if (body === undefined)
                return { kind: 'no_answer', cause: 'too_large' };
            const { statusCode: status = 0 } = message;
            return { kind: 'answer', status, headers: message.headers, body, receivedAt: performance.now() };
        }
        catch (error) {
            const code = errorCode(error);
            return { kind: 'no_answer', cause: 'network', ...(code !== undefined && { code }) };
        }
    }
}
/** @throws the socket's error when the connection ends before the body does. */
async function wholeBody(body) {
    const chunks = [];
    let size = 0;
    for await (const chunk of body) {
        size += chunk.length;
        if (size > MAX_BODY)
            return undefined;
        chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString('utf8');
}
function errorCode(error) {
    // By its shape, since the errors of sockets can come from another realm.
    return valibot/* parse */.qg(Coded, error).code;
}

;// CONCATENATED MODULE: ../src/runner/heap.ts
/**
 * How V8 grows its heap: the space for new objects not at all, and the one for old objects by half at a time. By default
 * both are doubled and more while calls follow each other fast, so that the garbage of 10,000 users takes far more memory
 * than the users themselves.
 */
const FLAGS = ['--semi-space-growth-factor=1', '--heap-growing-percent=50'];
/**
 * Lets a run through a long list take less memory: V8 collects garbage earlier instead of growing its heap. An action
 * cannot choose the options that Node starts with, and V8 looks at these two each time it resizes the heap.
 */
function keepHeapSmall() {
    // Not by an import, which would cost every start the time to load it.
    const { setFlagsFromString } = process.getBuiltinModule('node:v8');
    for (const flag of FLAGS)
        setFlagsFromString(flag);
}

;// CONCATENATED MODULE: ../src/revocation/call-plan.ts

/** With more due users than this, evidence from before the revocation is left out where it costs a call a user. */
const call_plan_SHORT_LIST = 100;
/** Milliseconds before the sessions are first read: on a long list when most of them are gone. */
const FIRST_PAUSE = 1_000;
const FIRST_PAUSE_OF_LONG_LIST = 20_000;
/**
 * Milliseconds in which the reads of several users' devices are gathered into one call: long enough for a dozen of them
 * where calls go one by one.
 */
const GATHERING = 5_000;
/** Plans the calls for so many due users. */
function planCalls(due, options) {
    const isLong = due > call_plan_SHORT_LIST;
    const sessions = (0,inputs_options/* provesSessions */.PI)(options);
    const devices = (0,inputs_options/* provesDevices */.fl)(options);
    const least = 1 + ((0,inputs_options/* looksUp */.SZ)(options) ? 1 : 0) + (sessions ? 1 : 0) + (options.removeSeat ? 1 : 0) + (devices ? 2 : 0);
    return {
        isLong,
        firstPause: isLong ? FIRST_PAUSE_OF_LONG_LIST : FIRST_PAUSE,
        gatherFor: isLong ? GATHERING : 0,
        // Sessions before, further letter cases, and a few more reads.
        mostCalls: due * (least + (sessions ? 5 : 0)),
        callsSingly: due * least,
    };
}

;// CONCATENATED MODULE: ../src/revocation/connection.ts






/**
 * Sets up the calls of one run.
 *
 * @param due - how many users are due
 */
function connect({ options, credential }, due, stop, log) {
    const { baseUrl, target, maxAttempts, requestTimeout, concurrency } = options;
    const plan = planCalls(due, options);
    if (plan.isLong)
        keepHeapSmall();
    const queue = new CallQueue({ concurrency, calls: plan.mostCalls, stop, log });
    const http = new HttpExchanger(requestTimeout);
    const client = new Client({ baseUrl: baseUrl.href, credential, maxAttempts, http, queue, stop, log });
    return { endpoints: new Endpoints(client, target), queue, stop, plan, options };
}

;// CONCATENATED MODULE: ../node_modules/yocto-queue/index.js
/*
How it works:
`this.#head` is an instance of `Node` which keeps track of its current value and nests another instance of `Node` that keeps the value that comes after it. When a value is provided to `.enqueue()`, the code needs to iterate through `this.#head`, going deeper and deeper to find the last value. However, iterating through every single item is slow. This problem is solved by saving a reference to the last value as `this.#tail` so that it can reference it to add a new value.
*/

class Node {
	value;
	next;

	constructor(value) {
		this.value = value;
	}
}

class Queue {
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

		// Clean up tail reference when queue becomes empty
		if (!this.#head) {
			this.#tail = undefined;
		}

		return current.value;
	}

	peek() {
		if (!this.#head) {
			return;
		}

		return this.#head.value;

		// TODO: Node.js 18.
		// return this.#head?.value;
	}

	clear() {
		this.#head = undefined;
		this.#tail = undefined;
		this.#size = 0;
	}

	get size() {
		return this.#size;
	}

	* [Symbol.iterator]() {
		let current = this.#head;

		while (current) {
			yield current.value;
			current = current.next;
		}
	}

	* drain() {
		while (this.#head) {
			yield this.dequeue();
		}
	}
}

;// CONCATENATED MODULE: ../node_modules/p-limit/index.js


function pLimit(concurrency) {
	let rejectOnClear = false;

	if (typeof concurrency === 'object') {
		({concurrency, rejectOnClear = false} = concurrency);
	}

	validateConcurrency(concurrency);

	if (typeof rejectOnClear !== 'boolean') {
		throw new TypeError('Expected `rejectOnClear` to be a boolean');
	}

	const queue = new Queue();
	let activeCount = 0;

	const resumeNext = () => {
		// Process the next queued function if we're under the concurrency limit
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
		// Execute the function and capture the result promise
		const result = (async () => function_(...arguments_))();

		// Resolve immediately with the promise (don't wait for completion)
		resolve(result);

		// Wait for the function to complete (success or failure)
		// We catch errors here to prevent unhandled rejections,
		// but the original promise rejection is preserved for the caller
		try {
			await result;
		} catch {}

		// Decrement active count and process next queued function
		next();
	};

	const enqueue = (function_, resolve, reject, arguments_) => {
		const queueItem = {reject};

		// Queue the internal resolve function instead of the run function
		// to preserve the asynchronous execution context.
		new Promise(internalResolve => { // eslint-disable-line promise/param-names
			queueItem.run = internalResolve;
			queue.enqueue(queueItem);
		}).then(run.bind(undefined, function_, resolve, arguments_)); // eslint-disable-line promise/prefer-await-to-then

		// Start processing immediately if we haven't reached the concurrency limit
		if (activeCount < concurrency) {
			resumeNext();
		}
	};

	const generator = (function_, ...arguments_) => new Promise((resolve, reject) => {
		enqueue(function_, resolve, reject, arguments_);
	});

	Object.defineProperties(generator, {
		activeCount: {
			get: () => activeCount,
		},
		pendingCount: {
			get: () => queue.size,
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
			},
		},
		concurrency: {
			get: () => concurrency,

			set(newConcurrency) {
				validateConcurrency(newConcurrency);
				concurrency = newConcurrency;

				queueMicrotask(() => {
					// eslint-disable-next-line no-unmodified-loop-condition
					while (activeCount < concurrency && queue.size > 0) {
						resumeNext();
					}
				});
			},
		},
		map: {
			async value(iterable, function_) {
				const promises = [];

				try {
					Array.from(iterable, (value, index) => {
						const promise = generator(function_, value, index);
						promises.push(promise);
						return promise;
					});
				} catch (error) {
					// The iterable threw, so `Promise.all` never observes the already scheduled promises. Observe them here to avoid unhandled rejections.
					for (const promise of promises) {
						promise.catch(() => {}); // eslint-disable-line promise/prefer-await-to-then
					}

					throw error;
				}

				return Promise.all(promises);
			},
		},
	});

	return generator;
}

function limitFunction(function_, options) {
	const limit = pLimit(options);

	const limitedFunction = (...arguments_) => limit(() => function_(...arguments_));
	Object.defineProperty(limitedFunction, 'clearQueue', {
		value: limit.clearQueue,
	});

	return limitedFunction;
}

function validateConcurrency(concurrency) {
	if (!((Number.isInteger(concurrency) || concurrency === Number.POSITIVE_INFINITY) && concurrency > 0)) {
		throw new TypeError('Expected `concurrency` to be a number from 1 and up');
	}
}

// EXTERNAL MODULE: ../node_modules/p-map/index.js
var p_map = __nccwpck_require__(356);
;// CONCATENATED MODULE: ../src/revocation/revoke-all.ts



/** Users who are waited for at once: more would take memory, and get no answer sooner. */
const MOST_WAITED_FOR = 500;
/**
 * Sees to all users who are due: the first alone, then several at once. A failure that would hit everybody stops the
 * run; any other concerns its user alone.
 */
async function revokeAll(due, options) {
    const { revokeOne, concurrency, stop, onOutcome, onUnexpected } = options;
    const outcomes = new Map();
    const placeToWait = pLimit(MOST_WAITED_FOR);
    const waited = [];
    const settle = (outcome) => {
        if (due.length > 1 && outcome.status === 'failed' && outcome.problem.reach === 'everyone') {
            const { what, remedy = '' } = outcome.problem;
            stop.stop({ what: `${what}: everybody else would fail in the same way`, remedy });
        }
        outcomes.set(outcome.user, outcome);
        onOutcome(outcome);
    };
    const orFailed = async (user, work) => work().catch((error) => {
        onUnexpected(error);
        return unexpected(user, error);
    });
    const begin = async (user) => {
        const pending = stop.why === undefined
            ? await orFailed(user, () => revokeOne(user))
            : { status: 'skipped', revocation: 'not_sent', user, why: stop.why };
        if (typeof pending !== 'function')
            settle(pending);
        else {
            const settled = async () => {
                settle(await orFailed(user, pending));
            };
            waited.push(placeToWait(settled));
        }
    };
    const [first, ...others] = due;
    if (first !== undefined)
        await begin(first);
    await (0,p_map/* default */.Ay)(others, begin, { concurrency });
    await Promise.all(waited);
    return outcomes;
}
/** What an exception that nobody thought of makes of a user: it may not be revoked, and the others go on. */
function unexpected(user, error) {
    const now = Date.now();
    return {
        status: 'failed',
        revocation: 'unconfirmed',
        user,
        attempts: 0,
        startedAt: now,
        finishedAt: now,
        problem: (0,cloudflare_problem/* unexpectedProblem */.jX)(error),
    };
}

// EXTERNAL MODULE: ../src/revocation/revoke-user.ts
var revoke_user = __nccwpck_require__(662);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __nccwpck_require__(975);
;// CONCATENATED MODULE: ../src/runner/log.ts




/** GitHub shows ten annotations of each kind for a step; the last error is kept for how the run came out. */
const MOST_ERRORS = 9;
const MOST_WARNINGS = 10;
/**
 * The step's log. Every line passes through here, in one place, so that nothing from outside can start a workflow
 * command, and no address that is to be masked is shown, whoever composed the line.
 */
class Log {
    #hide = addressMask(false);
    #start = performance.now();
    #errors = 0;
    #warnings = 0;
    /** Keeps addresses out of everything that is logged from now on, and registers these with the runner. */
    maskAddresses(addresses) {
        this.#hide = addressMask(true);
        for (const address of addresses)
            setSecret(address);
    }
    info(line) {
        info(this.#shown(line));
    }
    /** A line that GitHub shows with step debugging on. */
    debug(line) {
        if (isDebug())
            debug(this.#shown(line));
    }
    /** That a part of the run is over, and how long after its beginning. */
    phase(what) {
        this.debug(`${what} after ${Math.round(performance.now() - this.#start)} ms`);
    }
    /** What was thrown and nobody thought of, with its stack, for whoever looks into the step with debugging on. */
    unexpected(error) {
        for (const line of (0,external_node_util_.inspect)(error).split('\n'))
            this.debug(line);
    }
    /** An annotation, or a line of the log where there are many. */
    warning(line) {
        this.#warnings += 1;
        if (this.#warnings <= MOST_WARNINGS)
            warning(this.#shown(line));
        else
            this.info(`Warning: ${line}`);
    }
    /** The same for a failure. */
    error(line) {
        this.#errors += 1;
        if (this.#errors <= MOST_ERRORS)
            error(this.#shown(line));
        else
            this.info(`Error: ${line}`);
    }
    /** A failure that is in a line of a file: the annotation is shown there. */
    errorAt(file, line, text) {
        this.#errors += 1;
        error(this.#shown(text), { file: this.#shown(file), startLine: line });
    }
    /** The last word of a red step, always an annotation. It may have several lines. */
    failure(...lines) {
        error(lines.map((line) => this.#shown(line)).join('\n'));
    }
    #shown(line) {
        return (0,plain_text/* plainText */.wh)(this.#hide(line));
    }
}

;// CONCATENATED MODULE: ../src/runner/signals.ts
/** The runner sends SIGINT when a run is cancelled, SIGTERM 7.5 s later, and kills after another 2.5 s. */
const SIGNALS = ['SIGINT', 'SIGTERM'];
/** Cancels the run on the first signal, for as long as the returned object lives. */
function stopOnSignals(stop) {
    const cancel = (signal) => {
        stop.cancel({ what: `The run was cancelled (${signal})`, remedy: 'Nothing new is started.' });
    };
    for (const signal of SIGNALS)
        process.on(signal, cancel);
    return {
        [Symbol.dispose]: () => {
            for (const signal of SIGNALS)
                process.off(signal, cancel);
        },
    };
}

;// CONCATENATED MODULE: ../src/runner/tls.ts
/**
 * Takes away the variable that would have Node accept any certificate, so that no machine in the middle is given the
 * token. A request that goes through a proxy has no other way to insist.
 *
 * @returns whether it was set
 */
function insistOnCertificates() {
    const switchedOff = process.env['NODE_TLS_REJECT_UNAUTHORIZED'] === '0';
    delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    return switchedOff;
}

;// CONCATENATED MODULE: ../src/runner/workflow-run.ts

/**
 * Collects the facts about the run from `@actions/github`.
 *
 * Whatever that throws (it does, on a malformed event file) is turned into facts unknown, so that it cannot touch the
 * outcome. It throws as soon as it is loaded, and it loads Octokit, so it is loaded here and not at the start; in the
 * bundle it comes without Octokit.
 */
async function readWorkflowRun() {
    try {
        // It would print the path of a missing event file as it is, and read a pipe for ever.
        if (!(0,external_node_fs_.statSync)(process.env['GITHUB_EVENT_PATH'] ?? '').isFile())
            return {};
        // "eager" keeps it in the bundle's first file.
        const { context } = await Promise.resolve(/* import() eager */).then(__nccwpck_require__.bind(__nccwpck_require__, 423));
        const { actor, eventName: event, workflow, runId, runAttempt, serverUrl, repo } = context;
        const repository = `${repo.owner}/${repo.repo}`;
        return {
            actor,
            triggering_actor: process.env['GITHUB_TRIGGERING_ACTOR'],
            event,
            repository,
            workflow,
            run_id: runId,
            attempt: runAttempt,
            url: `${serverUrl}/${repository}/actions/runs/${runId}/attempts/${runAttempt}`,
        };
    }
    catch {
        return {};
    }
}

;// CONCATENATED MODULE: ../src/main.ts

















/**
 * The story of the step: inputs, users, revocations, result.
 *
 * @returns whether the step may be green
 * @throws Error for what nobody thought of
 */
async function main() {
    const startedAt = Date.now();
    const log = new Log();
    const stop = new RunStop();
    stop.starting.addEventListener('abort', () => {
        if (stop.why !== undefined)
            log.error(`${stop.why.what}. ${stop.why.remedy}`);
    });
    using _signals = stopOnSignals(stop);
    const inputs = await readInputs(startedAt);
    if (inputs.kind === 'problems')
        return await publishProblems(inputs, log);
    if (inputs.kind === 'run' && insistOnCertificates()) {
        log.warning('`NODE_TLS_REJECT_UNAUTHORIZED` is ignored: certificates are always verified. For an inspecting proxy, set `NODE_EXTRA_CA_CERTS` to its CA certificate.');
    }
    const { list, options } = inputs;
    if (options.maskEmails)
        log.maskAddresses(addressesOf(list));
    for (const warning of inputs.warnings)
        log.warning(warning);
    const timings = new Map(list.users.map((user) => [user, (0,users_user/* timing */.N9)(user, startedAt, options.dueWithinDays)]));
    const due = list.users.filter((user) => timings.get(user) === 'due');
    const past = list.users.filter((user) => timings.get(user) === 'past');
    const names = new UserNames(options.maskEmails, startedAt);
    for (const line of planOf(list, timings, options, names))
        log.info(line);
    log.phase('Inputs read');
    const progress = new ProgressLog(log, due.length, names);
    const settled = inputs.kind === 'run'
        ? await settle(inputs, { due, past }, progress, stop, log)
        : settleOffline(due, progress);
    log.phase('Users seen to');
    const outcomes = list.users.map((user) => settled.get(user) ?? {
        status: timings.get(user) === 'past' ? 'past' : 'not_due',
        revocation: 'not_sent',
        user,
    });
    const finishedAt = Date.now();
    const workflowRun = await readWorkflowRun();
    return await publish({ options, outcomes, badRows: list.badRows, stopped: stop.why, startedAt, finishedAt, workflowRun }, log);
}
/** All that looks like an address; a word alone must not be made a secret. */
function addressesOf({ users, badRows }) {
    return [...users, ...badRows].map(({ email }) => email).filter((email) => email.includes('@'));
}
/** Nothing is sent: whoever is due would be revoked. */
function settleOffline(due, progress) {
    const outcomes = due.map((user) => ({ status: 'would_revoke', revocation: 'not_sent', user }));
    for (const outcome of outcomes)
        progress.outcome(outcome);
    return new Map(outcomes.map((outcome) => [outcome.user, outcome]));
}
async function settle(inputs, { due, past }, progress, stop, log) {
    const { list, options, credential } = inputs;
    const { baseUrl, target, concurrency } = options;
    if (!baseUrl.cloudflare) {
        log.warning(`Requests go to ${baseUrl.href}, which is not Cloudflare's API: what is confirmed there says nothing about Cloudflare.`);
    }
    const doubts = zoneDoubts(options, due, credential);
    if (doubts !== undefined)
        log.warning(doubts);
    const connection = connect(inputs, due.length, stop, log);
    if (options.dryRun && list.users.length > 0) {
        const check = await checkCredential(connection.endpoints, credential, target);
        if (check.verdict === 'failed')
            stop.stop(check);
        else if (check.verdict === 'unchecked')
            log.warning(`${check.what}. ${check.remedy}`);
        else
            log.info(`${check.what}. ${check.remedy}`);
    }
    const lookUps = (0,inputs_options/* looksUp */.SZ)(options)
        ? (await __nccwpck_require__.e(/* import() */ 109).then(__nccwpck_require__.bind(__nccwpck_require__, 109))).runWithLookUps(connection, due, past, log)
        : undefined;
    const outcomes = await revokeAll(due, {
        revokeOne: lookUps?.revokeOne ?? (async (user) => revokeOnly(user, connection)),
        concurrency,
        stop,
        onOutcome: (outcome) => {
            progress.outcome(outcome);
        },
        onUnexpected: (error) => {
            log.unexpected(error);
        },
    });
    if (lookUps === undefined || stop.why !== undefined)
        return outcomes;
    const neglected = await lookUps.neglected();
    for (const { user, warnings } of neglected)
        progress.warn(user, warnings);
    return new Map([...outcomes, ...neglected.map((outcome) => [outcome.user, outcome])]);
}
/** What is done where nobody is looked up. */
async function revokeOnly(user, { endpoints, options }) {
    return options.dryRun
        ? { status: 'would_revoke', revocation: 'not_sent', user }
        : (0,revoke_user/* revokeUser */.C)(endpoints, user, user.userUid, options);
}


/***/ }),

/***/ 118:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ deviceNameAndId),
/* harmony export */   g: () => (/* binding */ deviceName)
/* harmony export */ });
/* harmony import */ var _text_plain_text_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(667);

/** The name of a device in quotation marks, or the ID of the registration; plain and short. */
function deviceName({ id, name = id }) {
    return `"${(0,_text_plain_text_js__WEBPACK_IMPORTED_MODULE_0__/* .shortened */ .vI)((0,_text_plain_text_js__WEBPACK_IMPORTED_MODULE_0__/* .plainText */ .wh)(name), 80).replaceAll('"', "'")}"`;
}
/** The same with the ID of the registration, by which the dashboard and the API find it. */
function deviceNameAndId(device) {
    return device.name === undefined
        ? deviceName(device)
        : `${deviceName(device)} (${deviceName({ id: device.id, name: undefined })})`;
}


/***/ }),

/***/ 662:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ revokeUser)
/* harmony export */ });
/* harmony import */ var _cloudflare_problem_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(788);

/**
 * Revokes one user, and takes nothing but `result: true` for a yes.
 *
 * @param userUid - the UUID to send besides the address; undefined for the address alone
 * @param overdue - whether it has waited for reads long enough
 */
async function revokeUser(endpoints, user, userUid, { devices, warpSessionReauth }, overdue = false) {
    const startedAt = Date.now();
    const request = { email: user.email, userUid, devices, warpSessionReauth };
    const call = await endpoints.revokeUser(request, overdue ? 'overdue' : 'revocation');
    if (call.kind === 'stopped') {
        return { status: 'skipped', revocation: call.sent ? 'unconfirmed' : 'not_sent', user, why: call.why };
    }
    const sending = { user, attempts: call.attempts, startedAt, finishedAt: Date.now() };
    const refused = { ...sending, status: 'failed', revocation: 'unconfirmed' };
    if (call.kind === 'problem')
        return { ...refused, problem: call.problem };
    const { httpStatus, rayId, date, receivedAt } = call;
    const about = { httpStatus, ...(rayId !== undefined && { rayId }) };
    return call.result
        ? { ...sending, ...about, status: 'revoked', revocation: 'confirmed', answer: { date, receivedAt } }
        : { ...refused, problem: { ...NOTHING_REVOKED, ...about } };
}
const NOTHING_REVOKED = (0,_cloudflare_problem_js__WEBPACK_IMPORTED_MODULE_0__/* .ownProblem */ .O3)('Cloudflare answered "result": false: nothing was revoked', 'Check that this is the address of the user in Zero Trust and that the UUID, if you set one, belongs to it.');


/***/ }),

/***/ 550:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  Z: () => (/* binding */ failClosed),
  O: () => (/* binding */ finish)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(24);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __nccwpck_require__(975);
// EXTERNAL MODULE: ../src/text/plain-text.ts
var plain_text = __nccwpck_require__(667);
;// CONCATENATED MODULE: ../src/runner/outputs.ts
/** What the outputs are until something better is known for sure. */
const WORST_OUTPUTS = {
    revoked: 'false',
    'revoked-count': '0',
    'failed-count': '',
    'unknown-count': '',
    failed: '',
    report: '',
};

;// CONCATENATED MODULE: ../src/runner/fail-closed.ts




let told = false;
/**
 * Makes the process fail unless {@link finish} says otherwise: green means revoked.
 *
 * A JavaScript action passes or fails by its exit code alone, so a process that just ends is green. From here on an
 * exception that nobody thought of, a promise that never settles, and an early exit all leave the step red, with the
 * outputs at their worst. Nothing here needs the toolkit, which may be what is broken.
 *
 * @throws Error when the runner gave no file for the outputs, or the file cannot be written
 */
function failClosed() {
    process.exitCode = 1;
    process.on('uncaughtException', (error) => {
        fail(`The action failed unexpectedly: ${error instanceof Error ? error.message : (0,external_node_util_.inspect)(error)}.`);
        if (process.env['RUNNER_DEBUG'] === '1')
            command('debug', (0,external_node_util_.inspect)(error));
        process.exit();
    });
    process.on('exit', () => {
        if (!told)
            fail('The action ended before it had a result.');
    });
    const file = process.env['GITHUB_OUTPUT'] ?? '';
    if (file === '')
        throw new Error('GITHUB_OUTPUT is not set; run this as a step of a workflow');
    const stat = (0,external_node_fs_.statSync)(file, { throwIfNoEntry: false });
    // Writing into a pipe that nobody reads would never end.
    if (stat?.isFile() !== true)
        throw new Error('GITHUB_OUTPUT does not name a regular file');
    const lines = Object.entries(WORST_OUTPUTS).map(([name, value]) => `${name}=${value}\n`);
    (0,external_node_fs_.appendFileSync)(file, lines.join(''));
}
/** How long the runner may take to read what was printed. In milliseconds. */
const READING_TIME = 5_000;
/**
 * Ends the process, green or red, once everything printed has been read. Whoever calls this has told the reader why;
 * if nobody reads it, the step is red.
 */
async function finish(green) {
    const printed = new Promise((resolve) => process.stdout.write('', () => {
        resolve(true);
    }));
    const tooLate = new Promise((resolve) => {
        setTimeout(resolve, READING_TIME, false);
    });
    const passed = (await Promise.race([printed, tooLate])) && green;
    told = true;
    // Explicitly, since the open socket of a proxy that never answers would keep the process alive.
    process.exit(passed ? 0 : 1);
}
function fail(why) {
    told = true;
    process.exitCode = 1;
    command('error', `${why} Treat the users of this step as not revoked, and run it again.`);
}
function command(name, text) {
    process.stdout.write(`::${name}::${(0,plain_text/* plainText */.wh)(text).replaceAll('%', '%25')}\n`);
}


/***/ }),

/***/ 630:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ addressKey),
/* harmony export */   O: () => (/* binding */ parseEmailAddress)
/* harmony export */ });
/* harmony import */ var valibot__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(180);
/* harmony import */ var _plain_text_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(667);
/* harmony import */ var _unexpanded_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(709);



const EmailAddress = valibot__WEBPACK_IMPORTED_MODULE_0__/* .pipe */ .Fs(valibot__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj(), valibot__WEBPACK_IMPORTED_MODULE_0__/* .brand */ .wk('EmailAddress'));
/** RFC 5321, 4.5.3.1: a path holds 256 octets, two of them the angle brackets. */
const MAX_LENGTH = 254;
/** How addresses are often written elsewhere, each with what to do about it. */
const HABITS = [
    [/\*/, 'contains a `*`; wildcards are not supported, so list every address'],
    [/^mailto:/i, 'begins with `mailto:`; remove that, and write the address alone'],
    [/<[^<>]*@[^<>]*>/, 'contains angle brackets; write only the address that is between them'],
    [/;/, 'contains a semicolon; give one address per line, or separate addresses with commas'],
    [/^(["'`]).*\1$/, 'is in quotation marks; write the address without them'],
    [/\s/, 'contains white space; give one address per line, or separate addresses with commas'],
];
/** Most labels are nothing but these, and need no look at all of Unicode, whose tables take milliseconds to set up. */
const ASCII_LABEL = /^[a-z\d](?:[a-z\d-]*[a-z\d])?$/i;
const LABEL = /^[\p{L}\p{Nd}](?:[\p{L}\p{M}\p{Nd}-]*[\p{L}\p{M}\p{Nd}])?$/u;
/**
 * Checks an address.
 *
 * The check is stricter than RFC 5322: quoted local parts and addresses without a dot in the domain are far more
 * often a mistake than an account, and a mistaken address revokes nobody.
 */
function parseEmailAddress(text) {
    const problem = problemWith(text);
    return problem === undefined ? valibot__WEBPACK_IMPORTED_MODULE_0__/* .parse */ .qg(EmailAddress, text) : { problem };
}
/**
 * The form in which addresses are compared: without regard to the letter case of ASCII letters.
 *
 * Of those alone, because Unicode folds letters that only look alike, such as the Kelvin sign and the letter k, and
 * would make one user of two.
 */
function addressKey(email) {
    return email.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
function problemWith(text) {
    const unprintable = (0,_plain_text_js__WEBPACK_IMPORTED_MODULE_1__/* .unprintableIn */ .MY)(text);
    if (unprintable !== undefined) {
        return `contains an invisible or control character (${unprintable}); type the address instead of pasting it`;
    }
    if ((0,_unexpanded_js__WEBPACK_IMPORTED_MODULE_2__/* .isUnexpanded */ .n)(text)) {
        return 'is the name of a value, not the value; write it as an expression like `${{ inputs.email }}`';
    }
    const habit = HABITS.find(([pattern]) => pattern.test(text));
    if (habit !== undefined)
        return habit[1];
    if (text.length > MAX_LENGTH)
        return `is longer than ${MAX_LENGTH} characters`;
    if (!/^[^@<>()[\]\\,:"]+@[^@]+$/.test(text))
        return 'is not an email address like user@example.com';
    return domainProblem(text.slice(text.indexOf('@') + 1));
}
function domainProblem(domain) {
    const labels = domain.split('.');
    if (labels.length < 2 || labels.includes(''))
        return 'has no complete domain like example.com after the @';
    return labels.every((label) => ASCII_LABEL.test(label) || LABEL.test(label))
        ? undefined
        : 'has something in its domain that is not a letter, a digit, or a hyphen between them';
}


/***/ }),

/***/ 667:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   ER: () => (/* binding */ isAscii),
/* harmony export */   MY: () => (/* binding */ unprintableIn),
/* harmony export */   vI: () => (/* binding */ shortened),
/* harmony export */   wh: () => (/* binding */ plainText)
/* harmony export */ });
/** What could end a line, move the cursor, reorder the text or hide in it. */
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/gu;
/** Most texts are nothing but these, and need no look at all of Unicode, whose tables take milliseconds to set up. */
const PRINTABLE_ASCII = /^[\x20-\x7e]*$/;
/**
 * Text from outside as one line of plain text that starts no workflow command.
 *
 * The runner takes a line that begins with `::` (after white space) for a command, and `##[` anywhere in a line for
 * one of the older kind (source: actions/runner, `ActionCommand.cs`). Line breaks and unprintable characters become
 * visible escapes such as `\u{200B}`; nothing is silently dropped, so that look-alike texts stay distinguishable.
 */
function plainText(text) {
    const visible = PRINTABLE_ASCII.test(text)
        ? text
        : text.replace(/\r\n|[\n\r]/g, ' ').replace(UNPRINTABLE, (character) => `\\u{${codePoint(character)}}`);
    return visible.replaceAll('##[', '## [').replace(/^\s*::/, ': :');
}
/** The first character of `text` that cannot be seen, as `U+200B`; undefined if all of them can. */
function unprintableIn(text) {
    if (PRINTABLE_ASCII.test(text))
        return undefined;
    const [found] = text.match(UNPRINTABLE) ?? [];
    return found === undefined ? undefined : `U+${codePoint(found)}`;
}
/** A word that `shortened` would cut, and no longer than an address can be. */
const CUT_WORD = /[^\s@<>()[\]\\,;:"]{1,256}$/;
/** Whether all characters are printable ASCII. */
function isAscii(text) {
    return PRINTABLE_ASCII.test(text);
}
/**
 * `text`, cut to `length` characters with an ellipsis, for messages that must stay readable.
 *
 * The word at the cut goes whole: half of an email address could not be recognized as one, and masked.
 */
function shortened(text, length) {
    if (text.length <= length)
        return text;
    const kept = text.slice(0, length - 1).replace(CUT_WORD, '');
    // Through a buffer, since a mere slice would keep the whole text in memory, and may end within a character.
    return `${Buffer.from(kept).toString()}…`;
}
function codePoint(character) {
    return Array.from(character, (char) => char.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')).join('');
}


/***/ }),

/***/ 938:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   au: () => (/* binding */ quantity),
/* harmony export */   p0: () => (/* binding */ duration),
/* harmony export */   zD: () => (/* binding */ grouped)
/* harmony export */ });
/** `2,000`. Not by way of `Intl`, whose loading would cost every start some 10 ms. */
function grouped(count) {
    return `${count}`.replace(/\B(?=(?:\d{3})+$)/g, ',');
}
/** `1 user`, `2,000 users`. */
function quantity(count, noun, plural = `${noun}s`) {
    return `${grouped(count)} ${count === 1 ? noun : plural}`;
}
/** `40 s`, `12 min`, from milliseconds. */
function duration(milliseconds) {
    const seconds = Math.ceil(Math.round(milliseconds) / 1_000);
    return seconds <= 90 ? `${seconds} s` : `${grouped(Math.ceil(seconds / 60))} min`;
}


/***/ }),

/***/ 709:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   n: () => (/* binding */ isUnexpanded)
/* harmony export */ });
/** The contexts of GitHub's expressions that values are taken from. */
const EXPRESSION = /^(?:env|github|inputs|matrix|needs|secrets|steps|vars)\.[\w.-]+$/;
/** A variable as a shell would read it, or an expression that nothing evaluated. */
const VARIABLE = /^\$(?:\w+|\{\w+\}|\{\{.*\}\})$/;
/** Whether the text is the name of a value, such as `secrets.NAME` or `$NAME`, where the value itself was meant. */
function isUnexpanded(text) {
    return EXPRESSION.test(text) || VARIABLE.test(text);
}


/***/ }),

/***/ 348:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   V: () => (/* binding */ uuidKey),
/* harmony export */   X: () => (/* binding */ parseUuid)
/* harmony export */ });
/* harmony import */ var valibot__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(180);

const Uuid = valibot__WEBPACK_IMPORTED_MODULE_0__/* .pipe */ .Fs(valibot__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj(), valibot__WEBPACK_IMPORTED_MODULE_0__/* .regex */ .yG(/^(?:[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i), valibot__WEBPACK_IMPORTED_MODULE_0__/* .brand */ .wk('Uuid'));
/** The text as a UUID; undefined if it is none. */
function parseUuid(text) {
    const parsed = valibot__WEBPACK_IMPORTED_MODULE_0__/* .safeParse */ .xL(Uuid, text);
    return parsed.success ? parsed.output : undefined;
}
/** The form in which UUIDs are compared: without hyphens and letter case. */
function uuidKey(uuid) {
    return uuid.replaceAll('-', '').toLowerCase();
}


/***/ }),

/***/ 529:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   KJ: () => (/* binding */ isTimezone),
/* harmony export */   Kn: () => (/* binding */ DATE_FORMATS),
/* harmony export */   T$: () => (/* binding */ readMoment)
/* harmony export */ });
/** How dates may be written, each with the form of it. */
const FORMATS = {
    'YYYY-MM-DD': /^(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})$/,
    'DD.MM.YYYY': /^(?<day>\d{1,2})\.(?<month>\d{1,2})\.(?<year>\d{4})$/,
    'DD/MM/YYYY': /^(?<day>\d{1,2})\/(?<month>\d{1,2})\/(?<year>\d{4})$/,
    'MM/DD/YYYY': /^(?<month>\d{1,2})\/(?<day>\d{1,2})\/(?<year>\d{4})$/,
};
/** All of them, the default first. */
const DATE_FORMATS = ['YYYY-MM-DD', 'DD.MM.YYYY', 'DD/MM/YYYY', 'MM/DD/YYYY'];
/** RFC 3339, 5.6: a date, a time of day, and an offset; the seconds may be missing. */
const TIMESTAMP = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:[Zz]|[+-]\d{2}:\d{2})$/;
/** How dates are often written elsewhere, each with what to do about it. */
const HABITS = [
    [
        /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?$/,
        'is a time without an offset; write it like 2026-11-30T18:00:00+01:00',
    ],
    [
        /^\d{5}(?:\.\d+)?$/,
        'is a number; in the spreadsheet, format the column as dates, and save the list again',
    ],
    [/^\d{1,2}[-./]\d{1,2}[-./]\d{2}$/, 'has a year of two digits; write all four'],
];
/**
 * Reads the date of a user: a date counts from the end of that day in `timezone`, a timestamp from that second on.
 * Timestamps and YYYY-MM-DD are understood whatever the format.
 *
 * @param timezone - an IANA time zone
 */
async function readMoment(text, format, timezone) {
    // Loaded on demand: most runs have no dates, and every start parses what is loaded.
    const { Instant, PlainDate } = (await __nccwpck_require__.e(/* import() */ 716).then(__nccwpck_require__.bind(__nccwpck_require__, 716))).Temporal;
    const read = (look) => {
        try {
            return look();
        }
        catch {
            return undefined;
        }
    };
    const endOfDay = (name) => {
        const { year, month, day } = FORMATS[name].exec(text)?.groups ?? {};
        const date = { year: Number(year), month: Number(month), day: Number(day) };
        return read(() => PlainDate.from(date, { overflow: 'reject' }).add({ days: 1 }).toZonedDateTime(timezone).toInstant()
            .epochMilliseconds);
    };
    const at = TIMESTAMP.test(text)
        ? read(() => Instant.from(text).epochMilliseconds)
        : (endOfDay(format) ?? endOfDay('YYYY-MM-DD'));
    if (at !== undefined)
        return { text, at };
    const others = DATE_FORMATS.filter((name) => endOfDay(name) !== undefined);
    return { problem: problemWith(text, format, others), otherFormat: others.length > 0 };
}
function problemWith(text, format, others) {
    if (others.length > 0) {
        const lines = others.map((name) => `\`date-format: ${name}\``).join(' or ');
        return `is not a date in the format ${format}; if the list is right, set ${lines}`;
    }
    if (TIMESTAMP.test(text))
        return 'is no such day or time';
    if (DATE_FORMATS.some((name) => FORMATS[name].test(text)))
        return 'is no such day';
    const habit = HABITS.find(([pattern]) => pattern.test(text));
    if (habit !== undefined)
        return habit[1];
    const example = format.replace('YYYY', '2026').replace('MM', '11').replace('DD', '30');
    return `is not a date like ${example}, a timestamp with an offset like 2026-11-30T18:00:00+01:00, or \`now\``;
}
/** Whether there is a time zone of that name. */
function isTimezone(name) {
    // The default is answered without loading the data of all time zones.
    if (name === 'UTC')
        return true;
    try {
        return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
    }
    catch {
        return false;
    }
}


/***/ }),

/***/ 893:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   N9: () => (/* binding */ timing),
/* harmony export */   d_: () => (/* binding */ DAY),
/* harmony export */   i4: () => (/* binding */ isNewlyDue)
/* harmony export */ });
/** Milliseconds in a day. */
const DAY = 24 * 60 * 60 * 1_000;
/**
 * Whether the user is due at `now` (milliseconds since the epoch).
 *
 * @param dueWithinDays - a user whose time is longer ago is `past`: somebody who was rehired must not be signed out
 * for ever
 */
function timing({ revokeAfter, staying }, now, dueWithinDays) {
    if (staying === true)
        return 'not_due';
    if (revokeAfter === undefined)
        return 'due';
    if (revokeAfter.at > now)
        return 'not_due';
    return now - revokeAfter.at > dueWithinDays * DAY ? 'past' : 'due';
}
/** Whether the user's time came within the 24 hours before `now` (milliseconds since the epoch). */
function isNewlyDue({ revokeAfter }, now) {
    return revokeAfter !== undefined && revokeAfter.at <= now && now - revokeAfter.at <= DAY;
}


/***/ }),

/***/ 613:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("assert");

/***/ }),

/***/ 434:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("events");

/***/ }),

/***/ 611:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("http");

/***/ }),

/***/ 692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("https");

/***/ }),

/***/ 278:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("net");

/***/ }),

/***/ 24:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");

/***/ }),

/***/ 975:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");

/***/ }),

/***/ 857:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("os");

/***/ }),

/***/ 756:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("tls");

/***/ }),

/***/ 23:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("util");

/***/ }),

/***/ 961:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {

/**
 * Stands in for the npm package `tunnel` in the bundle (`paths` in tsconfig.json beside it puts it there).
 *
 * `@actions/http-client` loads it at every start, and calls it where there is a proxy. With `assert`, which nothing
 * else needs, that takes 1.5 ms, so it is loaded when it is called.
 */
for (const name of ['httpOverHttp', 'httpsOverHttp', 'httpOverHttps', 'httpsOverHttps']) {
  exports[name] = (options) => __nccwpck_require__(776)[name](options)
}


/***/ }),

/***/ 180:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   E2: () => (/* binding */ finite),
/* harmony export */   Fs: () => (/* binding */ pipe),
/* harmony export */   Ik: () => (/* binding */ object),
/* harmony export */   KC: () => (/* binding */ union),
/* harmony export */   L5: () => (/* binding */ unknown),
/* harmony export */   Np: () => (/* binding */ fallback),
/* harmony export */   Ru: () => (/* binding */ maxLength),
/* harmony export */   Ww: () => (/* binding */ minValue),
/* harmony export */   YO: () => (/* binding */ array),
/* harmony export */   Yj: () => (/* binding */ string),
/* harmony export */   ai: () => (/* binding */ number),
/* harmony export */   cl: () => (/* binding */ nullish),
/* harmony export */   g1: () => (/* binding */ record),
/* harmony export */   hq: () => (/* binding */ nonEmpty),
/* harmony export */   is: () => (/* binding */ is),
/* harmony export */   lq: () => (/* binding */ optional),
/* harmony export */   me: () => (/* binding */ nullable),
/* harmony export */   nd: () => (/* binding */ integer),
/* harmony export */   pd: () => (/* binding */ transform),
/* harmony export */   qg: () => (/* binding */ parse),
/* harmony export */   wk: () => (/* binding */ brand),
/* harmony export */   xL: () => (/* binding */ safeParse),
/* harmony export */   yG: () => (/* binding */ regex),
/* harmony export */   zM: () => (/* binding */ boolean)
/* harmony export */ });
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
function _isValidObjectKey(object$1, key) {
  return Object.prototype.hasOwnProperty.call(object$1, key) && key !== "__proto__" && key !== "prototype" && key !== "constructor";
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
function record(key, value$1, message$1) {
  return _standardSchema({
    kind: "schema",
    type: "record",
    reference: record,
    expects: "Object",
    async: false,
    key,
    value: value$1,
    message: message$1,
    "~run"(dataset, config$1) {
      const input = dataset.value;
      if (input && typeof input === "object") {
        dataset.typed = true;
        dataset.value = {};
        for (const entryKey in input) if (/* @__PURE__ */ _isValidObjectKey(input, entryKey)) {
          const entryValue = input[entryKey];
          const keyDataset = this.key["~run"]({ value: entryKey }, config$1);
          if (keyDataset.issues) {
            const pathItem = {
              type: "object",
              origin: "key",
              input,
              key: entryKey,
              value: entryValue
            };
            for (const issue of keyDataset.issues) {
              issue.path = [pathItem];
              dataset.issues?.push(issue);
            }
            if (!dataset.issues) dataset.issues = keyDataset.issues;
            if (config$1.abortEarly) {
              dataset.typed = false;
              break;
            }
          }
          const valueDataset = this.value["~run"]({ value: entryValue }, config$1);
          if (valueDataset.issues) {
            const pathItem = {
              type: "object",
              origin: "value",
              input,
              key: entryKey,
              value: entryValue
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
          if (!keyDataset.typed || !valueDataset.typed) dataset.typed = false;
          if (keyDataset.typed) dataset.value[keyDataset.value] = valueDataset.value;
        }
      } else _addIssue(this, "type", dataset, config$1);
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



/***/ }),

/***/ 356:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Ay: () => (/* binding */ pMap)
/* harmony export */ });
/* unused harmony exports pMapSettled, pMapKeyed, pMapSettledKeyed, pMapIterable, pMapSkip, pMapStop */
function pMap(iterable, mapper, options) {
	return mapConcurrently(iterable, mapper, options, false);
}

function pMapSettled(iterable, mapper, options) {
	return mapConcurrently(iterable, mapper, options, true);
}

function pMapKeyed(input, mapper, options) {
	return mapKeyed(input, mapper, options, false);
}

function pMapSettledKeyed(input, mapper, options) {
	return mapKeyed(input, mapper, options, true);
}

// Like `Promise.allKeyed` and `Promise.allSettledKeyed`, with a mapper, and for a `Map` too. Each value travels with its key, so a skipped key, which leaves no slot in the result, cannot shift the keys after it.
async function mapKeyed(input, mapper, options, isSettled) {
	const entries = getKeyedEntries(input);

	// After the values have their handlers, like the other argument errors, which `mapConcurrently` checks. It cannot check this one, as it gets the wrapper below as its mapper.
	if (typeof mapper !== 'function') {
		throw new TypeError('Mapper function is required');
	}

	const mappedEntries = await mapConcurrently(entries, async ([key, inputResult]) => {
		try {
			if (inputResult.status === 'rejected') {
				throw inputResult.reason;
			}

			const result = await mapper(inputResult.value, key);

			if (result === pMapSkip || result === pMapStop) {
				return result;
			}

			return [key, isSettled ? {status: 'fulfilled', value: result} : result];
		} catch (error) {
			if (!isSettled) {
				throw error;
			}

			return [key, {status: 'rejected', reason: error}];
		}
	}, options, false);

	if (input instanceof Map) {
		return new Map(mappedEntries);
	}

	// A null prototype, like `Promise.allKeyed`, so a key like `__proto__` or `toString` is an own property like any other.
	return Object.setPrototypeOf(Object.fromEntries(mappedEntries), null);
}

// The engine behind all the functions, except `pMapIterable`. With `isSettled`, an element or a mapper that rejects gives a `{status: 'rejected'}` result instead of an error, like `Promise.allSettled`, so `stopOnError` does not apply.
async function mapConcurrently(
	iterable,
	mapper,
	{
		concurrency = Number.POSITIVE_INFINITY,
		stopOnError = true,
		signal,
	} = {},
	isSettled,
) {
	return new Promise((resolve_, reject_) => {
		validateOptions(iterable, mapper, concurrency);

		const result = [];
		// Stage the errors by index, like `result`, so they are reported in input order.
		const errors = [];
		let skippedCount = 0;
		let isResolved = false;
		let isIterableDone = false;
		const pendingIndexes = new Set();
		let doneIndex = Number.POSITIVE_INFINITY;
		let currentIndex = 0;
		const iterator = getIterator(iterable);

		const signalListener = () => {
			reject(signal.reason);
		};

		const cleanup = () => {
			signal?.removeEventListener('abort', signalListener);
		};

		const resolve = value => {
			resolve_(value);
			cleanup();
		};

		const reject = reason => {
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

			signal.addEventListener('abort', signalListener, {once: true});
		}

		const pull = createPuller(iterator);

		// Settle only once the source is done, or a mapper stopped, and every earlier pull and mapper has finished. A pull before the `done` or the stop can still produce an element, while pulls after it do not affect the result.
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
					reject(new AggregateError(collectedErrors)); // eslint-disable-line unicorn/error-message
					return;
				}
			}

			isResolved = true;

			// A stop ended the result before the source did, so close it, like `for await` does on a `break`. Not at the stop itself, as a source that settles its `next()` calls out of call order may still owe an earlier element, and closing could drop it.
			if (!isIterableDone) {
				closeIterator(iterator);
			}

			// `done` is final, like `for await`, so a `done` that lands between two elements ends
			// the result there and everything the source produced past it is dropped. A stop cuts it the same way.
			const lastIndex = Math.min(doneIndex, result.length);

			// Every index below `lastIndex` has a value: an index only goes unassigned when its pull reported `done` or its mapper returned `pMapStop`, and the lowest such index is `doneIndex`. So the array is dense below `lastIndex`, and the fast path can hand it over untouched.
			if (lastIndex === result.length && skippedCount === 0) {
				resolve(result);
				return;
			}

			// Otherwise this drops the skipped results and whatever the `done` or the stop cut off.
			resolve(result.slice(0, lastIndex).filter(value => value !== pMapSkip));
		};

		const next = async () => {
			// After a `done` or a stop, a pull would take an item nobody is going to map, which a one-shot source, like a queue, would lose.
			if (isResolved || currentIndex >= doneIndex) {
				return;
			}

			// Take the index when the pull starts, not when it resolves, so a source that settles
			// its `next()` calls out of call order still gets the right position.
			const index = currentIndex++;
			pendingIndexes.add(index);

			let nextItem;
			try {
				nextItem = await pull();
			} catch (error) {
				pendingIndexes.delete(index);

				if (index < doneIndex) {
					throw error;
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

			// Intentionally detached
			const runner = (async () => {
				try {
					const element = await nextItem.value;

					if (isResolved || index >= doneIndex) {
						return;
					}

					const value = await mapper(element, index);

					// Ignore an item produced after an earlier pull reported `done` or an earlier mapper returned `pMapStop`.
					if (index >= doneIndex) {
						return;
					}

					// A stop ends the result here, like a `done` from the source, so settling waits only for the earlier elements.
					if (value === pMapStop) {
						doneIndex = index;
						return;
					}

					if (value === pMapSkip) {
						skippedCount++;
					}

					result[index] = isSettled && value !== pMapSkip ? {status: 'fulfilled', value} : value;
				} catch (error) {
					if (index >= doneIndex) {
						return;
					}

					if (isSettled) {
						result[index] = {status: 'rejected', reason: error};
					} else if (stopOnError) {
						reject(error);
						return;
					} else {
						errors[index] = error;
					}
				} finally {
					pendingIndexes.delete(index);
					settleIfFinished();
				}

				// If the iterable throws we can't really continue regardless of `stopOnError` state
				// since an iterable is likely to continue throwing after it throws once.
				// If we continue calling `next()` indefinitely we will likely end up
				// in an infinite loop of failed iteration.
				try {
					await next();
				} catch (error) {
					reject(error);
				}
			})();

			// Link the runner to the returned promise, so the async stack trace of a mapper error reaches the caller. Nothing awaits the runner, so the trace would stop there, but V8 follows a reaction that resolves another promise. The link never settles, so it never resolves the returned promise. It is a new promise for each runner, as a shared one would keep a reaction for every element.
			runner.then(() => new Promise(() => {})).then(resolve_);
		};

		// Create the concurrent runners in a detached (non-awaited)
		// promise. We need this so we can await the `next()` calls
		// to stop creating runners before hitting the concurrency limit
		// if the iterable has already been marked as done or a mapper stopped.
		// NOTE: We *must* do this for async iterators otherwise we'll spin up
		// infinite `next()` calls by default and never start the event loop.
		(async () => {
			for (let index = 0; index < concurrency; index++) {
				try {
					// eslint-disable-next-line no-await-in-loop
					await next();
				} catch (error) {
					reject(error);
					break;
				}

				if (isResolved || currentIndex >= doneIndex) {
					break;
				}
			}
		})();
	});
}

function pMapIterable(
	iterable,
	mapper,
	{
		concurrency = Number.POSITIVE_INFINITY,
		backpressure = concurrency,
		preserveOrder = true,
	} = {},
) {
	validateOptions(iterable, mapper, concurrency);

	if (!isLimit(backpressure, concurrency)) {
		throw new TypeError(`Expected \`backpressure\` to be an integer from \`concurrency\` (${concurrency}) and up or \`Infinity\`, got \`${backpressure}\` (${typeof backpressure})`);
	}

	return {
		[Symbol.asyncIterator]() {
			// `isDone` lives outside the generator so the wrapper below can set it the moment the
			// consumer asks to stop. The generator is suspended on a pending `next()` at that point,
			// so its `finally` would not run until much later and workers finishing in the meantime
			// would keep pulling and mapping input for nobody.
			let isDone = false;

			const generator = (async function * () {
				const iterator = getIterator(iterable);

				// Results are consumed from the front with a moving `headIndex` instead of `shift()`.
				// `shift()` moves every remaining entry, which is O(n) per element and made the whole
				// run O(n²) whenever `backpressure` let the array grow, which is the default.
				let promises = [];
				let headIndex = 0;
				let isIterableDone = false;

				// The lowest index whose pull reported `done`. Without `preserveOrder`, the pulls after it have their slots given back, so their errors are dropped.
				let doneIndex = Number.POSITIVE_INFINITY;

				// An element that is being read, or is waiting for a mapper, does not hold a mapper slot, so the next element can be read while the mappers run. Those elements have their own cap of `concurrency`, so the source never sees more than `concurrency` overlapping `next()` calls, even with `backpressure: Infinity`. `backpressure` caps everything in flight together.
				let readingCount = 0;
				let runningMappersCount = 0;

				// The workers waiting for a mapper slot, in the order they started waiting. A finished mapper hands its slot to the oldest one.
				const mapperWaiters = new Map();
				let mapperWaiterCount = 0;
				let wokenMapperWaiterCount = 0;

				const releaseMapperSlot = () => {
					if (wokenMapperWaiterCount === mapperWaiterCount) {
						runningMappersCount--;
						return;
					}

					mapperWaiters.get(wokenMapperWaiterCount)();
					mapperWaiters.delete(wokenMapperWaiterCount++);
				};

				let index = 0;

				// The lowest index whose mapper returned `pMapStop`, or, with `preserveOrder`, whose pull, element, or mapper threw. The stream ends there, like a `break` or a `throw` in a loop. Once it is set, nothing past it is pulled, and no pending element past it is mapped, while the earlier elements still finish and are yielded first. `isDone` cannot do this, as it would drop the values of the earlier elements too.
				let stopIndex = Number.POSITIVE_INFINITY;

				// Without `preserveOrder`, each spawn still takes a slot in `promises`, so `backpressure` counts the same, but the slots are filled in the order the workers settle rather than the order they were spawned in, so the consumer gets whichever result is ready first. A worker always fills the oldest empty slot, at `fillIndex`. An empty slot is `undefined`, and a filled one holds the result itself rather than a promise, so a result costs a promise only when the consumer has to wait for it, through `wake`.
				let fillIndex = 0;
				let wake;

				// The indexes of the pulls whose worker has not filled a slot yet, without `preserveOrder`.
				const unfilledIndexes = new Set();

				// The consumer waits only when the head is empty, and then the oldest empty slot is the head, so the first fill wakes it.
				const fillSlot = result => {
					promises[fillIndex++] = result;
					wake?.(result);
					wake = undefined;
				};

				const pull = createPuller(iterator);

				function trySpawn() {
					// Do not spawn once the consumer is gone, the source is done, or the stream ends at an earlier element. The pull would be wasted work, and for a one-shot source, like a queue, it takes an item nobody is going to ask for.
					if (isDone || isIterableDone || index > stopIndex || readingCount >= concurrency || promises.length - headIndex >= backpressure) {
						return;
					}

					readingCount++;

					// Take the index when the pull starts, not when it resolves, so a source that
					// settles its `next()` calls out of call order still gets the right position.
					const currentIndex = index++;

					// Errors must be returned as a value instead of rejecting, otherwise a promise that
					// the consumer abandons after an earlier error becomes an unhandled rejection.
					const promise = (async () => {
						try {
							let element;
							try {
								const {done, value} = await pull();

								if (done) {
									isIterableDone = true;
									doneIndex = Math.min(doneIndex, currentIndex);
									return {done: true};
								}

								// Spawn if still below the reading and backpressure limits
								trySpawn();

								element = await value;

								if (runningMappersCount < concurrency) {
									runningMappersCount++;
								} else {
									// `releaseMapperSlot` hands the slot over without decrementing `runningMappersCount`, so it is already counted.
									await new Promise(resolve => {
										mapperWaiters.set(mapperWaiterCount++, resolve);
									});
								}
							} finally {
								readingCount--;
							}

							// Spawn now that this element is no longer waiting for a mapper, so the next one is read while this one is mapped
							trySpawn();

							let returnValue;
							try {
								// The consumer stopped iterating, or the stream ends before this element, while this element was being read or waiting for a mapper, so drop it instead of doing work nobody will consume.
								if (isDone || currentIndex > stopIndex) {
									return {done: false, value: pMapSkip};
								}

								returnValue = await mapper(element, currentIndex);
							} finally {
								releaseMapperSlot();
							}

							if (returnValue === pMapStop) {
								stopIndex = Math.min(stopIndex, currentIndex);
							}

							return {done: false, value: returnValue};
						} catch (error) {
							// With `preserveOrder`, the error is thrown at its own position, after the results before it, so those still finish. Without it, the error is thrown as soon as it settles, so nothing still pending can be yielded anymore.
							// An error from a pull after the end of the source is dropped, as `done` is final, so it must have no effect. `doneIndex` is set before the worker that saw `done` settles, so its slot hand-back runs before the delivery check of any error that sees it here, and the two always agree.
							if (preserveOrder) {
								stopIndex = Math.min(stopIndex, currentIndex);
							} else if (currentIndex < doneIndex) {
								isDone = true;
							}

							return {error};
						}
					})();

					if (preserveOrder) {
						promises.push(promise);
						return;
					}

					promises.push(undefined);

					unfilledIndexes.add(currentIndex);

					// The worker never rejects, as errors are returned as a value.
					// The slot is filled here, a tick after the worker settles, rather than by the worker itself, for the same reason the consumer awaits a filled slot: so the consumer never runs, and pulls, earlier.
					promise.then(result => {
						// The slot was already given back, as the pull came after the end of the source.
						if (!unfilledIndexes.delete(currentIndex)) {
							return;
						}

						if (result.done) {
							// The pulls made after this one came after the end of the source, and a source like a queue may never answer them, so give their slots back now instead of waiting on them.
							for (const unfilledIndex of unfilledIndexes) {
								if (unfilledIndex > currentIndex) {
									unfilledIndexes.delete(unfilledIndex);
									fillSlot({done: true});
								}
							}
						}

						fillSlot(result);
					});
				}

				trySpawn();

				try {
					while (headIndex < promises.length) {
						// Without `preserveOrder`, a filled slot holds the result itself, and it is still awaited. That takes one tick, like awaiting a settled promise, so the consumer, and its `trySpawn()`, never run earlier than with a promise in the slot. Taking a ready result without the tick can make the consumer pull before it sees a stop or the end of the source, and a one-shot source, like a queue, would lose that item.
						// eslint-disable-next-line no-await-in-loop
						const result = await (promises[headIndex] ?? new Promise(resolve => {
							wake = resolve;
						}));
						const {done, value} = result;

						// Release the entry instead of leaving it for a `shift()` to move, and drop the
						// consumed prefix once it is at least half the array. That keeps the backing
						// store proportional to the results still in flight rather than to the total
						// ever spawned, which matters for an endless source, while costing one copy per
						// half of the array, so it stays O(1) per element.
						promises[headIndex] = undefined;
						headIndex++;

						if (headIndex * 2 >= promises.length) {
							promises = promises.slice(headIndex);
							fillIndex -= headIndex;
							headIndex = 0;
						}

						if (Object.hasOwn(result, 'error')) {
							throw result.error;
						}

						if (done) {
							// Without `preserveOrder`, the `done` can arrive while other workers are still running.
							if (preserveOrder) {
								return;
							}

							continue;
						}

						// The stream ends where the stop would have been yielded: after the earlier elements with `preserveOrder`, and after the results that were ready before it without.
						if (value === pMapStop) {
							return;
						}

						// Spawn if just dropped below the backpressure limit and still below the reading limit
						trySpawn();

						// A `pMapSkip` result stays in `promises` and is stepped over here. Splicing it out
						// in the worker instead would make every skip an O(n) scan and move, so a run of
						// skips would be O(n²).
						if (value === pMapSkip) {
							continue;
						}

						yield value;
					}
				} finally {
					// Stop pulling input once the consumer stops iterating, otherwise pending skipped mappers keep spawning work.
					isDone = true;

					if (!isIterableDone) {
						closeIterator(iterator);
					}
				}
			})();

			// Override `return()` and `throw()` on the generator itself instead of wrapping it, so it
			// keeps what it inherits, like `Symbol.asyncDispose` for `await using`, and `next()` stays
			// the native one. Plain functions, not `async`: the generator already returns a promise,
			// and an `async` function would wrap it in two more promises and two more microtask hops.
			const {return: generatorReturn, throw: generatorThrow} = generator;

			generator.return = value => {
				isDone = true;
				return generatorReturn.call(generator, value);
			};

			generator.throw = error => {
				isDone = true;
				return generatorThrow.call(generator, error);
			};

			return generator;
		},
	};
}

const pMapSkip = Symbol('skip');

const pMapStop = Symbol('stop');

// The checks `pMap` and `pMapIterable` share, so both reject the same input the same way.
// `mapConcurrently` runs this inside its promise, so a bad argument rejects rather than throws.
function validateOptions(iterable, mapper, concurrency) {
	// Optional chaining, so a nullish input gets this message rather than Node's internal
	// "null is not iterable".
	if (iterable?.[Symbol.iterator] === undefined && iterable?.[Symbol.asyncIterator] === undefined) {
		throw new TypeError(`Expected \`input\` to be either an \`Iterable\` or \`AsyncIterable\`, got (${typeof iterable})`);
	}

	if (typeof mapper !== 'function') {
		throw new TypeError('Mapper function is required');
	}

	if (!isLimit(concurrency, 1)) {
		throw new TypeError(`Expected \`concurrency\` to be an integer from 1 and up or \`Infinity\`, got \`${concurrency}\` (${typeof concurrency})`);
	}
}

// Whether the value is an integer from `minimum` and up, or `Infinity`, as `concurrency` and `backpressure` must be.
function isLimit(value, minimum) {
	return (Number.isSafeInteger(value) && value >= minimum) || value === Number.POSITIVE_INFINITY;
}

// Read the entries of a `Map`, or else the own enumerable keys, strings and symbols, in the order and the way `Promise.allKeyed` does, all up front. Each value gets a handler right away, also like `Promise.allKeyed`, so a value that rejects before a mapper slot reaches it is not an unhandled rejection.
function getKeyedEntries(input) {
	if (input === null || (typeof input !== 'object' && typeof input !== 'function')) {
		throw new TypeError(`Expected \`input\` to be an object, got (${input === null ? 'null' : typeof input})`);
	}

	const entries = [];

	const addEntry = (key, value) => {
		// Resolve the whole entry, so the engine checks termination after the value settles and before the mapper runs.
		entries.push(Promise.resolve(value).then(
			value => [key, {status: 'fulfilled', value}],
			error => [key, {status: 'rejected', reason: error}],
		));
	};

	if (input instanceof Map) {
		for (const [key, value] of input) {
			addEntry(key, value);
		}
	} else {
		for (const key of Reflect.ownKeys(input)) {
			if (Object.getOwnPropertyDescriptor(input, key)?.enumerable) {
				addEntry(key, input[key]);
			}
		}
	}

	return entries;
}

// Take the async iterator when the input has both, like `for await` does.
function getIterator(iterable) {
	return iterable[Symbol.asyncIterator] === undefined ? iterable[Symbol.iterator]() : iterable[Symbol.asyncIterator]();
}

// Close the source so it can release its resources, like `for await` does.
// Callers must not await this so a source that is blocked in `next()` cannot block them.
async function closeIterator(iterator) {
	try {
		await iterator.return?.();
	} catch {}
}

// Pull the next item, and stop pulling once the source has reported `done`: a source like a queue
// may block in `next()` after it is exhausted, which would hang the caller. `done` is final, like
// `for await`, so anything the source produces after it is dropped.
function createPuller(iterator) {
	let isSourceDone = false;

	// A sync iterable, like an array, answers right away, so `done` can be seen here. An async
	// iterable is seen in the `then` below, as soon as its pull settles.
	const markDone = item => {
		if (item?.done) {
			isSourceDone = true;
		}
	};

	return () => {
		if (isSourceDone) {
			return {done: true};
		}

		const result = iterator.next();
		markDone(result);

		// A sync iterable, like an array, answers right away, so `done` has been read already and
		// the result can go back untouched.
		if (typeof result?.then !== 'function') {
			return result;
		}

		// An async iterable settles later, so `done` is read off the pull once it does. That is a
		// branch of its own, which leaves the caller awaiting the pull itself rather than a promise
		// derived from it, so an async source does not pay an extra microtask per element. The
		// rejection is handled here as well as by the caller, so a pull cannot escape as an
		// unhandled rejection. A thenable that is not a promise is turned into one first, so it is
		// subscribed to once, like `for await` does, while a native promise is returned as is.
		const promise = Promise.resolve(result);
		promise.then(markDone, () => {});

		return promise;
	};
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
/******/ /* webpack/runtime/compat get default export */
/******/ (() => {
/******/ 	// getDefaultExport function for compatibility with non-harmony modules
/******/ 	__nccwpck_require__.n = (module) => {
/******/ 		var getter = module && module.__esModule ?
/******/ 			() => (module['default']) :
/******/ 			() => (module);
/******/ 		__nccwpck_require__.d(getter, { a: getter });
/******/ 		return getter;
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
/******/ var __webpack_exports__ = __nccwpck_require__(303);
/******/ __webpack_exports__ = await __webpack_exports__;
/******/ 
