package main

import (
	"net/url"
	"strings"
	"testing"

	"luoshi/internal/db"
	"luoshi/org"
)

func searching(side, words string) string { return side + "/search?q=" + url.QueryEscape(words) }

// The office finds drafts too; everybody finds what is public, and nothing else.
func TestSearchOfBothSides(t *testing.T) {
	h := open(t)
	admin := h.found()
	clerk := admin.hire("周明远", "zhou", org.Clerk)
	leader := admin.hire("顾海川", "gu", org.Approver)
	stranger := h.stranger()
	plan := clerk.imported(leaflet)
	page := clerk.get(searching("/office", "送書"), 200)
	clerk.wants(page, "<mark>送书</mark>下乡", "草稿", "安澜市图书馆服务月方案", `href="/office/plans/`+plan+`#i-`)
	clerk.wants(clerk.get("/office/", 200), `<form class="find" role="search" action="/office/search">`)
	clerk.wants(clerk.get(searching("/en/office", "送书"), 200), ">Task</h2>", "draft", `href="/en/office/plans/`+plan)
	stranger.get(searching("/office", "送书"), 401)
	if page := stranger.get(searching("", "送书"), 200); !strings.Contains(page, "没有找到") {
		t.Error("everybody finds a draft")
	}
	clerk.post("/office/plans/"+plan+"/heading", 200, "title", "安澜市閱讀季方案")
	clerk.wants(clerk.get(searching("/office", "阅读季"), 200), "<mark>閱讀季</mark>")
	clerk.wants(clerk.get(searching("/office", "服务月"), 200), "没有找到")
	clerk.answered(plan)
	clerk.post("/office/plans/"+plan+"/force", 200, "approved_by", "局长办公会", "day", "2011-08-08")
	leader.published(plan, 0)
	stranger.wants(stranger.get(searching("", "送书"), 200), "<mark>送书</mark>下乡", "閱讀季")
	for _, side := range []string{"", "/office"} {
		if page := clerk.get(searching(side, "顾海川"), 200); strings.Contains(page, "<mark>") {
			t.Errorf("%s/search finds a person", side)
		}
		clerk.wants(clerk.get(searching(side, strings.Repeat("村", 41)), 422), "最多 40 个字")
	}
	h.must(h.db.Local(t.Context(), func(tx *db.Tx) error {
		if _, err := tx.Exec("UPDATE unit SET to_day = $1 WHERE city_id = $2 AND name = $3", "2011-08-07", h.city, "局办公室"); err != nil {
			return err
		}
		return tx.Insert("search_build", "city_id, source, after", [][]any{{h.city, 3, 0}})
	}))
	stranger.wants(stranger.get(searching("", "办公室"), 200), "已撤销", "还在编进搜索里")
}
