package main

import (
	"path/filepath"
	"testing"
	"time"

	"luoshi/internal/db"
)

// With an archive a city comes back as it was at a moment between two acts, with
// its files, though nobody made a backup.
func TestRestoreToAMoment(t *testing.T) {
	folder := t.TempDir()
	at := func(name string) string { return filepath.Join(folder, name) }
	kept := &kept{folder: at("archive"), days: 1}
	h := openWith(t, db.Options{KeepLog: kept.opener()}, 1)
	clerk := h.found()
	first := clerk.imported(leaflet)
	h.must(kept.keeper.Follow(time.Now()))
	time.Sleep(time.Until(time.Now().Truncate(time.Second).Add(time.Second))) // --at knows whole seconds
	between := time.Now()
	h.must(kept.keeper.Follow(between.Add(time.Millisecond)))
	time.Sleep(time.Until(time.Now().Truncate(time.Second).Add(time.Second)))
	second := clerk.imported(leaflet + "\n二〇一一年八月八日\n")
	h.must(h.blobs.Mirror(kept.files()))
	h.must(h.folder.close())

	keys := keysOf(t, h.path, at("keys"))
	must(t, exitGood, "restore", at("archive"), "--at", between.Add(time.Second).Format(time.DateTime), "--keys", keys, "--data", at("then"))
	must(t, exitGood, "restore", at("archive"), "--at", time.Now().Add(time.Minute).Format(time.DateTime), "--keys", keys, "--data", at("now"))
	then, now := restoredFrom(t, place{Data: at("then")}), restoredFrom(t, place{Data: at("now")})
	then.get("/office/plans/"+first, 200)
	then.get("/office/plans/"+second, 404)
	now.get("/office/plans/"+first, 200)
	now.get("/office/plans/"+second, 200)
	must(t, exitUsage, "restore", at("archive"), "--at", "yesterday", "--keys", keys, "--data", at("never"))
	must(t, exitWanting, "restore", at("archive"), "--at", "2001-01-01 00:00:00", "--keys", keys, "--data", at("never"))
}
