package main

import (
	"context"
	"crypto/rand"
	"errors"
	"os"
	"path/filepath"
	"time"

	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/internal/desk"
	"luoshi/internal/login"
	"luoshi/internal/text"
)

type initCommand struct {
	Data     string `required:"" help:"${data_new}"`
	City     string `required:"" help:"${city}"`
	Database string `env:"LUOSHI_DATABASE" help:"${database}"`
	Bureau   string `help:"${bureau}"`
	Phone    string `help:"${phone}"`
	Address  string `help:"${address}"`
	Unit     string `default:"办公室" help:"${unit}"`
	Post     string `default:"管理员" help:"${post}"`
	Person   string `default:"管理员" help:"${person}"`
	Listen   string `default:"127.0.0.1:8080" env:"LUOSHI_LISTEN" help:"${link_listen}"`
}

// Help gives an example.
func (initCommand) Help() string {
	return example("luoshi init --data data/city --city 安澜市 --bureau 安澜市文化广电新闻出版局")
}

// Run begins a city; run again it only prints a fresh link for the first account.
func (c initCommand) Run(t terminal) (err error) {
	ctx := context.Background()
	// A database whose keys are missing wants its own back, not new ones.
	if _, err := os.Stat(filepath.Join(c.Data, db.File)); err != nil {
		if err := makeKeys(c.Data, newOrigin(), rand.Reader); err != nil {
			return err
		}
	}
	f, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.close()) }()
	account, stood, err := c.found(ctx, f)
	if err != nil {
		return err
	}
	l, err := login.New(f.db, f.city, false)
	if err != nil {
		return err
	}
	link, err := oneTimeLink(ctx, l, account, "http://"+reachable(c.Listen), t.lang)
	if err != nil {
		return err
	}
	// The first checkpoint also says whose keys these are.
	if err := f.db.SignCheckpoint(ctx, f.city, f.signer); err != nil {
		return err
	}
	about, err := f.office.City(ctx)
	if err != nil {
		return err
	}
	if stood {
		t.say("%s 里已经有%s，没有改动；管理员原来的链接作废了，用下面的新链接。", c.Data, about.Name)
	} else {
		t.say("%s建好了，数据在 %s。", about.Name, c.Data)
	}
	t.say("先启动：%s", c.serving())
	t.say("再用浏览器打开管理员的一次性链接（三天内有效）：")
	t.say("  %s", link)
	t.say("再备份一次钥匙，锁在另一处，丢了姓名和电话就打不开：luoshi keys backup --data %s 新文件夹", c.Data)
	t.say("签名的公钥在 %s，请另外存一份：别人核对要用它。", f.path+string(os.PathSeparator)+publicKeyFile)
	return nil
}

// open opens the city of that name where it stands, or a place for a new one: in
// a folder the only one, in a database one number after the last.
func (c initCommand) open(ctx context.Context) (*folder, error) {
	p := place{Data: c.Data, Database: c.Database, City: c.City}
	options, err := p.withKey(ctx, db.Options{Database: c.Database})
	if err != nil {
		return nil, err
	}
	d, err := db.Open(ctx, c.Data, options, schemas()...)
	if err != nil {
		return nil, err
	}
	all, err := desk.Cities(ctx, d)
	if err != nil {
		return nil, errors.Join(err, d.Close())
	}
	next := int64(1)
	for _, stands := range all {
		if stands.Name == c.City || c.Database == "" {
			return p.openCity(ctx, d, stands.Number)
		}
		next = max(next, stands.Number+1)
	}
	return p.openCity(ctx, d, next)
}

// serving is the command that serves the new city.
func (c initCommand) serving() string {
	line := "luoshi serve --data " + c.Data
	if c.Database != "" {
		line += " --city " + c.City
	}
	return line + " --listen " + c.Listen
}

// found begins the city, or tells that it stands and who administers it.
func (c initCommand) found(ctx context.Context, f *folder) (account id.Account, stood bool, err error) {
	if account, err = f.office.SomeAdministrator(ctx); err != nil || account != 0 {
		return account, true, err
	}
	command, err := newCommand(time.Now(), rand.Reader)
	if err != nil {
		return 0, false, err
	}
	bureau := c.Bureau
	if bureau == "" {
		bureau = c.City
	}
	account, err = f.office.Found(ctx, command, desk.City{Name: c.City, Bureau: bureau, Phone: c.Phone, Address: c.Address}, desk.First{Unit: c.Unit, Title: c.Post, Name: c.Person})
	return account, false, err
}

// oneTimeLink makes a fresh link for an account.
func oneTimeLink(ctx context.Context, l *login.Login, account id.Account, origin string, lang text.Lang) (string, error) {
	token, err := l.NewLink(ctx, account)
	if lang == text.English {
		origin += "/en"
	}
	return origin + "/office/link/" + token, err
}
