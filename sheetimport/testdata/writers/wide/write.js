// node write.js: packages of npm that write more than texts, numbers and dates
const fs = require("fs");
const H = ["Influencer", "Platform", "Campaign", "Profile link", "Posting date", "End date", "Fee", "Discount code", "Discount %", "Last touch", "Phone", "Notes"];
const d = (m, x, h = 0, i = 0) => new Date(Date.UTC(2026, m - 1, x, h, i));
const R = [["Ana 🌸 Müller", "Instagram", "Sale", { url: "https://www.instagram.com/ana.mueller", text: "Profil" }, d(6, 15, 9, 30), d(7, 14), 1234.5, "0012", 0.15, true, "+49 170 1234567", "first\nsecond"],
  ["Jörg Weiß", "TikTok", null, { url: "https://www.tiktok.com/@joerg", text: "https://www.tiktok.com/@joerg" }, d(6, 16), d(7, 15), { f: "1000*2.5", v: 2500 }, "JOERG10", 0.1, false, null, { f: '"a"&"b"', v: "ab" }],
  ["Lea Blum", "Twitch", "Sale", null, d(6, 17), d(7, 16), { f: "5*5" }, "LEA10", null, true, "+43 1 234", "x"]];
const F = { 4: "dd.mm.yyyy hh:mm", 5: "yyyy-mm-dd", 6: "#,##0.00 [$€-407]", 8: "0%" };
const v = n => JSON.parse(fs.readFileSync("node_modules/" + n + "/package.json")).version;
const save = (name, data, of = name) => fs.writeFileSync(`${name}-${v(of)}.xlsx`, Buffer.from(data));
const load = n => import(n).then(m => m.default && Object.keys(m).length < 3 ? m.default : m);
const each = f => [H, ...R].forEach((r, i) => r.forEach((x, j) => f(x, i, j, i > 0 && F[j])));

const toExceljs = x => x && x.url ? { text: x.text, hyperlink: x.url } : x && x.f ? { formula: x.f, result: x.v } : x;
function fillExceljs(sheet) {
  sheet.addRow(H);
  for (const r of R) {
    const row = sheet.addRow(r.map(toExceljs));
    for (const j in F) row.getCell(+j + 1).numFmt = F[j];
  }
  sheet.mergeCells("C2:C3");
}

async function exceljs(n, name) {
  const E = await load(n), book = new E.Workbook();
  fillExceljs(book.addWorksheet("Plan"));
  save(name, await book.xlsx.writeBuffer(), n);
}

const writers = {
  exceljs: () => exceljs("exceljs", "exceljs"),
  protobi: () => exceljs("@protobi/exceljs", "protobi-exceljs"),
  excelts: () => exceljs("@cj-tech-master/excelts", "excelts"),
  async stream() {
    const book = new (require("exceljs").stream.xlsx.WorkbookWriter)({ filename: `exceljs-stream-${v("exceljs")}.xlsx`, useStyles: true });
    fillExceljs(book.addWorksheet("Plan"));
    await book.commit();
  },
  async sheetjs(n = "@e965/xlsx", name = "sheetjs") {
    const X = require(n), sheet = { "!ref": "A1:L4", "!merges": [X.utils.decode_range("C2:C3")] };
    each((x, i, j, z) => {
      const value = x => ({ t: typeof x == "boolean" ? "b" : typeof x == "number" ? "n" : "s", v: x });
      const c = x === null ? null : x.url ? { ...value(x.text), l: { Target: x.url } } : x.f ? { ...(x.v ? value(x.v) : { t: "n" }), f: x.f } : value(x instanceof Date ? x / 864e5 + 25569 : x);
      if (c) sheet[X.utils.encode_cell({ r: i, c: j })] = z ? { ...c, z } : c;
    });
    const book = X.utils.book_new();
    X.utils.book_append_sheet(book, sheet, "Plan");
    save(name, X.write(book, { type: "buffer", bookType: "xlsx" }), n);
  },
  style: () => writers.sheetjs("xlsx-js-style", "xlsx-js-style"),
  async populate() {
    const book = await require("xlsx-populate").fromBlankAsync(), sheet = book.sheet(0);
    each((x, i, j, format) => {
      const c = sheet.cell(i + 1, j + 1);
      if (x && x.f) c.formula(x.f);
      else if (x && x.url) c.value(x.text).hyperlink({ hyperlink: x.url });
      else if (x !== null) c.value(x);
      if (format) c.style("numberFormat", format);
    });
    sheet.range("C2:C3").merged(true);
    save("xlsx-populate", await book.outputAsync());
  },
  async excel4node() {
    const E = require("excel4node"), book = new E.Workbook(), sheet = book.addWorksheet("Plan");
    each((x, i, j, numberFormat) => {
      const c = sheet.cell(i + 1, j + 1);
      if (x === null) return;
      x.url ? c.link(x.url, x.text) : x.f ? c.formula(x.f) : x instanceof Date ? c.date(x) : typeof x == "boolean" ? c.bool(x) : typeof x == "number" ? c.number(x) : c.string(x);
      if (numberFormat) c.style({ numberFormat });
    });
    sheet.cell(2, 3, 3, 3, true).string("Sale");
    save("excel4node", await book.writeToBuffer());
  },
  async hucre() {
    const cells = new Map();
    each((x, i, j, numFmt) => {
      const c = x && x.url ? { value: x.text, hyperlink: { target: x.url } } : x && x.f ? { value: x.v ?? null, formula: x.f, formulaResult: x.v } : {};
      if (numFmt) c.style = { numFmt };
      if (Object.keys(c).length) cells.set(i + "," + j, c);
    });
    const rows = [H, ...R].map(r => r.map(x => x && x.url ? x.text : x && x.f ? x.v ?? null : x));
    const sheet = { name: "Plan", rows, cells, merges: [{ startRow: 1, endRow: 2, startCol: 2, endCol: 2 }] };
    save("hucre", await (await load("hucre")).writeXlsx({ sheets: [sheet] }));
  },
  async rust() { // rust_xlsxwriter
    const n = "wasm-xlsxwriter", X = await load(n + "/nodejs").catch(() => load(n)), book = new X.Workbook(), sheet = book.addWorksheet();
    each((x, i, j, format) => {
      if (x === null) return;
      const value = x.url ? new X.Url(x.url).setText(x.text) : x.f ? new X.Formula("=" + x.f) : x;
      format && !x.f ? sheet.writeWithFormat(i, j, value, new X.Format().setNumFormat(format)) : sheet.write(i, j, x.f && x.v ? value.setResult(String(x.v)) : value);
    });
    sheet.mergeRange(1, 2, 2, 2, "Sale", new X.Format());
    save(n, book.saveToBufferSync());
  },
};
(async () => {
  for (const n in writers) await writers[n]().catch(e => console.log(n, String(e.stack).split("\n").slice(0, 3).join(" ")));
  process.exit();
})();
