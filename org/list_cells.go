package org

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Cells is a table of words as it was pasted or stands in a file. It is one text and
// the places where its cells end, since a list may have 600,000 rows.
type Cells struct {
	text  strings.Builder
	ends  []uint32 // of each cell
	last  []uint32 // how many cells there are up to the end of each row
	lines []uint32 // the number that each row has in its file, from 1
	width int
}

// Add adds a row that stands at a line of its file. One without words is left out.
func (c *Cells) Add(line int, words []string) {
	start, cells, worded := c.text.Len(), len(c.ends), 0
	for i, w := range words {
		w = tidy(w)
		c.text.WriteString(w)
		c.ends = append(c.ends, uint32(c.text.Len()))
		if w != "" {
			worded = i + 1
		}
	}
	c.ends = c.ends[:cells+worded]
	if c.text.Len() == start {
		return
	}
	c.last, c.lines = append(c.last, uint32(len(c.ends))), append(c.lines, uint32(line))
	c.width = max(c.width, worded)
}

// Rows is how many rows there are, and Width how many cells the longest has.
func (c *Cells) Rows() int { return len(c.last) }

// Width is how many cells the longest row has.
func (c *Cells) Width() int { return c.width }

// Size is how many bytes of words there are.
func (c *Cells) Size() int { return c.text.Len() }

// Line is the number that a row has in its file.
func (c *Cells) Line(row int) int { return int(c.lines[row]) }

// At gives the words of a cell; there are none outside of the table.
func (c *Cells) At(row, column int) string {
	first := 0
	if row > 0 {
		first = int(c.last[row-1])
	}
	i := first + column
	if column < 0 || i >= int(c.last[row]) {
		return ""
	}
	from := uint32(0)
	if i > 0 {
		from = c.ends[i-1]
	}
	return c.text.String()[from:c.ends[i]]
}

// Row gives the words of a row, as many as the table is wide.
func (c *Cells) Row(row int) []string {
	out := make([]string, c.width)
	for k := range out {
		out[k] = c.At(row, k)
	}
	return out
}

// tidy gives the words of a cell as a name has them: without blanks around them, and
// without those that only spread Chinese signs out.
func tidy(words string) string {
	if !strings.ContainsFunc(words, func(r rune) bool { return blank(r) || r == utf8.RuneError }) {
		return words
	}
	var out strings.Builder
	var before rune
	for _, part := range strings.FieldsFunc(strings.ToValidUTF8(words, ""), blank) {
		first, _ := utf8.DecodeRuneInString(part)
		if before != 0 && before < unicode.MaxLatin1 && first < unicode.MaxLatin1 {
			out.WriteByte(' ')
		}
		out.WriteString(part)
		before, _ = utf8.DecodeLastRuneInString(part)
	}
	return out.String()
}

// blank reports whether a sign shows nothing.
func blank(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsControl(r) || r >= 0x200b && r <= 0x200f || r == 0x2060 || r == 0xfeff
}

// ReadCells reads cells that were copied from a spreadsheet, with tabs between them, or
// those of a CSV. A cell in quotation marks may hold separators and line breaks; two
// marks in it are one.
func ReadCells(text string) *Cells {
	c := &Cells{}
	text = strings.TrimPrefix(text, "\ufeff")
	c.text.Grow(len(text))
	separator := separatorOf(text)
	var row []string
	line, begun := 1, 1
	for rest := text; rest != ""; {
		cell, after, quoted := quotedCell(rest, separator)
		if !quoted {
			end := strings.IndexAny(rest, separator+"\r\n")
			if end < 0 {
				end = len(rest)
			}
			cell, after = rest[:end], rest[end:]
		}
		line += strings.Count(cell, "\n")
		row = append(row, cell)
		if strings.HasPrefix(after, separator) {
			rest = after[len(separator):]
			continue
		}
		if after != "" {
			line++
		}
		rest = strings.TrimPrefix(strings.TrimPrefix(after, "\r"), "\n")
		c.Add(begun, row)
		row, begun = row[:0], line
	}
	if len(row) > 0 {
		c.Add(begun, row)
	}
	return c
}

// separatorOf finds what stands between the cells: whichever sign is the most frequent
// in the first lines, a tab before all.
func separatorOf(text string) string {
	head := text[:min(len(text), 4096)]
	best, most := "\t", strings.Count(head, "\t")
	for _, s := range []string{",", "，", ";", "；", "|"} {
		if n := strings.Count(head, s); most == 0 && n > 0 || best != "\t" && n > most {
			best, most = s, n
		}
	}
	return best
}

// quotedCell reads a cell that begins with a quotation mark, if one ends it before a
// separator or a line end.
func quotedCell(s, separator string) (cell, after string, ok bool) {
	if !strings.HasPrefix(s, `"`) {
		return "", "", false
	}
	for i := 1; i < len(s); i++ {
		if s[i] != '"' {
			continue
		}
		if i+1 < len(s) && s[i+1] == '"' {
			i++
			continue
		}
		if after = s[i+1:]; after == "" || strings.HasPrefix(after, separator) || after[0] == '\n' || after[0] == '\r' {
			return strings.ReplaceAll(s[1:i], `""`, `"`), after, true
		}
		return "", "", false
	}
	return "", "", false
}

// ColumnLetter names a column as spreadsheets do: A, B, … Z, AA.
func ColumnLetter(column int) string {
	name := ""
	for n := column + 1; n > 0; n = (n - 1) / 26 {
		name = string(rune('A'+(n-1)%26)) + name
	}
	return name
}
