package units

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"luoshi/calendar"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
	"luoshi/org"
)

const unitListsPath = "/office/unit-lists"

// unitListPath leads to a list of units that was given in.
func unitListPath(u id.UnitImport) string { return unitListsPath + "/" + u.String() }

// placePath is the unit under which a list is put.
func placePath(under id.Unit) string {
	if under == 0 {
		return "/office/units"
	}
	return page.UnitPath(under)
}

// offerUnits is the sheet on which a list of units is given in.
func offerUnits(s *page.Side, r *http.Request) (page.Sheet, error) {
	ctx := r.Context()
	under, err := putUnder(web.Form{Values: r.URL.Query()})
	if err != nil {
		return page.Sheet{}, err
	}
	places, before, err := s.Office.UnitImports(ctx, page.Who(ctx), under)
	if err != nil {
		return page.Sheet{}, err
	}
	return page.Sheet{
		Title: web.T(ctx, "导入单位名单"), Back: placePath(under), Button: web.T(ctx, "读一遍，先看看"), Upload: true,
		Lede:   web.T(ctx, "手头有什么名单就用什么名单：民政局的、统计局的、自己的通讯录都行。先给您看会变成什么样，看过再办；有一行不对，一行都不办。"),
		Stands: url.Values{"from": {string(s.Office.Today())}, "under": {r.URL.Query().Get("under")}},
		Inputs: []page.Input{
			{Name: "text", Kind: "area", Rows: "12", Label: web.T(ctx, "名单"), Hint: web.T(ctx, "在表格里选中，复制，贴到这里。可以是县、乡镇、村各一列，也可以是名称和上级，或者统计用区划代码和名称。只有名称也行。")},
			{Name: "file", Kind: "file", Label: web.T(ctx, "或者选一个文件"), Hint: web.T(ctx, "Excel（.xlsx）、CSV、TSV 或文本，最多 4 MB，大约三万行。更大的请管服务器的人用 luoshi import units。")},
			{Name: "under", Kind: "select", Label: web.T(ctx, "放在哪里"), Hint: web.T(ctx, "整个市的名单放在市下面；只有一个县的，选那个县。"), Choices: page.PlaceChoices(places)},
			{Name: "from", Kind: "date", Label: web.T(ctx, "从哪一天起"), Hint: web.T(ctx, "这份名单从这一天起算。以前是什么样，还留着。")},
		},
		Below: earlierImports(ctx, before),
		Act: func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
			in, err := page.SentDocument(r, f)
			if err != nil && !errors.Is(err, page.ErrNothingSent) {
				return "", err
			}
			offer := desk.UnitOffer{FileName: in.FileName, Content: in.Original, From: calendar.Day(f.Value("from"))}
			if offer.Under, err = putUnder(f); err != nil {
				return "", err
			}
			made, err := s.Office.OfferUnits(ctx, cmd, offer)
			return unitListPath(made), page.InFile(f, err)
		},
		Makes: true,
	}, nil
}

// putUnder is the unit that a list is put under; 0 is the city.
func putUnder(f web.Form) (id.Unit, error) {
	if f.Value("under") == "" {
		return 0, nil
	}
	under, err := id.Of[id.Unit](f.Value("under"))
	if err != nil {
		return 0, desk.ErrMissing
	}
	return under, nil
}

// unitImport shows how a list is read and what it would change, or how far it is.
func unitImport(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	which, err := id.Of[id.UnitImport](r.PathValue("list"))
	if err != nil {
		return desk.ErrMissing
	}
	u, err := s.Office.UnitImport(ctx, page.Who(ctx), which)
	if err != nil {
		return err
	}
	switch u.State {
	case desk.ImportApplying:
		w.Header().Set("Refresh", "2")
		web.Show(w, r, http.StatusOK, importProgress(ctx, u))
		return nil
	case desk.ImportApplied, desk.ImportStopped, desk.ImportDropped:
		web.Show(w, r, http.StatusOK, importDone(u))
		return nil
	}
	said := ""
	switch {
	case u.State == desk.ImportMoved:
		said = web.T(ctx, "办之前单位变动过，所以一行都没有办。下面是按现在的情况重新算的，请再看一遍。")
	case r.URL.Query().Get("done") == "read":
		said = web.T(ctx, "按您选的重新读了一遍。")
	case r.URL.Query().Get("done") == "changed":
		said = web.T(ctx, "您改了上面的选择，所以先按新的算一遍，还没有办。看过没有问题，再按一次“照这份名单办”。")
	}
	return showImport(s, w, r, which, nil, said)
}

