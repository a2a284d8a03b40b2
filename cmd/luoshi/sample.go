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
// is complete, so that a half-made sample is never served.
func (c sampleCommand) Run(t terminal) error {
	day, err := calendar.ParseDay(c.Date)
	if err != nil || day < sample.FirstDay {
		t.say("日期要写成 2012-04-19 这样，不早于 %s。", string(sample.FirstDay))
		return exitError(exitUsage)
	}
	if _, err := os.Stat(c.Data); err == nil {
		t.say("%s 已经有了。请换一个文件夹名。", c.Data)
		return exitError(exitUsage)
	}
	// Its name says what it is: what a killed command left is found and removed.
	part := filepath.Join(filepath.Dir(filepath.Clean(c.Data)), ".luoshi-sample-"+filepath.Base(c.Data))
	if err := os.RemoveAll(part); err != nil {
		return err
	}
	if err := c.make(t, part, day); err != nil {
		return fmt.Errorf("make sample: %w", err)
	}
	if c.Database != "" {
		if err := os.Remove(filepath.Join(part, db.File)); err != nil {
			return err
		}
	}
	if err := os.Rename(part, c.Data); err != nil {
		return err
	}
	t.say("示例城市做好了：%s，里面是 %s。", c.Data, c.Date)
	return nil
}

func (c sampleCommand) make(t terminal, part string, day calendar.Day) (err error) {
	ctx := context.Background()
	random := sample.Random()
	if err := makeKeys(part, "luoshi/sample", random); err != nil {
		return err
	}
	clock := &sample.Clock{}
	options, err := place{Data: part}.withKey(ctx, db.Options{Now: clock.Now, Random: random})
	if err != nil {
		return err
	}
	d, err := db.Open(ctx, part, options, schemas()...)
	if err != nil {
		return err
	}
	f, err := place{Data: part}.openCity(ctx, d, 1)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.close()) }()
	if err := sample.Make(ctx, f.office, clock, day); err != nil {
		return err
	}
	if err := f.db.SignCheckpoint(ctx, f.city, f.signer); err != nil {
		return err
	}
	about, err := json.Marshal(sampleTime{day, c.RunClock})
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(part, sampleFile), append(about, '\n'), 0o644); err != nil || c.Database == "" {
		return err
	}
	// The head of the ledger goes last: half a sample is no city there either.
	return transfer(ctx, t, f.db, f.city, place{Data: part, Database: c.Database})
}
