package document

import (
	"strings"
	"unicode/utf8"
)

// docxReader reads the body of a Word document (WordprocessingML, ECMA-376 Part 1,
// 17), part by part in the order of the file.
type docxReader struct {
	x        *xmlReader
	styles   docxStyles
	lists    *docxLists
	notes    notes
	fields   docxFields
	tables   int              // within which the reader stands
	cells    int              // seen so far
	boxed    bool             // the reader stands in a text box
	bytes    int              // of the words read so far
	carried  *strings.Builder // words of a paragraph that runs on in the next, or nil
	left     bool             // the content control being read is a prompt or a table of contents
	pictures bool
}

// docxBlock is a paragraph or a table. A paragraph's words hold \n where it breaks
// a line itself.
type docxBlock struct {
	words string
	table *docxTable
}

// readDocx reads a Word document: its body as it is printed, tracked changes taken
// as accepted, with the numbers that Word computes put before their paragraphs.
func readDocx(raw []byte) (Source, error) {
	d := &docxReader{}
	s, err := d.file(raw)
	if d.fields.tables > 0 && (err == nil || err == ErrEmpty) { // the end of its table of contents is lost
		d = &docxReader{fields: docxFields{keep: true}}
		s, err = d.file(raw)
	}
	return s, err
}

func (d *docxReader) file(raw []byte) (Source, error) {
	p, err := openPackage(raw)
	if err != nil {
		return Source{}, err
	}
	top, err := p.relations("")
	if err != nil {
		return Source{}, err
	}
	main := linked(top, "officeDocument", "word/document.xml")
	links, err := p.relations(main)
	if err != nil {
		return Source{}, err
	}
	x, err := p.xml(linked(links, "styles", "word/styles.xml"))
	if err != nil {
		return Source{}, err
	}
	if d.styles, err = readDocxStyles(x); err != nil {
		return Source{}, err
	}
	if x, err = p.xml(linked(links, "numbering", "word/numbering.xml")); err != nil {
		return Source{}, err
	}
	if d.lists, err = readDocxLists(x, d.styles); err != nil {
		return Source{}, err
	}
	if d.x, err = p.xml(main); err != nil {
		return Source{}, err
	}
	if p.has("word/vbaProject.bin") {
		d.notes.say("文件里的宏没有读，也没有运行。")
	}
	return d.read()
}

// read reads the main part and writes it down.
func (d *docxReader) read() (Source, error) {
	if d.x == nil {
		return Source{}, ErrDamaged
	}
	if _, err := d.x.root(); err != nil {
		return Source{}, err
	}
	blocks, err := d.blocks(nil)
	if err != nil {
		return Source{}, err
	}
	w := &writing{}
	if err := w.blocks(blocks, sizeOf(blocks)); err != nil {
		return Source{}, err
	}
	s, err := w.source("docx", d.notes)
	if err == ErrEmpty && d.pictures {
		return Source{}, ErrPictures
	}
	return s, err
}

// blocks reads the paragraphs and tables in the element that has just started.
// Elements that only hold others, such as content controls, are gone into. Of a
// cell of a table it also reads what the cell says of itself; cell may be nil.
func (d *docxReader) blocks(cell *docxCell) ([]docxBlock, error) {
	var out []docxBlock
	inside := d.x.depth
	var visit func(t xmlToken) error
	visit = func(t xmlToken) error {
		switch {
		case t.starts(choiceSpace, "AlternateContent"):
			return d.x.alternatives(func() int { return len(out) }, visit)
		case t.kind != elementStarts || t.space != wordSpace:
			return nil
		}
		switch t.name {
		case "p":
			read, err := d.paragraph()
			if n := len(out); n > 0 && len(read) == 1 && out[n-1] == (docxBlock{}) && read[0] == out[n-1] {
				return err // one of many empty ones
			}
			out = append(out, read...)
			return err
		case "tbl":
			if d.tables == deepestTable {
				return nil // its paragraphs are read as if there were no table
			}
			out = d.flush(out)
			table, err := d.table()
			out = append(out, docxBlock{table: table})
			return err
		case "del", "moveFrom":
			d.notes.say("文档里有修订，已按全部接受读入。")
			return d.x.skip()
		case "altChunk":
			d.notes.say("文档里嵌入的别的文件没有读入。")
			return d.x.skip()
		case "tcPr":
			if cell != nil && d.x.depth == inside+1 {
				return d.cellProperties(cell)
			}
			return d.x.skip()
		case "sectPr", "tblPr", "tblGrid", "trPr":
			return d.x.skip()
		}
		_, err := d.control(t)
		return err
	}
	err := d.x.within(visit)
	return d.flush(out), err
}

// flush adds the words of a paragraph that should have run on in another, where
// none follows.
func (d *docxReader) flush(blocks []docxBlock) []docxBlock {
	if d.carried != nil {
		if words := trimmedLines(d.carried.String()); words != "" {
			blocks = append(blocks, docxBlock{words: words})
		}
	}
	d.carried = nil
	return blocks
}

// control reads what belongs to a content control (sdt, 17.5.2), and tells whether
// it has read the element. A prompt that nobody filled in and a table of contents
// that Word computes from the headings are left out.
func (d *docxReader) control(t xmlToken) (bool, error) {
	switch {
	case t.starts(wordSpace, "sdtPr"):
		d.left = false
		return true, d.x.within(func(t xmlToken) error {
			switch {
			case t.starts(wordSpace, "showingPlcHdr"):
				d.left = d.left || t.on()
			case t.starts(wordSpace, "docPartGallery") && t.value("val") == "Table of Contents":
				d.left = true
				d.notes.say("自动目录没有读入，标题都在正文里。")
			case t.starts(wordSpace, "rPr"):
				return d.x.skip()
			}
			return nil
		})
	case t.starts(wordSpace, "sdtContent") && d.left:
		d.left = false
		return true, d.x.skip()
	}
	return false, nil
}

// sizeOf counts the runes of blocks and of the tables among them.
func sizeOf(blocks []docxBlock) int {
	n := 0
	for _, b := range blocks {
		n += utf8.RuneCountInString(b.words)
		if b.table == nil {
			continue
		}
		for _, row := range b.table.rows {
			for _, c := range row {
				n += sizeOf(c.blocks)
			}
		}
	}
	return n
}

// blocks writes paragraphs and tables, of a document with so many runes. A table
// that only lays out the page is written as the paragraphs it holds.
func (w *writing) blocks(blocks []docxBlock, all int) error {
	for _, b := range blocks {
		switch {
		case b.table == nil:
			for _, l := range strings.Split(b.words, "\n") {
				w.line(l)
			}
		case b.table.laysOut(all):
			for _, row := range b.table.rows {
				for _, c := range row {
					if err := w.blocks(c.blocks, all); err != nil {
						return err
					}
				}
			}
		default:
			g, err := b.table.grid()
			if err != nil {
				return err
			}
			if err := w.table(g); err != nil {
				return err
			}
		}
	}
	return nil
}
