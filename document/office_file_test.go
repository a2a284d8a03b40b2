package document

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
)

// zipped makes a zip file of parts: names and contents in turn.
func zipped(parts ...string) []byte {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for i := 0; i < len(parts); i += 2 {
		f, err := w.Create(parts[i])
		if err == nil {
			_, err = f.Write([]byte(parts[i+1]))
		}
		if err != nil {
			panic(err)
		}
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return out.Bytes()
}

const wordNames = ` xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml"`

// docx makes a Word file of a body; more are names and contents of other parts,
// whose outermost element is given without its namespaces.
func docx(body string, more ...string) []byte {
	parts := []string{"word/document.xml", "<w:document><w:body>" + body + "<w:sectPr/></w:body></w:document>"}
	parts = append(parts, more...)
	for i := 1; i < len(parts); i += 2 {
		root, rest, ok := strings.Cut(parts[i], ">")
		if ok && strings.HasPrefix(root, "<w:") {
			parts[i] = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" + root + wordNames + ">" + rest
		}
	}
	return zipped(parts...)
}

// p is a paragraph of runs that are words, or already XML.
func p(properties string, runs ...string) string {
	out := "<w:p>"
	if properties != "" {
		out += "<w:pPr>" + properties + "</w:pPr>"
	}
	for _, r := range runs {
		if !strings.HasPrefix(r, "<") {
			r = `<w:r><w:t xml:space="preserve">` + r + "</w:t></w:r>"
		}
		out += r
	}
	return out + "</w:p>"
}

// run is a run with properties.
func run(properties, inner string) string {
	return "<w:r><w:rPr>" + properties + "</w:rPr>" + inner + "</w:r>"
}

// field is a complex field with a result.
func field(instruction, result string) string {
	return `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>` + instruction + `</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>` +
		result + `</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`
}

// in puts a paragraph into a list.
func in(num, level int) string {
	return fmt.Sprintf(`<w:numPr><w:ilvl w:val="%d"/><w:numId w:val="%d"/></w:numPr>`, level, num)
}

// lvl defines a level of a list.
func lvl(level int, format, text string, more ...string) string {
	return fmt.Sprintf(`<w:lvl w:ilvl="%d"><w:start w:val="1"/><w:numFmt w:val="%s"/>%s<w:lvlText w:val="%s"/></w:lvl>`, level, format, strings.Join(more, ""), text)
}

// abstract defines a list.
func abstract(id int, inner ...string) string {
	return fmt.Sprintf(`<w:abstractNum w:abstractNumId="%d">%s</w:abstractNum>`, id, strings.Join(inner, ""))
}

// num uses a list.
func num(id, abstract int, inner ...string) string {
	return fmt.Sprintf(`<w:num w:numId="%d"><w:abstractNumId w:val="%d"/>%s</w:num>`, id, abstract, strings.Join(inner, ""))
}

// tbl is a table of rows of cells; a cell is words, or XML that begins with <w:tcPr
// or <w:p.
func tbl(rows ...[]string) string {
	out := "<w:tbl><w:tblPr/><w:tblGrid/>"
	for _, r := range rows {
		out += "<w:tr>"
		for _, c := range r {
			if !strings.HasPrefix(c, "<w:p>") && !strings.HasPrefix(c, "<w:tcPr>") && !strings.HasPrefix(c, "<w:tbl>") {
				c = p("", c)
			}
			out += "<w:tc>" + c + "</w:tc>"
		}
		out += "</w:tr>"
	}
	return out + "</w:tbl>"
}

// row is a row of a table.
func row(cells ...string) []string { return cells }

// grid of a table as its words, rows by lines and cells by |, for comparing.
func (s Source) table(i int) string {
	runes := []rune(s.Text)
	var out []string
	for _, r := range s.Tables[i].Rows {
		var cells []string
		for _, c := range r {
			cells = append(cells, string(runes[c.Place.Start:c.Place.End]))
		}
		out = append(out, strings.Join(cells, "|"))
	}
	return strings.Join(out, "\n")
}
