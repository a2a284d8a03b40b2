package gateway

import (
	"context"
	"strconv"
)

// sendTemplate speaks to an SMS provider that keeps the texts: it gets the number of a
// template and what fills it.
func sendTemplate(ctx context.Context, s Settings, m Message) error {
	said, err := post(ctx, s.Address, m.Key, struct {
		Phone    string            `json:"phone"`
		Sign     string            `json:"sign"`
		Template string            `json:"template"`
		Params   map[string]string `json:"params"`
		OutID    string            `json:"out_id"`
	}{m.To, s.Account, s.Template, map[string]string{"count": strconv.Itoa(m.Count), "link": m.Link}, m.Key}, map[string]string{"Authorization": "Bearer " + s.Secret})
	if err != nil {
		return err
	}
	return numbered(said, "code")
}
