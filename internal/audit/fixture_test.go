package audit

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"luoshi/ledger"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// The fixture is written from docs/export.md by hand and knows nothing of the
// writer: entries, and beside them the tables as a person would fill them in.

const (
	unitA, unitB, postA, accountA = "0AK2M5Q0000V1", "0AK2M5Q0000V2", "0AK2M5Q0000P1", "0AK2M5Q0000A1"
	docA, docB                    = "0AK2M5Q0000D1", "0AK2M5Q0000D2"
	planA, planB                  = "0AK2M5Q0000N1", "0AK2M5Q0000N2"
	collectionA                   = "0AK2M5Q0000C1"
	itemA, itemB, itemC           = "0AK2M5Q0000T1", "0AK2M5Q0000T2", "0AK2M5Q0000T3"
	targetA, targetB, targetC     = "0AK2M5Q0000G1", "0AK2M5Q0000G2", "0AK2M5Q0000G3"
	milestoneA                    = "0AK2M5Q0000M1"
	questionA, questionB          = "0AK2M5Q0000Q1", "0AK2M5Q0000Q2"
)

const (
	textA = "安澜市方案\n　　全年送演出到农村1500 \n　　场，9月23日之前报送。\n"
	textB = "降到2.5%，不超过3%。\n"
)

// key is a signing key with its public half.
type key struct {
	signer note.Signer
	public string
}

func newKey(t testing.TB, name string) key {
	t.Helper()
	secret, public, err := ledger.NewKey(rand.Reader, name)
	if err != nil {
		t.Fatal(err)
	}
	s, err := note.NewSigner(secret)
	if err != nil {
		t.Fatal(err)
	}
	return key{s, public}
}

// fixture is what an export is made of.
type fixture struct {
	kind      string
	entries   []ledger.Entry
	words     map[int64]string
	hidden    map[int64]bool // in a public export
	tables    map[string]string
	texts     map[string]string // of documents
	originals map[string]string
}

func about(pairs ...string) []ledger.Subject {
	var out []ledger.Subject
	for i := 0; i < len(pairs); i += 2 {
		out = append(out, ledger.Subject{Noun: pairs[i], ID: pairs[i+1]})
	}
	return out
}

func frozen(doc, text, original string) ledger.Draft {
	return ledger.Draft{Kind: "document.frozen", Class: ledger.Public, Subjects: about("document", doc), Fields: []ledger.Field{
		ledger.Hash("original", sha256.Sum256([]byte(original))), ledger.Num("runes", int64(len([]rune(text)))), ledger.Hash("text", sha256.Sum256([]byte(text)))}}
}

