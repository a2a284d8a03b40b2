package web

import (
	"context"
	"log/slog"
	"net/http"

	"luoshi/calendar"
	"luoshi/fault"
)

var statuses = map[fault.Kind]int{
	fault.Invalid:  http.StatusUnprocessableEntity,
	fault.Denied:   http.StatusForbidden,
	fault.Missing:  http.StatusNotFound,
	fault.Conflict: http.StatusConflict,
	fault.TooLarge: http.StatusRequestEntityTooLarge,
	fault.Busy:     http.StatusServiceUnavailable,
	fault.Gone:     http.StatusGone,
}

var errOurs = fault.New(fault.Busy, "程序出了错，不是您的问题。请过一会儿再试；还是不行，请告诉管理员。")

// Told gives the fault to show for an error and its status. An error that is
// not meant to be shown is logged and stands for itself as ours.
func Told(r *http.Request, err error) (*fault.Fault, int) {
	if f := fault.Of(err); f != nil {
		if f.Kind == fault.Busy {
			Log(r, err) // the cause is joined to it
		}
		return f, statuses[f.Kind]
	}
	Log(r, err)
	return errOurs, http.StatusInternalServerError
}

// Sentence says a fault in the language of the page; names of fields and days
// among its arguments are said in that language too.
func Sentence(ctx context.Context, f *fault.Fault) string {
	args := make([]any, len(f.Args))
	for i, a := range f.Args {
		switch said := a.(type) {
		case string:
			a = T(ctx, said)
		case calendar.Day:
			a = Date(ctx, said)
		case *fault.Fault:
			a = Sentence(ctx, said)
		}
		args[i] = a
	}
	return T(ctx, f.Key, args...)
}

// Log notes an error of ours with the request it befell.
func Log(r *http.Request, err error) {
	slog.Error("request failed", "method", r.Method, "path", r.URL.Path, "error", err)
}
