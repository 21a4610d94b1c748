// Remembers the reader's choice of text size, loads the search when somebody turns to it, and prints. Everything else
// works without it.
(() => {
  const root = document.documentElement;
  root.dataset.script = "";
  const seek = () => {
    const form = document.querySelector("form[data-search]");
    if (!form) return;
    const field = form.elements.q;
    const load = () => document.head.append(Object.assign(document.createElement("script"), { src: form.dataset.search }));
    if (form.closest(".find--page")) load();
    else field.addEventListener("focus", load, { once: true });
    document.addEventListener("keydown", (event) => {
      const typing = event.target.closest?.("input:not([type=radio]), select, textarea");
      if (event.key !== "/" || event.ctrlKey || event.altKey || event.metaKey || typing) return;
      event.preventDefault();
      field.focus();
      field.select();
    });
  };
  const known = ["medium", "large", "elder"];
  const read = () => { try { return localStorage.getItem("gazette-size"); } catch { return null; } };
  const keep = (size) => { try { localStorage.setItem("gazette-size", size); } catch { /* a reader may forbid it */ } };
  const size = read();
  if (known.includes(size)) root.dataset.size = size;
  document.addEventListener("DOMContentLoaded", () => {
    seek();
    document.querySelector("[data-print]")?.addEventListener("click", () => print());
    const chosen = document.getElementById(`size_${root.dataset.size || "medium"}`);
    if (chosen) chosen.checked = true;
    for (const radio of document.querySelectorAll('input[name="size"]')) {
      radio.addEventListener("change", () => {
        const value = radio.id.replace("size_", "");
        root.dataset.size = value;
        keep(value);
      });
    }
  });
})();
