package audit

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"luoshi/ledger"
)

// exits of the four ways to verify.
type exits struct{ anchored, keyOnly, checkpointOnly, bare int }

var (
	always    = exits{anchored: 1, keyOnly: 1, checkpointOnly: 1, bare: 1} // the folder itself shows it
	byKey     = exits{anchored: 1, keyOnly: 1, checkpointOnly: 1, bare: 3} // another key: by the key, or the key of the earlier checkpoint
	byEarlier = exits{anchored: 1, keyOnly: 3, checkpointOnly: 1, bare: 3} // the right key: by the earlier checkpoint alone
	byNothing = exits{anchored: 0, keyOnly: 3, checkpointOnly: 3, bare: 3} // cannot be seen
	signature = exits{anchored: 1, keyOnly: 1, checkpointOnly: 3, bare: 3} // only who holds the key sees that a signature is none
)

// attack makes a folder that is not the honest one.
type attack struct {
	name  string
	kind  string
	place string // where it must be found when anchored
	exits exits
	make  func(t *testing.T, x *fixture, right, other key) map[string][]byte
}

// resigned changes the fixture and exports it with one of the keys.
func resigned(withOther bool, change func(x *fixture)) func(*testing.T, *fixture, key, key) map[string][]byte {
	return func(t *testing.T, x *fixture, right, other key) map[string][]byte {
		change(x)
		if withOther {
			right = other
		}
		return x.export(t, right)
	}
}

// sealed changes files of the honest export and signs the manifest anew with the right key.
func sealed(change func(files map[string][]byte)) func(*testing.T, *fixture, key, key) map[string][]byte {
	return func(t *testing.T, x *fixture, right, _ key) map[string][]byte {
		files := x.export(t, right)
		change(files)
		x.seal(t, files, right)
		return files
	}
}

// unsealed changes files and leaves manifest and signatures as they are.
func unsealed(change func(files map[string][]byte)) func(*testing.T, *fixture, key, key) map[string][]byte {
	return func(t *testing.T, x *fixture, right, _ key) map[string][]byte {
		files := x.export(t, right)
		change(files)
		return files
	}
}

func swap(path, old, new string) func(map[string][]byte) {
	return func(files map[string][]byte) {
		if !bytes.Contains(files[path], []byte(old)) {
			panic("the fixture has changed: no " + old + " in " + path)
		}
		files[path] = bytes.Replace(files[path], []byte(old), []byte(new), 1)
	}
}

func doubled(x *fixture) {
	e := x.entries[22]
	e.Seq = 47
	x.entries = append(x.entries, e)
}

func reordered(x *fixture) {
	x.entries[7], x.entries[8] = x.entries[8], x.entries[7]
	w7, w8 := x.words[7], x.words[8]
	for _, i := range []int64{7, 8} {
		x.entries[i].Seq, x.entries[i].At = i, x.entries[6].At
	}
	x.say(7, w8)
	x.say(8, w7)
}

const bundlePath, tilePath = "log/tile/entries/000.p/47", "log/tile/0/000.p/47"

