package office

import (
	"net/http"
	"net/url"
	"strings"
	"unicode"

	"luoshi/internal/paper"
	"luoshi/internal/web"
	"luoshi/plan"
)

// tasksXLSX gives the 任务分解表 of a plan as it stands, for Excel.
func (s *side) tasksXLSX(w http.ResponseWriter, r *http.Request) error {
	return s.paper(w, r, "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", func(t plan.TaskTable) ([]byte, error) {
		return paper.TaskTableXLSX(web.Of(r.Context()).Lang, t)
	})
}

// tasksDocx gives it for Word.
func (s *side) tasksDocx(w http.ResponseWriter, r *http.Request) error {
	return s.paper(w, r, "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", func(t plan.TaskTable) ([]byte, error) {
		return paper.TaskTableDocx(web.Of(r.Context()).Lang, t)
	})
}

// tasksCalendar gives its stages and days for a calendar.
func (s *side) tasksCalendar(w http.ResponseWriter, r *http.Request) error {
	return s.paper(w, r, "ics", "text/calendar; charset=utf-8", func(t plan.TaskTable) ([]byte, error) {
		return paper.TaskCalendar(web.Of(r.Context()).Lang, t, s.office.Today().Time()), nil
	})
}

// paper sends a file that is made of what stands in a plan.
func (s *side) paper(w http.ResponseWriter, r *http.Request, ending, kind string, of func(plan.TaskTable) ([]byte, error)) error {
	v, err := s.reviewed(r)
	if err != nil {
		return err
	}
	table := v.Draft.TableState(v.Source(), v.Columns(), v.LastStep).Table
	if table.Columns, err = s.office.TableColumns(r.Context(), who(r.Context())); err != nil {
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
	w.Header().Set("Content-Disposition", attachment("tasks."+ending, fileName(name, v.Plan.Title)+"."+ending))
	_, _ = w.Write(content) // a reader who hangs up needs no answer
	return nil
}

// attachment names a file that is sent (RFC 6266): in ASCII, and as it is.
func attachment(plain, name string) string {
	return `attachment; filename="` + plain + `"; filename*=UTF-8''` + strings.ReplaceAll(url.QueryEscape(name), "+", "%20")
}

// longestName is the longest title of a plan in the name of a file, in runes: file
// systems take 255 bytes.
const longestName = 60

// fileName makes a name that every system takes.
func fileName(what, title string) string {
	title = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) || !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, title)
	if words := []rune(title); len(words) > longestName {
		title = string(words[:longestName])
	}
	if title = strings.Trim(title, ". "); title == "" {
		return what
	}
	return what + "-" + title
}
