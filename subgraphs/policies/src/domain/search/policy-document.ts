import { leavesOf } from '../criteria/criteria.js';
import { factDefinition } from '../facts/facts.js';
import type { PolicyContent } from '../policy/policy.js';
import type { SearchDocument } from './search-index.js';
import { wordingOf } from '../criteria/wording.js';

/** The texts of a policy in which words are looked for, with how much a hit in each counts. */
export function policyDocument(content: PolicyContent): SearchDocument {
  const tests = leavesOf([...content.criteria, ...content.benefit.tiers.flatMap(({ when }) => when)]);
  return {
    id: content.id,
    fields: [
      { text: content.title, weight: 5 },
      { text: content.exemptFromApplication ? '免申即享' : '', weight: 3 },
      { text: content.id.replaceAll('-', ' '), weight: 3 },
      { text: content.benefit.text, weight: 3 },
      {
        text: tests
          .map((test) => `${wordingOf(test)} ${factDefinition(test.fact)?.label ?? ''} ${titlesIn(test.value)}`)
          .join(' '),
        weight: 2,
      },
      { text: `${content.issuerName} ${content.region.name}`, weight: 2 },
      { text: `${content.interpretation} ${content.notes} ${content.legalBasis}`, weight: 1 },
    ],
  };
}

const titlesIn = (value: unknown): string =>
  Array.isArray(value)
    ? value.filter((item) => typeof item === 'string').join(' ')
    : typeof value === 'string'
      ? value
      : '';
