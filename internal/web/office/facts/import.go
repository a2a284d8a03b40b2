package facts

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"luoshi/calendar"
	"luoshi/fact"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
)

// offerFacts is the sheet on which a sheet of facts (台账) is given in.
func offerFacts(s *page.Side, r *http.Request) (page.Sheet, error) {
	ctx := r.Context()
	places, indicators, before, err := s.Office.FactImports(ctx, page.Who(ctx))
	if err != nil {
		return page.Sheet{}, err
	}
	which := []web.Choice{{Words: web.T(ctx, "表里写着，一列一个或者一行一个")}}
	for _, i := range indicators {
		which = append(which, web.Choice{Value: i.ID.String(), Words: i.Name, Document: true})
	}
	stands := url.Values{"year": {string(s.Office.Today())[:4]}, "indicator": {r.URL.Query().Get("indicator")}, "unit": {r.URL.Query().Get("unit")}}
	if stands.Get("unit") == "" && len(places) > 0 {
		stands.Set("unit", places[0].ID.String())
	}
	return page.Sheet{
		Title: web.T(ctx, "导入台账"), Back: page.FiguresPath, Button: web.T(ctx, "读一遍，先看看"), Upload: true,
		Lede:   web.T(ctx, "手头的台账是什么样就交什么样，不用改格式。先给您看会导进哪些数，看过再导；有一处没弄清，一条都不导。"),
		Stands: stands,
		Inputs: []page.Input{
			{Name: "text", Kind: "area", Rows: "10", Label: web.T(ctx, "台账"), Hint: web.T(ctx, "在表格里选中，连表头一起复制，贴到这里。一行一件事、一列一个指标、一列一个月都行。")},
			{Name: "file", Kind: "file", Label: web.T(ctx, "或者选一个文件"), Hint: web.T(ctx, "Excel（.xlsx、.xls）、WPS 表格、CSV 或文本，最多 4 MB。")},
			{Name: "unit", Kind: "select", Label: web.T(ctx, "是哪里的台账"), Hint: web.T(ctx, "表里的单位都在它下面找。下级的数算代报。"), Choices: page.PlaceChoices(places)},
			{Name: "indicator", Kind: "select", Label: web.T(ctx, "数的是什么"), Choices: which},
			{Name: "year", Kind: "number", Label: web.T(ctx, "哪一年的"), Hint: web.T(ctx, "日期没有写年份的，算这一年。")},
		},
		Above: page.FactWays(page.FactImportPath),
		Below: earlierSheets(ctx, before),
		Act: func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
			in, err := page.SentDocument(r, f)
			if err != nil && !errors.Is(err, page.ErrNothingSent) {
				return "", err
			}
			offer := desk.FactOffer{FileName: in.FileName, Content: in.Original}
			if offer.Unit, err = id.Of[id.Unit](f.Value("unit")); err != nil {
				return "", fault.New(fault.Invalid, "请选是哪里的台账。").In("unit")
			}
			if f.Value("indicator") != "" {
				if offer.Indicator, err = id.Of[id.Indicator](f.Value("indicator")); err != nil {
					return "", desk.ErrMissing
				}
			}
			if offer.Year, err = strconv.Atoi(f.Value("year")); err != nil {
				return "", fault.New(fault.Invalid, "请写年份，例如 2011。").In("year")
			}
			made, err := s.Office.OfferFacts(ctx, cmd, offer)
			return factImportAt(made), page.InFile(f, err)
		},
		Makes: true,
	}, nil
}

// factImport shows how a sheet is read and what it would add, or how far it is.
func factImport(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	which, err := id.Of[id.FactImport](r.PathValue("sheet"))
	if err != nil {
		return desk.ErrMissing
	}
	f, err := s.Office.FactImport(ctx, page.Who(ctx), which)
	if err != nil {
		return err
	}
	switch f.State {
	case desk.ImportApplying:
		w.Header().Set("Refresh", "2")
		web.Show(w, r, http.StatusOK, factImportProgress(ctx, f))
		return nil
	case desk.ImportApplied, desk.ImportStopped, desk.ImportDropped:
		web.Show(w, r, http.StatusOK, factImportDone(f))
		return nil
	}
	said := ""
	switch r.URL.Query().Get("done") {
	case "read":
		said = web.T(ctx, "按您选的重新读了一遍。")
	case "changed":
		said = web.T(ctx, "您改了上面的选择，所以先按新的算一遍，还没有导入。看过没有问题，再按一次“导入”。")
	}
	return showFactImport(s, w, r, which, nil, said)
}

