const H=["Campaign","Influencer","Platform","Posting date","End date","Fee","Discount code","Last touch","Notes"];
const d=(m,x)=>new Date(Date.UTC(2026,m-1,x));
const R=[["Sale","Ana Ruiz","Instagram",d(6,15),d(7,14),1234.5,"1E5","yes","first\nsecond"],["Sale","Jörg Weiß","TikTok",d(6,16),d(7,15),2500,"MAY-20","no","5\" & <b>"],["Sale","Lea Blum","Twitch",d(6,17),d(7,16),0.1,"LEA10","yes","by hand"]];
const v=n=>require(n+"/package.json").version;
(async()=>{
try{const X=require("xlsx");const ws=X.utils.aoa_to_sheet([H,...R],{cellDates:true,dateNF:"yyyy-mm-dd"});const wb=X.utils.book_new();X.utils.book_append_sheet(wb,ws,"Plan");X.writeFile(wb,"sheetjs-"+v("xlsx")+".xlsx")}catch(e){console.log(e.message)}
try{const E=require("exceljs");const wb=new E.Workbook();const ws=wb.addWorksheet("Plan");ws.addRow(H);R.forEach(r=>ws.addRow(r));await wb.xlsx.writeFile("exceljs-"+v("exceljs")+".xlsx")}catch(e){console.log(e.message)}
try{const wb=await require("xlsx-populate").fromBlankAsync();wb.sheet(0).cell("A1").value([H,...R]);wb.sheet(0).range("D2:E4").style("numberFormat","yyyy-mm-dd");await wb.toFileAsync("xlsx-populate-"+v("xlsx-populate")+".xlsx")}catch(e){console.log(e.message)}
try{const E=require("excel4node");const wb=new E.Workbook();const ws=wb.addWorksheet("Plan");[H,...R].forEach((r,i)=>r.forEach((x,j)=>{const c=ws.cell(i+1,j+1);x instanceof Date?c.date(x).style({numberFormat:"yyyy-mm-dd"}):typeof x=="number"?c.number(x):c.string(x)}));await new Promise(f=>wb.write("excel4node-"+v("excel4node")+".xlsx",f))}catch(e){console.log(e.message)}
})();
