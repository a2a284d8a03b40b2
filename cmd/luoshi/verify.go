package main

import (
	"fmt"
	"os"

	"luoshi/internal/audit"
	"luoshi/internal/text"
)

type verifyCommand struct {
	Folder     string `arg:"" help:"${folder}"`
	Key        string `help:"${key}"`
	Checkpoint string `help:"${checkpoint}"`
}

// Help gives an example.
func (verifyCommand) Help() string {
	return example("luoshi verify open-data --key ledger.pub --checkpoint checkpoint-2011-12")
}

// Run checks an export folder and says what was found, and what was not checked.
func (c verifyCommand) Run(t terminal) error {
	var anchors audit.Anchors
	for path, into := range map[string]func([]byte){
		c.Key:        func(b []byte) { anchors.Key = string(b) },
		c.Checkpoint: func(b []byte) { anchors.Checkpoint = b },
	} {
		if path == "" {
			continue
		}
		content, err := os.ReadFile(path)
		if err != nil {
			fmt.Fprintln(t.err, err)
			return exitError(exitUsage)
		}
		into(content)
	}
	r, err := audit.Verify(c.Folder, anchors)
	if err != nil {
		t.ended(err)
		return exitError(exitUsage)
	}
	for _, p := range r.Problems {
		fmt.Fprintf(t.out, "✗ %s  %s\n", p.Place, text.Say(t.lang, p.What.Key, p.What.Args...))
	}
	if r.Cut {
		t.say("还有更多问题，没有一一列出。")
	}
	t.say("核对了 %s 笔存证（其中 %s 笔看得到内容）、%s 个文件、%s 张表 %s 行、%s 份原文。", fmt.Sprint(r.Size), fmt.Sprint(r.Shown),
		fmt.Sprint(r.Files), fmt.Sprint(r.Tables), fmt.Sprint(r.Rows), fmt.Sprint(r.Documents))
	for _, n := range r.NotChecked {
		fmt.Fprintln(t.out, "!", text.Say(t.lang, n.Key, n.Args...))
	}
	switch r.Exit() {
	case exitGood:
		t.say("没有发现问题。公钥 %s，早先的检查点 %s 笔，都对得上。", r.Key, fmt.Sprint(r.Anchor))
		return nil
	case exitWanting:
		t.say("发现 %s 处问题。", fmt.Sprint(len(r.Problems)))
	default:
		t.say("没有发现问题，但是没有外面的公钥和检查点作证。")
	}
	return exitError(r.Exit())
}
