package public

import (
	"net/http"
	"time"

	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
)

// doubtPage is where somebody says that something never came.
type doubtPage struct {
	desk.PublicFact
	Form web.Form
	Said bool // it was taken down
}

func (v visit) doubtForm() error {
	f, err := v.factAsked()
	if err != nil {
		return err
	}
	return v.showDoubt(http.StatusOK, doubtPage{PublicFact: f, Form: web.NewForm(nil)})
}

func (v visit) factAsked() (f desk.PublicFact, err error) {
	which, err := id.Of[id.Fact](v.r.PathValue("id"))
	if err != nil {
		return f, errMissing
	}
	return v.desk.Fact(v.r.Context(), which)
}

// doubt takes down that something never came. Who says it stays unknown.
func (v visit) doubt() error {
	f, err := v.factAsked()
	if err != nil {
		return err
	}
	form, err := web.ReadFormUpTo(v.w, v.r, mostDoubtForm)
	if err == nil && !desk.IsCommandID(form.Command) {
		err = errGoBack
	}
	if err == nil {
		err = v.doubts.take(v.r, time.Now())
	}
	if err == nil {
		err = v.desk.Doubt(v.r.Context(), form.Command, f.ID, form.Value("words"))
	}
	if told := fault.Of(err); told != nil && told.Kind != fault.Missing {
		_, status := web.Told(v.r, err)
		form.Fault = told
		form.Command = web.NewCommand()
		return v.showDoubt(status, doubtPage{PublicFact: f, Form: form})
	}
	if err != nil {
		return err
	}
	return v.showDoubt(http.StatusOK, doubtPage{PublicFact: f, Said: true})
}

// mostDoubtForm is how many bytes the form may have: a sentence or two.
const mostDoubtForm = 16 << 10

var errGoBack = fault.New(fault.Invalid, "这张表缺了编号，请再点一次下面的按钮。")

func (v visit) showDoubt(status int, p doubtPage) error {
	v.w.Header().Set("Cache-Control", "no-store")
	return v.show(status, v.say("没有来过"), doubtOf(p))
}
