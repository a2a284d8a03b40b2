package convert

import (
	"errors"
	"strings"
	"testing"

	"luoshi/document"
)

// What pdftotext writes becomes the text that somebody typed.
func TestLayerIsMended(t *testing.T) {
	for name, c := range map[string]struct{ layer, want string }{
		"an indent":           {"  一、目标\n全县建成二十家食堂。\n", "　　一、目标\n全县建成二十家食堂。\n"},
		"in the middle":       {"            送戏下乡方案\n    一、目标要写清楚。\n", "送戏下乡方案\n　　一、目标要写清楚。\n"},
		"who signs":           {"    一、目标要写得清楚明白。\n                市文化局\n                2024年3月6日\n", "　　一、目标要写得清楚明白。\n\n市文化局\n2024年3月6日\n"},
		"spread":              {"（二 ）全 面推 开阶 段（ 2013 年 1 月— 2015 年 6 月） 。\n", "（二）全面推开阶段（2013年1月—2015年6月）。\n"},
		"a counter's blank":   {"1 总体目标要写清楚\n2.1 建成食堂 20 家以上\n2022 年工作总结要点\n", "1 总体目标要写清楚\n2.1 建成食堂20家以上\n2022年工作总结要点\n"},
		"columns":             {"清理河道   县水利局   6月底前完成\n", "清理河道   县水利局   6月底前完成\n"},
		"radicals":            {"⼀、⽬标：⼈⼈读书，每⽉⼀场。\n", "一、目标：人人读书，每月一场。\n"},
		"a page between":      {"一、全县建成社区食堂，让老\n                — 1 —\n\f人就近吃饭、就近看病、就近读书。\n                — 2 —\n\f", "一、全县建成社区食堂，让老\n人就近吃饭、就近看病、就近读书。\n"},
		"bare page numbers":   {"一、全县建成社区食堂二十家\n\n1\n\f二、全县建成社区书屋三十家\n\n2\n\f", "一、全县建成社区食堂二十家\n二、全县建成社区书屋三十家\n"},
		"a number that stays": {"一、全县建成社区食堂二十家\n\n30\n\f", "一、全县建成社区食堂二十家\n\n30\n"},
		"heads":               {"云滨县人民政府公报\n一、建成食堂二十家以上\n\f云滨县人民政府公报\n二、建成书屋三十家以上\n\f云滨县人民政府公报\n三、建成学校四十家以上\n\f", "一、建成食堂二十家以上\n二、建成书屋三十家以上\n三、建成学校四十家以上\n"},
		"every second line":   {"一、全县建成社区食堂，让老\n\n人就近吃饭，让老人就近看病\n\n，让老人就近读书。\n", "一、全县建成社区食堂，让老\n人就近吃饭，让老人就近看病\n，让老人就近读书。\n"},
		"one empty line":      {"送戏下乡方案\n\n一、全县建成社区食堂\n二、全县建成社区书屋\n三、全县建成社区学校\n", "送戏下乡方案\n\n一、全县建成社区食堂\n二、全县建成社区书屋\n三、全县建成社区学校\n"},
	} {
		s, err := readLayer(c.layer)
		if err != nil || s.Text != c.want {
			t.Errorf("%s: %v\n%q\nwant\n%q", name, err, s.Text, c.want)
		}
	}
}

func TestLayersThatAreNone(t *testing.T) {
	page := strings.Repeat("全县建成社区食堂二十家。\n", 20)
	for name, c := range map[string]struct {
		layer string
		want  error
	}{
		"nothing":        {"\f\f\f", ErrScan},
		"a stamp":        {"扫描\f1\f\f", ErrScan},
		"private signs":  {strings.Repeat("\ue123\ue456\uf789一", 30), ErrFonts},
		"no signs":       {strings.Repeat("\ufffd\ufffd一二三四", 30), ErrFonts},
		"a few of them":  {page + "\ue123\ue456", nil},
		"one page empty": {page + "\f\f" + page, nil},
	} {
		s, err := readLayer(c.layer)
		if !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
		if want := map[string]int{"one page empty": 2, "a few of them": 1}[name]; len(s.Notes) != want {
			t.Errorf("%s: %q", name, s.Notes)
		}
	}
}

func FuzzReadLayer(f *testing.F) {
	f.Add("  一、目标\n\f— 1 —\n\f\f ⼀\u00a0二")
	f.Fuzz(func(t *testing.T, layer string) {
		if len(layer) > document.MaxBytes {
			return
		}
		_, _ = readLayer(layer)
	})
}
