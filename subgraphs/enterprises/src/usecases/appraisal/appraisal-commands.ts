import { randomUUID } from 'node:crypto';
import { forbid, notThere, refuseFaults, type CommandBase, type CommandOutcome } from '@zhitong/kit/commands';
import { dayInShanghai, type LegalDay } from '@zhitong/values';
import type { ClientSession } from 'mongoose';
import type { Caller } from '../../domain/access.js';
import {
  answerFaults,
  drawn,
  isOpenOn,
  populationDigest,
  seedHash,
  type DepartmentGrades,
} from '../../domain/appraisal/appraisal.js';
import { resultsOf } from '../../domain/appraisal/results.js';
import type { AppraisalRecord, MeasuresRecord } from '../../models/appraisal/appraisal.js';
import type { CommandTools } from '../command-tools.js';
import { said } from '../../domain/refusal-words.js';
import { canDraw, canPublish, hasDoubleDrop } from '../../domain/appraisal/appraisal-moves.js';
import { refuseSaid } from '../refusals.js';

interface Acting extends CommandBase {
  readonly actor: CommandBase['actor'] & Caller;
}

export type NewAppraisal = Pick<
  AppraisalRecord,
  'title' | 'departments' | 'strata' | 'seedHash' | 'opensOn' | 'closesOn'
>;

type Change = (round: AppraisalRecord, session: ClientSession) => Promise<AppraisalRecord>;

export type AppraisalCommands = ReturnType<typeof appraisalCommands>;

