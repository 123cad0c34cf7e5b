package sheetimport

// ReadWhole makes an importer read the whole workspace for each plan, and not what the sheet names.
func ReadWhole(i *Importer) *Importer {
	i.whole = true
	return i
}
