package gateway

import (
	"bufio"
	"errors"
	"net"
	"net/http/httptest"
	"strings"
	"testing"

	recorder "luoshi/tests/gateway"
)

var message = Message{Key: "luoshi-1-0AK2M5Q00000D", To: "13800000000", Subject: "催办", Text: "一件\n两件", Link: "https://luoshi.example/office/r/7", Count: 2}

func recording(t *testing.T, says func(int) (int, string)) (*recorder.Recorder, string) {
	t.Helper()
	r := &recorder.Recorder{Says: says}
	server := httptest.NewServer(r)
	t.Cleanup(server.Close)
	return r, server.URL
}

func TestFormsOfHTTP(t *testing.T) {
	r, address := recording(t, nil)
	for _, s := range []Settings{{Form: Signed, Secret: "s"}, {Form: ChatRobot, Secret: "k"}, {Form: TemplateSMS, Secret: "b", Account: "安澜", Template: "T1"}} {
		s.Address = address + "/send?a=1"
		if err := Send(t.Context(), s, message); err != nil {
			t.Errorf("%s: %v", s.Form, err)
		}
	}
	all := r.All()
	if len(all) != 3 {
		t.Fatalf("%d messages", len(all))
	}
	for _, s := range all {
		if s.Key != message.Key {
			t.Errorf("key %q", s.Key)
		}
	}
	if h := all[0].Header; h.Get(SignatureHeader) != Signature("s", h.Get(TimeHeader), all[0].Raw) || all[0].Body["text"] != message.Text || all[0].Body["to"] != message.To || all[0].Body["count"] != 2.0 {
		t.Errorf("%+v", all[0])
	}
	if md, is := all[1].Body["markdown"].(map[string]any); !is || md["content"] != "**催办**\n\n一件\n\n两件" || all[1].Query != "a=1&key=k" {
		t.Errorf("%+v", all[1])
	}
	if b := all[2].Body; b["phone"] != message.To || b["template"] != "T1" || b["sign"] != "安澜" || all[2].Header.Get("Authorization") != "Bearer b" {
		t.Errorf("%+v", all[2])
	}
}

// What a gateway answered decides whether a message may be handed over again.
func TestWhatAnAnswerMeans(t *testing.T) {
	const taken, again, never, unknown = "taken", "again", "never", "unknown"
	kind := func(err error) string {
		switch {
		case err == nil:
			return taken
		case errors.Is(err, ErrNotSent):
			return again
		case errors.Is(err, ErrRefused):
			return never
		}
		return unknown
	}
	for _, c := range []struct {
		form   Form
		status int
		body   string
		want   string
	}{
		{Signed, 200, "", taken}, {Signed, 202, "", taken}, {Signed, 409, "", taken}, {Signed, 429, "", again}, {Signed, 503, "", again}, {Signed, 400, "", never},
		{Signed, 401, "", never}, {Signed, 302, "", never}, {Signed, 500, "", unknown}, {Signed, 502, "", unknown}, {Signed, 504, "", unknown},
		{ChatRobot, 200, `{"errcode":0}`, taken}, {ChatRobot, 200, `{"errcode":93000}`, never}, {ChatRobot, 200, `<html>`, unknown}, {ChatRobot, 200, `{}`, unknown},
		{TemplateSMS, 200, `{"code":"OK"}`, taken}, {TemplateSMS, 200, `{"code":"ISV.LIMIT"}`, never},
	} {
		r, address := recording(t, func(int) (int, string) { return c.status, c.body })
		if got := kind(Send(t.Context(), Settings{Form: c.form, Address: address}, message)); got != c.want {
			t.Errorf("%s %d %s: %s, want %s", c.form, c.status, c.body, got, c.want)
		}
		if n := len(r.All()); n != 1 {
			t.Errorf("%s %d: sent %d times", c.form, c.status, n)
		}
	}
	nobody, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := nobody.Addr().String()
	nobody.Close()
	for _, s := range []Settings{{Form: Signed, Address: "http://" + address}, {Form: SMTP, Address: address, Account: "a@b.example"}} {
		m := message
		m.To = "x@y.example"
		if got := kind(Send(t.Context(), s, m)); got != again {
			t.Errorf("nobody listens, %s: %s", s.Form, got)
		}
	}
	// It was taken in, and then the connection fell.
	hangsUp, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer hangsUp.Close()
	calls := make(chan int, 8)
	go func() {
		for {
			c, err := hangsUp.Accept()
			if err != nil {
				return
			}
			_, _ = bufio.NewReader(c).ReadString('\n')
			calls <- 1
			c.Close()
		}
	}()
	if got := kind(Send(t.Context(), Settings{Form: Signed, Address: "http://" + hangsUp.Addr().String()}, message)); got != unknown || len(calls) != 1 {
		t.Errorf("hung up: %s after %d calls", got, len(calls))
	}
	if got := kind(Send(t.Context(), Settings{Form: "pigeon"}, message)); got != never {
		t.Errorf("no such form: %s", got)
	}
}

