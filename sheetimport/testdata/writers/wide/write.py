# python3 write.py: openpyxl and XlsxWriter
import datetime as D, openpyxl, xlsxwriter
H = ["Influencer", "Platform", "Campaign", "Profile link", "Posting date", "End date", "Fee", "Discount code", "Discount %", "Last touch", "Phone", "Notes"]
R = [["Ana 🌸 Müller", "Instagram", "Sale", ("Profil", "https://www.instagram.com/ana.mueller"), D.datetime(2026, 6, 15, 9, 30), D.date(2026, 7, 14),
      1234.5, "0012", 0.15, True, "+49 170 1234567", "first\nsecond"],
     ["Jörg Weiß", "TikTok", None, ("https://www.tiktok.com/@joerg", "https://www.tiktok.com/@joerg"), D.date(2026, 6, 16), D.date(2026, 7, 15),
      ("=1000*2.5", 2500), "JOERG10", 0.1, False, None, ('="a"&"b"', "ab")],
     ["Lea Blum", "Twitch", "Sale", None, D.date(2026, 6, 17), D.date(2026, 7, 16), ("=5*5", 0), "LEA10", None, True, "+43 1 234", "x"]]
F = {4: "dd.mm.yyyy hh:mm", 5: "yyyy-mm-dd", 6: "#,##0.00 [$€-407]", 8: "0%"}

wb = openpyxl.Workbook()
ws = wb.active
ws.append(H)
for i, r in enumerate(R, 2):
    for j, v in enumerate(r, 1):
        c = ws.cell(i, j)
        c.value = v[0] if isinstance(v, tuple) else v
        if isinstance(v, tuple) and v[0][0] != "=":
            c.hyperlink = v[1]
        if j - 1 in F:
            c.number_format = F[j - 1]
ws.merge_cells("C2:C3")
wb.save(f"openpyxl-{openpyxl.__version__}.xlsx")

wb = xlsxwriter.Workbook(f"xlsxwriter-{xlsxwriter.__version__}.xlsx")
ws = wb.add_worksheet()
f = {j: wb.add_format({"num_format": code}) for j, code in F.items()}
ws.write_row(0, 0, H)
for i, r in enumerate(R, 1):
    for j, v in enumerate(r):
        if isinstance(v, tuple) and v[0][0] == "=":
            ws.write_formula(i, j, v[0], f.get(j), v[1])
        elif isinstance(v, tuple):
            ws.write_url(i, j, v[1], string=v[0])
        elif isinstance(v, str):
            ws.write_string(i, j, v)
        elif v is not None:
            ws.write(i, j, v, f.get(j))
ws.merge_range("C2:C3", "Sale")
wb.close()