// showFactImport shows the preview of a sheet; why is what kept it from being taken over.
func showFactImport(s *page.Side, w http.ResponseWriter, r *http.Request, which id.FactImport, why error, said string) error {
	ctx := r.Context()
	c, err := s.Office.CheckFacts(ctx, page.Who(ctx), which)
	if err != nil {
		return err
	}
	v := factImportView{check: c, form: web.NewForm(factReadingValues(c)), said: said}
	status := http.StatusOK
	if why != nil {
		v.form.Fault, status = web.Told(r, why)
	}
	web.Show(w, r, status, factImportPage(v))
	return nil
}

// takeFacts reads a sheet in another way, has it taken over as it was shown, or gives it up.
func takeFacts(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	which, err := id.Of[id.FactImport](r.PathValue("sheet"))
	if err != nil {
		return desk.ErrMissing
	}
	i, err := s.Office.FactImport(ctx, page.Who(ctx), which)
	if err != nil {
		return err
	}
	return page.ImportForm{
		Path: factImportAt(which), Open: i.Open(),
		Drop: func(cmd desk.Cmd) error { return s.Office.DropFacts(ctx, cmd, which) },
		Read: func(f web.Form) (page.ImportRead, error) {
			as, err := factReadingOf(f, i.Reading)
			return page.ImportRead{Changed: !sameFactReading(as, i.Reading), As: func(cmd desk.Cmd) error { return s.Office.ReadFactsAs(ctx, cmd, which, as) }}, err
		},
		Apply: func(cmd desk.Cmd, digest string) error { return s.Office.ApplyFacts(ctx, cmd, which, digest) },
		Show:  func(why error) error { return showFactImport(s, w, r, which, why, "") },
	}.Take(s, w, r)
}

// factReadingValues are the fields of the form as a sheet is read now.
func factReadingValues(c desk.FactCheck) url.Values {
	r := c.Import.Reading
	v := url.Values{"sheet": {strconv.Itoa(r.Sheet)}, "head": {strconv.Itoa(r.Head)}, "year": {strconv.Itoa(r.Year)}, "month": {r.Month}, "class": {string(r.Class)},
		"as_of": {string(r.AsOf)}, "why": {r.Why}, "dash": {string(r.Map.Dash)}}
	if r.Indicator != 0 {
		v.Set("indicator", r.Indicator.String())
	}
	for name, on := range map[string]bool{"opening": r.Opening, "again": r.Again, "each_row": r.Map.EachRow, "month_end": r.Map.MonthEnd} {
		if on {
			v.Set(name, "1")
		}
	}
	for k, h := range r.Map.Heads {
		v.Set("column"+strconv.Itoa(k), string(h.Says))
		if h.FillDown {
			v.Set("fill"+strconv.Itoa(k), "1")
		}
	}
	for k, one := range c.Words {
		v.Set("word"+strconv.Itoa(k), one.Words)
		switch {
		case one.Left:
			v.Set("means"+strconv.Itoa(k), "-")
		case one.Which != 0:
			v.Set("means"+strconv.Itoa(k), one.Which.String())
		case one.Proposed != 0:
			v.Set("means"+strconv.Itoa(k), one.Proposed.String())
		}
	}
	return v
}

