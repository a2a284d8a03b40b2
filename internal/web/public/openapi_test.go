package public

import (
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"luoshi/internal/text"
)

// validator checks a value against the part of JSON Schema that we write. It is
// stricter in one thing: an object has no property that is not described.
type validator struct {
	schemas map[string]any
	wrong   []string
}

func (v *validator) say(at, format string, args ...any) {
	v.wrong = append(v.wrong, at+": "+fmt.Sprintf(format, args...))
}

func (v *validator) check(at string, schema map[string]any, value any) {
	for word := range schema {
		if !slices.Contains(strings.Fields("$ref anyOf type description properties required items minItems maxItems minimum enum pattern format"), word) {
			v.say(at, "the validator does not know %q", word)
		}
	}
	if ref, ok := schema["$ref"].(string); ok {
		named, ok := v.schemas[strings.TrimPrefix(ref, "#/components/schemas/")].(map[string]any)
		if !ok {
			v.say(at, "%s leads nowhere", ref)
			return
		}
		v.check(at, named, value)
		return
	}
	if choices, ok := schema["anyOf"].([]any); ok {
		for _, one := range choices {
			trial := &validator{schemas: v.schemas}
			if trial.check(at, one.(map[string]any), value); len(trial.wrong) == 0 {
				return
			}
			if value != nil {
				v.wrong = append(v.wrong, trial.wrong...)
			}
		}
		v.say(at, "fits none of %v", choices)
		return
	}
	switch schema["type"] {
	case "object":
		v.object(at, schema, value)
	case "array":
		v.array(at, schema, value)
	case "string":
		v.text(at, schema, value)
	case "integer":
		n, ok := value.(float64)
		if least, given := schema["minimum"].(float64); !ok || n != float64(int64(n)) || given && n < least {
			v.say(at, "%v is no integer that is wanted", value)
		}
	case "boolean":
		if _, ok := value.(bool); !ok {
			v.say(at, "%v is no boolean", value)
		}
	case "null":
		if value != nil {
			v.say(at, "is not null")
		}
	default:
		v.say(at, "type %v", schema["type"])
	}
}

func (v *validator) object(at string, schema map[string]any, value any) {
	o, ok := value.(map[string]any)
	if !ok {
		v.say(at, "%v is no object", value)
		return
	}
	properties := schema["properties"].(map[string]any)
	for _, name := range schema["required"].([]any) {
		if _, ok := o[name.(string)]; !ok {
			v.say(at, "lacks %v", name)
		}
	}
	for name, of := range o {
		property, ok := properties[name].(map[string]any)
		if !ok {
			v.say(at, "%s is not described", name)
			continue
		}
		v.check(at+"."+name, property, of)
	}
}

func (v *validator) array(at string, schema map[string]any, value any) {
	all, ok := value.([]any)
	if !ok {
		v.say(at, "%v is no array", value)
		return
	}
	if least, ok := schema["minItems"].(float64); ok && len(all) < int(least) {
		v.say(at, "%d values", len(all))
	}
	if most, ok := schema["maxItems"].(float64); ok && len(all) > int(most) {
		v.say(at, "%d values", len(all))
	}
	for i, one := range all {
		v.check(fmt.Sprintf("%s[%d]", at, i), schema["items"].(map[string]any), one)
	}
}

func (v *validator) text(at string, schema map[string]any, value any) {
	s, ok := value.(string)
	if !ok {
		v.say(at, "%v is no text", value)
		return
	}
	if pattern, ok := schema["pattern"].(string); ok && !regexp.MustCompile(pattern).MatchString(s) {
		v.say(at, "%q does not match %s", s, pattern)
	}
	if enum, ok := schema["enum"].([]any); ok && !slices.Contains(enum, any(s)) {
		v.say(at, "%q is none of %v", s, enum)
	}
}

func decode(t *testing.T, body string) map[string]any {
	t.Helper()
	var out map[string]any
	if err := json.Unmarshal([]byte(body), &out); err != nil {
		t.Fatalf("%v in %.200s", err, body)
	}
	return out
}

// schemaOf gives the schema of an answer, found through the description.
func schemaOf(t *testing.T, description map[string]any, path, status, mime string) map[string]any {
	t.Helper()
	at := any(description)
	for _, step := range []string{"paths", path, "get", "responses", status, "content", mime, "schema"} {
		o, ok := at.(map[string]any)
		if !ok || o[step] == nil {
			t.Fatalf("%s: the description has no %s", path, step)
		}
		at = o[step]
	}
	return at.(map[string]any)
}

