package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"luoshi/calendar"
	"luoshi/internal/db"
	"luoshi/internal/sample"
)

type sampleCommand struct {
	Data     string `required:"" help:"${data_absent}"`
	Database string `env:"LUOSHI_DATABASE" help:"${database}"`
	Date     string `default:"2012-04-19" help:"${date}"`
	RunClock bool   `help:"${run_clock}"`
}

const sampleFile = "sample.json"

// sampleTime is what a sample folder says about its time.
type sampleTime struct {
	Date     calendar.Day `json:"date"`
	RunClock bool         `json:"run_clock"`
}

// opening is when the sample's day begins.
const opening = 9 * time.Hour

// clock is the time of a folder: the machine's, unless it is a sample.
type clock struct {
	sampled bool
	run     bool
	start   time.Time // what the sample's time is, or begins with
	began   time.Time // when it began to run
}

func clockOf(path string) (*clock, error) {
	raw, err := os.ReadFile(filepath.Join(path, sampleFile))
	if errors.Is(err, os.ErrNotExist) {
		return &clock{}, nil
	}
	var s sampleTime
	if err == nil {
		err = json.Unmarshal(raw, &s)
	}
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", sampleFile, err)
	}
	return &clock{sampled: true, run: s.RunClock, start: s.Date.Time().Add(opening), began: time.Now()}, nil
}

// Now is the time of the folder.
func (c *clock) Now() time.Time {
	switch {
	case !c.sampled:
		return time.Now()
	case c.run:
		return c.start.Add(time.Since(c.began))
	}
	return c.start
}

// notBefore moves a sample's time up to what was done last in it: what was done
// in the afternoon, or before a restart, must not lie ahead.
func (c *clock) notBefore(last time.Time) {
	if c.sampled && last.After(c.start) {
		c.start = last
	}
}

// Help gives an example.
func (sampleCommand) Help() string {
	return example("luoshi sample --data data/sample --date 2011-09-20")
}

// Run makes the sample in a folder beside the wanted one and renames it when it
// is complete, so that a half-made sample is never taken for a whole one.
func (c sampleCommand) Run(t terminal) error {
	ctx := context.Background()
	m, err := c.begin(ctx, t)
	if err != nil {
		return err
	}
	if err := m.finish(ctx, t); err != nil {
		return err
	}
	t.say("示例城市做好了：%s，里面是 %s。", c.Data, c.Date)
	return nil
}

// making is a sample city that is being made.
type making struct {
	sampleCommand
	day    calendar.Day
	part   string // the folder while it is not complete
	clock  *sample.Clock
	folder *folder
}

// begin makes the folder of a sample in which nothing happened yet.
func (c sampleCommand) begin(ctx context.Context, t terminal) (*making, error) {
	day, err := calendar.ParseDay(c.Date)
	if err != nil || day < sample.FirstDay {
		t.say("日期要写成 2012-04-19 这样，不早于 %s。", string(sample.FirstDay))
		return nil, exitError(exitUsage)
	}
	if _, err := os.Stat(c.Data); err == nil {
		t.say("%s 已经有了。请换一个文件夹名。", c.Data)
		return nil, exitError(exitUsage)
	}
	// Its name says what it is: what a killed command left is found and removed.
	m := &making{sampleCommand: c, day: day, clock: &sample.Clock{}, part: filepath.Join(filepath.Dir(filepath.Clean(c.Data)), ".luoshi-sample-"+filepath.Base(c.Data))}
	if err := os.RemoveAll(m.part); err != nil {
		return nil, err
	}
	if err := m.open(ctx); err != nil {
		return nil, fmt.Errorf("make sample: %w", err)
	}
	return m, nil
}

func (m *making) open(ctx context.Context) error {
	random := sample.Random()
	if err := makeKeys(m.part, "luoshi/sample", random); err != nil {
		return err
	}
	options, err := place{Data: m.part}.withKey(ctx, db.Options{Now: m.clock.Now, Random: random})
	if err != nil {
		return err
	}
	d, err := db.Open(ctx, m.part, options, schemas()...)
	if err != nil {
		return err
	}
	m.folder, err = place{Data: m.part}.openCity(ctx, d, 1)
	return err
}

// finish lets the city live, and puts its folder where it is wanted.
func (m *making) finish(ctx context.Context, t terminal) error {
	if err := errors.Join(m.live(ctx, t), m.folder.close()); err != nil {
		return fmt.Errorf("make sample: %w", err)
	}
	return m.settle()
}

func (m *making) live(ctx context.Context, t terminal) error {
	f := m.folder
	if err := sample.Make(ctx, f.office, m.clock, m.day); err != nil {
		return err
	}
	if err := f.db.SignCheckpoint(ctx, f.city, f.signer); err != nil {
		return err
	}
	about, err := json.Marshal(sampleTime{m.day, m.RunClock})
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(m.part, sampleFile), append(about, '\n'), 0o644); err != nil || m.Database == "" {
		return err
	}
	// The head of the ledger goes last: half a sample is no city there either.
	return transfer(ctx, t, f.db, f.city, place{Data: m.part, Database: m.Database})
}

func (m *making) settle() error {
	if m.Database != "" {
		if err := os.Remove(filepath.Join(m.part, db.File)); err != nil {
			return err
		}
	}
	return os.Rename(m.part, m.Data)
}
