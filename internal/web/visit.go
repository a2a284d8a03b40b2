package web

import (
	"bytes"
	"context"
	"io"
	"net/http"
)

// smallBody is up to how many bytes a form is read before anything else, so that
// no view is held while its sender is slow.
const smallBody = 64 << 10

// OneView lets all that a request reads be read on one view of the records, and
// lets go of it before anything is sent or waited for.
func OneView(visit func(context.Context) (context.Context, func()), h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.ContentLength > 0 && r.ContentLength <= smallBody {
			body, err := io.ReadAll(io.LimitReader(r.Body, r.ContentLength))
			if err != nil {
				w.Header().Set("Connection", "close")
				w.WriteHeader(http.StatusRequestTimeout) // the sender has gone, or is too slow
				return
			}
			r.Body = io.NopCloser(bytes.NewReader(body))
		}
		ctx, leave := visit(r.Context())
		defer leave()
		r = r.WithContext(ctx)
		if r.ContentLength < 0 || r.ContentLength > smallBody {
			r.Body = leavingBody{r.Body, leave}
		}
		h.ServeHTTP(leavingWriter{w, leave}, r)
	})
}

type leavingBody struct {
	io.ReadCloser
	leave func()
}

func (b leavingBody) Read(p []byte) (int, error) {
	b.leave()
	return b.ReadCloser.Read(p)
}

type leavingWriter struct {
	http.ResponseWriter
	leave func()
}

func (w leavingWriter) WriteHeader(status int) {
	w.leave()
	w.ResponseWriter.WriteHeader(status)
}

func (w leavingWriter) Write(p []byte) (int, error) {
	w.leave()
	return w.ResponseWriter.Write(p)
}

// Unwrap lets http.ResponseController find the writer itself.
func (w leavingWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
