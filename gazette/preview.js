/* The preview's part in a page: it shows what is wrong while anything is, and looks again after each build. */
(() => {
  let known = null;
  const place = () => `preview scroll ${location.pathname}`;
  const kept = sessionStorage.getItem(place());
  if (kept !== null) {
    sessionStorage.removeItem(place());
    addEventListener("DOMContentLoaded", () => scrollTo(0, Number(kept)));
  }
  const show = async () => {
    const told = await (await fetch("/_preview/problems", { cache: "no-store" })).json();
    let panel = document.getElementById("preview-problems");
    if (!told.problems.length) {
      if (panel) panel.remove();
      return told;
    }
    if (!panel) {
      panel = document.createElement("aside");
      panel.id = "preview-problems";
      panel.setAttribute("role", "alert");
      panel.style.cssText = "position:fixed;inset:auto 0 0 0;max-height:60vh;overflow:auto;z-index:9999;padding:1rem;"
        + "background:#fff7f4;color:#1a1b1d;border-top:3px solid #b32d18;font:15px/1.7 system-ui,sans-serif;white-space:pre-wrap";
      document.body.append(panel);
    }
    panel.textContent = told.problems.join("\n");
    return told;
  };
  const start = () => {
    const events = new EventSource("/_preview/events");
    events.onmessage = async (event) => {
      if (known === null) {
        known = event.data;
        await show();
      } else if (event.data !== known) {
        known = event.data;
        const told = await show();
        if (!told.problems.length) {
          sessionStorage.setItem(place(), String(scrollY));
          location.reload();
        }
      }
    };
  };
  if (document.body) start(); else addEventListener("DOMContentLoaded", start);
})();
