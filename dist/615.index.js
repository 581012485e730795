export const id = 615;
export const ids = [615];
export const modules = {

/***/ 178:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   k: () => (/* binding */ ProxyAgent)
/* harmony export */ });
/* unused harmony export fetch */
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


/***/ }),

/***/ 188:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  main: () => (/* binding */ main)
});

// EXTERNAL MODULE: ../node_modules/@actions/core/lib/core.js + 8 modules
var core = __webpack_require__(500);
// EXTERNAL MODULE: ../node_modules/p-retry/index.js + 1 modules
var p_retry = __webpack_require__(989);
// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __webpack_require__(67);
// EXTERNAL MODULE: ../node_modules/valibot/dist/index.min.mjs
var index_min = __webpack_require__(214);
;// CONCATENATED MODULE: ../src/hints.ts
const PERMISSION = 'Give the token the account permission "Access: Organizations Revoke", for the account in question.';
const TOKEN = `Check that the secret holds the whole token and that the token is neither expired nor disabled. ${PERMISSION}`;
const ROUTE = 'The account or zone ID is wrong, or the credential may not see it: compare `account-id` or `zone-id` with the dashboard.';
const RATE_LIMIT = 'Cloudflare allows 1,200 calls in 5 minutes per user or account token, the dashboard included: run again in five minutes.';
/**
 * The codes seen in the field (there is no complete official list), each with its remedy.
 * Source: Cloudflare API reference and product documentation, gathered on 2026-11-23.
 */
