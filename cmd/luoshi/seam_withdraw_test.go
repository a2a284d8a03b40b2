package main

import (
	"testing"
	"time"

	"luoshi/org"
)

// What was cancelled while it was public is taken back with its plan, and does not come
// back with another item.
func TestCancelledItemsAreTakenBackToo(t *testing.T) {
	h := open(t)
	clerk := h.found()
	leader := clerk.hire("顾海川", "gu", org.Approver)
	plan := clerk.forced(halfOpen)
	items := leader.published(plan, 0)
	h.now = h.now.Add(24 * time.Hour)
	clerk.post("/office/plans/"+plan+"/items/drop", 200, "amends", "1", "change", "replan", "cause", "不办了", "approved_by", "局长办公会", "approved_day", "2011-08-08", "items", items[2])
	reader := h.stranger()
	reader.wants(reader.get("/items/"+items[2], 200), "绝密")
	leader.wants(leader.get("/office/plans/"+plan+"/withdraw", 200), items[2])
	leader.post("/office/plans/"+plan+"/withdraw", 200, "what", "whole", "why", "核对")
	reader.get("/items/"+items[2], 410)
	h.nowhere(plan, items, "绝密", "送图书", "不办了")
	leader.release(plan, "items", items[1])
	reader.get("/items/"+items[2], 410)
	h.nowhere(plan, items, "绝密")
}
