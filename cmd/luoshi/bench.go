package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"luoshi/fault"
	"luoshi/internal/bench"
	"luoshi/internal/text"
)

type benchCommand struct {
	URL          string `arg:"" help:"${bench_url}"`
	Public       string `help:"${bench_public}"`
	LoginName    string `required:"" help:"${login_name}"`
	PasswordFile string `required:"" help:"${password_file}"`
	Writers      int    `default:"16" help:"${writers}"`
	Readers      int    `default:"16" help:"${readers}"`
	Seconds      int    `default:"10" help:"${seconds}"`
	NotASample   bool   `help:"${not_a_sample}"`
}

// Help gives an example.
func (benchCommand) Help() string {
	return example("luoshi bench http://127.0.0.1:8080 --login-name fang --password-file password.txt --seconds 30")
}

// Run puts load on a server and prints what came of it.
func (c benchCommand) Run(t terminal) error {
	err := c.measure(t)
	if fault.Is(err, fault.Invalid) {
		t.ended(err)
		return exitError(exitUsage)
	}
	return err
}

// measure is told to stop by Ctrl-C, and then cleans up after itself first; told
// again, it ends at once.
func (c benchCommand) measure(t terminal) error {
	s, err := c.settings(t)
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop)
	bar := longBar(t, "bench")
	s.Show = bar.show
	report, err := bench.Run(ctx, s)
	bar.end()
	if report != nil {
		e := json.NewEncoder(t.out)
		e.SetEscapeHTML(false)
		e.SetIndent("", " ")
		if err := e.Encode(report); err != nil {
			return fmt.Errorf("print the report: %w", err)
		}
	}
	if err == nil && !report.Good() {
		return exitError(exitWanting)
	}
	return err
}

// settings refuses what cannot be asked for.
func (c benchCommand) settings(t terminal) (s bench.Settings, err error) {
	if c.Public == "" {
		c.Public = c.URL
	}
	origins := make([]string, 2)
	for i, address := range []string{c.URL, c.Public} {
		var ok bool
		if origins[i], ok = bench.Origin(address); !ok {
			return s, fault.New(fault.Invalid, "地址要写成 http://127.0.0.1:8080 这样，“%s”读不懂。", address)
		}
	}
	if c.Writers < 1 || c.Writers > bench.MostClients || c.Readers < 0 || c.Readers > bench.MostClients || c.Seconds < 1 || c.Seconds > bench.MostSeconds {
		return s, fault.New(fault.Invalid, "--writers 要从 1 到 %d，--readers 要从 0 到 %d，--seconds 要从 1 到 %d。", bench.MostClients, bench.MostClients, bench.MostSeconds)
	}
	content, err := os.ReadFile(c.PasswordFile)
	if err != nil {
		return s, fault.New(fault.Invalid, "密码文件读不了：%s", err)
	}
	password := strings.TrimRight(string(content), "\r\n")
	if password == "" {
		return s, fault.New(fault.Invalid, "密码文件 %s 是空的。", c.PasswordFile)
	}
	return bench.Settings{Office: origins[0], Public: origins[1], LoginName: c.LoginName, Password: password, Writers: c.Writers, Readers: c.Readers,
		Seconds: c.Seconds, NotASample: c.NotASample, Say: func(key string, args ...any) string { return text.Say(t.lang, key, args...) }}, nil
}
