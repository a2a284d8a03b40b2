package main

import (
	"context"
	"crypto/tls"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"syscall"
	"time"

	"luoshi/internal/db"
	"luoshi/internal/desk"
	"luoshi/internal/gateway"
	"luoshi/internal/job"
	"luoshi/internal/login"
	"luoshi/internal/web"
	"luoshi/internal/web/office"
	"luoshi/internal/web/public"
)

type serveCommand struct {
	place        `embed:""`
	Listen       string `default:"127.0.0.1:8080" env:"LUOSHI_LISTEN" help:"${listen}"`
	PublicListen string `help:"${public_listen}"`
	OfficeListen string `help:"${office_listen}"`

	TLSCert      string   `name:"tls-cert" type:"existingfile" help:"${tls_cert}"`
	TLSKey       string   `name:"tls-key" type:"existingfile" help:"${tls_key}"`
	TrustedProxy []string `help:"${trusted_proxy}"`

	Archive     string `help:"${archive}"`
	ArchiveDays int    `default:"30" help:"${archive_days}"`

	Sample string `help:"${serve_sample}"`

	pagesLife time.Duration // how old a public page may be
}

// Help gives an example.
func (serveCommand) Help() string {
	return example("luoshi serve --data data/city --listen 0.0.0.0:443 --tls-cert cert.pem --tls-key key.pem")
}

// Run serves until it is told to stop.
func (c serveCommand) Run(t terminal) (err error) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	c.pagesLife = time.Second
	// Little lives for long here, so that looking for what does not is most of the
	// work of collecting it: a few megabytes more save a tenth of the processor.
	debug.SetGCPercent(300)
	if (c.PublicListen == "") != (c.OfficeListen == "") {
		t.say("--public-listen 和 --office-listen 要一起给。")
		return exitError(exitUsage)
	}
	if (c.TLSCert == "") != (c.TLSKey == "") {
		t.say("--tls-cert 和 --tls-key 要一起给。")
		return exitError(exitUsage)
	}
	if c.Archive != "" && c.Database != "" {
		t.say("--archive 只用于数据文件夹里的数据库。PostgreSQL 自己会归档，见 docs/operations.md。")
		return exitError(exitUsage)
	}
	if _, bad := c.trusted(); bad != "" {
		t.say("--trusted-proxy 要写成 10.0.0.5 或 10.0.0.0/8 这样，“%s”读不懂。", bad)
		return exitError(exitUsage)
	}
	doors, err := c.showMaking(ctx, t)
	if err != nil || ctx.Err() != nil { // told to stop before it was made
		return err
	}
	now, err := clockOf(c.Data)
	if err != nil {
		return err
	}
	kept := &kept{folder: c.Archive, days: c.ArchiveDays}
	f, err := c.open(ctx, t, db.Options{Now: now.Now, KeepLog: kept.opener()})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.close()) }()
	last, err := f.office.LastAct(ctx)
	if err != nil {
		return err
	}
	now.notBefore(last)
	l, err := login.New(f.db, f.city, c.secure())
	if err != nil {
		return err
	}
	servers, err := c.servers(f, l)
	if err != nil {
		return err
	}
	// What was put back by hand from an older copy is found here too.
	if n, err := f.eraseAgain(ctx); err != nil {
		return err
	} else if n > 0 {
		slog.Info("erased again whom an older copy had brought back", "people", n)
	}
	worker := job.NewWorker(desk.NewJobs(f.db, f.signer, f.city), time.Now, f.erased(l), f.office.TakeUnitsOver)
	worker.Unnaming(f.unnamed)
	worker.Counting(f.office.TakeFactsOver)
	worker.Reminding(f.office, gateway.Send)
	done := make(chan struct{})
	go func() { defer close(done); worker.Run(ctx) }()
	go kept.run(ctx, f.blobs)
	if doors != nil {
		doors.turn(servers)
	} else if doors, err = c.openDoors(t, servers); err != nil {
		stop()
		<-done
		return err
	}
	c.greet(ctx, t, f, l, now.sampled)
	select {
	case err = <-doors.failed:
		stop()
	case <-ctx.Done():
	}
	<-done
	for _, s := range doors.servers {
		err = errors.Join(err, shut(s))
	}
	return errors.Join(err, l.WriteDown(context.WithoutCancel(ctx)))
}

