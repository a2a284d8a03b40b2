package page

import (
	"net/http"

	"luoshi/calendar"
	"luoshi/fault"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/org"

	"github.com/a-h/templ"
)

// What sheets of facts (台账) and lists of units have in common: both are given in, looked at
// and read in another way as often as wanted, and then taken over or given up.

// ImportForm is the form of one that is looked at.
type ImportForm struct {
	Path  string // of its page
	Open  bool   // nothing was decided about it
	Drop  func(cmd desk.Cmd) error
	Read  func(f web.Form) (ImportRead, error)
	Apply func(cmd desk.Cmd, digest string) error
	Show  func(why error) error
}

// ImportRead is how a form says that something is to be read.
type ImportRead struct {
	Changed bool // otherwise than it is read now
	As      func(cmd desk.Cmd) error
}

// Take reads what was given in in another way, has it taken over as it was shown, or gives it up.
func (i ImportForm) Take(s *Side, w http.ResponseWriter, r *http.Request) error {
	form, err := web.ReadForm(w, r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	cmd, to := s.Office.Cmd(Who(ctx), form.Command), i.Path
	switch applying := form.Value("apply") != ""; {
	case !i.Open: // it is being done: the page says how far it is
	case form.Value("drop") != "":
		if err := i.Drop(cmd); err != nil {
			return err
		}
	default:
		read, err := i.Read(form)
		switch {
		case err != nil:
		case applying && !read.Changed:
			err = i.Apply(cmd, form.Value("digest"))
		default:
			to += "?done=read"
			if applying {
				to = i.Path + "?done=changed"
			}
			err = read.As(cmd)
		}
		if err != nil {
			return i.Show(err)
		}
	}
	SeeOther(w, r, to)
	return nil
}

// InFile says that a file is wrong which was chosen, where the field for pasting would be.
func InFile(f web.Form, err error) error {
	if wrong := fault.Of(err); wrong != nil && f.Chose("file") && (wrong.Field == "" || wrong.Field == "text") && wrong.Kind != fault.Denied {
		return wrong.In("file")
	}
	return err
}

// EarlierImport is what is said of one that was given in before.
type EarlierImport struct {
	Path    string
	Name    templ.Component
	Offered calendar.Day
	Said    string
}

// PlaceChoices offers units to be chosen from.
func PlaceChoices(places []org.Unit) (out []web.Choice) {
	for _, u := range places {
		out = append(out, web.Choice{Value: u.ID.String(), Words: u.Name, Document: true})
	}
	return out
}

// mostListed is how many units of each kind of change are listed.
const mostListed = 200

// FirstOf gives the first of many.
func FirstOf[T any](all []T) []T { return all[:min(len(all), mostListed)] }

// Tallied is a number with what it counts.
type Tallied struct{ Value, Label string }
