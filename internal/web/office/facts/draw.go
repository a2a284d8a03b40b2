package facts

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"luoshi/calendar"
	"luoshi/fact"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
	"luoshi/org"
)

func drawOf(r *http.Request) (id.Draw, error) {
	which, err := id.Of[id.Draw](r.PathValue("draw"))
	if err != nil {
		return 0, desk.ErrMissing
	}
	return which, nil
}

// draws lists the draws that somebody may see.
func draws(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	_, all, err := s.Office.Draws(r.Context(), page.Who(r.Context()))
	if err != nil {
		return err
	}
	web.Show(w, r, http.StatusOK, drawsPage(all))
	return nil
}

// draw shows one draw: its steps, and what was drawn.
func draw(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	which, err := drawOf(r)
	if err != nil {
		return err
	}
	v, err := s.Office.Draw(r.Context(), page.Who(r.Context()), which)
	if err != nil {
		return err
	}
	web.Show(w, r, http.StatusOK, drawPage(v))
	return nil
}

// drawFile sends the file with which anybody draws again.
func drawFile(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	which, err := drawOf(r)
	if err != nil {
		return err
	}
	v, err := s.Office.Draw(r.Context(), page.Who(r.Context()), which)
	if err != nil {
		return err
	}
	if v.State == fact.DrawCommitted || v.Source == "" {
		return desk.ErrMissing
	}
	name := drawFileName(v)
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Content-Disposition", page.Attachment(name, name))
	_, _ = w.Write(v.Bytes()) // a reader who hangs up needs no answer
	return nil
}

func drawFileName(v desk.DrawView) string { return v.Month + "-" + v.ID.String() + ".draw" }

// commitDraw begins a draw.
func commitDraw(s *page.Side, r *http.Request) (page.Sheet, error) {
	ctx := r.Context()
	places, _, err := s.Office.Draws(ctx, page.Who(ctx))
	if err != nil {
		return page.Sheet{}, err
	}
	return page.Sheet{
		Title: web.T(ctx, "开始一次抽查"), Back: page.DrawsPath, Button: web.T(ctx, "生成密数，做出承诺"),
		Lede:   web.T(ctx, "谁也不能挑：系统先生成一个密数封起来，只把它的指纹记进存证；再冻结名单；再等一个还没有公布的数。三样合起来才知道抽中谁，谁都能重算一遍。"),
		Stands: url.Values{"month": {fact.Month(s.Office.Today())}, "unit": {drawnFirst(places)}},
		Inputs: []page.Input{
			{Name: "unit", Kind: "select", Label: web.T(ctx, "抽哪里的"), Hint: web.T(ctx, "连同它下面的单位。"), Choices: page.PlaceChoices(places)},
			{Name: "month", Kind: "text", Label: web.T(ctx, "哪一个月的数"), Hint: web.T(ctx, "例如 2011-09。")},
		},
		Act: func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
			unit, err := id.Of[id.Unit](f.Value("unit"))
			if err != nil {
				return "", desk.ErrMissing
			}
			made, err := s.Office.DrawCommit(ctx, cmd, unit, strings.TrimSpace(f.Value("month")))
			return drawPath(made), err
		},
	}, nil
}

func drawnFirst(places []org.Unit) string {
	if len(places) == 0 {
		return ""
	}
	return places[0].ID.String()
}

