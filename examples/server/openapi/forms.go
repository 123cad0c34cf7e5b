package openapi

import (
	"encoding/json"
	"reflect"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"
	"github.com/shopspring/decimal"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/attribution"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/examples/server/access"
	"github.com/getklar/influencercrm/utm"
)

// forms are the types that write their JSON themselves, with types that have a schema of that form.
var forms = map[reflect.Type]reflect.Type{
	reflect.TypeFor[uuid.UUID]():         reflect.TypeFor[idText](),
	reflect.TypeFor[crm.WorkspaceID]():   reflect.TypeFor[idText](),
	reflect.TypeFor[crm.MemberID]():      reflect.TypeFor[idText](),
	reflect.TypeFor[crm.CampaignID]():    reflect.TypeFor[idText](),
	reflect.TypeFor[crm.InfluencerID]():  reflect.TypeFor[idText](),
	reflect.TypeFor[crm.CooperationID](): reflect.TypeFor[idText](),
	reflect.TypeFor[crm.ProfileID]():     reflect.TypeFor[idText](),
	reflect.TypeFor[crm.PictureID]():     reflect.TypeFor[idText](),
	reflect.TypeFor[crm.ImportRunID]():   reflect.TypeFor[idText](),

	reflect.TypeFor[time.Time]():               reflect.TypeFor[timeText](),
	reflect.TypeFor[budget.Date]():             reflect.TypeFor[dateText](),
	reflect.TypeFor[budget.Month]():            reflect.TypeFor[monthText](),
	reflect.TypeFor[budget.Money]():            reflect.TypeFor[moneyObject](),
	reflect.TypeFor[budget.Currency]():         reflect.TypeFor[currencyText](),
	reflect.TypeFor[decimal.Decimal]():         reflect.TypeFor[decimalText](),
	reflect.TypeFor[utm.Value]():               reflect.TypeFor[valueText](),
	reflect.TypeFor[utm.Template]():            reflect.TypeFor[utm.Params](),
	reflect.TypeFor[utm.Field]():               reflect.TypeFor[fieldText](),
	reflect.TypeFor[crm.UTMOrigins]():          reflect.TypeFor[utmOrigins](),
	reflect.TypeFor[discount.Severity]():       reflect.TypeFor[severityText](),
	reflect.TypeFor[sentence.Sentence]():       reflect.TypeFor[sentenceText](),
	reflect.TypeFor[attribution.FindingKind](): reflect.TypeFor[findingText](),
	reflect.TypeFor[json.RawMessage]():         reflect.TypeFor[anything](),

	reflect.TypeFor[access.Scope](): reflect.TypeFor[scopeText](),

	reflect.TypeFor[crm.Record]():     reflect.TypeFor[anyRecord](),
	reflect.TypeFor[crm.Error]():      reflect.TypeFor[FieldProblem](),
	reflect.TypeFor[crm.Result]():     reflect.TypeFor[Result](),
	reflect.TypeFor[crm.Reapplied]():  reflect.TypeFor[Reapplied](),
	reflect.TypeFor[budget.Line]():    reflect.TypeFor[Line](),
	reflect.TypeFor[budget.Alert]():   reflect.TypeFor[BudgetAlert](),
	reflect.TypeFor[budget.Warning](): reflect.TypeFor[BudgetWarning](),
}

type (
	idText       string
	timeText     string
	dateText     string
	monthText    string
	currencyText string
	decimalText  string
	valueText    string
	fieldText    string
	severityText string
	sentenceText string
	scopeText    string
	findingText  string
	moneyObject  struct{}
	utmOrigins   struct{}
	anything     struct{}
	anyRecord    struct{}
)

func (idText) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeString, Format: "uuid"}
}

func (timeText) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeString, Format: "date-time"}
}

func (dateText) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeString, Format: "date", Examples: []any{"2026-06-01"}}
}

func (monthText) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeString, Pattern: `^\d{4}-(0[1-9]|1[0-2])$`, Examples: []any{"2026-06"}}
}

func (currencyText) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeString, Pattern: `^[A-Z]{3}$`, Description: "ISO 4217.", Examples: []any{"EUR"}}
}

func (decimalText) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeString, Pattern: `^-?\d+(\.\d+)?$`, Examples: []any{"12.5"}}
}

func (valueText) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeString, Nullable: true}
}

func (fieldText) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeString, Enum: texts(utm.Fields())}
}

func (scopeText) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeString, Enum: []any{access.Read.String(), access.Write.String(), access.Admin.String()}}
}

func (severityText) Schema(huma.Registry) *huma.Schema { return &huma.Schema{Type: huma.TypeString} }
func (sentenceText) Schema(huma.Registry) *huma.Schema { return &huma.Schema{Type: huma.TypeString} }
func (findingText) Schema(huma.Registry) *huma.Schema  { return &huma.Schema{Type: huma.TypeString} }
func (anything) Schema(huma.Registry) *huma.Schema     { return &huma.Schema{} }

// Schema is one object for all amounts.
func (moneyObject) Schema(r huma.Registry) *huma.Schema {
	r.Map()["Money"] = &huma.Schema{
		Type: huma.TypeObject, Nullable: true, AdditionalProperties: false, Required: []string{"amount", "currency"},
		Description: "An amount of money. Null is no amount, which is not 0.",
		Properties: map[string]*huma.Schema{
			"amount":   {Type: huma.TypeString, Pattern: `^-?\d+(\.\d+)?$`, Examples: []any{"1234.50"}},
			"currency": {Type: huma.TypeString, Pattern: `^[A-Z]{3}$`, Examples: []any{"EUR"}},
		},
	}
	return &huma.Schema{Ref: prefix + "Money"}
}

func (utmOrigins) Schema(r huma.Registry) *huma.Schema {
	origins := &huma.Schema{Type: huma.TypeObject, AdditionalProperties: false, Properties: map[string]*huma.Schema{}}
	for _, f := range utm.Fields() {
		origins.Properties[f.String()] = r.Schema(reflect.TypeFor[crm.Provenance](), true, "")
	}
	return origins
}

func (anyRecord) Schema(r huma.Registry) *huma.Schema {
	s := &huma.Schema{}
	for _, t := range []reflect.Type{
		reflect.TypeFor[crm.Member](), reflect.TypeFor[crm.Campaign](), reflect.TypeFor[crm.Influencer](), reflect.TypeFor[crm.Cooperation](),
	} {
		s.AnyOf = append(s.AnyOf, r.Schema(t, true, ""))
	}
	return s
}

func texts[T interface{ String() string }, L ~[5]T](list L) (all []any) {
	for _, v := range list {
		all = append(all, v.String())
	}
	return all
}
