package web

import (
	"context"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"luoshi/calendar"
	"luoshi/internal/text"
	"luoshi/org"
	"luoshi/plan"
)

var chineseDay = regexp.MustCompile(`^(\d{4})年(\d{1,2})月(\d{1,2})日$`)

// Filled says a pattern with what fills it. Days among the arguments, which the
// reader of documents writes in Chinese, are written in the language of the page.
func Filled(ctx context.Context, pattern string, args []string) string {
	said := make([]string, len(args))
	for i, a := range args {
		said[i] = a
		if m := chineseDay.FindStringSubmatch(a); m != nil {
			year, _ := strconv.Atoi(m[1])
			month, _ := strconv.Atoi(m[2])
			day, _ := strconv.Atoi(m[3])
			said[i] = Date(ctx, calendar.Make(year, month, day))
		}
	}
	return plan.Fill(T(ctx, pattern), said)
}

// Figure writes a quantity with thousands commas: 36,700.
func Figure(d plan.Decimal) string { return d.Grouped() }

// Count writes a whole number with thousands commas.
func Count[T ~int | ~int64](n T) string { return Figure(plan.Whole(int64(n))) }

var months = strings.Fields("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec")

// Date writes a day for reading: 2012年4月19日, or 19 Apr 2012.
func Date(ctx context.Context, d calendar.Day) string {
	if d == "" {
		return T(ctx, "没有写")
	}
	t := d.Time()
	if Of(ctx).Lang == text.English {
		return fmt.Sprintf("%d %s %d", t.Day(), months[t.Month()-1], t.Year())
	}
	return fmt.Sprintf("%d年%d月%d日", t.Year(), int(t.Month()), t.Day())
}

// Moment writes an instant as a day and a time of China: 2012年4月19日 10:12.
func Moment(ctx context.Context, t time.Time) string {
	return Date(ctx, calendar.DayOf(t)) + " " + t.In(calendar.China).Format("15:04")
}

// Promise writes what a target promises: ≥ 2,000 名.
func Promise(t plan.Target) string { return plan.Figure(t.Bound, t.Value, t.Max, t.Unit) }

var words = map[string]string{
	"eq": "等于", "ge": "不少于", "gt": "超过", "le": "不超过", "lt": "少于", "approx": "左右", "range": "范围",
	"sum": "累加", "distinct": "去重累加", "snapshot": "期末数", "once": "办了就算",
	"hard": "要完成", "soft": "力争",
	"week": "每周报", "fortnight": "每两周报", "month": "每月报", "quarter": "每季度报", "year": "每年报", "": "不用报（原则）",
	"clerk": "经办", "approver": "审签", "administrator": "管理员", "leading_group": "领导小组", "unit_head": "单位负责人", "unit_clerk": "单位经办",
	"reporter": "报送", "verifier": "核实", "auditor": "审计", "leader": "组长", "deputy_leader": "副组长", "member": "成员",
	"instruction": "批示", "minutes": "会议纪要", "errand": "临时交办",
	"lead": "牵头", "cooperating": "配合",
	"not_started": "未启动", "under_way": "推进中", "blocked": "受阻", "complete": "完成",
	"draft": "草稿", "in_force": "已启用", "closed": "已结束",
}

var levels = map[org.Level]string{org.CityLevel: "市", org.Bureau: "局", org.Division: "处室", org.Direct: "直属单位",
	org.County: "县、市、区", org.Township: "乡、镇、街道", org.Village: "村、社区"}

// LevelName says of which level a unit is.
func LevelName(ctx context.Context, l org.Level) string { return T(ctx, levels[l]) }

// Word says a choice of a record in the language of the page.
func Word[S ~string](ctx context.Context, choice S) string { return T(ctx, words[string(choice)]) }

var columns = map[plan.Column]string{
	plan.NumberColumn: "序号", plan.GroupColumn: "类别", plan.TaskColumn: "任务", plan.MeasureColumn: "措施", plan.TargetColumn: "目标",
	plan.LeadColumn: "牵头单位", plan.CooperatingColumn: "配合单位", plan.ResponsibleColumn: "责任单位", plan.PersonColumn: "责任人",
	plan.DueColumn: "时限", plan.NoColumn: "不读",
}

// Column says what a column of a task table was taken for.
func Column(ctx context.Context, c plan.Column) string { return T(ctx, columns[c]) }

var repeats = map[string]string{
	"day": "每天", "week": "每周", "month": "每月", "quarter": "每季度", "half_year": "每半年", "year": "每年",
	"two_years": "每两年", "three_years": "每三年", "term": "每学期",
}

