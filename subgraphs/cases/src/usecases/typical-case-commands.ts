import { randomUUID } from 'node:crypto';
import type { Clock } from '@zhitong/kit';
import { RolledBack, type ActingFor } from '@zhitong/kit/mongo';
import { isOpen, type CaseView } from '../domain/case-view.js';
import { replay } from '../domain/history.js';
import { legalDayOf } from '../domain/legal-day.js';
import { anonymised } from '../anonymised.js';
import type { Stores } from '../stores.js';
import { refusal, type OnceRunner, type Refused } from './once.js';

export type TypicalCaseOutcome = { readonly kind: 'typical-case'; readonly id: string } | { readonly kind: 'missing'; readonly caseNumber: string } | { readonly kind: 'missing-proposal'; readonly id: string } | Refused;

export type TypicalCaseCommands = ReturnType<typeof typicalCaseCommands>;

/** Publication of typical cases (典型案例): one person proposes, another one reads and decides. */
export function typicalCaseCommands({ once, stores, clock }: { once: OnceRunner; stores: Stores; clock: Clock }) {
  const rollBack = (outcome: TypicalCaseOutcome): never => {
    throw new RolledBack<TypicalCaseOutcome>(outcome);
  };
  return {
    propose: async ({ idempotencyKey, actor, caseNumber, title, text }: { idempotencyKey: string; actor: ActingFor; caseNumber: string; title: string; text: string | null }): Promise<TypicalCaseOutcome> =>
      once<TypicalCaseOutcome>({ name: 'proposeTypicalCase', idempotencyKey, actor, request: { caseNumber, title, text } }, async (session) => {
        const history = await stores.events.of(caseNumber, session);
        if (history.length === 0) return rollBack({ kind: 'missing', caseNumber });
        const view = replay(history);
        if (isOpen(view.status) || view.status === 'WITHDRAWN') return rollBack(refusal('CONFLICT', `The case is ${view.status}; only an answered case can be published.`, ['caseNumber'], { status: view.status }));
        const id = randomUUID();
        await stores.typicalCases.insert(
          {
            id,
            caseNumber,
            category: view.category,
            title: publishable(title, view),
            text: publishable(text ?? `${view.text}\n\n${view.answer ?? ''}`, view),
            status: 'PROPOSED',
            proposedBy: actor.sub,
            proposedAt: clock.now(),
            reviewedBy: null,
            reviewNote: null,
            publishedOn: null,
          },
          session,
        );
        return { kind: 'typical-case', id };
      }),

    review: async ({ idempotencyKey, actor, id, approve, note }: { idempotencyKey: string; actor: ActingFor; id: string; approve: boolean; note: string }): Promise<TypicalCaseOutcome> =>
      once<TypicalCaseOutcome>({ name: 'reviewTypicalCase', idempotencyKey, actor, request: { id, approve, note } }, async (session) => {
        if (await stores.typicalCases.review(id, { by: actor.sub, note, publishedOn: approve ? legalDayOf(clock.now()) : null }, session)) return { kind: 'typical-case', id };
        const found = await stores.typicalCases.byId(id, session);
        if (found === null) return rollBack({ kind: 'missing-proposal', id });
        return rollBack(
          found.status === 'PROPOSED'
            ? refusal('CONFLICT', 'A second person has to review it: you have proposed it yourself.', ['id'])
            : refusal('CONFLICT', `It has been reviewed already and is ${found.status}.`, ['id'], { status: found.status }),
        );
      }),
  };
}

const publishable = (text: string, { complainant }: CaseView): string =>
  anonymised(text, [complainant.uscc, complainant.name, complainant.contactName].filter((known) => known !== null)).trim();
