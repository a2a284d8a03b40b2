package plan_test

import (
	"encoding/json"
	"fmt"
	"os"
	"testing"

	"luoshi/plan"
)

func TestShow(t *testing.T) {
	raw, _ := os.ReadFile(os.Getenv("SHOW"))
	p := plan.Read(string(raw))
	fmt.Println("TITLE", p.Title, "|", p.Issuer)
	for _, n := range p.Outline {
		ti := []rune(n.Title)
		if len(ti) > 70 {
			ti = ti[:70]
		}
		fmt.Println("O", n.Level, n.Path, "|", n.Number, "|", string(ti))
	}
	s := func(p *string) string {
		if p == nil {
			return "-"
		}
		return *p
	}
	for _, x := range p.Phases {
		fmt.Println("P", x.Name, s(x.Start), s(x.End))
	}
	for _, x := range p.Targets {
		fmt.Println("T", x.Item, x.Value, x.Unit, x.Bound, x.Max, x.From, s(x.Period), s(x.Deadline), x.Aggregate, x.Hardness, "|", x.Indicator, "|", x.Quote)
	}
	for _, x := range p.Deadlines {
		fmt.Println("D", x.Item, x.Date, "|", x.Quote)
	}
	for _, x := range p.Recurring {
		fmt.Println("R", x.Item, x.Period, "|", x.Quote)
	}
	for _, x := range p.Responsible {
		b, _ := json.Marshal(x.Units)
		fmt.Println("U", x.Item, x.Role, string(b))
	}
	for _, x := range p.Questions {
		fmt.Println("Q", x.Kind, x.Text)
	}
}
