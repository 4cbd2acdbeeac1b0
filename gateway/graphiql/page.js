// The playground of the graph. Everything comes from this gateway; nothing is fetched from elsewhere.
/* global React, ReactDOM, GraphiQL */
(async () => {
  const address = location.pathname.replace(/\/$/, '');
  const start = await fetch('/graphiql/start.json').then((response) => response.json());
  // A contract has other fields than the operation asks for that the whole graph opens with.
  if (address !== '/graphql') Object.assign(start, { query: '{ __typename }', variables: {} });
  const fetcher = GraphiQL.createFetcher({ url: address });
  ReactDOM.createRoot(document.getElementById('graphiql')).render(
    React.createElement(
      GraphiQL,
      {
        fetcher,
        defaultQuery: start.query,
        query: start.query,
        variables: JSON.stringify(start.variables, null, 2),
        headers: JSON.stringify(start.headers, null, 2),
        defaultEditorToolsVisibility: true,
        isHeadersEditorEnabled: true,
        shouldPersistHeaders: false,
      },
      React.createElement(
        GraphiQL.Logo,
        null,
        React.createElement('span', { className: 'zhitong-name' }, '直通 Zhitong'),
      ),
    ),
  );
})();
