export const id = 170;
export const ids = [170];
export const modules = {

/***/ 126:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  main: () => (/* binding */ main)
});

// EXTERNAL MODULE: ./node_modules/p-retry/index.js + 1 modules
var p_retry = __webpack_require__(995);
// EXTERNAL MODULE: ./node_modules/valibot/dist/index.mjs
var dist = __webpack_require__(934);
// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __webpack_require__(67);
;// CONCATENATED MODULE: ./src/hints.ts
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

;// CONCATENATED MODULE: ./src/no-answer.ts
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

// EXTERNAL MODULE: ./src/plain-text.ts
var plain_text = __webpack_require__(763);
;// CONCATENATED MODULE: ./src/problem.ts

/** The problem as one paragraph: what happened, Cloudflare's own words, the ray ID, and what to do. */
function problemText(problem) {
    const errors = problem.errors.map(apiErrorText).join('; ');
    const ray = problem.rayId === undefined ? '' : ` (ray ID ${problem.rayId})`;
    const remedy = problem.remedy === undefined ? '' : ` ${problem.remedy}`;
    return `${problem.what}${errors === '' ? '' : `: ${errors}`}${ray}.${remedy}`;
}
/** The error in Cloudflare's words: its code, where it has one, and its message. */
function apiErrorText({ code, message }) {
    const text = message.replace(/\.$/, '');
    return code === undefined ? text : `${code} ${text}`;
}
/** An error of the API with its texts made plain and of a length that a log can bear. */
function apiError(code, message) {
    const text = (0,plain_text/* shortened */.vI)((0,plain_text/* plainText */.wh)(message), 500);
    if (code === undefined)
        return { message: text };
    return { code: typeof code === 'string' ? (0,plain_text/* shortened */.vI)((0,plain_text/* plainText */.wh)(code), 100) : code, message: text };
}

;// CONCATENATED MODULE: ./src/answer.ts






