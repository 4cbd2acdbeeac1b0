import { createHash, randomUUID } from 'node:crypto';
import { refuse, type CommandOutcome, type CommandRunner } from '@zhitong/kit/commands';
import type { Outbox } from '@zhitong/kit/outbox';
import { dayInShanghai } from '@zhitong/values';
import { decideApplication, pledgeText } from '../domain/grant/commitment-application.js';
import { excludedBeside } from '../domain/policy/exclusion.js';
import { grantPeriodOn } from '../domain/grant/grant.js';
import { wasHad } from '../domain/grant/held-benefit.js';
import { said } from '../domain/refusal-words.js';
import { GraphUnreachable, type EnterpriseFromGraph, type FactsSource } from '../graph/facts-source.js';
import type { GrantRecord } from '../models/grants/grant-record.js';
import type { PolicyShelf } from '../memory/policy-shelf.js';
import type { Stores } from '../stores.js';
import type { DatedCommand } from './dated-command.js';
import { budgetShortage } from './grants/budget-shortage.js';
import { askedFacts } from './facts/asked-facts.js';
import { hadUnder } from './grants/had-under.js';
import { versionOn } from './grants/look-again.js';

export type ApplicationCommands = ReturnType<typeof applicationCommands>;

/**
 * Applications under a pledge [承诺制]: decided at once on the facts and the credit standing of this moment, checked
 * later.
 */
