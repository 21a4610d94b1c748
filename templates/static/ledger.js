// Sorts and filters the ledger in the browser. Without it the ledger is a plain table with a filter by theme.
(() => {
  const form = document.querySelector("[data-ledger-tools]");
  const table = document.querySelector("table.ledger");
  if (!form || !table) return;
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const shown = document.querySelector("[data-ledger-shown]");
  const language = document.documentElement.lang;
  const fold = (text) => text.normalize("NFKC").toLocaleLowerCase(language);
  const texts = new Map(rows.map((row) => [row, fold(row.textContent + " " + row.id)]));
  const fields = ["unit", "status", "deadline", "check"];

  // The row that the address names is shown, whatever the filters say, until the reader chooses others.
  const named = () => {
    try { return decodeURIComponent(location.hash.slice(1)); } catch { return ""; }
  };
  const update = (id) => {
    const data = new FormData(form);
    const words = fold(data.get("q") || "").split(/\s+/).filter(Boolean);
    let count = 0;
    for (const row of rows) {
      const fits =
        words.every((word) => texts.get(row).includes(word)) &&
        (!data.get("theme") || row.dataset.themes.split(" ").includes(data.get("theme"))) &&
        fields.every((name) => !data.get(name) || row.dataset[name] === data.get(name));
      row.hidden = !fits && row.id !== id;
      if (!row.hidden) count += 1;
    }
    if (shown) shown.textContent = shown.dataset.words.replace("{n}", count).replace("{total}", rows.length);
    const query = new URLSearchParams([...data].filter(([, value]) => value)).toString();
    const address = (query ? `?${query}` : location.pathname) + (id ? `#${encodeURIComponent(id)}` : "");
    try { history.replaceState(null, "", address); } catch { /* opened from disk */ }
  };
  const choose = () => update("");
  const arrive = () => {
    const id = named();
    update(id);
    document.getElementById(id)?.scrollIntoView({ behavior: "instant" });
  };

  const restore = () => {
    for (const [name, value] of new URLSearchParams(location.search)) {
      const field = form.elements.namedItem(name);
      if (field) field.value = value;
    }
  };

  const sort = (button) => {
    const cell = button.closest("th");
    const column = cell.cellIndex;
    const descending = cell.getAttribute("aria-sort") === "ascending";
    for (const other of cell.parentNode.cells) other.removeAttribute("aria-sort");
    cell.setAttribute("aria-sort", descending ? "descending" : "ascending");
    const collate = new Intl.Collator(language, { numeric: true }).compare;
    const value = (row) => row.cells[column].dataset.sort ?? row.cells[column].textContent.trim();
    const order = [...rows].sort((a, b) => collate(value(a), value(b)) || rows.indexOf(a) - rows.indexOf(b));
    body.append(...(descending ? order.reverse() : order));
  };

  for (const cell of table.tHead.rows[0].cells) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "ledger__sort";
    button.append(...cell.childNodes);
    button.addEventListener("click", () => sort(button));
    cell.append(button);
  }
  document.querySelector("[data-ledger-plain]")?.remove();
  form.hidden = false;
  restore();
  form.addEventListener("input", choose);
  form.addEventListener("reset", () => setTimeout(choose));
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", arrive);
  arrive();
})();
