package plan

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"luoshi/fault"
)

// Fields are fields of a record by their names, each as JSON.
type Fields map[string]json.RawMessage

// Edit is what a step made of one record of a draft. A record that was made has
// no Was, one that was taken away no Is; else both hold the fields that changed, and
// no others.
type Edit struct {
	Noun string `json:"noun"` // plan, item, target, milestone, phase or question
	Key  string `json:"key"`  // its identifier; of a phase its ordinal
	Was  Fields `json:"was,omitempty"`
	Is   Fields `json:"is,omitempty"`
}

// ErrChangedSince is returned where a step cannot be undone or done again, because
// what it changed was changed by somebody since.
var ErrChangedSince = fault.New(fault.Conflict, "这一步后来又有人改过同一处，不能直接撤销。请在那一条上改。")

// EditOf tells what became of a record; nil stands for none. Without a difference
// it reports false.
func EditOf[T any](noun, key string, was, is *T) (Edit, bool) {
	e := Edit{Noun: noun, Key: key, Was: fieldsOf(was), Is: fieldsOf(is)}
	if was != nil && is != nil {
		for name, value := range e.Was {
			if bytes.Equal(value, e.Is[name]) {
				delete(e.Was, name)
				delete(e.Is, name)
			}
		}
	}
	return e, len(e.Was)+len(e.Is) > 0
}

// Reversed is the edit that takes this one back.
func (e Edit) Reversed() Edit { return Edit{e.Noun, e.Key, e.Is, e.Was} }

// Redone makes the edit to a record as it stands; nil stands for none. It refuses
// with ErrChangedSince where a field of it is not as the edit found it.
func Redone[T any](stands *T, e Edit) (*T, error) {
	if (stands == nil) != (e.Was == nil) {
		return nil, ErrChangedSince
	}
	fields := fieldsOf(stands)
	for name, value := range e.Was {
		if !bytes.Equal(fields[name], value) {
			return nil, ErrChangedSince
		}
	}
	if e.Is == nil {
		if len(e.Was) != len(fields) {
			return nil, ErrChangedSince
		}
		return nil, nil
	}
	return withFields[T](fields, e.Is), nil
}

// Before gives a record as it stood before the edits, the earliest of which is the
// first; nil where there was none. Fields that no edit names are as they stand.
func Before[T any](stands *T, edits []Edit) *T {
	fields := fieldsOf(stands)
	for _, e := range slices.Backward(edits) {
		switch {
		case e.Was == nil:
			fields = nil
		case e.Is == nil:
			fields = maps.Clone(e.Was)
		default:
			if fields = maps.Clone(fields); fields == nil {
				fields = Fields{}
			}
			maps.Copy(fields, e.Was)
		}
	}
	if fields == nil {
		return nil
	}
	return withFields[T](fields, nil)
}

// Merge puts what a person changed in a record onto it as it stands: saw is how that
// person saw it, told how it was when the person was last told that others change it
// too, and own tells the fields that the person changed last. Fields that both changed,
// and others since the person was told, stay as they stand; their names are given, sorted.
func Merge[T any](saw, told, stands, sent T, own func(field string) bool) (T, []string) {
	base, known, out := fieldsOf(&saw), fieldsOf(&told), fieldsOf(&stands)
	var both []string
	for name, value := range fieldsOf(&sent) {
		switch {
		case bytes.Equal(value, base[name]) || bytes.Equal(value, out[name]):
		case bytes.Equal(known[name], out[name]) || own(name):
			out[name] = value
		default:
			both = append(both, name)
		}
	}
	slices.Sort(both)
	return *withFields[T](out, nil), both
}

// Filled gives a record with other values in some fields.
func Filled[T any](record T, f Fields) T { return *withFields[T](fieldsOf(&record), f) }

func fieldsOf[T any](v *T) Fields {
	if v == nil {
		return nil
	}
	content, err := json.Marshal(v)
	var out Fields
	if err == nil {
		err = json.Unmarshal(content, &out)
	}
	if err != nil {
		panic(fmt.Sprintf("fields of %T: %v", v, err)) // plain structures only
	}
	return out
}

// withFields makes a record of fields, over of which the others are laid.
func withFields[T any](fields, others Fields) *T {
	all := maps.Clone(fields)
	if all == nil {
		all = Fields{}
	}
	maps.Copy(all, others)
	content, err := json.Marshal(all)
	var out T
	if err == nil {
		err = json.Unmarshal(content, &out)
	}
	if err != nil {
		panic(fmt.Sprintf("record of %T: %v", out, err)) // they came from such a record
	}
	return &out
}

// fieldWords are what fields of records are called.
var fieldWords = map[string]string{
	"Title": "名称", "Issuer": "制定单位", "Name": "名称", "Lead": "牵头单位", "Cooperating": "配合单位", "Responsible": "责任人", "Period": "多久报一次",
	"Project": "重点项目", "Tags": "专题", "Indicator": "指标名称", "Bound": "怎么比", "Value": "数", "Max": "上限", "From": "从多少起",
	"Unit": "计量单位", "Scope": "管到哪里", "Start": "从哪天开始", "Deadline": "期限", "Due": "期限", "Hardness": "硬任务还是力争",
	"Aggregate": "怎么加", "Proof": "完成的凭据", "First": "第一天", "Last": "最后一天", "Rank": "先后", "Under": "归在哪个标题下",
	"Standing": "状态", "State": "答复", "Chosen": "答复", "Words": "答复",
}

// FieldWord is what a field of a record is called, or empty where it is not spoken of.
func FieldWord(name string) string { return fieldWords[name] }

// Said is the value of a field as a person reads it.
func (f Fields) Said(name string) string {
	var words string
	if json.Unmarshal(f[name], &words) == nil {
		return words
	}
	if raw := string(f[name]); raw != "null" {
		return raw
	}
	return ""
}

// Field gives one field of a record as a person reads it.
func Field[T any](record T, name string) string { return fieldsOf(&record).Said(name) }

// List is a field that holds several words, as a person reads it.
func (f Fields) List(name string) string {
	var words []string
	if json.Unmarshal(f[name], &words) != nil {
		return ""
	}
	return strings.Join(words, "、")
}
