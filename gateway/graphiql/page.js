// The playground of the graph. Everything comes from this gateway; nothing is fetched from elsewhere.
/* global React, ReactDOM, GraphiQL */
(async () => {
  const h = React.createElement;
  const address = location.pathname.replace(/\/$/, '');
  const ROLES = ['AUDITOR', 'COORDINATOR', 'OFFICER', 'ENTERPRISE', 'ADMIN'];
  /** What a role needs beside it. */
  const NEEDS = { OFFICER: 'department', ENTERPRISE: 'uscc' };
  /** Where a window keeps who asks in it, so that a reload asks as the same. */
  const KEPT = 'zhitong.playground.caller';
  const startFor = async (caller) => {
    const response = await fetch(`/graphiql/start.json?${new URLSearchParams(caller)}`);
    if (!response.ok) throw new Error(`There is no token for ${JSON.stringify(caller)}.`);
    return response.json();
  };
  const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? '{}');
  const start = await startFor(kept).catch(() => startFor({}));
  // A contract has other fields than the operation asks for that the whole graph opens with.
  if (address !== '/graphql') Object.assign(start, { query: '{ __typename }', variables: {} });
  let authorization = start.headers.Authorization;
  // Nobody chooses a role where there are no tokens of development: there the header editor takes one's own.
  const mayChoose = authorization !== 'Bearer';
  const send = GraphiQL.createFetcher({ url: address });
  const fetcher = (parameters, options) =>
    send(parameters, {
      ...options,
      headers: { ...(mayChoose ? { Authorization: authorization } : {}), ...options?.headers },
    });

  /** Whose token goes with what is asked; one in the header editor counts before it. */
  function Chooser() {
    const [caller, setCaller] = React.useState({ role: 'AUDITOR', ...kept });
    const [problem, setProblem] = React.useState('');
    const need = NEEDS[caller.role];
    const become = async (wanted) => {
      setCaller(wanted);
      const needed = NEEDS[wanted.role];
      const chosen = { role: wanted.role, ...(needed === undefined ? {} : { [needed]: wanted[needed] ?? '' }) };
      try {
        ({
          headers: { Authorization: authorization },
        } = await startFor(chosen));
        sessionStorage.setItem(KEPT, JSON.stringify(chosen));
        setProblem('');
      } catch {
        setProblem(needed === undefined ? 'No token' : `Fill in ${needed}`);
      }
    };
    return h(
      'span',
      { className: 'zhitong-caller' },
      h(
        'select',
        {
          'aria-label': 'Role',
          value: caller.role,
          onChange: ({ target }) =>
            void become({ uscc: start.variables.uscc, department: 'FGW', ...caller, role: target.value }),
        },
        ...ROLES.map((role) => h('option', { key: role, value: role }, role)),
      ),
      need !== undefined &&
        h('input', {
          'aria-label': need,
          defaultValue: caller[need],
          key: caller.role,
          onBlur: ({ target }) => void become({ ...caller, [need]: target.value.trim() }),
        }),
      h('span', { role: 'status' }, problem),
    );
  }

  ReactDOM.createRoot(document.getElementById('graphiql')).render(
    h(
      GraphiQL,
      {
        fetcher,
        // Of the first visit alone: afterwards the tabs that were open are there again, and no other.
        defaultQuery: start.query,
        defaultTabs: [
          {
            query: start.query,
            variables: JSON.stringify(start.variables, null, 2),
            headers: mayChoose ? '{}' : JSON.stringify(start.headers, null, 2),
          },
        ],
        defaultEditorToolsVisibility: true,
        isHeadersEditorEnabled: true,
        shouldPersistHeaders: false,
      },
      h(GraphiQL.Logo, null, h('span', { className: 'zhitong-name' }, '直通 Zhitong'), mayChoose && h(Chooser)),
    ),
  );
})();