func acts() []ledger.Draft {
	d := func(kind string, class ledger.Class, subjects []ledger.Subject, words string, fields ...ledger.Field) ledger.Draft {
		return ledger.Draft{Kind: kind, Class: class, Subjects: subjects, Words: words, Fields: fields}
	}
	num, day, state, w := ledger.Num, ledger.Day, ledger.State, ledger.Words
	return []ledger.Draft{
		/*  0 */ d("city.founded", ledger.Public, nil, w("city", "安澜市", "bureau", "文化局")),
		/*  1 */ d("unit.opened", ledger.Public, about("unit", unitA), w("name", "艺术科, 一室"), day("from", "2011-08-01")),
		/*  2 */ d("post.opened", ledger.Public, about("post", postA, "unit", unitA), w("title", "科长"), num("clerk", 1)),
		/*  3 */ d("account.opened", ledger.Personal, about("account", accountA, "post", postA), w("name", "王五")),
		/*  4 */ frozen(docA, textA, "PDF A"),
		/*  5 */ d("plan.taken_into_force", ledger.Public, about("plan", planA, "document", docA), w("title", "安澜市方案", "issuer", "文化局"), day("force_day", "2011-08-08"), num("items", 2)),
		/*  6 */ d("plan.approved", ledger.Internal, about("plan", planA), "局长\"办公\"会\r\n第三次"),
		/*  7 */ d("phase.recorded", ledger.Public, about("plan", planA), w("name", "第二阶段", "spans", "0-5"), day("first", "2011-09-01"), num("ordinal", 10)),
		/*  8 */ d("phase.recorded", ledger.Public, about("plan", planA), w("name", "第一阶段"), day("first", "2011-08-01"), day("last", "2011-08-31"), num("ordinal", 2)),
		/*  9 */ d("item.recorded", ledger.Public, about("item", itemA, "plan", planA, "document", docA), w("title", "送演出", "lead", "艺术科", "tags", "惠民、演出"), num("node", 2), num("ordinal", 1), state("period", "month"), num("project", 1)),
		/* 10 */ d("item.recorded", ledger.Public, about("item", itemB, "plan", planA, "document", docA), w("title", "报送"), num("node", 3), num("ordinal", 2), num("project", 0)),
		/* 11 */ d("target.recorded", ledger.Public, about("target", targetA, "item", itemA), w("quote", "送演出到农村1500场", "indicator", "送演出", "unit", "场", "spans", "10-25"),
			state("aggregate", "sum"), state("bound", "eq"), state("direction", "up"), state("hardness", "hard"), num("revision", 1), num("value", 15000000)),
		/* 12 */ d("target.recorded", ledger.Public, about("target", targetB, "item", itemB), w("indicator", "报送"), num("revision", 1), num("value", 10000)),
		/* 13 */ d("milestone.recorded", ledger.Public, about("milestone", milestoneA, "item", itemA), w("title", "报送", "spans", "0-3;25-30"), day("due", "2011-09-23"), state("hardness", "hard"), num("revision", 1)),
		/* 14 */ d("question.recorded", ledger.Public, about("question", questionA, "plan", planA), w("question", "哪一年？", "answer", "2011"), num("ordinal", 1), state("state", "answered")),
		/* 15 */ d("question.recorded", ledger.Public, about("question", questionB, "plan", planA, "item", itemB), w("question", "报送给谁？"), num("ordinal", 2), state("state", "deferred")),
		/* 16 */ d("plan.published", ledger.Public, about("plan", planA), "", day("day", "2011-08-10"), num("items", 1)),
		/* 17 */ d("item.published", ledger.Public, about("item", itemA, "plan", planA), ""),
		/* 18 */ frozen(docB, textB, "PDF B"),
		/* 19 */ d("plan.taken_into_force", ledger.Public, about("plan", planB, "document", docB), w("title", "第二个方案"), day("force_day", "2011-08-09"), num("items", 1)),
		/* 20 */ d("item.recorded", ledger.Public, about("item", itemC, "plan", planB, "document", docB), w("title", "下降"), num("node", 1), num("ordinal", 1), num("project", 0)),
		/* 21 */ d("target.recorded", ledger.Public, about("target", targetC, "item", itemC), w("quote", "降到2.5%", "spans", "0-6"), state("bound", "range"), num("max", 30000), num("revision", 1), num("start_value", -1), num("value", 25000)),
		/* 22 */ d("unit.opened", ledger.Public, about("unit", unitB), w("name", "已删去"), day("from", "2011-08-01")),
		/* 23 */ d("plan.closed", ledger.Public, about("plan", planA), w("why", "完成"), day("day", "2011-12-31")),
		/* 24 */ d("account.closed", ledger.Internal, about("account", accountA, "post", postA), ""),
		/* 25 */ d("change.recorded", ledger.Public, about("plan", planA, "item", itemA), w("cause", "经费减了", "basis", "安文〔2011〕40号", "edits", `[{"record":"target"}]`),
			day("approved_day", "2011-11-01"), state("kind", "replan"), num("part", 1), num("version", 2)),
		/* 26 */ d("change.approved", ledger.Internal, about("plan", planA), "局长办公会", num("version", 2)),
		/* 27 */ d("milestone.recorded", ledger.Public, about("milestone", milestoneA, "item", itemA), w("title", "报送", "spans", "0-3;25-30"), day("due", "2011-09-23"), state("hardness", "hard"), num("revision", 2), state("standing", "cancelled")),
		/* 28 */ d("item.assigned", ledger.Public, about("item", itemA, "plan", planA, "unit", unitB), "", num("lead", 1), num("cooperating", 0)),
		/* 29 */ d("item.assigned", ledger.Public, about("item", itemA, "plan", planA, "unit", unitB, "unit", unitA, "post", postA), "", num("lead", 1), num("cooperating", 1)),
		/* 30 */ d("item.assigned", ledger.Public, about("item", itemB, "plan", planA, "unit", unitA), "", num("lead", 1), num("cooperating", 0)),
		/* 31 */ d("duty.answered", ledger.Internal, about("item", itemA, "unit", unitA), w("reason", "没有人手"), state("state", "objected")),
		/* 32 */ d("progress.reported", ledger.Public, about("item", itemA, "unit", unitB), w("done", "送了 900 场"), day("day", "2011-10-03"), num("on_behalf", 0), state("period", "2011_09"), num("revision", 1), state("state", "complete")),
		/* 33 */ d("progress.remarked", ledger.Internal, about("item", itemA, "unit", unitB), w("proof", "签收单"), state("period", "2011_09"), num("revision", 1)),
		/* 34 */ d("progress.returned", ledger.Public, about("item", itemA, "unit", unitB), "", day("day", "2011-10-08"), state("period", "2011_09"), num("revision", 1)),
		/* 35 */ d("progress.reported", ledger.Public, about("item", itemA, "unit", unitB), w("done", "送了 1500 场"), day("day", "2011-10-10"), num("on_behalf", 1), state("period", "2011_09"), num("revision", 2), state("state", "complete")),
		/* 36 */ d("progress.confirmed", ledger.Public, about("item", itemA, "unit", unitB), "", day("day", "2011-10-11"), state("period", "2011_09"), num("revision", 2)),
		/* 37 */ d("progress.reported", ledger.Public, about("item", itemB, "unit", unitA), w("done", "写好了"), day("day", "2011-09-12"), num("on_behalf", 0), state("period", "2011_w36"), num("revision", 1), state("state", "blocked")),
		/* 38 */ d("collection.started", ledger.Internal, about("collection", collectionA), w("title", "工作方案", "words", "请报来"), ledger.IDField("by", unitA), day("day", "2011-09-01"), day("due", "2011-09-20"), state("kind", "plan"), ledger.IDField("plan", planA)),
		/* 39 */ d("collection.asked", ledger.Internal, about("collection", collectionA, "unit", unitA), ""),
		/* 40 */ d("collection.asked", ledger.Internal, about("collection", collectionA, "unit", unitB), "", day("due", "2011-09-26")),
		/* 41 */ d("collection.answered", ledger.Internal, about("collection", collectionA, "unit", unitB), w("values", `{"q1":"无"}`), day("day", "2011-09-10"), num("on_behalf", 1), num("revision", 1)),
		/* 42 */ d("collection.returned", ledger.Internal, about("collection", collectionA, "unit", unitB), w("reasons", `{"q1":"写清"}`), day("day", "2011-09-11"), num("revision", 1)),
		/* 43 */ d("collection.extended", ledger.Internal, about("collection", collectionA), w("reason", "台风"), day("due", "2011-09-23")),
		/* 44 */ d("milestone.reached", ledger.Public, about("milestone", milestoneA, "item", itemA, "unit", unitB), "", day("day", "2011-09-24"), day("on", "2011-09-22"), num("revision", 1)),
		/* 45 */ d("milestone.reached", ledger.Public, about("milestone", milestoneA, "item", itemA, "unit", unitB), "", day("day", "2011-10-02"), day("on", "2011-10-01"), num("revision", 2)),
		/* 46 */ d("milestone.returned", ledger.Public, about("milestone", milestoneA, "item", itemA, "unit", unitB), "", day("day", "2011-10-03"), num("revision", 2)),
	}
}

