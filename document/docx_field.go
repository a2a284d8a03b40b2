package document

import "strings"

// docxFields are the fields that are open where the reader stands: what stands
// between begin and separate is an instruction, and what stands between separate
// and end is shown (fldChar, ECMA-376 Part 1, 17.16.18).
type docxFields struct {
	open   []docxField
	unseen int  // of them, how many hide what stands here
	tables int  // of these, how many are tables of contents
	keep   bool // tables of contents are read too
}

type docxField struct {
	instruction string
	table       bool // a table of contents, which is left out as a whole
	shown       bool
}

// longestInstruction is more than tells what kind of field it is.
const longestInstruction = 80

func (f *docxFields) mark(kind string, n *notes) {
	if kind == "begin" {
		f.open = append(f.open, docxField{})
		f.unseen++
		return
	}
	if len(f.open) == 0 {
		return
	}
	top := &f.open[len(f.open)-1]
	switch kind {
	case "separate":
		word, _, _ := strings.Cut(strings.TrimSpace(top.instruction), " ")
		switch {
		case top.shown || top.table:
		case strings.EqualFold(word, "TOC") && !f.keep:
			top.table = true
			f.tables++
			n.say("自动目录没有读入，标题都在正文里。")
		default:
			top.shown = true
			f.unseen--
		}
	case "end":
		if !top.shown {
			f.unseen--
		}
		if top.table {
			f.tables--
		}
		f.open = f.open[:len(f.open)-1]
	}
}

// instruct adds words of an instruction.
func (f *docxFields) instruct(words string) {
	if n := len(f.open); n > 0 && len(f.open[n-1].instruction) < longestInstruction {
		f.open[n-1].instruction += words[:min(len(words), longestInstruction)]
	}
}

// endParagraph shows again what a field that was begun and never separated would
// hide: an instruction does not run over paragraphs, so its end is lost.
func (f *docxFields) endParagraph() {
	if f.unseen == f.tables {
		return
	}
	for i := range f.open {
		if !f.open[i].shown && !f.open[i].table {
			f.open[i].shown = true
			f.unseen--
		}
	}
}
