package public

import (
	"context"
	"net/http"
	"strings"

	"luoshi/document"
	"luoshi/fact"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/org"
)

// leftOf is what of its share a unit has not reported yet; 0 where it has none.
func leftOf(s desk.UnitShare) document.Decimal {
	if !s.Given || s.Indicator.Direction == "down" {
		return 0
	}
	return max(0, s.Value-s.Came.Reported)
}

// factLamp says how a fact stands, in a word and a shape.
func factLamp(ctx context.Context, f desk.PublicFact) (class, word string) {
	switch {
	case f.Counts(f.Indicator.Wanted):
		return "ok", web.T(ctx, "核实了，算数")
	case f.State == fact.Verified:
		return "wait", web.T(ctx, "核实了，佐证还不够")
	}
	return "idle", web.T(ctx, "单位报的，还没核实")
}

// small reports a village or township: what came there is told one by one.
func small(u org.Unit) bool { return u.Level == org.Village || u.Level == org.Township }

// came is what came there, the latest first: not how many things or people there are.
func (p unitPage) came() (out []desk.PublicFact) {
	for _, f := range p.Facts.Lines {
		if f.Indicator.Aggregation != fact.Snapshot {
			out = append(out, f)
		}
	}
	return out
}

// unbroken keeps a telephone number in one line.
func unbroken(phone string) string {
	return strings.NewReplacer("-", "\u2011", " ", "\u00a0").Replace(phone)
}

// told reports whether anything is to be said of facts.
func (p unitPage) told() bool { return len(p.Facts.Shares)+len(p.Facts.Lines) > 0 }

// notice is a sheet for the notice board: the address of a unit's page, large.
type notice struct {
	desk.PublicUnit
	Facts   desk.UnitFacts
	Address string
	Code    web.QR
}

// unitNotice is the sheet of a village or township as it stands today.
func (v visit) unitNotice() error {
	which, err := id.Of[id.Unit](v.r.PathValue("id"))
	if err != nil {
		return errMissing
	}
	u, err := v.desk.Unit(v.r.Context(), which)
	if err != nil {
		return err
	}
	n := notice{PublicUnit: u, Address: v.origin() + "/units/" + which.String()}
	if n.Facts, err = v.desk.UnitFacts(v.r.Context(), u); err != nil {
		return err
	}
	if n.Code, err = web.NewQR(n.Address); err != nil {
		return err
	}
	return v.show(http.StatusOK, u.Unit.Name, noticeSheet(n))
}
