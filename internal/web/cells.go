package web

import (
	"context"
	"html"
	"io"
	"slices"
	"sort"
	"strconv"
	"strings"

	"luoshi/document"
	"luoshi/internal/desk"

	"github.com/a-h/templ"
)

// Cell is a cell of a table in the text, with the tab or line break behind it: the
// cells of a line, put together, are the line rune for rune.
type Cell struct {
	Paragraph
	Head string // what stands above it; empty where nothing is to be said of it
}

// CellsOf cuts a line that is a row of a table into its cells; those of the row of
// heads have none above them. It gives nil for any other line, and for a row of one
// cell only, which is a title.
func CellsOf(text []rune, p Paragraph, tables []desk.DocumentTable) []Cell {
	k := sort.Search(len(tables), func(k int) bool { return tables[k].Place.End > p.Start })
	if k == len(tables) || p.Start < tables[k].Place.Start {
		return nil
	}
	column := 0
	for i := p.Start; i > 0 && text[i-1] != '\n'; i-- {
		if text[i-1] == '\t' {
			column++
		}
	}
	cells := cut(p)
	worded := 0
	for i := range cells {
		words := pack(cells[i].Paragraph)
		if cells[i].Blank = words == ""; cells[i].Blank {
			continue
		}
		worded++
		if head := headOf(tables[k], column+i); !strings.Contains(strings.ReplaceAll(head, " ", ""), words) {
			cells[i].Head = head
		}
	}
	if worded < 2 {
		return nil
	}
	return cells
}

func headOf(t desk.DocumentTable, column int) string {
	if column >= len(t.Heads) {
		return ""
	}
	return t.Heads[column]
}

// cut parts a paragraph behind its tabs.
func cut(p Paragraph) []Cell {
	cells := []Cell{{Paragraph: Paragraph{Start: p.Start}}}
	at := p.Start
	for _, s := range p.Segments {
		pieces := strings.SplitAfter(s.Text, "\t")
		for i, piece := range pieces {
			last := &cells[len(cells)-1]
			if piece != "" {
				part := Segment{Text: piece, Marks: s.Marks, Hidden: s.Hidden}
				if i == 0 {
					part.Instead = s.Instead
				}
				if i == len(pieces)-1 || i == len(pieces)-2 && pieces[i+1] == "" {
					part.Ending = s.Ending
				}
				last.Segments = append(last.Segments, part)
				at += len([]rune(piece))
			}
			if strings.HasSuffix(piece, "\t") {
				cells = append(cells, Cell{Paragraph: Paragraph{Start: at}})
			}
		}
	}
	if n := len(cells); len(cells[n-1].Segments) == 0 {
		cells = cells[:n-1]
	}
	return cells
}

// pack gives the words of a paragraph without blanks.
func pack(p Paragraph) string {
	var all strings.Builder
	for _, s := range p.Segments {
		all.WriteString(s.Text)
	}
	return strings.Join(strings.Fields(strings.ReplaceAll(all.String(), string(document.LineBreak), " ")), "")
}

// Row is a row of a table: its cells one below another, each with what stands above
// it in the table, so that it reads on any width. The heads run on in one line.
func Row(cells []Cell, chip func(key string) templ.Component) templ.Component {
	return rowOf(cells, chip, func(Cell) string { return "" })
}

// PlacedRow is a row whose cells say at which rune of the text they begin (data-at), so
// that a script can tell which words a person selects.
func PlacedRow(cells []Cell, chip func(key string) templ.Component) templ.Component {
	return rowOf(cells, chip, func(c Cell) string { return ` data-at="` + strconv.Itoa(c.Start) + `"` })
}

func rowOf(cells []Cell, chip func(key string) templ.Component, place func(Cell) string) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		write := func(s string) error {
			_, err := io.WriteString(w, s)
			return err
		}
		class := "heads"
		if slices.ContainsFunc(cells, func(c Cell) bool { return c.Head != "" }) {
			class = "cells"
		}
		if err := write(`<div class="` + class + `">`); err != nil {
			return err
		}
		for _, c := range cells {
			open := `<div` + place(c) + `>`
			switch {
			case c.Head != "":
				open = `<div class="slot" data-l="` + html.EscapeString(c.Head) + `"` + place(c) + `>`
			case !c.Blank:
				open = `<div class="slot"` + place(c) + `>`
			}
			if err := write(open); err != nil {
				return err
			}
			if err := Running(c.Paragraph, chip).Render(ctx, w); err != nil {
				return err
			}
			if err := write("</div>"); err != nil {
				return err
			}
		}
		return write("</div>")
	})
}