const HINTS = new Map(Object.entries({
    10000: { remedy: `The token is wrong, or lacks the permission or the account. ${TOKEN}`, everyone: true },
    1000: { remedy: `Cloudflare does not know this token. ${TOKEN}`, everyone: true },
    9109: { remedy: `Cloudflare does not accept this token. ${TOKEN}`, everyone: true },
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
        remedy: 'Too many calls with a wrong credential: Cloudflare has locked it out for a while. Mend the secret first, then run again.',
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
    return { remedy: found.remedy, everyone: found.everyone || general?.everyone === true };
}
function hintsOf({ code, message }) {
    const codes = [String(code), ...(/access\.api\.error\.[a-z_]+/.exec(message) ?? [])];
    return codes.flatMap((name) => HINTS.get(name) ?? []);
}

;// CONCATENATED MODULE: ../src/no-answer.ts
/** The remedy where what answered was hardly Cloudflare. */
const PROXY_REMEDY = 'If this stays so, look for a proxy or firewall between the runner and Cloudflare.';
/** What it means that no whole answer arrived. Always transient: asking again does no harm. */
function noAnswerProblem({ cause, code }) {
    const told = code === undefined ? '' : ` (${code})`;
    const problem = { reach: 'transient', errors: [] };
    switch (cause) {
        case 'timeout':
            return {
                ...problem,
                what: 'No complete answer came in time',
                remedy: 'Check the way from the runner to Cloudflare, or raise `request-timeout`.',
            };
        case 'too_large':
            return {
                ...problem,
                what: 'The answer was larger than any that Cloudflare gives',
                remedy: PROXY_REMEDY,
            };
        case 'cancelled':
            return { ...problem, what: 'The run was cancelled before the answer came' };
        case 'network':
            return { ...problem, what: `The connection failed${told}`, remedy: networkRemedy(code ?? '') };
    }
}
function networkRemedy(code) {
    if (/CERT|SELF_SIGNED|SSL|TLS|ISSUER|ALTNAME/.test(code)) {
        return 'TLS failed: if the runner is behind an inspecting proxy, point `NODE_EXTRA_CA_CERTS` at the CA certificate of that proxy.';
    }
    if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
        return 'The host name could not be resolved: check the DNS of the runner, and `api-base-url`.';
    }
    return 'Check the way from the runner to Cloudflare (firewall, `HTTPS_PROXY`).';
}

// EXTERNAL MODULE: ../src/plain-text.ts
var plain_text = __webpack_require__(571);
;// CONCATENATED MODULE: ../src/problem.ts

/** What happened, Cloudflare's own words and the ray ID, without a full stop. */
function happening({ what, errors, rayId }) {
    const words = errors.map(apiErrorText).join('; ');
    return `${what}${words === '' ? '' : `: ${words}`}${rayId === undefined ? '' : ` (ray ID ${rayId})`}`;
}
/** The problem as one paragraph: what happened, and what to do about it. */
function problemText(problem) {
    return `${happening(problem)}.${problem.remedy === undefined ? '' : ` ${problem.remedy}`}`;
}
/** The error in Cloudflare's words: its code, where it has one, and its message. */
function apiErrorText({ code, message }) {
    const text = message.replace(/\.$/, '');
    return code === undefined ? text : `${code} ${text}`;
}
/** An error of the API with its texts made plain and of a length that a log can bear. */
function apiError(code, message) {
    const text = (0,plain_text/* shortened */.vI)((0,plain_text/* plainText */.wh)(message), 300);
    if (code === undefined)
        return { message: text };
    return { code: typeof code === 'string' ? (0,plain_text/* shortened */.vI)((0,plain_text/* plainText */.wh)(code), 100) : code, message: text };
}

;// CONCATENATED MODULE: ../src/answer.ts






const ErrorEntry = index_min/* object */.Ikc({
    code: index_min/* optional */.lqM(index_min/* union */.KCZ([index_min/* number */.aig(), index_min/* string */.YjP()])),
    message: index_min/* optional */.lqM(index_min/* string */.YjP()),
});
const Errors = index_min/* fallback */.NpB(index_min/* array */.YOg(index_min/* fallback */.NpB(index_min/* object */.Ikc({ ...ErrorEntry.entries, error_chain: index_min/* fallback */.NpB(index_min/* array */.YOg(index_min/* fallback */.NpB(ErrorEntry, {})), []) }), { error_chain: [] })), []);
const Envelope = index_min/* object */.Ikc({
    success: index_min/* boolean */.zMY(),
    errors: index_min/* optional */.lqM(Errors, []),
    result: index_min/* optional */.lqM(index_min/* unknown */.L5J()),
    result_info: index_min/* optional */.lqM(index_min/* unknown */.L5J()),
});
/** More errors than this tell the reader nothing new. */
const MAX_ERRORS = 10;
/** HTTP statuses of failures that may pass; 5xx come on top. 429 is the rate limit's and no failure of the call. */
const TRANSIENT = new Set([408, 425]);
/**
 * Reads what came of one attempt. Nothing counts as a result but HTTP 2xx with the v4 envelope, `success: true` and a
 * `result` of the expected shape (Cloudflare API reference).
 *
 * @param redact - takes the credential out of texts, should Cloudflare or a proxy repeat it
 * @param hide - takes out of error messages what readers are not to see, before they are shortened
 */
function readAnswer(exchange, result, redact, hide) {
    if (exchange.kind === 'no_answer')
        return { ok: false, problem: noAnswerProblem(exchange) };
    const { status } = exchange;
    const rayId = rayIdOf(exchange, redact);
    const about = { httpStatus: status, ...(rayId !== undefined && { rayId }) };
    const envelope = index_min/* safeParse */.xLC(Envelope, json(exchange.body, redact));
    const errors = envelope.success
        ? envelope.output.errors.flatMap((entry) => apiErrors(entry, hide)).slice(0, MAX_ERRORS)
        : [];
    if (status < 200 || status > 299 || (envelope.success && !envelope.output.success)) {
        return { ok: false, problem: { ...about, ...refusal(exchange, envelope.success, errors) } };
    }
    const parsed = envelope.success ? index_min/* safeParse */.xLC(result, envelope.output.result) : undefined;
    if (!envelope.success || parsed?.success !== true) {
        const what = envelope.success
            ? `Cloudflare answered ${statusText(status)}, but without the result that its API reference promises`
            : `Something answered ${statusText(status)}, but not in the form of Cloudflare's API`;
        return { ok: false, problem: { ...about, what, remedy: PROXY_REMEDY, reach: 'transient', errors } };
    }
    const date = exchange.headers.date;
    const resultInfo = envelope.output.result_info;
    return { ok: true, result: parsed.output, ...about, ...(date !== undefined && { date }), resultInfo };
}
function refusal(answer, enveloped, errors) {
    const { status } = answer;
    const hint = hintFor(status, errors);
    const remedy = hint?.remedy ?? remedyFor(answer, enveloped);
    const what = status >= 300 && status <= 399
        ? `Something answered with a redirect (${statusText(status)}), which is not followed`
        : `Cloudflare answered ${statusText(status)}${status <= 299 ? ' with "success": false' : ''}`;
    const transient = TRANSIENT.has(status) || status >= 500;
    const everyone = hint?.everyone === true || (status === 404 && !enveloped);
    return {
        what,
        ...(remedy !== undefined && { remedy }),
        reach: transient ? 'transient' : everyone ? 'everyone' : 'user',
        errors,
    };
}
function remedyFor({ status }, enveloped) {
    if (status >= 500)
        return 'See https://www.cloudflarestatus.com, and run the step again later.';
    if (status >= 300 && status <= 399)
        return 'Check `api-base-url`, or look for a proxy that wants a login.';
    if (status === 404 && !enveloped)
        return 'This is not the API: check `api-base-url`.';
    return enveloped ? undefined : PROXY_REMEDY;
}
function apiErrors(entry, hide) {
    return [entry, ...entry.error_chain]
        .filter(({ code, message }) => code !== undefined || message !== undefined)
        .map(({ code, message }) => apiError(code, hide(message ?? 'no message')));
}
function rayIdOf({ headers }, redact) {
    const ray = headers['cf-ray'];
    return typeof ray === 'string' ? (0,plain_text/* shortened */.vI)((0,plain_text/* plainText */.wh)(redact(ray)), 64) : undefined;
}
function statusText(status) {
    return [status, external_node_http_.STATUS_CODES[status]].filter(Boolean).join(' ');
}
/** Every text of the answer goes through `redact`, once JSON's escapes are undone. */
function json(text, redact) {
    try {
        return JSON.parse(text, (_key, value) => (typeof value === 'string' ? redact(value) : value));
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ../src/email-address.ts

/** RFC 5321, 4.5.3.1: a path holds 256 octets, two of them the angle brackets. */
const MAX_LENGTH = 254;
/**
 * What is wrong with an address, as the end of a sentence that begins with it; undefined if nothing is.
 *
 * The check is stricter than RFC 5322: quoted local parts and addresses without a dot in the domain are far more
 * often a mistake than an account, and a mistaken address revokes nobody.
 */
function emailAddressProblem(text) {
    const unprintable = (0,plain_text/* unprintableIn */.MY)(text);
    if (unprintable !== undefined) {
        return `holds an invisible or control character (${unprintable}); type the address anew instead of pasting it`;
    }
    if (/\s/.test(text))
        return 'holds white space; give one address per line, or separate them by commas';
    if (text.length > MAX_LENGTH)
        return `is longer than ${MAX_LENGTH} characters`;
    if (!/^[^@<>()[\]\\,;:"]+@[^@<>()[\]\\,;:"]+$/.test(text))
        return 'is no email address like user@example.com';
    const domain = text.slice(text.indexOf('@') + 1);
    const labels = domain.split('.');
    if (labels.length < 2 || labels.includes(''))
        return 'has no complete domain like example.com after the @';
    return undefined;
}
/** Whether the address passes {@link emailAddressProblem}. */
function isEmailAddress(text) {
    return emailAddressProblem(text) === undefined;
}

;// CONCATENATED MODULE: ../src/credential.ts

/** The headers that carry the credential (Cloudflare API reference, "Make API calls"). */
function credentialHeaders(credential) {
    return credential.kind === 'api-token'
        ? { authorization: `Bearer ${credential.token}` }
        : { 'x-auth-email': credential.email, 'x-auth-key': credential.key };
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
        problem('`api-token` excludes `api-email` and `api-key`: give the token alone.');
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
        problem('No credential: give `api-token: ${{ secrets.CLOUDFLARE_API_TOKEN }}`. If you did, the secret is empty or not available to this workflow.');
        return undefined;
    }
    const wrong = keyProblems(apiEmail, apiKey);
    for (const sentence of wrong)
        problem(sentence);
    return wrong.length === 0 ? { kind: 'global-api-key', email: apiEmail, key: apiKey } : undefined;
}
function tokenProblem(token) {
    if (/^bearer\b/i.test(token))
        return '`api-token` begins with "Bearer": give the token alone, without that word.';
    if (/\s/.test(token))
        return '`api-token` has white space inside: copy the token again, on one line.';
    if (token.startsWith('cfk_')) {
        return '`api-token` is a Global API key (`cfk_…`): create an API token instead, or give the key in `api-key` together with `api-email`.';
    }
    if (!isHeaderSafe(token))
        return '`api-token` holds characters that no API token has: copy the token again.';
    return undefined;
}
function keyProblems(apiEmail, apiKey) {
    const problems = [];
    if (apiEmail === '')
        problems.push('`api-key` needs `api-email`, the address of the account that owns the key.');
    else if (emailAddressProblem(apiEmail) !== undefined || !isHeaderSafe(apiEmail)) {
        problems.push('`api-email` is no email address: give the address of the account that owns the key.');
    }
    if (apiKey === '')
        problems.push('`api-email` needs `api-key`; better, give an `api-token` and neither of them.');
    else if (/^cf[ua]t_/.test(apiKey))
        problems.push('`api-key` is an API token: give it in `api-token`, alone.');
    else if (!isHeaderSafe(apiKey)) {
        problems.push('`api-key` holds characters that no Global API key has: copy the key again.');
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

;// CONCATENATED MODULE: ../src/run-stop.ts
/** Milliseconds that a cancelled run grants the requests in flight; the runner sends SIGTERM after 7.5 s. */
const GRACE = 5_000;
/** Thrown by whatever was waiting for its turn when the run was stopped. */
class Stopped extends Error {
}
/** Ends a run early: nothing new starts, and what is not done is skipped. */
class RunStop {
    #starting = new AbortController();
    #waiting = new AbortController();
    #onStop;
    #why;
    /** @param onStop - called once, with the reason, when the run is stopped */
    constructor(onStop) {
        this.#onStop = onStop;
    }
    /** Why the run was stopped, as a sentence; undefined while it goes on. */
    get why() {
        return this.#why;
    }
    /** Aborted as soon as nothing new may start. */
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
        this.#onStop(why);
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

;// CONCATENATED MODULE: ../src/version.ts
/** The version of this action, sent to Cloudflare in `User-Agent`; a test holds it equal to package.json. */
const VERSION = '1.0.0';

;// CONCATENATED MODULE: ../src/api-client.ts






/** Milliseconds before the second attempt; each further one waits twice as long, plus up to as much again. */
const FIRST_BACKOFF = 500;
const LONGEST_BACKOFF = 30_000;
/** Makes calls to Cloudflare's API: with the credential, at the run's pace, and again where a failure may pass. */
class ApiClient {
    #options;
    constructor(options) {
        this.#options = options;
    }
    /** Makes the call. It never throws for what Cloudflare or the network does. */
    async call(request) {
        const { exchanger, pace, stop, announce, hide } = this.#options;
        const maxAttempts = Math.min(this.#options.maxAttempts, request.maxAttempts ?? Infinity);
        const http = this.#http(request);
        let attempts = 0;
        let sent = false;
        let last;
        const attempt = async () => {
            const exchange = await pace.send(() => exchanger.attempt(http, stop.waiting), () => {
                sent = true;
            }, request.method === 'POST');
            attempts += 1;
            last = readAnswer(exchange, request.result, (text) => this.#redact(text), (text) => (request.email === undefined ? text : hide(text, request.email)));
            if (!last.ok && last.problem.reach === 'transient')
                throw new TransientFailure(last.problem);
        };
        try {
            await (0,p_retry/* default */.Ay)(attempt, {
                retries: maxAttempts - 1,
                minTimeout: FIRST_BACKOFF,
                maxTimeout: LONGEST_BACKOFF,
                randomize: true,
                signal: stop.starting,
                shouldRetry: ({ error }) => error instanceof TransientFailure,
                onFailedAttempt: ({ error, retriesLeft, retryDelay }) => {
                    if (!(error instanceof TransientFailure) || retriesLeft === 0)
                        return;
                    const about = request.email ?? 'The check of the credential';
                    const failed = `attempt ${attempts} of ${maxAttempts} failed, the next in ${(retryDelay / 1_000).toFixed(1)} s`;
                    announce(`${about}: ${failed}. ${error.message}.`, request.email);
                },
            });
        }
        catch (error) {
            if (!(error instanceof TransientFailure || error instanceof Stopped))
                throw error;
        }
        // Whatever ended the attempts, an answer that arrived is what counts.
        return { ...(last ?? { ok: false, stopped: String(stop.why), sent }), attempts };
    }
    #http({ method, path, body, timeout }) {
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
            ...(timeout !== undefined && { timeout }),
        };
    }
    #redact(text) {
        const { credential } = this.#options;
        return text.replaceAll(credential.kind === 'api-token' ? credential.token : credential.key, '***');
    }
}
/** An attempt failed in a way that may pass. */
class TransientFailure extends Error {
    constructor(problem) {
        super(happening(problem));
    }
}

;// CONCATENATED MODULE: ../src/user.ts
/** Milliseconds in a day. */
const DAY = 24 * 60 * 60 * 1_000;
/**
 * Whether the user is due at `now` (milliseconds since the epoch).
 *
 * @param dueWithinDays - a user whose time is longer ago is `past`: somebody who was rehired must not be signed out
 * for ever
 */
function timing({ revokeAfter }, now, dueWithinDays) {
    if (revokeAfter === undefined)
        return 'due';
    if (revokeAfter.at > now)
        return 'not_due';
    return now - revokeAfter.at > dueWithinDays * DAY ? 'past' : 'due';
}
/** The form in which addresses are compared: without regard to letter case. */
function addressKey(email) {
    return email.toLowerCase();
}
/** The form in which UUIDs are compared: without hyphens and letter case. */
function uuidKey(uuid) {
    return uuid.replaceAll('-', '').toLowerCase();
}

;// CONCATENATED MODULE: ../src/cloudflare.ts


/** The shape of the answer of the two token verify endpoints (Cloudflare API reference). Times are ISO 8601. */
const TokenStatus = index_min/* object */.Ikc({
    status: index_min/* string */.YjP(),
    not_before: index_min/* optional */.lqM(index_min/* string */.YjP()),
    expires_on: index_min/* optional */.lqM(index_min/* string */.YjP()),
});
const UserDetails = index_min/* object */.Ikc({ id: index_min/* string */.YjP() });
/** A user as the organization knows it (Cloudflare API reference, "access/users"); what matters here of it. */
const AccessUser = index_min/* object */.Ikc({
    id: index_min/* string */.YjP(),
    uid: index_min/* nullish */.cl6(index_min/* string */.YjP()),
    email: index_min/* nullish */.cl6(index_min/* string */.YjP()),
    active_device_count: index_min/* nullish */.cl6(index_min/* number */.aig()),
});
/**
 * A session (Cloudflare API reference, "active_sessions"). `iat` is when it was issued, in Unix seconds; one that
 * cannot be read counts as issued long ago, so that the session counts as left over.
 */
const Session = index_min/* fallback */.NpB(index_min/* object */.Ikc({ metadata: index_min/* object */.Ikc({ iat: index_min/* number */.aig() }) }), { metadata: { iat: 0 } });
const PageInfo = index_min/* fallback */.NpB(index_min/* object */.Ikc({ total_pages: index_min/* optional */.lqM(index_min/* number */.aig()) }), {});
/** Users per page of a list, and pages that are read at the most: far more than one address can have. */
const PER_PAGE = 100;
const MOST_PAGES = 50;
/** Cloudflare's API: one thin method per endpoint. No method throws for what Cloudflare or the network does. */
class Cloudflare {
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
    async revokeUser(user) {
        // The reference documents `devices` in the query and in the body, so both carry it.
        const query = user.devices ? '?devices=true' : '';
        const body = {
            email: user.email,
            ...(user.userUid !== undefined && { user_uid: user.userUid }),
            ...(user.devices && { devices: true }),
            ...(user.warpSessionReauth && { warp_session_reauth: true }),
        };
        const path = `${this.#base}/access/organizations/revoke_user${query}`;
        return this.#client.call({ method: 'POST', path, body, result: index_min/* boolean */.zMY(), email: user.email });
    }
    /** Asks whether the API token is active; the endpoint has to fit who owns the token. */
    async verifyToken(owner) {
        const path = `${owner === 'user' ? '/user' : this.#base}/tokens/verify`;
        return this.#client.call({ method: 'GET', path, result: TokenStatus });
    }
    /** Asks for the user that a Global API key belongs to. */
    async userDetails() {
        return this.#client.call({ method: 'GET', path: '/user', result: UserDetails });
    }
    /**
     * Looks up everybody with exactly this address, in whatever letter case. The list goes by a filter that may let
     * others through. Accounts only; permission: "Access: Audit Logs Read".
     */
    async usersWithEmail(email, patience = {}) {
        const found = [];
        for (let page = 1;; page += 1) {
            const query = new URLSearchParams({ email, page: String(page), per_page: String(PER_PAGE) });
            const path = `${this.#base}/access/users?${query.toString()}`;
            const call = await this.#client.call({
                method: 'GET',
                path,
                result: index_min/* array */.YOg(AccessUser),
                email,
                ...patience,
            });
            if (!call.ok)
                return call;
            found.push(...call.result.filter((user) => addressKey(user.email ?? '') === addressKey(email)));
            const { total_pages: pages = call.result.length < PER_PAGE ? page : MOST_PAGES } = index_min/* parse */.qgA(PageInfo, call.resultInfo);
            if (page >= Math.min(pages, MOST_PAGES))
                return { ...call, result: found };
        }
    }
    /** Asks for the sessions of a user that are active. Accounts only; permission: "Access: Audit Logs Read". */
    async activeSessions(id, email, patience = {}) {
        const path = `${this.#base}/access/users/${encodeURIComponent(id)}/active_sessions`;
        return this.#client.call({ method: 'GET', path, result: index_min/* array */.YOg(Session), email, ...patience });
    }
    get #base() {
        return `/${this.#target.type}s/${this.#target.id}`;
    }
}

;// CONCATENATED MODULE: ../src/credential-check.ts


/**
 * Asks Cloudflare whether the credential is active, at the endpoint that fits its kind. It only reads.
 *
 * An account-owned token can be checked at its account alone, which a run for a zone does not know.
 */
async function checkCredential(cloudflare, credential, target) {
    if (credential.kind === 'global-api-key') {
        const call = await cloudflare.userDetails();
        return call.ok
            ? { verdict: 'passed', sentence: 'The Global API key is active; permission to revoke is not checked.' }
            : failed('The Global API key', call);
    }
    const { owner } = credential;
    if (owner === 'user' || (owner === 'unknown' && target.type === 'zone')) {
        const check = tokenCheck(await cloudflare.verifyToken('user'));
        return owner === 'user'
            ? check
            : { ...check, sentence: `${check.sentence}${check.verdict === 'failed' ? OWNED_BY_ACCOUNT : ''}` };
    }
    if (owner === 'account') {
        return target.type === 'zone'
            ? { verdict: 'unchecked', sentence: UNCHECKED }
            : tokenCheck(await cloudflare.verifyToken('account'));
    }
    // Without a prefix the token may be of either kind, and each endpoint knows but its own.
    const asUser = await cloudflare.verifyToken('user');
    return tokenCheck(asUser.ok ? asUser : await cloudflare.verifyToken('account'));
}
const UNCHECKED = 'An account-owned API token cannot be checked with `zone-id`: give `account-id` to have it checked.';
const OWNED_BY_ACCOUNT = ' If an account owns the token, it cannot be checked with `zone-id`: give `account-id`.';
function tokenCheck(call) {
    if (!call.ok)
        return failed('The API token', call);
    const { status, not_before: notBefore, expires_on: expiresOn } = call.result;
    if (status !== 'active') {
        return {
            verdict: 'failed',
            sentence: `The API token is not active; Cloudflare calls it "${said(status)}". Create a new token and store it in the secret.`,
        };
    }
    if (notBefore !== undefined && !isPast(notBefore)) {
        return {
            verdict: 'failed',
            sentence: `The API token is valid only from ${said(notBefore)} on.`,
        };
    }
    const until = expiresOn === undefined ? '' : ` until ${said(expiresOn)}`;
    return {
        verdict: 'passed',
        sentence: `The API token is active${until}; permission to revoke is not checked.`,
    };
}
/** A time that cannot be read is not past. */
function isPast(time) {
    return Date.parse(time) <= Date.now();
}
function failed(what, call) {
    const why = 'problem' in call ? problemText(call.problem) : call.stopped;
    return { verdict: 'failed', sentence: `${what} could not be confirmed. ${why}` };
}
function said(text) {
    return (0,plain_text/* shortened */.vI)((0,plain_text/* plainText */.wh)(text), 100);
}

// EXTERNAL MODULE: external "node:https"
var external_node_https_ = __webpack_require__(708);
// EXTERNAL MODULE: ../node_modules/@actions/http-client/lib/index.js + 1 modules
var lib = __webpack_require__(564);
;// CONCATENATED MODULE: ../src/exchange.ts




/** Far above any answer of the endpoints used here; a body beyond it is no answer. In bytes. */
const MAX_BODY = 4 * 1024 * 1024;
const Coded = index_min/* fallback */.NpB(index_min/* object */.Ikc({ code: index_min/* optional */.lqM(index_min/* string */.YjP()) }), {});
/**
 * Sends requests over HTTP, one attempt each. Proxies (`HTTPS_PROXY`, `NO_PROXY`) are those of the runner.
 *
 * `HttpClient.requestRaw` is used instead of its `post` and `postJson`, because those follow redirects with the
 * credential attached, hide the headers of errors, and never settle when a body ends midway.
 */
class Exchanger {
    #timeout;
    #connections;
    #client;
    /**
     * @param timeout - milliseconds for one attempt as a whole, from connecting to the last byte of the body
     * @param connections - how many connections may be open at once
     */
    constructor(timeout, connections) {
        this.#timeout = timeout;
        this.#connections = connections;
        this.#client = this.#newClient();
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
            // A proxy that never answers CONNECT keeps its place among the connections: later attempts get a new agent.
            this.#client = this.#newClient();
            giveUp('timeout');
        }, Math.min(this.#timeout, request.timeout ?? this.#timeout));
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
    #newClient() {
        // The client's own idle timeout must never be the first to end an attempt.
        const socketTimeout = this.#timeout * 2;
        return new lib/* HttpClient */.Qq(undefined, [], { keepAlive: true, maxSockets: this.#connections, socketTimeout });
    }
    async #send(request, signal) {
        try {
            const url = new URL(request.url);
            const { message } = await this.#client.requestRaw({
                parsedUrl: url,
                httpModule: url.protocol === 'https:' ? external_node_https_ : external_node_http_,
                options: {
                    method: request.method,
                    host: url.hostname.replace(/^\[|\]$/g, ''),
                    ...(url.port !== '' && { port: url.port }),
                    path: `${url.pathname}${url.search}`,
                    headers: { ...request.headers },
                    agent: this.#client.getAgent(request.url),
                    signal,
                },
            }, request.body ?? '');
            const body = await wholeBody(message);
            if (body === undefined)
                return { kind: 'no_answer', cause: 'too_large' };
            const { statusCode: status = 0 } = message;
            return { kind: 'answer', status, headers: message.headers, body };
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
    return index_min/* parse */.qgA(Coded, error).code;
}

;// CONCATENATED MODULE: ../src/base-url.ts
/** Where Cloudflare's API lives (Cloudflare API reference, "Make API calls"). */
const CLOUDFLARE_API = 'https://api.cloudflare.com/client/v4';
/**
 * Chooses the address of the API.
 *
 * Nothing is taken from the environment but `CLOUDFLARE_BASE_URL`, and that only for a loopback host, so that tests
 * can run a workflow unchanged.
 *
 * @param given - the input `api-base-url`, empty if not given
 * @param environment - the value of `CLOUDFLARE_BASE_URL`
 * @param problem - takes each problem as a full sentence
 * @returns undefined exactly if a problem was reported
 */
function chooseBaseUrl(given, environment, problem) {
    const text = given === '' ? (loopbackOnly(environment) ?? CLOUDFLARE_API) : given;
    const url = URL.parse(text);
    if (url === null) {
        problem('`api-base-url` is no URL: leave it out, or give one like https://api.cloudflare.com/client/v4.');
        return undefined;
    }
    if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
        problem('`api-base-url` must have no user name, password, query or fragment: leave them out.');
        return undefined;
    }
    if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
        problem('`api-base-url` must begin with https:// (http:// is for loopback hosts only): credentials never travel unencrypted.');
        return undefined;
    }
    return { href: `${url.origin}${url.pathname.replace(/\/+$/, '')}`, cloudflare: isCloudflare(url) };
}
function loopbackOnly(value) {
    const url = URL.parse(value ?? '');
    return url !== null && isLoopback(url.hostname) ? url.href : undefined;
}
function isLoopback(hostname) {
    return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}
