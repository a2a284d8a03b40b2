package audit

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"luoshi/fault"
	"luoshi/ledger"
	"luoshi/progress"
)

const (
	textEnd     = ".txt"
	originalEnd = ".original"
	coveredEnd  = ".covered" // the text of a public export of which a part is covered
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
	texts, originals := map[string][]rune{}, releasedOriginals(entries)
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
		if kind == full || originals[doc] && f.has(p+originalEnd) {
			if _, there := f.read(r, p+originalEnd); there {
				if sum := f.sums[p+originalEnd]; hex.EncodeToString(sum[:]) != e.Field("original") {
					r.wrong(inEntry(p+originalEnd, e.Seq), fault.New(fault.Invalid, "上传的原件与存证不符。"))
				}
			}
		}
	}
	if kind == public {
		checkCovered(r, f, entries, texts)
	}
	return texts
}

// attachmentOf gives the file that an entry names by its content; empty for none.
func attachmentOf(e ledger.Entry) string {
	switch e.Kind {
	case progress.KindFileAdded:
		return "attachments/" + e.Field("content") + originalEnd
	case progress.KindIssued:
		return "summaries/" + e.Field("content") + ".json"
	}
	return ""
}

// checkAttachments holds the files of reports and the editions of summaries to the entries
// by which they came. They stand in a full export only.
func checkAttachments(r *Report, f *files, kind string, entries []ledger.Entry) {
	for _, e := range entries {
		p := attachmentOf(e)
		if p == "" || kind != full {
			continue
		}
		if _, there := f.read(r, p); there {
			if sum := f.sums[p]; hex.EncodeToString(sum[:]) != e.Field("content") {
				r.wrong(inEntry(p, e.Seq), fault.New(fault.Invalid, "上传的原件与存证不符。"))
			}
		}
	}
}

// releasedOriginals are the documents of plans whose original file is public.
func releasedOriginals(entries []ledger.Entry) map[string]bool {
	ofPlan, out := map[string]string{}, map[string]bool{}
	for _, e := range entries {
		switch {
		case e.Kind == "plan.taken_into_force":
			ofPlan[e.Subject("plan")] = e.Subject("document")
		case e.Kind == "plan.fields_set" && e.Field("kind") == "originals":
			out[ofPlan[e.Subject("plan")]] = e.Field("released") == "1"
		}
	}
	return out
}

// checkCovered takes the documents of shown plans of which a part is covered. Their
// hash cannot be held to the ledger; that something is covered can be seen.
func checkCovered(r *Report, f *files, entries []ledger.Entry, texts map[string][]rune) {
	for _, e := range entries {
		doc := e.Subject("document")
		p := "documents/" + doc + coveredEnd
		if _, whole := texts[doc]; doc == "" || whole || !f.has(p) {
			continue
		}
		data, there := f.read(r, p)
		if !there {
			continue
		}
		if !utf8.Valid(data) || !strings.ContainsRune(string(data), hiddenSign) {
			r.wrong(inEntry(p, e.Seq), fault.New(fault.Invalid, "这份原文写着有遮住的地方，里面却没有。"))
		}
		texts[doc] = []rune(string(data))
		r.Documents++
		r.Covered++
	}
}

// checkSpans checks that every source lies within its document and that the
// words of a target stand there. Where words were erased there is nothing to check.
func checkSpans(r *Report, kind string, entries []ledger.Entry, replayed map[string][]row, texts map[string][]rune) {
	ofPlan, ofItem := map[string][]string{}, map[string][]string{}
	for _, e := range entries { // each document that it ever stood in: a plan may be issued anew
		switch e.Kind {
		case "plan.taken_into_force", "plan.restated":
			ofPlan[e.Subject("plan")] = append(ofPlan[e.Subject("plan")], e.Subject("document"))
		case "item.recorded":
			ofItem[e.Subject("item")] = append(ofItem[e.Subject("item")], e.Subject("document"))
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
			what := checkSpan(w.cells[t.at("spans")], quote, kind, documents[w.cells[owner]], texts)
			if what != nil {
				r.wrong(Place{t.path(), i + 2, w.seq}, what)
			}
		}
	}
}

// checkSpan checks one source. An item that stands in several plans has several
// documents; the source must fit one of them.
func checkSpan(spans, quote, kind string, documents []string, texts map[string][]rune) *fault.Fault {
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
		if quote == "" || words == quote || kind == public && alike(words, quote) {
			return nil
		}
		what = fault.New(fault.Invalid, "引文与出处不符：文件里是“%s”，引文是“%s”。", words, quote)
	}
	return what
}

// alike reports words that are the same but for signs that are covered in one of them.
func alike(a, b string) bool {
	x, y := []rune(a), []rune(b)
	return slices.EqualFunc(x, y, func(a, b rune) bool { return a == b || a == hiddenSign || b == hiddenSign })
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
