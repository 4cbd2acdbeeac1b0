import { connect } from 'node:net';

const EVERY_MS = 2_000;
const FAILURES = 3;

/** A watch over a server of another kind than ours, which cannot tell us that it ends. */
export interface PortWatch {
  end(): void;
}

/** Calls `gone` once when nothing accepts connections on the port of this machine any more, three tries in a row. */
export function watchPort({ port, gone, everyMs = EVERY_MS }: { port: number; gone: () => void; everyMs?: number }): PortWatch {
  let failures = 0;
  let ended = false;
  let timer: NodeJS.Timeout | undefined;
  const next = (): void => {
    if (!ended) timer = setTimeout(look, everyMs).unref();
  };
  const look = (): void => {
    const probe = connect(port, '127.0.0.1');
    probe.once('connect', () => {
      probe.destroy();
      failures = 0;
      next();
    });
    probe.once('error', () => {
      failures += 1;
      if (failures < FAILURES) next();
      else if (!ended) gone();
    });
  };
  next();
  return {
    end: () => {
      ended = true;
      clearTimeout(timer);
    },
  };
}
