// Filters, sorts and folds the ledger in the browser. Without it the ledger is a plain table in groups by unit, all open,
// with a filter by theme.
(() => {
  const form = document.querySelector("[data-ledger-tools]");
  const table = document.querySelector("table.ledger");
  if (!form || !table) return;
  const place = (name) => document.querySelector(`[data-ledger-${name}]`);
  const [shown, none, chosen, foldAll] = ["shown", "none", "chosen", "fold"].map(place);
  const fields = form.elements;
  const language = document.documentElement.lang;
  const heads = [...table.tHead.rows[0].cells];

  // capitals and small letters, full width and half, curly apostrophes and straight ones are the same to a reader, and
  // marks between words do not count
  const fold = (text) => text.normalize("NFKC").replace(/’/g, "'").replace(/[^\p{L}\p{M}\p{N}'_-]+/gu, " ").toLocaleLowerCase(language);
  const lists = ["unit", "theme", "status", "deadline", "check"].map((name) => fields[name]);
  const options = lists.map((list) => [...list.options].map((option) => ({ option, name: option.text.replace(/ \(\d+\)$/, "") })));
  const signatories = new Map([...fields.unit.options].map((option) => [option.value, option.dataset.words ?? ""]));
  const groups = [...table.tBodies].map((body) => ({ body, head: body.rows[0], rows: [...body.rows].slice(1), open: null }));
  const rows = groups.flatMap((group) => group.rows.map((row) => ({
    row,
    group,
    words: fold([row.textContent, row.id, row.dataset.words, signatories.get(row.dataset.unit)].join(" ")),
    codes: lists.map((list) => row.dataset[list.name].split(" ")),
  })));
  const flat = table.createTBody(); // holds the rows in any other order than that of their units

  // The row that the address names is shown, whatever the filters say, until the reader chooses others.
  const named = () => {
    try { return decodeURIComponent(location.hash.slice(1)); } catch { return ""; }
  };

  /** Shows the rows that fit, and `id`; gives, for each list, how many fit all the other lists with each choice. */
  const filter = (id) => {
    const asked = fold(fields.q.value).split(" ").filter(Boolean);
    const wanted = lists.map((list) => list.value);
    const counts = lists.map(() => new Map());
    const add = (count, code) => count.set(code, (count.get(code) ?? 0) + 1);
    for (const { row, words, codes } of rows) {
      const misses = [...wanted.keys()].filter((at) => wanted[at] && !codes[at].includes(wanted[at]));
      const found = asked.every((word) => words.includes(word));
      row.hidden = !(found && !misses.length) && row.id !== id;
      if (!found || misses.length > 1) continue;
      counts.forEach((count, at) => misses.some((miss) => miss !== at) || ["", ...codes[at]].forEach((code) => add(count, code)));
    }
    return counts;
  };

  /** Writes beside each choice what it would leave. One that leaves nothing cannot be made, but stays to be read. */
  const count = (counts) => options.forEach((some, at) => some.forEach(({ option, name }) => {
    const n = counts[at].get(option.value) ?? 0;
    option.text = `${name} (${n})`;
    option.disabled = n === 0 && !option.selected;
  }));

  let order = "";
  /** Puts the rows in the order that is chosen: in groups by unit, or all together. */
  const sort = () => {
    if (fields.sort.value === order) return;
    order = fields.sort.value;
    const [, back, key] = /^(-?)(.*)$/.exec(order);
    table.classList.toggle("is-flat", key !== "");
    heads.forEach((head) => head.removeAttribute("aria-sort"));
    if (!key) return groups.forEach((group) => group.body.append(...group.rows));
    const head = heads.find((each) => each.dataset.key === key);
    head.setAttribute("aria-sort", back ? "descending" : "ascending");
    const at = lists.findIndex((list) => list.name === key && key !== "deadline"); // a deadline is a day, not a kind
    const places = at < 0 ? null : new Map(options[at].map(({ option }, n) => [option.value, String(n)]));
    const value = ({ row, codes }) => {
      const cell = row.cells[head.cellIndex];
      return places ? places.get(codes[at][0]) ?? "" : cell.dataset.sort ?? cell.textContent.trim();
    };
    const compare = new Intl.Collator(language, { numeric: true }).compare;
    const sorted = rows.map((each) => ({ row: each.row, value: value(each) }));
    // what has no value stands last in either direction
    sorted.sort((a, b) => !a.value - !b.value || (back ? compare(b.value, a.value) : compare(a.value, b.value)));
    flat.append(...sorted.map(({ row }) => row));
  };

  // Where rows are lists (a phone, very large letters), many of them begin folded.
  let asLists = table.tHead.offsetWidth < 2;
  /** Folds groups, hides those of which nothing is shown, and says how much of each is. */
  const group = () => {
    const total = rows.filter(({ row }) => !row.hidden).length;
    const open = !asLists || total <= 40;
    for (const each of groups) {
      const n = each.rows.filter((row) => !row.hidden).length;
      const isOpen = each.open ?? open;
      each.body.hidden = n === 0 || order !== "";
      each.body.classList.toggle("is-folded", !isOpen);
      each.button.ariaExpanded = isOpen;
      each.count.textContent = n === each.rows.length ? each.words : said(n, each.rows.length);
    }
    const words = foldAll.dataset;
    foldAll.textContent = groups.some((each) => !each.body.hidden && (each.open ?? open)) ? words.fold : words.open;
    foldAll.hidden = order !== "";
  };

  const said = (n, total) => shown.dataset.words.replace("{n}", n).replace("{total}", total);
  // What is chosen, in words, for paper: there the form is gone.
  const told = () => [...fields].filter((field) => field.name && field.value).map((field) => {
    const label = field.labels[0].querySelector("span").textContent;
    const at = lists.indexOf(field);
    const value = at >= 0 ? options[at][field.selectedIndex].name : field.selectedOptions?.[0].text ?? `“${field.value}”`;
    return `${label}${chosen.dataset.colon}${value}`;
  });

  const update = (id) => {
    count(filter(id));
    sort();
    group();
    const n = rows.filter(({ row }) => !row.hidden).length;
    shown.textContent = said(n, rows.length);
    none.hidden = n > 0;
    const choices = told();
    chosen.hidden = choices.length === 0;
    table.tFoot.hidden = !chosen.hidden; // it counts all pledges
    chosen.textContent = [shown.textContent, ...choices].join(" · ");
    const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
    const address = (query.size ? `?${query}` : location.pathname) + (id ? `#${encodeURIComponent(id)}` : "");
    try { history.replaceState(null, "", address); } catch { /* opened from disk */ }
    query.delete("q"); // a word of one language is none of another; all else is the same there
    for (const link of document.querySelectorAll("a.lang")) link.search = query;
  };
  const choose = () => update("");
  const arrive = () => {
    const id = named();
    const there = rows.find(({ row }) => row.id === id);
    if (there) there.group.open = true;
    update(id);
    document.getElementById(id)?.scrollIntoView({ behavior: "instant" });
  };
  const restore = () => {
    for (const [name, value] of new URLSearchParams(location.search)) {
      const field = fields.namedItem(name);
      if (!field?.name) continue;
      field.value = value;
      if (field.selectedIndex < 0) field.selectedIndex = 0; // a choice that there is no more
    }
  };

  for (const each of groups) {
    const name = each.head.querySelector("a").textContent;
    const button = document.createElement("button");
    each.count = each.head.querySelector(".ledger__count");
    each.words = each.count.textContent;
    each.button = button;
    button.type = "button";
    button.className = "ledger__fold";
    each.count.replaceWith(button);
    button.append(Object.assign(document.createElement("span"), { className: "vh", textContent: `${name}${chosen.dataset.colon}` }), each.count);
    button.addEventListener("click", () => {
      each.open = each.body.classList.contains("is-folded");
      group();
    });
  }
  foldAll.dataset.fold = foldAll.textContent;
  foldAll.addEventListener("click", () => {
    const open = foldAll.textContent === foldAll.dataset.open;
    groups.forEach((each) => { each.open = open; });
    group();
  });
  for (const head of heads) {
    if (head.dataset.key === "unit") continue; // the order in groups
    const button = document.createElement("button");
    button.type = "button";
    button.className = "ledger__sort";
    button.append(...head.childNodes);
    button.addEventListener("click", () => { // up, down, and back to the groups
      const key = head.dataset.key;
      fields.sort.value = { [key]: `-${key}`, [`-${key}`]: "" }[order] ?? key;
      choose();
    });
    head.append(button);
  }
  // heads that are not seen cannot be pressed: there the list in the form sorts
  new ResizeObserver(() => {
    asLists = table.tHead.offsetWidth < 2;
    for (const head of heads) for (const button of head.children) button.disabled = asLists;
    group();
  }).observe(table.tHead);

  // what makes tables of the rows is loaded when somebody asks for one
  const tables = place("tables");
  tables.addEventListener("click", (event) => {
    const script = Object.assign(document.createElement("script"), { src: tables.dataset.ledgerTables });
    script.addEventListener("load", () => event.target.click());
    document.head.append(script);
  }, { once: true });

  place("plain")?.remove();
  form.hidden = false;
  restore();
  form.addEventListener("input", choose);
  form.addEventListener("reset", () => setTimeout(choose));
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", arrive);
  arrive();
})();
