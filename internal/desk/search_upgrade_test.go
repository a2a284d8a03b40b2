package desk

import (
	"errors"
	"io/fs"
	"testing"
	"testing/fstest"

	"luoshi/internal/db"
	"luoshi/org"
	"luoshi/tests/postgres"
)

// What an older version wrote is indexed in parts while people work.
func TestAnOlderFolderIsIndexed(t *testing.T) {
	w := newTown(t)
	w.countryside()
	r := w.imported(small)
	w.must(w.db.Local(t.Context(), func(tx *db.Tx) error {
		if _, err := tx.Exec("DELETE FROM search_gram WHERE city_id = $1", 1); err != nil {
			return err
		}
		return tx.Insert("search_build", "city_id, source, after", [][]any{{1, sourcePlan, 0}, {1, sourceItem, 0}, {1, sourceUnit, 0}, {1, sourcePost, 0}})
	}))
	jobs := NewJobs(w.db, nil, 1)
	f, err := w.public.Search(t.Context(), Asked{Query: query(t, "新村")})
	if err != nil || !f.Building || len(f.Groups) != 0 {
		t.Errorf("%+v: %v", f, err)
	}
	w.retitle(r, "送书下乡", "送戏下乡")
	parts := 0
	for more := true; more; parts++ {
		more, err = jobs.BuildSearch(t.Context(), 3)
		w.must(err)
		if parts == 1 { // between two parts
			w.retitle(r, "延长开放时间", "延长夜间开放")
			w.openUnits(0, org.County, "后来县")
		}
	}
	if parts < 5 {
		t.Errorf("indexed in %d parts", parts)
	}
	w.finds("夜间", "item: 延长夜间开放 < 安澜市图书馆服务月方案", "")
	w.finds("后来", "county: 后来县", "county: 后来县")
	if f, err := w.public.Search(t.Context(), Asked{Query: query(t, "新村")}); err != nil || f.Building || len(f.Groups) != 2 {
		t.Errorf("%+v: %v", f, err)
	}
}

// upTo gives the migrations before one, as an older version had them.
func upTo(t *testing.T, first string) db.Schema {
	t.Helper()
	s := Schema()
	older := fstest.MapFS{}
	all, err := fs.Glob(s.Files, "*.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range all {
		if text, err := fs.ReadFile(s.Files, name); err != nil {
			t.Fatal(err)
		} else if name < first {
			older[name] = &fstest.MapFile{Data: text}
		}
	}
	s.Files = older
	return s
}

// A folder that an older version wrote knows what is still to be indexed as soon as it is opened.
func TestSearchAfterAnUpgrade(t *testing.T) {
	folder, options := t.TempDir(), db.Options{Database: postgres.Fresh(t), Spread: postgres.Spread}
	d, err := db.Open(t.Context(), folder, options, upTo(t, "0010"))
	if err != nil {
		t.Fatal(err)
	}
	err = d.Local(t.Context(), func(tx *db.Tx) error {
		return errors.Join(tx.Insert("city", "city_id, name, bureau, phone, address, sample", [][]any{{1, "安澜市", "安澜市文化局", "", "", 0}}),
			tx.Insert("unit", "city_id, "+unitColumns+", working_body, contact", [][]any{{1, 5, 0, "city", "安澜市", "", "2011-08-08", "", "", ""}, {1, 6, 5, "county", "臨灣县", "", "2011-08-08", "", "", ""}}))
	})
	if err = errors.Join(err, d.Close()); err != nil {
		t.Fatal(err)
	}
	if d, err = db.Open(t.Context(), folder, options, Schema()); err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	jobs, public := NewJobs(d, nil, 1), NewPublic(d, 1)
	for more := true; more; {
		if f, err := public.Search(t.Context(), Asked{Query: query(t, "临湾")}); err != nil || !f.Building {
			t.Fatalf("%+v: %v", f, err)
		}
		if more, err = jobs.BuildSearch(t.Context(), 100); err != nil {
			t.Fatal(err)
		}
		if f, err := public.Search(t.Context(), Asked{}); err != nil || !f.Building {
			break
		}
	}
	if f, err := public.Search(t.Context(), Asked{Query: query(t, "临湾")}); err != nil || told(f) != "county: 臨灣县" || f.Building {
		t.Errorf("%+v: %v", f, err)
	}
}
