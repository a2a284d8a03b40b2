package accounts

import (
	"testing"

	"luoshi/internal/text"
	"luoshi/internal/web"
)

func TestBrowserInPlainWords(t *testing.T) {
	english := web.With(t.Context(), web.Page{Lang: text.English})
	for _, c := range []struct{ agent, chinese, english string }{
		{"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36 Edg/120.0.0.0", "Edge · Windows", "Edge · Windows"},
		{"Mozilla/5.0 (Linux; Android 13; V2183A) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/116.0 Mobile Safari/537.36 MicroMessenger/8.0.47", "微信 · 安卓", "WeChat · Android"},
		{"Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 wxwork/4.1 MicroMessenger/7.0.1", "企业微信 · iPhone", "WeCom · iPhone"},
		{"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Safari/605.1.15", "Safari · Mac", "Safari · Mac"},
		{"Mozilla/5.0 (X11; Linux x86_64; rv:121.0) Gecko/20100101 Firefox/121.0", "Firefox · Linux", "Firefox · Linux"},
		{"curl/8.5.0", "认不出的浏览器", text.Say(text.English, "认不出的浏览器")},
		{"", "认不出的浏览器", text.Say(text.English, "认不出的浏览器")},
	} {
		if got := browser(t.Context(), c.agent); got != c.chinese {
			t.Errorf("%s: %s, want %s", c.agent, got, c.chinese)
		}
		if got := browser(english, c.agent); got != c.english {
			t.Errorf("%s: %s, want %s", c.agent, got, c.english)
		}
	}
}
