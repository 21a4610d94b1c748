// Takes the rows of the ledger that are shown along as a table, made here: it works from disk, and nothing is sent. The
// columns are those of data/pledges.csv that the page knows.
(() => {
  const table = document.querySelector("table.ledger");
  if (!table) return;
  const { language, asOf } = table.dataset;
  const when = (row) => row.querySelector(".ledger__when").dataset;
  const columns = {
    id: (row) => row.id,
    unit: (row) => row.dataset.unit,
    [`unit_name_${language}`]: (row) => document.querySelector(`#of_${row.dataset.unit} a`).textContent.trim(),
    [`title_${language}`]: (row) => row.querySelector(".ledger__title").textContent.trim(),
    themes: (row) => row.dataset.theme.replaceAll(" ", ";"),
    checkable: (row) => row.dataset.check,
    deadline_kind: (row) => row.dataset.deadline,
    deadline: (row) => when(row).stated ?? row.dataset.deadline,
    deadline_first: (row) => when(row).first ?? "",
    deadline_last: (row) => when(row).sort ?? "",
    status: (row) => row.dataset.status.split(" ")[0],
    alert: (row) => row.dataset.status.split(" ").slice(1).join(";"),
    ...(table.querySelector(".ledger__numbers") && { numbers: (row) => row.querySelector(".ledger__numbers").dataset.sort }),
    as_of: () => asOf,
  };
  const rows = () => [...table.querySelectorAll("tbody tr[id]")].filter((row) => !row.hidden);
  const cells = () => [Object.keys(columns), ...rows().map((row) => Object.values(columns).map((read) => read(row)))];

  /** A text that no spreadsheet runs as a formula, as in the CSV files of the site. */
  const harmless = (text) => (/^'*[=+\-@＝＋－＠\t\r\n]/.test(text) ? `'${text}` : text);
  const quoted = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const csv = () => ["\ufeff", ...cells().map((row) => `${row.map((cell) => quoted(harmless(cell))).join(",")}\r\n`)];

  const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const cell = (text) => `<c t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;
  const sheet = () => cells().map((row) => `<row>${row.map(cell).join("")}</row>`).join("");
  const [main, office, packages] = ["spreadsheetml/2006/main", "officeDocument/2006/relationships", "package/2006"]
    .map((name) => `http://schemas.openxmlformats.org/${name}`);
  const part = (name) => `application/vnd.openxmlformats-officedocument.spreadsheetml.${name}+xml`;
  const relation = (kind, target) => `<Relationships xmlns="${packages}/relationships"><Relationship Id="r1" Type="${office}/${kind}" Target="${target}"/></Relationships>`;
  /** The parts of a workbook with one sheet (ECMA-376), all cells of which are texts: none is a formula. */
  const book = () => ({
    "[Content_Types].xml": `<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${part("sheet.main")}"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${part("worksheet")}"/></Types>`,
    "_rels/.rels": relation("officeDocument", "xl/workbook.xml"),
    "xl/workbook.xml": `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="pledges" sheetId="1" r:id="r1"/></sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": relation("worksheet", "worksheets/sheet1.xml"),
    "xl/worksheets/sheet1.xml": `<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView></sheetViews><sheetData>${sheet()}</sheetData></worksheet>`,
  });

  const checksums = Array.from({ length: 256 }, (_, n) => {
    for (let bit = 0; bit < 8; bit += 1) n = n & 1 ? (n >>> 1) ^ 0xedb88320 : n >>> 1;
    return n;
  });
  const checksum = (bytes) => ~bytes.reduce((sum, byte) => checksums[(sum ^ byte) & 0xff] ^ (sum >>> 8), -1);
  /** Numbers as bytes, the least first: `[value, width]` each. */
  const bytes = (...numbers) => Uint8Array.from(numbers.flatMap(([value, width]) => Array.from({ length: width }, (_, n) => (value >>> (8 * n)) & 0xff)));
  /** Texts by name as a ZIP archive whose files are stored as they are (APPNOTE 4.3), of 1 January 1980. */
  const archive = (files) => {
    const [written, index] = [[], []];
    let at = 0;
    for (const [path, text] of Object.entries(files)) {
      const [name, data] = [path, `<?xml version="1.0" encoding="UTF-8"?>${text}`].map((each) => new TextEncoder().encode(each));
      const facts = [[20, 2], [0x800, 2], [0, 2], [0x210000, 4], [checksum(data), 4], [data.length, 4], [data.length, 4], [name.length, 2]];
      index.push(bytes([0x02014b50, 4], [20, 2], ...facts, [0, 2], [0, 2], [0, 2], [0, 2], [0, 4], [at, 4]), name);
      written.push(bytes([0x04034b50, 4], ...facts, [0, 2]), name, data);
      at += 30 + name.length + data.length;
    }
    const size = index.reduce((sum, each) => sum + each.length, 0);
    const n = index.length / 2;
    return [...written, ...index, bytes([0x06054b50, 4], [0, 2], [0, 2], [n, 2], [n, 2], [size, 4], [at, 4], [0, 2])];
  };

  const forms = {
    csv: () => new Blob(csv(), { type: "text/csv;charset=utf-8" }),
    xlsx: () => new Blob(archive(book()), { type: part("sheet") }),
  };
  for (const button of document.querySelectorAll("[data-ledger-take]")) {
    button.addEventListener("click", () => {
      const ending = button.dataset.ledgerTake;
      const href = URL.createObjectURL(forms[ending]());
      Object.assign(document.createElement("a"), { href, download: `pledges-${rows().length}.${ending}` }).click();
      setTimeout(() => URL.revokeObjectURL(href), 60_000);
    });
  }
})();
