package desk

import (
	"context"
	"path"
	"slices"
	"strings"

	"luoshi/calendar"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/blob"
	"luoshi/internal/db"
	"luoshi/progress"
)

// ReportFile is a file that belongs to the report of a period. It never goes out.
type ReportFile struct {
	ID      id.ReportFile
	Item    id.Item
	Unit    id.Unit
	Period  progress.Period
	Name    string
	Hash    blob.Hash
	Size    int64
	Added   calendar.Day
	Removed calendar.Day // empty while it belongs to the report
}

func (f ReportFile) place() reportPlace { return reportPlace{f.Item, f.Unit, f.Period} }

var (
	errNoFile       = fault.New(fault.Invalid, "还没有选文件，或者文件是空的。").In("file")
	errLargeFile    = fault.New(fault.TooLarge, "文件太大了，一个最多 20 MB。").In("file")
	errManyFiles    = fault.New(fault.Conflict, "一次报的进展最多放 5 个附件。请先去掉一个。").In("file")
	errFileDecided  = fault.New(fault.Conflict, "局办公室已经确认了，附件不能再去掉。")
	errFileHasGone  = fault.New(fault.Conflict, "这个附件已经去掉了。")
	errFileNameLong = fault.New(fault.Invalid, "文件名太长了，请改短到 100 个字以内再交。").In("file")
)

const longestFileName = 100

// AddReportFile (交附件) adds a file to the report of a period; right is the act by which
// somebody reports for the unit, themselves or on its behalf.
func (o *Office) AddReportFile(ctx context.Context, cmd db.Cmd, right string, unit id.Unit, k DraftKey, name string, content []byte) (made id.ReportFile, err error) {
	name = path.Base(strings.ReplaceAll(strings.TrimSpace(name), "\\", "/"))
	switch {
	case len(content) == 0:
		return 0, errNoFile
	case len(content) > progress.LargestFile:
		return 0, errLargeFile
	case len([]rune(name)) > longestFileName:
		return 0, errFileNameLong
	}
	err = o.mayFirst(ctx, cmd, right, func(db.Querier) (id.Unit, error) { return unit, nil }, func(q db.Querier) error { return o.placeAsked(q, unit, k) })
	if err != nil {
		return 0, err
	}
	hash, err := o.blobs.Put(content)
	if err != nil {
		return 0, err
	}
	err = o.writeOver(ctx, cmd.Of("progress.add_file", []any{unit, k, name, hash}, &made), right, over(unit), func(tx *db.Tx, _ Who) error {
		if err := o.placeAsked(tx, unit, k); err != nil {
			return err
		}
		there, err := filesOfReport(tx, o.city, k)
		if err != nil {
			return err
		}
		if len(there) >= progress.MostFiles {
			return errManyFiles
		}
		f := ReportFile{ID: db.NewID[id.ReportFile](tx), Item: k.Item, Unit: k.Unit, Period: k.Period, Name: name, Hash: hash, Size: int64(len(content)), Added: tx.Today()}
		made = f.ID
		tx.Append(progress.FileEntry(progress.KindFileAdded, k.Item, k.Unit, k.Period, f.Hash, f.Size, f.Name))
		return saveReportFile(tx, o.city, f)
	})
	return made, err
}

// placeAsked says no where a unit is not asked about an item in a place.
func (o *Office) placeAsked(q db.Querier, unit id.Unit, k DraftKey) error {
	asked, err := o.placesAsked(q, unit)
	if err == nil && !slices.ContainsFunc(asked, func(a askedReport) bool { return a.owner.Item == k.Item && a.owner.Unit == k.Unit }) {
		err = errNotAsked
	}
	return err
}

// RemoveReportFile (去掉附件) takes a file off the report of a period. Its content is kept:
// the ledger says that it was there.
func (o *Office) RemoveReportFile(ctx context.Context, cmd db.Cmd, right string, unit id.Unit, which id.ReportFile) error {
	return o.writeOver(ctx, cmd.Of("progress.remove_file", []any{unit, which}), right, over(unit), func(tx *db.Tx, _ Who) error {
		f, err := loadReportFile(tx, o.city, which)
		if err != nil {
			return err
		}
		if err := o.placeAsked(tx, unit, DraftKey{Item: f.Item, Unit: f.Unit, Period: f.Period}); err != nil {
			return err
		}
		all, err := reportsOf(tx, o.city, f.Item, f.Unit)
		if err != nil {
			return err
		}
		r := progress.For(all, f.Period)
		switch {
		case f.Removed != "":
			return errFileHasGone
		case r != nil && r.Standing == progress.Confirmed:
			return errFileDecided
		}
		f.Removed = tx.Today()
		tx.Append(progress.FileEntry(progress.KindFileRemoved, f.Item, f.Unit, f.Period, f.Hash, f.Size, f.Name))
		return saveReportFile(tx, o.city, f)
	})
}

// ReportFile gives a file to who may read the report that it belongs to.
func (o *Office) ReportFile(ctx context.Context, who Who, which id.ReportFile) (f ReportFile, content []byte, err error) {
	err = o.db.Read(ctx, func(v *db.View) error {
		if f, err = loadReportFile(v, o.city, which); err != nil {
			return err
		}
		return o.mayReadReports(v, who, f.Unit)
	})
	if err == nil {
		content, err = o.blobs.Get(f.Hash)
	}
	return f, content, err
}

// mayReadReports says no to who may not read what a unit reported: neither over it, nor
// over one that goes on with it.
func (o *Office) mayReadReports(q db.Querier, who Who, unit id.Unit) error {
	err := o.mayOver(q, who, "duty.read", unit)
	if !fault.Is(err, fault.Denied) {
		return err
	}
	t, errTree := o.dutyTree(q)
	if errTree != nil {
		return errTree
	}
	for _, h := range who.Held {
		if reach("duty.read", h.Roles) != "" && slices.Contains(t.placesOf(h.Unit), unit) {
			return nil
		}
	}
	return err
}

// ReportFiles gives the files of the report of a period, to who may read it.
func (o *Office) ReportFiles(ctx context.Context, who Who, k DraftKey) (all []ReportFile, err error) {
	err = o.db.Read(ctx, func(v *db.View) error {
		if err := o.mayReadReports(v, who, k.Unit); err != nil {
			return err
		}
		all, err = filesOfReport(v, o.city, k)
		return err
	})
	return all, err
}
