// The environment of a test file, in which libraries are those of the worker: loaded once in its process and not anew
// for each file.
import asyncHooks from 'node:async_hooks';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { types } from 'node:util';
import threads from 'node:worker_threads';
import { TestEnvironment as NodeEnvironment } from 'jest-environment-node';

const ROOT = path.resolve(import.meta.dirname, '..');

/** Where the modules that stand for the libraries find them; `library-bundles.mjs` writes those. */
export const LIBRARIES = 'zhitong.tests.libraries';

/** Where `testDatabase` of the kit finds databases that no file has, by department, whose tests are a folder. */
const DATABASES = 'zhitong.tests.databases';
const databases = new Map(readdirSync(path.join(ROOT, 'subgraphs')).map((department) => [department, []]));

/** Constructors that every realm has of its own. */
const OF_EACH_REALM = [
  'Object',
  'Function',
  'Array',
  'Date',
  'Map',
  'Set',
  'RegExp',
  'Promise',
  'Error',
  'TypeError',
  'RangeError',
  'SyntaxError',
  'AggregateError',
];

/**
 * A file has a realm of its own, the libraries that of the worker. What one of them makes or throws is an `instanceof`
 * what the other calls by the same name, as it is in a process of one realm.
 */
function knowOtherRealms(constructors) {
  for (const name of OF_EACH_REALM) {
    const constructor = constructors[name];
    const ordinary = Function.prototype[Symbol.hasInstance];
    Object.defineProperty(constructor, Symbol.hasInstance, {
      configurable: true,
      value(candidate) {
        return ordinary.call(this, candidate) || (this === constructor && isMadeBy(name, candidate));
      },
    });
  }
}

function isMadeBy(name, candidate) {
  if ((typeof candidate !== 'object' || candidate === null) && typeof candidate !== 'function') return false;
  if (types.isProxy(candidate)) return false;
  for (
    let prototype = Object.getPrototypeOf(candidate);
    prototype !== null;
    prototype = Object.getPrototypeOf(prototype)
  ) {
    const maker = Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value;
    if (typeof maker === 'function' && maker.name === name && maker.prototype === prototype) return true;
  }
  return false;
}

knowOtherRealms(globalThis);

/** What `programs.mjs` made of a file in this run; undefined where it made nothing. */
function madeOf(file) {
  const folder = process.env.ZHITONG_TEST_PROGRAMS;
  const made = folder === undefined ? undefined : path.join(folder, path.relative(ROOT, file));
  return made !== undefined && existsSync(made) ? made : undefined;
}

/** A thread of the project runs from what `programs.mjs` made of its file. */
threads.Worker = class Worker extends threads.Worker {
  constructor(file, options) {
    super(madeOf(String(file)) ?? file, options);
  }
};

/**
 * Jest runs each test and each hook in an `AsyncLocalStorage`. Until Node 24 that means work at every promise of the
 * process, a tenth of what a file's tests take; tests of a file run one after another, so that a variable will do.
 */
asyncHooks.AsyncLocalStorage = class OneAfterAnother {
  #store;

  getStore() {
    return this.#store;
  }

  run(store, work, ...args) {
    const before = this.#store;
    const back = () => (this.#store = before);
    this.#store = store;
    let result;
    try {
      result = work(...args);
    } catch (error) {
      back();
      throw error;
    }
    if (typeof result?.then !== 'function') {
      back();
      return result;
    }
    return result.then(
      (value) => {
        back();
        return value;
      },
      (error) => {
        back();
        throw error;
      },
    );
  }
};

// Jest stops listening to its own process when a worker has nothing left to do, and waits half a second for its end.
// Taking the heap of hundreds of files down piece by piece takes longer, and on a busy machine everything does.
process.on('removeListener', (event) => {
  if (event === 'message') process.exit();
});

export default class LibrariesOnce extends NodeEnvironment {
  async setup() {
    await super.setup();
    knowOtherRealms(this.global);
    this.global[Symbol.for(LIBRARIES)] = (file) => import(file);
    // A server of somebody else is left as it was found.
    if (process.env.ZHITONG_TEST_MONGODB_IS_OURS === 'yes') this.global[Symbol.for(DATABASES)] = databases;
  }
}
