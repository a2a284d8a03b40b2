package reminders

import (
	"net/http"
	"strings"

	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web/office/page"
)

// landing is where somebody goes on who sends a form of reminders a second time.
func landing(r *http.Request, answers []int64) string {
	switch {
	case strings.HasPrefix(r.URL.Path, desk.ReminderPath):
		return r.URL.Path
	case r.URL.Path == page.RemindersPath+"/new" && len(answers) > 0:
		return chasedPath(id.Reminder(answers[0]))
	}
	return page.RemindersPath
}
