package document

import (
	"strconv"
	"strings"
)

// docxParagraph is a paragraph while it is read (p, ECMA-376 Part 1, 17.3.1.22).
type docxParagraph struct {
	words   *strings.Builder
	number  string // as Word computes it
	counted bool
	hidden  bool        // as its style says
	run     bool        // the run being read is hidden
	runsOn  bool        // its mark is deleted, so it is one with the next
	unseen  bool        // its mark is hidden: without words it is not there at all
	listed  docxListed  // where it has its number
	style   string      // the id of its style, or ""
	boxes   []docxBlock // the paragraphs of its text boxes
}

// paragraph reads a p that has just started: its line, and those of the text boxes
// that are anchored in it.
func (d *docxReader) paragraph() ([]docxBlock, error) {
	p := &docxParagraph{words: d.carried, listed: docxListed{level: -1}}
	if d.carried = nil; p.words == nil {
		p.words = &strings.Builder{}
	}
	p.hidden = d.styles.hidden("", false)
	if err := d.x.within(func(t xmlToken) error { return d.inline(p, t) }); err != nil {
		return nil, err
	}
	d.count(p)
	d.fields.endParagraph()
	if p.runsOn {
		d.carried = p.words
		return p.boxes, nil
	}
	words := trimmedLines(p.words.String())
	switch {
	case words != "":
		words = p.number + words
	case p.unseen:
		return p.boxes, nil
	default:
		words = strings.TrimRight(p.number, " ")
	}
	if d.bytes += len(words); d.bytes > MaxBytes {
		return nil, ErrTooLarge
	}
	return append([]docxBlock{{words: words}}, p.boxes...), nil
}

// trimmedLines drops the blanks around each line of a paragraph: its indents are
// layout. Lines that are empty then are dropped too.
func trimmedLines(words string) string {
	var kept []string
	for _, l := range strings.Split(words, "\n") {
		if l = strings.TrimFunc(l, isBlank); l != "" {
			kept = append(kept, l)
		}
	}
	return strings.Join(kept, "\n")
}

// inline reads what stands within a paragraph. Elements that it does not know, such
// as links, are gone into: their words are words of the paragraph.
func (d *docxReader) inline(p *docxParagraph, t xmlToken) error {
	if t.kind != elementStarts {
		return nil
	}
	if !t.starts(wordSpace, "pPr") { // which stands first, if at all
		d.count(p)
	}
	switch {
	case t.starts(mathSpace, "r"):
		p.run = p.hidden
	case t.starts(mathSpace, "t"):
		return d.words(p, t)
	case t.starts(choiceSpace, "AlternateContent"):
		return d.x.alternatives(func() int { return p.words.Len() + len(p.boxes) }, func(t xmlToken) error { return d.inline(p, t) })
	case t.space != wordSpace:
		if t.name == "blip" || t.name == "imagedata" { // of DrawingML, of VML
			d.pictures = true
			d.notes.say("图片没有读入，里面的文字读不出来。")
		}
		return nil
	}
	switch t.name {
	case "pPr":
		return d.paragraphProperties(p)
	case "r":
		p.run = p.hidden
	case "rPr":
		return d.runProperties(p)
	case "t":
		return d.words(p, t)
	case "tab", "ptab":
		d.add(p, " ")
	case "br", "cr":
		d.add(p, "\n")
	case "noBreakHyphen":
		d.add(p, "-")
	case "sym":
		d.add(p, docxSymbol(t.value("font"), t.value("char")))
	case "fldChar":
		d.fields.mark(t.value("fldCharType"), &d.notes)
	case "instrText":
		words, err := d.x.text()
		d.fields.instruct(words)
		return err
	case "del", "moveFrom":
		d.notes.say("文档里有修订，已按全部接受读入。")
		return d.x.skip()
	case "ins", "moveTo":
		d.notes.say("文档里有修订，已按全部接受读入。")
	case "delText", "delInstrText", "rt", "rubyPr", "fldData", "ffData":
		return d.x.skip()
	case "footnoteReference", "endnoteReference":
		d.notes.say("脚注和尾注没有读入。")
	case "object":
		d.notes.say("文档里嵌入的别的文件没有读入。")
		return d.x.skip()
	case "txbxContent":
		return d.textBox(p)
	default:
		_, err := d.control(t)
		return err
	}
	return nil
}

// words adds the words of a t that has just started. Blanks at its ends count only
// where it says so (xml:space, 17.3.3.31).
func (d *docxReader) words(p *docxParagraph, t xmlToken) error {
	words, err := d.x.text()
	if t.value("space") != "preserve" {
		words = strings.Trim(words, " \t\r\n")
	}
	d.add(p, plainWords(words))
	return err
}

// add adds words that are shown where they stand.
func (d *docxReader) add(p *docxParagraph, words string) {
	switch {
	case d.fields.unseen > 0:
	case !p.run:
		p.words.WriteString(words)
	case strings.TrimSpace(words) != "":
		d.notes.say("隐藏的文字没有读入。")
	}
}