/** The appraisal of departments by enterprises: each command is one transaction. */
export function appraisalCommands({ runner, stores, outbox, clock }: CommandTools) {
  const today = (): LegalDay => dayInShanghai(clock.now());
  const roundOf = async (id: string, session?: ClientSession): Promise<AppraisalRecord> =>
    (await stores.appraisals.byId(id, session)) ?? notThere(said('NO_APPRAISAL', { appraisal: id.slice(0, 40) }));
  const tell = async (kind: string, subject: string, data: object, session: ClientSession): Promise<unknown> =>
    outbox.append([{ type: `cn.zhitong.appraisal.${kind}`, subject, data }], { session });
  const changeIn = async (id: string, make: Change, session: ClientSession): Promise<string> => {
    const round = await roundOf(id, session);
    const next = { ...(await make(round, session)), version: round.version + 1 };
    if (!(await stores.appraisals.replace(next, session)))
      return refuseSaid('CONFLICT', said('APPRAISAL_CHANGED'), ['appraisal']);
    return id;
  };

  return {
    /** Plans a round and commits the seed of its sample by hash. Returns its id. */
    plan: async ({ round, ...command }: Acting & { round: NewAppraisal }): Promise<CommandOutcome<string>> =>
      runner.run({ ...command, name: 'planAppraisal', request: round }, async (session, requireNames) => {
        requireNames();
        const committedOn = today();
        if (round.opensOn <= committedOn || round.closesOn < round.opensOn)
          return refuseFaults([{ path: ['opensOn'], ...said('BAD_ROUND_DAYS') }]);
        const id = randomUUID();
        await stores.appraisals.insert(
          { ...round, id, version: 1, committedOn, draw: null, published: null, measures: [] },
          session,
        );
        await tell('planned', id, { appraisal: id, seedHash: round.seedHash }, session);
        return id;
      }),

    /**
     * Draws the sample with the committed seed, on a later day than the commitment: the population of the draw's day is
     * not known when the seed is fixed.
     */
    draw: async ({
      appraisal,
      seed,
      ...command
    }: Acting & { appraisal: string; seed: string }): Promise<CommandOutcome<string>> =>
      runner.prepareAndRun({ ...command, name: 'drawAppraisal', request: { appraisal, seed } }, async () => {
        const library = await stores.blindAnswers.library();
        const population = populationDigest([...library.values()].flat().toSorted());
        return async (session) =>
          changeIn(
            appraisal,
            async (round) => {
              const on = today();
              if (round.draw !== null)
                return refuseSaid('ILLEGAL_STATE', said('SAMPLE_DRAWN', { on: round.draw.on }), ['appraisal']);
              if (on <= round.committedOn)
                return refuseSaid('ILLEGAL_STATE', said('SEED_TOO_FRESH', { committedOn: round.committedOn }), [
                  'appraisal',
                ]);
              if (!canDraw(round, on))
                return refuseSaid('ILLEGAL_STATE', said('ROUND_CLOSED', { closesOn: round.closesOn }), ['appraisal']);
              if (seedHash(seed) !== round.seedHash) return refuseFaults([{ path: ['seed'], ...said('WRONG_SEED') }]);
              const strata = round.strata.map(({ scale, size }) => {
                const usccs = library.get(scale) ?? [];
                return { scale, size, population: usccs.length, sample: drawn(usccs, { seed, population, size }) };
              });
              await stores.blindAnswers.prepare(
                appraisal,
                { usccs: strata.flatMap(({ sample }) => sample), departments: round.departments },
                session,
              );
              await tell('drawn', appraisal, { appraisal, population }, session);
              return {
                ...round,
                draw: {
                  seed,
                  on,
                  population,
                  strata: strata.map(({ sample, ...stratum }) => ({ ...stratum, drawn: sample.length })),
                },
              };
            },
            session,
          );
      }),

    /**
     * Counts an enterprise's answers. What was answered is no part of the command's record, which says who pressed
     * when: nothing that is kept ties the two together.
     */
    answer: async ({
      appraisal,
      uscc,
      grades,
      ...command
    }: Acting & { appraisal: string; uscc: string; grades: readonly DepartmentGrades[] }): Promise<
      CommandOutcome<string>
    > =>
      runner.run({ ...command, name: 'answerAppraisal', request: { appraisal } }, async (session) => {
        const round = await roundOf(appraisal, session);
        const faults = answerFaults(grades, round.departments);
        if (faults.length > 0) return refuseFaults(faults);
        if (round.draw === null || !isOpenOn(round, today()))
          return refuseSaid(
            'ILLEGAL_STATE',
            said('ROUND_NOT_OPEN', { opensOn: round.opensOn, closesOn: round.closesOn }),
            ['appraisal'],
          );
        const before = await stores.blindAnswers.markAnswered(appraisal, uscc, session);
        if (before === null) return forbid(said('ROUND_ASKS_OTHERS'));
        if (before) return refuseSaid('DUPLICATE', said('ANSWERED'), ['appraisal']);
        await stores.blindAnswers.count(appraisal, grades, session);
        return appraisal;
      }),

    /** Fixes and publishes the results of a round that is over, and alerts the departments with a double drop. */
    publish: async ({ appraisal, ...command }: Acting & { appraisal: string }): Promise<CommandOutcome<string>> =>
      runner.run({ ...command, name: 'publishAppraisal', request: { appraisal } }, async (session) =>
        changeIn(
          appraisal,
          async (round) => {
            if (round.published !== null)
              return refuseSaid('ILLEGAL_STATE', said('RESULTS_PUBLISHED', { on: round.published.on }), ['appraisal']);
            const on = today();
            if (!canPublish(round, on))
              return refuseSaid('ILLEGAL_STATE', said('ROUND_STILL_OPEN', { closesOn: round.closesOn }), ['appraisal']);
            const before = await stores.appraisals.publishedBefore(round.closesOn, session);
            const tallies = await stores.blindAnswers.talliesOf(appraisal, session);
            const results = resultsOf(tallies, round.departments, before?.published?.results ?? []);
            await tell('published', appraisal, { appraisal, on }, session);
            for (const { department, isDoubleDrop } of results)
              if (isDoubleDrop === true) await tell('double-drop', department, { appraisal, department, on }, session);
            const participation = await stores.blindAnswers.participation(appraisal, session);
            return { ...round, published: { ...participation, on, results } };
          },
          session,
        ),
      ),

    /** States the causes of a double drop and what is done about it, for the department itself. */
    stateMeasures: async ({
      appraisal,
      stated,
      ...command
    }: Acting & {
      appraisal: string;
      stated: Pick<MeasuresRecord, 'causes' | 'measures' | 'dueOn'>;
    }): Promise<CommandOutcome<string>> =>
      runner.run({ ...command, name: 'stateAppraisalMeasures', request: { appraisal, stated } }, async (session) =>
        changeIn(
          appraisal,
          async (round) => {
            const { department } = command.actor;
            if (department === undefined || !hasDoubleDrop(round, department))
              return forbid(said('MEASURES_STATED_BY'));
            if (round.measures.some((measures) => measures.department === department))
              return refuseSaid('ILLEGAL_STATE', said('MEASURES_STATED'), ['appraisal']);
            const statedOn = today();
            if (stated.dueOn < statedOn)
              return refuseFaults([{ path: ['dueOn'], ...said('DAY_PASSED', { dueOn: stated.dueOn }) }]);
            await tell('measures-stated', department, { appraisal, department, dueOn: stated.dueOn }, session);
            return { ...round, measures: [...round.measures, { ...stated, department, statedOn }] };
          },
          session,
        ),
      ),
  };
}
