package public

import (
	"encoding/xml"
	"strings"
	"testing"
)

func TestChanges(t *testing.T) {
	w := newTown(t)
	r := w.published(sampleText(t))
	for language, title := range map[string]string{"": "公开了任务“", "/en": "Made public"} {
		page := w.page(language + "/changes.rss")
		var f struct {
			Channel struct {
				Title string `xml:"title"`
				Items []struct {
					Title string `xml:"title"`
					Link  string `xml:"link"`
					GUID  string `xml:"guid"`
					Date  string `xml:"pubDate"`
				} `xml:"item"`
			} `xml:"channel"`
		}
		if err := xml.Unmarshal([]byte(page), &f); err != nil {
			t.Fatal(err)
		}
		if len(f.Channel.Items) != newestChanges {
			t.Errorf("%d changes", len(f.Channel.Items))
		}
		first := f.Channel.Items[0]
		if !strings.Contains(page, `isPermaLink="false"`) || first.Link != "http://example.com"+language+first.GUID || !strings.HasPrefix(first.GUID, "/ledger/") ||
			first.Date != "Mon, 08 Aug 2011 12:00:00 +0800" {
			t.Errorf("first change: %+v", first)
		}
		if language == "" && first.Title != title+r.Items[len(r.Items)-1].Title+"”。" {
			t.Errorf("title %q", first.Title)
		}
	}
}
