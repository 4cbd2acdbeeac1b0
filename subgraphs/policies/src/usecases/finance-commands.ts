import { randomUUID } from 'node:crypto';
import { refuse, type CommandOutcome, type CommandRunner } from '@zhitong/kit/commands';
import type { Outbox } from '@zhitong/kit/outbox';
import { addDays, dayInShanghai } from '@zhitong/values';
import type { ClientSession } from 'mongoose';
import { needState, readNeed, suits, type FinancingNeed } from '../domain/finance/financing-need.js';
import { readLoanProduct, type LoanProduct, type LoanProductDraft } from '../domain/finance/loan-product.js';
import { registerBar } from '../domain/policy/register-bar.js';
import { said } from '../domain/refusal-words.js';
import { factsIn } from '../models/enterprise-facts.js';
import type { FinancingNeedRecord } from '../models/financing-need.js';
import type { Stores } from '../stores.js';
import type { DatedCommand } from './dated-command.js';

const SHOWN_PROBLEMS = 100;

/** A need as an enterprise states it, its amount in yuan as text. */
export type StatedNeed = Parameters<typeof readNeed>[0];

/** A draft of a product as one that can be offered from today on; ends the command where it cannot be. */
function productOf(draft: LoanProductDraft, now: Date): LoanProduct {
  const { product, problems } = readLoanProduct(draft, dayInShanghai(now));
  if (product !== null) return product;
  const [first] = problems;
  return refuse(
    'INVALID',
    said('PRODUCT_UNUSABLE', {
      count: problems.length,
      place: first?.place ?? '',
      problem: first?.message ?? '',
      problemInChinese: first?.zh ?? '',
    }),
    [first?.place ?? ''],
    { problems: problems.slice(0, SHOWN_PROBLEMS) },
  );
}

/** A stated need as one that is open today; ends the command where it cannot be. */
function needOf(stated: StatedNeed, now: Date): FinancingNeed {
  const need = readNeed(stated, dayInShanghai(now));
  return 'wrong' in need ? refuse('INVALID', need.why, [need.wrong]) : need;
}

export type FinanceCommands = ReturnType<typeof financeCommands>;

/**
 * The writes of banks and of enterprises that look for a loan [银企双向选择]. Events name needs by their random ids and never
 * an enterprise: whoever receives events need not have its consent.
 */
