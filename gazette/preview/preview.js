/* The preview's part in a page: it shows what is wrong while anything is, and looks again after each build. */
(() => {
  const shown = document.currentScript.dataset.version;
  const place = `preview scroll ${location.pathname}${location.search}`;
  const kept = sessionStorage.getItem(place);
  if (kept !== null) {
    sessionStorage.removeItem(place);
    const back = () => scrollTo({ top: Number(kept), behavior: "instant" });
    back();
    addEventListener("load", () => {
      back();
      history.scrollRestoration = "auto";
    });
  }
  const tell = (words) => {
    let panel = document.getElementById("preview-problems");
    if (!words.length) {
      if (panel) panel.remove();
      return;
    }
    if (!panel) {
      panel = document.createElement("aside");
      panel.id = "preview-problems";
      panel.setAttribute("role", "alert");
      panel.style.cssText = "position:fixed;inset:auto 0 0 0;max-height:60vh;overflow:auto;z-index:9999;padding:1rem;"
        + "background:#fff7f4;color:#1a1b1d;border-top:3px solid #b32d18;font:15px/1.7 system-ui,sans-serif;white-space:pre-wrap";
      document.body.append(panel);
    }
    panel.textContent = words.join("\n");
  };
  const look = async () => {
    const told = await (await fetch("/_preview/problems")).json();
    tell(told.problems);
    if (told.problems.length || told.version === shown) return;
    if ((await fetch(location.href, { method: "HEAD" })).ok) {
      sessionStorage.setItem(place, String(scrollY));
      history.scrollRestoration = "manual";
      location.reload();
    } else if (!document.title.startsWith("404")) {
      tell([told.gone]);
    }
  };
  const news = () => look().catch(() => {}); /* the preview has ended, or the page is left: there is nothing to tell */
  if ("SharedWorker" in window) {
    new SharedWorker("/_preview/worker.js").port.onmessage = news;
  } else {
    new EventSource("/_preview/events").onmessage = news;
  }
})();
