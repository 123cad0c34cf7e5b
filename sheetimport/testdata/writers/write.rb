# ruby write.rb
require "csv"
require "date"
d = ->(month, day) { Date.new(2026, month, day) }
CSV.open("ruby-csv-#{CSV::VERSION}.csv", "w") do |csv|
  csv << ["Campaign", "Influencer", "Platform", "Posting date", "End date", "Fee", "Discount code", "Last touch", "Notes"]
  csv << ["Sale", "Ana Ruiz", "Instagram", d[6, 15], d[7, 14], 1234.5, "1E5", "yes", "first\nsecond"]
  csv << ["Sale", "Jörg Weiß", "TikTok", d[6, 16], d[7, 15], 2500, "MAY-20", "no", "5\" & <b>"]
  csv << ["Sale", "Lea Blum", "Twitch", d[6, 17], d[7, 16], 0.1, "LEA10", "yes", "by hand"]
end
