package page

import (
	"context"

	"luoshi/internal/desk"
	"luoshi/internal/web"
)

// Menu shows a person what the roles let them do.
func Menu(ctx context.Context) []web.Entry {
	p := web.Of(ctx)
	if p.Who == nil {
		return nil
	}
	var entries []web.Entry
	entries = append(entries, web.Entry{Path: "/office/", Name: "今日"})
	if p.Who.May("plan.read") {
		entries = append(entries, web.Entry{Path: PlansPath, Name: "方案"})
	}
	if p.Who.May("plan.read") {
		entries = append(entries, web.Entry{Path: LeaderPath, Name: "领导小组"})
	}
	if p.Who.May("duty.read") {
		entries = append(entries, web.Entry{Path: DutiesPath, Name: "本单位的任务"})
	}
	if p.Who.May("progress.report") {
		entries = append(entries, web.Entry{Path: ProgressPath, Name: "报进展"})
	}
	if p.Who.May("fact.read") {
		entries = append(entries, web.Entry{Path: FiguresPath, Name: "数"})
	}
	if p.Who.May("fact.report") {
		entries = append(entries, web.Entry{Path: FactFormPath, Name: "报数"})
	}
	if p.Who.May("collection.ask") || p.Who.MayEverywhere("collection.read") {
		entries = append(entries, web.Entry{Path: CollectionsPath, Name: "征集"})
	}
	if p.Who.May("collection.answer") {
		entries = append(entries, web.Entry{Path: AnswersPath, Name: "要交的材料"})
	}
	if p.Who.May("reminder.read") {
		entries = append(entries, web.Entry{Path: RemindersPath, Name: "催办"})
	}
	if desk.May("plan.import", p.Who.Roles) {
		entries = append(entries, web.Entry{Path: "/office/plans/new", Name: "方案入库"})
	}
	if p.Who.May("unit.read") {
		entries = append(entries, web.Entry{Path: "/office/units", Name: "单位"})
	}
	if p.Who.May("account.read") {
		entries = append(entries, web.Entry{Path: "/office/accounts", Name: "人员和账号"})
	}
	if p.Who.May("job.read") {
		entries = append(entries, web.Entry{Path: "/office/jobs", Name: "后台事务"})
	}
	return entries
}

// entryOf is the part of the office to which a page belongs, or the first one.
func entryOf(ctx context.Context) web.Entry {
	all := Menu(ctx)
	if e, within := web.Nearest(all, web.Of(ctx).Path); within {
		return e
	}
	if len(all) > 0 {
		return all[0]
	}
	return web.Entry{}
}
