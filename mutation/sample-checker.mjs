import path from 'node:path';
import { commonTokens, declareClassPlugin, PluginKind, tokens } from '@stryker-mutator/api/plugin';
import { CheckStatus } from '@stryker-mutator/api/check';
import { chosen } from './sample.mjs';

/** How a mutant outside the sample is marked; StrykerJS does not count it. */
const NOT_CHOSEN = { status: CheckStatus.CompileError, reason: 'not in the sample' };

/**
 * StrykerJS cannot sample; it asks checkers, though, which mutants are worth a run, and hands them all over at once.
 */
class SampleChecker {
  static inject = tokens(commonTokens.options);
  #sample;
  #chosen = new Set();

  constructor(options) {
    this.#sample = options.sample;
  }

  async init() {}

  async group(mutants) {
    const described = mutants.map(({ id, fileName, location, mutatorName, replacement }) => ({
      id,
      file: path.relative(process.cwd(), fileName).split(path.sep).join('/'),
      line: location.start.line + 1,
      column: location.start.column + 1,
      mutator: mutatorName,
      replacement,
    }));
    for (const { id } of chosen(described, this.#sample.size, this.#sample.seed)) this.#chosen.add(id);
    return [mutants.map(({ id }) => id)];
  }

  async check(mutants) {
    return Object.fromEntries(
      mutants.map(({ id }) => [id, this.#chosen.has(id) ? { status: CheckStatus.Passed } : NOT_CHOSEN]),
    );
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.Checker, 'sample', SampleChecker)];
