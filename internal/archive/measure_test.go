package archive

import (
	"compress/flate"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// An act of internal/db changes about twelve pages; so does a commit here.
const pagesOfAnAct = 12

func (c *city) act(n int) { c.change(n, pagesOfAnAct) }

// change commits a transaction that changes so many pages.
func (c *city) change(n, pages int) {
	c.exec("BEGIN IMMEDIATE")
	for i := range pages {
		c.exec(fmt.Sprintf("INSERT INTO act%d VALUES ($1, $2)", i), n, words(1+n%10))
	}
	c.exec("COMMIT")
}

func acting(b *testing.B) *city {
	b.Helper()
	c := open(b, b.TempDir())
	b.Cleanup(func() {
		if err := c.keeper.release(); err != nil {
			b.Error(err)
		}
		_ = c.disconnect() // some have closed it
	})
	for i := range pagesOfAnAct {
		c.exec(fmt.Sprintf("CREATE TABLE act%d (n INTEGER PRIMARY KEY, words TEXT)", i))
	}
	return c
}

// BenchmarkActs compares acts with and without an archive, which is followed each
// second and before each checkpoint. Each act is put on the disk.
func BenchmarkActs(b *testing.B) {
	for _, pages := range []int{1000, 4000, 16000} {
		for _, kept := range []bool{false, true} {
			b.Run(fmt.Sprintf("checkpoint at %d pages/archive %t", pages, kept), func(b *testing.B) {
				c := acting(b)
				var spent time.Duration
				if kept {
					c.follow(time.Now())
				}
				second, n := time.Now(), 0
				for b.Loop() {
					n++
					c.act(n)
					begun := time.Now()
					if kept && begun.Sub(second) >= time.Second {
						c.follow(begun)
						second = begun
						spent += time.Since(begun)
					}
					if n%(pages/pagesOfAnAct) != 0 {
						continue
					}
					if !kept {
						if err := c.pragma("wal_checkpoint(PASSIVE)"); err != nil {
							b.Fatal(err)
						}
						continue
					}
					if _, err := c.keeper.Checkpoint(begun, func() error {
						spent += time.Since(begun)
						return c.pragma("wal_checkpoint(PASSIVE)")
					}); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "acts/s")
				if kept {
					b.ReportMetric(spent.Seconds()*1000/b.Elapsed().Seconds(), "archive-ms/s")
				}
			})
		}
	}
}

// BenchmarkFollow is one Follow after 3,000 transactions that were committed one
// by one, of one page and of an act's.
func BenchmarkFollow(b *testing.B) {
	for _, pages := range []int{1, pagesOfAnAct} {
		b.Run(fmt.Sprintf("3000 commits of %d pages", pages), func(b *testing.B) { benchmarkFollow(b, pages) })
	}
}

func benchmarkFollow(b *testing.B, pages int) {
	const commits = 3000
	c := acting(b)
	c.exec("PRAGMA synchronous=OFF")
	c.follow(time.Now())
	n := 0
	var bytes, packed int64
	for b.Loop() {
		b.StopTimer()
		before := linesOf(b, c.archive())[0].Bytes
		for range commits {
			n++
			c.change(n, pages)
		}
		live, err := os.Open(c.database() + "-wal")
		if err != nil {
			b.Fatal(err)
		}
		if err := errors.Join(live.Sync(), live.Close()); err != nil { // as each commit would have done
			b.Fatal(err)
		}
		b.StartTimer()
		c.follow(time.Now())
		b.StopTimer()
		bytes += linesOf(b, c.archive())[0].Bytes - before
		packed += deflated(b, filepath.Join(c.keeper.line, segmentName(c.keeper.segment.number, "wal")))
		c.checkpoint(time.Now())
		b.StartTimer()
	}
	b.ReportMetric(float64(bytes)/float64(b.N)*1000/commits, "B/1000-commits")
	b.ReportMetric(float64(packed)/float64(b.N)*1000/commits, "deflated-B/1000-commits")
}

func deflated(b *testing.B, path string) int64 {
	b.Helper()
	f, err := os.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	count := new(counter)
	w, err := flate.NewWriter(count, flate.BestSpeed)
	if err != nil {
		b.Fatal(err)
	}
	if _, err := io.Copy(w, f); err != nil {
		b.Fatal(err)
	}
	if err := w.Close(); err != nil {
		b.Fatal(err)
	}
	return int64(*count)
}

type counter int64

func (c *counter) Write(b []byte) (int, error) {
	*c += counter(len(b))
	return len(b), nil
}

// BenchmarkRestore restores a line of some 200 MB in segments of 4 MB and of 64 MB.
func BenchmarkRestore(b *testing.B) {
	for _, acts := range []int{80, 1280} {
		b.Run(fmt.Sprintf("segments of %d MB", acts*pagesOfAnAct*4120>>20), func(b *testing.B) {
			c := acting(b)
			c.exec("PRAGMA synchronous=OFF")
			c.follow(time.Now())
			for n := range 4000 {
				c.act(n)
				if n%acts == acts-1 {
					c.checkpoint(time.Now())
				}
			}
			c.follow(time.Now())
			b.SetBytes(linesOf(b, c.archive())[0].Bytes)
			for b.Loop() {
				into := filepath.Join(b.TempDir(), "into")
				if _, err := Restore(c.archive(), time.Now(), into, nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkCopy is what a plain copy of the whole database takes, of a database
// of about 100 MB: the alternative, and the beginning of each line.
func BenchmarkCopy(b *testing.B) {
	c := acting(b)
	c.exec("PRAGMA synchronous=OFF")
	c.follow(time.Now())
	for n := 0; ; n++ {
		c.exec("INSERT INTO act0 VALUES ($1, zeroblob(100000))", -n-1)
		if n%100 == 0 {
			c.checkpoint(time.Now())
			if info, err := os.Stat(c.database()); err != nil || info.Size() > 100_000_000 {
				b.SetBytes(info.Size())
				break
			}
		}
	}
	b.Run("VACUUM INTO", func(b *testing.B) {
		for b.Loop() {
			path := filepath.Join(b.TempDir(), "copy")
			c.exec("VACUUM INTO $1", path)
			f, err := os.OpenFile(path, os.O_RDWR, 0)
			if err != nil {
				b.Fatal(err)
			}
			if err := f.Sync(); err != nil {
				b.Fatal(err)
			}
			f.Close()
		}
	})
	b.Run("Begin", func(b *testing.B) {
		for b.Loop() {
			if err := c.keeper.Begin(time.Now()); err != nil {
				b.Fatal(err)
			}
			if err := c.keeper.Prune(time.Now()); err != nil {
				b.Fatal(err)
			}
		}
	})
}