var fullTables = map[string]string{
	"units":           "unit,parent,from,to,level,name,code\n0AK2M5Q0000V1,,2011-08-01,,,\"艺术科, 一室\",\n0AK2M5Q0000V2,,2011-08-01,,,,\n",
	"posts":           "post,unit,title,to\n0AK2M5Q0000P1,0AK2M5Q0000V1,科长,\n",
	"unit_successors": "unit,successor,from\n",
	"plans":           "plan,document,title,issuer,number,state,released,force_day,published_day,closed_day,withdrawn_day\n0AK2M5Q0000N1,0AK2M5Q0000D1,安澜市方案,文化局,,closed,1,2011-08-08,2011-08-10,2011-12-31,\n0AK2M5Q0000N2,0AK2M5Q0000D2,第二个方案,,,in_force,0,2011-08-09,,,\n",
	"items":           "item,title,lead,cooperating,responsible,period,project,released,tags,withdrawn_day,standing\n0AK2M5Q0000T1,送演出,艺术科,,,month,1,1,惠民、演出,,\n0AK2M5Q0000T2,报送,,,,,0,0,,,\n0AK2M5Q0000T3,下降,,,,,0,0,,,\n",
	"plan_items":      "plan,item,document,node,ordinal\n0AK2M5Q0000N1,0AK2M5Q0000T1,0AK2M5Q0000D1,2,1\n0AK2M5Q0000N1,0AK2M5Q0000T2,0AK2M5Q0000D1,3,2\n0AK2M5Q0000N2,0AK2M5Q0000T3,0AK2M5Q0000D2,1,1\n",
	"targets": "target,item,revision,quote,indicator,bound,value,max,start_value,unit,scope,period,start,deadline,hardness,aggregate,direction,spans,standing\n" +
		"0AK2M5Q0000G1,0AK2M5Q0000T1,1,送演出到农村1500场,送演出,eq,1500,,,场,,,,,hard,sum,up,10-25,\n" +
		"0AK2M5Q0000G2,0AK2M5Q0000T2,1,,报送,,1,,,,,,,,,,,,\n" +
		"0AK2M5Q0000G3,0AK2M5Q0000T3,1,降到2.5%,,range,2.5,3,-0.0001,,,,,,,,,0-6,\n",
	"milestones":  "milestone,item,revision,title,due,hardness,proof,spans,standing\n0AK2M5Q0000M1,0AK2M5Q0000T1,1,报送,2011-09-23,hard,,0-3;25-30,\n0AK2M5Q0000M1,0AK2M5Q0000T1,2,报送,2011-09-23,hard,,0-3;25-30,cancelled\n",
	"orders":      "item,kind,year,serial,words,giver,given\n",
	"item_owners": "item,unit,duty,post\n0AK2M5Q0000T1,0AK2M5Q0000V1,cooperating,0AK2M5Q0000P1\n0AK2M5Q0000T1,0AK2M5Q0000V2,lead,\n0AK2M5Q0000T2,0AK2M5Q0000V1,lead,\n",
	"reports": "item,unit,period,revision,state,done,on_behalf,day,standing,decided_day\n" +
		"0AK2M5Q0000T1,0AK2M5Q0000V2,2011-09,1,complete,送了 900 场,0,2011-10-03,returned,2011-10-08\n0AK2M5Q0000T1,0AK2M5Q0000V2,2011-09,2,complete,送了 1500 场,1,2011-10-10,confirmed,2011-10-11\n" +
		"0AK2M5Q0000T2,0AK2M5Q0000V1,2011-W36,1,blocked,写好了,0,2011-09-12,sent,\n",
	"collections": "collection,kind,by,title,plan,item,due,started_day,closed_day\n0AK2M5Q0000C1,plan,0AK2M5Q0000V1,工作方案,0AK2M5Q0000N1,,2011-09-23,2011-09-01,\n",
	"owed": "collection,unit,standing,revision,sent_day,on_behalf,decided_day,due\n0AK2M5Q0000C1,0AK2M5Q0000V1,,0,,0,,\n" +
		"0AK2M5Q0000C1,0AK2M5Q0000V2,returned,1,2011-09-10,1,2011-09-11,2011-09-26\n",
	"milestones_reached": "milestone,item,unit,revision,on,day,standing\n0AK2M5Q0000M1,0AK2M5Q0000T1,0AK2M5Q0000V2,1,2011-09-22,2011-09-24,confirmed\n" +
		"0AK2M5Q0000M1,0AK2M5Q0000T1,0AK2M5Q0000V2,2,2011-10-01,2011-10-02,returned\n",
	"indicators":  "indicator,name,unit_of_measure,aggregation,direction,class_wanted,numerator,divisor\n",
	"goals":       "goal,target,item,indicator,from,to,set_day,windows\n",
	"splits":      "goal,above,revision,unit,value,issued_day\n",
	"facts":       "fact,indicator,unit,place,day,instant,quantity,subject,state,class,corrects,claimed\n",
	"rollup":      "indicator,unit,month,reported,counted\n",
	"plan_fields": "plan,kind,released,day\n",
	"phases":      "plan,ordinal,name,first,last,spans,standing\n0AK2M5Q0000N1,2,第一阶段,2011-08-01,2011-08-31,,\n0AK2M5Q0000N1,10,第二阶段,2011-09-01,,0-5,\n",
	"questions":   "question,plan,item,ordinal,state,question_words,answer,spans\n0AK2M5Q0000Q1,0AK2M5Q0000N1,,1,answered,哪一年？,2011,\n0AK2M5Q0000Q2,0AK2M5Q0000N1,0AK2M5Q0000T2,2,deferred,报送给谁？,,\n",
	"changes": "plan,version,part,item,kind,approved_day,source,cause,basis,edits\n" +
		"0AK2M5Q0000N1,2,1,0AK2M5Q0000T1,replan,2011-11-01,,经费减了,安文〔2011〕40号,\"[{\"\"record\"\":\"\"target\"\"}]\"\n",
}

