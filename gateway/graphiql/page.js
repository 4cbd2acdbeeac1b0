// The playground of the graph. Everything comes from this gateway; nothing is fetched from elsewhere.
/* global React, ReactDOM, GraphiQL */
(async () => {
  const start = await fetch('/graphiql/start.json').then((response) => response.json());
  const fetcher = GraphiQL.createFetcher({ url: '/graphql' });
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