// textBox reads a text box. A paragraph that runs on, and a field, do so in the
// story that they stand in, not in the box (17.2.1). Boxes lie in no boxes, so what
// pretends to is read as words of the paragraph.
func (d *docxReader) textBox(p *docxParagraph) error {
	if d.boxed {
		return nil
	}
	carried, fields := d.carried, d.fields
	d.carried, d.fields, d.boxed = nil, docxFields{keep: fields.keep}, true
	blocks, err := d.blocks(nil)
	d.carried, d.fields, d.boxed = carried, fields, false
	p.boxes = append(p.boxes, blocks...)
	return err
}

// paragraphProperties reads a pPr that has just started.
func (d *docxReader) paragraphProperties(p *docxParagraph) error {
	err := d.x.within(func(t xmlToken) error {
		if t.kind != elementStarts || t.space != wordSpace {
			return nil
		}
		switch t.name {
		case "pStyle": // stands before what is said of the mark
			p.style = t.value("val")
			p.hidden = d.styles.hidden(p.style, false)
			p.unseen = p.hidden
		case "numPr":
			var err error
			p.listed, err = readDocxListed(d.x)
			return err
		case "rPr": // of the mark that ends the paragraph
			return d.markProperties(p)
		case "pPrChange", "sectPr": // what stood before a change
			return d.x.skip()
		}
		return nil
	})
	p.run = p.hidden
	return err
}

// count gives a paragraph its number, once, if it stands in a list: before what its
// text boxes hold is counted.
func (d *docxReader) count(p *docxParagraph) {
	if p.counted {
		return
	}
	p.counted = true
	if p.runsOn || p.unseen || d.fields.unseen > 0 {
		return
	}
	if num, level := d.place(p); num != "" && num != "0" && level < listLevels {
		p.number = d.lists.number(num, level)
	}
}

// markProperties reads what is said of the mark that ends a paragraph: a deleted
// mark makes it one with the next (17.13.5.15).
func (d *docxReader) markProperties(p *docxParagraph) error {
	return d.x.within(func(t xmlToken) error {
		if t.kind != elementStarts || t.space != wordSpace {
			return nil
		}
		switch t.name {
		case "del", "moveFrom":
			p.runsOn = true
			d.notes.say("文档里有修订，已按全部接受读入。")
		case "vanish":
			p.unseen = t.on()
		case "rPrChange":
			return d.x.skip()
		}
		return nil
	})
}

// place finds the list and level of a paragraph: its own numPr, or that of its
// style or a style that it is based on. In a style the level is the one whose
// pStyle names it; the ilvl written there is only asked where none does
// (17.3.1.19, 17.9.23).
func (d *docxReader) place(p *docxParagraph) (num string, level int) {
	num, level = p.listed.num, p.listed.level
	if num != "" {
		return num, max(level, 0)
	}
	if num = d.styles.list(p.style); num == "" || level >= 0 {
		return num, level
	}
	d.styles.chain(p.style, func(id string, style docxStyle) bool {
		if level = d.lists.levelOf(num, id); level < 0 {
			level = style.listed.level
		}
		return level >= 0
	})
	return num, max(level, 0)
}

// runProperties reads an rPr that has just started: whether the run is hidden.
func (d *docxReader) runProperties(p *docxParagraph) error {
	return d.x.within(func(t xmlToken) error {
		if t.kind != elementStarts || t.space != wordSpace {
			return nil
		}
		switch t.name {
		case "rStyle":
			p.run = d.styles.hidden(t.value("val"), p.run)
		case "vanish":
			p.run = t.on()
		case "rPrChange":
			return d.x.skip()
		}
		return nil
	})
}

// docxSymbol gives the sign that a symbol font shows at a place (sym, 17.3.3.30).
// 〓 is the printers' mark for a sign that is not at hand.
func docxSymbol(font, char string) string {
	n, err := strconv.ParseUint(char, 16, 32)
	if err != nil {
		return "〓"
	}
	if n < 0xf000 || n > 0xf0ff {
		return plainWords(string(rune(n)))
	}
	switch strings.ToLower(font) {
	case "wingdings":
		switch n & 0xff {
		case 0xfe, 0x78:
			return "☑"
		case 0xfd, 0xfb:
			return "☒"
		case 0xa8, 0x6f, 0x71, 0x72:
			return "□"
		case 0xfc:
			return "✓"
		case 0xe0, 0xe8:
			return "→"
		case 0x6c, 0x9f:
			return "●"
		case 0x6e, 0xa7:
			return "■"
		case 0x75, 0x77:
			return "◆"
		case 0xd8:
			return "➢"
		case 0xab:
			return "★"
		}
	case "wingdings 2":
		switch n & 0xff {
		case 0x52, 0x54:
			return "☑"
		case 0x51, 0x53:
			return "☒"
		case 0xa3, 0x2a:
			return "□"
		case 0x50:
			return "✓"
		}
	}
	return "〓"
}
