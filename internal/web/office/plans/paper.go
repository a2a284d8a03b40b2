package plans

import (
	"net/http"

	"luoshi/internal/paper"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
	"luoshi/plan"
)

// tasksXLSX gives the 任务分解表 of a plan as it stands, for Excel.
func tasksXLSX(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	return paperOf(s, w, r, "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", func(t plan.TaskTable) ([]byte, error) {
		return paper.TaskTableXLSX(web.Of(r.Context()).Lang, t)
	})
}

// tasksDocx gives it for Word.
func tasksDocx(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	return paperOf(s, w, r, "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", func(t plan.TaskTable) ([]byte, error) {
		return paper.TaskTableDocx(web.Of(r.Context()).Lang, t)
	})
}

// tasksCalendar gives its stages and days for a calendar.
func tasksCalendar(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	return paperOf(s, w, r, "ics", "text/calendar; charset=utf-8", func(t plan.TaskTable) ([]byte, error) {
		return paper.TaskCalendar(web.Of(r.Context()).Lang, t, s.Office.Today().Time()), nil
	})
}

// paperOf sends a file that is made of what stands in a plan.
func paperOf(s *page.Side, w http.ResponseWriter, r *http.Request, ending, kind string, of func(plan.TaskTable) ([]byte, error)) error {
	v, err := s.Reviewed(r)
	if err != nil {
		return err
	}
	table := v.Draft.TableState(v.Source(), v.Columns(), v.LastStep).Table
	if table.Columns, err = s.Office.TableColumns(r.Context(), page.Who(r.Context())); err != nil {
		return err
	}
	content, err := of(table)
	if err != nil {
		return err
	}
	name := web.T(r.Context(), "任务分解表")
	if ending == "ics" {
		name = web.T(r.Context(), "日历")
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Disposition", page.Attachment("tasks."+ending, page.FileName(name, v.Plan.Title)+"."+ending))
	_, _ = w.Write(content) // a reader who hangs up needs no answer
	return nil
}
