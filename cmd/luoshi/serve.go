package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"luoshi/internal/db"
	"luoshi/internal/desk"
	"luoshi/internal/job"
	"luoshi/internal/login"
	"luoshi/internal/web"
	"luoshi/internal/web/office"
	"luoshi/internal/web/public"
)

type serveCommand struct {
	Data         string `required:"" help:"Data folder of the city."`
	Listen       string `default:"127.0.0.1:8080" env:"LUOSHI_LISTEN" help:"Address of both sides of the house."`
	PublicListen string `help:"Address of the public side alone; then the office is not reachable there."`
	OfficeListen string `help:"Address of the office side alone."`
}

// Run serves until it is told to stop.
func (c serveCommand) Run(t terminal) (err error) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if !holdsCity(c.Data) {
		t.say("%s 里还没有城市。先建一个：luoshi init --data %s --city 城市名", c.Data, c.Data)
		return exitError(exitUsage)
	}
	if (c.PublicListen == "") != (c.OfficeListen == "") {
		t.say("--public-listen 和 --office-listen 要一起给。")
		return exitError(exitUsage)
	}
	now, sampled, err := clockOf(c.Data)
	if err != nil {
		return err
	}
	f, err := openFolder(ctx, c.Data, db.Options{Now: now})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.close()) }()
	l, err := login.New(f.db, city, false)
	if err != nil {
		return err
	}
	servers, err := c.servers(f, l)
	if err != nil {
		return err
	}
	worker := job.NewWorker(desk.NewJobs(f.db, f.signer, city))
	done := make(chan struct{})
	go func() { defer close(done); worker.Run(ctx) }()
	failed := make(chan error, len(servers))
	for _, s := range servers {
		listener, err := net.Listen("tcp", s.Addr)
		if err != nil {
			stop()
			<-done
			return fmt.Errorf("listen on %s: %w", s.Addr, err)
		}
		go func() { failed <- s.Serve(listener) }()
	}
	c.greet(ctx, t, f, sampled)
	select {
	case err = <-failed:
		stop()
	case <-ctx.Done():
	}
	<-done
	for _, s := range servers {
		wait, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		err = errors.Join(err, s.Shutdown(wait))
		cancel()
	}
	return err
}

func (c serveCommand) servers(f *folder, l *login.Login) ([]*http.Server, error) {
	publicSide := public.Handler(f.public, f.key)
	officeSide := office.Handler(f.office, l)
	if c.PublicListen != "" {
		return []*http.Server{server(c.PublicListen, publicSide), server(c.OfficeListen, withStylesheet(officeSide))}, nil
	}
	both := http.NewServeMux()
	both.Handle("/office/", officeSide)
	both.Handle("/", publicSide)
	return []*http.Server{server(c.Listen, both)}, nil
}

// withStylesheet lets the office stand on an address of its own.
func withStylesheet(h http.Handler) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+web.StylesheetPath(), web.Stylesheet)
	mux.Handle("GET /{$}", http.RedirectHandler("/office/", http.StatusSeeOther))
	mux.Handle("/", h)
	return mux
}

func server(address string, h http.Handler) *http.Server {
	return &http.Server{Addr: address, Handler: web.Security(web.Language(h)),
		ReadHeaderTimeout: 10 * time.Second, ReadTimeout: time.Minute, WriteTimeout: time.Minute, IdleTimeout: 2 * time.Minute,
		MaxHeaderBytes: 64 << 10, ErrorLog: slog.NewLogLogger(slog.Default().Handler(), slog.LevelWarn)}
}

// greet says where to look; in a sample it also gives a link for each of its people.
func (c serveCommand) greet(ctx context.Context, t terminal, f *folder, sampled bool) {
	publicAt, officeAt := c.Listen, c.Listen
	if c.PublicListen != "" {
		publicAt, officeAt = c.PublicListen, c.OfficeListen
	}
	t.say("公众的页面：http://%s/  （英文 http://%s/en/）", reachable(publicAt), reachable(publicAt))
	t.say("办公的页面：http://%s/office/", reachable(officeAt))
	if !sampled {
		return
	}
	people, err := f.office.SamplePeople(ctx)
	if err != nil {
		slog.Error("list the people of the sample", "error", err)
		return
	}
	t.say("示例城市的人，各有一个一次性链接，打开后自己设密码：")
	for _, who := range people {
		link, err := oneTimeLink(ctx, f, who.Account, officeAt, t.lang)
		if err != nil {
			slog.Error("make a link", "error", err)
			return
		}
		t.say("  %s（%s %s）  %s", who.Name, who.Unit, who.Title, link)
	}
}

// reachable is an address that a browser on this machine can open.
func reachable(listen string) string {
	host, port, err := net.SplitHostPort(listen)
	if err != nil {
		return listen
	}
	if host == "" || strings.Trim(host, "0.:") == "" {
		host = "127.0.0.1"
	}
	return net.JoinHostPort(host, port)
}
