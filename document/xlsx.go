package document

import (
	"strconv"
	"strings"
)

// xlsxReader reads a workbook (SpreadsheetML, ECMA-376 Part 1, 18).
type xlsxReader struct {
	file    *officePackage
	strings []string     // the shared strings (18.4.9)
	formats []cellFormat // of the cell styles, by their number (cellXfs, 18.8.10)
	from    int          // 1904 where days are counted from there, else 1900
	bytes   int          // of the words read so far
	notes   notes
}

// xlsxSheet is a sheet of the workbook, in its order.
type xlsxSheet struct {
	name, part string
}

// readXLSX reads a workbook: each sheet that is not hidden as a table, its cells as
// they are shown, under a line with its name if there are several.
func readXLSX(raw []byte) (Source, error) {
	p, err := openPackage(raw)
	if err != nil {
		return Source{}, err
	}
	r := &xlsxReader{file: p, from: 1900}
	top, err := p.relations("")
	if err != nil {
		return Source{}, err
	}
	main := linked(top, "officeDocument", "xl/workbook.xml")
	links, err := p.relations(main)
	if err != nil {
		return Source{}, err
	}
	sheets, err := r.sheets(main, links)
	if err != nil {
		return Source{}, err
	}
	if err := r.readStrings(linked(links, "sharedStrings", "xl/sharedStrings.xml")); err != nil {
		return Source{}, err
	}
	if err := r.readFormats(linked(links, "styles", "xl/styles.xml")); err != nil {
		return Source{}, err
	}
	if p.has("xl/vbaProject.bin") {
		r.notes.say("文件里的宏没有读，也没有运行。")
	}
	var grids []grid
	cells := 0
	for _, s := range sheets {
		g, err := r.sheet(s)
		if err != nil {
			return Source{}, err
		}
		if cells += len(g.places); cells > mostCells {
			return Source{}, ErrTableTooLarge
		}
		if len(g.places) > 0 {
			grids = append(grids, g)
		}
	}
	w := &writing{}
	for _, g := range grids {
		if len(grids) > 1 {
			w.line(g.sheet)
		}
		if err := w.table(g); err != nil {
			return Source{}, err
		}
	}
	return w.source("xlsx", r.notes)
}

// mostSheets is how many sheets a workbook may have.
const mostSheets = 1000

// sheets reads the workbook part: the sheets to be read, and how days are counted.
func (r *xlsxReader) sheets(main string, links []relation) ([]xlsxSheet, error) {
	x, err := r.file.xml(main)
	if err != nil {
		return nil, err
	}
	if x == nil {
		return nil, ErrDamaged
	}
	if _, err := x.root(); err != nil {
		return nil, err
	}
	parts := map[string]string{}
	for _, l := range links {
		if l.kind == "worksheet" {
			parts[l.id] = l.target
		}
	}
	var sheets []xlsxSheet
	seen := map[string]bool{} // a part is one sheet, however often it is named
	err = x.within(func(t xmlToken) error {
		switch {
		case t.kind != elementStarts:
		case t.name == "workbookPr":
			if isTrue(t.value("date1904")) {
				r.from = 1904
			}
		case t.name == "sheet":
			part := parts[t.value("id")]
			switch {
			case part == "" || seen[part]: // charts and macro sheets have no cells
			case t.value("state") == "hidden" || t.value("state") == "veryHidden":
				r.notes.say("隐藏的工作表没有读入。")
			case len(sheets) == mostSheets:
				return ErrTableTooLarge
			default:
				seen[part] = true
				sheets = append(sheets, xlsxSheet{strings.TrimSpace(plainWords(t.value("name"))), part})
			}
		}
		return nil
	})
	return sheets, err
}

// readStrings reads the shared strings, which may be missing.
func (r *xlsxReader) readStrings(part string) error {
	x, err := r.file.xml(part)
	if err != nil || x == nil {
		return err
	}
	if _, err := x.root(); err != nil {
		return err
	}
	return x.within(func(t xmlToken) error {
		if t.kind != elementStarts || t.name != "si" {
			return nil
		}
		words, err := richText(x)
		if r.strings = append(r.strings, shownWords(unescaped(words))); len(r.strings) > 2*mostCells {
			return ErrTableTooLarge
		}
		return err
	})
}

// richText joins the runs of a string that has just started; how it is spoken (rPh,
// 18.4.6) is left out.
func richText(x *xmlReader) (string, error) {
	var words strings.Builder
	err := x.within(func(t xmlToken) error {
		switch {
		case t.kind != elementStarts:
		case t.name == "rPh":
			return x.skip()
		case t.name == "t":
			s, err := x.text()
			words.WriteString(s)
			return err
		}
		return nil
	})
	return words.String(), err
}

// unescaped reads _x000D_, the form of signs that XML cannot hold (ST_Xstring, 22.9.2.19).
func unescaped(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	var out strings.Builder
	for {
		i := strings.Index(s, "_x")
		if i < 0 {
			break
		}
		if i+7 <= len(s) && s[i+6] == '_' {
			if n, err := strconv.ParseUint(s[i+2:i+6], 16, 16); err == nil {
				out.WriteString(s[:i])
				out.WriteRune(rune(n))
				s = s[i+7:]
				continue
			}
		}
		out.WriteString(s[:i+2])
		s = s[i+2:]
	}
	return out.String() + s
}

// shownWords makes the words of a cell one line.
func shownWords(s string) string {
	return cellWords(strings.FieldsFunc(s, func(r rune) bool { return r == '\n' || r == '\r' || r == LineBreak }))
}

// readFormats reads the number formats of the cell styles; the part may be missing.
func (r *xlsxReader) readFormats(part string) error {
	x, err := r.file.xml(part)
	if err != nil || x == nil {
		return err
	}
	if _, err := x.root(); err != nil {
		return err
	}
	codes, known := map[int]string{}, map[int]cellFormat{}
	return x.within(func(t xmlToken) error {
		switch {
		case t.kind != elementStarts:
		case t.name == "numFmt":
			codes[t.number("numFmtId", 0)] = t.value("formatCode")
		case t.name == "cellXfs":
			return x.within(func(t xmlToken) error {
				if t.kind != elementStarts || t.name != "xf" {
					return nil
				}
				id := t.number("numFmtId", 0)
				f, ok := known[id]
				if !ok {
					code, own := codes[id]
					if !own {
						code = usualFormats[id]
					}
					f = readFormat(code)
					known[id] = f
				}
				if r.formats = append(r.formats, f); len(r.formats) > mostDefinitions {
					return ErrUnpacked
				}
				return nil
			})
		case t.name == "dxfs":
			return x.skip() // formats of conditions
		}
		return nil
	})
}
