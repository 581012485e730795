export const id = 109;
export const ids = [109];
export const modules = {

/***/ 777:
/***/ ((module) => {



/**
 * Copyright (c) 2019-present, GraphQL Foundation
 *
 * This source code is licensed under the MIT license found in the
 * LICENSE file in the root directory of this source tree.
 *
 * 
 */
// A Function, which when given an Array of keys, returns a Promise of an Array
// of values or Errors.
// Optionally turn off batching or caching or provide a cache key function or a
// custom cache instance.
// If a custom cache is provided, it must be of this type (a subset of ES6 Map).

/**
 * A `DataLoader` creates a public API for loading data from a particular
 * data back-end with unique keys such as the `id` column of a SQL table or
 * document name in a MongoDB database, given a batch loading function.
 *
 * Each `DataLoader` instance contains a unique memoized cache. Use caution when
 * used in long-lived applications or those which serve many users with
 * different access permissions and consider creating a new instance per
 * web request.
 */
var DataLoader =
/*#__PURE__*/
function () {
  function DataLoader(batchLoadFn, options) {
    if (typeof batchLoadFn !== 'function') {
      throw new TypeError('DataLoader must be constructed with a function which accepts ' + ("Array<key> and returns Promise<Array<value>>, but got: " + batchLoadFn + "."));
    }

    this._batchLoadFn = batchLoadFn;
    this._maxBatchSize = getValidMaxBatchSize(options);
    this._batchScheduleFn = getValidBatchScheduleFn(options);
    this._cacheKeyFn = getValidCacheKeyFn(options);
    this._cacheMap = getValidCacheMap(options);
    this._batch = null;
    this.name = getValidName(options);
  } // Private


  var _proto = DataLoader.prototype;

  /**
   * Loads a key, returning a `Promise` for the value represented by that key.
   */
  _proto.load = function load(key) {
    if (key === null || key === undefined) {
      throw new TypeError('The loader.load() function must be called with a value, ' + ("but got: " + String(key) + "."));
    }

    var batch = getCurrentBatch(this);
    var cacheMap = this._cacheMap;
    var cacheKey; // If caching and there is a cache-hit, return cached Promise.

    if (cacheMap) {
      cacheKey = this._cacheKeyFn(key);
      var cachedPromise = cacheMap.get(cacheKey);

      if (cachedPromise) {
        var cacheHits = batch.cacheHits || (batch.cacheHits = []);
        return new Promise(function (resolve) {
          cacheHits.push(function () {
            resolve(cachedPromise);
          });
        });
      }
    } // Otherwise, produce a new Promise for this key, and enqueue it to be
    // dispatched along with the current batch.


    batch.keys.push(key);
    var promise = new Promise(function (resolve, reject) {
      batch.callbacks.push({
        resolve: resolve,
        reject: reject
      });
    }); // If caching, cache this promise.

    if (cacheMap) {
      cacheMap.set(cacheKey, promise);
    }

    return promise;
  }
  /**
   * Loads multiple keys, promising an array of values:
   *
   *     var [ a, b ] = await myLoader.loadMany([ 'a', 'b' ]);
   *
   * This is similar to the more verbose:
   *
   *     var [ a, b ] = await Promise.all([
   *       myLoader.load('a'),
   *       myLoader.load('b')
   *     ]);
   *
   * However it is different in the case where any load fails. Where
   * Promise.all() would reject, loadMany() always resolves, however each result
   * is either a value or an Error instance.
   *
   *     var [ a, b, c ] = await myLoader.loadMany([ 'a', 'b', 'badkey' ]);
   *     // c instanceof Error
   *
   */
  ;

  _proto.loadMany = function loadMany(keys) {
    if (!isArrayLike(keys)) {
      throw new TypeError('The loader.loadMany() function must be called with Array<key> ' + ("but got: " + keys + "."));
    } // Support ArrayLike by using only minimal property access


    var loadPromises = [];

    for (var i = 0; i < keys.length; i++) {
      loadPromises.push(this.load(keys[i])["catch"](function (error) {
        return error;
      }));
    }

    return Promise.all(loadPromises);
  }
  /**
   * Clears the value at `key` from the cache, if it exists. Returns itself for
   * method chaining.
   */
  ;

  _proto.clear = function clear(key) {
    var cacheMap = this._cacheMap;

    if (cacheMap) {
      var cacheKey = this._cacheKeyFn(key);

      cacheMap["delete"](cacheKey);
    }

    return this;
  }
  /**
   * Clears the entire cache. To be used when some event results in unknown
   * invalidations across this particular `DataLoader`. Returns itself for
   * method chaining.
   */
  ;

  _proto.clearAll = function clearAll() {
    var cacheMap = this._cacheMap;

    if (cacheMap) {
      cacheMap.clear();
    }

    return this;
  }
  /**
   * Adds the provided key and value to the cache. If the key already
   * exists, no change is made. Returns itself for method chaining.
   *
   * To prime the cache with an error at a key, provide an Error instance.
   */
  ;

  _proto.prime = function prime(key, value) {
    var cacheMap = this._cacheMap;

    if (cacheMap) {
      var cacheKey = this._cacheKeyFn(key); // Only add the key if it does not already exist.


      if (cacheMap.get(cacheKey) === undefined) {
        // Cache a rejected promise if the value is an Error, in order to match
        // the behavior of load(key).
        var promise;

        if (value instanceof Error) {
          promise = Promise.reject(value); // Since this is a case where an Error is intentionally being primed
          // for a given key, we want to disable unhandled promise rejection.

          promise["catch"](function () {});
        } else {
          promise = Promise.resolve(value);
        }

        cacheMap.set(cacheKey, promise);
      }
    }

    return this;
  }
  /**
   * The name given to this `DataLoader` instance. Useful for APM tools.
   *
   * Is `null` if not set in the constructor.
   */
  ;

  return DataLoader;
}(); // Private: Enqueue a Job to be executed after all "PromiseJobs" Jobs.
//
// ES6 JavaScript uses the concepts Job and JobQueue to schedule work to occur
// after the current execution context has completed:
// http://www.ecma-international.org/ecma-262/6.0/#sec-jobs-and-job-queues
//
// Node.js uses the `process.nextTick` mechanism to implement the concept of a
// Job, maintaining a global FIFO JobQueue for all Jobs, which is flushed after
// the current call stack ends.
//
// When calling `then` on a Promise, it enqueues a Job on a specific
// "PromiseJobs" JobQueue which is flushed in Node as a single Job on the
// global JobQueue.
//
// DataLoader batches all loads which occur in a single frame of execution, but
// should include in the batch all loads which occur during the flushing of the
// "PromiseJobs" JobQueue after that same execution frame.
//
// In order to avoid the DataLoader dispatch Job occuring before "PromiseJobs",
// A Promise Job is created with the sole purpose of enqueuing a global Job,
// ensuring that it always occurs after "PromiseJobs" ends.
//
// Node.js's job queue is unique. Browsers do not have an equivalent mechanism
// for enqueuing a job to be performed after promise microtasks and before the
// next macrotask. For browser environments, a macrotask is used (via
// setImmediate or setTimeout) at a potential performance penalty.


var enqueuePostPromiseJob = typeof process === 'object' && typeof process.nextTick === 'function' ? function (fn) {
  if (!resolvedPromise) {
    resolvedPromise = Promise.resolve();
  }

  resolvedPromise.then(function () {
    process.nextTick(fn);
  });
} : typeof setImmediate === 'function' ? function (fn) {
  setImmediate(fn);
} : function (fn) {
  setTimeout(fn);
}; // Private: cached resolved Promise instance

var resolvedPromise; // Private: Describes a batch of requests

// Private: Either returns the current batch, or creates and schedules a
// dispatch of a new batch for the given loader.
function getCurrentBatch(loader) {
  // If there is an existing batch which has not yet dispatched and is within
  // the limit of the batch size, then return it.
  var existingBatch = loader._batch;

  if (existingBatch !== null && !existingBatch.hasDispatched && existingBatch.keys.length < loader._maxBatchSize) {
    return existingBatch;
  } // Otherwise, create a new batch for this loader.


  var newBatch = {
    hasDispatched: false,
    keys: [],
    callbacks: []
  }; // Store it on the loader so it may be reused.

  loader._batch = newBatch; // Then schedule a task to dispatch this batch of requests.

  loader._batchScheduleFn(function () {
    dispatchBatch(loader, newBatch);
  });

  return newBatch;
}

function dispatchBatch(loader, batch) {
  // Mark this batch as having been dispatched.
  batch.hasDispatched = true; // If there's nothing to load, resolve any cache hits and return early.

  if (batch.keys.length === 0) {
    resolveCacheHits(batch);
    return;
  } // Call the provided batchLoadFn for this loader with the batch's keys and
  // with the loader as the `this` context.


  var batchPromise;

  try {
    batchPromise = loader._batchLoadFn(batch.keys);
  } catch (e) {
    return failedDispatch(loader, batch, new TypeError('DataLoader must be constructed with a function which accepts ' + 'Array<key> and returns Promise<Array<value>>, but the function ' + ("errored synchronously: " + String(e) + ".")));
  } // Assert the expected response from batchLoadFn


  if (!batchPromise || typeof batchPromise.then !== 'function') {
    return failedDispatch(loader, batch, new TypeError('DataLoader must be constructed with a function which accepts ' + 'Array<key> and returns Promise<Array<value>>, but the function did ' + ("not return a Promise: " + String(batchPromise) + ".")));
  } // Await the resolution of the call to batchLoadFn.


  batchPromise.then(function (values) {
    // Assert the expected resolution from batchLoadFn.
    if (!isArrayLike(values)) {
      throw new TypeError('DataLoader must be constructed with a function which accepts ' + 'Array<key> and returns Promise<Array<value>>, but the function did ' + ("not return a Promise of an Array: " + String(values) + "."));
    }

    if (values.length !== batch.keys.length) {
      throw new TypeError('DataLoader must be constructed with a function which accepts ' + 'Array<key> and returns Promise<Array<value>>, but the function did ' + 'not return a Promise of an Array of the same length as the Array ' + 'of keys.' + ("\n\nKeys:\n" + String(batch.keys)) + ("\n\nValues:\n" + String(values)));
    } // Resolve all cache hits in the same micro-task as freshly loaded values.


    resolveCacheHits(batch); // Step through values, resolving or rejecting each Promise in the batch.

    for (var i = 0; i < batch.callbacks.length; i++) {
      var _value = values[i];

      if (_value instanceof Error) {
        batch.callbacks[i].reject(_value);
      } else {
        batch.callbacks[i].resolve(_value);
      }
    }
  })["catch"](function (error) {
    failedDispatch(loader, batch, error);
  });
} // Private: do not cache individual loads if the entire batch dispatch fails,
// but still reject each request so they do not hang.


function failedDispatch(loader, batch, error) {
  // Cache hits are resolved, even though the batch failed.
  resolveCacheHits(batch);

  for (var i = 0; i < batch.keys.length; i++) {
    loader.clear(batch.keys[i]);
    batch.callbacks[i].reject(error);
  }
} // Private: Resolves the Promises for any cache hits in this batch.


function resolveCacheHits(batch) {
  if (batch.cacheHits) {
    for (var i = 0; i < batch.cacheHits.length; i++) {
      batch.cacheHits[i]();
    }
  }
} // Private: given the DataLoader's options, produce a valid max batch size.


function getValidMaxBatchSize(options) {
  var shouldBatch = !options || options.batch !== false;

  if (!shouldBatch) {
    return 1;
  }

  var maxBatchSize = options && options.maxBatchSize;

  if (maxBatchSize === undefined) {
    return Infinity;
  }

  if (typeof maxBatchSize !== 'number' || maxBatchSize < 1) {
    throw new TypeError("maxBatchSize must be a positive number: " + maxBatchSize);
  }

  return maxBatchSize;
} // Private


function getValidBatchScheduleFn(options) {
  var batchScheduleFn = options && options.batchScheduleFn;

  if (batchScheduleFn === undefined) {
    return enqueuePostPromiseJob;
  }

  if (typeof batchScheduleFn !== 'function') {
    throw new TypeError("batchScheduleFn must be a function: " + batchScheduleFn);
  }

  return batchScheduleFn;
} // Private: given the DataLoader's options, produce a cache key function.


function getValidCacheKeyFn(options) {
  var cacheKeyFn = options && options.cacheKeyFn;

  if (cacheKeyFn === undefined) {
    return function (key) {
      return key;
    };
  }

  if (typeof cacheKeyFn !== 'function') {
    throw new TypeError("cacheKeyFn must be a function: " + cacheKeyFn);
  }

  return cacheKeyFn;
} // Private: given the DataLoader's options, produce a CacheMap to be used.


function getValidCacheMap(options) {
  var shouldCache = !options || options.cache !== false;

  if (!shouldCache) {
    return null;
  }

  var cacheMap = options && options.cacheMap;

  if (cacheMap === undefined) {
    return new Map();
  }

  if (cacheMap !== null) {
    var cacheFunctions = ['get', 'set', 'delete', 'clear'];
    var missingFunctions = cacheFunctions.filter(function (fnName) {
      return cacheMap && typeof cacheMap[fnName] !== 'function';
    });

    if (missingFunctions.length !== 0) {
      throw new TypeError('Custom cacheMap missing methods: ' + missingFunctions.join(', '));
    }
  }

  return cacheMap;
}

function getValidName(options) {
  if (options && options.name) {
    return options.name;
  }

  return null;
} // Private


function isArrayLike(x) {
  return typeof x === 'object' && x !== null && typeof x.length === 'number' && (x.length === 0 || x.length > 0 && Object.prototype.hasOwnProperty.call(x, x.length - 1));
}

module.exports = DataLoader;

/***/ }),

/***/ 109:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  runWithLookUps: () => (/* binding */ runWithLookUps)
});

