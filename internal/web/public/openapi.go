package public

import (
	"maps"
	"reflect"
	"regexp"
	"strings"

	"luoshi/fact"
	"luoshi/internal/desk"
	"luoshi/internal/text"
	"luoshi/internal/web"
	"luoshi/ledger"
	"luoshi/org"
	"luoshi/plan"
	"luoshi/progress"
)

// object is a JSON object; encoding/json writes its keys in order.
type object = map[string]any

// openAPI describes every read (OpenAPI 3.1) in the language of the path. It is
// made of the table of reads and of the structs that they answer with.
func (v visit) openAPI() error { return v.json(v.description(reads())) }

var placeholder = regexp.MustCompile(`\{(\w+)\}`)

func (v visit) description(all []read) object {
	schemas := schemaSet{say: func(s string) string { return v.say(s) }, named: object{}}
	paths := object{}
	for _, r := range all {
		paths[r.Path] = object{"get": v.operation(r, schemas)}
		if r.Sheet != "" {
			paths[r.Sheet] = object{"get": v.sheetOperation(r, schemas)}
		}
	}
	schemas.of(reflect.TypeFor[problem]())
	server := "/"
	if web.Of(v.r.Context()).Lang == text.English {
		server = "/en"
	}
	return object{
		"openapi": "3.1.0",
		"info": object{"title": v.say("落实：公开数据"), "version": "1",
			"description": v.say("谁都可以读，不用登记，也不用密钥。只有公开了的才在这里。方案没有写的：日子、数量、记录是 null，文字是空的。以后可能多出新的名字，已有的名字不改意思。")},
		"servers":    []object{{"url": server}},
		"paths":      paths,
		"components": object{"schemas": schemas.named},
	}
}

func (v visit) operation(r read, schemas schemaSet) object {
	params := []object{}
	for _, m := range placeholder.FindAllStringSubmatch(r.Path, -1) {
		params = append(params, v.parameter(r, m[1], "path"))
	}
	for _, name := range r.Query {
		params = append(params, v.parameter(r, name, "query"))
	}
	answer := func(sentence, mime string, schema any) object {
		return object{"description": v.say(sentence), "content": object{mime: object{"schema": schema}}}
	}
	return object{
		"operationId": r.ID,
		"summary":     v.say(r.Name),
		"parameters":  params,
		"responses": object{
			"200":     answer(r.Name, "application/json", schemas.of(reflect.TypeOf(r.Answer))),
			"404":     answer("没有这一页，或者它还没有公开。", problemType, schemas.of(reflect.TypeFor[problem]())),
			"410":     answer(v.say("公开过，已经撤回了。"), problemType, schemas.of(reflect.TypeFor[problem]())),
			"default": answer("没有打开", problemType, schemas.of(reflect.TypeFor[problem]())),
		},
	}
}

// sheetOperation describes a read as CSV: all of it, with the columns of docs/export.md.
func (v visit) sheetOperation(r read, schemas schemaSet) object {
	out := v.operation(r, schemas)
	out["operationId"] = r.ID + "Sheet"
	out["responses"].(object)["200"] = object{"description": v.say("逗号分隔（CSV，UTF-8）。第一行：%s", r.Heads), "content": object{sheetType: object{"schema": object{"type": "string"}}}}
	return out
}

// parameterForms are the forms of what stands in an address.
var parameterForms = map[string]object{"id": forms[reflect.TypeFor[idText]()], "seq": placeForm, "before": placeForm, "at": forms[reflect.TypeFor[dayText]()],
	"indicator": forms[reflect.TypeFor[idText]()], "unit": forms[reflect.TypeFor[idText]()], "month": forms[reflect.TypeFor[monthText]()],
	"q": {"type": "string"}, "in": forms[reflect.TypeFor[desk.FoundGroup]()], "after": {"type": "string"}}

var placeForm = object{"type": "integer", "minimum": 0}

func (v visit) parameter(of read, name, in string) object {
	word := glossary[name]
	if own, ok := glossary[of.ID+"."+name]; ok {
		word = own
	}
	return object{"name": name, "in": in, "required": in == "path", "description": v.say(word.Name), "schema": parameterForms[name]}
}

