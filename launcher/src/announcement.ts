import type { DemoEnterprise } from './demo/demo-enterprise.js';

export interface AnnouncementFacts {
  readonly graph: string;
  readonly demo: DemoEnterprise | undefined;
  /** A development token of an auditor; undefined in production mode. */
  readonly token: string | undefined;
}

/** What the launcher prints when everything is ready. */
export function announcement({ graph, demo, token }: AnnouncementFacts): string {
  const lines = [
    '',
    `直通 Zhitong is ready: ${graph}`,
    `Open ${new URL('/', graph).href} in a browser for the pages, and the graph's address for the playground.`,
    'Stop it with Ctrl-C.',
  ];
  if (demo !== undefined) {
    lines.push(
      '',
      `A demo enterprise: ${demo.uscc} ${demo.name}`,
      `  ${demo.cases} cases, ${demo.matchedPolicies} matched policies, ${demo.outstandingCommitments} outstanding commitments`,
    );
    if (token !== undefined)
      lines.push(
        '',
        "Ask for it (the token is an auditor's and lasts twelve hours):",
        '',
        curlFor(graph, demo.uscc, token),
      );
  }
  if (token !== undefined) lines.push('', 'More tokens: npm run --silent token -- --help');
  return `${lines.join('\n')}\n\n`;
}

function curlFor(graph: string, uscc: string, token: string): string {
  const query =
    'query($uscc: ID!) { enterprise(uscc: $uscc) { name creditStanding { grade } cases(first: 3) { totalCount nodes { caseNumber title status dueOn } } matchedPolicies(first: 3) { totalCount nodes { policy { title } } } outstandingCommitments(first: 3) { totalCount outstandingAmount { amount } nodes { title dueOn daysOverdue } } } }';
  const body = JSON.stringify({ query, variables: { uscc } });
  return `curl -s ${graph} -H 'content-type: application/json' \\\n  -H 'authorization: Bearer ${token}' \\\n  -d '${body}'`;
}