export function applicationCommands({
  runner,
  stores,
  shelf,
  outbox,
  source,
}: {
  runner: CommandRunner;
  stores: Stores;
  shelf: PolicyShelf;
  outbox: Outbox;
  source: FactsSource;
}) {
  const { facts, grants, funds, pledges, versions } = stores;

  return {
    /** Applies, signs and is approved, in one transaction with its share of the budget. Returns the grant's id. */
    apply: async (
      command: DatedCommand & { uscc: string; policyId: string; signatory: string; account: GrantRecord['account'] },
    ): Promise<CommandOutcome<string>> => {
      const {
        uscc,
        policyId,
        signatory,
        account,
        actor: { sub },
        now,
      } = command;
      const request = { uscc, policyId, signatory, account };
      return runner.prepareAndRun({ ...command, name: 'applyWithPledge', request }, async () => {
        const today = dayInShanghai(now);
        const shelved = shelf.byId(policyId);
        const policy = shelf.matchableOn(today).find(({ id }) => id === policyId);
        if (shelved === null || policy === undefined)
          return refuse('INVALID', said('NO_POLICY_TODAY', { policy: policyId }), ['policy']);
        const { content, record } = shelved;
        if (content.exemptFromApplication)
          return refuse('ILLEGAL_STATE', said('PAID_WITHOUT_APPLICATION', { policy: policyId }), ['policy']);
        let enterprise: EnterpriseFromGraph | null;
        try {
          enterprise = await source.enterprise(uscc);
        } catch (error) {
          if (!(error instanceof GraphUnreachable)) throw error;
          return refuse('CONFLICT', said('FACTS_NOT_READABLE'), []);
        }
        if (enterprise === null) return refuse('INVALID', said('NO_ENTERPRISE', { uscc }), []);
        const { name, region } = enterprise;
        if (region.code === '') return refuse('CONFLICT', said('DISTRICT_UNKNOWN', { uscc }), []);
        return async (session) => {
          // It may have been taken back, or another one published, since the shelf was read.
          const standing = versionOn(await versions.versionsOf([policyId], session), today);
          if (standing?.version !== record.version)
            return refuse('INVALID', said('NO_POLICY_TODAY', { policy: policyId }), ['policy']);
          const period = grantPeriodOn(content.grantPeriod, today);
          // What it had is read by the one transaction at a time that decides for it.
          await grants.decideAlone([uscc], session);
          const withAsked = await askedFacts({ grants }, { usccs: [uscc], policies: [policy] }, session);
          const known = withAsked === null ? enterprise.facts : withAsked(uscc, enterprise.facts);
          const had = content.benefit.topUpDifference
            ? await hadUnder({ grants }, { policyId, usccs: [uscc] }, session)
            : new Map<string, number>();
          const decision = decideApplication(policy, known, had.get(uscc));
          if (!decision.ok) {
            const { reason, messages } = decision;
            return refuse(
              reason === 'CREDIT_UNKNOWN' || reason === 'PARAMETER_WITHOUT_VALUE' ? 'CONFLICT' : 'NOT_ELIGIBLE',
              said(reason),
              ['policy'],
              { missing: messages },
            );
          }
          if (wasHad(content.grantPeriod, today, await grants.under(policyId, [uscc], session)))
            return refuse('DUPLICATE', said('HAD_THIS_PERIOD', { uscc, policy: policyId }), ['policy']);
          const beside = excludedBeside(content, shelf.exclusions());
          const [other] = beside.length === 0 ? [] : await grants.holders([uscc], beside, session);
          if (other !== undefined)
            return refuse('NOT_ELIGIBLE', said('NOT_BESIDE', { policy: policyId, holds: other.policyId }), ['policy']);
          const { amountFen } = decision.part;
          await funds.ensureBudget(policyId, content.budgetFen, session);
          if (amountFen > 0 && !(await funds.reserve(policyId, amountFen, session))) {
            const reservedFen = (await funds.budget(policyId, session))?.reservedFen ?? 0;
            const { words, details } = budgetShortage(policyId, amountFen, (content.budgetFen ?? 0) - reservedFen);
            return refuse('BUDGET_EXHAUSTED', words, ['policy'], details);
          }
          const id = `G-${randomUUID()}`;
          const heirs = (await facts.heirsOf([uscc], today, session)).get(uscc);
          const text = pledgeText({
            enterprise: name,
            policyTitle: content.title,
            pledgedFacts: decision.pledgedFacts,
          });
          const department = content.issuerCode ?? '';
          await grants.insertAll(
            [
              {
                id,
                policyId,
                policyVersion: record.version,
                department,
                uscc,
                regionCode: region.code,
                period,
                ...decision.part,
                paidFen: 0,
                settled: 0,
                publicityDays: content.publicityDays,
                publicUntil: null,
                reserved: amountFen > 0,
                account,
                ...(heirs === undefined ? {} : { heirs }),
                status: 'APPROVED',
                version: 1,
                identifiedAt: now,
                updatedAt: now,
              },
            ],
            sub,
            session,
          );
          const digest = createHash('sha256')
            .update(JSON.stringify([text, uscc, signatory, now.toISOString()]))
            .digest('hex');
          await pledges.insert(
            {
              grantId: id,
              policyId,
              department,
              uscc,
              text,
              signatory,
              signedAt: now,
              digest,
              pledgedFacts: [...decision.pledgedFacts],
              state: 'SIGNED',
              checkedAt: null,
              checkedBy: null,
              finding: '',
            },
            session,
          );
          await outbox.append(
            [
              {
                type: 'cn.zhitong.application-pledge.signed',
                subject: uscc,
                data: {
                  uscc,
                  grant: id,
                  policy: policyId,
                  department,
                  textVersion: `${policyId} v${String(record.version)}`,
                  signatory,
                  signedOn: today,
                  digest,
                },
              },
            ],
            { session },
          );
          return id;
        };
      });
    },

    /** Notes what the later check of a pledge found. A breach is sent to the other departments, credit among them. */
    check: async (
      command: DatedCommand & {
        grantId: string;
        kept: boolean;
        finding: string;
        mayWrite: (department: string) => boolean;
      },
    ): Promise<CommandOutcome<string>> => {
      const {
        grantId,
        kept,
        finding,
        mayWrite,
        actor: { sub },
        now,
      } = command;
      return runner.run({ ...command, name: 'checkPledge', request: { grantId, kept, finding } }, async (session) => {
        const [pledge] = await pledges.ofGrants([grantId], session);
        if (pledge === undefined || !mayWrite(pledge.department))
          return refuse('INVALID', said('NO_PLEDGE', { grant: grantId }), ['grant']);
        const state = kept ? 'KEPT' : 'BREACHED';
        if (!(await pledges.check(grantId, { state, checkedAt: now, checkedBy: sub, finding }, session)))
          return refuse('ILLEGAL_STATE', said('PLEDGE_CHECKED', { grant: grantId, state: pledge.state }), ['grant']);
        await outbox.append(
          [
            {
              type: `cn.zhitong.application-pledge.${state.toLowerCase()}`,
              subject: pledge.uscc,
              data: {
                uscc: pledge.uscc,
                grant: grantId,
                policy: pledge.policyId,
                finding,
                checkedOn: dayInShanghai(now),
                checkedBy: sub,
              },
            },
          ],
          { session },
        );
        return grantId;
      });
    },
  };
}