// newFixture is a small city: one plan public with one of its two items, one in force.
func newFixture(kind string) *fixture {
	x := &fixture{kind: kind, words: map[int64]string{}, hidden: map[int64]bool{}, tables: maps.Clone(fullTables),
		texts: map[string]string{docA: textA, docB: textB}, originals: map[string]string{docA: "PDF A", docB: "PDF B"}}
	for _, d := range acts() {
		x.add(d)
	}
	delete(x.words, 22) // erased
	if kind == public {
		for _, seq := range []int64{3, 6, 10, 12, 15, 18, 19, 20, 21, 24, 26, 30, 31, 33, 37, 38, 39, 40, 41, 42, 43} {
			x.hidden[seq] = true
			delete(x.words, seq)
		}
		for name := range x.tables {
			for _, id := range []string{planB, itemB, itemC, targetB, targetC, questionB, collectionA} {
				x.drop(name, id)
			}
		}
		delete(x.texts, docB)
		x.originals = nil
	}
	return x
}

func salt(seq int64) (s [32]byte) { return sha256.Sum256(fmt.Append(nil, "salt", seq)) }

func (x *fixture) add(d ledger.Draft) {
	seq := int64(len(x.entries))
	e := ledger.Entry{City: 1, Seq: seq, At: 1312790400000000 + seq*1000000, Kind: d.Kind, Class: d.Class, Subjects: d.Subjects, Fields: d.Fields, Actor: postA}
	slices.SortFunc(e.Fields, func(a, b ledger.Field) int { return strings.Compare(a.Name, b.Name) })
	e.Nonce[15] = byte(seq)
	if seq == 0 {
		e.Actor = ""
	}
	x.entries = append(x.entries, e)
	x.say(seq, d.Words)
}

