package ledger

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
)

// DrawTextError says which line of a draw is not in its form.
type DrawTextError struct{ Line int }

func (e *DrawTextError) Error() string { return fmt.Sprintf("line %d is not that of a draw", e.Line) }

// headLines are the lines before the list; the first leaf of the root.
func (t DrawTerms) headLines() []byte {
	return fmt.Appendf(nil, "luoshi draw 1\ncommitment %x\ncommitted %s\nsource %s\nnot_before %d\ndraw %d\neach %d\nlist %d\n",
		t.Commitment, t.Committed, t.Source, t.NotBefore, t.Count, t.Each, len(t.Entries))
}

// line is the line of a thing in the list; a leaf of the root.
func (e DrawEntry) line() []byte {
	stratum := e.Stratum
	if stratum == "" {
		stratum = "-"
	}
	return fmt.Appendf(nil, "entry %s %s\n", e.ID, stratum)
}

// String writes a mark as it stands in a draw.
func (m DrawMark) String() string {
	if m == (DrawMark{}) {
		return "-"
	}
	return fmt.Sprintf("%d %d", m.Seq, m.At)
}

// Bytes is the canonical form, docs/draw.md.
func (d Draw) Bytes() []byte {
	var b bytes.Buffer
	b.Write(d.headLines())
	for _, e := range d.Entries {
		b.Write(e.line())
	}
	seed, randomness := "-", "-"
	if d.Seed != nil {
		seed = hex.EncodeToString(d.Seed[:])
	}
	if d.Randomness != "" {
		randomness = d.Randomness
	}
	fmt.Fprintf(&b, "root %x\nfrozen %s\nrevealed %s\nseed %s\nrandomness %s\ndrawn %d\n", d.Root[:], d.Frozen, d.Revealed, seed, randomness, len(d.Drawn))
	for _, id := range d.Drawn {
		fmt.Fprintf(&b, "pick %s\n", id)
	}
	return b.Bytes()
}

// drawLines reads a draw line by line.
type drawLines struct {
	rest string
	line int
	bad  bool
}

// value gives what stands behind the name of the next line.
func (l *drawLines) value(name string) string {
	if l.bad {
		return ""
	}
	l.line++
	line, rest, ended := strings.Cut(l.rest, "\n")
	value, named := strings.CutPrefix(line, name+" ")
	l.rest, l.bad = rest, !ended || !named || value == ""
	return value
}

func (l *drawLines) number(s string) int64 {
	n, err := strconv.ParseInt(s, 10, 64)
	l.bad = l.bad || err != nil || n < 0 || strconv.FormatInt(n, 10) != s
	return n
}

func (l *drawLines) mark(name string) (m DrawMark) {
	v := l.value(name)
	if v == "-" {
		return m
	}
	seq, at, _ := strings.Cut(v, " ")
	m = DrawMark{l.number(seq), l.number(at)}
	l.bad = l.bad || m == DrawMark{}
	return m
}

func (l *drawLines) hash(s string) (h [32]byte) {
	b, err := hex.DecodeString(s)
	if err != nil || len(b) != 32 || hex.EncodeToString(b) != s {
		l.bad = true
		return h
	}
	return [32]byte(b)
}

// text reads a text of one line; what must stand there is its form, so that a draw
// has one way to be written.
func (l *drawLines) text(name string) string {
	v := l.value(name)
	l.bad = l.bad || !drawText(v)
	return v
}

func (l *drawLines) count(name string) int {
	n := l.number(l.value(name))
	l.bad = l.bad || n > MostDrawEntries
	if l.bad {
		return 0
	}
	return int(n)
}

// ParseDraw reads a draw and refuses what is not in its form with a *DrawTextError.
// Whether the draw is good Checks says.
func ParseDraw(b []byte) (Draw, error) {
	var d Draw
	l := &drawLines{rest: string(b)}
	l.bad = l.value("luoshi") != "draw 1" || l.bad
	d.Commitment = l.hash(l.value("commitment"))
	d.Committed = l.mark("committed")
	d.Source = l.text("source")
	d.NotBefore = l.number(l.value("not_before"))
	d.Count, d.Each = l.count("draw"), l.count("each")
	for n := l.count("list"); n > 0 && !l.bad; n-- {
		var e DrawEntry
		e.ID, e.Stratum, _ = strings.Cut(l.value("entry"), " ")
		l.bad = l.bad || !drawID(e.ID) || !drawText(e.Stratum)
		if e.Stratum == "-" {
			e.Stratum = ""
		}
		d.Entries = append(d.Entries, e)
	}
	d.Root = l.hash(l.value("root"))
	d.Frozen, d.Revealed = l.mark("frozen"), l.mark("revealed")
	if v := l.value("seed"); v != "-" && !l.bad {
		seed := l.hash(v)
		d.Seed = &seed
	}
	if d.Randomness = l.text("randomness"); d.Randomness == "-" {
		d.Randomness = ""
	}
	for n := l.count("drawn"); n > 0 && !l.bad; n-- {
		id := l.value("pick")
		l.bad = l.bad || !drawID(id)
		d.Drawn = append(d.Drawn, id)
	}
	if !l.bad && l.rest != "" {
		l.line++
		l.bad = true
	}
	if l.bad {
		return Draw{}, &DrawTextError{max(l.line, 1)}
	}
	return d, nil
}