function isCloudflare(url) {
    return url.port === '' && /(^|\.)cloudflare\.com$/.test(url.hostname);
}

;// CONCATENATED MODULE: ../src/input-reader.ts


const DEFAULTS = {
    email: '',
    'users-file': '',
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
    'dry-run': 'false',
    concurrency: '4',
    'max-attempts': '5',
    'request-timeout': '30',
    'mask-emails': 'false',
    'api-base-url': '',
};
/** The inputs of the action with their defaults; a test holds both equal to action.yml. */
const INPUTS = DEFAULTS;
/** Reads single inputs the way the runner hands them over, and collects what is wrong with them. */
class InputReader {
    problems = [];
    #secrets = [];
    #misspelt = new Set();
    /** Takes note of a problem: a full sentence that names the input and the remedy. */
    problem = (sentence) => {
        this.problems.push(this.#redacted(sentence));
    };
    /** The input, trimmed. The runner applies defaults itself; they apply here only where it had no part. */
    text(name) {
        return this.#absent(name) ? INPUTS[name] : core/* getInput */.V4(name);
    }
    /** A text input that is kept out of every message, and registered with the runner as a secret. */
    secret(name) {
        const text = this.text(name);
        const bare = text.replace(/^bearer\s+/i, '');
        for (const secret of new Set([text, bare])) {
            if (secret === '')
                continue;
            core/* setSecret */.Pq(secret);
            this.#secrets.push(secret);
        }
        return text;
    }
    /** A boolean as the toolkit reads it. An empty one is a mistake: it may have been meant to be true. */
    boolean(name) {
        if (this.#absent(name))
            return INPUTS[name] === 'true';
        if (this.text(name) === '') {
            this.problem(`\`${name}\` is empty; if it comes from an expression, write \`\${{ … || false }}\`.`);
            return false;
        }
        try {
            return core/* getBooleanInput */.Vt(name);
        }
        catch {
            this.problem(`\`${name}\` is ${this.shown(this.text(name))}: give true or false.`);
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
    /** Finds inputs whose name is almost right: the runner only warns of them, and the run would do something else. */
    checkNames() {
        for (const key of Object.keys(process.env)) {
            if (!key.startsWith('INPUT_'))
                continue;
            const given = key.slice('INPUT_'.length);
            const meant = Object.keys(INPUTS).find((name) => bare(name) === bare(given));
            if (meant !== undefined && meant.toUpperCase() !== given) {
                this.#misspelt.add(meant);
                this.problem(`There is no input \`${given.toLowerCase()}\`: write \`${meant}\`.`);
            }
        }
    }
    /** The value as a message may show it: quoted, plain and short; never something that looks like a credential. */
    shown(text) {
        return /cf(ut|at|k)_/.test(text)
            ? 'something that looks like a credential'
            : `"${(0,plain_text/* plainText */.wh)((0,plain_text/* shortened */.vI)(this.#redacted(text), 80))}"`;
    }
    /** Whether the input may have been meant to be true: it is not plainly false, or its name is misspelt. */
    maybeTrue(name) {
        return !/^false$/i.test(this.text(name)) || this.#misspelt.has(name);
    }
    #redacted(text) {
        return this.#secrets.reduce((redacted, secret) => redacted.replaceAll(secret, '***'), text);
    }
    #absent(name) {
        return process.env[`INPUT_${name.toUpperCase()}`] === undefined;
    }
}
function bare(name) {
    return name.toLowerCase().replace(/[-_ ]/g, '');
}

;// CONCATENATED MODULE: ../src/moment.ts
/** RFC 3339, 5.6: a date, a time of day, and an offset. */
const TIMESTAMP = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:[Zz]|[+-]\d{2}:\d{2})$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
/**
 * Reads a `revoke_after`: a date counts from the end of that day in `timezone`, a timestamp from that second on.
 *
 * @param timezone - an IANA time zone
 * @returns undefined if the text is neither, or no such day or time exists
 */
async function readMoment(text, timezone) {
    if (!DATE.test(text) && !TIMESTAMP.test(text))
        return undefined;
    // Loaded on demand: most runs have no dates, and every start parses what is loaded.
    const { Instant, PlainDate } = await temporal();
    try {
        const instant = DATE.test(text)
            ? PlainDate.from(text, { overflow: 'reject' }).add({ days: 1 }).toZonedDateTime(timezone).toInstant()
            : Instant.from(text);
        return { text, at: instant.epochMilliseconds };
    }
    catch {
        return undefined;
    }
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
async function temporal() {
    return (await __webpack_require__.e(/* import() */ 716).then(__webpack_require__.bind(__webpack_require__, 716))).Temporal;
}

;// CONCATENATED MODULE: ../src/target.ts
/**
 * Chooses the target from `account-id` and `zone-id`, which exclude each other.
 *
 * @param problem - takes each problem as a full sentence
 * @returns undefined exactly if a problem was reported
 */
function chooseTarget(accountId, zoneId, problem) {
    if (accountId !== '' && zoneId !== '') {
        problem('`account-id` and `zone-id` exclude each other: give the account, or the zone, not both.');
        return undefined;
    }
    if (accountId === '' && zoneId === '') {
        problem('No organization: give `account-id` (or `zone-id`). In the Cloudflare dashboard it stands in the URL, after the host.');
        return undefined;
    }
    const type = accountId === '' ? 'zone' : 'account';
    const id = (accountId === '' ? zoneId : accountId).toLowerCase();
    if (!/^[0-9a-f]{32}$/.test(id)) {
        problem(`\`${type}-id\` is not 32 hex characters: copy the ${type} ID again, without spaces or quotes.`);
        return undefined;
    }
    return { type, id };
}
/** The target in the words of a sentence. */
function targetName(target) {
    return `${target.type} ${target.id}`;
}

;// CONCATENATED MODULE: ../src/user-entry.ts



const UUID = /^(?:[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;
/** Whether the text is a UUID as Cloudflare takes it: 32 hex characters, or 36 with hyphens. */
function isUuid(text) {
    return UUID.test(text);
}
/**
 * Checks one entry.
 *
 * @param timezone - the IANA time zone of dates
 * @param problem - takes each problem as a full sentence
 */
async function checkEntry(entry, timezone, show, problem) {
    const { where, origin, email, userUid = '', revokeAfter } = entry;
    const wrong = [];
    if (email === '')
        wrong.push('has no address.');
    else if (!isEmailAddress(email))
        wrong.push(`${show(email)} ${String(emailAddressProblem(email))}.`);
    if (userUid !== '' && !isUuid(userUid)) {
        wrong.push(`the UUID ${show(userUid)} is not 32 hex characters, or 36 with hyphens.`);
    }
    const moment = await momentOf(revokeAfter, timezone);
    if (moment === 'blank')
        wrong.push('`revoke_after` is blank: write the date, or `now`.');
    if (moment === 'wrong') {
        wrong.push(`\`revoke_after\` ${show(String(revokeAfter))} is no date like 2026-11-30, no timestamp with offset like 2026-11-30T18:00:00+01:00, and not \`now\`.`);
    }
    for (const sentence of wrong)
        problem(`${where}: ${sentence}`);
    if (wrong.length > 0 || !isEmailAddress(email) || typeof moment === 'string')
        return undefined;
    return {
        where,
        origin,
        email,
        ...(userUid !== '' && { userUid }),
        ...(moment !== undefined && { revokeAfter: moment }),
    };
}
async function momentOf(text, timezone) {
    if (text === undefined || /^now$/i.test(text))
        return undefined;
    if (text === '')
        return 'blank';
    return (await readMoment(text, timezone)) ?? 'wrong';
}
const JsonUser = index_min/* strictObject */.rej({
    email: index_min/* string */.YjP(),
    user_uid: index_min/* optional */.lqM(index_min/* string */.YjP()),
    revoke_after: index_min/* optional */.lqM(index_min/* string */.YjP()),
});
/**
 * Reads one element of a JSON list: an address, or an object with `email` and perhaps `user_uid` and `revoke_after`.
 *
 * @param problem - takes each problem as a full sentence
 */
function entryFromJson(element, place, problem) {
    if (typeof element === 'string')
        return { ...place, email: element.trim() };
    const parsed = index_min/* safeParse */.xLC(JsonUser, element);
    if (!parsed.success) {
        problem(`${place.where}: write an address, or an object with "email" and nothing but "user_uid" and "revoke_after", all of them texts.`);
        return undefined;
    }
    const { email, user_uid: userUid, revoke_after: revokeAfter } = parsed.output;
    return {
        ...place,
        email: email.trim(),
        ...(userUid !== undefined && { userUid: userUid.trim() }),
        ...(revokeAfter !== undefined && { revokeAfter: revokeAfter.trim() }),
    };
}

;// CONCATENATED MODULE: ../src/json-users.ts

/**
 * Reads users from a JSON array of addresses or of objects.
 *
 * @param problem - takes each problem as a full sentence, with name and line
 */
async function entriesFromJson(text, { name, origin }, problem) {
    const list = jsonArray(text);
    if (list === undefined) {
        problem(`${name}${await errorPlace(text)}: this is no JSON array; write ["user@example.com", …].`);
        return [];
    }
    const nodes = await elementNodes(text);
    const lineOf = lineFinder(text);
    return list.flatMap((element, index) => {
        const node = nodes[index];
        const place = origin === 'file' ? `line ${lineOf(Number(node?.offset))}` : `entry ${index + 1}`;
        const where = `${name}, ${place}`;
        if (node !== undefined && repeatsKey(node)) {
            problem(`${where}: a key stands there twice; keep one.`);
            return [];
        }
        return entryFromJson(element, { where, origin }, problem) ?? [];
    });
}
function jsonArray(text) {
    try {
        const value = JSON.parse(text);
        return Array.isArray(value) ? value : undefined;
    }
    catch {
        return undefined;
    }
}
/** The elements as they stand in the text: JSON itself tells neither lines nor keys that stand there twice. */
async function elementNodes(text) {
    const { parseTree } = await __webpack_require__.e(/* import() */ 105).then(__webpack_require__.t.bind(__webpack_require__, 105, 23));
    const { children = [] } = { ...parseTree(text) };
    return children;
}
function repeatsKey({ children = [] }) {
    const keys = children.map((property) => String(property.children?.[0]?.value));
    return new Set(keys).size < keys.length;
}
async function errorPlace(text) {
    const { parseTree } = await __webpack_require__.e(/* import() */ 105).then(__webpack_require__.t.bind(__webpack_require__, 105, 23));
    const errors = [];
    try {
        parseTree(text, errors);
    }
    catch {
        // Nested too deeply to be parsed, let alone to be a list of users.
    }
    return errors
        .slice(0, 1)
        .map(({ offset }) => `, line ${lineFinder(text)(offset)}`)
        .join('');
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

// EXTERNAL MODULE: external "node:buffer"
var external_node_buffer_ = __webpack_require__(573);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(24);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(760);
;// CONCATENATED MODULE: ../src/csv-users.ts

/** What spreadsheets put between cells, depending on the language they are set to. */
const DELIMITERS = [',', ';', '\t'];
const SkippedRow = index_min/* fallback */.NpB(index_min/* object */.Ikc({ lines: index_min/* number */.aig() }), { lines: 0 });
/**
 * Reads users from CSV: a header row with `email`, optionally `user_uid` and `revoke_after`; other columns are ignored.
 *
 * @param name - the name of the file, for messages
 * @param problem - takes each problem as a full sentence, with file and line
 */
async function entriesFromCsv(text, name, problem) {
    const [header, ...rows] = await rowsOf(text, (line) => {
        problem(`${name}, line ${line}: a quote is wrong here or on a line before; mend it, since what follows cannot be checked.`);
    });
    if (header === undefined)
        return [];
    const places = placesOf(header, name, problem);
    if (places === undefined)
        return [];
    const width = header.cells.length;
    return rows.flatMap(({ cells, line }) => {
        const where = `${name}, line ${line}`;
        if (cells.length === width)
            return [entryOf(cells, places, where)];
        problem(`${where}: ${cells.length} cells where the header has ${width}; mend the commas and quotes.`);
        return [];
    });
}
/** Rows with anything in them, the header first. */
async function rowsOf(text, badLine) {
    if (text.trim() === '')
        return [];
    // Loaded on demand: most runs have no file, and every start parses what is loaded.
    const { parse } = await __webpack_require__.e(/* import() */ 413).then(__webpack_require__.bind(__webpack_require__, 413));
    const rows = [];
    const badLines = new Set();
    parse(text, {
        delimiter: delimiterOf(text),
        // All of them: the line ending of the first row says nothing of the others.
        record_delimiter: ['\r\n', '\n', '\r'],
        relax_column_count: true,
        skip_empty_lines: true,
        skip_records_with_error: true,
        trim: true,
        on_skip: (error) => {
            badLines.add(index_min/* parse */.qgA(SkippedRow, error).lines);
            return undefined;
        },
        on_record: (cells, { lines: line }) => {
            if (cells.some((cell) => cell !== ''))
                rows.push({ cells, line });
            return null;
        },
    });
    for (const line of badLines)
        badLine(line);
    return rows;
}
/** The delimiter with which the first line has a column for addresses; the comma if none does. */
function delimiterOf(text) {
    const [line = ''] = text.trimStart().split(/[\r\n]/, 1);
    const fits = (delimiter) => line.split(delimiter).some((title) => columnKey(title) === 'email');
    return DELIMITERS.find(fits) ?? ',';
}
function placesOf({ cells, line }, name, problem) {
    const places = new Map();
    const twice = [];
    for (const [place, title] of cells.entries()) {
        const column = columnKey(title);
        if (column === undefined)
            continue;
        if (places.has(column))
            twice.push(title);
        places.set(column, place);
    }
    for (const title of twice)
        problem(`${name}, line ${line}: two columns are the same, the second "${title}"; keep one.`);
    if (!places.has('email'))
        problem(`${name}, line ${line}: no column is called "email"; the first row must be a header.`);
    return twice.length === 0 && places.has('email') ? places : undefined;
}
function columnKey(title) {
    const key = title.toLowerCase().replace(/[-_\s"]/g, '');
    return key === 'email' || key === 'useruid' || key === 'revokeafter' ? key : undefined;
}
function entryOf(cells, places, where) {
    const cell = (column) => {
        const place = places.get(column);
        return place === undefined ? undefined : cells[place];
    };
    const userUid = cell('useruid');
    const revokeAfter = cell('revokeafter');
    return {
        where,
        origin: 'file',
        email: String(cell('email')),
        ...(userUid !== undefined && { userUid }),
        ...(revokeAfter !== undefined && { revokeAfter }),
    };
}

;// CONCATENATED MODULE: ../src/users-file.ts





/** Ten thousand users need less than a tenth of this. In bytes. */
const LARGEST_FILE = 16 * 1024 * 1024;
/**
 * Reads the users that a file lists, by the ending of its name: `.csv`, `.json`, or one address a line.
 *
 * Only files inside the workspace or the runner's temporary folder are read, judged after symbolic links are followed.
 *
 * @param path - the input `users-file`, relative to the workspace or absolute
 * @param problem - takes each problem as a full sentence
 */
async function readUsersFile(path, problem) {
    const text = textOf(path, problem);
    if (text === undefined)
        return [];
    const name = (0,external_node_path_.basename)(path);
    switch ((0,external_node_path_.extname)(path).toLowerCase()) {
        case '.csv':
            return entriesFromCsv(text, name, problem);
        case '.json':
            return entriesFromJson(text, { name, origin: 'file' }, problem);
        default:
            return entriesFromLines(text, name);
    }
}
function entriesFromLines(text, name) {
    return text.split(/\r\n|[\n\r]/).flatMap((line, index) => {
        const email = line.replace(/(?:^|\s)#[^]*$/, '').trim();
        return email === '' ? [] : [{ where: `${name}, line ${index + 1}`, origin: 'file', email }];
    });
}
function textOf(path, problem) {
    const { GITHUB_WORKSPACE: workspace = '', RUNNER_TEMP: temp = '' } = process.env;
    try {
        const file = (0,external_node_fs_.realpathSync)((0,external_node_path_.resolve)(workspace, path));
        const allowed = [workspace, temp].some((folder) => folder !== '' && isInside(file, (0,external_node_fs_.realpathSync)(folder)));
        const { size } = (0,external_node_fs_.statSync)(file);
        if (!allowed)
            problem("`users-file` lies outside the workspace and the runner's temporary folder: put the file into one of them.");
        else if (!(0,external_node_fs_.statSync)(file).isFile())
            problem('`users-file` is not a file: give the path of the list itself.');
        else if (size > LARGEST_FILE)
            problem(`\`users-file\` is larger than ${LARGEST_FILE / 1024 / 1024} MiB: split the list.`);
        else
            return utf8((0,external_node_fs_.readFileSync)(file), problem);
    }
    catch {
        problem('`users-file` cannot be read: check the path, and that a step before this one checks out the repository or fetches the list.');
    }
    return undefined;
}
function utf8(bytes, problem) {
    if ((0,external_node_buffer_.isUtf8)(bytes))
        return bytes.toString().replace(/^\uFEFF/, '');
    problem('`users-file` is not in UTF-8: save the list as "CSV UTF-8".');
    return undefined;
}
function isInside(file, folder) {
    const way = (0,external_node_path_.relative)(folder, file);
    return way !== '' && way !== '..' && !way.startsWith(`..${external_node_path_.sep}`) && !(0,external_node_path_.isAbsolute)(way);
}

;// CONCATENATED MODULE: ../src/user-list.ts




/**
 * Reads and checks everybody the step names.
 *
 * @param show - how a value from a list may appear in a message
 * @param problem - takes each problem as a full sentence; if there was one, the list is not to be used
 */
async function readUsers(given, show, problem) {
    if (given.email === '' && given.usersFile === '') {
        problem('Nobody to revoke: give `email`, or `users-file`.');
        return { users: [], repeated: 0 };
    }
    const inline = await entriesFromInput(given, problem);
    const filed = given.usersFile === '' ? [] : await readUsersFile(given.usersFile, problem);
    const listed = [];
    for (const entry of [...inline, ...filed]) {
        const user = await checkEntry(entry, given.timezone, show, problem);
        if (user !== undefined)
            listed.push(user);
    }
    return merged(listed, show, problem);
}
async function entriesFromInput({ email, userUid, usersFile }, problem) {
    const entries = email.startsWith('[')
        ? await entriesFromJson(email, { name: '`email`', origin: 'email' }, problem)
        : email
            .split(/[,\n\r]/)
            .map((text) => text.trim())
            .filter((text) => text !== '')
            .map((text, index, all) => {
            const where = all.length === 1 ? '`email`' : `\`email\`, entry ${index + 1}`;
            return { where, origin: 'email', email: text };
        });
    if (userUid === '')
        return entries;
    const [only, ...others] = entries;
    if (only === undefined || others.length > 0 || usersFile !== '' || only.userUid !== undefined) {
        problem('`user-uid` goes with exactly one address in `email` and no `users-file`: in a list, give each user its own `user_uid`.');
        return entries;
    }
    return [{ ...only, where: '`email` with `user-uid`', userUid }];
}
/** Makes one user of all entries with the same address, whatever its letter case. */
function merged(listed, show, problem) {
    const users = new Map();
    for (const user of listed) {
        const key = addressKey(user.email);
        const earlier = users.get(key);
        if (earlier === undefined) {
            users.set(key, user);
            continue;
        }
        for (const what of contradictions(earlier, user)) {
            problem(`${user.where}: ${show(user.email)} stands at ${earlier.where} too, with another ${what}; keep one.`);
        }
        // Whatever the order, what is known of the UUID is kept.
        const userUid = earlier.userUid ?? user.userUid;
        users.set(key, { ...earlier, ...(userUid !== undefined && { userUid }) });
    }
    return { users: [...users.values()], repeated: listed.length - users.size };
}
function contradictions(earlier, later) {
    const uuids = earlier.userUid !== undefined && later.userUid !== undefined;
    const otherUuid = uuids && uuidKey(earlier.userUid) !== uuidKey(later.userUid);
    // Entries of `email` come first. One without a date is due now, and wins over the file.
    const wins = earlier.origin === 'email' && later.origin === 'file' && earlier.revokeAfter === undefined;
    const otherTime = !wins && earlier.revokeAfter?.at !== later.revokeAfter?.at;
    return [...(otherUuid ? ['UUID'] : []), ...(otherTime ? ['`revoke_after`'] : [])];
}

;// CONCATENATED MODULE: ../src/inputs.ts







/**
 * Reads and checks all inputs. Secrets are registered with the runner before anything else is printed.
 *
 * @param now - the time by which users are due, in milliseconds since the epoch
 * @returns what the step is to do, or every problem at once
 */
async function readInputs(now) {
    const reader = new InputReader();
    const { problem } = reader;
    const given = {
        apiToken: reader.secret('api-token'),
        apiKey: reader.secret('api-key'),
        apiEmail: reader.text('api-email'),
    };
    reader.checkNames();
    const target = chooseTarget(reader.text('account-id'), reader.text('zone-id'), problem);
    const credential = chooseCredential(given, problem);
    const baseUrl = chooseBaseUrl(reader.text('api-base-url'), process.env['CLOUDFLARE_BASE_URL'], problem);
    const options = readOptions(reader);
    if (options.verify && target?.type === 'zone') {
        problem('`verify` goes with `account-id` only: the sessions it reads can be asked for by account alone.');
    }
    const list = await readUserList(reader, options.timezone);
    const due = list.users.filter((user) => timing(user, now, options.dueWithinDays) === 'due').length;
    if (due > options.maxUsers) {
        problem(`${due} users are due, more than \`max-users\` (${options.maxUsers}): check the list, and raise \`max-users\` if it is right.`);
    }
    const incomplete = target === undefined || credential === undefined || baseUrl === undefined;
    if (incomplete || reader.problems.length > 0)
        return { problems: reader.problems };
    return { ...list, target, credential, baseUrl, ...options };
}
function readOptions(reader) {
    const timezone = reader.text('timezone');
    if (!isTimezone(timezone)) {
        reader.problem(`\`timezone\` is ${reader.shown(timezone)}: give an IANA time zone like Europe/Berlin.`);
    }
    return {
        devices: reader.boolean('devices'),
        warpSessionReauth: reader.boolean('warp-session-reauth'),
        verify: reader.boolean('verify'),
        unknownUser: reader.choice('unknown-user', ['fail', 'warn']),
        signedInAgain: reader.choice('signed-in-again', ['fail', 'warn']),
        dryRun: reader.boolean('dry-run'),
        ifEmpty: reader.choice('if-empty', ['fail', 'warn', 'ignore']),
        timezone,
        dueWithinDays: reader.integer('due-within-days', 1, 3_650),
        maxUsers: reader.integer('max-users', 1, 1_000_000),
        concurrency: reader.integer('concurrency', 1, 20),
        maxAttempts: reader.integer('max-attempts', 1, 10),
        requestTimeout: reader.integer('request-timeout', 1, 300) * 1_000,
        maskEmails: reader.boolean('mask-emails'),
    };
}
async function readUserList(reader, timezone) {
    // What hides addresses fails hidden: of a value that may be anything, only its beginning is shown.
    const hidden = reader.maybeTrue('mask-emails');
    const show = (value) => (hidden ? `"${value.slice(0, 1)}***"` : reader.shown(value));
    const given = {
        email: reader.text('email'),
        usersFile: reader.text('users-file'),
        userUid: reader.text('user-uid'),
        timezone: isTimezone(timezone) ? timezone : 'UTC',
    };
    return readUsers(given, show, reader.problem);
}

;// CONCATENATED MODULE: ../src/log.ts


/** GitHub shows ten error annotations of a step; the last one is kept for how the run came out. */
const ANNOTATIONS = 9;
/**
 * The step's log. Every line passes through {@link plainText} here, in one place, so that nothing from outside can
 * start a workflow command, whoever composed the line.
 */
class Log {
    #annotations = 0;
    info(line) {
        core/* info */.pq((0,plain_text/* plainText */.wh)(line));
    }
    /** An annotation, or a line of the log where there are many. */
    warning(line) {
        if (this.#mayAnnotate())
            core/* warning */.$e((0,plain_text/* plainText */.wh)(line));
        else
            this.info(`Warning: ${line}`);
    }
    /** The same for a failure. */
    error(line) {
        if (this.#mayAnnotate())
            core/* error */.z3((0,plain_text/* plainText */.wh)(line));
        else
            this.info(`Error: ${line}`);
    }
    /** The last word of a red step, always an annotation. It may have several lines. */
    verdict(...lines) {
        core/* error */.z3(lines.map(plain_text/* plainText */.wh).join('\n'));
    }
    #mayAnnotate() {
        this.#annotations += 1;
        return this.#annotations <= ANNOTATIONS;
    }
}

;// CONCATENATED MODULE: ../src/look-up.ts


/** Revocations do not wait long for reads: two attempts, of ten seconds at the most each. */
const BRIEF = { maxAttempts: 2, timeout: 10_000 };
/** The permission for the reads, as a remedy. */
const READ_PERMISSION = 'Give the token the account permission "Access: Audit Logs Read" as well, or leave `verify` out.';
/** Looks users up, and gives the reads up for the whole run once it turns out that the credential may not make them. */
class LookUps {
    #cloudflare;
    #onGivenUp;
    #givenUp;
    /** @param onGivenUp - called once, with the reason in full sentences */
    constructor(cloudflare, onGivenUp) {
        this.#cloudflare = cloudflare;
        this.#onGivenUp = onGivenUp;
    }
    /** Looks the user up; it never throws for what Cloudflare or the network does. */
    async of({ email, userUid }) {
        if (this.#givenUp !== undefined)
            return this.#givenUp;
        const users = await this.#cloudflare.usersWithEmail(email, BRIEF);
        if (!users.ok)
            return this.#unread(users);
        const records = users.result;
        if (records.length === 0)
            return { kind: 'unknown' };
        let sessions = 0;
        for (const { id } of records) {
            const active = await this.#cloudflare.activeSessions(id, email, BRIEF);
            if (!active.ok)
                return this.#unread(active);
            sessions += active.result.length;
        }
        const uuids = records.flatMap(({ id, uid }) => [id, uid ?? id]).map(uuidKey);
        return {
            kind: 'known',
            records,
            sessions,
            devices: devicesOf(records),
            otherUuid: userUid !== undefined && !uuids.includes(uuidKey(userUid)),
        };
    }
    #unread(call) {
        const problem = readProblem(call);
        const unread = { kind: 'unread', problem };
        if (problem.reach === 'everyone' && this.#givenUp === undefined) {
            this.#givenUp = unread;
            this.#onGivenUp(`Nothing can be verified, so the step will be red; revocations are sent all the same. ${problemText(problem)}`);
        }
        return unread;
    }
}
/** How many devices the records count together. */
function devicesOf(records) {
    return records.reduce((sum, record) => sum + (record.active_device_count ?? 0), 0);
}
/** Why a read failed; where the credential may not make it, with the permission it takes. */
function readProblem(call) {
    if ('stopped' in call)
        return stoppedProblem(call.stopped);
    const { problem } = call;
    return problem.reach === 'everyone' ? { ...problem, remedy: READ_PERMISSION } : problem;
}
/** That the run was stopped before a read. */
function stoppedProblem(why) {
    return { what: why.replace(/\.$/, ''), reach: 'user', errors: [] };
}

;// CONCATENATED MODULE: ../src/quantity.ts
/** `2,000`. Not by way of `Intl`, whose loading would cost every start some 10 ms. */
function grouped(count) {
    return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}
/** `1 user`, `2,000 users`. */
function quantity(count, noun, plural = `${noun}s`) {
    return `${grouped(count)} ${count === 1 ? noun : plural}`;
}

;// CONCATENATED MODULE: ../src/outcome.ts
/** Counts the users by their status. */
function totalsOf(outcomes) {
    const totals = { revoked: 0, failed: 0, skipped: 0, not_due: 0, past: 0, would_revoke: 0 };
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

;// CONCATENATED MODULE: ../src/wording.ts



/** How the run came out, in one line without a full stop. */
function headline(outcomes, { dryRun, verify }) {
    const totals = totalsOf(outcomes);
    const missed = totals.failed + totals.skipped;
    const due = totals.revoked + missed + totals.would_revoke;
    const misses = [
        ...(totals.failed > 0 ? [`${grouped(totals.failed)} failed`] : []),
        ...(totals.skipped > 0 ? [`${grouped(totals.skipped)} skipped`] : []),
    ].join(', ');
    if (due === 0)
        return `Nobody is due, nothing was revoked${besides(totals)}`;
    if (dryRun && missed > 0)
        return `Dry run, not finished: ${misses}${besides(totals)}`;
    if (dryRun) {
        const flawed = outcomes.filter(isFlawed).length;
        const fail = flawed === 0 ? '' : `, but ${grouped(flawed)} of them would fail`;
        return `Dry run: ${quantity(due, 'user')} would be revoked${fail}${besides(totals)}`;
    }
    if (missed > 0) {
        const proof = verify ? 'revoked and verified' : 'revoked';
        return `${grouped(totals.revoked)} of ${quantity(due, 'user')} ${proof}: ${misses}${besides(totals)}`;
    }
    return `${quantity(due, 'user')} revoked, ${proofOf(outcomes, verify)}${besides(totals)}`;
}
/** With `verify`, users who are unknown and only warned about are confirmed, but not verified. */
function proofOf(outcomes, verify) {
    if (!verify)
        return 'confirmed by Cloudflare';
    const unproved = outcomes.filter((outcome) => outcome.status === 'revoked' && outcome.verification?.state !== 'passed').length;
    return unproved === 0 ? 'verified' : `verified but for ${grouped(unproved)}`;
}
function besides(totals) {
    const parts = [
        ...(totals.not_due > 0 ? [`${grouped(totals.not_due)} not due yet`] : []),
        ...(totals.past > 0 ? [`${grouped(totals.past)} past`] : []),
    ];
    return parts.length === 0 ? '' : ` (${parts.join(', ')}, left alone)`;
}
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
function planOf(inputs, due, privacy) {
    const { users, repeated, target, dryRun } = inputs;
    const [first, ...others] = due;
    const whom = first !== undefined && others.length === 0 ? privacy.address(first.email) : quantity(due.length, 'user');
    const waiting = users.length - due.length;
    return [
        ...(repeated > 0
            ? [
                `${quantity(repeated, 'entry', 'entries')} named a user that an earlier entry had named; each user counts once.`,
            ]
            : []),
        ...(waiting > 0 ? [`${quantity(waiting, 'user')} not due, left alone.`] : []),
        ...(first === undefined
            ? []
            : [
                `${dryRun ? 'Dry run, nothing is revoked. It would revoke' : 'Revoking'} the ${extentOf(inputs)} of ${whom} in ${targetName(target)}.`,
            ]),
    ];
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
function confirmation(verification) {
    if (verification?.state !== 'passed')
        return 'revoked, confirmed by Cloudflare';
    return `revoked and verified, ${sessionsText(verification)}`;
}
/** `3 sessions before, none after`. */
function sessionsText({ sessionsBefore = 0, sessionsAfter = 0 }) {
    return `${quantity(sessionsBefore, 'session')} before, ${sessionsAfter === 0 ? 'none' : sessionsAfter} after`;
}
/** What a revocation would cut, as the end of a sentence; empty where that was not asked. */
function cut(verification) {
    if (verification?.sessionsBefore === undefined)
        return '';
    const { sessionsBefore, devicesBefore = 0 } = verification;
    return `: ${quantity(sessionsBefore, 'active session')}, ${quantity(devicesBefore, 'active device')}`;
}

;// CONCATENATED MODULE: ../src/narrator.ts



/** Lists longer than this get progress lines. */
const SHORT_LIST = 20;
/** A progress line comes at every tenth of the list, and at the latest after this many milliseconds. */
const SILENCE = 30_000;
/** Tells in the log what happens, as it happens: a line a user, and on long lists how far it has come. */
class Narrator {
    #log;
    #privacy;
    #due;
    #start = performance.now();
    #done = 0;
    #missed = 0;
    #lastProgress = performance.now();
    /** @param due - how many users are due */
    constructor(log, privacy, due) {
        this.#log = log;
        this.#privacy = privacy;
        this.#due = due;
    }
    /** Tells what became of a user. */
    outcome(outcome) {
        const { email } = outcome.user;
        const address = this.#privacy.address(email);
        switch (outcome.status) {
            case 'revoked': {
                const { rayId, verification } = outcome;
                const ray = rayId === undefined ? '' : ` (ray ID ${rayId})`;
                this.#log.info(`${address}: ${confirmation(verification)}${ray}.`);
                this.#warn(outcome);
                break;
            }
            case 'failed': {
                this.#missed += 1;
                const text = this.#privacy.text(problemText(outcome.problem), email);
                const doubt = outcome.revocation === 'confirmed' ? ':' : ' is not revoked, or not for sure.';
                this.#log.error(`${address}${doubt} ${text}`);
                this.#warn(outcome);
                break;
            }
            case 'skipped':
                this.#missed += 1;
                this.#log.info(`${address}: skipped.`);
                break;
            case 'would_revoke':
                this.#log.info(`${address} would be revoked${cut(outcome.verification)}.`);
                if (outcome.problem !== undefined) {
                    this.#log.error(`${address}: ${this.#privacy.text(problemText(outcome.problem), email)}`);
                }
                this.#warn(outcome);
                break;
        }
        this.#progress();
    }
    #warn({ user, verification }) {
        for (const warning of verification?.warnings ?? []) {
            this.#log.warning(`${this.#privacy.address(user.email)}: ${warning}`);
        }
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
        const missed = this.#missed === 0 ? '' : `, ${grouped(this.#missed)} of them not revoked`;
        this.#log.info(`Progress: ${grouped(this.#done)} of ${quantity(this.#due, 'user')}${missed}; about ${duration(left)} left.`);
    }
}
/** `40 s`, `12 min`, from milliseconds. */
function duration(milliseconds) {
    const seconds = Math.ceil(milliseconds / 1_000);
    return seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}

// EXTERNAL MODULE: ../node_modules/structured-headers/dist/index.js + 4 modules
var dist = __webpack_require__(969);
;// CONCATENATED MODULE: ../src/rate-limit.ts


const count = index_min/* pipe */.FsL(index_min/* number */.aig(), index_min/* finite */.E2x(), index_min/* minValue */.Wwf(0));
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
    return members(header, { q: index_min/* pipe */.FsL(count, index_min/* minValue */.Wwf(1)), w: index_min/* pipe */.FsL(count, index_min/* minValue */.Wwf(1)) }).map(([policy, { q, w }]) => ({ policy, calls: Math.floor(q), window: w * 1_000 }));
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
    const parameters = index_min/* object */.Ikc(entries);
    return list(header).flatMap(([value, given]) => {
        const parsed = index_min/* safeParse */.xLC(parameters, Object.fromEntries(given));
        return parsed.success ? [[String(value), parsed.output]] : [];
    });
}
function list(header) {
    try {
        return typeof header === 'string' ? (0,dist/* parseList */.E1)(header) : [];
    }
    catch {
        return [];
    }
}

;// CONCATENATED MODULE: ../src/pace.ts

/** Cloudflare's limit where no header says otherwise (Cloudflare, "Rate limits"): 1,200 calls in 5 minutes. */
const DEFAULT_QUOTA = { policy: '', calls: 1_200, window: 5 * 60_000 };
/** No wait for the rate limit is shorter: a `Retry-After` of 0 must not become a busy loop. In milliseconds. */
const SHORTEST_HOLD = 1_000;
/** Where Cloudflare names no moment, holds double up to this length; no 503 holds longer. In milliseconds. */
const LONGEST_GUESS = 60_000;
/** By how much two answers of one window can differ on its end: whole seconds, and their ways. In milliseconds. */
const ROUNDING = 2_000;
/** After this long without an answer other than 429 the run stops. In milliseconds. */
const PATIENCE = 15 * 60_000;
const REASONS = {
    limit: "Cloudflare's rate limit leaves no room",
    unavailable: 'Cloudflare is unavailable and asks to wait',
};
/**
 * Keeps the whole run to the pace that Cloudflare sets. No call is sent that Cloudflare said it has no room for; a 429
 * holds everybody; and the first call of a run, of a window and after a hold goes alone, to learn how much room there is.
 */
class Pace {
    #options;
    /** Revocations, and behind them everything else. */
    #urgent = [];
    #queue = [];
    #windows = new Map();
    #sent = [];
    #quotas = [DEFAULT_QUOTA];
    #inFlight = 0;
    /** When calls ended without a word on the room left: they may have used up some of it. */
    #lost = [];
    /** Since when calls go alone, until one that was sent later is answered; undefined: they do not. */
    #aloneSince = 0;
    #heldUntil = 0;
    #reason = 'limit';
    #announcedUntil = 0;
    #guess = SHORTEST_HOLD;
    #lastAnswer = performance.now();
    #timer;
    /** Milliseconds spent in holds that are over, and the beginning of the one that is not. */
    #heldTime = 0;
    #heldSince;
    constructor(options) {
        this.#options = options;
        options.stop.starting.addEventListener('abort', () => {
            this.#pump();
        });
    }
    /** Milliseconds, from an arbitrary beginning, in which the rate limit held nobody. */
    get runningTime() {
        return (this.#heldSince ?? performance.now()) - this.#heldTime;
    }
    /**
     * Makes the attempt when its turn has come and there is room for it, and again as often as the answer is 429.
     *
     * @param attempt - makes one attempt; it must never throw
     * @param onHeld - called for each answer of 429
     * @param urgent - takes its turn before what is not
     * @returns what came of it, never a 429
     * @throws Stopped when the run is stopped before that
     */
    async send(attempt, onHeld, urgent) {
        for (;;) {
            await this.#turn(urgent ? this.#urgent : this.#queue);
            const sentAt = performance.now();
            const exchange = await attempt();
            this.#inFlight -= 1;
            const held = this.#learn(exchange, sentAt);
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
        for (;;) {
            const { concurrency, stop } = this.#options;
            if (stop.why !== undefined) {
                for (const { refuse } of [...this.#urgent.splice(0), ...this.#queue.splice(0)])
                    refuse(stop.starting.reason);
            }
            const queue = this.#urgent.length > 0 ? this.#urgent : this.#queue;
            if (queue.length === 0 || this.#inFlight >= (this.#aloneSince === undefined ? concurrency : 1))
                return;
            const now = performance.now();
            const wait = this.#wait(now);
            if (wait === 'for_answers')
                return;
            if (now + wait > this.#lastAnswer + PATIENCE) {
                stop.stop(this.#givenUp(wait));
            }
            else if (wait > 0) {
                this.#hold(now, wait);
                return;
            }
            else {
                this.#heldTime += now - (this.#heldSince ?? now);
                this.#heldSince = undefined;
                this.#inFlight += 1;
                this.#sent.push(now);
                queue.shift()?.grant();
            }
        }
    }
    /** Milliseconds until there is room for a call; `for_answers` if those in flight will tell. */
    #wait(now) {
        let until = this.#heldUntil;
        for (const [policy, { left, resetAt }] of this.#windows) {
            if (now >= resetAt) {
                // How much of the new window others use is not known yet.
                this.#windows.delete(policy);
                this.#lost = [];
                this.#aloneSince = now;
                if (this.#inFlight > 0)
                    return 'for_answers';
            }
            else if (left - this.#inFlight - this.#lost.length <= 0) {
                if (this.#inFlight > 0)
                    return 'for_answers';
                until = Math.max(until, resetAt);
                this.#reason = 'limit';
            }
        }
        return Math.max(0, until - now, this.#quotaWait(now));
    }
    /** The same for the policies whose window Cloudflare has told nothing of: their quota, in any window. */
    #quotaWait(now) {
        const longest = Math.max(DEFAULT_QUOTA.window, ...this.#quotas.map(({ window }) => window));
        while ((this.#sent[0] ?? now) <= now - longest)
            this.#sent.shift();
        const waits = this.#quotas.map(({ policy, calls, window }) => {
            const oldest = this.#windows.has(policy) ? undefined : this.#sent.at(-calls);
            return oldest === undefined ? 0 : oldest + window - now;
        });
        return Math.max(0, ...waits);
    }
    #hold(now, wait) {
        if (now + wait > this.#announcedUntil + 1) {
            this.#heldUntil = now + Math.max(SHORTEST_HOLD, wait);
            this.#announcedUntil = this.#heldUntil;
            this.#heldSince ??= now;
            this.#aloneSince = now;
            const length = this.#heldUntil - now;
            const until = new Date(Date.now() + length).toISOString().slice(11, 19);
            const seconds = Math.ceil(Math.round(length) / 1_000);
            this.#options.announce(`${REASONS[this.#reason]}: waiting ${seconds} s, until ${until} UTC.`);
        }
        this.#timer = setTimeout(() => {
            this.#pump();
        }, Math.ceil(this.#heldUntil - now));
    }
    /** Takes in what an answer says of the limit; true if it was 429. */
    #learn(exchange, sentAt) {
        const now = performance.now();
        if (exchange.kind === 'no_answer') {
            this.#lost.push(now);
            return false;
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
        if (status === 429) {
            const full = rooms.filter(({ left }) => left === 0).map(({ resetIn }) => resetIn);
            this.#holdAll(now, named ?? (full.length > 0 ? Math.max(...full) : this.#guessed()));
            return true;
        }
        if (status === 503 && named !== undefined)
            this.#holdAll(now, Math.min(LONGEST_GUESS, named), 'unavailable');
        else if (this.#aloneSince !== undefined && sentAt >= this.#aloneSince)
            this.#aloneSince = undefined;
        this.#lastAnswer = now;
        this.#guess = SHORTEST_HOLD;
        return false;
    }
    #note({ policy, left, resetIn }, now) {
        const known = this.#windows.get(policy);
        const resetAt = now + resetIn;
        // Answers overtake each other. Within a window the least is the latest, and the soonest end the most exact.
        this.#windows.set(policy, known === undefined || now >= known.resetAt
            ? { left, resetAt }
            : { left: Math.min(known.left, left), resetAt: soonest(known.resetAt, resetAt, left) });
    }
    #holdAll(now, length, reason = 'limit') {
        this.#aloneSince = now;
        this.#reason = reason;
        this.#heldUntil = Math.max(this.#heldUntil, now + Math.max(SHORTEST_HOLD, length));
    }
    #givenUp(wait) {
        if (wait > 0) {
            const minutes = Math.ceil(wait / 60_000);
            return `${REASONS[this.#reason]} for another ${minutes} min; this run waits no longer than 15 minutes without an answer other than 429. Cloudflare allows 1,200 calls in 5 minutes per user or account token, the dashboard included. Run the step again later.`;
        }
        return 'No answer came for 15 minutes. Check the way from the runner to Cloudflare, and run the step again.';
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

;// CONCATENATED MODULE: ../src/privacy.ts
/** How addresses appear in what people read: the log, the annotations and the job summary. */
class Privacy {
    #mask;
    /** @param mask - whether addresses are kept out of them (`mask-emails`) */
    constructor(mask) {
        this.#mask = mask;
    }
    /** The address, or enough of it to recognize it by: `j***@example.com`. */
    address(email) {
        if (!this.#mask)
            return email;
        const [first = ''] = email;
        return `${first}***${email.slice(email.lastIndexOf('@'))}`;
    }
    /** A text about the user, in which Cloudflare may have repeated the address. */
    text(text, email) {
        if (!this.#mask)
            return text;
        return text.replaceAll(new RegExp(RegExp.escape(email), 'gi'), this.address(email));
    }
}

;// CONCATENATED MODULE: ../src/revoke.ts

/** Revokes one user, and takes nothing but `result: true` for a yes. */
async function revoke(cloudflare, user, extent) {
    const startedAt = Date.now();
    const call = await cloudflare.revokeUser({ ...user, ...extent });
    const sending = { attempts: call.attempts, startedAt, finishedAt: Date.now() };
    if (call.ok) {
        const about = { httpStatus: call.httpStatus, ...(call.rayId !== undefined && { rayId: call.rayId }) };
        if (call.result)
            return {
                status: 'revoked',
                revocation: 'confirmed',
                user,
                ...sending,
                ...about,
                ...(call.date !== undefined && { date: call.date }),
            };
        return {
            status: 'failed',
            revocation: 'unconfirmed',
            user,
            ...sending,
            problem: { ...NOTHING_REVOKED, ...about },
        };
    }
    if ('problem' in call) {
        return { status: 'failed', revocation: 'unconfirmed', user, ...sending, problem: call.problem };
    }
    return { status: 'skipped', revocation: call.sent ? 'unconfirmed' : 'not_sent', user, why: call.stopped };
}
const NOTHING_REVOKED = {
    what: 'Cloudflare answered "result": false: nothing was revoked',
    remedy: 'Check that the address is that of the user in Zero Trust, and that the UUID, if one is given, belongs to it.',
    reach: 'user',
    errors: [],
};
/** What an exception that nobody thought of makes of a user: not revoked for sure, and no reason to leave the others. */
function unexpected(user, error) {
    const now = Date.now();
    const problem = unexpectedProblem(error);
    return {
        status: 'failed',
        revocation: 'unconfirmed',
        user,
        attempts: 0,
        startedAt: now,
        finishedAt: now,
        problem,
    };
}
/** The problem that an exception nobody thought of is. */
function unexpectedProblem(error) {
    const said = apiError(undefined, error instanceof Error ? error.message : String(error));
    return {
        what: 'The action failed unexpectedly',
        remedy: 'Run the step again.',
        reach: 'user',
        errors: [said],
    };
}

;// CONCATENATED MODULE: ../src/proof.ts


/**
 * Looks the user up, revokes, and then watches the sessions go. The revocation is sent whatever the look-up says or
 * fails to say.
 *
 * @returns what became of the user; where there are sessions to watch, a function that watches them, so that others can
 * be revoked in the meantime
 */
async function revokeWithProof(user, prover) {
    const lookUp = await prover.lookUps.of(user);
    const before = countsBefore(lookUp);
    // A UUID of somebody else must not lead the revocation away from the address.
    const named = lookUp.kind === 'known' && lookUp.otherUuid ? { email: user.email } : user;
    const sent = {
        ...(await revoke(prover.cloudflare, named, prover.options)),
        user,
    };
    if (sent.status === 'failed')
        return { ...sent, verification: { state: 'not_done', ...before, warnings: [] } };
    if (sent.status === 'skipped')
        return sent;
    switch (lookUp.kind) {
        case 'unread':
            return proof_failed(sent, notVerified(lookUp.problem), { state: 'not_done', warnings: [] });
        case 'unknown': {
            const verification = { state: 'not_done', ...before };
            return prover.options.unknownUser === 'fail'
                ? proof_failed(sent, UNKNOWN_USER, { ...verification, warnings: [] })
                : { ...sent, verification: { ...verification, warnings: [`${UNKNOWN_USER.what}.`] } };
        }
        case 'known': {
            const confirmedAt = Date.parse(sent.date ?? '');
            if (Number.isNaN(confirmedAt))
                return proof_failed(sent, NO_DATE, { state: 'not_done', ...before, warnings: [] });
            const watch = {
                email: user.email,
                before: lookUp,
                cutoff: Math.floor(confirmedAt / 1_000),
                devices: prover.options.devices,
            };
            return async () => {
                const seen = await prover.verifier
                    .watch(watch)
                    .catch((error) => ({ old: 0, anew: [], problem: unexpectedProblem(error) }));
                const judged = judge({ ...sent, verification: { state: 'not_done', ...before, warnings: [] } }, seen, prover.options);
                return lookUp.otherUuid ? proof_failed(sent, OTHER_UUID, judged.verification) : judged;
            };
        }
    }
}
/** A dry run's part of it: what would be cut, and what would make the run red. It only reads. */
async function rehearseWithProof(user, lookUps, options) {
    const lookUp = await lookUps.of(user);
    const would = { status: 'would_revoke', revocation: 'not_sent', user };
    const verification = { state: 'not_done', ...countsBefore(lookUp), warnings: [] };
    if (lookUp.kind === 'unread')
        return { ...would, verification, problem: lookUp.problem };
    if (lookUp.kind === 'known')
        return { ...would, verification, ...(lookUp.otherUuid && { problem: WOULD_BE_OTHER_UUID }) };
    return options.unknownUser === 'fail'
        ? { ...would, verification, problem: WOULD_BE_UNKNOWN }
        : { ...would, verification: { ...verification, warnings: [`${WOULD_BE_UNKNOWN.what}.`] } };
}
function judge(revoked, seen, options) {
    const { old, anew, devices, problem } = seen;
    if (problem !== undefined)
        return proof_failed(revoked, notVerified(problem), revoked.verification);
    const verification = {
        ...revoked.verification,
        state: old === 0 ? 'passed' : 'failed',
        sessionsAfter: old + anew.length,
        ...(devices !== undefined && { devicesAfter: devices }),
        verifiedAt: Date.now(),
        warnings: devices === undefined || devices === 0
            ? []
            : [`Cloudflare still counts ${quantity(devices, 'device')} of the user.`],
    };
    if (old > 0)
        return proof_failed(revoked, leftOver(old), verification);
    if (anew.length === 0)
        return { ...revoked, verification };
    const again = signedInAgain(Math.max(...anew));
    return options.signedInAgain === 'fail'
        ? proof_failed(revoked, again, { ...verification, state: 'failed' })
        : {
            ...revoked,
            verification: { ...verification, warnings: [...verification.warnings, `${again.what}.`] },
        };
}
function countsBefore(lookUp) {
    if (lookUp.kind !== 'known')
        return {};
    return { sessionsBefore: lookUp.sessions, devicesBefore: lookUp.devices };
}
function proof_failed(sent, problem, verification) {
    const { user, attempts, startedAt, finishedAt, httpStatus, rayId } = sent;
    const about = { httpStatus, ...(rayId !== undefined && { rayId }) };
    return {
        status: 'failed',
        revocation: 'confirmed',
        user,
        attempts,
        startedAt,
        finishedAt,
        problem: { ...about, ...problem },
        verification,
    };
}
const of = (what, remedy) => ({ what, remedy, reach: 'user', errors: [] });
const UNKNOWN_USER = of('Revoked, but the organization knows no such user', 'Check the spelling of the address. If the user may never have used Access, set `unknown-user: warn`.');
const WOULD_BE_UNKNOWN = of('The organization knows no such user', String(UNKNOWN_USER.remedy));
const WOULD_BE_OTHER_UUID = of('The UUID belongs to another user than the address', 'Check `user-uid`, or `user_uid` in the list, against the address.');
const OTHER_UUID = of(`${WOULD_BE_OTHER_UUID.what}: the revocation was sent for the address alone`, String(WOULD_BE_OTHER_UUID.remedy));
const NO_DATE = of('Revoked, but not verified: the answer had no usable `Date` header to tell old sessions by', 'Look for a proxy between the runner and Cloudflare that takes the header away.');
function notVerified(problem) {
    return { ...problem, what: `Revoked, but not verified: ${problem.what}`, reach: 'user' };
}
function leftOver(sessions) {
    return of(`Revoked, but not verified: after 90 s there ${sessions === 1 ? 'is' : 'are'} still ${quantity(sessions, 'session')} from before the revocation`, 'Run the step again. If they stay, ask Cloudflare support, with the ray ID.');
}
function signedInAgain(iat) {
    const when = new Date(iat * 1_000).toISOString().replace('.000Z', 'Z');
    return of(`Revoked, but the user signed in again at ${when}: the account in the identity provider still works`, 'Disable it there, then run the step again. If signing in anew is what you want, set `signed-in-again: warn`.');
}

;// CONCATENATED MODULE: ../src/outputs.ts


/** GitHub takes 1 MB of outputs per job, counted as UTF-16; the rest is for other outputs. In bytes. */
const ROOM_FOR_FAILED = 900_000;
/**
 * The outputs of a run that came to its end.
 *
 * @param report - the path of the report; empty if there is none
 */
function outputsOf(outcomes, report) {
    const { revoked, failed, skipped } = totalsOf(outcomes);
    const missed = JSON.stringify(outcomes.filter(isMissed).map(({ user }) => user.email));
    return {
        revoked: revoked > 0 && failed + skipped === 0 ? 'true' : 'false',
        'revoked-count': String(revoked),
        'failed-count': String(failed + skipped),
        // Never cut: half a list would look like a whole one.
        failed: missed.length * 2 > ROOM_FOR_FAILED ? '' : missed,
        report,
    };
}
/**
 * Hands the outputs to the runner, which takes the last value of each.
 *
 * @throws Error when their file cannot be written
 */
function writeOutputs(outputs) {
    for (const [name, value] of Object.entries(outputs))
        core/* setOutput */.uH(name, value);
}

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(161);
;// CONCATENATED MODULE: ../src/report.ts





/**
 * Writes the report into a new folder of the runner's temporary folder, both for their owner alone.
 *
 * @returns the path of the report
 * @throws Error when it cannot be written
 */
function writeReport(record) {
    const { RUNNER_TEMP: temp = (0,external_node_os_.tmpdir)() } = process.env;
    const folder = (0,external_node_fs_.mkdtempSync)((0,external_node_path_.join)(temp, 'revoke-cloudflare-access-'));
    const path = (0,external_node_path_.join)(folder, 'report.json');
    (0,external_node_fs_.writeFileSync)(path, `${JSON.stringify(reportOf(record), null, 2)}\n`, { mode: 0o600, flag: 'wx' });
    return path;
}
/** The report, version 1; names are in snake_case like those of the API. It holds no credential. */
function reportOf({ options, outcomes, startedAt, finishedAt, facts }) {
    const { target, baseUrl, dryRun, devices, warpSessionReauth } = options;
    return {
        version: 1,
        started_at: iso(startedAt),
        finished_at: iso(finishedAt),
        dry_run: dryRun,
        target,
        api_base_url: baseUrl.href,
        options: {
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
            unknown_user: options.unknownUser,
            signed_in_again: options.signedInAgain,
            mask_emails: options.maskEmails,
        },
        run: facts,
        totals: { requested: outcomes.length, ...totalsOf(outcomes) },
        users: outcomes.map(userOf),
    };
}
function userOf(outcome) {
    const { user, status, revocation } = outcome;
    const { email, userUid, revokeAfter } = user;
    return {
        email,
        ...(userUid !== undefined && { user_uid: userUid }),
        ...(revokeAfter !== undefined && { revoke_after: revokeAfter.text }),
        status,
        revocation,
        ...detailsOf(outcome),
    };
}
function detailsOf(outcome) {
    switch (outcome.status) {
        case 'revoked': {
            const { httpStatus, rayId, verification } = outcome;
            return {
                ...sendingOf(outcome),
                http_status: httpStatus,
                ray_id: rayId,
                errors: [],
                ...verificationOf(verification),
            };
        }
        case 'failed':
            return { ...sendingOf(outcome), ...problemOf(outcome.problem), ...verificationOf(outcome.verification) };
        case 'skipped':
            return { attempts: 0, errors: [{ message: outcome.why }] };
        case 'would_revoke': {
            const { problem, verification } = outcome;
            return {
                attempts: 0,
                errors: [],
                ...(problem !== undefined && problemOf(problem)),
                ...verificationOf(verification),
            };
        }
        case 'not_due':
        case 'past':
            return { attempts: 0, errors: [] };
    }
}
function verificationOf(verification) {
    if (verification === undefined)
        return {};
    const { state, sessionsBefore, sessionsAfter, devicesBefore, devicesAfter, verifiedAt, warnings } = verification;
    return {
        verification: state,
        sessions_before: sessionsBefore,
        sessions_after: sessionsAfter,
        devices_before: devicesBefore,
        devices_after: devicesAfter,
        verified_at: verifiedAt === undefined ? undefined : iso(verifiedAt),
        ...(warnings.length > 0 && { warnings }),
    };
}
function sendingOf(sending) {
    const { attempts, startedAt, finishedAt } = sending;
    return { attempts, started_at: iso(startedAt), finished_at: iso(finishedAt) };
}
function problemOf(problem) {
    const { httpStatus, rayId, errors } = problem;
    return {
        http_status: httpStatus,
        ray_id: rayId,
        errors: errors.length > 0 ? errors : [{ message: happening(problem) }],
    };
}
function iso(time) {
    return new Date(time).toISOString();
}

;// CONCATENATED MODULE: ../src/markup.ts
/**
 * HTML for GitHub's job summaries. Inside an HTML block (a line that begins with a block tag, no blank line until its
 * end) GitHub reads no Markdown, and inside `code` it makes no links, mentions or emoji of what it finds.
 */
const SPECIAL = /[&<>"'`|\\]/g;
/** Text of our own; what stands between backticks becomes code. Text from outside goes through {@link code}. */
function html(text) {
    return entities(text).replace(/&#96;(.*?)&#96;/g, '<code>$1</code>');
}
/** Text from outside, one line of it, that can be nothing but text. */
function code(text) {
    return `<code>${entities(text)}</code>`;
}
/** A table row; the cells are HTML. */
function row(cells) {
    return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>\n`;
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

;// CONCATENATED MODULE: ../src/run-record.ts

/** Whether the step may be green, as far as the users are concerned. */
function isGreen({ options, outcomes, stopped }) {
    const empty = outcomes.length === 0 && options.ifEmpty === 'fail';
    return stopped === undefined && !empty && !outcomes.some(isFlawed);
}

;// CONCATENATED MODULE: ../src/summary.ts








/** GitHub drops a summary beyond 1 MiB whole; the rest is for other steps' sake and for the closing lines. In bytes. */
const ROOM_FOR_ROWS = 900_000;
/** The job summary: failures first, then the rest, within GitHub's limit however long the list. */
function summaryOf(record, privacy) {
    const { options, outcomes } = record;
    const totals = totalsOf(outcomes);
    const missed = outcomes.filter(isMissed);
    const done = outcomes.filter((outcome) => !isMissed(outcome));
    const rows = new Rows(privacy);
    const parts = [
        `<h3>${isGreen(record) ? (options.dryRun ? '🔍' : '✅') : '❌'} ${html(headline(outcomes, options))}</h3>\n\n`,
        `<p>${html(circumstances(record))}</p>\n\n`,
        ...(record.stopped === undefined
            ? []
            : [`<p>Stopped: ${code((0,plain_text/* shortened */.vI)((0,plain_text/* plainText */.wh)(record.stopped), 300))}</p>\n\n`]),
    ];
    if (missed.length > 0)
        parts.push(tableStart(['User', 'Result', 'What happened, and what to do']), rows.take(missed), TABLE_END);
    if (done.length > 0)
        parts.push(folded(done, totals, rows));
    if (rows.left > 0)
        parts.push(`<p>${html(`${quantity(rows.left, 'more user')}: see the report.`)}</p>\n\n`);
    const untouched = leftUntouched(options);
    if (untouched !== '' && !options.dryRun && totals.revoked > 0)
        parts.push(`<p>${html(untouched)}</p>\n\n`);
    return parts.join('');
}
/** Long lists of what went well are folded away where something else went wrong. */
function folded(done, totals, rows) {
    const table = `${tableStart(['User', 'Result', 'Details'])}${rows.take(done)}${TABLE_END}`;
    if (done.length <= 20 && totals.failed + totals.skipped === 0)
        return table;
    return `<details><summary>${html(`${quantity(done.length, 'user')} without failure`)}</summary>\n\n${table}</details>\n\n`;
}
function circumstances({ options, startedAt, finishedAt }) {
    const started = new Date(startedAt).toISOString().slice(0, 16).replace('T', ' ');
    const where = options.baseUrl.cloudflare ? '' : ` · at ${options.baseUrl.href}, which is not Cloudflare's`;
    const seconds = ((finishedAt - startedAt) / 1_000).toFixed(1);
    return `${extentOf(options)} · ${targetName(options.target)} · ${started} UTC, ${seconds} s${where}`;
}
/** Makes table rows as long as there is room, and counts those for which there is none. */
class Rows {
    #privacy;
    #room = ROOM_FOR_ROWS;
    /** Users for whom there was no room. */
    left = 0;
    constructor(privacy) {
        this.#privacy = privacy;
    }
    take(outcomes) {
        const rows = [];
        for (const outcome of outcomes) {
            const text = row([code((0,plain_text/* plainText */.wh)(this.#privacy.address(outcome.user.email))), ...this.#cells(outcome)]);
            this.#room -= Buffer.byteLength(text);
            if (this.#room < 0)
                this.left += 1;
            else
                rows.push(text);
        }
        return rows.join('');
    }
    #cells(outcome) {
        switch (outcome.status) {
            case 'revoked': {
                const { verification, rayId } = outcome;
                const result = verification?.state === 'passed'
                    ? '✅&nbsp;revoked and verified'
                    : '✅&nbsp;revoked, confirmed by Cloudflare';
                return [result, lines([seenOf(verification), ...warningsOf(verification), rayOf(rayId)])];
            }
            case 'failed': {
                const { problem, verification } = outcome;
                return [
                    '❌&nbsp;failed',
                    lines([
                        ...this.#problem(problem, outcome),
                        seenOf(verification),
                        ...warningsOf(verification),
                        rayOf(problem.rayId),
                    ]),
                ];
            }
            case 'skipped':
                return ['⏭️&nbsp;skipped', code((0,plain_text/* shortened */.vI)((0,plain_text/* plainText */.wh)(this.#said(outcome.why, outcome)), 300))];
            case 'not_due':
                return ['📅&nbsp;not due yet', html(`from ${revokeAfterOf(outcome)}`)];
            case 'past':
                return ['🗄️&nbsp;past, left alone', html(`since ${revokeAfterOf(outcome)}`)];
            case 'would_revoke': {
                const { problem, verification } = outcome;
                const flaws = problem === undefined ? [] : this.#problem(problem, outcome);
                return [
                    problem === undefined ? '🔍&nbsp;would be revoked' : '❌&nbsp;would fail',
                    lines([...flaws, seenOf(verification), ...warningsOf(verification)]),
                ];
            }
        }
    }
    #problem({ what, errors, remedy = '' }, outcome) {
        const words = errors.map((error) => code(this.#said(apiErrorText(error), outcome)));
        return [html(`${what}.`), ...words, html(remedy)];
    }
    #said(text, { user }) {
        return (0,plain_text/* shortened */.vI)(this.#privacy.text(text, user.email), 300);
    }
}
/** What was seen of sessions and devices, before and after. */
function seenOf(verification) {
    if (verification?.sessionsBefore === undefined)
        return '';
    const { sessionsBefore, sessionsAfter, devicesBefore = 0, devicesAfter, verifiedAt } = verification;
    const arrow = (after) => (after === undefined ? '' : ` → <b>${after}</b>`);
    const at = verifiedAt === undefined ? '' : ` · ${new Date(verifiedAt).toISOString().slice(11, 19)} UTC`;
    return `sessions ${sessionsBefore}${arrow(sessionsAfter)} · devices ${devicesBefore}${arrow(devicesAfter)}${at}`;
}
function warningsOf(verification) {
    return (verification?.warnings ?? []).map((warning) => `⚠️ ${html(warning)}`);
}
function rayOf(rayId) {
    return rayId === undefined ? '' : `ray ID ${code(rayId)}`;
}
function lines(parts) {
    return parts.filter((part) => part !== '').join('<br>');
}
function revokeAfterOf({ user }) {
    return String(user.revokeAfter?.text);
}

;// CONCATENATED MODULE: ../src/publication.ts






/** So many failures are annotated each; with more of them, the closing line is an annotation too. */
const FEW = 9;
/**
 * Hands out what came of the run: the report, the job summary, the outputs, and the last lines of the log.
 *
 * @returns whether the report could be written; without that proof the step is red
 * @throws Error when the outputs cannot be written
 */
async function publish(record, privacy, log) {
    const { options, outcomes } = record;
    const report = attemptReport(record, log);
    const summarized = attemptSummary(record, privacy, log);
    writeOutputs(outputsOf(outcomes, report));
    await summarized;
    const totals = totalsOf(outcomes);
    const untouched = leftUntouched(options);
    if (totals.revoked > 0 && untouched !== '')
        log.info(untouched);
    if (report !== '')
        log.info(`Report: ${report}`);
    const closing = `${headline(outcomes, options)}.`;
    if (outcomes.filter(isMissed).length > FEW)
        log.verdict(closing);
    else
        log.info(closing);
    return report !== '';
}
function attemptReport(record, log) {
    try {
        return writeReport(record);
    }
    catch {
        log.error("The report could not be written into the runner's temporary folder (RUNNER_TEMP); the outputs are true all the same.");
        return '';
    }
}
async function attemptSummary(record, privacy, log) {
    try {
        await core/* summary */.z.addRaw(summaryOf(record, privacy)).write();
    }
    catch {
        log.warning('The job summary could not be written (GITHUB_STEP_SUMMARY); everything in it is in the report.');
    }
}

// EXTERNAL MODULE: ../node_modules/p-map/index.js
var p_map = __webpack_require__(356);
;// CONCATENATED MODULE: ../src/run.ts


/**
 * Sees to all users who are due: the first alone, then several at once. A failure that would hit everybody stops the
 * run; any other concerns its user alone.
 */
async function runAll(due, options) {
    const { revokeOne, concurrency, stop, onOutcome } = options;
    const outcomes = new Map();
    const waited = [];
    const settle = (user, outcome) => {
        if (due.length > 1 && outcome.status === 'failed' && outcome.problem.reach === 'everyone') {
            stop.stop(`${outcome.problem.what}: everybody else would fail in the same way.`);
        }
        outcomes.set(user, outcome);
        onOutcome(outcome);
    };
    const begin = async (user) => {
        const pending = await (stop.why === undefined
            ? revokeOne(user).catch((error) => unexpected(user, error))
            : { status: 'skipped', revocation: 'not_sent', user, why: stop.why });
        if (typeof pending !== 'function')
            settle(user, pending);
        else {
            const wait = async () => {
                settle(user, await pending());
            };
            waited.push(wait());
        }
    };
    const [first, ...others] = due;
    if (first !== undefined)
        await begin(first);
    await (0,p_map/* default */.Ay)(others, begin, { concurrency });
    await Promise.all(waited);
    return outcomes;
}

// EXTERNAL MODULE: ../node_modules/@actions/github/lib/context.js
var context = __webpack_require__(231);
;// CONCATENATED MODULE: ../src/run-facts.ts


/**
 * Collects the facts about the run from `@actions/github`.
 *
 * Whatever that throws (it does, on a malformed event file) is turned into facts unknown, so that it cannot touch the
 * outcome. Of the package only the module with the context is taken: its main module brings Octokit along, a third of
 * a megabyte that nothing here calls, and 30 ms of every start.
 */
function readRunFacts() {
    try {
        // It would print the path of a missing event file as it is.
        if (!(0,external_node_fs_.existsSync)(process.env['GITHUB_EVENT_PATH'] ?? ''))
            return {};
        const { actor, eventName: event, workflow, runId, runAttempt, serverUrl, repo } = new context/* Context */.o();
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

;// CONCATENATED MODULE: ../src/signals.ts
/** The runner sends SIGINT when a run is cancelled, SIGTERM 7.5 s later, and kills after another 2.5 s. */
const SIGNALS = ['SIGINT', 'SIGTERM'];
/** Cancels the run on the first signal, for as long as the returned object lives. */
function stopOnSignals(stop) {
    const cancel = (signal) => {
        stop.cancel(`The run was cancelled (${signal}): nothing new is started.`);
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

// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(119);
;// CONCATENATED MODULE: ../src/verify.ts


/** How long sessions may take to go; Cloudflare says 20 to 30 seconds. In milliseconds, holds not counted. */
const verify_PATIENCE = 90_000;
/** How long the count of devices may take to reach 0. It is not documented precisely enough to judge by. */
const DEVICE_PATIENCE = 30_000;
/** The first pause between reads; each further one is half as long again, up to the longest. In milliseconds. */
const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 15_000;
/** Reads a user's sessions again and again. */
class Verifier {
    #cloudflare;
    #pace;
    #stop;
    constructor(cloudflare, pace, stop) {
        this.#cloudflare = cloudflare;
        this.#pace = pace;
        this.#stop = stop;
    }
    /** Watches until no session from before the revocation is left, with growing pauses, for up to 90 seconds. */
    async watch(watch) {
        const start = this.#pace.runningTime;
        let pause = FIRST_PAUSE;
        for (;;) {
            const left = verify_PATIENCE - (this.#pace.runningTime - start);
            try {
                await (0,promises_.setTimeout)(Math.max(0, Math.min(pause, left)), undefined, { signal: this.#stop.starting });
            }
            catch {
                return { old: watch.before.sessions, anew: [], problem: stoppedProblem(String(this.#stop.why)) };
            }
            // The read after the time is up is the last one, however long the rate limit kept it waiting.
            const passed = this.#pace.runningTime - start;
            const seen = await this.#read(watch);
            const devicesLeft = (seen.devices ?? 0) > 0 && passed < DEVICE_PATIENCE;
            if (seen.problem !== undefined || passed >= verify_PATIENCE || (seen.old === 0 && !devicesLeft))
                return seen;
            pause = Math.min(LONGEST_PAUSE, pause * 1.5);
        }
    }
    async #read({ email, before, cutoff, devices }) {
        const issued = [];
        for (const { id } of before.records) {
            const call = await this.#cloudflare.activeSessions(id, email);
            if (!call.ok)
                return { old: before.sessions, anew: [], problem: readProblem(call) };
            issued.push(...call.result.map(({ metadata }) => metadata.iat));
        }
        const anew = issued.filter((iat) => iat > cutoff);
        const seen = { old: issued.length - anew.length, anew };
        if (!devices || seen.old > 0)
            return seen;
        const users = await this.#cloudflare.usersWithEmail(email);
        return users.ok ? { ...seen, devices: devicesOf(users.result) } : seen;
    }
}

;// CONCATENATED MODULE: ../src/main.ts























/** As many problems are told in the annotation; the log has them all. */
const FEW_PROBLEMS = 20;
/**
 * The story of the step: inputs, users, revocations, report, outputs.
 *
 * @returns whether the step may be green
 * @throws Error for what nobody thought of, outputs that cannot be written included
 */
async function main() {
    const startedAt = Date.now();
    const log = new Log();
    const stop = new RunStop((why) => {
        log.error(why);
    });
    using _signals = stopOnSignals(stop);
    const inputs = await readInputs(startedAt);
    if ('problems' in inputs) {
        tellProblems(log, inputs.problems);
        return false;
    }
    const { users, maskEmails } = inputs;
    if (maskEmails)
        for (const { email } of users)
            core/* setSecret */.Pq(email);
    const privacy = new Privacy(maskEmails);
    const timings = new Map(users.map((user) => [user, timing(user, startedAt, inputs.dueWithinDays)]));
    const due = users.filter((user) => timings.get(user) === 'due');
    tellPlan(log, inputs, due, privacy);
    const prover = connect(inputs, stop, log, privacy);
    const settled = await settle({
        inputs,
        due,
        prover,
        stop,
        log,
        narrator: new Narrator(log, privacy, due.length),
    });
    const outcomes = users.map((user) => settled.get(user) ?? {
        status: timings.get(user) === 'past' ? 'past' : 'not_due',
        revocation: 'not_sent',
        user,
    });
    const finishedAt = Date.now();
    const record = {
        options: inputs,
        outcomes,
        stopped: stop.why,
        startedAt,
        finishedAt,
        facts: readRunFacts(),
    };
    const published = await publish(record, privacy, log);
    return published && isGreen(record);
}
function tellProblems(log, problems) {
    const wrong = problems.length === 1 ? 'One thing is wrong' : `${quantity(problems.length, 'thing')} are wrong`;
    const lines = problems.map((problem, index) => `${index + 1}. ${problem}`);
    const more = lines.length - FEW_PROBLEMS;
    if (more > 0)
        for (const line of lines)
            log.info(line);
    log.verdict(`Nothing was sent: ${wrong} with the inputs.`, ...lines.slice(0, FEW_PROBLEMS), ...(more > 0 ? [`${quantity(more, 'more problem')}: see the log.`] : []));
}
function tellPlan(log, inputs, due, privacy) {
    const { baseUrl, users, ifEmpty } = inputs;
    if (!baseUrl.cloudflare) {
        log.warning(`The requests go to ${baseUrl.href}, which is not Cloudflare's: what is confirmed there says nothing about Cloudflare.`);
    }
    for (const line of planOf(inputs, due, privacy))
        log.info(line);
    if (users.length > 0)
        return;
    const empty = 'The list has no users, so there is nothing to do.';
    if (ifEmpty === 'fail')
        log.error(`${empty} If that is no mistake, set \`if-empty\` to warn or ignore.`);
    else if (ifEmpty === 'warn')
        log.warning(empty);
    else
        log.info(empty);
}
function connect(inputs, stop, log, privacy) {
    const { baseUrl, target, credential, maxAttempts, requestTimeout, concurrency } = inputs;
    const announce = (line, email) => {
        log.info(email === undefined ? line : privacy.text(line, email));
    };
    const hide = (text, email) => privacy.text(text, email);
    const exchanger = new Exchanger(requestTimeout, concurrency);
    const pace = new Pace({ concurrency, stop, announce });
    const client = new ApiClient({
        baseUrl: baseUrl.href,
        credential,
        maxAttempts,
        exchanger,
        pace,
        stop,
        announce,
        hide,
    });
    const cloudflare = new Cloudflare(client, target);
    const lookUps = new LookUps(cloudflare, (why) => {
        log.error(why);
    });
    return { cloudflare, lookUps, verifier: new Verifier(cloudflare, pace, stop), options: inputs };
}
async function settle(run) {
    const { inputs, due, prover, stop, log, narrator } = run;
    const { dryRun, verify, credential, target, concurrency } = inputs;
    if (dryRun && inputs.users.length > 0) {
        const { verdict, sentence } = await checkCredential(prover.cloudflare, credential, target);
        if (verdict === 'failed')
            stop.stop(sentence);
        else if (verdict === 'unchecked')
            log.warning(sentence);
        else
            log.info(sentence);
    }
    return runAll(due, {
        revokeOne: (user) => revokeOne(user, dryRun, verify, prover),
        concurrency,
        stop,
        onOutcome: (outcome) => {
            narrator.outcome(outcome);
        },
    });
}
async function revokeOne(user, dryRun, verify, prover) {
    const { cloudflare, lookUps, options } = prover;
    if (!dryRun)
        return verify ? revokeWithProof(user, prover) : revoke(cloudflare, user, options);
    return verify
        ? rehearseWithProof(user, lookUps, options)
        : { status: 'would_revoke', revocation: 'not_sent', user };
}


/***/ })

};