// EXTERNAL MODULE: ../src/inputs/options.ts
var inputs_options = __webpack_require__(695);
// EXTERNAL MODULE: ../node_modules/p-map/index.js
var p_map = __webpack_require__(356);
// EXTERNAL MODULE: ../src/text/quantity.ts
var quantity = __webpack_require__(938);
// EXTERNAL MODULE: ../src/cloudflare/problem.ts
var cloudflare_problem = __webpack_require__(788);
// EXTERNAL MODULE: ../src/users/user.ts
var users_user = __webpack_require__(893);
;// CONCATENATED MODULE: ../src/revocation/finding.ts
/** Nothing was wrong. */
function passed(facts = {}, warnings = []) {
    return { state: 'passed', facts, problems: [], warnings };
}
/** It was seen that something is wrong. */
function failed(problem, facts = {}) {
    return { state: 'failed', facts, problems: [problem], warnings: [] };
}
/** Something about the user is wrong, so that there is nothing to prove. */
function wrong(problem) {
    return { state: 'not_done', facts: {}, problems: [problem], warnings: [] };
}
/** Something kept a confirmed revocation from being verified. */
function notDone(problem) {
    return { state: 'not_done', facts: {}, problems: [notVerified(problem)], warnings: [] };
}
/** What somebody who came back makes of the user, by `signed-in-again`. */
function cameBack(problem, signedInAgain, facts = {}) {
    return signedInAgain === 'fail' ? failed(problem, facts) : passed(facts, [`${problem.what}.`]);
}
/** All of them together; the worst state counts. */
function together(findings) {
    const states = findings.map(({ state }) => state);
    return {
        state: ['failed', 'not_done'].find((state) => states.includes(state)) ?? 'passed',
        facts: findings.reduce((all, { facts }) => ({ ...all, ...facts }), {}),
        problems: findings.flatMap(({ problems }) => problems),
        warnings: findings.flatMap(({ warnings }) => warnings),
    };
}
/** That something kept a confirmed revocation from being verified. */
function notVerified(problem) {
    return { ...problem, what: `Revoked, but not verified: ${problem.what}`, reach: 'user' };
}

