package public

import (
	"encoding/csv"
	"net/http"
	"strconv"
	"strings"
	"time"

	"luoshi/fact"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
)

const sheetType = "text/csv; charset=utf-8"

// mostSheets is how many sheets are sent at once: each reads on for as long as its reader
// takes.
const mostSheets = 4

// sheetTime is how long a reader may take for what one read gives.
const sheetTime = time.Minute

// sheet is a CSV that is sent while it is read, so that its length does not matter.
type sheet struct {
	*csv.Writer
	began *bool
}

// sheet sends a read as CSV. What cannot be read before it begins is a problem as of any
// other read; later it breaks off, so that nobody takes a part for the whole.
func (v visit) sheet(r read) error {
	if v.sheets.Add(1) > mostSheets {
		v.sheets.Add(-1)
		return desk.ErrBusy
	}
	defer v.sheets.Add(-1)
	v.w.Header().Set("Content-Type", sheetType)
	v.w.Header().Set("Content-Disposition", `attachment; filename="`+strings.TrimPrefix(r.Sheet, "/data/")+`"`)
	began := false
	s := sheet{csv.NewWriter(v.w), &began}
	if err := s.Write(strings.Split(r.Heads, ",")); err != nil { // it is buffered until the first rows are there
		return err
	}
	err := r.pour(v, s)
	if err == nil {
		s.Flush()
		return nil // a reader who hangs up needs no answer
	}
	if !began {
		v.w.Header().Del("Content-Disposition")
		return err
	}
	web.Log(v.r, err)
	panic(http.ErrAbortHandler)
}

// sendOn lets what was written go, and gives the reader time for it.
func (v visit) sendOn(s sheet) error {
	*s.began = true
	s.Flush()
	_ = http.NewResponseController(v.w).SetWriteDeadline(time.Now().Add(sheetTime)) // where it cannot be set, the server's holds
	return s.Error()
}

func (v visit) pourIndicators(s sheet) error {
	all, err := v.desk.Indicators(v.r.Context())
	if err != nil {
		return err
	}
	for _, i := range all {
		if err := s.Write([]string{i.ID.String(), i.Name, i.Measure, string(i.Aggregation), i.Direction, string(i.Wanted), blankID(i.Numerator), blankID(i.Divisor)}); err != nil {
			return err
		}
	}
	return v.sendOn(s)
}

func (v visit) pourFacts(s sheet) error {
	c, err := v.chosen()
	if err != nil {
		return err
	}
	after, err := optionalIn[id.Fact](v.r.URL.Query().Get("after"))
	if err != nil {
		return err
	}
	for {
		rows, next, err := v.desk.FactsAfter(v.r.Context(), c, after)
		if err != nil {
			return err
		}
		for _, f := range rows {
			if err := s.Write(factCells(f)); err != nil {
				return err
			}
		}
		if err := v.sendOn(s); err != nil || next == 0 {
			return err
		}
		after = next
	}
}

func factCells(f fact.Fact) []string {
	return []string{f.ID.String(), f.Indicator.String(), f.Unit.String(), blankID(f.Place), string(f.Day), strconv.FormatInt(f.Instant, 10), f.Quantity.String(), f.Subject,
		string(f.State), string(f.Class), blankID(f.Corrects), string(f.Claimed)}
}

func (v visit) pourRollUp(s sheet) error {
	c, err := v.chosen()
	if err != nil {
		return err
	}
	after, err := rollUpPlace(v.r.URL.Query().Get("after"))
	if err != nil {
		return err
	}
	for {
		rows, next, more, err := v.desk.RollUpAfter(v.r.Context(), c, after)
		if err != nil {
			return err
		}
		for _, r := range rows {
			if err := s.Write([]string{r.Indicator.String(), r.Unit.String(), r.Month, r.Reported.String(), r.Counted.String()}); err != nil {
				return err
			}
		}
		if err := v.sendOn(s); err != nil || !more {
			return err
		}
		after = next
	}
}

// blankID is an identifier as a cell: empty for none.
func blankID[T interface {
	~int64
	String() string
}](i T) string {
	if i == 0 {
		return ""
	}
	return i.String()
}
