// Opens an explanation where its term stands. Without it, or where the glossary cannot be read, a term is a link there.
(() => {
  const { close, more } = document.currentScript.dataset;
  const pages = new Map(); // each page of explanations is asked for once
  let open = null;

  const read = async (address) => {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(answer.statusText);
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  };
  const explained = async (link) => {
    const [address, id] = link.href.split("#");
    if (!pages.has(address)) pages.set(address, read(address));
    const entry = (await pages.get(address)).getElementById(decodeURIComponent(id)).closest(".terms > div");
    const parts = [...entry.querySelector("dd").children].filter((part) => !part.matches(".basis:has(a)")).map((part) => document.importNode(part, true));
    for (const part of parts) for (const inner of part.querySelectorAll("a[href]")) inner.href = new URL(inner.getAttribute("href"), address).href;
    const words = [...entry.querySelector("dt").childNodes].filter((node) => node.nodeType === Node.TEXT_NODE || !node.lang);
    return [words.map((node) => node.textContent).join("").trim(), parts];
  };

  const shut = (back) => {
    if (!open) return;
    const { link, box } = open;
    open = null;
    box.remove();
    link.setAttribute("aria-expanded", "false");
    if (back) link.focus();
  };
  const element = (name, properties) => Object.assign(document.createElement(name), properties);
  const show = (link, [term, parts]) => {
    const box = element("div", { className: "definition", tabIndex: -1 });
    box.setAttribute("role", "note");
    box.setAttribute("aria-label", term);
    const head = element("p", { className: "definition__head" });
    const button = element("button", { type: "button", textContent: close });
    button.addEventListener("click", () => shut(true));
    head.append(element("b", { textContent: term }), button);
    const foot = element("p", { className: "definition__more" });
    foot.append(element("a", { href: link.href, textContent: more }));
    box.append(head, ...parts, foot);
    link.closest("p, dd, li, td, h1, h2, h3").after(box);
    link.setAttribute("aria-expanded", "true");
    open = { link, box };
    box.focus({ preventScroll: true });
    box.scrollIntoView({ block: "nearest" });
  };

  document.addEventListener("click", async (event) => {
    const link = event.target.closest?.("a.term[href*='#']");
    if (!link || link.closest(".definition") || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const again = open?.link === link;
    shut(again);
    if (again) return;
    try { show(link, await explained(link)); } catch { location.assign(link.href); } // such as a page opened from disk
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") shut(true); });
})();
