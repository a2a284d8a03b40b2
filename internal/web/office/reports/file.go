package reports

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"

	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
	"luoshi/progress"
)

const reportFilesPath = "/office/report-files"

// reportFilesOf leads to the files of the report of a period. by is the unit that adds
// them; 0 for who only reads.
func reportFilesOf(k desk.DraftKey, by id.Unit, onBehalf bool) string {
	q := url.Values{"item": {k.Item.String()}, "of": {k.Unit.String()}, "period": {string(k.Period)}}
	if by != 0 {
		q.Set("by", by.String())
	}
	if onBehalf {
		q.Set("behalf", "1")
	}
	return reportFilesPath + "?" + q.Encode()
}

func draftKeyIn(r *http.Request) (k desk.DraftKey, ok bool) {
	item, errItem := id.Of[id.Item](r.FormValue("item"))
	unit, errUnit := id.Of[id.Unit](r.FormValue("of"))
	period, errPeriod := progress.Parse(r.FormValue("period"))
	return desk.DraftKey{Item: item, Unit: unit, Period: period}, errItem == nil && errUnit == nil && errPeriod == nil
}

// reportFileRight is the act by which somebody adds files: for their own unit, or on behalf.
func reportFileRight(r *http.Request) string {
	if r.FormValue("behalf") != "" {
		return "progress.onbehalf"
	}
	return "progress.report"
}

// reportFiles shows the files of a report, and takes one more from who reports.
func reportFiles(s *page.Side, r *http.Request) (page.Sheet, error) {
	k, ok := draftKeyIn(r)
	if !ok {
		return page.Sheet{}, desk.ErrMissing
	}
	ctx := r.Context()
	all, err := s.Office.ReportFiles(ctx, page.Who(ctx), k)
	if err != nil {
		return page.Sheet{}, err
	}
	by, errBy := id.Of[id.Unit](r.FormValue("by"))
	right := reportFileRight(r)
	adds := errBy == nil && page.Who(ctx).May(right)
	sh := page.Sheet{Title: web.T(ctx, "附件"), Lede: web.T(ctx, "%s的。只有局里和本单位看得到，不公开。", web.PeriodName(ctx, k.Period)), Back: page.DutiesPath, Button: web.T(ctx, "交这个文件"), Upload: true,
		Hidden: []string{"item", "of", "period", "by", "behalf"},
		Stands: url.Values{"item": {k.Item.String()}, "of": {k.Unit.String()}, "period": {string(k.Period)}, "by": {r.FormValue("by")}, "behalf": {r.FormValue("behalf")}},
		Below:  reportFileList(all, adds, r.FormValue("by"), r.FormValue("behalf"))}
	switch {
	case !adds:
		sh.Stop = fault.New(fault.Conflict, "您在这里只能看，交附件由报进展的人来。")
	case len(all) >= progress.MostFiles:
		sh.Stop = fault.New(fault.Conflict, "已经有 %d 个附件了。要再交，请先去掉一个。", progress.MostFiles)
	default:
		sh.Inputs = []page.Input{{Name: "file", Kind: "file", Accept: "*/*", Label: web.T(ctx, "选一个文件"), Hint: web.T(ctx, "照片、扫描件、表格都行，一个最多 20 MB，一共最多 5 个。")}}
	}
	sh.Act = func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
		if errBy != nil {
			return "", desk.MayNot("progress.report")
		}
		file, header, err := r.FormFile("file")
		if errors.Is(err, http.ErrMissingFile) || errors.Is(err, http.ErrNotMultipart) {
			_, err = s.Office.AddReportFile(ctx, cmd, right, by, k, "", nil)
			return "", err
		}
		if err != nil {
			return "", err
		}
		defer file.Close()
		content, err := io.ReadAll(file)
		if err != nil {
			return "", err
		}
		_, err = s.Office.AddReportFile(ctx, cmd, right, by, k, header.Filename, content)
		return reportFilesOf(k, by, right == "progress.onbehalf"), err
	}
	return sh, nil
}

// reportFile sends a file of a report to who may read it.
func reportFile(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	which, err := id.Of[id.ReportFile](r.PathValue("file"))
	if err != nil {
		return desk.ErrMissing
	}
	f, content, err := s.Office.ReportFile(r.Context(), page.Who(r.Context()), which)
	if err != nil {
		return err
	}
	// A file of anybody's is never shown as a page of ours.
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Content-Disposition", page.Attachment("attachment", f.Name))
	_, _ = w.Write(content) // a reader who hangs up needs no answer
	return nil
}

// removeFilePath leads to taking a file off.
func removeFilePath(f desk.ReportFile, by, behalf string) string {
	return reportFilesPath + "/" + f.ID.String() + "/remove?" + url.Values{"item": {f.Item.String()}, "of": {f.Unit.String()}, "period": {string(f.Period)}, "by": {by}, "behalf": {behalf}}.Encode()
}

// removeReportFile takes a file off a report.
func removeReportFile(s *page.Side, r *http.Request) (page.Sheet, error) {
	k, ok := draftKeyIn(r)
	which, errFile := id.Of[id.ReportFile](r.PathValue("file"))
	by, errBy := id.Of[id.Unit](r.FormValue("by"))
	if !ok || errFile != nil || errBy != nil {
		return page.Sheet{}, desk.ErrMissing
	}
	ctx := r.Context()
	all, err := s.Office.ReportFiles(ctx, page.Who(ctx), k)
	if err != nil {
		return page.Sheet{}, err
	}
	at := slices.IndexFunc(all, func(f desk.ReportFile) bool { return f.ID == which })
	if at < 0 {
		return page.Sheet{}, desk.ErrMissing
	}
	right := reportFileRight(r)
	back := reportFilesOf(k, by, right == "progress.onbehalf")
	return page.Sheet{Title: web.T(ctx, "去掉附件"), Quote: all[at].Name, Lede: web.T(ctx, "去掉以后页面上不再列它；程序里留着交过、去掉过的记录。"), Back: back, Button: web.T(ctx, "去掉"),
		Hidden: []string{"item", "of", "period", "by", "behalf"},
		Stands: url.Values{"item": {k.Item.String()}, "of": {k.Unit.String()}, "period": {string(k.Period)}, "by": {by.String()}, "behalf": {r.FormValue("behalf")}},
		Act: func(ctx context.Context, cmd desk.Cmd, _ web.Form) (string, error) {
			return back, s.Office.RemoveReportFile(ctx, cmd, right, by, which)
		}}, nil
}

// sizeWords say how large a file is.
func sizeWords(n int64) string {
	if n < 1<<20 {
		return web.Count((n+1023)>>10) + " KB"
	}
	return web.Count((n+1<<20-1)>>20) + " MB"
}
