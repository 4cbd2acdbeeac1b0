import { randomBytes } from 'node:crypto';
import type { Clock } from '@zhitong/kit';
import {
  Raced,
  refuse,
  retryRaces,
  type CommandBase,
  type CommandOutcome,
  type CommandRunner,
} from '@zhitong/kit/commands';
import type { Outbox } from '@zhitong/kit/outbox';
import { dayInShanghai, isWholeMonths, type LegalDay, monthsWithin } from '@zhitong/values';
import { draw, monthToSeal, sealedSeedOf, sha256 } from '../domain/spot-check.js';
import { serviceTermsOn } from '../domain/service-terms.js';
import { said } from '../domain/refusal-words.js';
import type { RepeatableSpotCheck, SeedCommitment, SpotCheckRecord } from '../models/spot-check.js';
import type { ClientSession } from 'mongoose';
import type { Stores } from '../stores.js';
import type { CaseCommands } from './case-commands.js';
import { refuseFor } from './refusals.js';

const SEALING_BYTES = 16;
const MOST_MONTHS = 12;

/** Works on one case; false when that failed, which is reported by whoever gave it. */
export type Attempt = (caseNumber: string, work: () => Promise<boolean>) => Promise<boolean>;

/** The draw is recorded and stands; a check that could not be opened is left to the job, which reports it. */
const quietly: Attempt = async (_caseNumber, work) => work().catch(() => false);

/** A draw made again, beside what was recorded. */
export interface RepeatedDraw {
  readonly recorded: RepeatableSpotCheck;
  /** The recorded cases come out again with the recorded seed from the recorded population. */
  readonly isSame: boolean;
  /** Cases that would be in the population today and were not, and the other way round: reopened and answered since. */
  readonly joined: readonly string[];
  readonly left: readonly string[];
}

/** Id of the draw from some months. */
export const drawId = (from: LegalDay, to: LegalDay): string => `HTK-${from.slice(0, 7)}-${to.slice(0, 7)}`;

/** The months of a draw, or the end of the command when they are not whole. */
function monthsOf(from: LegalDay, to: LegalDay): string[] {
  const months = monthsWithin({ from, to });
  if (!isWholeMonths({ from, to }) || months.length > MOST_MONTHS)
    return refuse('INVALID', said('WHOLE_MONTHS', { most: MOST_MONTHS }), ['from']);
  return months;
}

export type SpotCheckCommands = ReturnType<typeof spotCheckCommands>;

