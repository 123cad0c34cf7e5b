# Rscript write.R, in a UTF-8 locale
library(openxlsx)
d <- data.frame(Influencer = c("Ana 🌸 Müller", "Jörg Weiß", "Lea Blum"), Platform = c("Instagram", "TikTok", "Twitch"), Campaign = c("Sale", NA, "Sale"))
d$`Profile link` <- c("https://www.instagram.com/ana.mueller", "https://www.tiktok.com/@joerg", NA)
names(d$`Profile link`) <- c("Profil", "https://www.tiktok.com/@joerg", "")
class(d$`Profile link`) <- "hyperlink"
d$`Posting date` <- as.POSIXct(c("2026-06-15 09:30", "2026-06-16 00:00", "2026-06-17 00:00"), tz = "UTC")
d$`End date` <- as.Date(c("2026-07-14", "2026-07-15", "2026-07-16"))
d$Fee <- c(1234.5, 2500, 1)
class(d$Fee) <- "currency"
d$`Discount code` <- c("0012", "JOERG10", "LEA10")
d$`Discount %` <- c(0.15, 0.1, NA)
class(d$`Discount %`) <- "percentage"
d$`Last touch` <- c(TRUE, FALSE, TRUE)
d$Phone <- c("+49 170 1234567", NA, "+43 1 234")
d$Notes <- c("first\nsecond", "ab", "x")
w <- createWorkbook()
addWorksheet(w, "Plan")
writeData(w, 1, d)
money <- createStyle(numFmt = "#,##0.00 [$€-407]")
addStyle(w, 1, money, rows = 2:4, cols = 7)
writeFormula(w, 1, "5*5", startCol = 7, startRow = 4)
mergeCells(w, 1, cols = 3, rows = 2:3)
saveWorkbook(w, paste0("openxlsx-", packageVersion("openxlsx"), ".xlsx"), overwrite = TRUE)
