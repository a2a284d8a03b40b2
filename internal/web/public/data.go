package public

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"

	"luoshi/internal/web"
)

// read is a public read that answers JSON. The routes, the page about the data
// and the OpenAPI document are made of this one table.
type read struct {
	ID     string
	Path   string
	Name   string // what it gives
	Query  []string
	Answer any    // an empty value of what it gives
	Sheet  string // the address of the same as CSV, all of it at once; or empty
	Heads  string // the first line of the sheet
	serve  func(visit) (any, error)
	pour   func(visit, sheet) error
}

func reads() []read {
	return []read{
		{ID: "listPlans", Path: "/data/plans", Name: "已公开的方案，新的在前", Answer: planList{}, serve: visit.dataPlans},
		{ID: "getPlan", Path: "/data/plans/{id}", Name: "一个方案：原文、目录、阶段、任务、答应的数和日子", Answer: planWhole{}, serve: visit.dataPlan, Query: []string{"at"}},
		{ID: "getItem", Path: "/data/items/{id}", Name: "一条任务，连同它的经过", Answer: itemWhole{}, serve: visit.dataItem, Query: []string{"at"}},
		{ID: "listUnits", Path: "/data/units", Name: "单位，乡镇和村除外", Answer: unitList{}, serve: visit.dataUnits},
		{ID: "getUnit", Path: "/data/units/{id}", Name: "一个单位：上级、下级、它牵头和配合的任务", Answer: unitWhole{}, serve: visit.dataUnit, Query: []string{"at"}},
		{ID: "listIndicators", Path: "/data/indicators", Name: "公开的指标：数什么、怎么数、要什么佐证", Answer: indicatorList{}, serve: visit.dataIndicators,
			Sheet: "/data/indicators.csv", Heads: "indicator,name,unit_of_measure,aggregation,direction,class_wanted,numerator,divisor", pour: visit.pourIndicators},
		{ID: "listFacts", Path: "/data/facts", Name: "公开的指标报来的每一条，先报的在前，改过、退回的也在；一次最多 1,000 条", Query: []string{"indicator", "unit", "month", "after"}, Answer: factList{}, serve: visit.dataFacts,
			Sheet: "/data/facts.csv", Heads: "fact,indicator,unit,place,day,instant,quantity,subject,state,class,corrects,claimed", pour: visit.pourFacts},
		{ID: "listRollUp", Path: "/data/rollup", Name: "公开的指标，每个单位每个月报来多少、算数的多少，乡镇的连同下面的村；一次最多 1,000 行", Query: []string{"indicator", "unit", "month", "after"}, Answer: rollUpList{}, serve: visit.dataRollUp,
			Sheet: "/data/rollup.csv", Heads: "indicator,unit,month,reported,counted", pour: visit.pourRollUp},
		{ID: "search", Path: "/data/search", Name: "名称里有要找的字的方案、任务、单位和岗位，每类最多 10 个；只要一类时一次 50 个", Query: []string{"q", "in", "after"}, Answer: searchData{}, serve: visit.dataSearch},
		{ID: "listEntries", Path: "/data/ledger", Name: "存证，新的在前，一次 50 条", Query: []string{"before"}, Answer: entryList{}, serve: visit.dataLedger},
		{ID: "getEntry", Path: "/data/ledger/{seq}", Name: "一条存证，连同记下的原样", Answer: entryWhole{}, serve: visit.dataEntry},
	}
}

func dataRoutes() (all []route) {
	for _, r := range reads() {
		all = append(all, route{"GET " + r.Path, func(v visit) error {
			answer, err := r.serve(v)
			if err != nil {
				return err
			}
			return v.json(answer)
		}})
	}
	return all
}

// sheetRoutes are the sheets of the reads that have one.
func sheetRoutes() (all []route) {
	for _, r := range reads() {
		if r.Sheet != "" {
			all = append(all, route{"GET " + r.Sheet, func(v visit) error { return v.sheet(r) }})
		}
	}
	return all
}

// forMachines reports an address whose errors are problems (RFC 9457), not pages.
func (v visit) forMachines() bool {
	return strings.HasPrefix(v.r.URL.Path, "/data/") || v.r.URL.Path == "/openapi.json"
}

func (v visit) json(answer any) error {
	body, err := encode(answer)
	if err != nil {
		return err
	}
	return v.send("application/json", body)
}

func encode(answer any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(answer); err != nil {
		return nil, fmt.Errorf("encode %T: %w", answer, err)
	}
	return b.Bytes(), nil
}

// send answers with bytes; who holds the same ones already is only told so.
func (v visit) send(contentType string, body []byte) error {
	sum := sha256.Sum256(body)
	v.w.Header().Set("Content-Type", contentType)
	v.w.Header().Set("ETag", `"`+hex.EncodeToString(sum[:16])+`"`)
	http.ServeContent(v.w, v.r, "", time.Time{}, bytes.NewReader(body))
	return nil
}

// problem is an error as RFC 9457 has it.
type problem struct {
	Type     string `json:"type"`
	Title    string `json:"title"`
	Status   int    `json:"status"`
	Detail   string `json:"detail"`
	Instance string `json:"instance"`
}

const problemType = "application/problem+json"

func (v visit) problem(status int, sentence string) {
	body, err := encode(problem{"about:blank", http.StatusText(status), status, sentence, v.r.URL.EscapedPath()})
	if err != nil {
		web.Log(v.r, err)
	}
	v.w.Header().Set("Content-Type", problemType)
	v.w.WriteHeader(status)
	_, _ = v.w.Write(body) // a reader who hangs up needs no answer
}

// data is the page about the public data.
func (v visit) data() error {
	indicators, err := v.desk.Indicators(v.r.Context())
	if err != nil {
		return err
	}
	return v.show(http.StatusOK, v.say("公开数据"), dataPage(reads(), v.plans, indicators))
}

// origin is where the reader found us: the beginning of absolute addresses.
func (v visit) origin() string {
	scheme := "http://"
	if web.ClientOf(v.r).HTTPS {
		scheme = "https://"
	}
	return scheme + v.r.Host
}

// absolute is the address of a page in the language of this one, from anywhere.
func (v visit) absolute(path string) string {
	return v.origin() + string(web.Here(web.With(v.r.Context(), web.Page{Path: path}), web.Of(v.r.Context()).Lang, ""))
}
