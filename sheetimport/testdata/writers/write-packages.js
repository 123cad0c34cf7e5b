// node write-packages.js [name]: packages of npm, each used as its manual begins. See write.js for the first ones.
const fs = require("fs"), { Readable } = require("stream"), { pathToFileURL } = require("url");
const H = ["Campaign", "Influencer", "Platform", "Posting date", "End date", "Fee", "Discount code", "Last touch", "Notes"];
const d = (m, x) => new Date(Date.UTC(2026, m - 1, x));
const R = [["Sale", "Ana Ruiz", "Instagram", d(6, 15), d(7, 14), 1234.5, "1E5", "yes", "first\nsecond"],
  ["Sale", "Jörg Weiß", "TikTok", d(6, 16), d(7, 15), 2500, "MAY-20", "no", '5" & <b>'],
  ["Sale", "Lea Blum", "Twitch", d(6, 17), d(7, 16), 0.1, "LEA10", "yes", "by hand"]];
const iso = rows => rows.map(r => r.map(x => x instanceof Date ? x.toISOString().slice(0, 10) : x)); // for those without dates
const objects = rows => rows.map(r => Object.fromEntries(r.map((x, i) => [H[i], x])));
const is = x => x instanceof Date ? "date" : typeof x;
const v = n => JSON.parse(fs.readFileSync("node_modules/" + n + "/package.json")).version;
const save = (name, data, of = name, ext = "xlsx") => fs.writeFileSync(`${name.replace(/^@.*\//, "")}-${v(of)}.${ext}`, typeof data == "string" && ext == "xlsx" ? Buffer.from(data, "binary") : Buffer.from(data));
const collect = async s => Buffer.concat(await s.toArray());
const done = f => new Promise((ok, no) => f((e, x) => e ? no(e) : ok(x)));
// Some packages import their own files without ".js", which Node does not find.
require("module").register("data:text/javascript,export async function resolve(s,c,n){try{return await n(s,c)}catch(e){return n(s+'.js',c)}}");
const load = n => import(n).then(m => m.default && Object.keys(m).length < 3 ? m.default : m);

async function saved(module, write) { // what it hands to the browser to save
  let data;
  const path = require.resolve("file-saver", { paths: [require.resolve(module)] });
  const old = require.cache[path];
  const saveAs = blob => { data = blob; };
  require.cache[path] = { id: path, filename: path, loaded: true, exports: Object.assign(saveAs, { saveAs, default: saveAs, __esModule: true }) };
  await write(require(module));
  require.cache[path] = old;
  while (!data) await new Promise(ok => setTimeout(ok, 20));
  return Buffer.from(await data.arrayBuffer());
}