// freezeDraw fixes list and terms.
func freezeDraw(s *page.Side, r *http.Request) (page.Sheet, error) {
	ctx := r.Context()
	which, err := drawOf(r)
	if err != nil {
		return page.Sheet{}, err
	}
	v, err := s.Office.Draw(ctx, page.Who(ctx), which)
	if err != nil {
		return page.Sheet{}, err
	}
	return page.Sheet{
		Title: web.T(ctx, "冻结名单：%s %s", v.UnitOf.Name, v.Month), Back: drawPath(which), Button: web.T(ctx, "冻结名单和条件"),
		Lede:   web.T(ctx, "名单是这个月报上来、还没有核实的每一条。冻结以后，名单、条数和用哪一个数都不能再改。"),
		Stands: url.Values{"count": {"5"}, "each": {"0"}, "day": {string(s.Office.Today().AddDays(1))}, "hour": {"21:30"}},
		Inputs: []page.Input{
			{Name: "count", Kind: "number", Label: web.T(ctx, "抽几条")},
			{Name: "each", Kind: "number", Label: web.T(ctx, "下面每一处至少抽几条"), Hint: web.T(ctx, "不要求就填 0。")},
			{Name: "source", Kind: "text", Label: web.T(ctx, "用哪一个公开的数，怎么写"), Hint: web.T(ctx, "还没有公布、谁也定不了的数，例如：福利彩票双色球2011123期开奖号码，红球由小到大，蓝球在后，中间各一个空格。")},
			{Name: "day", Kind: "date", Label: web.T(ctx, "哪一天公布")},
			{Name: "hour", Kind: "text", Label: web.T(ctx, "几点公布"), Hint: web.T(ctx, "例如 21:30。")},
		},
		Act: func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
			t := desk.DrawTerms{Source: f.Value("source")}
			var err error
			if t.Count, err = strconv.Atoi(f.Value("count")); err != nil {
				return "", fault.New(fault.Invalid, "请填抽几条。").In("count")
			}
			if t.Each, err = strconv.Atoi(f.Value("each")); err != nil {
				return "", fault.New(fault.Invalid, "请填一个数，不要求就填 0。").In("each")
			}
			if t.NotBefore, err = time.ParseInLocation("2006-01-02 15:04", f.Value("day")+" "+strings.TrimSpace(f.Value("hour")), calendar.China); err != nil {
				return "", fault.New(fault.Invalid, "请填公布的时刻，例如 21:30。").In("hour")
			}
			err = s.Office.DrawFreeze(ctx, cmd, which, t)
			if f := fault.Of(err); f != nil && f.Field == "not_before" {
				err = f.In("day")
			}
			return drawPath(which), err
		},
	}, nil
}

// revealDraw takes the public text in and draws.
func revealDraw(s *page.Side, r *http.Request) (page.Sheet, error) {
	ctx := r.Context()
	which, err := drawOf(r)
	if err != nil {
		return page.Sheet{}, err
	}
	v, err := s.Office.Draw(ctx, page.Who(ctx), which)
	if err != nil {
		return page.Sheet{}, err
	}
	return page.Sheet{
		Title: web.T(ctx, "揭晓：%s %s", v.UnitOf.Name, v.Month), Back: drawPath(which), Button: web.T(ctx, "填好了，抽"),
		Lede:  web.T(ctx, "照公布的原样填，多一个空格抽出来的就不一样。填了就定了，密数随着公布。"),
		Quote: v.Source,
		Inputs: []page.Input{
			{Name: "randomness", Kind: "text", Label: web.T(ctx, "公布的数"), Hint: web.T(ctx, "%s 以后才能填。", web.Moment(ctx, time.UnixMicro(v.NotBefore)))},
		},
		Act: func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
			return drawPath(which), s.Office.DrawReveal(ctx, cmd, which, f.Value("randomness"))
		},
	}, nil
}

func drawStateWord(ctx context.Context, s fact.DrawState) string {
	switch s {
	case fact.DrawCommitted:
		return web.T(ctx, "已经承诺，名单还没有冻结")
	case fact.DrawFrozen:
		return web.T(ctx, "名单冻结了，等公布的数")
	case fact.DrawRevealed:
		return web.T(ctx, "抽好了")
	}
	return web.T(ctx, "作废：没有按时办完")
}

func hexOf(b []byte) string { return fmt.Sprintf("%x", b) }

// drawPath leads to a draw of facts to be looked at.
func drawPath(d id.Draw) string { return page.DrawsPath + "/" + d.String() }
