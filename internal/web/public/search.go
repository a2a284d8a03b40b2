package public

import (
	"luoshi/internal/desk"
	"luoshi/internal/web"
)

func (v visit) search() error {
	s, err := web.FindIn(v.r, v.today, v.find, foundPath)
	if err != nil {
		return err
	}
	return v.show(s.Status(), v.say("搜索"), web.SearchPage(s))
}

func (v visit) find(a desk.Asked) (desk.Findings, error) {
	return v.desk.Search(v.r.Context(), a)
}

// foundPath is the page of what was found; a post is told of on that of its unit.
func foundPath(f desk.Found) string {
	switch {
	case f.Item != 0:
		return "/items/" + f.Item.String()
	case f.Plan != 0:
		return "/plans/" + f.Plan.String()
	}
	return "/units/" + f.Unit.String()
}

// searchData is the answer of /data/search.
type searchData struct {
	Building bool        `json:"building"`
	Groups   []foundData `json:"groups"`
}

// foundData is what a search has found of one kind.
type foundData struct {
	In    desk.FoundGroup `json:"in"`
	Found []foundLine     `json:"found"`
	Next  *string         `json:"next"`
}

// foundLine is a record whose title contains what was searched for.
type foundLine struct {
	ID    idText   `json:"id"`
	Title string   `json:"title"`
	Above []string `json:"above"`
	To    *dayText `json:"to"`
	Page  string   `json:"page"`
}

func (v visit) dataSearch() (any, error) {
	asked, err := web.ReadSearch(v.r)
	if err != nil {
		return nil, err
	}
	found, err := v.find(asked)
	if err != nil {
		return nil, err
	}
	out := searchData{found.Building, []foundData{}}
	for _, g := range found.Groups {
		of := foundData{In: g.Group, Found: list(g.Found, foundLineOf)}
		if g.More {
			of.Next = &g.Next
		}
		out.Groups = append(out.Groups, of)
	}
	return out, nil
}

func foundLineOf(f desk.Found) foundLine {
	return foundLine{idText(f.ID()), f.Title, append([]string{}, f.Above...), optionalDay(f.Closed), foundPath(f)}
}
