package web

import (
	"context"
	"html"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"luoshi/calendar"
	"luoshi/fault"
	"luoshi/internal/desk"
	"luoshi/search"

	"github.com/a-h/templ"
)

// Search is the page on which something is searched for.
type Search struct {
	desk.Findings
	Asked desk.Asked
	Fault *fault.Fault // of the query; nil where it can be asked
	Path  string       // of the page
	Today calendar.Day
	To    func(desk.Found) string
}

// ReadSearch reads what is searched for from the address of a page.
func ReadSearch(r *http.Request) (desk.Asked, error) {
	values := r.URL.Query()
	query, err := search.Parse(values.Get("q"))
	return desk.Asked{Query: query, In: desk.FoundGroup(values.Get("in")), After: values.Get("after")}, err
}

// FindIn makes the page of a search. find does the search; to says where a record leads.
func FindIn(r *http.Request, today calendar.Day, find func(desk.Asked) (desk.Findings, error), to func(desk.Found) string) (Search, error) {
	s := Search{Path: Of(r.Context()).Path, Today: today, To: to}
	var err error
	if s.Asked, err = ReadSearch(r); err != nil {
		s.Fault = fault.Of(err)
		return s, nil
	}
	s.Findings, err = find(s.Asked)
	return s, err
}

// Status is the answer of the page.
func (s Search) Status() int {
	if s.Fault != nil {
		return statuses[s.Fault.Kind]
	}
	return http.StatusOK
}

// address is that of a search for the same in one group, behind a place; of no group
// it is a search everywhere.
func (s Search) address(in desk.FoundGroup, after string) string {
	values := url.Values{"q": {s.Asked.Query.Text}}
	if in != "" {
		values.Set("in", string(in))
	}
	if after != "" {
		values.Set("after", after)
	}
	return s.Path + "?" + values.Encode()
}

var foundGroups = map[desk.FoundGroup]struct{ Name string }{
	desk.FoundPlans:       {Name: "方案"},
	desk.FoundItems:       {Name: "任务"},
	desk.FoundCounties:    {Name: "市、县、区"},
	desk.FoundTownships:   {Name: "乡、镇、街道"},
	desk.FoundVillages:    {Name: "村、社区"},
	desk.FoundDepartments: {Name: "局、处室、直属单位"},
	desk.FoundPosts:       {Name: "岗位"},
}

func groupName(ctx context.Context, g desk.FoundGroup) string { return T(ctx, foundGroups[g].Name) }

// marked writes a title with what was searched for marked in it.
func marked(q search.Query, title string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		var out strings.Builder
		runes, from := []rune(title), 0
		for _, m := range q.Marks(title) {
			out.WriteString(html.EscapeString(string(runes[from:m[0]])) + "<mark>" + html.EscapeString(string(runes[m[0]:m[1]])) + "</mark>")
			from = m[1]
		}
		out.WriteString(html.EscapeString(string(runes[from:])))
		_, err := io.WriteString(w, out.String())
		return err
	})
}

var mostAsked = strconv.Itoa(search.MostAsked)

// finderPath is where the field in the head of a page searches; empty where there is none.
func finderPath(ctx context.Context, body string) string {
	path := ""
	if body == "public" {
		path = "/search"
	} else if Of(ctx).Who != nil {
		path = "/office/search"
	}
	if path == Of(ctx).Path { // it has a larger one
		return ""
	}
	return path
}
