import { number, spreadText, table } from './tables.mjs';

/** The schema registry's part of RESULTS.md. */
export function registrySection({ checks, large, usage, switching }) {
  const at = (name, { requests, p50, p99, max, slowestOverMedian }) => [
    name,
    String(requests),
    spreadText(p50),
    spreadText(p99),
    spreadText(max),
    spreadText(slowestOverMedian),
  ];
  return [
    '## The schema registry',
    `A check of one department's change among today's schemas takes ${spreadText(checks.serviceSeconds)} s, with the start of its command ${spreadText(checks.commandSeconds)} s. A schema of ${large.types} types and ${number(large.megabytes)} MB beside them is published in ${number(large.publishSeconds)} s, and a change of it checked in ${number(large.checkSeconds)} s.`,
    `CPU of the gateway for a request of the flagship over made-up departments: ${spreadText(usage.aloneMs)} ms without a registry, ${spreadText(usage.countingMs)} ms with one that it follows and counts for: ${spreadText(usage.ratio)} times. By profiles of the latter, counting and all that is said to the registry take ${spreadText(usage.countingShare, 100)} % of its CPU time.`,
    `Another supergraph is served ${spreadText(switching.spare.servedSeconds)} s after it was published, ${spreadText(switching.busy.servedSeconds)} s where no connection rests. What requests notice, in milliseconds, beside the same load without a publication:`,
    table(
      ['', 'requests', 'p50', 'p99', 'slowest', 'slowest over median'],
      [
        at('a request each 20 ms, still', switching.spare.still),
        at('a request each 20 ms, with a switch', switching.spare.switching),
        at('four connections that never rest, still', switching.busy.still),
        at('four connections that never rest, with a switch', switching.busy.switching),
      ],
    ),
  ].join('\n\n');
}