export function financeCommands({
  runner,
  stores,
  outbox,
}: {
  runner: CommandRunner;
  stores: Pick<Stores, 'loanProducts' | 'needs' | 'consents' | 'facts'>;
  outbox: Outbox;
}) {
  const { loanProducts, needs, consents, facts } = stores;

  /** Whom the register bars looks for no loan, as it has nothing of a policy. Ends the command. */
  const refuseWhoIsBarred = async (uscc: string, session: ClientSession): Promise<void> => {
    const [held] = await facts.byUscc([uscc], session);
    const bar = held === undefined ? null : registerBar(factsIn(held).values);
    if (bar !== null) refuse('NOT_ELIGIBLE', said(bar), []);
  };

  const ownOpenNeed = async (
    needId: string,
    uscc: string,
    now: Date,
    session: ClientSession,
  ): Promise<FinancingNeedRecord> => {
    const [need] = await needs.byId([needId], session);
    if (need?.uscc !== uscc) return refuse('INVALID', said('NO_NEED', { need: needId }), ['need']);
    const state = needState(need, dayInShanghai(now));
    return state === 'OPEN' ? need : refuse('ILLEGAL_STATE', said('NEED_IN_STATE', { need: needId, state }), ['need']);
  };

  return {
    /** Publishes a product of a financial institution. Returns its id. */
    publishProduct: async (
      command: DatedCommand & { draft: LoanProductDraft; department: string },
    ): Promise<CommandOutcome<string>> => {
      const {
        draft,
        department,
        actor: { sub },
        now,
      } = command;
      return runner.run(
        { ...command, name: 'publishLoanProduct', request: { ...draft, department } },
        async (session) => {
          const product = productOf(draft, now);
          if ((await loanProducts.byId([product.id], session)).length > 0)
            return refuse('DUPLICATE', said('PRODUCT_THERE', { product: product.id }), ['id']);
          await loanProducts.insert(
            { ...product, department, publishedAt: now, publishedBy: sub, ended: false },
            session,
          );
          await outbox.append(
            [
              {
                type: 'cn.zhitong.loan-product.published',
                subject: product.id,
                data: { product: product.id, department },
              },
            ],
            { session },
          );
          return product.id;
        },
      );
    },

    /** Ends a product: it is offered no longer from today on. Returns its id. */
    endProduct: async (
      command: DatedCommand & { productId: string; department: string | undefined },
    ): Promise<CommandOutcome<string>> => {
      const { productId, department, now } = command;
      return runner.run({ ...command, name: 'endLoanProduct', request: { productId } }, async (session) => {
        const [product] = await loanProducts.byId([productId], session);
        if (product === undefined || product.department !== department)
          return refuse('INVALID', said('NO_OWN_PRODUCT', { product: productId }), ['product']);
        if (!(await loanProducts.end(productId, addDays(dayInShanghai(now), -1), session)))
          return refuse('ILLEGAL_STATE', said('PRODUCT_ENDED', { product: productId }), ['product']);
        await outbox.append(
          [{ type: 'cn.zhitong.loan-product.ended', subject: productId, data: { product: productId, department } }],
          { session },
        );
        return productId;
      });
    },

    /** States a need of an enterprise. Returns its id. */
    stateNeed: async (
      command: DatedCommand & { uscc: string; stated: StatedNeed },
    ): Promise<CommandOutcome<string>> => {
      const { uscc, stated, now } = command;
      return runner.run({ ...command, name: 'stateFinancingNeed', request: { uscc, ...stated } }, async (session) => {
        const need = needOf(stated, now);
        await refuseWhoIsBarred(uscc, session);
        const id = `N-${randomUUID()}`;
        await needs.insert({ id, uscc, ...need, withdrawn: false, statedAt: now }, session);
        await outbox.append([{ type: 'cn.zhitong.financing-need.stated', subject: id, data: { need: id } }], {
          session,
        });
        return id;
      });
    },

    /** Takes a need back. Returns its id. */
    withdrawNeed: async (command: DatedCommand & { uscc: string; needId: string }): Promise<CommandOutcome<string>> => {
      const { uscc, needId, now } = command;
      return runner.run({ ...command, name: 'withdrawFinancingNeed', request: { uscc, needId } }, async (session) => {
        await ownOpenNeed(needId, uscc, now, session);
        if (!(await needs.withdraw(needId, session)))
          return refuse('STALE_VERSION', said('NEED_TAKEN_BACK', { need: needId }), ['need']);
        await outbox.append(
          [{ type: 'cn.zhitong.financing-need.withdrawn', subject: needId, data: { need: needId } }],
          { session },
        );
        return needId;
      });
    },

    /**
     * Gives a consent, for a product that is offered today and suits the open need, or takes one back. Returns the
     * need's id.
     */
    sayConsent: async (
      command: DatedCommand & { uscc: string; needId: string; productId: string; given: boolean },
    ): Promise<CommandOutcome<string>> => {
      const {
        uscc,
        needId,
        productId,
        given,
        actor: { sub },
        now,
      } = command;
      return runner.run(
        {
          ...command,
          name: given ? 'giveFinancingConsent' : 'withdrawFinancingConsent',
          request: { uscc, needId, productId },
        },
        async (session) => {
          const [[need], [product]] = [
            await needs.byId([needId], session),
            await loanProducts.byId([productId], session),
          ];
          if (need?.uscc !== uscc) return refuse('INVALID', said('NO_NEED', { need: needId }), ['need']);
          if (product === undefined) return refuse('INVALID', said('NO_PRODUCT', { product: productId }), ['product']);
          if (given) {
            await ownOpenNeed(needId, uscc, now, session);
            await refuseWhoIsBarred(uscc, session);
            if (!suits(product, need, dayInShanghai(now)))
              return refuse('NOT_ELIGIBLE', said('PRODUCT_DOES_NOT_SUIT', { product: productId }), ['product']);
          }
          if (!(await consents.say({ needId, productId, given, at: now, by: sub }, session)))
            return refuse('ILLEGAL_STATE', said(given ? 'CONSENT_STANDS' : 'NO_CONSENT'), ['product'], { given });
          await outbox.append(
            [
              {
                type: `cn.zhitong.financing-consent.${given ? 'given' : 'withdrawn'}`,
                subject: needId,
                data: { need: needId, product: productId },
              },
            ],
            { session },
          );
          return needId;
        },
      );
    },
  };
}
