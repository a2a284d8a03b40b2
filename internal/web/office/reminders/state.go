package reminders

import (
	"context"
	"net/url"
	"strings"

	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
	"luoshi/reminder"
)

// reminderState says what came of a reminder.
func reminderState(ctx context.Context, r desk.SentReminder) string {
	switch {
	case r.Replied != "":
		return web.T(ctx, "%s回了话", string(r.Replied))
	case r.Opened != "":
		return web.T(ctx, "%s打开过", string(r.Opened))
	case r.State == reminder.Failed:
		return failureWord(ctx, r.Failure)
	case r.State == reminder.Unknown:
		return web.T(ctx, "到没到说不准：发的时候断了。不会自动再发，请打电话问一声。")
	case r.State == reminder.Queued:
		return web.T(ctx, "等着发")
	}
	return web.T(ctx, "没有打开")
}

// seenWord says when the unit opened another reminder about the same.
func seenWord(ctx context.Context, r desk.SentReminder) string {
	if r.Opened != "" || r.Replied != "" || r.Seen == "" {
		return ""
	}
	return web.T(ctx, "，%s 看过别的催办", string(r.Seen))
}

// failureWord says why a reminder was not sent.
func failureWord(ctx context.Context, f reminder.Failure) string {
	switch f {
	case reminder.NoPerson:
		return web.T(ctx, "没有发：这个单位没有人有账号。请打电话。")
	case reminder.NoAddress:
		return web.T(ctx, "没有发：单位的人没有留手机号或者邮箱。请打电话。")
	case reminder.Capped:
		return web.T(ctx, "没有发：今天已经发过了。请明天再发，或者打电话。")
	case reminder.NoGateway:
		return web.T(ctx, "没有发：通道停用了。")
	case reminder.Refused:
		return web.T(ctx, "没有发出去：对方不收。请管理员看看通道的设置。")
	}
	return web.T(ctx, "没有发出去：试了几次都连不上。请管理员看看通道的设置。")
}

// occasionWord says why a rule made a reminder.
func occasionWord(ctx context.Context, o reminder.Occasion) string {
	switch o {
	case reminder.BeforeDay:
		return web.T(ctx, "到期前自动提醒")
	case reminder.OnTheDay:
		return web.T(ctx, "当天自动提醒")
	case reminder.AfterDay:
		return web.T(ctx, "过期后自动提醒")
	}
	return web.T(ctx, "报上级")
}

// doPath leads to where a unit does what is asked for.
func doPath(got desk.GotReminder, o reminder.Owed) string {
	unit := url.Values{"unit": {got.Unit.String()}}
	switch o.Kind {
	case reminder.Report:
		unit.Set("period", o.Period)
		return page.ProgressPath + "?" + unit.Encode()
	case reminder.Collection:
		return page.AnswersPath + "/" + id.Collection(o.Record).String() + "?" + unit.Encode()
	}
	return page.DutiesPath + "/" + o.Item.String() + "?" + unit.Encode()
}

// doWord says what is done there.
func doWord(ctx context.Context, o reminder.Owed) string {
	switch o.Kind {
	case reminder.Report:
		return web.T(ctx, "现在报")
	case reminder.Answer:
		return web.T(ctx, "接受或者退回")
	}
	return web.T(ctx, "看这件事")
}

// dialled is a telephone number as a phone dials it.
func dialled(phone string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r == '+' {
			return r
		}
		return -1
	}, phone)
}
