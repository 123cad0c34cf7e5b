// cc write.c -lxlsxwriter && ./a.out
#include <xlsxwriter.h>

int main() {
    const char *head[] = {"Campaign", "Influencer", "Platform", "Posting date", "End date", "Fee", "Discount code", "Last touch", "Notes"};
    const char *text[][9] = {
        {"Sale", "Ana Ruiz", "Instagram", 0, 0, 0, "1E5", "yes", "first\nsecond"},
        {"Sale", "Jörg Weiß", "TikTok", 0, 0, 0, "MAY-20", "no", "5\" & <b>"},
        {"Sale", "Lea Blum", "Twitch", 0, 0, 0, "LEA10", "yes", "by hand"}};
    const double fee[] = {1234.5, 2500, 0.1};
    for (int constant = 0; constant < 2; constant++) {
        char name[80];
        snprintf(name, sizeof name, constant ? "libxlsxwriter-constant-memory-%s.xlsx" : "libxlsxwriter-%s.xlsx", LXW_VERSION);
        lxw_workbook_options options = {.constant_memory = constant};
        lxw_workbook *book = workbook_new_opt(name, &options);
        lxw_worksheet *sheet = workbook_add_worksheet(book, NULL);
        lxw_format *day = workbook_add_format(book);
        format_set_num_format(day, "mmm d yyyy hh:mm AM/PM"); // that of the example in its manual
        for (int i = 0; i < 9; i++) worksheet_write_string(sheet, 0, i, head[i], NULL);
        for (int n = 0; n < 3; n++)
            for (int i = 0; i < 9; i++) {
                lxw_datetime d = {2026, i == 3 ? 6 : 7, (i == 3 ? 15 : 14) + n, 0, 0, 0};
                if (i == 3 || i == 4) worksheet_write_datetime(sheet, n + 1, i, &d, day);
                else if (i == 5) worksheet_write_number(sheet, n + 1, i, fee[n], NULL);
                else worksheet_write_string(sheet, n + 1, i, text[n][i], NULL);
            }
        workbook_close(book);
    }
}
