package paper

import (
	"bytes"
	"context"
	"regexp"
	"slices"

	"luoshi/collection"
	"luoshi/internal/text"

	"github.com/xuri/excelize/v2"
)

// FilledUnit is what a unit filled into a template.
type FilledUnit struct {
	Name   string
	Rows   []int // of the template that are its own; none where it gets free ones
	Came   bool
	Why    string // what is to be said of one that did not, such as that it was returned; or empty
	Values collection.Values
}

// templateFill is a workbook that is being filled in.
type templateFill struct {
	f     *excelize.File
	t     *collection.Template
	moved int  // rows that were put in before those that follow
	whole bool // free rows are written where nothing is filled in, too
}

// FillTemplate gives the workbook as it was given, with what the units filled in, in the
// order of its rows; those that did not are listed below the table.
func FillTemplate(lang text.Lang, raw []byte, t *collection.Template, units []FilledUnit) ([]byte, error) {
	f, err := openWorkbook(raw)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	w := templateFill{f: f, t: t}
	for _, u := range units {
		if len(u.Rows) > 0 && u.Came {
			if err := w.rows(u, u.Rows); err != nil {
				return nil, err
			}
		}
	}
	if err := w.free(units); err != nil {
		return nil, err
	}
	if err := w.missing(lang, units); err != nil {
		return nil, err
	}
	return w.bytes()
}

func (w *templateFill) bytes() ([]byte, error) {
	if err := w.f.UpdateLinkedValue(); err != nil { // what is computed is computed anew when it is opened
		return nil, err
	}
	var b bytes.Buffer
	err := w.f.Write(&b)
	return b.Bytes(), err
}

// rows writes what a unit filled in into rows of the sheet.
func (w *templateFill) rows(u FilledUnit, into []int) error {
	for _, field := range w.t.Fields(u.Rows) {
		if field.Kind == collection.Printed || field.Row > len(into) {
			continue
		}
		if v, said := u.Values[field.Key]; said || u.Came {
			if err := w.set(into[field.Row-1], field.Col, v); err != nil {
				return err
			}
		}
	}
	return nil
}

// plainFigure is a number that a spreadsheet may hold as one, so that it can be summed:
// no zeros in front, and no more digits than it keeps.
var plainFigure = regexp.MustCompile(`^-?(0|[1-9][0-9]{0,11})(\.[0-9]{1,3})?$`)

// set writes a value: a number as such, and all else as text, so that what begins with =
// never is a formula. The format of the cell stays.
func (w *templateFill) set(row, col int, v string) error {
	at, err := excelize.CoordinatesToCellName(col, row)
	if err != nil {
		return err
	}
	if v == "" {
		return w.f.SetCellStr(w.t.Sheet.Name, at, "")
	}
	if plainFigure.MatchString(v) && !w.asText(at) {
		return w.f.SetCellDefault(w.t.Sheet.Name, at, v)
	}
	return w.f.SetCellStr(w.t.Sheet.Name, at, v)
}

// textFormat is the number of the format of cells that hold text only.
const textFormat = 49

func (w *templateFill) asText(at string) bool {
	k, err := w.f.GetCellStyle(w.t.Sheet.Name, at)
	if err != nil {
		return false
	}
	style, err := w.f.GetStyle(k)
	return err == nil && style != nil && style.NumFmt == textFormat
}

// free writes the rows of units that have none of their own, one unit after the other:
// first into rows that the template leaves blank, then into rows like the last of them.
func (w *templateFill) free(units []FilledUnit) error {
	taken := map[int]bool{}
	for _, u := range units {
		for _, r := range u.Rows {
			taken[r] = true
		}
	}
	var blank []int
	for r := w.t.Reading.First; r <= w.t.Reading.Last; r++ {
		if !taken[r] && w.isBlank(r) {
			blank = append(blank, r)
		}
	}
	last := w.t.Reading.Last
	for _, u := range units {
		if len(u.Rows) > 0 || !u.Came {
			continue
		}
		for k := range w.t.Reading.Free {
			if !w.whole && !filledRow(u, k+1, w.t.Sheet.Width()) {
				continue
			}
			var row int
			if len(blank) > 0 {
				row, blank = blank[0], blank[1:]
			} else {
				if err := w.f.DuplicateRow(w.t.Sheet.Name, last); err != nil {
					return err
				}
				last++
				w.moved++
				row = last
				if err := w.empty(row); err != nil {
					return err
				}
			}
			last = max(last, row)
			if err := w.freeRow(u, k+1, row); err != nil {
				return err
			}
		}
	}
	return nil
}

func filledRow(u FilledUnit, row, width int) bool {
	for c := 1; c <= width; c++ {
		if u.Values[collection.CellKey(row, c)] != "" {
			return true
		}
	}
	return false
}

func (w *templateFill) isBlank(row int) bool {
	for c := 1; c <= w.t.Sheet.Width(); c++ {
		if head := w.t.Head(c); w.t.Sheet.Words(row, c) != "" && head != "序号" && head != "编号" {
			return false
		}
	}
	return true
}

func (w *templateFill) empty(row int) error {
	for c := 1; c <= w.t.Sheet.Width(); c++ {
		if err := w.set(row, c, ""); err != nil {
			return err
		}
	}
	return nil
}

func (w *templateFill) freeRow(u FilledUnit, own, row int) error {
	if c := w.t.Reading.UnitCol; c > 0 {
		if err := w.set(row, c, u.Name); err != nil {
			return err
		}
	}
	for _, field := range w.t.Fields(nil) {
		if field.Row == own && field.Kind != collection.Printed {
			if err := w.set(row, field.Col, u.Values[field.Key]); err != nil {
				return err
			}
		}
	}
	return nil
}

// missing lists the units that did not fill in anything, below all that is there.
func (w *templateFill) missing(lang text.Lang, units []FilledUnit) error {
	var names []string
	for _, u := range units {
		if !u.Came && u.Why != "" {
			names = append(names, u.Name+"（"+u.Why+"）")
		} else if !u.Came {
			names = append(names, u.Name)
		}
	}
	if len(names) == 0 {
		return nil
	}
	row := len(w.t.Sheet.Rows)
	for _, m := range w.t.Sheet.Merges {
		row = max(row, m.LastRow)
	}
	row += w.moved + 2
	head := text.Say(lang, "未报 %d 家：", len(names))
	for k, words := range slices.Concat([]string{head}, names) {
		if err := w.set(row+k, 1, words); err != nil {
			return err
		}
	}
	return nil
}

// OwnTemplate gives the workbook with the rows of one unit alone, with what it finds
// filled in: the rows of others go away.
func OwnTemplate(_ context.Context, raw []byte, t *collection.Template, u FilledUnit) ([]byte, error) {
	f, err := openWorkbook(raw)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	w := templateFill{f: f, t: t, whole: true}
	if u.Came = true; len(u.Rows) > 0 {
		err = w.rows(u, u.Rows)
	} else {
		err = w.free([]FilledUnit{u})
	}
	if err != nil {
		return nil, err
	}
	for r := t.Reading.Last; r >= t.Reading.First; r-- {
		if slices.Contains(u.Rows, r) || len(u.Rows) == 0 && w.isBlank(r) {
			continue
		}
		if err := f.RemoveRow(t.Sheet.Name, r); err != nil {
			return nil, err
		}
	}
	return w.bytes()
}
