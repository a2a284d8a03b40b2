package plan

// Doubt says in words what a flag of a value that was read means, as a constant
// sentence that has its English; "" for a flag that needs no words.
func Doubt(flag string) string {
	switch flag {
	case "maybe_fact":
		return doubt("像是现状")
	case "bound_vague":
		return doubt("数写得不准")
	case "unit_shared":
		return doubt("单位是后一个数的")
	case "year_inferred":
		return doubt("年份是推出来的")
	case "date_ambiguous":
		return doubt("日子有两种读法")
	case "date_loose":
		return doubt("也许不是期限")
	case "span_of_years":
		return doubt("从哪天算起没有写")
	case "no_interval":
		return doubt("没有写多久一次")
	}
	return ""
}

func doubt(sentence string) string { return sentence }
