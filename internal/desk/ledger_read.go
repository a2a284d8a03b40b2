package desk

import (
	"context"
	"slices"

	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/ledger"
)

// Line is an entry of the ledger as a reader may see it. One that is not
// released shows its place and leaf hash alone.
type Line struct {
	Seq     int64
	Leaf    string // hex
	Shown   bool
	Entry   ledger.Entry
	Body    string            // canonical bytes
	Salt    string            // hex; empty where there are no words, or they were erased or covered
	Covered bool              // part of the words is not public, and so the salt is not
	Words   map[string]string // texts of the record
	Actor   string            // unit · post
	Reread  string            // the words as committed to
}

// Ledger gives up to n entries before a place, newest first, and the size of the log.
func (p *Public) Ledger(ctx context.Context, before int64, n int) (lines []Line, size int64, err error) {
	err = p.db.Read(ctx, func(v *db.View) error {
		if size, _, err = db.LogSize(v, p.city); err != nil {
			return err
		}
		if before <= 0 || before > size {
			before = size
		}
		from := max(0, before-int64(n))
		entries, err := db.Entries(v, p.city, from, int(before-from))
		if err != nil {
			return err
		}
		lines, err = p.lines(v, entries)
		return err
	})
	slices.Reverse(lines)
	return lines, size, err
}

// Entry gives one entry of the ledger.
func (p *Public) Entry(ctx context.Context, seq int64) (line Line, err error) {
	err = p.db.Read(ctx, func(v *db.View) error {
		entries, err := db.Entries(v, p.city, seq, 1)
		if err != nil {
			return err
		}
		if len(entries) == 0 {
			return db.ErrNoRow
		}
		lines, err := p.lines(v, entries)
		if err == nil {
			line = lines[0]
		}
		return err
	})
	return line, err
}

// Checkpoint gives the last signed checkpoint: how many entries it covers, and its text.
func (p *Public) Checkpoint(ctx context.Context) (size int64, signed string, err error) {
	err = p.db.Read(ctx, func(v *db.View) (err error) {
		size, signed, err = db.LastCheckpoint(v, p.city)
		return err
	})
	return size, signed, err
}

// history gives the shown entries about an item, oldest first.
func history(s *sights, kept *keptEntries, item id.Item) ([]Line, error) {
	entries, err := kept.about(s.q, s.city, item)
	if err != nil {
		return nil, err
	}
	lines, err := s.see(entries)
	var shown []Line
	for _, l := range lines {
		if l.Shown {
			shown = append(shown, l)
		}
	}
	return shown, err
}

// lookBack is how many entries at most are read to find the newest shown ones:
// a city that reports much and publishes little must not make a reader wait.
const (
	lookBack     = 4000
	lookBackStep = 200
)

// Changes gives the newest n entries that are released, newest first.
func (p *Public) Changes(ctx context.Context, n int) (lines []Line, err error) {
	err = p.db.Read(ctx, func(v *db.View) error {
		before, _, err := db.LogSize(v, p.city)
		if err != nil {
			return err
		}
		s, err := loadSights(v, p.city, p.as, 0)
		if err != nil {
			return err
		}
		for end := max(0, before-lookBack); before > end && len(lines) < n; {
			from := max(end, before-lookBackStep)
			entries, err := db.Entries(v, p.city, from, int(before-from))
			if err != nil {
				return err
			}
			some, err := s.see(entries)
			if err != nil {
				return err
			}
			for _, l := range slices.Backward(some) {
				if l.Shown && len(lines) < n {
					lines = append(lines, l)
				}
			}
			before = from
		}
		return nil
	})
	return lines, err
}

func (p *Public) lines(q db.Querier, entries []db.Logged) ([]Line, error) {
	s, err := loadSights(q, p.city, p.as, 0)
	if err != nil {
		return nil, err
	}
	return s.see(entries)
}

// see gives entries as a reader without an account sees them.
func (s *sights) see(entries []db.Logged) ([]Line, error) {
	lines := make([]Line, len(entries))
	var actors []id.Post
	for i, l := range entries {
		lines[i] = Line{Seq: l.Seq, Leaf: hexText(l.Leaf[:])}
		if l.Class != ledger.Public {
			continue
		}
		texts, err := ledger.ParseWords(l.Words)
		if err != nil {
			return nil, err
		}
		shown, err := s.shows(l.Entry, texts)
		if err != nil {
			return nil, err
		}
		if !shown {
			continue
		}
		words, err := s.seen(l.Entry, l.Words)
		if err != nil {
			return nil, err
		}
		salt := l.Salt
		if words != l.Words {
			lines[i].Covered, salt = true, nil
			if texts, err = ledger.ParseWords(words); err != nil {
				return nil, err
			}
		}
		lines[i].Shown, lines[i].Entry, lines[i].Body = true, l.Entry, string(l.Body)
		lines[i].Words, lines[i].Reread, lines[i].Salt, lines[i].Actor = texts, words, hexText(salt), l.Actor
		if actor, err := id.Of[id.Post](l.Actor); err == nil { // there is none where the program acted of itself
			actors = append(actors, actor)
		}
	}
	named, err := namesOfPosts(s.q, s.city, actors)
	for i := range lines {
		lines[i].Actor = named[lines[i].Actor]
	}
	return lines, err
}
