package gateway

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
)

// sendChat speaks to a robot of a chat group that takes markdown, as those of the common
// chat programs do: the secret is the key in its address.
func sendChat(ctx context.Context, s Settings, m Message) error {
	address, err := url.Parse(s.Address)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrRefused, err)
	}
	if s.Secret != "" {
		query := address.Query()
		query.Set("key", s.Secret)
		address.RawQuery = query.Encode()
	}
	type markdown struct {
		Content string `json:"content"`
	}
	said, err := post(ctx, address.String(), m.Key, struct {
		Type     string   `json:"msgtype"`
		Markdown markdown `json:"markdown"`
	}{"markdown", markdown{markdownOf(m)}}, nil)
	if err != nil {
		return err
	}
	return numbered(said, "errcode")
}

// markdownOf makes a heading and paragraphs of a text: a line alone would run on.
func markdownOf(m Message) string {
	return "**" + m.Subject + "**\n\n" + strings.ReplaceAll(m.Text, "\n", "\n\n")
}

// numbered reads an answer that says by a number whether a message was taken. A number
// that is not zero is a refusal; an answer without one tells nothing.
func numbered(said []byte, field string) error {
	var answer map[string]any
	if err := json.Unmarshal(said, &answer); err != nil {
		return fmt.Errorf("read the answer: %w", err)
	}
	switch code := answer[field].(type) {
	case float64:
		if code == 0 {
			return nil
		}
		return fmt.Errorf("%w: %s %v", ErrRefused, field, code)
	case string:
		if code == "0" || strings.EqualFold(code, "ok") {
			return nil
		}
		return fmt.Errorf("%w: %s %.40q", ErrRefused, field, code)
	}
	return fmt.Errorf("the answer has no %s", field)
}
