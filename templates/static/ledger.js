// Filters, sorts and folds the ledger in the browser. Without it the ledger is a plain table in groups by unit, all open,
// with a filter by theme; that of a large city is in parts, each on a page of its own.
(function ledger() {
  const form = document.querySelector("[data-ledger-tools]");
  const table = document.querySelector("table.ledger");
  if (!form || !table) return;
  const place = (name) => document.querySelector(`[data-ledger-${name}]`);

  // In the table of a vast city the units are not even named: their names are fetched when somebody begins, or at once
  // where the address asks for something. Then this begins once more.
  if ("heads" in table.dataset) {
    const line = place("begin");
    const told = line.querySelector("span");
    window.gazetteLedger = (_, heads) => {
      [...table.tBodies].forEach((body, at) => body.insertAdjacentHTML("afterend", heads[at + 1]));
      delete table.dataset.heads;
    };
    const begin = (asked) => {
      table.ariaBusy = true;
      told.textContent = line.dataset.loading;
      const failed = () => {
        table.ariaBusy = false;
        told.textContent = line.dataset.failed;
      };
      const done = () => {
        table.ariaBusy = false;
        line.remove();
        ledger();
        if (asked) form.elements.q.focus();
      };
      document.head.append(Object.assign(document.createElement("script"), { src: "ledger-0.js", onload: done, onerror: failed }));
    };
    line.hidden = false;
    line.querySelector("button").addEventListener("click", begin);
    if (location.search || location.hash && !document.querySelector(":target")) begin();
    return;
  }

  const [shown, none, chosen, foldAll, tables] = ["shown", "none", "chosen", "fold", "tables"].map(place);
  const fields = form.elements;
  const language = document.documentElement.lang;
  const heads = [...table.tHead.rows[0].cells];
  const collator = new Intl.Collator(language, { numeric: true });

  // capitals and small letters, full width and half, curly apostrophes and straight ones are the same to a reader, and
  // marks between words do not count
  const fold = (text) => text.normalize("NFKC").replace(/’/g, "'").replace(/[^\p{L}\p{M}\p{N}'_-]+/gu, " ").toLocaleLowerCase(language);
  const lists = ["unit", "theme", "status", "deadline", "check"].map((name) => fields[name]);

  // ── the rows ──
  const read = (group, row) => {
    row.dataset.unit = group.id;
    return { row, group, codes: lists.map(({ name }) => row.dataset[name].split(" ")) };
  };
  let part = "";
  const groups = [...table.tBodies].flatMap((body) => {
    const link = body.rows[0].querySelector("a");
    if (!body.id) { // the head of a part
      part = link.href.match(/(\d+)\.html$/)[1];
      body.hidden = true;
      return [];
    }
    const group = { body, part, link, id: body.id.replace("of_", ""), name: link.textContent, open: null };
    group.rows = [...body.rows].slice(1).map((row) => read(group, row));
    group.n = Number(body.dataset.n ?? group.rows.length);
    fields.unit.add(new Option(`${group.name} (${group.n})`, group.id));
    return [group];
  });
  const of = new Map(groups.map((group) => [group.id, group]));
  const all = () => groups.flatMap((group) => group.rows);
  const total = groups.reduce((sum, group) => sum + group.n, 0);
  const flat = table.createTBody(); // holds the rows in any other order than that of their units
  const options = lists.map((list) => [...list.options].map((option) => ({ option, name: option.text.replace(/ \(\d+\)$/, "") })));

  // What is looked through and not shown comes in parts, by <script>, which works from disk too; and so do the rows of a
  // large city.
  const numbers = table.dataset.parts.split(" ");
  const inParts = "inParts" in table.dataset;
  const lacking = new Set(inParts ? numbers : []); // parts whose rows are not there
  const words = new Map();
  const promised = new Map();
  window.gazetteLedger = (number, texts) => {
    for (const line of texts.words.split("\n")) words.set(...line.split("\t"));
    const found = document.createElement("template");
    found.innerHTML = `<table>${texts.rows ?? ""}</table>`;
    for (const { id, rows } of found.content.querySelectorAll("tbody")) {
      const group = of.get(id.replace("of_", ""));
      group.rows = [...rows].slice(1).map((row) => read(group, row));
      group.body.append(...group.rows.map(({ row }) => row));
    }
    lacking.delete(`${number}`);
  };
  const load = (number) => {
    if (!promised.has(number)) {
      promised.set(number, new Promise((done, failed) => {
        const script = Object.assign(document.createElement("script"), { src: `ledger-${number}.js`, onload: done });
        script.onerror = () => { promised.delete(number); failed(); };
        document.head.append(script);
      }));
    }
    return promised.get(number);
  };
  /** Whether some parts came; until then the table is busy, and what they are wanted for has to wait. */
  const fetched = async (some) => {
    table.ariaBusy = true;
    shown.textContent = shown.dataset.loading;
    try {
      await Promise.all(some.map(load));
      return true;
    } catch {
      shown.textContent = shown.dataset.failed;
      return false;
    } finally {
      table.ariaBusy = false;
    }
  };

  // ── what is shown of them ──
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
    for (const each of all()) {
      const { row, group, codes } = each;
      if (asked.length) each.words ??= fold([row.textContent, row.id, group.name, words.get(row.id), words.get(group.id)].join(" "));
      const misses = [...wanted.keys()].filter((at) => wanted[at] && !codes[at].includes(wanted[at]));
      const found = asked.every((word) => each.words.includes(word));
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

  /** Makes the column of units, which says something only where they are not in groups. */
  const addUnits = () => {
    const name = fields.unit.labels[0].querySelector("span").textContent;
    table.querySelector("col").after(Object.assign(document.createElement("col"), { className: "col-unit" }));
    heads[0].after(Object.assign(document.createElement("th"), { scope: "col", className: "unit-name", textContent: name }));
  };

  let order = "";
  /** Puts the rows in the order that is chosen: in groups by unit, or all together, each with its unit. */
  const sort = () => {
    if (fields.sort.value === order) return;
    order = fields.sort.value;
    const [, back, key] = /^(-?)(.*)$/.exec(order);
    table.classList.toggle("is-flat", key !== "");
    heads.forEach((head) => head.removeAttribute("aria-sort"));
    if (!key) return groups.forEach((group) => group.body.append(...group.rows.map(({ row }) => row)));
    if (!table.querySelector("th.unit-name")) addUnits();
    const head = heads.find((each) => each.dataset.key === key);
    head.setAttribute("aria-sort", back ? "descending" : "ascending");
    const at = lists.findIndex((list) => list.name === key && key !== "deadline"); // a deadline is a day, not a kind
    const places = at < 0 ? null : new Map(options[at].map(({ option }, n) => [option.value, String(n)]));
    const value = ({ row, codes }) => {
      const cell = row.cells[head.cellIndex];
      return places ? places.get(codes[at][0]) ?? "" : cell.dataset.sort ?? (key === "deadline" ? "" : cell.textContent.trim());
    };
    const sorted = all().map((each) => {
      if (!each.unit) {
        each.unit = Object.assign(document.createElement("td"), { className: "unit-name" });
        each.unit.append(each.group.link.cloneNode(true));
        each.row.cells[0].after(each.unit);
      }
      return { row: each.row, value: value(each) };
    });
    // what has no value stands last in either direction
    sorted.sort((a, b) => !a.value - !b.value || (back ? collator.compare(b.value, a.value) : collator.compare(a.value, b.value)));
    flat.append(...sorted.map(({ row }) => row));
  };

  const left = () => (lacking.size ? total : all().filter(({ row }) => !row.hidden).length);
  // Many rows begin folded: where they are lists (a phone, very large letters), and in a large city.
  let asLists = table.tHead.offsetWidth < 2;
  /** Folds groups, hides those of which nothing is shown, and says how much of each is. */
  const group = () => {
    const few = !lacking.size && left() <= (asLists ? 40 : inParts ? 200 : Infinity);
    const isOpen = (each) => !lacking.has(each.part) && (each.open ?? (each.named || few));
    for (const each of groups) {
      const n = lacking.has(each.part) ? each.n : each.rows.filter(({ row }) => !row.hidden).length;
      const open = isOpen(each);
      each.body.hidden = n === 0 || order !== "";
      each.body.classList.toggle("is-folded", !open);
      each.button.ariaExpanded = open;
      each.count.textContent = n === each.n ? each.words : said(n, each.n);
    }
    const told = foldAll.dataset;
    foldAll.textContent = groups.some((each) => !each.body.hidden && isOpen(each)) ? told.fold : told.open;
    foldAll.hidden = order !== "";
  };

  const said = (n, of) => shown.dataset.words.replace("{n}", n).replace("{total}", of);
  // What is chosen, in words, for paper: there the form is gone.
  const told = () => [...fields].filter((field) => field.name && field.value).map((field) => {
    const label = field.labels[0].querySelector("span").textContent;
    const at = lists.indexOf(field);
    const value = at >= 0 ? options[at][field.selectedIndex].name : field.selectedOptions?.[0].text ?? `“${field.value}”`;
    return `${label}${chosen.dataset.colon}${value}`;
  });

  /** Keeps in the address what is chosen and what a reader folded and opened: all groups, or some. */
  const keep = (id) => {
    const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
    for (const [name, open] of [["open", true], ["fold", false]]) {
      const some = groups.filter((each) => each.open === open);
      if (some.length) query.set(name, some.length === groups.length ? "all" : some.map((each) => each.id));
    }
    const text = `${query}`.replaceAll("%2C", ",");
    const address = (text ? `?${text}` : location.pathname) + (id ? `#${encodeURIComponent(id)}` : "");
    try { history.replaceState(null, "", address); } catch { /* opened from disk */ }
    query.delete("q"); // a word of one language is none of another; all else is the same there
    for (const link of document.querySelectorAll("a.lang")) link.search = `${query}`.replaceAll("%2C", ",");
  };

  let turn = 0;
  /** Shows what is chosen, once all is there that this needs: the rows of all units, and what is looked through. */
  const update = async (id = "") => {
    const now = (turn += 1);
    keep(id);
    const choices = told();
    const open = groups.filter((each) => each.open || each.named).map((each) => each.part);
    const wanted = [...lacking].filter((number) => choices.length || open.includes(number));
    if (fields.q.value) wanted.push(...numbers.filter((number) => !promised.has(number)));
    if (wanted.length && (!await fetched(wanted) || now !== turn)) return;
    const counts = filter(id);
    if (!lacking.size) count(counts);
    sort();
    group();
    const n = left();
    shown.textContent = said(n, total);
    none.hidden = n > 0;
    chosen.hidden = choices.length === 0;
    table.tFoot.hidden = !chosen.hidden; // it counts all pledges
    chosen.textContent = [shown.textContent, ...choices].join(" · ");
  };
  const choose = () => update();
  const arrive = async () => {
    const id = named();
    for (const each of groups) each.named = id.startsWith(`${each.id}-`) && /^\d+$/.test(id.slice(each.id.length + 1));
    await update(groups.some((each) => each.named) ? id : "");
    document.getElementById(id)?.scrollIntoView({ behavior: "instant" });
  };
  const restore = () => {
    for (const [name, value] of new URLSearchParams(location.search)) {
      const field = fields.namedItem(name);
      if (name === "open" || name === "fold") {
        for (const each of groups) if (value === "all" || value.split(",").includes(each.id)) each.open = name === "open";
      }
      if (!field?.name) continue;
      field.value = value;
      if (field.selectedIndex < 0) field.selectedIndex = 0; // a choice that there is no more
    }
  };

  // ── what a reader can press ──
  for (const each of groups) {
    const button = document.createElement("button");
    each.count = each.body.querySelector(".ledger__count");
    each.words = each.count.textContent;
    each.button = button;
    button.type = "button";
    button.className = "ledger__fold";
    each.count.replaceWith(button);
    button.append(Object.assign(document.createElement("span"), { className: "vh", textContent: `${each.name}${chosen.dataset.colon}` }), each.count);
    button.addEventListener("click", () => {
      each.open = each.body.classList.contains("is-folded");
      update(named());
    });
  }
  foldAll.dataset.fold = foldAll.textContent;
  foldAll.addEventListener("click", () => {
    const open = foldAll.textContent === foldAll.dataset.open;
    groups.forEach((each) => { each.open = open; });
    update(named());
  });
  for (const head of heads) {
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

  // what makes tables of the rows is loaded when somebody asks for one, and so are the rows
  tables.addEventListener("click", async (event) => {
    const isMade = tables.dataset.made !== undefined;
    if (!event.target.matches("button") || isMade && !lacking.size) return;
    event.stopPropagation();
    if (lacking.size && !await fetched([...lacking])) return;
    await update(named());
    if (!isMade) {
      const script = Object.assign(document.createElement("script"), { src: tables.dataset.ledgerTables });
      await new Promise((done) => { script.onload = done; document.head.append(script); });
      tables.dataset.made = "";
    }
    event.target.click();
  }, true);

  place("plain")?.remove();
  form.hidden = false;
  restore();
  form.addEventListener("input", choose);
  form.addEventListener("reset", () => setTimeout(choose));
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", arrive);
  arrive();
})();