// AmendmentWord says what kind of amendment it is.
func AmendmentWord(ctx context.Context, k plan.AmendmentKind) string {
	return T(ctx, map[plan.AmendmentKind]string{plan.Erratum: "勘误", plan.Replan: "调整", plan.LateAnswer: "答复", plan.NewText: "出处"}[k])
}

var differences = map[plan.ChangeKind]string{plan.Moved: "移动了", plan.Reworded: "换了说法", plan.NumberChanged: "数变了", plan.DateChanged: "日子变了",
	plan.OwnerChanged: "负责的变了", plan.SplitOff: "分开了", plan.MergedInto: "并到一起了", plan.Added: "新增的", plan.Dropped: "删去的"}

// DifferenceWord says in what a re-issued document differs.
func DifferenceWord(ctx context.Context, k plan.ChangeKind) string { return T(ctx, differences[k]) }

var decisions = map[plan.DifferenceState]string{plan.DifferencePending: "没有定", plan.DifferenceApplied: "照改了", plan.DifferenceDeclined: "没有照改", plan.DifferenceNoted: "只是文字，没有承诺要改"}

// DecisionWord says what was decided about a difference.
func DecisionWord(ctx context.Context, s plan.DifferenceState) string { return T(ctx, decisions[s]) }

var standings = map[plan.Standing]string{plan.Stands: "在办", plan.Withdrawn: "去掉了（本来不是承诺）", plan.Cancelled: "取消了"}

// StandingWord says what became of a record of a plan in force.
func StandingWord(ctx context.Context, s plan.Standing) string { return T(ctx, standings[s]) }

// Repeat says how often a figure is promised, or nothing where it is promised once.
func Repeat(ctx context.Context, period string) string {
	if period == "" {
		return ""
	}
	return T(ctx, repeats[period])
}

// Often puts how often a figure is promised before a figure or a due time.
func Often(ctx context.Context, period, words string) string {
	if period == "" {
		return words
	}
	return Repeat(ctx, period) + " " + words
}

var weekdays = map[time.Weekday]string{time.Sunday: "星期日", time.Monday: "星期一", time.Tuesday: "星期二", time.Wednesday: "星期三",
	time.Thursday: "星期四", time.Friday: "星期五", time.Saturday: "星期六"}

// DayOfWeek says in full which day of the week a day is.
func DayOfWeek(ctx context.Context, d calendar.Day) string {
	return T(ctx, weekdays[d.Time().Weekday()])
}

var presets = map[plan.LampPreset]string{plan.PresetFifteen: "提前 15 天亮黄灯", plan.PresetThree: "西安的做法：提前 3 个工作日亮黄灯",
	plan.PresetStages: "宿迁的做法：快到期蓝灯，偏慢黄灯，逾期红灯", plan.PresetOwn: "自己定"}

// PresetWord is what a set of the lamps' thresholds is called.
func PresetWord(ctx context.Context, p plan.LampPreset) string { return T(ctx, presets[p]) }

// Comma parts clauses.
func Comma(ctx context.Context) string {
	if Of(ctx).Lang == text.English {
		return ", "
	}
	return "，"
}

// LampWord is the word of a lamp.
func LampWord(ctx context.Context, l plan.Lamp) string {
	switch l {
	case plan.LampIdle:
		return T(ctx, "未到")
	case plan.LampDueSoon, plan.LampNear:
		return T(ctx, "快到期")
	case plan.LampBehind:
		return T(ctx, "偏慢")
	case plan.LampNotStarted:
		return T(ctx, "未启动")
	case plan.LampUnderWay:
		return T(ctx, "推进中")
	case plan.LampBlocked:
		return T(ctx, "受阻")
	case plan.LampWaiting:
		return T(ctx, "待确认")
	case plan.LampComplete:
		return T(ctx, "完成")
	case plan.LampOverdue:
		return T(ctx, "逾期")
	}
	return T(ctx, "未报")
}

// Until says how far a due day is away: 还有 12 天, 过了 3 天.
func Until(ctx context.Context, today, due calendar.Day) string {
	switch n := today.Until(due); {
	case n > 0:
		return T(ctx, "还有 %s 天", Count(n))
	case n == 0:
		return T(ctx, "今天到期")
	default:
		return T(ctx, "期限过了 %s 天", Count(-n))
	}
}

// Gap parts two sentences: Chinese ones need none.
func Gap(ctx context.Context) string {
	if Of(ctx).Lang == text.English {
		return " "
	}
	return ""
}
