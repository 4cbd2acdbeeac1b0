// Headers and bodies that come so slowly that they never end. They drip while nothing else runs, so that only the hub
// can end them.
import { connect } from 'node:net';
import { verdict } from '../verdict.mjs';

/** Longer than any door should hold open for what does not come. */
const SLOW_MS = 75_000;

export default {
  name: 'slow',
  what: 'a header and a body that drip a byte a second',
  run: async ({ graph }) => {
    const { tried, result } = verdict();
    const { hostname, port, host } = new URL(graph);
    const line = `POST /graphql HTTP/1.1\r\nHost: ${host}\r\n`;
    const drips = [
      { what: 'a header that never ends', start: line, drop: 'X-A: b\r\n' },
      {
        what: 'a body that never ends',
        start: `${line}Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"query":`,
        drop: ' ',
      },
    ];
    const ends = await Promise.all(
      drips.map(async ({ what, start, drop }) => ({
        what,
        seconds: await heldOpen({ hostname, port: Number(port), start, drop }),
      })),
    );
    for (const { what, seconds } of ends)
      tried(seconds !== undefined, `${what} is held open for more than ${SLOW_MS / 1000} s`);
    return result();
  },
};

/** Sends a beginning and then a drop each second; returns after how many seconds the other side ended it, if it did. */
function heldOpen({ hostname, port, start, drop }) {
  return new Promise((resolve) => {
    const started = performance.now();
    const socket = connect(port, hostname, () => socket.write(start));
    const dripping = setInterval(() => socket.write(drop), 1_000);
    const finish = (seconds) => {
      clearInterval(dripping);
      clearTimeout(timer);
      socket.destroy();
      resolve(seconds);
    };
    const timer = setTimeout(() => finish(undefined), SLOW_MS);
    socket.once('close', () => finish((performance.now() - started) / 1_000));
    socket.on('data', () => finish((performance.now() - started) / 1_000));
    socket.on('error', () => undefined);
  });
}
