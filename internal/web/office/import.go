package office

import (
	"net/http"

	"luoshi/calendar"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"

	"github.com/a-h/templ"
)

// What sheets of facts (台账) and lists of units have in common: both are given in, looked at
// and read in another way as often as wanted, and then taken over or given up.

// importForm is the form of one that is looked at.
type importForm struct {
	path  string // of its page
	open  bool   // nothing was decided about it
	drop  func(cmd desk.Cmd) error
	read  func(f web.Form) (importRead, error)
	apply func(cmd desk.Cmd, digest string) error
	show  func(why error) error
}

// importRead is how a form says that something is to be read.
type importRead struct {
	changed bool // otherwise than it is read now
	as      func(cmd desk.Cmd) error
}

// take reads what was given in in another way, has it taken over as it was shown, or gives it up.
func (i importForm) take(s *side, w http.ResponseWriter, r *http.Request) error {
	form, err := web.ReadForm(w, r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	cmd, to := s.office.Cmd(who(ctx), form.Command), i.path
	switch applying := form.Value("apply") != ""; {
	case !i.open: // it is being done: the page says how far it is
	case form.Value("drop") != "":
		if err := i.drop(cmd); err != nil {
			return err
		}
	default:
		read, err := i.read(form)
		switch {
		case err != nil:
		case applying && !read.changed:
			err = i.apply(cmd, form.Value("digest"))
		default:
			to += "?done=read"
			if applying {
				to = i.path + "?done=changed"
			}
			err = read.as(cmd)
		}
		if err != nil {
			return i.show(err)
		}
	}
	go303(w, r, to)
	return nil
}

// offeredAt leads to what was given in, by what its command answered.
func offeredAt(path string) func(answers []int64) string {
	return func(answers []int64) string {
		if len(answers) == 0 {
			return path
		}
		return path + "/" + id.Text(answers[0])
	}
}

// inFile says that a file is wrong which was chosen, where the field for pasting would be.
func inFile(f web.Form, err error) error {
	if wrong := fault.Of(err); wrong != nil && f.Chose("file") && (wrong.Field == "" || wrong.Field == "text") && wrong.Kind != fault.Denied {
		return wrong.In("file")
	}
	return err
}

// earlierImport is what is said of one that was given in before.
type earlierImport struct {
	path    string
	name    templ.Component
	offered calendar.Day
	said    string
}