;// CONCATENATED MODULE: ../src/revocation/patience.ts

/** How long a revocation may take to show; Cloudflare says 20 to 30 seconds. In milliseconds, holds not counted. */
const PATIENCE = 90_000;
/** Each pause between reads is half as long again as the one before, up to the longest. In milliseconds. */
const SECOND_PAUSE = 1_500;
const LONGEST_PAUSE = 15_000;
/** Reads again and again until what is waited for shows. */
class Patience {
    #options;
    constructor(options) {
        this.#options = options;
    }
    /**
     * Reads with growing pauses until everything is settled, for up to 90 seconds.
     *
     * @param read - it must never throw for what Cloudflare or the network does
     * @param start - since when it is waited for, by the running time of the queue
     * @param firstPause - milliseconds from the start to the first read
     * @returns what the last read showed
     */
    async until(read, isSettled, start = this.#options.queue.runningTime, firstPause = this.#options.firstPause) {
        const { queue, stop } = this.#options;
        let pause = firstPause;
        let since = start;
        let next = SECOND_PAUSE;
        for (;;) {
            const left = PATIENCE - (queue.runningTime - start);
            const length = Math.min(pause, left) - (queue.runningTime - since);
            await queue.wait(Math.max(0, length), stop.starting).catch(() => undefined);
            if (stop.why !== undefined)
                return notSeen((0,cloudflare_problem/* ownProblem */.O3)(stop.why.what, stop.why.remedy));
            // The read after the time is up is the last one, however long the rate limit kept it waiting.
            const passed = queue.runningTime - start;
            const seen = await read();
            if (seen.kind === 'not_seen' || isSettled(seen) || passed >= PATIENCE)
                return seen;
            pause = next;
            since = queue.runningTime;
            next = Math.min(LONGEST_PAUSE, next * 1.5);
        }
    }
}
/** That nothing was seen, and why. */
function notSeen(problem) {
    return { kind: 'not_seen', problem };
}

// EXTERNAL MODULE: ../src/text/email-address.ts
var email_address = __webpack_require__(630);
;// CONCATENATED MODULE: ../src/revocation/user-directory.ts

/**
 * Looks users up: all at once in the list of the whole organization where that takes fewer calls than one by one, and
 * one by one whoever is not in it.
 */
class UserDirectory {
    #endpoints;
    /** The keys of all addresses that are looked for, in the order given. */
    #wanted;
    #isWanted;
    #onSingly;
    #listing;
    /**
     * @param wanted - all addresses that are going to be looked for, each once
     * @param onSingly - called if the whole organization would take too many calls, or cannot be listed
     */
    constructor(endpoints, wanted, onSingly) {
        this.#endpoints = endpoints;
        this.#wanted = wanted.map(email_address/* addressKey */.I);
        this.#isWanted = new Set(this.#wanted);
        this.#onSingly = onSingly;
    }
    /** The records with exactly this address, in whatever letter case. It never throws for what Cloudflare does. */
    async find(email) {
        if (this.#wanted.length < 2)
            return this.#ask(email);
        const listing = await (this.#listing ??= this.#list());
        if (listing.kind === 'stopped')
            return listing;
        if (listing.kind === 'problem')
            return listing.problem.reach === 'everyone' ? listing : this.#ask(email);
        const records = listing.result.get((0,email_address/* addressKey */.I)(email));
        return records === undefined ? this.#ask(email) : { ...listing, result: records };
    }
    /** This user and those listed next to it, as many as `size`, as far as they were found in the whole list. */
    async near(owner, size) {
        const listing = await this.#listing;
        if (listing?.kind !== 'result')
            return [owner];
        const start = Math.floor(this.#wanted.indexOf((0,email_address/* addressKey */.I)(owner.email)) / size) * size;
        return this.#wanted.slice(start, start + size).flatMap((email) => {
            const records = listing.result.get(email);
            return records === undefined ? [] : [{ email, records }];
        });
    }
    async #list() {
        const call = await this.#endpoints.users({}, 'The list of all users', {
            mostPages: this.#wanted.length - 1,
            keep: ({ email }) => this.#isWanted.has((0,email_address/* addressKey */.I)(email)),
        });
        if (call.kind !== 'result') {
            this.#onSingly();
            return call;
        }
        return { ...call, result: Map.groupBy(call.result, ({ email }) => (0,email_address/* addressKey */.I)(email)) };
    }
    /** The filter may let others through, and may mind letter case; and there are reports of users that only `search` finds. */
    async #ask(email) {
        const found = await this.#withAddress(email, { email });
        if (found.kind !== 'result')
            return found;
        const lower = (0,email_address/* addressKey */.I)(email);
        const folded = lower === email ? found : await this.#withAddress(email, { email: lower });
        if (folded.kind !== 'result')
            return folded;
        const records = new Map([...found.result, ...folded.result].map((record) => [record.id, record]));
        if (records.size > 0)
            return { ...folded, result: [...records.values()] };
        const searched = await this.#withAddress(email, { search: email });
        const isUnknown = searched.kind === 'result' && searched.result.length === 0;
        return isUnknown && lower !== email ? this.#withAddress(email, { search: lower }) : searched;
    }
    async #withAddress(email, filter) {
        const key = (0,email_address/* addressKey */.I)(email);
        return this.#endpoints.users(filter, email, { keep: (user) => (0,email_address/* addressKey */.I)(user.email) === key });
    }
}
/** How many devices the records count together; undefined where one does not say. */
function devicesOf(records) {
    return records.reduce((sum, { active_device_count: count }) => sum === undefined || count === undefined ? undefined : sum + count, 0);
}
/** When the user last signed in, in milliseconds since the epoch; undefined if that is not known, or never. */
function lastLoginOf(records) {
    const logins = records.map(({ last_successful_login: login }) => Date.parse(login ?? ''));
    return logins.filter((login) => !Number.isNaN(login)).sort((one, other) => other - one)[0];
}

;// CONCATENATED MODULE: ../src/revocation/judge-sessions.ts






/** What the sessions that were seen after a confirmed revocation say of it. */
function judgeSessions(seen, { signedInAgain }) {
    if (seen.kind === 'not_seen')
        return notDone(seen.problem);
    const { old, anew } = seen;
    const facts = { sessionsAfter: old + anew.length, verifiedAt: Date.now() };
    if (old > 0)
        return failed(leftOver(old), facts);
    if (anew.length === 0)
        return passed(facts);
    const latest = anew.reduce((one, other) => Math.max(one, other));
    return cameBack(signedIn(latest * 1_000), signedInAgain, facts);
}
/**
 * What the last login says of a user who was to be gone by then. Somebody who comes back every day must not be green
 * every night, when no session from before the revocation is left.
 *
 * @param confirmation - the answer whose clock says what time it is
 */
