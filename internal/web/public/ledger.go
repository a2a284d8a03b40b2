package public

import (
	"net/http"
	"slices"
	"strconv"

	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
)

// entriesAPage is how many entries of the ledger stand on a page.
const entriesAPage = 50

type ledgerPage struct {
	Lines  []desk.Line // newest first
	Size   int64
	Signed int64 // entries that the last checkpoint covers
	Names  titles
	Newer  string
	Older  string
}

func (v visit) ledger() error {
	before, err := parseSeq(v.r.URL.Query().Get("before"))
	if err != nil {
		return err
	}
	p := ledgerPage{}
	if p.Lines, p.Size, err = v.desk.Ledger(v.r.Context(), before, entriesAPage); err != nil {
		return err
	}
	if p.Signed, _, err = v.desk.Checkpoint(v.r.Context()); err != nil {
		return err
	}
	if p.Names, err = v.titles(p.Lines...); err != nil {
		return err
	}
	p.turn()
	return v.show(http.StatusOK, v.say("存证"), ledgerList(p))
}

// titles names what entries are about, where an entry does not say the name itself.
func (v visit) titles(lines ...desk.Line) (titles, error) {
	names := titles{}
	for _, p := range v.plans {
		names[p.ID.String()] = p.Title
	}
	var items []id.Item
	for _, l := range lines {
		if !l.Shown || l.Entry.Subject("item") == "" || !slices.Contains(namingItems, l.Entry.Kind) {
			continue
		}
		which, err := id.Of[id.Item](l.Entry.Subject("item"))
		if err != nil {
			return nil, err
		}
		items = append(items, which)
	}
	if len(items) == 0 {
		return names, nil
	}
	all, err := v.desk.ItemTitles(v.r.Context(), items)
	for item, title := range all {
		names[item.String()] = title
	}
	return names, err
}

// turn finds the pages before and after.
func (p *ledgerPage) turn() {
	if len(p.Lines) == 0 {
		return
	}
	if last := p.Lines[len(p.Lines)-1].Seq; last > 0 {
		p.Older = "/ledger?before=" + strconv.FormatInt(last, 10)
	}
	switch next := p.Lines[0].Seq + 1 + entriesAPage; {
	case p.Lines[0].Seq+1 == p.Size:
	case next >= p.Size:
		p.Newer = "/ledger"
	default:
		p.Newer = "/ledger?before=" + strconv.FormatInt(next, 10)
	}
}

// parseSeq reads a place in the ledger; empty is 0. One place has one address.
func parseSeq(s string) (int64, error) {
	if s == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n < 0 || strconv.FormatInt(n, 10) != s {
		return 0, errMissing
	}
	return n, nil
}

func entryPath(seq int64) string { return "/ledger/" + strconv.FormatInt(seq, 10) }

func (v visit) entry() error {
	seq, err := parseSeq(v.r.PathValue("seq"))
	if err != nil {
		return err
	}
	line, err := v.desk.Entry(v.r.Context(), seq)
	if err != nil {
		return err
	}
	names, err := v.titles(line)
	if err != nil {
		return err
	}
	return v.show(http.StatusOK, v.say("存证第 %s 号", web.Count(seq)), entry(line, names))
}

func (v visit) checkpoint() error {
	_, signed, err := v.desk.Checkpoint(v.r.Context())
	if err != nil {
		return err
	}
	if signed == "" {
		return errMissing
	}
	return v.plain(signed)
}

func (v visit) publicKey() error {
	if v.key == "" {
		return errMissing
	}
	return v.plain(v.key + "\n")
}

func (v visit) plain(s string) error {
	return v.send("text/plain; charset=utf-8", []byte(s))
}
