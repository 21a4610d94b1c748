// Looks up what a reader types in the index of a language. All files are loaded by <script>, which works from disk too.
(() => {
  const base = new URL("../", document.currentScript.src);
  const files = (window.gazetteSearch = {});
  const promised = new Map();
  let turns = 0;
  // A release came meanwhile, and what was loaded does not fit with it: all is asked for again, past what is kept here.
  const forget = () => { promised.clear(); turns += 1; };
  const load = (name) => {
    if (!promised.has(name)) {
      promised.set(name, new Promise((done, failed) => {
        const script = document.createElement("script");
        script.src = new URL(`${name}.js${turns ? `?again=${turns}` : ""}`, base);
        script.onload = () => done(files[name]);
        script.onerror = () => { promised.delete(name); failed(new Error(name)); };
        document.head.append(script);
      }));
    }
    return promised.get(name);
  };

  // ── tokens, as gazette/searching/tokens.py makes them ──
  const HAN = "\\u3005\\u3007\\u3041-\\u30ff\\u3400-\\u9fff\\u{20000}-\\u{3ffff}";
  const LETTERS = "0-9a-z\\u00df-\\u02ff\\u0370-\\u1fff\\u2c00-\\u2dff\\ua640-\\uabff";
  const RUN = new RegExp(`([${HAN}]+)|([${LETTERS}]+)`, "gu");
  const fold = (text) =>
    text.normalize("NFKD").toLowerCase().replace(/['’ʼ\u0300-\u036f]/gu, "").replace(/([0-9])[.,](?=[0-9])/g, "$1");
  const stem = (settings, word) => {
    if (settings.passed_over.includes(word)) return "";
    if (!/^[a-z]+$/.test(word)) return word;
    let best = ["", ""];
    for (const pair of settings.endings) {
      if (word.endsWith(pair[0]) && word.length >= pair[0].length + 3 && pair[0].length > best[0].length) best = pair;
    }
    return word.slice(0, word.length - best[0].length) + best[1];
  };
  const tokens = (settings, text) => {
    const found = [];
    for (const [, han, word] of fold(text).matchAll(RUN)) {
      const signs = [...(han ?? "")];
      if (word) found.push(stem(settings, word));
      else if (signs.length === 1) found.push(han);
      else for (let n = 1; n < signs.length; n += 1) found.push(signs[n - 1] + signs[n]);
    }
    return found.filter(Boolean);
  };
  const place = (name, parts) => {
    let sum = -1;
    for (const byte of new TextEncoder().encode(name)) {
      sum ^= byte;
      for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (0xedb88320 & -(sum & 1));
    }
    return (~sum >>> 0) % parts;
  };
  files.tokens = tokens;
  files.place = place;

  // ── ranking ──
  const WORTH = { unit: 1.4, programme: 1.25, theme: 1.25, term: 1.2, pledge: 1, notice: 1, page: 0.9 };
  const kind = (key, number) => {
    const [name, reference] = key.split(":"); // a unit is known by its position alone
    return reference ? name : number ? "pledge" : "unit";
  };
  // Where a token stands in a shard: unit or reference, number, weight. What begins with it counts for less.
  const postings = (shard, token) => {
    const found = [];
    const whole = token.length < 4 || !/^[0-9a-z]+$/.test(token);
    for (const line of shard.split("\n")) {
      const [key, ...entries] = line.split(" ");
      for (const entry of entries) {
        if (!entry.startsWith(token)) continue;
        const name = entry.match(/^[^A-I]+/)[0];
        if (name !== token && whole) continue;
        const part = token.length / name.length;
        for (const [, letter, number] of entry.slice(name.length).matchAll(/([A-I])([0-9a-z]+)/g)) {
          found.push({ key, number: parseInt(number, 36), weight: (letter.charCodeAt(0) - 64) * part * part });
        }
      }
    }
    return found;
  };
  const rank = (asked, lists) => {
    const records = new Map();
    const names = new Map();
    const add = (id, key, number, n, worth) => {
      const own = records.get(id) ?? { key, number, worths: [] };
      own.worths[n] = Math.max(own.worths[n] ?? 0, worth);
      records.set(id, own);
    };
    lists.forEach((list, n) => {
      const rare = 10 / (3 + Math.log2(1 + list.length));
      for (const { key, number, weight } of list) {
        const named = weight > 2 ? WORTH[kind(key, number)] ?? 1 : 1; // a text can say anything; a name is what is meant
        add(`${key} ${number}`, key, number, n, weight * rare * named);
        if (number === 0 && weight > 2) names.set(key, [...(names.get(key) ?? []), [n, weight * rare]]);
      }
    });
    for (const [id, own] of records) { // a pledge goes by the names of its unit too
      if (own.number > 0) for (const [n, worth] of names.get(own.key) ?? []) add(id, own.key, own.number, n, worth);
    }
    const found = [...records.values()].map((own) => {
      const matched = own.worths.filter(Boolean);
      const sum = matched.reduce((a, b) => a + b, 0);
      const whole = matched.length / asked.length;
      return { ...own, kind: kind(own.key, own.number), whole, score: sum * whole * whole };
    });
    const most = Math.max(0, ...found.map((own) => own.whole));
    return found.filter((own) => own.whole >= most * 0.6)
      .sort((a, b) => b.score - a.score || (a.key < b.key ? -1 : a.key > b.key ? 1 : a.number - b.number));
  };
  // Of many pairs of neighbours so many that each character is in one of them: a long question costs half.
  const covering = (all) => {
    const overlap = (one, next) => new RegExp(`^[${HAN}]{2}$`, "u").test(one) && next !== undefined && [...one][1] === [...next][0];
    const found = [];
    all.forEach((token, n) => {
      const last = all[n - 1];
      if (n && found.at(-1) === last && overlap(last, token) && overlap(token, all[n + 1])) return;
      found.push(token);
    });
    return found;
  };
  // A question without the words that make it one: Han has no spaces that part them from what is asked about.
  const matter = (settings, text) => {
    const words = settings.passed_over.filter((word) => new RegExp(`^[${HAN}]+$`, "u").test(word));
    return words.sort((a, b) => b.length - a.length).reduce((rest, word) => rest.replaceAll(word, " "), text);
  };
  const search = async (language, text) => {
    const settings = await load(`${language}/search/index`);
    if (settings.format !== 1) throw new Error("a later format");
    const some = tokens(settings, matter(settings, text));
    const all = some.length ? some : tokens(settings, text);
    const many = settings.shards > 16 ? 4 : 8; // files of a small site are small
    const asked = [...new Set(all.length > many ? covering(all) : all)].slice(0, 12);
    const shards = asked.map((token) => place([...token].slice(0, 4).join(""), settings.shards));
    const loaded = await Promise.all(shards.map((shard) => load(`${language}/search/${settings.shards}-${shard}`)));
    const ranked = rank(asked, loaded.map((shard, n) => postings(shard, asked[n])));
    return { settings, language, asked: all, ranked };
  };
  // The records from one place on, with what is shown of them. Those of a site that changed meanwhile are passed over.
  const read = async ({ language, settings, ranked }, from, to) => {
    const found = await Promise.all(ranked.slice(from, to).map(async (own) => {
      const of_unit = own.kind === "unit" || own.kind === "pledge";
      const block = of_unit ? `u${own.key}-${Math.floor(own.number / 16)}` : `r${settings.blocks}-${place(own.key, settings.blocks)}`;
      const record = (await load(`${language}/search/${block}`))[of_unit ? own.number : own.key];
      return record && { ...own, address: record[0], title: record[1], beside: record[2], texts: record.slice(3) };
    }));
    return found.filter(Boolean);
  };
  files.search = search;
  files.read = read;

  // ── what is shown ──
  const WORD = new RegExp(`[${HAN}]+|(?:(?![${HAN}])[\\p{L}\\p{M}\\p{N}'’.,])+`, "gu");
  // A text in pieces, each with whether it is one of those that were asked for.
  const marked = ({ settings, asked }, text) => {
    const on = new Uint8Array(text.length);
    for (const { 0: run, index } of text.matchAll(WORD)) {
      const own = tokens(settings, run);
      const han = new RegExp(`^[${HAN}]+$`, "u").test(run);
      if (!han) {
        if (own.some((token) => asked.some((word) => token === word || (word.length > 3 && token.startsWith(word))))) {
          on.fill(1, index, index + run.replace(/[.,]+$/, "").length);
        }
      } else for (const word of asked) {
        for (let at = run.indexOf(word); at >= 0; at = run.indexOf(word, at + 1)) on.fill(1, index + at, index + at + word.length);
      }
    }
    const pieces = [];
    for (let start = 0; start < text.length;) {
      let end = start;
      while (end < text.length && on[end] === on[start]) end += 1;
      pieces.push([text.slice(start, end), on[start] === 1]);
      start = end;
    }
    return pieces;
  };
  // The first text in which something was asked for, from shortly before that on. (Its end is cut by the style sheet.)
  const excerpt = (texts) => {
    const pieces = texts.find((own) => own.some(([, is]) => is)) ?? texts[0] ?? [];
    const first = Math.max(0, pieces.findIndex(([, is]) => is));
    const before = first ? pieces[first - 1][0] : "";
    const near = before.length > 40 ? `…${before.slice(-30).replace(/^[a-z’,]* /i, "")}` : before;
    return [[near, false], ...pieces.slice(first)];
  };
  const make = (name, kind, ...inside) => {
    const element = document.createElement(name);
    if (kind) element.className = kind;
    element.append(...inside);
    return element;
  };
  const spelt = (pieces) => pieces.map(([text, is]) => (is ? make("mark", "", text) : text));
  const link = (words, address, kind = "") => Object.assign(make("a", kind, words), { href: address });
  const filled = (words, values) => words.replace(/{(\w+)}/g, (_, name) => values[name]);
  const at = (language, address) => new URL(`${language}/${address}`, base).href;
  const item = (result, own) => {
    const whole = link("", at(result.language, own.address), "found__link");
    const kind = [result.settings.words[own.kind], own.beside].filter(Boolean).join(" · ");
    whole.append(make("strong", "", ...spelt(marked(result, own.title))), make("small", "", kind));
    const text = spelt(excerpt(own.texts.map((each) => marked(result, each))));
    if (own.texts.length) whole.append(make("span", "found__text", ...text));
    return make("li", "", whole);
  };

  const attach = (form) => {
    const { language } = form.dataset;
    const field = form.elements.q;
    const find = form.closest(".find");
    const is_page = find.classList.contains("find--page");
    const status = make("p", "found__status");
    status.setAttribute("role", "status");
    const list = make("ol", "found__list");
    const more = make("p", "found__more");
    const panel = make("div", "found", status, list, more);
    panel.hidden = true;
    panel.tabIndex = -1; // what is pressed in it stays inside, also where links take no focus
    find.append(panel);
    const [step, page] = [is_page ? 10 : 6, "search.html?q="];
    let turn = 0;

    const ways = () => ["ledger", "glossary"].map((name) => document.querySelector(`.footer a[href$="${name}.html"]`)).filter(Boolean).flatMap((link) => [" ", link.cloneNode(true)]);
    // Those languages of the site in which there is more, where this one has next to nothing.
    const elsewhere = async ({ settings: { words, others }, ranked: here }, q) => {
      const found = [];
      for (const other of here.length < 3 ? others : []) {
        const { ranked } = await search(other.code, q);
        if (ranked.length > here.length && ranked[0].whole >= (here[0]?.whole ?? 0)) {
          const text = filled(words.elsewhere, { language: other.name, n: ranked.length, q });
          found.push(make("p", "", link(text, at(other.code, page + encodeURIComponent(q)))));
        }
      }
      return found;
    };
    const show = async (result, q, from, own) => {
      const { words } = result.settings;
      const total = result.ranked.length;
      const records = await read(result, from, from + step);
      const instead = await elsewhere(result, q);
      if (own !== turn) return;
      const items = records.map((record) => item(result, record));
      list.replaceChildren(...(from ? list.children : []), ...items);
      const told = total ? filled(words.found, { n: total }) : filled(words.none, { q });
      status.replaceChildren(told, ...(total ? [] : [" ", words.advice, ...ways()]));
      more.replaceChildren(...instead);
      if (total > from + step && is_page) {
        const button = make("button", "", words.more);
        button.type = "button";
        button.addEventListener("click", async () => {
          try { await show(result, q, from + step, turn); } catch { await run(); }
          list.children[from + step]?.firstChild.focus();
        });
        more.append(button);
      } else if (total > step && !is_page) {
        more.append(link(filled(words.all, { n: total }), at(language, page + encodeURIComponent(q))));
      }
    };
    const run = async () => {
      const q = field.value.trim();
      const own = (turn += 1);
      panel.hidden = !q;
      if (is_page) {
        try { history.replaceState(null, "", q ? `?q=${encodeURIComponent(q)}` : location.pathname); } catch { /* from disk */ }
      }
      if (!q) return;
      status.textContent ||= "…";
      const answer = async () => {
        const result = await search(language, q);
        if (own === turn) await show(result, q, 0, own);
      };
      try {
        await answer().catch(() => { forget(); return answer(); });
      } catch {
        if (own !== turn) return;
        status.replaceChildren(form.dataset.failed, ...ways());
        list.replaceChildren();
        more.replaceChildren();
      }
    };
    let timer;
    field.addEventListener("input", (event) => {
      clearTimeout(timer);
      if (!event.isComposing) timer = setTimeout(run, 150);
    });
    field.addEventListener("compositionend", run);
    form.addEventListener("submit", (event) => {
      if (!is_page) return;
      event.preventDefault();
      run();
    });
    find.addEventListener("keydown", (event) => {
      const links = [...panel.querySelectorAll("a, button")];
      const now = links.indexOf(document.activeElement);
      if (event.key === "Escape" && !panel.hidden && !is_page) {
        event.preventDefault();
        field.focus();
        panel.hidden = true;
      } else if (event.key === "ArrowDown" && !panel.hidden && now < links.length - 1) {
        event.preventDefault();
        links[now + 1].focus();
      } else if (event.key === "ArrowUp" && now >= 0) {
        event.preventDefault();
        (links[now - 1] ?? field).focus();
      }
    });
    if (!is_page) {
      field.addEventListener("focus", () => { if (list.children.length || field.value) panel.hidden = !field.value.trim(); });
      find.addEventListener("focusout", (event) => { if (!find.contains(event.relatedTarget)) panel.hidden = true; });
    } else {
      field.value = new URLSearchParams(location.search).get("q") ?? "";
    }
    if (field.value) run();
  };
  document.querySelectorAll("form[data-search]").forEach(attach);
})();