function judgeLastLogin(user, { records }, { answer }, { signedInAgain }) {
    const login = loginAfterLeaving(user, records);
    const now = answer.date;
    if (login === undefined || now === undefined)
        return passed();
    if (login.since > users_user/* DAY */.d_ && login.at >= now - users_user/* DAY */.d_)
        return cameBack(keptSigningIn(login.at), signedInAgain);
    return passed({}, [`The user signed in at ${time(login.at)}, after \`revoke_after\`: ${STILL_OPEN}.`]);
}
/** When a user last signed in who was to be gone by then, and how long after that; in milliseconds. */
function loginAfterLeaving({ revokeAfter }, records) {
    const login = lastLoginOf(records);
    if (revokeAfter === undefined || login === undefined || login <= revokeAfter.at)
        return undefined;
    return { at: login, since: login - revokeAfter.at };
}
const STILL_OPEN = 'either the account in the identity provider still worked, or the user came in without it, with WARP as the login method, a one-time PIN, or another identity provider';
function leftOver(sessions) {
    return (0,cloudflare_problem/* ownProblem */.O3)(`Revoked, but not verified: after ${(0,quantity/* duration */.p0)(PATIENCE)} there ${sessions === 1 ? 'is' : 'are'} still ${(0,quantity/* quantity */.au)(sessions, 'session')} from before the revocation`, 'Run the step again. If they stay, contact Cloudflare support with the ray ID.');
}
function signedIn(at) {
    return (0,cloudflare_problem/* ownProblem */.O3)(`Revoked, but the user signed in again at ${time(at)}: the account in the identity provider still works`, 'Disable it there, then run the step again. If you only want users to sign in again, set `signed-in-again: warn`.');
}
function keptSigningIn(at) {
    return (0,cloudflare_problem/* ownProblem */.O3)(`Revoked, but the user still signed in at ${time(at)}, more than a day after \`revoke_after\`: ${STILL_OPEN}`, 'Disable the account in the identity provider, and check the login methods of your Access applications. If this is expected, set `signed-in-again: warn`.');
}
function time(at) {
    return new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');
}

;// CONCATENATED MODULE: ../src/revocation/past-users.ts




/** So many users who left long ago are looked up at the most; each may cost a call. */
const MOST_PAST_USERS = 100;
/**
 * Looks for users who left long ago and may never have been revoked: they still have active devices, and never signed
 * in since. A user who did sign in may have been hired again.
 *
 * @param past - the users whose time is long past
 * @returns those users, each with a warning
 */
async function warnOfPastUsers(past, directory, concurrency) {
    const warned = await (0,p_map/* default */.Ay)(past, async (user) => {
        const call = await directory.find(user.email);
        if (call.kind !== 'result' || loginAfterLeaving(user, call.result) !== undefined)
            return [];
        const devices = devicesOf(call.result) ?? 0;
        if (devices === 0)
            return [];
        const warning = `The user still has ${(0,quantity/* quantity */.au)(devices, 'active device')} and has not signed in since \`revoke_after\`, so the user may never have been revoked. To revoke the user now, raise \`due-within-days\`.`;
        return [{ status: 'past', revocation: 'not_sent', user, warnings: [warning] }];
    }, { concurrency });
    return warned.flat();
}

// EXTERNAL MODULE: ../src/text/plain-text.ts
var plain_text = __webpack_require__(667);
;// CONCATENATED MODULE: ../src/revocation/identity-problems.ts

const CHECK_SPELLING = 'Check the spelling of the address. If the user may never have used Access, set `unknown-user: warn`.';
const CHECK_UUID = 'Check `user-uid`, or `user_uid` in the list, against the address.';
/** That a user who was revoked may be nobody, or somebody else. */
const UNKNOWN_USER = (0,cloudflare_problem/* ownProblem */.O3)('Revoked, but the organization knows no such user', CHECK_SPELLING);
const UNKNOWN_LOOK_ALIKE = (0,cloudflare_problem/* ownProblem */.O3)('Revoked, but the organization knows no such user, and the address contains characters that may only look like others', 'Type the address instead of pasting it, and compare it with the one in Zero Trust.');
const OTHER_UUID = (0,cloudflare_problem/* ownProblem */.O3)('The UUID belongs to another user than the address: the revocation was sent for the address alone', CHECK_UUID);
/** The same in a dry run. */
const WOULD_BE_UNKNOWN = (0,cloudflare_problem/* ownProblem */.O3)('The organization knows no such user', CHECK_SPELLING);
const WOULD_BE_OTHER_UUID = (0,cloudflare_problem/* ownProblem */.O3)('The UUID belongs to another user than the address', CHECK_UUID);

;// CONCATENATED MODULE: ../src/revocation/read-problem.ts

/**
 * Why a call that comes with the revocation failed.
 *
 * @param wayOut - how to do without it if the credential lacks the permission, as a full sentence
 */
function readProblem(call, wayOut) {
    if (call.kind === 'stopped')
        return (0,cloudflare_problem/* ownProblem */.O3)(call.why.what, call.why.remedy);
    const { problem } = call;
    const { permission, remedy } = problem;
    return permission === undefined || remedy === undefined
        ? problem
        : { ...problem, remedy: `${remedy} ${wayOut}` };
}

;// CONCATENATED MODULE: ../src/revocation/seat-remover.ts