// say gives an entry other words.
func (x *fixture) say(seq int64, words string) {
	if words == "" {
		return
	}
	c := ledger.Commit(salt(seq), words)
	x.entries[seq].Words, x.words[seq] = &c, words
}

// remove takes an entry out and closes the gap, as one who rewrites history would.
func (x *fixture) remove(seq int64) {
	words := x.words
	x.words = map[int64]string{}
	old := x.entries
	x.entries = nil
	hidden := x.hidden
	x.hidden = map[int64]bool{}
	for _, e := range old {
		if e.Seq == seq {
			continue
		}
		was := e.Seq
		e.Seq = int64(len(x.entries))
		x.hidden[e.Seq] = hidden[was]
		x.entries = append(x.entries, e)
		x.say(e.Seq, words[was])
	}
}

// drop takes the row that begins with, or whose second cell is, an identifier out of a table.
func (x *fixture) drop(table, id string) {
	lines := strings.SplitAfter(x.tables[table], "\n")
	x.tables[table] = strings.Join(slices.DeleteFunc(lines, func(l string) bool {
		return strings.HasPrefix(l, id+",") || table == "plan_items" && strings.Contains(l, ","+id+",")
	}), "")
}

func (x *fixture) leaves() []tlog.Hash {
	out := make([]tlog.Hash, len(x.entries))
	for i, e := range x.entries {
		out[i] = ledger.Leaf(e.Bytes())
	}
	return out
}

