package report

import (
	"strings"

	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
)

// valueLines says what the words of the sheet are taken for: those that a mapping gives, the words for a status, and those that
// cannot be read. A status that is written as the CRM has it, or says it in the language, needs no line.
func valueLines(p *sheetimport.Plan, lang language.Tag) []string {
	var lines []string
	for _, v := range p.Values {
		value, rows := texts.Plain(v.Value), sentence.Of("%d rows", v.Rows)
		cell := sentence.Of("in %s %q", v.Column, texts.Plain(v.Header))
		switch {
		case v.Confidence == column.Given && v.Meaning == "":
			lines = append(lines, sentence.Of("%s: %q stands for no value, %s", cell, value, rows).In(lang))
		case v.Confidence == column.Given,
			v.Field == column.Status && v.Meaning != "" && !strings.EqualFold(v.Meaning, v.Value) && !strings.EqualFold(meaning(v, lang), v.Value):
			lines = append(lines, sentence.Of("%s: %q → %s, %s", cell, value, meaning(v, lang), rows).In(lang))
		case v.Meaning == "" && v.Proposed != "":
			lines = append(lines, sentence.Of("%s: %q has no known meaning, %s; a mapping of values can say that it is %s",
				cell, value, rows, v.Proposed).In(lang))
		case v.Meaning == "" && v.Field == column.Status:
			lines = append(lines, sentence.Of("%s: %q has no known meaning, %s; a mapping of values can say it once", cell, value, rows).In(lang))
		}
	}
	return lines
}

// meaning is what a word is taken for. Statuses and yes and no have words in each language, other meanings are names.
func meaning(v sheetimport.PlannedValue, lang language.Tag) string {
	switch v.Field {
	case column.Status, column.LastTouch:
		return sentence.Of(v.Meaning).In(lang)
	}
	return texts.Plain(v.Meaning)
}
