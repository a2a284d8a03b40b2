package sample

import (
	"luoshi/id"
	"luoshi/internal/desk"
)

const (
	retiring = "许静安" // director of the museum, until the last day of January 2012
	newcomer = "宋以宁"
)

// handOver lets the director of the museum retire, and somebody new take over.
func (c *city) handOver() error {
	leaves := c.people[retiring]
	made, err := c.office.HandOver(c.ctx, c.cmd(administrator), desk.HandingOver{Predecessor: leaves.Account, Posts: []id.Post{leaves.Post}, Name: newcomer,
		First: "2012-02-01", Close: true})
	if err != nil {
		return err
	}
	h, err := c.office.HandedOver(c.ctx, c.people[administrator], made)
	if err != nil {
		return err
	}
	delete(c.people, retiring)
	return c.signIn(h.Successor, newcomer)
}