// factReadingOf reads the form; what was put right before stays so.
func factReadingOf(f web.Form, was desk.FactReading) (r desk.FactReading, err error) {
	r = was
	number := func(name string, wrong string) (n int) {
		n, bad := strconv.Atoi(strings.TrimSpace(f.Value(name)))
		if bad != nil && err == nil {
			err = fault.New(fault.Invalid, wrong).In(name)
		}
		return n
	}
	r.Sheet, r.Head, r.Year = number("sheet", "请选一张表。"), number("head", "请填表头在第几行为止，填一个数。"), number("year", "请写年份，例如 2011。")
	r.Month, r.Class, r.Why = strings.TrimSpace(f.Value("month")), fact.Class(f.Value("class")), strings.TrimSpace(f.Value("why"))
	r.Opening, r.Again, r.AsOf = f.Holds("opening", "1"), f.Holds("again", "1"), calendar.Day(f.Value("as_of"))
	r.Indicator = 0
	if f.Value("indicator") != "" {
		if r.Indicator, err = id.Of[id.Indicator](f.Value("indicator")); err != nil {
			return r, desk.ErrMissing
		}
	}
	if err != nil {
		return r, err
	}
	if r.Sheet != was.Sheet || r.Head != was.Head { // other columns: they are looked at anew
		r.Map, r.Put, r.Right = fact.SheetMap{Units: was.Map.Units}, nil, nil
		return r, nil
	}
	r.Map.EachRow, r.Map.MonthEnd, r.Map.Dash = f.Holds("each_row", "1"), f.Holds("month_end", "1"), fact.SheetNone(f.Value("dash"))
	r.Map.Heads = slices.Clone(was.Map.Heads)
	for k := range r.Map.Heads {
		says := fact.SheetColumn(f.Value("column" + strconv.Itoa(k)))
		if !slices.Contains(fact.SheetColumns, says) {
			return r, desk.ErrMissing
		}
		h := &r.Map.Heads[k]
		if says == fact.SheetQuantity && h.Says != says && h.Indicator == "" && h.Month == 0 {
			h.Indicator = h.Words
		}
		h.Says, h.FillDown = says, f.Holds("fill"+strconv.Itoa(k), "1")
	}
	r.Indicators = map[string]string{}
	for words, which := range was.Indicators {
		r.Indicators[words] = which
	}
	for k := 0; f.Values.Has("word" + strconv.Itoa(k)); k++ {
		if means := f.Value("means" + strconv.Itoa(k)); means != "" {
			r.Indicators[f.Value("word"+strconv.Itoa(k))] = means
		}
	}
	return r, putRight(f, &r)
}

// putRight reads which cells were put right and which are said to be right as they are.
func putRight(f web.Form, r *desk.FactReading) error {
	r.Right, r.Put = slices.Clone(r.Right), slices.Clone(r.Put)
	units := 0
	for _, h := range r.Map.Heads {
		if h.Says == fact.SheetUnitWords {
			units++
		}
	}
	spot := func(sent string) (at fact.SheetSpot, ok bool) {
		row, column, _ := strings.Cut(sent, "-")
		var errs [2]error
		at.Row, errs[0] = strconv.Atoi(row)
		at.Column, errs[1] = strconv.Atoi(column)
		return at, errors.Join(errs[:]...) == nil
	}
	for _, sent := range f.Values["right"] {
		at, ok := spot(sent)
		if !ok {
			return desk.ErrMissing
		}
		if !slices.Contains(r.Right, at) {
			r.Right = append(r.Right, at)
		}
	}
	for _, name := range slices.Sorted(keysWith(f.Values, "put-")) {
		at, ok := spot(strings.TrimPrefix(name, "put-"))
		words, stood := strings.TrimSpace(f.Value(name)), f.Value("was-"+strings.TrimPrefix(name, "put-"))
		switch {
		case !ok:
			return desk.ErrMissing
		case words == "" || words == stood:
		case stood != "" && units == 1 && at.Column > 0 && at.Column <= len(r.Map.Heads) && r.Map.Heads[at.Column-1].Says == fact.SheetUnitWords:
			known := map[string]string{stood: words} // for all rows, and for the next sheet
			for w, meant := range r.Map.Units {
				if w != stood {
					known[w] = meant
				}
			}
			r.Map.Units = known
		default:
			r.Put = slices.DeleteFunc(r.Put, func(p desk.FactPut) bool { return p.SheetSpot == at })
			r.Put = append(r.Put, desk.FactPut{SheetSpot: at, Words: words})
		}
	}
	return nil
}

// factImportAt leads to a sheet of facts that was given in.
func factImportAt(f id.FactImport) string { return page.FactImportPath + "/" + f.String() }
