import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** A row of the kernel's table. */
export interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** The processes below one, by the kernel's own table. */
export function descendants(pid: number): Process[] {
  const rows = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { maxBuffer: 16 * 1024 * 1024 })
    .toString()
    .trim()
    .split('\n')
    .map((line): Process => {
      const [own = '', parent = '', ...command] = line.trim().split(/\s+/);
      return { pid: Number(own), parent: Number(parent), command: command.join(' ') };
    });
  const below = (parent: number): Process[] =>
    rows.filter((row) => row.parent === parent).flatMap((row) => [row, ...below(row.pid)]);
  return below(pid);
}

/** Whether a process is still there. */
export const alive = ({ pid }: Process): boolean => existsSync(`/proc/${pid}`);