func TestDescriptionHoldsTheRoutes(t *testing.T) {
	w := newTown(t)
	for _, language := range []string{"", "/en"} {
		d := decode(t, w.page(language+"/openapi.json"))
		described := d["paths"].(map[string]any)
		for _, pattern := range Routes() {
			path := strings.TrimPrefix(pattern, "GET ")
			if strings.HasPrefix(path, "/data/") != (described[path] != nil) {
				t.Errorf("%s: route or description is missing", path)
			}
			delete(described, path)
		}
		for path := range described {
			t.Errorf("%s is described and answers nothing", path)
		}
	}
}

// Every answer of the city is as the description says, in both languages.
func TestAnswersFitTheDescription(t *testing.T) {
	w := newTown(t)
	r := w.published(sampleText(t))
	w.sign()
	description := decode(t, w.page("/openapi.json"))
	v := &validator{schemas: description["components"].(map[string]any)["schemas"].(map[string]any)}
	patterns := map[string]*regexp.Regexp{}
	for _, one := range reads() {
		patterns[one.Path] = regexp.MustCompile("^(/en)?" + placeholder.ReplaceAllString(one.Path, "[^/]+") + `(\?.*)?$`)
	}
	seen := map[string]int{}
	for _, path := range w.addresses() {
		for described, pattern := range patterns {
			if !pattern.MatchString(path) {
				continue
			}
			rec := w.ask(http.MethodGet, path)
			status, mime := "200", "application/json"
			if rec.Code != http.StatusOK {
				status, mime = fmt.Sprint(rec.Code), problemType
			} else {
				seen[described]++
			}
			if got := rec.Header().Get("Content-Type"); got != mime {
				t.Errorf("%s: %s", path, got)
			}
			if rec.Header().Get("Access-Control-Allow-Origin") != "*" {
				t.Errorf("%s: not for the scripts of other sites", path)
			}
			v.check(path, schemaOf(t, description, described, status, mime), decode(t, rec.Body.String()))
		}
	}
	for _, wrong := range v.wrong[:min(len(v.wrong), 20)] {
		t.Error(wrong)
	}
	if len(seen) != len(patterns) || seen["/data/items/{id}"] != 2*len(r.Items) {
		t.Errorf("answers seen: %v", seen)
	}
}

// A validator that finds nothing wrong in anything would prove nothing.
func TestValidatorFindsWhatIsWrong(t *testing.T) {
	w := newTown(t)
	r := w.published(sampleText(t))
	description := decode(t, w.page("/openapi.json"))
	schemas := description["components"].(map[string]any)["schemas"].(map[string]any)
	for name, spoil := range map[string]func(map[string]any){
		"missing":     func(p map[string]any) { delete(p, "title") },
		"more":        func(p map[string]any) { p["approved_by"] = "x" },
		"null list":   func(p map[string]any) { p["items"] = nil },
		"lower id":    func(p map[string]any) { p["id"] = strings.ToLower(p["id"].(string)) },
		"draft":       func(p map[string]any) { p["state"] = "draft" },
		"number":      func(p map[string]any) { p["title"] = 1.0 },
		"broken span": func(p map[string]any) { p["nodes"].([]any)[0].(map[string]any)["spans"] = []any{[]any{1.0}} },
		"no day":      func(p map[string]any) { p["published_day"] = "9 Aug 2011" },
	} {
		answer := decode(t, w.page("/data/plans/"+r.Plan.ID.String()))
		spoil(answer)
		v := &validator{schemas: schemas}
		if v.check("", schemaOf(t, description, "/data/plans/{id}", "200", "application/json"), answer); len(v.wrong) == 0 {
			t.Errorf("%s: not found", name)
		}
	}
}

// Every name in the answers has its meaning, and no meaning is left over.
func TestGlossary(t *testing.T) {
	used := map[string]bool{"id": true, "seq": true, "before": true}
	var look func(reflect.Type)
	look = func(of reflect.Type) {
		switch {
		case of.Kind() == reflect.Pointer || of.Kind() == reflect.Slice:
			look(of.Elem())
		case of.Kind() == reflect.Struct:
			for _, f := range jsonFields(of) {
				if f.Name == "" || strings.Contains(f.Name, ",") {
					t.Errorf("%s.%s: a name for each field, and no options", f.In, f.Name)
				}
				if _, own := glossary[f.In+"."+f.Name]; own {
					used[f.In+"."+f.Name] = true
				} else {
					used[f.Name] = true
				}
				if meaning(f) == "" {
					t.Errorf("%s.%s means nothing", f.In, f.Name)
				}
				look(f.Type)
			}
		}
	}
	look(reflect.TypeFor[problem]())
	for _, r := range reads() {
		look(reflect.TypeOf(r.Answer))
		for _, name := range r.Query {
			if _, own := glossary[r.ID+"."+name]; own {
				name = r.ID + "." + name
			}
			used[name] = true
		}
	}
	for name, word := range glossary {
		if !used[name] {
			t.Errorf("%s: nobody uses it", name)
		}
		if !text.Has(word.Name) {
			t.Errorf("%s: no English", name)
		}
	}
}
