package web

import "net/http"

// ShowAgain is the name of the buttons that show a form again as it is filled in, in
// another language or view. Who reads a form that carries it does nothing else.
const ShowAgain = "show_again"

// Keeping marks a request whose answer has a form that ShowAgain can show again.
func Keeping(r *http.Request) *http.Request {
	p := Of(r.Context())
	p.Keeps = p.Posted
	return r.WithContext(With(r.Context(), p))
}
