import { refuse, type CommandOutcome, type CommandRunner } from '@zhitong/kit/commands';
import type { Outbox } from '@zhitong/kit/outbox';
import { rangesOverlap, rangeText } from '@zhitong/values';
import type { ClientSession } from 'mongoose';
import {
  standingValues,
  windowOf,
  wrongDefinition,
  wrongParameterValue,
  type ParameterDefinition,
  type ParameterValue,
} from '../domain/parameters/parameters.js';
import { said } from '../domain/refusal-words.js';
import type { PolicyShelf } from '../memory/policy-shelf.js';
import type { Stores } from '../stores.js';
import type { DatedCommand } from './dated-command.js';

/** A value to record, with the parameter that it is of. */
export interface ValueToRecord extends Omit<ParameterValue, 'revision' | 'value'> {
  readonly parameter: string;
  readonly value: unknown;
  readonly sourceUrl: string;
}

export type ParameterCommands = ReturnType<typeof parameterCommands>;

/**
 * The writes of whoever keeps the dated parameters: each is one transaction with its event, and acts once per
 * idempotency key.
 */
export function parameterCommands({
  runner,
  stores: { parameters },
  shelf,
  outbox,
}: {
  runner: CommandRunner;
  stores: Pick<Stores, 'parameters'>;
  shelf: PolicyShelf;
  outbox: Outbox;
}) {
  return {
    /** Defines a parameter. Returns its name. */
    define: async (command: DatedCommand & { definition: ParameterDefinition }): Promise<CommandOutcome<string>> => {
      const {
        definition,
        actor: { sub },
        now,
      } = command;
      return runner.run({ ...command, name: 'definePolicyParameter', request: definition }, async (session) => {
        const wrong = wrongDefinition(definition);
        if (wrong !== null) return refuse('INVALID', wrong, [wrong.field]);
        if ((await parameters.definitions([definition.name], session)).length > 0)
          return refuse('DUPLICATE', said('PARAMETER_THERE', { name: definition.name }), ['name']);
        await parameters.define({ ...definition, definedAt: now, definedBy: sub }, session);
        await outbox.append(
          [
            {
              type: 'cn.zhitong.policy-parameter.defined',
              subject: definition.name,
              data: { parameter: definition.name },
            },
          ],
          { session },
        );
        return definition.name;
      });
    },

    /**
     * Records a value, on its own or in place of one that stands. A window that overlaps that of another standing value
     * is refused, since two values would count on one day. Policies that name the parameter are matched again. Returns
     * its name.
     */
    record: async (command: DatedCommand & { value: ValueToRecord }): Promise<CommandOutcome<string>> => {
      const {
        value,
        actor: { sub },
        now,
      } = command;
      const outcome = await runner.run(
        { ...command, name: 'recordParameterValue', request: value },
        async (session) => {
          const { revision, ...rest } = await nextRecord(value, session);
          await parameters.append(
            {
              ...rest,
              revision,
              parameter: value.parameter,
              sourceUrl: value.sourceUrl,
              recordedAt: now,
              recordedBy: sub,
            },
            session,
          );
          await outbox.append(
            [
              {
                type: 'cn.zhitong.policy-parameter.value-recorded',
                subject: value.parameter,
                data: { parameter: value.parameter, revision, from: value.from, until: value.until },
              },
            ],
            { session },
          );
          return value.parameter;
        },
      );
      if (outcome.refusal === null) await shelf.refresh();
      return outcome;
    },
  };

  /** The value as the next record of its parameter; refuses what cannot be one. */
  async function nextRecord(
    { parameter: name, from, until, value, source, corrects }: ValueToRecord,
    session: ClientSession,
  ): Promise<ParameterValue> {
    const [parameter] = await parameters.definitions([name], session);
    if (parameter === undefined)
      return refuse('INVALID', said('NO_PARAMETER', { name: name.slice(0, 60) }), ['parameter']);
    const wrong = wrongParameterValue(parameter.type, { from, until, value });
    if (wrong !== null) return refuse('INVALID', wrong, [wrong.field]);
    const records = await parameters.valuesOf([name], session);
    const standing = standingValues(records);
    if (corrects !== null && !standing.some(({ revision }) => revision === corrects)) {
      return refuse('STALE_VERSION', said('RECORD_NOT_STANDING', { revision: corrects, name }), ['corrects'], {
        standing: standing.map(({ revision }) => revision),
      });
    }
    const other = standing.find(
      (stood) => stood.revision !== corrects && rangesOverlap(windowOf(stood), { from, to: until }),
    );
    if (other !== undefined) {
      return refuse(
        'CONFLICT',
        said('VALUES_OVERLAP', {
          window: rangeText({ from, to: until }),
          revision: other.revision,
          other: rangeText(windowOf(other)),
        }),
        ['from'],
        { from: other.from, until: other.until },
      );
    }
    return { revision: records.length + 1, from, until, value: value as number | string, source, corrects }; // wrongParameterValue vouches for the type
  }
}
