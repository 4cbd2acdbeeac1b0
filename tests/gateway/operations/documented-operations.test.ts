import { readdirSync, readFileSync } from 'node:fs';
import { buildSchema, parse, validate } from 'graphql';

const folder = new URL('../../../docs/operations/', import.meta.url);
const supergraph = buildSchema(readFileSync(new URL('../../../gateway/supergraph.graphql', import.meta.url), 'utf8'));
const files = readdirSync(folder);

/** `ask-policy-question.graphql` holds `AskPolicyQuestion`. */
const nameOf = (file: string): string =>
  file
    .replace('.graphql', '')
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

describe('the operations that front-end teams rely on', () => {
  it.each(files)(
    '%s is one that the composed graph answers, under its name and with a word on what it is for',
    (file) => {
      const text = readFileSync(new URL(file, folder), 'utf8');
      const document = parse(text);
      expect(validate(supergraph, document).map(({ message }) => message)).toEqual([]);
      expect(
        document.definitions.map((definition) => ('name' in definition ? definition.name?.value : undefined)),
      ).toEqual([nameOf(file)]);
      expect(text).toMatch(/^# [A-Z].*\.\n(query|mutation) /);
    },
  );

  it.each([
    'submitCase',
    'resolveCase',
    'rateCase',
    'subscribeToTopic',
    'unsubscribeFromTopic',
    'markNotificationsRead',
    'askPolicyQuestion',
    'answerPolicyQuestion',
    'declinePolicyQuestion',
    'publishPolicyQuestion',
    'policyNotifications',
    'policySubscriptions',
    'policyQuestions',
    'questions',
  ])('show how %s is used', (field) => {
    expect(files.some((file) => new RegExp(`\\b${field}\\b`).test(readFileSync(new URL(file, folder), 'utf8')))).toBe(
      true,
    );
  });
});