// forms are the schemas of our own kinds of text.
var forms = map[reflect.Type]object{
	reflect.TypeFor[idText]():             {"type": "string", "pattern": "^[0-7][0-9A-HJKMNP-TV-Z]{12}$"},
	reflect.TypeFor[dayText]():            {"type": "string", "format": "date", "pattern": `^\d{4}-\d{2}-\d{2}$`},
	reflect.TypeFor[instantText]():        {"type": "string", "format": "date-time", "pattern": `^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?\+08:00$`},
	reflect.TypeFor[decimalText]():        {"type": "string", "pattern": `^-?\d+(\.\d{1,4})?$`},
	reflect.TypeFor[hexText]():            {"type": "string", "pattern": "^[0-9a-f]{64}$"},
	reflect.TypeFor[pairs]():              {"type": "array", "items": object{"type": "array", "items": object{"type": "integer", "minimum": 0}, "minItems": 2, "maxItems": 2}},
	reflect.TypeFor[plan.Lamp]():          oneOf(plan.Lamps...),
	reflect.TypeFor[plan.State]():         oneOf(plan.InForce, plan.Closed),
	reflect.TypeFor[plan.Stage]():         oneOf(plan.StagePast, plan.StageCurrent, plan.StageAhead, plan.StageUnknown),
	reflect.TypeFor[plan.Period]():        oneOf(plan.Periods...),
	reflect.TypeFor[progress.State]():     oneOf(progress.States...),
	reflect.TypeFor[periodText]():         {"type": "string", "pattern": `^\d{4}(-(W\d\d|F\d\d|\d\d|Q\d))?$`},
	reflect.TypeFor[plan.AmendmentKind](): oneOf(plan.Erratum, plan.Replan, plan.LateAnswer, plan.NewText),
	reflect.TypeFor[plan.Standing]():      oneOf(plan.Stands, plan.Withdrawn, plan.Cancelled),
	reflect.TypeFor[boundCode]():          oneOf(plan.Bounds...),
	reflect.TypeFor[hardnessCode]():       oneOf(plan.Hardnesses...),
	reflect.TypeFor[aggregateCode]():      oneOf(plan.Aggregates...),
	reflect.TypeFor[directionCode]():      oneOf("up", "down"),
	reflect.TypeFor[aggregationCode]():    oneOf(fact.Aggregations...),
	reflect.TypeFor[classCode]():          oneOf("", fact.ByRecipient, fact.Independent, fact.OwnWord),
	reflect.TypeFor[factStateCode]():      oneOf(fact.Reported, fact.Verified, fact.Replaced, fact.Returned, fact.Withdrawn, fact.Checked),
	reflect.TypeFor[monthText]():          {"type": "string", "pattern": `^\d{4}-\d{2}$`},
	reflect.TypeFor[hiddenCode]():         oneOf[hiddenCode]("item", hiddenCode(plan.PersonNames), hiddenCode(plan.Telephones)),
	reflect.TypeFor[org.Duty]():           oneOf(org.LeadDuty, org.CooperatingDuty),
	reflect.TypeFor[org.Level]():          oneOf(org.CityLevel, org.Bureau, org.Division, org.Direct, org.County, org.Township, org.Village),
	reflect.TypeFor[desk.FoundGroup]():    oneOf(desk.FoundPlans, desk.FoundItems, desk.FoundCounties, desk.FoundTownships, desk.FoundVillages, desk.FoundDepartments, desk.FoundPosts),
	reflect.TypeFor[ledger.FieldType]():   oneOf(ledger.TypeID, ledger.TypeNum, ledger.TypeDay, ledger.TypeState, ledger.TypeHash),
}

func oneOf[T ~string](all ...T) object { return object{"type": "string", "enum": all} }

// schemaSet makes JSON Schemas of output structs and keeps each under its name.
type schemaSet struct {
	say   func(string) string
	named object
}

func (s schemaSet) of(t reflect.Type) object {
	if form, ok := forms[t]; ok {
		return form
	}
	switch t.Kind() {
	case reflect.Pointer:
		return object{"anyOf": []object{s.of(t.Elem()), {"type": "null"}}}
	case reflect.Slice:
		return object{"type": "array", "items": s.of(t.Elem())}
	case reflect.Struct:
		return s.ofStruct(t)
	case reflect.String:
		return object{"type": "string"}
	case reflect.Int, reflect.Int64:
		return object{"type": "integer"}
	case reflect.Bool:
		return object{"type": "boolean"}
	}
	panic("no schema for " + t.String()) // a test walks every read
}

func (s schemaSet) ofStruct(t reflect.Type) object {
	name := schemaName(t)
	if _, known := s.named[name]; !known {
		properties, required := object{}, []string{}
		s.named[name] = nil // being made: a struct may hold itself
		for _, f := range jsonFields(t) {
			property := object{"description": s.say(meaning(f))}
			maps.Copy(property, s.of(f.Type))
			properties[f.Name] = property
			required = append(required, f.Name)
		}
		s.named[name] = object{"type": "object", "properties": properties, "required": required}
	}
	return object{"$ref": "#/components/schemas/" + name}
}

func schemaName(t reflect.Type) string {
	name := strings.TrimSuffix(t.Name(), "Data")
	return strings.ToUpper(name[:1]) + name[1:]
}

// jsonField is a field as encoding/json writes it; In is the struct that declares it.
type jsonField struct {
	Name string
	Type reflect.Type
	In   string
}

func jsonFields(t reflect.Type) (all []jsonField) {
	for f := range t.Fields() {
		if f.Anonymous {
			all = append(all, jsonFields(f.Type)...)
			continue
		}
		all = append(all, jsonField{f.Tag.Get("json"), f.Type, schemaName(t)})
	}
	return all
}

// meaning says what a field is: where a struct means something of its own by a
// name, that; else what the name means everywhere.
func meaning(f jsonField) string {
	if own, ok := glossary[f.In+"."+f.Name]; ok {
		return own.Name
	}
	return glossary[f.Name].Name
}
