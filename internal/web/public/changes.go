package public

import (
	"encoding/xml"
	"time"

	"luoshi/calendar"
	"luoshi/internal/web"
)

// newestChanges is how many entries stand in the feed.
const newestChanges = 50

// feed is RSS 2.0.
type feed struct {
	XMLName xml.Name `xml:"rss"`
	Version string   `xml:"version,attr"`
	Atom    string   `xml:"xmlns:atom,attr"`
	Channel channel  `xml:"channel"`
}

type channel struct {
	Title       string   `xml:"title"`
	Link        string   `xml:"link"`
	Description string   `xml:"description"`
	Language    string   `xml:"language"`
	Self        selfLink `xml:"atom:link"`
	Changes     []change `xml:"item"`
}

type selfLink struct {
	Href string `xml:"href,attr"`
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
}

type change struct {
	Title       string `xml:"title"`
	Link        string `xml:"link"`
	Description string `xml:"description"`
	Published   string `xml:"pubDate"`
	GUID        guid   `xml:"guid"`
}

// guid stays the same whatever name the reader knows us by, so it is no address.
type guid struct {
	IsPermaLink bool   `xml:"isPermaLink,attr"`
	Value       string `xml:",chardata"`
}

// changes is the feed of the newest released entries, in plain words.
func (v visit) changes() error {
	lines, err := v.desk.Changes(v.r.Context(), newestChanges)
	if err != nil {
		return err
	}
	names, err := v.titles(lines...)
	if err != nil {
		return err
	}
	page := web.Of(v.r.Context())
	f := feed{Version: "2.0", Atom: "http://www.w3.org/2005/Atom", Channel: channel{
		Title: v.say("%s：公开的变化", page.City.Bureau), Link: v.absolute("/ledger"), Description: v.say("谁在什么时候定了什么、改了什么。"),
		Language: string(page.Lang), Self: selfLink{v.absolute("/changes.rss"), "self", "application/rss+xml"}}}
	for _, l := range lines {
		f.Channel.Changes = append(f.Channel.Changes, change{Title: say(v.r.Context(), l, names), Link: v.absolute(entryPath(l.Seq)),
			Description: v.say("%s，存证第 %s 号。", l.Actor, web.Count(l.Seq)),
			Published:   time.UnixMicro(l.Entry.At).In(calendar.China).Format(time.RFC1123Z), GUID: guid{Value: entryPath(l.Seq)}})
	}
	body, err := xml.MarshalIndent(f, "", " ")
	if err != nil {
		return err
	}
	return v.send("application/rss+xml; charset=utf-8", append([]byte(xml.Header), body...))
}
