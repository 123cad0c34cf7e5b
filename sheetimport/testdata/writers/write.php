<?php // php write.php
$rows = [["Campaign", "Influencer", "Platform", "Posting date", "End date", "Fee", "Discount code", "Last touch", "Notes"],
  ["Sale", "Ana Ruiz", "Instagram", "2026-06-15", "2026-07-14", 1234.5, "1E5", "yes", "first\nsecond"],
  ["Sale", "Jörg Weiß", "TikTok", "2026-06-16", "2026-07-15", 2500, "MAY-20", "no", '5" & <b>'],
  ["Sale", "Lea Blum", "Twitch", "2026-06-17", "2026-07-16", 0.1, "LEA10", "yes", "by hand"]];
$file = fopen("php-fputcsv-" . PHP_VERSION . ".csv", "w");
foreach ($rows as $row) fputcsv($file, $row);