// showImport shows the preview of a list; why is what kept it from being done.
func showImport(s *page.Side, w http.ResponseWriter, r *http.Request, which id.UnitImport, why error, said string) error {
	ctx := r.Context()
	c, err := s.Office.CheckUnits(ctx, page.Who(ctx), which)
	if err != nil {
		return err
	}
	places, _, err := s.Office.UnitImports(ctx, page.Who(ctx), c.Import.Reading.Under)
	if err != nil {
		return err
	}
	v := importView{check: c, places: places, form: web.NewForm(readingValues(c.Import.Reading)), said: said}
	status := http.StatusOK
	if why != nil {
		v.form.Fault, status = web.Told(r, why)
	} else if c.Changes != nil {
		v.form.Fault = c.Changes.Wrong
	}
	web.Show(w, r, status, importPage(v))
	return nil
}

// readingValues are the fields of the form as a list is read now.
func readingValues(r desk.UnitReading) url.Values {
	v := url.Values{"head": {strconv.Itoa(r.Form.Head)}, "under": {r.Under.String()}, "from": {string(r.From)}}
	for k, c := range r.Form.Columns {
		v.Set("column"+strconv.Itoa(k), string(c))
	}
	if r.Closing {
		v.Set("closing", "1")
	}
	if r.Form.AsWritten {
		v.Set("as_written", "1")
	}
	for _, u := range r.Refused {
		v.Add("refused", u.String())
	}
	return v
}

var errHead = fault.New(fault.Invalid, "名单上面有几行不是单位，请填一个数，没有就填 0。").In("head")

// readingOf reads the form.
func readingOf(f web.Form, width int) (r desk.UnitReading, err error) {
	if r.Form.Head, err = strconv.Atoi(f.Value("head")); err != nil || r.Form.Head < 0 || r.Form.Head > 100 {
		return r, errHead
	}
	for k := range width {
		c := org.ListColumn(f.Value("column" + strconv.Itoa(k)))
		if !slices.Contains(org.ListColumns, c) {
			return r, desk.ErrMissing
		}
		r.Form.Columns = append(r.Form.Columns, c)
	}
	r.Form.AsWritten, r.Closing = f.Holds("as_written", "1"), f.Holds("closing", "1")
	if r.Under, err = putUnder(f); err != nil {
		return r, err
	}
	r.From = calendar.Day(f.Value("from"))
	for _, sent := range f.Values["refused"] {
		u, err := id.Of[id.Unit](sent)
		if err != nil {
			return r, desk.ErrMissing
		}
		r.Refused = append(r.Refused, u)
	}
	slices.Sort(r.Refused)
	return r, nil
}

// takeUnits reads a list in another way, has it taken over as it was shown, or gives it up.
func takeUnits(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	which, err := id.Of[id.UnitImport](r.PathValue("list"))
	if err != nil {
		return desk.ErrMissing
	}
	u, err := s.Office.UnitImport(ctx, page.Who(ctx), which)
	if err != nil {
		return err
	}
	return page.ImportForm{
		Path: unitListPath(which), Open: u.Open(),
		Drop: func(cmd desk.Cmd) error { return s.Office.DropUnits(ctx, cmd, which) },
		Read: func(f web.Form) (page.ImportRead, error) {
			as, err := readingOf(f, len(u.Reading.Form.Columns))
			return page.ImportRead{Changed: !same(as, u.Reading), As: func(cmd desk.Cmd) error { return s.Office.ReadUnitsAs(ctx, cmd, which, as) }}, err
		},
		Apply: func(cmd desk.Cmd, digest string) error { return s.Office.ApplyUnits(ctx, cmd, which, digest) },
		Show:  func(why error) error { return showImport(s, w, r, which, why, "") },
	}.Take(s, w, r)
}

func same(a, b desk.UnitReading) bool {
	return a.Under == b.Under && a.From == b.From && a.Closing == b.Closing && a.Form.Head == b.Form.Head && a.Form.AsWritten == b.Form.AsWritten &&
		slices.Equal(a.Form.Columns, b.Form.Columns) && slices.Equal(a.Refused, b.Refused)
}
