package paper

import (
	"archive/zip"
	"bytes"
	"embed"
	"encoding/xml"
	"fmt"
	"io/fs"
	"regexp"
	"strings"
)

// template holds the parts of a docx that every document shares: its styles after
// GB/T 9704-2012, its fonts, and page numbers on the outer side of the foot.
//
//go:embed all:template
var template embed.FS

// style is the identifier of a style of paragraphs in template/word/styles.xml.
type style string

const (
	styleTitle    style = "Title"
	styleHead     style = "TableHead"
	styleCell     style = "TableCell"
	styleMiddle   style = "TableMiddle"
	styleGroup    style = "TableGroup"
	styleSubgroup style = "TableSubgroup"
	styleNote     style = "Note"

	styleLetterText    style = "LetterText"
	styleLetterHead    style = "LetterHead"
	styleLetterSubhead style = "LetterSubhead"
	styleLetterLast    style = "LetterLast" // text that stays with what follows
	styleLetterMiddle  style = "LetterMiddle"
	styleLetterAnnex   style = "LetterAnnex"
	styleLetterSign    style = "LetterSign"
)

// docx is a WordprocessingML document (ECMA-376) that is being written.
type docx struct {
	page  Page
	title string
	body  strings.Builder
}

// docxCell is a cell of a table: its lines are paragraphs.
type docxCell struct {
	words   string
	style   style
	columns int // over how many columns it reaches; 0 is one
	down    merging
}

// merging says whether a cell is one with that below it.
type merging string

const (
	begins    merging = "restart"
	continues merging = "continue"
)

// figure is where a line must not end: between a number and its unit.
var figure = regexp.MustCompile(`(\d) (\p{Han})`)

// paragraphs writes words in a style; every line is a paragraph of its own.
func (d *docx) paragraphs(s style, words string) {
	for line := range strings.SplitSeq(words, "\n") {
		fmt.Fprintf(&d.body, `<w:p><w:pPr><w:pStyle w:val="%s"/></w:pPr>`, s)
		if line != "" {
			line = figure.ReplaceAllString(line, "$1\u00a0$2")
			fmt.Fprintf(&d.body, `<w:r><w:t xml:space="preserve">%s</w:t></w:r>`, escaped(line))
		}
		d.body.WriteString(`</w:p>`)
	}
}

// heading writes one paragraph, its lines one below the other.
func (d *docx) heading(s style, words string) {
	fmt.Fprintf(&d.body, `<w:p><w:pPr><w:pStyle w:val="%s"/></w:pPr><w:r>`, s)
	for k, line := range strings.Split(words, "\n") {
		if k > 0 {
			d.body.WriteString(`<w:br/>`)
		}
		fmt.Fprintf(&d.body, `<w:t xml:space="preserve">%s</w:t>`, escaped(line))
	}
	d.body.WriteString(`</w:r></w:p>`)
}

// turn ends a section of the document: what follows stands on pages of another form.
func (d *docx) turn(next Page) {
	d.body.WriteString(`<w:p><w:pPr>` + d.page.section() + `</w:pPr></w:p>`)
	d.page = next
}

// section says on what pages a part of a document stands.
func (p Page) section() string {
	turned := ""
	if p.lying() {
		turned = ` w:orient="landscape"`
	}
	return fmt.Sprintf(`<w:sectPr><w:footerReference w:type="default" r:id="rIdOdd"/><w:footerReference w:type="even" r:id="rIdEven"/><w:pgSz w:w="%d" w:h="%d"%s/>`, p.Width, p.Height, turned) +
		fmt.Sprintf(`<w:pgMar w:top="%d" w:right="%d" w:bottom="%d" w:left="%d" w:header="%d" w:footer="%d" w:gutter="0"/></w:sectPr>`, p.Top, p.Right, p.Bottom, p.Left, p.Footer, p.Footer)
}

// table writes a ruled table whose columns have these widths in twips. Its first
// row is repeated on every page, and no row is broken between pages.
func (d *docx) table(widths []int, rows [][]docxCell) {
	sum := 0
	for _, w := range widths {
		sum += w
	}
	fmt.Fprintf(&d.body, `<w:tbl><w:tblPr><w:tblW w:w="%d" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>`, sum)
	for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		fmt.Fprintf(&d.body, `<w:%s w:val="single" w:sz="4" w:space="0" w:color="000000"/>`, side)
	}
	fmt.Fprintf(&d.body, `</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="%d" w:type="dxa"/><w:bottom w:w="40" w:type="dxa"/><w:right w:w="%d" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>`, cellMargin, cellMargin)
	for _, w := range widths {
		fmt.Fprintf(&d.body, `<w:gridCol w:w="%d"/>`, w)
	}
	d.body.WriteString(`</w:tblGrid>`)
	for i, row := range rows {
		d.body.WriteString(`<w:tr><w:trPr><w:cantSplit/>`)
		if i == 0 {
			d.body.WriteString(`<w:tblHeader/>`)
		}
		d.body.WriteString(`</w:trPr>`)
		column := 0
		for _, c := range row {
			n := max(1, c.columns)
			width := 0
			for _, w := range widths[column : column+n] {
				width += w
			}
			column += n
			fmt.Fprintf(&d.body, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>`, width)
			if n > 1 {
				fmt.Fprintf(&d.body, `<w:gridSpan w:val="%d"/>`, n)
			}
			align := "center"
			if c.down != "" { // it may reach over pages
				fmt.Fprintf(&d.body, `<w:vMerge w:val="%s"/>`, c.down)
				align = "top"
			}
			fmt.Fprintf(&d.body, `<w:vAlign w:val="%s"/></w:tcPr>`, align)
			d.paragraphs(c.style, c.words)
			d.body.WriteString(`</w:tc>`)
		}
		d.body.WriteString(`</w:tr>`)
	}
	d.body.WriteString(`</w:tbl>`)
}

// cellMargin is the room in twips at the left and right of a cell's words.
const cellMargin = 80

// bytes gives the file. One document always gives the same bytes.
func (d *docx) bytes() ([]byte, error) {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	put := func(name string, content []byte) error {
		w, err := z.Create(name)
		if err != nil {
			return err
		}
		_, err = w.Write(content)
		return err
	}
	err := fs.WalkDir(template, "template", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := template.ReadFile(path)
		if err != nil {
			return err
		}
		return put(strings.TrimPrefix(path, "template/"), content)
	})
	if err != nil {
		return nil, fmt.Errorf("write the shared parts: %w", err)
	}
	if err := put("word/document.xml", []byte(d.document())); err != nil {
		return nil, fmt.Errorf("write the document: %w", err)
	}
	if err := put("docProps/core.xml", []byte(d.properties())); err != nil {
		return nil, fmt.Errorf("write the properties: %w", err)
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

const xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

func (d *docx) document() string {
	return xmlHead + `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>` +
		d.body.String() +
		d.page.section() +
		`</w:body></w:document>`
}

func (d *docx) properties() string {
	return xmlHead + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>` +
		escaped(d.title) + `</dc:title></cp:coreProperties>`
}

func escaped(s string) string {
	var out strings.Builder
	_ = xml.EscapeText(&out, []byte(s)) // a strings.Builder takes everything
	return out.String()
}
