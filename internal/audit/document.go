package audit

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"luoshi/fault"
	"luoshi/ledger"
)

const (
	textEnd     = ".txt"
	originalEnd = ".original"
)

// checkDocuments holds the stored texts to the entries that froze them, and gives their runes.
func checkDocuments(r *Report, f *files, kind string, entries []ledger.Entry) map[string][]rune {
	frozen := map[string]ledger.Entry{}
	var order []string
	for _, e := range entries {
		if e.Kind != "document.frozen" {
			continue
		}
		doc := e.Subject("document")
		if doc == "" {
			r.wrong(entryPlace(r, e), fault.New(fault.Invalid, "条目没有写明 %s。", "document"))
			continue
		}
		if _, again := frozen[doc]; !again {
			order = append(order, doc)
		}
		frozen[doc] = e // the last one counts
	}
	texts := map[string][]rune{}
	for _, doc := range order {
		e, p := frozen[doc], "documents/"+doc
		if data, there := f.read(r, p+textEnd); there {
			r.Documents++
			at := inEntry(p+textEnd, e.Seq)
			sum := sha256.Sum256(data)
			switch {
			case hex.EncodeToString(sum[:]) != e.Field("text"):
				r.wrong(at, fault.New(fault.Invalid, "文件正文与存证不符。"))
			case !utf8.Valid(data) || strconv.Itoa(utf8.RuneCount(data)) != e.Field("runes"):
				r.wrong(at, fault.New(fault.Invalid, "文件正文的字数与存证不符。"))
			}
			texts[doc] = []rune(string(data))
		}
		if kind == full {
			if _, there := f.read(r, p+originalEnd); there {
				if sum := f.sums[p+originalEnd]; hex.EncodeToString(sum[:]) != e.Field("original") {
					r.wrong(inEntry(p+originalEnd, e.Seq), fault.New(fault.Invalid, "上传的原件与存证不符。"))
				}
			}
		}
	}
	return texts
}

// checkSpans checks that every source lies within its document and that the
// words of a target stand there. Where words were erased there is nothing to check.
func checkSpans(r *Report, replayed map[string][]row, texts map[string][]rune) {
	ofPlan, ofItem := map[string][]string{}, map[string][]string{}
	for _, t := range tables {
		for _, w := range replayed[t.name] {
			switch t.name {
			case "plans":
				p, d := w.cells[t.at("plan")], w.cells[t.at("document")]
				ofPlan[p] = append(ofPlan[p], d)
			case "plan_items":
				i, d := w.cells[t.at("item")], w.cells[t.at("document")]
				ofItem[i] = append(ofItem[i], d)
			}
		}
	}
	for _, t := range tables {
		if t.at("spans") < 0 {
			continue
		}
		documents, owner := ofPlan, t.at("plan")
		if owner < 0 {
			documents, owner = ofItem, t.at("item")
		}
		for i, w := range replayed[t.name] {
			quote := ""
			if q := t.at("quote"); q >= 0 {
				quote = w.cells[q]
			}
			what := checkSpan(w.cells[t.at("spans")], quote, documents[w.cells[owner]], texts)
			if what != nil {
				r.wrong(Place{t.path(), i + 2, w.seq}, what)
			}
		}
	}
}

// checkSpan checks one source. An item that stands in several plans has several
// documents; the source must fit one of them.
func checkSpan(spans, quote string, documents []string, texts map[string][]rune) *fault.Fault {
	if spans == "" {
		return nil
	}
	runs, ok := parseSpans(spans)
	if !ok {
		return fault.New(fault.Invalid, "出处不是规定的写法：%s", spans)
	}
	what := fault.New(fault.Invalid, "出处 %s 不在文件里。", spans)
	for _, doc := range documents {
		words, inside := cutOut(texts[doc], runs)
		if !inside {
			continue
		}
		if quote == "" || words == quote {
			return nil
		}
		what = fault.New(fault.Invalid, "引文与出处不符：文件里是“%s”，引文是“%s”。", words, quote)
	}
	return what
}

// parseSpans reads 611-618;700-705.
func parseSpans(spans string) (runs [][2]int, ok bool) {
	for part := range strings.SplitSeq(spans, ";") {
		a, b, _ := strings.Cut(part, "-")
		from, err := strconv.Atoi(a)
		to, errTo := strconv.Atoi(b)
		if err != nil || errTo != nil || from < 0 || to <= from || part != fmt.Sprintf("%d-%d", from, to) {
			return nil, false
		}
		runs = append(runs, [2]int{from, to})
	}
	return runs, true
}

// cutOut gives the words of a source in one line: a run of blanks that holds a
// line break is layout and goes, every other blank stays.
func cutOut(text []rune, runs [][2]int) (words string, inside bool) {
	var all []rune
	for _, run := range runs {
		if run[1] > len(text) {
			return "", false
		}
		all = append(all, text[run[0]:run[1]]...)
	}
	var out, blanks strings.Builder
	broken := false
	for _, c := range all {
		if unicode.IsSpace(c) {
			blanks.WriteRune(c)
			broken = broken || c == '\n'
			continue
		}
		if !broken {
			out.WriteString(blanks.String())
		}
		blanks.Reset()
		broken = false
		out.WriteRune(c)
	}
	if !broken {
		out.WriteString(blanks.String())
	}
	return out.String(), true
}
