// Keeps the units that are ticked in the address: a comparison can be sent, and the other language shows the same.
(() => {
  const boxes = [...document.querySelectorAll(".compare__pick input")];
  const only = document.getElementById("compare_only");
  const unit = (box) => box.id.slice("pick_".length);
  const read = () => {
    const asked = new URLSearchParams(location.search);
    const units = new Set((asked.get("units") ?? "").split(","));
    for (const box of boxes) box.checked = units.has(unit(box));
    only.checked = asked.has("only");
  };
  const write = () => {
    const units = boxes.filter((box) => box.checked).map(unit);
    const query = [...(units.length ? [`units=${units.join(",")}`] : []), ...(only.checked ? ["only"] : [])].join("&");
    try { history.replaceState(null, "", (query ? `?${query}` : location.pathname) + location.hash); } catch { /* from disk */ }
    for (const link of document.querySelectorAll("a.lang")) link.search = query;
  };
  read();
  write();
  for (const box of [...boxes, only]) box.addEventListener("change", write);
})();
