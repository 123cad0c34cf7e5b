# sh write.sh: what reads the table of Python's csv module and writes it anew
from=$(ls python-csv-excel-3*.csv)
ogr2ogr -f XLSX "gdal-$(gdalinfo --version | grep -o '[0-9][0-9.]*' | head -n 1).xlsx" "$from" plan -oo AUTODETECT_TYPE=YES -nln Plan -sql "SELECT * FROM \"${from%.csv}\""
sqlite3 -cmd ".import --csv $from t" -csv -header :memory: "SELECT * FROM t" > "sqlite3-$(sqlite3 --version | cut -d ' ' -f 1).csv"
mlr --icsv --ocsv cat "$from" > "miller-$(mlr --version | cut -d ' ' -f 2).csv"
mlr --icsv --otsv cat "$from" > "miller-tsv-$(mlr --version | cut -d ' ' -f 2).csv"
mlr --icsv --ojson --jvquoteall cat "$from" | jq -r '(.[0] | keys_unsorted), (.[] | [.[]]) | @csv' > "$(jq --version).csv"
csvformat -D ';' -U 1 "$from" > "csvkit-$(csvformat --version | cut -d ' ' -f 2).csv"
