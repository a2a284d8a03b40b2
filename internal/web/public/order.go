package public

import (
	"context"

	"luoshi/internal/web"
	"luoshi/plan"
)

// orderKind is what an order comes in, in the language of the page.
func orderKind(ctx context.Context, k plan.OrderKind) string { return web.Word(ctx, k) }

func sayOrderGiven(ctx context.Context, e entryWords) string {
	o := plan.Order{Kind: plan.OrderKind(e.line.Entry.Field("kind")), Year: int(e.number("year")), Serial: int(e.number("serial"))}
	return web.T(ctx, "登记了%s %s：%s %s交办，原话是「%s」。", orderKind(ctx, o.Kind), o.Number(), e.word("giver"), e.day("given"), e.word("words"))
}

// orderData is where an item comes from that was given once its plan was in force.
type orderData struct {
	Kind   plan.OrderKind `json:"kind"`
	Number string         `json:"number"`
	Words  string         `json:"words"`
	Giver  string         `json:"giver"`
	Given  dayText        `json:"given"`
}

func orderOf(o plan.Order) *orderData {
	return &orderData{o.Kind, o.Number(), o.Words, o.Giver, dayText(o.Given)}
}
