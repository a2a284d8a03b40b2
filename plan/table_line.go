package plan

// linePair is a line that is another than it was; -1 stands for none.
type linePair struct{ was, is int }

// paired finds the lines that differ: those of as many lines by their place, others
// between the lines that stayed.
func paired(was, is []string) (out []linePair) {
	if len(was) == len(is) {
		for k := range was {
			if was[k] != is[k] {
				out = append(out, linePair{k, k})
			}
		}
		return out
	}
	common := make([][]int, len(was)+1) // the longest sequence that lines from there on share
	for i := range common {
		common[i] = make([]int, len(is)+1)
	}
	for i := len(was) - 1; i >= 0; i-- {
		for k := len(is) - 1; k >= 0; k-- {
			if was[i] == is[k] {
				common[i][k] = common[i+1][k+1] + 1
			} else {
				common[i][k] = max(common[i+1][k], common[i][k+1])
			}
		}
	}
	for i, k := 0, 0; i < len(was) || k < len(is); {
		switch {
		case i < len(was) && k < len(is) && was[i] == is[k]:
			i, k = i+1, k+1
		case i < len(was) && k < len(is) && common[i+1][k+1] == common[i][k]:
			out = append(out, linePair{i, k})
			i, k = i+1, k+1
		case i < len(was) && (k == len(is) || common[i+1][k] >= common[i][k+1]):
			out = append(out, linePair{i, -1})
			i++
		default:
			out = append(out, linePair{-1, k})
			k++
		}
	}
	return out
}
