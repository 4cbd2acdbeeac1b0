import type { CommandBase, CommandOutcome, CommandRunner } from '@zhitong/kit/commands';
import type { LegalDay } from '@zhitong/values';
import type { ClientSession } from 'mongoose';
import { capacities } from '../domain/access.js';
import type { Author, CaseEvent, Party } from '../domain/case-event.js';
import type { CaseView } from '../domain/case-view.js';
import { replay } from '../domain/history.js';
import { judgeMove } from '../domain/lifecycle.js';
import { everyContact } from '../domain/moves/steps.js';
import { knowersOf } from '../domain/persons/known-writers.js';
import { serviceTermsOn } from '../domain/service-terms.js';
import type { Category } from '../domain/taxonomy.js';
import type { Stores } from '../stores.js';
import { noSuchCase, type CaseCommands, type CommandActor } from './case-commands.js';
import { refuseFor } from './refusals.js';

interface Joining extends CommandBase {
  readonly actor: CommandActor;
  readonly caseNumber: string;
  readonly expectedVersion: number;
  readonly reason: string;
}

export type CaseJoining = ReturnType<typeof caseJoining>;

/** Who brought a case, so far as two cases can go on as one: nobody learns by it who brought an anonymous one. */
const complainantOf = ({ complainant: { uscc, name, homeRegion, anonymous } }: CaseView): string =>
  JSON.stringify([uscc, name, homeRegion, anonymous]);

const mayJoin = (parties: readonly Party[]): boolean => parties.includes('DESK') || parties.includes('COORDINATOR');

/** A case's history, and those of the cases that it was split off. */
async function withOrigins(
  { events }: Stores,
  history: readonly CaseEvent[],
  session: ClientSession,
): Promise<readonly (readonly CaseEvent[])[]> {
  const all = [history];
  for (let number = originOf(history); number !== null; number = originOf(all.at(-1) ?? []))
    all.push(await events.of(number, session));
  return all;
}
const originOf = (history: readonly CaseEvent[]): string | null =>
  history.length === 0 ? null : replay(history).splitFrom;

/**
 * Whether somebody in the offices knows whose one of two cases is and not whose the other is: where two anonymous ones
 * were joined, he would learn that they are of one enterprise from the number that each of them then names.
 */
async function areKnownApart(
  stores: Stores,
  [one, other]: readonly [readonly CaseEvent[], readonly CaseEvent[]],
  session: ClientSession,
): Promise<boolean> {
  const [ofOne, ofOther] = [
    knowersOf(await withOrigins(stores, one, session)),
    knowersOf(await withOrigins(stores, other, session)),
  ];
  return ofOne.size !== ofOther.size || [...ofOne].some((who) => !ofOther.has(who));
}