const ErrorEntry = dist/* object */.Ikc({
    code: dist/* optional */.lqM(dist/* union */.KCZ([dist/* number */.aig(), dist/* string */.YjP()])),
    message: dist/* optional */.lqM(dist/* string */.YjP()),
});
const Errors = dist/* fallback */.NpB(dist/* array */.YOg(dist/* fallback */.NpB(dist/* object */.Ikc({ ...ErrorEntry.entries, error_chain: dist/* fallback */.NpB(dist/* array */.YOg(dist/* fallback */.NpB(ErrorEntry, {})), []) }), { error_chain: [] })), []);
const Envelope = dist/* object */.Ikc({
    success: dist/* boolean */.zMY(),
    errors: dist/* optional */.lqM(Errors, []),
    result: dist/* optional */.lqM(dist/* unknown */.L5J()),
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
 */
function readAnswer(exchange, result, redact) {
    if (exchange.kind === 'no_answer')
        return { ok: false, problem: noAnswerProblem(exchange) };
    const { status } = exchange;
    const rayId = rayIdOf(exchange, redact);
    const about = { httpStatus: status, ...(rayId !== undefined && { rayId }) };
    const envelope = dist/* safeParse */.xLC(Envelope, json(exchange.body));
    const errors = envelope.success
        ? envelope.output.errors.flatMap((entry) => apiErrors(entry, redact)).slice(0, MAX_ERRORS)
        : [];
    if (status < 200 || status > 299 || (envelope.success && !envelope.output.success)) {
        return { ok: false, problem: { ...about, ...refusal(exchange, envelope.success, errors) } };
    }
    const parsed = envelope.success ? dist/* safeParse */.xLC(result, envelope.output.result) : undefined;
    if (parsed?.success !== true) {
        const what = envelope.success
            ? `Cloudflare answered ${statusText(status)}, but without the result that its API reference promises`
            : `Something answered ${statusText(status)}, but not in the form of Cloudflare's API`;
        return { ok: false, problem: { ...about, what, remedy: PROXY_REMEDY, reach: 'transient', errors } };
    }
    const date = exchange.headers.date;
    return { ok: true, result: parsed.output, ...about, ...(date !== undefined && { date }) };
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
function apiErrors(entry, redact) {
    return [entry, ...entry.error_chain]
        .filter(({ code, message }) => code !== undefined || message !== undefined)
        .map(({ code, message }) => apiError(typeof code === 'string' ? redact(code) : code, redact(message ?? 'no message')));
}
function rayIdOf({ headers }, redact) {
    const ray = headers['cf-ray'];
    return typeof ray === 'string' ? (0,plain_text/* shortened */.vI)((0,plain_text/* plainText */.wh)(redact(ray)), 64) : undefined;
}
function statusText(status) {
    return [status, external_node_http_.STATUS_CODES[status]].filter(Boolean).join(' ');
}
function json(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./src/email-address.ts

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

;// CONCATENATED MODULE: ./src/credential.ts

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

;// CONCATENATED MODULE: ./src/version.ts
/** The version of this action, sent to Cloudflare in `User-Agent`; a test holds it equal to package.json. */
const VERSION = '1.0.0';

;// CONCATENATED MODULE: ./src/cloudflare.ts






/** The shape of the answer of the two token verify endpoints (Cloudflare API reference). Times are ISO 8601. */
const TokenStatus = dist/* object */.Ikc({
    status: dist/* string */.YjP(),
    not_before: dist/* optional */.lqM(dist/* string */.YjP()),
    expires_on: dist/* optional */.lqM(dist/* string */.YjP()),
});
const UserDetails = dist/* object */.Ikc({ id: dist/* string */.YjP() });
/** Milliseconds before the second attempt; each further one waits twice as long, plus up to as much again. */
const FIRST_BACKOFF = 500;
const LONGEST_BACKOFF = 30_000;
/** Cloudflare's API: one thin method per endpoint. No method throws for what Cloudflare or the network does. */
class Cloudflare {
    #options;
    constructor(options) {
        this.#options = options;
    }
    /**
     * Revokes the user's access across all applications of the organization (Cloudflare API reference, "revoke_user").
     * `result` is true only if Cloudflare confirmed it.
     */
    async revokeUser(user) {
        const { target } = this.#options;
        // The reference documents `devices` in the query and in the body, so both carry it.
        const query = user.devices ? '?devices=true' : '';
        const body = {
            email: user.email,
            ...(user.userUid !== undefined && { user_uid: user.userUid }),
            ...(user.devices && { devices: true }),
            ...(user.warpSessionReauth && { warp_session_reauth: true }),
        };
        const path = `/${target.type}s/${target.id}/access/organizations/revoke_user${query}`;
        return this.#call(this.#request('POST', path, body), dist/* boolean */.zMY(), user.email);
    }
    /** Asks whether the API token is active; the endpoint has to fit who owns the token. */
    async verifyToken(owner) {
        const path = owner === 'user' ? '/user' : `/accounts/${this.#options.target.id}`;
        return this.#call(this.#request('GET', `${path}/tokens/verify`), TokenStatus, 'token check');
    }
    /** Asks for the user that a Global API key belongs to. */
    async userDetails() {
        return this.#call(this.#request('GET', '/user'), UserDetails, 'key check');
    }
    #request(method, path, body) {
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
    async #call(request, result, about) {
        const { maxAttempts, exchanger, pace, announce } = this.#options;
        let attempts = 0;
        const attempt = async () => {
            const exchange = await pace.send(() => exchanger.attempt(request));
            attempts += 1;
            const answer = readAnswer(exchange, result, (text) => this.#redact(text));
            if (!answer.ok && answer.problem.reach === 'transient')
                throw new TransientFailure(answer.problem);
            return { ...answer, attempts };
        };
        try {
            return await (0,p_retry/* default */.Ay)(attempt, {
                retries: maxAttempts - 1,
                minTimeout: FIRST_BACKOFF,
                maxTimeout: LONGEST_BACKOFF,
                randomize: true,
                shouldRetry: ({ error }) => error instanceof TransientFailure,
                onFailedAttempt: ({ error, retriesLeft, retryDelay }) => {
                    if (!(error instanceof TransientFailure) || retriesLeft === 0)
                        return;
                    const again = `trying again in ${(retryDelay / 1_000).toFixed(1)} s (attempt ${attempts} of ${maxAttempts} failed)`;
                    announce(`${about}: ${problemText(error.problem)} ${again}`);
                },
            });
        }
        catch (error) {
            if (error instanceof TransientFailure)
                return { ok: false, problem: error.problem, attempts };
            throw error;
        }
    }
    #redact(text) {
        const { credential } = this.#options;
        return text.replaceAll(credential.kind === 'api-token' ? credential.token : credential.key, '***');
    }
}
/** An attempt failed in a way that may pass. */
class TransientFailure extends Error {
    problem;
    constructor(problem) {
        super(problem.what);
        this.problem = problem;
    }
}

;// CONCATENATED MODULE: ./src/credential-check.ts


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
            : failed('The Global API key', call.problem);
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
        return failed('The API token', call.problem);
    const { status, not_before: notBefore, expires_on: expiresOn } = call.result;
    if (status !== 'active') {
        return {
            verdict: 'failed',
            sentence: `The API token is not active; Cloudflare calls it "${(0,plain_text/* plainText */.wh)(status)}". Create a new token and store it in the secret.`,
        };
    }
    if (notBefore !== undefined && !isPast(notBefore)) {
        return {
            verdict: 'failed',
            sentence: `The API token is valid only from ${(0,plain_text/* plainText */.wh)(notBefore)} on.`,
        };
    }
    const until = expiresOn === undefined ? '' : ` until ${(0,plain_text/* plainText */.wh)(expiresOn)}`;
    return {
        verdict: 'passed',
        sentence: `The API token is active${until}; permission to revoke is not checked.`,
    };
}
/** A time that cannot be read is not past. */
function isPast(time) {
    return Date.parse(time) <= Date.now();
}
function failed(what, problem) {
    return { verdict: 'failed', sentence: `${what} could not be confirmed. ${problemText(problem)}` };
}

// EXTERNAL MODULE: external "node:https"
var external_node_https_ = __webpack_require__(708);
// EXTERNAL MODULE: ./node_modules/@actions/http-client/lib/index.js + 1 modules
var lib = __webpack_require__(942);
;// CONCATENATED MODULE: ./src/exchange.ts




/** Far above any answer of the endpoints used here; a body beyond it is no answer. In bytes. */
const MAX_BODY = 4 * 1024 * 1024;
const Coded = dist/* fallback */.NpB(dist/* object */.Ikc({ code: dist/* optional */.lqM(dist/* string */.YjP()) }), {});
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
        const { promise: givenUp, resolve: giveUp } = Promise.withResolvers();
        const timer = setTimeout(() => {
            // A proxy that never answers CONNECT keeps its place among the connections: later attempts get a new agent.
            this.#client = this.#newClient();
            giveUp({ kind: 'no_answer', cause: 'timeout' });
        }, this.#timeout);
        const onCancelled = () => {
            giveUp({ kind: 'no_answer', cause: 'cancelled' });
        };
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
            aborter.abort();
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
    return dist/* parse */.qgA(Coded, error).code;
}

;// CONCATENATED MODULE: ./src/base-url.ts
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

// EXTERNAL MODULE: ./node_modules/@actions/core/lib/core.js + 12 modules
var core = __webpack_require__(143);
;// CONCATENATED MODULE: ./src/input-reader.ts


const DEFAULTS = {
    email: '',
    'user-uid': '',
    'account-id': '',
    'zone-id': '',
    'api-token': '',
    'api-email': '',
    'api-key': '',
    devices: 'false',
    'warp-session-reauth': 'false',
    'dry-run': 'false',
    'max-attempts': '5',
    'request-timeout': '30',
    'api-base-url': '',
};
/** The inputs of the action with their defaults; a test holds both equal to action.yml. */
const INPUTS = DEFAULTS;
/** Reads single inputs the way the runner hands them over, and collects what is wrong with them. */
class InputReader {
    problems = [];
    #secrets = [];
    /** Takes note of a problem: a full sentence that names the input and the remedy. */
    problem = (sentence) => {
        this.problems.push(this.#secrets.reduce((text, secret) => text.replaceAll(secret, '***'), sentence));
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
    /** Finds inputs whose name is almost right: the runner only warns of them, and the run would do something else. */
    checkNames() {
        const bare = (name) => name.toLowerCase().replace(/[-_ ]/g, '');
        for (const key of Object.keys(process.env)) {
            if (!key.startsWith('INPUT_'))
                continue;
            const given = key.slice('INPUT_'.length);
            const meant = Object.keys(INPUTS).find((name) => bare(name) === bare(given));
            if (meant !== undefined && meant.toUpperCase() !== given) {
                this.problem(`There is no input \`${given.toLowerCase()}\`: write \`${meant}\`.`);
            }
        }
    }
    /** The value as a message may show it: quoted, plain and short; never something that looks like a credential. */
    shown(text) {
        return /cf(ut|at|k)_/.test(text)
            ? 'something that looks like a credential'
            : `"${(0,plain_text/* plainText */.wh)((0,plain_text/* shortened */.vI)(text, 80))}"`;
    }
    #absent(name) {
        return process.env[`INPUT_${name.toUpperCase()}`] === undefined;
    }
}

;// CONCATENATED MODULE: ./src/target.ts
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

;// CONCATENATED MODULE: ./src/inputs.ts





const UUID = /^(?:[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;
/**
 * Reads and checks all inputs. Secrets are registered with the runner before anything else is printed.
 *
 * @returns what the step is to do, or every problem at once, each a full sentence with its remedy
 */
function readInputs() {
    const reader = new InputReader();
    const { problem } = reader;
    const given = {
        apiToken: reader.secret('api-token'),
        apiKey: reader.secret('api-key'),
        apiEmail: reader.text('api-email'),
    };
    reader.checkNames();
    const email = readEmail(reader);
    const userUid = reader.text('user-uid');
    if (userUid !== '' && !UUID.test(userUid)) {
        problem(`\`user-uid\` is ${reader.shown(userUid)}: give the user's UUID, 32 hex characters or 36 with hyphens.`);
    }
    const target = chooseTarget(reader.text('account-id'), reader.text('zone-id'), problem);
    const credential = chooseCredential(given, problem);
    const baseUrl = chooseBaseUrl(reader.text('api-base-url'), process.env['CLOUDFLARE_BASE_URL'], problem);
    const options = {
        devices: reader.boolean('devices'),
        warpSessionReauth: reader.boolean('warp-session-reauth'),
        dryRun: reader.boolean('dry-run'),
        maxAttempts: reader.integer('max-attempts', 1, 10),
        requestTimeout: reader.integer('request-timeout', 1, 300) * 1_000,
    };
    const incomplete = email === undefined || target === undefined || credential === undefined || baseUrl === undefined;
    if (incomplete || reader.problems.length > 0)
        return { problems: reader.problems };
    return { email, ...(userUid !== '' && { userUid }), target, credential, baseUrl, ...options };
}
function readEmail(reader) {
    const text = reader.text('email');
    if (text === '') {
        reader.problem('`email` is missing: give the address of the user to revoke.');
        return undefined;
    }
    if (isEmailAddress(text))
        return text;
    reader.problem(`\`email\`: ${reader.shown(text)} ${String(emailAddressProblem(text))}.`);
    return undefined;
}

;// CONCATENATED MODULE: ./src/log.ts


/**
 * The step's log. Every line passes through {@link plainText} here, in one place, so that nothing from outside can
 * start a workflow command, whoever composed the line.
 */
const log = {
    info(line) {
        core/* info */.pq((0,plain_text/* plainText */.wh)(line));
    },
    warning(line) {
        core/* warning */.$e((0,plain_text/* plainText */.wh)(line));
    },
    /** One annotation, which may have several lines. */
    error(...lines) {
        core/* error */.z3(lines.map(plain_text/* plainText */.wh).join('\n'));
    },
};

;// CONCATENATED MODULE: ./src/outputs.ts

/** The outputs of a run that came to its end. */
function outputsOf(outcomes) {
    const revoked = outcomes.filter(({ status }) => status === 'revoked');
    const failed = outcomes.filter(({ status }) => status === 'failed' || status === 'skipped');
    return {
        revoked: revoked.length > 0 && revoked.length === outcomes.length ? 'true' : 'false',
        'revoked-count': String(revoked.length),
        'failed-count': String(failed.length),
        failed: JSON.stringify(failed.map(({ email }) => email)),
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

// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(500);
;// CONCATENATED MODULE: ./src/pace.ts

/** No wait for the rate limit is shorter: a `Retry-After` of 0 must not become a busy loop. In milliseconds. */
const SHORTEST_HOLD = 1_000;
/** Where Cloudflare names no moment, holds double up to this length. In milliseconds. */
const LONGEST_GUESS = 60_000;
/** After this long without an answer other than 429 the run stops. In milliseconds. */
const PATIENCE = 15 * 60_000;
/**
 * Keeps the run to the pace that Cloudflare sets: after a 429 nothing is sent until the moment it names
 * (Cloudflare, "Rate limits": `Retry-After` in seconds, on 429 only).
 */
class Pace {
    #announce;
    #heldUntil = 0;
    #lastAnswer = performance.now();
    #guess = SHORTEST_HOLD;
    /** @param announce - takes a line for the log about each wait, with its length and reason */
    constructor(announce) {
        this.#announce = announce;
    }
    /**
     * Makes the attempt as soon as there is room for it, and again as often as the answer is 429.
     *
     * @returns what came of it; a 429 only when waiting on would take longer than 15 minutes without any other answer
     */
    async send(attempt) {
        for (;;) {
            await (0,promises_.setTimeout)(Math.max(0, this.#heldUntil - performance.now()));
            const exchange = await attempt();
            if (exchange.kind === 'no_answer')
                return exchange;
            if (exchange.status !== 429) {
                this.#lastAnswer = performance.now();
                this.#guess = SHORTEST_HOLD;
                return exchange;
            }
            const hold = this.#holdFor(exchange);
            if (performance.now() + hold > this.#lastAnswer + PATIENCE)
                return exchange;
            this.#heldUntil = performance.now() + hold;
            this.#announce(`Cloudflare's rate limit is used up (429): waiting ${Math.ceil(hold / 1_000)} s.`);
        }
    }
    #holdFor({ headers }) {
        const named = retryAfter(headers['retry-after']);
        if (named !== undefined)
            return Math.max(SHORTEST_HOLD, named);
        this.#guess = Math.min(LONGEST_GUESS, this.#guess * 2);
        return this.#guess / 2;
    }
}
/** `Retry-After` in milliseconds from now: seconds or a date (RFC 9110, 10.2.3); undefined if it is neither. */
function retryAfter(header) {
    const text = header?.trim() ?? '';
    if (/^\d+$/.test(text))
        return Number(text) * 1_000;
    const date = /^[A-Z][a-z]{2}, /.test(text) ? Date.parse(text) : Number.NaN;
    return Number.isNaN(date) ? undefined : date - Date.now();
}

;// CONCATENATED MODULE: ./src/revoke.ts
/** Revokes one user, and takes nothing but `result: true` for a yes. */
async function revoke(cloudflare, user) {
    const { email } = user;
    const call = await cloudflare.revokeUser(user);
    const { attempts } = call;
    if (!call.ok)
        return { status: 'failed', email, attempts, problem: call.problem };
    const { httpStatus, rayId } = call;
    const about = { ...(rayId !== undefined && { rayId }) };
    if (call.result)
        return { status: 'revoked', email, attempts, ...about };
    return {
        status: 'failed',
        email,
        attempts,
        problem: {
            what: 'Cloudflare answered "result": false: nothing was revoked',
            remedy: 'Check that the address is that of the user in Zero Trust, and that `user-uid` belongs to it.',
            reach: 'user',
            errors: [],
            httpStatus,
            ...about,
        },
    };
}

;// CONCATENATED MODULE: ./src/main.ts










/**
 * The story of the step: inputs, user, revocation, outputs.
 *
 * @returns whether the step may be green
 * @throws Error for what nobody thought of, outputs that cannot be written included
 */
async function main() {
    const inputs = readInputs();
    if ('problems' in inputs) {
        tellProblems(inputs.problems);
        return false;
    }
    const cloudflare = connect(inputs);
    const outcome = inputs.dryRun ? await rehearse(cloudflare, inputs) : await revokeAloud(cloudflare, inputs);
    writeOutputs(outputsOf([outcome]));
    return outcome.status === 'revoked' || outcome.status === 'would_revoke';
}
function tellProblems(problems) {
    const wrong = problems.length === 1 ? 'One input is wrong' : `${problems.length} inputs are wrong`;
    log.error(`Nothing was sent: ${wrong}.`, ...problems.map((problem, index) => `${index + 1}. ${problem}`));
}
function connect(inputs) {
    const { baseUrl, target, credential, maxAttempts, requestTimeout } = inputs;
    if (!baseUrl.cloudflare) {
        log.warning(`The requests go to ${baseUrl.href}, which is not Cloudflare's: what is confirmed there says nothing about Cloudflare.`);
    }
    const announce = (line) => {
        log.info(line);
    };
    const exchanger = new Exchanger(requestTimeout, 1);
    const pace = new Pace(announce);
    return new Cloudflare({ baseUrl: baseUrl.href, target, credential, maxAttempts, exchanger, pace, announce });
}
async function revokeAloud(cloudflare, inputs) {
    const { email, target, devices, warpSessionReauth } = inputs;
    log.info(`Revoking the Access tokens of ${email} in ${targetName(target)}.`);
    const outcome = await revoke(cloudflare, inputs);
    if (outcome.status === 'failed') {
        log.error(`${email} is not revoked, or not for sure. ${problemText(outcome.problem)}`);
        return outcome;
    }
    const ray = outcome.rayId === undefined ? '' : ` (ray ID ${outcome.rayId})`;
    log.info(`${email}: revoked, confirmed by Cloudflare${ray}.`);
    if (devices)
        log.info('Devices: revoked too.');
    else
        log.info('Devices: left untouched, and may keep reaching private networks; `devices: true` revokes them too.');
    if (warpSessionReauth)
        log.info('WARP: the user must re-authenticate where Gateway policies enforce a session duration.');
    else
        log.info('WARP session: left untouched; `warp-session-reauth: true` ends it.');
    return outcome;
}
async function rehearse(cloudflare, inputs) {
    const { email, target, credential } = inputs;
    log.info(`Dry run: nothing is revoked. Checking the credential for ${targetName(target)}.`);
    const { verdict, sentence } = await checkCredential(cloudflare, credential, target);
    if (verdict === 'failed') {
        log.error(sentence);
        return { status: 'skipped', email };
    }
    if (verdict === 'unchecked')
        log.warning(sentence);
    else
        log.info(sentence);
    log.info(`${email} would be revoked.`);
    return { status: 'would_revoke', email };
}


/***/ }),

/***/ 351:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   k: () => (/* binding */ ProxyAgent)
/* harmony export */ });
/* unused harmony export fetch */
/**
 * Stands in for the npm package `undici` in the bundle (a `paths` entry in tsconfig.json puts it there).
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


/***/ })

};
