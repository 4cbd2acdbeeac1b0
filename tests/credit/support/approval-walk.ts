import type { RandomStream } from '@zhitong/demo';
import { addDays } from '@zhitong/values';
import type { creditRecordCommands } from '../../../subgraphs/credit/src/usecases/credit-record-commands.js';
import type { mortalCommands } from './mortal-commands.js';

/** An item of the approval ledger as the paper has it. */
export interface ApprovalOnPaper {
  readonly id: string;
  state: 'OPEN' | 'SUBMITTED' | 'STRUCK_OFF';
}

/** Walks through the approval ledger at random: one item after the other, opened and struck off, refused in between. */
export function approvalWalk({
  office,
  random,
  run,
  base,
  uscc,
}: {
  readonly office: ReturnType<typeof creditRecordCommands>;
  readonly random: RandomStream;
  readonly run: ReturnType<typeof mortalCommands>['run'];
  readonly base: ReturnType<typeof mortalCommands>['base'];
  readonly uscc: string;
}): { readonly items: readonly ApprovalOnPaper[]; step(today: string): Promise<void> } {
  const items: ApprovalOnPaper[] = [];
  return {
    items,
    step: async (today) => {
      const item = items.at(-1);
      if (item === undefined || item.state === 'STRUCK_OFF') {
        const opened = {
          ...{ ...base(), uscc, projectId: null, department: 'ZJJ', permit: '施工许可', cause: '系统故障' },
          ...{ openedOn: today, deadline: addDays(today, 20) },
        };
        const id = await run(async () => office.openApprovalItem(opened));
        items.push({ id: id ?? '', state: 'OPEN' });
        return;
      }
      const event = random.pick([
        { kind: 'SUBMITTED' as const, on: today, by: 'officer-1', evidence: '许可证' },
        { kind: 'CONFIRMED' as const, on: today, by: 'contact-1', remark: '' },
        { kind: 'REJECTED' as const, on: today, by: 'contact-1', remark: '缺图纸' },
      ]);
      const command = { ...base(), itemId: item.id, mayAct: () => true, event };
      const isDone = (await run(async () => office.recordApprovalEvent(command))) !== null;
      const isRight = (item.state === 'OPEN') === (event.kind === 'SUBMITTED');
      expect([item, event.kind, isDone]).toEqual([item, event.kind, isRight]);
      if (isDone)
        item.state = ({ SUBMITTED: 'SUBMITTED', CONFIRMED: 'STRUCK_OFF', REJECTED: 'OPEN' } as const)[event.kind];
    },
  };
}