/** Merging (并案) and splitting (拆分): two cases change, or begin, in one transaction. */
export function caseJoining({
  runner,
  stores,
  commands,
}: {
  runner: CommandRunner;
  stores: Stores;
  commands: CaseCommands;
}) {
  return {
    /** Ends a case that goes on in another one, which keeps its words. Returns the number of the case that ends. */
    merge: async ({
      caseNumber,
      expectedVersion,
      into,
      reason,
      ...command
    }: Joining & { into: string }): Promise<CommandOutcome<string>> =>
      runner.run(
        { ...command, name: 'mergeCase', request: { caseNumber, expectedVersion, into, reason } },
        async (session) => {
          const { actor } = command;
          if (into === caseNumber) return refuseFor('INTO_ITSELF', ['into']);
          const [history, other] = [await stores.events.of(caseNumber, session), await stores.events.of(into, session)];
          if (history.length === 0) return noSuchCase(caseNumber);
          const from = replay(history);
          const apart = from.complainant.anonymous && (await areKnownApart(stores, [history, other], session));
          await commands.changeWithin(
            {
              actor,
              caseNumber,
              expectedVersion,
              decide: (_view, parties) => {
                const merged = [{ change: { type: 'MERGED', into, reason } }] as const;
                // Whose another case is, is told to whoever may merge both, and to nobody else.
                if (!judgeMove(from, 'MERGED', parties).legal) return merged;
                const target = other.length === 0 ? null : replay(other);
                if (target === null || !mayJoin(capacities(actor, target)))
                  return refuseFor('NOT_THERE', ['into'], { caseNumber: into.slice(0, 40) });
                if (complainantOf(from) !== complainantOf(target))
                  return refuseFor('OTHER_ENTERPRISE', ['into'], { caseNumber: into });
                if (apart) return refuseFor('KNOWN_APART', ['into'], { caseNumber: into });
                if (target.receivedAt > from.receivedAt) return refuseFor('INTO_LATER', ['into'], { caseNumber: into });
                return merged;
              },
            },
            session,
          );
          await commands.changeWithin(
            {
              actor,
              caseNumber: into,
              expectedVersion: undefined,
              path: 'into',
              decide: () => {
                const { title, text, wording } = from;
                const contacts = everyContact(from);
                const worded = wording === null ? {} : { wording };
                return [{ change: { type: 'ABSORBED', from: caseNumber, title, text, contacts, ...worded } }];
              },
            },
            session,
          );
          return caseNumber;
        },
      ),

    /**
     * Undoes a merging that was a mistake: the case goes on by itself, and the other one without it, wherever that
     * stands by now. Returns the number of the case that goes on.
     */
    undoMerge: async ({ caseNumber, expectedVersion, reason, ...command }: Joining): Promise<CommandOutcome<string>> =>
      runner.run(
        { ...command, name: 'undoCaseMerge', request: { caseNumber, expectedVersion, reason } },
        async (session) => {
          const { actor } = command;
          const mergedInto: string[] = [];
          await commands.changeWithin(
            {
              actor,
              caseNumber,
              expectedVersion,
              decide: (view) => {
                if (view.mergedInto !== null) mergedInto.push(view.mergedInto);
                return [{ change: { type: 'MERGE_UNDONE', reason } }];
              },
            },
            session,
          );
          for (const other of mergedInto)
            await commands.changeWithin(
              {
                actor,
                caseNumber: other,
                expectedVersion: undefined,
                decide: () => [{ change: { type: 'RELEASED', from: caseNumber, reason } }],
              },
              session,
            );
          return caseNumber;
        },
      ),

    /** Begins a new case with a matter of another one. Returns the number of the one that it was taken out of. */
    split: async ({
      caseNumber,
      expectedVersion,
      reason,
      category,
      title,
      text,
      keywords,
      words,
      today,
      ...command
    }: Joining & {
      category: Category;
      title: string;
      text: string;
      keywords: readonly string[];
      words: readonly string[];
      today: LegalDay;
    }): Promise<CommandOutcome<string>> =>
      runner.run(
        { ...command, name: 'splitCase', request: { caseNumber, expectedVersion, reason, category, title, text } },
        async (session) => {
          const { actor } = command;
          const history = await stores.events.of(caseNumber, session);
          if (history.length === 0) return noSuchCase(caseNumber);
          const view = replay(history);
          const by: Author = {
            sub: actor.sub,
            party: actor.roles.includes('COORDINATOR') ? 'COORDINATOR' : 'DESK',
            department: actor.department ?? null,
            uscc: null,
          };
          const [number = ''] = await stores.numbers.nextOf(today.slice(0, 4), 1, session);
          await commands.changeWithin(
            { actor, caseNumber, expectedVersion, decide: () => [{ change: { type: 'SPLIT', into: number, reason } }] },
            session,
          );
          const {
            kind,
            channel,
            origin,
            complainant,
            region,
            industry,
            receivedBy,
            project = null,
            raisedAt = null,
            serviceItem = null,
          } = view;
          await commands.submitWithin(
            by,
            {
              kind,
              category,
              labels: [],
              channel,
              origin,
              title,
              text,
              attachments: [],
              complainant,
              region,
              industry,
              receivedBy,
              keywords,
              words,
              triageDays: serviceTermsOn(today).triageDays,
              splitFrom: caseNumber,
              ...(project === null ? {} : { project }),
              ...(raisedAt === null ? {} : { raisedAt }),
              ...(serviceItem === null ? {} : { serviceItem }),
            },
            { session, number },
          );
          return caseNumber;
        },
      ),
  };
}
