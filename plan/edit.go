package plan

import (
	"slices"
	"strings"

	"luoshi/fault"
)

// CheckItem says what keeps an item of a draft from being saved.
func CheckItem(i Item) error {
	if err := fault.CheckLine("title", "任务名称", i.Title, longestTitle, true); err != nil {
		return err
	}
	if err := fault.CheckLine("lead", "牵头单位", i.Lead, longestParty, false); err != nil {
		return err
	}
	if err := fault.CheckLine("cooperating", "配合单位", i.Cooperating, longestParty, false); err != nil {
		return err
	}
	if err := fault.CheckLine("responsible", "责任人", i.Responsible, longestParty, false); err != nil {
		return err
	}
	if err := fault.CheckLine("tags", "专题", strings.Join(i.Tags, "、"), longestTitle, false); err != nil {
		return err
	}
	if !slices.Contains(Periods, i.Period) {
		return fault.New(fault.Invalid, "请选择多久报一次。").In("period")
	}
	return nil
}

// SplitTags reads themes as they were typed, parted by 、 or a comma, each once.
func SplitTags(typed string) (tags []string) {
	for _, tag := range strings.FieldsFunc(typed, func(r rune) bool { return strings.ContainsRune("、，,；;\t", r) }) {
		if tag = strings.TrimSpace(tag); tag != "" && !slices.Contains(tags, tag) {
			tags = append(tags, tag)
		}
	}
	return tags
}

// CheckTarget says what keeps a target of a draft from being saved.
func CheckTarget(t Target) error {
	if err := fault.CheckLine("indicator", "指标名称", t.Indicator, longestTitle, true); err != nil {
		return err
	}
	if err := fault.CheckLine("unit", "计量单位", t.Unit, 20, false); err != nil {
		return err
	}
	if err := fault.CheckLine("scope", "管到哪里", t.Scope, longestTitle, false); err != nil {
		return err
	}
	switch {
	case !slices.Contains(Bounds, t.Bound):
		return fault.New(fault.Invalid, "请选择怎么比（等于、不少于……）。").In("bound")
	case !slices.Contains(Aggregates, t.Aggregate):
		return fault.New(fault.Invalid, "请选择怎么加。").In("aggregate")
	case !slices.Contains(Hardnesses, t.Hardness):
		return fault.New(fault.Invalid, "请选择是硬任务还是力争。").In("hardness")
	case t.Period != "" && !slices.Contains(Repeats, t.Period):
		return fault.New(fault.Invalid, "请选择每隔多久一次。").In("each")
	case t.Start != "" && t.Deadline != "" && t.Deadline < t.Start:
		return fault.New(fault.Invalid, "期限不能早于开始的日期。").In("deadline")
	case t.Bound == "range" && t.Max == nil:
		return fault.New(fault.Invalid, "范围要填上限。").In("max")
	case t.Max != nil && *t.Max < t.Value:
		return fault.New(fault.Invalid, "上限不能小于下限。").In("max")
	}
	return nil
}

// CheckMilestone says what keeps a milestone of a draft from being saved.
func CheckMilestone(m Milestone) error {
	if err := fault.CheckLine("title", "节点名称", m.Title, longestTitle, true); err != nil {
		return err
	}
	if err := fault.CheckLine("proof", "完成的凭据", m.Proof, longestTitle, false); err != nil {
		return err
	}
	switch {
	case m.Due == "":
		return fault.New(fault.Invalid, "请填写期限，例如 2011-12-31。").In("due")
	case !slices.Contains(Hardnesses, m.Hardness):
		return fault.New(fault.Invalid, "请选择是硬任务还是力争。").In("hardness")
	}
	return nil
}

// CheckPhase says what keeps a phase of a draft from being saved.
func CheckPhase(p Phase) error {
	if err := fault.CheckLine("name", "阶段名称", p.Name, longestTitle, true); err != nil {
		return err
	}
	if p.First != "" && p.Last != "" && p.Last < p.First {
		return fault.New(fault.Invalid, "结束日期不能早于开始日期。").In("last")
	}
	return nil
}

// CheckHeading says what keeps a draft's title and issuer from being saved.
func CheckHeading(p Plan) error {
	if err := fault.CheckLine("title", "方案名称", p.Title, longestTitle, true); err != nil {
		return err
	}
	return fault.CheckLine("issuer", "制定单位", p.Issuer, 100, false)
}
