import path from 'node:path';
import { kitConfig, publicKeysFile, reasonOf, type PublicKeySet } from '@zhitong/kit';
import { Command } from 'commander';
import { signingKeyFile } from '../config.js';
import { addKey, dropOldKeys, ensureKeyFiles, shownKeys, useNewestKey, type KeyFiles } from './gateway-key-files.js';

const command = new Command('keys')
  .description(
    'The keys with which the gateway vouches for callers towards the departments. Each step prints the public key set.',
  )
  .option('--signing <file>', "the gateway's private keys (default: GATEWAY_SIGNING_KEY_FILE, else in the data folder)")
  .option('--published <file>', 'the public key set for departments (default: in the data folder)');

const steps: readonly (readonly [name: string, what: string, step: (files: KeyFiles) => PublicKeySet])[] = [
  ['new', 'makes a key where there is none', ensureKeyFiles],
  ['show', 'prints the public key set', shownKeys],
  ['add', 'first step of a change: publishes a new key, which does not sign yet', addKey],
  ['use', 'second step, when all departments have the new key: it signs', useNewestKey],
  ['drop', 'last step, two minutes later: the old key is published no more', dropOldKeys],
];
for (const [name, what, step] of steps) {
  command
    .command(name)
    .description(what)
    .action(() => {
      try {
        process.stdout.write(`${JSON.stringify(step(files()), null, 2)}\n`);
      } catch (error) {
        process.stderr.write(`keys: ${reasonOf(error)}\n`);
        process.exitCode = 1;
      }
    });
}
await command.parseAsync();

function files(): KeyFiles {
  const { signing, published } = command.opts<{ signing?: string; published?: string }>();
  return {
    signing: signing === undefined ? signingKeyFile() : path.resolve(signing),
    published: published === undefined ? publicKeysFile(kitConfig().dataDir) : path.resolve(published),
  };
}