// post office is a server of SMTP that answers the end of a mail so.
func postOffice(t *testing.T, end string) (address string, mails chan string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	mails = make(chan string, 4)
	go func() {
		c, err := l.Accept()
		if err != nil {
			return
		}
		defer c.Close()
		say := func(s string) { _, _ = c.Write([]byte(s + "\r\n")) }
		say("220 here")
		lines, text, inside := bufio.NewScanner(c), "", false
		for lines.Scan() {
			line := lines.Text()
			switch {
			case inside && line == ".":
				mails <- text
				inside = false
				if end == "" {
					return
				}
				say(end)
			case inside:
				text += line + "\n"
			case line == "DATA":
				inside = true
				say("354 go on")
			case line == "QUIT":
				say("221 bye")
				return
			default:
				say("250 fine")
			}
		}
	}()
	return l.Addr().String(), mails
}

func TestMail(t *testing.T) {
	m := message
	m.To = "lu@anlan.example"
	for end, want := range map[string]error{"250 taken": nil, "451 later": ErrNotSent, "554 spam": ErrRefused, "": errors.New("unknown")} {
		address, mails := postOffice(t, end)
		err := Send(t.Context(), Settings{Form: SMTP, Address: address, Account: "office@anlan.example"}, m)
		switch known := errors.Is(err, ErrNotSent) || errors.Is(err, ErrRefused); {
		case want == nil && err != nil, want != nil && err == nil, end == "" && known, end != "" && want != nil && !errors.Is(err, want):
			t.Errorf("%q: %v", end, err)
		}
		text := <-mails
		for _, line := range []string{"From: <office@anlan.example>", "To: <lu@anlan.example>", "Subject: =?utf-8?b?", "Message-ID: <luoshi-1-0AK2M5Q00000D@anlan.example>", "5LiA5Lu2DQrkuKTku7Y="} {
			if !strings.Contains(text, line) {
				t.Errorf("%q is not in the mail:\n%s", line, text)
			}
		}
	}
	for _, bad := range []Settings{{Form: SMTP, Address: "mail.example", Account: "a@b.example"}, {Form: SMTP, Address: "mail.example:25", Account: "nobody"}} {
		if err := Send(t.Context(), bad, m); !errors.Is(err, ErrRefused) {
			t.Errorf("%+v: %v", bad, err)
		}
	}
}

// What went wrong is logged: the key of a robot is in its address, and must not be in that.
func TestErrorsTellNoSecret(t *testing.T) {
	const secret = "4f1c-the-key"
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	gone := l.Addr().String()
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	for _, address := range []string{"http://" + gone + "/send", "http://%zz", "nowhere://x"} {
		for _, f := range []Form{ChatRobot, Signed, TemplateSMS} {
			if err := Send(t.Context(), Settings{Form: f, Address: address, Secret: secret}, message); err == nil || strings.Contains(err.Error(), secret) {
				t.Errorf("%s to %s: %v", f, address, err)
			}
		}
	}
}

// Titles are words of others: a chat program must show them, not follow them.
func TestMarkdownShowsWordsAsTheyAre(t *testing.T) {
	for name, c := range map[string]struct{ subject, text, want string }{
		"plain":        {"催办：有 2 件事在等", "一、免费开放，9月23日", "**催办：有 2 件事在等**\n\n一、免费开放，9月23日"},
		"a link":       {"[点这里](http://evil.example)", "x", `**\[点这里\](http://evil.example)**` + "\n\nx"},
		"bold, a call": {"**急**\n# 大", "<@all> <font color=\"red\">`x`_y_", `**\*\*急\*\* # 大**` + "\n\n" + `\<@all\> \<font color="red"\>` + "\\`x\\`\\_y\\_"},
		"line starts":  {"s", "# 大\n> 引\n- 一\n1. 二\n  * 三", "**s**\n\n" + `\# 大` + "\n\n" + `\> 引` + "\n\n" + `\- 一` + "\n\n" + `1\. 二` + "\n\n" + `\* 三`},
		"a backslash":  {`\*`, "x", `**\\\***` + "\n\nx"},
		"its own link": {"s", "请看 https://luoshi.example/office/r/7_a，*快*", "**s**\n\n请看 https://luoshi.example/office/r/7_a，" + `\*快\*`},
	} {
		if got := markdownOf(Message{Subject: c.subject, Text: c.text, Link: message.Link}); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	if got := markdownOf(Message{Subject: "s", Text: "https://evil.example/a_b"}); got != "**s**\n\n"+`https://evil.example/a\_b` {
		t.Errorf("without a link of its own: %q", got)
	}
}