const writers = {
  async "xlsx-js-style"(n) {
    const X = require(n), book = X.utils.book_new();
    X.utils.book_append_sheet(book, X.utils.aoa_to_sheet([H, ...R]), "Plan");
    save(n, X.write(book, { type: "buffer", bookType: "xlsx" }));
  },
  async "@e965/xlsx"(n) { // SheetJS 0.20
    const X = require(n);
    for (const [name, options] of [["sheetjs", {}], ["sheetjs-shared", { bookSST: true, compression: true }], ["sheetjs-dates", { cellDates: true }]]) {
      const book = X.utils.book_new();
      X.utils.book_append_sheet(book, X.utils.json_to_sheet(objects(R), { UTC: true, ...options }), "Plan");
      save(name, X.write(book, { type: "buffer", ...options }), n);
    }
    const sheet = X.utils.json_to_sheet(objects(R), { UTC: true });
    save("sheetjs", X.utils.sheet_to_csv(sheet), n, "csv");
    const book = X.utils.book_new();
    X.utils.book_append_sheet(book, sheet, "Plan");
    save("sheetjs-utf16", X.write(book, { type: "buffer", bookType: "txt" }), n, "csv");
  },
  async exceljs(n) {
    const E = require(n);
    for (const [name, options] of [["exceljs-stream", {}], ["exceljs-stream-shared", { useSharedStrings: true, useStyles: true }]]) {
      const book = new E.stream.xlsx.WorkbookWriter({ filename: `${name}-${v(n)}.xlsx`, ...options });
      const sheet = book.addWorksheet("Plan");
      for (const r of [H, ...R]) sheet.addRow(r).commit();
      await book.commit();
    }
    const book = new E.Workbook();
    book.addWorksheet("Plan").addRows([H, ...R]);
    save(n, await book.csv.writeBuffer(), n, "csv");
  },
  async "@protobi/exceljs"(n) {
    const E = require(n), book = new E.Workbook();
    const sheet = book.addWorksheet("Plan");
    sheet.columns = H.map(h => ({ header: h, key: h, width: 20 }));
    sheet.addRows(objects(R));
    save("protobi-exceljs", await book.xlsx.writeBuffer(), n);
  },
  async "@cj-tech-master/excelts"(n) {
    const E = await load(n), book = new E.Workbook(), sheet = book.addWorksheet("Plan");
    for (const r of [H, ...R]) sheet.addRow(r);
    save(n, await book.xlsx.writeBuffer());
  },
  async "write-excel-file"(n) {
    const write = require(n + "/node").default || require(n + "/node");
    const rows = [H.map(value => ({ value, fontWeight: "bold" })), ...R.map(r => r.map(value => value instanceof Date ? { value, type: Date, format: "mm/dd/yyyy" } : { value, type: value.constructor }))];
    const file = await write(rows);
    save(n, await collect(file.toStream ? await file.toStream() : file));
  },
  async "excel-export"(n) {
    save(n, require(n).execute({ name: "Plan", cols: H.map((caption, i) => ({ caption, type: is(R[0][i]) })), rows: R }));
  },
  async "xlsx-stream-writer"(n) {
    const X = require(n), x = new X();
    x.addRows([H, ...iso(R)]);
    save(n, await x.getFile());
  },
  async "better-xlsx"(n) {
    const X = require(n), file = new X.File(), sheet = file.addSheet("Plan");
    for (const r of [H, ...R]) {
      const row = sheet.addRow();
      for (const x of r) {
        const cell = row.addCell();
        x instanceof Date ? cell.setDate(x) : (cell.value = x);
      }
    }
    save(n, Buffer.from(await file.saveAs("base64"), "base64"));
  },
  async zipcelx(n) {
    const cells = r => r.map(value => ({ value, type: typeof value }));
    save(n, await saved(n + "/lib/legacy.js", X => X.default({ filename: "x", sheet: { data: [H, ...iso(R)].map(cells) } })));
  },
  async "json-as-xlsx"(n) {
    const X = require(n);
    save(n, (X.default || X)([{ sheet: "Plan", columns: H.map(h => ({ label: h, value: h })), content: objects(R) }], { writeOptions: { type: "buffer", bookType: "xlsx" } }));
  },
  async hucre(n) {
    const X = await load(n);
    save(n, await X.writeXlsx({ sheets: [{ name: "Plan", columns: H.map(h => ({ header: h, key: h })), data: objects(R) }] }));
    save("hucre-rows", await X.writeXlsx({ sheets: [{ name: "Plan", rows: [H, ...R] }] }), n);
    save(n, X.writeCsv([H, ...R]), n, "csv");
  },
  async "wasm-xlsxwriter"(n) { // rust_xlsxwriter
    const X = await load(n + "/nodejs").catch(() => load(n));
    const book = new X.Workbook(), sheet = book.addWorksheet(), day = new X.Format().setNumFormat("yyyy-mm-dd");
    [H, ...R].forEach((r, i) => r.forEach((x, j) => x instanceof Date ? sheet.writeWithFormat(i, j, x, day) : sheet.write(i, j, x)));
    save(n, book.saveToBufferSync());
  },
  async "excelize-wasm"(n) {
    const X = await require(n).init("node_modules/" + n + "/excelize.wasm.gz"), f = X.NewFile();
    [H, ...R].forEach((r, i) => { const { error } = f.SetSheetRow("Sheet1", "A" + (i + 1), iso([r])[0]); if (error) throw error; });
    save(n, f.WriteToBuffer().buffer);
  },
  async "msexcel-builder-extended"(n) {
    const book = require(n).createWorkbook(".", `${n}-${v(n)}.xlsx`), sheet = book.createSheet("Plan", 9, 4);
    [H, ...iso(R)].forEach((r, i) => r.forEach((x, j) => sheet.set(j + 1, i + 1, x)));
    await new Promise((ok, no) => book.save((e, x) => e && e !== true && !(x) ? no(e) : ok()));
  },
  async "icg-json-to-xlsx"(n) { fs.writeFileSync(`${n}-${v(n)}.xlsx`, require(n).writeBuffer(objects(R), {})); },
  async "xlsx-write-stream"(n) {
    const X = require(n), w = new (X.default || X)();
    save(n, await collect(Readable.from([H, ...R]).pipe(w)));
  },
  async "@atomictech/xlsx-write-stream"(n) {
    save("atomictech-xlsx-write-stream", await collect(Readable.from([H, ...R]).pipe(new (require(n).default)())), n);
  },
  async "excel-builder-vanilla"(n) {
    const X = await load(n), book = new X.Workbook(), sheet = book.createWorksheet({ name: "Plan" });
    const day = book.getStyleSheet().createSimpleFormatter("date");
    sheet.setData([H, ...R.map(r => r.map(x => x instanceof Date ? { value: x, metadata: { type: "date", style: day.id } } : x))]);
    book.addWorksheet(sheet);
    save(n, await X.createExcelFile(book, "Uint8Array"));
  },
  async officegen(n) {
    const x = require(n)("xlsx"), sheet = x.makeNewSheet();
    sheet.name = "Plan";
    [H, ...iso(R)].forEach((r, i) => r.forEach((c, j) => sheet.setCell(String.fromCharCode(65 + j) + (i + 1), c)));
    const out = fs.createWriteStream(`${n}-${v(n)}.xlsx`);
    await new Promise((ok, no) => { x.on("error", no); out.on("close", ok); x.generate(out); });
  },
  async "@neovici/nullxlsx"(n) {
    const { NullXlsx } = await load(n), x = new NullXlsx("x.xlsx");
    save(n, x.addSheetFromData([H, ...R], "Plan").generate());
  },
  async json2xls(n) { save(n, Buffer.from(require(n)(objects(R)), "binary")); },
  async "@microsoft/connected-workbooks"(n) {
    const { workbookManager: m } = await load(n);
    const blob = await m.generateTableWorkbookFromGrid({ data: [H, ...iso(R)], config: { promoteHeaders: true } });
    save(n, await blob.arrayBuffer());
  },
  async "json2excel-wasm"(n) {
    globalThis.self = globalThis; // it is written for a worker
    const X = await import(pathToFileURL("node_modules/" + n + "/dist/module.js"));
    const cell = x => x instanceof Date ? { v: String(x / 864e5 + 25569), s: 0 } : { v: String(x) };
    save(n, await (await X.convert({ data: [{ name: "Plan", cells: [H, ...R].map(r => r.map(cell)) }], styles: [{ format: "dd/mm/yyyy" }] })).arrayBuffer());
  },
  async papaparse(n) { save(n, require(n).unparse([H, ...R]), n, "csv"); },
  async "csv-stringify"(n) { save(n, require(n + "/sync").stringify([H, ...R], { cast: { date: x => x.toISOString() } }), n, "csv"); },
  async "@fast-csv/format"(n) { save("fast-csv", await require(n).writeToBuffer([H, ...R]), n, "csv"); },
  async "@json2csv/plainjs"(n) { save("json2csv", new (await load(n)).Parser().parse(objects(R)), n, "csv"); },
  async "d3-dsv"(n) { save(n, (await load(n)).csvFormatRows([H, ...R]), n, "csv"); },
  async "export-to-csv"(n) {
    const { mkConfig, generateCsv, asString } = await load(n);
    save(n, asString(generateCsv(mkConfig({ useKeysAsHeaders: true }))(objects(iso(R)))), n, "csv");
  },
};
(async () => {
  for (const n of process.argv[2] ? [process.argv[2]] : Object.keys(writers))
    await writers[n](n).catch(e => console.log(n, String(e.stack).split("\n").slice(0, 3).join(" ")));
  process.exit();
})();