var attacks = []attack{
	// By somebody without the key, who signs with another.
	{"all signed with another key", full, "manifest.note", byKey, resigned(true, func(*fixture) {})},
	{"entry dropped, other key", full, "log/checkpoint", byKey, resigned(true, func(x *fixture) { x.remove(6) })},
	{"entry doubled, other key", full, "manifest.note", always, resigned(true, doubled)},
	{"entries reordered, other key", full, "log/checkpoint", byKey, resigned(true, reordered)},
	{"public, all signed with another key", public, "manifest.note", byKey, resigned(true, func(*fixture) {})},
	{"manifest alone signed with another key", full, "manifest.note", always, func(t *testing.T, x *fixture, right, other key) map[string][]byte {
		files := x.export(t, right)
		files[noteFile] = signManifest(t, other, full, files[manifestFile])
		return files
	}},
	{"manifest of the public export in the full one", full, "manifest.json", always, func(t *testing.T, x *fixture, right, _ key) map[string][]byte {
		files := x.export(t, right)
		files[noteFile] = newFixture(public).export(t, right)[noteFile]
		return files
	}},
	{"signature of another text", full, checkpointFile, signature, func(t *testing.T, x *fixture, right, other key) map[string][]byte {
		files := x.export(t, right)
		text, _, _ := bytes.Cut(files[checkpointFile], []byte("— "))
		_, line, _ := bytes.Cut(files[noteFile], []byte("— "))
		files[checkpointFile] = append(append(text, "— "...), line...)
		x.seal(t, files, right)
		return files
	}},

	// Rewritten with everything above redone by the holder of the right key.
	{"log cut back", full, earlierOption, byEarlier, resigned(false, func(x *fixture) { x.remove(24) })},
	{"history rewritten: entry dropped", full, earlierOption, byEarlier, resigned(false, func(x *fixture) { x.remove(6) })},
	{"history rewritten: entries reordered", full, earlierOption, byEarlier, resigned(false, reordered)},
	{"history rewritten: a nonce", full, earlierOption, byEarlier, resigned(false, func(x *fixture) { x.entries[3].Nonce[0] = 1 })},
	{"history rewritten: a hidden entry", public, earlierOption, byEarlier, resigned(false, func(x *fixture) { x.entries[3].Nonce[0] = 1 })},
	{"history rewritten: a target, in entry, words and table", full, earlierOption, byEarlier, resigned(false, func(x *fixture) {
		for i, f := range x.entries[11].Fields {
			if f.Name == "value" {
				x.entries[11].Fields[i].Value = "14000000"
			}
		}
		x.tables["targets"] = strings.Replace(x.tables["targets"], ",1500,", ",1400,", 1)
	})},
	{"last entries kept back before anybody saw them", full, "", byNothing, func(t *testing.T, x *fixture, right, _ key) map[string][]byte {
		x.add(ledger.Draft{Kind: "account.closed", Class: ledger.Internal, Subjects: about("account", accountA)})
		x.remove(47)
		return x.export(t, right)
	}},

	// What the log itself must not hold, whoever signs.
	{"entry doubled", full, bundlePath48 + " #47", always, resigned(false, doubled)},
	{"entry out of place", full, bundlePath + " #3", always, resigned(false, func(x *fixture) { x.entries[3].Seq = 4 })},
	{"entry of another city", full, bundlePath + " #3", always, resigned(false, func(x *fixture) { x.entries[3].City = 2 })},
	{"instant goes back", full, bundlePath + " #9", always, resigned(false, func(x *fixture) { x.entries[9].At = x.entries[8].At - 1 })},
	{"kind that nobody knows", full, bundlePath + " #23", always, resigned(false, func(x *fixture) { x.entries[23].Kind = "plan.improved" })},
	{"entry not in canonical form", full, bundlePath + " #3", always, resigned(false, func(x *fixture) { x.entries[3].Class = "secret" })},
	{"entry hidden in a full export", full, bundlePath + " #6", always, resigned(false, func(x *fixture) { x.hidden[6] = true; delete(x.words, 6) })},
	{"entry in the bundle is another than in the tree", full, bundlePath + " #7", always, sealed(swap(bundlePath, "2011-09-01", "2011-09-02"))},
	{"leaf hash is another", full, checkpointFile, always, sealed(func(f map[string][]byte) { f[tilePath][3] ^= 1 })},
	{"tile too short", full, tilePath, always, sealed(func(f map[string][]byte) { f[tilePath] = f[tilePath][:40] })},
	{"tile missing", full, tilePath, always, sealed(func(f map[string][]byte) { delete(f, tilePath) })},
	{"bundle missing", full, bundlePath, always, sealed(func(f map[string][]byte) { delete(f, bundlePath) })},
	{"bundle too short", full, bundlePath, always, sealed(func(f map[string][]byte) { f[bundlePath] = f[bundlePath][:400] })},
	{"checkpoint of a shorter log", full, checkpointFile, always, func(t *testing.T, x *fixture, right, _ key) map[string][]byte {
		files := x.export(t, right)
		files[checkpointFile] = x.checkpoint(t, right, 24)
		x.seal(t, files, right)
		return files
	}},
	{"words of two texts under one name", full, wordsFile + " #5", always, resigned(false, func(x *fixture) {
		x.say(5, `{"issuer":"文化局","title":"a","title":"安澜市方案"}`)
	})},
	{"quantity that is no number", full, "tables/targets.csv #12", always, resigned(false, func(x *fixture) {
		x.entries[12].Fields = []ledger.Field{ledger.Num("revision", 1), ledger.State("value", "10000")}
	})},
	{"record without key", full, "tables/plan_items.csv #10", always, resigned(false, func(x *fixture) { x.entries[10].Subjects = about("item", itemB) })},

	// Files.
	{"words altered", full, wordsFile + ":3 #1", always, sealed(swap(wordsFile, "一室", "二室"))},
	{"salt altered", full, wordsFile + ":3 #1", always, sealed(swap(wordsFile, fmt.Sprintf("%x", salt(1)), fmt.Sprintf("%x", salt(2))))},
	{"words given to another entry", full, wordsFile + ":2 #4", always, sealed(swap(wordsFile, "\n0,", "\n4,"))},
	{"words of a hidden entry shown", public, wordsFile + ":5 #3", always, resigned(false, func(x *fixture) { x.words[3] = `{"name":"王五"}` })},
	{"words doubled", full, wordsFile, always, sealed(func(f map[string][]byte) {
		lines := bytes.SplitAfter(f[wordsFile], []byte("\n"))
		f[wordsFile] = bytes.Join(slices.Insert(lines, 2, lines[1]), nil)
	})},
	{"words without header", full, wordsFile + ":1", always, sealed(swap(wordsFile, "seq,salt,words", "seq,salt,text"))},
	{"words quoted needlessly", full, wordsFile, always, sealed(swap(wordsFile, "\n0,", "\n\"0\","))},
	{"words erased, table kept", full, "tables/units.csv:2 #1", always, resigned(false, func(x *fixture) { delete(x.words, 1) })},
	{"file added", full, "readme.txt", always, unsealed(func(f map[string][]byte) { f["readme.txt"] = []byte("a") })},
	{"file added and listed", full, "readme.txt", always, sealed(func(f map[string][]byte) { f["readme.txt"] = []byte("a") })},
	{"original in a public export", public, "documents/" + docA + ".original", always, sealed(func(f map[string][]byte) { f["documents/"+docA+".original"] = []byte("PDF A") })},
	{"document that nobody froze", full, "documents/" + planA + ".txt", always, sealed(func(f map[string][]byte) { f["documents/"+planA+".txt"] = nil })},
	{"table missing", full, "tables/items.csv", always, sealed(func(f map[string][]byte) { delete(f, "tables/items.csv") })},
	{"signature missing", full, noteFile, always, unsealed(func(f map[string][]byte) { delete(f, noteFile) })},
	{"manifest missing", full, manifestFile, always, unsealed(func(f map[string][]byte) { delete(f, manifestFile) })},
	{"document altered", full, "documents/" + docA + ".txt #4", always, sealed(swap("documents/"+docA+".txt", "1500", "1400"))},
	{"original altered", full, "documents/" + docB + ".original #18", always, sealed(func(f map[string][]byte) { f["documents/"+docB+".original"] = []byte("PDF C") })},
	{"document missing", full, "documents/" + docA + ".txt", always, sealed(func(f map[string][]byte) { delete(f, "documents/"+docA+".txt") })},

	// Tables, by an operator who signs the manifest again.
	{"cell altered", full, "tables/targets.csv:2 #11", always, sealed(swap("tables/targets.csv", ",1500,", ",1400,"))},
	{"cell altered, another entry behind it", full, "tables/plans.csv:2 #23", always, sealed(swap("tables/plans.csv", "closed,1", "in_force,1"))},
	{"released altered", full, "tables/items.csv:3 #10", always, sealed(swap("tables/items.csv", "报送,,,,,0,0,,,", "报送,,,,,0,1,,,"))},
	{"row dropped", full, "tables/items.csv #10", always, sealed(swap("tables/items.csv", itemB+",报送,,,,,0,0,,,\n", ""))},
	{"row added", full, "tables/items.csv:3", always, sealed(swap("tables/items.csv", itemB, "0AK2M5Q0000T0,另一条,,,,,0,0,,,\n"+itemB))},
	{"row doubled", full, "tables/items.csv:4", always, sealed(swap("tables/items.csv", itemC, itemB+",报送,,,,,0,0,,,\n"+itemC))},
	{"rows in another order", full, "tables/phases.csv", always, sealed(func(f map[string][]byte) {
		lines := bytes.SplitAfter(f["tables/phases.csv"], []byte("\n"))
		lines[1], lines[2] = lines[2], lines[1]
		f["tables/phases.csv"] = bytes.Join(lines, nil)
	})},
	{"another owner", full, "tables/item_owners.csv:3 #29", always, sealed(swap("tables/item_owners.csv", ",lead,\n"+itemB, ",cooperating,\n"+itemB))},
	{"owner of before kept", full, "tables/item_owners.csv:4", always, sealed(swap("tables/item_owners.csv", itemB, itemA+",0AK2M5Q0000V3,lead,\n"+itemB))},
	{"more leads than units", full, "tables/item_owners.csv #30", always, resigned(false, func(x *fixture) {
		x.entries[30].Fields = []ledger.Field{ledger.Num("cooperating", 0), ledger.Num("lead", 2)}
	})},
	{"owners of an unreleased item shown", public, bundlePath + " #30", always, resigned(false, func(x *fixture) { x.hidden[30] = false })},
	{"what a unit said shown", public, bundlePath + " #31", always, resigned(false, func(x *fixture) { x.hidden[31] = false })},
	{"report altered", full, "tables/reports.csv:2 #34", always, sealed(swap("tables/reports.csv", "complete,送了 900", "under_way,送了 900"))},
	{"completion of another day", full, "tables/reports.csv:3 #36", always, sealed(swap("tables/reports.csv", "confirmed,2011-10-11", "confirmed,2011-10-10"))},
	{"report on an unreleased item shown", public, bundlePath + " #37", always, resigned(false, func(x *fixture) { x.hidden[37] = false })},
	{"what stays inside a report shown", public, bundlePath + " #33", always, resigned(false, func(x *fixture) { x.hidden[33] = false })},
	{"period that is none", full, "tables/reports.csv #32", always, resigned(false, func(x *fixture) {
		for i, f := range x.entries[32].Fields {
			if f.Name == "period" {
				x.entries[32].Fields[i].Value = "2011_13"
			}
		}
	})},
	{"collection put off", full, "tables/collections.csv:2 #43", always, sealed(swap("tables/collections.csv", "2011-09-23", "2011-09-30"))},
	{"what is owed altered", full, "tables/owed.csv:3 #42", always, sealed(swap("tables/owed.csv", "returned", "accepted"))},
	{"a unit given another day", full, "tables/owed.csv:3 #42", always, sealed(swap("tables/owed.csv", "2011-09-26", "2011-10-26"))},
	{"a unit left out of what is owed", full, "tables/owed.csv #39", always, sealed(swap("tables/owed.csv", collectionA+",0AK2M5Q0000V1,,0,,0,,\n", ""))},
	{"what a unit gave shown", public, bundlePath + " #41", always, resigned(false, func(x *fixture) { x.hidden[41] = false })},
	{"column renamed", full, "tables/items.csv:1", always, sealed(swap("tables/items.csv", "lead", "head"))},
	{"cell too many", full, "tables/items.csv:3", always, sealed(swap("tables/items.csv", "报送,", "报送,,"))},
	{"CR LF", full, "tables/items.csv", always, sealed(swap("tables/items.csv", "\n", "\r\n"))},
	{"quantity with trailing zero", full, "tables/targets.csv:4 #21", always, sealed(swap("tables/targets.csv", "2.5,3", "2.50,3"))},
	{"span outside the document", full, "tables/milestones.csv:2 #13", always, resigned(false, func(x *fixture) {
		x.say(13, ledger.Words("title", "报送", "spans", "0-3;25-300"))
		x.tables["milestones"] = strings.Replace(x.tables["milestones"], "25-30", "25-300", 1)
	})},
	{"span that is none", full, "tables/milestones.csv:2 #13", always, resigned(false, func(x *fixture) {
		x.say(13, ledger.Words("title", "报送", "spans", "0-3;25-030"))
		x.tables["milestones"] = strings.Replace(x.tables["milestones"], "25-30", "25-030", 1)
	})},
	{"quote that does not stand there", full, "tables/targets.csv:2 #11", always, resigned(false, func(x *fixture) {
		x.say(11, strings.Replace(x.words[11], "1500", "1400", 1))
		x.tables["targets"] = strings.Replace(x.tables["targets"], "农村1500", "农村1400", 1)
	})},

	// What a public export shows and keeps back.
	{"unreleased item shown", public, bundlePath + " #10", always, resigned(false, func(x *fixture) {
		x.hidden[10] = false
		x.tables["items"] = strings.Replace(x.tables["items"], "1,1\n", "1,1\n"+itemB+",,,,,,0,0\n", 1)
		x.tables["plan_items"] += planA + "," + itemB + "," + docA + ",3,2\n"
	})},
	{"internal entry shown", public, bundlePath + " #6", always, resigned(false, func(x *fixture) { x.hidden[6] = false })},
	{"account shown", public, bundlePath + " #3", always, resigned(false, func(x *fixture) { x.hidden[3] = false; x.entries[3].Class = ledger.Public })},
	{"unreleased plan shown", public, bundlePath + " #19", always, resigned(false, func(x *fixture) { x.hidden[19] = false })},
	{"unreleased target shown", public, bundlePath + " #12", always, resigned(false, func(x *fixture) { x.hidden[12] = false })},
	{"document of no released plan shown", public, bundlePath + " #18", always, resigned(false, func(x *fixture) { x.hidden[18] = false })},
	{"row of a released item missing", public, "tables/items.csv #17", always, sealed(swap("tables/items.csv", itemA+",送演出,艺术科,,,month,1,1,惠民、演出,,\n", ""))},
	{"item published, not shown", public, bundlePath + " #17", always, resigned(false, func(x *fixture) {
		x.hidden[9], x.hidden[11], x.hidden[13] = true, true, true
		for _, seq := range []int64{9, 11, 13} {
			delete(x.words, seq)
		}
		x.drop("items", itemA)
		x.drop("plan_items", itemA)
		x.drop("targets", targetA)
		x.drop("milestones", milestoneA)
	})},
	{"plan published, not shown", public, bundlePath + " #7", always, resigned(false, func(x *fixture) { x.hidden[5] = true; delete(x.words, 5); x.drop("plans", planA) })},
	{"document of a released plan kept back", public, bundlePath + " #5", always, resigned(false, func(x *fixture) { x.hidden[4] = true; x.texts = nil })},
	{"unit kept back", public, bundlePath + " #2", always, resigned(false, func(x *fixture) { x.hidden[1] = true; delete(x.words, 1); x.drop("units", unitA) })},
	{"publication kept back", public, bundlePath + " #5", always, resigned(false, func(x *fixture) { x.hidden[16] = true })},
}

const bundlePath48 = "log/tile/entries/000.p/48"

func TestAttacks(t *testing.T) {
	right, other := newKey(t, "luoshi/test"), newKey(t, "luoshi/test")
	for _, a := range attacks {
		t.Run(a.name, func(t *testing.T) {
			t.Parallel()
			honest := newFixture(a.kind)
			earlier := honest.checkpoint(t, right, 32)
			dir := write(t, a.make(t, newFixture(a.kind), right, other))
			got := exits{
				anchored:       mustVerify(t, dir, Anchors{right.public, earlier}).Exit(),
				keyOnly:        mustVerify(t, dir, Anchors{right.public, nil}).Exit(),
				checkpointOnly: mustVerify(t, dir, Anchors{"", earlier}).Exit(),
				bare:           mustVerify(t, dir, Anchors{}).Exit(),
			}
			r := mustVerify(t, dir, Anchors{right.public, earlier})
			if got != a.exits {
				t.Errorf("exits %+v, want %+v: %v", got, a.exits, r.Problems)
			}
			if a.place != "" && !names(r, a.place) {
				t.Errorf("%s is not named: %v", a.place, r.Problems)
			}
		})
	}
}