/** Frees users' seats, and gives up for the whole run once it turns out that the credential may not free them. */
class SeatRemover {
    #endpoints;
    #givenUp;
    constructor(endpoints) {
        this.#endpoints = endpoints;
    }
    /** Frees all seats of the user. It never throws for what Cloudflare or the network does. */
    async remove({ email, records }) {
        const held = records.filter(holdsSeat);
        if (held.length === 0)
            return { seat: NONE };
        const uids = [...new Set(held.flatMap(({ seat_uid: uid }) => uid ?? []))];
        if (held.some(({ seat_uid: uid }) => uid === undefined))
            return notFreed(NO_UID);
        if (this.#givenUp !== undefined)
            return notFreed(this.#givenUp);
        const call = await this.#endpoints.freeSeats(uids, email);
        if (call.kind !== 'result') {
            const problem = readProblem(call, 'Or remove `remove-seat`.');
            if (problem.reach === 'everyone')
                this.#givenUp = problem;
            return notFreed(problem);
        }
        const after = call.result.filter(({ seat_uid: uid }) => uid !== undefined && uids.includes(uid));
        const free = uids.every((uid) => {
            const seats = after.filter(({ seat_uid }) => seat_uid === uid);
            return seats.length > 0 && seats.every(isFree);
        });
        return free ? { seat: { state: 'removed', flagsAfter: after } } : notFreed(STAYS, after);
    }
}
/** Whether any of the records has a seat, or may have one. */
function mayHoldSeat(records) {
    return records.some(holdsSeat);
}
/** A seat was not touched. */
function seatNotDone(problem) {
    return {
        seat: { state: 'not_done', flagsAfter: [] },
        ...(problem !== undefined && { problem: unfreed(problem) }),
    };
}
const NONE = { state: 'none', flagsAfter: [] };
/** No `seat_uid` means no seat, unless a flag says otherwise; with one, only two flags that are false mean no seat. */
function holdsSeat({ seat_uid: uid, access_seat: access, gateway_seat: gateway }) {
    return uid === undefined ? access === true || gateway === true : access !== false || gateway !== false;
}
function isFree({ access_seat: access, gateway_seat: gateway }) {
    return access === false && gateway === false;
}
function notFreed(problem, flagsAfter = []) {
    return { seat: { state: 'failed', flagsAfter }, problem: unfreed(problem) };
}
/** That a user is revoked, but something kept the seat from being freed. */
function unfreed(problem) {
    return { ...problem, what: `Revoked, but the seat was not freed: ${problem.what}`, reach: 'user' };
}
const STAYS = (0,cloudflare_problem/* ownProblem */.O3)('Cloudflare answered that it is still taken', 'Run the step again, or remove the user from the seat in Zero Trust.');
const NO_UID = (0,cloudflare_problem/* ownProblem */.O3)('Cloudflare gave no ID for it', 'Remove the user from the seat in Zero Trust.');

// EXTERNAL MODULE: ../src/text/uuid.ts
var uuid = __webpack_require__(348);
;// CONCATENATED MODULE: ../src/revocation/sessions-of-user.ts
/** Reads the active sessions of all records of a user. */
async function readSessions(endpoints, { email, records }, priority) {
    const lists = [];
    for (const { id } of records) {
        const call = await endpoints.activeSessions(id, email, priority);
        if (call.kind !== 'result')
            return call;
        lists.push(call);
    }
    return { kind: 'read', lists };
}

;// CONCATENATED MODULE: ../src/revocation/user-records.ts






/** Reads users' records, and gives up for the whole run once it turns out that the credential may not read them. */
class UserRecordsReader {
    #options;
    #givenUp;
    constructor(options) {
        this.#options = options;
    }
    /** Reads what is known of the user; it never throws for what Cloudflare or the network does. */
    async read({ email, userUid }) {
        if (this.#givenUp !== undefined)
            return this.#givenUp;
        const { endpoints, directory, registrations, reads } = this.#options;
        const users = await directory.find(email);
        if (users.kind !== 'result')
            return this.#unread(users);
        const records = users.result;
        if (records.length === 0)
            return { kind: 'unknown' };
        const owner = { email, records };
        const sessions = reads.sessions ? await readSessions(endpoints, owner, 'look_up') : undefined;
        if (sessions !== undefined && sessions.kind !== 'read')
            return this.#unread(sessions);
        const devices = reads.registrations ? await registrations.active(owner) : undefined;
        const uuids = records.flatMap(({ id, uid }) => [id, uid ?? id]).map(uuid/* uuidKey */.V);
        return {
            kind: 'known',
            ...owner,
            sessions: sessions?.lists.flatMap(({ result }) => result),
            registrations: devices,
            otherUuid: userUid !== undefined && !uuids.includes((0,uuid/* uuidKey */.V)(userUid)),
            answers: [users, ...(sessions?.lists ?? []), ...(devices?.kind === 'result' ? [devices] : [])],
        };
    }
    #unread(call) {
        const problem = readProblem(call, this.#options.wayOut);
        const unread = { kind: 'unread', problem };
        if (problem.reach === 'everyone' && this.#givenUp === undefined) {
            this.#givenUp = unread;
            const { log, consequence } = this.#options;
            const told = [consequence, (0,cloudflare_problem/* problemText */.fI)(problem)];
            // What is wrong with the credential itself, or the account, concerns more than these reads: it comes first.
            log.error((problem.permission === undefined ? told.reverse() : told).join(' '));
        }
        return unread;
    }
}
/** What was counted before the revocation; nothing if the records came too late, or not at all. */
function evidenceBefore(known, options) {
    const state = (0,inputs_options/* provesSessions */.PI)(options) ? { state: 'not_done' } : {};
    if (known?.kind !== 'known')
        return { ...state, warnings: [] };
    const { sessions, records } = known;
    const count = devicesListed(known)?.length ?? devicesOf(records);
    return {
        ...state,
        ...(sessions !== undefined && { sessionsBefore: sessions.length }),
        ...(count !== undefined && { devicesBefore: count }),
        warnings: [],
    };
}
/** The devices that were active when they were read; undefined if that is not known. */
function activeDevices(known) {
    return devicesListed(known)?.map(({ id, name, type }) => ({ id, name, type, state: 'active' }));
}
/** An empty list alone does not say that there are none: Cloudflare may not have understood whose to list. */
function devicesListed({ registrations, records }) {
    const listed = registrations?.kind === 'result' ? registrations.result : undefined;
    return listed?.length === 0 && devicesOf(records) !== 0 ? undefined : listed;
}

;// CONCATENATED MODULE: ../src/revocation/rehearse.ts





/** A dry run's part: what would be cut, and what would make the run red. It only reads. */
async function rehearse(user, records, options) {
    const would = { status: 'would_revoke', revocation: 'not_sent', user };
    const known = await records.read(user);
    const verification = evidenceBefore(known, options);
    if (known.kind === 'unread')
        return { ...would, verification, problem: known.problem };
    if (known.kind === 'unknown') {
        return options.unknownUser === 'fail' || !(0,plain_text/* isAscii */.ER)(user.email)
            ? { ...would, verification, problem: WOULD_BE_UNKNOWN }
            : { ...would, verification: { ...verification, warnings: [`${WOULD_BE_UNKNOWN.what}.`] } };
    }
    const unread = known.registrations !== undefined && known.registrations.kind !== 'result';
    const problem = known.otherUuid
        ? WOULD_BE_OTHER_UUID
        : unread
            ? readProblem(known.registrations, 'Or set `verify: sessions`.')
            : undefined;
    const devices = activeDevices(known);
    const seat = { state: mayHoldSeat(known.records) ? 'not_done' : 'none', flagsAfter: [] };
    return {
        ...would,
        verification: { ...verification, ...(devices !== undefined && { devices }) },
        ...(problem !== undefined && { problem }),
        ...(options.removeSeat && { seat }),
    };
}

;// CONCATENATED MODULE: ../src/revocation/conclude.ts



/** What all findings make of a confirmed revocation. The first problem is the user's; further ones are told as warnings. */
function concluded(sent, before, findings, freed, options) {
    const { state, facts, problems, warnings } = together(findings);
    const [problem, ...others] = [...problems, ...(freed?.problem === undefined ? [] : [freed.problem])];
    const verification = {
        ...before,
        ...facts,
        ...((0,inputs_options/* provesSessions */.PI)(options) && { state }),
        warnings: [...others.map(cloudflare_problem/* problemText */.fI), ...warnings],
    };
    const proof = { verification, ...(freed !== undefined && { seat: freed.seat }) };
    if (problem === undefined)
        return { ...sent, status: 'revoked', ...proof };
    const { user, attempts, startedAt, finishedAt, httpStatus, rayId } = sent;
    return {
        status: 'failed',
        revocation: 'confirmed',
        user,
        attempts,
        startedAt,
        finishedAt,
        problem: { httpStatus, ...(rayId !== undefined && { rayId }), ...problem, reach: 'user' },
        ...proof,
    };
}

// EXTERNAL MODULE: ../src/revocation/device-name.ts
var device_name = __webpack_require__(118);
;// CONCATENATED MODULE: ../src/revocation/judge-registrations.ts





/** A message names this many devices; the report has them all. */
const MOST_NAMED = 5;
/** What the device registrations that were seen after a confirmed revocation say of it. */
function judgeRegistrations(seen, { listedBefore, countedBefore, emptyIsTrue }, { signedInAgain }) {
    if (seen.kind === 'not_seen')
        return notDone(seen.problem);
    const { left, anew, revoked, deleted, empty } = seen;
    const facts = {
        devicesAfter: left.length + anew.length,
        devices: [
            ...[...left, ...anew].map((registration) => deviceOf(registration, 'active')),
            ...revoked.map((registration) => deviceOf(registration, 'revoked')),
            ...deleted.map((registration) => deviceOf(registration, 'deleted')),
        ],
    };
    if (left.length > 0)
        return failed(stillActive(left), facts);
    if (anew.length > 0)
        return cameBack(registeredAgain(anew), signedInAgain, facts);
    if (listedBefore === 0 && countedBefore !== undefined && countedBefore > 0) {
        return notDone(contradiction(countedBefore));
    }
    const nothingSeen = empty && (listedBefore ?? 0) === 0;
    return nothingSeen && countedBefore !== 0 && !emptyIsTrue ? notDone(NO_EVIDENCE) : passed(facts);
}
function deviceOf({ id, name, type, revokedAt }, state) {
    return { id, name, type, state, ...(state === 'revoked' && { revokedAt }) };
}
/** A few devices, each by name and ID. */
function named(registrations) {
    const names = registrations.slice(0, MOST_NAMED).map(device_name/* deviceNameAndId */.G);
    const more = registrations.length - MOST_NAMED;
    return [...names, ...(more > 0 ? [`${more} more`] : [])].join(', ');
}
function stillActive(left) {
    return (0,cloudflare_problem/* ownProblem */.O3)(`Revoked, but not verified: active devices are left after ${(0,quantity/* duration */.p0)(PATIENCE)}: ${named(left)}`, 'Revoke or delete the registration in Zero Trust. A browser extension or a shared computer may need that.');
}
function registeredAgain(anew) {
    return (0,cloudflare_problem/* ownProblem */.O3)(`Revoked, but the user registered devices again, so the account in the identity provider still works: ${named(anew)}`, 'Disable it there, then run the step again. If you only want users to sign in again, set `signed-in-again: warn`.');
}
function contradiction(counted) {
    return (0,cloudflare_problem/* ownProblem */.O3)(`Cloudflare counted ${(0,quantity/* quantity */.au)(counted, 'active device')} of the user, but listed none`, "Check the user's devices in Zero Trust. To verify only the sessions, set `verify: sessions`.");
}
const NO_EVIDENCE = (0,cloudflare_problem/* ownProblem */.O3)('Cloudflare listed no devices and gave no count of them, which does not prove that there are none', "Check the user's devices in Zero Trust. To verify only the sessions, set `verify: sessions`.");

;// CONCATENATED MODULE: ../src/revocation/session-evidence.ts
/** By how much two clocks of Cloudflare's may differ, and a session may seem to come from the future. In milliseconds. */
const TOLERANCE = 60_000;
/** The evidence from the sessions that were seen before, if anybody looked, and the answer that confirmed it. */
function evidenceOf(before, confirmation, newIsFine) {
    const seenBefore = before === undefined ? undefined : new Set(before.flatMap(({ key }) => key ?? []));
    return { seenBefore, confirmation, newIsFine };
}
/**
 * Sorts the sessions that an answer shows. Whatever does not clearly belong to a session begun after the revocation
 * counts as old: one that was seen before, whatever its `iat` says; an `iat` of the second of the confirmation or
 * before; and an `iat` that cannot be true, by the clock of the answer that shows it.
 */
function sortSessions(sessions, shown, evidence) {
    const anew = sessions.flatMap((session) => newSince(session, shown, evidence) ?? []);
    return { old: sessions.length - anew.length, anew };
}
/** When the session was issued, if that was after the revocation for sure; in Unix seconds. */
function newSince({ key, iat }, shown, evidence) {
    const { seenBefore, confirmation, newIsFine } = evidence;
    if (key === undefined || iat === undefined)
        return undefined;
    if (confirmation.date === undefined || shown.date === undefined)
        return undefined;
    if (seenBefore === undefined ? newIsFine : seenBefore.has(key))
        return undefined;
    const after = iat > Math.floor(confirmation.date / 1_000) && iat * 1_000 <= shown.date + TOLERANCE;
    return after ? iat : undefined;
}
/** Whether a session may have begun after the revocation: its time does not clearly say that it had begun before. */
function mayBeNew({ iat }, { date }) {
    return iat === undefined || date === undefined || iat > Math.floor(date / 1_000);
}
/** Whether the clocks behind two answers differ by more than can be: then neither tells old sessions from new ones. */
function clocksDisagree(one, other) {
    if (one.date === undefined || other.date === undefined)
        return false;
    return Math.abs(one.date - one.receivedAt - (other.date - other.receivedAt)) > TOLERANCE;
}

;// CONCATENATED MODULE: ../src/revocation/registration-evidence.ts

/**
 * Sorts the registrations that an answer shows. Whatever is not clearly revoked counts as active, and whatever was not
 * clearly made after the revocation counts as left.
 */
function sortRegistrations(shown, answer, evidence) {
    const { before = [] } = evidence;
    const now = new Map(shown.map((registration) => [registration.id, registration]));
    const active = shown.filter(({ revokedAt, deletedAt }) => revokedAt === undefined && deletedAt === undefined);
    const anew = active.filter((registration) => isNew(registration, answer, evidence));
    return {
        left: active.filter((registration) => !anew.includes(registration)),
        anew,
        revoked: before.flatMap(({ id }) => {
            const found = now.get(id);
            return found?.revokedAt === undefined || found.deletedAt !== undefined ? [] : [found];
        }),
        deleted: before.filter(({ id }) => {
            const found = now.get(id);
            return found === undefined || found.deletedAt !== undefined;
        }),
    };
}
function isNew({ id, createdAt }, answer, evidence) {
    const { before, confirmation, newIsFine } = evidence;
    if (createdAt === undefined || confirmation.date === undefined || answer.date === undefined)
        return false;
    if (before === undefined ? newIsFine : before.some((registration) => registration.id === id))
        return false;
    // The `Date` header has whole seconds.
    return createdAt >= confirmation.date + 1_000 && createdAt <= answer.date + TOLERANCE;
}

;// CONCATENATED MODULE: ../src/revocation/wait-for-sessions.ts





/**
 * Reads until no session from before the revocation is left.
 *
 * @param confirmedAt - when the revocation was confirmed, by the running time of the queue
 */
async function waitForSessions(endpoints, patience, owner, evidence, confirmedAt) {
    return patience.until(async () => lookAtSessions(endpoints, owner, evidence), ({ old }) => old === 0, confirmedAt);
}
/** Reads the sessions once. */
async function lookAtSessions(endpoints, owner, evidence) {
    const sessions = await readSessions(endpoints, owner, 'read');
    if (sessions.kind !== 'read')
        return notSeen(readProblem(sessions, 'Or remove `verify`.'));
    if (sessions.lists.some((list) => clocksDisagree(list, evidence.confirmation)))
        return notSeen(CLOCKS_DISAGREE);
    const sorted = sessions.lists.map((list) => sortSessions(list.result, list, evidence));
    return {
        kind: 'seen',
        old: sorted.reduce((sum, { old }) => sum + old, 0),
        anew: sorted.flatMap(({ anew }) => anew),
    };
}
/** That nothing can be told by clocks that contradict each other. */
const CLOCKS_DISAGREE = (0,cloudflare_problem/* ownProblem */.O3)('the `Date` headers of the answers contradict each other by more than a minute', 'Look for a proxy between the runner and Cloudflare that keeps or changes answers.');

;// CONCATENATED MODULE: ../src/revocation/wait-for-registrations.ts





/** Reads until no registration from before the revocation is active. */
async function waitForRegistrations(reader, patience, owner, evidence) {
    return patience.until(async () => lookAtRegistrations(reader, owner, evidence), ({ left }) => left.length === 0, undefined, 0);
}
/** Reads the registrations once. */
async function lookAtRegistrations(reader, owner, evidence) {
    const list = await reader.all(owner);
    if (list.kind !== 'result')
        return notSeen(readProblem(list, 'Or set `verify: sessions`.'));
    if (clocksDisagree(list, evidence.confirmation))
        return notSeen(CLOCKS_DISAGREE);
    return { kind: 'seen', empty: list.result.length === 0, ...sortRegistrations(list.result, list, evidence) };
}

;// CONCATENATED MODULE: ../src/revocation/prove-devices.ts





/**
 * Proves that no device from before the revocation is left.
 *
 * @param late - whether the records were read after the revocation
 * @param isProven - whether the sessions are gone
 */
async function proveDevices(sent, known, late, isProven, { registrations, patience, options }) {
    const list = late ? undefined : known.registrations;
    const before = list?.kind === 'result' ? list.result : undefined;
    const evidence = { before, confirmation: sent.answer, newIsFine: options.signedInAgain === 'warn' };
    // Where the sessions have had their time already, one look says what there is to say.
    const seen = await (isProven
        ? waitForRegistrations(registrations, patience, known, evidence)
        : lookAtRegistrations(registrations, known, evidence));
    const devices = {
        listedBefore: before?.length,
        countedBefore: late ? undefined : devicesOf(known.records),
        emptyIsTrue: registrations.vouchesFor(known),
    };
    return judgeRegistrations(seen, devices, options);
}
/** What to say of devices that the step leaves alone. */
function devicesUntouched({ records }, { devices }) {
    const count = devices ? 0 : (devicesOf(records) ?? 0);
    if (count === 0)
        return [];
    return [
        passed({}, [
            `The user keeps ${(0,quantity/* quantity */.au)(count, 'active device')}. To revoke devices as well, set \`devices: true\`.`,
        ]),
    ];
}

;// CONCATENATED MODULE: ../src/revocation/prove.ts













/**
 * Proves a confirmed revocation, as far as the step asks for it: first that the sessions are gone; then the seat is
 * freed, which deletes registrations; and then that no device is left. It never throws.
 */
async function prove(sent, clues, prover) {
    const { options } = prover;
    const { records, before } = clues;
    const untouched = options.removeSeat ? seatNotDone() : undefined;
    const conclude = ([findings, seat]) => concluded(sent, before, findings, seat, options);
    if (records.kind === 'unread') {
        return conclude((0,inputs_options/* provesSessions */.PI)(options) ? [[notDone(records.problem)], untouched] : [[], seatNotDone(records.problem)]);
    }
    if (records.kind === 'known') {
        return proveKnown(sent, records, clues, prover)
            .catch((error) => {
            prover.onUnexpected(error);
            return [[notDone((0,cloudflare_problem/* unexpectedProblem */.jX)(error))], untouched];
        })
            .then(conclude);
    }
    // Whoever is unknown by an address with such characters may well be known by one that only looks the same.
    if (!(0,plain_text/* isAscii */.ER)(sent.user.email))
        return conclude([[wrong(UNKNOWN_LOOK_ALIKE)], untouched]);
    if (options.unknownUser === 'fail')
        return conclude([[wrong(UNKNOWN_USER)], untouched]);
    const verification = { ...before, warnings: [`${UNKNOWN_USER.what}.`] };
    return {
        ...sent,
        status: 'unknown',
        verification,
        ...(untouched !== undefined && { seat: untouched.seat }),
    };
}
async function proveKnown(sent, known, { late, confirmedAt }, prover) {
    const { options } = prover;
    const findings = known.otherUuid ? [{ ...passed(), problems: [OTHER_UUID] }] : [];
    let cameBack = false;
    if ((0,inputs_options/* provesSessions */.PI)(options)) {
        const seen = await watchSessions(sent, known, { late, confirmedAt }, prover);
        cameBack = seen.kind === 'seen' && seen.anew.length > 0;
        findings.push(judgeSessions(seen, options), judgeLastLogin(sent.user, known, sent, options), ...devicesUntouched(known, options));
    }
    const isProven = findings.every(({ problems }) => problems.length === 0);
    let seat;
    if (options.removeSeat) {
        if (!isProven)
            seat = seatNotDone();
        else if (cameBack || (!(0,inputs_options/* provesSessions */.PI)(options) && (await mayHaveComeBack(sent, known, prover))))
            seat = seatNotDone(CAME_BACK);
        else
            seat = await prover.seats.remove(known);
    }
    if ((0,inputs_options/* provesDevices */.fl)(options))
        findings.push(await proveDevices(sent, known, late, isProven, prover));
    return [findings, seat];
}
async function watchSessions(sent, known, { late, confirmedAt }, { endpoints, patience, options }) {
    if (sent.answer.date === undefined)
        return notSeen(NO_DATE);
    if (known.answers.some((answer) => clocksDisagree(answer, sent.answer)))
        return notSeen(CLOCKS_DISAGREE);
    const newIsFine = options.signedInAgain === 'warn';
    const evidence = evidenceOf(late ? undefined : known.sessions, sent.answer, newIsFine);
    return waitForSessions(endpoints, patience, known, evidence, confirmedAt);
}
/** Whether there is a session from after the revocation, as far as one read can tell; in case of doubt there is. */
async function mayHaveComeBack(sent, known, { endpoints }) {
    const sessions = await readSessions(endpoints, known, 'read');
    if (sessions.kind !== 'read')
        return true;
    return sessions.lists.some((list) => clocksDisagree(list, sent.answer) || list.result.some((session) => mayBeNew(session, sent.answer)));
}
const NO_DATE = (0,cloudflare_problem/* ownProblem */.O3)('the answer had no usable `Date` header to tell old sessions by', 'Look for a proxy between the runner and Cloudflare that removes the header.');
const CAME_BACK = (0,cloudflare_problem/* ownProblem */.O3)('the user may have signed in again, and would take a seat at once', 'Disable the account in the identity provider, then run the step again.');

// EXTERNAL MODULE: ../src/revocation/revoke-user.ts
var revoke_user = __webpack_require__(662);
;// CONCATENATED MODULE: ../src/revocation/revoke-and-verify.ts




/** How long a revocation waits for the user's records. In milliseconds, holds for the rate limit not counted. */
const revoke_and_verify_PATIENCE = 10_000;
/**
 * Reads the user's records, revokes, and then proves what was asked for. The revocation is sent whatever the records say,
 * if they cannot be read, and after ten seconds also if they are still being read; then it goes to the address alone.
 *
 * @returns what became of the user; where there is something to wait for, a function that does, so that others can be
 * revoked in the meantime
 */
async function revokeAndVerify(user, revoker) {
    const { endpoints, queue, stop, options } = revoker;
    const reading = revoker.records.read(user);
    const waited = new AbortController();
    const tooLate = queue.wait(revoke_and_verify_PATIENCE, AbortSignal.any([waited.signal, stop.starting])).then(nothing, nothing);
    const known = await Promise.race([reading, tooLate]);
    waited.abort();
    // A UUID of somebody else, or one that is not checked yet, must not lead the revocation away from the address.
    const misled = known === undefined || (known.kind === 'known' && known.otherUuid);
    const userUid = misled ? undefined : user.userUid;
    const sent = await (0,revoke_user/* revokeUser */.C)(endpoints, user, userUid, options, known === undefined);
    if (sent.status === 'skipped')
        return sent;
    const before = evidenceBefore(known, options);
    if (sent.status === 'failed') {
        return { ...sent, verification: before, ...(options.removeSeat && { seat: seatNotDone().seat }) };
    }
    const confirmedAt = queue.runningTime;
    const proveIt = async () => {
        const records = known ?? (await reading);
        return prove(sent, { records, late: known === undefined, before, confirmedAt }, revoker);
    };
    return known === undefined || known.kind === 'known' ? proveIt : proveIt();
}
function nothing() {
    return undefined;
}

// EXTERNAL MODULE: ../node_modules/dataloader/index.js
var dataloader = __webpack_require__(777);
var dataloader_default = /*#__PURE__*/__webpack_require__.n(dataloader);
;// CONCATENATED MODULE: ../src/revocation/registrations-reader.ts





/** How many users one call asks for; with two IDs each it makes an address line of less than 5 kB. */
const USERS_AT_ONCE = 50;
/**
 * Reads device registrations, for many users at once, and gives up for the whole run once it turns out that the
 * credential may not read them.
 */
class RegistrationsReader {
    #endpoints;
    #options;
    #active = this.#loader('active', 0);
    #all;
    /** By the key of the address. What is known already must not take a turn of its own: a revocation waits for it. */
    #before = new Map();
    #proven = new Set();
    #givenUp;
    constructor(endpoints, options) {
        this.#endpoints = endpoints;
        this.#options = options;
        this.#all = this.#loader('all', options.gatherFor);
    }
    /** The registrations that are active, before anything is revoked. They are read along with those of users nearby. */
    async active(owner) {
        const read = this.#before.get((0,email_address/* addressKey */.I)(owner.email));
        if (read !== undefined)
            return read;
        const others = await this.#options.near(owner, USERS_AT_ONCE);
        const known = others.filter(({ records }) => records.length > 0);
        void Promise.allSettled(known.map(async (other) => this.#readBefore(other)));
        return this.#readBefore(owner);
    }
    /** The registrations as they are now, revoked ones included. */
    async all(owner) {
        return this.#all.load(owner);
    }
    /**
     * Whether an empty list means that this user has no registrations: in this run, one of another user was found by the
     * same kind of ID, and carried its owner's address.
     */
    vouchesFor({ records }) {
        return records.every(({ uid }) => this.#proven.has('id') || (this.#proven.has('uid') && uid !== undefined));
    }
    async #readBefore(owner) {
        const key = (0,email_address/* addressKey */.I)(owner.email);
        const reading = this.#before.get(key) ?? this.#active.load(owner);
        this.#before.set(key, reading);
        return reading;
    }
    #loader(status, gatherFor) {
        return new (dataloader_default())(async (owners) => this.#readBatch(owners, status), {
            maxBatchSize: USERS_AT_ONCE,
            cache: false,
            batchScheduleFn: (dispatch) => {
                const { queue, stop } = this.#options;
                void queue.wait(gatherFor, stop.starting).then(dispatch, dispatch);
            },
        });
    }
    async #readBatch(owners, status) {
        const isOne = owners.length === 1;
        const givenUp = this.#givenUp;
        if (givenUp !== undefined)
            return owners.map(() => givenUp);
        const ids = owners.flatMap(({ records }) => records.flatMap(({ id, uid }) => [id, uid ?? id]));
        const about = isOne ? owners.map(({ email }) => email).join() : `The devices of ${owners.length} users`;
        const call = await this.#endpoints.registrations([...new Set(ids)], status, about);
        const singly = async () => (await Promise.all(owners.map(async (owner) => this.#readBatch([owner], status)))).flat();
        if (call.kind !== 'result') {
            const isRefused = call.kind === 'problem' && call.problem.reach === 'everyone';
            if (isRefused && this.#givenUp === undefined)
                this.#giveUp(call);
            const oneMayBeRefused = call.kind === 'problem' && call.problem.reach === 'user' && !isOne;
            return oneMayBeRefused ? singly() : owners.map(() => call);
        }
        // Nobody can tell whose these are; asked for one user alone, they count as that user's.
        const ownerless = call.result.filter(({ owner: { id, email } }) => id === undefined && email === undefined);
        if (ownerless.length > 0 && !isOne)
            return singly();
        const owned = this.#sort(call.result, owners);
        return owners.map((owner) => ({ ...call, result: [...(owned.get(owner) ?? []), ...ownerless] }));
    }
    #giveUp(call) {
        this.#givenUp = call;
        const problem = readProblem(call, 'Or set `verify: sessions`.');
        this.#options.log.error(`Devices cannot be verified, so the step will be red. ${(0,cloudflare_problem/* problemText */.fI)(problem)}`);
    }
    /** Whose each registration is, by the ID or by the address: in case of doubt it is. */
    #sort(registrations, owners) {
        const byEmail = new Map(owners.map((owner) => [(0,email_address/* addressKey */.I)(owner.email), owner]));
        const kindsOf = new Map();
        for (const owner of owners) {
            for (const { id, uid } of owner.records) {
                for (const [kind, value] of [['id', id], ['uid', uid]]) {
                    if (value === undefined)
                        continue;
                    const key = (0,uuid/* uuidKey */.V)(value);
                    kindsOf.set(key, (kindsOf.get(key) ?? new Map()).set(kind, owner));
                }
            }
        }
        const sorted = new Map();
        for (const registration of registrations) {
            const { id, email } = registration.owner;
            const kinds = id === undefined ? undefined : kindsOf.get((0,uuid/* uuidKey */.V)(id));
            const named = email === undefined ? undefined : byEmail.get((0,email_address/* addressKey */.I)(email));
            for (const [kind, owner] of kinds ?? [])
                if (owner === named)
                    this.#proven.add(kind);
            for (const owner of new Set([...(kinds?.values() ?? []), ...(named === undefined ? [] : [named])])) {
                const own = sorted.get(owner);
                if (own === undefined)
                    sorted.set(owner, [registration]);
                else
                    own.push(registration);
            }
        }
        return sorted;
    }
}

;// CONCATENATED MODULE: ../src/revocation/revoker.ts







/**
 * Sets up all that works on users who are looked up.
 *
 * @param users - all of them
 */
function createRevoker(connection, users, log) {
    const { endpoints, queue, stop, plan, options } = connection;
    const emails = users.map(({ email }) => email);
    const directory = new UserDirectory(endpoints, emails, () => {
        if (plan.isLong)
            log.info(expectationOf(plan));
    });
    const registrations = new RegistrationsReader(endpoints, {
        queue,
        stop,
        gatherFor: plan.gatherFor,
        near: async (owner, size) => directory.near(owner, size),
        log,
    });
    const records = new UserRecordsReader({
        endpoints,
        directory,
        registrations,
        reads: {
            sessions: (0,inputs_options/* provesSessions */.PI)(options) && (options.dryRun || !plan.isLong),
            registrations: (0,inputs_options/* provesDevices */.fl)(options),
        },
        ...hindrancesOf(options),
        log,
    });
    return {
        ...connection,
        directory,
        records,
        registrations,
        patience: new Patience({ queue, stop, firstPause: plan.firstPause }),
        seats: new SeatRemover(endpoints),
        onUnexpected: (error) => {
            log.unexpected(error);
        },
    };
}
/** Cloudflare takes 1,200 calls in five minutes. */
function expectationOf({ callsSingly }) {
    const time = (0,quantity/* duration */.p0)((callsSingly / 1_200) * 5 * 60_000);
    return `Users are looked up one by one, because the whole organization could not be listed in fewer calls: expect about ${(0,quantity/* grouped */.zD)(callsSingly)} calls, and ${time} at Cloudflare's rate limit.`;
}
/** What cannot be done for want of the users' records, and how to do without them. */
function hindrancesOf(options) {
    const consequence = (0,inputs_options/* provesSessions */.PI)(options)
        ? 'Nothing can be verified, so the step will be red.'
        : 'No seat can be freed, so the step will be red.';
    const inputs = [
        ...((0,inputs_options/* provesSessions */.PI)(options) ? ['`verify`'] : []),
        ...(options.removeSeat ? ['`remove-seat`'] : []),
    ].join(' and ');
    return {
        consequence: options.dryRun ? consequence : `${consequence} ${SENT}`,
        wayOut: `Or remove ${inputs}.`,
    };
}
const SENT = 'Revocations are sent all the same.';

;// CONCATENATED MODULE: ../src/revocation/run-with-look-ups.ts





/**
 * Sets up a run whose users are looked up. It is loaded on demand, since it makes up a good part of the bundle.
 *
 * @param past - the users whose time is long past
 */
function runWithLookUps(connection, due, past, log) {
    const { options } = connection;
    const others = (0,inputs_options/* provesSessions */.PI)(options) ? past.slice(0, MOST_PAST_USERS) : [];
    const revoker = createRevoker(connection, [...due, ...others], log);
    return {
        revokeOne: async (user) => options.dryRun ? rehearse(user, revoker.records, options) : revokeAndVerify(user, revoker),
        neglected: async () => warnOfPastUsers(others, revoker.directory, options.concurrency),
    };
}


/***/ })

};
