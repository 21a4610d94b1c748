/* The preview's one ear for all tabs: a browser allows six connections to a host, and a tab of its own for each page. */
(() => {
  const pages = [];
  let latest = null;
  const events = new EventSource("/_preview/events");
  events.onmessage = (event) => {
    latest = event.data;
    for (const page of pages) page.postMessage(latest);
  };
  self.onconnect = (event) => {
    const [page] = event.ports;
    pages.push(page);
    if (latest !== null) page.postMessage(latest);
  };
})();
