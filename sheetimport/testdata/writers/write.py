import datetime, openpyxl, xlsxwriter
H=["Campaign","Influencer","Platform","Posting date","End date","Fee","Discount code","Last touch","Notes"]
R=[["Sale","Ana Ruiz","Instagram",datetime.date(2026,6,15),datetime.date(2026,7,14),1234.5,"1E5","yes","first\nsecond"],
["Sale","Jörg Weiß","TikTok",datetime.date(2026,6,16),datetime.date(2026,7,15),2500,"MAY-20","no","5\" & <b>"],
["Sale","Lea Blum","Twitch",datetime.date(2026,6,17),datetime.date(2026,7,16),0.1,"LEA10","yes","by hand"]]
wb=openpyxl.Workbook(); ws=wb.active; ws.append(H)
for r in R: ws.append(r)
for n in (2,3,4):
    ws.cell(n,7).number_format='@'; ws.cell(n,6).number_format='#,##0.00'
wb.save(f"openpyxl-{openpyxl.__version__}.xlsx")
wb=xlsxwriter.Workbook(f"xlsxwriter-{xlsxwriter.__version__}.xlsx"); ws=wb.add_worksheet(); d=wb.add_format({'num_format':'dd.mm.yyyy'}); m=wb.add_format({'num_format':'#,##0.00'}); t=wb.add_format({'num_format':'@'})
ws.write_row(0,0,H)
for i,r in enumerate(R,1):
    for j,v in enumerate(r):
        if j in(3,4): ws.write_datetime(i,j,datetime.datetime.combine(v,datetime.time()),d)
        elif j==5: ws.write_number(i,j,v,m)
        else: ws.write_string(i,j,v,t if j==6 else None)
wb.close()
