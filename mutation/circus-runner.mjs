import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { INSTRUMENTER_CONSTANTS } from '@stryker-mutator/api/core';
import { commonTokens, declareClassPlugin, PluginKind, tokens } from '@stryker-mutator/api/plugin';
import {
  determineHitLimitReached,
  DryRunStatus,
  TestStatus,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner';
import { expect } from 'expect';
import fc from 'fast-check';
import * as circus from 'jest-circus';
import { bundleTests } from './bundle-tests.mjs';

const { describe, it, test, beforeAll, beforeEach, afterAll, afterEach } = circus;
const TEST_TIMEOUT_MS = 60_000;

/** The test files at or below some places, from the root of the repository. */
const testFilesAt = (places) =>
  places.flatMap((place) =>
    statSync(place).isFile()
      ? [place]
      : readdirSync(place, { recursive: true })
          .filter((name) => name.endsWith('.test.ts'))
          .map((name) => path.join(place, name)),
  );

const titleOf = (one) =>
  one.parent && one.parent.name !== 'ROOT_DESCRIBE_BLOCK' ? `${titleOf(one.parent)} ${one.name}` : one.name;
const testsOf = (block) =>
  block.children.flatMap((child) => (child.type === 'describeBlock' ? testsOf(child) : [child]));

/**
 * Runs tests with Jest's own engine (jest-circus), within the process and from bundles that are started afresh for each
 * mutant: some ten milliseconds, where a run of Jest takes half a second.
 */
class CircusRunner {
  static inject = tokens(commonTokens.options);
  #places;
  #bundles = [];
  #mutants = (globalThis[INSTRUMENTER_CONSTANTS.NAMESPACE] ??= {});
  #idOf = () => '';
  #stopAtFailure = false;

  constructor(options) {
    this.#places = options.circus.tests;
  }

  capabilities() {
    return { reloadEnvironment: true };
  }

  async init() {
    Object.assign(globalThis, { describe, it, test, beforeAll, beforeEach, afterAll, afterEach, expect });
    // A counterexample is enough here, the smallest one is not needed; the same examples for each mutant.
    fc.configureGlobal({ endOnFailure: true, seed: 1 });
    circus.addEventHandler((event) => this.#follow(event));
    this.#bundles = await bundleTests(process.cwd(), testFilesAt(this.#places));
  }

  async dryRun() {
    const mutantCoverage = { static: {}, perTest: {} };
    Object.assign(this.#mutants, { mutantCoverage, activeMutant: undefined });
    const tests = [];
    for (const bundle of this.#bundles) tests.push(...(await this.#run(bundle, {})));
    this.#mutants.mutantCoverage = undefined;
    return { status: DryRunStatus.Complete, tests, mutantCoverage };
  }

  async mutantRun({ activeMutant, testFilter, mutantActivation, sandboxFileName, hitLimit, disableBail }) {
    const wanted = testFilter && new Set(testFilter);
    const concerned = this.#bundles.filter(({ file, sources }) =>
      wanted ? testFilter.some((id) => id.startsWith(`${file} › `)) : sources.has(sandboxFileName),
    );
    Object.assign(this.#mutants, { hitLimit, hitCount: hitLimit === undefined ? undefined : 0 });
    const tests = [];
    for (const bundle of concerned) {
      this.#mutants.activeMutant = mutantActivation === 'static' ? activeMutant.id : undefined;
      tests.push(
        ...(await this.#run(bundle, {
          wanted,
          stopAtFailure: !disableBail,
          loaded: () => void (this.#mutants.activeMutant = activeMutant.id),
        })),
      );
      if (!disableBail && tests.some(({ status }) => status === TestStatus.Failed)) break;
    }
    this.#mutants.activeMutant = undefined;
    return toMutantRunResult(
      determineHitLimitReached(this.#mutants.hitCount, hitLimit) ?? { status: DryRunStatus.Complete, tests },
      disableBail,
    );
  }

  /** Starts one bundle and runs its tests; that it starts at all counts as a test of its own. */
  async #run({ file, start }, { wanted, stopAtFailure = false, loaded }) {
    circus.resetState();
    this.#idOf = (one) => `${file} › ${titleOf(one)}`;
    this.#stopAtFailure = stopAtFailure;
    const starts = {
      id: `${file} › starts`,
      name: `${file} starts`,
      timeSpentMs: 0,
      fileName: path.resolve(file),
      status: TestStatus.Success,
    };
    try {
      start();
    } catch (error) {
      return [{ ...starts, status: TestStatus.Failed, failureMessage: String(error) }];
    }
    loaded?.();
    const state = circus.getState();
    state.testTimeout = TEST_TIMEOUT_MS;
    const all = testsOf(state.rootDescribeBlock);
    if (wanted) for (const one of all) if (!wanted.has(this.#idOf(one))) one.mode = 'skip';
    await circus.run();
    const ran = all.filter((one) => one.mode !== 'skip' || one.errors.length > 0);
    return [starts, ...ran.map((one) => this.#resultOf(one, file))];
  }

  #resultOf(one, file) {
    const base = {
      id: this.#idOf(one),
      name: titleOf(one),
      timeSpentMs: one.duration ?? 0,
      fileName: path.resolve(file),
    };
    if (one.errors.length === 0) return { ...base, status: TestStatus.Success };
    return { ...base, status: TestStatus.Failed, failureMessage: String([one.errors[0]].flat()[0]).slice(0, 500) };
  }

  #follow({ name, test: one }) {
    if (name === 'test_start') this.#mutants.currentTestId = this.#idOf(one);
    if (name !== 'test_done') return;
    this.#mutants.currentTestId = undefined;
    if (this.#stopAtFailure && one.errors.length > 0) {
      for (const later of testsOf(circus.getState().rootDescribeBlock)) if (!later.startedAt) later.mode = 'skip';
    }
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'circus', CircusRunner)];