func (x *fixture) checkpoint(t testing.TB, k key, size int64) []byte {
	t.Helper()
	c := ledger.Checkpoint{Origin: k.signer.Name(), Size: size, Root: ledger.Roots(x.leaves(), []int64{size})[0]}
	signed, err := ledger.SignCheckpoint(c, k.signer)
	if err != nil {
		t.Fatal(err)
	}
	return signed
}

// export writes the folder: path to bytes.
func (x *fixture) export(t testing.TB, k key) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	x.putLog(t, out)
	var words [][]string
	for _, seq := range slices.Sorted(maps.Keys(x.words)) {
		s := salt(seq)
		words = append(words, []string{fmt.Sprint(seq), hex.EncodeToString(s[:]), x.words[seq]})
	}
	out["log/words.csv"] = writeCSV(append([][]string{{"seq", "salt", "words"}}, words...))
	out["log/checkpoint"] = x.checkpoint(t, k, int64(len(x.entries)))
	for id, text := range x.texts {
		out["documents/"+id+".txt"] = []byte(text)
	}
	for id, original := range x.originals {
		out["documents/"+id+".original"] = []byte(original)
	}
	for name, csv := range x.tables {
		out["tables/"+name+".csv"] = []byte(csv)
	}
	x.seal(t, out, k)
	return out
}

func (x *fixture) putLog(t testing.TB, out map[string][]byte) {
	t.Helper()
	leaves := x.leaves()
	for _, tile := range ledger.Tiles(int64(len(leaves))) {
		var hashes, bundle []byte
		width := int64(1) << (8 * tile.L) // leaves below one hash
		for i := range int64(tile.W) {
			from := (tile.N*256 + i) * width
			h := ledger.Roots(leaves[from:from+width], []int64{width})[0]
			hashes = append(hashes, h[:]...)
			if tile.L > 0 {
				continue
			}
			raw := x.entries[from].Bytes()
			if x.hidden[from] {
				raw = nil
			}
			var err error
			if bundle, err = ledger.AppendBundle(bundle, raw); err != nil {
				t.Fatal(err)
			}
		}
		out["log/"+ledger.TilePath(tile)] = hashes
		if tile.L == 0 {
			out["log/"+ledger.BundlePath(tile)] = bundle
		}
	}
}

// seal writes manifest and signature for whatever is there, by string building
// and not by the code under test.
func (x *fixture) seal(t testing.TB, out map[string][]byte, k key) {
	t.Helper()
	delete(out, "manifest.json")
	delete(out, "manifest.note")
	var b bytes.Buffer
	root := ledger.Roots(x.leaves(), []int64{int64(len(x.entries))})[0]
	fmt.Fprintf(&b, "{\n  \"format\": \"luoshi/export/5\",\n  \"kind\": %q,\n  \"origin\": %q,\n  \"city\": 1,\n  \"size\": %d,\n  \"root\": %q,\n  \"files\": [\n",
		x.kind, k.signer.Name(), len(x.entries), root)
	paths := slices.Sorted(maps.Keys(out))
	for i, p := range paths {
		comma := ","
		if i == len(paths)-1 {
			comma = ""
		}
		fmt.Fprintf(&b, "    {\n      \"path\": %q,\n      \"bytes\": %d,\n      \"sha256\": \"%x\"\n    }%s\n", p, len(out[p]), sha256.Sum256(out[p]), comma)
	}
	b.WriteString("  ]\n}\n")
	out["manifest.json"] = b.Bytes()
	out["manifest.note"] = signManifest(t, k, x.kind, b.Bytes())
}

func signManifest(t testing.TB, k key, kind string, manifest []byte) []byte {
	t.Helper()
	signed, err := ledger.SignText(fmt.Sprintf("luoshi/export/5\n%s\n%s\n%x\n", k.signer.Name(), kind, sha256.Sum256(manifest)), k.signer)
	if err != nil {
		t.Fatal(err)
	}
	return signed
}

// write puts files into a new folder.
func write(t testing.TB, out map[string][]byte) string {
	t.Helper()
	dir := t.TempDir()
	for p, data := range out {
		put(t, dir, p, data)
	}
	return dir
}

func put(t testing.TB, dir, p string, data []byte) {
	t.Helper()
	p = filepath.Join(dir, filepath.FromSlash(p))
	if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(p, data, 0o644); err != nil {
		t.Fatal(err)
	}
}
