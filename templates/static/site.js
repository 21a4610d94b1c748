// Remembers the reader's choice of text size. Everything works without it.
(() => {
  const root = document.documentElement;
  const known = ["medium", "large", "elder"];
  const read = () => { try { return localStorage.getItem("gazette-size"); } catch { return null; } };
  const keep = (size) => { try { localStorage.setItem("gazette-size", size); } catch { /* a reader may forbid it */ } };
  const size = read();
  if (known.includes(size)) root.dataset.size = size;
  document.addEventListener("DOMContentLoaded", () => {
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
