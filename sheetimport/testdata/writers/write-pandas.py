# python3 write-pandas.py: pandas, tablib and the csv module. See write.py for openpyxl and XlsxWriter themselves.
import csv, datetime, platform
import openpyxl, pandas, tablib
d = datetime.date
H = ["Campaign", "Influencer", "Platform", "Posting date", "End date", "Fee", "Discount code", "Last touch", "Notes"]
R = [["Sale", "Ana Ruiz", "Instagram", d(2026, 6, 15), d(2026, 7, 14), 1234.5, "1E5", "yes", "first\nsecond"],
     ["Sale", "Jörg Weiß", "TikTok", d(2026, 6, 16), d(2026, 7, 15), 2500, "MAY-20", "no", "5\" & <b>"],
     ["Sale", "Lea Blum", "Twitch", d(2026, 6, 17), d(2026, 7, 16), 0.1, "LEA10", "yes", "by hand"]]
frame = pandas.DataFrame(R, columns=H)
for engine in "openpyxl", "xlsxwriter":
    frame.to_excel(f"pandas-{engine}-{pandas.__version__}.xlsx", index=False, engine=engine)
times = frame.assign(**{h: pandas.to_datetime(frame[h]) for h in ("Posting date", "End date")})
times.to_excel(f"pandas-timestamps-{pandas.__version__}.xlsx", index=False)
frame.to_excel(f"pandas-index-{pandas.__version__}.xlsx")
times.to_csv(f"pandas-{pandas.__version__}.csv", index=False)
data = tablib.Dataset(*R, headers=H)
open(f"tablib-{tablib.__version__}.xlsx", "wb").write(data.export("xlsx"))
open(f"tablib-{tablib.__version__}.csv", "w", newline="").write(data.export("csv"))
book = openpyxl.Workbook(write_only=True)
sheet = book.create_sheet()
for row in [H] + R:
    sheet.append(row)
book.save(f"openpyxl-write-only-{openpyxl.__version__}.xlsx")
book = openpyxl.Workbook(iso_dates=True)
for row in [H] + R:
    book.active.append(row)
book.iso_dates = True
book.save(f"openpyxl-iso-dates-{openpyxl.__version__}.xlsx")
for dialect in "excel", "excel-tab", "unix":
    with open(f"python-csv-{dialect}-{platform.python_version()}.csv", "w", newline="") as f:
        csv.writer(f, dialect).writerows([H] + R)