/** Draws for the second look (回头看). */
export function spotCheckCommands({
  runner,
  stores,
  commands,
  outbox,
  clock,
  seedKey,
}: {
  runner: CommandRunner;
  stores: Stores;
  commands: CaseCommands;
  outbox: Outbox;
  clock: Clock;
  /** The secret, outside the database, with which seeds of the department's own making are sealed. */
  seedKey: string;
}) {
  /** Stores a commitment and sends its digest out, so that receivers hold what it was before the months began. */
  const commit = async (
    part: Pick<SeedCommitment, 'from' | 'to' | 'seedHash' | 'committedBy' | 'sealing' | 'isSealed'>,
    session: ClientSession,
  ): Promise<string> => {
    const { from, to, seedHash } = part;
    const id = drawId(from, to);
    const committedAt = clock.now();
    const record = { ...part, id, months: monthsWithin({ from, to }), committedAt };
    if (!(await stores.spotChecks.commit(record, session))) throw new Raced();
    await outbox.append(
      [
        {
          type: 'cn.zhitong.spot-check.seed-committed',
          subject: id,
          time: committedAt,
          data: { id, from, to, seedHash },
        },
      ],
      { session },
    );
    return id;
  };
  /** Opens the checks of a draw; false when one could not be opened, which the next round tries again. */
  const open = async (record: SpotCheckRecord, attempt: Attempt): Promise<boolean> => {
    let isWhole = true;
    for (const caseNumber of record.drawn) {
      const isTried = await attempt(caseNumber, async () => {
        await commands.openSpotCheck(caseNumber, record.id, record.team ?? []);
        return true;
      });
      isWhole &&= isTried;
    }
    if (isWhole) await stores.spotChecks.setOpened(record.id);
    return isWhole;
  };

  return {
    /**
     * Commits to a seed by its SHA-256 before its months begin: whoever knows what has been answered already can try
     * seeds until certain cases are not drawn. Returns the id of the draw to come.
     */
    commitSeed: async ({
      from,
      to,
      seedHash,
      ...command
    }: CommandBase & { from: LegalDay; to: LegalDay; seedHash: string }): Promise<CommandOutcome<string>> =>
      runner.run({ ...command, name: 'commitSpotCheckSeed', request: { from, to, seedHash } }, async (session) => {
        monthsOf(from, to);
        if (from <= dayInShanghai(clock.now())) return refuseFor('POPULATION_KNOWN', ['from'], { from });
        const [standing] = await stores.spotChecks.commitmentsWithin(from, to, session);
        if (standing !== undefined) return refuseFor('SEED_STANDS', ['from'], { id: standing.id });
        return commit({ from, to, seedHash, committedBy: command.actor.sub }, session);
      }),

    /**
     * Commits to a seed of its own making for the month to come, in the last days before it, unless somebody has for a
     * period with it: so every month can be drawn from by a seed that was fixed before. What it is made of is kept
     * until the draw; the seed is not.
     * @returns how many were committed to
     */
    sealSeed: async (): Promise<number> => {
      const month = monthToSeal(dayInShanghai(clock.now()));
      if (month === null) return 0;
      return retryRaces(async () =>
        stores.transaction(async (session) => {
          const standing = await stores.spotChecks.commitmentsWithin(month.from, month.to, session);
          if (standing.length > 0) return 0;
          const sealing = randomBytes(SEALING_BYTES).toString('hex');
          const seedHash = sha256(sealedSeedOf(seedKey, { id: drawId(month.from, month.to), sealing }));
          await commit({ ...month, seedHash, committedBy: 'system', sealing, isSealed: true }, session);
          return 1;
        }),
      );
    },

    /**
     * Draws from whole months that are over with the seed that was committed to before they began; each month once. The
     * checks are opened after the draw is recorded. Returns its id.
     */
    draw: async ({
      from,
      to,
      seed,
      team,
      ...command
    }: CommandBase & {
      from: LegalDay;
      to: LegalDay;
      seed: string | null;
      team: readonly string[];
    }): Promise<CommandOutcome<string>> => {
      const outcome = await runner.run(
        { ...command, name: 'drawSpotCheck', request: { from, to, seed, team } },
        async (session) => {
          const months = monthsOf(from, to);
          const id = drawId(from, to);
          const today = dayInShanghai(clock.now());
          if (to >= today) return refuse('INVALID', said('MONTH_NOT_OVER', { to }), ['to']);
          const drawnBefore = await stores.spotChecks.ofMonths(months, session);
          if (drawnBefore !== null)
            return refuse('DUPLICATE', said('DRAWN_ALREADY', { id: drawnBefore.id }), ['from'], {
              spotCheck: drawnBefore.id,
            });
          const commitment = await stores.spotChecks.commitmentToDraw(id, session);
          if (commitment === null) {
            const others = await stores.spotChecks.commitmentsWithin(from, to, session);
            return refuseFor('SEED_NOT_COMMITTED', ['from'], {
              id,
              committed: others.map((other) => other.id).join(', ') || '-',
            });
          }
          const { sealing, sealedSeed = '', seedHash } = commitment;
          const own = sealing === undefined ? sealedSeed : sealedSeedOf(seedKey, { id, sealing });
          const revealed = seed ?? own;
          if (sha256(revealed) !== seedHash)
            return refuseFor(
              seed === null && sealing !== undefined ? 'SEALED_WITH_ANOTHER_KEY' : 'SEED_DIFFERS',
              ['seed'],
              {
                seedHash,
              },
            );
          const population = await stores.cases.resolvedBetween(from, to);
          const percent = serviceTermsOn(today).spotCheckPercent;
          const { drawn, populationSize, populationDigest } = draw({ seed: revealed, population, percent });
          const record = {
            id,
            from,
            to,
            months,
            seed: revealed,
            percent,
            population,
            populationSize,
            populationDigest,
            drawn,
            drawnAt: clock.now(),
            drawnBy: command.actor.sub,
            isOpened: false,
            team,
            seedCommittedAt: commitment.committedAt,
          };
          if (!(await stores.spotChecks.insert(record, session))) throw new Raced();
          return id;
        },
      );
      const record = outcome.kind === 'done' ? await stores.spotChecks.byId(outcome.result) : null;
      if (record !== null && !record.isOpened) await open(record, quietly);
      return outcome;
    },

    /**
     * Opens the checks of draws whose process was killed in between. Returns how many draws are complete by it.
     * @param attempt works on one case, and keeps its failure from the others
     * @param failed is told of a draw that cannot be worked on, which stops no other one
     */
    finishOpening: async (attempt: Attempt, failed: (id: string, error: unknown) => void): Promise<number> => {
      let completed = 0;
      for (const record of await stores.spotChecks.notOpened())
        try {
          if (await open(record, attempt)) completed += 1;
        } catch (error) {
          failed(record.id, error);
        }
      return completed;
    },

    /** Makes a recorded draw again; null when nothing was drawn for exactly these days. */
    repeat: async (from: LegalDay, to: LegalDay): Promise<RepeatedDraw | null> => {
      const recorded = await stores.spotChecks.byId(drawId(from, to));
      if (recorded?.from !== from || recorded.to !== to) return null;
      const again = draw({ seed: recorded.seed, population: recorded.population, percent: recorded.percent });
      const today = new Set(await stores.cases.resolvedBetween(from, to));
      const then = new Set(recorded.population);
      return {
        recorded,
        isSame: again.drawn.join() === recorded.drawn.join() && again.populationDigest === recorded.populationDigest,
        joined: [...today].filter((caseNumber) => !then.has(caseNumber)).sort(),
        left: [...then].filter((caseNumber) => !today.has(caseNumber)).sort(),
      };
    },
  };
}
