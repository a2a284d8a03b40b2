package public

import (
	"context"
	"regexp"
	"strings"

	"luoshi/document"
	"luoshi/fact"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
)

// indicatorList is the answer of /data/indicators.
type indicatorList struct {
	Indicators []indicatorData `json:"indicators"`
}

// indicatorData is a released indicator.
type indicatorData struct {
	ID          idText          `json:"indicator"`
	Name        string          `json:"name"`
	Measure     string          `json:"unit_of_measure"`
	Definition  string          `json:"definition"`
	Aggregation aggregationCode `json:"aggregation"`
	Direction   directionCode   `json:"direction"`
	Wanted      classCode       `json:"class_wanted"`
	Numerator   *idText         `json:"numerator"`
	Divisor     *idText         `json:"divisor"`
}

// factList is the answer of /data/facts.
type factList struct {
	Facts []factData `json:"facts"`
	Next  *idText    `json:"next"`
}

// factData is a row of facts: docs/export.md says which of them are reported and counted.
type factData struct {
	ID        idText        `json:"fact"`
	Indicator idText        `json:"indicator"`
	Unit      idText        `json:"unit"`
	Place     *idText       `json:"place"`
	Day       dayText       `json:"day"`
	Instant   instantText   `json:"instant"`
	Quantity  decimalText   `json:"quantity"`
	Subject   string        `json:"subject"`
	State     factStateCode `json:"state"`
	Class     classCode     `json:"class"`
	Corrects  *idText       `json:"corrects"`
	Claimed   classCode     `json:"claimed"`
}

// rollUpList is the answer of /data/rollup.
type rollUpList struct {
	Rows []rollUpData `json:"rows"`
	Next *string      `json:"next"`
}

// rollUpData is what one unit reported of one month.
type rollUpData struct {
	Indicator idText      `json:"indicator"`
	Unit      idText      `json:"unit"`
	Month     monthText   `json:"month"`
	Reported  decimalText `json:"reported"`
	Counted   decimalText `json:"counted"`
}

type (
	aggregationCode string
	classCode       string // empty for rows that say nothing of the evidence
	factStateCode   string
	monthText       string // YYYY-MM
)

// mostRows is how many rows one answer of JSON has, and mostReads how often it looks on for
// them: an answer may be empty and say where to go on.
const (
	mostRows  = 1000
	mostReads = 10
)

func (v visit) dataIndicators() (any, error) {
	all, err := v.desk.Indicators(v.r.Context())
	return indicatorList{list(all, indicatorOf)}, err
}

func indicatorOf(i fact.Indicator) indicatorData {
	return indicatorData{ID: textOf(i.ID), Name: i.Name, Measure: i.Measure, Definition: i.Definition, Aggregation: aggregationCode(i.Aggregation),
		Direction: directionCode(i.Direction), Wanted: classCode(i.Wanted), Numerator: optionalID(i.Numerator), Divisor: optionalID(i.Divisor)}
}

func (v visit) dataFacts() (any, error) {
	c, err := v.chosen()
	if err != nil {
		return nil, err
	}
	after, err := optionalIn[id.Fact](v.r.URL.Query().Get("after"))
	if err != nil {
		return nil, err
	}
	out := factList{Facts: []factData{}}
	for range mostReads {
		rows, next, err := v.desk.FactsAfter(v.r.Context(), c, after)
		if err != nil {
			return nil, err
		}
		for _, f := range rows {
			if len(out.Facts) == mostRows {
				out.Next = &out.Facts[mostRows-1].ID
				return out, nil
			}
			out.Facts = append(out.Facts, factOf(f))
		}
		if next == 0 {
			return out, nil
		}
		after = next
	}
	out.Next = optionalID(after)
	return out, nil
}

func factOf(f fact.Fact) factData {
	return factData{ID: textOf(f.ID), Indicator: textOf(f.Indicator), Unit: textOf(f.Unit), Place: optionalID(f.Place), Day: dayText(f.Day), Instant: instantOf(f.Instant),
		Quantity: quantityText(f.Quantity), Subject: f.Subject, State: factStateCode(f.State), Class: classCode(f.Class), Corrects: optionalID(f.Corrects), Claimed: classCode(f.Claimed)}
}

func (v visit) dataRollUp() (any, error) {
	c, err := v.chosen()
	if err != nil {
		return nil, err
	}
	after, err := rollUpPlace(v.r.URL.Query().Get("after"))
	if err != nil {
		return nil, err
	}
	out := rollUpList{Rows: []rollUpData{}}
	for range mostReads {
		rows, next, more, err := v.desk.RollUpAfter(v.r.Context(), c, after)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			if len(out.Rows) == mostRows {
				out.Next = rollUpNext(out.Rows[mostRows-1])
				return out, nil
			}
			out.Rows = append(out.Rows, rollUpOf(r))
		}
		if !more {
			return out, nil
		}
		after = next
	}
	out.Next = rollUpNext(rollUpOf(after))
	return out, nil
}

func rollUpOf(r desk.RollUpRow) rollUpData {
	return rollUpData{textOf(r.Indicator), textOf(r.Unit), monthText(r.Month), quantityText(r.Reported), quantityText(r.Counted)}
}

// rollUpNext says where the figures go on: indicator, month and unit of the last one.
func rollUpNext(r rollUpData) *string {
	s := string(r.Indicator) + "." + string(r.Month) + "." + string(r.Unit)
	return &s
}

func rollUpPlace(s string) (r desk.RollUpRow, err error) {
	parts := strings.Split(s, ".")
	if s == "" {
		return r, nil
	}
	if len(parts) != 3 || !aMonth.MatchString(parts[1]) {
		return r, errMissing
	}
	if r.Indicator, err = optionalIn[id.Indicator](parts[0]); err != nil {
		return r, err
	}
	r.Month = parts[1]
	r.Unit, err = optionalIn[id.Unit](parts[2])
	return r, err
}

var aMonth = regexp.MustCompile(`^\d{4}-(0[1-9]|1[0-2])$`)

var errMonth = fault.New(fault.Invalid, "月份要写成 2012-03 这样。")

// chosen reads which facts or figures are asked for.
func (v visit) chosen() (c desk.FactChosen, err error) {
	query := v.r.URL.Query()
	f := desk.FactFilter{Month: query.Get("month")}
	if f.Month != "" && !aMonth.MatchString(f.Month) {
		return c, errMonth
	}
	if f.Indicator, err = optionalIn[id.Indicator](query.Get("indicator")); err != nil {
		return c, err
	}
	if f.Unit, err = optionalIn[id.Unit](query.Get("unit")); err != nil {
		return c, err
	}
	return v.desk.Choose(v.r.Context(), f)
}

// optionalIn reads an identifier in an address; empty is none.
func optionalIn[T ~int64](s string) (out T, err error) {
	if s == "" {
		return 0, nil
	}
	n, err := id.Of[T](s)
	if err != nil {
		return 0, errMissing
	}
	return n, nil
}

func quantityText(d document.Decimal) decimalText { return decimalText(d.String()) }

// indicatorChoices offers all indicators, or one.
func indicatorChoices(ctx context.Context, all []fact.Indicator) []web.Choice {
	out := []web.Choice{{Value: "", Words: web.T(ctx, "全部")}}
	for _, i := range all {
		out = append(out, web.Choice{Value: i.ID.String(), Words: i.Name, Document: true})
	}
	return out
}
