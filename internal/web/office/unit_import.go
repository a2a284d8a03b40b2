package office

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"luoshi/calendar"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/org"
)

const importPath = "/office/units/import"

func unitImportPath(u id.UnitImport) string { return importPath + "/" + u.String() }

// offerUnits is the sheet on which a list of units is given in.
func offerUnits(s *side, r *http.Request) (sheet, error) {
	ctx := r.Context()
	under, err := putUnder(web.Form{Values: r.URL.Query()})
	if err != nil {
		return sheet{}, err
	}
	places, before, err := s.office.UnitImports(ctx, who(ctx), under)
	if err != nil {
		return sheet{}, err
	}
	return sheet{
		title: web.T(ctx, "导入单位名单"), back: "/office/", button: web.T(ctx, "读一遍，先看看"), upload: true,
		lede:   web.T(ctx, "手头有什么名单就用什么名单：民政局的、统计局的、自己的通讯录都行。先给您看会变成什么样，看过再办；有一行不对，一行都不办。"),
		stands: url.Values{"from": {string(s.office.Today())}, "under": {r.URL.Query().Get("under")}},
		inputs: []input{
			{name: "text", kind: "area", rows: "12", label: web.T(ctx, "名单"), hint: web.T(ctx, "在表格里选中，复制，贴到这里。可以是县、乡镇、村各一列，也可以是名称和上级，或者统计用区划代码和名称。只有名称也行。")},
			{name: "file", kind: "file", label: web.T(ctx, "或者选一个文件"), hint: web.T(ctx, "Excel（.xlsx）、CSV、TSV 或文本，最多 4 MB，大约三万行。更大的请管服务器的人用 luoshi import units。")},
			{name: "under", kind: "select", label: web.T(ctx, "放在哪里"), hint: web.T(ctx, "整个市的名单放在市下面；只有一个县的，选那个县。"), choices: placeChoices(places)},
			{name: "from", kind: "date", label: web.T(ctx, "从哪一天起"), hint: web.T(ctx, "这份名单从这一天起算。以前是什么样，还留着。")},
		},
		below: earlierImports(before),
		act: func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
			in, err := sentDocument(r, f)
			if err != nil && !errors.Is(err, errNothingSent) {
				return "", err
			}
			offer := desk.UnitOffer{FileName: in.FileName, Content: in.Original, From: calendar.Day(f.Value("from"))}
			if offer.Under, err = putUnder(f); err != nil {
				return "", err
			}
			made, err := s.office.OfferUnits(ctx, cmd, offer)
			if wrong := fault.Of(err); wrong != nil && f.Chose("file") && (wrong.Field == "" || wrong.Field == "text") && wrong.Kind != fault.Denied {
				err = wrong.In("file")
			}
			return unitImportPath(made), err
		},
		madeAt: func(answers []int64) string {
			if len(answers) == 0 {
				return importPath
			}
			return unitImportPath(id.UnitImport(answers[0]))
		},
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

func placeChoices(places []org.Unit) (out []web.Choice) {
	for _, u := range places {
		out = append(out, web.Choice{Value: u.ID.String(), Words: u.Name, Document: true})
	}
	return out
}

// importView is a list that was given in, as its page shows it.
type importView struct {
	check  desk.UnitCheck
	places []org.Unit
	form   web.Form
	said   string
}

// unitImport shows how a list is read and what it would change, or how far it is.
func (s *side) unitImport(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	which, err := id.Of[id.UnitImport](r.PathValue("list"))
	if err != nil {
		return desk.ErrMissing
	}
	u, err := s.office.UnitImport(ctx, who(ctx), which)
	if err != nil {
		return err
	}
	switch u.State {
	case desk.ImportApplying:
		w.Header().Set("Refresh", "2")
		web.Show(w, r, http.StatusOK, importProgress(u))
		return nil
	case desk.ImportApplied, desk.ImportStopped:
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
	return s.showImport(w, r, which, nil, said)
}

// showImport shows the preview of a list; why is what kept it from being done.
func (s *side) showImport(w http.ResponseWriter, r *http.Request, which id.UnitImport, why error, said string) error {
	ctx := r.Context()
	c, err := s.office.CheckUnits(ctx, who(ctx), which)
	if err != nil {
		return err
	}
	places, _, err := s.office.UnitImports(ctx, who(ctx), c.Import.Reading.Under)
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

// takeUnits reads a list in another way, or has it taken over as it was shown.
func (s *side) takeUnits(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	which, err := id.Of[id.UnitImport](r.PathValue("list"))
	if err != nil {
		return desk.ErrMissing
	}
	form, err := web.ReadForm(w, r)
	if err != nil {
		return err
	}
	u, err := s.office.UnitImport(ctx, who(ctx), which)
	if err != nil {
		return err
	}
	if u.State != desk.ImportOffered && u.State != desk.ImportMoved {
		go303(w, r, unitImportPath(which)) // it is being done: the page says how far it is
		return nil
	}
	reading, err := readingOf(form, len(u.Reading.Form.Columns))
	if err != nil {
		return s.showImport(w, r, which, err, "")
	}
	applying := form.Value("apply") != ""
	if !applying || !same(reading, u.Reading) {
		if err := s.office.ReadUnitsAs(ctx, s.office.Cmd(who(ctx), form.Command), which, reading); err != nil {
			return s.showImport(w, r, which, err, "")
		}
		done := "read"
		if applying {
			done = "changed"
		}
		go303(w, r, unitImportPath(which)+"?done="+done)
		return nil
	}
	if err := s.office.ApplyUnits(ctx, s.office.Cmd(who(ctx), form.Command), which, form.Value("digest")); err != nil {
		return s.showImport(w, r, which, err, "")
	}
	go303(w, r, unitImportPath(which))
	return nil
}

func same(a, b desk.UnitReading) bool {
	return a.Under == b.Under && a.From == b.From && a.Closing == b.Closing && a.Form.Head == b.Form.Head && a.Form.AsWritten == b.Form.AsWritten &&
		slices.Equal(a.Form.Columns, b.Form.Columns) && slices.Equal(a.Refused, b.Refused)
}

// listColumnChoices are what a column of a list may be.
func listColumnChoices(ctx context.Context) (out []web.Choice) {
	for _, c := range org.ListColumns {
		out = append(out, web.Choice{Value: string(c), Words: columnWord(ctx, c)})
	}
	return out
}

func columnWord(ctx context.Context, c org.ListColumn) string {
	switch c {
	case org.CountyColumn:
		return web.T(ctx, "县（市、区）")
	case org.TownshipColumn:
		return web.T(ctx, "乡镇（街道）")
	case org.VillageColumn:
		return web.T(ctx, "村（社区）")
	case org.DirectColumn:
		return web.T(ctx, "直属单位")
	case org.DivisionColumn:
		return web.T(ctx, "处室")
	case org.NameColumn:
		return web.T(ctx, "名称")
	case org.ParentColumn:
		return web.T(ctx, "上级")
	case org.LevelColumn:
		return web.T(ctx, "级别")
	case org.CodeColumn:
		return web.T(ctx, "代码")
	case org.BodyColumn:
		return web.T(ctx, "工作机构")
	case org.ContactColumn:
		return web.T(ctx, "联系方式")
	}
	return web.T(ctx, "不读")
}

// headOf is what stands above a column of a list.
func (v importView) headOf(column int) string {
	if head := v.check.Import.Reading.Form.Head; head > 0 && head <= v.check.Cells.Rows() {
		return v.check.Cells.At(head-1, column)
	}
	return ""
}

// someOf are the first words below the head of a column.
func (v importView) someOf(column int) string {
	var some []string
	for r := v.check.Import.Reading.Form.Head; r < v.check.Cells.Rows() && len(some) < 3; r++ {
		if w := v.check.Cells.At(r, column); w != "" && !slices.Contains(some, w) {
			some = append(some, w)
		}
	}
	return strings.Join(some, "、")
}

// rowSaid says where in the file something stands.
func rowSaid(ctx context.Context, row int) string {
	if row == 0 {
		return web.T(ctx, "整份名单")
	}
	return web.T(ctx, "第 %s 行", strconv.Itoa(row))
}

// columnSaid says in which column something stands.
func (v importView) columnSaid(column int) string {
	if column < 0 {
		return "–"
	}
	if head := v.headOf(column); head != "" {
		return org.ColumnLetter(column) + " " + head
	}
	return org.ColumnLetter(column)
}

// doubts reports whether a list is wrong only in what may be right as it is.
func (v importView) doubts() bool {
	return v.check.Import.Reading.Form.AsWritten || slices.ContainsFunc(v.check.List.Problems, func(p org.ListProblem) bool { return p.Doubt })
}

// mostListed is how many units of each kind of change are listed.
const mostListed = 200

// firstOf gives the first of many.
func firstOf[T any](all []T) []T { return all[:min(len(all), mostListed)] }

func listedPath(c desk.UnitCheck, unit int32) string {
	return strings.Join(c.List.Path(unit), " / ")
}

func standingPath(c desk.UnitCheck, unit int32) string {
	return strings.Join(c.Stands.Path(unit), " / ")
}

// addedCounts says how many units are new below each that stands right below the place.
func addedCounts(c desk.UnitCheck) (names []string, counts []int) {
	at := map[string]int{}
	for _, i := range c.Changes.Added {
		name := c.List.Path(i)[0]
		k, known := at[name]
		if !known {
			k = len(names)
			at[name] = k
			names, counts = append(names, name), append(counts, 0)
		}
		counts[k]++
	}
	return names, counts
}

// ofKind gives the changes of units that are moved or renamed, or else of those that
// get a code only.
func ofKind(changes []org.ListChange, recoded bool) (out []org.ListChange) {
	for _, x := range changes {
		if recoded == !(x.Moved || x.Renamed) {
			out = append(out, x)
		}
	}
	return out
}

// tallied is a number with what it counts.
type tallied struct{ value, label string }

// countsTally says how many units were changed in which way.
func countsTally(ctx context.Context, n desk.UnitCounts) (out []tallied) {
	for _, k := range []struct {
		n     int64
		label string
		none  bool // said even where there is none
	}{
		{n.Added, web.T(ctx, "新设"), true}, {n.Moved, web.T(ctx, "移动"), true}, {n.Renamed, web.T(ctx, "改名"), true}, {n.Recoded, web.T(ctx, "写上代码"), false},
		{n.Described, web.T(ctx, "改联系方式和工作机构"), false}, {n.Closed, web.T(ctx, "撤销"), false}, {n.Same, web.T(ctx, "不变"), true},
	} {
		if k.none || k.n > 0 {
			out = append(out, tallied{web.Count(k.n), k.label})
		}
	}
	return out
}

// importTally says how many units a list would change in which way.
func importTally(ctx context.Context, c desk.UnitCheck) []tallied {
	out := countsTally(ctx, c.Counts())
	if gone := len(c.Changes.Gone); gone > 0 && !c.Import.Reading.Closing {
		out = append(out, tallied{web.Count(gone), web.T(ctx, "名单里没有，留着")})
	}
	return out
}

// refusedOf gives the units that somebody said are not those of the list.
func refusedOf(c desk.UnitCheck) (out []int32) {
	for _, u := range c.Import.Reading.Refused {
		if k := c.Stands.Find(u); k >= 0 {
			out = append(out, k)
		}
	}
	return out
}
