package public

import (
	"luoshi/internal/desk"
	"luoshi/ledger"
)

// entryList is the answer of /data/ledger.
type entryList struct {
	Size    int64       `json:"size"`
	Signed  int64       `json:"signed"`
	Entries []entryLine `json:"entries"`
	Next    *int64      `json:"next"`
}

// entryLine is an entry of the ledger; of one that is not released, its place
// and its leaf hash.
type entryLine struct {
	Seq    int64    `json:"seq"`
	Leaf   hexText  `json:"leaf"`
	Saying string   `json:"saying"`
	Act    *actData `json:"act"`
	Page   string   `json:"page"`
}

// actData is what a released entry holds.
type actData struct {
	At        instantText   `json:"at"`
	Kind      string        `json:"kind"`
	Actor     *idText       `json:"actor"`
	ActorName string        `json:"actor_name"`
	Subjects  []subjectData `json:"subjects"`
	Fields    []fieldData   `json:"fields"`
}

// subjectData names a record that an entry is about.
type subjectData struct {
	Noun string `json:"noun"`
	ID   idText `json:"id"`
}

// fieldData is a typed value of an entry, in the form that it has there.
type fieldData struct {
	Name  string           `json:"name"`
	Type  ledger.FieldType `json:"type"`
	Value string           `json:"value"`
}

// entryWhole is the answer of /data/ledger/{seq}: the bytes that its leaf is
// the hash of, and the words with their salt, null where there are none or they
// were erased.
type entryWhole struct {
	entryLine
	Body  *string  `json:"body"`
	Words *string  `json:"words"`
	Salt  *hexText `json:"salt"`
}

func (v visit) dataLedger() (any, error) {
	before, err := parseSeq(v.r.URL.Query().Get("before"))
	if err != nil {
		return nil, err
	}
	lines, size, err := v.desk.Ledger(v.r.Context(), before, entriesAPage)
	if err != nil {
		return nil, err
	}
	out := entryList{Size: size}
	if out.Signed, _, err = v.desk.Checkpoint(v.r.Context()); err != nil {
		return nil, err
	}
	if n := len(lines); n > 0 && lines[n-1].Seq > 0 {
		out.Next = &lines[n-1].Seq
	}
	out.Entries, err = v.entryLines(lines)
	return out, err
}

func (v visit) dataEntry() (any, error) {
	seq, err := parseSeq(v.r.PathValue("seq"))
	if err != nil {
		return nil, err
	}
	l, err := v.desk.Entry(v.r.Context(), seq)
	if err != nil {
		return nil, err
	}
	lines, err := v.entryLines([]desk.Line{l})
	if err != nil {
		return nil, err
	}
	out := entryWhole{entryLine: lines[0]}
	if l.Shown {
		out.Body = &l.Body
	}
	if l.Salt != "" || l.Covered {
		out.Words = &l.Reread
	}
	if l.Salt != "" {
		salt := hexText(l.Salt)
		out.Salt = &salt
	}
	return out, nil
}

func (v visit) entryLines(lines []desk.Line) ([]entryLine, error) {
	names, err := v.titles(lines...)
	return list(lines, func(l desk.Line) entryLine {
		out := entryLine{Seq: l.Seq, Leaf: hexText(l.Leaf), Saying: say(v.r.Context(), l, names), Page: entryPath(l.Seq)}
		if l.Shown {
			out.Act = actOf(l)
		}
		return out
	}), err
}

func actOf(l desk.Line) *actData {
	a := actData{At: instantOf(l.Entry.At), Kind: l.Entry.Kind, ActorName: l.Actor,
		Subjects: list(l.Entry.Subjects, func(s ledger.Subject) subjectData { return subjectData{s.Noun, idText(s.ID)} }),
		Fields:   list(l.Entry.Fields, func(f ledger.Field) fieldData { return fieldData{f.Name, f.Type, f.Value} })}
	if l.Entry.Actor != "" {
		actor := idText(l.Entry.Actor)
		a.Actor = &actor
	}
	return &a
}
