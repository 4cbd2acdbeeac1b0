import type { ClientSession } from 'mongoose';
import { lifeOf } from '../../domain/projects/project-life.js';
import type { Heir } from '../../domain/visits/handed-over-visit.js';
import type { CommandTools } from '../command-tools.js';

/** What became of the tasks that an official was still to do at projects. */
export interface HandedOverTasks {
  readonly tasksMoved: number;
  readonly tasksLeft: number;
}

/**
 * Gives the tasks that an agent (代办帮办员) has not finished at projects to whoever takes over, as a change of the
 * project's history. A task for which there is nobody keeps its agent, whose department can still finish it. At a
 * project that was terminated nothing happens any more.
 * @param heirOf who takes over at an enterprise; null when nobody does.
 */
export async function handOverTasks(
  { official, by, now, heirOf }: { official: string; by: string; now: Date; heirOf: (uscc: string) => Heir | null },
  { stores, outbox }: Pick<CommandTools, 'stores' | 'outbox'>,
  session: ClientSession,
): Promise<HandedOverTasks> {
  let [tasksMoved, tasksLeft] = [0, 0];
  const named = await stores.projectEvents.naming(official, session);
  for (const { id, uscc, stage } of await stores.projects.byId(named, session)) {
    if (stage === 'TERMINATED') continue;
    const life = lifeOf(await stores.projectEvents.of(id, session));
    const open = life.tasks.filter((task) => task.official === official && task.doneOn === null);
    const heir = heirOf(uscc);
    if (heir === null) {
      tasksLeft += open.length;
      continue;
    }
    for (const [at, { task }] of open.entries()) {
      const seq = life.version + at + 1;
      const change = { type: 'TASK_HANDED_OVER', task, official: heir.id } as const;
      const event = { project: id, seq, at: now.toISOString(), by, department: null, change };
      await stores.projectEvents.append(event, session);
      const data = { project: id, uscc, version: seq };
      await outbox.append([{ type: 'cn.zhitong.project.task-handed-over', subject: id, data }], { session });
    }
    tasksMoved += open.length;
  }
  return { tasksMoved, tasksLeft };
}
