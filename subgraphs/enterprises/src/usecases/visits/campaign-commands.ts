import { randomUUID } from 'node:crypto';
import { type CommandBase, type CommandOutcome } from '@zhitong/kit/commands';
import { dayInShanghai } from '@zhitong/values';
import { stageOf } from '../../domain/visits/campaign.js';
import type { CampaignRecord, TargetRecord } from '../../models/visits/campaign.js';
import { entityOf, MOST_IN_PLAN } from '../network/assignment-plans.js';
import type { CommandTools } from '../command-tools.js';
import { said } from '../../domain/refusal-words.js';
import { refuseSaid } from '../refusals.js';

/** A campaign as it is asked for. */
export type NewCampaign = Omit<CampaignRecord, 'id' | 'targetCount' | 'by'>;

export type CampaignCommands = ReturnType<typeof campaignCommands>;

/** The writes of campaigns. */
export function campaignCommands({ runner, stores, outbox, clock }: CommandTools) {
  const { campaigns, served, officials } = stores;
  return {
    /**
     * Opens a campaign with the enterprises that it means as they stand now, each with the department of its steward.
     * Returns its id.
     */
    open: async (command: CommandBase & { campaign: NewCampaign }): Promise<CommandOutcome<string>> => {
      const { campaign, actor } = command;
      return runner.run({ ...command, name: 'openVisitCampaign', request: { campaign } }, async (session) => {
        const today = dayInShanghai(clock.now());
        if (campaign.until < today)
          return refuseSaid('INVALID', said('CAMPAIGN_OVER', { until: campaign.until, today }), ['until']);
        const { regions, classes, teams, stages } = campaign;
        const found = await served.find({ regions }, MOST_IN_PLAN, session);
        if (found.length > MOST_IN_PLAN)
          return refuseSaid('INVALID', said('CAMPAIGN_TOO_LARGE', { most: MOST_IN_PLAN }), ['regions']);
        const stewards = new Map(
          (await officials.byId([...new Set(found.flatMap(({ stewardId }) => stewardId ?? []))])).map((official) => [
            official.id,
            official.departmentCode,
          ]),
        );
        const id = randomUUID();
        const targets = found.flatMap((enterprise): TargetRecord[] => {
          const { serviceClass, team } = entityOf(enterprise);
          const stage = stageOf(stages, serviceClass);
          const isMeant =
            (classes.length === 0 || classes.includes(serviceClass)) &&
            (teams.length === 0 || (team !== null && teams.includes(team)));
          if (stage === null || !isMeant) return [];
          const { uscc, stewardId } = enterprise;
          return [
            {
              campaignId: id,
              uscc,
              unit: stewards.get(stewardId ?? '') ?? null,
              officialId: stewardId,
              stage,
              visitedOn: null,
            },
          ];
        });
        if (targets.length === 0) return refuseSaid('INVALID', said('NOBODY_MEANT'), ['stages']);
        await campaigns.insert({ ...campaign, id, targetCount: targets.length, by: actor.sub }, targets, session);
        await outbox.append(
          [{ type: 'cn.zhitong.visit-campaign.opened', subject: id, data: { campaign: id, targets: targets.length } }],
          { session },
        );
        return id;
      });
    },
  };
}
