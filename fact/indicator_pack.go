package fact

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"strings"

	"luoshi/fault"
)

// PackLine is one indicator of a pack: a file of indicators that somebody made, such as
// those of a standard. Numerator and divisor are the names of others.
type PackLine struct {
	Name        string `json:"name"`
	Measure     string `json:"unit"`
	Definition  string `json:"definition"`
	Aggregation string `json:"aggregation"`
	Direction   string `json:"direction"`
	Wanted      string `json:"class_wanted"`
	Subjects    string `json:"subjects"`
	Numerator   string `json:"numerator"`
	Divisor     string `json:"divisor"`
	Source      string `json:"source"` // where it is written; for people, not kept
}

// packColumns are the columns of a pack, in the order of the example.
var packColumns = []string{"name", "unit", "definition", "aggregation", "direction", "class_wanted", "subjects", "numerator", "divisor", "source"}

// MostPack is how many indicators one pack may have.
const MostPack = 200

// ReadPack reads a pack in CSV with a header row, or in JSON as a list of objects with the
// same names.
func ReadPack(raw []byte) (out []PackLine, err error) {
	raw = bytes.TrimSpace(bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf")))
	if len(raw) == 0 {
		return nil, fault.New(fault.Invalid, "还没有选文件，也没有贴内容。").In("pack")
	}
	if raw[0] == '[' {
		d := json.NewDecoder(bytes.NewReader(raw))
		d.DisallowUnknownFields()
		if err := d.Decode(&out); err != nil {
			return nil, fault.New(fault.Invalid, "JSON 读不了。请看看括号和引号，各项的名称要和例子里一样。").In("pack")
		}
	} else if out, err = readPackTable(raw); err != nil {
		return nil, err
	}
	switch {
	case len(out) == 0:
		return nil, fault.New(fault.Invalid, "文件里一个指标也没有。").In("pack")
	case len(out) > MostPack:
		return nil, fault.New(fault.TooLarge, "一次最多 %d 个指标。", MostPack).In("pack")
	}
	for k, l := range out {
		if err := l.Indicator().Tidied().checkWords(); err != nil {
			return nil, inPack(err, k+1)
		}
		if (l.Numerator == "") != (l.Divisor == "") {
			return nil, inPack(fault.New(fault.Invalid, "比率要同时选分子和分母；不是比率就都不选。"), k+1)
		}
	}
	return out, nil
}

func readPackTable(raw []byte) (out []PackLine, err error) {
	r := csv.NewReader(bytes.NewReader(raw))
	r.FieldsPerRecord = -1
	head, err := r.Read()
	if err != nil {
		return nil, errPackTable
	}
	for _, h := range head {
		known := false
		for _, c := range packColumns {
			known = known || strings.TrimSpace(h) == c
		}
		if !known {
			return nil, fault.New(fault.Invalid, "第一行的“%s”不认识。列名请照例子里的写。", h).In("pack")
		}
	}
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, errPackTable
		}
		var l PackLine
		for k, c := range cells {
			if k >= len(head) {
				break
			}
			c = strings.TrimSpace(c)
			for name, to := range map[string]*string{"name": &l.Name, "unit": &l.Measure, "definition": &l.Definition, "aggregation": &l.Aggregation, "direction": &l.Direction,
				"class_wanted": &l.Wanted, "subjects": &l.Subjects, "numerator": &l.Numerator, "divisor": &l.Divisor, "source": &l.Source} {
				if strings.TrimSpace(head[k]) == name {
					*to = c
				}
			}
		}
		if l != (PackLine{}) {
			out = append(out, l)
		}
	}
}

var errPackTable = fault.New(fault.Invalid, "表读不了。请存成 CSV（UTF-8），有逗号的格子要用双引号括起来。").In("pack")

// Indicator is the line as an indicator, without numerator and divisor.
func (l PackLine) Indicator() Indicator {
	return Indicator{Name: l.Name, Measure: l.Measure, Definition: l.Definition, Aggregation: Aggregation(l.Aggregation), Direction: l.Direction, Wanted: Class(strings.ToUpper(l.Wanted)), Subjects: Subjects(l.Subjects)}
}

// checkWords is Check, and that the subjects are known.
func (i Indicator) checkWords() error {
	if i.Subjects != NoSubject && i.Subjects != Things && i.Subjects != Persons {
		return fault.New(fault.Invalid, "subjects 只能写 thing（东西）、person（人）或者不写。")
	}
	return i.Check()
}

// inPack says in which line of a pack a fault is.
func inPack(err error, line int) error {
	f := fault.Of(err)
	if f == nil {
		return err
	}
	return fault.New(fault.Invalid, "第 %d 个指标：%s", line, f).In("pack")
}
