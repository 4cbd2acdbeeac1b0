import { kitConfig, ROLES, type Role } from '@zhitong/kit';
import { Command, Option } from 'commander';
import { developmentToken } from './development-token.js';

const TWELVE_HOURS = '43200';

interface Options {
  role: Role;
  uscc?: string;
  irregular?: boolean;
  department?: string;
  service?: string;
  person?: string;
  ttl: string;
}

const command = new Command('token')
  .description('Prints a bearer token for development. Production configurations do not accept it.')
  .addOption(new Option('--role <role>', 'whom the token stands for').choices(ROLES).makeOptionMandatory())
  .option('--uscc <code>', 'the enterprise, for the role ENTERPRISE')
  .option('--irregular', 'the register holds this code although its check character is not the one that GB 32100 gives')
  .option('--department <code>', 'the department, for the roles OFFICER and SERVICE')
  .option('--service <name>', 'the part of the graph whose machine it is, for the role SERVICE')
  .option('--person <name>', 'another person of the same role, where two are needed: a second signature, a review')
  .option('--ttl <seconds>', 'lifetime in seconds', TWELVE_HOURS)
  .action(async ({ role, uscc, irregular, department, service, person, ttl }: Options) => {
    try {
      const { mode, dataDir } = kitConfig();
      if (mode === 'production') throw new Error('Development tokens are not made in production mode.');
      process.stdout.write(
        `${await developmentToken({ role, uscc, confirmsIrregular: irregular, department, service, person, ttlSeconds: Number(ttl), dataDir })}\n`,
      );
    } catch (error) {
      process.stderr.write(`token: ${error instanceof Error ? error.message : String(error)}\n`);
      process.exitCode = 1;
    }
  });
await command.parseAsync();
