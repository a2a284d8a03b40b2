package audit

import (
	"fmt"
	"strings"
	"unicode"

	"luoshi/fault"

	"golang.org/x/mod/sumdb/tlog"
)

// Report says what was checked, what was found and what could not be checked.
type Report struct {
	Problems   []Problem
	Cut        bool           // there are more problems than are told
	NotChecked []*fault.Fault // what nobody vouches for, in words

	Kind      string // full or public
	Origin    string
	City      int64
	Size      int64 // entries in the log
	Root      tlog.Hash
	Key       string // fingerprint of the key that was given, or empty
	Anchor    int64  // entries in the earlier checkpoint that was given, or 0
	Shown     int64  // entries that the folder shows
	Erased    int64  // shown entries whose words are no longer kept
	Covered   int64  // words and documents of which a part is covered
	Files     int
	Tables    int
	Rows      int
	Documents int
}

// Problem is one thing that is wrong, with its place.
type Problem struct {
	Place
	What *fault.Fault
}

// Place is where in the folder something stands. What is not known is left out.
type Place struct {
	File string // path in the folder, or the option that named a file
	Row  int    // row of a table as a spreadsheet counts: the header is 1; 0 for none
	Seq  int64  // number of the entry, or noEntry
}

const (
	noEntry      = -1
	mostProblems = 50
	longestWord  = 120 // runes of foreign text in a report
)

// String is the place without words of any language: tables/items.csv:3 #17.
func (p Place) String() string {
	s := p.File
	if p.Row > 0 {
		s += fmt.Sprintf(":%d", p.Row)
	}
	if p.Seq != noEntry {
		s += fmt.Sprintf(" #%d", p.Seq)
	}
	return s
}

// Exit is the exit code of the command: 0 good and anchored, 1 found wanting,
// 3 good as far as the folder itself can tell.
func (r Report) Exit() int {
	switch {
	case len(r.Problems) > 0:
		return 1
	case r.Key != "" && r.Anchor > 0:
		return 0
	}
	return 3
}

func inFile(path string) Place           { return Place{File: path, Seq: noEntry} }
func inRow(path string, row int) Place   { return Place{File: path, Row: row, Seq: noEntry} }
func inEntry(path string, s int64) Place { return Place{File: path, Seq: s} }

// wrong adds a problem. Whatever came from the folder is made harmless for a terminal.
func (r *Report) wrong(at Place, what *fault.Fault) {
	if len(r.Problems) == mostProblems {
		r.Cut = true
		return
	}
	at.File = printable(at.File)
	for i, a := range what.Args {
		if s, ok := a.(string); ok {
			what.Args[i] = printable(s)
		}
	}
	r.Problems = append(r.Problems, Problem{at, what})
}

func (r *Report) notChecked(what *fault.Fault) { r.NotChecked = append(r.NotChecked, what) }

// printable keeps line breaks and control signs of foreign text out of a report.
func printable(s string) string {
	s = strings.Map(func(c rune) rune {
		if !unicode.IsPrint(c) {
			return '·'
		}
		return c
	}, s)
	if runes := []rune(s); len(runes) > longestWord {
		return string(runes[:longestWord]) + "…"
	}
	return s
}
