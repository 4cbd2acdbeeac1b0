import { readFileSync } from 'node:fs';
import { assertionSigner, readSigningKeys, reasonOf, ROLES, type Role } from '@zhitong/kit';
import { Command, Option } from 'commander';
import { hubConfig } from './config.js';
import { developmentActor } from './development-token.js';

interface Options {
  readonly body: string;
  readonly role?: Role;
  readonly uscc?: string;
  readonly irregular?: boolean;
  readonly department?: string;
  readonly service?: string;
  readonly purpose?: string;
}

const command = new Command('assertion')
  .description(
    'Prints the assertion with which a department that runs alone can be asked, for one body and one minute. For development.',
  )
  .argument('<name>', 'the department that is asked, by its name in the graph')
  .requiredOption('--body <json>', "the request's body, byte for byte as it is sent")
  .addOption(new Option('--role <role>', 'whom it vouches for (default: an anonymous caller)').choices(ROLES))
  .option('--uscc <code>', 'the enterprise, for the role ENTERPRISE')
  .option('--irregular', 'the register holds this code although its check character is not the one that GB 32100 gives')
  .option('--department <code>', "the caller's department, for the roles OFFICER and SERVICE")
  .option('--service <name>', 'the part of the graph whose machine it is, for the role SERVICE')
  .option('--purpose <text>', 'what personal data is needed for')
  .action((name: string, options: Options) => {
    try {
      process.stdout.write(`${assertionFor(name, options)}\n`);
    } catch (error) {
      process.stderr.write(`assertion: ${reasonOf(error)}\n`);
      process.exitCode = 1;
    }
  });
command.parse();

/** @throws Error in one line that says which value cannot be used and why. */
function assertionFor(name: string, { body, role, uscc, irregular, department, service, purpose }: Options): string {
  const { kit, keyFiles, departments } = hubConfig();
  if (kit.mode === 'production') throw new Error('Assertions are not made by hand in production mode.');
  const names = departments.map((one) => one.name);
  if (!names.includes(name)) throw new Error(`There is no department "${name}" here; there are ${names.join(', ')}.`);
  if (keyFiles === undefined)
    throw new Error('ZHITONG_GATEWAY_KEYS names keys of another gateway, which alone can vouch for a caller.');
  if (role === undefined && (uscc ?? department ?? service ?? purpose) !== undefined)
    throw new Error('An anonymous caller has no --uscc, --department, --service or --purpose; name a --role.');
  const actor =
    role === undefined
      ? null
      : {
          ...developmentActor({ role, uscc, confirmsIrregular: irregular, department, service }),
          ...(purpose === undefined ? {} : { purpose }),
        };
  const [key] = readSigningKeys(pemOf(keyFiles.signing));
  return assertionSigner(() => key)({ actor, department: name, body });
}

function pemOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(
      `The signing key ${file} ${reasonOf(error)}. Starting the department, or "npm run keys -- new", makes one.`,
    );
  }
}
