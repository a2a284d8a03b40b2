package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"syscall"
	"time"

	"luoshi/internal/web"
	"luoshi/internal/web/public"
)

// doors are the servers that listen, with what stands behind each.
type doors struct {
	servers []*http.Server
	halls   []*hall
	failed  chan error
}

// hall answers by what stands behind it, which changes once a sample is complete.
type hall struct {
	mu  sync.RWMutex
	now http.Handler
}

func (h *hall) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	h.now.ServeHTTP(w, r)
}

// openDoors begins to listen.
func (c serveCommand) openDoors(t terminal, servers []*http.Server) (*doors, error) {
	d := &doors{servers: servers, failed: make(chan error, len(servers))}
	for _, s := range servers {
		listener, err := net.Listen("tcp", s.Addr)
		if err != nil {
			if errors.Is(err, syscall.EADDRINUSE) {
				t.say("%s 已经有别的程序在用。请用 --listen 换一个地址。", s.Addr)
				return nil, exitError(exitWanting)
			}
			return nil, fmt.Errorf("listen on %s: %w", s.Addr, err)
		}
		go func() { d.failed <- c.serve(s, listener) }()
	}
	return d, nil
}

// hold lets nobody in any more, and waits for those who are in.
func (d *doors) hold() {
	for _, h := range d.halls {
		h.mu.Lock()
	}
}

// turn lets those who wait in to other servers.
func (d *doors) turn(servers []*http.Server) {
	for k, h := range d.halls {
		h.now = servers[k].Handler
		h.mu.Unlock()
	}
}

func (d *doors) shut() (err error) {
	for _, s := range d.servers {
		err = errors.Join(err, shut(s))
	}
	return err
}

func shut(s *http.Server) error {
	wait, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	return s.Shutdown(wait)
}

// showMaking makes the sample that is wanted where there is no folder yet, and shows what
// there is of it from the beginning. Nil where there is nothing to make.
func (c serveCommand) showMaking(ctx context.Context, t terminal) (*doors, error) {
	if _, err := os.Stat(c.Data); c.Sample == "" || err == nil {
		return nil, nil
	}
	if c.Database != "" {
		t.say("--sample 只用于数据文件夹里的数据库。先用 luoshi sample 做好，再打开。")
		return nil, exitError(exitUsage)
	}
	m, err := sampleCommand{Data: c.Data, Date: c.Sample}.begin(ctx, t)
	if err != nil {
		return nil, err
	}
	side := m.side()
	addresses := []string{c.Listen}
	if c.PublicListen != "" {
		addresses = []string{c.PublicListen, c.OfficeListen}
	}
	var servers []*http.Server
	var halls []*hall
	for _, a := range addresses {
		s := c.server(a, side)
		h := &hall{now: s.Handler}
		s.Handler = h
		servers, halls = append(servers, s), append(halls, h)
	}
	d, err := c.openDoors(t, servers)
	if err != nil {
		return nil, errors.Join(err, m.folder.close())
	}
	d.halls = halls
	t.say("正在生成示例城市，一边做一边可以看：%s/", c.origin(addresses[0]))
	err = m.live(ctx, t)
	if err == nil {
		d.hold()
	}
	if err = errors.Join(err, m.folder.close()); err == nil {
		return d, m.settle()
	}
	err = errors.Join(err, d.shut())
	if ctx.Err() != nil {
		return nil, nil
	}
	return nil, fmt.Errorf("make sample: %w", err)
}

// side answers while the sample is being made: the public pages with how far it is. Nothing
// can be changed, and nobody can sign in, until it is complete.
func (m *making) side() http.Handler {
	pages := public.Handler(m.folder.public, m.folder.key, time.Second)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p := web.Of(r.Context())
		p.Making = &web.Making{Month: m.clock.Now().Format("2006-01"), Percent: m.clock.Done(m.day)}
		r = r.WithContext(web.With(r.Context(), p))
		reads := r.Method == http.MethodGet || r.Method == http.MethodHead
		if !reads || r.URL.Path == "/office" || strings.HasPrefix(r.URL.Path, "/office/") {
			web.NotMade(w, r)
			return
		}
		pages.ServeHTTP(w, r)
	})
}
