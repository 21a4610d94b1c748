// Sorts and filters the ledger in the browser. Without it the ledger is a plain table with a filter by theme.
(() => {
  const form = document.querySelector("[data-ledger-tools]");
  const table = document.querySelector("table.ledger");
  if (!form || !table) return;
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const place = (name) => document.querySelector(`[data-ledger-${name}]`);
  const [shown, none, chosen] = ["shown", "none", "chosen"].map(place);
  const language = document.documentElement.lang;
  // capitals and small letters, full width and half, curly apostrophes and straight ones are the same to a reader, and
  // marks between words do not count
  const fold = (text) => text.normalize("NFKC").replace(/’/g, "'").replace(/[^\p{L}\p{M}\p{N}'_-]+/gu, " ").toLocaleLowerCase(language);
  const signatories = new Map([...form.elements.unit.options].map((option) => [option.value, option.dataset.words ?? ""]));
  const words = (row) => [row.textContent, row.id, row.dataset.words, signatories.get(row.dataset.unit)].join(" ");
  const texts = new Map(rows.map((row) => [row, fold(words(row))]));
  const fields = ["unit", "theme", "status", "deadline", "check"];

  // The row that the address names is shown, whatever the filters say, until the reader chooses others.
  const named = () => {
    try { return decodeURIComponent(location.hash.slice(1)); } catch { return ""; }
  };
  // What is chosen, in words, for paper: there the form is gone.
  const told = () => [...form.elements].filter((field) => field.name && field.value).map((field) => {
    const label = field.labels[0].querySelector("span").textContent;
    const value = field.selectedOptions ? field.selectedOptions[0].textContent.replace(/ \(\d+\)$/, "") : `“${field.value}”`;
    return `${label} ${value}`;
  });
  const update = (id) => {
    const data = new FormData(form);
    const asked = fold(data.get("q") || "").split(" ").filter(Boolean);
    let count = 0;
    for (const row of rows) {
      const fits =
        asked.every((word) => texts.get(row).includes(word)) &&
        fields.every((name) => !data.get(name) || row.dataset[name].split(" ").includes(data.get(name)));
      row.hidden = !fits && row.id !== id;
      if (!row.hidden) count += 1;
    }
    shown.textContent = shown.dataset.words.replace("{n}", count).replace("{total}", rows.length);
    none.hidden = count > 0;
    chosen.hidden = told().length === 0;
    table.tFoot.hidden = !chosen.hidden; // it counts all pledges
    chosen.textContent = `${chosen.dataset.words}${[...told(), shown.textContent].join(" · ")}`;
    const query = new URLSearchParams([...data].filter(([, value]) => value));
    const address = (query.size ? `?${query}` : location.pathname) + (id ? `#${encodeURIComponent(id)}` : "");
    try { history.replaceState(null, "", address); } catch { /* opened from disk */ }
    query.delete("q"); // a word of one language is none of another; all else is the same there
    for (const link of document.querySelectorAll("a.lang")) link.search = query;
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
  place("plain")?.remove();
  form.hidden = false;
  restore();
  form.addEventListener("input", choose);
  form.addEventListener("reset", () => setTimeout(choose));
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", arrive);
  arrive();
})();