func (c serveCommand) secure() bool { return c.TLSCert != "" }

func (c serveCommand) serve(s *http.Server, listener net.Listener) error {
	if c.secure() {
		return s.ServeTLS(listener, c.TLSCert, c.TLSKey)
	}
	return s.Serve(listener)
}

// trusted reads the networks of proxies; bad is the first that cannot be read.
func (c serveCommand) trusted() (networks []netip.Prefix, bad string) {
	for _, s := range c.TrustedProxy {
		n, err := netip.ParsePrefix(s)
		if err != nil {
			a, err := netip.ParseAddr(s)
			if err != nil {
				return nil, s
			}
			n = netip.PrefixFrom(a, a.BitLen())
		}
		networks = append(networks, n.Masked())
	}
	return networks, ""
}

func (c serveCommand) servers(f *folder, l *login.Login) ([]*http.Server, error) {
	publicSide := public.Handler(f.public, f.key, c.pagesLife)
	f.office.Forget = publicSide.Forget
	officeSide := office.Handler(f.office, l, func(p *desk.Public) http.Handler { return public.Preview(p, f.key) })
	if c.PublicListen != "" {
		return []*http.Server{c.server(c.PublicListen, withoutOffice(publicSide)), c.server(c.OfficeListen, withStylesheet(officeSide))}, nil
	}
	both := http.NewServeMux()
	both.Handle("/office/", officeSide)
	both.Handle("/", publicSide)
	return []*http.Server{c.server(c.Listen, both)}, nil
}

// withoutOffice answers every address of the office as it answers any other that
// is not there, by whatever method it was asked.
func withoutOffice(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/office" || strings.HasPrefix(r.URL.Path, "/office/") {
			r = r.Clone(r.Context())
			r.Method = http.MethodGet
		}
		h.ServeHTTP(w, r)
	})
}

// withStylesheet lets the office stand on an address of its own.
func withStylesheet(h http.Handler) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+web.StylesheetPath(), web.Stylesheet)
	mux.Handle("GET /{$}", http.RedirectHandler("/office/", http.StatusSeeOther))
	mux.Handle("/", h)
	return mux
}

func (c serveCommand) server(address string, h http.Handler) *http.Server {
	networks, _ := c.trusted() // Run refused what cannot be read
	return &http.Server{Addr: address, Handler: web.Security(web.Clients(strictly(web.Language(h)), networks)),
		TLSConfig:         &tls.Config{MinVersion: tls.VersionTLS12},
		ReadHeaderTimeout: 10 * time.Second, ReadTimeout: time.Minute, WriteTimeout: time.Minute, IdleTimeout: 2 * time.Minute,
		MaxHeaderBytes: 64 << 10, ErrorLog: slog.NewLogLogger(slog.Default().Handler(), slog.LevelWarn)}
}

// strictly tells browsers that came by HTTPS not to come by anything less for half a year.
func strictly(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if web.ClientOf(r).HTTPS {
			w.Header().Set("Strict-Transport-Security", "max-age=15552000")
		}
		h.ServeHTTP(w, r)
	})
}

// greet says where to look; in a sample it also gives a link for each of its people.
func (c serveCommand) greet(ctx context.Context, t terminal, f *folder, l *login.Login, sampled bool) {
	publicAt, officeAt := c.Listen, c.Listen
	if c.PublicListen != "" {
		publicAt, officeAt = c.PublicListen, c.OfficeListen
	}
	t.say("公众的页面：%s/  （英文 %s/en/）", c.origin(publicAt), c.origin(publicAt))
	t.say("办公的页面：%s/office/", c.origin(officeAt))
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
		link, err := oneTimeLink(ctx, l, who.Account, c.origin(officeAt), t.lang)
		if err != nil {
			if ctx.Err() == nil { // else it was told to stop while it greeted
				slog.Error("make a link", "error", err)
			}
			return
		}
		t.say("  %s（%s %s）  %s", who.Name, who.Unit, who.Title, link)
	}
}

// origin is how addresses of pages begin.
func (c serveCommand) origin(listen string) string {
	if c.secure() {
		return "https://" + reachable(listen)
	}
	return "http://" + reachable(listen)
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
