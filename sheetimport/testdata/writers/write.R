H <- c("Campaign", "Influencer", "Platform", "Posting date", "End date", "Fee", "Discount code", "Last touch", "Notes")
d <- data.frame("Sale", c("Ana Ruiz", "Jörg Weiß", "Lea Blum"), c("Instagram", "TikTok", "Twitch"),
  as.Date("2026-06-15") + 0:2, as.Date("2026-07-14") + 0:2, c(1234.5, 2500, 0.1), c("1E5", "MAY-20", "LEA10"),
  c("yes", "no", "yes"), c("first\nsecond", "5\" & <b>", "by hand"))
names(d) <- H
v <- function(p) as.character(packageVersion(p))
openxlsx::write.xlsx(d, paste0("openxlsx-", v("openxlsx"), ".xlsx"))
w <- openxlsx::createWorkbook(); openxlsx::addWorksheet(w, "Plan"); openxlsx::writeDataTable(w, 1, d)
openxlsx::saveWorkbook(w, paste0("openxlsx-table-", v("openxlsx"), ".xlsx"), overwrite = TRUE)
r <- paste0(R.version$major, ".", R.version$minor)
write.csv(d, paste0("r-write.csv-", r, ".csv"), row.names = FALSE)
write.csv2(d, paste0("r-write.csv2-", r, ".csv"), row.names = FALSE)
data.table::fwrite(d, paste0("data.table-", v("data.table"), ".csv"))
readr::write_csv(d, paste0("readr-", v("readr"), ".csv"))
readr::write_excel_csv2(d, paste0("readr-excel-csv2-", v("readr"), ".csv"))
