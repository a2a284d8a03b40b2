package gateway

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
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

// markdownOf makes a heading and paragraphs of a text: a line alone would run on. Titles
// are words of others: nothing in them is markup, and only links to this program are links.
func markdownOf(m Message) string {
	own := regexp.MustCompile(`$^`) // nothing
	if u, err := url.Parse(m.Link); err == nil && u.Host != "" {
		own = regexp.MustCompile(regexp.QuoteMeta(u.Scheme+"://"+u.Host) + `/[0-9A-Za-z/._~-]*`)
	}
	lines := strings.Split(m.Text, "\n")
	for i, line := range lines {
		lines[i] = plainLine(line, own)
	}
	return "**" + plainLine(strings.Join(strings.Fields(m.Subject), " "), own) + "**\n\n" + strings.Join(lines, "\n\n")
}

// markup are the signs that mean something in markdown wherever they stand, and what
// means something at the start of a line: a heading, a quotation, a list.
var (
	markup    = regexp.MustCompile("[\\\\`*_\\[\\]<>~|]")
	lineStart = regexp.MustCompile(`^(\s*)(\d*)([#+=.)-])`)
)

// plainLine writes a line so that a reader of markdown shows it as it is.
func plainLine(line string, own *regexp.Regexp) string {
	var b strings.Builder
	rest := 0
	for _, at := range own.FindAllStringIndex(line, -1) {
		b.WriteString(markup.ReplaceAllString(line[rest:at[0]], `\$0`))
		b.WriteString(line[at[0]:at[1]])
		rest = at[1]
	}
	b.WriteString(markup.ReplaceAllString(line[rest:], `\$0`))
	return lineStart.ReplaceAllString(strings.TrimLeft(b.String(), " \t"), `$1$2\$3`)
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
